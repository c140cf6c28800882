"""Comparison of figures with their quotes: a figure is the whole run of its quote.

Nearly every quote is different, so the few characters on both sides of the figure are looked at
first (`edges.py`), and only figures that these leave in doubt are compared in full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd

from policydata.checks.edges import list_bounding
from policydata.checks.inputs import Coding, report
from policydata.messages import say
from policydata.numerals import NUMBER, fold
from policydata.units import Unit, read_unit
from policydata.wording import (
    BEHIND,
    COMPOUNDS,
    DECREASES,
    DISTANCES,
    INCREASES,
    NEGATED,
    match_bounds,
)

# Arabic digits, their separators and point, and the marks that damaged pages have for a digit.
_ARABIC = r"[\d?*□■○●×\ufffd]*\d(?:,\d{3}(?!\d))*(?:\.\d+)?"
_SCALE = "[百千万亿]"
_NUMERAL = rf"(?:(?:{_ARABIC}|{NUMBER}){_SCALE}+)*(?:{_ARABIC}|{NUMBER}){_SCALE}*"
# 肩负5项任务 does not have a minus sign; a dash after a letter or a number may not be one.
_SIGN = r"(?:(?<![\dA-Za-z%])[-−–]|(?<![肩担背抱身])负)?"
# Atomic, so that a long text is not read twice.
_FIGURE = rf"(?>{_SIGN}(?:(?:{NUMBER}|{_SCALE}+)分之)?{_NUMERAL}(?:/{_ARABIC})?[%‰]?)"
# A rise 从5%到7% is not a range.
_WHOLE = (
    rf"(?<![从由自]){_FIGURE}[至到]{_FIGURE}|"
    rf"{_FIGURE}[^\W\d_]{{0,4}}[—\-–~〜−]+{_FIGURE}|{_FIGURE}"
)


def list_quote_problems(coding: Coding) -> pd.DataFrame:
    """List the figures that leave out a part of what their quote says."""
    rows = compare_with_quotes(coding.figures[coding.doubtful], coding.units)
    cut, bounded = rows[rows.whole.ne("")], rows[rows.bounded.ne("")]
    rule = "value_text cut out of a longer figure"
    longer = report(cut, "value_text", rule, say("the whole figure of the quote"), cut.whole)
    rule = "bound word beside value_text"
    allowed = say("the figure with every word that bounds or directs it")
    return pd.concat([longer, report(bounded, "value_text", rule, allowed, bounded.bounded)])


def compare_with_quotes(figures: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Compare each `value_text` with the text around it, if its quote contains it once.

    `whole` is the longer figure of the quote, `bounded` the figure with the words that bound it;
    blank if `value_text` is complete.
    """
    pairs = zip(figures.quote, figures.value_text, strict=True)
    rows = figures.loc[[run != "" and quote.count(run) == 1 for quote, run in pairs]]
    facts = [*zip(rows.quote, rows.value_text, rows.unit_text, rows.own_unit, strict=True)]
    said = {fact: _compare(*fact, units) for fact in set(facts)}
    whole, bounded = ([said[fact][place] for fact in facts] for place in (0, 1))
    return rows.assign(whole=whole, bounded=bounded)


def _compare(
    quote: str, run: str, unit_text: str, own: str, units: Mapping[str, Unit]
) -> tuple[str, str]:
    """Return the longer figure, or the figure with the words that bound it; blank if none is."""
    before, _, behind = quote.partition(run)
    left, right = _keep_apart(before, run), _keep_apart(run, behind)
    # Pinyin follows its character, so the text after the run is folded together with the run.
    folded = _fold(run)
    around = (_fold(before) + left, folded, right + _fold(run + behind).removeprefix(folded))
    whole = _find_longer_figure(*around, fold(unit_text)) or _find_longer_unit(
        *around[1:], own, unit_text or own, units
    )
    return (whole, "") if whole else ("", _find_bounded(*around))


def _keep_apart(left: str, right: str) -> str:
    """Return a bar if a blank separates two numbers: 2023 7%, but not 13 908亿斤."""
    blank = len(left) - len(left.rstrip()) + len(right) - len(right.lstrip())
    numbers = left.rstrip()[-1:].isdecimal() and right.lstrip()[:1].isdecimal()
    grouped = re.search(r"(?<!\d)\d{1,3}\s*$", left) and re.match(r"\s*\d{3}(?!\d)", right)
    return "|" if blank and numbers and not (grouped and blank == 1) else ""


def _fold(text: str) -> str:
    """Fold a part of a quote; a footnote mark is not a digit of the number beside it."""
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
    noun = own.lstrip("百千万亿")
    scale, begun = own.removesuffix(noun), noun + behind
    ends = range(max(map(len, units), default=0), len(noun), -1)
    longest = next((begun[:end] for end in ends if begun[:end] in units), "")
    is_longer = len(longest) > len(noun) and read_unit(scale + longest, units) != known
    return run + longest[len(noun) :] if is_longer else ""


def _find_bounded(before: str, run: str, behind: str) -> str:
    """Find the figure with a word of bound or direction that touches it, or that it cuts."""
    words = list_bounding()
    left = None if before.endswith(COMPOUNDS) else re.search(_match_leading(), before)
    right = re.match(_match_behind(), behind)
    negated = re.search(NEGATED, before) if run.startswith((*words, *DISTANCES)) else None
    # 扩大约5%: the word that the edge seems to cut is two.
    cut = "" if before.endswith((*COMPOUNDS, *INCREASES)) else _find_cut(before, run, words)[0]
    begun = max(left[0] if left else "", negated[0] if negated else "", cut, key=len)
    ended = right[0] if right else _find_cut(run, behind, [*BEHIND])[1]
    return f"{begun}{run}{ended}" if begun or ended else ""


@cache
def _match_leading() -> re.Pattern[str]:
    """Compile the words before a figure that bound or direct it, the longest first."""
    longest_first = sorted([*list_bounding(), *DECREASES], key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(longest_first)})了?$")


@cache
def _match_behind() -> re.Pattern[str]:
    return re.compile(match_bounds())


def _find_cut(left: str, right: str, words: Iterable[str]) -> tuple[str, str]:
    """Find both parts of the longest word that the edge between two texts cuts: 不 and 低于."""
    parts = _split_words(tuple(words))
    cut = [part for part in parts if left.endswith(part[0]) and right.startswith(part[1])]
    return max(cut, key=lambda part: len(part[0] + part[1]), default=("", ""))


@cache
def _split_words(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((word[:at], word[at:]) for word in words for at in range(1, len(word)))
