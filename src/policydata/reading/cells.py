"""What stands in a cell that holds no text, and what to do about it.

A number that looks right can be another number than the document's: a cell that shows 7% stores
0.07.  So a number, a date or a logical value is never turned into text without a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Integral, Real

import pandas as pd

from policydata.columns import Column
from policydata.reading.number_formats import show_date, show_number, write_number

__all__ = ["AS_TEXT", "AS_WRITTEN", "Cell", "NotText", "read_cell", "read_value", "show"]

AS_WRITTEN = "text, as the document writes it"
AS_TEXT = "text: format the column as text and type"
FIGURE = "the figure as the document writes it"
ONE_LINE = "one figure on one line; two figures are two rows"
# From these a number is read, and a line break could join two.
_FIGURES = ("period", "value_text", "unit_text", "numeral")
# Nothing is lost where a whole number stands in these columns and shows as its digits.
_DIGITS_ALONE = ("period", "numeral")


@dataclass(frozen=True)
class NotText:
    """A cell that holds no text: what it shows, the rule it breaks, what was found, what to do.

    `whole` are its digits where it holds a whole number.
    """

    text: str
    rule: str
    found: str
    allowed: str
    whole: str = ""


Cell = str | NotText


def read_value(value: object, number_format: str = "") -> Cell:
    """Give the text of a value, or what stands there instead of text.

    `number_format` is the one of its cell; a value of a frame has none.

    Examples
    --------
    >>> read_value("7%"), read_value(None), read_value(float("nan"))
    ('7%', '', '')
    >>> read_value(0.07, "0%").found, read_value(0.07, "0%").allowed
    ('0.07, shown as 7%', 'text: format the column as text and type 7%')
    """
    if isinstance(value, str):
        return str(value)
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if pd.api.types.is_bool(value):
        shown = str(value).upper()
        return NotText(shown, "not text", f"{shown}, a logical value", AS_WRITTEN)
    if isinstance(value, Real | Decimal):
        number = int(value) if isinstance(value, Integral) else float(value)
        return _read_number(number, number_format)
    if isinstance(value, date | time | timedelta):
        return _read_date(value, number_format)
    return NotText(str(value), "not text", f"{type(value).__name__} {value}", AS_WRITTEN)


def read_cell(cell: Cell, column: Column) -> Cell:
    """Give the text that a cell stands for in its column, or what is wrong with it there."""
    if isinstance(cell, str):
        is_broken = column.name in _FIGURES and len(cell.strip().splitlines()) > 1
        return NotText(cell, "line break in a figure", cell, ONE_LINE) if is_broken else cell
    shows_its_digits = column.name in _DIGITS_ALONE and cell.whole == cell.text
    is_whole = column.kind == "integer" or shows_its_digits
    return cell.whole if cell.whole and is_whole else cell


def show(cell: Cell) -> str:
    """Give what a cell shows."""
    return cell if isinstance(cell, str) else cell.text


def _read_number(value: int | float, number_format: str) -> NotText:
    """Say what a number stores and shows, and what to type instead."""
    stored, shown = write_number(value), show_number(value, number_format)
    found = stored if shown == stored else f"{stored}, shown as {shown}"
    if shown is None:
        found = f"{stored} in the number format {number_format}"
    typed = shown if shown and _says_all(shown, value) else FIGURE
    whole = stored if stored.removeprefix("-").isdecimal() else ""
    allowed = f"{AS_TEXT} {typed}" if number_format else AS_WRITTEN
    return NotText(shown or stored, "number instead of text", found, allowed, whole)


def _says_all(shown: str, value: int | float) -> bool:
    """Tell whether a number can be told from what it shows, or was rounded."""
    digits = re.sub(r"[^0-9.]", "", shown)
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) is not None
    scale = 100 ** shown.count("%") * (-1 if shown.startswith("-") else 1)
    return is_number and Decimal(digits) / scale == Decimal(str(value))


def _read_date(value: date | time | timedelta, number_format: str) -> NotText:
    """Say which date stands there, how it shows, and what was probably typed."""
    written = str(value).removesuffix(" 00:00:00")
    shown = show_date(value, number_format) if isinstance(value, date) else None
    found = f"{written}, shown as {shown}" if shown not in (None, written) else written
    meant = f"what was meant, such as {written[:7] if written[8:] == '01' else written}"
    typed = meant if isinstance(value, date) else FIGURE
    allowed = f"{AS_TEXT} {typed}" if number_format else AS_WRITTEN
    return NotText(written, "date instead of text", f"{found}, a date or time", allowed)
