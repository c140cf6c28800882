"""Coded tables are read as text, every cell with its address; nothing is interpreted."""

from datetime import date
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from coded_rows import CELLS, HEADER, write_csv
from policydata import CodingError, read_coded
from policydata.coded import read_frame


def test_a_folder_is_read_file_by_file_with_the_rows_a_spreadsheet_shows(tmp_path):
    write_csv(tmp_path / "b.csv", CELLS)
    write_csv(tmp_path / "a.csv", CELLS, [*CELLS[:-1], "two\nlines"], CELLS)
    coded = read_coded(tmp_path)
    assert coded.columns.tolist() == [*HEADER, "file", "row"]
    assert coded.row.tolist() == ["2", "3", "4", "2"]
    assert [file.removeprefix(tmp_path.as_posix()) for file in coded.file] == ["/a.csv"] * 3 + [
        "/b.csv"
    ]
    assert coded.loc[1, HEADER].tolist() == [*CELLS[:-1], "two\nlines"]


@pytest.mark.parametrize("text", ["NA", "null", "007", "1.0", "nan", "TRUE", "1e5", "-", " "])
def test_a_text_that_looks_like_something_else_survives(tmp_path, text):
    write_csv(tmp_path / "a.csv", [*CELLS[:-1], text])
    coded = read_coded(tmp_path)
    assert coded.note.tolist() == [text]
    assert set(coded.dtypes.astype(str)) == {"str"}


def test_the_excluded_numerals_and_other_files_are_not_read_as_statements(tmp_path):
    write_csv(tmp_path / "a.csv", CELLS)
    (tmp_path / "excluded.csv").write_text(
        "document,quote,occurrence,numeral,reason\nx,5G,1,5,name\n"
    )
    (tmp_path / "readme.txt").write_text("no table")
    assert read_coded(tmp_path).document.tolist() == ["minghu-2024-news"]


def test_one_file_reads_as_its_folder_does(tmp_path):
    write_csv(tmp_path / "a.csv", CELLS)
    pd.testing.assert_frame_equal(read_coded(tmp_path / "a.csv"), read_coded(tmp_path))


def test_columns_may_stand_in_another_order(tmp_path):
    write_csv(tmp_path / "a.csv", CELLS[::-1], header=HEADER[::-1])
    assert read_coded(tmp_path)[HEADER].loc[0].tolist() == CELLS


@pytest.mark.parametrize("name", ["minghu.xlsx", "MINGHU.XLSX"])
def test_a_workbook_is_read_sheet_by_sheet_as_the_same_texts(tmp_path, name):
    book = openpyxl.Workbook()
    for title in ("minghu", "lushan"):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append([cell or None for cell in CELLS[:-1]] + ["NA"])
    book.remove(book["Sheet"])
    book.save(tmp_path / name)
    coded = read_coded(tmp_path / name)
    assert coded.file.tolist() == [(tmp_path / name).as_posix()] * 2
    assert coded.row.tolist() == ["minghu!2", "lushan!2"]
    assert coded.loc[1, HEADER].tolist() == [*CELLS[:-1], "NA"]


def test_every_file_that_cannot_be_read_is_on_the_one_error(tmp_path):
    write_csv(tmp_path / "a.csv", CELLS[:-1], header=HEADER[:-1])
    (tmp_path / "b.csv").write_bytes("日期\n".encode("gbk"))
    with pytest.raises(CodingError, match=r'a\.csv:1: "note"; allowed: document, n, ') as error:
        read_coded(tmp_path)
    assert error.value.problems.rule.tolist() == ["missing column", "not UTF-8"]
    assert 'b.csv: "C8 D5' in str(error.value)


def test_a_path_that_holds_nothing_is_refused_by_its_name(tmp_path):
    with pytest.raises(CodingError, match=r"nowhere\.csv: .* allowed: a folder of \.csv files"):
        read_coded(tmp_path / "nowhere.csv")
    with pytest.raises(CodingError, match="no coded table"):
        read_coded(tmp_path)


@pytest.mark.parametrize(
    ("given", "said"), [(None, 'NoneType "None"'), (5, 'int "5"'), (["x"], "list \"['x']\"")]
)
def test_what_is_not_a_path_is_refused_in_a_sentence(given, said):
    with pytest.raises(TypeError) as error:
        read_coded(given)
    allowed = "a folder of .csv files, or one .csv or .xlsx file."
    assert str(error.value) == f"{said} is not a path; allowed: {allowed}"


def make_frame(**columns):
    """Make a frame of one coded row, with other values in some columns."""
    return pd.DataFrame([CELLS], columns=HEADER).assign(**columns)


@pytest.mark.parametrize(
    ("column", "values", "text"),
    [
        ("n", [7], "7"),
        ("n", [7.0], "7"),
        ("occurrence", pd.array([1], dtype="Int64"), "1"),
        ("period", [2023], "2023"),
        ("period", [2023.0], "2023"),
        ("note", [None], ""),
        ("note", [float("nan")], ""),
        ("commitment", [pd.NA], ""),
        ("unit_text", pd.Categorical([None], ["%"]), ""),
        ("status", pd.Categorical(["outcome"]), "outcome"),
    ],
)
def test_a_value_of_a_frame_is_the_text_that_it_stands_for(column, values, text):
    rows, problems = read_frame(make_frame(**{column: values}))
    expected = make_frame(**{column: text, "file": "", "row": ""}).astype("str")
    pd.testing.assert_frame_equal(rows, expected)
    assert problems.empty


@pytest.mark.parametrize(
    ("column", "value", "found", "rule"),
    [
        ("value_text", 7, "7", "number instead of text"),
        ("value_text", 7.0, "7", "number instead of text"),
        ("value_text", 0.07, "0.07", "number instead of text"),
        ("value_text", Decimal("0.07"), "0.07", "number instead of text"),
        ("period", 2023.5, "2023.5", "number instead of text"),
        ("n", 1.5, "1.5", "number instead of text"),
        (
            "period",
            pd.Timestamp("2023-01-01"),
            "2023-01-01, a date or time",
            "date instead of text",
        ),
        ("period", date(2023, 1, 2), "2023-01-02, a date or time", "date instead of text"),
        ("note", True, "TRUE, a logical value", "not text"),
        ("note", ["a"], "list ['a']", "not text"),
        ("value_text", "120\n130个", "120⏎130个", "line break in a figure"),
    ],
)
def test_a_value_of_a_frame_that_is_not_text_is_an_error(column, value, found, rule):
    frame = make_frame(**{column: pd.Series([value]), "file": "a.csv", "row": 2})
    _, problems = read_frame(frame)
    fault = ["a.csv", "2", column, found, rule]
    assert problems[["file", "row", "column", "value", "rule"]].values.tolist() == [fault]


def test_a_frame_with_a_column_twice_is_a_problem():
    frame = pd.concat([make_frame(), make_frame()[["note", "n"]]], axis=1)
    rows, problems = read_frame(frame)
    assert problems[["value", "rule"]].values.tolist() == [
        ["n", "column twice"],
        ["note", "column twice"],
    ]
    assert rows.empty and rows.columns.tolist() == [*HEADER, "file", "row"]
