"""Charts of statements as marks on lanes: one row each, in panels by kind, or ranked."""

from __future__ import annotations

from collections.abc import Iterable

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.intake import (
    KIND,
    choose_scale,
    drop_repeats,
    label_places_and_periods,
    name_aim,
    name_measured,
    refuse_empty,
    refuse_mixture,
    take_statements,
    tell_apart,
)
from policydata.charts.layout import (
    find_figure,
    fit_lanes,
    fit_values,
    head_axes,
    label_lanes,
    label_values,
)
from policydata.charts.marks import draw_statement, explain_statements, leave_record
from policydata.charts.style import MILLIMETRE, WIDTHS, chart, em, open_figure
from policydata.charts.words import list_words, say
from policydata.tables import Reference

# In lines of type, before the layout is known.
_PANEL_HEIGHT, _LANE_HEIGHT = 10, 3


@chart
def plot_statements(
    rows: pd.DataFrame,
    axes: Axes | None = None,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Axes:
    """Draw statements of one indicator and measure, one row each, with the mark of their bound.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one `indicator`, `measure` and `unit_std`; rows without a
        value are left out, and a figure that one document repeats is drawn once.
    axes : matplotlib Axes, optional
        Axes to draw on; by default a new figure with a legend.
    {options}

    Returns
    -------
    matplotlib Axes
        Places in the order of their ids, the earliest period on top, targets before outcomes;
        values are in the standard unit, on an axis from zero.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures or units, or if none of them has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="enterprise_rd_coverage")
    >>> axes = plot_statements(rows[rows.measure.eq("share")])
    >>> axes.get_xlabel()
    'share, %'
    """
    stated = refuse_mixture(take_statements(rows, reference))
    drawn, own = _sort(stated), axes is None
    if axes is None:
        height = (2 * _PANEL_HEIGHT + _LANE_HEIGHT * len(drawn)) * em()
        axes = plt.subplots(figsize=(WIDTHS[width] * MILLIMETRE, height))[1]
    figure = find_figure(axes)
    _draw_lanes(axes, drawn, label_places_and_periods(drawn, lang), lang)
    if own:
        marks = explain_statements(figure, drawn, lang)
        fit_lanes(figure, [axes])
    else:
        marks = []
        figure.draw_without_rendering()
        fit_values(axes)
    leave_record([axes], stated, lang, marks)
    return axes


@chart
def plot_panels(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw statements with one panel for each indicator and measure, and one legend.

    Panels are in the order in which their indicators first occur, with the measures of an indicator
    together: level, growth, share, change.  Each panel has its own axis; a panel whose figures are
    all of one place says so.  Relations (ranks, distances to an average) are not figures of the
    indicator and are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements`; rows without a value are left out.
    {options}

    Returns
    -------
    matplotlib Figure
        A figure that is as high as its rows need.

    Raises
    ------
    ValueError
        If no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="boutique_villages")
    >>> plot_panels(rows).axes[0].get_xlabel()
    'number, stated for Zhengzhou only'
    >>> plot_panels(rows, lang="zh", width="single").axes[0].get_xlabel()
    '数量，仅郑州市有表述'
    """
    valued = take_statements(rows, reference)
    drawn = refuse_empty(valued[valued.measure.ne("relation")])
    groups = [_sort(group) for _, group in _rank_kinds(drawn).groupby(KIND, sort=False)]
    sizes = [len(group) for group in groups]
    figure = open_figure(width, _PANEL_HEIGHT * len(groups) + _LANE_HEIGHT * sum(sizes))
    panels = list(figure.subplots(len(groups), squeeze=False, height_ratios=sizes).flat)
    for axes, group in zip(panels, groups, strict=True):
        labels = label_places_and_periods(group, lang)
        _draw_lanes(axes, group, labels, lang, _name_only_place(group, lang))
        head_axes(axes, name_measured(next(group.itertuples()), lang))
    marks = explain_statements(figure, drawn, lang)
    fit_lanes(figure, panels)
    leave_record(panels, drawn, lang, marks)
    return figure


@chart
def plot_ranking(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw the statements of one indicator and period as a ranked dot plot, with their bounds.

    A figure that several documents state alike is one dot; two different figures of one place are
    two adjacent rows.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit and period.
    {options}

    Returns
    -------
    matplotlib Figure
        Places from the highest stated bound to the lowest.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures, units or periods, or if none of them has a value.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_ranking(rows[rows.measure.eq("growth_rate")])
    >>> figure.axes[0].get_xlabel()
    'growth, %'
    """
    drawn = refuse_mixture(take_statements(rows, reference), also=["period"])
    kept = drop_repeats(drawn, across_documents=True)
    highest = kept.groupby("place").value_std.transform("max")
    kept = kept.assign(highest=highest).sort_values(
        ["highest", "place", "value_std"], ascending=[False, True, False], ignore_index=True
    )
    figure = open_figure(width, 2 * _PANEL_HEIGHT + _LANE_HEIGHT * len(kept))
    axes = figure.subplots()
    _draw_lanes(axes, kept, tell_apart(kept[f"place_{lang}"], kept, lang), lang)
    head_axes(axes, name_aim(kept, lang))
    marks = explain_statements(figure, drawn, lang)
    fit_lanes(figure, [axes])
    leave_record([axes], drawn, lang, marks)
    return figure


def _draw_lanes(
    axes: Axes, rows: pd.DataFrame, labels: Iterable[str], lang: str, aside: str = ""
) -> None:
    """Draw statements of one kind in their order, one lane each, with their axis."""
    scale, unit = choose_scale(rows, ["value_std"], lang)
    for y, row in enumerate(rows.itertuples()):
        draw_statement(axes, row, y, scale, lang)
    label_lanes(axes, labels)
    label_values(axes, rows.measure.iloc[0], unit, lang, aside)


def _rank_kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """Bring the measures of an indicator together, in their declared order."""
    first = dict(zip(rows.indicator.unique(), range(len(rows)), strict=False))
    measure = rows.measure.map(list_words("measure").index)
    ranked = rows.assign(rank=rows.indicator.map(first), measure_rank=measure)
    return ranked.sort_values(["rank", "measure_rank"], kind="stable")


def _sort(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by place and time, targets before outcomes."""
    kept = drop_repeats(rows)
    ranked = kept.assign(rank=kept.status.map(list_words("status").index))
    return ranked.sort_values(["place", "period_end", "rank"], ignore_index=True)


def _name_only_place(rows: pd.DataFrame, lang: str) -> str:
    """Write the place, to be shown beside the unit, if all figures are of one place."""
    places = rows[f"place_{lang}"].unique()
    only = say("phrase", "and", lang) + say("phrase", "only", lang)
    return only.format(places[0]) if len(places) == 1 else ""
