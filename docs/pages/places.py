"""A page per place: what it is, its charts, and its statements by field."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from pages.charts import Chart, keep_drawable
from pages.figures import Figure, write_cards
from pages.markup import (
    fold,
    join_parts,
    write_html,
    write_link,
    write_table,
    write_title,
    write_toctree,
)
from pages.statements import count, link_filter, list_groups, write_subject
from pages.work import Work
from policydata.charts import plot_series
from policydata.schema import DOMAINS

# A figure of so few places is a figure of each of them.
_FEW = 3


def choose_charts(statements: pd.DataFrame) -> list[Chart]:
    """Choose for each place its growth rates of whole years: those stated most often."""
    chosen = {place: _choose_growth(rows) for place, rows in statements.groupby("place")}
    return [
        Chart(f"places/{place}", plot_series, rows) for place, rows in chosen.items() if len(rows)
    ]


def write_places(
    work: Work,
    places: pd.DataFrame,
    statements: pd.DataFrame,
    figures: list[Figure],
    charts: Mapping[str, str],
) -> list[str]:
    """Write the page of each place that has statements, and the list of them."""
    counts = statements.place.value_counts()
    ordered = places[places.id.isin(counts.index)].copy()
    ordered["order"] = pd.to_numeric(ordered.yearbook_order).fillna(0)
    ordered = ordered.sort_values("order", kind="stable")
    names = dict(zip(places.id, places.name_en, strict=True))
    for row in ordered.itertuples():
        own = statements[statements.place.eq(row.id)]
        shown = _show_figures(row, figures, charts.get(f"places/{row.id}", ""))
        work.write(f"places/{row.id}.md", _write_page(row, own, shown, names))
    links = [write_link(escape(row.name_en), f"{row.id}.html") for row in ordered.itertuples()]
    listed = pd.DataFrame({
        "Place": links,
        "地区": [write_html(name) for name in ordered.name_zh],
        "Code": ordered.code,
        "Level": [escape(level) for level in ordered.level],
        "Statements": [f"{counts[one]:,}" for one in ordered.id],
    })  # fmt: skip
    head = write_title("Places", "地区")
    tree = write_toctree(list(ordered.id), "hidden:")
    work.write("places/index.md", join_parts(head, write_table(listed, "Places"), tree))
    return [f"places/{one}" for one in ordered.id]


def _write_page(place: Any, rows: pd.DataFrame, shown: str, names: dict[str, str]) -> str:
    """Write the page of a place."""
    spellings = place.spellings.split("|")
    years, documents = rows.year.dropna(), count(rows.document.nunique(), "document")
    counted = f"{count(len(rows), 'statement')} from {documents}"
    parent = write_link(escape(names.get(place.parent, "")), f"{place.parent}.html")
    facts = {
        "Code": f"{escape(place.code)} (GB/T 2260)",
        "Level": escape(place.level),
        "Part of": parent if place.parent else "",
        "Also written": fold([write_html(one) for one in spellings], ", "),
        "Data": f"{counted}, {years.min()}–{years.max()}",
        "Explorer": link_filter("place", place.id, f"All statements of {place.name_en}"),
    }
    return write_subject(place, spellings, facts, shown, _list_statements(rows, place.name_en))


def _show_figures(place: Any, figures: list[Figure], chart: str) -> str:
    """Show the figures of a place alone, a chart of its own, and where else it appears."""
    its = [one for one in figures if place.id in one.names("place")]
    own = [one for one in its if len(one.names("place")) <= _FEW]
    others = [one for one in its if one not in own]
    listed = [write_link(escape(one.title), f"../figures/{one.name}.html") for one in others]
    also = f"<p>{escape(place.name_en)} is also in these figures:</p>"
    return join_parts(
        chart or "<p>Too few growth rates of whole years are stated for a chart.</p>",
        write_cards(own) if own else "",
        also + "<ul>" + "".join(f"<li>{one}</li>" for one in listed) + "</ul>" if listed else "",
    )


def _choose_growth(rows: pd.DataFrame) -> pd.DataFrame:
    """Choose the growth rates that are stated for two whole years or more: at most eight."""
    growth = keep_drawable(rows[rows.measure.eq("growth_rate")])
    years = growth.groupby("indicator").year.nunique()
    often = growth[growth.indicator.isin(years.index[years >= 2])].indicator.value_counts().head(8)
    return growth[growth.indicator.isin(often.index)]


def _list_statements(rows: pd.DataFrame, place: str) -> list[str]:
    """List the statements of a place by field, each in a table of its own."""
    ordered = rows.sort_values(["indicator_en", "measure", "period"], kind="stable")
    return list_groups(ordered, "domain", DOMAINS, place, "indicator")
