"""The command that compares two states of the data."""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from textwrap import TextWrapper

import pandas as pd

from policydata.changes import describe_changes, find_step, list_changes, say_change
from policydata.commands.calls import DONE, CallError, Commands, DataError, add_language
from policydata.datasets import find_data_set
from policydata.messages import say
from policydata.states import open_state, read_states

OLD_HELP = "folder of a data set, or a revision of the one around as git knows it: v1, HEAD~3"
NEW_HELP = "another (default: the data set around, as it is now)"
EXAMPLE = "example: policydata changes HEAD"
FORMATS = ("text", "csv", "json")
FORMS_HELP = "what to print: text for a person, csv or json for a program (default: %(default)s)"
# What each step of the version is for; the words of the recipe of Data Package.
_CALLS = {
    "major": "These changes call for a major version: columns changed, or ids are gone.",
    "minor": "These changes call for a minor version: rows were added, and no id is gone.",
    "patch": "These changes call for a patch: what was there is corrected.",
    "": "Nothing changed.",
}


def add_changes(commands: Commands) -> None:
    """Add the command that lists what changed between two states of the data."""
    command = commands.add_parser(
        "changes", help=say("list what changed between two states of the data"), epilog=say(EXAMPLE)
    )
    command.add_argument("old", metavar="OLD", help=say(OLD_HELP))
    command.add_argument("new", metavar="NEW", nargs="?", default="", help=say(NEW_HELP))
    command.add_argument("--format", choices=FORMATS, default=FORMATS[0], help=say(FORMS_HELP))
    add_language(command)
    command.set_defaults(run=_print_changes, extra="")


def _print_changes(options: argparse.Namespace) -> int:
    """Print what changed and which step of the version that calls for."""
    around = find_data_set(Path.cwd())
    new = options.new or str(around.root if around else Path.cwd())
    with ExitStack() as opened:
        try:
            states = [opened.enter_context(open_state(one, around)) for one in (options.old, new)]
        except ValueError as fault:
            raise CallError(str(fault)) from None
        try:
            changes = list_changes(*read_states(*states))
        except ValueError as fault:
            raise DataError(str(fault)) from None
    if options.format != "text" and isinstance(sys.stdout, io.TextIOWrapper):
        # A program reads UTF-8, whatever a terminal can show.
        sys.stdout.reconfigure(encoding="utf-8")
    print(_write(changes, options.format), flush=True)
    return DONE


def _write(changes: pd.DataFrame, form: str) -> str:
    if form == "csv":
        return str(changes.to_csv(index=False, lineterminator="\n")).rstrip("\n")
    step = find_step(changes)
    if form == "json":
        found = {"step": step, "changes": changes.to_dict("records")}
        return json.dumps(found, ensure_ascii=False, indent=1)
    parts = [*describe_changes(changes, shown=0), *_tell(changes)]
    return "\n".join([*parts, *([""] if parts else []), say(_CALLS[step])])


def _tell(changes: pd.DataFrame) -> Iterator[str]:
    """Tell each change under a heading; rows that changed alike stand in one line."""
    rows = changes[changes.row.ne("") | changes.old.ne("")]
    wrap = TextWrapper(100, "  ", "  ", break_long_words=False, break_on_hyphens=False).fill
    for (table, change, column), found in rows.groupby(["table", "change", "column"], sort=False):
        heading = " ".join(filter(None, [str(column), say_change(str(change)), str(len(found))]))
        yield "\n" + say("{address}: {said}", address=table, said=heading)
        alike: dict[tuple[str, str], list[str]] = {}
        for one in found.itertuples():
            alike.setdefault((one.old, one.new), []).append(one.row)
        for (old, new), keys in alike.items():
            if column:
                yield f'  {_list(keys)}: "{old}" → "{new}"'
            else:
                yield f"  {old} → {new}" if old else wrap(_list(keys))


def _list(keys: Sequence[str]) -> str:
    """List keys; statements that follow each other in a document stand together: plan:1-3.

    Examples
    --------
    >>> _list(["plan:1", "plan:2", "plan:3", "plan:7", "news:1", "gdp"])
    'plan:1-3, plan:7, news:1, gdp'
    """

    def follow(numbered: tuple[int, str]) -> tuple[str, int | str]:
        place, key = numbered
        document, _, number = key.rpartition(":")
        return document, int(number) - place if number.isdecimal() else key

    listed = []
    for _, group in groupby(enumerate(keys), follow):
        run = [key for _, key in group]
        listed.append(run[0] if len(run) == 1 else f"{run[0]}-{run[-1].rpartition(':')[2]}")
    return ", ".join(listed)
