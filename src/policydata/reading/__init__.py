"""The files and sheets of a path that hold coded tables; CSV files are read as cells.

An encoding or a separator is never guessed: what is not UTF-8 with commas is reported.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path

from policydata.columns import Column, name_columns
from policydata.messages import say
from policydata.reading.labels import DECIDED, is_beside, is_draft
from policydata.reading.sheets import CODED_TABLES, Problem, Sheet, make_problem, say_some
from policydata.schema import CODED, EXCLUDED, REFERENCE

EXCLUDED_NAME = "excluded"
_EXTRA = 'openpyxl 3.1: pip install "policydata[excel]"'
_ENCODING = (
    "UTF-8 without a byte-order mark (policydata format --encoding gb18030 converts what Excel "
    "saved), or an .xlsx file"
)
_UNMARKED = "UTF-8 without a byte-order mark (policydata format removes it), or an .xlsx file"
_COMMAS = "commas, and the header in the first line (save as CSV UTF-8, comma delimited)"
# What files that are not text begin with.
_SIGNATURES = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an .xls or another file of an older Office",
}
_SEPARATORS = {",": "", ";": ";", "\t": "a tab", "|": "|", "，": "，", "；": "；"}


class UnreadableError(Exception):
    """Why a file cannot be read: the rule, what was found, what is allowed, perhaps the row."""

    def describe(self, file: Path) -> Problem:
        """Make it the problem of a file."""
        rule, value, allowed, *row = self.args
        return make_problem(file.as_posix(), rule, value, allowed, row="".join(row))


def take_path(path: object, allowed: str = CODED_TABLES) -> Path:
    """Take a path, or refuse what is not a path."""
    if isinstance(path, str | os.PathLike):
        return Path(path)
    found = {"kind": type(path).__name__, "value": " ".join(str(path).split())[:40]}
    refused = '{kind} "{value}" is not a path; allowed: {allowed}.'
    raise TypeError(say(refused, **found, allowed=say(allowed)))


def is_folder(path: Path) -> bool:
    """Tell whether a path is a folder that can be accessed."""
    return os.path.isdir(path)  # noqa: PTH112  # Path.is_dir raises there


def is_file(path: Path) -> bool:
    """Tell whether a path is a file that can be accessed."""
    return os.path.isfile(path)  # noqa: PTH113  # Path.is_file raises there


def is_workbook(path: Path) -> bool:
    """Tell whether a path has the suffix of a workbook, in any case."""
    return path.suffix.lower() == ".xlsx"


def open_sheets(path: Path, columns: Sequence[Column]) -> list[Sheet | Problem]:
    """Open the sheets of a path, each as cells, or as a problem if it cannot be read."""
    try:
        files, notes = list_files(path) if path.is_dir() else ([path], [])
    except OSError as error:
        fault = say(error.strerror or str(error))
        return [make_problem(path.as_posix(), "unreadable file", fault, say(CODED_TABLES))]
    if files == [path] and is_workbook(path):
        return [one for one in open_book(path) if _may_hold(one, columns)]
    is_excluded = columns is EXCLUDED
    wanted = [file for file in files if (file.stem.casefold() == EXCLUDED_NAME) == is_excluded]
    opened = [_open_csv(file, columns) for file in wanted]
    return [*opened, *notes] if columns is CODED else opened


def open_book(path: Path) -> list[Sheet | Problem]:
    """Open the sheets of a workbook, if the extra for workbooks is installed."""
    try:
        from policydata.reading.workbook import open_workbook
    except ImportError:
        found = say("openpyxl is not installed")
        return [make_problem(path.as_posix(), "no workbook", found, _EXTRA)]
    return open_workbook(path)


def _may_hold(one: Sheet | Problem, columns: Sequence[Column]) -> bool:
    """Tell whether a sheet of a workbook may hold rows of a table, or why it could not be read."""
    if isinstance(one, Sheet):
        if is_draft(one):
            return columns in DECIDED.values()
        if columns is CODED and is_beside(one):
            return False
    name = (one.name if isinstance(one, Sheet) else one["row"]).casefold()
    if columns is CODED or columns is EXCLUDED:
        return not name or (name == EXCLUDED_NAME) == (columns is EXCLUDED)
    return isinstance(one, Sheet) and REFERENCE.get(name) is columns


def read_bytes(file: Path) -> bytes:
    """Read a file, or raise the reason why it cannot be read."""
    rule = "unreadable file"
    try:
        if file.is_dir():
            raise UnreadableError(rule, say("a folder"), say("a file"))
        # A pipe is refused too: reading it would wait.
        if not file.is_file():
            raise UnreadableError("no such file", "", say(CODED_TABLES))
        return file.read_bytes()
    except OSError as error:
        fault = say(error.strerror or str(error))
        raise UnreadableError(rule, fault, say("a file that can be read")) from None


def list_files(folder: Path) -> tuple[list[Path], list[Problem]]:
    """List the CSV files of a folder, and what is passed over."""
    entries = sorted(entry for entry in folder.iterdir() if not _is_litter(entry))
    files = [entry for entry in entries if _is_csv(entry) and not entry.name.startswith(".")]
    books = [entry for entry in entries if is_workbook(entry) and entry.is_file()]
    others = [
        entry.name + "/" * entry.is_dir() for entry in entries if entry not in (*files, *books)
    ]
    found = [(book, say("a workbook"), say("check it by its own path")) for book in books]
    if others:
        said = say("{count} not .csv: {names}", count=len(others), names=say_some(others))
        found.append((folder, said, say(CODED_TABLES)))
    return files, [make_problem(at.as_posix(), "passed over", *said) for at, *said in found]


def _is_litter(entry: Path) -> bool:
    """Tell whether a file manager would hide it too: .DS_Store, the lock of an open workbook."""
    is_table = _is_csv(entry) or is_workbook(entry)
    return entry.name.startswith("~$") or (entry.name.startswith(".") and not is_table)


def _is_csv(entry: Path) -> bool:
    return entry.suffix.lower() == ".csv"


def _open_csv(file: Path, columns: Sequence[Column]) -> Sheet | Problem:
    """Read one CSV file as cells, or say why it cannot be read."""
    try:
        text = _decode(read_bytes(file))
        if separator := _find_separator(text, columns):
            raise UnreadableError("separator is not a comma", separator, say(_COMMAS), "1")
        return _lay_out(file.as_posix(), _split_lines(text))
    except UnreadableError as fault:
        return fault.describe(file)


def _decode(raw: bytes) -> str:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError("byte-order mark", "EF BB BF", say(_UNMARKED))
    for signature, meaning in _SIGNATURES.items():
        if raw.startswith(signature):
            begun = signature.hex(" ").upper() + say(", ") + say(meaning)
            raise UnreadableError("not UTF-8", begun, say(_ENCODING))
    # In UTF-16 every second byte of plain words is zero.
    if raw.count(b"\0") > len(raw) / 4:
        found = say("00, UTF-16 without a byte-order mark")
        raise UnreadableError("not UTF-8", found, say(_ENCODING))
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = raw[error.start : error.start + 4].hex(" ").upper()
        raise UnreadableError("not UTF-8", found, say(_ENCODING)) from None
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        allowed = say("text without NUL characters")
        raise UnreadableError("NUL character", "00", allowed, str(row))
    return text


def _find_separator(text: str, columns: Sequence[Column]) -> str:
    """Name the separator of the header if it is not a comma; blank if it is."""
    lines = io.StringIO(text, newline=None)
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.lower().startswith("sep="):
        return first
    names = set(name_columns(columns))
    shared = {
        mark: len({cell.strip(' "') for cell in first.split(mark)} & names) for mark in _SEPARATORS
    }
    likeliest = max(shared, key=lambda mark: shared[mark])
    return say(_SEPARATORS[likeliest]) if shared[likeliest] > 1 else ""


def _split_lines(text: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        is_long, longest = "field limit" in str(error), csv.field_size_limit()
        found = say("a cell of more than {count} characters", count=longest)
        found = found if is_long else say(str(error))
        allowed, row = say('every " closed or doubled'), str(len(lines) + 1)
        raise UnreadableError("broken quoting", found, allowed, row) from None
    return lines


def _lay_out(name: str, lines: Sequence[Sequence[str]]) -> Sheet:
    """Number the cells of a CSV file, and find lines that have more or fewer than the header."""
    ends = [
        max((at for at, cell in enumerate(line, 1) if cell.strip()), default=0) for line in lines
    ]
    width = next((end for end in ends if end), 0)
    # A blank cell too many may have moved the others; in the header it is a blank column.
    longest = next((len(line) for line, end in zip(lines, ends, strict=True) if end), 0)
    problems = [
        make_problem(
            *(name, "cells do not fit the header", str(len(line))),
            say("{count} cells", count=width),
            row=str(row),
        )
        for row, (line, end) in enumerate(zip(lines, ends, strict=True), 1)
        if end > width or (end and not width <= len(line) <= longest)
    ]
    rows = {
        row: {at: cell for at, cell in enumerate(line, 1) if cell}
        for row, line in enumerate(lines, 1)
    }
    widest = max(map(len, lines), default=0)
    return Sheet(name, rows, len(lines), widest, problems=tuple(problems))
