"""Pages say what the project is: their numbers, tables and versions are compared."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from agreement import describe_agreement
from policydata.build.files import PAGES
from policydata.load import load_statements
from policydata.schema import HAZARDS
from policydata.tables import read_data_version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("page", ["README.md", "docs/recipes.md"])
def test_the_examples_of_a_page_run(page):
    flags = doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(ROOT / page), False, optionflags=flags, encoding="utf-8")

    assert (found.failed, found.attempted > 5) == (0, True)


def test_files_and_notebooks_that_the_readme_names_are_there():
    named = re.findall(
        r"`((?:data|figures)/[\w./]+|[A-Z]+(?:-[A-Z]+)?(?:\.\w+)?)`", read("README.md")
    )
    notebooks = re.findall(r"\| `(\d\d_\w+)` \|", read("README.md"))

    assert [
        name for name in named if re.search(r"[./-]", name) and not (ROOT / name).exists()
    ] == []
    assert notebooks == sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_readme_names_every_extra_that_a_user_may_want():
    setup = read("README.md").partition("## Set up")[2].partition("## ")[0]
    # These two are of use in a clone alone, where `make` installs all.
    extras = set(PROJECT["optional-dependencies"]) - {"docs", "test"}

    assert {name for name in extras if f"`{name}` for" not in setup} == set()


def test_pages_leave_counts_that_a_new_document_changes_to_the_functions_that_count():
    number = r"(?:\d[\d,]*|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    counted = rf"(?i)\b{number} (?:public |full )?(?:documents|texts|statements|figures|facts)\b"

    assert re.findall(counted, read("README.md") + read("data/README.md")) == []
    assert re.findall(counted, "Five documents, 578 facts") == ["Five documents", "578 facts"]


def test_the_changelog_counts_what_is_there():
    figures = len(list((ROOT / "figures").glob("*.csv")))
    notebooks = len(list((ROOT / "notebooks").glob("*.ipynb")))
    counted = {7: "seven", 13: "thirteen", 25: "twenty-five"}
    said = f"{counted[notebooks]} notebooks, {counted[figures]} figures"

    assert said in read("CHANGELOG.md")
    assert f"{counted[len(HAZARDS)]} named hazards" in read("CHANGELOG.md")


def test_the_readme_stays_short_enough_to_read():
    assert 90 <= len(read("README.md").splitlines()) <= 180


def test_the_data_card_prints_the_agreement_that_is_computed():
    assert describe_agreement(ROOT / "data") in read("data/README.md")


@pytest.mark.parametrize("page", ["data/README.md", "data/GUIDE.md", "data/GUIDE.zh.md"])
def test_pages_name_statements_that_exist(page):
    named = set(re.findall(r"`([a-z-]+-\d{4}-[a-z-]+:\d+)`", read(page)))

    assert len(named) >= 2
    assert named <= set(load_statements().statement_id)


def test_the_data_card_leads_to_the_guide_and_the_codebook_in_both_languages():
    named = re.findall(r"`((?:CODEBOOK|GUIDE)[\w.]*)`", read("data/README.md"))

    assert {*named} == {*PAGES}


def test_the_changelog_has_the_version_of_the_package_and_the_citation_that_of_the_data():
    released = re.search(r"^## (\S+) — (\S+)$", read("CHANGELOG.md"), re.MULTILINE)
    data = re.search(r"^### Data \(version (\S+), (\S+)\)$", read("CHANGELOG.md"), re.MULTILINE)
    citation = yaml.safe_load(read("CITATION.cff"))

    assert released is not None
    assert released[1] == PROJECT["version"]
    assert data is not None
    assert data[1] == citation["version"] == read_data_version()
    assert data[2] == str(citation["date-released"])
