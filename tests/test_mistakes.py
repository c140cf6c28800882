"""One folder a mistake: each holds one, `check` finds that one, and nothing else."""

from pathlib import Path

import pandas as pd
import pytest

from policydata import check, read_coded
from policydata.columns import name_columns
from policydata.errors import RULES
from policydata.schema import PROBLEMS
from policydata.tables import read_csv

MISTAKES = Path("tests/mistakes")
SHARED, WITHOUT_ONE, WITH_MANY = {"documents", "reference"}, {"clean"}, {"several"}
FOLDERS = sorted(folder for folder in MISTAKES.iterdir() if folder.name not in SHARED)


def find_problems(folder):
    """Check a folder, with addresses as they stand inside it."""
    workbook = folder / "coded.xlsx"
    coded = workbook if workbook.exists() else folder / "coded"
    found = check(coded, documents=MISTAKES / "documents", reference=MISTAKES / "reference")
    return found.assign(file=[file.removeprefix(f"{folder.as_posix()}/") for file in found.file])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_check_finds_what_is_expected_and_nothing_else(folder):
    expected = read_csv(folder / "expected.csv")
    assert find_problems(folder).to_dict("records") == expected.to_dict("records")


def test_every_folder_but_two_holds_exactly_one_mistake():
    counts = {folder.name: len(read_csv(folder / "expected.csv")) for folder in FOLDERS}
    assert {name for name, count in counts.items() if count == 0} == WITHOUT_ONE
    assert {name for name, count in counts.items() if count > 1} == WITH_MANY
    assert len(counts) > 30


def test_every_rule_has_its_mistake_and_its_level():
    expected = pd.concat(read_csv(folder / "expected.csv") for folder in FOLDERS)
    pairs = expected[["rule", "level"]].drop_duplicates().itertuples(index=False, name=None)
    assert sorted(pairs) == sorted(RULES.items())


def test_several_mistakes_at_once_are_all_reported_each_with_an_address():
    found = find_problems(MISTAKES / "several")
    assert found.rule.nunique() == len(found) == 8
    assert found.file.nunique() == 4
    assert found[["file", "value", "allowed"]].ne("").all(axis=None)


def test_without_the_texts_only_rules_on_the_tables_run():
    reference = MISTAKES / "reference"
    assert check(MISTAKES / "numeral-not-accounted-for/coded", reference=reference).empty
    assert check(MISTAKES / "quote-not-in-the-text/coded", reference=reference).empty


@pytest.mark.parametrize("name", ["clean", "unknown-place", "numeral-as-figure-and-excluded"])
def test_rows_that_were_read_before_are_checked_as_their_folder_is(name):
    folder = MISTAKES / name
    options = {"documents": MISTAKES / "documents", "reference": MISTAKES / "reference"}
    rows = read_coded(folder / "coded")
    assert check(rows, **options).equals(check(folder / "coded", **options))


def test_a_frame_of_anyone_is_checked_and_nothing_is_raised():
    rows = read_coded(MISTAKES / "clean/coded")
    reference = MISTAKES / "reference"
    assert check(rows.drop(columns="note"), reference=reference).rule.tolist() == ["missing column"]
    bare = rows.drop(columns=["file", "row"]).assign(n=range(len(rows)), note=None)
    twice = pd.concat([bare, bare.assign(place="mingho")])
    assert set(check(twice, reference=reference).rule) >= {"unknown place", "two rows with one id"}
    assert check(rows.head(0), reference=reference).columns.tolist() == name_columns(PROBLEMS)
