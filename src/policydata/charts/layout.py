"""Layout: text that fits, lanes with labels, axes that span their values, heights of figures.

A lane is one row of a chart: its label on the left, its marks on a line, its axis below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Formatter, MaxNLocator
from matplotlib.transforms import blended_transform_factory

from policydata.charts.style import FAMILY, POINTS, QUIET, em
from policydata.charts.words import name_axis, write_number

# Letters that are hinted for a screen are up to a twentieth wider than in print.
_HINTED = 1.05
_EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "（《「『“‘【", "，。、；：！？）》」』”’】％年月日"
# What may not be broken: a Chinese character, or a run of others, with the signs that hold to it.
_PIECE = rf"[{_OPENING}]*(?:[{_EAST_ASIAN}]|[^ {_EAST_ASIAN}]+)[{_CLOSING}]* *| +"
# The shares of the figure's width that labels may take, and that they leave at least.
_LABELS, _AXES = 0.45, 0.5
# In sizes of the type.
_BESIDE_LINES, _LINE, _TICK = 0.76, 1.0, 5.0
_TICKS = (3, 6)


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
    r"""Break a text into lines that fit a width in inches; Chinese breaks between characters.

    Examples
    --------
    >>> from policydata.charts.style import drawing_style
    >>> with drawing_style():
    ...     wrap("研发经费投入强度（R&D）", 0.8), wrap("Output of grain", 0.6)
    ('研发经费投入强\n度（R&D）', 'Output of\ngrain')
    """
    lines = [""]
    for piece in re.findall(_PIECE, text):
        longer = lines[-1] + piece
        if lines[-1] and measure(longer.rstrip(), size, weight) > room:
            lines.append(piece)
        else:
            lines[-1] = longer
    return "\n".join(line.rstrip() for line in lines)


def place_head(figure: Figure, head: str) -> tuple[str, float]:
    """Wrap a heading to the width of a figure; return where to begin, as a share of the width."""
    width, margin = figure.get_figwidth(), em() / 3
    return wrap(head, width - 3 * margin, "medium", "bold"), margin / width


def find_figure(axes: Axes) -> Figure:
    """Find the whole figure of some axes, also if they are in a subfigure."""
    if not isinstance(axes, Axes):
        kind = type(axes).__name__
        raise TypeError(
            f'{kind} "{axes!s:.40}" is not Axes; allowed: Axes, as from figure.subplots().'
        )
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("These axes do not belong to a figure: draw on axes that do.")
    return figure


def measure_width(axes: Axes) -> float:
    """Measure how wide axes are, in inches, once the figure is laid out."""
    return float(axes.get_window_extent().width) / find_figure(axes).dpi


def fit_span(axes: Axes, values: Iterable[float]) -> None:
    """Span an axis from zero over all values, with the room that texts and arrows need.

    The figure has to be laid out before: until then axes do not have a width.
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
    """Set the height of a figure so that its panels have the given heights in inches."""
    figure.draw_without_rendering()
    drawn = [axes.get_window_extent().height / figure.dpi for axes in panels]
    figure.set_figheight(figure.get_figheight() + float(np.sum(list(heights)) - np.sum(drawn)))


def label_lanes(axes: Axes, labels: Iterable[str]) -> None:
    """Give each lane its label and its line, the first on top."""
    room = _LABELS * find_figure(axes).get_figwidth()
    wrapped = [wrap(label, room) for label in labels]
    # Axes that were opened in another style have labels in that style.
    axes.tick_params(labelfontfamily=FAMILY, labelsize="small")
    axes.set_yticks(range(len(wrapped)), wrapped)
    axes.set_ylim(len(wrapped) - 0.4, -0.6)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def label_values(axes: Axes, measure: str, unit: str, lang: str, aside: str = "") -> None:
    """Label the axis with what is measured and its unit, and write its numbers in the language."""
    label = name_axis(measure, unit, lang) + aside
    wrapped = wrap(label, _AXES * find_figure(axes).get_figwidth())
    axes.set_xlabel(wrapped, loc="left", fontfamily=FAMILY, fontsize="small", color=QUIET)
    axes.xaxis.set_major_locator(_Ticks(100 if (measure, unit) == ("share", "%") else np.inf))
    axes.xaxis.set_major_formatter(TickNumbers(lang))


def head_axes(axes: Axes, head: str) -> None:
    """Put a heading over axes, across the whole figure, beginning where the lane labels begin."""
    figure = find_figure(axes)
    wrapped, start = place_head(figure, head)
    title = axes.set_title(wrapped, loc="left")
    title.set_transform(blended_transform_factory(figure.transFigure, title.get_transform()))
    title.set_x(start)


def fit_lanes(figure: Figure, panels: Sequence[Axes]) -> None:
    """Lay a figure out: each axis over its values, each lane as high as its label."""
    figure.draw_without_rendering()
    for axes in panels:
        if axes.lines:
            fit_values(axes)
    fit_height(figure, panels, [_measure_lanes(axes) for axes in panels])


def fit_values(axes: Axes) -> None:
    """Span an axis over what is drawn on it, with as many ticks as there is room for."""
    drawn = np.concatenate([np.ravel(line.get_xdata()) for line in axes.lines])
    fit_span(axes, drawn)
    count = int(np.clip(measure_width(axes) / (_TICK * em()), *_TICKS))
    locator = axes.xaxis.get_major_locator()
    assert isinstance(locator, MaxNLocator)
    locator.set_params(nbins=count)


class _Ticks(MaxNLocator):
    """Ticks at round numbers; for a share none is above a hundred, where the words are."""

    def __init__(self, highest: float) -> None:
        super().__init__(_TICKS[1], steps=[1, 2, 5, 10])
        self.highest = highest

    def tick_values(self, vmin: float, vmax: float) -> Any:
        ticks = np.asarray(super().tick_values(vmin, vmax))
        return ticks[ticks <= self.highest]


class TickNumbers(Formatter):
    """The numbers of an axis in a language, all with as many decimals as the longest needs."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write a number that stands alone."""
        return write_number(x, self.lang)

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Write the numbers of all ticks."""
        written = [np.format_float_positional(round(tick, 9), trim="-") for tick in values]
        decimals = max((len(text.partition(".")[2]) for text in written), default=0)
        return [write_number(tick, self.lang, decimals=decimals) for tick in values]


def _measure_lanes(axes: Axes) -> float:
    labels = axes.get_yticklabels()
    lines = 1 + max(text.get_text().count("\n") for text in (*labels, *axes.texts))
    return em() * len(labels) * (_BESIDE_LINES + _LINE * lines)
