"""Charts over years: small multiples, lines labelled at their ends, slopes between two years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from policydata.charts.cells import (
    find_reference,
    join_signs,
    name_measured,
    sort_places,
    take_cells,
)
from policydata.charts.facts import finish_cells, say_facts, write_figure
from policydata.charts.intake import refuse_empty, refuse_mixture
from policydata.charts.marks import BAR, draw_mark, dress
from policydata.charts.page import Key, Words
from policydata.charts.style import (
    MILLIMETRE,
    PALETTE,
    QUIET,
    WIDTHS,
    chart,
    em,
    measure_width,
    open_figure,
)
from policydata.charts.text import number_axis, spread, wrap
from policydata.charts.words import name_axis, say
from policydata.load import carries_hazard
from policydata.schema import CHANGES
from policydata.tables import Reference

# In sizes of the type: a panel, one wide plot, and a line of labels.
_PANEL, _PANEL_HEIGHT, _PLOT, _LINE = 8.8, 6.0, 22, 1.0
# Half the length of the bar of a target, in years.
_BAR = 0.38
# Shares of the style's lines and marks.
_THICK, _SMALL = 2.2, 0.75
_YEARS = 10
# From a label to what it names, from the label's left edge.
_LEADER = {
    "arrowstyle": "-",
    "color": "#cccccc",
    "linewidth": 0.5,
    "shrinkB": 4,
    "relpos": (0, 0.5),
}
# Lines of several places, which their labels name in the same colours.
_HUES = ["#052c4e", "#1b7f79", "#6a4c93", "#8c5a2b", "#5b6d1c", "#3f7cac", "#a3586d", "#444444"]


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
    >>> [axes.get_title() for axes in plot_series(rows).axes]
    ['Luohe']
    """
    keep = partial(_keep_shown, compared_with, reference)
    cells = take_cells(rows, reference, lang, keep=keep, whole_years=True)
    by_place = cells.drawn.place.nunique() > 1
    if by_place:
        refuse_mixture(cells.drawn)
    known = find_reference(cells.drawn, compared_with, reference) if by_place else ""
    drawn = cells.drawn.assign(panel=cells.drawn.place if by_place else _name_kinds(cells.drawn))
    behind = drawn[drawn.place.eq(known) & _is_exact(drawn)]
    groups = _order_panels(drawn[drawn.place.ne(known)], by_place)
    figure, panels, columns = _open_panels(groups, width, drawn.unit_said.nunique() == 1)
    for axes, group in zip(panels, groups, strict=True):
        _join_years(axes, behind, PALETTE["reference"], _THICK)
        _draw_panel(axes, group, lang, by_place)
    _number_years(panels, drawn, lang)
    others = [*_make_behind_key(behind, lang), *_make_break_key(drawn, lang)]
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
    return drawn[drawn.place.ne(known) | _is_exact(drawn)]


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
    facets = {"col": "panel", "col_wrap": columns, "sharey": one_scale, "height": 2}
    # It lays itself out tightly, and complains of any other layout.
    with mpl.rc_context({"figure.constrained_layout.use": False}):
        grid = sns.FacetGrid(pd.DataFrame({"panel": range(len(groups))}), **facets)
    plt.close(grid.figure)
    grid.figure.set_layout_engine("constrained")
    grid.figure.set_figwidth(WIDTHS[width] * MILLIMETRE)
    return grid.figure, list(grid.axes.flat), columns


def _draw_panel(axes: Axes, rows: pd.DataFrame, lang: str, by_place: bool) -> None:
    """Draw one panel: its line, its marks, and its name."""
    _join_years(axes, rows, PALETTE["outcome"], 1.0)
    for row in rows.itertuples():
        if row.status == "target":
            _draw_target(axes, row)
        else:
            draw_mark(axes, row, row.year, upright=True)
        axes.annotate(
            row.signs, (row.year, row.at), xytext=(3, 2.5), textcoords="offset points",
            in_layout=False, fontsize="small", color=QUIET,
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


def _is_exact(rows: pd.DataFrame) -> pd.Series:
    return rows.status.eq("outcome") & rows.comparator.eq("=")


def _join_years(axes: Axes, rows: pd.DataFrame, colour: str, width: float) -> None:
    """Join exact outcomes of consecutive years, unless the base was revised between them."""
    exact = rows[_is_exact(rows)].sort_values("year").astype({"year": "int"})
    revised = carries_hazard(exact, ["series_break"])
    broken = exact.year.diff().ne(1) | revised
    thick = width * mpl.rcParams["lines.linewidth"]
    style = {"color": colour, "linewidth": thick, "solid_capstyle": "round", "zorder": 1.5}
    for _, run in exact.groupby(broken.cumsum()):
        # A line of one point shows only with a mark, which a panel draws of its own places.
        mark = {"marker": "o", "markersize": 1.3 * thick} if len(run) == 1 else {}
        axes.plot(run.year, run["at"], **style, **mark)
    middle = exact[["year", "at"]].rolling(2).mean()[revised].dropna()
    axes.plot(middle.year, middle["at"], marker=(2, 0, -30), linestyle="none", color=colour)


def _number_years(panels: Sequence[Axes], drawn: pd.DataFrame, lang: str, most: int = 3) -> None:
    """Write years and values; values of one unit have one span, fitted to them."""
    years = drawn.year.astype("int")
    for axes in panels:
        axes.set(xlim=(years.min() - 0.6, years.max() + 0.6), xlabel="", ylabel="")
        axes.xaxis.set_major_locator(MaxNLocator(most, integer=True, min_n_ticks=2))
        number_axis(axes.yaxis, lang, 4)
        axes.margins(y=0.14)


def _make_behind_key(behind: pd.DataFrame, lang: str) -> list[Key]:
    """Make the key of the line of the reference."""
    if behind.empty:
        return []
    line = Line2D(
        [], [], color=PALETTE["reference"], linewidth=_THICK * mpl.rcParams["lines.linewidth"]
    )
    named = {"place": behind.place_said.iloc[0], "status": say("status", "outcome", lang)}
    return [Key(line, "—", say("phrase", "reference", lang).format(**named))]


def _make_break_key(drawn: pd.DataFrame, lang: str) -> list[Key]:
    """Make the key of the sign between two bases."""
    if not carries_hazard(drawn[_is_exact(drawn)], ["series_break"]).any():
        return []
    stroke = Line2D([], [], color=QUIET, marker=(2, 0, -30), linestyle="none")
    return [Key(stroke, "/", say("hazard", "series_break", lang))]


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
    _number_years([axes], drawn, lang, _YEARS)
    axes.set_ylabel(name_axis(row.measure, row.unit_said, lang) if base_year is None else index)
    axes.grid(True, axis="y")
    ends = [line.iloc[-1] for line in lines]
    _label_ends(axes, [_label_line(line) for line in lines], ends, colours)
    said = drawn if base_year is None else drawn.assign(unit_said=index)
    shown = cells._replace(drawn=said)
    behind = drawn[drawn.place.eq(known)]
    others = [*_make_behind_key(behind, lang), *_make_link_key(lines, lang)]
    return finish_cells(
        figure, shown, Words(lang, "lines", title, subtitle), reference=reference, known=known,
        more={"base_year": str(base_year)},
        others=others,
        statuses=False, panels=[axes], height=_PLOT * em(),
    )  # fmt: skip


def _keep_lines(base_year: int | None, drawn: pd.DataFrame) -> pd.DataFrame:
    """Keep exact outcomes, with a base year of the places that have a figure of it."""
    exact = drawn[_is_exact(drawn)]
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
    _join_years(axes, rows, colour, 1.0)
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
    width: str = "one_and_a_half",
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
