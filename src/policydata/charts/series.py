"""One indicator through the years: a small panel a place, with a reference place behind each."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from policydata.charts.marks import MARKERS, dress, explain_marks
from policydata.charts.panels import drop_repeats, label_values, refuse_mixture
from policydata.charts.style import (
    COLOURS,
    MILLIMETRE,
    QUIET,
    drawing_style,
    name_scale,
    open_figure,
)
from policydata.places import match_places

__all__ = ["plot_series"]

_COLUMNS, _PANEL_HEIGHT, _LEGEND_HEIGHT = 4, 31 * MILLIMETRE, 18 * MILLIMETRE
_BEHIND = "#c4c4c4"
_ONE_YEAR_DAYS, _STEP = 366, 0.24


def plot_series(rows: pd.DataFrame, reference: str | None = None) -> Figure:
    """Draw an indicator through the years, one small panel a place, all on one scale.

    Exact whole-year outcomes of consecutive years are joined; a year that no document states, or
    that several state differently, stays open: nothing is zero, interpolated or averaged.
    Periods of several years are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure and unit.
    reference : str, optional
        Id or name of the place whose outcomes are drawn in grey behind every other.

    Returns
    -------
    matplotlib Figure
        170 mm wide, four panels beside each other; the number of figures stands in each.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures or units, none but the reference's has a value, or
        the reference is no known place.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="rd_intensity", place=["henan", "luoyang"])
    >>> figure = plot_series(rows[rows.measure.eq("share")], reference="henan")
    >>> figure.axes[0].get_title(loc="left")
    'Luoyang'
    """
    days = (rows.period_end - rows.period_start).dt.days
    drawn = drop_repeats(
        refuse_mixture(rows[days.lt(_ONE_YEAR_DAYS)].dropna(subset=["value_std"])),
        across_documents=True,
    )
    scale, unit = name_scale(drawn.value_std.abs().max(), drawn.unit_std.iloc[0])
    drawn = drawn.assign(value=drawn.value_std / scale, year=drawn.year.astype("int"))
    drawn = drawn.assign(beside=_list_places_in_year(drawn))
    known = None if reference is None else match_places([reference])[0]
    groups = [group for place, group in drawn.groupby("place") if place != known]
    if not groups:
        raise ValueError(f'Every row is of the reference "{reference}": no place is left to draw.')
    behind = drawn[drawn.place.eq(known)]
    lines = -(-len(groups) // _COLUMNS)
    with drawing_style():
        figure = open_figure(lines * _PANEL_HEIGHT + _LEGEND_HEIGHT)
        grid = figure.subplots(lines, _COLUMNS, sharex=True, sharey=True, squeeze=False).flat
        for axes, group in zip(grid, groups, strict=False):
            _draw_panel(axes, group, behind)
        _set_scales(figure, drawn, unit, len(groups))
        explain_marks(figure, drawn)
    return figure


def _draw_panel(axes: Axes, rows: pd.DataFrame, behind: pd.DataFrame) -> None:
    """Draw one place over the reference."""
    _join_years(axes, behind, _BEHIND, 3)
    for row in behind[behind.status.eq("outcome")].itertuples():
        marker = MARKERS[row.comparator]
        axes.plot([row.beside], [row.value], marker, color=_BEHIND, markersize=3, zorder=1)
    _join_years(axes, rows, COLOURS["outcome"], 1)
    for row in rows.itertuples():
        style = {**dress(row.status), "marker": MARKERS[row.comparator], "markersize": 4.5}
        axes.plot([row.beside], [row.value], **style)
    axes.set_title(rows.place_en.iloc[0])
    axes.set_title(f"n = {len(rows)}", loc="right", fontsize=6.5, fontweight="normal", color=QUIET)


def _list_places_in_year(rows: pd.DataFrame) -> pd.Series:
    """Put marks of one place and year side by side: targets to the left of what came."""
    target = rows.status.eq("target")
    before = rows.groupby(["place", "year", target]).cumcount()
    shared = rows.groupby(["place", "year"]).status.transform("nunique").gt(1)
    return rows.year + _STEP * before.where(~target, -(before + shared))


def _join_years(axes: Axes, rows: pd.DataFrame, colour: str, width: float) -> None:
    """Join exact whole-year outcomes of consecutive years; leave a year with none or several."""
    exact = rows[rows.status.eq("outcome") & rows.comparator.eq("=")]
    yearly = exact[exact.period.str.fullmatch(r"\d{4}")]
    single = yearly.drop_duplicates("year", keep=False).set_index("year").value
    if single.empty:
        return
    whole = single.reindex(range(single.index.min(), single.index.max() + 1))
    axes.plot(whole.index, whole, color=colour, linewidth=width, zorder=1, solid_capstyle="round")


def _set_scales(figure: Figure, rows: pd.DataFrame, unit: str, count: int) -> None:
    """Set years and values, from zero, and hide the panels that are left over."""
    first, last = rows.year.min(), rows.year.max()
    for axes in figure.axes[count:]:
        axes.set_visible(False)
    for position, axes in enumerate(figure.axes[:count]):
        axes.set_xlim(first - 0.5, last + 0.5)
        axes.set_ylim(min(0, rows.value.min() * 1.1), max(0, rows.value.max()) * 1.12)
        axes.xaxis.set_major_locator(MaxNLocator(4, integer=True, min_n_ticks=1))
        axes.yaxis.set_major_locator(MaxNLocator(4))
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
        axes.tick_params(axis="x", labelbottom=position + _COLUMNS >= count)
        axes.grid(axis="y")
        axes.spines[["top", "right"]].set_visible(False)
    label_values(figure.axes[0], rows.measure.iloc[0], unit)
    figure.supylabel(figure.axes[0].get_xlabel(), fontsize=7.5, color=QUIET)
    figure.axes[0].set_xlabel("")
    figure.suptitle(rows.indicator_en.iloc[0], x=0.01, ha="left", fontsize=8.5, fontweight="bold")
