"""A figure is a table plus a drawing: both are saved, under one name, and the same twice.

The files describe themselves: name and caption stand in the metadata of each drawing, and the
statements behind it in the table.
"""

from __future__ import annotations

import errno
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from policydata.charts.caption import write_caption
from policydata.charts.glyphs import collect_missing, refuse_absent_fonts, refuse_missing
from policydata.charts.record import choose_shown, refuse_language
from policydata.charts.style import saving_style
from policydata.columns import require_columns
from policydata.errors import refuse_unknown
from policydata.schema import LANGUAGES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["save_figure"]

_FULL = "the disk is full: make room, or pass another folder="
_LOCKED = "it may not be written to: change its rights, or pass another folder="
_FAULTS = {
    errno.ENOENT: "the folder above it does not exist: make that, or pass another folder=",
    errno.EEXIST: "it is a file: pass a folder",
    errno.ENOTDIR: "a part of the path is a file: pass a folder",
    errno.EISDIR: "a folder there has the name of a file of the figure: rename one of them",
    **dict.fromkeys([errno.EACCES, errno.EPERM, errno.EROFS], _LOCKED),
    **dict.fromkeys([errno.ENOSPC, errno.EDQUOT], _FULL),
}


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
        The plotted rows, with their ``statement_id``, or ``target_id`` and ``outcome_id`` of
        pairs.  What a chart left out, such as rows without a value, is neither saved nor counted.
    caption, caption_zh : str
        One or two sentences that say what the figure shows, in English and in Chinese; how many
        statements, which years and what the marks mean is added.
    lang : {"en", "zh"}
        The language that the figure is drawn in: its caption comes first in the files.
    folder : str or Path, optional
        Where the files go, a folder that is made where it is missing: by default the nearest
        folder ``figures``, in the working directory or above it, and for a Chinese figure ``zh``
        in it.

    Raises
    ------
    ValueError
        If the name, the rows, the caption or the language will not do, a chart is in another
        language or shows statements that are not in the rows, or a font or a character is missing.
        No file is written then.
    TypeError
        If what is given is not a figure, not a table or not a text.
    OSError
        If there is not a folder ``figures``, or the files cannot be written where they should go.

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
    sentences = dict(zip(LANGUAGES, (caption, caption_zh), strict=True))
    _refuse(name, rows, sentences)
    whole = _whole_figure(figure)
    refuse_language(whole, name, lang)
    refuse_absent_fonts(whole, name)
    shown = choose_shown(whole, name, rows)
    order = sorted(LANGUAGES, key=lambda language: language != lang)
    given = [one for one in order if sentences[one].strip()]
    captions = [write_caption(whole, shown, sentences[one], one) for one in given]
    target = _nearest_figures(lang) if folder is None else Path(folder)
    try:
        _write(whole, name, shown, "\n".join(captions), target)
    except OSError as fault:
        raise _explain(fault, name, target) from fault


def _write(figure: Figure, name: str, rows: pd.DataFrame, caption: str, target: Path) -> None:
    """Write all four files beside their folder, then put them into it."""
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".saving-", dir=target) as beside:
        rows.to_csv(Path(beside, f"{name}.csv"), index=False, lineterminator="\n", encoding="utf-8")
        with saving_style(), collect_missing() as missed:
            _draw(figure, Path(beside, name), caption)
        refuse_missing(figure, name, missed)
        made = sorted(Path(beside).iterdir())
        if any((target / file.name).is_dir() for file in made):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        for file in made:
            file.replace(target / file.name)


def _explain(fault: OSError, name: str, target: Path) -> OSError:
    """Say why files cannot be written, and what to do."""
    why = _FAULTS.get(fault.errno or 0, f"{fault.strerror or fault}: pass another folder=")
    return type(fault)(f"The figure {name!r} cannot be saved in {str(target)!r}: {why}.")


def _refuse(name: str, rows: pd.DataFrame, sentences: Mapping[str, str]) -> None:
    """Say what is wrong with the name, the rows or the caption."""
    for text in (name, *sentences.values()):
        if not isinstance(text, str):
            kind = type(text).__name__
            raise TypeError(f'{kind} "{text}" is not a text; allowed: a name, and captions.')
    require_columns(rows, [], "the rows that the figure plots")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(
            f"The figure name {name!r} must be lower-case words with underscores, "
            "such as 'growth_targets'."
        )
    if rows.empty:
        raise ValueError(f"The figure {name!r} has no rows: pass the rows that it plots.")
    if "statement_id" not in rows and not {"target_id", "outcome_id"} <= set(rows):
        raise ValueError(
            f"The rows of figure {name!r} need the column 'statement_id', or 'target_id' and "
            "'outcome_id', so that the figure leads back to its statements."
        )
    if not sentences[LANGUAGES[0]].strip():
        raise ValueError(f"The figure {name!r} needs a caption that says what it shows.")


def _nearest_figures(lang: str) -> Path:
    """The nearest folder ``figures``, in the working directory or above it, and ``zh`` in it."""
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "figures").is_dir():
            return place / "figures" / ("" if lang == LANGUAGES[0] else lang)
    raise FileNotFoundError(
        f"There is not a folder 'figures' in {str(here)!r} or above it: "
        "make one, or say where the files go with folder=."
    )


def _whole_figure(artist: Artist) -> Figure:
    """The figure itself, from an axes or a subfigure of it."""
    whole: object = artist
    while isinstance(whole, Artist) and not isinstance(whole, Figure):
        whole = whole.figure
    if not isinstance(whole, Figure):
        kind = type(artist).__name__
        raise TypeError(f'{kind} "{artist!s:.40}" is not a figure; allowed: a Figure, or its Axes.')
    return whole


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
