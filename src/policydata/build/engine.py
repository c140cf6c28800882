"""doit on our terms: in threads, past the first failure, in our own words, with one small file."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from doit.cmd_base import TaskLoader2
from doit.doit_cmd import DoitMain
from doit.task import dict_to_task

from policydata.build.errors import BuildError
from policydata.build.figures import FOLDERS
from policydata.build.graph import draw_graph
from policydata.build.progress import Report
from policydata.build.tables import write_whole

__all__ = ["build"]


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
    report = Report()
    try:
        tasks = draw_graph(root, report, lang)
    except BuildError as fault:
        print(fault, file=sys.stderr)
        return 1
    (root / FOLDERS[lang]).mkdir(parents=True, exist_ok=True)
    state = _state(root)
    before = json.loads(state.read_bytes()) if state.exists() else {}
    doit = DoitMain(_Ready(tasks, _settings(state, report)), config_filenames=())
    status = doit.run(["run"])
    _remember_unrun(state, before, [task.name for task in report.ended["not run"]])
    return 1 if status else 0


def _settings(state: Path, report: Report) -> dict[str, Any]:
    """How doit works, and where it keeps what it saw."""
    return {
        "dep_file": str(state),
        "backend": "json",
        "num_process": max(2, os.cpu_count() or 2),
        "par_type": "thread",
        "continue": True,
        "verbosity": 0,
        "reporter": report,
    }


def _remember_unrun(state: Path, before: dict[str, Any], names: list[str]) -> None:
    """Give back what doit forgets of a task that could not begin: it may still be up to date."""
    kept = {name: before[name] for name in names if name in before}
    if kept:
        after = json.loads(state.read_bytes())
        write_whole(state, json.dumps(after | kept))


def _state(root: Path) -> Path:
    """The file of what doit saw; one that a build left half-written is dropped."""
    state = root / ".doit.json"
    if state.exists():
        try:
            json.loads(state.read_bytes())
        except ValueError:
            state.unlink()
    return state


class _Ready(TaskLoader2):  # type: ignore[misc]  # doit has no types
    """Hand doit tasks and settings that are ready."""

    def __init__(self, tasks: list[dict[str, Any]], settings: dict[str, Any]) -> None:
        super().__init__()
        self.tasks, self.settings = tasks, settings

    def load_doit_config(self) -> dict[str, Any]:
        return self.settings

    def load_tasks(self, cmd: object, pos_args: object) -> list[Any]:
        return [dict_to_task(task) for task in self.tasks]
