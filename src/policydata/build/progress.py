"""What a build says of each notebook while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from policydata.errors import say_count

__all__ = ["Line", "make_progress"]


def make_progress() -> Progress:
    """Make the lines that move on a terminal; elsewhere they stay away."""
    console = Console(highlight=False, markup=False, soft_wrap=True)
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[state]}", markup=False),
        TimeElapsedColumn(),
        console=console,
        disable=not console.is_terminal,
    )


class Line:
    """The line of one notebook that runs.

    Where no line moves, it is printed when the notebook begins and when it ends, without control
    codes.
    """

    def __init__(self, progress: Progress, name: str, reasons: Iterable[str], cells: int) -> None:
        title = f"{name} ({', '.join(reasons)})"
        self.progress, self.name, self.cells, self.began = progress, name, cells, monotonic()
        self.number = progress.add_task(title, total=cells, state="starts")
        self._say_plainly(f"{title}: {say_count(cells, 'cell')} to run")

    def at_cell(self, cell: int) -> None:
        """The notebook comes to a cell."""
        state = f"cell {cell} of {self.cells}"
        self.progress.update(self.number, completed=cell - 1, state=state)

    def end(self, state: str) -> None:
        """The notebook is done or failed."""
        completed = self.cells if state == "done" else None
        self.progress.update(self.number, completed=completed, state=state)
        self.progress.stop_task(self.number)
        self._say_plainly(f"{self.name}: {state}, {monotonic() - self.began:.1f} s")

    def _say_plainly(self, text: str) -> None:
        """Print where no line moves."""
        if self.progress.disable:
            self.progress.console.print(text)
