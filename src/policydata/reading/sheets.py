"""One sheet of a workbook, or one CSV file: its cells by row and column, and how to name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from policydata.errors import RULES
from policydata.reading.cells import Cell, show

__all__ = ["CODED_TABLES", "Problem", "Sheet", "make_problem", "put_letter"]

CODED_TABLES = "a folder with .csv, or an .xlsx"
LONGEST = 200
Problem = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet by row and column, both counted from 1; blank ones are left out.

    `height` and `width` count what is blank too; `merged` has rows and columns of each range.  A
    CSV file has no name, no letters and nothing hidden or merged; `problems` are those of its
    lines.
    """

    file: str
    rows: Mapping[int, Mapping[int, Cell]]
    height: int
    width: int
    name: str = ""
    letters: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[str, tuple[range, range]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def filled(self) -> list[int]:
        """The rows that hold more than blanks, in order; the first is the header."""
        return sorted(row for row, cells in self.rows.items() if _find_filled(cells))

    @cached_property
    def header(self) -> dict[int, str]:
        """What stands in the header above each column that holds more than blanks."""
        columns = {column for row in self.filled for column in _find_filled(self.rows[row])}
        first = self.rows[self.filled[0]] if self.filled else {}
        return {column: show(first.get(column, "")) for column in sorted(columns)}

    def name_cell(self, row: int, column: int = 0) -> str:
        """Name a cell, or without its column a row, as a spreadsheet does: 郑州!H12, 郑州!12."""
        return f"{self.name}!{self.letters.get(column, '')}{row}" if self.name else str(row)


def make_problem(
    file: str,
    rule: str,
    value: str,
    allowed: str,
    nearest: str = "",
    row: str = "",
    column: str = "",
) -> Problem:
    """Make one problem of a file; a long value is cut, and shown in one line."""
    value = "⏎".join(value[:LONGEST].splitlines()) + "…" * (len(value) > LONGEST)
    address = {"file": file, "row": row, "column": column, "value": value, "level": RULES[rule]}
    return {**address, "rule": rule, "allowed": allowed, "nearest": nearest}


def put_letter(row: str, letter: str) -> str:
    """Name the cell in a row of a workbook: 郑州!12 in column H is 郑州!H12."""
    sheet, mark, number = row.rpartition("!")
    return f"{sheet}!{letter}{number}" if mark else row


def _find_filled(cells: Mapping[int, Cell]) -> list[int]:
    """Find the columns in which a row holds more than blanks."""
    return [column for column, cell in cells.items() if show(cell).strip()]
