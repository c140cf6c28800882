"""How targets fared: shares of answers, and gaps, each with its number of cases."""

from __future__ import annotations

from typing import Any, cast

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from policydata.charts.marks import dress, explain
from policydata.charts.style import (
    COLOURS,
    INK,
    MILLIMETRE,
    QUIET,
    drawing_style,
    name_scale,
    open_figure,
)

__all__ = ["plot_answers", "plot_gaps"]

_ROW_HEIGHT, _HEAD_HEIGHT = 6.5 * MILLIMETRE, 24 * MILLIMETRE
_SHADES = ("#d9d9d9", "#9db8c9", COLOURS["outcome"])


def plot_answers(rows: pd.DataFrame, by: str, answer: str = "met") -> Figure:
    """Draw how often each answer was given, group by group, as counts with their n.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `compare`, or any table with a column of at most three answers.
    by : str
        Column whose values make the groups.
    answer : str, default "met"
        Column with the answers; categories keep their order.

    Returns
    -------
    matplotlib Figure
        One bar a group, the largest on top; the count stands in each part of it.

    Raises
    ------
    ValueError
        Where there is no row, or more than three answers.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_answers(compare(), by="indicator_en")
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['missed', 'unclear', 'met']
    """
    counts = pd.crosstab(rows[by].astype("str"), rows[answer].astype("str"))
    given = rows[answer]
    known = given.cat.categories if isinstance(given.dtype, pd.CategoricalDtype) else sorted(counts)
    order = [word for word in known if word in counts]
    # An answer keeps its shade where others are not given.
    shaded = list(known) if len(known) <= len(_SHADES) else order
    if rows.empty or len(order) > len(_SHADES):
        raise ValueError(f"One to three answers can be drawn, these rows have {len(order)}.")
    counts = counts[order].loc[counts.sum(axis=1).sort_values(kind="stable").index]
    with drawing_style():
        figure = open_figure(_HEAD_HEIGHT + _ROW_HEIGHT * len(counts))
        axes = figure.subplots()
        scheme = _SHADES if len(shaded) > 2 else (_SHADES[0], _SHADES[-1])
        shades = [scheme[shaded.index(word)] for word in order]
        counts.plot.barh(stacked=True, ax=axes, color=shades, width=0.66, legend=False)
        bars = [part for part in axes.containers if isinstance(part, BarContainer)]
        for part, shade in zip(bars, shades, strict=True):
            ink = "white" if shade == _SHADES[-1] else INK
            values = [f"{bar.get_width():.0f}" if bar.get_width() else "" for bar in part.patches]
            axes.bar_label(part, values, label_type="center", fontsize=7, color=ink)
        _frame(axes, [f"{name} (n = {n})" for name, n in counts.sum(axis=1).items()])
        axes.set_xlabel("number of cases", loc="left")
        figure.legend(cast(Any, bars), order, loc="outside lower left", ncols=3)
    return figure


def plot_gaps(pairs: pd.DataFrame, by: str) -> Figure:
    """Draw the gap of each outcome to its target, one dot a pair, group by group with its n.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` with one unit of the gap.
    by : str
        Column whose values make the groups.

    Returns
    -------
    matplotlib Figure
        Zero is the target; an estimate is half filled, as in every chart.

    Raises
    ------
    ValueError
        Where there is no pair, or the gaps have different units.

    Examples
    --------
    >>> from policydata import compare
    >>> pairs = compare()
    >>> figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="target_comparator")
    >>> figure.axes[0].get_xlabel()
    'outcome minus target, percentage point'
    """
    units = pairs.gap_unit.unique()
    if len(units) != 1:
        listed = ", ".join(f'"{unit}"' for unit in units) or "none"
        raise ValueError(f"One axis takes one unit of the gap, these pairs have {listed}.")
    sizes = pairs[by].astype("str").value_counts()
    scale, unit = name_scale(pairs.gap.abs().max(), units[0])
    with drawing_style():
        figure = open_figure(_HEAD_HEIGHT + _ROW_HEIGHT * len(sizes))
        axes = figure.subplots()
        axes.axvline(0, color=QUIET, linewidth=0.8)
        for status, rows in pairs.groupby(pairs.outcome_status.astype("str")):
            y = rows[by].astype("str").map(sizes.index.get_loc)
            axes.plot(rows.gap / scale, y, **{**dress(status), "marker": "o", "alpha": 0.8})
        _frame(axes, [f"{name} (n = {n})" for name, n in sizes.items()])
        axes.grid(axis="y")
        axes.set_ylim(-0.6, len(sizes) - 0.4)
        axes.invert_yaxis()
        axes.set_xlabel(f"outcome minus target, {unit}", loc="left")
        explain(figure, pairs.outcome_status.astype("str"), [], "")
    return figure


def _frame(axes: Axes, labels: list[str]) -> None:
    """Label the groups and leave the rest open."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylabel("")
    axes.spines[["top", "right", "left"]].set_visible(False)
