"""One row, one lane: its label to the left, its marks on a line, its axis below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator
from matplotlib.transforms import blended_transform_factory

from policydata.charts.fitting import find_figure, fit_height, fit_span, measure_width, wrap
from policydata.charts.marks import draw_mark
from policydata.charts.style import em
from policydata.charts.writing import name_axis, name_scale, write_number

__all__ = ["draw_lanes", "fit_lanes", "fit_values", "head_axes", "label_lanes", "label_values"]

# The shares of the figure's width that labels may take, and that they leave at least.
_LABELS, _AXES = 0.4, 0.55
# In sizes of the type.
_BESIDE_LINES, _LINE, _TICK = 0.76, 1.0, 5.0
_TICKS = (3, 6)


def draw_lanes(
    axes: Axes, rows: pd.DataFrame, labels: Iterable[str], lang: str, aside: str = ""
) -> None:
    """Draw statements of one kind in their order, one lane each, with the axis they need."""
    scale, unit = name_scale(rows.value_std.abs().max(), rows.unit_std.iloc[0], lang)
    for y, row in enumerate(rows.itertuples()):
        draw_mark(axes, row, y, scale, lang)
    label_lanes(axes, labels)
    label_values(axes, rows.measure.iloc[0], unit, lang, aside)


def label_lanes(axes: Axes, labels: Iterable[str]) -> None:
    """Give each lane its label and its line, the first on top."""
    room = _LABELS * find_figure(axes).get_figwidth()
    wrapped = [wrap(label, room) for label in labels]
    axes.set_yticks(range(len(wrapped)), wrapped)
    axes.set_ylim(len(wrapped) - 0.4, -0.6)
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)


def label_values(axes: Axes, measure: str, unit: str, lang: str, aside: str = "") -> None:
    """Say under the axis what is measured, in which unit, with numbers of the language."""
    label = name_axis(measure, unit, lang) + aside
    axes.set_xlabel(wrap(label, _AXES * find_figure(axes).get_figwidth()), loc="left")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: write_number(value, lang)))


def head_axes(axes: Axes, head: str) -> None:
    """Head axes over the whole width of the figure, from where the labels of lanes begin."""
    figure = find_figure(axes)
    width, margin = figure.get_figwidth(), em() / 3
    title = axes.set_title(wrap(head, width - 3 * margin, "medium", "bold"), loc="left")
    title.set_transform(blended_transform_factory(figure.transFigure, title.get_transform()))
    title.set_x(margin / width)


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
    # Beyond the values there is room for words only: a share has no tick above a hundred.
    low, high = min(drawn.min(), 0), max(drawn.max(), 0)
    ticks = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    axes.xaxis.set_major_locator(FixedLocator(ticks[(ticks >= low) & (ticks <= high)]))


def _measure_lanes(axes: Axes) -> float:
    """Measure how high the lanes of a panel stand, in inches, its lines of labels considered."""
    labels = axes.get_yticklabels()
    lines = 1 + max(text.get_text().count("\n") for text in (*labels, *axes.texts))
    return em() * len(labels) * (_BESIDE_LINES + _LINE * lines)
