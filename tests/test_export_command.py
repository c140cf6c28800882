"""`policydata export`: which rows, of which data set, into which file."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from policydata import load_statements
from policydata.__main__ import main

MISTAKES = Path("tests/mistakes").absolute()


@pytest.fixture(autouse=True)
def away(tmp_path, monkeypatch):
    """Work in a folder that belongs to no data set."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def make_own(folder):
    """Make a data set of one's own."""
    shutil.copytree(MISTAKES / "clean/coded", folder / "coded")
    shutil.copytree(MISTAKES / "reference", folder / "reference")


def read(file):
    return pd.read_csv(file, dtype="str", keep_default_na=False)


def test_without_conditions_every_statement_is_exported(away, capsys):
    assert main(["export", "all.csv"]) == 0
    rows = load_statements()
    assert read("all.csv").statement_id.tolist() == rows.statement_id.tolist()
    said = f"{len(rows):,} statements of {rows.document.nunique()} documents: all.csv\n"
    assert capsys.readouterr().out.startswith(said)


def test_conditions_are_those_of_load_statements_and_may_be_repeated(away, capsys):
    call = "--place 郑州 --place luoyang --year 2023 --status target --measure growth_rate"
    call += " --domain economy --indicator gdp --place-level prefecture --without reprint"
    assert main(["export", "some.csv", *call.split()]) == 0
    rows = load_statements(
        **{"place": ["郑州", "luoyang"], "year": 2023, "status": "target"},
        **{"measure": "growth_rate", "domain": "economy", "indicator": "gdp"},
        **{"place_level": "prefecture", "without": "reprint"},
    )
    assert read("some.csv").statement_id.tolist() == rows.statement_id.tolist()
    assert 0 < len(rows) < len(load_statements(place=["郑州", "luoyang"], year=2023))


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (["rows.xls"], '"rows.xls" has no known suffix; allowed: .csv, .dta, .json, .parquet, .x'),
        (["rows.csv", "--place", "郑"], '"郑" is not a known place; nearest: 郑州, 郑州市; all: '),
        (["rows.csv", "--without", "reprnt"], '"reprnt" is not a known hazard; nearest: reprint'),
        (["rows.csv", "--year", "20x3"], '"20x3" is not a year; allowed: four digits such as 2023'),
        (["rows.csv", "--year", "2035"], 'No statement has year "2035".'),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2_and_writes_nothing(
    call, complaint, away, capsys
):
    assert main(["export", *call]) == 2
    assert capsys.readouterr().err.startswith(f"policydata export: {complaint}")
    assert list(away.iterdir()) == []


def test_a_folder_that_is_not_there_ends_with_1_in_a_sentence(away, capsys):
    assert main(["export", "nowhere/rows.csv"]) == 1
    said = "policydata: nowhere/rows.csv: cannot be written: No such file or directory.\n"
    assert capsys.readouterr().err == said


def test_in_a_data_set_of_your_own_its_statements_are_exported(away, capsys, monkeypatch):
    make_own(away)
    (away / "work").mkdir()
    monkeypatch.chdir(away / "work")
    assert main(["export", "own.csv"]) == 0
    assert capsys.readouterr().out == "7 statements of 2 documents: own.csv\n"
    assert set(read("own.csv").place) == {"minghu"}
    assert main(["export", "own.csv", "--place", "明湖市", "--status", "outcome"]) == 0
    assert set(read("own.csv").status) == {"outcome"}
    assert main(["export", "own.csv", "--place", "hebi"]) == 2


def test_a_new_data_set_is_exported_without_rows(away, capsys):
    make_own(away)
    for file in away.glob("coded/*.csv"):
        file.write_text(file.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    for name in ("own.csv", "own.xlsx", "own.dta", "own.parquet", "own.json"):
        assert main(["export", name]) == 0
        assert capsys.readouterr().out == f"0 statements of 0 documents: {name}\n"


def test_coded_tables_that_cannot_be_read_end_with_1_and_their_address(away, capsys):
    make_own(away)
    (away / "coded/news.csv").write_bytes("编号".encode("gb18030"))
    assert main(["export", "own.csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("policydata export: not UTF-8 (error, 1)\n")
    assert "coded/news.csv" in said


def test_statements_with_errors_are_not_exported_as_if_they_had_none(away, capsys):
    make_own(away)
    shutil.copy(MISTAKES / "unknown-place/coded/news.csv", away / "coded/news.csv")
    assert main(["export", "own.csv"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("policydata export: unknown place (error, 1)\n")
    assert 'coded/news.csv:2:place: "mingho"' in said
    assert not Path("own.csv").exists()


def test_in_a_clone_the_shipped_tables_are_exported(away, capsys):
    (away / "src/policydata").mkdir(parents=True)
    make_own(away / "data")
    assert main(["export", "rows.csv", "--place", "hebi"]) == 0
    assert set(read("rows.csv").place) == {"hebi"}


def test_a_csv_file_with_what_excel_takes_for_formulas_is_written_with_a_word(away, capsys):
    make_own(away)
    file = away / "coded/news.csv"
    file.write_text(file.read_text("utf-8").replace(",A,", ",A,=1+1"), "utf-8")
    assert main(["export", "own.csv"]) == 0
    assert " of text may look like a formula to Excel" in capsys.readouterr().out
    assert main(["export", "own.json"]) == 0
    assert capsys.readouterr().out == "7 statements of 2 documents: own.json\n"
    assert "=1+1" in set(read("own.csv").note)


def test_in_chinese_it_says_so_in_chinese_and_writes_the_same_bytes(away, capsys):
    assert main(["export", "a.xlsx", "--place", "kaifeng"]) == 0
    capsys.readouterr()
    assert main(["export", "b.xlsx", "--place", "kaifeng", "--lang", "zh"]) == 0
    rows = load_statements(place="kaifeng")
    count = rows.document.nunique()
    said = f"{count} 份文件中的 {len(rows)} 条陈述，已写入 b.xlsx\n"
    assert capsys.readouterr().out == said
    assert Path("a.xlsx").read_bytes() == Path("b.xlsx").read_bytes()


def test_a_file_that_cannot_be_replaced_is_a_sentence(away, capsys):
    Path("rows.csv").mkdir()
    assert main(["export", "rows.csv"]) == 1
    assert capsys.readouterr().err.startswith("policydata: rows.csv: cannot be written: ")
    assert [file.name for file in away.iterdir()] == ["rows.csv"]


def test_a_missing_package_ends_with_1_and_its_extra(away, capsys, monkeypatch):
    def lack(name):
        raise ModuleNotFoundError("No module named 'pyarrow'", name="pyarrow")

    monkeypatch.setattr("policydata.exports.import_module", lack)
    assert main(["export", "rows.parquet"]) == 1
    said = "policydata: pyarrow is not installed: pip install 'policydata[export]'\n"
    assert capsys.readouterr().err == said
