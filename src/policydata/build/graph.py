"""What is built from what: check, then tables, then every notebook, then the index of figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pandas as pd
from doit.exceptions import TaskFailed

from policydata.build.errors import BuildError
from policydata.build.fingerprint import fingerprint, hash_files
from policydata.build.index import figure_files, write_index
from policydata.build.notebooks import run_notebook
from policydata.build.source import Notebook, figure_names, read_notebook
from policydata.errors import CodingError

__all__ = ["draw_graph"]

Task = dict[str, Any]
Hashes = dict[str, str]


class Listener(Protocol):
    """Who is told how far a notebook is."""

    def at_cell(self, name: str, cell: int) -> None:
        """A notebook comes to a cell."""


def draw_graph(project: Path, listener: Listener) -> list[Task]:
    """The tasks of a project, as doit reads them.

    Parameters
    ----------
    project : Path
        The root of the project.
    listener : object
        Its ``at_cell(name, cell)`` is called before each cell of each notebook.

    Returns
    -------
    list of dict
        One task each for check, tables and index, and one for each notebook.

    Raises
    ------
    BuildError
        If a notebook cannot be read, or two notebooks make the same figure.
    """
    notebooks = [read_notebook(path) for path in sorted(project.glob("notebooks/*.ipynb"))]
    makers = _makers(notebooks)
    index = {
        "name": "index",
        "actions": [_attempt(partial(write_index, project / "figures", makers))],
        "task_dep": ["tables", *(notebook.path.name for notebook in notebooks)],
        "uptodate": [False],
    }
    books = [_notebook_task(project, notebook, listener) for notebook in notebooks]
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
                _attempt(partial(_take_reference, project)),
                _attempt(partial(_check, project)),
            ],
            "file_dep": sources,
        },
        {
            "name": "tables",
            "actions": [_attempt(partial(_build_tables, project))],
            "file_dep": sources,
            "task_dep": ["check"],
            "uptodate": [written],
        },
    ]


def _notebook_task(project: Path, notebook: Notebook, listener: Listener) -> Task:
    """Run one notebook, if what it depends on or what it made has changed."""
    figures = figure_names(notebook)
    files = figure_files(project / "figures", figures)
    at_cell = partial(listener.at_cell, notebook.path.name)
    return {
        "name": notebook.path.name,
        "actions": [_attempt(partial(_run, notebook, files, at_cell))],
        "targets": files,
        "task_dep": ["tables"],
        "uptodate": [_remember(partial(fingerprint, notebook, project), lambda: files)],
        "meta": {"cells": len(notebook.cells), "figures": len(figures), "reason": ""},
    }


def _makers(notebooks: Iterable[Notebook]) -> dict[str, str]:
    """Which notebook makes each figure."""
    makers: dict[str, str] = {}
    for notebook in notebooks:
        for figure in figure_names(notebook):
            if figure in makers:
                raise BuildError(
                    f"The figure {figure!r} is made by {makers[figure]} and by {notebook.name}: "
                    "give one of them another name."
                )
            makers[figure] = notebook.name
    return makers


def _take_reference(project: Path) -> None:
    """Build the reference tables from sound ones; what reads units and places reads them anew."""
    from policydata.build.tables import build_reference
    from policydata.checks import check_reference

    data = project / "data"
    _refuse(check_reference(data / "reference", coded=data / "coded"))
    build_reference(data, project / "src" / "policydata" / "tables")


def _check(project: Path) -> str | None:
    """Refuse coded tables with errors; say how much is left to review."""
    from policydata.checks import check

    problems = check(project / "data" / "coded", reference=project / "data" / "reference")
    _refuse(problems)
    review = int((problems["level"] == "review").sum())
    return f"{review} to review; `policydata check` lists them" if review else None


def _refuse(problems: pd.DataFrame) -> None:
    """Go no further where there are errors."""
    if (errors := problems[problems["level"] == "error"]).size:
        raise CodingError(errors)


def _build_tables(project: Path) -> None:
    """Build the tidy tables; the loaders read them anew."""
    from policydata.build.tables import build_codebook, build_statements

    build_codebook(project / "data")
    build_statements(project / "data", project / "src" / "policydata" / "tables")


def _run(notebook: Notebook, files: list[Path], at_cell: Callable[[int], None]) -> None:
    """Run a notebook, and see that its figures are there."""
    run_notebook(notebook, at_cell)
    if missing := [f"figures/{file.name}" for file in files if not file.is_file()]:
        raise BuildError(f"{notebook.name} ran, and did not write {', '.join(missing)}.")


def _attempt(work: Callable[[], str | None]) -> Callable[[], object]:
    """An action of doit; a fault that a person can mend is a failure in words."""

    def action() -> object:
        try:
            return work()
        except OSError as fault:
            return TaskFailed(f"{fault.filename}: {fault.strerror}.")
        except (BuildError, CodingError) as fault:
            return TaskFailed(str(fault))

    return action


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
        reasons = (
            [part for part in now if before.get(part) != now[part]] if values else ["not built yet"]
        )
        if values and values["made"] != hash_files(made()):
            reasons.append("figures")
        if task.meta:
            task.meta["reason"] = ", ".join(reasons)
        return not reasons

    return unchanged
