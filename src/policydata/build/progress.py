"""What a build says while it works: a line for each notebook, then the faults, then one sum."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from doit.exceptions import TaskFailed, UnmetDependency
from doit.reporter import ZeroReporter
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from policydata.errors import say_count

__all__ = ["Report"]


@dataclass
class _Line:
    """The line of one notebook that runs."""

    number: TaskID
    cells: int
    began: float = field(default_factory=monotonic)


class Report(ZeroReporter):  # type: ignore[misc]  # doit has no types
    """Listen to doit, and to the notebooks at each cell.

    On a terminal each notebook that runs has a line that moves; elsewhere it has one plain line
    when it starts and one when it ends, without control codes. A task is a notebook's if its
    ``meta`` says how many ``cells`` and ``figures`` it has, and the ``reason`` why it runs.
    """

    def __init__(self) -> None:
        self.console = Console(highlight=False, markup=False, soft_wrap=True)
        self.progress = _moving_lines(self.console)
        self.began = monotonic()
        self.lines: dict[str, _Line] = {}
        self.ended: dict[str, list[Any]] = defaultdict(list)
        self.faults: list[str] = []

    def initialize(self, tasks: Mapping[str, Any], selected: list[str]) -> None:
        """The build begins."""
        self.progress.start()

    def execute_task(self, task: Any) -> None:
        """A task begins."""
        if task.meta:
            title, cells = f"{task.name} ({task.meta['reason']})", task.meta["cells"]
            number = self.progress.add_task(title, total=cells, state="starts")
            self.lines[task.name] = _Line(number, cells)
            self._say_plainly(f"{title}: {say_count(cells, 'cell')} to run")

    def at_cell(self, name: str, cell: int) -> None:
        """A notebook comes to a cell."""
        line = self.lines[name]
        self.progress.update(line.number, completed=cell - 1, state=f"cell {cell} of {line.cells}")

    def add_success(self, task: Any) -> None:
        """A task is done."""
        self._end(task, "done")
        if isinstance(task.result, str):
            self.console.print(f"{task.name}: {task.result}")

    def add_failure(self, task: Any, fail: Any) -> None:
        """A task failed, or could not begin because one before it failed."""
        if isinstance(fail, UnmetDependency):
            self._end(task, "not run")
            return
        # Only what nobody foresaw comes with a traceback.
        self.faults.append(fail.message if isinstance(fail, TaskFailed) else fail.get_msg())
        self._end(task, "failed")

    def skip_uptodate(self, task: Any) -> None:
        """A task has nothing to do."""
        self._end(task, "up to date")

    def complete_run(self) -> None:
        """The build is over."""
        self.progress.stop()
        if kept := self.ended["up to date"]:
            self.console.print(f"Up to date: {', '.join(task.name for task in kept)}")
        for fault in self.faults:
            print(fault, file=sys.stderr)
        self.console.print(self._sum())

    def _end(self, task: Any, state: str) -> None:
        """Note how a task ended, and say so where it had a line."""
        self.ended[state].append(task)
        if line := self.lines.get(task.name):
            completed = line.cells if state == "done" else None
            self.progress.update(line.number, completed=completed, state=state)
            self.progress.stop_task(line.number)
            self._say_plainly(f"{task.name}: {state}, {monotonic() - line.began:.1f} s")

    def _say_plainly(self, text: str) -> None:
        """Print where no line moves."""
        if self.progress.disable:
            self.console.print(text)

    def _sum(self) -> str:
        """What the whole build came to, on one line."""
        books = {state: [task.meta for task in self.ended[state] if task.meta] for state in _STATES}
        figures = sum(meta["figures"] for meta in books["done"] + books["up to date"])
        parts = [f"{say_count(len(books['done']), 'notebook')} run"]
        parts += [f"{len(books[state])} {state}" for state in ("failed", "not run") if books[state]]
        parts += [f"{len(books['up to date'])} up to date", say_count(figures, "figure")]
        return ", ".join([*parts, f"{monotonic() - self.began:.1f} s"])


_STATES = ("done", "failed", "not run", "up to date")


def _moving_lines(console: Console) -> Progress:
    """The lines of a terminal; nothing elsewhere."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[state]}", markup=False),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )
