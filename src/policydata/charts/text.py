"""Text that fits: its width, its breaks, and the numbers of an axis in a language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from matplotlib.axis import Axis
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path
from matplotlib.ticker import Formatter, MaxNLocator

from policydata.charts.style import POINTS
from policydata.charts.words import write_number

# Letters that are hinted for a screen are up to a twentieth wider than in print.
_HINTED = 1.05
_EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
_OPENING, _CLOSING = "（《「『“‘【", "，。、；：！？）》」』”’】％年月日"
# What may not be broken: a Chinese character, or a run of others, with the signs that hold to it.
_PIECE = rf"[{_OPENING}]*(?:[{_EAST_ASIAN}]|[^ {_EAST_ASIAN}]+)[{_CLOSING}]* *| +"


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


def number_axis(axis: Axis, lang: str, most: int = 5) -> None:
    """Write the numbers of an axis in a language, at round steps."""
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(TickNumbers(lang))


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


def spread(heights: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Move labels of some sizes apart until none covers another, each as little as possible.

    Examples
    --------
    >>> spread([1.0, 1.0, 5.0], [2.0, 2.0, 2.0])
    [0.0, 2.0, 5.0]
    """
    order = np.argsort(heights, kind="stable")
    sizes_in_order = np.asarray(sizes)[order]
    offsets = np.cumsum(sizes_in_order) - sizes_in_order / 2
    # Neighbours that would overlap are pooled: isotonic regression of what is left of heights.
    pools: list[list[float]] = []
    for slack in np.asarray(heights)[order] - offsets:
        pools.append([float(slack)])
        while len(pools) > 1 and np.mean(pools[-2]) > np.mean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    level = np.concatenate([np.full(len(pool), np.mean(pool)) for pool in pools])
    moved = np.empty(len(heights))
    moved[order] = level + offsets
    return [float(height) for height in moved]
