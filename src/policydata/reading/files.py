"""Which files and sheets of a path hold coded tables, and which are passed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from os import PathLike
from pathlib import Path

from policydata.columns import Column
from policydata.reading.csv_files import open_csv
from policydata.reading.sheets import CODED_TABLES, Problem, Sheet, make_problem
from policydata.schema import CODED, EXCLUDED

__all__ = [
    "EXCLUDED_NAME",
    "is_file",
    "is_folder",
    "is_workbook",
    "open_book",
    "open_sheets",
    "take_path",
]

EXCLUDED_NAME = "excluded"
WORKBOOK = ".xlsx"
EXTRA = 'openpyxl 3.1: pip install "policydata[excel]"'
SHOWN = 10


def take_path(path: object, allowed: str = CODED_TABLES) -> Path:
    """Take a path, or refuse what is none in a sentence."""
    if isinstance(path, str | PathLike):
        return Path(path)
    kind, shown = type(path).__name__, " ".join(str(path).split())[:40]
    raise TypeError(f'{kind} "{shown}" is not a path; allowed: {allowed}.')


def is_folder(path: str | Path) -> bool:
    """Tell whether a path is a folder; one that may not be looked at is none."""
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def is_file(path: str | Path) -> bool:
    """Tell whether a path is a file; one that may not be looked at is none."""
    try:
        return Path(path).is_file()
    except OSError:
        return False


def is_workbook(path: Path) -> bool:
    """Tell whether a path has the suffix of a workbook, in any case."""
    return path.suffix.lower() == WORKBOOK


def open_sheets(path: Path, columns: Sequence[Column]) -> list[Sheet | Problem]:
    """Open the sheets of a path, each as cells or as the problem that keeps it shut."""

    def is_wanted(name: str) -> bool:
        return (name.casefold() == EXCLUDED_NAME) == (columns is EXCLUDED)

    try:
        files, notes = _list_files(path) if path.is_dir() else ([path], [])
    except OSError as error:
        fault = error.strerror or str(error)
        return [make_problem(path.as_posix(), "unreadable file", fault, CODED_TABLES)]
    if files == [path] and is_workbook(path):
        return open_book(path, is_wanted)
    opened = [open_csv(file, columns) for file in files if is_wanted(file.stem)]
    return [*opened, *notes] if columns is CODED else opened


def open_book(path: Path, is_wanted: Callable[[str], bool]) -> list[Sheet | Problem]:
    """Open the wanted sheets of a workbook, where the extra for workbooks is installed."""
    try:
        from policydata.reading.workbook import open_workbook
    except ImportError:
        found = "openpyxl is not installed"
        return [make_problem(path.as_posix(), "no workbook", found, EXTRA)]
    return open_workbook(path, is_wanted)


def _list_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """List the CSV files of a folder, and what of it is passed over."""
    entries = sorted(entry for entry in folder.iterdir() if not _is_litter(entry))
    files = [
        entry
        for entry in entries
        if entry.suffix.lower() == ".csv" and not entry.name.startswith(".")
    ]
    books = [entry for entry in entries if is_workbook(entry) and entry.is_file()]
    notes = [
        make_problem(book.as_posix(), "passed over", "a workbook", "check it by its own path")
        for book in books
    ]
    others = [
        entry.name + "/" * entry.is_dir() for entry in entries if entry not in (*files, *books)
    ]
    if others:
        listed = ", ".join([*others[:SHOWN], "…"] if len(others) > SHOWN else others)
        said = f"{len(others)} not .csv: {listed}"
        notes.append(make_problem(folder.as_posix(), "passed over", said, CODED_TABLES))
    return files, notes


def _is_litter(entry: Path) -> bool:
    """Tell what a file manager hides too: .DS_Store, the lock of an open workbook."""
    is_table = entry.suffix.lower() == ".csv" or is_workbook(entry)
    return entry.name.startswith("~$") or (entry.name.startswith(".") and not is_table)
