"""Statements side by side: one row each, one panel an indicator, so that unlike never mixes."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.fitting import find_figure
from policydata.charts.intake import take_statements
from policydata.charts.lanes import draw_lanes, fit_lanes, fit_values, head_axes
from policydata.charts.legend import explain_marks
from policydata.charts.record import leave_record
from policydata.charts.rows import (
    KIND,
    drop_repeats,
    label_places_and_periods,
    name_measured,
    refuse_empty,
    refuse_mixture,
)
from policydata.charts.style import MILLIMETRE, WIDTHS, drawing_style, em, open_figure
from policydata.charts.words import WORDS, say
from policydata.errors import refuse_unknown
from policydata.schema import LANGUAGES
from policydata.tables import Reference

__all__ = ["plot_panels", "plot_statements"]

# In lines of type, before the layout is known.
_PANEL_HEIGHT = 10


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
        value cannot be drawn, a figure that one document repeats is drawn once.
    axes : matplotlib Axes, optional
        Where to draw; a new figure with a legend where left out.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of labels, numbers and bounds.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of a new figure; on given axes, the size of type.

    Returns
    -------
    matplotlib Axes
        Places in order of their id, the earliest period on top, targets before what
        came; values in the standard unit, the axis from zero.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures or units, or none has a value; where there is no
        such language or width.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="enterprise_rd_coverage")
    >>> axes = plot_statements(rows[rows.measure.eq("share")])
    >>> axes.get_xlabel()
    'share, %'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    stated = refuse_mixture(take_statements(rows, reference))
    drawn = _sort(stated)
    own = axes is None
    if axes is not None:
        find_figure(axes)
    with drawing_style(width):
        if axes is None:
            size = (WIDTHS[width] * MILLIMETRE, (2 * _PANEL_HEIGHT + 3 * len(drawn)) * em())
            axes = plt.subplots(figsize=size)[1]
        draw_lanes(axes, drawn, label_places_and_periods(drawn, lang), lang)
        if own:
            explain_marks(find_figure(axes), drawn, lang)
            fit_lanes(find_figure(axes), [axes])
        else:
            find_figure(axes).draw_without_rendering()
            fit_values(axes)
    leave_record([axes], stated, lang)
    return axes


def plot_panels(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw statements with one panel for each indicator and measure, and one legend.

    Panels stand in the order in which their indicators first do, an indicator's measures together:
    level, growth, share, change.  Each has its own axis; a panel whose figures are all of one
    place says so.  Relations (ranks, distances to an average) are no
    figures of the indicator and are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements`; rows without a value are left out.
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
        As high as its rows need.

    Raises
    ------
    ValueError
        Where no row has a value, or there is no such language or width.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="boutique_villages")
    >>> plot_panels(rows).axes[0].get_xlabel()
    'number, stated for Zhengzhou only'
    >>> plot_panels(rows, lang="zh", width="single").axes[0].get_xlabel()
    '数量，仅郑州市有表述'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    valued = take_statements(rows, reference)
    drawn = refuse_empty(valued[valued.measure.ne("relation")])
    groups = [_sort(group) for _, group in _rank_kinds(drawn).groupby(KIND, sort=False)]
    with drawing_style(width):
        height = sum(_PANEL_HEIGHT + 3 * len(group) for group in groups)
        figure = open_figure(width, height)
        ratios = [len(group) for group in groups]
        panels = list(figure.subplots(len(groups), squeeze=False, height_ratios=ratios).flat)
        for axes, group in zip(panels, groups, strict=True):
            labels = label_places_and_periods(group, lang)
            draw_lanes(axes, group, labels, lang, _name_place(group, lang))
            head_axes(axes, name_measured(next(group.itertuples()), lang))
        explain_marks(figure, drawn, lang)
        fit_lanes(figure, panels)
    leave_record(panels, drawn, lang)
    return figure


def _rank_kinds(rows: pd.DataFrame) -> pd.DataFrame:
    """Bring the measures of an indicator together, in their declared order."""
    first = dict(zip(rows.indicator.unique(), range(len(rows)), strict=False))
    measure = rows.measure.map(list(WORDS["measure"]).index)
    ranked = rows.assign(rank=rows.indicator.map(first), measure_rank=measure)
    return ranked.sort_values(["rank", "measure_rank"], kind="stable")


def _sort(rows: pd.DataFrame) -> pd.DataFrame:
    """Sort by place and time, targets before what came of them."""
    kept = drop_repeats(rows)
    ranked = kept.assign(rank=kept.status.map(list(WORDS["status"]).index))
    return ranked.sort_values(["place", "period_end", "rank"], ignore_index=True)


def _name_place(rows: pd.DataFrame, lang: str) -> str:
    """Say, to stand beside the unit, where one place alone states figures."""
    places = rows[f"place_{lang}"].unique()
    only = say("phrase", "and", lang) + say("phrase", "only", lang)
    return only.format(places[0]) if len(places) == 1 else ""
