"""Numbers as Chinese documents write them, folded to one form and read exactly.

Folding touches only what carries a number or a unit: width, Traditional characters, stray blanks,
thousands separators, pinyin put behind a character.  What cannot be read is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

__all__ = ["NUMBER", "NUMERAL", "find_step", "fold", "read_number"]

NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}

_ONE_TO_NINE = "[一二两三四五六七八九]"
# Two digits side by side name no number but an estimate: 三五个, 十五六家.
_RUN = rf"(?:{_ONE_TO_NINE}(?!{_ONE_TO_NINE})|[零〇{''.join(_STEPS)}])+"

# A number in Arabic digits, or in Chinese ones; 万 belongs to it only between Chinese digits,
# since before a unit it is the unit's scale word.
NUMBER = rf"(?:\d+(?:\.\d+)?|{_RUN}(?:万{_RUN})?(?:点[{''.join(_DIGITS)}]+)?)(?!{_ONE_TO_NINE})"

_SIMPLIFIED = str.maketrans(
    "億萬畝噸個項餘過達點條戶處張兩頃臺輛顆與經濟長產減約內時為蓋動態標實現連續預計邁數穩於爭國將漲關壓類鐘",
    "亿万亩吨个项余过达点条户处张两顷台辆颗与经济长产减约内时为盖动态标实现连续预计迈数稳于争国将涨关压类钟",
)
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_SEPARATOR = re.compile(r"(?<![\d,])(\d{1,3}(?:,\d{3})+)(?![\d,])")


def fold(text: str) -> str:
    """Fold width, Traditional characters, pinyin, blanks and thousands separators away.

    Examples
    --------
    >>> fold("２，０００個(gè)以上")
    '2000个以上'
    """
    narrow = unicodedata.normalize("NFKC", text)
    plain = _PINYIN.sub("", narrow).translate(_SIMPLIFIED)
    return _SEPARATOR.sub(lambda match: match[1].replace(",", ""), "".join(plain.split()))


def read_number(text: str) -> float:
    """Read one number that `NUMBER` matches.

    Examples
    --------
    >>> read_number("两千"), read_number("五点五"), read_number("146.92")
    (2000.0, 5.5, 146.92)
    """
    if text[0].isdigit():
        return float(text)
    whole, _, decimals = text.partition("点")
    digits = "".join(str(_DIGITS[character]) for character in decimals)
    return float(f"{_read_myriads(whole)}.{digits or 0}")


def find_step(text: str, value: float) -> Fraction:
    """Give the worth of a figure's last written digit, in the unit in which its value is given.

    Examples
    --------
    >>> find_step("58.98亿斤", 2_949_000)
    Fraction(500, 1)
    """
    numeral = NUMERAL.search(fold(text))
    if not numeral or not value or not float(numeral[0]):
        return Fraction(0)
    unit: Fraction = abs(Fraction(repr(float(value))) / Fraction(numeral[0]))
    return unit / Fraction(10) ** len(numeral[0].partition(".")[2])


def _read_myriads(text: str) -> int:
    """Read Chinese digits around at most one 万; 五 in 一万五 is five thousand."""
    before, ten_thousand, after = text.rpartition("万")
    if not ten_thousand:
        return _read_thousands(after)
    rest = _read_thousands(after) * (1000 if len(after) == 1 else 1)
    return _read_thousands(before) * 10_000 + rest


def _read_thousands(text: str) -> int:
    """Read Chinese digits below ten thousand: in a row, or with 千百十; 五 in 三百五 is fifty."""
    if not set(text) & set(_STEPS):
        return int("".join(str(_DIGITS[character]) for character in text) or 0)
    total, digit, place = 0, 0, 1
    for character in text:
        if character in _STEPS:
            total += (digit or 1) * _STEPS[character]
            digit, place = 0, _STEPS[character] // 10
        else:
            digit, place = _DIGITS[character], place if _DIGITS[character] else 1
    return total + digit * place
