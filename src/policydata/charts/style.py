"""Sizes, colours and type of every chart, as values and one context: no global state is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import seaborn as sns
from matplotlib.figure import Figure

__all__ = [
    "COLOURS",
    "FULL_WIDTH",
    "INK",
    "MILLIMETRE",
    "QUIET",
    "drawing_style",
    "name_scale",
    "open_figure",
]

MILLIMETRE = 1 / 25.4
FULL_WIDTH = 170 * MILLIMETRE
INK, QUIET = "#222222", "#6b6b6b"

# By status; they differ in lightness too, so that they differ in grey.
COLOURS = {
    "plan_scale": "#8a8a8a",
    "standard": "#5f7f5f",
    "target": "#d86c20",
    "estimate": "#5c8fb3",
    "outcome": "#12405f",
}

_SIZES: dict[Any, Any] = {
    "font.size": 8,
    "font.family": "DejaVu Sans",
    "axes.titlesize": 8.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 7,
    "axes.labelsize": 7.5,
    "axes.labelcolor": QUIET,
    "axes.edgecolor": "#b5b5b5",
    "axes.linewidth": 0.6,
    "axes.unicode_minus": True,
    "xtick.labelsize": 7.5,
    "ytick.labelsize": 8,
    "xtick.color": QUIET,
    "ytick.color": INK,
    "text.color": INK,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "ytick.major.size": 0,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "legend.fontsize": 7.5,
    "legend.frameon": False,
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.h_pad": 0.07,
    "figure.dpi": 110,
    "hatch.linewidth": 0.6,
}

_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def open_figure(height: float) -> Figure:
    """Open a figure of full width, in inches high, that a notebook shows once."""
    figure = plt.figure(figsize=(FULL_WIDTH, height))
    # Known to pyplot, a notebook shows it as a picture; closed there, it shows it once.
    plt.close(figure)
    return figure


@cache
def _settle_backend() -> None:
    """Load the backend now: first asked for inside the context, it would lose its settings.

    A notebook's backend shows open figures by a setting of its own, which the end of the context
    would take back.
    """
    plt.switch_backend(mpl.get_backend())


@contextmanager
def drawing_style() -> Iterator[None]:
    """Draw in the house style inside the context, and leave matplotlib as it was."""
    _settle_backend()
    with sns.axes_style("ticks"), mpl.rc_context(_SIZES):
        yield


def name_scale(largest: float, unit: str) -> tuple[float, str]:
    """Choose by what to divide values of a standard unit, and how to write the unit then.

    Examples
    --------
    >>> name_scale(7e11, "CNY")
    (1000000000.0, 'billion CNY')
    >>> name_scale(73.7, "%")
    (1.0, '%')
    """
    words = () if "/" in unit else _SCALES
    found = ((size, f"{word} {unit}") for size, word in words if largest >= 10 * size)
    scale, label = next(found, (1.0, unit))
    # A count needs no unit beside the name of what is counted.
    return scale, label.replace(" count", "").replace("count", "number")
