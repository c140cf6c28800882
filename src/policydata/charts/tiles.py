"""Henan's cities as tiles, each about where it lies: a map without boundaries to get wrong."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from policydata.charts.marks import count_hazards, write_bounds
from policydata.charts.panels import drop_repeats, label_values, refuse_mixture
from policydata.charts.style import INK, MILLIMETRE, QUIET, drawing_style, name_scale, open_figure
from policydata.load import load_places

__all__ = ["plot_tiles"]

# Column from west to east, row from north to south.
_TILES = {
    "anyang": (3, 0),
    "hebi": (3, 1),
    "puyang": (4, 1),
    "jiyuan": (1, 2),
    "jiaozuo": (2, 2),
    "xinxiang": (3, 2),
    "sanmenxia": (0, 3),
    "luoyang": (1, 3),
    "zhengzhou": (2, 3),
    "kaifeng": (3, 3),
    "shangqiu": (4, 3),
    "pingdingshan": (2, 4),
    "xuchang": (3, 4),
    "zhoukou": (4, 4),
    "nanyang": (1, 5),
    "luohe": (3, 5),
    "zhumadian": (3, 6),
    "xinyang": (3, 7),
}
_BOUNDS = ("value_std", "low_std", "high_std")
_HEIGHT = 118 * MILLIMETRE


def plot_tiles(rows: pd.DataFrame) -> Figure:
    """Draw one indicator of one period as tiles of Henan's eighteen cities.

    A city without a figure is a hatched tile, never a pale one; a bound keeps its sign; a city
    with several different figures shows each, and the colour of the first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit, status and period.

    Returns
    -------
    matplotlib Figure
        170 mm wide.

    Raises
    ------
    ValueError
        Where the rows of cities mix indicators, measures, units, statuses or periods, or none has
        a value.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_tiles(rows[rows.measure.eq("growth_rate")])
    >>> len(figure.axes[0].patches)
    18
    """
    valued = rows[rows.place.isin(_TILES)].dropna(subset=["value_std"])
    drawn = refuse_mixture(valued, also=["status", "period"])
    kept = drop_repeats(drawn, across_documents=True)
    scale, unit = name_scale(kept.value_std.abs().max(), kept.unit_std.iloc[0])
    names = load_places().set_index("id").name_en
    with drawing_style():
        figure = open_figure(_HEIGHT)
        axes = figure.subplots()
        shade = Normalize(kept.value_std.min(), kept.value_std.max())
        for place, corner in _TILES.items():
            _draw_tile(axes, corner, names[place], kept[kept.place.eq(place)], scale, shade)
        _frame(axes)
        label_values(axes, kept.measure.iloc[0], unit)
        first = kept.iloc[0]
        axes.set_title(f"{first.indicator_en}, {first.status} for {first.period}")
        note = f"{axes.get_xlabel()}; hatched: no figure in the data.  {count_hazards(drawn)}"
        axes.set_xlabel(fill(note, 110), loc="left", fontsize=7)
    return figure


def _draw_tile(
    axes: Axes,
    corner: tuple[int, int],
    name: str,
    rows: pd.DataFrame,
    scale: float,
    shade: Normalize,
) -> None:
    """Draw one city: its name, its figures, the colour of the first."""
    x, y = corner
    colour = (
        colormaps["Blues"](0.15 + 0.6 * shade(rows.value_std.iloc[0])) if len(rows) else "white"
    )
    dark = len(rows) > 0 and shade(rows.value_std.iloc[0]) > 0.6
    look: dict[str, Any] = {"facecolor": colour, "edgecolor": "white" if len(rows) else "#c9c9c9"}
    axes.add_patch(Rectangle((x, y), 0.96, 0.94, hatch="" if len(rows) else "////", **look))
    ink = "white" if dark else INK if len(rows) else QUIET
    figures = zip(rows.comparator, *(rows[name] / scale for name in _BOUNDS), strict=True)
    box = {} if len(rows) else {"bbox": {"facecolor": "white", "edgecolor": "none", "pad": 1}}
    axes.text(x + 0.48, y + 0.32, name, ha="center", va="center", fontsize=7, color=ink, **box)
    said = "; ".join(write_bounds(*figure) for figure in figures)
    axes.text(
        x + 0.48, y + 0.66, said, ha="center", va="center", fontsize=8, weight="bold", color=ink
    )


def _frame(axes: Axes) -> None:
    """Show the tiles alone, north on top."""
    axes.set_xlim(-0.1, 5.1)
    axes.set_ylim(8.05, -0.1)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
