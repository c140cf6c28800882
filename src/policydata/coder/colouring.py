"""Colours of a coder's workbook: a row that breaks a rule is tinted, the cell at fault more.

They show at once what `check` will say, and not all of it: formulas have to be short, and right in
Excel and in LibreOffice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from policydata.coder.dropdowns import Lists
from policydata.columns import Column

_LONGEST_QUOTE = 40
_CELL, _ROW = "F8B26A", "FDF0DC"
# What identifies a row of a table.
_KEYS = (("document", "n"), ("id",), ("code",), ("text",), ("statement_id", "hazard"))


class Fault(NamedTuple):
    """What is at fault in a row: a column, and a formula that is true where it is."""

    column: str
    formula: str


def colour_rows(sheet: Any, columns: Sequence[Column], lists: Lists, last: int) -> None:
    """Tint each row that breaks a rule, and more so the cell at fault."""
    letters = {column.name: get_column_letter(place) for place, column in enumerate(columns, 1)}
    faults = [*_list_faults(columns, lists, letters, last)]
    whole = f"A2:{get_column_letter(len(columns))}{last}"
    for spans, colour in (("cell", _CELL), ("row", _ROW)):
        for column, formula in faults:
            letter = letters[column]
            span = f"{letter}2:{letter}{last}" if spans == "cell" else whole
            fill = PatternFill(bgColor=colour, fill_type="solid")
            sheet.conditional_formatting.add(span, FormulaRule(formula=[formula], fill=fill))


def _list_faults(
    columns: Sequence[Column], lists: Lists, letters: Mapping[str, str], last: int
) -> Iterator[Fault]:
    """List the rules of a table as formulas for its second row."""
    at = {name: f"${letter}2" for name, letter in letters.items()}
    first, final = "$A2", f"${get_column_letter(len(columns))}2"
    for column in columns:
        cell, listed = at[column.name], lists.names.get(column.name)
        # A number that is left blank is given when the workbook is taken back.
        if column.required and column.name not in ("n", "note"):
            yield Fault(column.name, f"AND(LEN({cell})=0,COUNTA({first}:{final})>0)")
        if listed and column.name in lists.closed:
            found = f'COUNTIF({listed},{cell})+COUNTIF({listed},{cell}&" *")'
            yield Fault(column.name, f"AND(LEN({cell})>0,{found}=0)")
    if "quote" in at:
        yield Fault("quote", f"LEN({at['quote']})>{_LONGEST_QUOTE}")
        for figure in {"value_text", "numeral"} & set(at):
            both = f"LEN({at[figure]})>0,LEN({at['quote']})>0"
            yield Fault(figure, f"AND({both},ISERROR(FIND({at[figure]},{at['quote']})))")
    if key := next((key for key in _KEYS if set(key) <= set(at)), None):
        again = ",".join(f"${letters[name]}$2:${letters[name]}${last},{at[name]}" for name in key)
        yield Fault(key[-1], f"AND(LEN({at[key[-1]]})>0,COUNTIFS({again})>1)")
