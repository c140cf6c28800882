"""Lines over years, labelled at their ends, and slopes between two years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from policydata.charts.cells import find_reference, join_signs, take_cells, write_figure
from policydata.charts.facts import finish_cells, say_facts
from policydata.charts.intake import refuse_empty, refuse_mixture
from policydata.charts.marks import dress
from policydata.charts.page import Key, Words
from policydata.charts.style import PALETTE, QUIET, chart, em, measure_width, open_figure
from policydata.charts.text import number_axis, spread, wrap
from policydata.charts.words import name_axis, say, write_number
from policydata.charts.years import (
    is_exact,
    join_years,
    make_behind_key,
    make_break_key,
    number_years,
)
from policydata.schema import CHANGES
from policydata.tables import Reference

# The heights of a plot and of a line of its labels, and the room of a year, in sizes of the type.
_PLOT, _LINE, _YEAR = 22, 1.0, 5
# From a label to what it names, from the label's left edge. Clipped at the box of the label, it
# would depend on the settings with which it is drawn.
_LEADER = {
    "arrowstyle": "-",
    "patchA": None,
    "color": "#cccccc",
    "linewidth": 0.5,
    "shrinkB": 4,
    "relpos": (0, 0.5),
}
# Lines of several places, which their labels name in the same colours.
_HUES = ["#052c4e", "#1b7f79", "#6a4c93", "#8c5a2b", "#5b6d1c", "#3f7cac", "#a3586d", "#444444"]


@chart
def plot_lines(
    rows: pd.DataFrame,
    *,
    base_year: int | None = None,
    compared_with: str | None = None,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the outcomes of places as lines over the years, each labelled at its end.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` of one indicator, measure and unit; exact outcomes of whole years
        are drawn.
    base_year : int, optional
        Draw the figures of this year as 100; places without a figure of it and of another year are
        left out.
    compared_with : str, optional
        Id or name of the place whose line is grey; by default the only province.
    {options}

    Returns
    -------
    matplotlib Figure
        Consecutive years are joined; a dotted line leads over years that are not stated.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures or units, or if none is left to draw.

    Examples
    --------
    >>> from policydata import load_outcomes
    >>> rows = load_outcomes(indicator="rd_expenditure", measure="level")
    >>> figure = plot_lines(rows, base_year=2020)
    >>> figure.axes[0].get_ylabel()
    'index, 2020 = 100'
    """
    keep = partial(_keep_lines, base_year)
    cells = take_cells(rows, reference, lang, keep=keep, whole_years=True)
    drawn = refuse_mixture(cells.drawn)
    if base_year is not None:
        base = drawn[drawn.year.eq(base_year)].set_index("place")["at"]
        drawn = drawn.assign(at=100 * drawn["at"] / drawn.place.map(base))
    known = find_reference(drawn, compared_with, reference)
    figure = open_figure(width, _PLOT + 12)
    axes = figure.subplots()
    lines = [group.sort_values("year") for _, group in drawn.groupby("place", sort=False)]
    colours = _choose_colours([line.place.iloc[0] for line in lines], known)
    for line, colour in zip(lines, colours, strict=True):
        _draw_line(axes, line, colour)
    row = next(drawn.itertuples())
    index = say("phrase", "index", lang).format(base_year)
    number_years([axes], drawn, lang, int(figure.get_figwidth() / (_YEAR * em())))
    axes.set_ylabel(name_axis(row.measure, row.unit_said, lang) if base_year is None else index)
    axes.grid(True, axis="y")
    ends = [line.iloc[-1] for line in lines]
    _label_ends(axes, [_label_line(line) for line in lines], ends, colours)
    indexed = {"unit_said": index, "written": [write_number(at, lang) for at in drawn["at"]]}
    said = drawn if base_year is None else drawn.assign(**indexed)
    shown = cells._replace(drawn=said)
    behind = drawn[drawn.place.eq(known)]
    others = [*make_behind_key(behind, lang), *_make_link_key(lines, lang)]
    others += make_break_key(drawn, lang)
    more = {} if base_year is None else {"base_year": str(base_year)}
    return finish_cells(
        figure, shown, Words(lang, "lines", title, subtitle), reference=reference, known=known,
        ends=True, more=more, others=others, statuses=False, panels=[axes], height=_PLOT * em(),
    )  # fmt: skip


def _keep_lines(base_year: int | None, drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep exact outcomes, with a base year of the places that have a figure of it."""
    exact = drawn[is_exact(drawn)]
    if base_year is None:
        return refuse_empty(exact)
    lines = exact[exact.groupby("place").year.transform("nunique").gt(1)]
    based = lines.place[lines.year.eq(base_year)]
    if based.empty:
        years = ", ".join(map(str, sorted(exact.year.unique())))
        raise ValueError(f'No outcome is of the base year "{base_year}"; allowed: {years}.')
    return lines[lines.place.isin(based)]


def _choose_colours(places: Sequence[str], known: str) -> list[str]:
    """Choose a colour for each line; after the last hue the first comes again."""
    others = iter(_HUES[number % len(_HUES)] for number in range(len(places)))
    return [PALETTE["reference"] if place == known else next(others) for place in places]


def _draw_line(axes: Axes, rows: pd.DataFrame, colour: str) -> None:
    axes.plot(rows.year, rows["at"], color=colour, linestyle=":", linewidth=0.8, zorder=1.2)
    join_years(axes, rows, colour, 1.0)
    for row in rows.itertuples():
        style = dress(row.status, row.comparator, upright=True)
        axes.plot([row.year], [row.at], **style | {"color": colour, "markerfacecolor": colour})


def _label_line(rows: pd.DataFrame) -> str:
    last = rows.iloc[-1]
    return f"{last.place_said}{join_signs(rows.signs)} {write_figure(last)}"


def _label_ends(
    axes: Axes, labels: Sequence[str], ends: Sequence[Any], colours: Sequence[str]
) -> None:
    """Write labels right of the plot, at the heights of their ends, as far apart as lines are."""
    low, high = axes.get_ylim()
    line = (high - low) * _LINE / _PLOT
    heights = spread([end["at"] for end in ends], [line] * len(ends))
    right = axes.get_xlim()[1]
    for label, end, height, colour in zip(labels, ends, heights, colours, strict=True):
        axes.annotate(
            label, (end.year, end["at"]), xytext=(right, height), fontsize="small",
            color=colour if colour != PALETTE["reference"] else QUIET, va="center_baseline",
            annotation_clip=False, arrowprops=_LEADER,
        )  # fmt: skip


def _make_link_key(lines: Sequence[pd.DataFrame], lang: str) -> list[Key]:
    """Make the key of the dotted line over years without a figure."""
    if all(line.year.diff().dropna().eq(1).all() for line in lines):
        return []
    dotted = Line2D([], [], color=PALETTE["outcome"], linestyle=":", linewidth=0.8)
    return [Key(dotted, "…", say("mark", "between", lang))]


@chart
def plot_slopes(
    rows: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the figures of the first and the last year as slopes; places that go alike share one.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` of one indicator, measure, unit and status; places with a figure
        of both years are drawn.
    {options}

    Returns
    -------
    matplotlib Figure
        The thickness of a line is the number of its places, whose names stand at its end.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures, units or statuses, or if no place has both years.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", measure="growth_rate", year=[2023, 2025])
    >>> [label.get_text() for label in plot_slopes(rows).axes[0].get_xticklabels()]
    ['2023', '2025']
    """
    cells = take_cells(rows, reference, lang, keep=_keep_ends, whole_years=True)
    refuse_mixture(cells.drawn, also=["status"])
    first, last = cells.drawn.year.min(), cells.drawn.year.max()
    wide = _widen(cells.drawn, first, last)
    figure = open_figure(width, _PLOT + 12)
    axes = figure.subplots()
    colour = PALETTE[cells.drawn.status.iloc[0]]
    groups = list(wide.groupby(["at", "at_last"], sort=True))
    for (one, other), group in groups:
        thick = mpl.rcParams["lines.linewidth"] * (0.6 + 0.5 * len(group))
        style = {"color": colour, "marker": "o", "markeredgecolor": "white", "linewidth": thick}
        axes.plot([0, 1], [one, other], **style, solid_capstyle="round")
    axes.set_xticks([0, 1], [str(first), str(last)])
    axes.set_xlim(-0.08, 1.08)
    axes.margins(y=0.1)
    row = next(cells.drawn.itertuples())
    axes.set_ylabel(name_axis(row.measure, row.unit_said, lang))
    number_axis(axes.yaxis, lang)
    axes.grid(True, axis="y")
    _label_slopes(axes, wide, lang)
    if cells.drawn.comparator.ne("=").any():
        cells = cells._replace(notes=[*cells.notes, say("phrase", "slopes", lang)])
    return finish_cells(
        figure, cells, Words(lang, "slopes", title, subtitle), reference=reference, bounds=False,
        more=_count_changes(wide, lang),
        panels=[axes], height=_PLOT * em(),
    )  # fmt: skip


def _widen(drawn: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Put the figures of both years beside each other, one row per place."""
    start = drawn[drawn.year.eq(first)].set_index("place")
    end = drawn[drawn.year.eq(last)].set_index("place")[["at", "written", "signs"]]
    both = start.merge(end, left_index=True, right_index=True, suffixes=("", "_last"))
    return both.sort_values(["yearbook_order", "place_said"])


def _count_changes(wide: pd.DataFrame, lang: str) -> dict[str, str]:
    """Count the places whose figure was cut, kept and raised."""
    change = (wide.at_last - wide["at"]).round(9)
    counts = zip(CHANGES, (change.lt(0), change.eq(0), change.gt(0)), strict=True)
    return say_facts({word: int(held.sum()) for word, held in counts}, lang)


def _keep_ends(drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep the first and the last year, of the places that have a figure of both."""
    first, last = drawn.year.min(), drawn.year.max()
    ends = drawn[drawn.year.isin([first, last])]
    both = ends.groupby("place").year.transform("nunique").eq(2)
    if not both.any():
        raise ValueError(f"No place has a figure of two years; the years are {first} and {last}.")
    return ends[both]


def _label_slopes(axes: Axes, wide: pd.DataFrame, lang: str) -> None:
    """Name the places of each slope at its end, with both figures."""
    room = 0.34 * measure_width(axes)
    texts, ends = [], []
    for _, group in wide.groupby(["at_last", "at", "written", "written_last"], sort=True):
        names = say("phrase", "and", lang).join(group.place_said + group.signs)
        figures = f"{group.written.iloc[0]} → {group.written_last.iloc[0]}"
        texts.append(wrap(say("phrase", "slope", lang).format(figures, names), room))
        ends.append(group.at_last.iloc[0])
    low, high = axes.get_ylim()
    # A label of several lines takes the place of several.
    line = (high - low) * _LINE / _PLOT
    sizes = [line * (text.count("\n") + 1.3) for text in texts]
    heights = spread(ends, sizes)
    lowest = min(at - size / 2 for at, size in zip(heights, sizes, strict=True))
    for text, end, height in zip(texts, ends, heights, strict=True):
        axes.annotate(
            text, (1, end), xytext=(1.1, height + max(0.0, low - lowest)), fontsize="small",
            va="center", annotation_clip=False, linespacing=1.15, arrowprops=_LEADER,
        )  # fmt: skip
