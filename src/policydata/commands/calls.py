"""What the commands share: how a call ends, the data set around it, the language of its words."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TextIO, TypeAlias

from policydata.datasets import DataSet, find_data_set
from policydata.messages import say
from policydata.schema import LANGUAGES

DONE, AT_FAULT, CALL_AT_FAULT = 0, 1, 2
NONE_FOUND = (
    "no coded tables here or above; run this in a data set (policydata init FOLDER makes one)."
)
SPOKEN_HELP = "language of the messages: en or zh (default: that of the locale)"
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class CallError(Exception):
    """A call that cannot be carried out as it is."""


class DataError(Exception):
    """A fault of the data that ends a command."""


def add_language(command: argparse.ArgumentParser) -> None:
    """Let a call choose the language of its messages, before the command or after it."""
    # A default of the command would undo what stands before it.
    command.add_argument(
        "--lang", choices=LANGUAGES, default=argparse.SUPPRESS, help=say(SPOKEN_HELP)
    )


def find_here() -> DataSet:
    """Find the data set around the working directory."""
    found = find_data_set("")
    if found is None:
        raise CallError(say(NONE_FOUND))
    return found


def find_coded() -> Path:
    """Find the coded tables around the working directory, by the shortest path from there."""
    return shorten(find_here().coded)


def shorten(folder: Path) -> Path:
    """Name a folder by the shortest path from the working directory."""
    return Path(os.path.relpath(folder))


def refuse_no_folder(*folders: Path | None) -> None:
    """Refuse what is given for a folder and is none."""
    for folder in filter(None, folders):
        if not folder.is_dir():
            raise CallError(say('"{path}" is not a folder.', path=folder))


def discard(stream: TextIO) -> None:
    """Throw away what is left to write, so that Python does not try again when it exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
