"""Henan's cities as tiles, each about where it lies: a map without boundaries to get wrong."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from policydata.charts.facts import attach_names
from policydata.charts.fitting import fit_height, measure
from policydata.charts.intake import take_statements
from policydata.charts.lanes import head_axes, label_values
from policydata.charts.legend import count_hazards, put_legend
from policydata.charts.marks import list_figures
from policydata.charts.record import leave_record
from policydata.charts.rows import drop_repeats, name_aim, refuse_mixture
from policydata.charts.style import QUIET, choose_ink, drawing_style, em, open_figure
from policydata.charts.words import say
from policydata.charts.writing import name_scale, write_bounds
from policydata.errors import refuse_unknown
from policydata.tables import Reference, take_reference
from policydata.vocabulary import LANGUAGES

__all__ = ["TILES", "plot_tiles"]

# Column from west to east, row from north to south.
TILES = {
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
_COLUMNS, _LINES = 5, 8
_PALE, _DARK = 0.15, 0.75
_EMPTY: dict[str, Any] = {"facecolor": "white", "edgecolor": "#bdbdbd", "hatch": "////"}


def plot_tiles(
    rows: pd.DataFrame, *, reference: Reference = None, lang: str = "en", width: str = "double"
) -> Figure:
    """Draw one indicator of one period as tiles of Henan's eighteen cities.

    A city without a figure is a hatched tile, never a pale one; a bound keeps its sign; a city
    with several different figures shows each, and the colour of the first.  The province has no
    tile: its rows are left out.

    Parameters
    ----------
    rows : pandas.DataFrame
        Rows of `load_statements` with one indicator, measure, unit, status and period.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables: they name places, indicators, units and
        documents.  Where left out, rows keep the names that they carry, and ours name the others.
    lang : {"en", "zh"}
        Language of labels, numbers and bounds.
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure.

    Returns
    -------
    matplotlib Figure
        The tiles, north on top.

    Raises
    ------
    ValueError
        Where the rows of cities mix indicators, measures, units, statuses or periods, or none has
        a value; where a place has no tile; where there is no such language or width.

    Examples
    --------
    >>> from policydata import load_targets
    >>> rows = load_targets(indicator="gdp", year=2023)
    >>> figure = plot_tiles(rows[rows.measure.eq("growth_rate")])
    >>> len(figure.axes[0].patches)
    18
    """
    refuse_unknown("lang", lang, LANGUAGES)
    valued = take_statements(rows, reference)
    _refuse_untiled(valued, reference)
    drawn = refuse_mixture(valued[valued.place.isin(TILES)], also=["status", "period"])
    kept = drop_repeats(drawn, across_documents=True)
    units = kept.unit_std.iloc[0], lang, kept.unit_std_zh.iloc[0]
    scale, unit = name_scale(kept.value_std.abs().max(), *units)
    shade = Normalize(kept.value_std.min(), kept.value_std.max())
    with drawing_style(width):
        figure = open_figure(width, 60)
        axes = figure.subplots()
        room = figure.get_figwidth() / (_COLUMNS + 0.4)
        said = {
            place: _write_figures(group, scale, room, lang)
            for place, group in kept.groupby("place")
        }
        names = _name_tiles(kept, lang, reference)
        first = kept.drop_duplicates("place").set_index("place").value_std
        for place, corner in TILES.items():
            tint = _tint(float(shade(first[place]))) if place in first else None
            _draw_tile(axes, corner, names[place], said.get(place, ""), tint, room)
        head_axes(axes, name_aim(kept, lang))
        label_values(axes, kept.measure.iloc[0], unit, lang)
        _frame(axes)
        differ = kept.value_std.nunique() > 1
        _explain(figure, differ, len(said) < len(TILES), count_hazards(drawn, lang), lang)
        lines = max(text.count("\n") + 1 for text in said.values())
        fit_height(figure, [axes], [_LINES * (2.4 + 1.1 * lines) * em()])
    leave_record([axes], drawn, lang)
    return figure


def _refuse_untiled(rows: pd.DataFrame, reference: Reference) -> None:
    """Refuse places without a tile; what the cities belong to may stand beside them."""
    places = take_reference(reference)["places"].reindex(columns=["id", "parent"])
    above = places[places.id.isin(TILES)].parent
    cities = rows.place[~rows.place.isin(above)]
    drawn = cities if len(cities) else rows.place
    untiled = drawn[~drawn.isin(TILES)].unique()
    if len(untiled):
        listed = ", ".join(f'"{place}"' for place in untiled)
        raise ValueError(f"There is no tile for the place {listed}; allowed: {', '.join(TILES)}.")


def _name_tiles(rows: pd.DataFrame, lang: str, reference: Reference) -> dict[str, str]:
    """Name every city, be there a row of it or not."""
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
    """Draw one city: its name, its figures, its tint; hatched where it has none."""
    x, y = corner
    look = {"facecolor": tint, "edgecolor": "white"} if said else _EMPTY
    axes.add_patch(Rectangle((x, y), 0.96, 0.94, **look))
    ink = choose_ink(tint) if said else QUIET
    box: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 1}
    style: dict[str, Any] = {"ha": "center", "color": ink, "bbox": None if said else box}
    size = "small" if measure(name) < 0.9 * room else "x-small"
    # A name alone stands in the middle; above its figures it leaves them two thirds.
    at = 0.3 if said else 0.47
    axes.text(x + 0.48, y + at, name, va="center", fontsize=size, **style)
    axes.text(x + 0.48, y + 0.66, said, va="center", fontsize="small", weight="bold", **style)


def _tint(shade: float) -> Any:
    """Give the colour of a place between the lowest and the highest."""
    return colormaps["Blues"](_PALE + (_DARK - _PALE) * shade)


def _frame(axes: Axes) -> None:
    """Show the tiles alone, north on top."""
    axes.set_xlim(-0.02, _COLUMNS)
    axes.set_ylim(_LINES, -0.02)
    axes.set(xticks=[], yticks=[])
    axes.spines[:].set_visible(False)


def _explain(figure: Figure, differ: bool, empty: bool, note: str, lang: str) -> None:
    """Put a legend under the tiles: what the colour says, and the hatching where there is any."""
    ends = (("lowest", 0.0), ("highest", 1.0)) if differ else ()
    keys = [Patch(facecolor=_tint(at), label=say("mark", word, lang)) for word, at in ends]
    keys += [Patch(**_EMPTY, label=say("mark", "none", lang))] if empty else []
    if keys or note:
        put_legend(figure, [keys], note)
