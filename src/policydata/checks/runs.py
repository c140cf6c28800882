"""The figure in its quote: whether `value_text` takes all of it, with the words that bound it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.numerals import NUMBER, fold
from policydata.units import Unit, read_unit
from policydata.wording import COMPOUNDS, DECREASES, match_bounds

__all__ = ["compare_with_quotes"]

# Arabic digits, their separators and point, and the marks that damaged pages have for a digit.
_ARABIC = r"[\d?*□■○●×\ufffd]*\d(?:,\d{3}(?!\d))*(?:\.\d+)?"
_SCALE = "[百千万亿]"
_NUMERAL = rf"(?:(?:{_ARABIC}|{NUMBER}){_SCALE}+)*(?:{_ARABIC}|{NUMBER}){_SCALE}*"
# 肩负5项任务 has no minus sign; a dash behind a letter or a number has another sense too.
_SIGN = r"(?:(?<![\dA-Za-z%])[-−–]|(?<![肩担背抱身])负)?"
# Atomic, so that no text of any length is read twice.
_FIGURE = rf"(?>{_SIGN}(?:(?:{NUMBER}|{_SCALE}+)分之)?{_NUMERAL}(?:/{_ARABIC})?[%‰]?)"
# A rise 从5%到7% is no range.
_WHOLE = (
    rf"(?<![从由自]){_FIGURE}[至到]{_FIGURE}|"
    rf"{_FIGURE}[^\W\d_]{{0,4}}[—\-–~〜−]+{_FIGURE}|{_FIGURE}"
)


def compare_with_quotes(
    coded: pd.DataFrame, figures: pd.DataFrame, units: Mapping[str, Unit]
) -> pd.DataFrame:
    """Compare each `value_text` with what stands around it, where its quote holds it once.

    Returns
    -------
    pandas.DataFrame
        The rows, with the longer figure of the quote in `whole` and the figure with the words that
        bound it in `bounded`; blank where `value_text` takes all of it.
    """
    pairs = zip(coded.quote, coded.value_text, strict=True)
    once = [run != "" and quote.count(run) == 1 for quote, run in pairs]
    rows = coded.loc[coded.index[once]]
    read = figures.loc[rows.index]
    own = read.unit.where(read.reason.eq(""), "")
    facts = list(zip(rows.quote, rows.value_text, rows.unit_text, own, strict=True))
    said = {fact: _compare(*fact, units) for fact in set(facts)}
    whole, bounded = zip(*(said[fact] for fact in facts), strict=True) if facts else ((), ())
    return rows.assign(whole=list(whole), bounded=list(bounded))


def _compare(
    quote: str, run: str, unit_text: str, own: str, units: Mapping[str, Unit]
) -> tuple[str, str]:
    """Give the longer figure, or the figure with the words that bound it; blank where none is."""
    before, _, behind = quote.partition(run)
    left, right = _keep_apart(before, run), _keep_apart(run, behind)
    # Pinyin is put behind a character, so that what follows the run is folded together with it.
    folded = _fold(run)
    around = (_fold(before) + left, folded, right + _fold(run + behind).removeprefix(folded))
    whole = _find_longer_figure(*around, fold(unit_text)) or _find_longer_unit(
        *around[1:], own, unit_text or own, units
    )
    return (whole, "") if whole else ("", _find_bounded(*around))


def _keep_apart(left: str, right: str) -> str:
    """Give a bar where a blank keeps two numbers apart: 2023 7%, but not 13 908亿斤."""
    blank = len(left) - len(left.rstrip()) + len(right) - len(right.lstrip())
    numbers = left.rstrip()[-1:].isdecimal() and right.lstrip()[:1].isdecimal()
    grouped = re.search(r"(?<!\d)\d{1,3}\s*$", left) and re.match(r"\s*\d{3}(?!\d)", right)
    return "|" if blank and numbers and not (grouped and blank == 1) else ""


def _fold(text: str) -> str:
    """Fold a part of a quote; a footnote mark is no digit of the number beside it."""
    return fold("".join("|" if c.isdigit() and not c.isdecimal() else c for c in text))


def _find_longer_figure(before: str, run: str, behind: str, unit_text: str) -> str:
    """Find the figure that a run is cut out of; a scale word that the unit repeats is not lost."""
    text, start, end = before + run + behind, len(before), len(before + run)
    for found in re.finditer(_WHOLE, text):
        first, last = found.span()
        rest = text[end:last] if first < end < last else ""
        repeated = unit_text.startswith(rest) and not re.search(r"\d", rest)
        if first < start < last or (rest and not repeated):
            return text[min(first, start) : max(last, end)]
    return ""


def _find_longer_unit(run: str, behind: str, own: str, unit: str, units: Mapping[str, Unit]) -> str:
    """Find the longer unit of another sense that the unit of a run is cut out of: 3个百分点."""
    known = read_unit(unit, units)
    if not known or not run.endswith(own):
        return ""
    scale = re.match(f"{_SCALE}*", own)[0]  # type: ignore[index]
    noun = own.removeprefix(scale)
    beside = [name for name in units if (noun + behind).startswith(name)]
    longest = max(beside, key=len, default="")
    is_longer = len(longest) > len(noun) and read_unit(scale + longest, units) != known
    return run + longest[len(noun) :] if is_longer else ""


def _find_bounded(before: str, run: str, behind: str) -> str:
    """Find the figure with a word of bound or direction that touches it."""
    left = re.search(rf"(?:{'|'.join(_list_words_before())})了?$", before)
    if left and before.endswith(COMPOUNDS):
        left = None
    right = re.match(match_bounds(), behind)
    return f"{left[0] if left else ''}{run}{right[0] if right else ''}" if left or right else ""


def _list_words_before() -> list[str]:
    """List the words that bound or lower a figure in front of it, the longest first."""
    bounds = [bound for bound in BOUNDS.values() if bound.sign != "="]
    words = [word for bound in bounds for word in (*bound.before, *bound.alone)]
    return sorted([*words, *DECREASES], key=len, reverse=True)
