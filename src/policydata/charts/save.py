"""Saving of figures: drawing and table under one name, with the same bytes at every run.

The files describe themselves: name and caption are in the metadata of each drawing, the statements
behind it in the table, and what it shows in one JSON file, as plain data.
"""

from __future__ import annotations

import errno
import io
import json
import os
import re
import warnings
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, get_font
from matplotlib.text import Text

from policydata.charts.embedding import embed_fonts
from policydata.charts.page import Record, find_documents, read_record
from policydata.charts.style import PRINT, saving_style
from policydata.citation import list_documents
from policydata.columns import require_columns
from policydata.problems import refuse_unknown
from policydata.schema import LANGUAGES
from policydata.writing import write_together

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_FULL = "the disk is full: make room, or pass another folder="
_LOCKED = "it is not writable: change its permissions, or pass another folder="
_FAULTS = {
    errno.ENOENT: "the folder above it does not exist: create it, or pass another folder=",
    errno.EEXIST: "it is a file: pass a folder",
    errno.ENOTDIR: "a part of the path is a file: pass a folder",
    errno.EISDIR: "a folder there has the name of a file of the figure: rename one of them",
    **dict.fromkeys([errno.EACCES, errno.EPERM, errno.EROFS], _LOCKED),
    **dict.fromkeys([errno.ENOSPC, errno.EDQUOT], _FULL),
}


def save_figure(
    figure: Figure | Axes,
    name: str,
    rows: pd.DataFrame | None = None,
    *,
    caption: str = "",
    lang: str | None = None,
    folder: str | Path | None = None,
) -> None:
    """Save a drawing as PDF, SVG and PNG, the rows it shows as CSV, and what it says as JSON.

    A figure of a `plot_` function knows its rows, its language and its caption; one that is drawn
    by hand is given them.

    Parameters
    ----------
    figure : Figure or Axes
        The drawing; it is saved in the size that it declares.
    name : str
        The name of the five files: lower-case words with underscores.
    rows : DataFrame, optional
        The rows of a figure drawn by hand, with their ``statement_id``, or ``target_id`` and
        ``outcome_id`` of pairs.
    caption : str, optional
        What a figure drawn by hand shows.
    lang : {"en", "zh"}, optional
        The language of a figure drawn by hand; English if not given.
    folder : str or Path, optional
        Folder of the files, which is created if it is missing; by default the nearest folder
        ``figures`` in the working directory or above it, and for a Chinese figure its folder
        ``zh``.

    Raises
    ------
    ValueError
        If the name, the rows, the caption or the language is not allowed, or if a font or a
        character is missing. No file is written then.
    TypeError
        If the figure, the rows or a text is of another type.
    OSError
        If no folder ``figures`` is found, or if the files cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from policydata import load_targets
    >>> from policydata.charts import plot_ranking
    >>> figure = plot_ranking(load_targets(indicator="gdp", measure="growth_rate", year=2023))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     save_figure(figure, "growth", folder=folder)
    ...     sorted(file.name for file in Path(folder).iterdir())
    ['growth.csv', 'growth.json', 'growth.pdf', 'growth.png', 'growth.svg']
    """
    whole = _find_whole(figure)
    record = read_record(whole)
    if record is None:
        record = _record_by_hand(name, rows, caption, lang or LANGUAGES[0])
    elif rows is not None or caption or lang not in (None, record.lang):
        raise ValueError(
            f"The figure {name!r} knows its rows, its caption and its language "
            f'"{record.lang}": leave them out, or draw it with what you mean.'
        )
    _refuse_name(name)
    target = _find_figures(record.lang) if folder is None else Path(folder)
    try:
        _write(whole, name, record, target)
    except OSError as fault:
        raise _explain(fault, name, target) from fault


def _record_by_hand(name: str, rows: pd.DataFrame | None, caption: str, lang: str) -> Record:
    """Take the rows, the caption and the language of a figure that is drawn by hand."""
    refuse_unknown("lang", lang, LANGUAGES)
    if not isinstance(caption, str):
        raise TypeError(f'{type(caption).__name__} "{caption}" is not a text; allowed: a caption.')
    if rows is None or not caption.strip():
        raise ValueError(
            f"The figure {name!r} is drawn by hand: pass rows= that it plots, and caption=."
        )
    require_columns(rows, [], "the rows that the figure plots")
    if rows.empty:
        raise ValueError(f"The figure {name!r} has no rows: pass the rows that it plots.")
    if "statement_id" not in rows and not {"target_id", "outcome_id"} <= set(rows):
        raise ValueError(
            f"The rows of figure {name!r} need the column 'statement_id', or 'target_id' and "
            "'outcome_id', so that the figure leads back to its statements."
        )
    return Record(lang, rows, caption, "", caption, caption, "")


def _tell(name: str, record: Record) -> dict[str, Any]:
    """Describe what a figure shows as plain data."""
    told = {key: value for key, value in asdict(record).items() if isinstance(value, str)}
    documents = sorted(list_documents(record.rows) | find_documents(record.rows))
    return {"name": name, **told, "rows": len(record.rows), "documents": documents}


def _write(figure: Figure, name: str, record: Record, target: Path) -> None:
    """Make all five files, then put them into their folder together."""
    target.mkdir(exist_ok=True)
    told = json.dumps(_tell(name, record), ensure_ascii=False, indent=1) + "\n"
    made = {"csv": record.rows.to_csv(index=False, lineterminator="\n").encode()}
    made |= {"json": told.encode()}
    with saving_style(), warnings.catch_warnings():
        # Missing characters are refused below, once the ticks have labels, with their texts.
        warnings.filterwarnings("ignore", message="Glyph ")
        made |= _draw(figure, name, record.caption)
    _refuse_missing(figure, name)
    files = {target / f"{name}.{suffix}": made[suffix] for suffix in sorted(made)}
    if any(file.is_dir() for file in files):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    write_together(files)
    for file in files:
        # A build tells by the time that a notebook wrote a figure that looks as before.
        file.touch()


def _explain(fault: OSError, name: str, target: Path) -> OSError:
    """Say why files cannot be written, and what to do."""
    why = _FAULTS.get(fault.errno or 0, f"{fault.strerror or fault}: pass another folder=")
    return type(fault)(f"The figure {name!r} cannot be saved in {str(target)!r}: {why}.")


def _refuse_name(name: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f'{type(name).__name__} "{name}" is not a text; allowed: a name.')
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(
            f"The figure name {name!r} must be lower-case words with underscores, "
            "such as 'growth_targets'."
        )


def _find_figures(lang: str) -> Path:
    """Find the nearest folder ``figures``, in the working directory or above it; ``zh`` in it."""
    here = Path.cwd()
    for place in (here, *here.parents):
        if (place / "figures").is_dir():
            return place / "figures" / ("" if lang == LANGUAGES[0] else lang)
    raise FileNotFoundError(
        f"There is no folder 'figures' in {str(here)!r} or above it: "
        "create one, or pass the folder of the files as folder=."
    )


def _find_whole(artist: object) -> Figure:
    """Find the figure itself, from an axes or a part of it."""
    whole = artist.get_figure(root=True) if isinstance(artist, Artist) else None
    if whole is None:
        kind = type(artist).__name__
        raise TypeError(f'{kind} "{artist!s:.40}" is not a figure; allowed: a Figure, or its Axes.')
    return whole


def _draw(figure: Figure, name: str, caption: str) -> dict[str, bytes]:
    """Draw a figure in each format, by its suffix."""
    about = {
        "pdf": {"Title": name, "Subject": caption, "Creator": None, "Producer": None,
                "CreationDate": None},
        "svg": {"Title": name, "Description": caption, "Creator": None, "Date": None},
        "png": {"Title": name, "Description": caption, "Software": None},
    }  # fmt: skip
    drawn = {}
    for suffix, metadata in about.items():
        with io.BytesIO() as image:
            figure.savefig(image, format=suffix, dpi=PRINT, metadata=metadata)
            drawn[suffix] = image.getvalue()
    return drawn | {"svg": embed_fonts(drawn["svg"].decode()).encode()}


def _refuse_missing(figure: Figure, name: str) -> None:
    """Refuse characters that the fonts of their text do not have, and fonts that are missing."""
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text()]
    lacking = {
        text.get_text(): ", ".join(map(repr, missing))
        for text in texts
        if (missing := _list_missing(text, name))
    }
    listed = [f'{characters} in "{text}"' for text, characters in lacking.items()]
    if listed:
        raise ValueError(
            f"The figure {name!r} needs {'; '.join(listed)}, which its fonts do not have: "
            "set it in a font that does, or write another text."
        )


def _list_missing(text: Text, name: str) -> list[str]:
    """List the characters of a text without a glyph; in a formula, all that are not ASCII."""
    fonts = _find_fonts(text, name)
    parts = re.split(r"(?<!\\)\$", text.get_text())
    if len(parts) == 1 or len(parts) % 2 == 0 or not text.get_parse_math():
        parts = [text.get_text()]
    held = set().union(*map(_read_characters, fonts))
    missing = {one for part in parts[::2] for one in part if ord(one) not in held and one != "\n"}
    return sorted(missing | {one for part in parts[1::2] for one in part if not one.isascii()})


def _find_fonts(text: Text, name: str) -> list[str]:
    """Find the fonts of a text, one after another where a character is missing."""
    found: list[str] = []
    for family in text.get_fontfamily():
        kind = text.get_fontproperties().copy()
        kind.set_family(family)
        with suppress(ValueError):
            found.append(findfont(kind, fallback_to_default=False))
    if not found:
        families = " or ".join(f"{family!r}" for family in text.get_fontfamily())
        raise ValueError(f"The figure {name!r} is set in {families}, which is not installed.")
    return found


@cache
def _read_characters(font: str) -> frozenset[int]:
    return frozenset(get_font(font).get_charmap())
