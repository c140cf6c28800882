"""A workbook of shipped rows that is damaged is answered with the cell, or in a sentence."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from policydata.coded import read_sheets
from policydata.schema import CODED

FILES = sorted(path for path in Path("data/coded").glob("*.csv") if path.stem != "excluded")
SEEDS = range(8)
VALUE, ROWS = 8, 12
BOMB = b"<worksheet>" + b" " * 2**20 * 100


def pick(sheet: Worksheet, chance: Random, columns: tuple[int, ...] = (7, VALUE, 9)) -> str:
    """Pick a cell below the header that is not blank."""
    places = [(row, at) for row in range(2, sheet.max_row + 1) for at in columns]
    filled = [place for place in places if sheet.cell(*place).value]
    row, at = chance.choice(filled)
    return f"{get_column_letter(at)}{row}"


def put(*values: object, number_format: str = "General") -> Callable[[Worksheet, Random], str]:
    """Make the damage that puts a value of another kind in a cell."""

    def damage(sheet: Worksheet, chance: Random) -> str:
        cell = pick(sheet, chance, (VALUE,))
        sheet[cell] = chance.choice(values)
        sheet[cell].number_format = number_format
        return cell

    return damage


def raise_digit(sheet: Worksheet, chance: Random) -> str:
    cell = pick(sheet, chance)
    sheet[cell].font = Font(vertAlign=chance.choice(["superscript", "subscript"]))
    return cell


def merge(sheet: Worksheet, chance: Random) -> str:
    row, at = chance.randrange(2, sheet.max_row), chance.randrange(1, VALUE)
    area = f"{get_column_letter(at)}{row}:{get_column_letter(at + 1)}{row + 1}"
    sheet.merge_cells(area)
    return area


def hide_row(sheet: Worksheet, chance: Random) -> str:
    row = chance.randrange(2, sheet.max_row)
    sheet.row_dimensions[row].hidden = True
    return str(row)


def hide_column(sheet: Worksheet, chance: Random) -> str:
    letter = get_column_letter(chance.randrange(1, VALUE + 1))
    sheet.column_dimensions[letter].hidden = True
    return f"{letter}1"


def insert_row(sheet: Worksheet, chance: Random) -> str:
    row = chance.randrange(2, sheet.max_row)
    sheet.insert_rows(row)
    return str(row)


def insert_cell(sheet: Worksheet, chance: Random) -> str:
    row = chance.randrange(2, sheet.max_row)
    sheet.move_range(f"{get_column_letter(VALUE)}{row}:N{row}", cols=1)
    return "1"


OF_SHEETS = {
    "a number": (put(7, 0.07, 1e20, number_format="0%"), "number instead of text"),
    "a date": (put(date(2023, 1, 2), number_format="mmm-yy"), "date instead of text"),
    "a formula": (put("=1+1", "=H2", '="7%"'), "formula instead of text"),
    "an error": (put("#REF!", "#N/A"), "error value instead of text"),
    "a truth": (put(True, False), "not text"),
    "a raised digit": (raise_digit, "raised, lowered or struck text"),
    "merged cells": (merge, "merged cells"),
    "a hidden row": (hide_row, "hidden cells"),
    "a hidden column": (hide_column, "hidden cells"),
    "a blank row": (insert_row, "passed over"),
    "cells moved to the right": (insert_cell, "unknown column"),
}


def make_book(chance: Random) -> openpyxl.Workbook:
    """Make a workbook of the first rows of a shipped table."""
    with chance.choice(FILES).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[:ROWS]
    book = openpyxl.Workbook()
    book.active.title = "明湖"
    for row in rows:
        # Where the last cell is blank the sheet has it all the same.
        book.active.append([cell or None for cell in [*row[:-1], row[-1] or "-"]])
    return book


@pytest.mark.parametrize("kind", OF_SHEETS)
def test_what_a_spreadsheet_does_to_a_shipped_table_is_found_in_its_cell(
    tmp_path: Path, kind: str
) -> None:
    damage, rule = OF_SHEETS[kind]
    for seed in SEEDS:
        chance = Random(f"{kind} {seed}")
        book = make_book(chance)
        place = damage(book.active, chance)
        book.save(tmp_path / "a.xlsx")
        _, problems = read_sheets(tmp_path / "a.xlsx", CODED)
        addresses = problems.row[problems.rule.eq(rule)].str.removeprefix("明湖!").tolist()
        named = [at for at in addresses if at == place or re.sub("[A-Z]", "", at) == place]
        assert named, (seed, place, problems.values.tolist())


def pack(parts: dict[str, bytes]) -> bytes:
    with io.BytesIO() as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return raw.getvalue()


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    file = tmp_path_factory.mktemp("book") / "a.xlsx"
    make_book(Random(0)).save(file)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def is_answered(file: Path, raw: bytes) -> bool:
    """Tell whether a file is read without a loss, or answered with an error in a sentence."""
    file.write_bytes(raw)
    rows, problems = read_sheets(file, CODED)
    errors = problems[problems.level.eq("error")]
    return errors.value.ne("").all() and (len(rows) == ROWS - 1 or len(errors) > 0)


def test_a_book_without_one_of_its_parts_is_read_or_refused(
    tmp_path: Path, parts: dict[str, bytes]
) -> None:
    for name in parts:
        left = {other: part for other, part in parts.items() if other != name}
        assert is_answered(tmp_path / "a.xlsx", pack(left)), name


def test_a_book_cut_off_anywhere_is_refused(tmp_path: Path, parts: dict[str, bytes]) -> None:
    raw = pack(parts)
    for at in range(0, len(raw), len(raw) // 40):
        assert is_answered(tmp_path / "a.xlsx", raw[:at]), at


def test_a_book_that_unpacks_to_more_than_fits_is_refused_before(
    tmp_path: Path, parts: dict[str, bytes]
) -> None:
    for name in ("xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/media/a.png"):
        (tmp_path / "a.xlsx").write_bytes(pack({**parts, name: BOMB}))
        _, problems = read_sheets(tmp_path / "a.xlsx", CODED)
        assert problems.value.str.startswith("a workbook of 1").tolist() == [True], name


@pytest.mark.parametrize("size", ["A1:XFD1048576", "A1", "", "XFD1048576:A1", "A0", "∞"])
def test_the_size_that_a_sheet_claims_is_not_believed(
    tmp_path: Path, parts: dict[str, bytes], size: str
) -> None:
    name = "xl/worksheets/sheet1.xml"
    claimed = f'<dimension ref="{size}"'.encode()
    sheet = re.sub(b'<dimension ref="[^"]*"', claimed, parts[name])
    assert sheet != parts[name]
    assert is_answered(tmp_path / "a.xlsx", pack({**parts, name: sheet}))
