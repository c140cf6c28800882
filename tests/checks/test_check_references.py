"""Reference tables of the caller's own, held against each other and the coding."""

import shutil
from pathlib import Path

import pytest

from policydata import check
from policydata.columns import name_columns
from policydata.schema import REFERENCE
from policydata.tables import read_csv

MISTAKES = Path("tests/mistakes")
HAZARD = MISTAKES / "hazard-of-no-statement"


@pytest.mark.parametrize(
    ("table", "row", "column", "typed", "rule"),
    [
        ("documents", 0, "sha256", "1" * 64, "checksum and scope disagree"),
        ("documents", 1, "sha256", "", "checksum and scope disagree"),
        ("places", 0, "name_en", "明湖", "spelling used twice"),
        ("places", 1, "name_en", "ＬＵＳＨＡＮ", "spelling used twice"),
        ("indicators", 1, "name_zh", "充电桩", "spelling used twice"),
        ("indicators", 0, "name_en", "GDP", "spelling used twice"),
        ("indicators", 0, "unit", "kg/mu", "unknown unit"),
        ("units", 6, "factor", "2", "dimension without one standard unit"),
        ("units", 2, "symbol", "piece", "dimension without one standard unit"),
    ],
)
def test_a_table_that_contradicts_itself_or_another_is_found(
    rows, tables, table, row, column, typed, rule
):
    own = {name: tables[name].copy() for name in REFERENCE if name in tables}
    own[table].loc[row, column] = typed
    found = check(rows, reference=own)
    assert found.rule[found.file.str.endswith(f"{table}.csv")].tolist() == [rule]


def test_reference_tables_without_a_row_are_no_problem_of_their_own(rows, tmp_path):
    for name, columns in REFERENCE.items():
        header = ",".join(name_columns(columns)) + "\n"
        (tmp_path / f"{name}.csv").write_text(header, "utf-8")
    assert set(check(rows, reference=tmp_path).rule) == {
        *("unknown document", "unknown place", "unknown indicator", "unreadable figure")
    }


def test_hazards_are_held_against_statements_only_where_every_coded_table_was_read(tmp_path):
    folder = shutil.copytree(HAZARD, tmp_path / "project")
    (folder / "coded/plan.csv").write_bytes("编号\n".encode("gbk"))
    found = check(folder / "coded", reference=folder / "reference")
    assert "not UTF-8" in set(found.rule) and "unknown statement" not in set(found.rule)


def test_what_is_only_noted_sets_no_table_aside(tmp_path):
    folder = shutil.copytree(HAZARD, tmp_path / "project")
    (folder / "coded/readme.txt").write_text("no table", "utf-8")
    with (folder / "reference/hazards.csv").open("a", encoding="utf-8") as hazards:
        hazards.write("\n,,\n")
    rules = check(folder / "coded", reference=folder / "reference").rule.tolist()
    assert sorted(rules) == ["passed over", "passed over", "passed over", "unknown statement"]


def test_only_a_whole_folder_answers_for_hazards_of_statements_that_it_does_not_hold():
    whole = check(HAZARD / "coded", reference=HAZARD / "reference")
    assert whole.rule.tolist() == ["unknown statement"]
    rules = {
        name: check(HAZARD / f"coded/{name}.csv", reference=HAZARD / "reference").rule.tolist()
        for name in ("news", "plan")
    }
    assert rules == {"news": [], "plan": []}


def test_a_unit_whose_factor_is_wrong_is_read_all_the_same(tmp_path):
    folder = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    units = read_csv(folder / "units.csv")
    units.assign(factor=units.factor.mask(units.text.eq("个"), "0.5")).to_csv(
        folder / "units.csv", index=False
    )
    found = check(MISTAKES / "clean/coded", reference=folder)
    assert found[["row", "column", "value", "rule"]].values.tolist() == [
        ["3", "factor", "0.5", "not an exact factor"]
    ]
