"""What a cell of a workbook holds: text on the line, or what stands there instead.

Imported only where a workbook is opened, since openpyxl is an extra.
"""

from __future__ import annotations

from typing import Any

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from policydata.reading.cells import AS_TEXT, AS_WRITTEN, Cell, NotText, read_value, show

__all__ = ["CellParser", "CellReader"]

ON_THE_LINE = "text on the line, without footnote marks and struck words"
AS_VALUE = "text: copy the cell and paste it as a value (Paste Special, Values)"
# Dates of Chinese Excel, which a file names by number alone (ECMA-376, part 1, 18.8.30).
_CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), 'h"时"mm"分"'),
    **{30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'},
}


class CellParser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Parse a sheet; each cell keeps its formula, and what is stored, beside its value."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """Parse one cell."""
        formula = element.find(FORMULA_TAG)
        written = None if formula is None else f"={formula.text or ''}"
        cell = {"formula": written, "stored": element.findtext(VALUE_TAG)}
        return {**super().parse_cell(element), **cell}


class CellReader:
    """Read the cells of one workbook by its styles.

    `dates` are the styles that show a number as a date, those of Chinese Excel among them.
    """

    def __init__(self, book: Any) -> None:
        self._sheet = book.create_sheet()
        formats = enumerate(book._cell_styles)
        chinese = {style for style, facts in formats if facts.numFmtId in _CHINESE_DATES}
        # Without styles openpyxl has a dict there.
        self.dates = {*book._date_formats, *chinese}
        self._styles: dict[int, tuple[str, Any]] = {}

    def read(self, cell: dict[str, Any]) -> Cell:
        """Give the text of a cell, or what stands there instead; blank where nothing does."""
        number_format, font = self._find_style(cell["style_id"])
        value = cell["value"]
        if cell["data_type"] == "e":
            content: Cell = _read_error(value, cell["stored"])
        elif isinstance(value, str | CellRichText):
            content = _read_text(value, font)
        else:
            content = read_value(value, number_format)
        return content if cell["formula"] is None else _read_formula(content, cell)

    def _find_style(self, style: int) -> tuple[str, Any]:
        """Find the number format and the font of a style."""
        if style not in self._styles:
            cell = ReadOnlyCell(self._sheet, 1, 1, None, style_id=style)
            chinese = _CHINESE_DATES.get(cell.style_array.numFmtId)
            self._styles[style] = (chinese or cell.number_format, cell.font)
        return self._styles[style]


def _read_text(value: str | CellRichText, font: Any) -> Cell:
    """Give a text whose characters all stand on the line, or say which do not."""
    # So a carriage return is written in the file.
    text = str(value).replace("_x000D_", "\r")
    runs = value if isinstance(value, CellRichText) else [value]
    marks = [_find_mark(run.font if isinstance(run, TextBlock) else font) for run in runs]
    if not any(mark and str(run).strip() for run, mark in zip(runs, marks, strict=True)):
        return text
    found = "".join(
        f"[{mark}: {run}]" if mark else str(run) for run, mark in zip(runs, marks, strict=True)
    )
    return NotText(text, "raised, lowered or struck text", found, ON_THE_LINE)


def _find_mark(font: Any) -> str:
    """Name how a font takes its characters off the line; blank where it does not."""
    if font.vertAlign in ("superscript", "subscript"):
        return str(font.vertAlign)
    return "struck" if font.strike else ""


def _read_error(value: str | None, stored: str | None) -> NotText:
    """Say which error a cell shows; openpyxl makes one of a date out of range too."""
    if not value or not stored:
        return NotText("", "error value instead of text", "an error without a name", AS_WRITTEN)
    if stored != value:
        found = f"{stored} as a date, which is out of range"
        return NotText(stored, "date instead of text", found, f"{AS_TEXT} what was meant")
    return NotText(value, "error value instead of text", value, AS_WRITTEN)


def _read_formula(content: Cell, cell: dict[str, Any]) -> NotText:
    """Say which formula a cell holds and what it shows."""
    formula = cell["formula"] if len(cell["formula"]) > 1 else "a formula"
    # A text of no length is stored as such; a program that computes nothing stores no value.
    if not cell["stored"] and cell["data_type"] != "str":
        found, allowed = f"{formula}, without a stored value", AS_WRITTEN
        return NotText(formula, "formula instead of text", found, allowed)
    allowed = AS_VALUE if isinstance(content, str) else content.allowed
    found = f"{formula}, shown as {show(content) or 'blank'}"
    return NotText(show(content), "formula instead of text", found, allowed)
