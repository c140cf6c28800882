"""Targets and outcomes by year in small multiples, with a reference behind them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.cells import find_reference, name_measured, sort_places, take_cells
from policydata.charts.facts import finish_cells
from policydata.charts.intake import refuse_mixture
from policydata.charts.marks import BAR, draw_mark, dress
from policydata.charts.page import Words
from policydata.charts.style import MILLIMETRE, PALETTE, QUIET, WIDTHS, chart, em, open_figure
from policydata.charts.text import wrap
from policydata.charts.words import say
from policydata.charts.years import (
    THICK,
    is_exact,
    join_years,
    make_behind_key,
    make_break_key,
    number_years,
)
from policydata.tables import Reference

# The width and the height of a panel, in sizes of the type.
_PANEL, _PANEL_HEIGHT = 8.8, 6.0
# Half the length of the bar of a target, in years.
_BAR = 0.38
# The share of a mark that lies on the bar of a target.
_SMALL = 0.75


@chart
def plot_series(
    rows: pd.DataFrame,
    *,
    compared_with: str | None = None,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw targets and outcomes by year in small multiples: one panel a place, or an indicator.

    A target is a bar over its year, an outcome a dot; exact outcomes of consecutive years are
    joined, but not across a revised base.  A year that is not stated stays open.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` of one indicator and measure, or of one place; only figures of
        whole years are drawn.
    compared_with : str, optional
        Id or name of the place whose outcomes are a grey line behind the others; by default the
        only province.
    {options}

    Returns
    -------
    matplotlib Figure
        Panels of one unit have one scale, fitted to what is drawn.

    Raises
    ------
    ValueError
        If the rows mix both places and indicators, or if no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="gdp", measure="growth_rate", place=["henan", "luohe"])
    >>> [axes.get_title("left") for axes in plot_series(rows).axes]
    ['Luohe']
    """
    keep = partial(_keep_shown, compared_with, reference)
    cells = take_cells(rows, reference, lang, keep=keep, whole_years=True)
    by_place = cells.drawn.place.nunique() > 1
    if by_place:
        refuse_mixture(cells.drawn)
    known = find_reference(cells.drawn, compared_with, reference) if by_place else ""
    drawn = cells.drawn.assign(panel=cells.drawn.place if by_place else _name_kinds(cells.drawn))
    behind = drawn[drawn.place.eq(known) & is_exact(drawn)]
    groups = _order_panels(drawn[drawn.place.ne(known)], by_place)
    figure, panels, columns = _open_panels(groups, width, drawn.unit_said.nunique() == 1)
    for axes, group in zip(panels, groups, strict=True):
        join_years(axes, behind, PALETTE["reference"], THICK)
        _draw_panel(axes, group, lang, by_place)
    number_years(panels, drawn, lang)
    others = [*make_behind_key(behind, lang), *make_break_key(drawn, lang)]
    return finish_cells(
        figure, cells, Words(lang, "series", title, subtitle), reference=reference, known=known,
        others=others, upright=True, headed=not by_place, panels=panels[::columns],
        height=_PANEL_HEIGHT * em(),
    )  # fmt: skip


def _keep_shown(
    compared_with: str | None, reference: Reference, drawn: pd.DataFrame
) -> pd.DataFrame:
    """Keep of the place behind the others the exact outcomes alone."""
    known = find_reference(drawn, compared_with, reference)
    return drawn[drawn.place.ne(known) | is_exact(drawn)]


def _name_kinds(rows: pd.DataFrame) -> pd.Series:
    return rows.indicator + " " + rows.measure


def _order_panels(rows: pd.DataFrame, by_place: bool) -> list[pd.DataFrame]:
    """Order panels as the yearbook does places, or as indicators come."""
    order = sort_places(rows) if by_place else rows.panel.unique()
    groups = dict(list(rows.groupby("panel", sort=False)))
    return [groups[panel] for panel in order]


def _open_panels(
    groups: Sequence[pd.DataFrame], width: str, one_scale: bool
) -> tuple[Figure, list[Axes], int]:
    """Open as many panels beside each other as there is room for."""
    room = int(WIDTHS[width] * MILLIMETRE / (_PANEL * em()))
    # No row of panels is left nearly empty.
    columns = -(-len(groups) // -(-len(groups) // room))
    figure = open_figure(width)
    shape = (-(-len(groups) // columns), columns)
    grid = figure.subplots(*shape, sharex=True, sharey=one_scale, squeeze=False)
    for spare in grid.flat[len(groups) :]:
        spare.remove()
    for axes in (panels := list(grid.flat[: len(groups)]))[-columns:]:
        axes.tick_params(labelbottom=True)
    return figure, panels, columns


def _draw_panel(axes: Axes, rows: pd.DataFrame, lang: str, by_place: bool) -> None:
    """Draw one panel: its line, its marks, and its name."""
    join_years(axes, rows, PALETTE["outcome"], 1.0)
    for row in rows.itertuples():
        if row.status == "target":
            _draw_target(axes, row)
        else:
            draw_mark(axes, row, row.year, upright=True)
        # Above its point: beside the last year the figure may end.
        axes.annotate(
            row.signs, (row.year, row.at), xytext=(0, 3.5), textcoords="offset points",
            in_layout=False, fontsize="small", color=QUIET, ha="center",
        )  # fmt: skip
    first = next(rows.itertuples())
    name = first.place_said if by_place else _name_kind(first, lang)
    axes.set_title(wrap(name, 0.95 * _PANEL * em(), "small", "bold"), fontsize="small")
    axes.grid(True, axis="y")


def _name_kind(row: Any, lang: str) -> str:
    """Name an indicator with its measure and unit."""
    return say("phrase", "what", lang).format(name_measured(row, lang), row.unit_said)


def _draw_target(axes: Axes, row: Any) -> None:
    """Draw a target as a bar over its year, with the shape of its bound on it."""
    ends = [row.low_at, row.high_at] if row.comparator == "range" else [row.at]
    thick = {"color": PALETTE["target"], "linewidth": BAR * mpl.rcParams["lines.linewidth"]}
    for end in ends:
        axes.plot([row.year - _BAR, row.year + _BAR], [end, end], **thick, zorder=3.5)
    if row.comparator not in ("=", "range"):
        style = dress("target", row.comparator, upright=True)
        axes.plot([row.year], [row.at], **style | {"markersize": _SMALL * style["markersize"]})
    if row.comparator == "range":
        axes.fill_between(
            [row.year - _BAR, row.year + _BAR], *ends, color=thick["color"], alpha=0.3
        )
