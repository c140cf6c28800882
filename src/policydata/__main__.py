"""The commands of `policydata`: their words and exit status, no logic."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import policydata
from policydata.formatting import ENCODINGS
from policydata.problems import describe_missing_package, say_count
from policydata.schema import LANGUAGES

DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2
EXAMPLE = "example: policydata check data/coded --documents ../shared/documents"
PATH_HELP = "folder of .csv files, or one .csv or .xlsx file (default: %(default)s)"
DOCUMENTS_HELP = "folder with the texts: look up every quote, account for every numeral"
ALL_DOCUMENTS_HELP = "report a full text that is not in DIR as an error, not as a note"
REFERENCE_HELP = (
    "folder with reference tables of your own: documents, places, indicators, units, hazards "
    "(default: reference/ beside the folder of the coded tables, else the shipped tables)"
)
FORMAT_HELP = "folder of .csv files, or one of them (default: %(default)s)"
ENCODING_HELP = "encoding of files that are not UTF-8 (default: %(default)s)"
LANGUAGE_HELP = "language of the figures: en in figures/, zh in figures/zh/ (default: %(default)s)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 if done, 1 on errors in data or notebooks, 2 on a wrong call."""
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return _complain("policydata: stopped.")
    except BrokenPipeError:
        _discard(sys.stdout)
        return AT_FAULT
    except OSError as fault:
        if not fault.filename:
            _discard(sys.stdout)
        return _complain(f"policydata: {fault.filename or 'standard output'}: {fault.strerror}.")


def _run(arguments: Sequence[str] | None) -> int:
    """Run one command, and flush what it printed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What the terminal cannot show is escaped, not lost.
            stream.reconfigure(errors="backslashreplace")
    try:
        options = _read_call(arguments)
        return int(options.run(options))
    except ImportError as fault:
        return _complain(f"policydata: {describe_missing_package(fault, options.extra)}")
    finally:
        if sys.stdout:
            sys.stdout.flush()


def _read_call(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; argparse itself ends a wrong call with status 2."""
    parser = argparse.ArgumentParser(
        prog="policydata", description="Figures of Chinese city policy."
    )
    versions = f"policydata {policydata.__version__}, data {policydata.__data_version__}"
    parser.add_argument("--version", action="version", version=versions)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="list every problem in coded tables", epilog=EXAMPLE)
    check.add_argument("path", nargs="?", type=Path, default=Path("data/coded"), help=PATH_HELP)
    check.add_argument("--documents", type=Path, metavar="DIR", help=DOCUMENTS_HELP)
    check.add_argument("--all-documents", action="store_true", help=ALL_DOCUMENTS_HELP)
    check.add_argument("--reference", type=Path, metavar="DIR", help=REFERENCE_HELP)
    check.set_defaults(run=_check, extra="excel")
    form = commands.add_parser("format", help="put coded tables into their one form")
    form.add_argument("path", nargs="?", type=Path, default=Path("data/coded"), help=FORMAT_HELP)
    form.add_argument("--encoding", choices=ENCODINGS, default=ENCODINGS[0], help=ENCODING_HELP)
    form.set_defaults(run=_format, extra="build")
    build = commands.add_parser(
        "build", help="build tables, notebooks and figures; skip what is up to date"
    )
    build.add_argument("--lang", choices=LANGUAGES, default="en", help=LANGUAGE_HELP)
    build.set_defaults(run=_build, extra="build")
    return parser.parse_args(arguments)


def _check(options: argparse.Namespace) -> int:
    """Print the problems and a closing line; return 1 if there are errors."""
    if not options.path.exists():
        return _refuse(f'policydata check: "{options.path}" does not exist; {EXAMPLE}')
    for folder in filter(None, (options.documents, options.reference)):
        if not folder.is_dir():
            return _refuse(f'policydata check: "{folder}" is not a folder.')
    if options.all_documents and not options.documents:
        return _refuse("policydata check: --all-documents needs --documents DIR.")
    from policydata.checks import describe_check

    problems, said = describe_check(
        options.path, options.documents, options.reference, all_documents=options.all_documents
    )
    try:
        print(said, flush=True)
    except BrokenPipeError:
        # Whoever closes the pipe has read enough; the status is still that of the data.
        _discard(sys.stdout)
    return AT_FAULT if problems.level.eq("error").any() else DONE


def _format(options: argparse.Namespace) -> int:
    """Write coded tables in their one form, all or none, and say what was done to each."""
    if not options.path.exists():
        return _refuse(f'policydata format: "{options.path}" does not exist.')
    from policydata.build.files import BuildError, write_together
    from policydata.formatting import format_tables

    try:
        formed = format_tables(options.path, options.encoding)
        write_together({file: text for file, (text, done) in formed.items() if done})
    except (BuildError, ValueError) as fault:
        return _complain(f"policydata format: {fault}")
    changed = {file: done for file, (_, done) in formed.items() if done}
    for file, done in changed.items():
        print(f"{file}: {', '.join(done)}")
    print(f"{say_count(len(formed), 'file')}, {len(changed)} changed.")
    return DONE


def _build(options: argparse.Namespace) -> int:
    """Build the project around the working directory."""
    around = (Path.cwd(), *Path.cwd().parents)
    project = next((folder for folder in around if (folder / "data/coded").is_dir()), None)
    if project is None:
        return _refuse(
            "policydata build: no data/coded here or above; run this in a clone of the project."
        )
    from policydata.build import build

    return build(project, options.lang)


def _refuse(words: str) -> int:
    """Say on the error stream what is wrong with a call."""
    _complain(words)
    return CALL_AT_FAULT


def _complain(words: str) -> int:
    """Say on the error stream why a command ends."""
    try:
        print(words, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)
    return AT_FAULT


def _discard(stream: TextIO) -> None:
    """Throw away what is left to write, so that Python does not try again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


if __name__ == "__main__":
    sys.exit(main())
