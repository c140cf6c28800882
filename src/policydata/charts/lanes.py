"""One row, one lane: its label to the left, its marks on a line, its axis below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import Formatter, MaxNLocator
from matplotlib.transforms import blended_transform_factory

from policydata.charts.fitting import (
    find_figure,
    fit_height,
    fit_span,
    measure_width,
    place_head,
    wrap,
)
from policydata.charts.marks import draw_mark
from policydata.charts.style import FAMILY, QUIET, em
from policydata.charts.writing import name_axis, name_scale, write_number

__all__ = [
    "TickNumbers",
    "draw_lanes",
    "fit_lanes",
    "fit_values",
    "head_axes",
    "label_lanes",
    "label_values",
]

# The shares of the figure's width that labels may take, and that they leave at least.
_LABELS, _AXES = 0.45, 0.5
# In sizes of the type.
_BESIDE_LINES, _LINE, _TICK = 0.76, 1.0, 5.0
_TICKS = (3, 6)


def draw_lanes(
    axes: Axes, rows: pd.DataFrame, labels: Iterable[str], lang: str, aside: str = ""
) -> None:
    """Draw statements of one kind in their order, one lane each, with the axis they need."""
    units = rows.unit_std.iloc[0], lang, rows.unit_std_zh.iloc[0]
    scale, unit = name_scale(rows.value_std.abs().max(), *units)
    for y, row in enumerate(rows.itertuples()):
        draw_mark(axes, row, y, scale, lang)
    label_lanes(axes, labels)
    label_values(axes, rows.measure.iloc[0], unit, lang, aside)


def label_lanes(axes: Axes, labels: Iterable[str]) -> None:
    """Give each lane its label and its line, the first on top."""
    room = _LABELS * find_figure(axes).get_figwidth()
    wrapped = [wrap(label, room) for label in labels]
    # Axes that were opened in another style have labels of that style.
    axes.tick_params(labelfontfamily=FAMILY, labelsize="small")
    axes.set_yticks(range(len(wrapped)), wrapped)
    axes.set_ylim(len(wrapped) - 0.4, -0.6)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def label_values(axes: Axes, measure: str, unit: str, lang: str, aside: str = "") -> None:
    """Say under the axis what is measured, in which unit, with numbers of the language."""
    label = name_axis(measure, unit, lang) + aside
    wrapped = wrap(label, _AXES * find_figure(axes).get_figwidth())
    axes.set_xlabel(wrapped, loc="left", fontfamily=FAMILY, fontsize="small", color=QUIET)
    axes.xaxis.set_major_locator(_Ticks(100 if (measure, unit) == ("share", "%") else np.inf))
    axes.xaxis.set_major_formatter(TickNumbers(lang))


def head_axes(axes: Axes, head: str) -> None:
    """Head axes over the whole width of the figure, from where the labels of lanes begin."""
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
    """Span an axis that is laid out over what is drawn on it, with the ticks it has room for."""
    drawn = np.concatenate([np.ravel(line.get_xdata()) for line in axes.lines])
    fit_span(axes, drawn)
    count = int(np.clip(measure_width(axes) / (_TICK * em()), *_TICKS))
    locator = axes.xaxis.get_major_locator()
    assert isinstance(locator, MaxNLocator)
    locator.set_params(nbins=count)


class _Ticks(MaxNLocator):
    """Ticks at round numbers; none of a share stands beyond a hundred, in the room for words."""

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
    """Measure how high the lanes of a panel stand, in inches, its lines of labels considered."""
    labels = axes.get_yticklabels()
    lines = 1 + max(text.get_text().count("\n") for text in (*labels, *axes.texts))
    return em() * len(labels) * (_BESIDE_LINES + _LINE * lines)
