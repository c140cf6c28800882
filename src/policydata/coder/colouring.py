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
    """A column, a formula that is true where its cell is at fault, and whether it tints the row."""

    column: str
    formula: str
    tints: bool = True


def colour_rows(sheet: Any, columns: Sequence[Column], lists: Lists, last: int) -> None:
    """Tint each row that breaks a rule, and more so the cell at fault."""
    letters = {column.name: get_column_letter(place) for place, column in enumerate(columns, 1)}
    faults = [*_list_faults(columns, lists, letters, last)]
    whole = f"A2:{get_column_letter(len(columns))}{last}"
    needed = [letters[column.name] for column in columns if _is_needed(column)]
    filled = f"COUNTA($A2:${get_column_letter(len(columns))}2)"
    lacking = f"COUNTA({','.join(f'${letter}2' for letter in needed)})<{len(needed)}"
    tinted = [(f"{letters[one.column]}2:{letters[one.column]}{last}", one) for one in faults]
    tinted += [(whole, one) for one in faults if one.tints]
    # All that is lacking in one formula: each of them is computed for every cell of the row.
    tinted += [(whole, Fault("", f"IF({filled}=0,FALSE,{lacking})"))]
    for span, fault in tinted:
        colour = _ROW if span == whole else _CELL
        fill = PatternFill(bgColor=colour, fill_type="solid")
        sheet.conditional_formatting.add(span, FormulaRule(formula=[fault.formula], fill=fill))


def _is_needed(column: Column) -> bool:
    """Tell whether a row lacks something without a column; a number is given at the taking."""
    return column.required and column.name != "n"


def _list_faults(
    columns: Sequence[Column], lists: Lists, letters: Mapping[str, str], last: int
) -> Iterator[Fault]:
    """List the rules of a table as formulas for its second row."""
    at = {name: f"${letter}2" for name, letter in letters.items()}
    first, final = "$A2", f"${get_column_letter(len(columns))}2"
    for column in columns:
        cell, listed = at[column.name], lists.codes.get(column.name)
        if _is_needed(column):
            yield Fault(column.name, f"AND(LEN({cell})=0,COUNTA({first}:{final})>0)", tints=False)
        if listed:
            code = f'LEFT({cell},FIND(" ",{cell}&" ")-1)'
            yield Fault(column.name, _unless_blank(cell, f"ISNA(MATCH({code},{listed},0))"))
    if "quote" in at:
        yield Fault("quote", f"LEN({at['quote']})>{_LONGEST_QUOTE}")
        for figure in {"value_text", "numeral"} & set(at):
            found = f"ISNUMBER(FIND({at[figure]},{at['quote']}))"
            # LibreOffice does not find a blank in a text, Excel does.
            asked = _unless_blank(at[figure], f"NOT({found})")
            yield Fault(figure, _unless_blank(at["quote"], asked))
    if key := next((key for key in _KEYS if set(key) <= set(at)), None):
        again = ",".join(f"${letters[name]}$2:${letters[name]}${last},{at[name]}" for name in key)
        yield Fault(key[-1], _unless_blank(at[key[-1]], f"COUNTIFS({again})>1"))


def _unless_blank(cell: str, formula: str) -> str:
    """Ask only where a cell is filled: IF leaves out the other branch, AND computes all of them."""
    return f"IF(LEN({cell})=0,FALSE,{formula})"
