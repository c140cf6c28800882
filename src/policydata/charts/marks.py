"""One mark for each way a figure bounds a quantity, one dress for each status.

Shape says exact, floor, ceiling, approximation or range; fill says target or outcome.  Both are
explained in the legend, for the marks and statuses that a chart uses.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D

from policydata.charts.style import COLOURS
from policydata.schema import STATUSES

__all__ = ["BOUND_NAMES", "draw_mark", "explain_marks", "write_value"]

# Comparators that share a mark share a name.
BOUND_NAMES = {
    "=": "exact",
    ">=": "floor: at least, more than",
    ">": "floor: at least, more than",
    "<=": "ceiling: at most, less than",
    "<": "ceiling: at most, less than",
    "~": "approximate",
    "range": "range",
}
STATUS_NAMES = {
    "plan_scale": "size of a programme",
    "standard": "standard",
    "target": "target",
    "estimate": "estimate",
    "outcome": "outcome",
}
_SHAPES = {"exact": "o", "approximate": "D", "range": "|"}
_SYMBOLS = {"=": "", "range": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "≈ "}
_ARROW_POINTS = 15
_SIZE = 5.5


def draw_mark(axes: Axes, row: Any, y: float, scale: float) -> None:
    """Draw one statement: its mark, its arrow or span, and its value beside it."""
    style = _dress(row.status)
    low, high, value = row.low_std / scale, row.high_std / scale, row.value_std / scale
    name = BOUND_NAMES[row.comparator]
    right, gap = value, 6
    if name == "range":
        axes.plot(
            [low, high], [y, y], color=COLOURS[row.status], linewidth=2, solid_capstyle="butt"
        )
        axes.plot(
            [low, high], [y, y], **{**style, "marker": "|", "markersize": 9, "markeredgewidth": 1.4}
        )
        right = high
    elif name.startswith(("floor", "ceiling")):
        side = 1 if name.startswith("floor") else -1
        _draw_arrow(axes, value, y, side, COLOURS[row.status])
        axes.plot([value], [y], **{**style, "marker": _point(side), "markersize": _SIZE + 0.8})
        gap = 6 + (_ARROW_POINTS if side > 0 else 0)
    else:
        axes.plot([value], [y], **{**style, "marker": _SHAPES[name]})
    axes.annotate(
        write_value(row, scale),
        (right, y),
        xytext=(gap, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=7.5,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def write_value(row: Any, scale: float) -> str:
    """Write a figure with its bound: `≥ 15`, `20–30`.

    Examples
    --------
    >>> from policydata import load_statements
    >>> row = load_statements(indicator="boutique_villages").iloc[0]
    >>> write_value(row, 1)
    '20–30'
    """
    if row.comparator == "range":
        return f"{_write_number(row.low_std / scale)}–{_write_number(row.high_std / scale)}"
    return _SYMBOLS[row.comparator] + _write_number(row.value_std / scale)


def _write_number(number: float) -> str:
    """Write five digits, and more only before the decimal point."""
    decimals = max(0, 4 - len(str(int(abs(number)))) + 1)
    return (
        f"{number:,.{decimals}f}".rstrip("0").rstrip(".").replace("-", "−")
        if decimals
        else f"{number:,.0f}"
    )


def explain_marks(figure: Figure | SubFigure, rows: pd.DataFrame) -> None:
    """Put a legend under a figure for the statuses and the bounds of its rows."""
    used = rows.status.astype("str").unique()
    handles: list[Artist] = [
        Line2D([], [], **{**_dress(status), "marker": "o"}, label=STATUS_NAMES[status])
        for status in STATUSES
        if status in used
    ]
    names = list(dict.fromkeys(BOUND_NAMES[comparator] for comparator in rows.comparator.unique()))
    handles += [_make_key(name) for name in dict.fromkeys(BOUND_NAMES.values()) if name in names]
    figure.legend(
        handles=handles, loc="outside lower left", ncols=min(len(handles), 5), handletextpad=0.4
    )


def _dress(status: str) -> dict[str, Any]:
    """Give colour and fill of a status: what is not yet reached is hollow."""
    colour = COLOURS[status]
    fill = {"outcome": "full", "estimate": "left"}.get(status, "none")
    face = {"markerfacecolor": colour if fill != "none" else "white", "markerfacecoloralt": "white"}
    edge = {"color": colour, "markeredgecolor": colour, "markeredgewidth": 1.2}
    fillstyle = fill if fill == "left" else "full"
    return {
        "linestyle": "none",
        "markersize": _SIZE,
        "fillstyle": fillstyle,
        **face,
        **edge,
        "zorder": 3,
    }


def _point(side: int) -> str:
    """Name the marker that points to the open side."""
    return ">" if side > 0 else "<"


def _draw_arrow(axes: Axes, x: float, y: float, side: int, colour: str) -> None:
    """Draw the open side of a bound, of one length in print whatever the scale."""
    axes.annotate(
        "",
        (x, y),
        xytext=(side * _ARROW_POINTS, 0),
        textcoords="offset points",
        arrowprops={
            "arrowstyle": "<|-",
            "color": colour,
            "linewidth": 1.2,
            "shrinkA": 0,
            "shrinkB": 3,
            "mutation_scale": 6,
        },
        zorder=2,
    )


def _make_key(name: str) -> Line2D:
    """Make the legend's sign of one bound, in grey since it holds for every status."""
    shape = {"floor": ">", "ceiling": "<"}.get(name.partition(":")[0]) or _SHAPES[name]
    key = Line2D([], [], color="#555555", marker=shape, markersize=_SIZE, label=name)
    key.set(linestyle="-" if shape in "<>|" else "none", linewidth=1.2, markeredgewidth=1.2)
    return key
