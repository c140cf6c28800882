"""Reading the tables that people type: every cell as text, with the file and row it stands in.

Nothing is interpreted here, so that every later refusal can say where.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from policydata.columns import Column, name_columns
from policydata.errors import CELL_RULES, CodingError
from policydata.reading.cells import Cell, NotText, read_cell, read_value, show
from policydata.reading.files import EXCLUDED_NAME, open_book, open_sheets, take_path
from policydata.reading.layout import (
    compare_header,
    find_header,
    is_foreign,
    list_blanks,
    list_hidden,
    list_merged,
    say_header,
)
from policydata.reading.sheets import (
    CODED_TABLES,
    Problem,
    Sheet,
    make_problem,
    put_letter,
)
from policydata.schema import CODED, EXCLUDED, PROBLEMS

__all__ = [
    "EXCLUDED_NAME",
    "drop_echoes",
    "list_problems",
    "name_cells",
    "read_coded",
    "read_excluded",
    "read_frame",
    "read_sheets",
]

ADDRESS = ("file", "row")


def read_coded(path: str | Path) -> pd.DataFrame:
    """Read coded tables, one row a statement as typed, every cell as text.

    Parameters
    ----------
    path : str or Path
        A folder of CSV files (UTF-8), or one `.xlsx` workbook with all its sheets; a file or sheet
        called `excluded` is not read here.

    Returns
    -------
    pandas.DataFrame
        The columns of the coded table, and `file` and `row` as a spreadsheet shows them: `12`, in a
        workbook `郑州!12`.

    Raises
    ------
    CodingError
        Where a file cannot be read as a coded table, or a cell of a workbook holds no text: a
        number that shows as 7% is stored as 0.07.  It carries every such problem.
    TypeError
        Where `path` is not a path.

    Examples
    --------
    >>> coded = read_coded("data/coded")
    >>> coded.loc[coded.value_text.eq("20—30个"), ["file", "document", "n"]].values.tolist()
    [['data/coded/zhengzhou.csv', 'zhengzhou-2023-work-report', '72']]
    """
    frame, problems = read_sheets(path, CODED)
    errors = problems[problems.level.eq("error")]
    if len(errors):
        raise CodingError(errors)
    return frame


def read_excluded(path: str | Path) -> pd.DataFrame:
    """Read the numerals that are not figures, one row a numeral, from the same place."""
    return read_sheets(path, EXCLUDED)[0]


def read_frame(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Take rows that are a frame already, every cell as text; give the rows and the problems."""
    names = name_columns(CODED)
    wrong = {
        "missing column": [name for name in names if name not in frame],
        "column twice": [name for name in (*names, *ADDRESS) if [*frame].count(name) > 1],
    }
    problems = [
        make_problem("", rule, name, ", ".join(names))
        for rule, found in wrong.items()
        for name in found
    ]
    if problems:
        return _join([], CODED), list_problems(problems)
    given = [name for name in (*names, *ADDRESS) if name in frame]
    cells = {name: [*map(read_value, frame[name].astype("object"))] for name in given}
    blank: dict[str, list[Cell]] = {name: [""] * len(frame) for name in ADDRESS}
    rows, problems = _read_cells(blank | cells, CODED, {})
    return rows, list_problems(problems)


def read_sheets(path: str | Path, columns: Sequence[Column]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every sheet that holds rows of these columns; give the rows and the problems."""
    opened = open_sheets(take_path(path), columns)
    sheets = [sheet for sheet in opened if isinstance(sheet, Sheet)]
    has_table = any(find_header(sheet, columns) for sheet in sheets)
    tables: list[pd.DataFrame] = []
    problems: list[Problem] = []
    for sheet in opened:
        if isinstance(sheet, dict):
            problems.append(sheet)
        elif sheet.name and not sheet.filled:
            problems.append(_pass_over(sheet, "an empty sheet"))
        elif sheet.name and has_table and is_foreign(sheet, columns):
            problems.append(_pass_over(sheet, f"another table: {say_header(sheet)}"))
        else:
            table, faults = _read_table(sheet, columns)
            tables.append(table)
            problems += faults
    has_error = any(problem["level"] == "error" for problem in problems)
    if not tables and not has_error and columns is CODED:
        problems.append(make_problem(Path(path).as_posix(), "no coded table", "", CODED_TABLES))
    return _join(tables, columns), list_problems(problems)


def list_problems(problems: Sequence[Problem]) -> pd.DataFrame:
    """Make the table of problems."""
    return pd.DataFrame(problems, columns=name_columns(PROBLEMS), dtype="str").fillna("")


def name_cells(problems: pd.DataFrame) -> pd.DataFrame:
    """Name the cell where a row of a workbook is at fault in one column: 郑州!12 is 郑州!H12."""
    is_row = problems.row.str.fullmatch(r".*![0-9]+") & problems.column.ne("")
    rows = problems.loc[is_row, ["file", "row", "column"]]
    letters = {
        (file, sheet.name, name): sheet.letters[place]
        for file in rows.file.unique()
        for sheet in open_book(Path(file), lambda _: True)
        if isinstance(sheet, Sheet)
        for place, name in sheet.header.items()
    }
    cells = [
        put_letter(row, letters.get((file, row.rpartition("!")[0], column), ""))
        for file, row, column in rows.itertuples(index=False)
    ]
    return problems.assign(row=problems.row.mask(is_row, pd.Series(cells, rows.index, "str")))


def drop_echoes(problems: pd.DataFrame) -> pd.DataFrame:
    """Leave out what else is said of cells that have to be typed again."""
    cells = problems.file + ":" + problems.row + ":" + problems.column
    is_cell = problems.file.ne("") & problems.row.ne("") & problems.column.ne("")
    typed_again = problems.rule.isin(CELL_RULES)
    is_echo = is_cell & ~typed_again & cells.isin(cells[typed_again])
    return problems[~is_echo].reset_index(drop=True)


def _read_table(sheet: Sheet, columns: Sequence[Column]) -> tuple[pd.DataFrame, list[Problem]]:
    """Read the rows of a sheet; none where its header or its lines do not fit."""
    if faults := compare_header(sheet, columns):
        return _join([], columns), faults
    rows = sheet.filled[1:]
    cells: dict[str, list[Cell]] = {
        name: [sheet.rows[row].get(place, "") for row in rows]
        for place, name in sheet.header.items()
    }
    cells["file"] = [sheet.file for _ in rows]
    cells["row"] = [sheet.name_cell(row) for row in rows]
    letters = {name: sheet.letters.get(place, "") for place, name in sheet.header.items()}
    table, problems = _read_cells(cells, columns, letters)
    return table, [*problems, *list_hidden(sheet), *list_merged(sheet), *list_blanks(sheet)]


def _read_cells(
    cells: Mapping[str, Sequence[Cell]], columns: Sequence[Column], letters: Mapping[str, str]
) -> tuple[pd.DataFrame, list[Problem]]:
    """Give every cell as text, and the problems of those that hold none."""
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
    return pd.DataFrame(texts, columns=[*read, *ADDRESS], dtype="str"), problems


def _pass_over(sheet: Sheet, found: str) -> Problem:
    """Note a sheet of a workbook that holds no rows of the table."""
    allowed = "sheets of coded rows"
    return make_problem(sheet.file, "passed over", found, allowed, row=sheet.name)


def _join(tables: Sequence[pd.DataFrame], columns: Sequence[Column]) -> pd.DataFrame:
    """Put the rows of all sheets into one frame."""
    empty = pd.DataFrame(columns=[*name_columns(columns), *ADDRESS], dtype="str")
    return pd.concat([empty, *tables], ignore_index=True)
