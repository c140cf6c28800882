"""The commands that work with tables as they are: check, format, build, export."""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

import pandas as pd

from policydata.coded import read_coded
from policydata.commands.calls import (
    AT_FAULT,
    DONE,
    CallError,
    Commands,
    DataError,
    add_language,
    discard,
    find_coded,
    find_here,
    refuse_no_folder,
    shorten,
)
from policydata.datasets import DataSet, find_data_set
from policydata.formatting import ENCODINGS, format_tables
from policydata.load import choose_statements, leave_out_hazards
from policydata.messages import say
from policydata.problems import describe_problems, say_count
from policydata.schema import LANGUAGES
from policydata.statements import tidy
from policydata.tables import take_reference
from policydata.writing import write_together

EXAMPLE = "example: policydata check data/coded --documents ../shared/documents"
PATH_HELP = (
    "folder of .csv files, or one .csv or .xlsx file (default: the coded tables here or above)"
)
DOCUMENTS_HELP = (
    "folder with the texts: look up every quote, account for every numeral (default, without a "
    "path: texts/ of the data set around, if it is there)"
)
ALL_DOCUMENTS_HELP = "report a full text that is not in DIR as an error, not as a note"
REFERENCE_HELP = (
    "folder with reference tables of your own: documents, places, indicators, units, hazards "
    "(default: reference/ beside the folder of the coded tables, else the shipped tables)"
)
FORMATS = ("text", "json")
FORMS_HELP = "what to print: text for a person, json for a program (default: %(default)s)"
FORMAT_HELP = "folder of .csv files, or one of them (default: all typed tables here or above)"
ENCODING_HELP = "encoding of files that are not UTF-8 (default: %(default)s)"
LANGUAGE_HELP = "language of the figures: en in figures/, zh in figures/zh/ (default: en)"
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


def add_check(commands: Commands) -> None:
    """Add the command that lists every problem."""
    check = commands.add_parser(
        "check", help=say("list every problem in coded tables"), epilog=say(EXAMPLE)
    )
    check.add_argument("path", nargs="?", type=Path, help=say(PATH_HELP))
    check.add_argument("--documents", type=Path, metavar="DIR", help=say(DOCUMENTS_HELP))
    check.add_argument("--all-documents", action="store_true", help=say(ALL_DOCUMENTS_HELP))
    check.add_argument("--reference", type=Path, metavar="DIR", help=say(REFERENCE_HELP))
    check.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=say(FORMS_HELP))
    add_language(check)
    check.set_defaults(run=_check, extra="excel")


def _check(options: argparse.Namespace) -> int:
    """Print the problems and a closing line; return 1 if there are errors."""
    coded, documents = options.path or find_coded(), options.documents
    if not (options.path or documents):
        texts = find_here().texts
        documents = texts if any(texts.glob("*.txt")) else None
    if not coded.exists():
        raise CallError(say('"{path}" does not exist; {example}', path=coded, example=say(EXAMPLE)))
    refuse_no_folder(documents, options.reference)
    if options.all_documents and not documents:
        raise CallError(say("--all-documents needs --documents DIR."))
    from policydata.checks import find_all
    from policydata.checks.findings import write_findings

    findings = find_all(coded, documents, options.reference, all_documents=options.all_documents)
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


def add_format(commands: Commands) -> None:
    """Add the command that puts tables into their one form."""
    form = commands.add_parser("format", help=say("put coded tables into their one form"))
    form.add_argument("path", nargs="?", type=Path, help=say(FORMAT_HELP))
    form.add_argument(
        "--encoding", choices=ENCODINGS, default=ENCODINGS[0], help=say(ENCODING_HELP)
    )
    add_language(form)
    form.set_defaults(run=_format, extra="")


def _format(options: argparse.Namespace) -> int:
    """Write coded tables in their one form, all or none, and say what was done to each."""
    if options.path and not options.path.exists():
        raise CallError(say('"{path}" does not exist.', path=options.path))
    found = None if options.path else find_here()
    paths = [shorten(found.coded), shorten(found.reference)] if found else [options.path]
    try:
        each = [format_tables(path, options.encoding) for path in paths]
    except ValueError as fault:
        raise DataError(str(fault)) from None
    formed = {file: made for one in each for file, made in one.items()}
    write_together({file: text for file, (text, done) in formed.items() if done})
    changed = {file: done for file, (_, done) in formed.items() if done}
    for file, done in changed.items():
        print(say("{file}: {done}", file=file, done=say(", ").join(done)))
    counted = say_count(len(formed), "file")
    print(say("{files}, {changed} changed.", files=counted, changed=len(changed)))
    return DONE


def add_build(commands: Commands) -> None:
    """Add the command that builds tables and figures."""
    build = commands.add_parser(
        "build", help=say("build tables, notebooks and figures; skip what is up to date")
    )
    build.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(LANGUAGE_HELP)
    )
    build.set_defaults(run=_build, extra="build")


def _build(options: argparse.Namespace) -> int:
    """Build the data set around the working directory."""
    root = find_here().root
    from policydata.build import build

    return build(root, options.lang)


def add_export(commands: Commands) -> None:
    """Add the command that writes statements for another program."""
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
    add_language(export)
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
