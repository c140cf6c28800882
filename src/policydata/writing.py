"""Files replaced whole or not at all, by one process at a time."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TextIO

from policydata.messages import say

LOCK = ".policydata-build.lock"
# The byte that is locked on Windows, where it cannot be read; nothing is written so far out.
_FAR_OUT = 2**30


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Replace files by new contents; a file that already has its content is not touched.

    Whoever writes at the same time waits, and what a process that was killed left beside a file is
    cleared away.

    Raises
    ------
    OSError
        If a file cannot be written, with its name.  If that is known before the first file is
        replaced, as with a full disk, no file is changed.
    """
    new = {
        file: content.encode() if isinstance(content, str) else content
        for file, content in contents.items()
    }
    with _take_turns():
        _replace(new)


def _replace(new: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then put all in their places."""
    beside = {file: file.with_name(f".{file.name}.new") for file in new}
    differing = [file for file, raw in new.items() if not _holds(file, raw)]
    try:
        for file in differing:
            beside[file].write_bytes(new[file])
        for file in differing:
            beside[file].replace(file)
    except OSError as fault:
        # The error of a full disk does not name the file.
        said = say("cannot be written: {fault}", fault=say(str(fault.strerror)))
        raise OSError(fault.errno, said, str(file)) from None
    finally:
        for left in beside.values():
            with suppress(OSError):
                left.unlink(missing_ok=True)


def _holds(file: Path, raw: bytes) -> bool:
    return file.is_file() and file.read_bytes() == raw


@contextmanager
def _take_turns() -> Iterator[None]:
    """Wait until no other process of this person replaces files."""
    person = getattr(os, "getuid", int)()
    turn = Path(tempfile.gettempdir(), f"policydata-{person}.lock")
    try:
        opened = turn.open("a+", encoding="utf-8")
    except OSError:
        # Without a place for the lock files are written all the same.
        yield
        return
    with opened:
        _lock(opened, wait=True)
        yield


@contextmanager
def work_alone(folder: Path) -> Iterator[None]:
    """Keep other commands that read tables and write them again out of a data set.

    Raises
    ------
    BlockingIOError
        If one is at work there, with its process.
    """
    file = folder / LOCK
    with ExitStack() as held:
        try:
            opened = held.enter_context(hold(file))
        except BlockingIOError as fault:
            process = file.read_text(encoding="utf-8")
            said = say(
                "another command is at work here (process {process}): wait until it ends",
                process=process,
            )
            raise BlockingIOError(fault.errno, said, str(folder)) from None
        opened.truncate(0)
        opened.write(str(os.getpid()))
        opened.flush()
        yield


@contextmanager
def hold(file: Path) -> Iterator[TextIO]:
    """Hold a file as a lock, which ends with its process, however the process ends.

    Raises
    ------
    BlockingIOError
        If another process holds it.
    """
    with file.open("a+", encoding="utf-8") as opened:
        _lock(opened, wait=False)
        yield opened


def _lock(opened: TextIO, *, wait: bool) -> None:
    if sys.platform == "win32":
        import msvcrt

        opened.seek(_FAR_OUT)
        mode = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK
        try:
            msvcrt.locking(opened.fileno(), mode, 1)
        except OSError as fault:
            raise BlockingIOError(fault.errno, fault.strerror) from None
    else:
        import fcntl

        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
