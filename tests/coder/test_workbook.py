"""A coder's workbook: what is written is read back exactly, and its words help to type."""

import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import check
from policydata.coded import read_sheets
from policydata.coder.sheets import TYPED, lay_out, name_sheets, read_typed
from policydata.coder.workbook import make_workbook, write_workbook
from policydata.columns import name_columns
from policydata.messages import speak
from policydata.schema import CODED, INDICATORS, LANGUAGES, PLACES
from policydata.vocabularies import translate_word
from typed_set import add_row, edit, frame, make_data_set, write_book

PLACE = ["minghu", "419992", "明湖市", "Minghu", "prefecture", "", "", "明湖"]
GDP = ["gdp", "生产总值", "GDP, made up", "economy", "", "CNY", "", "higher", "Made up.", "tests"]
BESIDE = {
    "places": (frame(PLACE, columns=PLACES), PLACES),
    "indicators": (frame(GDP, columns=INDICATORS), INDICATORS),
}
ROW = "plan 1 minghu gdp level target 2024 7亿元 总值7亿元 - 1 - A -".replace("-", "").split(" ")
# What Excel takes for something else, what XML and CSV have to escape, and Chinese.
TEXTS = st.one_of(
    st.sampled_from(
        ["=1+1", "+5%", "-3", "@x", "007", "1-2", "1E5", "#N/A", "TRUE", "_x41_", "'a"]
    ),
    st.text(st.sampled_from("中文，。\"=,;|\n\t 0_x41&<>'￥%"), max_size=8),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")),
)
CODES = {
    "place": st.sampled_from(["minghu", "minghu 明湖市", "elsewhere", "minghu x", ""]),
    "indicator": st.sampled_from(["gdp", "gdp 生产总值", "生产总值", ""]),
    "status": st.sampled_from(["target", "target 目标", "aim 目标", "outcome ", ""]),
}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "=plan", "明湖"]),
        *(CODES.get(name, TEXTS) for name in name_columns(CODED)[1:]),
    ),
    max_size=4,
)


@pytest.fixture
def data(tmp_path):
    return make_data_set(tmp_path)


def read_back(raw, columns):
    """Read the rows of a workbook, and the rules of its problems."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "coding.xlsx")
        file.write_bytes(raw)
        rows, problems = read_sheets(file, columns)
    return rows[name_columns(columns)], set(problems.rule)


@settings(max_examples=60)
@given(rows=ROWS, lang=st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_back_exactly_or_refused_in_a_sentence(rows, lang):
    tables = {"明湖": (frame(*rows), CODED), **BESIDE}
    with speak(lang):
        try:
            raw = make_workbook(tables)
        except ValueError as refused:
            assert re.match("明湖:[0-9]+:(place|indicator|status): ", str(refused))
            return
    read, rules = read_back(raw, CODED)
    assert read.values.tolist() == [list(row) for row in rows]
    assert rules <= {"line break in a figure"}
    with speak(lang):
        assert make_workbook({**tables, "明湖": (read, CODED)}) == raw


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("note", "a\x07", "a control character cannot stand in a workbook; delete it."),
        ("note", "a\r\nb", "a control character cannot stand in a workbook; delete it."),
        ("note", "a_x0041_b", "a workbook takes _x0041_ and the like for a character; write"),
        ("quote", "引" * 32_768, "a cell of a workbook holds at most 32,767 characters."),
        ("place", "minghu 明湖市", "it would be read as the code that it begins with;"),
    ],
)
def test_a_cell_that_a_workbook_would_not_keep_is_refused_with_its_address(column, cell, said):
    rows = frame(ROW).assign(**{column: cell})
    with pytest.raises(ValueError, match=f"^明湖:2:{column}: ") as refused:
        make_workbook({"明湖": (rows, CODED), **BESIDE})
    assert said in str(refused.value)


@pytest.mark.parametrize("title", ["", "a/b", "明" * 32, "'"])
def test_a_title_that_a_sheet_cannot_have_is_refused(title):
    with pytest.raises(ValueError, match="is no name of a sheet; allowed: 1 to 31 characters"):
        make_workbook({title: (frame(ROW), CODED)})


def test_every_cell_is_text_and_none_is_a_formula_also_below_the_last_row():
    rows = frame(["=plan", *ROW[1:8], "+7亿元", *ROW[9:13], "@x"])
    book = openpyxl.load_workbook(io.BytesIO(make_workbook({"明湖": (rows, CODED)})))
    cells = [cell for row in book["明湖"].iter_rows() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    shapes = book["明湖"].column_dimensions
    assert {shapes[letter].number_format for letter in "ABCDEFGHIJKLMN"} == {"@"}


def test_the_same_tables_give_the_same_bytes_at_another_time(data, monkeypatch):
    tables = lay_out(read_typed(data))
    first = make_workbook(tables)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert make_workbook(tables) == first


def test_a_workbook_is_written_to_a_path_or_into_a_buffer(tmp_path):
    buffer, file = io.BytesIO(), tmp_path / "coding.xlsx"
    for target in (buffer, file):
        write_workbook(target, {"明湖": (frame(ROW), CODED)})
    assert buffer.getvalue() == file.read_bytes() != b""


@pytest.mark.parametrize(
    ("lang", "heading", "place", "status"),
    [
        ("en", "status", "minghu Minghu", "target"),
        ("zh", "status 状态", "minghu 明湖市", "target 目标"),
    ],
)
def test_headings_and_codes_carry_their_names_in_the_language_spoken(lang, heading, place, status):
    with speak(lang):
        raw = make_workbook({"明湖": (frame(ROW), CODED), **BESIDE})
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["明湖"]
    assert [sheet[cell].value for cell in ("F1", "C2", "F2")] == [heading, place, status]
    assert sheet["D2"].value == ("gdp GDP, made up" if lang == "en" else "gdp 生产总值")


def test_every_heading_of_a_typed_table_has_a_chinese_name():
    names = {column.name for columns in TYPED.values() for column in columns}
    assert {name for name in names if translate_word("column", name, "zh") == name} == set()


def test_notes_explain_each_column_in_the_language_spoken():
    with speak("zh"):
        raw = make_workbook({"明湖": (frame(ROW), CODED), **BESIDE})
    header = openpyxl.load_workbook(io.BytesIO(raw))["明湖"][1]
    notes = {cell.value.split()[0]: cell.comment.text for cell in header}
    assert notes["n"].endswith("新增的行留空即可，取回工作簿时自动编号。")
    assert "可填：plan_scale 计划规模" in notes["status"]
    assert "可填工作表“places”中的代码" in notes["place"]
    assert notes["note"].endswith("此列可空。")


def test_lists_are_named_ranges_that_follow_the_reference_sheets(data):
    book = openpyxl.load_workbook(io.BytesIO(make_workbook(lay_out(read_typed(data)))))
    offered = {str(one.sqref): one.formula1 for one in book["明湖"].data_validations.dataValidation}
    assert offered["C2:C305"] == "list_place" and offered["F2:F305"] == "list_status"
    assert set(offered.values()) <= {*book.defined_names}
    assert "COUNTA(places!$A$2:$A$303)" in book.defined_names["list_place"].attr_text
    assert book["lists"].sheet_state == "hidden"


def test_a_sheet_has_a_frozen_header_a_filter_and_colours(data):
    sheet = openpyxl.load_workbook(io.BytesIO(make_workbook(lay_out(read_typed(data)))))["明湖"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:N5")
    rules = [rule.formula[0] for one in sheet.conditional_formatting for rule in one.rules]
    assert "LEN($I2)>40" in rules
    assert "IF(LEN($I2)=0,FALSE,IF(LEN($H2)=0,FALSE,NOT(ISNUMBER(FIND($H2,$I2)))))" in rules
    assert {rule.type for one in sheet.conditional_formatting for rule in one.rules} == {
        "expression"
    }


def test_a_number_that_is_text_is_not_marked_by_excel():
    with zipfile.ZipFile(io.BytesIO(make_workbook({"明湖": (frame(ROW), CODED)}))) as archive:
        parts = [archive.read(name) for name in archive.namelist() if "sheets/sheet" in name]
    assert all(part.count(b'numberStoredAsText="1"') == 1 for part in parts)


def test_each_place_with_rows_has_a_sheet_then_come_the_other_tables(data):
    sheets = lay_out(read_typed(data))
    assert [*sheets] == [
        *("芦山市", "明湖", "excluded", "documents", "hazards", "indicators", "places", "units")
    ]
    assert [len(sheets[title][0]) for title in ("芦山市", "明湖")] == [1, 4]


def test_a_data_set_without_rows_has_a_blank_sheet_for_each_undivided_place(data):
    for file in data.coded.iterdir():
        file.unlink()
    places = data.reference / "places.csv"
    text = places.read_text("utf-8").replace("prefecture,,", "prefecture,shan,1")
    places.write_text(text + "shan,410000,山省,Shan,province,,,\n", "utf-8")
    sheets = lay_out(read_typed(data))
    assert [
        (title, len(rows)) for title, (rows, columns) in sheets.items() if columns is CODED
    ] == [
        ("芦山市", 0),
        ("明湖", 0),
    ]


def test_sheets_of_places_with_one_name_or_with_that_of_a_table_are_told_apart():
    names = ["a 110000 units A prefecture - - -", "b 120000 明湖市 B prefecture - - 明湖"]
    names += ["c 130000 明湖县 C county - - 明湖", "d 140000 明湖县 D county - - 明湖"]
    rows = [line.replace("-", "").split(" ") for line in names]
    titles = name_sheets(["a", "b", "c", "d", ""], frame(*rows, columns=PLACES))
    assert titles == {"a": "a", "b": "明湖", "c": "明湖县", "d": "d", "": "?"}


def test_a_check_of_our_workbook_has_no_noise(data, tmp_path):
    with speak("zh"):
        file = write_book(data, tmp_path / "coding.xlsx")
    assert check(file).values.tolist() == []


def test_a_check_names_sheet_and_cell_and_knows_what_was_typed_in_the_workbook(data, tmp_path):
    file = write_book(data, tmp_path / "coding.xlsx")
    new = "minghu-2025-news 新闻 News tests 2025 - news excerpt news - - - -"
    add_row(file, "documents", *new.split())
    row = "minghu-2025-news - minghu gdp level target 2025 9亿元 总值8亿元"
    add_row(file, "明湖", *row.split())
    edit(file, sheet="明湖", F2="outcom", K6="1", M6="A")
    found = check(file)[["row", "column", "rule"]].values.tolist()
    assert found == [
        ["明湖!B6", "n", "no number yet"],
        ["明湖!F2", "status", "word not in the vocabulary"],
        ["明湖!H6", "value_text", "value_text not in its quote"],
    ]


def test_rows_of_a_workbook_need_not_be_in_order(data, tmp_path):
    typed = read_typed(data)
    tables = {name: (rows[::-1], columns) for name, (rows, columns) in lay_out(typed).items()}
    write_workbook(tmp_path / "coding.xlsx", tables)
    assert len(check(tmp_path / "coding.xlsx")) == 0


@pytest.mark.parametrize(
    ("cell", "value", "number_format", "found", "typed"),
    [
        ("H2", 0.07, "0%", "0.07, shown as 7%", "7%"),
        ("G2", pd.Timestamp("2023-01-01"), "mmm-yy", "2023-01-01, shown as Jan-23", "2023-01"),
        ("G2", pd.Timestamp("2023-01-01"), "yyyy-mm-dd", "2023-01-01", "2023-01-01"),
        ("H2", pd.Timestamp("2026-01-02"), 'm"月"d"日"', "2026-01-02, shown as 1月2日", "1-2"),
        ("H2", pd.Timestamp("2026-01-02"), "d-mmm", "2026-01-02, shown as 2-Jan", "1-2"),
    ],
)
def test_what_excel_made_of_a_text_is_named_with_what_was_probably_typed(
    data, tmp_path, cell, value, number_format, found, typed
):
    file = write_book(data, tmp_path / "coding.xlsx")
    book = openpyxl.load_workbook(file)
    book["明湖"][cell] = value
    book["明湖"][cell].number_format = number_format
    book.save(file)
    [problem] = check(file).to_dict("records")
    assert problem["row"] == f"明湖!{cell}"
    assert problem["value"].startswith(found)
    assert problem["allowed"].endswith(f" {typed}")


def test_a_foreign_sheet_keeps_its_words_and_is_named(data, tmp_path):
    file = write_book(data, tmp_path / "coding.xlsx")
    book = openpyxl.load_workbook(file)
    book.create_sheet("memo").append(["status of work", "target 目标"])
    book.save(file)
    assert check(file)[["row", "value", "rule"]].values.tolist() == [
        ["memo", "another table: status of work, target 目标", "passed over"]
    ]
