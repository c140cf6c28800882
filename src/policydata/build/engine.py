"""A build: check, tables, notebooks side by side, index; what is up to date is left alone."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

import policydata
from policydata.build.errors import BuildError, explain
from policydata.build.figures import FOLDERS, INDEX
from policydata.build.files import lock
from policydata.build.index import write_index
from policydata.build.runs import Run, run_side_by_side
from policydata.build.source import list_makers, read_notebook
from policydata.build.state import State
from policydata.build.tables import renew_tables
from policydata.errors import CodingError, say_count

__all__ = ["build"]

STATE, LOCK = ".policydata-build.json", ".policydata-build.lock"
SHOWN = 10


def build(project: str | Path, lang: str = "en") -> int:
    """Check the coded tables, build the tidy ones, run the notebooks and index their figures.

    Parameters
    ----------
    project : str or Path
        The root of the project, with ``data``, ``notebooks`` and ``src`` in it.
    lang : {"en", "zh"}
        The language of the figures: English in ``figures``, Chinese in ``figures/zh``.

    Returns
    -------
    int
        0 where everything is built, 1 where the data or a notebook is at fault; standard error
        then says which, where and why.
    """
    root = Path(project).resolve()
    try:
        _refuse_another_clone(root)
        with lock(root / LOCK):
            faults = _build(root, lang)
    except KeyboardInterrupt:
        faults = ["Stopped. What is done is kept; the next build does the rest."]
    except (BuildError, CodingError, ModuleNotFoundError, OSError) as caught:
        faults = [explain(caught)]
    for fault in dict.fromkeys(faults):
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _refuse_another_clone(root: Path) -> None:
    running, own = Path(policydata.__file__).resolve().parent, root / "src" / "policydata"
    if running != own.resolve():
        raise BuildError(
            f'The policydata that runs is "{running}" and not "{own}": run make in "{root}", or '
            "put its src first in PYTHONPATH."
        )


def _build(root: Path, lang: str) -> list[str]:
    """Do what is due, and say what came of it; give the faults of the notebooks."""
    began = monotonic()
    notebooks = [read_notebook(path) for path in sorted(root.glob("notebooks/*.ipynb"))]
    makers = list_makers(notebooks)
    for notebook in notebooks:
        notebook.list_sources(lang)
    state = State(root / STATE)
    hashes, renewed = renew_tables(root, state)
    _make_folder(root / FOLDERS[lang])
    runs = {
        spoken: [Run(root, notebook, spoken, hashes, state) for notebook in notebooks]
        for spoken in FOLDERS
    }
    run_side_by_side([run for run in runs[lang] if run.reasons])
    _say_what_came(runs[lang], renewed)
    print(_sum_up(runs[lang], monotonic() - began), flush=True)
    if faults := [run.fault for run in runs[lang] if run.fault]:
        return faults
    write_index(root, makers, lang)
    for other in runs:
        if other != lang and _is_stale(runs[other], runs[lang]):
            print(f"{FOLDERS[other]} is not up to date: policydata build --lang {other}")
    print(f"Open {FOLDERS[lang]}/{INDEX}.")
    return []


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise BuildError(f'"{folder}" is not a folder, and the figures need one.') from None


def _say_what_came(runs: Sequence[Run], renewed: bool) -> None:
    """Say what was up to date, which figures changed, and which prose to read again."""
    kept = [*([] if renewed else ["data"]), *(run.name for run in runs if not run.reasons)]
    if kept:
        print(f"Up to date: {', '.join(kept)}")
    if all(not run.reasons for run in runs):
        return
    changed = sorted(name for run in runs for name in run.changed_figures)
    more = f" and {len(changed) - SHOWN} more" if len(changed) > SHOWN else ""
    print(f"Figures changed: {', '.join(changed[:SHOWN]) or 'none'}{more}")
    for run in runs:
        if run.changed_cells:
            cells = ", ".join(f"In [{number}]" for number in run.changed_cells)
            print(f"{run.notebook.name} shows something new in {cells}: read its prose again")


def _sum_up(runs: Sequence[Run], seconds: float) -> str:
    """Say on one line what the whole build came to."""
    kept, failed = sum(not run.reasons for run in runs), sum(bool(run.fault) for run in runs)
    figures = sum(len(run.figures) for run in runs if not run.fault)
    parts = [f"{say_count(len(runs) - kept - failed, 'notebook')} run"]
    parts += [f"{failed} failed"] if failed else []
    parts += [f"{kept} up to date", say_count(figures, "figure"), f"{seconds:.1f} s"]
    return ", ".join(parts)


def _is_stale(runs: Sequence[Run], others: Sequence[Run]) -> bool:
    """Tell whether the figures of a language, if it has any, are of something else than is here.

    Where no build of ours has made them, as in a fresh clone, the rows of another language tell.
    """
    if not any(file.is_file() for run in runs for file in run.files):
        return False
    if all(run.reasons == ["new"] for run in runs):
        return [run.rows for run in runs] != [run.rows for run in others]
    return any(run.reasons for run in runs)
