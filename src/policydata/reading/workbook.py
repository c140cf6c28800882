"""Reading workbooks with the types of their cells; whatever keeps one shut is one problem.

Imported only where a workbook is opened, since openpyxl is an extra.  Its parser is used below
`load_workbook`, which spreads a merged range over all its cells (A1:XFD1048576 never ends), gives a
formula or its value but not both, and fails on charts and comments that nobody reads here.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import get_column_letter

from policydata.reading.cells import Cell
from policydata.reading.csv_files import read_bytes
from policydata.reading.sheets import Problem, Sheet, make_problem
from policydata.reading.workbook_cells import CellParser, CellReader

__all__ = ["open_workbook"]

NO_WORKBOOK = "no workbook"
SAVE_AGAIN = "an .xlsx; open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"
OLDER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE2 file holds: a protected .xlsx, or the workbook of Excel 97 to 2003.
OLDER_PARTS = {
    "EncryptedPackage": "a workbook with a password: take the password off",
    "Workbook": "an .xls workbook",
    "Book": "an .xls workbook",
}
STRICT = b"http://purl.oclc.org/ooxml"
# Bytes of XML that a workbook may unpack to; some crafted kilobytes can fill any memory.
LARGEST = 2**28
SHOWN = 100


def open_workbook(path: Path, is_wanted: Callable[[str], bool]) -> list[Sheet | Problem]:
    """Read the sheets whose name is wanted, or say what keeps the workbook or a sheet shut."""
    file, raw = path.as_posix(), read_bytes(path)
    if isinstance(raw, dict):
        return [raw]
    # A file of anybody's can be wrong in any part of it, and openpyxl raises what the part raises.
    try:
        if obstacle := _find_obstacle(raw):
            return [make_problem(file, NO_WORKBOOK, *obstacle)]
        # openpyxl warns of what it leaves out, and prints a style that it does not find.
        with warnings.catch_warnings(), redirect_stdout(StringIO()):
            warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\.")
            return [*_read_sheets(file, raw, is_wanted)]
    except Exception as error:
        return [make_problem(file, NO_WORKBOOK, _say(error), SAVE_AGAIN)]


def _find_obstacle(raw: bytes) -> tuple[str, str] | None:
    """Tell what is known to keep a file shut from its bytes, and what to do."""
    if not raw:
        return "an empty file", "an .xlsx"
    if raw.startswith(OLDER):
        kinds = [kind for part, kind in OLDER_PARTS.items() if part.encode("utf-16-le") in raw]
        return [*kinds, "a file of older Office"][0], SAVE_AGAIN
    if not is_zipfile(BytesIO(raw)):
        return "not a zip archive, which a workbook is", SAVE_AGAIN
    with ZipFile(BytesIO(raw)) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
            return "a zip archive without a workbook", "an .xlsx"
        parts = (part for part in archive.infolist() if part.filename.endswith(".xml"))
        if (size := sum(part.file_size for part in parts)) > LARGEST:
            return f"a workbook of {size // 2**20} MB", f"{LARGEST // 2**20} MB, unpacked"
        if "xl/workbook.bin" in names:
            return "a binary workbook (.xlsb)", SAVE_AGAIN
        if STRICT in b"".join(archive.read(name) for name in names if name == "xl/workbook.xml"):
            return "a workbook in Strict Open XML", f"{SAVE_AGAIN}, not as Strict Open XML"
    return None


def _read_sheets(
    file: str, raw: bytes, is_wanted: Callable[[str], bool]
) -> Iterator[Sheet | Problem]:
    """Read the wanted sheets of a workbook, each with its own fate."""
    reader = ExcelReader(BytesIO(raw), data_only=True, rich_text=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    apply_stylesheet(reader.archive, reader.wb)
    for sheet in reader.parser.sheets:
        if is_wanted(sheet.name):
            try:
                yield _open_sheet(file, sheet, reader)
            except Exception as error:
                yield make_problem(file, NO_WORKBOOK, _say(error), SAVE_AGAIN, row=sheet.name)


def _open_sheet(file: str, sheet: Any, reader: Any) -> Sheet | Problem:
    """Read a sheet of cells, and pass over one of another kind."""
    part = reader.parser.rels[sheet.id]
    kind = part.Type.rpartition("/")[2]
    if kind == "worksheet":
        return _read_sheet(file, sheet, part.target, reader)
    found = "a chart sheet" if kind == "chartsheet" else f"a sheet of kind {kind}"
    return make_problem(file, "passed over", found, "sheets of coded rows", row=sheet.name)


def _read_sheet(file: str, sheet: Any, part: str, reader: Any) -> Sheet:
    """Read one sheet: its cells, and what of it is hidden or merged."""
    styles = CellReader(reader.wb)
    with reader.archive.open(part) as source:
        parser = CellParser(source, reader.shared_strings, data_only=True, rich_text=True)
        parser.epoch, parser.date_formats = reader.wb.epoch, styles.dates
        parser.timedelta_formats = reader.wb._timedelta_formats
        cells = [cell for _, row in parser.parse() for cell in row]
    rows: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        if content := styles.read(cell):
            rows.setdefault(cell["row"], {})[cell["column"]] = content
    columns = {cell["column"] for cell in cells}
    return Sheet(
        *(file, rows, max((cell["row"] for cell in cells), default=0), max(columns, default=0)),
        name=sheet.name,
        letters={column: get_column_letter(column) for column in columns},
        hidden=sheet.state != "visible",
        hidden_rows=_find_hidden_rows(parser),
        hidden_columns=_find_hidden_columns(parser, columns),
        merged=_find_merged(parser),
    )


def _find_hidden_rows(parser: CellParser) -> frozenset[int]:
    """Find the rows that are hidden, by hand or by a filter, or have no height."""
    rows = parser.row_dimensions.items()
    return frozenset(int(row) for row, facts in rows if _is_hidden(facts, "ht"))


def _find_hidden_columns(parser: CellParser, columns: set[int]) -> frozenset[int]:
    """Find the columns that are hidden or have no width; the file states them in groups."""
    groups = [
        range(int(facts["min"]), int(facts["max"]) + 1)
        for facts in parser.column_dimensions.values()
        if _is_hidden(facts, "width")
    ]
    return frozenset(column for column in columns for group in groups if column in group)


def _is_hidden(facts: dict[str, str], size: str) -> bool:
    """Tell whether a row or a column is out of sight."""
    return facts.get("hidden") in ("1", "true") or float(facts.get(size, 1)) == 0


def _find_merged(parser: CellParser) -> dict[str, tuple[range, range]]:
    """Find the rows and columns of each merged range."""
    ranges = parser.merged_cells.mergeCell if parser.merged_cells else []
    return {
        one.coord: (range(one.min_row, one.max_row + 1), range(one.min_col, one.max_col + 1))
        for one in ranges
    }


def _say(error: Exception) -> str:
    """Say in one line what a part of a file is at fault with."""
    cause = error.__cause__ or error
    said = " ".join(str(cause).split())[:SHOWN]
    return f"damaged, or not as Excel writes it ({type(cause).__name__}: {said})"
