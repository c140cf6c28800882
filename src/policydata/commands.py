"""The commands, their options and their words; what they do is done by the library."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO, TypeAlias

import pandas as pd

import policydata
from policydata.coded import read_coded
from policydata.datasets import DataSet, find_data_set
from policydata.formatting import ENCODINGS, format_tables
from policydata.load import choose_statements, leave_out_hazards
from policydata.messages import read_locale, say
from policydata.problems import describe_problems, say_count
from policydata.schema import LANGUAGES
from policydata.statements import tidy
from policydata.tables import take_reference
from policydata.writing import work_alone, write_together

DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2
NONE_FOUND = (
    "no coded tables here or above; run this in a data set (policydata init FOLDER makes one)."
)
EXAMPLE = "example: policydata check data/coded --documents ../shared/documents"
PATH_HELP = (
    "folder of .csv files, or one .csv or .xlsx file (default: the coded tables here or above)"
)
DOCUMENTS_HELP = "folder with the texts: look up every quote, account for every numeral"
ALL_DOCUMENTS_HELP = "report a full text that is not in DIR as an error, not as a note"
REFERENCE_HELP = (
    "folder with reference tables of your own: documents, places, indicators, units, hazards "
    "(default: reference/ beside the folder of the coded tables, else the shipped tables)"
)
FORMATS = ("text", "json")
FORMS_HELP = "what to print: text for a person, json for a program (default: %(default)s)"
FORMAT_HELP = "folder of .csv files, or one of them (default: the coded tables here or above)"
ENCODING_HELP = "encoding of files that are not UTF-8 (default: %(default)s)"
BOOK_HELP = "workbook to write: every coded table as a sheet, with the reference tables"
TAKE_HELP = "workbook to take back into the tables, all of it or nothing; a draft is added"
TEXT_HELP = "the text: .txt in UTF-8 or GB18030, .html or .docx"
DRAFT_HELP = "workbook to write; a text that is not UTF-8 is written beside it as .txt"
ID_HELP = "id of the document (default: that of the known text, else from the name of the file)"
PLACE_HELP = "place of the document, by id or name (default: from its id, else from the text)"
PUBLISHED_HELP = "day of publication, such as 2023-01-31 (default: the first day in the text)"
TABLES_HELP = (
    "folder with reference tables of your own "
    "(default: those of the data set around the working directory, else the shipped tables)"
)
SPOKEN_HELP = "language of the messages: en or zh (default: that of the locale)"
PROVINCE_HELP = "a province by name or code (山东, Shandong, 370000): its divisions are the places"
LANGUAGE_HELP = "language of the figures: en in figures/, zh in figures/zh/ (default: %(default)s)"
EXPORT_DESCRIPTION = (
    "Write all statements, or those that meet the conditions; each may be given several times."
)
EXPORT_HELP = "file to make or replace: .csv, .dta, .json, .parquet or .xlsx"
EXPORT_EXAMPLE = "example: policydata export targets.xlsx --status target --year 2023"
FORMULAS = (
    "{cells} of text may look like a formula to Excel, which evaluates them in a .csv file; in "
    ".xlsx they stay text."
)
# The conditions of load_statements(), each of which may be given several times.
CONDITIONS = {
    "place": "only this place, by id, code or name",
    "place_level": "only places of this level: province, prefecture or county",
    "indicator": "only this indicator, by code or name",
    "domain": "only this domain of indicators",
    "measure": "only this measure: level, growth_rate, share, change or relation",
    "status": "only this status: target, outcome, estimate, plan_scale or standard",
    "year": "only this year",
    "without": "leave out statements with this hazard",
}
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class CallError(Exception):
    """A call that cannot be carried out as it is."""


class DataError(Exception):
    """A fault of the data that ends a command."""


def read_call(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; argparse itself ends a wrong call with status 2."""
    parser = argparse.ArgumentParser(
        prog="policydata", description=say("Figures of Chinese city policy.")
    )
    versions = f"policydata {policydata.__version__}, data {policydata.__data_version__}"
    parser.add_argument("--version", action="version", version=versions)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for add in (
        *(_add_init, _add_draft, _add_workbook, _add_check, _add_format),
        *(_add_build, _add_export),
    ):
        add(commands)
    return parser.parse_args(arguments)


def find_language(arguments: Sequence[str] | None) -> str:
    """Find the language that a call asks for, by `--lang` or by the locale."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", nargs="?")
    lang = asked.parse_known_args(arguments)[0].lang
    return lang if lang in LANGUAGES else read_locale()


def _add_check(commands: _Commands) -> None:
    check = commands.add_parser(
        "check", help=say("list every problem in coded tables"), epilog=say(EXAMPLE)
    )
    check.add_argument("path", nargs="?", type=Path, help=say(PATH_HELP))
    check.add_argument("--documents", type=Path, metavar="DIR", help=say(DOCUMENTS_HELP))
    check.add_argument("--all-documents", action="store_true", help=say(ALL_DOCUMENTS_HELP))
    check.add_argument("--reference", type=Path, metavar="DIR", help=say(REFERENCE_HELP))
    check.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=say(FORMS_HELP))
    check.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
    check.set_defaults(run=_check, extra="excel")


def _check(options: argparse.Namespace) -> int:
    """Print the problems and a closing line; return 1 if there are errors."""
    coded = options.path or _find_coded()
    if not coded.exists():
        raise CallError(say('"{path}" does not exist; {example}', path=coded, example=say(EXAMPLE)))
    for folder in filter(None, (options.documents, options.reference)):
        if not folder.is_dir():
            raise CallError(say('"{path}" is not a folder.', path=folder))
    if options.all_documents and not options.documents:
        raise CallError(say("--all-documents needs --documents DIR."))
    from policydata.checks import find_all
    from policydata.checks.findings import write_findings

    findings = find_all(
        coded, options.documents, options.reference, all_documents=options.all_documents
    )
    status = AT_FAULT if findings.count_level("error") else DONE
    if options.format == "json" and isinstance(sys.stdout, io.TextIOWrapper):
        # A program reads JSON as UTF-8, whatever a terminal can show.
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        print(write_findings(findings, options.format), flush=True)
    except BrokenPipeError:
        # Whoever closes the pipe has read enough; the status is still that of the data.
        discard(sys.stdout)
    return status


def _add_format(commands: _Commands) -> None:
    form = commands.add_parser("format", help=say("put coded tables into their one form"))
    form.add_argument("path", nargs="?", type=Path, help=say(FORMAT_HELP))
    form.add_argument(
        "--encoding", choices=ENCODINGS, default=ENCODINGS[0], help=say(ENCODING_HELP)
    )
    form.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
    form.set_defaults(run=_format, extra="")


def _format(options: argparse.Namespace) -> int:
    """Write coded tables in their one form, all or none, and say what was done to each."""
    coded = options.path or _find_coded()
    if not coded.exists():
        raise CallError(say('"{path}" does not exist.', path=coded))
    try:
        formed = format_tables(coded, options.encoding)
    except ValueError as fault:
        raise DataError(str(fault)) from None
    write_together({file: text for file, (text, done) in formed.items() if done})
    changed = {file: done for file, (_, done) in formed.items() if done}
    for file, done in changed.items():
        print(say("{file}: {done}", file=file, done=say(", ").join(done)))
    counted = say_count(len(formed), "file")
    print(say("{files}, {changed} changed.", files=counted, changed=len(changed)))
    return DONE


def _add_export(commands: _Commands) -> None:
    export = commands.add_parser(
        "export",
        help=say("write statements for another program"),
        description=say(EXPORT_DESCRIPTION),
        epilog=say(EXPORT_EXAMPLE),
    )
    export.add_argument("file", type=Path, metavar="FILE", help=say(EXPORT_HELP))
    for name, meaning in CONDITIONS.items():
        option = f"--{name.replace('_', '-')}"
        export.add_argument(option, action="append", metavar="NAME", help=say(meaning))
    export.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
    export.set_defaults(run=_export, extra="export")


def _export(options: argparse.Namespace) -> int:
    """Write the statements that meet the conditions, of the data set around or of the package."""
    from policydata.exports import count_formulas, export, find_writer

    named = {name: getattr(options, name) for name in CONDITIONS if name != "without"}
    own, reference = _read_own_statements(find_data_set(Path.cwd()))
    try:
        find_writer(options.file)
        rows = choose_statements(own, [], take_reference(reference), **named)
        rows = leave_out_hazards(rows, options.without)
    except ValueError as fault:
        raise CallError(str(fault)) from None
    try:
        file = export(rows, options.file, reference=reference)
    except ValueError as fault:
        raise DataError(str(fault)) from None
    statements = say_count(len(rows), "statement")
    documents = say_count(rows.document.nunique(), "document")
    counted = {"statements": statements, "documents": documents}
    print(say("{statements} of {documents}: {path}", path=file, **counted))
    if file.suffix.lower() == ".csv" and (count := count_formulas(rows)):
        print(say(FORMULAS, cells=say_count(count, "cell")))
    return DONE


def _read_own_statements(found: DataSet | None) -> tuple[pd.DataFrame | None, Path | None]:
    """Read the statements of a data set of one's own; a clone has the shipped ones."""
    if found is None or found.is_clone:
        return None, None
    from policydata.checks import check

    problems = check(found.coded, reference=found.reference)
    errors = problems[problems.level.eq("error")]
    if len(errors):
        raise DataError(describe_problems(errors))
    return tidy(read_coded(found.coded), found.reference), found.reference


def _add_build(commands: _Commands) -> None:
    build = commands.add_parser(
        "build", help=say("build tables, notebooks and figures; skip what is up to date")
    )
    build.add_argument("--lang", choices=LANGUAGES, default="en", help=say(LANGUAGE_HELP))
    build.set_defaults(run=_build, extra="build")


def _build(options: argparse.Namespace) -> int:
    """Build the data set around the working directory."""
    root = _find_here().root
    from policydata.build import build

    return build(root, options.lang)


def _add_init(commands: _Commands) -> None:
    init = commands.add_parser("init", help=say("make a data set of your own, ready to code"))
    init.add_argument("folder", type=Path, metavar="FOLDER", help=say("a new or an empty folder"))
    init.add_argument("--province", default="", metavar="NAME", help=say(PROVINCE_HELP))
    init.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
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


def _find_here() -> DataSet:
    """Find the data set around the working directory."""
    found = find_data_set("")
    if found is None:
        raise CallError(say(NONE_FOUND))
    return found


def _find_coded() -> Path:
    """Find the coded tables around the working directory, by the shortest path from there."""
    return Path(os.path.relpath(_find_here().coded))


def _add_draft(commands: _Commands) -> None:
    draft = commands.add_parser(
        "draft", help=say("propose a row for every figure of a new text, in a workbook")
    )
    draft.add_argument("text", type=Path, metavar="TEXT", help=say(TEXT_HELP))
    draft.add_argument("file", type=Path, metavar="FILE.xlsx", help=say(DRAFT_HELP))
    draft.add_argument("--document", default="", metavar="ID", help=say(ID_HELP))
    draft.add_argument("--place", default="", metavar="ID", help=say(PLACE_HELP))
    draft.add_argument("--published", default="", metavar="DATE", help=say(PUBLISHED_HELP))
    draft.add_argument("--reference", type=Path, metavar="DIR", help=say(TABLES_HELP))
    draft.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
    draft.set_defaults(run=_draft, extra="coder")


def _draft(options: argparse.Namespace) -> int:
    """Write the draft of a text, and the plain text that it refers to; say what is in it."""
    if not options.text.is_file():
        raise CallError(say('"{path}" is not a file.', path=options.text))
    if options.file.suffix.lower() != ".xlsx":
        raise CallError(say('"{path}" does not end in .xlsx.', path=options.file))
    for folder in filter(None, (options.file.parent, options.reference)):
        if not folder.is_dir():
            raise CallError(say('"{path}" is not a folder.', path=folder))
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


def _add_workbook(commands: _Commands) -> None:
    workbook = commands.add_parser(
        "workbook", help=say("write the coded tables as a workbook, or take an edited one back")
    )
    workbook.add_argument("file", nargs="?", type=Path, metavar="FILE.xlsx", help=say(BOOK_HELP))
    workbook.add_argument("--take", type=Path, metavar="FILE.xlsx", help=say(TAKE_HELP))
    workbook.add_argument("--lang", choices=LANGUAGES, help=say(SPOKEN_HELP))
    workbook.set_defaults(run=_workbook, extra="excel")


def _workbook(options: argparse.Namespace) -> int:
    """Take a workbook back into the tables, write a new one, or do both in this order."""
    if not (options.file or options.take):
        raise CallError(say("name the workbook to write, or --take the one to take back."))
    if options.take and not options.take.is_file():
        raise CallError(say('"{path}" is not a file.', path=options.take))
    _refuse_target(options.file)
    data = DataSet(*(Path(os.path.relpath(folder)) for folder in _find_here()))
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
    """Refuse to write over what is there, or what Excel would not open."""
    if file and file.suffix.lower() != ".xlsx":
        raise CallError(say('"{path}" does not end in .xlsx.', path=file))
    if file and file.exists():
        refused = '"{path}" exists; take it back with --take, then delete it, or name another file.'
        raise CallError(say(refused, path=file))
    if file and not file.parent.is_dir():
        raise CallError(say('"{path}" is not a folder.', path=file.parent))


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


def discard(stream: TextIO) -> None:
    """Throw away what is left to write, so that Python does not try again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
