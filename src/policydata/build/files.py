"""The hashes that a build remembers, and the error that stops it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from hashlib import sha256
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import policydata
from policydata.codebook import name_page
from policydata.datasets import PACKAGE, DataSet
from policydata.guide import RULES
from policydata.messages import say
from policydata.schema import LANGUAGES
from policydata.writing import write_together

# What is made of the data for people to read, beside it.
PAGES = tuple(name_page(page, lang) for page in ("CODEBOOK", "GUIDE") for lang in LANGUAGES)
DRAWING = ("pandas", "matplotlib", "seaborn")


class BuildError(Exception):
    """An error that stops a build and that a person can correct."""


def digest(facts: object) -> str:
    """Hash texts, and containers of texts."""
    return sha256(repr(facts).encode()).hexdigest()


def hash_files(root: Path, files: Iterable[Path]) -> dict[str, str]:
    """Hash the bytes of each file, by its path below the root; blank if there is no file."""
    return {
        file.relative_to(root).as_posix(): sha256(file.read_bytes()).hexdigest()
        if file.is_file()
        else ""
        for file in files
    }


def hash_data_set(data_set: DataSet) -> dict[str, str]:
    """Hash what tables and notebooks depend on, by part.

    The parts are the data that people edit, the tables and the pages that are made from them,
    every other file of the package, and the versions that decide what a table or a figure looks
    like.
    """
    root = data_set.root
    typed = (folder.rglob("*.csv") for folder in (data_set.coded, data_set.reference))
    made = [*sorted(data_set.tables.glob("*.csv")), data_set.tables / "VERSION"]
    pages = [*(data_set.codebook.with_name(name) for name in PAGES), data_set.tables / RULES]
    pages += [
        data_set.descriptor,
        *([data_set.tidy_copy] if data_set.tidy_copy not in made else []),
    ]
    package = root / PACKAGE if data_set.is_clone else Path(policydata.__file__).resolve().parent
    rest = (file for file in sorted(package.rglob("*")) if file.is_file() and file not in made)
    # Editors and systems leave hidden files behind.
    ours = [file for file in rest if file.suffix != ".pyc" and not file.name.startswith(".")]
    beside = (data_set.version, data_set.codebook.with_name(RULES))
    parts = {
        "data": hash_files(root, [*sorted(chain(*typed)), *beside]),
        "tables": hash_files(root, [file for file in made if file not in pages]),
        "pages": hash_files(root, pages),
        "package": hash_files(package, ours)
        | hash_files(root, sorted(root.glob("notebooks/*.py"))),
    }
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    versions = [python, *(f"{library} {version(library)}" for library in DRAWING)]
    hashes = {part: digest(files) for part, files in parts.items()}
    return hashes | {"versions": ", ".join(versions)}


class State:
    """The hashes of what each task needed and made when it was last done, in one JSON file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tasks: dict[str, dict[str, str]] = {}
        try:
            self.tasks = json.loads(file.read_bytes()) if file.exists() else {}
        except ValueError as fault:
            sentence = '"{file}" could not be read ({fault}): everything is built again.'
            print(say(sentence, file=file, fault=fault), file=sys.stderr)

    def find_changes(self, task: str, now: Mapping[str, str]) -> list[str]:
        """Name the parts that have changed since the task was last done."""
        before = self.tasks.get(task)
        return (
            ["new"] if before is None else [part for part in now if before.get(part) != now[part]]
        )

    def remember(self, task: str, now: dict[str, str]) -> None:
        """Keep what a finished task needed and made."""
        self.tasks[task] = now
        write_together({self.file: json.dumps(self.tasks, indent=1)})
