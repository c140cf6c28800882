"""One sheet of a workbook, or one CSV file, and what is not a plain table in it.

Nothing is passed over silently, and nothing is reported twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from policydata.columns import Column, name_columns
from policydata.messages import say
from policydata.problems import RULES, find_nearest, say_count
from policydata.reading.cells import Cell, show

CODED_TABLES = "a folder of .csv files, or one .csv or .xlsx file"
_IN_SIGHT = "a visible table: unhide it, clear the filter, or delete what is hidden"
_ONE_EACH = "one value per cell: unmerge the cells and fill each of them"
_ONE_TABLE = "one table, beginning with its header, without blank rows and columns"
_LONGEST = 200
_SHOWN = 10
Problem = dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet by row and column, both counted from 1, without blank ones.

    `height` and `width` include blanks; `merged` has the rows and columns of each range.  A CSV
    file does not have a name, letters, or hidden or merged cells; `problems` are those of its
    lines.  `ours` is a sheet of a workbook that the package wrote, with blank rows to type in.
    """

    file: str
    rows: Mapping[int, Mapping[int, Cell]]
    height: int
    width: int
    name: str = ""
    letters: Mapping[int, str] = field(default_factory=dict)
    hidden: bool = False
    ours: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: Mapping[str, tuple[range, range]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @cached_property
    def filled(self) -> list[int]:
        """The rows that are not blank, in order; the first is the header."""
        return sorted(row for row, cells in self.rows.items() if _find_filled(cells))

    @cached_property
    def header(self) -> dict[int, str]:
        """The name in the header above each column that is not blank."""
        columns = {column for row in self.filled for column in _find_filled(self.rows[row])}
        first = self.rows[self.filled[0]] if self.filled else {}
        return {column: show(first.get(column, "")) for column in sorted(columns)}

    def name_cell(self, row: int, column: int = 0) -> str:
        """Name a cell, or a row without its column, as a spreadsheet does: 郑州!H12, 郑州!12."""
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
    value = "⏎".join(value[:_LONGEST].splitlines()) + "…" * (len(value) > _LONGEST)
    address = {"file": file, "row": row, "column": column, "value": value, "level": RULES[rule]}
    return {**address, "rule": rule, "allowed": allowed, "nearest": nearest}


def put_letter(row: str, letter: str) -> str:
    """Name the cell in a row of a workbook: 郑州!12 in column H is 郑州!H12."""
    sheet, mark, number = row.rpartition("!")
    return f"{sheet}!{letter}{number}" if mark else row


def compare_header(sheet: Sheet, columns: Sequence[Column]) -> list[Problem]:
    """List what does not fit in the header and the lines, or only a header of another table."""
    wanted, header = name_columns(columns), sheet.header
    first, names = min(sheet.filled, default=1), say(", ").join(wanted)
    if (found := find_header(sheet, columns)) != first:
        nearest = say("row {row}", row=found) if found else ""
        fault = (sheet.file, "header not found", say_header(sheet), names, nearest)
        return [make_problem(*fault, row=sheet.name_cell(first))]
    places = {name: [at for at, word in header.items() if word == name] for name in wanted}
    unknown = [
        (at, name or say("a blank above “{cell}”", cell=_find_first(sheet, at)))
        for at, name in header.items()
        if name not in wanted and (name or not sheet.problems)
    ]
    faults = [("unknown column", at, value, find_nearest(value, wanted)) for at, value in unknown]
    faults += [("missing column", 0, name, "") for name in wanted if not places[name]]
    faults += [("column twice", at, name, "") for name in wanted for at in places[name][1:2]]
    return [
        *(
            make_problem(sheet.file, rule, value, names, nearest, sheet.name_cell(first, at))
            for rule, at, value, nearest in faults
        ),
        *sheet.problems,
    ]


def find_header(sheet: Sheet, columns: Sequence[Column]) -> int:
    """Find the first row that names at least half of a table's columns; 0 if there is none."""
    wanted = set(name_columns(columns))
    for row in sheet.filled[:_SHOWN]:
        if 2 * len(wanted & set(map(show, sheet.rows[row].values()))) >= len(wanted):
            return row
    return 0


def say_header(sheet: Sheet) -> str:
    """Write the first cells of a header."""
    return say_some([name for name in sheet.header.values() if name])


def say_some(words: Sequence[str]) -> str:
    """Write the first of some words."""
    return say(", ").join([*words[:_SHOWN], "…"] if len(words) > _SHOWN else words)


def list_oddities(sheet: Sheet) -> list[Problem]:
    """List hidden and merged cells of a table, and count the blank ones that are passed over."""
    found = [
        *(("hidden cells", *fault, "", say(_IN_SIGHT)) for fault in _find_hidden(sheet)),
        *(("merged cells", *fault, say(_ONE_EACH)) for fault in _find_merged(sheet)),
        *(("passed over", *fault, "", say(_ONE_TABLE)) for fault in _find_blanks(sheet)),
    ]
    return [
        make_problem(sheet.file, rule, value, allowed, row=row, column=column)
        for rule, row, value, column, allowed in found
    ]


def _find_hidden(sheet: Sheet) -> list[tuple[str, str]]:
    """Find what is hidden, where an error would not be seen."""
    rows = sorted(sheet.hidden_rows & set(sheet.filled))
    columns = sorted(sheet.hidden_columns & set(sheet.header))
    found = []
    if sheet.hidden and len(sheet.filled) > 1:
        held = say_count(len(sheet.filled) - 1, "row")
        found.append((sheet.name, say("hidden sheet of {rows}", rows=held)))
    if rows:
        said = _say_listed(say_count(len(rows), "hidden row"), _say_runs(rows))
        found.append((sheet.name_cell(rows[0]), said))
    if columns:
        letters = say(", ").join(sheet.letters[column] for column in columns)
        said = _say_listed(say_count(len(columns), "hidden column"), letters)
        found.append((sheet.name_cell(sheet.filled[0], columns[0]), said))
    return found


def _find_merged(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Find the merged ranges: only the first cell of each holds its value."""
    found = []
    for name, (rows, columns) in sheet.merged.items():
        held = [column for at, column in sheet.header.items() if at in columns]
        if held and any(row in rows for row in sheet.filled):
            first = show(sheet.rows.get(rows.start, {}).get(columns.start, ""))
            said = _say_listed(name, first) if first else name
            found.append((f"{sheet.name}!{name}", said, held[0]))
    return found


def _find_blanks(sheet: Sheet) -> list[tuple[str, str]]:
    rows = sorted(set(range(1, sheet.height + 1)) - set(sheet.filled))
    columns = sheet.width - len(sheet.header)
    found: list[tuple[str, str]] = []
    if sheet.ours:
        return found
    if rows:
        said = _say_listed(say_count(len(rows), "blank row"), _say_runs(rows))
        found.append((sheet.name_cell(rows[0]), said))
    if columns:
        found.append((sheet.name_cell(sheet.filled[0]), say_count(columns, "blank column")))
    return found


def _find_filled(cells: Mapping[int, Cell]) -> list[int]:
    """Find the columns in which a row is not blank."""
    return [column for column, cell in cells.items() if show(cell).strip()]


def _find_first(sheet: Sheet, column: int) -> str:
    cells = (show(sheet.rows[row].get(column, "")) for row in sheet.filled)
    return next(cell for cell in cells if cell.strip())


def _say_runs(numbers: Iterable[int]) -> str:
    """Write numbers of rows, those that follow each other as one run: 2, 5 to 9."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return say_some([say(" to ").join(map(str, run)) for run in runs])


def _say_listed(counted: str, listed: str) -> str:
    return say("{counted}: {listed}", counted=counted, listed=listed)
