"""Statements side by side: one row each, one panel an indicator, so that unlike never mixes."""

from __future__ import annotations

from textwrap import fill

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, StrMethodFormatter

from policydata.charts.marks import draw_mark, explain_marks
from policydata.charts.style import FULL_WIDTH, MILLIMETRE, drawing_style, name_scale

__all__ = ["MEASURE_NAMES", "plot_panels", "plot_statements"]

MEASURE_NAMES = {
    "level": "",
    "growth_rate": "growth",
    "share": "share",
    "change": "increase",
    "relation": "relation",
}
_PANEL = ["indicator", "measure", "unit_std"]
# A document that states a figure again, in a lead or a caption, is drawn once.
_SAME = ["document", *_PANEL, "place", "status", "period", "comparator", "low", "high"]
_TITLE_LETTERS = 70
_ROW_HEIGHT, _PANEL_HEIGHT, _LEGEND_HEIGHT = 5.6 * MILLIMETRE, 19 * MILLIMETRE, 11 * MILLIMETRE


def plot_statements(rows: pd.DataFrame, axes: Axes | None = None) -> Axes:
    """Draw statements of one indicator and measure, one row each, with the mark of their bound.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one `indicator`, `measure` and `unit_std`; rows without a
        value cannot be drawn, a figure that one document repeats is drawn once.
    axes : matplotlib Axes, optional
        Where to draw; a new figure where left out.

    Returns
    -------
    matplotlib Axes
        Places in order of their id, periods upwards in time from the top; values in the standard
        unit, the axis from zero.

    Raises
    ------
    ValueError
        Where the rows mix indicators, measures or units, or none has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="enterprise_rd_coverage")
    >>> axes = plot_statements(rows[rows.measure.eq("share")])
    >>> axes.get_xlabel()
    'share, %'
    """
    drawn = _refuse_mixture(rows.dropna(subset=["value_std"])).drop_duplicates(_SAME)
    drawn = drawn.sort_values(["place", "period_end", "status"], ignore_index=True)
    with drawing_style():
        axes = axes if axes is not None else plt.subplots(figsize=(FULL_WIDTH, 2.5))[1]
        scale, unit = name_scale(drawn.value_std.abs().max(), drawn.unit_std.iloc[0])
        for y, row in enumerate(drawn.itertuples()):
            draw_mark(axes, row, y, scale)
        _label_rows(axes, drawn)
        _set_span(axes, drawn[["low_std", "high_std"]].stack() / scale, drawn.measure.iloc[0])
        measure = MEASURE_NAMES[drawn.measure.iloc[0]]
        axes.set_xlabel(", ".join(filter(None, [measure, unit])), loc="left")
    return axes


def plot_panels(rows: pd.DataFrame) -> Figure:
    """Draw statements with one panel for each indicator and measure, and one legend.

    Panels stand in the order in which their first rows do.  Each has its own axis; a panel whose
    figures are all of one place says so.  Relations (ranks, distances to an average) are no
    figures of the indicator and are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements`; rows without a value are left out.

    Returns
    -------
    matplotlib Figure
        170 mm wide, as high as its rows need.

    Raises
    ------
    ValueError
        Where no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_panels(load_statements(domain="agriculture", place="hebi"))
    >>> figure.axes[0].get_title(loc="left")
    'Sown area of grain crops'
    """
    drawn = rows[rows.measure.ne("relation")].dropna(subset=["value_std"])
    if drawn.empty:
        raise ValueError("No row has a value that could be drawn.")
    drawn = drawn.astype({"status": "str", "comparator": "str"})
    groups = [group for _, group in drawn.groupby(_PANEL, sort=False, observed=True)]
    heights = [_PANEL_HEIGHT + _ROW_HEIGHT * len(group.drop_duplicates(_SAME)) for group in groups]
    with drawing_style():
        figure = plt.figure(figsize=(FULL_WIDTH, sum(heights) + _LEGEND_HEIGHT))
        # Known to pyplot, a notebook shows it; closed there, it shows it once.
        plt.close(figure)
        panels = figure.subplots(len(groups), squeeze=False, height_ratios=heights)[:, 0]
        for axes, group in zip(panels, groups, strict=True):
            plot_statements(group, axes)
            _name_panel(axes, group)
        explain_marks(figure, drawn)
    return figure


def _refuse_mixture(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse rows that have no place on one axis."""
    if rows.empty:
        raise ValueError("No row has a value that could be drawn.")
    for column in _PANEL:
        found = rows[column].astype("str").unique()
        if len(found) > 1:
            listed = ", ".join(f'"{value}"' for value in found)
            hint = "; convert_units() converts within one dimension" if column == "unit_std" else ""
            raise ValueError(
                f"One axis takes one {column}, these rows have {listed}: use plot_panels(){hint}."
            )
    return rows.astype({"status": "str", "comparator": "str"})


def _label_rows(axes: Axes, rows: pd.DataFrame) -> None:
    """Write place and period beside each row, and the kind of document where that alone differs."""
    names = rows.place_en + ", " + rows.period.replace("", "no period given")
    doubled = names.duplicated(keep=False) & ~rows.duplicated(["document", "period"], keep=False)
    kinds = rows.document.str.split(r"-\d{4}-", regex=True).str[-1].str.replace("-", " ")
    labels = names.where(~doubled, names + " (" + kinds + ")")
    axes.set_yticks(range(len(rows)), labels)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _set_span(axes: Axes, values: pd.Series, measure: str) -> None:
    """Span from zero to beyond the largest value, with room for what is written beside it."""
    low, high = min(0, values.min()), max(0, values.max())
    room = (high - low or 1) * 0.28
    axes.set_xlim(low - (room if low < 0 else room / 8), high + room)
    whole = FixedLocator(range(0, 101, 20)) if measure == "share" and high > 50 else None
    axes.xaxis.set_major_locator(whole or MaxNLocator(5))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))


def _name_panel(axes: Axes, rows: pd.DataFrame) -> None:
    """Head a panel with its indicator, and say where one place alone states figures."""
    axes.set_title(fill(rows.indicator_en.iloc[0], _TITLE_LETTERS))
    places = rows.place_en.unique()
    if len(places) == 1:
        said = f"stated for {places[0]} only"
        label = axes.xaxis.label
        label.set_text(f"{label.get_text()}  ·  {said}")
