"""The commands of a coder: begin a data set, draft a text, work in a workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from policydata.commands.calls import (
    DONE,
    CallError,
    Commands,
    DataError,
    add_language,
    find_here,
    refuse_no_folder,
    shorten,
)
from policydata.datasets import DataSet, find_data_set
from policydata.messages import say
from policydata.problems import describe_problems, say_count
from policydata.writing import work_alone, write_together

PROVINCE_HELP = "a province by name or code (山东, Shandong, 370000): its divisions are the places"
TEXT_HELP = "the text: .txt in UTF-8 or GB18030, .html or .docx"
DRAFT_HELP = "workbook to write; a text that is not UTF-8 is written beside it as .txt"
ID_HELP = "id of the document (default: that of the known text, else from the name of the file)"
PLACE_HELP = "place of the document, by id or name (default: from its id, else from the text)"
PUBLISHED_HELP = "day of publication, such as 2023-01-31 (default: the first day in the text)"
TABLES_HELP = (
    "folder with reference tables of your own "
    "(default: those of the data set around the working directory, else the shipped tables)"
)
BOOK_HELP = "workbook to write: every coded table as a sheet, with the reference tables"
TAKE_HELP = "workbook to take back into the tables, all of it or nothing; a draft is added"


def add_init(commands: Commands) -> None:
    """Add the command that begins a data set."""
    init = commands.add_parser("init", help=say("make a data set of your own, ready to code"))
    init.add_argument("folder", type=Path, metavar="FOLDER", help=say("a new or an empty folder"))
    init.add_argument("--province", default="", metavar="NAME", help=say(PROVINCE_HELP))
    add_language(init)
    init.set_defaults(run=_init, extra="excel")


def _init(options: argparse.Namespace) -> int:
    """Make a data set, and say what was made and what comes next."""
    from policydata.coder.starting import describe_next, make_data_set

    try:
        made = make_data_set(options.folder, options.province)
    except ValueError as fault:
        raise CallError(str(fault)) from None
    print(describe_next(options.folder, made))
    return DONE


def add_draft(commands: Commands) -> None:
    """Add the command that drafts a new text."""
    draft = commands.add_parser(
        "draft", help=say("propose a row for every figure of a new text, in a workbook")
    )
    draft.add_argument("text", type=Path, metavar="TEXT", help=say(TEXT_HELP))
    draft.add_argument("file", type=Path, metavar="FILE.xlsx", help=say(DRAFT_HELP))
    draft.add_argument("--document", default="", metavar="ID", help=say(ID_HELP))
    draft.add_argument("--place", default="", metavar="ID", help=say(PLACE_HELP))
    draft.add_argument("--published", default="", metavar="DATE", help=say(PUBLISHED_HELP))
    draft.add_argument("--reference", type=Path, metavar="DIR", help=say(TABLES_HELP))
    add_language(draft)
    draft.set_defaults(run=_draft, extra="coder")


def _draft(options: argparse.Namespace) -> int:
    """Write the draft of a text, and the plain text that it refers to; say what is in it."""
    if not options.text.is_file():
        raise CallError(say('"{path}" is not a file.', path=options.text))
    if options.file.suffix.lower() != ".xlsx":
        raise CallError(say('"{path}" does not end in .xlsx.', path=options.file))
    refuse_no_folder(options.file.parent, options.reference)
    around = None if options.reference else find_data_set(Path.cwd())
    from policydata.coder.drafting import make_draft

    try:
        draft = make_draft(
            options.text,
            options.file,
            reference=options.reference or (around and around.reference),
            document=options.document,
            place=options.place,
            published=options.published,
        )
    except ValueError as fault:
        raise CallError(str(fault)) from None
    write_together(draft.files)
    print(draft.said)
    return DONE


def add_workbook(commands: Commands) -> None:
    """Add the command that writes a workbook or takes one back."""
    workbook = commands.add_parser(
        "workbook", help=say("write the coded tables as a workbook, or take an edited one back")
    )
    workbook.add_argument("file", nargs="?", type=Path, metavar="FILE.xlsx", help=say(BOOK_HELP))
    workbook.add_argument("--take", type=Path, metavar="FILE.xlsx", help=say(TAKE_HELP))
    add_language(workbook)
    workbook.set_defaults(run=_workbook, extra="excel")


def _workbook(options: argparse.Namespace) -> int:
    """Take a workbook back into the tables, write a new one, or do both in this order."""
    if not (options.file or options.take):
        raise CallError(say("name the workbook to write, or --take the one to take back."))
    for file in filter(None, (options.file, options.take)):
        if file.suffix.lower() != ".xlsx":
            raise CallError(say('"{path}" does not end in .xlsx.', path=file))
    if options.take and not options.take.is_file():
        raise CallError(say('"{path}" is not a file.', path=options.take))
    _refuse_target(options.file)
    data = DataSet(*map(shorten, find_here()))
    try:
        status = DONE
        if options.take:
            # Two that take at once would each write over what the other took.
            with work_alone(data.root):
                status = _take(options.take, data)
        if options.file and status == DONE:
            _write_workbook(options.file, data)
    except ValueError as fault:
        raise DataError(str(fault)) from None
    return status


def _refuse_target(file: Path | None) -> None:
    """Refuse to write over what is there, or where no folder is."""
    if file and file.exists():
        refused = '"{path}" exists; take it back with --take, then delete it, or name another file.'
        raise CallError(say(refused, path=file))
    refuse_no_folder(file and file.parent)


def _take(file: Path, data: DataSet) -> int:
    """Take a workbook back: all of it, or nothing if it has an error."""
    from policydata.checks import check_tables
    from policydata.coder.taking import choose_problems, describe_taken, take_workbook

    taken = take_workbook(file, data)
    found = choose_problems(taken, check_tables(taken.tables))
    if len(found):
        print(describe_problems(found))
    if found.level.eq("error").any():
        errors = say_count(int(found.level.eq("error").sum()), "error")
        raise DataError(say("nothing was taken: {errors}.", errors=errors))
    write_together(taken.files)
    print(describe_taken(taken))
    return DONE


def _write_workbook(file: Path, data: DataSet) -> None:
    """Write the tables of a data set as a workbook, with what they held."""
    from policydata.coder.base import make_base
    from policydata.coder.sheets import lay_out, read_typed
    from policydata.coder.workbook import write_workbook

    typed = read_typed(data)
    tables = lay_out(typed)
    write_workbook(file, tables, make_base(tables, typed))
    rows, sheets = len(typed["coded"]), len(tables)
    said = {"rows": say_count(rows, "statement"), "sheets": say_count(sheets, "sheet")}
    print(say("{file}: {rows} on {sheets}.", file=file, **said))
