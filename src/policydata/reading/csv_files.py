"""Reading CSV files as cells.

An encoding or a separator is never guessed: what is not UTF-8 with commas is named.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from policydata.columns import Column, name_columns
from policydata.reading.sheets import CODED_TABLES, Problem, Sheet, make_problem

__all__ = ["open_csv", "read_bytes"]

ENCODING = "UTF-8 without a mark, or an .xlsx"
UNMARKED = (
    "UTF-8 without a mark (save it in an editor as UTF-8, not as UTF-8 with BOM), or an .xlsx"
)
COMMAS = "commas, and the header in the first line (save as CSV UTF-8, comma delimited)"
# What files that are not text begin with.
_SIGNATURES = {
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
    b"PK\x03\x04": "a workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an .xls or another file of older Office",
}
_SEPARATORS = {";": ";", "\t": "a tab", "|": "|", "，": "，", "；": "；"}


def open_csv(file: Path, columns: Sequence[Column]) -> Sheet | Problem:
    """Read one CSV file as cells, or say why it cannot be read."""
    raw = read_bytes(file)
    if isinstance(raw, dict):
        return raw
    name = file.as_posix()
    text = _decode(name, raw)
    if isinstance(text, dict):
        return text
    if "\0" in text:
        row = str(text[: text.index("\0")].count("\n") + 1)
        return make_problem(name, "NUL character", "00", "text without NUL characters", row=row)
    if separator := _find_separator(text, columns):
        return make_problem(name, "separator is not a comma", separator, COMMAS, row="1")
    lines = _split_lines(name, text)
    return lines if isinstance(lines, dict) else _lay_out(name, lines)


def read_bytes(file: Path) -> bytes | Problem:
    """Read a file, or say why it cannot be read."""
    name, rule = file.as_posix(), "unreadable file"
    try:
        if file.is_dir():
            return make_problem(name, rule, "a folder", "a file")
        # Nor a pipe, which would be waited for.
        if not file.is_file():
            return make_problem(name, "no such file", "", CODED_TABLES)
        return file.read_bytes()
    except OSError as error:
        return make_problem(name, rule, error.strerror or str(error), "a file that may be read")


def _decode(name: str, raw: bytes) -> str | Problem:
    """Decode a file, or say which of its bytes are not UTF-8."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return make_problem(name, "byte-order mark", "EF BB BF", UNMARKED)
    for signature, meaning in _SIGNATURES.items():
        if raw.startswith(signature):
            found = f"{signature.hex(' ').upper()}, {meaning}"
            return make_problem(name, "not UTF-8", found, ENCODING)
    # Every second byte of plain words in UTF-16.
    if raw.count(b"\0") > len(raw) / 4:
        return make_problem(name, "not UTF-8", "00, UTF-16 without a mark", ENCODING)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        found = raw[error.start : error.start + 4].hex(" ").upper()
        return make_problem(name, "not UTF-8", found, ENCODING)


def _find_separator(text: str, columns: Sequence[Column]) -> str:
    """Name what stands between the columns of the header where it is no comma; blank: a comma."""
    lines = io.StringIO(text, newline=None)
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.lower().startswith("sep="):
        return first
    names = set(name_columns(columns))
    shared = {
        mark: len({cell.strip(' "') for cell in first.split(mark)} & names)
        for mark in (",", *_SEPARATORS)
    }
    likeliest = max(shared, key=lambda mark: shared[mark])
    is_told = shared[likeliest] > max(1, shared[","])
    return _SEPARATORS[likeliest] if is_told else ""


def _split_lines(name: str, text: str) -> list[list[str]] | Problem:
    """Split the text of a CSV file into cells, or say in which row a quote is broken."""
    lines = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(line)
    except csv.Error as error:
        row, limit = str(len(lines) + 1), csv.field_size_limit()
        is_long = "field limit" in str(error)
        found = f"a cell of more than {limit} characters" if is_long else str(error)
        return make_problem(name, "broken quoting", found, 'every " closed or doubled', row=row)
    return lines


def _lay_out(name: str, lines: Sequence[Sequence[str]]) -> Sheet:
    """Number the cells of a CSV file, and find lines that have more or fewer than the header."""
    ends = [
        max((at for at, cell in enumerate(line, 1) if cell.strip()), default=0) for line in lines
    ]
    width = next((end for end in ends if end), 0)
    problems = [
        make_problem(
            *(name, "cells do not fit the header", str(len(line)), f"{width} cells"), row=str(row)
        )
        for row, (line, end) in enumerate(zip(lines, ends, strict=True), 1)
        if end > width or (end and len(line) < width)
    ]
    rows = {
        row: {at: cell for at, cell in enumerate(line, 1) if cell}
        for row, line in enumerate(lines, 1)
    }
    widest = max(map(len, lines), default=0)
    return Sheet(name, rows, len(lines), widest, problems=tuple(problems))
