"""Reading of typed tables: every cell as text, with its file and row.

Nothing is interpreted here, so that every later message can name the file and the row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from pandas.api.types import infer_dtype

from policydata.columns import Column, name_columns
from policydata.messages import say
from policydata.problems import CodingError
from policydata.reading import open_sheets, take_path
from policydata.reading.cells import FIGURES, Cell, NotText, read_cell, read_value, show
from policydata.reading.labels import list_wrong_decisions, take_decided
from policydata.reading.sheets import (
    CODED_TABLES,
    Problem,
    Sheet,
    compare_header,
    find_header,
    list_oddities,
    make_problem,
    put_letter,
    say_header,
)
from policydata.schema import CODED, PROBLEMS

_ADDRESS = ("file", "row")


def read_coded(path: str | Path) -> pd.DataFrame:
    r"""Read coded tables, one row per statement as typed, every cell as text.

    Parameters
    ----------
    path : str or Path
        A folder of CSV files (UTF-8), one such file, or one `.xlsx` workbook with all its sheets; a
        file or sheet called `excluded` is not read.

    Returns
    -------
    pandas.DataFrame
        The columns of the coded table, then `file` and `row`; rows are numbered as in a
        spreadsheet: `12`, or `郑州!12` in a workbook.

    Raises
    ------
    CodingError
        If a file cannot be read as a coded table, or a cell of a workbook is not text: a number
        shown as 7% is stored as 0.07.  The error carries a table of all such problems.
    TypeError
        If `path` is not a path.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> header = ",".join(name_columns(CODED))
    >>> row = "plan,1,hebi,gdp,growth_rate,target,2023,6.5%,增长6.5%,,1,,A,"
    >>> with TemporaryDirectory() as folder:
    ...     _ = Path(folder, "hebi.csv").write_text(header + "\n" + row, "utf-8")
    ...     read_coded(folder)[["row", "place", "value_text"]].values.tolist()
    [['2', 'hebi', '6.5%']]
    """
    frame, problems = read_sheets(path, CODED)
    errors = problems[problems.level.eq("error")]
    if len(errors):
        raise CodingError(errors)
    return frame


def read_frame(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the rows of a frame, every cell as text; return the rows and the problems."""
    names = name_columns(CODED)
    wrong = [("missing column", name) for name in names if name not in frame]
    wrong += [("column twice", name) for name in (*names, *_ADDRESS) if [*frame].count(name) > 1]
    if wrong:
        problems = [make_problem("", rule, name, say(", ").join(names)) for rule, name in wrong]
        return make_empty(CODED), list_problems(problems)
    address = {name: frame[name] if name in frame else [""] * len(frame) for name in _ADDRESS}
    typed = {name: frame[name] for name in names} | address
    if (rows := _take_texts(typed, frame.index)) is not None:
        return rows, list_problems([])
    cells = {
        name: [*map(read_value, pd.Series(found, dtype="object"))] for name, found in typed.items()
    }
    rows, problems = _read_cells(cells, CODED, {})
    return rows, list_problems(problems)


def _take_texts(typed: Mapping[str, Any], index: pd.Index) -> pd.DataFrame | None:
    """Take columns of text as they are; None if a cell is not text, or a figure has a line break.

    Texts are not looked at one by one: reading each takes longer than all rules of form.
    """
    columns = {
        name: pd.Series("", index) if isinstance(cells, list) else cells
        for name, cells in typed.items()
    }
    if not all(isinstance(cells.dtype, pd.StringDtype) for cells in columns.values()):
        return None
    texts = {
        name: (cells.fillna("") if _has_missing(cells) else cells).astype("str")
        for name, cells in columns.items()
    }
    rows = pd.DataFrame(texts, copy=False).reset_index(drop=True)
    figures = (rows[name].to_numpy("object") for name in FIGURES if name in rows)
    return None if any(len(("".join(one) + ".").splitlines()) > 1 for one in figures) else rows


def _has_missing(cells: pd.Series) -> bool:
    if cells.dtype.storage == "pyarrow":
        return bool(cells.hasnans)
    # To look at the kinds of objects takes half as long.
    return bool(infer_dtype(cells.to_numpy("object"), skipna=False) != "string")


def read_sheets(path: str | Path, columns: Sequence[Column]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every sheet that holds rows of these columns; return the rows and the problems."""
    opened = open_sheets(take_path(path), columns)
    has_table = any(find_header(one, columns) for one in opened if isinstance(one, Sheet))
    tables = [make_empty(columns)]
    problems: list[Problem] = []
    for one in opened:
        if isinstance(one, dict):
            problems.append(one)
        elif passed_over := _find_reason_to_pass_over(one, columns, has_table):
            fault = (one.file, "passed over", passed_over, say("sheets of coded rows"))
            problems.append(make_problem(*fault, row=one.name))
        else:
            table, faults = _read_table(take_decided(one, columns), columns)
            tables.append(table)
            problems += faults
            problems += list_wrong_decisions(one) if columns is CODED else []
    has_error = any(problem["level"] == "error" for problem in problems)
    if columns is CODED and len(tables) == 1 and not has_error:
        file = Path(path).as_posix()
        problems.append(make_problem(file, "no coded table", "", say(CODED_TABLES)))
    return pd.concat(tables, ignore_index=True), list_problems(problems)


def list_problems(problems: Sequence[Problem]) -> pd.DataFrame:
    """Make the table of problems."""
    return pd.DataFrame(problems, columns=name_columns(PROBLEMS), dtype="str").fillna("")


def make_empty(columns: Sequence[Column]) -> pd.DataFrame:
    """Make an empty table, with the columns of an address."""
    return pd.DataFrame(columns=[*name_columns(columns), *_ADDRESS], dtype="str")


def _find_reason_to_pass_over(sheet: Sheet, columns: Sequence[Column], has_table: bool) -> str:
    """Say why a sheet of a workbook does not hold rows of the table; blank if it may."""
    if sheet.name and not sheet.filled:
        return say("an empty sheet")
    has_column = not set(name_columns(columns)).isdisjoint(sheet.header.values())
    is_foreign = has_table and not has_column and not find_header(sheet, columns)
    if not (sheet.name and is_foreign):
        return ""
    return say("another table: {header}", header=say_header(sheet))


def _read_table(sheet: Sheet, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the rows of a sheet; none if its header or its lines do not fit."""
    if faults := compare_header(sheet, columns):
        return make_empty(columns), faults
    rows = sheet.filled[1:]
    cells: dict[str, list[Cell]] = {
        name: [sheet.rows[row].get(place, "") for row in rows]
        for place, name in sheet.header.items()
    }
    cells |= {"file": [sheet.file for _ in rows], "row": [sheet.name_cell(row) for row in rows]}
    letters = {name: sheet.letters.get(place, "") for place, name in sheet.header.items()}
    table, problems = _read_cells(cells, columns, letters)
    order, names = [*sheet.header.values()], name_columns(columns)
    if order != names:
        listed = (say(", ").join(order), say(", ").join(names))
        fault = (sheet.file, "columns in another order", *listed)
        problems.append(make_problem(*fault, row=sheet.name_cell(sheet.filled[0])))
    return table, [*problems, *list_oddities(sheet)]


def _read_cells(
    cells: Mapping[str, Sequence[Cell]], columns: Sequence[Column], letters: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Return every cell as text, and a problem for each cell that is not text."""
    read = {
        column.name: [read_cell(one, column) for one in cells[column.name]] for column in columns
    }
    texts = {name: [*map(show, found)] for name, found in {**cells, **read}.items()}
    problems = [
        make_problem(
            *(texts["file"][index], cell.rule, cell.found, cell.allowed),
            row=put_letter(texts["row"][index], letters.get(name, "")),
            column=name,
        )
        for name, found in read.items()
        for index, cell in enumerate(found)
        if isinstance(cell, NotText)
    ]
    return pd.DataFrame(texts, columns=[*read, *_ADDRESS], dtype="str"), problems
