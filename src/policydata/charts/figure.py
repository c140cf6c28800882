"""A figure is a table plus a drawing: both are saved, under one name, and the same twice.

The files describe themselves: name and caption stand in the metadata of each drawing, and the
statements behind it in the table.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from policydata.charts.caption import write_caption
from policydata.charts.glyphs import collect_missing, refuse_absent_fonts, refuse_missing
from policydata.charts.style import saving_style
from policydata.errors import refuse_unknown
from policydata.vocabulary import LANGUAGES

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
    caption_zh: str = "",
    lang: str = "en",
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
    caption, caption_zh : str
        One or two sentences that say what the figure shows, in English and in Chinese; how many
        statements, which years and what the marks mean is added.
    lang : {"en", "zh"}
        The language of the figure: its caption comes first in the files.
    folder : str or Path, optional
        Where the files go: by default the nearest folder ``figures``, in the working directory
        or above it, and for a Chinese figure ``zh`` in it.

    Raises
    ------
    ValueError
        If the name, the rows, the caption or the language will not do, or a font or a character
        is missing.  No file is written then.
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
    refuse_unknown("lang", lang, LANGUAGES)
    _refuse(name, rows, caption)
    whole = _whole_figure(figure)
    refuse_absent_fonts(whole, name)
    sentences = dict(zip(LANGUAGES, (caption, caption_zh), strict=True))
    order = sorted(LANGUAGES, key=lambda language: language != lang)
    captions = [write_caption(whole, rows, sentences[one], one) for one in order if sentences[one]]
    target = _nearest_figures(lang) if folder is None else Path(folder)
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".saving-", dir=target) as beside:
        rows.to_csv(Path(beside, f"{name}.csv"), index=False, lineterminator="\n", encoding="utf-8")
        with saving_style(), collect_missing() as missed:
            _draw(whole, Path(beside, name), "\n".join(captions))
        refuse_missing(whole, name, missed)
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


def _nearest_figures(lang: str) -> Path:
    """The nearest folder ``figures``, in the working directory or above it, and ``zh`` in it."""
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "figures").is_dir():
            return place / "figures" / ("" if lang == LANGUAGES[0] else lang)
    raise FileNotFoundError(
        f"There is no folder 'figures' in {str(here)!r} or above it: "
        "make one, or say where the files go with folder=."
    )


def _whole_figure(artist: Artist) -> Figure:
    """The figure itself, from an axes or a subfigure of it."""
    while not isinstance(artist, Figure):
        artist = artist.figure
    return artist


def _draw(figure: Figure, stem: Path, caption: str) -> None:
    """Write the three drawings, without dates or versions inside."""
    name = stem.name
    about = {
        "pdf": {"Title": name, "Subject": caption, "Creator": None, "Producer": None,
                "CreationDate": None},
        "svg": {"Title": name, "Description": caption, "Creator": None, "Date": None},
        "png": {"Title": name, "Description": caption, "Software": None},
    }  # fmt: skip
    for suffix, metadata in about.items():
        figure.savefig(stem.with_suffix(f".{suffix}"), dpi=300, metadata=metadata)
