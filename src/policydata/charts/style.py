"""The look of every chart: its width, typeface and colours, as values and as one context.

The settings are in `style.mplstyle`. All sizes follow the size of the type, so that a slide is the
printed figure enlarged. No global state is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager

from policydata.columns import fill_docstring
from policydata.problems import refuse_unknown
from policydata.schema import LANGUAGES

_Given = ParamSpec("_Given")
_Drawn = TypeVar("_Drawn")

MILLIMETRE, POINTS = 1 / 25.4, 72
# Dots per inch of a bitmap.
PRINT = 300
# In millimetres. The three for print fit into the columns of Nature (89, 120, 183), PNAS
# (87, 114, 178), Springer (84, 129, 174) and of Chinese journals (80, 170); the slide is the
# text area of a 16:9 slide of 13.33 inches.
WIDTHS = {"single": 80, "one_and_a_half": 114, "double": 170, "slide": 292}

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Policydata Sans SC"
# Quotation marks and dashes of the first are half wide, as Latin text has them.
FAMILIES = {"en": ["Policydata Sans", FAMILY], "zh": [FAMILY]}

INK, QUIET = "#222222", "#5f5f5f"
# One meaning a colour; all differ in lightness too, so that every reader can tell them.
PALETTE = {
    "outcome": "#052c4e",
    "target": "#dd6a19",
    "estimate": "#2676ad",
    "warning": "#a3282c",
    "standard": "#9db27b",
    "plan_scale": "#54524c",
    "reference": "#c2c2c2",
}
BEHIND = "#dadada"
# The height of a figure that a context opens, as a share of its width.
_HEIGHT = 0.62

# What is given in points or inches; all other sizes follow the type by themselves.
_LENGTHS = (".size", "width", "_pad", "titlepad", "labelpad", "major.pad", "markersize")
# What decides on the bytes of a file: matplotlib's defaults, but for these.
_SAVING = ("agg.", "path.", "pdf.", "ps.", "savefig.", "svg.", "text.hinting")
_SAVED: dict[str, Any] = {"svg.hashsalt": "policydata", "svg.fonttype": "none"}
_SAVED |= {"pdf.fonttype": 42, "ps.fonttype": 42}
# The luminance from which dark ink stands out more than white.
_EVEN = 0.213
# The options that every chart takes, for `{options}` in its docstring.
_OPTIONS = """\
title, subtitle : str, optional
    What stands above the chart, in place of its own words: a finding; then what is drawn, in which
    unit, where and when.  Words in braces stand for what the chart has counted, such as
    ``"{highest_place} leads with {highest}"``; one that it does not know is refused with those
    that it does.
reference : str, Path or mapping of str to DataFrame, optional
    A folder of reference tables, or the tables themselves: they name places, indicators, units
    and documents.  If not given, rows keep their own names, and the shipped tables name the rest.
lang : {"en", "zh"}
    Language of names, words, numbers and bounds; any other is refused.
width : {"single", "one_and_a_half", "double", "slide"}
    Width of the figure; a slide also has larger type.  Any other width is refused."""


def chart(function: Callable[_Given, _Drawn]) -> Callable[_Given, _Drawn]:
    """Draw in the style of the given width; document the options that every chart takes."""

    @wraps(function)
    def draw(*args: _Given.args, **options: _Given.kwargs) -> _Drawn:
        refuse_unknown("lang", options.get("lang", "en"), LANGUAGES)
        styled = {name: str(options[name]) for name in ("width", "lang") if name in options}
        with drawing_style(**styled):
            return function(*args, **options)

    draw.__doc__ = fill_docstring(function.__doc__, {"options": _OPTIONS})
    return draw


@contextmanager
def drawing_style(width: str = "double", lang: str = "en") -> Iterator[None]:
    """Draw in the house style inside the context, and restore the earlier settings at its end.

    Figures that are opened inside have the width, and what cycles through colours uses `PALETTE`.

    Parameters
    ----------
    width : {"single", "one_and_a_half", "double", "slide"}
        Width of the figure; type and lines of a slide are larger, like the slide itself.
    lang : {"en", "zh"}
        Language of the text; its punctuation is half wide in English and full wide in Chinese.

    Raises
    ------
    ValueError
        If the width or the language is not known.

    Examples
    --------
    >>> with drawing_style("single"):
    ...     round(plt.subplots()[0].get_figwidth() / MILLIMETRE)
    80
    >>> plt.close()
    """
    refuse_unknown("width", width, WIDTHS)
    refuse_unknown("lang", lang, LANGUAGES)
    for file in sorted(FONTS.glob("*.ttf")) if FAMILY not in fontManager.get_font_names() else ():
        fontManager.addfont(file)
    _settle_backend()
    settings = _read_settings()
    scale = WIDTHS[width] / WIDTHS["double"] if width == "slide" else 1.0
    lengths = {key: scale * settings[key] for key in settings if key.endswith(_LENGTHS)}
    wide = WIDTHS[width] * MILLIMETRE
    chosen = {
        "font.family": FAMILIES[lang],
        "figure.figsize": (wide, _HEIGHT * wide),
        "axes.prop_cycle": cycler(color=list(PALETTE.values())),
    }
    with plt.style.context(["default", settings | lengths | chosen | _SAVED]):
        yield


def choose_settings(width: str = "double", lang: str = "en") -> dict[str, Any]:
    """Return the house style for one width, as a dictionary of all settings of matplotlib.

    Examples
    --------
    >>> choose_settings()["font.size"], round(choose_settings("slide")["font.size"], 1)
    (9.0, 15.5)
    """
    with drawing_style(width, lang):
        return {str(key): value for key, value in mpl.rcParams.items() if key != "backend"}


@contextmanager
def saving_style() -> Iterator[None]:
    """Save inside the context so that a drawing has the same bytes, whatever the settings."""
    kept = [key for key in mpl.rcParams if key.startswith(_SAVING)]
    settings: dict[Any, Any] = {key: mpl.rcParamsDefault[key] for key in kept} | _SAVED
    with mpl.rc_context(settings):
        yield


@cache
def _read_settings() -> dict[str, Any]:
    file = Path(__file__).with_suffix(".mplstyle")
    read = mpl.rc_params_from_file(file, use_default_template=False)
    return {str(key): value for key, value in read.items()}


@cache
def _settle_backend() -> None:
    """Load the backend now: loaded first inside the context, it would lose its settings.

    The backend of a notebook shows open figures because of a setting of its own, which the end of
    the context would undo.
    """
    plt.switch_backend(mpl.get_backend())


def em() -> float:
    """Return the size of the type in inches, the measure of everything that is drawn."""
    return float(mpl.rcParams["font.size"]) / POINTS


def open_figure(width: str, height: float = 20) -> Figure:
    """Open a figure of one width, with a height in lines of type, that a notebook shows once."""
    figure = plt.figure(figsize=(WIDTHS[width] * MILLIMETRE, height * em()))
    # Known to pyplot, a notebook shows it as a picture; closed there, it shows it once.
    plt.close(figure)
    return figure


def measure_width(axes: Axes) -> float:
    """Measure how wide the whole figure of some axes is, in inches."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return float(figure.get_figwidth())


def choose_ink(ground: Any) -> str:
    """Choose the ink that stands out more from a coloured ground, as WCAG measures contrast."""
    channels = np.array(to_rgb(ground))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return "white" if linear @ [0.2126, 0.7152, 0.0722] < _EVEN else INK
