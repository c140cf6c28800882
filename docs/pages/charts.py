"""Charts of one place or one indicator, drawn for its page alone."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from pages.markup import write_html
from pages.work import Work
from policydata.build.files import digest
from policydata.charts.embedding import embed_fonts
from policydata.charts.page import read_record
from policydata.charts.style import saving_style

# So many places, or so many years, make a chart worth its room.
ENOUGH = 3


class Chart(NamedTuple):
    """A chart to draw: the page that shows it, the function that draws it, its rows and title."""

    page: str
    plot: Callable[..., Figure]
    rows: pd.DataFrame
    title: str = ""


def draw_charts(work: Work, charts: Sequence[Chart]) -> dict[str, str]:
    """Draw the charts that are not up to date; give each as HTML, by its page."""
    due = [
        chart
        for chart in charts
        if work.is_due(chart.page, {"rows": digest(chart.rows.to_csv()), "title": chart.title})
    ]
    folder = work.build / "extra" / "charts"
    folder.mkdir(parents=True, exist_ok=True)
    named = {_name(chart.page) for chart in charts}
    for file in folder.iterdir():
        if file.stem not in named:
            file.unlink()
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for chart in pool.map(_draw, due, [folder] * len(due)):
            work.remember(chart)
    return {chart.page: _show(chart.page, folder) for chart in charts}


def _draw(chart: Chart, folder: Path) -> str:
    """Draw a chart into its files: the drawing, and what is seen and said."""
    figure = chart.plot(chart.rows, title=chart.title)
    record = read_record(figure)
    assert record is not None, "charts of the library leave a record"
    file = folder / f"{_name(chart.page)}.svg"
    with saving_style():
        figure.savefig(file, metadata={"Creator": None, "Date": None})
    file.write_text(embed_fonts(file.read_text("utf-8")), "utf-8")
    told = {"alt": record.alt, "title": record.title, "caption": record.caption}
    file.with_suffix(".json").write_text(json.dumps(told), "utf-8")
    return chart.page


def _name(page: str) -> str:
    return page.replace("/", "-")


def _show(page: str, folder: Path) -> str:
    """Show a chart with its caption folded away."""
    told = json.loads((folder / f"{_name(page)}.json").read_text("utf-8"))
    address = f"../charts/{_name(page)}.svg"
    picture = f'<img class="whole" src="{address}" alt="{escape(told["alt"])}">'
    caption = f"<summary>Caption</summary>{write_html(told['caption'])}"
    return f'<p><a href="{address}">{picture}</a></p>\n<details>{caption}</details>'


def keep_drawable(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the figures of whole years that have a number."""
    return rows[rows.value_std.notna() & rows.period.str.fullmatch(r"\d{4}")]
