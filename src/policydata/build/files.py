"""The lock of a build, and the hashes that it remembers."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from policydata.writing import hold, write_together

# What is made of the data for people to read, beside it.
PAGES = ("CODEBOOK.md", "CODEBOOK.zh.md", "GUIDE.md", "GUIDE.zh.md")
DRAWING = ("pandas", "matplotlib", "seaborn")


class BuildError(Exception):
    """An error that stops a build and that a person can correct."""


@contextmanager
def lock(file: Path) -> Iterator[None]:
    """Keep out a second build; the lock ends with its process, however the process ends."""
    with ExitStack() as held:
        try:
            opened = held.enter_context(hold(file))
        except BlockingIOError:
            process = file.read_text(encoding="utf-8")
            raise BuildError(
                f"A build is running here (process {process}): wait until it ends."
            ) from None
        opened.truncate(0)
        opened.write(str(os.getpid()))
        opened.flush()
        yield


def digest(facts: object) -> str:
    """Hash texts, and containers of texts."""
    return sha256(repr(facts).encode()).hexdigest()


def hash_files(project: Path, files: Iterable[Path]) -> dict[str, str]:
    """Hash the bytes of each file, by its path in the project; blank if there is no file."""
    return {
        file.relative_to(project).as_posix(): sha256(file.read_bytes()).hexdigest()
        if file.is_file()
        else ""
        for file in files
    }


def hash_project(project: Path) -> dict[str, str]:
    """Hash what tables and notebooks depend on, by part.

    The parts are the data that people edit, the tables and the pages that are made from them,
    every other file of the package, and the versions that decide what a table or a figure looks
    like.
    """
    package, data = project / "src/policydata", project / "data"
    tables = [*sorted(package.glob("tables/*.csv")), package / "tables/VERSION"]
    rest = (file for file in sorted(package.rglob("*")) if file.is_file() and file not in tables)
    # Editors and systems leave hidden files behind.
    ours = [file for file in rest if file.suffix != ".pyc" and not file.name.startswith(".")]
    parts = {
        "data": [*sorted(data.rglob("*.csv")), data / "VERSION"],
        "tables": tables,
        "pages": [data / name for name in PAGES],
        "package": [*ours, *sorted(project.glob("notebooks/*.py"))],
    }
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    versions = [python, *(f"{library} {version(library)}" for library in DRAWING)]
    hashes = {part: digest(hash_files(project, files)) for part, files in parts.items()}
    return hashes | {"versions": ", ".join(versions)}


class State:
    """The hashes of what each task needed and made when it was last done, in one JSON file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tasks: dict[str, dict[str, str]] = {}
        try:
            self.tasks = json.loads(file.read_bytes()) if file.exists() else {}
        except ValueError as fault:
            sentence = f'"{file}" could not be read ({fault}): everything is built again.'
            print(sentence, file=sys.stderr)

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
