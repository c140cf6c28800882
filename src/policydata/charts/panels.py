"""Statements side by side: one row each, one panel an indicator, so that unlike never mixes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import fill

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, MaxNLocator, StrMethodFormatter

from policydata.charts.marks import draw_mark, explain_marks
from policydata.charts.style import FULL_WIDTH, MILLIMETRE, drawing_style, name_scale, open_figure
from policydata.vocabulary import STATUSES

__all__ = [
    "TITLE_LETTERS",
    "draw_rows",
    "drop_repeats",
    "frame_rows",
    "label_values",
    "plot_panels",
    "plot_statements",
    "refuse_mixture",
    "span_values",
]

_PANEL = ["indicator", "measure", "unit_std"]
_SAME = [*_PANEL, "place", "status", "period", "comparator", "low", "high"]
_MEASURES = {"level": "", "growth_rate": "growth", "share": "share", "change": "increase"}
# Widths of a letter are in points.
TITLE_LETTERS, _TITLE_LETTER, _LABEL_LETTER, _POINTS = 70, 5.4, 4.6, 72
_ROW_HEIGHT, _PANEL_HEIGHT, _LEGEND_HEIGHT = 5.6 * MILLIMETRE, 19 * MILLIMETRE, 13 * MILLIMETRE


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
        Places in order of their id, periods upwards in time from the top, targets before what
        came; values in the standard unit, the axis from zero.

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
    kept = drop_repeats(refuse_mixture(rows.dropna(subset=["value_std"])))
    ranked = kept.assign(rank=kept.status.map(STATUSES.index))
    drawn = ranked.sort_values(["place", "period_end", "rank"], ignore_index=True)
    with drawing_style():
        axes = axes if axes is not None else plt.subplots(figsize=(FULL_WIDTH, 2.5))[1]
        draw_rows(axes, drawn, _label_rows(drawn))
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
    >>> figure = plot_panels(load_statements(indicator="boutique_villages"))
    >>> figure.axes[0].get_xlabel()
    'number  ·  stated for Zhengzhou only'
    """
    drawn = _as_words(rows[rows.measure.ne("relation")].dropna(subset=["value_std"]))
    groups = [group for _, group in drawn.groupby(_PANEL, sort=False)]
    counts = [len(drop_repeats(group)) for group in groups]
    height = _PANEL_HEIGHT * len(groups) + _ROW_HEIGHT * sum(counts) + _LEGEND_HEIGHT
    with drawing_style():
        figure = open_figure(height)
        panels = figure.subplots(len(groups), squeeze=False, height_ratios=counts)[:, 0]
        for axes, group in zip(panels, groups, strict=True):
            plot_statements(group, axes)
        letters = _fit_titles(panels)
        for axes, group in zip(panels, groups, strict=True):
            _name_panel(axes, group, letters)
        explain_marks(figure, drawn)
    return figure


def refuse_mixture(rows: pd.DataFrame, also: Sequence[str] = ()) -> pd.DataFrame:
    """Refuse rows that have no place on one axis; give their vocabularies as plain words."""
    for column in (*_PANEL, *also):
        found = rows[column].astype("str").unique()
        if len(found) > 1:
            listed = ", ".join(f'"{value}"' for value in found)
            hint = " or convert_units()" if column == "unit_std" else ""
            raise ValueError(
                f"One axis takes one {column}, these rows have {listed}: filter, or use "
                f"plot_panels(){hint}."
            )
    return _as_words(rows)


def drop_repeats(rows: pd.DataFrame, *, across_documents: bool = False) -> pd.DataFrame:
    """Keep a figure once that one document repeats, or that several documents give alike."""
    return rows.drop_duplicates(_SAME if across_documents else ["document", *_SAME])


def draw_rows(axes: Axes, rows: pd.DataFrame, labels: pd.Series) -> None:
    """Draw statements of one kind in their order, one row each, with the axis they need."""
    scale, unit = name_scale(rows.value_std.abs().max(), rows.unit_std.iloc[0])
    for y, row in enumerate(rows.itertuples()):
        draw_mark(axes, row, y, scale)
    frame_rows(axes, labels)
    span_values(axes, rows[["low_std", "high_std"]].stack() / scale, rows.measure.iloc[0])
    label_values(axes, rows.measure.iloc[0], unit)


def frame_rows(axes: Axes, labels: pd.Series) -> None:
    """Give each row its label and its line, the first on top."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def span_values(axes: Axes, values: pd.Series, measure: str, room: float = 0.28) -> None:
    """Span from zero to beyond the largest value, with room for what is written beside it."""
    low, high = min(0, values.min()), max(0, values.max())
    beside = (high - low or 1) * room
    axes.set_xlim(low - (beside if low < 0 else beside / 8), high + beside)
    whole = FixedLocator(range(0, 101, 20)) if measure == "share" and high > 50 else None
    axes.xaxis.set_major_locator(whole or MaxNLocator(5))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))


def label_values(axes: Axes, measure: str, unit: str) -> None:
    """Say under the axis what is measured, and in which unit."""
    axes.set_xlabel(", ".join(filter(None, [_MEASURES.get(measure, measure), unit])), loc="left")


def _as_words(rows: pd.DataFrame) -> pd.DataFrame:
    """Give vocabularies as plain words, and refuse an empty table."""
    if rows.empty:
        raise ValueError("No row has a value that could be drawn.")
    categories = rows.select_dtypes("category").columns
    return rows.astype(dict.fromkeys(categories, "str"))


def _label_rows(rows: pd.DataFrame) -> pd.Series:
    """Write place and period, and the kind of document where that alone tells rows apart."""
    names = rows.place_en + ", " + rows.period.replace("", "no period given")
    doubled = names.duplicated(keep=False) & ~rows.duplicated(["document", "period"], keep=False)
    kinds = rows.document.str.split(r"-\d{4}-", regex=True).str[-1].str.replace("-", " ")
    return names.where(~doubled, names + " (" + kinds + ")")


def _fit_titles(panels: Iterable[Axes]) -> int:
    """Count the letters of a title that fit into a line beside the longest label of a row."""
    labels = [label.get_text() for axes in panels for label in axes.get_yticklabels()]
    room = FULL_WIDTH * _POINTS - _LABEL_LETTER * max(map(len, labels))
    return min(TITLE_LETTERS, int(room / _TITLE_LETTER))


def _name_panel(axes: Axes, rows: pd.DataFrame, letters: int) -> None:
    """Head a panel with its indicator, and say where one place alone states figures."""
    axes.set_title(fill(rows.indicator_en.iloc[0], letters))
    places = rows.place_en.unique()
    if len(places) == 1:
        said = f"stated for {places[0]} only"
        label = axes.xaxis.label
        label.set_text(f"{label.get_text()}  ·  {said}")
