"""The marks of statements and their keys: shape for the bound, fill and colour for the status."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from policydata.charts.page import Key
from policydata.charts.style import PALETTE, QUIET
from policydata.charts.words import list_words, say


class Shape(NamedTuple):
    """How a bound looks: its name; its marker, and its sign in a caption, across and upright."""

    name: str
    across: str
    upright: str
    sign_across: str
    sign_upright: str


# Only outcomes and estimates are filled; the sign is the one of a caption.
FILLS = {
    "plan_scale": ("hollow", "◎"),
    "standard": ("hollow", "○"),
    "target": ("hollow", "○"),
    "estimate": ("solid", "●"),
    "outcome": ("solid", "●"),
}
SHAPES = {
    "<": Shape("ceiling", "<", "v", "◁", "▽"),
    "<=": Shape("ceiling", "<", "v", "◁", "▽"),
    "~": Shape("approximate", "D", "D", "◇", "◇"),
    "=": Shape("exact", "o", "o", "○", "○"),
    "range": Shape("range", "|", "_", "├┤", "□"),
    ">=": Shape("floor", ">", "^", "▷", "△"),
    ">": Shape("floor", ">", "^", "▷", "△"),
}


# How much thicker than a line the bar of a target is.
BAR = 1.7


def draw_mark(axes: Axes, row: Any, place: float, *, upright: bool = False) -> None:
    """Draw a statement at its place on a lane, or upright above its year; a range as a span."""
    style = dress(row.status, row.comparator, upright=upright)
    if row.comparator == "range":
        wide = 1.8 * mpl.rcParams["lines.linewidth"]
        style |= {"linestyle": "-", "linewidth": wide, "solid_capstyle": "butt"}
        along, fixed = [row.low_at, row.high_at], [place, place]
    else:
        along, fixed = [row.at], [place]
    axes.plot(*((fixed, along) if upright else (along, fixed)), **style)


def dress(status: str, comparator: str = "=", *, upright: bool = False) -> dict[str, Any]:
    """Give the shape of a bound in the colour and the fill of a status, on a white edge."""
    colour, hollow = PALETTE[status], FILLS[status][0] == "hollow"
    shape = SHAPES[comparator]
    size = mpl.rcParams["lines.markersize"]
    thin = comparator == "range"
    return {
        "marker": shape.upright if upright else shape.across,
        "linestyle": "none",
        "color": colour,
        "markerfacecolor": "white" if hollow else colour,
        "markeredgecolor": colour if hollow or thin else "white",
        "markeredgewidth": 1.1 * mpl.rcParams["lines.linewidth"] if hollow or thin else 0.5,
        "markersize": size * (1.6 if thin else 1 if hollow else 1.15),
        "zorder": 4 if hollow else 3,
    }


def list_status_keys(statuses: Iterable[str], lang: str, *, upright: bool = False) -> list[Key]:
    """List the keys of the statuses that are drawn; over years a target is a bar."""
    used = set(statuses)
    bar = {"color": PALETTE["target"], "linewidth": BAR * mpl.rcParams["lines.linewidth"]}
    return [
        Key(Line2D([], [], **bar), "—", say("status", one, lang))
        if upright and one == "target"
        else Key(Line2D([], [], **dress(one)), FILLS[one][1], say("status", one, lang))
        for one in reversed(FILLS)
        if one in used
    ]


def list_bound_keys(comparators: Iterable[str], lang: str, *, upright: bool = False) -> list[Key]:
    """List the keys of the bounds that are drawn, in grey because every status may have them."""
    found = {SHAPES[one].name: SHAPES[one] for one in set(comparators) - {"="}}
    keys = []
    for name in (one for one in list_words("mark") if one in found):
        shape = found[name]
        line: dict[str, Any] = {"linestyle": "-" if name == "range" else "none", "color": QUIET}
        marker = shape.upright if upright else shape.across
        artist: Artist = Line2D([], [], marker=marker, markerfacecolor="white", **line)
        if upright and name == "range":
            artist = Patch(facecolor="#f6d3ba", edgecolor=PALETTE["target"])
        sign = shape.sign_upright if upright else shape.sign_across
        keys.append(Key(artist, sign, say("mark", name, lang)))
    return keys
