"""The words behind an amount: what bounds or lowers it, what is counted, what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from policydata.amounts import Amount, QuantityError
from policydata.bounds import BOUNDS
from policydata.errors import find_nearest
from policydata.units import Unit
from policydata.wording import COUNTED, COUNTING, FALLS, NO_BOUND, TAILS, TRAILING

__all__ = ["Trail", "match_bounds", "names_counted", "refuse_tail", "scan_trail"]

_BOUNDING = {word: sign for sign, bound in BOUNDS.items() for word in bound.behind}


class Trail(NamedTuple):
    """The words behind an amount: signs of bounds, whether they direct it down, their end."""

    signs: tuple[str, ...]
    falls: bool
    end: int


def scan_trail(text: str, start: int) -> Trail:
    """Find the words behind an amount, and where these end."""
    signs, falls, end = [], False, start
    while found := _compile_trail().match(text, end):
        signs += [_BOUNDING[found[0]]] if found["bound"] else []
        falls, end = falls or bool(found["falls"]), found.end()
    return Trail(tuple(signs), falls, end)


@cache
def _compile_trail() -> re.Pattern[str]:
    """Join all that may stand behind an amount into one expression."""
    return re.compile(f"(?P<bound>{match_bounds()})|(?P<falls>{FALLS})|{TRAILING}")


def match_bounds() -> str:
    """Give the expression of the words that bound an amount behind it, the longest first."""
    words = sorted(_BOUNDING, key=len, reverse=True)
    return "|".join(f"{word}(?![{NO_BOUND[word]}])" if word in NO_BOUND else word for word in words)


def names_counted(text: str, end: int, amount: Amount, units: Mapping[str, Unit]) -> bool:
    """Tell whether what stands behind a count names what is counted: 6.6万个城市更新项目."""
    tail, number = text[end:], text[: amount.end]
    # 一个台阶, 三次蝉联: a small number in Chinese digits is often part of a name.
    counts = (
        amount.unit in COUNTING and not number.endswith("半") and re.search("[0-9百千]", number)
    )
    if not counts or tail in units or not re.fullmatch(COUNTED, tail):
        return False
    # 左左 is a slip for 左右, and no noun.
    return not find_nearest(tail, _BOUNDING)


def refuse_tail(text: str, tail: str, units: Mapping[str, Unit]) -> QuantityError:
    """Refuse what stands behind an amount, with the reason that its first characters give."""
    for pattern, reason, allowed in TAILS:
        if re.match(pattern, tail):
            return QuantityError(text, reason, allowed)
    if re.search("[0-9]", tail):
        return QuantityError(text, "holds two numbers", "one number, or a range: 20—30个")
    allowed = "a unit of units.csv, and words such as 以上, 左右, 以内"
    near = find_nearest(tail, [*_BOUNDING, *units])
    return QuantityError(text, f"has a unit or word that is not known: {tail}", allowed, near)
