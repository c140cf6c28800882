"""The figures of an indicator as a table of places by years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from policydata.charts.cells import PROVINCE, find_reference, sort_places, take_cells
from policydata.charts.facts import finish_cells
from policydata.charts.grids import name_grid, set_apart
from policydata.charts.intake import refuse_mixture
from policydata.charts.page import Key, Words
from policydata.charts.style import INK, chart, em, open_figure
from policydata.charts.text import measure
from policydata.charts.words import say
from policydata.tables import Reference

# A row, each further line of it, and what is above all rows, in sizes of the type.
_ROW, _LINE, _HEAD = 1.6, 1.05, 14
# The part of the colour map on which dark and orange text both stand out.
_PALE, _DARK = 0.05, 0.3
# What is reported goes before what is aimed at; orange dark enough for a text.
_REPORTED, _TARGET_TEXT = ("outcome", "estimate"), "#8f3d05"
_FRAMES = {"target": "#e0b28f", "estimate": "#8fb4d4", "plan_scale": "#bdbdbd"}
# Of each cell, by row and column, the statuses and the texts.
_Texts = dict[tuple[int, int], list[tuple[str, str]]]


@chart
def plot_values(
    rows: pd.DataFrame,
    *,
    title: str = "",
    subtitle: str = "",
    reference: Reference = None,
    lang: str = "en",
    width: str = "double",
) -> Figure:
    """Write the figures of an indicator into a table of places by years.

    An outcome is bold, and tinted if it is an exact number; a target is in its own colour, beside
    the outcome of its year or alone in an open cell; what is not stated is blank.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` of one indicator, measure and unit; figures of whole years are
        drawn.
    {options}

    Returns
    -------
    matplotlib Figure
        The province on top, then places in the order of the statistical yearbook.

    Raises
    ------
    ValueError
        If the rows mix indicators, measures or units, or if no row has a value.

    Examples
    --------
    >>> from policydata import load_statements
    >>> figure = plot_values(load_statements(indicator="gdp", measure="growth_rate", year=2023))
    >>> [label.get_text() for label in figure.axes[0].get_yticklabels()][:2]
    ['Henan', 'Zhengzhou']
    """
    cells = take_cells(rows, reference, lang, whole_years=True)
    drawn = refuse_mixture(cells.drawn)
    places, years = sort_places(drawn), sorted(drawn.year.unique())
    tints = (
        drawn[drawn.status.isin(_REPORTED) & drawn.comparator.eq("=") & _are_cities(drawn)]
        .pivot_table("at", "place", "year", aggfunc="first", observed=True)
        .reindex(index=places, columns=years)
        .astype("float")
    )
    figure = open_figure(width, _HEAD + 2 * len(places))
    axes = figure.subplots()
    shades = _take_shades()
    # Without an exact outcome there is nothing to tint.
    ends = {"vmin": 0, "vmax": 1} if tints.isna().all(axis=None) else {}
    look = {"cmap": shades, "cbar": False, "linewidths": 1.2, "linecolor": "white"}
    sns.heatmap(tints, ax=axes, **look, **ends)
    name_grid(axes, _name_places(drawn, places), [str(year) for year in years])
    labels = max(measure(name) for name in _name_places(drawn, places))
    room = (figure.get_figwidth() - labels - 1.5 * em()) / len(years)
    lines = _write_cells(axes, drawn, places, years, room)
    set_apart(axes, drawn, places)
    return finish_cells(
        figure, cells, Words(lang, "values", title, subtitle), reference=reference, bounds=False,
        known=find_reference(drawn, None, reference), statuses=False,
        others=_explain_cells(drawn, shades, lang), panels=[axes],
        height=(_ROW + _LINE * (lines - 1)) * em() * len(places),
    )  # fmt: skip


def _are_cities(rows: pd.DataFrame) -> pd.Series:
    """Tell which rows share a tint: a province is no measure of its cities."""
    cities = rows.place_level.ne(PROVINCE)
    return cities | ~cities.any()


def _take_shades() -> ListedColormap:
    """Take the pale part of a colour map, on which dark and orange text both stand out."""
    return ListedColormap(colormaps["Blues"](np.linspace(_PALE, _DARK, 256)))


def _name_places(drawn: pd.DataFrame, places: Sequence[str]) -> list[str]:
    named = drawn.drop_duplicates("place").set_index("place").place_said
    return [str(named[place]) for place in places]


def _write_cells(
    axes: Axes, drawn: pd.DataFrame, places: Sequence[str], years: Sequence[int], room: float
) -> int:
    """Write outcome and target of each cell, under each other where a line has no room for both."""
    texts: _Texts = {}
    ranked = drawn.assign(aim=~drawn.status.isin(_REPORTED)).sort_values("aim", kind="stable")
    for row in ranked.itertuples():
        at = (places.index(row.place), list(years).index(row.year))
        texts.setdefault(at, []).append((row.status, row.short.replace("%", "") + row.signs))
    beside = max(sum(_measure(held)) + 0.4 * em() * len(held) for held in texts.values()) < room
    stepped = _find_crowded(texts, room)
    lines = max(map(len, texts.values())) * (2 if stepped else 1)
    for (y, x), held in texts.items():
        if held[0][0] != "outcome":
            frame: dict[str, Any] = {
                "edgecolor": _FRAMES.get(held[0][0], _FRAMES["target"]),
                "linewidth": 0.7,
            }
            axes.add_patch(Rectangle((x + 0.04, y + 0.08), 0.92, 0.84, fill=False, **frame))
        step = [(0.5, (2 * number + x % 2 + 0.5) / lines) for number in range(len(held))]
        spots = step if y in stepped else _place(held, room, beside)
        for (status, text), (across, down) in zip(held, spots, strict=True):
            axes.text(x + across, y + down, text, **_dress_text(status))
    return 1 if beside else lines


def _find_crowded(texts: _Texts, room: float) -> set[int]:
    """Find the rows in which figures beside each other touch: every second one stands lower."""
    wide = {at: max(_measure(held)) + 0.3 * em() for at, held in texts.items()}
    return {y for y, x in wide if wide[y, x] + wide.get((y, x + 1), 0.0) > 2 * room}


def _measure(held: Sequence[tuple[str, str]]) -> list[float]:
    return [measure(text, "small", "bold") for _, text in held]


def _place(held: Sequence[tuple[str, str]], room: float, beside: bool) -> list[tuple[float, float]]:
    """Place the texts of a cell beside each other with even gaps, or under each other."""
    if not beside:
        return [(0.5, (number + 1) / (len(held) + 1)) for number in range(len(held))]
    wide = np.array(_measure(held))
    gap = (room - wide.sum()) / (len(held) + 1)
    left = gap * np.arange(1, len(held) + 1) + wide.cumsum() - wide
    return [(float(across), 0.5) for across in (left + wide / 2) / room]


def _dress_text(status: str) -> dict[str, Any]:
    """Give the ink of a status, dark enough for a tint."""
    colour = {"target": _TARGET_TEXT, "estimate": "#1a5c8c"}.get(status, INK)
    weight = "bold" if status in _REPORTED else "normal"
    style = {"ha": "center", "va": "center_baseline", "fontsize": "small"}
    return {**style, "color": colour, "fontweight": weight}


def _explain_cells(drawn: pd.DataFrame, shades: ListedColormap, lang: str) -> list[Key]:
    """Make the keys of the statuses: an outcome is tinted, others stand in an open cell."""
    looks: dict[str, dict[str, Any]] = {
        "outcome": {"facecolor": shades(0.8)},
        "estimate": {"facecolor": shades(0.5), "edgecolor": _FRAMES["estimate"]},
        "target": {"facecolor": "white", "edgecolor": _FRAMES["target"]},
    }
    other = {"facecolor": "white", "edgecolor": _FRAMES["plan_scale"]}
    return [
        Key(
            Patch(**looks.get(one, other)), "▒" if one in _REPORTED else "□", say("cell", one, lang)
        )
        for one in ("outcome", "estimate", "target", "plan_scale", "standard")
        if one in set(drawn.status)
    ]
