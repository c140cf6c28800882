"""One indicator through the years: one small panel per place, with another place behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, MultipleLocator

from policydata.charts.intake import (
    choose_scale,
    drop_repeats,
    match_place,
    name_measured,
    refuse_mixture,
    take_statements,
)
from policydata.charts.layout import TickNumbers, fit_height, place_head
from policydata.charts.marks import (
    DRESSES,
    Key,
    count_hazards,
    dress,
    explain,
    leave_record,
    make_key,
)
from policydata.charts.style import BEHIND, QUIET, chart, em, open_figure
from policydata.charts.words import name_axis, say
from policydata.tables import Reference

# In sizes of the type; then in days, and in years from one mark of a year to the next.
_PANEL_WIDTH, _PANEL_HEIGHT = 11.5, 7.0
_ONE_YEAR_DAYS, _STEP = 366, 0.32
# Shares of the style's lines and marks: those of a panel, and those of the place behind it.
_LINE, _MARK, _LINE_BEHIND, _MARK_BEHIND = 0.8, 0.82, 2.5, 0.55


@chart
def plot_series(
    rows: pd.DataFrame,
    compared_with: str | None = None,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw an indicator through the years, one small panel per place, all on one scale.

    Exact whole-year outcomes of consecutive years are joined.  A year that no document states, or
    that several state differently, is left open: nothing is set to zero, interpolated or averaged.
    Periods of several years are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure and unit.
    compared_with : str, optional
        Id or name of a place in these rows; its outcomes are drawn in grey behind every other
        place.
    {options}

    Returns
    -------
    matplotlib Figure
        Each panel shows its number of figures.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures or units, if `compared_with` is not a place of the
        rows, or if no other place has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="rd_intensity", place=["henan", "luoyang"])
    >>> figure = plot_series(rows[rows.measure.eq("share")], compared_with="henan")
    >>> figure.axes[0].get_title(loc="left")
    'Luoyang'
    """
    valued = take_statements(rows, reference)
    days = (valued.period_end - valued.period_start).dt.days
    stated = refuse_mixture(valued[days.lt(_ONE_YEAR_DAYS)])
    drawn = drop_repeats(stated, across_documents=True)
    scale, unit = choose_scale(drawn, ["value_std"], lang)
    drawn = drawn.assign(value=drawn.value_std / scale, year=drawn.year.astype("int"))
    drawn = drawn.assign(beside=_list_places_in_year(drawn))
    known = None if compared_with is None else match_place(drawn, compared_with, reference)
    groups = [group for place, group in drawn.groupby("place") if place != known]
    if not groups:
        raise ValueError(f'Every row is of "{compared_with}": no place is left to compare with it.')
    # Of the place behind, only exact outcomes have a mark.
    marked = stated[stated.place.ne(known) | _is_exact(stated)]
    behind = drawn[drawn.place.eq(known) & _is_exact(drawn)].assign(beside=lambda one: one.year)
    figure = open_figure(width, 30 + 3 * _PANEL_HEIGHT * len(groups))
    grid = _open_panels(figure, len(groups))
    for axes, group in zip(grid.flat, groups, strict=False):
        _draw_panel(axes, group, behind, lang)
    shown, note = pd.concat(groups), count_hazards(marked, lang)
    _set_scales(grid.flat[: len(groups)], pd.concat([shown, behind]), grid.shape[1], lang)
    _say_what(figure, drawn, unit, lang)
    keys = _make_keys(groups, behind)
    marks = explain(figure, shown.status, shown.comparator, note, lang, keys)
    fit_height(figure, grid[:, 0], [_PANEL_HEIGHT * em()] * len(grid))
    leave_record(grid.flat, marked, lang, marks)
    return figure


def _open_panels(figure: Figure, count: int) -> Any:
    """Open a number of panels, as many beside each other as there is room for."""
    columns = int(figure.get_figwidth() / (_PANEL_WIDTH * em()))
    lines = -(-count // columns)
    grid = figure.subplots(lines, columns, sharex=True, sharey=True, squeeze=False)
    for axes in grid.flat[count:]:
        axes.set_visible(False)
    return grid


def _draw_panel(axes: Axes, rows: pd.DataFrame, behind: pd.DataFrame, lang: str) -> None:
    """Draw one place over the one to compare with."""
    size = mpl.rcParams["lines.markersize"]
    _join_years(axes, behind, BEHIND, _LINE_BEHIND)
    small = {"color": BEHIND, "markersize": _MARK_BEHIND * size, "zorder": 1}
    for row in behind.itertuples():
        axes.plot([row.beside], [row.value], "o", **small)
    _join_years(axes, rows, DRESSES["outcome"].colour, _LINE)
    for row in rows.itertuples():
        style = dress(row.status, row.comparator)
        axes.plot([row.beside], [row.value], **style, markersize=_MARK * size)
    axes.set_title(rows[f"place_{lang}"].iloc[0])
    axes.set_title(
        f"n = {len(rows)}", loc="right", fontsize="x-small", fontweight="normal", color=QUIET
    )


def _list_places_in_year(rows: pd.DataFrame) -> pd.Series:
    """Put marks of one place and year side by side: targets to the left of outcomes."""
    target = rows.status.eq("target")
    before = rows.groupby(["place", "year", target]).cumcount()
    shared = rows.groupby(["place", "year"]).status.transform("nunique").gt(1)
    return rows.year + _STEP * before.where(~target, -(before + shared))


def _join_years(axes: Axes, rows: pd.DataFrame, colour: str, width: float) -> None:
    """Join exact whole-year outcomes of consecutive years; leave a year with none or several."""
    whole = _align_years(rows)
    if whole.empty:
        return
    x = whole.beside.fillna(whole.index.to_series())
    thick = width * mpl.rcParams["lines.linewidth"]
    axes.plot(x, whole.value, color=colour, linewidth=thick, zorder=1, solid_capstyle="round")


def _align_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Put the exact outcomes year by year, with a blank for a year that has none or several."""
    single = rows[_is_exact(rows)].drop_duplicates("year", keep=False).set_index("year")
    if single.empty:
        return single
    return single.reindex(range(single.index.min(), single.index.max() + 1))


def _is_exact(rows: pd.DataFrame) -> pd.Series:
    """Tell whether each row is the exact outcome of a whole year."""
    year = rows.period.str.fullmatch(r"\d{4}").astype("bool")
    return rows.status.eq("outcome") & rows.comparator.eq("=") & year


def _set_scales(panels: Sequence[Axes], rows: pd.DataFrame, columns: int, lang: str) -> None:
    """Set the axes of years and of values, from zero; only the lowest panels label the years."""
    low, high = min(0, rows.value.min() * 1.1), max(0, rows.value.max() * 1.12)
    high = high if high > low else 1.0
    for position, axes in enumerate(panels):
        axes.set_xlim(rows.year.min() - 0.5, rows.year.max() + 0.5)
        axes.set_ylim(low, high)
        axes.xaxis.set_major_locator(MaxNLocator(3, integer=True, min_n_ticks=1))
        axes.xaxis.set_minor_locator(MultipleLocator(1))
        axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axes.yaxis.set_major_formatter(TickNumbers(lang))
        axes.tick_params(axis="x", labelbottom=position + columns >= len(panels))
        axes.grid(axis="y")


def _say_what(figure: Figure, rows: pd.DataFrame, unit: str, lang: str) -> None:
    """Write the indicator above the figure, and what is measured in which unit."""
    head, start = place_head(figure, name_measured(next(rows.itertuples()), lang))
    figure.suptitle(head, x=start, ha="left")
    label = name_axis(rows.measure.iloc[0], unit, lang)
    figure.supylabel(label, fontsize="small", color=QUIET)


def _make_keys(groups: Sequence[pd.DataFrame], behind: pd.DataFrame) -> list[Key]:
    """Make the keys of the legend for the line that joins years, and for the place behind."""
    size, width = (mpl.rcParams[key] for key in ("lines.markersize", "lines.linewidth"))
    keys = []
    stated = [_align_years(rows).value.notna() for rows in groups]
    if any((one & one.shift(fill_value=False)).any() for one in stated):
        line = Line2D([], [], color=DRESSES["outcome"].colour, linewidth=_LINE * width)
        keys.append(make_key(line, "—", "mark", "joined"))
    for place in behind.head(1).itertuples():
        style = {"marker": "o", "markersize": _MARK_BEHIND * size}
        line = Line2D([], [], color=BEHIND, linewidth=_LINE_BEHIND * width, **style)
        keys.append(Key(line, ("—●—", _name(place, "en"), _name(place, "zh"))))
    return keys


def _name(place: Any, lang: str) -> str:
    """Name what is drawn of the place behind the others."""
    said = {"place": getattr(place, f"place_{lang}"), "status": say("status", "outcome", lang)}
    return say("phrase", "reference", lang).format(**said)
