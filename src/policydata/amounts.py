"""A number with its unit, as it stands in a text: 7000亿元, 1亿2000万元, 百分之五, 三成, 翻一番."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from policydata.numerals import DIGITS, SCALES, Number, scan_number
from policydata.units import Unit, read_unit
from policydata.wording import PHRASES

__all__ = ["TENTHS", "Amount", "QuantityError", "scan_amount", "scan_phrase"]

LONGEST_UNIT = 12
# A share in tenths: 三成 is 30 %.
TENTHS = "成"
_NO_FRACTION = ("is a fraction of something", "百分之五, or 5% with its unit")
# A ten-thousandth has no sign that a typeface is sure to hold: 万分之五 is 0.05 %.
_PARTS = {"百": ("%", 1), "千": ("‰", 1), "万": ("%", 100), "百万": ("ppm", 1)}


class QuantityError(ValueError):
    """A text that states no single readable figure; `allowed` and `nearest` say what would be."""

    def __init__(self, text: str, reason: str, allowed: str, nearest: str = "") -> None:
        near = f"; nearest: {nearest}" if nearest else ""
        super().__init__(f'"{text}" {reason}; allowed: {allowed}{near}.')
        self.reason, self.allowed, self.nearest = reason, allowed, nearest


class Amount(NamedTuple):
    """A number in its written scale, what its last digit is worth, its unit, and where it ends.

    `signs` are the comparators that stand inside it: 60多个, 两位数.
    """

    number: Fraction
    step: Fraction
    scale: str
    unit: str
    signs: tuple[str, ...]
    end: int


def scan_amount(
    text: str, start: int, units: Mapping[str, Unit], *, bounded: bool = False
) -> Amount | None:
    """Find the amount that begins at a place of a folded text; none where none begins.

    Behind a word that bounds (`bounded`), a scale word alone is one of its kind: 突破万亿元.
    """
    return (
        scan_phrase(text, start)
        or _scan_share(text, start)
        or (_scan_scale_alone(text, start, units) if bounded else None)
        or _scan_counted(text, start, units, bounded=bounded)
    )


def scan_phrase(text: str, start: int) -> Amount | None:
    """Find a figure that has no digit."""
    for pattern, number, sign, unit in PHRASES:
        if found := re.compile(pattern).match(text, start):
            return Amount(Fraction(number), Fraction(0), "", unit, (sign,), found.end())
    return None


def _scan_share(text: str, start: int) -> Amount | None:
    """Find a fraction: 百分之五, 千分之三, 三分之一, 1/4."""
    if whole := re.compile("(百万|[百千万])分之").match(text, start):
        number, value, step = _require_number(text, whole.end())
        unit, parts = _PARTS[whole[1]]
        return Amount(value / parts, step / parts, "", unit, (), number.end)
    if slashed := re.compile(r"([1-9])/([2-9]|10)(?![\d/万])", re.ASCII).match(text, start):
        share = Fraction(int(slashed[1]), int(slashed[2]))
        return Amount(100 * share, Fraction(0), "", "%", (), slashed.end())
    below = scan_number(text, start)
    if not below or not text.startswith("分之", below.end):
        return None
    _, denominator, _ = _require_number(text, start)
    number, value, _ = _require_number(text, below.end + 2)
    if not denominator:
        raise QuantityError(text, *_NO_FRACTION)
    return Amount(100 * value / denominator, Fraction(0), "", "%", (), number.end)


def _require_number(text: str, start: int) -> tuple[Number, Fraction, Fraction]:
    """Find a part of a fraction, or refuse the fraction."""
    number = scan_number(text, start)
    value = number.value_in("") if number else None
    if number is None or value is None:
        raise QuantityError(text, *_NO_FRACTION)
    return number, *value


def _scan_scale_alone(text: str, start: int, units: Mapping[str, Unit]) -> Amount | None:
    """Find a scale word that stands for one of its kind."""
    found = re.compile(rf"(万亿|[万亿])(?![0-9{DIGITS}分])").match(text, start)
    if not found:
        return None
    unit, end = _scan_unit(text, found.end(), units)
    return Amount(Fraction(1), Fraction(0), found[1], unit, (), end)


def _scan_counted(
    text: str, start: int, units: Mapping[str, Unit], *, bounded: bool
) -> Amount | None:
    """Find a number with its scale word and its unit."""
    number = scan_number(text, start)
    if number is None:
        return None
    more, scale, unit, end = _scan_scaled_unit(text, number.end, units)
    value = number.value_in(scale)
    # 千万亩 is ten million mu; what 进入千亿元 reaches is a class.
    alone = number.parts in (("百",), ("千",)) and not (scale and start == 0)
    if alone and not (bounded or more):
        raise QuantityError(text, "has no number before its scale word", "上千家, or 1000家")
    if number.parts == ("零",) and start and unit:
        raise QuantityError(text, "may be a name", "0件, or the number in digits")
    if value is None:
        raise QuantityError(text, "has steps that do not fall", "一亿二千万元, 1亿2000万元")
    if Fraction(repr(float(value[0]))) != value[0]:
        raise QuantityError(text, "has more digits than a number keeps", "at most 15 digits")
    return _add_rest(text, Amount(*value, scale, unit, (">",) if more else (), end))


def _add_rest(text: str, amount: Amount) -> Amount:
    """Add the half behind 一吨半 or 一成半, and the hundredths behind 三成五."""
    found = re.compile("[半一二三四五六七八九]").match(text, amount.end)
    digit = "一二三四五六七八九".find(found[0]) + 1 if found else 0
    if not found or not amount.unit or amount.scale or amount.step != 1:
        return amount
    if digit and amount.unit != TENTHS:
        return amount
    share, step = (Fraction(digit, 10), Fraction(1, 10)) if digit else (Fraction(1, 2),) * 2
    return amount._replace(number=amount.number + share, step=step, end=found.end())


def _scan_scaled_unit(
    text: str, start: int, units: Mapping[str, Unit]
) -> tuple[str, str, str, int]:
    """Find 余 or 多, scale word and unit behind a number: the known unit that reaches furthest."""
    if inside := re.compile("个([多余])百分点").match(text, start):
        return inside[1], "", "个百分点", inside.end()
    found = []
    for scale in SCALES:
        if here := re.compile(f"([余多]?){scale}([余多]?)").match(text, start):
            unit, end = _scan_unit(text, here.end(), units)
            found.append((bool(unit), end, here[1] + here[2], scale, unit))
    _, end, more, scale, unit = max(found, key=lambda one: one[:2])
    return more, scale, unit, end


def _scan_unit(text: str, start: int, units: Mapping[str, Unit]) -> tuple[str, int]:
    """Find the longest unit that is known, with 每 for the stroke of a denominator."""
    rest = text[start : start + LONGEST_UNIT]
    for end in range(len(rest), 0, -1):
        for unit in (rest[:end], rest[:end].replace("每", "/")):
            if unit == TENTHS or unit in units or (unit[-1] == ")" and read_unit(unit, units)):
                return unit, start + end
    return "", start
