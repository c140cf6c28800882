"""Dropdowns of a workbook: a hidden sheet of lists, and the names by which cells use them.

A list of codes follows the sheet of its reference table, so that a document that a person adds
there can be chosen at once.  A list in the cell itself could have 255 characters only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from policydata.coder.labels import find_name, list_words
from policydata.columns import Column, name_columns
from policydata.reading.labels import LISTS, POINTERS
from policydata.schema import REFERENCE

# Rows that a person may add to a reference table and find in a dropdown.
_ROOM = 300
# A unit may also have a scale word.
_OFFERED = {**POINTERS, "unit_text": ("units", "text")}


@dataclass(frozen=True)
class Lists:
    """The names of ranges by column: `names` to choose from, `codes` of all that is known.

    A column that may hold other text too has no codes.
    """

    names: Mapping[str, str]
    codes: Mapping[str, str]

    def offer(self, sheet: Any, columns: Sequence[Column], last: int) -> None:
        """Offer each list in the cells of its column; what is typed otherwise is not refused."""
        for place, column in enumerate(columns, 1):
            if name := self.names.get(column.name):
                offered = DataValidation(type="list", formula1=name, allow_blank=True)
                # A code alone is as good as a code with its name; colours show what is not known.
                offered.showErrorMessage = False
                letter = get_column_letter(place)
                offered.add(f"{letter}2:{letter}{last}")
                sheet.add_data_validation(offered)


def write_lists(
    book: Any,
    tables: Mapping[str, tuple[pd.DataFrame, Sequence[Column]]],
    reference: Mapping[str, pd.DataFrame],
) -> Lists:
    """Write the lists of all columns that have one into a hidden sheet, and name them."""
    columns = {column.name: column for _, records in tables.values() for column in records}
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    names, codes = {}, {}
    for name, column in columns.items():
        table, key = _OFFERED.get(name, ("", ""))
        words = list_words(column)
        if name == "unit" and "units" in reference:
            symbols = [*reference["units"].query("factor == '1'").symbol.unique()]
            names[name] = _write_list(book, sheet, name, symbols, str(len(symbols)))
        elif table in reference:
            cells = _follow(table, key, reference[table])
            names[name] = _write_list(book, sheet, name, cells, _measure(table, key, len(cells)))
            if name in POINTERS:
                codes[name] = _name_range(book, f"codes_{name}", _span(table, key, len(cells)))
        elif words:
            names[name] = _write_list(book, sheet, name, [*words.values()], str(len(words)))
        # A part_of:n is a reason too, and stands in no list.
        if column.words:
            codes[name] = _write_list(book, sheet, f"codes_{name}", [*words], str(len(words)))
    return Lists(names, codes)


def _follow(table: str, key: str, rows: pd.DataFrame) -> list[str]:
    """Write formulas that repeat the codes of a sheet, each with its name."""
    code = _point(table, key)
    name = find_name(table)
    beside = f'&" "&{_point(table, name)}' if name else ""
    return [f'=IF({code}="","",{code}{beside})'] * (len(rows) + _ROOM)


def _point(table: str, column: str) -> str:
    """Point at the cell of a column in the same row, also after rows were sorted or deleted."""
    letter = get_column_letter(name_columns(REFERENCE[table]).index(column) + 1)
    return f"INDEX({table}!${letter}:${letter},ROW())"


def _measure(table: str, key: str, length: int) -> str:
    """Measure a list: as many cells as its reference table has codes."""
    return f"MAX(1,COUNTA({_span(table, key, length)}))"


def _span(table: str, key: str, length: int) -> str:
    """Write the range of a column of a reference table."""
    letter = get_column_letter(name_columns(REFERENCE[table]).index(key) + 1)
    return f"{table}!${letter}$2:${letter}${length + 1}"


def _write_list(book: Any, sheet: Any, name: str, cells: Sequence[str], length: str) -> str:
    """Write one list below its heading, and give it the name by which it is used."""
    place = sheet.max_column + 1 if sheet["A1"].value else 1
    letter = get_column_letter(place)
    for row, cell in enumerate((name, *cells), 1):
        sheet.cell(row, place, cell)
    span = f"{LISTS}!${letter}$2:INDEX({LISTS}!${letter}$2:${letter}${len(cells) + 1},{length})"
    return _name_range(book, name if name.startswith("codes_") else f"list_{name}", span)


def _name_range(book: Any, name: str, span: str) -> str:
    book.defined_names[name] = DefinedName(name, attr_text=span)
    return name
