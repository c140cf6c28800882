"""Charts of what is in the data: what is known of a subject, and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from policydata.charts.cells import PROVINCE, sort_places
from policydata.charts.facts import count_rows, name_when, name_where, say_facts
from policydata.charts.intake import name_values, order_values, take_coverage, take_groups
from policydata.charts.lanes import NARROW, measure_panels
from policydata.charts.page import Key, Words, finish
from policydata.charts.style import (
    PALETTE,
    POINTS,
    QUIET,
    chart,
    choose_ink,
    em,
    measure_width,
    open_figure,
)
from policydata.charts.text import measure, wrap
from policydata.charts.words import say
from policydata.tables import Reference

# A row and what is above all rows, in sizes of the type.
_ROW, _HEAD = 1.6, 14
# The share of the width that labels may take.
_LABELS = 0.4
# What is known of a cell: its mark, its size beside a lane, and its sign in a caption.
_KNOWN: dict[str, tuple[dict[str, Any], float, str]] = {
    "outcome": ({"marker": "s", "color": PALETTE["outcome"]}, 0.5, "■"),
    "target": ({"marker": "s", "color": PALETTE["target"], "markerfacecolor": "none"}, 0.66, "□"),
    "none stated": ({"marker": "o", "color": QUIET, "markerfacecolor": "none"}, 0.28, "○"),
    "not coded": ({"marker": "o", "color": "#b0b0b0"}, 0.1, "·"),
}


def set_apart(axes: Axes, rows: pd.DataFrame, places: Sequence[str]) -> None:
    """Draw a line below the province, if it is on top."""
    if len(places) > 1 and rows[rows.place.eq(places[0])].place_level.eq(PROVINCE).all():
        axes.axhline(1, color=QUIET, linewidth=0.6)


def name_grid(axes: Axes, rows: Sequence[str], columns: Sequence[str]) -> int:
    """Name rows, and columns above them, turned if too narrow; return the most lines of a row."""
    labels = [wrap(name, _LABELS * measure_width(axes)) for name in rows]
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels, rotation=0)
    room = (1 - _LABELS) * measure_width(axes) / len(columns)
    turned = max(map(measure, columns)) > room
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns, rotation=90 if turned else 0)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set(xlabel="", ylabel="")
    sns.despine(ax=axes, left=True, bottom=True)
    return 1 + max(label.count("\n") for label in labels)


@chart
def plot_coverage(
    cells: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw what is known of each place and year: an outcome, a target, none stated, not coded.

    Parameters
    ----------
    cells : pandas.DataFrame
        Rows of `coverage`, merged with place, year, indicator and `status` of statements; each
        indicator is a panel.
    {options}

    Returns
    -------
    matplotlib Figure
        The province on top, then places in the order of the statistical yearbook.

    Raises
    ------
    ValueError
        If there is no cell with a year.

    Examples
    --------
    >>> from policydata import coverage, load_statements
    >>> key = ["place", "year", "indicator"]
    >>> stated = load_statements(indicator="rd_intensity", year=2023)[[*key, "status"]]
    >>> cells = coverage(indicator="rd_intensity", year=2023).merge(stated, how="left")
    >>> len(plot_coverage(cells).axes)
    1
    """
    taken = take_coverage(cells, reference)
    taken = taken.assign(year=taken.year.astype("int"), known=_tell_known(taken))
    places, years = sort_places(taken), sorted(taken.year.unique())
    indicators = list(taken.indicator.unique())
    figure = open_figure(width, _HEAD + 2 * len(places))
    panels = list(figure.subplots(1, len(indicators), sharey=True, squeeze=False).flat)
    named, of_places = (name_values(taken, one, lang) for one in ("indicator", "place"))
    room = measure_panels(panels[0], [of_places[place] for place in places], len(panels))
    for axes, indicator in zip(panels, indicators, strict=True):
        _draw_known(axes, taken[taken.indicator.eq(indicator)], places, years)
        axes.set_title(wrap(named[indicator], room, "small", "bold"), fontsize="small")
    panels[0].set_yticks(range(len(places)), [of_places[place] for place in places])
    panels[0].set_ylim(len(places) - 0.4, -0.6)
    for axes in panels if PROVINCE in set(taken.place_level) else ():
        axes.axhline(0.5, color=QUIET, linewidth=0.6)
    facts = _count_known(taken, lang)
    when = name_when(taken.year.astype("str"), lang)
    parts = [say("phrase", "any measure", lang), name_where(taken, lang, reference), when]
    about = say("phrase", "list", lang).join(parts)
    keys = [
        Key(Line2D([], [], **_dress_known(one)), _KNOWN[one][2], say("known", one, lang))
        for one in _KNOWN
        if one in set(taken.known)
    ]
    return finish(
        figure, Words(lang, "coverage", title, subtitle, about, facts), taken.drop(columns="known"),
        groups={say("head", "known", lang): keys}, reference=reference, panels=panels[:1],
        height=_ROW * em() * len(places),
    )  # fmt: skip


def _tell_known(cells: pd.DataFrame) -> pd.Series:
    """Tell what is known of each row: its status, or why there is none."""
    status = cells.get("status", pd.Series("", cells.index)).astype("str").fillna("")
    aimed = status.eq("target")
    stated = status.where(aimed, "outcome")
    return stated.where(cells.state.eq("stated"), cells.state.astype("str"))


def _draw_known(
    axes: Axes, cells: pd.DataFrame, places: Sequence[str], years: Sequence[int]
) -> None:
    for known in _KNOWN:
        held = cells[cells.known.eq(known)]
        y = [places.index(place) for place in held.place]
        axes.plot(held.year, y, **_dress_known(known))
    step = 1 if measure_width(axes) > NARROW * em() else 2
    shown = years[::step]
    axes.set_xticks(shown, [str(year) for year in shown], rotation=90 if len(years) > 4 else 0)
    axes.set_xlim(min(years) - 0.7, max(years) + 0.7)
    axes.tick_params(length=0)
    sns.despine(ax=axes, left=True, bottom=True)


def _dress_known(known: str) -> dict[str, Any]:
    """Give the mark; a target lies around the outcome of its year."""
    look, size, _ = _KNOWN[known]
    return {**look, "linestyle": "none", "markersize": size * em() * POINTS}


def _count_known(cells: pd.DataFrame, lang: str) -> dict[str, str]:
    """Count the cells of the grid by what is known of them."""
    cell = ["place", "year", "indicator"]
    known = cells.groupby(cell).known.agg(set)
    counts = {one: int(sum(one in held for held in known)) for one in _KNOWN}
    stated = int(sum(bool(held & {"outcome", "target"}) for held in known))
    rows = cells[cells.statement_id.ne("")] if "statement_id" in cells else cells.head(0)
    written = count_rows(rows.assign(year=rows.year), len(known), "cell", lang)
    years = sorted(cells.year)
    spanned = {"first_year": str(years[0]), "last_year": str(years[-1])}
    return written | spanned | say_facts(counts | {"stated": stated, "cells": len(known)}, lang)


@chart
def plot_counts(
    rows: pd.DataFrame,
    by: str,
    across: str,
    *,
    framed: str = "",
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Write the number of rows into a table of two columns' values; a cell may stay empty.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any table, such as rows of `load_statements`.
    by, across : str
        Columns whose values make the rows and the columns of the table; a row without a value in
        one of them is not counted.  Places are in the order of the statistical yearbook.
    framed : str, optional
        A column of true and false: cells are framed if it is true for most of their rows.
    {options}

    Returns
    -------
    matplotlib Figure
        The number in a cell is the number of rows.

    Raises
    ------
    ValueError
        If there is no row to count.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_counts(load_statements(indicator="gdp"), by="place", across="year")
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Henan'
    """
    counted = take_groups(rows, [by, across], reference)
    if counted.empty:
        raise ValueError("There is no row to count.")
    counts = pd.crosstab(counted[by].astype("str"), counted[across].astype("str"))
    order = sort_places(counted) if by == "place" else order_values(counted, by)
    counts = counts.reindex(index=order, columns=order_values(counted, across))
    figure = open_figure(width, _HEAD + 2 * len(counts))
    axes = figure.subplots()
    _colour_counts(axes, counts)
    if by == "place":
        set_apart(axes, counted, order)
    names = {name: name_values(counted, name, lang) for name in (by, across)}
    labels = ([names[by][o] for o in counts.index], [names[across][o] for o in counts])
    lines = name_grid(axes, *labels)
    keys = _frame_cells(axes, counted, counts, (by, across, framed), lang) if framed else []
    facts = count_rows(counted, len(counted), "counted", lang) | _count_counts(
        counts, names[by], lang
    )
    about = say("phrase", "counts", lang).format(**facts)
    height = (_ROW + lines - 1) * em() * len(counts)
    return finish(
        figure, Words(lang, "counts", title, subtitle, about, facts), counted,
        groups={"": keys}, reference=reference, panels=[axes], height=height,
        plotted=[by, across, framed],
    )  # fmt: skip


def _colour_counts(axes: Axes, counts: pd.DataFrame) -> None:
    """Colour the cells by the logarithm of their counts, and write the counts in a legible ink."""
    norm = LogNorm(1, max(2, counts.to_numpy().max()))
    shades = ListedColormap(colormaps["Blues"](np.linspace(0.1, 0.85, 256)))
    sns.heatmap(
        counts, mask=counts.eq(0), annot=True, fmt="d", cmap=shades, norm=norm, cbar=False,
        linewidths=1.2, linecolor="white", annot_kws={"fontsize": "small"}, ax=axes,
    )  # fmt: skip
    for text in axes.texts:
        text.set_color(choose_ink(shades(norm(int(text.get_text())))))


def _frame_cells(
    axes: Axes, rows: pd.DataFrame, counts: pd.DataFrame, names: tuple[str, str, str], lang: str
) -> list[Key]:
    """Frame the cells that most rows say so of, and make the key."""
    by, across, framed = names
    held = rows[framed].astype("bool").groupby([rows[by].astype("str"), rows[across].astype("str")])
    look: Mapping[str, Any] = {"fill": False, "edgecolor": PALETTE["target"], "linewidth": 1.3}
    for (one, other), share in held.mean().items():
        if share > 0.5:
            corner = (counts.columns.get_loc(other) + 0.03, counts.index.get_loc(one) + 0.05)
            axes.add_patch(Rectangle(corner, 0.94, 0.9, **look))
    return [Key(Patch(**look), "□", say("framed", framed, lang))]


def _count_counts(counts: pd.DataFrame, names: Mapping[str, str], lang: str) -> dict[str, str]:
    """Count the cells, and name the row with the most."""
    sums = counts.sum(axis=1)
    told = {"cells": counts.size, "empty": int(counts.eq(0).sum().sum()), "groups": len(counts)}
    ends = {"most": int(sums.max()), "fewest": int(sums.min())}
    places = {"most_name": names[sums.idxmax()], "fewest_name": names[sums.idxmin()]}
    return say_facts(told | ends, lang) | places
