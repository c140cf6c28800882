"""Places beside each other for one indicator: what they aim at, and what came of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.fitting import find_figure, wrap
from policydata.charts.intake import take_pairs, take_statements
from policydata.charts.lanes import draw_lanes, fit_lanes, head_axes, label_lanes, label_values
from policydata.charts.legend import explain, explain_marks
from policydata.charts.marks import draw_shape, list_figures, write_beside
from policydata.charts.record import leave_record
from policydata.charts.rows import (
    drop_repeats,
    label_places_and_periods,
    name_aim,
    name_measured,
    refuse_mixture,
    tell_apart,
)
from policydata.charts.style import BEHIND, QUIET, drawing_style, open_figure
from policydata.charts.words import say
from policydata.charts.writing import name_scale, write_bounds
from policydata.errors import refuse_unknown
from policydata.tables import Reference
from policydata.vocabulary import LANGUAGES

__all__ = ["plot_pairs", "plot_ranking"]

_SIDES = ("target", "outcome")
# The share of the figure's width that an answer may take.
_ANSWER = 0.36


def plot_ranking(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw one indicator's statements for one year as a ranked dot plot, bounds as bounds.

    A figure that several documents give alike is one dot; two different figures of one place are
    two rows, side by side.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit and period.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of labels, numbers and bounds.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        Places from the highest stated bound to the lowest.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures, units or periods, or none has a value; where
        there is no such language or width.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_ranking(rows[rows.measure.eq("growth_rate")])
    >>> figure.axes[0].get_xlabel()
    'growth, %'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    drawn = refuse_mixture(take_statements(rows, reference), also=["period"])
    kept = drop_repeats(drawn, across_documents=True)
    highest = kept.groupby("place").value_std.transform("max")
    kept = kept.assign(highest=highest).sort_values(
        ["highest", "place", "value_std"], ascending=[False, True, False], ignore_index=True
    )
    with drawing_style(width):
        figure = open_figure(width, 20 + 3 * len(kept))
        axes = figure.subplots()
        draw_lanes(axes, kept, tell_apart(kept[f"place_{lang}"], kept, lang), lang)
        head_axes(axes, name_aim(kept, lang))
        explain_marks(figure, drawn, lang)
        fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang)
    return figure


def plot_pairs(
    pairs: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw targets against outcomes as dumbbells: hollow is the target, solid what came.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare` with one indicator, measure and unit.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of labels, numbers and bounds.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        One row a pair, by place and period, with the answer beside it.

    Raises
    ------
    ValueError
        Where the pairs mix indicators, measures or units, or there is none; where there is no
        such language or width.

    Examples
    --------
    >>> from policydata import compare
    >>> figure = plot_pairs(compare(place="zhengzhou", indicator="retail_sales"))
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()]
    ['Zhengzhou, 2021', 'Zhengzhou, 2022', 'Zhengzhou, 2023']
    """
    refuse_unknown("lang", lang, LANGUAGES)
    drawn = refuse_mixture(take_pairs(pairs, reference)).sort_values(
        ["place", "period", "target_id"], ignore_index=True
    )
    with drawing_style(width):
        figure = open_figure(width, 20 + 3 * len(drawn))
        axes = figure.subplots()
        largest = drawn[[*_SIDES]].abs().max().max()
        scale, unit = name_scale(largest, drawn.unit_std.iloc[0], lang, drawn.unit_std_zh.iloc[0])
        for y, pair in enumerate(drawn.itertuples()):
            _draw_dumbbell(axes, pair, y, scale, lang)
        axes.axvline(0, color=QUIET, linewidth=0.6, zorder=1)
        label_lanes(axes, label_places_and_periods(drawn, lang))
        label_values(axes, drawn.measure.iloc[0], unit, lang)
        head_axes(axes, name_measured(next(drawn.itertuples()), lang))
        _explain_dumbbells(figure, drawn, lang)
        fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang)
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


def _explain_dumbbells(figure: Figure, pairs: pd.DataFrame, lang: str) -> None:
    """Put a legend under dumbbells for the statuses and the bounds of their ends."""
    statuses = ["target", *pairs.outcome_status]
    comparators = [*pairs.target_comparator, *pairs.outcome_comparator]
    note = say("phrase", "pairs", lang).format(n=len(pairs))
    explain(figure, statuses, comparators, note, lang)
