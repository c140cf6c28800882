"""What a figure and its quote look like where no word or digit beside the figure belongs to it.

A figure between plain words is complete whatever it says, and nearly every figure is.  Where the
characters at an edge may belong to it, it is in doubt and is compared with its quote in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import TypeVar

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.checks.distinct import list_texts, spread
from policydata.numerals import DIGITS, fold
from policydata.units import Units
from policydata.wording import BEHIND, DECREASES, NEGATED

# Ideographs and marks that folding exchanges one by one, whatever stands beside them.
_PLAIN = "\u4e00-\u9fff,，。；：、“”"
_NOUN = "[\u4e00-\u9fff%‰/]"
_NUMBER = r"[0-9]+(?:\.[0-9]+)?"
# A dash may join two numbers of a figure, not one of them with what is before the figure.
_SOUND = rf"{_NOUN}*{_NUMBER}(?:{_NOUN}|[A-Za-z]|{_NUMBER}|[—~-]+(?=[0-9]))*|{_NOUN}+"
_STRAY_BLANK = "(?<![0-9]) +| +(?![0-9])"
# These may be a part of a number; the last two only behind one, like 至 and 到.
_NUMERIC = f"{DIGITS}万亿分负"
_JOINED = rf"[{_NUMERIC}0-9%][至到点]$|分之$|[0-9],$"
# How far a dash may be from the number in front of it; the last one is the dash.
_REACH = 6
# How much of the text before a figure is looked at first, and where that leaves a doubt.
_NEAR, _FAR = 3, 12
# What is left of pinyin that begins before the text.
_CUT_PINYIN = r"^[^(（]*[^\W\d_\u4e00-\u9fff][)）]"


_Judgement = TypeVar("_Judgement")


class _Judged(dict[str, _Judgement]):
    """Texts that were judged once."""

    def __init__(self, judge: Callable[[str], _Judgement]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, text: str) -> _Judgement:
        self[text] = judged = self._judge(text)
        return judged


def is_doubtful(figures: pd.DataFrame, units: Units) -> pd.Series:
    """Tell for each figure whether what stands beside it in its quote may belong to it.

    A figure that its quote does not have once is in doubt too.
    """
    cuts = spread(figures.value_text, _list_all_cuts)
    judges = {
        cut: (_Judged(partial(_may_lead, cuts=cut)), _Judged(partial(_may_lead_folded, cuts=cut)))
        for cut in cuts.unique()
        if cut is not None
    }
    leads = [judges.get(cut) for cut in cuts.tolist()]
    of_units = "".join(units)
    behind = _Judged(lambda text: _may_follow(text, of_units))
    runs = list_texts(figures.value_text)
    doubtful = [
        lead is None
        or not (parts := quote.partition(run))[1]
        or run in parts[2]
        or (lead[0][parts[0][-_NEAR:]] and lead[1][parts[0][-_FAR:]])
        or behind[parts[2][:_REACH]]
        for quote, run, lead in zip(list_texts(figures.quote), runs, leads, strict=True)
    ]
    return pd.Series(doubtful, figures.index, dtype="bool")


def _list_all_cuts(runs: pd.Series) -> pd.Series:
    """List the cuts of each figure; which digits it has does not matter."""
    cuts, write_zero = _Judged(_list_cuts), re.compile("[0-9]+").sub
    listed = [cuts[write_zero("0", run)] for run in list_texts(runs)]
    return pd.Series(listed, runs.index, dtype="object")


def _list_cuts(run: str) -> tuple[str, ...] | None:
    """List the beginnings of words that a figure may cut at its front; None if it is not plain."""
    plain = re.sub(_STRAY_BLANK, "", run)
    folded = fold(plain)
    if run != run.strip() or re.search("[ ,，]", plain) or not re.fullmatch(_SOUND, folded):
        return None
    words = [(word[:at], word[at:]) for word in list_bounding() for at in range(1, len(word))]
    return tuple(sorted({begun for begun, rest in words if folded.startswith(rest)}))


def _may_lead_folded(text: str, *, cuts: Iterable[str]) -> bool:
    """Tell the same of a longer text, in which a remark in brackets may end."""
    whole = re.sub(_CUT_PINYIN, "", text)
    return _may_lead(fold(whole), cuts=cuts, closing=")") if whole else True


def _may_lead(text: str, *, cuts: Iterable[str], closing: str = "") -> bool:
    """Tell whether a figure may begin in the characters before it, or a word that bounds it."""
    edge = text.rstrip(" ")[-2:]
    if not edge:
        return bool(text)
    plain = f"{_PLAIN}(（{closing}"
    if not re.fullmatch(f"[{plain}A-Za-z0-9%]?[{plain}]", edge):
        return True
    folded = fold(edge)
    goes_on = folded[-1] in _NUMERIC or re.search(f"{_JOINED}|{NEGATED}", folded)
    return bool(goes_on) or _meets(folded, (*_list_leading(), *cuts))


def _meets(text: str, words: Iterable[str]) -> bool:
    """Tell whether a word ends with a text, or the text with a word."""
    return any(text.endswith(word) or word.endswith(text) for word in words)


def _may_follow(text: str, of_units: str) -> bool:
    """Tell whether a figure may go on in the characters behind it, or a word that bounds it."""
    text = text.removeprefix(" ")
    if not text:
        return False
    if not re.fullmatch(f"[{_PLAIN})）][{_PLAIN})）A-Za-z0-9%.]*", text):
        return True
    folded = fold(text)
    joins = folded[0] in f"{_NUMERIC}至到点{of_units}" or re.match(",[0-9]", folded)
    return bool(joins) or folded.startswith(_list_endings())


@cache
def list_bounding() -> tuple[str, ...]:
    """List the words before a figure that bound it, but for those that leave it exact."""
    bounds = [bound for bound in BOUNDS.values() if bound.sign != "="]
    return tuple(word for bound in bounds for word in (*bound.before, *bound.alone))


@cache
def _list_leading() -> tuple[str, ...]:
    words = [*list_bounding(), *DECREASES]
    return (*words, *(f"{word}了" for word in words))


@cache
def _list_endings() -> tuple[str, ...]:
    """List the words behind a figure that bound it, and the ends of such words."""
    return tuple(word[at:] for word in BEHIND for at in range(len(word)))
