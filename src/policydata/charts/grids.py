"""What is in the data and what is not, at one glance: counts, and coverage in three states."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from policydata.charts.style import COLOURS, MILLIMETRE, QUIET, drawing_style, open_figure
from policydata.load import load_indicators, load_places
from policydata.summary import STATES

__all__ = ["plot_counts", "plot_coverage"]

_ROW_HEIGHT, _HEAD_HEIGHT = 4.6 * MILLIMETRE, 24 * MILLIMETRE
_LETTERS, _LETTER_WIDTH = 95, 1.7 * MILLIMETRE
_MARKS: dict[str, dict[str, Any]] = {
    "stated": {"marker": "s", "color": COLOURS["outcome"], "markersize": 6},
    "none stated": {
        "marker": "s",
        "color": COLOURS["outcome"],
        "markersize": 6,
        "markerfacecolor": "white",
    },
    "not coded": {"marker": ".", "color": "#bdbdbd", "markersize": 3},
}


def plot_counts(rows: pd.DataFrame, by: str, across: str) -> Figure:
    """Draw how many rows stand in each cell of two columns; a cell without a row stays empty.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any table, such as rows of `load_statements`.
    by, across : str
        Columns whose values make the rows and the columns of the grid.

    Returns
    -------
    matplotlib Figure
        170 mm wide; the number in a cell is the number of rows.

    Raises
    ------
    ValueError
        Where there is no row.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_counts(load_statements(indicator="gdp"), by="place_en", across="year")
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Anyang'
    """
    if rows.empty:
        raise ValueError("There is no row to count.")
    counts = pd.crosstab(rows[by].astype("str"), rows[across].astype("str"))
    with drawing_style():
        turned = _measure_turned(counts)
        figure = open_figure(_HEAD_HEIGHT + turned + _ROW_HEIGHT * len(counts))
        axes = figure.subplots()
        sns.heatmap(
            counts, mask=counts.eq(0), annot=True, fmt="d", cmap="Blues", cbar=False, robust=True,
            linewidths=0.8, linecolor="white", annot_kws={"fontsize": 7}, ax=axes,
        )  # fmt: skip
        axes.set(xlabel="", ylabel="")
        axes.tick_params(length=0, labelrotation=0)
        axes.tick_params(axis="x", labelrotation=90 if turned else 0)
        axes.set_title(f"n = {counts.to_numpy().sum()} rows")
    return figure


def plot_coverage(cells: pd.DataFrame) -> Figure:
    """Draw the coverage of one indicator: stated, none stated, not coded, each with its own mark.

    Parameters
    ----------
    cells : pandas.DataFrame
        Rows of `coverage` with one indicator.

    Returns
    -------
    matplotlib Figure
        Places by years, 170 mm wide.

    Raises
    ------
    ValueError
        Where there are several indicators, or no cell.

    Examples
    --------
    >>> from policydata import coverage
    >>> figure = plot_coverage(coverage(indicator="rd_intensity"))
    >>> [text.get_text() for text in figure.legends[0].get_texts()][0].split(",")[0]
    'not coded'
    """
    found = cells.indicator.unique()
    if len(found) != 1:
        listed = ", ".join(f'"{code}"' for code in found) or "none"
        raise ValueError(f"One chart takes one indicator, these cells have {listed}.")
    names = load_places().set_index("id").name_en
    places = sorted(cells.place.unique())
    with drawing_style():
        figure = open_figure(_HEAD_HEIGHT + _ROW_HEIGHT * len(places))
        axes = figure.subplots()
        for state in STATES:
            part = cells[cells.state.eq(state)]
            axes.plot(
                part.year.astype("int"),
                part.place.map(places.index),
                linestyle="none",
                **_MARKS[state],
            )
        _frame(axes, [names[place] for place in places], cells.year)
        axes.set_title(load_indicators().set_index("code").name_en[cells.indicator.iloc[0]])
        _explain(figure, cells)
    return figure


def _measure_turned(counts: pd.DataFrame) -> float:
    """Measure how high the columns' labels stand when turned; nothing where they fit in a line."""
    longest = int(counts.columns.str.len().max())
    beside = int(counts.index.str.len().max())
    fits = longest * len(counts.columns) + beside <= _LETTERS
    return 0.0 if fits else longest * _LETTER_WIDTH


def _frame(axes: Axes, labels: list[str], years: pd.Series) -> None:
    """Label places and years."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(years.min() - 0.6, years.max() + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.tick_params(length=0, colors=QUIET)
    axes.spines[:].set_visible(False)


def _explain(figure: Figure, cells: pd.DataFrame) -> None:
    """Name the three states, with the number of cells of each."""
    counts = cells.state.value_counts()
    handles = [
        Line2D(
            [],
            [],
            linestyle="none",
            label=f"{state}, {counts.get(state, 0)} cells",
            **_MARKS[state],
        )
        for state in STATES
    ]
    figure.legend(handles=handles, loc="outside lower left", ncols=3)
