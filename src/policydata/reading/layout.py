"""What of a sheet is not one plain table: its header, and hidden, merged and blank cells.

Nothing is passed over without a word, and nothing is said twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from policydata.columns import Column, name_columns
from policydata.errors import find_nearest, say_count
from policydata.reading.cells import show
from policydata.reading.sheets import Problem, Sheet, make_problem

__all__ = [
    "compare_header",
    "find_header",
    "is_foreign",
    "list_blanks",
    "list_hidden",
    "list_merged",
    "say_header",
]

IN_SIGHT = "a table in sight: unhide it, clear the filter, or delete what is hidden"
ONE_EACH = "one value a cell: unmerge the cells and fill each of them"
ONE_TABLE = "one table from its header on, without blank rows and columns"
SHOWN = 10


def compare_header(sheet: Sheet, columns: Sequence[Column]) -> list[Problem]:
    """List what does not fit of the header and the lines; another table's header alone."""
    wanted, header = name_columns(columns), sheet.header
    first, names = min(sheet.filled, default=1), ", ".join(wanted)
    if (found := find_header(sheet, columns)) != first:
        nearest = f"row {found}" if found else ""
        fault = (sheet.file, "header not found", say_header(sheet), names, nearest)
        return [make_problem(*fault, row=sheet.name_cell(first))]
    unknown = [
        ("unknown column", at, name or f"a blank above “{_find_first(sheet, at)}”")
        for at, name in header.items()
        if name not in wanted and (name or not sheet.problems)
    ]
    missing = [("missing column", 0, name) for name in wanted if name not in header.values()]
    repeated = [("column twice", at, name) for at, name in _find_repeated(sheet, wanted)]
    faults = [
        make_problem(
            *(sheet.file, rule, value, names),
            nearest=find_nearest(value, wanted) if rule == "unknown column" else "",
            row=sheet.name_cell(first, place),
        )
        for rule, place, value in [*unknown, *missing, *repeated]
    ]
    return [*faults, *sheet.problems]


def find_header(sheet: Sheet, columns: Sequence[Column]) -> int:
    """Find the row, among the first, that names half of a table's columns or more; 0: none."""
    wanted = set(name_columns(columns))
    for row in sheet.filled[:SHOWN]:
        if 2 * len(wanted & set(map(show, sheet.rows[row].values()))) >= len(wanted):
            return row
    return 0


def is_foreign(sheet: Sheet, columns: Sequence[Column]) -> bool:
    """Tell whether a sheet has none of a table's columns, nor their header further below."""
    has_column = not set(name_columns(columns)).isdisjoint(sheet.header.values())
    return not has_column and not find_header(sheet, columns)


def say_header(sheet: Sheet) -> str:
    """Write the first cells of a header."""
    header = [name for name in sheet.header.values() if name]
    return ", ".join([*header[:SHOWN], "…"] if len(header) > SHOWN else header)


def list_hidden(sheet: Sheet) -> list[Problem]:
    """List what of a table is out of sight, where nobody would look for a fault."""
    rows = sorted(sheet.hidden_rows & set(sheet.filled))
    columns = sorted(sheet.hidden_columns & set(sheet.header))
    found = []
    if sheet.hidden and len(sheet.filled) > 1:
        found.append((sheet.name, f"hidden sheet of {say_count(len(sheet.filled) - 1, 'row')}"))
    if rows:
        said = f"{say_count(len(rows), 'hidden row')}: {_say_runs(rows)}"
        found.append((sheet.name_cell(rows[0]), said))
    if columns:
        letters = ", ".join(sheet.letters[column] for column in columns)
        said = f"{say_count(len(columns), 'hidden column')}: {letters}"
        found.append((sheet.name_cell(sheet.filled[0], columns[0]), said))
    return [
        make_problem(sheet.file, "hidden cells", value, IN_SIGHT, row=row) for row, value in found
    ]


def list_merged(sheet: Sheet) -> list[Problem]:
    """List the merged ranges of a table: only the first cell of each holds its value."""
    found = []
    for name, (rows, columns) in sheet.merged.items():
        filled = [row for row in sheet.filled if row in rows]
        held = [column for column in sheet.header if column in columns]
        if filled and held:
            first = sheet.rows.get(rows.start, {}).get(columns.start, "")
            said = f"{name}: {show(first)}" if show(first) else name
            column = sheet.header[held[0]]
            found.append(
                make_problem(
                    *(sheet.file, "merged cells", said, ONE_EACH),
                    row=f"{sheet.name}!{name}",
                    column=column,
                )
            )
    return found


def list_blanks(sheet: Sheet) -> list[Problem]:
    """Count the blank rows and columns that are passed over."""
    before = [0, *sheet.filled]
    after = [*sheet.filled, sheet.height + 1]
    gaps = [(low + 1, high - 1) for low, high in zip(before, after, strict=True) if high > low + 1]
    rows, columns = sheet.height - len(sheet.filled), sheet.width - len(sheet.header)
    found = []
    if rows:
        said = f"{say_count(rows, 'blank row')}: {_say_gaps(gaps)}"
        found.append((sheet.name_cell(gaps[0][0]), said))
    if columns:
        found.append((sheet.name_cell(sheet.filled[0]), say_count(columns, "blank column")))
    return [
        make_problem(sheet.file, "passed over", value, ONE_TABLE, row=row) for row, value in found
    ]


def _find_first(sheet: Sheet, column: int) -> str:
    """Find what stands first in a column."""
    cells = (show(sheet.rows[row].get(column, "")) for row in sheet.filled)
    return next(cell for cell in cells if cell.strip())


def _find_repeated(sheet: Sheet, wanted: Iterable[str]) -> list[tuple[int, str]]:
    """Find where a column stands for the second time."""
    places = {
        name: [place for place, found in sheet.header.items() if found == name] for name in wanted
    }
    return [(found[1], name) for name, found in places.items() if len(found) > 1]


def _say_runs(numbers: Sequence[int]) -> str:
    """Write numbers of rows, those that follow each other as one run."""
    known = set(numbers)
    starts = [number for number in numbers if number - 1 not in known]
    ends = [number for number in numbers if number + 1 not in known]
    return _say_gaps(list(zip(starts, ends, strict=True)))


def _say_gaps(gaps: Sequence[tuple[int, int]]) -> str:
    """Write the first runs of rows: 2, 5 to 9."""
    said = [f"{low} to {high}" if low < high else str(low) for low, high in gaps[:SHOWN]]
    return ", ".join([*said, "…"] if len(gaps) > SHOWN else said)
