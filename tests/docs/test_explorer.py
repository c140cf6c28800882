"""Who opens the explorer finds every statement, and takes rows, references and a chart from it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from coloraide import Color
from playwright.sync_api import Page

import explorer
from browsing import needs_browser
from policydata import (
    cite,
    load_documents,
    load_indicators,
    load_outcomes,
    load_places,
    load_statements,
    prefer,
)
from policydata.numerals import fold

# One process opens the browser for all.
pytestmark = [needs_browser, pytest.mark.xdist_group("explorer")]

ROWS = load_statements()
TITLES = load_documents().set_index("id")[["title_zh", "title_en", "publisher"]]
PAIR = "place=zhengzhou&indicator=gdp"
STATEMENT = "zhengzhou-2023-work-report:6"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    explorer.write_explorer(folder)
    return folder / "explorer.html"


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """Open a page, which must not complain and must not ask for anything but itself."""
    context = browser.new_context(viewport=WIDE)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    said, asked = [], set()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.add(request.url.partition("#")[0]))
    with context:
        yield page
        opened = {page.url.partition("#")[0]}
    assert (said, asked - opened - {"about:blank"}) == ([], set())


def visit(page: Page, file: Path, view: str = "") -> Page:
    """Open a view of the explorer, also if only the part behind the # is another."""
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{view}")
    page.locator("#explorer-count").wait_for()
    return page


def write_csv(rows: pd.DataFrame) -> str:
    return rows.to_csv(index=False, date_format="%Y-%m-%d")


def copy_rows(page: Page) -> str:
    page.get_by_role("button", name="Copy rows as CSV").click()
    page.get_by_text("Copied:").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def list_copied(page: Page) -> list[str]:
    """List the statements that the page shows, on all pages of its table, in its order."""
    return list(pd.read_csv(io.StringIO(copy_rows(page))).statement_id)


def read_count(page: Page) -> str:
    return page.locator("#explorer-count").inner_text()


def count(rows: pd.DataFrame) -> str:
    return f"{len(rows):,} of {len(ROWS):,} statements"


def list_cells(page: Page, column: str) -> list[str]:
    return page.locator(f"tbody td.explorer-{column}").all_inner_texts()


CONDITIONS = {
    "place": ("kaifeng", ROWS.place.eq("kaifeng")),
    "indicator": ("grain_output", ROWS.indicator.eq("grain_output")),
    "measure": ("share", ROWS.measure.eq("share")),
    "year": ("2022", ROWS.year.eq(2022).fillna(False)),
    "status": ("estimate", ROWS.status.eq("estimate")),
    "reliability": ("official", ROWS.reliability.eq("official")),
    "document": ("hebi-2022-mayor-interview", ROWS.document.eq("hebi-2022-mayor-interview")),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_each_filter_shows_its_rows_alone(name, page, file):
    value, held = CONDITIONS[name]
    visit(page, file)
    page.select_option(f"[name={name}]", value)

    assert read_count(page) == count(ROWS[held])
    assert list_copied(page) == list(ROWS[held].statement_id)


def test_rows_without_a_year_can_be_chosen(page, file):
    visit(page, file, "year=none")

    assert list_copied(page) == list(ROWS[ROWS.year.isna()].statement_id)


def find_words(*words: str) -> pd.Series:
    """Find rows with each word in names, notes, documents or quotes, also as Simplified Chinese."""
    columns = "place_zh place_en indicator_zh indicator_en value_text quote note".split()
    spelled = [
        ROWS.place.map(load_places().set_index("id").spellings),
        ROWS.indicator.map(load_indicators().set_index("code").spellings),
        TITLES.loc[ROWS.document].reset_index(drop=True),
        ROWS.quote.map(fold),
    ]
    texts = pd.concat([ROWS[columns], *spelled], axis=1)
    joined = texts.agg("\n".join, axis=1).str.lower()
    return pd.concat([joined.str.contains(word, regex=False) for word in words], axis=1).all(axis=1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("夏粮", ["夏粮"]),
        ("郑州 突破", ["郑州", "突破"]),
        ("R&D Intensity", ["r&d", "intensity"]),
        ("luoyang 增长", ["luoyang", "增长"]),
        ("２.６％", ["2.6%"]),
        ("GERD/GDP", ["gerd/gdp"]),
    ],
)
def test_free_text_finds_chinese_and_english_words_in_any_width_and_case(typed, words, page, file):
    held = find_words(*words)
    visit(page, file).get_by_role("searchbox").fill(typed)

    assert 0 < held.sum() < len(ROWS)
    assert list_copied(page) == list(ROWS[held].statement_id)


def test_free_text_finds_traditional_characters_by_simplified_ones(page, file):
    traditional = ROWS[ROWS.quote.str.contains("糧食總產量")].statement_id
    visit(page, file).get_by_role("searchbox").fill("粮食总产量")

    assert len(traditional) > 0
    assert {*traditional} < {*list_copied(page)}


def test_filters_narrow_each_other_and_say_how_many_rows_each_choice_has(page, file):
    held = ROWS.place.eq("kaifeng")
    visit(page, file).select_option("[name=place]", "kaifeng")
    page.select_option("[name=status]", "target")
    statuses = page.locator("[name=status] option:not([disabled])").all_inner_texts()
    places = page.locator("[name=place] option:not([disabled])").all_inner_texts()
    counted = ROWS[held].status.astype("str").value_counts()
    targets = ROWS[ROWS.status.eq("target")].place_en.value_counts()

    assert read_count(page) == count(ROWS[held & ROWS.status.eq("target")])
    assert sorted(int(text.split("(")[1][:-1]) for text in statuses[1:]) == sorted(counted)
    assert {text.split()[0]: int(text.split("(")[1][:-1]) for text in places[1:]} == dict(targets)


def test_no_row_fits_is_said_and_clearing_shows_all_again(page, file):
    visit(page, file, "place=jiyuan&text=没有这样的字")
    said = page.locator("#explorer-table tbody").inner_text()
    page.get_by_role("button", name="Clear filters").click()

    assert said == "No statement fits all filters."
    assert (read_count(page), page.url.partition("#")[2]) == (count(ROWS), "")


def test_the_address_keeps_what_is_chosen(page, file):
    visit(page, file).select_option("[name=place]", "hebi")
    page.get_by_role("searchbox").fill("增长 Product")
    page.select_option("[name=status]", "target")
    seen, address = list_copied(page), page.url
    visit(page, file, address.partition("#")[2])

    assert list_copied(page) == seen
    assert page.locator("[name=text]").input_value() == "增长 Product"


SOMETHING_CHOSEN = "(all) => all.map((one) => one.selectedIndex >= 0)"


@pytest.mark.parametrize(
    ("view", "said"),
    [
        ("place=zhengzhuo&year=2023", "This page does not know the place “zhengzhuo”."),
        ("town=hebi", "This page does not know the town “hebi”."),
        ("hebi-2022-mayor-interview:999",
         "This page does not know the statement “hebi-2022-mayor-interview:999”."),
    ],
)  # fmt: skip
def test_an_address_that_names_what_is_not_there_is_told_so(view, said, page, file):
    visit(page, file, view)

    assert page.get_by_role("alert").inner_text() == said
    assert all(page.locator("form select").evaluate_all(SOMETHING_CHOSEN))


def test_the_anchor_of_a_statement_opens_its_row(page, file):
    row = ROWS.set_index("statement_id").loc[STATEMENT]
    visit(page, file, STATEMENT)
    shown = page.locator(f"[data-statement='{STATEMENT}']")
    details = page.locator("tr.explorer-details")

    assert read_count(page) == count(ROWS)
    assert row.quote in shown.inner_text()
    assert row.value_text in shown.inner_text()
    assert details.count() == 1
    assert ">\N{NO-BREAK SPACE}2.6%" in details.inner_text()
    assert shown.evaluate("(row) => row.contains(document.activeElement)")
    assert shown.evaluate("(row) => row.getBoundingClientRect().top < innerHeight")


def test_an_anchor_followed_on_the_page_opens_a_row_that_filters_hide(page, file):
    visit(page, file, "place=kaifeng").evaluate(f"location.hash = '{STATEMENT}'")
    page.locator(f"[data-statement='{STATEMENT}']").wait_for()

    assert page.locator("tr.explorer-details").count() == 1


@pytest.mark.parametrize(
    ("head", "column", "by"),
    [
        ("Place", "place", ["place_en"]),
        ("Period", "period", ["period"]),
        ("Source", "source", ["document"]),
        ("Figure", "figure", ["measure_word", "unit_std", "value_std"]),
    ],
)
def test_a_head_sorts_all_rows_up_and_then_down(head, column, by, page, file):
    rows = ROWS[ROWS.indicator.eq("gdp")].assign(measure_word=ROWS.measure.astype("str"))
    visit(page, file, "indicator=gdp")
    button = page.locator("thead").get_by_role("button", name=f"{head}:")
    seen = []
    for _ in range(2):
        button.click()
        seen.append(rows.set_index("statement_id").loc[list_copied(page)].reset_index())

    up, down = (frame[by].fillna(-1).apply(tuple, axis=1) for frame in seen)
    assert up.is_monotonic_increasing
    assert not up.is_monotonic_decreasing
    assert down.is_monotonic_decreasing


def test_the_table_turns_its_pages(page, file):
    visit(page, file).get_by_role("link", name="Next").click()
    opened = page.locator("tbody tr").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.statement)"
    )

    assert opened == list(ROWS.statement_id[50:100])


def test_copied_rows_are_the_bytes_of_an_export(page, file):
    visit(page, file)

    assert copy_rows(page) == write_csv(ROWS)
    assert page.locator("#explorer-copied").inner_text() == f"Copied: {len(ROWS):,} rows"


def test_copied_rows_are_read_back_by_pandas_as_they_are_shown(page, file):
    shown = ROWS[ROWS.place.eq("zhengzhou") & ROWS.indicator.eq("gdp")].reset_index(drop=True)
    days = dict.fromkeys(shown.select_dtypes("datetime"), "datetime64[s]")
    words = dict.fromkeys(shown.select_dtypes("category"), "str")
    read = pd.read_csv(
        io.StringIO(copy_rows(visit(page, file, PAIR))),
        dtype=dict.fromkeys(ROWS.select_dtypes("str"), "str"),
        keep_default_na=False,
        na_values={name: [""] for name in ROWS.select_dtypes("number")},
        parse_dates=list(days),
    ).astype(days)

    pd.testing.assert_frame_equal(read, shown.astype(words), check_dtype=False)


@pytest.mark.parametrize("style", explorer.STYLES)
def test_the_copied_citation_is_that_of_the_rows(style, page, file):
    shown = ROWS[ROWS.place.eq("zhengzhou") & ROWS.indicator.eq("gdp")]
    visit(page, file, PAIR).get_by_label("Citation as").select_option(style)
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_text("Copied:").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == cite(shown, style)
    assert str(shown.document.nunique()) in page.locator("#explorer-copied").inner_text()


def test_rows_can_be_copied_where_the_clipboard_is_closed_to_scripts(page, file):
    visit(page, file, PAIR).evaluate(
        "() => { navigator.clipboard.writeText = async () => { throw Error() } }"
    )

    assert copy_rows(page).startswith("statement_id,document,place,")


def test_the_chart_has_a_mark_for_each_figure_of_a_year_and_a_panel_for_each_measure(page, file):
    shown = ROWS[ROWS.place.eq("zhengzhou") & ROWS.indicator.eq("gdp")]
    drawn = shown[shown.period.str.fullmatch(r"\d{4}") & shown.value_std.notna()]
    marks = drawn.drop_duplicates(["measure", "year", "status", "comparator", "value_std"])
    chart = visit(page, file, PAIR).locator("#explorer-chart")
    linked = "(all) => all.map((mark) => mark.href.baseVal.slice(1))"

    assert chart.locator("h3").all_inner_texts() == ["growth, %", "billion CNY"]
    assert [
        sorted(svg.locator("a").evaluate_all(linked))
        for svg in chart.locator("svg[role=group]").all()
    ] == [
        sorted(marks.statement_id[marks.measure.eq(measure)])
        for measure in ("growth_rate", "level")
    ]
    assert f"{len(drawn)} of {len(shown)} figures" in chart.inner_text()


def test_the_chart_marks_bounds_and_says_each_figure_in_words(page, file):
    chart = visit(page, file, "place=nanyang&indicator=gdp&measure=growth_rate").locator("svg")
    said = chart.last.get_attribute("aria-label")
    rows = ROWS[ROWS.place.eq("nanyang") & ROWS.indicator.eq("gdp")]
    ranges = rows[rows.comparator.eq("range") & rows.measure.eq("growth_rate")]

    assert said.startswith("Chart of Gross regional product, Nanyang, by year, in growth, %: ")
    assert {f"{row.year} target {row.low:g}–{row.high:g}%" for row in ranges.itertuples()} <= {
        *said.rstrip(".").partition(": ")[2].split("; ")
    }
    assert chart.last.locator("rect.span").count() == len(ranges.drop_duplicates(["low", "high"]))


PAIRS = {
    "a year is missing": ("nanyang", "gdp", "level"),
    "the base was revised": ("xinxiang", "gdp", "level"),
    "years follow each other": ("henan", "grain_output", "level"),
}


@pytest.mark.parametrize("case", PAIRS)
def test_a_line_joins_the_outcomes_of_years_that_follow_each_other_on_one_base(case, page, file):
    place, indicator, measure = PAIRS[case]
    rows = load_outcomes(place=place, indicator=indicator, measure=measure)
    whole = rows[rows.period.str.fullmatch(r"\d{4}") & rows.comparator.eq("=")]
    years = prefer(whole[~whole.hazards.str.contains("partial_scope")]).sort_values("year")
    follow, revised = years.year.diff().eq(1), years.hazards.str.contains("series_break")
    asked = f"place={place}&indicator={indicator}&measure={measure}"
    lines = visit(page, file, asked).locator("#explorer-chart line.joined")

    assert (follow & revised).any() == (case == "the base was revised")
    assert (years.year.diff() > 1).any() == (case == "a year is missing")
    assert lines.count() == (follow & ~revised).sum() > 0


def test_a_mark_leads_to_its_row(page, file):
    mark = visit(page, file, PAIR).locator("#explorer-chart svg a").first
    statement = mark.get_attribute("href")[1:]
    mark.click()
    page.locator("tr.explorer-details").wait_for()

    assert page.locator("tr:has([aria-expanded=true])").get_attribute("data-statement") == statement


@pytest.mark.parametrize("view", ["", "place=zhengzhou", "indicator=gdp", "text=没有这样的字"])
def test_without_one_place_and_indicator_there_is_no_chart(view, page, file):
    said = visit(page, file, view).locator("#explorer-chart").inner_text()

    assert said.startswith("Choose a place and an indicator")


@pytest.mark.parametrize("alone", [True, False])
def test_details_lead_to_pages_beside_this_one_if_there_are_any(alone, page, tmp_path):
    fragment = explorer.make_fragment(ROWS.head(1), alone=alone)
    file = tmp_path / "page.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><body>{fragment}", "utf-8")
    row = ROWS.iloc[0]
    details = visit(page, file, row.statement_id).locator("tr.explorer-details")
    linked = [link.get_attribute("href") for link in details.get_by_role("link").all()]
    beside = [
        f"places/{row.place}.html",
        f"indicators/{row.indicator}.html",
        f"documents.html#{row.document}",
    ]

    assert linked == [
        f"#{row.statement_id}",
        f"#place={row.place}&indicator={row.indicator}",
        f"#document={row.document}",
        *([] if alone else beside),
    ]


PLANTED = (
    """<script>window.planted=1</script>"><img src=x onerror="window.planted=1">&amp;,\n=1+1"""
)


def test_planted_markup_shows_as_text_everywhere_and_is_copied_as_it_is(page, tmp_path):
    texts = dict.fromkeys("place_zh place_en indicator_en indicator_zh quote note".split(), PLANTED)
    rows = ROWS.head(2).assign(**texts, value_text=f"=1+1{PLANTED}", commitment=PLANTED)
    named = dict.fromkeys(["title_zh", "title_en", "publisher"], PLANTED)
    documents = load_documents().assign(**named, url="javascript:window.planted=1")
    fragment = explorer.make_fragment(rows, reference={"documents": documents})
    file = tmp_path / "planted.html"
    file.write_text(f"<!doctype html><meta charset=utf-8><body>{fragment}", "utf-8")
    statement = rows.statement_id.iloc[0]
    visit(page, file, statement)
    chosen = {"place": rows.place.iloc[0], "indicator": rows.indicator.iloc[0]}
    for name, value in chosen.items():
        page.select_option(f"[name={name}]", value)
    shown = page.locator(f"[data-statement='{statement}']").inner_text()
    detailed = page.locator("#explorer-app")

    assert shown.count("<script>window.planted=1</script>") == 8
    assert detailed.locator("img, script, a[href^=javascript]").count() == 0
    assert page.evaluate("window.planted") is None
    assert copy_rows(page) == write_csv(rows)


def test_the_page_is_three_scripts_that_nothing_in_them_ends_or_opens(file):
    soup = BeautifulSoup(file.read_text("utf-8"), "html.parser")

    assert [script.get("type") for script in soup("script")] == [
        "application/json",
        *["module"] * 2,
    ]
    assert "<!--" not in soup("script")[1].string
    assert "readAddress();" in soup("script")[2].string[-20:]
    assert not soup.select("[src], link:not([rel=icon])")


def test_without_scripts_the_page_says_where_the_rows_are(browser, file):
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        link = page.get_by_role("link", name="statements.csv")

        assert f"All {len(ROWS):,} statements" in page.locator("body").inner_text()
        assert not page.locator("form").is_visible()
        table = file.with_name(link.get_attribute("href")).read_text("utf-8-sig")
        assert table == write_csv(ROWS)


def test_the_same_tables_make_the_same_bytes(file, tmp_path):
    explorer.write_explorer(tmp_path)

    assert (tmp_path / file.name).read_bytes() == file.read_bytes()


FOCUSED = """() => {
    const one = document.activeElement
    return one.name || one.id || one.ariaLabel
}"""


def test_everything_is_done_by_the_keyboard(page, file):
    visit(page, file)
    reached = []
    while len(reached) < 30 and not (reached and reached[-1].startswith("Details of")):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1].startswith(("Place:", "Details of")):
            page.keyboard.press("Enter")
    first = ROWS.sort_values("place_en", kind="stable").statement_id.iloc[0]
    heads = "Row Place Indicator Period Status Figure Source".split()

    assert reached[:9] == ["text", *CONDITIONS, "explorer-clear"]
    assert [name.partition(":")[0] for name in reached[12:-1]] == heads
    assert page.locator("th[aria-sort=ascending]").inner_text().strip() == "Place"
    assert page.locator("tr:has([aria-expanded=true])").get_attribute("data-statement") == first
    page.keyboard.press("Enter")
    assert page.locator("tr.explorer-details").count() == 0


NAMELESS = r"^\s*- (?:button|combobox|searchbox|link|table)(?: \[[^\]]*\])*:?$"


def test_headings_are_in_order_and_every_control_has_a_name(page, file):
    visit(page, file, PAIR)
    heads = page.locator("h1, h2, h3").evaluate_all("(all) => all.map((head) => head.tagName)")
    told = page.locator("main").aria_snapshot()

    assert heads == ["H1", "H2", "H2", "H3", "H3", "H2"]
    assert re.findall(NAMELESS, told, re.MULTILINE) == []
    assert page.locator("#explorer-count").get_attribute("role") == "status"


@pytest.mark.parametrize("view", ["", PAIR, STATEMENT])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_hangs_over_the_edge_of_the_screen(size, view, page, file):
    page.set_viewport_size(size)
    visit(page, file, view)
    over = page.locator("#explorer-app *:visible").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1)"
        ".map((one) => one.className || one.tagName)"
    )

    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    assert over == []


# Of each element that is seen: its ink, the paper behind it, and what it is.
COLOURS = """(all, property) => all.filter((one) => one.checkVisibility()).map((one) => {
    let paper = one
    while (getComputedStyle(paper).backgroundColor === "rgba(0, 0, 0, 0)" && paper.parentElement)
        paper = paper.parentElement
    const name = one.getAttribute("class") || one.tagName
    return [getComputedStyle(one)[property], getComputedStyle(paper).backgroundColor, name]
})"""
TEXTS = "p, label, small, b, td, th, dt, dd, a, button, strong, h2, h3, span"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_marks_stand_out_in_light_and_dark(scheme, browser, file):
    with browser.new_context(viewport=WIDE, color_scheme=scheme) as context:
        page = visit(context.new_page(), file, PAIR)
        page.locator("tbody button").first.click()
        texts = page.locator(f"#explorer-app :is({TEXTS}):not(svg *)")
        seen = {
            4.5: [
                *texts.evaluate_all(COLOURS, "color"),
                *page.locator("svg text").evaluate_all(COLOURS, "fill"),
            ],
            3: [
                *page.locator("svg a:is(.outcome, .estimate)").evaluate_all(COLOURS, "fill"),
                *page.locator("svg a.target").evaluate_all(COLOURS, "stroke"),
                *page.locator("form :is(input, select)").evaluate_all(COLOURS, "borderColor"),
            ],
        }

    faint = {
        name
        for least, colours in seen.items()
        for ink, paper, name in colours
        if Color(ink).contrast(paper) < least
    }
    assert faint == set()
    assert {name for *_, name in seen[3]} == {"outcome", "estimate", "target", "INPUT", "SELECT"}
    assert len(seen[4.5]) > 100
