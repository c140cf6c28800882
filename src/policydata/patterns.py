"""Figures that differ in their number alone: 增长7.4% and 增长12% are read alike.

A pattern is a text with sevens in place of its only number: one behind the point, and before it as
many as the text has digits there, up to five, because some words are known by how many they have
(2023年, 500强).  What is known by the digits themselves (PM2.5, 5A级, 翻2番, 第1季度) has no seven.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from policydata.numerals import fold

# A longer text may be refused for its length, and a longer number for its digits.
_LONGEST_TEXT = 100
_LONGEST_NUMBER = 15
# Before and behind the number nothing is a digit; the number does not begin with a lost zero.
_ONE_NUMBER = r"([^0-9]*)([1-9][0-9]*|0(?=\.))(\.[0-9]+)?([^0-9]*)"
_SEVENS = "77777"


def find_pattern(text: str) -> tuple[str, float]:
    """Find the pattern of a text and its number; without one number above zero there is none.

    Examples
    --------
    >>> find_pattern("增长12.35%"), find_pattern("20—30个")
    (('增长77.7%', 12.35), ('', 1.0))
    """
    if len(text) > _LONGEST_TEXT or not (found := _match_whole()(text)):
        return "", 1.0
    before, whole, decimals, behind = found.groups("")
    number = float(whole + decimals)
    if not number or len(whole) + len(decimals) > _LONGEST_NUMBER:
        return "", 1.0
    sevens = _SEVENS[: len(whole)] + (".7" if decimals else "")
    return before + sevens + behind, number


def is_named_by_digit(pattern: str) -> bool:
    """Tell whether another digit in place of a seven may make a name, as in PM2.5, CO2 and 5G."""
    return bool(re.search("[A-Za-z]7|7[A-Z]", fold(pattern)))


@cache
def _match_whole() -> Callable[[str], re.Match[str] | None]:
    return re.compile(_ONE_NUMBER).fullmatch
