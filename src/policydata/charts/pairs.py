"""Targets beside outcomes: dumbbells on lanes, and the distances between them."""

from __future__ import annotations

import matplotlib as mpl
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.cells import join_signs, sort_by_place, take_cells
from policydata.charts.facts import count_rows, describe_pairs, finish_cells, say_facts
from policydata.charts.intake import name_values, order_values, refuse_mixture, take_pairs
from policydata.charts.lanes import (
    LABELS,
    LANE,
    draw_lane,
    label_axis,
    label_lanes,
    write_beside,
    write_lane,
)
from policydata.charts.marks import list_status_keys
from policydata.charts.page import Words, finish
from policydata.charts.style import PALETTE, QUIET, chart, em, measure_width, open_figure
from policydata.charts.text import measure, number_axis, wrap
from policydata.charts.words import (
    list_words,
    name_axis,
    name_period,
    name_scale,
    say,
    write_number,
)
from policydata.schema import ANSWERS
from policydata.tables import Reference

# The height of a lane with names above and below its dots, in sizes of the type.
_WIDE_LANE = 2.8
# As many of the farthest dots are named, if there is room.
_FAR = 8
# In lanes: how far a name is from its dot, and how near two names share a line.
_NAMED, _APART = 0.38, 0.4


@chart
def plot_pairs(
    rows: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw targets beside outcomes as dumbbells, one lane a place and year, figures beside it.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one unit.
    {options}

    Returns
    -------
    matplotlib Figure
        Places in the order of the statistical yearbook, the province first, the earliest year on
        top.

    Raises
    ------
    ValueError
        If the rows mix units, or if no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(place="zhengzhou", indicator="retail_sales", measure="growth_rate")
    >>> figure = plot_pairs(rows[rows.year.isin([2021, 2022])])
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Zhengzhou, 2021', 'Zhengzhou, 2022†']
    """
    cells = take_cells(rows, reference, lang, keep=_keep_longest)
    refuse_mixture(cells.drawn.assign(indicator="", measure=""))
    drawn = sort_by_place(cells.drawn, "year")
    lanes = drawn.groupby(["place", "year"], sort=False)
    figure = open_figure(width, 12 + LANE * lanes.ngroups)
    axes = figure.subplots()
    labels, texts = [], []
    for lane, ((_, year), group) in enumerate(lanes):
        draw_lane(axes, group, lane)
        period = name_period(str(year), lang)
        named = say("phrase", "tile", lang).format(group.place_said.iloc[0], period)
        labels.append(named + join_signs(group.signs))
        texts.append(write_lane(group, lang, str(year), drawn.status.nunique() > 1))
    axes.margins(x=0.06)
    label_axis(axes, drawn, lang)
    label_lanes(axes, labels)
    lines = write_beside(axes, texts)
    shown = cells._replace(drawn=drawn)
    return finish_cells(
        figure, shown, Words(lang, "pairs", title, subtitle), reference=reference, panels=[axes],
        height=(LANE + lines - 1) * em() * len(labels),
    )  # fmt: skip


def _keep_longest(drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep of each place, year and status the figure of the longest period."""
    dated = drawn.dropna(subset=["year"])
    ordered = dated.assign(days=dated.period_end - dated.period_start).sort_values(
        "days", kind="stable"
    )
    return ordered.drop_duplicates(
        ["place", "indicator", "year", "status"], keep="last"
    ).sort_index()


@chart
def plot_gaps(
    pairs: pd.DataFrame,
    by: str = "indicator",
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the gap between each outcome and its target, one dot a pair; the farthest are named.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` whose gaps have one unit.
    by : str, default "indicator"
        Column whose values make the lanes; places and indicators are labelled by name.
    {options}

    Returns
    -------
    matplotlib Figure
        Zero is the target; lanes by their median gap, the lowest on top.

    Raises
    ------
    ValueError
        If there is no pair, or if the gaps have different units.

    Examples
    --------
    >>> from policydata import compare
    >>> pairs = compare()
    >>> figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="target_comparator")
    >>> figure.axes[0].get_xlabel()
    'outcome minus target, percentage points'
    """
    drawn = take_pairs(pairs, reference, ["gap", "gap_unit", "outcome_status", "period"], [by])
    units = drawn.gap_unit.unique()
    if len(units) != 1:
        listed = ", ".join(f'"{unit}"' for unit in units)
        raise ValueError(f"One axis takes one unit of the gap; these pairs have {listed}.")
    medians = drawn.groupby(drawn[by].astype("str")).gap.median()
    order = order_values(drawn, by)
    order = order if list_words(by) else sorted(order, key=medians.to_dict().__getitem__)
    scale, unit = name_scale(
        float(drawn.gap.abs().max()), units[0], lang, name_zh=drawn.gap_unit_zh.iloc[0]
    )
    spread = drawn.assign(at=drawn.gap / scale, lane=drawn[by].astype("str").map(order.index))
    figure = open_figure(width, 12 + 2 * LANE * len(order))
    axes = figure.subplots()
    axes.axvline(0, color=QUIET, linewidth=0.8, zorder=1)
    _swarm(axes, spread, len(order))
    names, sizes = name_values(drawn, by, lang), drawn[by].astype("str").value_counts()
    labels = [say("phrase", "sized", lang).format(names[one], sizes[one]) for one in order]
    lines = label_lanes(axes, labels)
    room = (1 - LABELS) * measure_width(axes) - em()
    axes.set_xlabel(wrap(name_axis("gap", unit, lang), room), loc="left")
    axes.grid(True, axis="y")
    number_axis(axes.xaxis, lang)
    aside = max(measure(tick.get_text()) for tick in axes.get_yticklabels())
    _name_far(axes, spread, measure_width(axes) - aside - 2 * em(), lang)
    facts = _count_gaps(drawn, scale, lang)
    about = describe_pairs(drawn, say("measure", "gap", lang), unit, lang, reference)
    words = Words(lang, "gaps", title, subtitle, about, facts)
    groups = {say("head", "status", lang): list_status_keys(drawn.outcome_status, lang)}
    return finish(
        figure, words, drawn, groups=groups, reference=reference, panels=[axes],
        height=max(_WIDE_LANE, 1.15 * lines) * em() * len(order),
    )  # fmt: skip


def _swarm(axes: Axes, rows: pd.DataFrame, lanes: int) -> None:
    """Draw one dot a pair, beside each other where they would hide each other."""
    sns.swarmplot(
        rows, x="at", y="lane", hue="outcome_status", order=range(lanes), orient="y", legend=False,
        palette=PALETTE, size=0.8 * mpl.rcParams["lines.markersize"], edgecolor="white",
        linewidth=0.5, ax=axes, native_scale=True,
    )  # fmt: skip
    axes.set_ylabel("")


def _name_far(axes: Axes, rows: pd.DataFrame, room: float, lang: str) -> None:
    """Name the dots that are farthest from their targets, as far as names have room in inches."""
    taken: list[tuple[float, float, float]] = []
    left, right = axes.get_xlim()
    inch = (right - left) / room
    for row in rows.iloc[np.argsort(-rows["at"].abs())].head(_FAR).itertuples():
        text = say("phrase", "tile", lang).format(
            getattr(row, f"place_{lang}"), name_period(row.period, lang)
        )
        half = measure(text) * inch / 2
        middle = float(np.clip(row.at, left + half, right - half))
        # Above the dot, or below it where another name is.
        for lane in (row.lane - _NAMED, row.lane + _NAMED):
            near = [(at, other) for one, at, other in taken if abs(one - lane) < _APART]
            if all(abs(middle - at) > half + other for at, other in near):
                taken.append((lane, middle, half))
                axes.text(
                    middle, lane, text, ha="center", va="center", fontsize="small", color=QUIET
                )
                break


def _count_gaps(pairs: pd.DataFrame, scale: float, lang: str) -> dict[str, str]:
    """Count the pairs below and above their targets, and write the gap in the middle."""
    middle = float(pairs.gap.median()) / scale
    counts = {"below": int((pairs.gap < 0).sum()), "above": int((pairs.gap > 0).sum())}
    counts["estimates"] = int(pairs.outcome_status.eq("estimate").sum())
    if "met" in pairs:
        counts |= {word: int(pairs.met.astype("str").eq(word).sum()) for word in ANSWERS}
    written = {"median": write_number(middle, lang), "median_below": write_number(-middle, lang)}
    return count_rows(pairs, len(pairs), "pair", lang) | say_facts(counts, lang) | written
