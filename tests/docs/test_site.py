"""The pages of the site: all are there, complete, and lead to each other and to no dead end."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePosixPath
from posixpath import normpath
from urllib.parse import parse_qs, unquote

import nbformat
import pytest
from bs4 import BeautifulSoup
from sphinx.util.inventory import InventoryFile

import policydata
import policydata.charts
from pages.reference import VERSIONS
from policydata.load import load_statements
from site_pages import read_pages

# One process makes the site and reads its pages.
pytestmark = pytest.mark.xdist_group("site")
STATEMENTS = load_statements()
# What the explorer reads behind the # of its address.
VIEWS = {name: set(STATEMENTS[name]) for name in ("place", "indicator", "document")}
_CALLED = r"""(?:url\(|@import)\s*["']?(?:\w+:)?//[^)\s]*"""
STATED = set(STATEMENTS.statement_id)


@pytest.fixture(scope="module")
def pages(site):
    return read_pages(site)


def read(site, page):
    return BeautifulSoup((site / page).read_text("utf-8"), "html.parser")


def is_there(target, anchor, site, pages):
    """Tell whether an address leads to a file, and to a place on it."""
    if target == "explorer.html" and anchor:
        views = parse_qs(anchor, strict_parsing=True) if "=" in anchor else {}
        known = all(set(values) <= VIEWS.get(name, set()) for name, values in views.items())
        return known if views else anchor in STATED or anchor in pages[target].ids
    if target in pages:
        return not anchor or anchor in pages[target].ids
    return (site / target).is_file()


def list_dead_ends(site, pages):
    for name, page in pages.items():
        for _, address in page.references:
            path, _, anchor = address.partition("#")
            if "//" in path or path.startswith(("data:", "mailto:")):
                continue
            path = unquote(path.partition("?")[0])
            target = normpath(str(PurePosixPath(name).parent / path)) if path else name
            if not is_there(target, unquote(anchor), site, pages):
                yield name, address


def test_every_link_leads_to_a_page_a_file_or_a_place_that_is_there(site, pages):
    assert sorted(set(list_dead_ends(site, pages))) == []


def test_no_page_and_no_style_asks_for_anything_from_elsewhere(site, pages):
    fetched = {
        (name, address)
        for name, page in pages.items()
        for tag, address in page.references
        if "//" in address and tag != "a"
    }
    styles = [file.read_text("utf-8") for file in site.rglob("*.css")]
    called = {url for style in styles for url in re.findall(_CALLED, style)}

    assert (fetched, called) == (set(), set())


def test_every_picture_says_what_is_seen(pages):
    silent = {
        (name, picture.get("src"))
        for name, page in pages.items()
        for picture in page.pictures
        if not picture.get("alt") or picture["alt"].endswith(".png")
    }
    assert silent == set()


def test_headings_begin_with_one_of_the_first_level_and_leave_no_level_out(pages):
    wrong = {
        name: page.headings
        for name, page in pages.items()
        if page.headings.count(1) != 1
        or any(after > before + 1 for before, after in pairwise([0, *page.headings]))
    }
    assert wrong == {}


def test_ids_of_a_page_differ(pages):
    assert {name for name, page in pages.items() if len({*page.ids}) < len(page.ids)} == set()


def test_pages_in_chinese_say_so(pages):
    assert {name for name, page in pages.items() if page.lang == "zh"} == {
        name for name in pages if ".zh." in name
    }
    assert {page.lang for page in pages.values()} == {"en", "zh"}


def test_the_reference_has_every_public_name_and_no_other(site):
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    described = {
        item for kind, items in inventory.data.items() if kind.startswith("py:") for item in items
    }
    own = {f"policydata.{name}" for name in [*policydata.__all__, *VERSIONS]}
    charts = {f"policydata.charts.{name}" for name in policydata.charts.__all__}

    modules = {"policydata", "policydata.charts"}
    # Where the class is written, as its errors name it.
    also = {"policydata.problems.CodingError"}

    assert described == own | charts | modules | also


def test_the_start_page_shows_each_figure_with_its_finding_and_leads_to_what_is_behind_it(site):
    cards = read(site, "index.html").select(".gallery > li")
    shown = [[link["href"] for link in card.select("a")] for card in cards]
    names = {file.stem for file in (site / "figures").glob("*.csv")}

    assert {PurePosixPath(links[0]).stem for links in shown} == names
    assert len(shown) == len(names) == 25
    for page, notebook, *files in shown:
        stem = f"figures/{PurePosixPath(page).stem}"
        assert page == f"{stem}.html"
        assert notebook.startswith("notebooks/0")
        assert files == [f"{stem}.{suffix}" for suffix in ("pdf", "svg", "png", "csv")]


def test_the_start_page_opens_with_the_sentence_and_the_lines_of_the_readme(site):
    start, readme = read(site, "index.html"), read(site, "README.html")

    assert start.select_one("section p").text.startswith("The figures that Chinese")
    assert start.select_one("section p").text in {one.text for one in readme.select("section p")}
    assert start.select_one("pre").text == readme.select_one("pre").text
    assert ">>> from policydata import" in start.select_one("pre").text


@pytest.mark.parametrize("kind", ["place", "indicator"])
def test_a_page_per_place_and_indicator_has_all_its_statements(kind, site, pages):
    stated = STATEMENTS.groupby(kind).statement_id.agg(set)

    assert {
        name: STATED & {*pages[f"{kind}s/{name}.html"].ids} for name in stated.index
    } == stated.to_dict()


def test_a_row_has_figure_words_and_links_to_source_and_explorer(site):
    row = read(site, "places/zhengzhou.html").find(id="zhengzhou-2023-work-report:6")

    assert row.get_text(" ", strip=True) == (
        "R&D intensity (R&D expenditure over GDP) , share 2023 target >\xa02.6% "
        "研究与试验发展经费投入强度 突破2.6% zhengzhou-2023-work-report statement 6"
    )
    assert [link["href"] for link in row.select("a")] == [
        "../indicators/rd_intensity.html",
        "../documents.html#zhengzhou-2023-work-report",
        "../explorer.html#zhengzhou-2023-work-report:6",
    ]


def test_a_rank_is_named_before_its_number(site):
    row = read(site, "places/hebi.html").find(id="hebi-2024-press-conference:7")

    assert " outcome rank 5 " in row.get_text(" ", strip=True)


def test_a_page_without_a_figure_says_so_and_one_with_data_has_one(site):
    none, drawn, shown = (
        read(site, f"indicators/{name}.html").select_one("#figures")
        for name in ("boutique_villages", "retail_sales", "rd_intensity")
    )

    assert "No figure: fewer than 3 places, and fewer than 3 years" in none.text
    assert drawn.select_one("img")["src"] == "../charts/indicators-retail_sales.svg"
    assert "rd_intensity" in {
        PurePosixPath(link["href"]).stem for link in shown.select(".gallery > li > a")
    }


def test_notebooks_are_shown_with_their_outputs_and_no_complaint(site):
    for file in sorted((site.parent / "executed").glob("*.ipynb")):
        notebook = nbformat.read(file, as_version=4)
        outputs = [one for cell in notebook.cells for one in cell.get("outputs", [])]
        drawn = [one for one in outputs if "image/png" in one.get("data", {})]
        page = read(site, f"notebooks/{file.stem}.html")

        assert {one.output_type for one in outputs} <= {"execute_result", "display_data", "stream"}
        assert not [one for one in outputs if one.get("name") == "stderr"]
        assert len(page.select(".cell_output img")) == len(drawn) > 0
