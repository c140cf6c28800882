"""Cells that do not hold text: what they show, and what to type instead.

A number that looks right can differ from the document's: a cell that shows 7% stores 0.07. So a
number, a date or a logical value is never silently turned into text.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from numbers import Integral, Real

import pandas as pd

from policydata.columns import Column
from policydata.messages import say

AS_WRITTEN = "text, as the document writes it"
_FIGURE = "the figure as the document writes it"
_ONE_LINE = "one figure on one line; two figures are two rows"
# From these a number is read, and a line break could join two.
FIGURES = ("period", "value_text", "unit_text", "numeral")
# A whole number in these columns loses nothing if the cell shows its digits.
_DIGITS_ALONE = ("period", "numeral")
# From here on a float no longer holds every digit.
_LARGEST = 1e15
_LITERAL = r'(?:"[^"]*"|[^"#0?.,;@/*_\\\[\]a-zA-Z])*'
_COLOUR = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]"
# Format 14 is written month first in the file and shown as the reader's country does.
_BY_COUNTRY = "mm-dd-yy"


@dataclass(frozen=True)
class NotText:
    """A cell that does not hold text: what it shows, the rule, what was found, what is allowed.

    `whole` is its digits if it holds a whole number.
    """

    text: str
    rule: str
    found: str
    allowed: str
    whole: str = ""


Cell = str | NotText


def read_value(value: object, number_format: str = "") -> Cell:
    """Return the text of a value, or a `NotText` if it is not text.

    `number_format` is that of its cell; a value of a frame does not have one.

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
        found = say("{shown}, a logical value", shown=shown)
        return NotText(shown, "not text", found, say(AS_WRITTEN))
    if isinstance(value, Real | Decimal):
        number = int(value) if isinstance(value, Integral) else float(value)
        return _read_number(number, number_format)
    if isinstance(value, date | time | timedelta):
        return _read_date(value, number_format)
    return NotText(str(value), "not text", f"{type(value).__name__} {value}", say(AS_WRITTEN))


def read_cell(cell: Cell, column: Column) -> Cell:
    """Return the text of a cell in its column, or what is wrong with it there."""
    if isinstance(cell, str):
        is_broken = column.name in FIGURES and len(cell.strip().splitlines()) > 1
        return NotText(cell, "line break in a figure", cell, say(_ONE_LINE)) if is_broken else cell
    shows_its_digits = column.name in _DIGITS_ALONE and cell.whole == cell.text
    is_whole = column.kind == "integer" or shows_its_digits
    return cell.whole if cell.whole and is_whole else cell


def show(cell: Cell) -> str:
    """Return what a cell shows."""
    return cell if isinstance(cell, str) else cell.text


def say_shown(stored: str, shown: object) -> str:
    """Say what a cell holds and what it shows instead."""
    return say("{stored}, shown as {shown}", stored=stored, shown=shown)


def say_as_text(typed: str) -> str:
    """Say how to type a cell again."""
    return say("text: format the column as text and type {typed}", typed=typed)


def show_number(value: int | float, number_format: str) -> str | None:
    """Write a number as its cell shows it; None if its format has more than digits and words.

    Examples
    --------
    >>> show_number(0.07, "0%"), show_number(1234.5, '#,##0.00"亿元"')
    ('7%', '1,234.50亿元')
    """
    if number_format in ("", "General", "@"):
        return _write_number(value if isinstance(value, int) else float(f"{value:.15g}"))
    section, sign = _choose_section(value, number_format)
    parts = re.fullmatch(rf"({_LITERAL})([#0?,]+)(?:\.([#0?]*))?({_LITERAL})", section)
    if not parts or parts[2].endswith(",") or not abs(value) < _LARGEST:
        return None
    head, whole, decimals, tail = parts.groups(default="")
    percents = re.sub(r'"[^"]*"', "", head + tail).count("%")
    scaled = abs(Decimal(str(value))) * 100**percents
    shown = f"{sign}{head}{_show_digits(scaled, whole, decimals)}{tail}"
    return shown.replace('"', "").strip()


def show_date(value: date, number_format: str) -> str | None:
    """Write a date as its cell shows it; None if its format has more than year, month, day.

    Examples
    --------
    >>> show_date(date(2023, 1, 2), 'm"月"d"日"'), show_date(date(2023, 1, 1), "mmm-yy")
    ('1月2日', 'Jan-23')
    """
    year, month, day = value.year, value.month, value.day
    parts = {"yyyy": f"{year:04}", "yy": f"{year % 100:02}", "m": f"{month}", "mm": f"{month:02}"}
    parts |= {"mmm": month_abbr[month], "mmmm": month_name[month], "d": f"{day}", "dd": f"{day:02}"}
    code = re.sub(r"\[\$[^\]]*\]|;@$", "", number_format)
    tokens = re.findall(r'"([^"]*)"|\\(.)|([A-Za-z]+)|([^A-Za-z"\\])', code)
    words = {letters.lower() for _, _, letters, _ in tokens if letters}
    if code == _BY_COUNTRY or not words or not words <= set(parts):
        return None
    return "".join(
        quoted or escaped or other or parts[letters.lower()]
        for quoted, escaped, letters, other in tokens
    )


def _read_number(value: int | float, number_format: str) -> NotText:
    stored, shown = _write_number(value), show_number(value, number_format)
    found = stored if shown == stored else say_shown(stored, shown or "")
    if shown is None:
        asked = "{stored} in the number format {number_format}"
        found = say(asked, stored=stored, number_format=number_format)
    typed = shown if shown and _says_all(shown, value) else say(_FIGURE)
    whole = stored if stored.removeprefix("-").isdecimal() else ""
    allowed = say_as_text(typed) if number_format else say(AS_WRITTEN)
    return NotText(shown or stored, "number instead of text", found, allowed, whole)


def _write_number(value: int | float) -> str:
    is_whole = isinstance(value, int) or (abs(value) < _LARGEST and value.is_integer())
    return str(int(value)) if is_whole else str(value)


def _says_all(shown: str, value: int | float) -> bool:
    """Tell whether the cell shows the whole number, or a rounded one."""
    digits = re.sub(r"[^0-9.]", "", shown)
    is_number = re.fullmatch(r"[0-9]+(\.[0-9]+)?", digits) is not None
    scale = 100 ** shown.count("%") * (-1 if shown.startswith("-") else 1)
    return is_number and Decimal(digits) / scale == Decimal(str(value))


def _read_date(value: date | time | timedelta, number_format: str) -> NotText:
    written = str(value).removesuffix(" 00:00:00")
    shown = show_date(value, number_format) if isinstance(value, date) else None
    found = say_shown(written, shown) if shown not in (None, written) else written
    meant = say("what was meant, such as {example}", example=_guess(written, number_format))
    typed = meant if isinstance(value, date) else say(_FIGURE)
    allowed = say_as_text(typed) if number_format else say(AS_WRITTEN)
    found = say("{found}, a date or time", found=found)
    return NotText(written, "date instead of text", found, allowed)


def _guess(written: str, number_format: str) -> str:
    """Guess what was typed: Excel shows a typed 1-2 as month and day, 2023-1 as month and year."""
    year, month, day = [*written[:10].split("-"), "", ""][:3]
    shown = set(re.sub(r'"[^"]*"|\[[^\]]*\]', "", number_format.lower())) & set("ymd")
    if shown == {"m", "d"} and day.isdecimal():
        return f"{int(month)}-{int(day)}"
    return f"{year}-{month}" if day == "01" and shown == {"m", "y"} else written


def _choose_section(value: int | float, number_format: str) -> tuple[str, str]:
    """Take the part of a number format for this sign, its literals in quotes, and the sign."""
    sections = number_format.split(";")
    is_own = value < 0 and len(sections) > 1
    section = re.sub(_COLOUR, "", sections[is_own], flags=re.IGNORECASE)
    # A blank as wide as a character, and a character repeated to fill the cell.
    section = re.sub(r"_.|\*.", "", section)
    section = re.sub(r"\\(.)|\[\$([^\]-]*)[^\]]*\]", r'"\1\2"', section)
    return section, "-" if value < 0 and not is_own else ""


def _show_digits(value: Decimal, whole: str, decimals: str) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, rest = (f"{rounded:,f}" if "," in whole else f"{rounded:f}").partition(".")
    kept = decimals.count("0")
    rest = rest[:kept] + rest[kept:].rstrip("0")
    return digits.zfill(whole.count("0")) + (f".{rest}" if rest else "")
