"""What a number or a date shows in its cell, for the number formats that people use.

A format that says more than digits, plain words, year, month and day is not read: None.
"""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

__all__ = ["GENERAL", "show_date", "show_number", "write_number"]

GENERAL = ("", "General", "@")
# From here on a float no longer holds every digit.
LARGEST = 1e15
_LITERAL = r'(?:"[^"]*"|[^"#0?.,;@/*_\\\[\]a-zA-Z])*'
_COLOUR = r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)\]"
# Format 14 is written month first in the file and shown as the reader's country does.
_BY_COUNTRY = "mm-dd-yy"


def write_number(value: int | float) -> str:
    """Write a number in full; a whole one without a point."""
    is_whole = isinstance(value, int) or (abs(value) < LARGEST and value.is_integer())
    return str(int(value)) if is_whole else str(value)


def show_number(value: int | float, number_format: str) -> str | None:
    """Write a number as its cell shows it.

    Examples
    --------
    >>> show_number(0.07, "0%"), show_number(1234.5, '#,##0.00"亿元"')
    ('7%', '1,234.50亿元')
    """
    if number_format in GENERAL:
        return write_number(value if isinstance(value, int) else float(f"{value:.15g}"))
    section, sign = _choose_section(value, number_format)
    parts = re.fullmatch(rf"({_LITERAL})([#0?,]+)(?:\.([#0?]*))?({_LITERAL})", section)
    if not parts or parts[2].endswith(",") or not abs(value) < LARGEST:
        return None
    head, whole, decimals, tail = parts.groups(default="")
    percents = re.sub(r'"[^"]*"', "", head + tail).count("%")
    scaled = abs(Decimal(str(value))) * 100**percents
    shown = f"{sign}{head}{_show_digits(scaled, whole, decimals)}{tail}"
    return shown.replace('"', "").strip()


def show_date(value: date, number_format: str) -> str | None:
    """Write a date as its cell shows it.

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
    """Write the digits of a number with as many places as the format keeps."""
    rounded = value.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, rest = (f"{rounded:,f}" if "," in whole else f"{rounded:f}").partition(".")
    kept = decimals.count("0")
    rest = rest[:kept] + rest[kept:].rstrip("0")
    return digits.zfill(whole.count("0")) + (f".{rest}" if rest else "")
