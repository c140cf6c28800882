"""Who opens the site from its folder reads every page, on a wide screen and on a narrow one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from browsing import needs_browser

# One process makes the site and opens its pages.
pytestmark = [needs_browser, pytest.mark.xdist_group("site")]
NARROW, WIDE = ({"width": width, "height": 900} for width in (390, 1440))
OVER = "[document.documentElement.scrollWidth - innerWidth, document.body.scrollWidth - innerWidth]"
FOCUSED = "document.activeElement.textContent.trim()"


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """Open a page that must not complain, and must not ask for anything but files."""
    said = []
    with browser.new_context(viewport=WIDE) as context:
        page = context.new_page()
        page.on("console", lambda one: said.append(one.text) if one.type != "log" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", lambda request: said.append(request.url))
        page.on("request", lambda request: said.append(request.url) if is_far(request) else None)
        yield page
    assert said == []


def is_far(request) -> bool:
    return not request.url.startswith(("file:", "data:", "blob:"))


def test_every_page_opens_without_a_complaint_and_fits_its_screen(site, page):
    too_wide = {}
    for file in choose_pages(site):
        page.goto(file.as_uri())
        for screen in (WIDE, NARROW):
            page.set_viewport_size(screen)
            if max(over := page.evaluate(OVER)) > 0:
                too_wide[file.name, screen["width"]] = over
    assert too_wide == {}


def choose_pages(site: Path) -> list[Path]:
    """Choose all pages in CI; elsewhere one in ten of those that are made alike."""
    files = [file for file in sorted(site.rglob("*.html")) if "_static" not in file.parts]
    alike = [file for file in files if file.parent.name in ("indicators", "figures", "generated")]
    return files if "CI" in os.environ else [*alike[::10], *(set(files) - set(alike))]


def test_the_keyboard_reaches_the_content_first_and_then_the_navigation(site, page):
    page.goto((site / "places/hebi.html").as_uri())
    reached = []
    for _ in range(6):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(FOCUSED))

    assert reached[0] == "Skip to main content"
    assert reached[2:5] == ["Explorer", "Places", "Indicators"]


@pytest.mark.parametrize(
    ("words", "found"),
    {
        "郑州": "places/zhengzhou.html",
        "鄭州": "places/zhengzhou.html",
        "Zhengzhou": "places/zhengzhou.html",
        "研发投入强度": "indicators/rd_intensity.html",
        "GERD/GDP": "indicators/rd_intensity.html",
        "boutique villages": "indicators/boutique_villages.html",
        "load_statements": "api/generated/policydata.load_statements.html",
    }.items(),
)
def test_the_search_finds_a_page_under_every_name_in_both_languages(words, found, site, page):
    page.goto(f"{(site / 'search.html').as_uri()}?q={words}")
    first = page.locator("#search-results li a").first

    assert first.get_attribute("href").partition("#")[0].partition("?")[0] == found
