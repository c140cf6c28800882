"""What a figure and its quote look like where no word or digit beside the figure belongs to it.

A figure between plain words is complete whatever it says, and nearly every figure is.  Where the
characters at an edge may belong to it, it is in doubt and is compared with its quote in full.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.checks.distinct import spread
from policydata.numerals import DIGITS, fold
from policydata.units import Units
from policydata.wording import BEHIND, DECREASES, NEGATED

# Ideographs and marks that folding exchanges one by one, whatever stands beside them.
_PLAIN = "[\u4e00-\u9fff，。；：、“”]"
_SOUND = r"[\u4e00-\u9fff]*[0-9]+(?:\.[0-9]+)?[\u4e00-\u9fff%‰]*"
# These may be a part of a number, or join two.
_NUMERIC = f"{DIGITS}万亿点分之负"
# How far a dash may be from the number in front of it; the last one is the dash.
_REACH = 5


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
    before = {"digit": _Judged(_may_lead), "word": _Judged(lambda text: _may_lead(text, cut=True))}
    of_units = "".join(units)
    behind = _Judged(lambda text: _may_follow(text, of_units))
    triples = zip(figures.quote, figures.value_text, kinds, strict=True)
    doubtful = [
        not kind
        or before[kind][(parts := quote.partition(run))[0][-2:]]
        or behind[parts[2][:_REACH]]
        for quote, run, kind in triples
    ]
    return pd.Series(doubtful, figures.index, dtype="bool")


def _name_kind(run: str) -> str:
    """Name what a plain figure begins with; blank if it is not plain."""
    if not re.fullmatch(_SOUND, run):
        return ""
    return "digit" if run[0].isdigit() else "word"


def _may_lead(text: str, *, cut: bool = False) -> bool:
    """Tell whether a figure may begin in the two characters before it, or a word that bounds it."""
    if not text:
        return False
    if not re.fullmatch(f"[A-Za-z0-9%]?{_PLAIN}|{_PLAIN}", text):
        return True
    folded = fold(text)
    joins = folded[-1] in "至到" and not re.fullmatch(f"[^{_NUMERIC}0-9%][至到]|[至到]", folded)
    turns = cut and (re.search(NEGATED, folded) or _meets(folded, _list_beginnings()))
    return folded[-1] in _NUMERIC or joins or bool(turns) or _meets(folded, _list_leading())


def _meets(text: str, words: Iterable[str]) -> bool:
    """Tell whether a word ends with a text, or the text with a word."""
    return any(text.endswith(word) or word.endswith(text) for word in words)


def _may_follow(text: str, of_units: str) -> bool:
    """Tell whether a figure may go on in the characters behind it, or a word that bounds it."""
    if not text:
        return False
    if not re.fullmatch(f"{_PLAIN}(?:{_PLAIN}|[A-Za-z0-9%.])*", text):
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
