"""Figures that differ in their number alone: 增长7.4% and 增长12% are read alike.

A pattern is a text with sevens in place of its only number: one behind the point, and before it as
many as the text has digits there, up to five, because some words are known by how many they have
(2023年, 500强).  What is known by the digits themselves (PM2.5, 5A级, 翻2番, 第1季度) has no seven.
"""

from __future__ import annotations

import re

from policydata.numerals import NUMERAL, fold

# A longer text may be refused for its length, and a longer number for its digits.
_LONGEST_TEXT = 100
_LONGEST_NUMBER = 15
_SEVENS = "77777"


def find_pattern(text: str) -> tuple[str, float]:
    """Find the pattern of a text and its number; without one number above zero there is none.

    Examples
    --------
    >>> find_pattern("增长12.35%"), find_pattern("20—30个")
    (('增长77.7%', 12.35), ('', 1.0))
    """
    numbers = re.findall(NUMERAL, text) if len(text) <= _LONGEST_TEXT else []
    if len(numbers) != 1 or len(numbers[0]) > _LONGEST_NUMBER:
        return "", 1.0
    whole, point, _ = numbers[0].partition(".")
    number = float(numbers[0])
    if not number or (whole[0] == "0" and whole != "0"):
        return "", 1.0
    sevens = _SEVENS[: len(whole)] + (".7" if point else "")
    return text.replace(numbers[0], sevens, 1), number


def is_named_by_digit(pattern: str) -> bool:
    """Tell whether another digit in place of a seven may make a name, as in PM2.5, CO2 and 5G."""
    return bool(re.search("[A-Za-z]7|7[A-Z]", fold(pattern)))
