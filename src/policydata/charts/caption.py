"""The full caption of a figure: what it shows, of how many statements and years, and its marks.

The author writes what is shown; the rest is read from the rows and from the legend.
"""

from __future__ import annotations

import re

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.colors import rgb_to_hsv, to_rgb
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from policydata.charts.record import list_records
from policydata.charts.style import NEUTRAL, PLANNED
from policydata.charts.words import say, translate
from policydata.charts.writing import DASH
from policydata.citation import list_documents
from policydata.errors import say_count

__all__ = ["write_caption"]

_NOUNS = {
    "statement": "条表述",
    "target–outcome pair": "组目标与实际值",
    "document": "份文件",
}
_PHRASES = {
    "en": {"n": " n = {}", "of": " from ", "marks": " Marks: {}."},
    "zh": {"n": "n = {}", "of": "，来自 ", "marks": "图例：{}。"},
}
_CLOSE = {"en": (", {}.", "."), "zh": ("，{}年。", "。")}
_SIGNS = {">": "▶", "<": "◀", "D": "◆", "|": "├┤", "s": "■", ".": "·", "o": "●", "None": "—"}
_HOLLOW = {"s": "□", "o": "○", ">": "▷", "<": "◁", "D": "◇"}
# A shape that every fill may have, and points on a line.
_ROUND, _JOINED, _PLANNED = "○●", "—●—", "◎"


def write_caption(figure: Figure, rows: pd.DataFrame, sentence: str, lang: str) -> str:
    """Write the caption of a figure in a language, whatever the language of the figure.

    The sentence is ended where its author forgot the full stop.

    Examples
    --------
    >>> from policydata import load_targets
    >>> from policydata.charts import plot_panels
    >>> rows = load_targets(indicator="boutique_villages")
    >>> write_caption(plot_panels(rows), rows, "精品村", "zh")
    '精品村。n = 1 条表述，来自 1 份文件，2023年。图例：○ 目标；├┤ 区间。'
    """
    return _end(sentence.strip(), lang) + _count_rows(rows, lang) + _name_marks(figure, lang)


def _end(sentence: str, lang: str) -> str:
    """End a sentence with its full stop, unless it has an end, be it in quotes or brackets."""
    ended = not sentence or re.search(r"[.!?…。！？][\"'’”)）」』]*$", sentence)
    return sentence if ended else sentence + _CLOSE[lang][1]


def _count_rows(rows: pd.DataFrame, lang: str) -> str:
    """Count statements or pairs, and documents, and name the years."""
    pairs = {"target_id", "outcome_id"} <= set(rows)
    noun = "target–outcome pair" if pairs else "statement"
    ids = rows[["target_id", "outcome_id"] if pairs else ["statement_id"]].astype("str").fillna("")
    told = ids.ne("").all(axis=1)
    phrases, stated = _PHRASES[lang], rows[told]
    counted = phrases["n"].format(_count(len(ids[told].drop_duplicates()), noun, lang))
    counted += phrases["of"] + _count(len(list_documents(rows)), "document", lang)
    years = pd.to_numeric(stated.get("year", pd.Series(dtype="float64"))).dropna().astype("int")
    dated, undated = _CLOSE[lang]
    ends = DASH[lang].join(dict.fromkeys([str(years.min()), str(years.max())]))
    return counted + (dated.format(ends) if len(years) else undated)


def _count(number: int, noun: str, lang: str) -> str:
    """Write a number with its noun."""
    return say_count(number, noun) if lang == "en" else f"{number} {_NOUNS[noun]}"


def _name_marks(figure: Figure, lang: str) -> str:
    """Name each mark of the legend by a sign like it; nothing where there is no legend."""
    places = [place for record in list_records(figure) if record for place in record.places]
    named = [
        f"{_draw_sign(handle)} {translate(text.get_text(), lang, places)}".strip()
        for legend in figure.legends
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=True)
        if handle is not None and text.get_text().strip()
    ]
    return _PHRASES[lang]["marks"].format(say("phrase", "list", lang).join(named)) if named else ""


def _draw_sign(handle: Artist) -> str:
    """Choose the character that looks most like a mark: its shape, or its shade."""
    if isinstance(handle, Patch):
        value = rgb_to_hsv(to_rgb(handle.get_facecolor()))[2]
        return "▨" if handle.get_hatch() else "░" if value > 0.86 else "▒" if value > 0.75 else "█"
    return _draw_shape(handle) if isinstance(handle, Line2D) else ""


def _draw_shape(handle: Line2D) -> str:
    """Choose the character for a mark; none for one that is not of the house."""
    marker = str(handle.get_marker())
    if handle.get_fillstyle() == "left":
        return "◐"
    if marker == "o" and handle.get_linestyle() != "None":
        return _JOINED
    if marker == "o" and handle.get_color() == NEUTRAL:
        return _ROUND
    face = to_rgb(handle.get_markerfacecolor())
    if face == to_rgb(PLANNED):
        return _PLANNED
    hollow = face == (1.0, 1.0, 1.0) and marker in _HOLLOW
    return _HOLLOW[marker] if hollow else _SIGNS.get(marker, "")
