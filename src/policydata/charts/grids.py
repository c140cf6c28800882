"""Charts of what the data hold: counts, coverage in three states, Henan's cities as tiles.

A tile is placed roughly where its city lies, so that the map does not need boundaries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, LogNorm, Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator

from policydata.charts.intake import (
    attach_names,
    choose_scale,
    drop_repeats,
    name_aim,
    name_values,
    order_values,
    refuse_mixture,
    take_cells,
    take_groups,
    take_statements,
)
from policydata.charts.layout import (
    fit_height,
    head_axes,
    label_values,
    measure,
    measure_width,
    wrap,
)
from policydata.charts.marks import (
    DRESSES,
    Mark,
    count_hazards,
    leave_record,
    list_figures,
    make_key,
    put_legend,
)
from policydata.charts.style import QUIET, chart, choose_ink, em, open_figure
from policydata.charts.words import list_words, say, write_bounds
from policydata.tables import Reference, take_reference

# In sizes of the type.
_LANE, _LINE = 1.45, 1.0
# The share of the width that labels may take, and of the colour map that cells and tiles do.
_LABELS = 0.4
_PALE, _DARK = 0.13, 0.88
_PALE_TILE, _DARK_TILE = 0.15, 0.75
# Each state of coverage with its sign in a caption.
_OUTCOME = DRESSES["outcome"].colour
_STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "not coded": ("·", {"marker": ".", "color": "#9a9a9a"}),
    "none stated": ("□", {"marker": "s", "color": _OUTCOME, "markerfacecolor": "white"}),
    "stated": ("■", {"marker": "s", "color": _OUTCOME}),
}
_MAP = """
-        -        -            anyang    -
-        -        -            hebi      puyang
-        jiyuan   jiaozuo      xinxiang  -
sanmenxia luoyang zhengzhou    kaifeng   shangqiu
-        -        pingdingshan xuchang   zhoukou
-        nanyang  -            luohe     -
-        -        -            zhumadian -
-        -        -            xinyang   -
"""
# Column from west to east, row from north to south.
TILES = {
    place: (column, row)
    for row, places in enumerate(_MAP.strip().splitlines())
    for column, place in enumerate(places.split())
    if place != "-"
}
_COLUMNS, _ROWS = 5, 8
_EMPTY: dict[str, Any] = {"facecolor": "white", "edgecolor": "#bdbdbd", "hatch": "////"}


@chart
def plot_counts(
    rows: pd.DataFrame,
    by: str,
    across: str,
    *,
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Draw the number of rows for each pair of values of two columns; a cell may stay empty.

    Parameters
    ----------
    rows : pandas.DataFrame
        Any table, such as rows of `load_statements`.
    by, across : str
        Columns whose values make the rows and the columns of the grid; a row without a value in one
        of them is not counted.  Places and indicators are labelled by name; the words of a
        vocabulary keep its order.
    {options}

    Returns
    -------
    matplotlib Figure
        The number in a cell is the number of rows.

    Raises
    ------
    ValueError
        If there is no row to count.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_counts(load_statements(indicator="gdp"), by="place", across="year")
    >>> figure.axes[0].get_yticklabels()[0].get_text()
    'Anyang'
    """
    counted = take_groups(rows, [by, across], reference)
    if counted.empty:
        raise ValueError("There is no row to count.")
    counts = _count(counted, by, across, lang)
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
    leave_record([axes], counted, lang, by=[by, across])
    return figure


def _colour_cells(axes: Axes, counts: pd.DataFrame) -> None:
    """Colour the cells by the logarithm of their counts, and write the counts in a legible ink."""
    norm = LogNorm(1, max(2, counts.to_numpy().max()))
    shades = ListedColormap(colormaps["Blues"](np.linspace(_PALE, _DARK, 256)))
    sns.heatmap(
        counts, mask=counts.eq(0), annot=True, fmt="d", cmap=shades, norm=norm, cbar=False,
        linewidths=0.8, linecolor="white", annot_kws={"fontsize": "small"}, ax=axes,
    )  # fmt: skip
    for text in axes.texts:
        text.set_color(choose_ink(shades(norm(int(text.get_text())))))


def _count(rows: pd.DataFrame, by: str, across: str, lang: str) -> pd.DataFrame:
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


@chart
def plot_coverage(
    cells: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw the coverage of one indicator: stated, none stated, not coded, each with its own mark.

    Parameters
    ----------
    cells : pandas.DataFrame
        Rows of `coverage` with one indicator; a repeated cell is drawn once.
    {options}

    Returns
    -------
    matplotlib Figure
        Places by years.

    Raises
    ------
    ValueError
        If there is more than one indicator, or no cell.

    Examples
    --------
    >>> from policydata import coverage
    >>> figure = plot_coverage(coverage(indicator="rd_intensity"))
    >>> [text.get_text() for text in figure.legends[0].get_texts()]
    ['not coded', 'none stated', 'stated']
    """
    taken = take_cells(cells, reference)
    found = taken.indicator.unique()
    if len(found) != 1:
        listed = ", ".join(f'"{code}"' for code in found)
        raise ValueError(f"One chart takes one indicator; these cells have {listed}.")
    drawn = taken.drop_duplicates(["place", "year"]).astype({"year": "int"})
    places = sorted(drawn.place.unique())
    names = dict(zip(drawn.place, drawn[f"place_{lang}"], strict=True))
    figure = open_figure(width, 40 + 3 * len(places))
    axes = figure.subplots()
    keys = []
    for state in list_words("state"):
        sign, look = _STATES[state]
        part = drawn[drawn.state.eq(state)]
        axes.plot(part.year, part.place.map(places.index), linestyle="none", **look)
        keys.append(make_key(Line2D([], [], linestyle="none", **look), sign, "state", state))
    _label_years(axes, [names[place] for place in places], drawn.year)
    head_axes(axes, drawn[f"indicator_{lang}"].iloc[0])
    marks = put_legend(figure, [keys], lang)
    fit_height(figure, [axes], [_LANE * em() * len(places)])
    leave_record([axes], taken, lang, marks)
    return figure


def _label_years(axes: Axes, labels: list[str], years: pd.Series) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.set_xlim(years.min() - 0.6, years.max() + 0.6)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


@chart
def plot_tiles(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw one indicator of one period as tiles of Henan's eighteen cities.

    A city without a figure is a hatched tile, never a pale one; a bound keeps its sign; a city with
    several different figures shows all of them, in the colour of the first.  The province does not
    have a tile: its rows are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit, status and period.
    {options}

    Returns
    -------
    matplotlib Figure
        The tiles, with north at the top.

    Raises
    ------
    ValueError
        If the rows of cities mix indicators, measures, units, statuses or periods, if none of them
        has a value, or if a place does not have a tile.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_tiles(rows[rows.measure.eq("growth_rate")])
    >>> len(figure.axes[0].patches)
    18
    """
    valued = take_statements(rows, reference)
    _refuse_untiled(valued, reference)
    drawn = refuse_mixture(valued[valued.place.isin(TILES)], also=["status", "period"])
    kept = drop_repeats(drawn, across_documents=True)
    scale, unit = choose_scale(kept, ["value_std"], lang)
    shade = Normalize(kept.value_std.min(), kept.value_std.max())
    figure = open_figure(width, 60)
    axes = figure.subplots()
    room = figure.get_figwidth() / (_COLUMNS + 0.4)
    said = {
        place: _write_figures(group, scale, room, lang) for place, group in kept.groupby("place")
    }
    names = _name_tiles(kept, lang, reference)
    first = kept.drop_duplicates("place").set_index("place").value_std
    for place, corner in TILES.items():
        tint = _tint(float(shade(first[place]))) if place in first else None
        _draw_tile(axes, corner, names[place], said.get(place, ""), tint, room)
    head_axes(axes, name_aim(kept, lang))
    label_values(axes, kept.measure.iloc[0], unit, lang)
    axes.set(xticks=[], yticks=[], xlim=(-0.02, _COLUMNS), ylim=(_ROWS, -0.02))
    axes.spines[:].set_visible(False)
    differ, empty = kept.value_std.nunique() > 1, len(said) < len(TILES)
    marks = _explain_tints(figure, differ, empty, count_hazards(drawn, lang), lang)
    lines = max(text.count("\n") + 1 for text in said.values())
    fit_height(figure, [axes], [_ROWS * (2.4 + 1.1 * lines) * em()])
    leave_record([axes], drawn, lang, marks)
    return figure


def _refuse_untiled(rows: pd.DataFrame, reference: Reference) -> None:
    """Refuse places without a tile; the province of the cities is allowed beside them."""
    places = take_reference(reference)["places"].reindex(columns=["id", "parent"])
    above = places[places.id.isin(TILES)].parent
    cities = rows.place[~rows.place.isin(above)]
    drawn = cities if len(cities) else rows.place
    untiled = drawn[~drawn.isin(TILES)].unique()
    if len(untiled):
        listed = ", ".join(f'"{place}"' for place in untiled)
        raise ValueError(f"There is no tile for the place {listed}; allowed: {', '.join(TILES)}.")


def _name_tiles(rows: pd.DataFrame, lang: str, reference: Reference) -> dict[str, str]:
    """Name every city, with or without a row."""
    own = rows[["place", "place_en", "place_zh"]].drop_duplicates("place")
    tiles = pd.DataFrame({"place": [*TILES]}).merge(own, on="place", how="left")
    return dict(zip(TILES, attach_names(tiles, reference)[f"place_{lang}"], strict=True))


def _write_figures(rows: pd.DataFrame, scale: float, room: float, lang: str) -> str:
    """Write the different figures of a city, one under another where they do not fit in a line."""
    figures = [(*list_figures(row, "", scale), row.unit_std) for row in rows.itertuples()]
    listed = [write_bounds(*figure, lang) for figure in figures]
    line = say("phrase", "list", lang).join(listed)
    return line if measure(line, "small", "bold") < 0.9 * room else "\n".join(listed)


def _draw_tile(
    axes: Axes, corner: tuple[int, int], name: str, said: str, tint: Any, room: float
) -> None:
    """Draw one city: its name, its figures, its tint; hatched if it has no figure."""
    x, y = corner
    look = {"facecolor": tint, "edgecolor": "white"} if said else _EMPTY
    axes.add_patch(Rectangle((x, y), 0.96, 0.94, **look))
    ink = choose_ink(tint) if said else QUIET
    box: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    style: dict[str, Any] = {"ha": "center", "color": ink, "bbox": None if said else box}
    size = "small" if measure(name) < 0.9 * room else "x-small"
    # A name alone is in the middle; above its figures it leaves them two thirds.
    at = 0.3 if said else 0.47
    axes.text(x + 0.48, y + at, name, va="center", fontsize=size, **style)
    axes.text(x + 0.48, y + 0.66, said, va="center", fontsize="small", weight="bold", **style)


def _tint(shade: float) -> Any:
    """Give the colour of a place between the lowest and the highest."""
    return colormaps["Blues"](_PALE_TILE + (_DARK_TILE - _PALE_TILE) * shade)


def _explain_tints(figure: Figure, differ: bool, empty: bool, note: str, lang: str) -> list[Mark]:
    """Put a legend under the tiles: what the colour means, and the hatching if there is any."""
    ends = (("░", "lowest", 0.0), ("█", "highest", 1.0)) if differ else ()
    keys = [make_key(Patch(facecolor=_tint(at)), sign, "mark", word) for sign, word, at in ends]
    keys += [make_key(Patch(**_EMPTY), "▨", "mark", "none")] if empty else []
    return put_legend(figure, [keys], lang, note) if keys or note else []
