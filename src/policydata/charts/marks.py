"""One mark for each way a figure bounds a quantity, one dress for each status.

Shape says exact, floor, ceiling, approximation or range; fill and colour say the status.
"""

from __future__ import annotations

from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes

from policydata.charts.style import COLOURS, INK, PLANNED
from policydata.charts.writing import write_bounds

__all__ = ["MARKERS", "draw_mark", "draw_shape", "dress", "list_figures", "write_beside"]

MARKERS = {"=": "o", ">=": ">", ">": ">", "<=": "<", "<": "<", "~": "D", "range": "|"}
# In sizes of the type.
_ARROW, _GAP, _RANGE_MARK = 1.7, 0.7, 1.0


def list_figures(row: Any, side: str, scale: float) -> tuple[str, float, float, float]:
    """List comparator, value and both bounds of a statement, or of one side of a pair."""
    names = (side, f"{side}_low", f"{side}_high") if side else ("value_std", "low_std", "high_std")
    value, low, high = (getattr(row, name) / scale for name in names)
    return getattr(row, f"{side}_comparator" if side else "comparator"), value, low, high


def draw_mark(axes: Axes, row: Any, y: float, scale: float, lang: str) -> None:
    """Draw one statement: its mark, its arrow or span, and its value beside it."""
    figures = list_figures(row, "", scale)
    comparator, value, _, high = figures
    draw_shape(axes, row.status, *figures, y)
    side = {">": 1, "<": -1}.get(comparator[0], 0)
    if side:
        _draw_arrow(axes, value, y, side, COLOURS[row.status])
    room = _GAP + (_ARROW if side > 0 else 0)
    text = write_bounds(*figures, row.unit_std, lang)
    write_beside(axes, text, np.fmax(value, high), y, room)


def draw_shape(
    axes: Axes, status: str, comparator: str, value: float, low: float, high: float, y: float
) -> None:
    """Draw the mark alone: a point for a number, a span for a range."""
    style = {**dress(status), "marker": MARKERS[comparator]}
    if comparator == "range":
        width = 1.6 * mpl.rcParams["lines.linewidth"]
        ends = {"markersize": _points(_RANGE_MARK), "linewidth": width, "linestyle": "-"}
        axes.plot([low, high], [y, y], **{**style, **ends}, solid_capstyle="butt")
    else:
        axes.plot([value], [y], **style)


def write_beside(axes: Axes, text: str, x: float, y: float, room: float = _GAP) -> None:
    """Write to the right of a point, over the grid."""
    axes.annotate(
        text,
        (x, y),
        xytext=(_points(room), 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize="small",
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        in_layout=False,
    )


def dress(status: str) -> dict[str, Any]:
    """Give colour and fill of a status: what is aimed at is hollow, a programme's size pale."""
    colour = COLOURS[status]
    faces = {"outcome": colour, "estimate": colour, "plan_scale": PLANNED}
    return {
        "linestyle": "none",
        "fillstyle": "left" if status == "estimate" else "full",
        "markerfacecolor": faces.get(status, "white"),
        "markerfacecoloralt": "white",
        "color": colour,
        "markeredgecolor": colour,
        "zorder": 3,
    }


def _draw_arrow(axes: Axes, x: float, y: float, side: int, colour: str) -> None:
    """Draw the open side of a bound, of one length in print whatever the scale."""
    style = {"arrowstyle": "<|-", "shrinkA": 0, "shrinkB": 3, "mutation_scale": _points(0.7)}
    axes.annotate(
        "",
        (x, y),
        xytext=(side * _points(_ARROW), 0),
        textcoords="offset points",
        arrowprops={**style, "color": colour, "linewidth": mpl.rcParams["lines.linewidth"]},
        zorder=2,
        in_layout=False,
    )


def _points(size: float) -> float:
    """Give in points a length that is given in sizes of the type."""
    return size * float(mpl.rcParams["font.size"])
