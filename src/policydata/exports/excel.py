"""Excel: the rows, what their columns mean, the documents behind them, and what it all is."""

from __future__ import annotations

from math import ceil
from typing import Any
from unicodedata import east_asian_width

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from policydata.columns import Column, refuse_all
from policydata.exports.content import Content, date_data
from policydata.messages import say
from policydata.schema import HAZARDS
from policydata.workbooks import save_workbook

# What a sheet and a cell can hold; more than that is cut without a word.
_ROWS, _CHARACTERS = 2**20 - 1, 2**15 - 1
_CODEBOOK = ("column", "meaning", "kind", "unit", "allowed")
_FORMATS = {"text": "@", "integer": "0", "date": "yyyy-mm-dd"}
_TYPES = {"text": "s", "number": "n"}
_NARROWEST, _WIDEST, _FILTER_BUTTON = 8, 44, 3
# The look of a new workbook, its line in points.
_BOLD, _LINE = Font(name="Calibri", size=11, bold=True), 15
_SHADE = PatternFill("solid", fgColor="E7EBF0")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def write_excel(content: Content) -> bytes:
    """Write a workbook, the same whenever it is written."""
    _refuse_what_is_too_long(content.rows)
    workbook = Workbook(write_only=True)
    kinds = {column.name: column.kind for column in content.columns if not column.words}
    _write_table(workbook, "data", content.rows, kinds)
    _write_table(workbook, "codebook", _write_codebook(content), {}, alignment=_WRAPPED)
    if content.documents is not None:
        _write_table(workbook, "documents", content.documents, {})
    _write_about(workbook, content.about)
    return save_workbook(workbook, date_data(), content.about.get("title", ""))


def _refuse_what_is_too_long(rows: pd.DataFrame) -> None:
    """Refuse more rows or longer texts than Excel holds."""
    if len(rows) > _ROWS:
        many = (
            "{rows} rows are more than a sheet of Excel holds ({most}); export .csv or .parquet, "
            "or fewer rows."
        )
        raise ValueError(say(many, rows=f"{len(rows):,}", most=f"{_ROWS:,}"))
    long = (
        "Row {row}, column {column}: a text of {count} characters; allowed in .xlsx: {most}; "
        "the other formats take it."
    )
    # Excel counts as UTF-16 does.
    sizes = {
        name: rows[name].str.encode("utf-16-le").str.len() // 2
        for name in rows.select_dtypes("str")
    }
    found = [
        {"row": row, "column": name, "count": f"{size:,}"}
        for name, counted in sizes.items()
        for row, size in counted[counted > _CHARACTERS].items()
    ]
    refuse_all([say(long, most=f"{_CHARACTERS:,}", **cell) for cell in found])


def _write_codebook(content: Content) -> pd.DataFrame:
    """Write what each column means, as text."""
    units = {name: f"see {unit}" for name, unit in content.find_unit_columns().items()}
    units |= content.find_units()
    lines = [
        (column.name, column.meaning, column.kind, units.get(column.name, ""), _allow(column))
        for column in content.columns
    ]
    return pd.DataFrame(lines, columns=_CODEBOOK, dtype="str")


def _allow(column: Column) -> str:
    """List the words of a column; a hazard is of no use without its meaning."""
    if column.name == "hazards":
        return "\n".join(f"{name}: {meaning}" for name, meaning in HAZARDS.items())
    return ", ".join(column.words)


def _write_table(
    workbook: Workbook, title: str, frame: pd.DataFrame, kinds: dict[str, str], **looks: Any
) -> None:
    """Write a sheet with filters and a header that stays in sight."""
    sheet = workbook.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(frame.columns)))}{len(frame) + 1}"
    widths = [_fit([name, *map(_show, frame[name].dropna().unique())]) for name in frame]
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.append([_make_cell(sheet, name, "text", font=_BOLD, fill=_SHADE) for name in frame])
    cells = frame.astype("object").where(frame.notna() & frame.ne(""), None)
    kept = [kinds.get(name, "text") for name in frame]
    for number, row in enumerate(cells.itertuples(index=False, name=None), start=2):
        if looks:
            sheet.row_dimensions[number].height = _LINE * _count_lines(row, widths)
        pairs = zip(row, kept, strict=True)
        sheet.append([_make_cell(sheet, value, kind, **looks) for value, kind in pairs])


def _write_about(workbook: Workbook, about: dict[str, str]) -> None:
    """Write what the rows are, a line a fact."""
    sheet = workbook.create_sheet("about")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 90
    for fact, text in about.items():
        named = _make_cell(sheet, fact.replace("_", " "), "text", font=_BOLD, alignment=_WRAPPED)
        sheet.append([named, _make_cell(sheet, text, "text", alignment=_WRAPPED)])


def _make_cell(sheet: Any, value: Any, kind: str, **looks: Any) -> WriteOnlyCell | None:
    """Make a cell; a text is a text, whatever it begins with, and stays one when it is edited."""
    if value is None:
        return None
    if kind == "text":
        # XML has one kind of line break, and so has a cell of Excel.
        value = value.replace("\r\n", "\n").replace("\r", "\n")
    # A number given as such would lose its last digit.
    cell = WriteOnlyCell(sheet, repr(value) if kind == "number" else value)
    if kind in _TYPES:
        cell.data_type = _TYPES[kind]
    cell.number_format = _FORMATS.get(kind) or _choose_format(value)
    for look, chosen in looks.items():
        setattr(cell, look, chosen)
    return cell


def _choose_format(number: float) -> str:
    """Show every digit of a whole number: Excel by itself writes long ones as a power of ten."""
    return "#,##0" if number.is_integer() else "General"


def _show(value: object) -> str:
    """Write a cell as the sheet shows it."""
    is_whole = isinstance(value, float) and value.is_integer()
    return f"{value:,.0f}" if is_whole else str(value).removesuffix(" 00:00:00")


def _fit(texts: list[str]) -> int:
    """Fit the width of a column to its texts, the first being the header beside a button."""
    widest = max(_measure(texts[0]) + _FILTER_BUTTON, *map(_measure, texts), _NARROWEST)
    return min(widest + 1, _WIDEST)


def _measure(text: str) -> int:
    """Measure a text in widths of a Latin letter; a Chinese character has two."""
    return sum(1 + (east_asian_width(sign) in "FW") for sign in text)


def _count_lines(row: tuple[str | None, ...], widths: list[int]) -> int:
    """Count the lines that the longest text of a row takes in its column."""
    lines = [
        sum(max(1, ceil(_measure(line) / (width - 1))) for line in (text or "").split("\n"))
        for text, width in zip(row, widths, strict=True)
    ]
    return max(lines)
