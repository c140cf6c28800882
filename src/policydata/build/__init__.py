"""A build: check, tables, notebooks in parallel, index; what is up to date is skipped."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import policydata
from policydata.build.files import BuildError, State, digest, hash_files
from policydata.build.index import FOLDERS, INDEX, figure_files, write_index
from policydata.build.notebooks import Notebook, list_makers, read_notebook, run_notebook
from policydata.build.tables import read_version, renew_tables
from policydata.datasets import PACKAGE, DataSet, find_data_set
from policydata.messages import say
from policydata.problems import CodingError, describe_missing_package, say_count
from policydata.tables import read_release
from policydata.writing import work_alone

if TYPE_CHECKING:
    from rich.progress import Progress

STATE = ".policydata-build.json"
SHOWN = 10
_UNWRITTEN = "{notebook} ran but did not write {names}: draw it with lang=lang."
_LEFT_OVER = (
    "{notebook} ran but did not write {names}: draw it with lang=lang, or delete what is left over."
)
READ = (".csv", ".txt")
# What follows the name of a notebook that is run in a language.
SPOKEN = {"en": "", "zh": " in Chinese"}


def build(project: str | Path, lang: str = "en") -> int:
    """Check the coded tables, build the tidy ones, run the notebooks and index their figures.

    Parameters
    ----------
    project : str or Path
        The root of a clone, with ``data``, ``notebooks`` and ``src`` in it, or the folder of a data
        set of one's own, with ``coded``, ``reference`` and ``notebooks``.
    lang : {"en", "zh"}
        The language of the figures: English in ``figures``, Chinese in ``figures/zh``.

    Returns
    -------
    int
        0 if everything is built, 1 if there is an error in the data or in a notebook; standard
        error then says which, where and why.

    Examples
    --------
    A clone is only built by its own package, and what is not there by none.

    >>> build("another/clone")
    1
    """
    root = Path(project).resolve()
    try:
        data_set = _open(root)
        with work_alone(root):
            faults = _build(data_set, lang)
    except KeyboardInterrupt:
        faults = [say("Stopped. What is done is kept; the next build does the rest.")]
    except BrokenPipeError:
        raise  # Nobody reads on; the command ends quietly.
    except (BuildError, CodingError, ModuleNotFoundError, OSError) as caught:
        faults = [_explain(caught)]
    for fault in dict.fromkeys(faults):
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _explain(fault: Exception) -> str:
    """Write an error as a sentence, with its file or with the remedy."""
    if isinstance(fault, OSError):
        why = say(str(fault.strerror))
        where = say('"{file}": {fault}.', file=fault.filename, fault=why)
        return where if fault.filename else say("{fault}.", fault=why)
    if isinstance(fault, ModuleNotFoundError):
        return describe_missing_package(fault, "build")
    return str(fault)


def _open(root: Path) -> DataSet:
    """Open the data set of a folder; refuse a clone whose package is not the running one."""
    data_set = find_data_set(root)
    if data_set is None or data_set.root != root:
        refused = '"{root}" has no folders coded and reference, and none in data.'
        raise BuildError(say(refused, root=root))
    running, own = Path(policydata.__file__).resolve().parent, root / PACKAGE
    if data_set.is_clone and running != own.resolve():
        refused = (
            'The running policydata is "{running}", not "{own}": run make in "{root}", or '
            "put its src first in PYTHONPATH."
        )
        raise BuildError(say(refused, running=running, own=own, root=root))
    return data_set


def _build(data_set: DataSet, lang: str) -> list[str]:
    """Do what is due, and report it; return the errors of the notebooks."""
    began, root = monotonic(), data_set.root
    notebooks = [read_notebook(path) for path in sorted(root.glob("notebooks/*.ipynb"))]
    makers = list_makers(notebooks)
    for notebook in notebooks:
        notebook.list_sources(lang)
    state = State(root / STATE)
    hashes, renewed = renew_tables(data_set, state)
    hashes = hashes | {"files": _hash_read(root)}
    (root / FOLDERS[lang]).mkdir(parents=True, exist_ok=True)
    languages = {
        spoken: [Run(root, notebook, spoken, makers, hashes, state) for notebook in notebooks]
        for spoken in FOLDERS
    }
    runs = languages.pop(lang)
    if due := [run for run in runs if run.reasons]:
        _run_side_by_side(due)
    _report(runs, renewed, monotonic() - began)
    if faults := [run.fault for run in runs if run.fault]:
        return faults
    own = {} if data_set.is_clone else _describe_own(data_set)
    write_index(root, makers, lang, **own)
    for other, theirs in languages.items():
        if _are_stale(theirs, runs):
            stale = "{folder} is not up to date: run policydata build --lang {lang}"
            print(say(stale, folder=FOLDERS[other], lang=other))
    print(say("Open {page}.", page=f"{FOLDERS[lang]}/{INDEX}"))
    return []


def _hash_read(root: Path) -> str:
    """Hash the files beside the notebooks that these read."""
    files = (file for suffix in READ for file in sorted(root.glob(f"notebooks/**/*{suffix}")))
    return digest(hash_files(root, files))


def _describe_own(data_set: DataSet) -> dict[str, Any]:
    """Name the version and the reference tables of a data set of one's own."""
    version = read_release(read_version(data_set)).version
    return {"version": version, "reference": data_set.reference}


class Run:
    """One notebook in one language: the reasons to run it, and the result.

    It runs again if its code, a shipped table, a file of the package, a version of a library that
    draws, a file beside it, or one of its figures has changed. Prose does not count.
    """

    def __init__(
        self,
        root: Path,
        notebook: Notebook,
        lang: str,
        makers: Mapping[str, tuple[str, int]],
        hashes: Mapping[str, str],
        state: State,
    ) -> None:
        self.root, self.notebook, self.lang, self.state = root, notebook, lang, state
        self.name = f"{notebook.path.name}{SPOKEN[lang]}"
        self.title = notebook.path.name + (say(" in Chinese") if lang == "zh" else "")
        self.figures = [name for name, (maker, _) in makers.items() if maker == notebook.name]
        self.files = figure_files(root / FOLDERS[lang], self.figures)
        parts = {part: hashes[part] for part in ("tables", "package", "versions")}
        self.needed = {"code": digest(notebook.cells), "files": hashes["files"]} | parts
        self.optional = figure_files(root / FOLDERS[lang], notebook.list_optional())
        self.made = hash_files(root, self.files)
        self.reasons = state.find_changes(self.name, self._now())
        self.fault = ""
        self.changed: set[str] = set()
        self.changed_cells: list[int] = []

    def count_figures(self) -> int:
        """Count the figures that are there; after a fault, none counts."""
        drawn = [name for name, hashed in self.made.items() if hashed and name.endswith(".json")]
        return 0 if self.fault else len(drawn)

    def _now(self) -> dict[str, str]:
        return self.needed | {"figures": digest(self.made)}

    async def run(self, progress: Progress, room: asyncio.Semaphore) -> None:
        """Run the notebook once there is room; keep its error in words."""
        async with room:
            began, count = monotonic(), len(self.notebook.cells)
            reasons = say(", ").join(map(say, self.reasons))
            title = say("{name} ({reasons})", name=self.title, reasons=reasons)
            bar = progress.add_task(title, total=count)
            if progress.disable:
                cells = say_count(count, "cell")
                print(say("{title}: {cells} to run", title=title, cells=cells), flush=True)
            stamps = self._stamp_files()
            try:
                printed = await run_notebook(
                    self.notebook, lambda cell: progress.update(bar, completed=cell - 1), self.lang
                )
                self._refuse_unwritten(stamps)
                self._remember(printed)
            except (BuildError, OSError) as fault:
                self.fault = _explain(fault)
            progress.remove_task(bar)
            ended = "{name}: failed, {seconds} s" if self.fault else "{name}: done, {seconds} s"
            seconds = f"{monotonic() - began:.1f}"
            print(say(ended, name=self.title, seconds=seconds), flush=True)

    def _stamp_files(self) -> dict[Path, int]:
        """Note when each figure was written; the time changes even if the content does not."""
        return {file: file.stat().st_mtime_ns for file in self.files if file.is_file()}

    def _refuse_unwritten(self, before: Mapping[Path, int]) -> None:
        """Refuse a run that did not write a figure: an older file proves nothing."""
        after = self._stamp_files()
        due = [file for file in self.files if file in after or file not in self.optional]
        if left := [file for file in due if after.get(file) in (None, before.get(file))]:
            names = say(", ").join(file.relative_to(self.root).as_posix() for file in left)
            told = {"notebook": self.notebook.name, "names": names}
            refused = _LEFT_OVER if {*left} <= {*self.optional} else _UNWRITTEN
            raise BuildError(say(refused, **told))

    def _remember(self, printed: Sequence[str]) -> None:
        """Remember what was needed, made and printed; note what differs from the last run."""
        before, self.made = self.made, hash_files(self.root, self.files)
        self.changed = {name for name, _ in self.made.items() - before.items()}
        cells = [f"prints {digest(cell)}" for cell in self.notebook.cells]
        # Addresses in memory are never the same.
        texts = [digest(re.sub(r"\b0x[0-9a-f]+", "", text)) for text in printed]
        known, now = self.state.tasks.get(self.name, {}), dict(zip(cells, texts, strict=True))
        self.changed_cells = [
            number
            for number, cell in enumerate(cells, 1)
            if known.get(cell, now[cell]) != now[cell]
        ]
        self.state.remember(self.name, self._now() | now)


def _run_side_by_side(runs: Sequence[Run]) -> None:
    """Run notebooks, as many at a time as there are processors; go on if one fails."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    title = TextColumn("{task.description}", markup=False)
    columns = (title, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())

    async def run_all(progress: Progress) -> None:
        room = asyncio.Semaphore(max(2, os.cpu_count() or 2))
        tasks = (run.run(progress, room) for run in runs)
        # Wait for all of them, also for those that an interrupt cancels.
        for fault in await asyncio.gather(*tasks, return_exceptions=True):
            if fault:
                raise fault

    with Progress(*columns, transient=True, disable=not sys.stdout.isatty()) as progress:
        asyncio.run(run_all(progress))


def _report(runs: Sequence[Run], renewed: bool, seconds: float) -> None:
    """Say what was up to date, which figures changed, which prose to read again, and the totals."""
    due = [run for run in runs if run.reasons]
    kept = [*([] if renewed else [say("data")]), *(run.title for run in runs if not run.reasons)]
    if kept:
        print(say("Up to date: {names}", names=say(", ").join(kept)))
    if due:
        changed = {Path(name) for run in due for name in run.changed}
        drawn = {file.stem for file in changed if file.suffix not in (".csv", ".json")}
        print(say("Figures changed: {names}", names=_list_some(drawn) or say("none")))
        if told := {file.stem for file in changed} - drawn:
            words = "Rows or words behind figures that look as before: {names}"
            print(say(words, names=_list_some(told)))
    for run in due:
        if run.changed_cells:
            cells = say(", ").join(f"In [{number}]" for number in run.changed_cells)
            read_again = "{notebook} has new output in {cells}: read its prose again"
            print(say(read_again, notebook=run.notebook.name, cells=cells))
    failed = sum(bool(run.fault) for run in due)
    figures = sum(map(Run.count_figures, runs))
    parts = [
        say("{notebooks} run", notebooks=say_count(len(due) - failed, "notebook")),
        *([say("{count} failed", count=failed)] if failed else []),
        say("{count} up to date", count=len(runs) - len(due)),
        say_count(figures, "figure"),
        say("{seconds} s", seconds=f"{seconds:.1f}"),
    ]
    print(say(", ").join(parts), flush=True)


def _list_some(names: Iterable[str]) -> str:
    listed = sorted(names)
    left = len(listed) - SHOWN
    more = say(" and {count} more", count=left) if left > 0 else ""
    return say(", ").join(listed[:SHOWN]) + more


def _are_stale(runs: Sequence[Run], others: Sequence[Run]) -> bool:
    """Tell whether the figures of a language, if there are any, are out of date.

    If no build has made them here, as in a fresh clone, their rows are compared with another
    language.
    """
    if not any(any(run.made.values()) for run in runs):
        return False
    return any(
        _list_rows(run) != _list_rows(other) if run.reasons == ["new"] else run.reasons
        for run, other in zip(runs, others, strict=True)
    )


def _list_rows(run: Run) -> list[str]:
    """List the hash of the rows of each figure, which are the same in every language."""
    return [hashed for name, hashed in run.made.items() if name.endswith(".csv")]
