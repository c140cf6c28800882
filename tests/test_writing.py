"""Files are replaced whole, by one process at a time, and what a kill left is cleared away."""

from __future__ import annotations

import errno
import subprocess
import sys
import tempfile
import types
from pathlib import Path

import pytest

import policydata.writing
from policydata.writing import hold, write_together

# Four processes of these write the same two files, each its own letter, as fast as they can.
WRITE = """
import sys
from pathlib import Path
from policydata.writing import write_together
letter, folder = sys.argv[1], Path(sys.argv[2])
for length in range(40):
    write_together({folder / name: letter * (90_000 + length) for name in ("a.csv", "b.csv")})
"""


def test_processes_that_write_at_once_take_turns_and_lose_nothing(tmp_path: Path) -> None:
    call = [sys.executable, "-c", WRITE]
    running = [
        subprocess.Popen([*call, letter, str(tmp_path)], stderr=subprocess.PIPE, text=True)
        for letter in "wxyz"
    ]
    assert [one.communicate()[1] for one in running] == [""] * 4
    first, second = (Path(tmp_path, name).read_text() for name in ("a.csv", "b.csv"))
    assert first == second == first[0] * 90_039
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.csv", "b.csv"]


@pytest.mark.parametrize("content", ["old", "new"])
def test_what_a_killed_process_left_beside_a_file_is_cleared_away(
    tmp_path: Path, content: str
) -> None:
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / ".a.csv.new").write_text("half of")
    write_together({tmp_path / "a.csv": content})
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"a.csv": content}


def test_without_a_place_for_the_lock_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "nowhere"))
    write_together({tmp_path / "a.csv": "new"})
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.EACCES, "Permission denied"), (errno.EROFS, "Read-only file system")],
)
def test_in_a_folder_that_cannot_be_written_no_file_is_changed_and_the_file_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, why: str
) -> None:
    write = Path.write_bytes

    def refuse(file: Path, raw: bytes) -> int:
        if file.parent.name == "locked":
            raise OSError(number, why)
        return write(file, raw)

    for folder in ("free", "locked"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.csv").write_text("old")
    monkeypatch.setattr(Path, "write_bytes", refuse)
    files = {tmp_path / folder / "a.csv": "new" for folder in ("free", "locked")}
    with pytest.raises(OSError, match=f"cannot be written: {why}.*locked.a.csv"):
        write_together(files)
    assert [file.read_text() for file in files] == ["old", "old"]
    assert len([*tmp_path.rglob("*")]) == 4


def test_on_windows_a_byte_is_locked_that_nobody_reads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked: list[int] = []

    def lock(descriptor: int, mode: int, count: int) -> None:
        if locked:
            raise PermissionError(errno.EACCES, "Permission denied")
        locked.append(mode)

    windows = types.SimpleNamespace(LK_LOCK=1, LK_NBLCK=2, locking=lock)
    monkeypatch.setitem(sys.modules, "msvcrt", windows)
    monkeypatch.setattr(policydata.writing.sys, "platform", "win32")
    with hold(tmp_path / "lock"), pytest.raises(BlockingIOError), hold(tmp_path / "lock"):
        pass
    assert locked == [2]
