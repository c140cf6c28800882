"""Workbooks for coders: every cell is text, with dropdowns, notes and colours that help to type.

The same tables give the same bytes.  Imported only where a workbook is written, because openpyxl
is an extra.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import openpyxl
import pandas as pd
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from policydata.coder.colouring import colour_rows
from policydata.coder.dropdowns import Lists, write_lists
from policydata.coder.labels import Labels, explain, head, list_labels
from policydata.columns import Column, name_columns, refuse_all
from policydata.messages import say
from policydata.reading.labels import BASE, cut_label
from policydata.schema import REFERENCE
from policydata.workbooks import save_workbook
from policydata.writing import write_together

# One sheet: its rows, every cell as text, and the records of its columns.
Table: TypeAlias = tuple[pd.DataFrame, Sequence[Column]]
# Rows below the last one that have dropdowns and colours too.
BLANK_ROWS = 300
_AUTHOR = "policydata"
_LONGEST_CELL, _LONGEST_TITLE = 32_767, 31
_WRONG_TITLE = '"{title}" is no name of a sheet; allowed: 1 to 31 characters, none of []:*?/\\.'
_BARRED = re.escape("[]:*?/\\")
_WIDTHS = {
    **dict.fromkeys(("quote", "note", "title_zh", "title_en", "definition", "context"), 46),
    **dict.fromkeys(("document", "id", "indicator", "statement_id", "source", "url"), 42),
    **dict.fromkeys(("value_text", "spellings", "name_zh", "name_en", "code", "reading"), 24),
    **dict.fromkeys(("place", "measure", "status", "parent", "doc_type", "scope"), 20),
    **dict.fromkeys(("period", "reliability", "level", "better", "reason", "domain"), 20),
    **{"hazard": 34, "n": 8, "coder": 8},
}
_WIDTH, _WRAPPED, _LINE = 14, 46, 15
_DAY = datetime(2000, 1, 1)


def write_workbook(
    target: Path | BinaryIO,
    tables: Mapping[str, Table],
    base: pd.DataFrame | None = None,
) -> None:
    """Write tables as the sheets of a workbook in which a person codes.

    Parameters
    ----------
    target : Path or binary file
        Where the workbook is written, whole or not at all.
    tables : mapping of str to tuple of DataFrame and sequence of Column
        The sheets by title: rows with every cell as text, and the records of their columns.  The
        sheets `documents`, `places`, `indicators` and `units`, if there are any, feed the dropdowns
        of the others.
    base : pandas.DataFrame, optional
        What the tables of the data set held at that time, as `make_base` lists it; it goes into a
        hidden sheet, and tells later who changed a row.

    Raises
    ------
    ValueError
        If a cell cannot be kept in a workbook as it is, with every such cell.

    Examples
    --------
    >>> from policydata.schema import UNITS
    >>> from io import BytesIO
    >>> file = BytesIO()
    >>> row = ["=1+1", "count", "number", "1"]
    >>> write_workbook(file, {"units": (pd.DataFrame([row], columns=name_columns(UNITS)), UNITS)})
    >>> openpyxl.load_workbook(file)["units"]["A2"].value
    '=1+1'
    """
    raw = make_workbook(tables, base)
    if isinstance(target, Path):
        write_together({target: raw})
    else:
        target.write(raw)


def make_workbook(tables: Mapping[str, Table], base: pd.DataFrame | None = None) -> bytes:
    """Make the bytes of a workbook; `write_workbook` has the parameters."""
    reference = {name: rows for name, (rows, _) in tables.items() if name in REFERENCE}
    labels = {title: list_labels(columns, reference) for title, (_, columns) in tables.items()}
    refuse_all([*_complain(tables, labels)])
    book = openpyxl.Workbook()
    book.remove(book.active)
    for style in _list_styles():
        book.add_named_style(style)
    lists = write_lists(book, tables, reference)
    for place, (title, (rows, columns)) in enumerate(tables.items()):
        sheet = book.create_sheet(title, place)
        _write_rows(sheet, rows, columns, labels[title])
        _set_heights(sheet, rows, columns)
        _dress(sheet, columns, lists, len(rows) + 1 + BLANK_ROWS)
    if base is not None:
        _write_plain(book.create_sheet(BASE), base)
    book.active = 0
    return save_workbook(book, _DAY, mend=_quiet_numbers)


def _complain(tables: Mapping[str, Table], labels: Mapping[str, Labels]) -> list[str]:
    """Say which titles and cells a workbook would not keep as they are."""
    found = []
    for title, (rows, columns) in tables.items():
        if len(title) > _LONGEST_TITLE or re.search(f"[{_BARRED}]", title) or not title.strip("'"):
            found.append(say(_WRONG_TITLE, title=title))
        for name in name_columns(columns):
            known = frozenset(labels[title].get(name, ()))
            wrong = {cell: why for cell in rows[name].unique() if (why := _refuse(cell, known))}
            found += [
                f'{title}:{row + 2}:{name}: "{cell:.40}": {wrong[cell]}'
                for row, cell in enumerate(rows[name])
                if cell in wrong
            ]
    return found


def _refuse(cell: str, known: frozenset[str]) -> str:
    """Say why a workbook would not give a cell back as it is; blank if it would."""
    if re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]", cell):
        return say("a control character cannot stand in a workbook; delete it.")
    if re.search("_x[0-9A-Fa-f]{4}_|x005F_", cell):
        return say("a workbook takes _x0041_ and the like for a character; write it otherwise.")
    if len(cell) > _LONGEST_CELL:
        return say("a cell of a workbook holds at most 32,767 characters.")
    if cut_label(cell, known) != cell:
        return say("it would be read as the code that it begins with; leave out the rest.")
    return ""


def _list_styles() -> list[NamedStyle]:
    """List the styles of cells: all of them are text, which Excel does not change."""
    top, wrapped = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
    line = Border(bottom=Side("medium", "4F6D8F"))
    fill = PatternFill("solid", "E4EBF3")
    heading = {"font": Font(bold=True), "fill": fill, "border": line, "alignment": wrapped}
    return [
        NamedStyle("plain text", alignment=top, number_format="@"),
        NamedStyle("wrapped text", alignment=wrapped, number_format="@"),
        NamedStyle("heading", number_format="@", **heading),
    ]


def _write_rows(sheet: Any, rows: pd.DataFrame, columns: Sequence[Column], labels: Labels) -> None:
    """Write a header and rows of text; a code gets its name beside it."""
    for place, column in enumerate(columns, 1):
        _write_text(sheet, 1, place, head(column), "heading")
        words = labels.get(column.name, {})
        style = "wrapped text" if _is_wrapped(column) else "plain text"
        for row, cell in enumerate(rows[column.name], 2):
            _write_text(sheet, row, place, words.get(cell, cell), style)


def _write_text(sheet: Any, row: int, column: int, text: str, style: str) -> None:
    """Write one cell as text, also where it looks like a formula, a number or an error."""
    if not text and row > 1:
        return
    cell = sheet.cell(row, column, text)
    cell.data_type = "s"
    cell.style = style


def _is_wrapped(column: Column) -> bool:
    return _WIDTHS.get(column.name) == _WRAPPED


def _set_heights(sheet: Any, rows: pd.DataFrame, columns: Sequence[Column]) -> None:
    """Give rows with a long text the height of its lines; a Chinese character is two wide."""
    wrapped = [column.name for column in columns if _is_wrapped(column)]
    for row, cells in enumerate(rows[wrapped].itertuples(index=False, name=None), 2):
        lines = max((_count_lines(cell) for cell in cells), default=1)
        if lines > 1:
            sheet.row_dimensions[row].height = lines * _LINE


def _count_lines(text: str) -> int:
    widths = [sum(1 + (ord(sign) > 0x2E7F) for sign in line) for line in text.split("\n")]
    return sum(max(-(-width // (_WRAPPED - 2)), 1) for width in widths)


def _dress(sheet: Any, columns: Sequence[Column], lists: Lists, last: int) -> None:
    """Give a sheet its widths, notes, dropdowns, colours, frozen header and filter."""
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        shape = sheet.column_dimensions[letter]
        shape.width = _WIDTHS.get(column.name, _WIDTH)
        # Also cells that are blank yet are text, down to the last row of the sheet.
        shape.number_format = "@"
        shape.alignment = Alignment(vertical="top", wrap_text=_is_wrapped(column))
        sheet.cell(1, place).comment = Comment(explain(column), _AUTHOR, height=150, width=320)
    lists.offer(sheet, columns, last)
    colour_rows(sheet, columns, lists, last)
    sheet.freeze_panes = "C2" if columns[0].name == "document" else "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(last - BLANK_ROWS, 2)}"
    sheet.row_dimensions[1].height = 32
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write_plain(sheet: Any, rows: pd.DataFrame) -> None:
    """Write a hidden sheet that only the package reads."""
    sheet.sheet_state = "hidden"
    for row, cells in enumerate([[*rows.columns], *rows.to_numpy().tolist()], 1):
        for place, text in enumerate(cells, 1):
            _write_text(sheet, row, place, text, "plain text")


def _quiet_numbers(sheet: bytes) -> bytes:
    """Keep Excel from marking each number that is text with a green triangle."""
    quiet = b'<ignoredErrors><ignoredError sqref="A1:XFD1048576" numberStoredAsText="1"/>'
    end = b"<legacyDrawing" if b"<legacyDrawing" in sheet else b"</worksheet>"
    return sheet.replace(end, quiet + b"</ignoredErrors>" + end, 1)
