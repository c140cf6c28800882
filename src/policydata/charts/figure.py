"""A figure is a table plus a drawing: both are saved, under one name, and the same twice.

The files describe themselves: name and caption stand in the metadata of each drawing, and the
statements behind it in the table.
"""

from __future__ import annotations

import logging
import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["save_figure"]


def save_figure(
    figure: Figure | Axes,
    name: str,
    rows: pd.DataFrame,
    *,
    caption: str,
    folder: str | Path | None = None,
) -> None:
    """Save a drawing as PDF, SVG and PNG, and the rows it shows as CSV.

    Parameters
    ----------
    figure : Figure or Axes
        What is drawn; its declared size is the size saved.
    name : str
        The name of the four files: lower-case words with underscores.
    rows : DataFrame
        The plotted rows, with their ``statement_id``.
    caption : str
        One or two sentences that say what the figure shows.
    folder : str or Path, optional
        Where the files go: by default the nearest folder ``figures``, in the working directory
        or above it.

    Raises
    ------
    ValueError
        If the name, the rows or the caption will not do, or a font or a character is missing.
        Nothing is written then.
    FileNotFoundError
        If there is no folder ``figures``.

    Examples
    --------
    >>> import tempfile
    >>> import pandas as pd
    >>> from matplotlib.figure import Figure
    >>> axes = Figure(figsize=(4, 3)).subplots()
    >>> _ = axes.barh(["Hebi"], [6.5])
    >>> rows = pd.DataFrame({"statement_id": ["hebi-2022-mayor-interview:1"], "value": [6.5]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(axes, "growth", rows, caption="Growth of Hebi.", folder=folder)
    ...     sorted(file.name for file in Path(folder).iterdir())
    ['growth.csv', 'growth.pdf', 'growth.png', 'growth.svg']
    """
    _refuse(name, rows, caption)
    target = _nearest_figures() if folder is None else Path(folder)
    whole = _whole_figure(figure)
    _refuse_missing_fonts(whole, name)
    with tempfile.TemporaryDirectory(prefix=".saving-", dir=target) as beside:
        rows.to_csv(Path(beside, f"{name}.csv"), index=False, lineterminator="\n", encoding="utf-8")
        _refuse_missing_characters(_draw(whole, Path(beside, name), caption), name)
        for file in sorted(Path(beside).iterdir()):
            file.replace(target / file.name)


def _refuse(name: str, rows: pd.DataFrame, caption: str) -> None:
    """Say what is wrong with the name, the rows or the caption."""
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(
            f"The figure name {name!r} must be lower-case words with underscores, "
            "such as 'growth_targets'."
        )
    if rows.empty:
        raise ValueError(f"The figure {name!r} has no rows: pass the rows that it plots.")
    if "statement_id" not in rows.columns:
        raise ValueError(
            f"The rows of figure {name!r} need the column 'statement_id', "
            "so that the figure leads back to its statements."
        )
    if not caption.strip():
        raise ValueError(f"The figure {name!r} needs a caption that says what it shows.")


def _nearest_figures() -> Path:
    """The nearest folder ``figures``, in the working directory or above it."""
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "figures").is_dir():
            return place / "figures"
    raise FileNotFoundError(
        f"There is no folder 'figures' in {str(here)!r} or above it: "
        "make one, or say where the files go with folder=."
    )


def _whole_figure(artist: Artist) -> Figure:
    """The figure itself, from an axes or a subfigure of it."""
    while not isinstance(artist, Figure):
        artist = artist.figure
    return artist


def _draw(figure: Figure, stem: Path, caption: str) -> set[str]:
    """Write the three drawings, without dates or versions inside; give the characters missed."""
    name = stem.name
    about = {
        "pdf": {"Title": name, "Subject": caption, "Creator": None, "Producer": None,
                "CreationDate": None},
        "svg": {"Title": name, "Description": caption, "Creator": None, "Date": None},
        "png": {"Title": name, "Description": caption, "Software": None},
    }  # fmt: skip
    same_twice = {
        "svg.hashsalt": "policydata",
        "svg.fonttype": "path",
        "pdf.fonttype": 42,
        "savefig.bbox": None,
    }
    with (
        mpl.rc_context(same_twice),  # type: ignore[arg-type]  # 3.11 spells its keys out
        _characters_missed() as missed,
    ):
        for suffix, metadata in about.items():
            figure.savefig(stem.with_suffix(f".{suffix}"), dpi=300, metadata=metadata)
    return missed


@contextmanager
def _characters_missed() -> Iterator[set[str]]:
    """Collect the characters that matplotlib warns of in texts, and only logs in formulas."""
    # A formula that was drawn before is not read again, and what it lacks is not logged again.
    MathTextParser._parse_cached.cache_clear()  # type: ignore[attr-defined]
    missed: set[str] = set()
    logger, listener = logging.getLogger("matplotlib.mathtext"), _Listener(missed)
    logger.addHandler(listener)
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.filterwarnings("always", message="Glyph ")
            yield missed
    finally:
        logger.removeHandler(listener)
    for warning in caught:
        if found := re.match(r"Glyph (\d+) ", str(warning.message)):
            missed.add(chr(int(found[1])))
        else:
            warnings.warn(warning.message, stacklevel=5)


class _Listener(logging.Handler):
    """Note the characters that log records speak of."""

    def __init__(self, missed: set[str]) -> None:
        super().__init__(logging.WARNING)
        self.missed = missed

    def emit(self, record: logging.LogRecord) -> None:
        codes = re.findall(r"\[U\+([0-9a-fA-F]+)\]", record.getMessage())
        self.missed.update(chr(int(code, 16)) for code in codes)


def _refuse_missing_characters(missed: set[str], name: str) -> None:
    """Name the characters that the fonts do not have."""
    if missed:
        characters = ", ".join(f"{character!r}" for character in sorted(missed))
        raise ValueError(
            f"The figure {name!r} needs {characters}, which its fonts do not have: "
            "install a font that has them, or use other labels."
        )


def _refuse_missing_fonts(figure: Figure, name: str) -> None:
    """Name the fonts that a text asks for, if none of them is installed."""
    for text in figure.findobj(Text):
        try:
            findfont(text.get_fontproperties(), fallback_to_default=False)
        except ValueError:
            families = " or ".join(f"{family!r}" for family in text.get_fontfamily())
            raise ValueError(
                f"The figure {name!r} is set in {families}, which is not installed."
            ) from None
