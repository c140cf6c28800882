"""What is in the data and what is not, at one glance: counts, and coverage in three states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, LogNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from policydata.charts.fitting import fit_height, measure, measure_width, wrap
from policydata.charts.intake import take_cells, take_groups
from policydata.charts.lanes import head_axes
from policydata.charts.legend import put_legend
from policydata.charts.record import leave_record
from policydata.charts.rows import name_values, order_values
from policydata.charts.style import COLOURS, choose_ink, drawing_style, em, open_figure
from policydata.charts.words import say
from policydata.errors import refuse_unknown
from policydata.summary import STATES
from policydata.tables import Reference
from policydata.vocabulary import LANGUAGES

__all__ = ["plot_counts", "plot_coverage"]

# In sizes of the type.
_LANE, _LINE = 1.45, 1.0
# The share of the width that labels may take, and of the colour map that cells do.
_LABELS = 0.4
_PALE, _DARK = 0.13, 0.88
_MARKS: dict[str, dict[str, Any]] = {
    "stated": {"marker": "s", "color": COLOURS["outcome"]},
    "none stated": {"marker": "s", "color": COLOURS["outcome"], "markerfacecolor": "white"},
    "not coded": {"marker": ".", "color": "#9a9a9a"},
}


def plot_counts(
    rows: pd.DataFrame,
    by: str,
    across: str,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw how many rows stand in each cell of two columns; a cell without a row stays empty.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any table, such as rows of `load_statements`.
    by, across : str
        Columns whose values make the rows and the columns of the grid; a row without a value in
        one of them is not counted.  `place` and `indicator` are named by their twins, such as
        `place_en`, where the table has these; the words of a vocabulary stand in its order.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of names and words.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        The number in a cell is the number of rows.

    Raises
    ------
    ValueError
        Where there is no row, no such language or no such width.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_counts(load_statements(indicator="gdp"), by="place", across="year")
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Anyang'
    """
    refuse_unknown("lang", lang, LANGUAGES)
    counted = take_groups(rows, [by, across], reference)
    if counted.empty:
        raise ValueError("There is no row to count.")
    counts = _count(counted, by, across, lang)
    with drawing_style(width):
        figure = open_figure(width, 40 + 3 * len(counts))
        axes = figure.subplots()
        _colour_cells(axes, counts)
        labels = [wrap(name, _LABELS * figure.get_figwidth()) for name in counts.index]
        axes.set_yticks([number + 0.5 for number in range(len(labels))], labels, rotation=0)
        axes.set(xlabel="", ylabel="")
        axes.tick_params(length=0)
        stated = "statement_id" in counted and counted.statement_id.ne("").all()
        noun = "statements" if stated else "rows"
        head_axes(axes, say("phrase", noun, lang).format(n=len(counted)))
        figure.draw_without_rendering()
        _turn_labels(axes, list(counts.columns))
        lines = 1 + max(label.count("\n") for label in labels)
        fit_height(figure, [axes], [(_LANE + _LINE * (lines - 1)) * em() * len(counts)])
    leave_record([axes], counted, lang)
    return figure


def _colour_cells(axes: Axes, counts: pd.DataFrame) -> None:
    """Colour the cells by the logarithm of their counts, and write these in an ink that reads."""
    norm = LogNorm(1, max(2, counts.to_numpy().max()))
    shades = ListedColormap(colormaps["Blues"](np.linspace(_PALE, _DARK, 256)))
    sns.heatmap(
        counts, mask=counts.eq(0), annot=True, fmt="d", cmap=shades, norm=norm, cbar=False,
        linewidths=0.8, linecolor="white", annot_kws={"fontsize": "small"}, ax=axes,
    )  # fmt: skip
    for text in axes.texts:
        text.set_color(choose_ink(shades(norm(int(text.get_text())))))


def _count(rows: pd.DataFrame, by: str, across: str, lang: str) -> pd.DataFrame:
    """Count the rows of each cell, in the order of vocabularies, under names of a language."""
    counts = pd.crosstab(rows[by].astype("str"), rows[across].astype("str"))
    ordered = counts.reindex(index=order_values(rows, by), columns=order_values(rows, across))
    return ordered.rename(
        index=name_values(rows, by, lang), columns=name_values(rows, across, lang)
    )


def _turn_labels(axes: Axes, labels: Sequence[str]) -> None:
    """Turn the labels of columns that are wider than the columns, once these have a width."""
    room = measure_width(axes) / len(labels)
    turned = max(map(measure, labels)) > 0.92 * room
    axes.set_xticks([number + 0.5 for number in range(len(labels))], labels)
    axes.tick_params(axis="x", labelrotation=90 if turned else 0)


def plot_coverage(
    cells: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw the coverage of one indicator: stated, none stated, not coded, each with its own mark.

    Parameters
    ----------
    cells : pandas.DataFrame
        Rows of `coverage` with one indicator; a cell that stands there twice is drawn once.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of names and words.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        Places by years.

    Raises
    ------
    ValueError
        Where there are several indicators, or no cell; where there is no such language or width.

    Examples
    --------
    >>> from policydata import coverage
    >>> figure = plot_coverage(coverage(indicator="rd_intensity"))
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['not coded', 'none stated', 'stated']
    """
    refuse_unknown("lang", lang, LANGUAGES)
    taken = take_cells(cells, reference)
    found = taken.indicator.unique()
    if len(found) != 1:
        listed = ", ".join(f'"{code}"' for code in found)
        raise ValueError(f"One chart takes one indicator, these cells have {listed}.")
    drawn = taken.drop_duplicates(["place", "year"]).astype({"year": "int"})
    places = sorted(drawn.place.unique())
    names = dict(zip(drawn.place, drawn[f"place_{lang}"], strict=True))
    with drawing_style(width):
        figure = open_figure(width, 40 + 3 * len(places))
        axes = figure.subplots()
        for state in STATES:
            part = drawn[drawn.state.eq(state)]
            axes.plot(part.year, part.place.map(places.index), linestyle="none", **_MARKS[state])
        _frame(axes, [names[place] for place in places], drawn.year)
        head_axes(axes, drawn[f"indicator_{lang}"].iloc[0])
        words = {state: say("state", state, lang) for state in STATES}
        keys = [Line2D([], [], linestyle="none", label=words[s], **_MARKS[s]) for s in STATES]
        put_legend(figure, [keys])
        fit_height(figure, [axes], [_LANE * em() * len(places)])
    leave_record([axes], taken, lang)
    return figure


def _frame(axes: Axes, labels: list[str], years: pd.Series) -> None:
    """Label places and years."""
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(years.min() - 0.6, years.max() + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
