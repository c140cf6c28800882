"""Coded tables are read as text, every cell with its address; nothing is interpreted."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from policydata import CodingError, check, read_coded
from policydata.coded import read_frame, read_sheets
from policydata.columns import name_columns
from policydata.schema import CODED

HEADER = name_columns(CODED)
ROW = "minghu-2024-news 1 minghu gdp level outcome 2024-06 90亿元 生产总值90亿元 - 1 - A -".split()
CELLS = [cell.strip("-") if cell == "-" else cell for cell in ROW]


TEXT = "\n".join([",".join(HEADER), ",".join(CELLS), ",".join([*CELLS[:-1], "again"])]) + "\n"


def list_faults(path, *columns):
    """List the problems of a path by the columns asked for."""
    return read_sheets(path, CODED)[1][list(columns)].values.tolist()


def write_csv(file, *rows, header=HEADER):
    """Write rows of a coded table."""
    pd.DataFrame(rows, columns=header).to_csv(file, index=False, lineterminator="\n")


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
    with pytest.raises(CodingError, match=r"nowhere\.csv: .* allowed: a folder with \.csv"):
        read_coded(tmp_path / "nowhere.csv")
    with pytest.raises(CodingError, match="no coded table"):
        read_coded(tmp_path)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        (TEXT.replace(",", ";"), ";"),
        (TEXT.replace(",", "\t"), "a tab"),
        (TEXT.replace(",", "，"), "，"),
        ("sep=;\n" + TEXT.replace(",", ";"), "sep=;"),
        ("\nSEP=,\r\n" + TEXT, "SEP=,"),
    ],
)
def test_a_separator_that_is_not_a_comma_is_named_once(tmp_path, text, separator):
    (tmp_path / "a.csv").write_text(text, "utf-8")
    fault = ["1", separator, "separator is not a comma"]
    assert list_faults(tmp_path, "row", "value", "rule") == [fault]


@pytest.mark.parametrize(
    ("raw", "row", "value", "rule"),
    [
        (TEXT.encode("utf-8-sig"), "", "EF BB BF", "byte-order mark"),
        (TEXT.encode("gbk"), "", "D2 DA D4 AA", "not UTF-8"),
        (TEXT.encode("utf-16"), "", "FF FE, UTF-16", "not UTF-8"),
        (TEXT.encode("utf-16-be"), "", "00, UTF-16 without a mark", "not UTF-8"),
        (b"PK\x03\x04", "", "50 4B 03 04, a workbook or another zip archive", "not UTF-8"),
        (TEXT.replace("again", "a\0b").encode(), "3", "00", "NUL character"),
        (TEXT.replace("again", '"again').encode(), "3", "unexpected end of data", "broken quoting"),
        (
            TEXT.replace("again", "x" * 131_073).encode(),
            *("3", "a cell of more than 131072 characters", "broken quoting"),
        ),
        (TEXT.replace("again", "ag\rain").encode(), "4", "1", "cells do not fit the header"),
        (TEXT.replace("again", "again,x").encode(), "3", "15", "cells do not fit the header"),
        (b"", "1", "", "header not found"),
        ("编号,地区\n1,明湖,1\n".encode(), "1", "编号, 地区", "header not found"),
        (f"明湖市2024年\n{TEXT}".encode(), "1", "明湖市2024年", "header not found"),
    ],
)
def test_a_csv_file_that_cannot_be_read_is_one_problem(tmp_path, raw, row, value, rule):
    (tmp_path / "a.csv").write_bytes(raw)
    file = (tmp_path / "a.csv").as_posix()
    assert list_faults(tmp_path, "file", "row", "value", "rule") == [[file, row, value, rule]]


def test_a_header_below_a_title_is_an_error_that_says_where_it_stands(tmp_path):
    (tmp_path / "a.csv").write_text(f"明湖市2024年,,\n\n{TEXT}", "utf-8")
    fault = ["1", "明湖市2024年", "header not found", "row 3"]
    assert list_faults(tmp_path, "row", "value", "rule", "nearest") == [fault]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_lines_may_end_as_on_another_system(tmp_path, end):
    (tmp_path / "a.csv").write_text(TEXT, "utf-8", newline=end)
    assert read_coded(tmp_path)[HEADER].values.tolist() == [CELLS, [*CELLS[:-1], "again"]]


def test_blank_rows_and_columns_of_excel_are_passed_over_and_counted(tmp_path):
    header, first, second = TEXT.splitlines()
    lines = [header + ",,,", first + ",,,", "", ",,,,,,,,,,,,,,,,", second + ", ,,", "", ",", ""]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8")
    assert list_faults(tmp_path, "row", "value", "rule", "level") == [
        ["3", "4 blank rows: 3 to 4, 6 to 7", "passed over", "note"],
        ["1", "3 blank columns", "passed over", "note"],
    ]
    assert read_coded(tmp_path).row.tolist() == ["2", "5"]


def test_two_figures_in_one_cell_are_not_joined(tmp_path):
    (tmp_path / "a.csv").write_text(TEXT.replace(",90亿元", ',"120\n130个"', 1), "utf-8")
    fault = ["2", "value_text", "120⏎130个", "line break in a figure"]
    assert list_faults(tmp_path, "row", "column", "value", "rule") == [fault]


def test_a_folder_says_which_of_its_files_are_not_read(tmp_path):
    for name in ("a.csv", "B.CSV", "c.Csv"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    for name in ("old.XLSX", "read me.txt", ".DS_Store", "~$old.xlsx", ".d.csv"):
        (tmp_path / name).touch()
    (tmp_path / "2023").mkdir()
    assert list_faults(tmp_path, "file", "value", "rule", "level") == [
        [(tmp_path / "old.XLSX").as_posix(), "a workbook", "passed over", "note"],
        [tmp_path.as_posix(), "3 not .csv: .d.csv, 2023/, read me.txt", "passed over", "note"],
    ]
    assert read_coded(tmp_path).file.str[-5:].unique().tolist() == ["B.CSV", "a.csv", "c.Csv"]


def test_a_folder_of_one_workbook_says_where_the_workbook_is(tmp_path):
    (tmp_path / "a.xlsx").touch()
    found = [["a workbook", "check it by its own path"], ["", "a folder with .csv, or an .xlsx"]]
    assert list_faults(tmp_path, "value", "allowed") == found


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_file_that_may_not_be_read_is_a_problem(tmp_path, monkeypatch, name):
    def refuse(_):
        raise PermissionError(13, "Permission denied")

    (tmp_path / name).touch()
    monkeypatch.setattr(Path, "read_bytes", refuse)
    fault = ["Permission denied", "unreadable file"]
    assert list_faults(tmp_path / name, "value", "rule") == [fault]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_folder_named_as_a_table_is_a_folder_alone_and_a_fault_among_tables(tmp_path, name):
    (tmp_path / name).mkdir()
    assert list_faults(tmp_path / name, "rule") == [["no coded table"]]
    (tmp_path / "b.csv").write_text(TEXT, "utf-8")
    expected = {"a.csv": ["a folder", "error"], "a.xlsx": ["1 not .csv: a.xlsx/", "note"]}
    assert list_faults(tmp_path, "value", "level") == [expected[name]]


@pytest.mark.parametrize("path", ["nowhere.xlsx", "nowhere", "a\0b", "x" * 5000])
def test_a_path_that_cannot_be_is_a_problem_and_no_traceback(path):
    assert check(path).rule.isin(["no such file", "unreadable file"]).tolist() == [True]


@pytest.mark.parametrize(
    ("given", "said"), [(None, 'NoneType "None"'), (5, 'int "5"'), (["x"], "list \"['x']\"")]
)
def test_what_is_not_a_path_is_refused_in_a_sentence(given, said):
    allowed = "a folder with .csv, or an .xlsx."
    for function, also in ((read_coded, ""), (check, "a DataFrame of read_coded(), ")):
        with pytest.raises(TypeError) as error:
            function(given)
        assert str(error.value) == f"{said} is not a path; allowed: {also}{allowed}"


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


def test_a_frame_read_from_csv_is_checked_as_its_folder_is():
    folder = Path("tests/mistakes/clean/coded")
    frame = pd.concat(map(pd.read_csv, [folder / "news.csv", folder / "plan.csv"]))
    assert check(frame, reference="tests/mistakes/reference").empty
