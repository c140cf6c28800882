"""Commands killed at every moment at which they touch a file, and what is left of each file.

`python tests/kills.py` kills each at every moment, and some times at random;
`python tests/kills.py build 4` kills one of them, only every fourth time.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import chdir
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

import policydata
import policydata.build
from policydata.__main__ import main
from policydata.charts import save_figure
from small_project import CODED, LOCK, MISTAKES, STATE, make_project, run_here, save

KILLED = 9
RANDOM_KILLS = 5
# What a command of these tests writes for itself, and the lock that ends with its process.
APART = {LOCK, "ran.txt"}
# How the notebooks of the small project save, but whole or not at all, as figures are saved.
WHOLE = """Path(folder, f"{name}.{suffix}").write_text(text)"""
TOGETHER = """write_together({Path(folder, f"{name}.{suffix}"): text})
        Path(folder, f"{name}.{suffix}").touch()"""

Files = dict[str, bytes]


class Command(NamedTuple):
    """A command: it is prepared in an empty folder, once, and run in a copy of that."""

    prepare: Callable[[Path], object]
    run: Callable[[], object]


class Tally(NamedTuple):
    """How often a command was killed, how many files were looked at, and what was wrong."""

    kills: int
    files: int
    faults: list[str]


def _prepare_tables(folder: Path) -> None:
    header = "document,n,place,value_text\n"
    for name in ("hebi", "kaifeng", "luohe"):
        rows = "".join(f"{name}-2023-plan,{n},{name},{n}%\n" for n in (3, 2, 1))
        text = header + rows.replace("\n", ",\n")
        (folder / f"{name}.csv").write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))


def _prepare_project(folder: Path) -> None:
    project = make_project(folder / "project")
    stand_in = project.root / "notebooks/stand_in.py"
    text = stand_in.read_text("utf-8").replace(WHOLE, TOGETHER)
    stand_in.write_text(f"from policydata.writing import write_together\n{text}", "utf-8")
    for city in ("hebi", "kaifeng"):
        project.write(city, save(city))
    (folder / "project/ran.txt").touch()
    _build(folder)
    project.replace(CODED, "7%以上", "8%以上")
    project.write("hebi", save("hebi", "2"))


def _build(folder: Path = Path()) -> None:
    root = (folder / "project").resolve()
    policydata.__file__ = str(root / "src/policydata/__init__.py")
    policydata.build.run_notebook = run_here
    assert policydata.build.build(root) == 0


@cache
def _draw():
    import pandas as pd
    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 1))
    figure.subplots().plot([1, 2])
    return figure, pd.DataFrame({"statement_id": ["hebi-2022-mayor-interview:1"], "value": [6.5]})


def _save(caption: str = "Growth.", folder: Path = Path()) -> None:
    figure, rows = _draw()
    save_figure(figure, "growth", rows, caption=caption, folder=folder)


def _prepare_data_set(folder: Path) -> None:
    shutil.copytree(MISTAKES / "clean/coded", folder / "coded")
    shutil.copytree(MISTAKES / "reference", folder / "reference")
    (folder / "reference/hazards.csv").write_text("statement_id,hazard\n")


def _prepare_taking(folder: Path) -> None:
    """Write the workbook of a data set, and alter a figure of each of its sheets."""
    import openpyxl

    _prepare_data_set(folder)
    _call(folder, "workbook", "all.xlsx")
    book = openpyxl.load_workbook(folder / "all.xlsx")
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value in ("forty characters", "说明") or cell.value == "the tests":
                    cell.value = "altered"
    book.save(folder / "all.xlsx")


def _prepare_export(folder: Path) -> None:
    _prepare_data_set(folder)
    for suffix in ("csv", "xlsx"):
        (folder / f"all.{suffix}").write_text("of another day")


def _write_book() -> object:
    # A workbook that was written just before the kill is not written over.
    return Path("all.xlsx").exists() is False and main(["workbook", "all.xlsx"])


def _prepare_draft(folder: Path) -> None:
    _prepare_data_set(folder)
    text = "2024年明湖市生产总值增长7%以上,夏粮亩产500公斤左右。\n"
    (folder / "report.txt").write_bytes(text.encode("gb18030"))


def _draft() -> object:
    # Whole or not there: what is there is not written over.
    call = ["draft", "report.txt", "draft.xlsx", "--document", "minghu-2024-report-2"]
    return Path("draft.xlsx").exists() is False and main(call)


def _call(folder: Path, *arguments: str) -> None:
    with chdir(folder):
        assert main(arguments) == 0


COMMANDS = {
    "export to csv": Command(_prepare_export, lambda: main(["export", "all.csv"])),
    "export to xlsx": Command(_prepare_export, lambda: main(["export", "all.xlsx"])),
    "workbook": Command(_prepare_data_set, _write_book),
    "workbook --take": Command(_prepare_taking, lambda: main(["workbook", "--take", "all.xlsx"])),
    "draft": Command(_prepare_draft, _draft),
    "format": Command(_prepare_tables, lambda: main(["format", "."])),
    "build": Command(_prepare_project, _build),
    "save_figure": Command(lambda folder: _save("Old.", folder), _save),
}


def _touches(event: str, facts: tuple[object, ...]) -> bool:
    """Tell whether an event changes a file below the working directory."""
    if event == "open":
        path, _, flags = facts
        is_ours = isinstance(path, str) and bool(int(str(flags)) & (os.O_WRONLY | os.O_RDWR))
    else:
        path, is_ours = facts[0] if facts else "", event in ("os.rename", "os.remove", "os.mkdir")
    return is_ours and Path(str(path)).absolute().is_relative_to(Path.cwd())


def _die_at(moment: int, log: Path | None = None) -> None:
    """End this process before its n-th change of a file, or in the middle of writing it."""
    count = 0

    def watch(event: str, facts: tuple[object, ...]) -> None:
        nonlocal count
        if event in ("open", "os.rename", "os.remove", "os.mkdir") and _touches(event, facts):
            count += 1
            if count == moment:
                os._exit(KILLED)
            if log:
                os.truncate(log, count)

    def write_half(file: Path, raw: bytes) -> int:
        nonlocal count
        with file.open("wb") as opened:
            opened.write(raw[: len(raw) // 2])
            count += 1
            if log:
                os.truncate(log, count)
            if count == moment:
                opened.flush()
                os._exit(KILLED)
            return opened.write(raw[len(raw) // 2 :])

    Path.write_bytes = write_half
    sys.addaudithook(watch)


def _run(command: Command, folder: Path, moment: int = 0, log: Path | None = None) -> int:
    """Start a command in a process of its own; give the process."""
    if child := os.fork():
        return child
    status = 1
    try:
        os.chdir(folder)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        _die_at(moment, log)
        status = 0 if not command.run() else 1
    finally:
        os._exit(status)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _read_files(folder: Path) -> Files:
    files = (file for file in sorted(folder.rglob("*")) if file.name not in APART)
    return {str(file.relative_to(folder)): file.read_bytes() for file in files if file.is_file()}


def _is_whole(name: str, raw: bytes, old: Files, new: Files) -> bool:
    """Tell whether a file is the old or the new one; what is beside it is not looked at."""
    if Path(name).name == STATE:
        # It is written again for each task that is done.
        return json.loads(raw) is not None
    is_beside = Path(name).name.startswith(".") and name.endswith(".new")
    return is_beside or raw in (old.get(name), new.get(name))


def try_kills(name: str, share: int = 1) -> Tally:
    """Kill a command at every n-th of its moments, and at random; look at the files each time."""
    command, faults, looked_at = COMMANDS[name], [], 0
    with tempfile.TemporaryDirectory() as beside:
        place = Path(beside)
        (place / "old").mkdir()
        command.prepare(place / "old")
        old = _read_files(place / "old")
        log = place / "log"
        log.touch()
        # Every run has the same path, which files may hold.
        shutil.copytree(place / "old", place / "here")
        began = time.monotonic()
        assert _wait(_run(command, place / "here", log=log)) == 0
        took, moments = time.monotonic() - began, log.stat().st_size
        new = _read_files(place / "here")
        assert new != old and moments
        chance = Random(name)
        kills = [*range(1, moments + 1, share), *([0] * max(1, RANDOM_KILLS // share))]
        for moment in kills:
            shutil.rmtree(place / "here")
            shutil.copytree(place / "old", place / "here")
            child = _run(command, place / "here", moment)
            if not moment:
                time.sleep(chance.random() * took)
                os.kill(child, signal.SIGKILL)
            status = _wait(child)
            found = _read_files(place / "here")
            looked_at += len(found)
            at = f"{name}, moment {moment} of {moments}"
            faults += [f"{at}: no {file}" for file in old if file not in found]
            faults += [
                f"{at}: {file} is neither old nor new"
                for file, raw in found.items()
                if not _is_whole(file, raw, old, new)
            ]
            if moment and status != KILLED:
                faults.append(f"{at}: it ended with status {status}")
            if _wait(_run(command, place / "here")):
                faults.append(f"{at}: the next run fails")
            after = _read_files(place / "here")
            faults += [
                f"{at}: after the next run {file} is not as without the kill"
                for file in sorted({*after, *new})
                if after.get(file) != new.get(file)
            ]
    return Tally(len(kills), looked_at, faults)


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    given = [word for word in sys.argv[1:] if not word.isdecimal()]
    parts = [int(word) for word in sys.argv[1:] if word.isdecimal()] or [1]
    for asked in given or COMMANDS:
        tally = try_kills(asked, parts[0])
        said = f"{tally.kills} kills, {tally.files} files looked at, {len(tally.faults)} faults"
        print(f"{asked}: {said}")
        print(*tally.faults[:20], sep="\n", end="\n" if tally.faults else "")
        if tally.faults:
            sys.exit(1)
