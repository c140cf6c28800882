"""A page per indicator: what it counts, its figures, and its statements by place and year."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

import pandas as pd

from pages.charts import ENOUGH, Chart, keep_drawable
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
from pages.statements import count, link_filter, list_groups, say_heading, write_subject
from pages.work import Work
from policydata.charts import plot_values
from policydata.charts.words import say_word
from policydata.schema import DOMAINS

# A figure of so few indicators is a figure of each of them; of one or two, it needs no other chart.
_FEW, _ALONE = 8, 2


def choose_charts(statements: pd.DataFrame, figures: list[Figure]) -> list[Chart]:
    """Choose the indicators that no figure shows, and that enough places or years have stated.

    Of each the measure is drawn that is stated most often.
    """
    alone = {
        one for figure in figures if len(figure.names("indicator")) <= _ALONE
        for one in figure.names("indicator")
    }  # fmt: skip
    usual = keep_drawable(statements[statements.measure.ne("relation")])
    charts = []
    for indicator, rows in usual.groupby("indicator"):
        drawn = rows[rows.measure.eq(rows.measure.value_counts().idxmax())]
        alike = drawn[drawn.unit_std.eq(drawn.unit_std.mode()[0])]
        if indicator not in alone and max(alike.place.nunique(), alike.year.nunique()) >= ENOUGH:
            charts.append(Chart(f"indicators/{indicator}", plot_values, alike))
    return charts


def write_indicators(
    work: Work,
    indicators: pd.DataFrame,
    statements: pd.DataFrame,
    figures: list[Figure],
    charts: Mapping[str, str],
) -> list[str]:
    """Write the page of each indicator that has statements, and the list of them by field."""
    counts = statements.indicator.value_counts()
    ordered = indicators[indicators.code.isin(counts.index)].sort_values("name_en")
    for row in ordered.itertuples():
        own = statements[statements.indicator.eq(row.code)]
        shown = _show_figures(row, figures, charts.get(f"indicators/{row.code}", ""))
        work.write(f"indicators/{row.code}.md", _write_page(row, own, shown))
    parts = [write_title("Indicators", "指标")]
    for domain in (one for one in DOMAINS if one in set(ordered.domain)):
        parts += _list_domain(domain, ordered[ordered.domain.eq(domain)], counts)
    tree = write_toctree(list(ordered.code), "hidden:")
    work.write("indicators/index.md", join_parts(*parts, tree))
    return [f"indicators/{code}" for code in ordered.code]


def _list_domain(domain: str, rows: pd.DataFrame, counts: pd.Series) -> list[str]:
    """List the indicators of a field."""
    field = say_heading("domain", domain)
    links = [write_link(escape(row.name_en), f"{row.code}.html") for row in rows.itertuples()]
    listed = pd.DataFrame({
        "Indicator": links,
        "指标": [write_html(name) for name in rows.name_zh],
        "Unit": [escape(unit) for unit in rows.unit],
        "Statements": [f"{counts[code]:,}" for code in rows.code],
    })  # fmt: skip
    chinese = say_word("domain", domain, "zh")
    return [f"## {field} [{chinese}]{{.language-zh}}", write_table(listed, field)]


def _write_page(indicator: Any, rows: pd.DataFrame, shown: str) -> str:
    """Write the page of an indicator."""
    spellings = [one for one in indicator.spellings.split("|") if one]
    field = say_word("domain", indicator.domain, "en")
    counted = [
        count(len(rows), "statement"),
        f"{count(rows.place.nunique(), 'place')}, {count(rows.document.nunique(), 'document')}",
    ]
    code = f"<code>{indicator.code}</code>"
    facts = {
        "Definition": write_html(indicator.definition),
        "Source of the definition": write_html(indicator.source),
        "Unit": write_html(", ".join(dict.fromkeys([indicator.unit, indicator.unit_zh]))),
        "Better": escape(indicator.better),
        "Field": escape(field),
        "Code": code,
        "Also written": fold([write_html(one) for one in spellings], ", "),
        "Data": " of ".join(counted),
        "Explorer": link_filter(
            "indicator", indicator.code, f"All statements of {indicator.name_en}"
        ),
    }
    listed = _list_statements(rows, indicator.name_en)
    return write_subject(indicator, spellings, facts, shown, listed)


def _show_figures(indicator: Any, figures: list[Figure], chart: str) -> str:
    """Show the figures of an indicator, and a chart of its own if there are none."""
    its = [one for one in figures if indicator.code in one.names("indicator")]
    own = [one for one in its if len(one.names("indicator")) <= _FEW]
    none = f"<p>No figure: fewer than {ENOUGH} places, and fewer than {ENOUGH} years, state it.</p>"
    return join_parts(chart, write_cards(own) if own else "") if chart or own else none


def _list_statements(rows: pd.DataFrame, indicator: str) -> list[str]:
    """List the statements of an indicator by measure, then by place and period."""
    ordered = rows.sort_values(["place_en", "period", "published"], kind="stable")
    return list_groups(ordered, "measure", rows.measure.cat.categories, indicator, "place")
