"""The one form of typed tables: UTF-8 without a mark, LF, rows in order, nothing trailing.

No cell changes its meaning: what a cell says is neither trimmed nor corrected.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from policydata.columns import name_columns, refuse_all
from policydata.messages import say
from policydata.problems import say_count
from policydata.reading import UnreadableError, is_workbook, list_files, read_bytes
from policydata.schema import REFERENCE, SORTED_BY

ENCODINGS = ("utf-8", "gb18030")
_MARK = b"\xef\xbb\xbf"
_Row = list[str]


def format_tables(path: str | Path, encoding: str = "utf-8") -> dict[Path, tuple[str, list[str]]]:
    r"""Put coded tables into their one form, without writing them.

    Parameters
    ----------
    path : str or Path
        A folder of CSV files, or one of them.
    encoding : {"utf-8", "gb18030"}
        The encoding of files that are not UTF-8, such as those that Excel saved as plain CSV.

    Returns
    -------
    dict of Path to tuple of str and list of str
        For each file its text in the one form, and what was done to get there.

    Raises
    ------
    ValueError
        If a file is a workbook, or cannot be read as CSV, with all such files at once.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "hebi.csv")
    ...     _ = file.write_bytes(b"\xef\xbb\xbfdocument,n,\r\nplan,2,\r\nplan,1,\r\n,,\r\n")
    ...     text, done = format_tables(folder)[file]
    >>> text
    'document,n\nplan,1\nplan,2\n'
    >>> done[2:]
    ['removed 1 blank row', 'removed 1 blank column', 'sorted the rows by document, then n']
    """
    given, formed, faults = Path(path), {}, []
    for file in list_files(given)[0] if given.is_dir() else [given]:
        try:
            formed[file] = _format(_read(file, encoding))
        except (UnreadableError, ValueError) as fault:
            faults.append(say('"{file}": {fault}', file=file, fault=fault.args[-1]))
    refuse_all(faults)
    return formed


def _read(file: Path, encoding: str) -> tuple[bytes, str, list[str]]:
    """Read a file as text, and say how it was saved."""
    if is_workbook(file):
        raise ValueError(say("a workbook is not formatted; allowed: .csv files."))
    if file.suffix.lower() != ".csv":
        raise ValueError(say("it does not end in .csv."))
    raw = read_bytes(file)
    done = [say("removed the byte-order mark")] if raw.startswith(_MARK) else []
    plain = raw.removeprefix(_MARK)
    try:
        return raw, plain.decode("utf-8"), done
    except UnicodeDecodeError:
        if encoding == "utf-8":
            refused = "it is not UTF-8; if Excel saved it, --encoding gb18030."
            raise ValueError(say(refused)) from None
    try:
        converted = say("read as {encoding}, written as UTF-8", encoding=encoding)
        return raw, plain.decode(encoding), [converted]
    except UnicodeDecodeError as fault:
        refused = "it is neither UTF-8 nor {encoding} (byte {byte})."
        raise ValueError(say(refused, encoding=encoding, byte=fault.start + 1)) from None


def _format(read: tuple[bytes, str, list[str]]) -> tuple[str, list[str]]:
    """Take off what trails, and sort the rows; say what was done."""
    raw, text, done = read
    if b"\r" in raw:
        done.append(say("set LF line ends"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as fault:
        raise ValueError(say("it is not CSV: {fault}.", fault=say(str(fault)))) from None
    kept = _drop_last_rows(rows)
    narrow = _drop_last_columns(kept)
    keys = _find_keys(narrow[0]) if narrow else []
    ordered = _sort(narrow, keys)
    dropped = len(rows) - len(kept), _find_width(kept) - _find_width(narrow)
    for count, noun in zip(dropped, ("blank row", "blank column"), strict=True):
        done += [say("removed {counted}", counted=say_count(count, noun))] if count else []
    done += [_say_sorted(keys)] if ordered != narrow else []
    written = write_rows(ordered)
    if written.encode() != raw and not done:
        done.append(say("wrote quotation marks and the last line end as elsewhere"))
    return written, done


def write_rows(rows: Iterable[Iterable[str]]) -> str:
    """Write rows, the header first, in the one form of typed tables.

    Examples
    --------
    >>> print(write_rows([["document", "note"], ["plan", "one, two"]]).splitlines()[1])
    plan,"one, two"
    """
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def _drop_last_rows(rows: Sequence[_Row]) -> list[_Row]:
    last = max((number for number, row in enumerate(rows) if any(row)), default=-1)
    return list(rows[: last + 1])


def _drop_last_columns(rows: Sequence[_Row]) -> list[_Row]:
    """Take off columns that are blank in each row; a row of its own length keeps it."""
    filled = (place for row in rows for place, cell in enumerate(row, 1) if cell)
    width = max(filled, default=0)
    return [row[:width] for row in rows]


def _find_width(rows: Sequence[_Row]) -> int:
    return max(map(len, rows), default=0)


def _find_keys(header: _Row) -> list[str]:
    """Find by what a table with this header is sorted; nothing if it has no order."""
    if set(SORTED_BY["coded"]) <= set(header):
        return SORTED_BY["coded"]
    tables = (name for name in SORTED_BY if name in REFERENCE)
    known = (name for name in tables if name_columns(REFERENCE[name]) == header)
    return next((SORTED_BY[name] for name in known), [])


def _say_sorted(keys: Sequence[str]) -> str:
    if len(keys) > 1:
        return say("sorted the rows by document, then n")
    return say("sorted the rows by {column}", column=keys[0])


def _sort(rows: Sequence[_Row], keys: Sequence[str]) -> list[_Row]:
    """Sort rows by their keys, if each has them."""
    header = rows[0] if rows else []
    places = {key: header.index(key) for key in keys}
    body = rows[1:]
    width, number = max(places.values(), default=0), places.get("n")
    if not all(len(row) > width and (number is None or row[number].isdecimal()) for row in body):
        return list(rows)

    def rank(row: _Row) -> list[str | int]:
        return [int(row[at]) if key == "n" else row[at] for key, at in places.items()]

    return [*rows[:1], *sorted(body, key=rank)]
