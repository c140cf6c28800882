"""Sizes and type of every chart, as values and one context: no global state is changed.

All sizes follow the size of the type, so that a slide is the printed figure enlarged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.figure import Figure

from policydata.charts.colours import INK, QUIET
from policydata.charts.fonts import FAMILY, register_fonts
from policydata.errors import refuse_unknown

__all__ = [
    "MILLIMETRE",
    "POINTS",
    "WIDTHS",
    "choose_settings",
    "drawing_style",
    "em",
    "open_figure",
    "saving_style",
]

MILLIMETRE = 1 / 25.4
# In millimetres. The three for print fit into the columns of Nature (89, 120, 183), PNAS
# (87, 114, 178), Springer (84, 129, 174) and of Chinese journals (80, 170); the slide is the
# text area of a 16:9 slide of 13.33 inches.
WIDTHS = {"single": 80, "one_and_a_half": 114, "double": 170, "slide": 292}

POINTS = 72
_TYPE = 9
_SETTINGS: dict[str, Any] = {
    "font.size": _TYPE,
    "font.family": [FAMILY],
    "text.color": INK,
    "axes.titlesize": "medium",
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 6,
    "axes.labelsize": "small",
    "axes.labelcolor": QUIET,
    "axes.labelpad": 4,
    "axes.edgecolor": "#b5b5b5",
    "axes.linewidth": 0.6,
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": "small",
    "ytick.labelsize": "small",
    "xtick.color": QUIET,
    "ytick.color": INK,
    "xtick.major.size": 2.5,
    "xtick.major.width": 0.6,
    "xtick.major.pad": 3,
    "ytick.major.size": 0,
    "ytick.major.pad": 4,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.6,
    "lines.linewidth": 1.2,
    "lines.markersize": 5.5,
    "lines.markeredgewidth": 1.2,
    "patch.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.fontsize": "small",
    "legend.title_fontsize": "x-small",
    "legend.frameon": False,
    "legend.handletextpad": 0.4,
    "legend.borderaxespad": 0.3,
    "figure.titlesize": "medium",
    "figure.titleweight": "bold",
    "figure.constrained_layout.use": True,
    "figure.constrained_layout.w_pad": 0.03,
    "figure.constrained_layout.h_pad": 0.07,
    "figure.dpi": 110,
}
# What decides on the bytes of a file; the rest of it is as matplotlib has it by default.
_SAVED: dict[str, Any] = {
    "savefig.bbox": None,
    "svg.hashsalt": "policydata",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "ps.fonttype": 42,
}
# What a theme may have set; how windows open is not ours to say.
_KINDS = "axes errorbar figure font grid hatch image legend lines markers mathtext patch text"
_LOOKS = tuple(f"{kind}." for kind in (*_KINDS.split(), "xtick", "ytick"))
_OF_THE_SESSION = ("figure.hooks", "figure.max_open_warning", "figure.raise_window")
_SAVING = ("agg.", "path.", "pdf.", "ps.", "savefig.", "svg.", "text.hinting")
# What is given in points or inches; all other sizes follow the type by themselves.
_LENGTHS = (".size", "width", "_pad", "titlepad", "labelpad", "major.pad", "markersize")


def choose_settings(width: str = "double") -> dict[str, Any]:
    """Give the house style for one width as a dictionary of matplotlib's settings, all of them.

    Parameters
    ----------
    width : {"single", "one_and_a_half", "double", "slide"}
        Where the figure goes; type and lines of a slide are larger, as the slide is.

    Raises
    ------
    ValueError
        Where the width has no such name.

    Examples
    --------
    >>> choose_settings()["font.size"], round(choose_settings("slide")["font.size"], 1)
    (9.0, 15.5)
    """
    refuse_unknown("width", width, WIDTHS)
    register_fonts()
    scale = WIDTHS[width] / WIDTHS["double"] if width == "slide" else 1.0
    lengths = {key: scale * _SETTINGS[key] for key in _SETTINGS if key.endswith(_LENGTHS)}
    return {**_list_defaults(_LOOKS), **_SETTINGS, **lengths, **_SAVED}


def _list_defaults(kinds: tuple[str, ...]) -> dict[str, Any]:
    """List matplotlib's defaults of some kinds, so that what was set before plays no part."""
    kept = [key for key in mpl.rcParams if key.startswith(kinds) and key not in _OF_THE_SESSION]
    return {key: mpl.rcParamsDefault[key] for key in kept}


@contextmanager
def drawing_style(width: str = "double") -> Iterator[Mapping[str, Any]]:
    """Draw in the house style inside the context, whatever was set before, and leave it as it was.

    Parameters
    ----------
    width : {"single", "one_and_a_half", "double", "slide"}
        Where the figure goes.

    Examples
    --------
    >>> with drawing_style("single"):
    ...     figure = open_figure("single")
    >>> round(figure.get_figwidth() / MILLIMETRE)
    80
    """
    settings: dict[Any, Any] = choose_settings(width)
    _settle_backend()
    with mpl.rc_context(settings):
        yield settings


@contextmanager
def saving_style() -> Iterator[None]:
    """Save inside the context so that a drawing has the same bytes, however files were set up."""
    settings: dict[Any, Any] = {**_list_defaults(_SAVING), **_SAVED}
    with mpl.rc_context(settings):
        yield


@cache
def _settle_backend() -> None:
    """Load the backend now: first asked for inside the context, it would lose its settings.

    A notebook's backend shows open figures by a setting of its own, which the end of the context
    would take back.
    """
    plt.switch_backend(mpl.get_backend())


def em() -> float:
    """Give the size of the type in inches, the measure of all that is drawn."""
    return float(mpl.rcParams["font.size"]) / POINTS


def open_figure(width: str, height: float = 20) -> Figure:
    """Open a figure of one width, so many lines of type high, that a notebook shows once."""
    figure = plt.figure(figsize=(WIDTHS[width] * MILLIMETRE, height * em()))
    # Known to pyplot, a notebook shows it as a picture; closed there, it shows it once.
    plt.close(figure)
    return figure
