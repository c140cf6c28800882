"""One folder a mistake: each holds one, `check` finds that one, and nothing else."""

import pandas as pd
import pytest

from mistaken import FOLDERS, MISTAKES, find_problems
from policydata.problems import RULES
from policydata.tables import read_csv

WITHOUT_ONE, WITH_MANY = {"clean"}, {"several"}


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
    found = read_csv(MISTAKES / "several/expected.csv")
    assert found.rule.nunique() == len(found) == 8
    assert found.file.nunique() == 4
    assert found[["file", "value", "allowed"]].ne("").all(axis=None)
