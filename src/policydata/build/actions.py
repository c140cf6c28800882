"""What each task of a build does; a fault that a person can mend is a failure in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd
from doit.exceptions import TaskFailed

from policydata.build.errors import BuildError
from policydata.build.notebooks import run_notebook
from policydata.build.source import Notebook
from policydata.errors import CodingError

__all__ = ["attempt", "check_coded", "draw_figures", "make_tables", "take_reference"]


def attempt(work: Callable[[], str | None]) -> Callable[[], object]:
    """An action of doit; a fault that a person can mend is a failure in words."""

    def action() -> object:
        try:
            return work()
        except OSError as fault:
            return TaskFailed(f"{fault.filename}: {fault.strerror}.")
        except (BuildError, CodingError) as fault:
            return TaskFailed(str(fault))

    return action


def take_reference(project: Path) -> None:
    """Build the reference tables from sound ones; what reads units and places reads them anew."""
    from policydata.build.tables import build_reference
    from policydata.checks import check_reference

    data = project / "data"
    _refuse(check_reference(data / "reference", coded=data / "coded"))
    build_reference(data, project / "src" / "policydata" / "tables")


def check_coded(project: Path) -> str | None:
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


def make_tables(project: Path) -> None:
    """Build the tidy tables; the loaders read them anew."""
    from policydata.build.tables import build_codebook, build_statements

    build_codebook(project / "data")
    build_statements(project / "data", project / "src" / "policydata" / "tables")


def draw_figures(
    project: Path, notebook: Notebook, files: Iterable[Path], at_cell: Callable[[int], None]
) -> None:
    """Run a notebook, and see that it wrote its figures; older ones are no proof of that."""
    before = {file: _stamp(file) for file in files}
    run_notebook(notebook, at_cell)
    if left := [file for file, stamp in before.items() if _stamp(file) in (stamp, None)]:
        names = ", ".join(file.relative_to(project).as_posix() for file in left)
        raise BuildError(
            f"{notebook.name} ran, and did not write {names}: call save_figure with lang=lang."
        )


def _stamp(file: Path) -> tuple[int, int] | None:
    """What changes whenever a file is written or replaced, even by the same bytes."""
    if not file.is_file():
        return None
    status = file.stat()
    return status.st_ino, status.st_mtime_ns
