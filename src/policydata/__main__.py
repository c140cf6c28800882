"""The commands: `policydata check` and `policydata build`; no logic but words and exit status."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from policydata.vocabulary import LANGUAGES

__all__ = ["main"]

DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2
EXAMPLE = "example: policydata check data/coded --documents ../shared/documents"
PATH_HELP = "folder of .csv, or one .xlsx (default: %(default)s)"
DOCUMENTS_HELP = "folder with the texts: look up every quote, account for every numeral"
REFERENCE_HELP = (
    "folder with reference tables of your own: documents, places, indicators, units, hazards "
    "(default: reference/ beside PATH, else the shipped tables)"
)

LANGUAGE_HELP = "language of the figures: en in figures/, zh in figures/zh/ (default: %(default)s)"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit status: 0 done, 1 data or notebook at fault, 2 the call."""
    options = _read_call(arguments)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("policydata: stopped.", file=sys.stderr)
        return AT_FAULT


def _read_call(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read what is asked for; argparse itself ends a wrong call with status 2."""
    parser = argparse.ArgumentParser(
        prog="policydata", description="Figures of Chinese city policy."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="list every problem of coded tables", epilog=EXAMPLE)
    check.add_argument("path", nargs="?", type=Path, default=Path("data/coded"), help=PATH_HELP)
    check.add_argument("--documents", type=Path, metavar="DIR", help=DOCUMENTS_HELP)
    check.add_argument("--reference", type=Path, metavar="DIR", help=REFERENCE_HELP)
    check.set_defaults(run=_check)
    build = commands.add_parser(
        "build", help="tables, notebooks, figures; skips what is up to date"
    )
    build.add_argument("--lang", choices=LANGUAGES, default="en", help=LANGUAGE_HELP)
    build.set_defaults(run=_build)
    return parser.parse_args(arguments)


def _check(options: argparse.Namespace) -> int:
    """Print the problems and a closing line; status 1 where there are errors."""
    if not options.path.exists():
        print(f'policydata check: there is no "{options.path}"; {EXAMPLE}', file=sys.stderr)
        return CALL_AT_FAULT
    for folder in filter(None, (options.documents, options.reference)):
        if not folder.is_dir():
            print(f'policydata check: "{folder}" is no folder.', file=sys.stderr)
            return CALL_AT_FAULT
    from policydata.checks.coding import gather
    from policydata.checks.report import describe_result, list_problems_of

    beside = options.path.resolve().parent / "reference"
    reference = options.reference or (beside if beside.is_dir() else None)
    coding = gather(options.path, options.documents, reference)
    problems = list_problems_of(coding)
    print(describe_result(coding, problems))
    return AT_FAULT if problems.level.eq("error").any() else DONE


def _build(options: argparse.Namespace) -> int:
    """Build the project around the working directory."""
    around = (Path.cwd(), *Path.cwd().parents)
    project = next((folder for folder in around if (folder / "data/coded").is_dir()), None)
    if project is None:
        print(
            "policydata build: no data/coded here or above; run it in a clone of the project.",
            file=sys.stderr,
        )
        return CALL_AT_FAULT
    from policydata.build import build

    return build(project, options.lang)


if __name__ == "__main__":
    sys.exit(main())
