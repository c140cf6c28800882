"""Charts of how targets fared: targets beside outcomes, their gaps, and counts of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from policydata.charts.intake import (
    choose_scale,
    label_places_and_periods,
    name_measured,
    name_values,
    order_values,
    refuse_mixture,
    say_aside,
    take_groups,
    take_pairs,
)
from policydata.charts.layout import (
    find_figure,
    fit_lanes,
    head_axes,
    label_lanes,
    label_values,
    wrap,
)
from policydata.charts.marks import (
    SHADES,
    Mark,
    draw_shape,
    dress,
    explain,
    leave_record,
    list_figures,
    make_key,
    put_legend,
    write_beside,
)
from policydata.charts.style import BEHIND, QUIET, chart, choose_ink, open_figure
from policydata.charts.words import list_words, say, write_bounds
from policydata.tables import Reference

_SIDES = ("target", "outcome")
# The share of the figure's width that an answer may take.
_ANSWER = 0.36


@chart
def plot_pairs(
    pairs: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw targets and outcomes as dumbbells: a hollow mark is a target, a solid one an outcome.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` with one indicator, measure and unit.
    {options}

    Returns
    -------
    matplotlib Figure
        One row per pair, by place and period, with the answer beside it.

    Raises
    ------
    ValueError
        If the pairs mix indicators, measures or units, if no pair can be drawn, or if `lang` or
        `width` is not known.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_pairs(compare(place="zhengzhou", indicator="retail_sales"))
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Zhengzhou, 2021', 'Zhengzhou, 2022', 'Zhengzhou, 2023']
    """
    drawn = refuse_mixture(take_pairs(pairs, reference)).sort_values(
        ["place", "period", "target_id"], ignore_index=True
    )
    figure = open_figure(width, 20 + 3 * len(drawn))
    axes = figure.subplots()
    scale, unit = choose_scale(drawn, [*_SIDES], lang)
    for y, pair in enumerate(drawn.itertuples()):
        _draw_dumbbell(axes, pair, y, scale, lang)
    axes.axvline(0, color=QUIET, linewidth=0.6, zorder=1)
    label_lanes(axes, label_places_and_periods(drawn, lang))
    label_values(axes, drawn.measure.iloc[0], unit, lang)
    head_axes(axes, name_measured(next(drawn.itertuples()), lang))
    marks = _explain_dumbbells(figure, drawn, lang)
    fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang, marks)
    return figure


def _draw_dumbbell(axes: Axes, pair: Any, y: float, scale: float, lang: str) -> None:
    """Draw target, outcome, the way between them, and the answer in words."""
    ends = {side: list_figures(pair, side, scale) for side in _SIDES}
    values = [ends[side][1] for side in _SIDES]
    axes.plot(values, [y, y], color=BEHIND, zorder=1)
    for side, status in zip(_SIDES, ("target", pair.outcome_status), strict=True):
        draw_shape(axes, status, *ends[side], y)
    written = {side: write_bounds(*ends[side], pair.unit_std, lang) for side in _SIDES}
    said = say("phrase", "answer", lang).format(answer=say("met", pair.met, lang), **written)
    furthest = np.nanmax([*values, *(ends[side][3] for side in _SIDES)])
    wrapped = wrap(said, _ANSWER * find_figure(axes).get_figwidth())
    write_beside(axes, wrapped, furthest, y, room=1.2)


def _explain_dumbbells(figure: Figure, pairs: pd.DataFrame, lang: str) -> list[Mark]:
    """Put a legend under dumbbells for the statuses and the bounds of their ends."""
    statuses = ["target", *pairs.outcome_status]
    comparators = [*pairs.target_comparator, *pairs.outcome_comparator]
    note = say("phrase", "pairs", lang).format(n=len(pairs))
    return explain(figure, statuses, comparators, note, lang)


@chart
def plot_answers(
    rows: pd.DataFrame,
    by: str,
    answer: str = "met",
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw how often each answer occurs in each group, as counts with the n of the group.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `compare`, or any table with a column of at most three answers.
    by : str
        Column whose values make the groups; places and indicators are labelled by name.
    answer : str, default "met"
        Column with the answers; the words of a vocabulary keep their order and their shades.
    {options}

    Returns
    -------
    matplotlib Figure
        One bar per group, in the order of the vocabulary, or else the largest on top; each part of
        a bar shows its count.

    Raises
    ------
    ValueError
        If there is no row, or if there are more than three answers.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_answers(compare(), by="indicator")
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['missed', 'unclear', 'met']
    """
    drawn = take_groups(rows, [by, answer], reference, free=[answer])
    given = drawn[answer].astype("str")
    order = order_values(drawn, answer)
    if not 0 < len(order) <= len(SHADES):
        raise ValueError(f"One to three answers can be drawn; these rows have {len(order)}.")
    counts = pd.crosstab(drawn[by].astype("str"), given).loc[_order_groups(drawn, by), order]
    shades = _choose_shades(answer, order)
    figure = open_figure(width, 20 + 3 * len(counts))
    axes = figure.subplots()
    _draw_bars(axes, counts, shades)
    label_lanes(axes, _write_sizes(drawn, by, list(counts.index), lang))
    axes.grid(visible=False)
    if answer in list_words("head"):
        head_axes(axes, say("head", answer, lang))
    axes.set_xlabel(say("phrase", "cases", lang), loc="left")
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True, steps=[1, 2, 5, 10]))
    keys = [
        make_key(Patch(facecolor=shade), SHADES[shade], answer, word)
        for word, shade in shades.items()
    ]
    marks = put_legend(figure, [keys], lang)
    fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang, marks, [by, answer])
    return figure


def _choose_shades(answer: str, order: Sequence[str]) -> dict[str, str]:
    """Choose the shades; an answer keeps its own even if others are not given."""
    words, scheme = list_words(answer), list(SHADES)
    known = words if len(words) <= len(scheme) and set(order) <= set(words) else list(order)
    scheme = scheme if len(known) > 2 else [scheme[0], scheme[-1]]
    return {word: scheme[known.index(word)] for word in order}


def _draw_bars(axes: Axes, counts: pd.DataFrame, shades: dict[str, str]) -> None:
    start = counts.cumsum(axis=1) - counts
    for word, shade in shades.items():
        bars = axes.barh(
            range(len(counts)), counts[word], left=start[word], height=0.62, color=shade
        )
        labels = [str(count) if count else "" for count in counts[word]]
        axes.bar_label(bars, labels, label_type="center", fontsize="small", color=choose_ink(shade))


def _order_groups(rows: pd.DataFrame, by: str) -> list[str]:
    """Order groups as in their vocabulary, or else the largest first."""
    order = order_values(rows, by)
    sizes = rows[by].astype("str").value_counts()
    return order if list_words(by) else sorted(order, key=lambda one: -sizes[one])


def _write_sizes(rows: pd.DataFrame, by: str, order: Sequence[str], lang: str) -> list[str]:
    names, sizes = name_values(rows, by, lang), rows[by].astype("str").value_counts()
    return [say_aside(names[group], f"n = {sizes[group]}", lang) for group in order]


@chart
def plot_gaps(
    pairs: pd.DataFrame,
    by: str,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the gap between each outcome and its target, one dot per pair, by group with its n.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` whose gaps have one unit.
    by : str
        Column whose values make the groups; places and indicators are labelled by name.
    {options}

    Returns
    -------
    matplotlib Figure
        Zero is the target; the mark of an estimate is half filled, as in every chart.

    Raises
    ------
    ValueError
        If there is no pair, if the gaps have different units, or if `lang` or `width` is not known.

    Examples
    --------
    >>> from policydata import compare
    >>> pairs = compare()
    >>> figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="target_comparator")
    >>> figure.axes[0].get_xlabel()
    'outcome minus target, percentage points'
    """
    drawn = take_pairs(pairs, reference, ["gap", "gap_unit", "outcome_status"], [by])
    units = drawn.gap_unit.unique()
    if len(units) != 1:
        listed = ", ".join(f'"{unit}"' for unit in units)
        raise ValueError(f"One axis takes one unit of the gap; these pairs have {listed}.")
    order = _order_groups(drawn, by)
    scale, unit = choose_scale(drawn, ["gap"], lang, "gap_unit")
    figure = open_figure(width, 20 + 3 * len(order))
    axes = figure.subplots()
    axes.axvline(0, color=QUIET, linewidth=0.8)
    for status, rows in drawn.groupby("outcome_status"):
        y = rows[by].astype("str").map(order.index)
        axes.plot(rows.gap / scale, y, **dress(str(status)), alpha=0.8)
    label_lanes(axes, _write_sizes(drawn, by, order, lang))
    head_axes(axes, say("head", "gap", lang))
    label_values(axes, "gap", unit, lang)
    marks = explain(figure, drawn.outcome_status, [], "", lang)
    fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang, marks, [by])
    return figure
