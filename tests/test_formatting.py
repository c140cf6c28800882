"""The one form of coded tables: what is put right, what stays, and that nothing is lost."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.__main__ import main
from policydata.formatting import format_tables
from policydata.schema import PLACES

PLAIN = "document,n,place,value_text\nplan,1,hebi,6.5%\nplan,2,hebi,增长7%\n"
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=8)


def format_bytes(tmp_path: Path, raw: bytes, encoding: str = "utf-8") -> tuple[str, list[str]]:
    file = tmp_path / "hebi.csv"
    file.write_bytes(raw)
    return format_tables(file, encoding)[file]


@pytest.mark.parametrize(
    ("raw", "done"),
    [
        (PLAIN.encode(), []),
        (PLAIN.encode("utf-8-sig"), ["removed the byte-order mark"]),
        (PLAIN.replace("\n", "\r\n").encode(), ["set LF line ends"]),
        (PLAIN.encode() + b",,,\n\n", ["removed 2 blank rows"]),
        (PLAIN.replace("\n", ",,\n").encode(), ["removed 2 blank columns"]),
        (
            "document,n,place,value_text\nplan,2,hebi,增长7%\nplan,1,hebi,6.5%\n".encode(),
            ["sorted the rows by document, then n"],
        ),
        (
            PLAIN.rstrip("\n").encode(),
            ["wrote quotation marks and the last line end as elsewhere"],
        ),
    ],
)
def test_a_table_is_put_into_its_one_form_and_what_was_done_is_said(tmp_path, raw, done):
    assert format_bytes(tmp_path, raw) == (PLAIN, done)


def test_ten_goes_after_two(tmp_path):
    rows = "document,n\nplan,10\nplan,2\nbulletin,3\n"
    text, _ = format_bytes(tmp_path, rows.encode())
    assert text == "document,n\nbulletin,3\nplan,2\nplan,10\n"


@pytest.mark.parametrize("rows", ["document,n\nplan,2\nplan,\n", "quote,reason\nb,date\na,date\n"])
def test_rows_without_a_document_and_a_number_keep_their_order(tmp_path, rows):
    assert format_bytes(tmp_path, rows.encode()) == (rows, [])


def test_what_excel_saved_in_gb18030_becomes_utf_8_and_utf_8_is_not_read_as_it(tmp_path):
    assert format_bytes(tmp_path, PLAIN.encode("gb18030"), "gb18030") == (
        PLAIN,
        ["read as gb18030, written as UTF-8"],
    )
    assert format_bytes(tmp_path, PLAIN.encode(), "gb18030") == (PLAIN, [])


@given(st.lists(st.lists(CELLS, min_size=2, max_size=3), min_size=1, max_size=4))
def test_no_cell_that_says_something_is_lost_or_changed_and_a_second_time_nothing_is_done(
    tmp_path_factory, rows
):
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    folder = tmp_path_factory.mktemp("coded")
    text, _ = format_bytes(folder, written.getvalue().encode())
    read = list(csv.reader(io.StringIO(text, newline="")))

    said = [[cell for cell in row if cell] for row in rows]
    assert [[cell for cell in row if cell] for row in read] == said[: len(read)]
    assert not any(said[len(read) :])
    assert format_bytes(folder, text.encode())[0] == text


def test_the_command_writes_all_files_or_none_and_names_the_cure(tmp_path, capsys):
    (tmp_path / "hebi.csv").write_bytes(PLAIN.encode("utf-8-sig"))
    (tmp_path / "luohe.csv").write_bytes(PLAIN.encode("gb18030"))
    assert main(["format", str(tmp_path)]) == 1
    assert capsys.readouterr().err == (
        f'policydata format: "{tmp_path / "luohe.csv"}": it is not UTF-8; '
        "if Excel saved it, --encoding gb18030.\n"
    )
    assert (tmp_path / "hebi.csv").read_bytes() == PLAIN.encode("utf-8-sig")

    assert main(["format", str(tmp_path), "--encoding", "gb18030"]) == 0
    assert capsys.readouterr().out == (
        f"{tmp_path / 'hebi.csv'}: removed the byte-order mark\n"
        f"{tmp_path / 'luohe.csv'}: read as gb18030, written as UTF-8\n"
        "2 files, 2 changed.\n"
    )
    assert {file.read_text("utf-8") for file in tmp_path.iterdir()} == {PLAIN}


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("book.xlsx", b"PK", "a workbook is not formatted; allowed: .csv files."),
        ("hebi.csv", b'document,n\n"plan,1\n', "it is not CSV: unexpected end of data."),
    ],
)
def test_what_is_no_csv_is_refused_in_a_sentence(tmp_path, capsys, name, raw, said):
    (tmp_path / name).write_bytes(raw)
    assert main(["format", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err == f'policydata format: "{tmp_path / name}": {said}\n'


def test_a_path_that_does_not_exist_is_a_wrong_call(tmp_path, capsys):
    assert main(["format", str(tmp_path / "coded")]) == 2
    assert capsys.readouterr().err.endswith('coded" does not exist.\n')


def test_the_shipped_tables_are_in_their_form():
    formed = format_tables(Path(__file__).parents[1] / "data/coded")
    assert {file.name: done for file, (_, done) in formed.items() if done} == {}


def test_without_a_path_reference_tables_are_sorted_too(tmp_path, monkeypatch, capsys):
    for name in ("coded", "reference"):
        (tmp_path / name).mkdir()
    header = ",".join(column.name for column in PLACES)
    (tmp_path / "reference/places.csv").write_text(f"{header}\nb,2,,,,,,\na,1,,,,,,\n", "utf-8")
    (tmp_path / "reference/units.csv").write_text("text,symbol\n元,CNY\n吨,t\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["format"]) == 0
    assert capsys.readouterr().out == (
        f"{Path('reference/places.csv')}: sorted the rows by id\n2 files, 1 changed.\n"
    )
    sorted_rows = (tmp_path / "reference/places.csv").read_text("utf-8").splitlines()[1:]
    assert sorted_rows == ["a,1,,,,,,", "b,2,,,,,,"]
    monkeypatch.chdir(tmp_path / "coded")
    assert main(["format"]) == 0
    assert capsys.readouterr().out == "2 files, 0 changed.\n"
