"""Text that fits: measured in its typeface, broken into lines, and figures as high as they need."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from policydata.charts.style import POINTS, em

__all__ = [
    "find_figure",
    "fit_height",
    "fit_span",
    "measure",
    "measure_width",
    "place_head",
    "wrap",
]

# Letters that are hinted for a screen are up to a twentieth wider than in print.
_HINTED = 1.05
_EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "（《「『“‘【", "，。、；：！？）》」』”’】％年月日"
# What may not be broken: a Chinese character, or a run of others, with the signs that hold to it.
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_EAST_ASIAN}]|[^ {_EAST_ASIAN}]+)[{_CLOSING}]* *| +")


def measure(text: str, size: str = "small", weight: str = "normal") -> float:
    """Measure how wide the longest line of a text is, in inches, in the style of the context."""
    kind = FontProperties(size=size, weight=weight)
    family = tuple(kind.get_family())
    points = kind.get_size_in_points()
    return max(_measure_line(line, family, points, weight) for line in text.split("\n"))


@cache
def _measure_line(line: str, family: tuple[str, ...], points: float, weight: str) -> float:
    """Measure one line; the same labels come again and again."""
    kind = FontProperties(family=list(family), size=points, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(line, kind, ismath=False)
    return _HINTED * float(width) / POINTS


def wrap(text: str, room: float, size: str = "small", weight: str = "normal") -> str:
    r"""Break a text into lines that fit into so many inches; Chinese breaks between characters.

    Examples
    --------
    >>> from policydata.charts.style import drawing_style
    >>> with drawing_style():
    ...     wrap("研发经费投入强度（R&D）", 0.8), wrap("Output of grain", 0.6)
    ('研发经费投入强\n度（R&D）', 'Output of\ngrain')
    """
    lines = [""]
    for piece in _PIECE.findall(text):
        longer = lines[-1] + piece
        if lines[-1] and measure(longer.rstrip(), size, weight) > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return "\n".join(line.rstrip() for line in lines)


def place_head(figure: Figure, head: str) -> tuple[str, float]:
    """Break a head over the whole width of a figure, and say at which share of it to begin."""
    width, margin = figure.get_figwidth(), em() / 3
    return wrap(head, width - 3 * margin, "medium", "bold"), margin / width


def find_figure(axes: Axes) -> Figure:
    """Find the whole figure that axes stand on, be it in a part of it."""
    if not isinstance(axes, Axes):
        kind = type(axes).__name__
        raise TypeError(f'{kind} "{axes!s:.40}" is not Axes; allowed: Axes, as figure.subplots().')
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("These axes stand on no figure: draw on axes that do.")
    return figure


def measure_width(axes: Axes) -> float:
    """Measure how wide axes are, in inches, once the figure is laid out."""
    return float(axes.get_window_extent().width) / find_figure(axes).dpi


def fit_span(axes: Axes, values: Iterable[float]) -> None:
    """Span an axis from zero over all values, with just the room that texts and arrows need.

    The figure is laid out before: until then axes have no width.
    """
    room = axes.get_window_extent().width
    mark = 0.8 * em() * find_figure(axes).dpi
    # Points, and how far what belongs to each reaches to its left and to its right, in pixels.
    reaches = [(0.0, mark / 2, mark / 2), *((value, mark, mark) for value in values)]
    at, left, right = np.array([*reaches, *_list_reaches(axes)]).T
    apart = at[None, :] - at[:, None]
    left_over = np.maximum(room - left[:, None] - right[None, :], room / 5)
    scale = min(left_over[apart > 0] / apart[apart > 0], default=room)
    axes.set_xlim(np.min(at - left / scale), np.max(at + right / scale))


def _list_reaches(axes: Axes) -> list[tuple[float, float, float]]:
    """List how far each annotation reaches to the left and to the right of its point, in pixels."""
    found = []
    for text in axes.texts:
        if isinstance(text, mpl.text.Annotation):
            x, box = float(text.xy[0]), text.get_window_extent()
            at, _ = axes.transData.transform((x, 0))
            edge = 0.3 * em() * find_figure(axes).dpi
            found.append((x, max(at - box.x0, 0.0), max(box.x1 - at, 0.0) + edge))
    return found


def fit_height(figure: Figure, panels: Iterable[Axes], heights: Iterable[float]) -> None:
    """Make a figure so high that its panels, one under another, have their heights in inches."""
    figure.draw_without_rendering()
    drawn = [axes.get_window_extent().height / figure.dpi for axes in panels]
    figure.set_figheight(figure.get_figheight() + float(np.sum(list(heights)) - np.sum(drawn)))
