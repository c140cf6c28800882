"""LibreOffice opens and saves a coder's workbook: nothing is lost, and colours show faults."""

import csv
import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from policydata import check
from policydata.__main__ import main
from policydata.coded import read_sheets
from policydata.coder.sheets import TYPED, lay_out, read_typed
from policydata.coder.workbook import write_workbook
from policydata.columns import name_columns
from policydata.messages import speak
from typed_set import add_row, frame, make_data_set, read_files, write_book

SOFFICE = shutil.which("soffice")
MISSING = "no LibreOffice on this machine: apt-get install libreoffice-calc-nogui"
# Where CI runs there has to be one: a test skipped in silence proves nothing.
pytestmark = [
    pytest.mark.skipif(not SOFFICE and not os.environ.get("CI"), reason=MISSING),
    pytest.mark.xdist_group("libreoffice"),
]
# Text cells of all sheets, as they are shown: one CSV file a sheet.
AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def convert(file, kind, folder):
    """Open a workbook in LibreOffice, with a profile of its own, and save it as another kind."""
    assert SOFFICE, MISSING
    profile = (folder / "profile").resolve().as_uri()
    call = [SOFFICE, f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind]
    subprocess.run(
        [*call, "--outdir", folder / "saved", file], check=True, capture_output=True, timeout=240
    )
    return folder / "saved"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """Make the data set, and work in its folder."""
    data = make_data_set(tmp_path)
    monkeypatch.chdir(data.root)
    return data


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_libreoffice_saved_is_read_without_a_warning_and_taking_it_changes_nothing(
    data, capsys, lang
):
    texts = "=1+1,007,1-2,1/2,1E5,@x,-3,+5%,2023-01-01,TRUE,#N/A, x ,_x41_,'q,第\n二"
    notes = (data.coded / "minghu.csv").read_text("utf-8")
    row = "minghu-2024-plan,{n},minghu,gdp,level,target,2024,7亿元,总值7亿元,,1,,A,"
    lines = [row.format(n=n) for n in range(3, 18)]
    typed = [f'{line}"{text}"\n' for line, text in zip(lines, texts.split(","), strict=True)]
    (data.coded / "minghu.csv").write_text(notes + "".join(typed), "utf-8")
    with speak(lang):
        file = write_book(data, data.root / "coding.xlsx")
    before = read_files(data)
    saved = convert(file, "xlsx", data.root) / "coding.xlsx"
    for name, rows in read_typed(data).items():
        columns = name_columns(TYPED[name])
        read = read_sheets(saved, TYPED[name])[0][columns]
        assert sorted(read.values.tolist()) == sorted(rows[columns].values.tolist()), name
    assert {*check(saved).rule} == {"hidden character"}
    lasting = before["minghu.csv"].replace('" x "', '"x"')
    (data.coded / "minghu.csv").write_text(lasting, "utf-8")
    file.unlink()
    with speak(lang):
        file = write_book(data, data.root / "coding.xlsx")
    saved = convert(file, "xlsx", data.root) / "coding.xlsx"
    assert main(["workbook", "--take", str(saved)]) == 0
    assert capsys.readouterr().out == "Nothing to take: the tables have it all.\n"
    assert read_files(data) == before | {"minghu.csv": lasting}


def test_what_was_typed_in_libreoffice_is_taken(data, capsys):
    file = write_book(data, data.root / "coding.xlsx")
    row = "minghu-2024-plan - minghu gdp level target 2024 8亿元 总值8亿元 - 1 - A 007"
    add_row(file, "明湖", *row.split())
    saved = convert(file, "xlsx", data.root) / "coding.xlsx"
    assert main(["workbook", "--take", str(saved)]) == 0
    assert "coded: added 1 (minghu-2024-plan:3)\n" in capsys.readouterr().out
    line = "minghu-2024-plan,3,minghu,gdp,level,target,2024,8亿元,总值8亿元,,1,,A,007\n"
    assert read_files(data)["minghu.csv"].endswith(line)


def test_lists_colours_and_notes_are_kept(data):
    file = write_book(data, data.root / "coding.xlsx")
    saved = openpyxl.load_workbook(convert(file, "xlsx", data.root) / "coding.xlsx")
    sheet = saved["明湖"]
    assert {one.formula1 for one in sheet.data_validations.dataValidation} == {
        *("list_document", "list_place", "list_indicator", "list_unit_text"),
        *("list_measure", "list_status"),
    }
    assert sheet["F1"].comment.text.startswith("plan scale, standard, target")
    rules = {rule.formula[0] for one in sheet.conditional_formatting for rule in one.rules}
    assert any("codes_place" in rule for rule in rules)
    assert saved["lists"].sheet_state == saved["base"].sheet_state == "hidden"


GOOD = "minghu-2024-news {n} minghu gdp level target 2024 7亿元 总值7亿元 - 1 - A -"
# What one row has otherwise, and the column whose rule tints it; "lacking" for a blank cell.
SPOILT = [
    ({}, ""),
    ({"document": ""}, "lacking"),
    ({"document": "minghu-2024-nows"}, "document"),
    ({"place": "minhu"}, "place"),
    ({"place": "lushan"}, ""),
    ({"indicator": "gdpp"}, "indicator"),
    ({"measure": "levels 总量"}, "measure"),
    ({"status": "outcom"}, "status"),
    ({"status": "target目标"}, "status"),
    ({"value_text": "8亿元"}, "value_text"),
    ({"value_text": "总*元"}, "value_text"),
    ({"quote": "总值7亿元" + "引" * 35}, ""),
    ({"quote": "总值7亿元" + "引" * 36}, "quote"),
    ({"quote": ""}, ""),
    ({"n": ""}, ""),
    ({"n": "1"}, "n"),
    ({"occurrence": ""}, "lacking"),
]


def test_a_row_is_tinted_where_a_rule_is_broken_and_nowhere_else(data):
    rows = [GOOD.format(n=n).split() for n in range(2, len(SPOILT) + 2)]
    good = frame(*(["" if cell == "-" else cell for cell in row] for row in rows))
    spoilt = pd.concat(
        [good.iloc[[at]].assign(**cells) for at, (cells, _) in enumerate(SPOILT)]
        + [good.head(1).assign(n="1")]
    )
    tables = lay_out(read_typed(data))
    with speak("zh"):
        write_workbook(data.root / "coding.xlsx", {**tables, "明湖": (spoilt, TYPED["coded"])})
    rules = lay_rules_beside(data.root / "coding.xlsx", len(spoilt) + 5)
    [sheet] = convert(data.root / "coding.xlsx", AS_CSV, data.root).glob("*明湖.csv")
    with sheet.open(encoding="utf-8", newline="") as shown:
        lines = [line[20:] for line in csv.reader(shown)][1:]
    tinted = [
        ", ".join(rule for rule, said in zip(rules, line, strict=True) if said == "TRUE")
        for line in lines
    ]
    assert tinted == [*(column for _, column in SPOILT), "n", *[""] * 5]


def lay_rules_beside(file, rows):
    """Write the formulas that tint rows into cells beside each row, and name their columns."""
    book = openpyxl.load_workbook(file)
    sheet = book["明湖"]
    names = dict(zip("ABCDEFGHIJKLMN", name_columns(TYPED["coded"]), strict=True))
    spans = [(str(one.sqref), one.rules) for one in sheet.conditional_formatting]
    rules = [(span, rule.formula[0]) for span, found in spans for rule in found]
    columns = {formula: names[span[0]] for span, formula in rules if not span.startswith("A2:N")}
    tinting = [formula for span, formula in rules if span.startswith("A2:N")]
    for place, formula in enumerate(tinting, 21):
        for row in range(2, rows + 2):
            cell = sheet.cell(row, place, "=" + re.sub(r"(\$[A-N])2\b", rf"\g<1>{row}", formula))
            cell.number_format = "General"
    book.save(file)
    return [columns.get(formula, "lacking") for formula in tinting]


def test_ci_installs_what_these_tests_need():
    script = (Path(__file__).parents[2] / ".ci/run").read_text("utf-8")
    assert "libreoffice-calc-nogui" in script
