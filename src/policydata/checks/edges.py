"""What a figure and its quote look like where no word or digit beside the figure belongs to it.

A figure between plain words is complete whatever it says, and nearly every figure is.  Where the
characters at an edge may belong to it, it is in doubt and is compared with its quote in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, partial

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.checks.distinct import spread
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
# These may be a part of a number, or join two.
_NUMERIC = f"{DIGITS}万亿点分之负"
# How far a dash may be from the number in front of it; the last one is the dash.
_REACH = 6
# How much of the text before a figure is looked at first, and where that leaves a doubt.
_NEAR, _FAR = 3, 12


class _Judged(dict[str, bool]):
    """Texts that were judged once."""

    def __init__(self, judge: Callable[[str], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, text: str) -> bool:
        self[text] = judged = self._judge(text)
        return judged


def is_doubtful(figures: pd.DataFrame, units: Units) -> pd.Series:
    """Tell for each figure whether what stands beside it in its quote may belong to it."""
    kinds = spread(figures.value_text, lambda runs: runs.map(_name_kind))
    cuts = {"digit": False, "word": True}
    near = {kind: _Judged(partial(_may_lead, cut=cut)) for kind, cut in cuts.items()}
    far = {kind: _Judged(partial(_may_lead_folded, cut=cut)) for kind, cut in cuts.items()}
    of_units = "".join(units)
    behind = _Judged(lambda text: _may_follow(text, of_units))
    triples = zip(figures.quote, figures.value_text, kinds, strict=True)
    doubtful = [
        not kind
        or (near[kind][(parts := quote.partition(run))[0][-_NEAR:]] and far[kind][parts[0][-_FAR:]])
        or behind[parts[2][:_REACH]]
        for quote, run, kind in triples
    ]
    return pd.Series(doubtful, figures.index, dtype="bool")


def _name_kind(run: str) -> str:
    """Name what a plain figure begins with; blank if it is not plain."""
    if run != run.strip() or not re.fullmatch(_SOUND, re.sub(_STRAY_BLANK, "", run)):
        return ""
    return "digit" if run[0].isdigit() else "word"


def _may_lead_folded(text: str, *, cut: bool) -> bool:
    """Tell the same of a longer text, without what is left of a bracket that begins before it."""
    whole = re.sub(r"^[^(（]*[)）]", "", text)
    return _may_lead(fold(whole), cut=cut) if whole else True


def _may_lead(text: str, *, cut: bool) -> bool:
    """Tell whether a figure may begin in the characters before it, or a word that bounds it."""
    edge = text.rstrip(" ")[-2:]
    if not edge:
        return bool(text)
    if not re.fullmatch(f"[{_PLAIN}(（A-Za-z0-9%]?[{_PLAIN}(（]", edge):
        return True
    folded = fold(edge)
    # 5%至 and 5, may go on; 提高到 and 提高, may not.
    joins = re.search(f"[{_NUMERIC}0-9%][至到]$|[0-9],$", folded)
    turns = cut and (re.search(NEGATED, folded) or _meets(folded, _list_beginnings()))
    goes_on = folded[-1] in _NUMERIC or joins or turns
    return bool(goes_on) or _meets(folded, _list_leading())


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
    joins = folded[0] in f"{_NUMERIC}至到{of_units}" or re.match(",[0-9]", folded)
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
def _list_beginnings() -> tuple[str, ...]:
    return tuple(word[:at] for word in list_bounding() for at in range(1, len(word)))


@cache
def _list_endings() -> tuple[str, ...]:
    """List the words behind a figure that bound it, and the ends of such words."""
    return tuple(word[at:] for word in BEHIND for at in range(len(word)))
