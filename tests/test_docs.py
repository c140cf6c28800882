"""Pages say what the project is: their numbers, tables and versions are compared."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pytest

from agreement import describe_agreement
from badges import FOLDER, draw_badges
from policydata.build.files import PAGES
from policydata.load import load_statements
from policydata.schema import HAZARDS

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/recipes.md"])
def test_the_examples_of_a_page_run(page):
    flags = doctest.NORMALIZE_WHITESPACE
    found = doctest.testfile(str(ROOT / page), False, optionflags=flags, encoding="utf-8")

    assert (found.failed, found.attempted > 5) == (0, True)


def list_examples(page: str) -> list[str]:
    """Give the lines of code of a page, without the words that its language chooses."""
    code = [example.source for example in doctest.DocTestParser().get_examples(read(page))]
    return [re.sub(r'title="[^"]*"|, lang="zh"', "", line) for line in code]


def test_both_readmes_have_the_same_examples_and_name_the_same_functions():
    english, chinese = read("README.md"), read("README.zh.md")

    def list_calls(page: str) -> list[str]:
        return [re.findall(r"`([\w.]+)", line) for line in re.findall(r"^\| .*\|", page, re.M)]

    assert list_examples("README.zh.md") == list_examples("README.md")
    assert len(re.findall("^## ", chinese, re.M)) == len(re.findall("^## ", english, re.M))
    assert [names[:1] for names in list_calls(chinese)] == [
        names[:1] for names in list_calls(english)
    ]


def list_links(page: str) -> list[str]:
    """Give the files that a page links to."""
    prose = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    linked = re.findall(r"\]\(([^)]+)\)", prose)
    return [name for name in linked if not re.match(r"https?:|mailto:", name)]


def list_headings(path: Path) -> set[str]:
    """Give the anchors of the headings of a page, as code forges make them."""
    titles = re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/recipes.md", "data/README.md"]
)
def test_links_of_a_page_lead_somewhere(page):
    dead = []
    for link in list_links(page):
        name, _, heading = link.partition("#")
        path = (ROOT / page).parent / name if name else ROOT / page
        if not path.exists() or (heading and heading not in list_headings(path)):
            dead.append(link)

    assert dead == []


def test_the_readme_links_to_every_notebook_and_page():
    notebooks = {f"notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    pages = {path.name for path in ROOT.glob("[A-Z]*") if path.suffix in (".md", ".cff")}

    assert notebooks | pages - {"README.md"} <= set(list_links("README.md"))


def test_badges_say_what_is_true():
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}

    assert kept == dict(draw_badges())
    assert {f"docs/badges/{name}" for name in kept} == {
        link
        for page in ("README.md", "README.zh.md")
        for link in list_links(page)
        if link.startswith("docs/badges")
    }


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
    assert 90 <= len(read("README.md").splitlines()) <= 200


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


def test_the_changelog_has_the_version_of_the_package():
    released = re.search(r"^## (\S+) — (\S+)$", read("CHANGELOG.md"), re.MULTILINE)

    assert released is not None
    assert released[1] == PROJECT["version"]
