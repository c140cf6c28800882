"""Coded tables are read as text, every cell with its address; nothing is interpreted."""

import openpyxl
import pandas as pd
import pytest

from policydata import CodingError, read_coded
from policydata.columns import name_columns
from policydata.schema import CODED

HEADER = name_columns(CODED)
ROW = "minghu-2024-news 1 minghu gdp level outcome 2024-06 90亿元 生产总值90亿元 - 1 - A -".split()
CELLS = [cell.strip("-") if cell == "-" else cell for cell in ROW]


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
    path = (tmp_path / name).as_posix()
    assert coded.file.tolist() == [f"{path}[minghu]", f"{path}[lushan]"]
    assert coded.row.tolist() == ["2", "2"]
    assert coded.loc[1, HEADER].tolist() == [*CELLS[:-1], "NA"]


def test_numbers_typed_into_a_workbook_come_back_as_they_show(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([*CELLS[:1], 1, *CELLS[2:6], 2024, *CELLS[7:10], 1, *CELLS[11:]])
    book.save(tmp_path / "a.xlsx")
    coded = read_coded(tmp_path / "a.xlsx")
    assert coded.loc[0, ["n", "period", "occurrence"]].tolist() == ["1", "2024", "1"]


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
