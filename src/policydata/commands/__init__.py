"""The commands and their options; what they do is done by the library."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import policydata
from policydata.commands.bench import add_draft, add_init, add_workbook
from policydata.commands.calls import add_language
from policydata.commands.changes import add_changes
from policydata.commands.tables import add_build, add_check, add_export, add_format
from policydata.messages import read_locale, say
from policydata.schema import LANGUAGES

_COMMANDS = (
    *(add_init, add_draft, add_workbook, add_check),
    *(add_format, add_build, add_export, add_changes),
)


def read_call(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the arguments; argparse itself ends a wrong call with status 2."""
    parser = argparse.ArgumentParser(
        prog="policydata", description=say("Figures of Chinese city policy.")
    )
    versions = f"policydata {policydata.__version__}, data {policydata.__data_version__}"
    parser.add_argument("--version", action="version", version=versions)
    add_language(parser)
    # Figures are English unless a call says otherwise, messages as the locale has it.
    parser.set_defaults(lang="en")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for add in _COMMANDS:
        add(commands)
    return parser.parse_args(arguments)


def find_language(arguments: Sequence[str] | None) -> str:
    """Find the language that a call asks for, by `--lang` or by the locale."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--lang", nargs="?")
    lang = asked.parse_known_args(arguments)[0].lang
    return lang if lang in LANGUAGES else read_locale()
