"""One folder a mistake: each holds one, `check` finds that one, and nothing else."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from policydata import check, read_coded
from policydata.checks import check_reference
from policydata.columns import name_columns
from policydata.errors import RULES
from policydata.schema import PROBLEMS, REFERENCE
from policydata.tables import read_csv

MISTAKES = Path("tests/mistakes")
SHARED, WITHOUT_ONE, WITH_MANY = {"documents", "reference"}, {"clean"}, {"several"}
FOLDERS = sorted(folder for folder in MISTAKES.iterdir() if folder.name not in SHARED)


def find_problems(folder):
    """Check a folder, with addresses as they stand inside it."""
    workbook = folder / "coded.xlsx"
    coded = workbook if workbook.exists() else folder / "coded"
    own = folder / "reference"
    reference = own if own.exists() else MISTAKES / "reference"
    found = check(coded, documents=MISTAKES / "documents", reference=reference)
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


@pytest.mark.parametrize(
    ("table", "right", "wrong", "address", "nearest"),
    [
        ("documents", "full_text", "fulltext", ("3", "scope"), "full_text"),
        ("documents", "official", "reprints", ("3", "reliability"), "reprint"),
        ("indicators", "transport", "transprt", ("2", "domain"), "transport, sports"),
        ("indicators", "higher", "highr", ("2", "better"), "higher, neither"),
        ("places", "prefecture", "prefectur", ("2", "level"), "prefecture"),
    ],
)
def test_a_word_of_a_reference_table_that_is_none_is_found_with_the_nearest(
    tmp_path, table, right, wrong, address, nearest
):
    own = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    file = own / f"{table}.csv"
    file.write_text(file.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    found = check(MISTAKES / "clean/coded", reference=own)
    fault = [file.as_posix(), *address, wrong, "word not in the vocabulary", nearest]
    columns = ["file", "row", "column", "value", "rule", "nearest"]
    assert found[columns].values.tolist() == [fault]


def test_a_folder_of_reference_tables_that_is_not_there_is_one_problem_with_its_address():
    found = check(read_coded(MISTAKES / "clean/coded").head(0), reference="nope")
    assert found[["file", "rule"]].values.tolist() == [["nope", "no such file"]]
    assert found.allowed.item().startswith("a folder with documents.csv, ")


def test_hazards_are_held_against_statements_only_where_every_coded_table_was_read(tmp_path):
    folder = shutil.copytree(MISTAKES / "hazard-of-no-statement", tmp_path / "project")
    (folder / "coded/plan.csv").write_bytes("编号\n".encode("gbk"))
    assert find_problems(folder).rule.tolist()[0] == "not UTF-8"
    assert "unknown statement" not in set(find_problems(folder).rule)


def test_what_is_only_noted_sets_no_table_aside(tmp_path):
    folder = shutil.copytree(MISTAKES / "hazard-of-no-statement", tmp_path / "project")
    (folder / "coded/readme.txt").write_text("no table", "utf-8")
    with (folder / "reference/hazards.csv").open("a", encoding="utf-8") as hazards:
        hazards.write("\n,,\n")
    rules = find_problems(folder).rule.tolist()
    assert sorted(rules) == ["passed over", "passed over", "passed over", "unknown statement"]


def test_a_part_of_a_coding_answers_for_the_hazards_of_its_own_documents_alone():
    folder = MISTAKES / "hazard-of-no-statement"
    rules = {
        name: check(folder / f"coded/{name}.csv", reference=folder / "reference").rule.tolist()
        for name in ("news", "plan")
    }
    assert rules == {"news": [], "plan": ["unknown statement"]}


def test_reference_tables_without_a_row_are_no_problem_of_their_own(tmp_path):
    for name, columns in REFERENCE.items():
        header = ",".join(name_columns(columns)) + "\n"
        (tmp_path / f"{name}.csv").write_text(header, "utf-8")
    rows = read_coded(MISTAKES / "clean/coded")
    assert check_reference(tmp_path, coded=rows).empty
    assert set(check(rows, reference=tmp_path).rule) == {
        *("unknown document", "unknown place", "unknown indicator")
    }


def test_a_reference_table_is_checked_alone_and_the_coded_tables_are_not():
    reference = MISTAKES / "factor-that-is-no-number/reference"
    found = check_reference(reference, coded=MISTAKES / "blank-cell/coded")
    assert found.rule.tolist() == ["not an exact factor"]


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
