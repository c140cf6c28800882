"""What is built from what: check, then tables, then every notebook, then the index of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from policydata.build.actions import (
    attempt,
    check_coded,
    draw_figures,
    make_tables,
    take_reference,
)
from policydata.build.errors import BuildError
from policydata.build.figures import FOLDERS, figure_files
from policydata.build.fingerprint import fingerprint, hash_files
from policydata.build.index import write_index
from policydata.build.source import Maker, Notebook, figure_cells, read_notebook

__all__ = ["draw_graph"]

Task = dict[str, Any]
Hashes = dict[str, str]

# What follows the name of a notebook that is run in a language.
SPOKEN = {"en": "", "zh": " in Chinese"}


class Listener(Protocol):
    """Who is told how far a notebook is."""

    def at_cell(self, name: str, cell: int) -> None:
        """A notebook comes to a cell."""


def draw_graph(project: Path, listener: Listener, lang: str = "en") -> list[Task]:
    """The tasks of a project, as doit reads them.

    Parameters
    ----------
    project : Path
        The root of the project.
    listener : object
        Its ``at_cell(name, cell)`` is called before each cell of each notebook.
    lang : {"en", "zh"}
        The language in which the notebooks draw.

    Returns
    -------
    list of dict
        One task each for check, tables and index, and one for each notebook.

    Raises
    ------
    BuildError
        If a notebook cannot be read, does not say its language, or makes the same figure as
        another.
    """
    notebooks = [read_notebook(path, lang) for path in sorted(project.glob("notebooks/*.ipynb"))]
    books = [_notebook_task(project, notebook, listener, lang) for notebook in notebooks]
    index = {
        "name": "index",
        "actions": [attempt(partial(write_index, project, _makers(notebooks), lang))],
        "task_dep": ["tables", *(book["name"] for book in books)],
        "uptodate": [False],
    }
    return [task | {"io": {"capture": False}} for task in [*_data_tasks(project), *books, index]]


def _data_tasks(project: Path) -> list[Task]:
    """Check the reference tables and take them over; check the coded ones; build the tidy ones."""
    coded = [*project.glob("data/coded/*.csv"), *project.glob("data/reference/*.csv")]
    sources = sorted([*coded, *project.glob("src/policydata/**/*.py")])
    tables = project / "src" / "policydata" / "tables"
    written = _remember(dict, lambda: sorted(tables.glob("*.csv")))
    return [
        {
            "name": "check",
            "actions": [
                attempt(partial(take_reference, project)),
                attempt(partial(check_coded, project)),
            ],
            "file_dep": sources,
        },
        {
            "name": "tables",
            "actions": [attempt(partial(make_tables, project))],
            "file_dep": sources,
            "task_dep": ["check"],
            "uptodate": [written],
        },
    ]


def _notebook_task(project: Path, notebook: Notebook, listener: Listener, lang: str) -> Task:
    """Run one notebook in a language, if what it depends on or what it made has changed."""
    name = f"{notebook.path.name}{SPOKEN[lang]}"
    figures = figure_cells(notebook)
    files = figure_files(project / FOLDERS[lang], figures)
    at_cell = partial(listener.at_cell, name)
    return {
        "name": name,
        "actions": [attempt(partial(draw_figures, project, notebook, files, at_cell))],
        "targets": files,
        "task_dep": ["tables"],
        "uptodate": [_remember(partial(fingerprint, notebook, project), lambda: files)],
        "meta": {"cells": len(notebook.cells), "figures": len(figures), "reason": ""},
    }


def _makers(notebooks: Iterable[Notebook]) -> dict[str, Maker]:
    """Which cell of which notebook makes each figure."""
    makers: dict[str, Maker] = {}
    for notebook in notebooks:
        for figure, cell in figure_cells(notebook).items():
            if figure in makers:
                raise BuildError(
                    f"The figure {figure!r} is made by {makers[figure].notebook} and by "
                    f"{notebook.name}: give one of them another name."
                )
            makers[figure] = Maker(notebook.name, cell)
    return makers


def _remember(
    needed: Callable[[], Hashes], made: Callable[[], list[Path]]
) -> Callable[[Any, dict[str, Hashes]], bool]:
    """Let doit ask whether what a task needs, and what it made, is as it was last time.

    It asks when all that goes before is done; what was needed is kept as it was then, and what
    was made as it is after the task.
    """

    def unchanged(task: Any, values: dict[str, Hashes]) -> bool:
        now = needed()
        task.value_savers.append(lambda: {"needed": now, "made": hash_files(made())})
        before = values.get("needed", {})
        reasons = [part for part in now if before.get(part) != now[part]] if values else ["new"]
        if values and values["made"] != hash_files(made()):
            reasons.append("figures")
        if task.meta:
            task.meta["reason"] = ", ".join(reasons)
        return not reasons

    return unchanged
