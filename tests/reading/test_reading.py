"""Which files of a path are read, and what keeps a CSV file from being read, in one problem."""

from pathlib import Path

import pytest

from coded_rows import CELLS, HEADER, TEXT, list_faults
from policydata import check, read_coded


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
        (TEXT.encode("utf-16-be"), "", "00, UTF-16 without a byte-order mark", "not UTF-8"),
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
    found = [
        ["a workbook", "check it by its own path"],
        ["", "a folder of .csv files, or one .csv or .xlsx file"],
    ]
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
