"""Files replaced whole or not at all, their hashes, and the lock of a build."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from policydata.build.errors import BuildError

__all__ = ["digest", "hash_files", "lock", "write_together"]


def hash_files(project: Path, files: Iterable[Path]) -> dict[str, str]:
    """Hash the bytes of each file, by its path in the project; blank where there is no file."""
    return {
        file.relative_to(project).as_posix(): sha256(file.read_bytes()).hexdigest()
        if file.is_file()
        else ""
        for file in files
    }


def digest(facts: object) -> str:
    """Hash texts, and what holds them."""
    return sha256(repr(facts).encode()).hexdigest()


def write_together(contents: Mapping[Path, str]) -> None:
    """Replace files by new texts, all or none; one that has its text already stays untouched.

    Raises
    ------
    BuildError
        If one cannot be written, with the reason; every file is then as it was.
    """
    old = {file: _read(file) for file in contents}
    new = {file: raw for file, text in contents.items() if (raw := text.encode()) != old[file]}
    beside = {file: file.with_name(f".{file.name}.new") for file in new}
    replaced = []
    try:
        for file, raw in new.items():
            with _naming(file):
                beside[file].write_bytes(raw)
        for file in new:
            with _naming(file):
                beside[file].replace(file)
            replaced.append(file)
    except BuildError:
        for file in replaced:
            _put_back(file, old[file])
        raise
    finally:
        for left in beside.values():
            with suppress(OSError):
                left.unlink()


def _read(file: Path) -> bytes | None:
    with suppress(OSError):
        return file.read_bytes()
    return None


def _put_back(file: Path, raw: bytes | None) -> None:
    with suppress(OSError):
        file.unlink() if raw is None else file.write_bytes(raw)


@contextmanager
def _naming(file: Path) -> Iterator[None]:
    """Say which file could not be written, which a full disk does not."""
    try:
        yield
    except OSError as fault:
        raise BuildError(f'"{file}" cannot be written: {fault.strerror}.') from None


@contextmanager
def lock(file: Path) -> Iterator[None]:
    """Keep a second build out; a lock whose process is gone does not count."""
    owner = file.read_text("utf-8", "replace") if file.exists() else ""
    if file.exists() and not _is_running(owner):
        file.unlink()
    with _naming(file):
        try:
            opened = file.open("x")
        except FileExistsError:
            raise BuildError(
                f"A build is running here (process {owner}): wait for its end. If there is none, "
                f'delete "{file}".'
            ) from None
    try:
        with _naming(file), opened:
            opened.write(str(os.getpid()))
        yield
    finally:
        file.unlink(missing_ok=True)


def _is_running(process: str) -> bool:
    """Tell whether another process has a number; our own is left from before a restart."""
    if os.name != "posix":
        return True  # There the question itself would end the process.
    try:
        os.kill(int(process), 0)
    except PermissionError:
        return True
    except (OSError, OverflowError, ValueError):
        return False
    return int(process) != os.getpid()
