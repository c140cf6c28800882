"""The marks of statements, their legend, and the record of what was drawn.

The shape shows exact, floor, ceiling, approximation or range; fill and colour show the status. What
is drawn is recorded on the axes as plain data, from which the caption is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.legend_handler import HandlerLine2D
from matplotlib.lines import Line2D

from policydata.charts.layout import measure, wrap
from policydata.charts.style import INK, NEUTRAL, PLANNED, em
from policydata.charts.words import list_words, say, say_word, write_bounds
from policydata.schema import HAZARDS, LANGUAGES


class Dress(NamedTuple):
    """How a status looks: its colour, how much of a mark it fills, its sign in a caption."""

    colour: str
    fill: str
    sign: str


class Shape(NamedTuple):
    """How a bound looks: the name of its mark, the side of its arrow, its sign in a caption."""

    name: str
    marker: str
    side: int
    sign: str


# Only outcomes are filled; colours differ in lightness too, so that every reader can tell them.
DRESSES = {
    "plan_scale": Dress("#54524c", "pale", "◎"),
    "standard": Dress("#9db27b", "hollow", "○"),
    "target": Dress("#dd6a19", "hollow", "○"),
    "estimate": Dress("#2676ad", "half", "◐"),
    "outcome": Dress("#052c4e", "solid", "●"),
}
SHAPES = {
    "<": Shape("ceiling", "<", -1, "◁"),
    "<=": Shape("ceiling", "<", -1, "◁"),
    "~": Shape("approximate", "D", 0, "◇"),
    "=": Shape("exact", "o", 0, "○●"),
    "range": Shape("range", "|", 0, "├┤"),
    ">=": Shape("floor", ">", 1, "▷"),
    ">": Shape("floor", ">", 1, "▷"),
}
# The shades of answers, from missed to met, with their signs.
SHADES = {"#dedede": "░", "#94b4c8": "▒", DRESSES["outcome"].colour: "█"}
# In sizes of the type.
_ARROW, _GAP, _RANGE_MARK = 1.7, 0.7, 1.0
# Marks show bounds; a single source is the rule, not the exception.
_SHOWN_BY_MARKS = ("bound_only", "approximate", "single_source")
_COLUMNS = 4
_RECORD = "_policydata_record"
# The sign of a mark in a caption, and its name in English and in Chinese.
Mark = tuple[str, str, str]


class Key(NamedTuple):
    """One key of a legend: what it looks like, and the mark that it explains."""

    artist: Artist
    mark: Mark


@dataclass(frozen=True)
class Record:
    """What a chart drew: its language, the ids of its rows, the marks that its legend explains.

    `by` are the columns that group the rows.
    """

    lang: str
    ids: pd.DataFrame
    marks: tuple[Mark, ...] = ()
    by: tuple[str, ...] = ()


def leave_record(
    panels: Iterable[Axes],
    rows: pd.DataFrame,
    lang: str,
    marks: Iterable[Mark] = (),
    by: Iterable[str] = (),
) -> None:
    """Record on axes what they show, in place of an earlier record."""
    names = [name for name in ("target_id", "outcome_id", "statement_id") if name in rows]
    record = Record(lang, rows[names].astype("str").fillna(""), tuple(marks), tuple(by))
    for axes in panels:
        setattr(axes, _RECORD, record)


def list_records(figure: Figure) -> list[Record | None]:
    """List the records on the axes of a figure; None for axes that a chart did not draw."""
    return [getattr(axes, _RECORD, None) for axes in figure.axes if axes.get_visible()]


def list_figures(row: Any, side: str, scale: float) -> tuple[str, float, float, float]:
    """List comparator, value and both bounds of a statement, or of one side of a pair."""
    names = (side, f"{side}_low", f"{side}_high") if side else ("value_std", "low_std", "high_std")
    value, low, high = (getattr(row, name) / scale for name in names)
    return getattr(row, f"{side}_comparator" if side else "comparator"), value, low, high


def draw_statement(axes: Axes, row: Any, y: float, scale: float, lang: str) -> None:
    """Draw one statement: its mark, its arrow or span, and its value beside it."""
    comparator, value, low, high = list_figures(row, "", scale)
    draw_shape(axes, row.status, comparator, value, low, high, y)
    side = SHAPES[comparator].side
    if side:
        _draw_arrow(axes, value, y, side, DRESSES[row.status].colour)
    room = _GAP + (_ARROW if side > 0 else 0)
    text = write_bounds(comparator, value, low, high, row.unit_std, lang)
    write_beside(axes, text, np.fmax(value, high), y, room)


def draw_shape(
    axes: Axes, status: str, comparator: str, value: float, low: float, high: float, y: float
) -> None:
    """Draw the mark alone: a point for a number, a span for a range."""
    style = dress(status, comparator)
    if comparator == "range":
        width = 1.6 * mpl.rcParams["lines.linewidth"]
        ends = {"markersize": _points(_RANGE_MARK), "linewidth": width, "linestyle": "-"}
        axes.plot([low, high], [y, y], **{**style, **ends}, solid_capstyle="butt")
    else:
        axes.plot([value], [y], **style)


def dress(status: str, comparator: str = "=") -> dict[str, Any]:
    """Give the shape of a bound in the colour and the fill of a status."""
    colour, fill, _ = DRESSES[status]
    return {
        "marker": SHAPES[comparator].marker,
        "linestyle": "none",
        "fillstyle": "left" if fill == "half" else "full",
        "markerfacecolor": {"hollow": "white", "pale": PLANNED}.get(fill, colour),
        "markerfacecoloralt": "white",
        "color": colour,
        "markeredgecolor": colour,
        "zorder": 3,
    }


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


def _draw_arrow(axes: Axes, x: float, y: float, side: int, colour: str) -> None:
    """Draw the open side of a bound, as an arrow of the same length at every scale."""
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
    return size * float(mpl.rcParams["font.size"])


def explain_statements(figure: Figure, rows: pd.DataFrame, lang: str) -> list[Mark]:
    """Put a legend under a figure for the statuses, the bounds and the hazards of its rows."""
    return explain(figure, rows.status, rows.comparator, count_hazards(rows, lang), lang)


def explain(
    figure: Figure,
    statuses: Iterable[str],
    comparators: Iterable[str],
    note: str,
    lang: str,
    others: Sequence[Key] = (),
) -> list[Mark]:
    """Put a legend under a figure for statuses, comparators and other keys, with a note above."""
    used, found = set(statuses), {SHAPES[one].name: SHAPES[one] for one in set(comparators)}
    dressed = [
        make_key(Line2D([], [], **dress(status)), DRESSES[status].sign, "status", status)
        for status in DRESSES
        if status in used
    ]
    # If every figure is exact, the legend does not need shapes.
    names = [name for name in list_words("mark") if name in found and set(found) != {"exact"}]
    shaped = [
        make_key(_outline(found[name].marker), found[name].sign, "mark", name) for name in names
    ]
    return put_legend(figure, [dressed, shaped, others], lang, note)


def make_key(artist: Artist, sign: str, column: str, word: str) -> Key:
    """Make a key whose name is a word of a column's vocabulary, or any other word."""
    english, chinese = (say_word(column, word, lang) for lang in LANGUAGES)
    return Key(artist, (sign, english, chinese))


def _outline(marker: str) -> Line2D:
    """Draw one bound for the legend, in grey because every status may have it."""
    width = mpl.rcParams["lines.linewidth"]
    line = {"linestyle": "-", "linewidth": width} if marker == "|" else {"linestyle": "none"}
    style = {"color": NEUTRAL, "markerfacecolor": "white", "markeredgewidth": 0.75 * width}
    return Line2D([], [], marker=marker, **style, **line)


def put_legend(
    figure: Figure, groups: Sequence[Sequence[Key]], lang: str, note: str = ""
) -> list[Mark]:
    """Put keys under a figure, each group in columns of its own if there is room for them."""
    keys = [key for group in groups for key in group]
    for artist, mark in keys:
        artist.set_label(mark[1 + LANGUAGES.index(lang)])
    # The sign, the space after it and the space before the next.
    beside = 4.4 * 0.84 * em()
    widest = max((measure(str(artist.get_label())) for artist, _ in keys), default=0)
    most = max(1, min(int((figure.get_figwidth() - em()) / (widest + beside)), _COLUMNS))
    if most < sum(map(bool, groups)):
        groups = [keys]
    high = next(high for high in count(1) if sum(-(-len(one) // high) for one in groups) <= most)
    padded = [artist for group in groups for artist in _fill_columns(group, high)]
    ranges = [one for one in padded if isinstance(one, Line2D) and one.get_marker() == "|"]
    figure.legend(
        handles=padded,
        handler_map={one: HandlerLine2D(numpoints=2, marker_pad=0.1) for one in ranges},
        loc="outside lower left",
        ncols=max(1, len(padded) // high),
        title=wrap(note, figure.get_figwidth() - 2 * em(), "x-small"),
        alignment="left",
    )
    return [mark for _, mark in keys]


def _fill_columns(keys: Sequence[Key], high: int) -> list[Artist]:
    """Fill the last column of a group with blanks."""
    blanks = [Line2D([], [], linestyle="none", label=" ") for _ in range(-len(keys) % high)]
    return [*(key.artist for key in keys), *blanks]


def count_hazards(rows: pd.DataFrame, lang: str) -> str:
    r"""Write a footnote: how many of the rows carry each hazard that marks do not show.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="young_talent_attracted")
    >>> print(count_hazards(rows, "en"), count_hazards(rows, "zh"), sep="\n")
    Of 2 statements: 2 with an inferred year; 1 repeated in the document; 2 of several years
    2 条表述中：年份系推断 2；文内重复 1；跨多年 2
    """
    counts = rows.hazards.str.split().explode().value_counts()
    shown = [name for name in HAZARDS if name in counts.index and name not in _SHOWN_BY_MARKS]
    order = say("phrase", "hazard", lang)
    said = [order.format(n=counts[name], word=say("hazard", name, lang)) for name in shown]
    listed = say("phrase", "list", lang).join(said)
    return say("phrase", "hazards", lang).format(n=len(rows), listed=listed) if said else ""
