"""The version of the data is what its changes call for, and every page says the same of it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tomllib
from pathlib import Path

import pandas as pd
import pytest
import yaml

from policydata import load_statements
from policydata.changes import STEPS, count_rows, find_step, list_changes
from policydata.citation import AUTHOR, DESCRIPTION, KEYWORDS, LICENCE, TITLE
from policydata.datasets import find_data_set
from policydata.states import open_state, read_states
from policydata.tables import Release, read_csv, read_data_release, read_release

CHANGELOG = Path("CHANGELOG.md").read_text("utf-8")
HEADING = r"^### Data \(version (\S+), (\S+?)(?:, commit ([0-9a-f]+))?\)$"
# The data part of each version, the newest first: version, day, commit and text.
PARTS = [
    (*found.groups(default=""), CHANGELOG[found.end() :].partition("\n##")[0])
    for found in re.finditer(HEADING, CHANGELOG, re.MULTILINE)
]
TEXT = PARTS[0][-1]
# A correction of one of these is one of the figure.
FIGURE = "place indicator measure status period comparator low high value stretch unit".split()
needs_git = pytest.mark.skipif(not Path(".git").exists(), reason="an sdist has no history")


def split_version(version: str) -> list[int]:
    return [*map(int, version.split("."))]


def find_released_step(before: str, now: str) -> str:
    """Find which number of a version is the first to differ."""
    pairs = zip(STEPS, split_version(before), split_version(now), strict=True)
    return next((step for step, *numbers in pairs if numbers[0] != numbers[1]), "")


@pytest.fixture(scope="module")
def changes() -> pd.DataFrame:
    """What changed since the last release; its revision has to be in the history."""
    commit = next(commit for _, _, commit, _ in PARTS if commit)
    asked = ["git", "rev-parse", "--is-shallow-repository"]
    shallow = subprocess.run(asked, capture_output=True, text=True).stdout.strip() == "true"
    try:
        with open_state(commit, here := find_data_set("")) as released:
            return list_changes(*read_states(released, here))
    except ValueError as refused:
        if shallow or not os.environ.get("CI"):
            pytest.skip(f"{refused} (git fetch --unshallow)")
        raise


@needs_git
def test_the_changelog_counts_the_rows_that_changed_since_the_last_release(changes):
    rows = re.findall(r"^\| ([a-z]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", TEXT, re.MULTILINE)
    kinds = re.search(r"^\| table \| (.*) \|$", TEXT, re.MULTILINE)[1].split(" | ")
    told = {table: dict(zip(kinds, map(int, counts), strict=True)) for table, *counts in rows}
    assert told == count_rows(changes).to_dict("index")


@needs_git
def test_the_changelog_names_every_table_column_id_and_figure_that_changed(changes):
    whole = changes[changes.row.eq("")]
    gone = changes[changes.change.isin(["removed", "renamed"]) & changes.table.eq("statements")]
    figures = changes[changes.change.eq("changed") & changes.column.isin(FIGURE)]
    ids = [*gone.row, *gone.old[gone.old.ne("")], *figures.row]
    documents = {one: one.rpartition(":")[0] for one in ids}
    due = {*(one.column or one.table for one in whole.itertuples())}
    due |= {one for one in ids if one in figures.row.values or f"`{documents[one]}`" not in TEXT}
    assert [name for name in sorted(due) if f"`{name}`" not in TEXT] == []
    assert len(figures) > 0


@needs_git
def test_the_version_is_at_least_what_the_changes_call_for(changes):
    step = find_released_step(PARTS[1][0], PARTS[0][0])
    assert STEPS.index(step) <= STEPS.index(find_step(changes) or "patch")
    assert split_version(PARTS[0][0]) > split_version(PARTS[1][0])


@pytest.mark.parametrize(
    ("before", "now", "step"),
    [("1.0.0", "2.0.0", "major"), ("1.0.3", "1.1.0", "minor"), ("1.0.0", "1.0.1", "patch")],
)
def test_the_step_between_two_versions_is_their_first_number_that_differs(before, now, step):
    assert find_released_step(before, now) == step


def test_no_id_of_a_released_statement_is_gone_without_a_word_and_a_major_version():
    held, version = {*load_statements().statement_id}, read_data_release().version
    versions = [part[0] for part in PARTS]
    # By document, the last number of its statements; they began at 1 and had no gap.
    released = read_csv(Path("tests/released.csv"))
    assert [*released.version.unique()] == versions[1:]
    for since, document, last in released.itertuples(index=False):
        said = "".join(part[-1] for part in PARTS[: versions.index(since)])
        ids = [f"{document}:{n}" for n in range(1, int(last) + 1)]
        if gone := [one for one in ids if one not in held]:
            assert [one for one in gone if one not in said and f"`{document}`" not in said] == []
            assert find_released_step(since, version) == "major"


def test_the_columns_of_the_tidy_table_have_these_names_in_this_order():
    # A change here is a major version, and CHANGELOG names it.
    columns = """
    statement_id document place place_zh place_en place_level indicator indicator_zh indicator_en
    domain measure status commitment period period_start period_end year comparator low high value
    stretch unit low_std high_std value_std stretch_std unit_std value_text quote reliability
    published coder note hazards
    """
    assert load_statements().columns.tolist() == columns.split()


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("1.2.0 2024-03-01\n", Release("1.2.0", "2024-03-01")),
        ("1.2.0 https://example.org/a\n", Release("1.2.0", "", "https://example.org/a")),
        ("7\n", Release("7")),
        ("second draft of 2024\n", Release("second draft of 2024")),
        ("", Release("")),
    ],
)
def test_a_line_has_a_version_then_day_and_address_if_there_are_any(text, release):
    assert read_release(text) == release


def list_facts(release: Release) -> dict[str, object]:
    """List what every page says of the data."""
    facts = {
        "title": TITLE,
        "description": f"{DESCRIPTION}.",
        "authors": [AUTHOR],
        "licence": LICENCE[0],
        "keywords": [*KEYWORDS],
        "version": release.version,
        "day": release.day,
        "address": release.address,
    }
    assert re.fullmatch(r"\d+\.\d+\.\d+", release.version)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", release.day)
    return facts


def test_citation_cff_says_what_the_data_are():
    cited = yaml.safe_load(Path("CITATION.cff").read_text("utf-8"))
    assert {
        "title": cited["title"],
        "description": cited["abstract"],
        "authors": [author["name"] for author in cited["authors"]],
        "licence": cited["license"][0],
        "keywords": cited["keywords"],
        "version": cited["version"],
        "day": str(cited["date-released"]),
        "address": cited.get("url", ""),
    } == list_facts(read_data_release())
    assert (cited["cff-version"], cited["type"]) == ("1.2.0", "dataset")


@needs_git
def test_zenodo_json_says_what_the_data_are():
    deposit = json.loads(Path(".zenodo.json").read_text("utf-8"))
    related = [one["identifier"] for one in deposit.get("related_identifiers", [])]
    assert {
        "title": deposit["title"],
        "description": deposit["description"],
        "authors": [creator["name"] for creator in deposit["creators"]],
        "licence": deposit["license"].upper(),
        "keywords": deposit["keywords"],
        "version": deposit["version"],
        "day": deposit["publication_date"],
        "address": "".join(related),
    } == list_facts(read_data_release())
    known = "title description creators license keywords version publication_date"
    known += " upload_type access_right related_identifiers"
    assert {*deposit} <= {*known.split()}
    assert (deposit["upload_type"], deposit["access_right"]) == ("dataset", "open")


def test_pyproject_toml_says_what_the_data_are():
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    facts = list_facts(read_data_release())
    assert f"{project['description']}." == facts["description"]
    assert [author["name"] for author in project["authors"]] == facts["authors"]
    assert [word for word in project["keywords"] if word != "pandas"] == facts["keywords"]
    assert project.get("urls", {}).get("Homepage", "") == facts["address"]


def test_the_changelog_begins_with_the_release_that_is_shipped():
    release = read_data_release()
    assert PARTS[0][:3] == (release.version, release.day, "")
