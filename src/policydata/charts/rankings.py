"""Places beside each other for one indicator: what they aim at, and what came of it."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.marks import (
    draw_shape,
    explain,
    explain_marks,
    write_beside,
    write_bounds,
)
from policydata.charts.panels import (
    TITLE_LETTERS,
    draw_rows,
    drop_repeats,
    frame_rows,
    label_values,
    refuse_mixture,
    span_values,
)
from policydata.charts.style import MILLIMETRE, QUIET, drawing_style, name_scale, open_figure

__all__ = ["plot_pairs", "plot_ranking"]

_ENDS = ("", "_low", "_high")
_ROW_HEIGHT, _HEAD_HEIGHT = 5 * MILLIMETRE, 34 * MILLIMETRE


def plot_ranking(rows: pd.DataFrame) -> Figure:
    """Draw one indicator's statements for one year as a ranked dot plot, bounds as bounds.

    A figure that several documents give alike is one dot; two different figures of one place are
    two rows, side by side.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit and period.

    Returns
    -------
    matplotlib Figure
        Places from the highest stated bound to the lowest.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures, units or periods, or none has a value.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_ranking(rows[rows.measure.eq("growth_rate")])
    >>> figure.axes[0].get_xlabel()
    'growth, %'
    """
    drawn = refuse_mixture(rows.dropna(subset=["value_std"]), also=["period"])
    kept = drop_repeats(drawn, across_documents=True)
    highest = kept.groupby("place").value_std.transform("max")
    kept = kept.assign(highest=highest).sort_values(
        ["highest", "place_en", "value_std"], ascending=[False, True, False], ignore_index=True
    )
    with drawing_style():
        figure, axes = _open(len(kept))
        draw_rows(axes, kept, kept.place_en)
        title = f"{kept.indicator_en.iloc[0]}, {kept.period.iloc[0]}"
        axes.set_title(fill(title, TITLE_LETTERS))
        explain_marks(figure, drawn)
    return figure


def plot_pairs(pairs: pd.DataFrame) -> Figure:
    """Draw targets against outcomes as dumbbells: hollow is the target, solid what came.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` with one indicator, measure and unit.

    Returns
    -------
    matplotlib Figure
        One row a pair, by place and period, with the answer beside it.

    Raises
    ------
    ValueError
        Where the pairs mix indicators, measures or units, or there is none.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_pairs(compare(place="zhengzhou", indicator="retail_sales"))
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Zhengzhou, 2021', 'Zhengzhou, 2022', 'Zhengzhou, 2023']
    """
    drawn = refuse_mixture(pairs).sort_values(["place", "period", "target_id"], ignore_index=True)
    with drawing_style():
        figure, axes = _open(len(drawn))
        largest = drawn[["target", "outcome"]].abs().max().max()
        scale, unit = name_scale(largest, drawn.unit_std.iloc[0])
        for y, pair in enumerate(drawn.itertuples()):
            _draw_dumbbell(axes, pair, y, scale)
        frame_rows(axes, drawn.place_en + ", " + drawn.period)
        values = drawn[["target", "outcome"]].stack() / scale
        span_values(axes, values, drawn.measure.iloc[0], room=0.5)
        axes.axvline(0, color=QUIET, linewidth=0.6, zorder=1)
        label_values(axes, drawn.measure.iloc[0], unit)
        axes.set_title(fill(drawn.indicator_en.iloc[0], TITLE_LETTERS))
        _explain_dumbbells(figure, drawn)
    return figure


def _open(count: int) -> tuple[Figure, Axes]:
    """Open a figure that is as high as its rows need."""
    figure = open_figure(_HEAD_HEIGHT + _ROW_HEIGHT * count)
    return figure, figure.subplots()


def _draw_dumbbell(axes: Axes, pair: Any, y: float, scale: float) -> None:
    """Draw target, outcome, the way between them, and the answer in words."""
    ends: list[tuple[str, float, float, float]] = []
    for side, status in (("target", "target"), ("outcome", pair.outcome_status)):
        value, low, high = (getattr(pair, f"{side}{end}") / scale for end in _ENDS)
        ends.append((getattr(pair, f"{side}_comparator"), value, low, high))
        draw_shape(axes, status, *ends[-1], y)
    target, outcome = ends[0][1], ends[1][1]
    axes.plot([target, outcome], [y, y], color="#c9c9c9", linewidth=1.6, zorder=1)
    said = f"{pair.met}: {write_bounds(*ends[1])} against {write_bounds(*ends[0])}"
    furthest = np.nanmax([target, outcome, ends[0][3], ends[1][3]])
    write_beside(axes, said, furthest, y, room=14)


def _explain_dumbbells(figure: Figure, pairs: pd.DataFrame) -> None:
    """Put a legend under dumbbells for the statuses and the bounds of their ends."""
    statuses = ["target", *pairs.outcome_status]
    comparators = [*pairs.target_comparator, *pairs.outcome_comparator]
    explain(figure, statuses, comparators, f"n = {len(pairs)} pairs of target and outcome")
