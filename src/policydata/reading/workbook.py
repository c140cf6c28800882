"""Reading of workbooks with the types of their cells; one that cannot be read is one problem.

Imported only when a workbook is opened, because openpyxl is an extra.  Its parser is used below
`load_workbook`, which spreads a merged range over all its cells (A1:XFD1048576 never ends), gives a
formula or its value but not both, and fails on charts and comments, which are not read here.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import redirect_stdout
from functools import lru_cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from policydata.messages import find_spoken, say, speak
from policydata.reading import UnreadableError, read_bytes
from policydata.reading.cells import (
    AS_WRITTEN,
    Cell,
    NotText,
    read_value,
    say_as_text,
    say_shown,
    show,
)
from policydata.reading.labels import read_labels
from policydata.reading.sheets import Problem, Sheet, make_problem

_SAVE_AGAIN = "an .xlsx; open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"
_NOT_STRICT = f"{_SAVE_AGAIN}, not as Strict Open XML"
_ON_THE_LINE = "text on the line, without footnote marks and struck words"
_AS_VALUE = "text: copy the cell and paste it as a value (Paste Special, Values)"
_OLDER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE2 file holds: a protected .xlsx, or the workbook of Excel 97 to 2003.
_OLDER_PARTS = {
    "EncryptedPackage": "a workbook with a password: remove the password",
    "Workbook": "an .xls workbook",
    "Book": "an .xls workbook",
}
_STRICT = b"http://purl.oclc.org/ooxml"
# Bytes that a workbook may unpack to; a few crafted kilobytes could fill the memory.
LARGEST = 2**26
_SHOWN = 100
# Dates of Chinese Excel, which a file names by number alone (ECMA-376, part 1, 18.8.30).
_CHINESE_DATES = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), 'h"时"mm"分"'),
    **{30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"'},
}


def open_workbook(path: Path) -> list[Sheet | Problem]:
    """Read the sheets of a workbook, or say why the workbook or a sheet cannot be read."""
    # Any part of a file can be wrong, and openpyxl raises whatever reading the part raises.
    try:
        raw = read_bytes(path)
        _refuse_obstacle(raw)
        return [*_open_sheets(path, raw, find_spoken())]
    except UnreadableError as fault:
        return [fault.describe(path)]
    except Exception as error:
        return [_say_damaged(error).describe(path)]


# A check asks for the same workbook table by table.
@lru_cache(maxsize=1)
def _open_sheets(path: Path, raw: bytes, lang: str) -> tuple[Sheet | Problem, ...]:
    """Read every sheet of a workbook, with its labels as codes."""
    # openpyxl warns of what it leaves out, and prints a style that it does not find.
    with warnings.catch_warnings(), redirect_stdout(StringIO()), speak(lang):
        warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
        return tuple(read_labels([*_read_sheets(path, raw)]))


def _refuse_obstacle(raw: bytes) -> None:
    """Refuse a file whose bytes show that it cannot be read."""
    if not raw:
        raise _refuse(say("an empty file"), say("an .xlsx"))
    if raw.startswith(_OLDER):
        kinds = [kind for part, kind in _OLDER_PARTS.items() if part.encode("utf-16-le") in raw]
        raise _refuse(say([*kinds, "a file of older Office"][0]))
    if not is_zipfile(BytesIO(raw)):
        raise _refuse(say("not a zip archive, which a workbook is"))
    with ZipFile(BytesIO(raw)) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            raise _refuse(say("a zip archive without a workbook"), say("an .xlsx"))
        # Any part may be named as the one that is read.
        if (size := sum(part.file_size for part in archive.infolist())) > LARGEST:
            found = say("a workbook of {size} MB", size=size // 2**20)
            raise _refuse(found, say("{size} MB, unpacked", size=LARGEST // 2**20))
        if "xl/workbook.bin" in names:
            raise _refuse(say("a binary workbook (.xlsb)"))
        if "xl/workbook.xml" in names and _STRICT in archive.read("xl/workbook.xml"):
            raise _refuse(say("a workbook in Strict Open XML"), say(_NOT_STRICT))


def _refuse(found: str, allowed: str = "", row: str = "") -> UnreadableError:
    return UnreadableError("no workbook", found, allowed or say(_SAVE_AGAIN), row)


def _say_damaged(error: Exception, sheet: str = "") -> UnreadableError:
    """Say in one line what is wrong with a part of a file."""
    cause = error.__cause__ or error
    said = " ".join(str(cause).split())[:_SHOWN]
    told = {"kind": type(cause).__name__, "said": said}
    found = say("damaged, or not as Excel writes it ({kind}: {said})", **told)
    return _refuse(found, row=sheet)


def _read_sheets(path: Path, raw: bytes) -> Iterator[Sheet | Problem]:
    """Read the sheets of a workbook; one that cannot be read does not stop the others."""
    reader = ExcelReader(BytesIO(raw), data_only=True, rich_text=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    for sheet in reader.parser.sheets:
        try:
            yield _open_sheet(path.as_posix(), sheet, reader)
        except Exception as error:
            yield _say_damaged(error, sheet.name).describe(path)


def _open_sheet(file: str, sheet: Any, reader: Any) -> Sheet | Problem:
    """Read a sheet of cells, and pass over a sheet of another kind."""
    part = reader.parser.rels[sheet.id]
    kind = part.Type.rpartition("/")[2]
    if kind == "worksheet":
        return _read_sheet(file, sheet, part.target, reader)
    found = say("a sheet of kind {kind}", kind=kind)
    found = say("a chart sheet") if kind == "chartsheet" else found
    return make_problem(file, "passed over", found, say("sheets of coded rows"), row=sheet.name)


def _read_sheet(file: str, sheet: Any, part: str, reader: Any) -> Sheet:
    """Read one sheet: its cells, and which of them are hidden or merged."""
    with reader.archive.open(part) as source:
        parser = _CellParser(source, reader)
        cells = [cell for _, row in parser.parse() for cell in row]
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        if content := _read_content(cell, *parser.find_style(cell["style_id"])):
            rows.setdefault(cell["row"], {})[cell["column"]] = content
    columns = {cell["column"] for cell in cells}
    return Sheet(
        *(file, rows, max((cell["row"] for cell in cells), default=0), max(columns, default=0)),
        name=sheet.name,
        letters={column: get_column_letter(column) for column in columns},
        hidden=sheet.state != "visible",
        hidden_rows=parser.find_hidden_rows(),
        hidden_columns=parser.find_hidden_columns(columns),
        merged=parser.find_merged(),
    )


class _CellParser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Parse a sheet; each cell keeps its formula, and what is stored, beside its value."""

    def __init__(self, source: Any, reader: Any) -> None:
        book = reader.wb
        super().__init__(source, reader.shared_strings, data_only=True, rich_text=True)
        self._sheet = book.create_sheet()
        formats = enumerate(book._cell_styles)
        chinese = {style for style, facts in formats if facts.numFmtId in _CHINESE_DATES}
        # Without styles openpyxl has a dict there.
        self.date_formats = {*book._date_formats, *chinese}
        self.epoch, self.timedelta_formats = book.epoch, book._timedelta_formats

    def parse_cell(self, element: Any) -> dict[str, Any]:
        formula = element.find(FORMULA_TAG)
        written = None if formula is None else f"={formula.text or ''}"
        cell = {"formula": written, "stored": element.findtext(VALUE_TAG)}
        return {**super().parse_cell(element), **cell}

    def find_style(self, style: int) -> tuple[str, Any]:
        """Find the number format and the font of a style."""
        cell = ReadOnlyCell(self._sheet, 1, 1, None, style_id=style)
        chinese = _CHINESE_DATES.get(cell.style_array.numFmtId)
        return chinese or cell.number_format, cell.font

    def find_hidden_rows(self) -> frozenset[int]:
        """Find the rows that are hidden, by hand or by a filter, or have no height."""
        rows = self.row_dimensions.items()
        return frozenset(int(row) for row, facts in rows if _is_hidden(facts, "ht"))

    def find_hidden_columns(self, columns: set[int]) -> frozenset[int]:
        """Find the columns that are hidden or have no width; the file states them in groups."""
        groups = [
            range(int(facts["min"]), int(facts["max"]) + 1)
            for facts in self.column_dimensions.values()
            if _is_hidden(facts, "width")
        ]
        return frozenset(column for column in columns for group in groups if column in group)

    def find_merged(self) -> dict[str, tuple[range, range]]:
        """Find the rows and columns of each merged range."""
        ranges = self.merged_cells.mergeCell if self.merged_cells else []
        return {
            one.coord: (range(one.min_row, one.max_row + 1), range(one.min_col, one.max_col + 1))
            for one in ranges
        }


def _is_hidden(facts: dict[str, str], size: str) -> bool:
    return facts.get("hidden") in ("1", "true") or float(facts.get(size, 1)) == 0


def _read_content(cell: dict[str, Any], number_format: str, font: Any) -> Cell:
    """Return the text of a cell, or what it holds instead; blank if it is empty."""
    value = cell["value"]
    if cell["data_type"] == "e":
        content: Cell = _read_error(value, cell["stored"])
    elif isinstance(value, str | CellRichText):
        content = _read_text(value, font)
    else:
        content = read_value(value, number_format)
    return content if cell["formula"] is None else _read_formula(content, cell)


def _read_text(value: str | CellRichText, font: Any) -> Cell:
    """Return a text whose characters are all on the line, or say which are not."""
    # This is how the file writes a carriage return.
    text = str(value).replace("_x000D_", "\r")
    runs = value if isinstance(value, CellRichText) else [value]
    marks = [_find_mark(run.font if isinstance(run, TextBlock) else font) for run in runs]
    marked = [(str(run), mark) for run, mark in zip(runs, marks, strict=True)]
    if not any(mark and run.strip() for run, mark in marked):
        return text
    found = "".join(
        say("[{mark}: {run}]", mark=say(mark), run=run) if mark else run for run, mark in marked
    )
    return NotText(text, "raised, lowered or struck text", found, say(_ON_THE_LINE))


def _find_mark(font: Any) -> str:
    """Name how a font takes its characters off the line; blank if it does not."""
    if font.vertAlign in ("superscript", "subscript"):
        return str(font.vertAlign)
    return "struck" if font.strike else ""


def _read_error(value: str | None, stored: str | None) -> NotText:
    """Say which error a cell shows; for openpyxl a date out of range is an error too."""
    if not value or not stored:
        found = say("an error without a name")
        return NotText("", "error value instead of text", found, say(AS_WRITTEN))
    if stored != value:
        found = say("{stored} as a date, which is out of range", stored=stored)
        allowed = say_as_text(say("what was meant"))
        return NotText(stored, "date instead of text", found, allowed)
    return NotText(value, "error value instead of text", value, say(AS_WRITTEN))


def _read_formula(content: Cell, cell: dict[str, Any]) -> NotText:
    """Say which formula a cell holds and what it shows."""
    formula = cell["formula"] if len(cell["formula"]) > 1 else say("a formula")
    # A text of no length is stored as such; a program that computes nothing stores no value.
    if not cell["stored"] and cell["data_type"] != "str":
        found = say("{formula}, without a stored value", formula=formula)
        return NotText(formula, "formula instead of text", found, say(AS_WRITTEN))
    allowed = say(_AS_VALUE) if isinstance(content, str) else content.allowed
    found = say_shown(formula, show(content) or say("blank"))
    return NotText(show(content), "formula instead of text", found, allowed)
