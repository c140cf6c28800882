"""Where the site is made: the project it is made of, its sources, and what is up to date."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policydata.build.files import State, hash_data_set
from policydata.datasets import find_data_set
from policydata.writing import write_together


class Work:
    """The folders of one making of the site.

    What takes long is remembered by what it was made of: the tables, the package, the versions of
    the libraries that draw, and what each task names beside them.
    """

    def __init__(self, root: Path, build: Path) -> None:
        data_set = find_data_set(root)
        assert data_set is not None, "the root of a clone has tables"
        build.mkdir(parents=True, exist_ok=True)
        self.root, self.build = root, build
        self.sources, self.output = build / "pages", build / "html"
        self.state = State(build / "state.json")
        self._parts = hash_data_set(data_set)
        self._needed: dict[str, dict[str, str]] = {}
        self._written: set[Path] = set()

    def is_due(self, task: str, needed: Mapping[str, str]) -> bool:
        """Tell whether what a task is made of has changed since it was last done."""
        self._needed[task] = self._parts | dict(needed)
        return bool(self.state.find_changes(task, self._needed[task]))

    def remember(self, task: str) -> None:
        """Remember that a task is done."""
        self.state.remember(task, self._needed[task])

    def write(self, name: str, text: str | bytes) -> None:
        """Write a source of the site; one that has not changed is not touched."""
        file = self.sources / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_together({file: text})
        self._written.add(file)

    def clear(self) -> None:
        """Delete the sources of an earlier making that this one did not write."""
        for file in self.sources.rglob("*"):
            made_by_sphinx = "generated" in file.parts
            if file.is_file() and file not in self._written and not made_by_sphinx:
                file.unlink()
