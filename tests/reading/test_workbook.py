"""A workbook is read with the types of its cells: what is not text on the line is named."""

import io
import random
import re
import subprocess
import sys
import time
import warnings
import zipfile
from datetime import date, timedelta
from datetime import time as clock
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

import policydata.reading.workbook
from coded_rows import HEADER, list_faults
from policydata import CodingError, check, read_coded
from policydata.__main__ import main
from policydata.coded import read_sheets
from policydata.columns import name_columns
from policydata.schema import CODED, EXCLUDED, PROBLEMS

REFERENCE = Path("tests/mistakes/reference")
CELLS = "minghu-2024-news 1 minghu charging_points level outcome 2024-09 280个".split()
CELLS += ["已有充电桩280个", None, "1", None, "A", None]
AGAIN = [CELLS[0], "2", *CELLS[2:13], "said again"]
SHEET = "xl/worksheets/sheet1.xml"


def make_book(*rows, title="明湖", header=HEADER):
    """Make a workbook of one sheet of coded rows."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in (header, *(rows or (CELLS, AGAIN))):
        book.active.append(row)
    return book


def save(book, path, **edits):
    """Save a workbook; each edit of a part of it is a pair: what is there, what shall be."""
    file = path / "coded.xlsx"
    book.save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name, (old, new) in edits.get("edits", {}).items():
        parts[name], count = re.subn(old, new, parts[name], flags=re.DOTALL)
        assert count, (name, old)
    return write_parts(file, parts)


def write_parts(file, parts):
    """Write the parts of a zip archive."""
    with zipfile.ZipFile(file, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file


@pytest.mark.parametrize(
    ("cell", "value", "number_format", "found", "rule"),
    [
        ("H2", 0.07, "0%", "0.07, shown as 7%", "number instead of text"),
        ("H2", 0.0734, "0%", "0.0734, shown as 7%", "number instead of text"),
        ("H2", 7, "General", "7", "number instead of text"),
        ("H2", 7000, '#,##0"亿元"', "7000, shown as 7,000亿元", "number instead of text"),
        ("H2", 7, "0.0E+0", "7 in the number format 0.0E+0", "number instead of text"),
        ("B2", 1.5, "General", "1.5", "number instead of text"),
        ("C2", 410100, "General", "410100", "number instead of text"),
        ("G2", 2023, "0.0", "2023, shown as 2023.0", "number instead of text"),
        (
            *("G2", date(2023, 1, 1), "mmm-yy"),
            *("2023-01-01, shown as Jan-23, a date or time", "date instead of text"),
        ),
        (
            "B2",
            date(2023, 1, 2),
            "d",
            "2023-01-02, shown as 2, a date or time",
            "date instead of text",
        ),
        ("H2", clock(20, 30), "h:mm", "20:30:00, a date or time", "date instead of text"),
        (
            *("H2", timedelta(hours=30), "[h]:mm"),
            *("1 day, 6:00:00, a date or time", "date instead of text"),
        ),
        ("L2", True, "General", "TRUE, a logical value", "not text"),
        ("N2", "#N/A", "General", "#N/A", "error value instead of text"),
        ("H2", "120\n130个", "@", "120⏎130个", "line break in a figure"),
        ("J2", "公斤\r\n/亩", "@", "公斤⏎/亩", "line break in a figure"),
    ],
)
def test_a_cell_that_is_not_text_is_named_with_what_it_shows(
    tmp_path, cell, value, number_format, found, rule
):
    book = make_book()
    book.active[cell] = value
    book.active[cell].number_format = number_format
    file = save(book, tmp_path)
    column = HEADER["ABCDEFGHIJKLMN".index(cell[0])]
    fault = [file.as_posix(), f"明湖!{cell}", column, found, rule]
    assert list_faults(file, "file", "row", "column", "value", "rule") == [fault]
    with pytest.raises(CodingError, match=re.escape(f"coded.xlsx:明湖!{cell}:{column}: ")):
        read_coded(file)


def test_whole_numbers_are_read_where_their_digits_are_all_that_counts(tmp_path):
    book = make_book([CELLS[0], 1, *CELLS[2:6], 2023, *CELLS[7:10], 1.0, *CELLS[11:]])
    excluded = book.create_sheet("Excluded")
    excluded.append(name_columns(EXCLUDED))
    excluded.append([CELLS[0], "5G信号", 1, 5, "name"])
    file = save(book, tmp_path)
    assert read_coded(file)[["n", "period", "occurrence"]].values.tolist() == [["1", "2023", "1"]]
    assert read_sheets(file, EXCLUDED)[0][["occurrence", "numeral"]].values.tolist() == [["1", "5"]]


def test_a_number_in_a_date_format_of_chinese_excel_is_a_date(tmp_path):
    book = make_book()
    book.active["G2"], book.active["G2"].number_format = 44928, "0.00"
    styles = {"xl/styles.xml": ('numFmtId="2"', 'numFmtId="58"')}
    found = ["明湖!G2", "2023-01-02, shown as 1月2日, a date or time"]
    assert list_faults(save(book, tmp_path, edits=styles), "row", "value") == [found]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("<f>A1*2</f><v>0.07</v>", "=A1*2, shown as 7%"),
        ("<f>A1*2</f>", "=A1*2, without a stored value"),
        ("<f>A1*2</f><v></v>", "=A1*2, without a stored value"),
        ('<f t="shared" si="0"/><v>1</v>', "a formula, shown as 100%"),
    ],
)
def test_a_formula_is_named_with_what_it_shows(tmp_path, content, found):
    book = make_book()
    book.active["H2"], book.active["H2"].number_format = 1, "0%"
    edits = {SHEET: (r'(<c r="H2"[^>]*>)<v>1</v>', rf"\1{content}")}
    fault = ["明湖!H2", found, "formula instead of text"]
    assert list_faults(save(book, tmp_path, edits=edits), "row", "value", "rule") == [fault]


@pytest.mark.parametrize(
    ("attributes", "shown"), [('t="str"', ""), ('t="str"', "280个"), ('t="e"', "#REF!")]
)
def test_a_formula_of_a_text_is_one_too(tmp_path, attributes, shown):
    cell = f'<c r="H2" {attributes}><f>A1</f><v>{shown}</v></c>'
    file = save(make_book(), tmp_path, edits={SHEET: (r'<c r="H2".*?</c>', cell)})
    assert list_faults(file, "value") == [[f"=A1, shown as {shown or 'blank'}"]]


@pytest.mark.parametrize(
    ("content", "edits", "found"),
    [
        ("1E400", {}, "inf"),
        ("99999999", {"xl/styles.xml": ('numFmtId="2"', 'numFmtId="14"')}, "99999999 as a date"),
        ("-1", {"xl/styles.xml": ('numFmtId="2"', 'numFmtId="14"')}, "1899-12-29"),
    ],
)
def test_a_number_out_of_range_is_one_problem_of_its_cell(tmp_path, content, edits, found):
    book = make_book()
    book.active["H2"], book.active["H2"].number_format = 1, "0.00"
    edits = {**edits, SHEET: (r'(<c r="H2"[^>]*>)<v>1</v>', rf"\1<v>{content}</v>")}
    [[row, value]] = list_faults(save(book, tmp_path, edits=edits), "row", "value")
    assert row == "明湖!H2" and value.startswith(found)


@pytest.mark.parametrize(
    ("font", "mark"),
    [
        (InlineFont(vertAlign="superscript"), "superscript"),
        (InlineFont(vertAlign="subscript"), "subscript"),
        (InlineFont(strike=True), "struck"),
    ],
)
def test_digits_off_the_line_are_refused_and_not_read_as_digits(tmp_path, font, mark):
    book = make_book()
    book.active["H2"] = CellRichText("13908", TextBlock(font, "2"), "亿斤")
    fault = [f"13908[{mark}: 2]亿斤", "raised, lowered or struck text"]
    assert list_faults(save(book, tmp_path), "value", "rule") == [fault]


def test_digits_off_the_line_are_found_in_shared_texts_and_in_the_font_of_a_cell(tmp_path):
    book = make_book()
    book.active["N3"].font = Font(strike=True)
    raised = '<rPr><vertAlign val="superscript"/></rPr>'
    strings = f"<sst><si><r><t>280</t></r><r>{raised}<t>2</t></r><r><t>个</t></r></si></sst>"
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    edits = {
        SHEET: (r'<c r="H2".*?</c>', '<c r="H2" t="s"><v>0</v></c>'),
        "[Content_Types].xml": (
            "</Types>",
            f'<Override PartName="/s" ContentType="{kind}"/></Types>',
        ),
    }
    file = save(book, tmp_path, edits=edits)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("s", strings.replace("<sst", f"<sst {space}"))
    found = [["明湖!H2", "280[superscript: 2]个"], ["明湖!N3", "[struck: said again]"]]
    assert list_faults(file, "row", "value") == found


def test_a_text_in_bold_or_with_a_blank_run_is_a_text(tmp_path):
    book = make_book()
    raised = TextBlock(InlineFont(vertAlign="superscript"), " ")
    book.active["H2"] = CellRichText(TextBlock(InlineFont(b=True), "280"), raised, "个")
    book.active["I2"] = "a_x000D_b"
    rows = read_coded(save(book, tmp_path))
    assert rows.loc[0, ["value_text", "quote"]].tolist() == ["280 个", "a\rb"]


def test_an_error_without_a_name_is_an_error(tmp_path):
    edits = {SHEET: (r'<c r="H2".*?</c>', '<c r="H2" t="e"><v></v></c>')}
    fault = ["明湖!H2", "an error without a name", "error value instead of text"]
    assert list_faults(save(make_book(), tmp_path, edits=edits), "row", "value", "rule") == [fault]


def test_merged_cells_that_cover_coded_cells_are_named_with_their_range(tmp_path):
    book = make_book()
    book.active.merge_cells("G2:G3")
    book.active.merge_cells("P2:Q2")
    book.active.merge_cells("G8:G9")
    fault = ["明湖!G2:G3", "period", "G2:G3: 2024-09", "merged cells"]
    assert list_faults(save(book, tmp_path), "row", "column", "value", "rule") == [fault]


@pytest.mark.parametrize(
    "part",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>',
    ],
)
def test_a_range_over_the_whole_sheet_ends_at_once(tmp_path, part):
    edits = {SHEET: ("</sheetData>", f"</sheetData>{part}")}
    file = save(make_book(), tmp_path, edits=edits)
    start = time.monotonic()
    assert set(read_sheets(file, CODED)[1].rule) <= {"merged cells"}
    assert time.monotonic() - start < 5


def hide_sheet(book):
    old = book.copy_worksheet(book.active)
    old.title, old.sheet_state = "旧", "veryHidden"


def hide_rows(book):
    book.active.row_dimensions[2].hidden = True
    book.active.row_dimensions[3].hidden = True
    book.active.row_dimensions[9].hidden = True


def filter_rows(book):
    book.active.auto_filter.ref = "A1:N3"
    book.active.auto_filter.add_filter_column(1, ["1"])
    book.active.row_dimensions[3].hidden = True


def hide_columns(book):
    book.active.column_dimensions.group("L", "N", hidden=True)
    book.active.column_dimensions["Q"].hidden = True


@pytest.mark.parametrize(
    ("hide", "row", "found"),
    [
        (hide_sheet, "旧", "hidden sheet of 2 rows"),
        (hide_rows, "明湖!2", "2 hidden rows: 2 to 3"),
        (filter_rows, "明湖!3", "1 hidden row: 3"),
        (hide_columns, "明湖!L1", "3 hidden columns: L, M, N"),
    ],
)
def test_coded_rows_out_of_sight_are_an_error(tmp_path, hide, row, found):
    book = make_book([*CELLS[:11], "确保", *CELLS[12:]], AGAIN)
    hide(book)
    fault = [[row, found, "hidden cells", "error"]]
    assert list_faults(save(book, tmp_path), "row", "value", "rule", "level") == fault


def test_a_row_without_height_and_a_column_without_width_are_out_of_sight(tmp_path):
    edits = {
        SHEET: (
            '<sheetData><row r="1"',
            '<cols><col min="1" max="2" width="0"/></cols><sheetData><row r="1" ht="0"',
        )
    }
    found = ["1 hidden row: 1", "2 hidden columns: A, B"]
    assert list_faults(save(make_book(), tmp_path, edits=edits), "value") == [
        [one] for one in found
    ]


def test_what_is_passed_over_is_said_sheet_by_sheet_and_is_no_error(tmp_path):
    book = make_book()
    book.create_sheet("Sheet2")
    book.create_sheet("Sheet3").append([" ", None])
    book.create_chartsheet("图")
    book.create_sheet("说明").append(["编号", "地区"])
    book.create_sheet("旧").sheet_state = "hidden"
    file = save(book, tmp_path)
    assert list_faults(file, "row", "value", "rule", "level") == [
        ["Sheet2", "an empty sheet", "passed over", "note"],
        ["Sheet3", "an empty sheet", "passed over", "note"],
        ["图", "a chart sheet", "passed over", "note"],
        ["说明", "another table: 编号, 地区", "passed over", "note"],
        ["旧", "an empty sheet", "passed over", "note"],
    ]
    assert len(read_coded(file)) == 2


def test_blank_rows_and_columns_are_counted_and_a_blank_in_row_20000_is_one_note(tmp_path):
    book = make_book(CELLS, [None] * 14, AGAIN)
    book.active["C20000"] = " "
    book.active["Q3"].font = Font(bold=True)
    file = save(book, tmp_path)
    assert list_faults(file, "row", "value", "rule") == [
        ["明湖!3", "19,997 blank rows: 3, 5 to 20000", "passed over"],
        ["明湖!1", "3 blank columns", "passed over"],
    ]
    assert read_coded(file).row.tolist() == ["明湖!2", "明湖!4"]
    assert check(file, reference=REFERENCE).level.tolist() == ["note", "note"]


def test_a_column_without_a_header_is_named_by_what_stands_in_it(tmp_path):
    book = make_book()
    book.active["P3"] = "stray"
    fault = ["明湖!P1", "a blank above “stray”", "unknown column"]
    assert list_faults(save(book, tmp_path), "row", "value", "rule") == [fault]


def test_a_sheet_of_another_table_is_said_once_where_no_sheet_is_coded(tmp_path):
    book = make_book(["1", "明湖"], header=["编号", "地区"])
    book.create_sheet("Sheet2").append(["n", "place", "value"])
    found = [["明湖!1", "编号, 地区"], ["Sheet2!1", "n, place, value"]]
    file = save(book, tmp_path)
    assert list_faults(file, "row", "value") == found
    assert set(check(file, reference=REFERENCE).rule) == {"header not found"}


def test_a_workbook_of_empty_sheets_is_no_coded_table(tmp_path):
    file = save(openpyxl.Workbook(), tmp_path)
    assert list_faults(file, "row", "rule") == [["Sheet", "passed over"], ["", "no coded table"]]


def test_later_rules_name_the_cell_by_the_letter_its_sheet_gives_the_column(tmp_path):
    book = make_book(CELLS[::-1], header=HEADER[::-1])
    book.active["L2"] = "mingho"
    other = book.create_sheet("明湖!二")
    other.append([None, *HEADER])
    other.append([None, *AGAIN[:5], "outcom", *AGAIN[6:]])
    file = save(book, tmp_path)
    expected = {("明湖!L2", "place"), ("明湖!二!G2", "status")}
    for coded in (file, read_coded(file)):
        found = check(coded, reference=REFERENCE)
        named = found[found.level.eq("error")]
        assert set(zip(named.row, named.column, strict=True)) == expected
        assert set(named.file) == {file.as_posix()}


def test_a_cell_that_has_to_be_typed_again_is_one_problem(tmp_path):
    book = make_book()
    book.active["H2"], book.active["D2"] = "#REF!", "charging_pointz"
    found = check(save(book, tmp_path), reference=REFERENCE)
    assert found[["row", "rule"]].values.tolist() == [
        ["明湖!H2", "error value instead of text"],
        ["明湖!D2", "unknown indicator"],
    ]


def test_the_command_says_what_a_cell_shows_stores_and_what_to_type(capsys):
    call = ["check", "tests/mistakes/number-cell/coded.xlsx", "--reference", str(REFERENCE)]
    assert main(call) == 1
    sentence = (
        'number-cell/coded.xlsx:plan!H2:value_text: "0.07, shown as 7%"; '
        "allowed: text: format the column as text and type 7%\n"
    )
    assert sentence in capsys.readouterr().out


def test_rows_without_an_address_are_each_held_to_account(tmp_path):
    cells = {"value_text": [7, "280个左左"], "occurrence": "1"}
    rows = pd.DataFrame([CELLS, AGAIN], columns=HEADER).assign(**cells)
    found = check(rows, reference=REFERENCE)
    assert {"number instead of text", "unreadable figure"} <= set(found.rule)


OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b"", "an empty file"),
        (b"document,n\n", "not a zip archive, which a workbook is"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password: "),
        (OLE2 + "Workbook".encode("utf-16-le"), "an .xls workbook"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "a file of older Office"),
    ],
)
def test_bytes_that_are_not_a_workbook_are_named_for_what_they_are(tmp_path, raw, found):
    (tmp_path / "a.xlsx").write_bytes(raw)
    [[file, value, rule]] = list_faults(tmp_path / "a.xlsx", "file", "value", "rule")
    assert file == (tmp_path / "a.xlsx").as_posix()
    assert value.startswith(found) and rule == "no workbook"


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("word/document.xml", "a zip archive without a workbook"),
        ("xl/workbook.bin", "a binary workbook (.xlsb)"),
        ("xl/other.xml", "damaged, or not as Excel writes it (OSError: "),
    ],
)
def test_an_archive_that_is_not_a_workbook_is_named_for_what_it_is(tmp_path, part, found):
    file = write_parts(tmp_path / "a.xlsx", {"[Content_Types].xml": "<Types/>", part: ""})
    [[value]] = list_faults(file, "value")
    assert value.startswith(found)


STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


@pytest.mark.parametrize(
    ("part", "old", "new", "row", "found"),
    [
        ("xl/workbook.xml", 'http://[^"]*2006/main', STRICT, "", "a workbook in Strict Open XML"),
        ("xl/styles.xml", "<fill>.*?</fill>", "<fill/>", "", "damaged, or not as Excel writes it"),
        (SHEET, "</sheetData>.*", "", "明湖", "damaged, or not as Excel writes it (ParseError: "),
        (
            SHEET,
            'r="H2"',
            'r="H2" s="99"',
            "明湖",
            "damaged, or not as Excel writes it (IndexError",
        ),
        ("xl/_rels/workbook.xml.rels", "rId1", "x", "明湖", "damaged, or not as Excel writes it"),
    ],
)
def test_a_part_that_cannot_be_read_is_one_sentence(tmp_path, part, old, new, row, found):
    file = save(make_book(), tmp_path, edits={part: (old, new)})
    [[where, value, allowed]] = list_faults(file, "row", "value", "allowed")
    assert where == row and value.startswith(found)
    assert "save it as Excel Workbook (.xlsx)" in allowed


def test_a_damaged_sheet_leaves_the_others_and_an_archive_of_gigabytes_is_not_unpacked(
    tmp_path, monkeypatch
):
    book = make_book()
    book.copy_worksheet(book.active).title = "二"
    file = save(book, tmp_path, edits={SHEET: ("</sheetData>.*", "")})
    assert list_faults(file, "row") == [["明湖"]]
    assert read_sheets(file, CODED)[0].row.tolist() == ["二!2", "二!3"]
    monkeypatch.setattr(policydata.reading.workbook, "LARGEST", 1000)
    [[value]] = list_faults(file, "value")
    assert value.startswith("a workbook of ")


def test_a_chart_sheet_without_a_chart_and_missing_styles_do_not_keep_a_workbook_shut(tmp_path):
    book = make_book()
    book.create_chartsheet("图")
    file = save(book, tmp_path)
    with zipfile.ZipFile(file) as archive:
        kept = {name: archive.read(name) for name in archive.namelist()}
    gone = ("xl/styles.xml", "xl/chartsheets/_rels/sheet1.xml.rels")
    write_parts(file, {name: part for name, part in kept.items() if name not in gone})
    assert list_faults(file, "row", "value") == [["图", "a chart sheet"]]
    assert len(read_coded(file)) == 2


def test_warnings_of_openpyxl_never_come_through_and_others_do(tmp_path, monkeypatch):
    book = make_book()
    book.active.add_data_validation(DataValidation(type="list", formula1='"a,b"', sqref="C2"))
    unknown = '<extLst><ext uri="{CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    file = save(book, tmp_path, edits={SHEET: ("</worksheet>", unknown)})
    with pytest.warns(UserWarning, match="extension is not supported"):
        openpyxl.load_workbook(file)
    assert len(read_coded(file)) == 2

    def warn(column):
        warnings.warn("of another", DeprecationWarning, stacklevel=1)
        return "A"

    monkeypatch.setattr(policydata.reading.workbook, "get_column_letter", warn)
    policydata.reading.workbook._open_sheets.cache_clear()
    with pytest.warns(DeprecationWarning, match="of another"):
        read_coded(file)


def test_openpyxl_prints_nothing(tmp_path, capsys):
    edits = {"xl/styles.xml": (r'(<cellStyle [^>]*xfId=)"0"', r'\1"9"')}
    assert list_faults(save(make_book(), tmp_path, edits=edits), "rule") == [["no workbook"]]
    assert capsys.readouterr() == ("", "")


def test_without_openpyxl_the_extra_is_named(tmp_path):
    file = save(make_book(), tmp_path)
    code = (
        "import sys; sys.modules['openpyxl'] = None; from policydata import check;"
        f"print(check({file.as_posix()!r})[['value', 'allowed']].values.tolist())"
    )
    call = [sys.executable, "-W", "error", "-c", code]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    sentence = ["openpyxl is not installed", 'openpyxl 3.1: pip install "policydata[excel]"']
    assert said.strip() == str([sentence])


SCRAPS = [
    "",
    "0",
    "-1",
    "1E400",
    "x",
    "A0",
    "A1:XFD1048576",
    "inlineStr",
    "e",
    "<fill/>",
    "<c/>",
    "&",
]


def damage(raw, chance):
    """Damage a workbook somewhere: a byte of it, its end, or the XML of one part."""
    kind = chance.choice(["byte", "end", "part", "part", "part"])
    at = chance.randrange(len(raw))
    if kind == "byte":
        return raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :]
    if kind == "end":
        return raw[:at]
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    name = chance.choice([SHEET, SHEET, *parts])
    runs = [*re.finditer(r'(?<==")[^"]*(?=")|(?<=>)[^<]*(?=<)|<[^>]*>', parts[name])]
    start, end = chance.choice(runs).span()
    parts[name] = parts[name][:start] + chance.choice(SCRAPS) + parts[name][end:]
    return write_parts(io.BytesIO(), parts).getvalue()


def test_a_workbook_damaged_anywhere_gives_problems_and_never_a_traceback(tmp_path):
    book = make_book()
    book.active.merge_cells("L2:L3")
    book.active["N2"] = "=A1"
    raw = save(book, tmp_path).read_bytes()
    levels = set()
    for seed in range(120):
        (tmp_path / "damaged.xlsx").write_bytes(damage(raw, random.Random(seed)))
        rows, problems = read_sheets(tmp_path / "damaged.xlsx", CODED)
        assert problems.columns.tolist() == name_columns(PROBLEMS), seed
        assert isinstance(rows, pd.DataFrame) and problems.value.str.len().max() < 300, seed
        levels |= set(problems.rule)
    assert levels >= {"no workbook", "merged cells", "formula instead of text"}
