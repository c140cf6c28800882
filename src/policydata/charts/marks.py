"""One mark for each way a figure bounds a quantity, one dress for each status.

Shape says exact, floor, ceiling, approximation or range; fill says target or outcome.  Both are
explained in the legend, for the marks and statuses that a chart uses.
"""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.lines import Line2D

from policydata.charts.style import COLOURS, INK
from policydata.hazards import HAZARDS
from policydata.vocabulary import STATUSES

__all__ = [
    "MARKERS",
    "count_hazards",
    "draw_mark",
    "draw_shape",
    "dress",
    "explain",
    "explain_marks",
    "write_beside",
    "write_bounds",
]

# Comparators that share a mark share a name.
_FLOOR, _CEILING = "floor: at least, more than", "ceiling: at most, less than"
_NAMES = {
    "=": "exact",
    ">=": _FLOOR,
    ">": _FLOOR,
    "<=": _CEILING,
    "<": _CEILING,
    "~": "approximate",
    "range": "range",
}
MARKERS = {"=": "o", ">=": ">", ">": ">", "<=": "<", "<": "<", "~": "D", "range": "|"}
_SYMBOLS = {"=": "", ">=": "≥ ", ">": "> ", "<=": "≤ ", "<": "< ", "~": "≈ "}
# Marks show bounds; a source that is single is the rule, not the exception.
_SHOWN_BY_MARKS = ("bound_only", "approximate", "single_source")
_ARROW_POINTS, _GAP_POINTS, _SIZE = 15, 6, 5.5
_NOTE_LETTERS = 115


def draw_mark(axes: Axes, row: Any, y: float, scale: float) -> None:
    """Draw one statement: its mark, its arrow or span, and its value beside it."""
    low, high, value = row.low_std / scale, row.high_std / scale, row.value_std / scale
    figure = (row.comparator, value, low, high)
    draw_shape(axes, row.status, *figure, y)
    side = {">": 1, "<": -1}.get(row.comparator[0], 0)
    if side:
        _draw_arrow(axes, value, y, side, COLOURS[row.status])
    room = _GAP_POINTS + (_ARROW_POINTS if side > 0 else 0)
    write_beside(axes, write_bounds(*figure), np.fmax(value, high), y, room)


def draw_shape(
    axes: Axes, status: str, comparator: str, value: float, low: float, high: float, y: float
) -> None:
    """Draw the mark alone: a point for a number, a span for a range."""
    style = {**dress(status), "marker": MARKERS[comparator]}
    if comparator == "range":
        axes.plot([low, high], [y, y], color=COLOURS[status], linewidth=2, solid_capstyle="butt")
        axes.plot([low, high], [y, y], **{**style, "markersize": 9, "markeredgewidth": 1.4})
    else:
        axes.plot([value], [y], **style)


def write_beside(axes: Axes, text: str, x: float, y: float, room: float = _GAP_POINTS) -> None:
    """Write to the right of a point, over the grid."""
    axes.annotate(
        text,
        (x, y),
        xytext=(room, 0),
        textcoords="offset points",
        va="center_baseline",
        fontsize=7.5,
        color=INK,
        bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
    )


def write_bounds(comparator: str, value: float, low: float, high: float) -> str:
    """Write a figure with its bound, or a range with both ends.

    Examples
    --------
    >>> nothing = float("nan")
    >>> write_bounds(">=", 15.0, 15.0, nothing), write_bounds("range", 8.5, 8.0, 9.0)
    ('≥ 15', '8–9')
    """
    if comparator == "range":
        return f"{_write_number(low)}–{_write_number(high)}"
    return _SYMBOLS[comparator] + _write_number(value)


def _write_number(number: float) -> str:
    """Write five digits of a number, and more only before the point."""
    decimals = max(0, 5 - len(str(int(abs(number)))))
    written = f"{number:,.{decimals}f}"
    shortened = written.rstrip("0").rstrip(".") if decimals else written
    return shortened.replace("-", "−")


def dress(status: str) -> dict[str, Any]:
    """Give colour and fill of a status: what is not yet reached is hollow."""
    colour = COLOURS[status]
    return {
        "linestyle": "none",
        "markersize": _SIZE,
        "fillstyle": "left" if status == "estimate" else "full",
        "markerfacecolor": colour if status in ("outcome", "estimate") else "white",
        "markerfacecoloralt": "white",
        "color": colour,
        "markeredgecolor": colour,
        "markeredgewidth": 1.2,
        "zorder": 3,
    }


def explain_marks(figure: Figure | SubFigure, rows: pd.DataFrame) -> None:
    """Put a legend under a figure for the statuses, the bounds and the hazards of its rows."""
    explain(figure, rows.status.astype("str"), rows.comparator.astype("str"), count_hazards(rows))


def explain(
    figure: Figure | SubFigure, statuses: Iterable[str], comparators: Iterable[str], note: str
) -> None:
    """Put a legend under a figure for statuses and comparators, with a note above it."""
    used = set(statuses)
    handles: list[Artist] = [
        Line2D(
            [],
            [],
            **{**dress(status), "marker": "o"},
            label=status.replace("plan_scale", "size of a programme"),
        )
        for status in STATUSES
        if status in used
    ]
    found = set(comparators)
    markers = {_NAMES[name]: MARKERS[name] for name in MARKERS if name in found}
    handles += [_make_key(name, marker) for name, marker in markers.items()]
    figure.legend(
        handles=handles,
        loc="outside lower left",
        ncols=min(len(handles), 4),
        handletextpad=0.4,
        title=fill(note, _NOTE_LETTERS),
        title_fontsize=6.5,
        alignment="left",
    )


def count_hazards(rows: pd.DataFrame) -> str:
    """Write a footnote: how many of the rows carry each hazard that no mark shows.

    Examples
    --------
    >>> from policydata import load_statements
    >>> count_hazards(load_statements(indicator="young_talent_attracted"))
    'Of 2 figures: 2 inferred year, 2 several years'
    """
    counts = rows.hazards.str.split().explode().value_counts()
    shown = [name for name in HAZARDS if name in counts.index and name not in _SHOWN_BY_MARKS]
    said = ", ".join(f"{counts[name]} {name.replace('_', ' ')}" for name in shown)
    return f"Of {len(rows)} figures: {said}" if said else ""


def _draw_arrow(axes: Axes, x: float, y: float, side: int, colour: str) -> None:
    """Draw the open side of a bound, of one length in print whatever the scale."""
    style = {"arrowstyle": "<|-", "shrinkA": 0, "shrinkB": 3, "mutation_scale": 6}
    axes.annotate(
        "",
        (x, y),
        xytext=(side * _ARROW_POINTS, 0),
        textcoords="offset points",
        arrowprops={**style, "color": colour, "linewidth": 1.2},
        zorder=2,
    )


def _make_key(name: str, marker: str) -> Line2D:
    """Make the legend's sign of one bound, in grey since it holds for every status."""
    key = Line2D([], [], color="#555555", marker=marker, markersize=_SIZE, label=name)
    key.set(linestyle="-" if marker in "<>|" else "none", linewidth=1.2, markeredgewidth=1.2)
    return key
