"""`policydata workbook`: an exit status, words for a person, and files whole or not at all."""

import openpyxl
import pytest

from policydata.__main__ import main
from policydata.coder.base import make_base
from policydata.coder.sheets import TYPED, read_typed
from policydata.coder.workbook import write_workbook
from policydata.schema import REFERENCE
from typed_set import edit, make_data_set, read_files


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Make the data set, and work in its folder."""
    data = make_data_set(tmp_path)
    monkeypatch.chdir(data.root)
    return data


def test_a_workbook_is_written_from_the_data_set_around(data, capsys, monkeypatch):
    monkeypatch.chdir(data.coded)
    assert main(["workbook", "coding.xlsx"]) == 0
    assert capsys.readouterr().out == "coding.xlsx: 5 statements on 8 sheets.\n"
    book = openpyxl.load_workbook(data.coded / "coding.xlsx")
    assert book.sheetnames[:3] == ["芦山市", "明湖", "excluded"]


def test_in_chinese_the_command_and_its_workbook_speak_chinese(data, capsys):
    assert main(["workbook", "coding.xlsx", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "coding.xlsx：8 张工作表，共 5 条陈述。\n"
    assert openpyxl.load_workbook("coding.xlsx")["明湖"]["F1"].value == "status 状态"
    assert main(["workbook", "--take", "coding.xlsx", "--lang", "zh"]) == 0
    assert capsys.readouterr().out == "没有要取回的内容：编码表中都已有了。\n"


def test_with_both_the_old_workbook_is_taken_before_the_new_one_is_written(data, capsys):
    assert main(["workbook", "old.xlsx"]) == 0
    edit("old.xlsx", sheet="明湖", N2="a note")
    assert main(["workbook", "new.xlsx", "--take", "old.xlsx"]) == 0
    assert openpyxl.load_workbook("new.xlsx")["明湖"]["N2"].value == "a note"
    edit("new.xlsx", sheet="明湖", F2="outcom")
    assert main(["workbook", "newer.xlsx", "--take", "new.xlsx"]) == 1
    assert not (data.root / "newer.xlsx").exists()


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ([], "name the workbook to write, or --take the one to take back."),
        (["a.csv"], '"a.csv" does not end in .xlsx.'),
        (["--take", "coded/minghu.csv"], '"coded/minghu.csv" does not end in .xlsx.'),
        (["--take", "no.xlsx"], '"no.xlsx" is not a file.'),
        (["no/a.xlsx"], '"no" is not a folder.'),
        (["old.xlsx"], '"old.xlsx" exists; take it back with --take, then delete it, or'),
        (["old.xlsx", "--take", "old.xlsx"], '"old.xlsx" exists; take it back with --take'),
    ],
)
def test_a_call_that_cannot_be_carried_out_ends_with_2_and_changes_nothing(
    data, capsys, call, complaint
):
    (data.root / "old.xlsx").write_bytes(b"")
    before = read_files(data)
    assert main(["workbook", *call]) == 2
    assert capsys.readouterr().err.startswith(f"policydata workbook: {complaint}")
    assert read_files(data) == before
    assert (data.root / "old.xlsx").read_bytes() == b""


def test_outside_a_data_set_the_command_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["workbook", "a.xlsx"]) == 2
    assert "no coded tables here or above; run this in a data set" in capsys.readouterr().err


def test_a_file_that_is_no_workbook_is_refused_in_words(data, capsys):
    (data.root / "a.xlsx").write_text("no workbook")
    assert main(["workbook", "--take", "a.xlsx"]) == 1
    assert "a.xlsx" in (said := capsys.readouterr().err)
    assert "not a zip archive" in said and "Traceback" not in said


def test_a_table_that_cannot_be_read_ends_the_command_with_its_address(data, capsys):
    (data.coded / "minghu.csv").write_bytes("文".encode("gb18030"))
    assert main(["workbook", "a.xlsx"]) == 1
    assert "coded/minghu.csv" in capsys.readouterr().err
    assert not (data.root / "a.xlsx").exists()


def test_tables_to_look_up_in_that_changed_since_are_no_conflict(data, capsys):
    tables = {"units": (read_typed(data)["units"], REFERENCE["units"])}
    tables["documents"] = (read_typed(data)["documents"], REFERENCE["documents"])
    base = make_base(tables, {"units": tables["units"][0]})
    write_workbook(data.root / "draft.xlsx", {**tables, "明湖": coded(data)}, base)
    units = data.reference / "units.csv"
    units.write_text(units.read_text("utf-8").replace("家,count", "户,count"), "utf-8")
    before = read_files(data)
    assert main(["workbook", "--take", "draft.xlsx"]) == 0
    assert "units: changed in the tables since the workbook was written, and kept: 1 (家)" in (
        capsys.readouterr().out
    )
    assert read_files(data) == before


def coded(data):
    """Give the coded rows and the records of their columns."""
    return read_typed(data)["coded"], TYPED["coded"]
