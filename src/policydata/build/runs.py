"""The runs of notebooks: why one is due, what came of it, and all of them side by side."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from policydata.build.errors import BuildError, explain
from policydata.build.figures import FOLDERS, figure_files
from policydata.build.files import digest, hash_files
from policydata.build.notebooks import run_notebook
from policydata.build.source import Notebook, figure_cells
from policydata.build.state import State

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Run", "run_side_by_side"]

# What follows the name of a notebook that is run in a language.
SPOKEN = {"en": "", "zh": " in Chinese"}
PARTS = ("tables", "package", "versions")


class Run:
    """One notebook in one language: the reasons to run it, and what came of that.

    It runs again when its code, a shipped table, a file of the package that it can meet, a version
    of what draws, or one of its figures is not as it was. Prose does not count.
    """

    def __init__(
        self, project: Path, notebook: Notebook, lang: str, hashes: Mapping[str, str], state: State
    ) -> None:
        self.project, self.notebook, self.lang, self.state = project, notebook, lang, state
        self.name = f"{notebook.path.name}{SPOKEN[lang]}"
        self.figures = list(figure_cells(notebook))
        self.files = figure_files(project / FOLDERS[lang], self.figures)
        self.needed = {"code": digest(notebook.cells)} | {part: hashes[part] for part in PARTS}
        self.made = hash_files(project, self.files)
        self.reasons = state.find_changes(self.name, self._now)
        self.fault = ""
        self.changed_figures: set[str] = set()
        self.changed_cells: list[int] = []

    @property
    def _now(self) -> dict[str, str]:
        return self.needed | {"figures": digest(self.made)}

    @property
    def rows(self) -> list[str]:
        """The hash of the rows of each figure, which are the same in every language."""
        return [hashed for name, hashed in self.made.items() if name.endswith(".csv")]

    async def run(self, progress: Progress, room: asyncio.Semaphore) -> None:
        """Run the notebook once there is room; keep its fault in words."""
        from policydata.build.progress import Line

        async with room:
            line = Line(progress, self.name, self.reasons, len(self.notebook.cells))
            stamps = [_stamp(file) for file in self.files]
            try:
                printed = await run_notebook(self.notebook, line.at_cell, self.lang)
                self._refuse_unwritten(stamps)
                self._remember(printed)
            except (BuildError, OSError) as fault:
                self.fault = explain(fault)
            line.end("failed" if self.fault else "done")

    def _refuse_unwritten(self, stamps: Sequence[tuple[int, int] | None]) -> None:
        """Refuse a run that left a figure as it was: an older one does not prove that it drew."""
        seen = zip(self.files, stamps, strict=True)
        if left := [file for file, stamp in seen if _stamp(file) in (stamp, None)]:
            names = ", ".join(file.relative_to(self.project).as_posix() for file in left)
            raise BuildError(
                f"{self.notebook.name} ran, and did not write {names}: "
                "call save_figure with lang=lang."
            )

    def _remember(self, printed: Sequence[str]) -> None:
        """Remember what was needed, made and printed; note what differs from the last time."""
        before, self.made = self.made, hash_files(self.project, self.files)
        self.changed_figures = {Path(name).stem for name, _ in self.made.items() - before.items()}
        cells = [f"prints {digest(cell)}" for cell in self.notebook.cells]
        # Addresses in memory are never the same.
        texts = [digest(re.sub(r"\b0x[0-9a-f]+", "", text)) for text in printed]
        known, now = self.state.tasks.get(self.name, {}), dict(zip(cells, texts, strict=True))
        self.changed_cells = [
            number
            for number, cell in enumerate(cells, 1)
            if known.get(cell, now[cell]) != now[cell]
        ]
        self.state.remember(self.name, self._now | now)


def run_side_by_side(runs: Sequence[Run]) -> None:
    """Run notebooks, as many at a time as there are processors, and past those that fail."""
    if not runs:
        return
    from policydata.build.progress import make_progress

    async def run_all() -> None:
        room = asyncio.Semaphore(max(2, os.cpu_count() or 2))
        tasks = (run.run(progress, room) for run in runs)
        # All of them come to their end, also those that an interrupt cancels.
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if ended is not None:
                raise ended

    with make_progress() as progress:
        asyncio.run(run_all())


def _stamp(file: Path) -> tuple[int, int] | None:
    """What changes whenever a file is written or replaced, even by the same bytes."""
    if not file.is_file():
        return None
    status = file.stat()
    return status.st_ino, status.st_mtime_ns
