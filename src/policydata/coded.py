"""Reading the tables that people type: every cell as text, with the file and row it stands in.

Nothing is interpreted here, so that every later refusal can say where.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd

from policydata.columns import Column, name_columns
from policydata.errors import RULES, CodingError, find_nearest
from policydata.schema import CODED, EXCLUDED, PROBLEMS

__all__ = [
    "EXCLUDED_NAME",
    "list_problems",
    "read_coded",
    "read_excluded",
    "read_frame",
    "read_sheets",
]

EXCLUDED_NAME = "excluded"
CODED_TABLES = "a folder with .csv, or an .xlsx"
ENCODING = "UTF-8 without a mark, or an .xlsx"
Problem = dict[str, str]
Sheet = tuple[str, list[list[str]]]


def read_coded(path: str | Path) -> pd.DataFrame:
    """Read coded tables, one row a statement as typed, every cell as text.

    Parameters
    ----------
    path : str or Path
        A folder of CSV files (UTF-8), or one `.xlsx` workbook; a file or sheet called `excluded`
        is not read here.

    Returns
    -------
    pandas.DataFrame
        The columns of the coded table, and `file` and `row` as a spreadsheet shows them.

    Raises
    ------
    CodingError
        Where a file cannot be read as a coded table; it carries every such problem.

    Examples
    --------
    >>> coded = read_coded("data/coded")
    >>> coded.loc[coded.value_text.eq("20—30个"), ["file", "document", "n"]].values.tolist()
    [['data/coded/zhengzhou.csv', 'zhengzhou-2023-work-report', '72']]
    """
    frame, problems = read_sheets(path, CODED)
    if len(problems):
        raise CodingError(problems)
    return frame


def read_excluded(path: str | Path) -> pd.DataFrame:
    """Read the numerals that are no figures, one row a numeral, from the same place."""
    return read_sheets(path, EXCLUDED)[0]


def read_frame(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take rows that are a frame already, every cell as text; give the rows and the problems."""
    names = name_columns(CODED)
    lacking = [name for name in names if name not in frame]
    problems = [_problem("", "missing column", name, ", ".join(names)) for name in lacking]
    cells = frame.astype("object").where(frame.notna(), "").astype("str").reset_index(drop=True)
    rows = cells.reindex(columns=[*names, "file", "row"], fill_value="")
    return rows.head(0) if lacking else rows, list_problems(problems)


def read_sheets(path: str | Path, columns: Sequence[Column]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every sheet that holds rows of these columns; give the rows and the problems."""
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for name, sheet in _open_sheets(Path(path), wants_excluded=columns is EXCLUDED):
        faults = [sheet] if isinstance(sheet, dict) else _compare_header(name, sheet, columns)
        problems += faults
        if not faults and not isinstance(sheet, dict):
            sheets.append((name, sheet))
    if not sheets and not problems and columns is CODED:
        problems.append(_problem(Path(path).as_posix(), "no coded table", "", CODED_TABLES))
    return _join(sheets, columns), list_problems(problems)


def list_problems(problems: Sequence[Problem]) -> pd.DataFrame:
    """Make the table of problems."""
    return pd.DataFrame(problems, columns=name_columns(PROBLEMS), dtype="str").fillna("")


def _open_sheets(
    path: Path, *, wants_excluded: bool
) -> Iterator[tuple[str, list[list[str]] | Problem]]:
    """Give each sheet's name and its lines, or the problem that keeps it shut."""
    if path.suffix.lower() == ".xlsx" and path.is_file():
        opened = _open_workbook(path)
    else:
        files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
        opened = ((file.as_posix(), file.stem, _read_lines(file)) for file in files)
    for name, stem, sheet in opened:
        if (stem == EXCLUDED_NAME) == wants_excluded:
            yield name, sheet


def _read_lines(file: Path) -> list[list[str]] | Problem:
    """Read one CSV file, or say why it cannot be read; an encoding is never guessed."""
    if not file.is_file():
        return _problem(file.as_posix(), "no such file", "", CODED_TABLES)
    name, raw = file.as_posix(), file.read_bytes()
    if raw.startswith(b"\xef\xbb\xbf"):
        return _problem(name, "byte-order mark", "EF BB BF", ENCODING)
    try:
        return _split_lines(name, raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        found = raw[error.start : error.start + 4].hex(" ").upper()
        return _problem(name, "not UTF-8", found, ENCODING)


def _split_lines(name: str, text: str) -> list[list[str]] | Problem:
    """Split the text of a CSV file into cells, or say in which row a quote is broken."""
    lines = []
    try:
        for line in csv.reader(io.StringIO(text, newline=""), strict=True):
            lines.append(line)
    except csv.Error as error:
        row = str(len(lines) + 1)
        return _problem(name, "broken quoting", str(error), 'every " closed or doubled', "", row)
    return lines


def _open_workbook(path: Path) -> Iterator[tuple[str, str, list[list[str]] | Problem]]:
    """Read every sheet of a workbook as lines of text."""
    try:
        sheets = pd.read_excel(
            path, sheet_name=None, header=None, dtype="str", keep_default_na=False
        )
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        yield path.as_posix(), "", _problem(path.as_posix(), "no workbook", str(error), "an .xlsx")
        return
    for name, sheet in sheets.items():
        yield f"{path.as_posix()}[{name}]", str(name), sheet.to_numpy().tolist()


def _compare_header(name: str, lines: list[list[str]], columns: Sequence[Column]) -> list[Problem]:
    """List the columns that a sheet lacks or has too many, and lines of another length."""
    wanted, header = name_columns(columns), lines[0] if lines else []
    names = ", ".join(wanted)
    faults = [
        _problem(name, "unknown column", column, names, find_nearest(column, wanted), "1")
        for column in header
        if column not in wanted
    ]
    faults += [
        _problem(name, rule, column, names, "", "1")
        for column in wanted
        for rule in {0: ["missing column"], 1: []}.get(header.count(column), ["column twice"])
    ]
    return faults + [
        _problem(
            name,
            "cells do not fit the header",
            str(len(line)),
            f"{len(header)} cells",
            "",
            str(row),
        )
        for row, line in enumerate(lines[1:], start=2)
        if len(line) != len(header)
    ]


def _join(sheets: Sequence[Sheet], columns: Sequence[Column]) -> pd.DataFrame:
    """Put the rows of all sheets into one frame, each with its address."""
    names = [*name_columns(columns), "file", "row"]
    frames = [
        pd.DataFrame(lines[1:], columns=lines[0], dtype="str").assign(
            file=name, row=[str(row) for row in range(2, len(lines) + 1)]
        )
        for name, lines in sheets
    ]
    return pd.concat([pd.DataFrame(columns=names, dtype="str"), *frames], ignore_index=True)[names]


def _problem(
    file: str, rule: str, value: str, allowed: str, nearest: str = "", row: str = ""
) -> Problem:
    """Make one problem of a file."""
    address = {"file": file, "row": row, "column": "", "value": value, "level": RULES[rule]}
    return {**address, "rule": rule, "allowed": allowed, "nearest": nearest}
