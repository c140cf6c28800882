"""The heart: reading a figure as written into bounds, comparator and unit.

A `value_text` is an amount between words that bound, direct or frame it.  What may change the
figure has to be known: a lost digit, a second number, an unknown unit or word are refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from policydata.amounts import TENTHS, Amount, QuantityError, scan_amount
from policydata.bounds import BOUNDS, choose_comparator
from policydata.framing import Frame, Word, scan_signed, scan_words, weigh_words
from policydata.numerals import SCALES, fold, scan_number
from policydata.tables import Reference
from policydata.trailing import Trail, names_counted, refuse_tail, scan_trail
from policydata.units import Unit, list_units, read_unit, take_units
from policydata.wording import (
    COUNTED,
    DAMAGES,
    GOAL,
    NO_RELATION,
    OVERCOME,
    RANK,
    RANKED,
    RELATIONS,
    UNFOLDED,
)

__all__ = [
    "Quantity",
    "QuantityError",
    "find_step",
    "parse_quantity",
    "read_quantities",
]

LONGEST_TEXT = 200
# In Chinese digits these number a class or a line: 三类水质, 五路公交.
_ORDERED = ("类", "路")
_RANGE = "—+|–+|~+|〜+|[−至到-]"


class Quantity(NamedTuple):
    """A figure read: bounds in the written scale, how they bound, and the written unit.

    `stretch` is the higher goal beside a target (5%以上、力争5.5%), missing where there is none.
    """

    low: float
    high: float
    comparator: str
    unit: str
    stretch: float = math.nan


class _Reading(NamedTuple):
    """A quantity, the number written first in it, and what the last digit of that is worth."""

    quantity: Quantity
    number: Fraction = Fraction(0)
    step: Fraction = Fraction(0)


def parse_quantity(text: str, *, reference: Reference = None) -> Quantity:
    """Read one figure as a document writes it.

    Parameters
    ----------
    text : str
        The `value_text`: `7000亿元`, `15%以上`, `突破2.6%`, `20—30个`, `下降4%`, `全覆盖` …
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables, whose units are known; ours where left out.

    Returns
    -------
    Quantity
        `low`, `high` (NaN where the bound is open), `comparator`, `unit` and `stretch` (NaN where
        no second goal is stated); the bounds keep the written scale, the unit its scale word in
        Simplified characters.

    Raises
    ------
    QuantityError
        A `ValueError`, where a digit is lost, a word or unit is not known, bound words disagree,
        or the text is no single figure: 十几个, 连续7个月, 百亿级, more than 200 characters.
    TypeError
        Where it is not a text.

    Examples
    --------
    >>> parse_quantity("突破2.6%")
    Quantity(low=2.6, high=nan, comparator='>', unit='%', stretch=nan)
    >>> parse_quantity("20—30個")
    Quantity(low=20.0, high=30.0, comparator='range', unit='个', stretch=nan)
    >>> parse_quantity("比上年下降4%")
    Quantity(low=-4.0, high=-4.0, comparator='=', unit='%', stretch=nan)
    """
    return _read(text, take_units(reference)).quantity


def read_quantities(texts: pd.Series, units: Mapping[str, Unit] | None = None) -> pd.DataFrame:
    """Read many figures, each distinct text once; one row per text, on the index of the texts.

    Returns
    -------
    pandas.DataFrame
        `low`, `high`, `comparator`, `unit`, `stretch`, and, where a text is not readable,
        `reason`, `allowed` and `nearest` (blank where it is).
    """
    units = list_units() if units is None else units
    distinct = texts.unique()
    columns = [*Quantity._fields, "reason", "allowed", "nearest"]
    read = pd.DataFrame([_try(text, units) for text in distinct], index=distinct, columns=columns)
    return read.reindex(texts).set_axis(texts.index)


def find_step(text: str, value: float, units: Mapping[str, Unit] | None = None) -> Fraction:
    """Give the worth of a figure's last written digit, in the unit in which its value is given.

    Zero where the text has no such digit (翻一番, 三分之一) or cannot be read with these units.

    Examples
    --------
    >>> find_step("58.98亿斤", 2_949_000), find_step("三成左右", 30)
    (Fraction(500, 1), Fraction(10, 1))
    """
    try:
        reading = _read(text, list_units() if units is None else units)
    except QuantityError:
        return Fraction(0)
    if not reading.number or not value:
        return Fraction(0)
    return abs(Fraction(repr(float(value))) / reading.number) * reading.step


def _try(text: str, units: Mapping[str, Unit]) -> tuple[float | str, ...]:
    """Read a text or keep the reason why not."""
    try:
        return (*_read(text, units).quantity, "", "", "")
    except QuantityError as error:
        return (math.nan, math.nan, "", "", math.nan, error.reason, error.allowed, error.nearest)


def _read(text: str, units: Mapping[str, Unit]) -> _Reading:
    """Read a text that is one, or refuse it as it is written."""
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f'{kind} "{text}" is not a text; allowed: a figure as written: "15%以上".')
    try:
        return _read_folded(_require_whole(text), units)
    except QuantityError as refusal:
        shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        parts = (refusal.reason, refusal.allowed, refusal.nearest)
        raise QuantityError(shown, *parts) from None


def _require_whole(text: str) -> str:
    """Fold a text in which nothing is damaged."""
    if len(text) > LONGEST_TEXT:
        raise QuantityError(text, "is too long", f"at most {LONGEST_TEXT} characters")
    folded = fold(text)
    for written, damages in ((text, DAMAGES), (folded, UNFOLDED)):
        for pattern, reason, allowed in damages:
            if re.search(pattern, written):
                raise QuantityError(text, reason, allowed)
    return folded


def _read_folded(text: str, units: Mapping[str, Unit]) -> _Reading:
    """Read an amount with the words around it, else a rank or a relation."""
    if rank := re.search(RANK, text):
        return _read_rank(text, rank, units)
    words, amount = scan_words(text, units)
    if amount is None:
        return _read_relation(text, words)
    frame = weigh_words(text, words, amount)
    _require_figure(text, words, frame, amount, units)
    joined = re.compile(_RANGE).match(text, amount.end)
    second = scan_signed(text, joined.end(), units) if joined else None
    if second:
        quantity, behind = _read_range(text, frame, amount, second)
    else:
        quantity, behind = _read_single(text, frame, amount, units)
    last = second or amount
    if behind.end < len(text) and not names_counted(text, behind.end, last, units):
        raise refuse_tail(text, text[behind.end :], units)
    frame = _direct_behind(text, frame, behind, last, units)
    times = 10 if TENTHS in (amount.unit, second and second.unit) else 1
    settled = _settle(text, quantity, frame, times, units)
    return _Reading(settled, amount.number * times, amount.step * times)


def _require_figure(
    text: str, words: Sequence[Word], frame: Frame, amount: Amount, units: Mapping[str, Unit]
) -> None:
    """Refuse an amount that is part of a name or of a duration, or that names what is overcome."""
    before = words[-1].text if words else ""
    digit = text[amount.end - 1]
    remarks = re.findall(r"\(([^()]*)\)", text[: amount.end - len(amount.unit)])
    remarks += re.findall(r"^\(([^()]*)\)", text[amount.end :])
    if any(read_unit(remark, units) for remark in remarks):
        raise QuantityError(text, "has a unit in brackets", "the unit behind the number")
    if text == "两" or (amount.unit in _ORDERED and not re.search("[0-9]", text)):
        raise QuantityError(text, "may be a name", "a number with its unit")
    bare = bool(words) and not (amount.unit or amount.scale or frame.signs)
    if bare and (not digit.isdigit() or (amount.step == 1 and re.match("[A-Z]", before))):
        raise QuantityError(text, "may be a name", "a number with its unit")
    if amount.unit in ("个月", "天") and re.search("(?<![0-9]{4})年$", before):
        raise QuantityError(text, "is a duration in two units", "one unit: 42个月")
    overcomes = any(word.text in OVERCOME for word in words) and not amount.scale
    if overcomes and (amount.unit in ("项", "起") or re.match(COUNTED, text[amount.end :])):
        raise QuantityError(text, "may count what is overcome", "突破380家")


def _direct_behind(
    text: str, frame: Frame, behind: Trail, amount: Amount, units: Mapping[str, Unit]
) -> Frame:
    """Let a word of decrease behind an amount direct it: 23.6%的跌幅."""
    if not behind.falls:
        return frame
    unit = units.get(amount.unit)
    if frame.side > 0 or (unit and unit.dimension == "count"):
        raise QuantityError(text, "says two directions", "one: 下降4%, 提高2个百分点")
    return frame._replace(side=-1)


def _read_rank(text: str, rank: re.Match[str], units: Mapping[str, Unit]) -> _Reading:
    """Read a rank among places."""
    words, amount = scan_words(text[: rank.start()], units)
    placed = scan_number(rank["place"]) if rank["place"] else scan_number("1")
    value = placed.value_in("") if placed else None
    placed_among = rank[0].endswith(("位", "名")) or re.search(RANKED, text[: rank.start("place")])
    roles = {word.role for word in words if word.sign != "="}
    if amount or value is None or not placed_among or roles - {"plain", "time"}:
        raise QuantityError(text, "is not the rank of one place", "全省第三, 第5位")
    quantity = Quantity(float(value[0]), float(value[0]), "=", "位")
    return _Reading(quantity, *value)


def _read_relation(text: str, words: Sequence[Word]) -> _Reading:
    """Read a comparison with another quantity that has no number of its own."""
    for pattern, sign in RELATIONS:
        if re.fullmatch(pattern, text):
            return _Reading(Quantity(math.nan, math.nan, sign, ""))
    signs = [
        word.sign or (">" if word.side > 0 else "<")
        for word, following in pairwise(words)
        if (word.role == "distance" or word.side or word.text.startswith("不"))
        and word.role in ("bound", "distance")
        and word.text not in NO_RELATION
        and following.role == "plain"
    ]
    if len(signs) != 1:
        raise QuantityError(text, "states no number", "a number with its unit, or 高于全省平均水平")
    return _Reading(Quantity(math.nan, math.nan, signs[0], ""))


def _read_range(text: str, frame: Frame, first: Amount, second: Amount) -> tuple[Quantity, Trail]:
    """Read two numbers that span a range: 20—30个, 6%至7%, 9000万—1亿元."""
    behind = scan_trail(text, second.end)
    level = frame.moved and bool(first.unit or first.scale) and text[first.end] in "至到"
    if level and (first.unit != "%" or second.number > 3 * first.number):
        raise QuantityError(text, "may name a change and the level reached", "one of the two")
    signs = {*frame.signs, *first.signs, *second.signs, *behind.signs} - {"=", "~"}
    signs -= {"<="} if frame.controlled else set()
    scaled = bool(first.unit or first.scale)
    factor = Fraction(SCALES[first.scale], SCALES[second.scale]) if scaled else Fraction(1)
    low, high = first.number * factor, second.number
    unit = second.unit or (first.unit if "分之" in text else "")
    scripts = {
        text[amount.end - len(amount.unit + amount.scale) - 1].isdigit()
        for amount in (first, second)
    }
    years = not unit and not second.scale and re.search("(?:19|20)[0-9]{2}", text)
    if signs or first.unit not in ("", unit) or low >= high or years or len(scripts) > 1:
        raise QuantityError(text, "is not a range", "two numbers of one unit, the lower first")
    return Quantity(float(low), float(high), "range", second.scale + unit), behind


def _read_single(
    text: str, frame: Frame, amount: Amount, units: Mapping[str, Unit]
) -> tuple[Quantity, Trail]:
    """Read one amount, and the higher goal behind it where there is one."""
    behind = scan_trail(text, amount.end)
    signs = [*frame.signs, *amount.signs, *behind.signs]
    comparator = choose_comparator(signs, controlled=frame.controlled)
    if comparator is None:
        raise QuantityError(text, "has bound words that disagree", "one bound")
    if amount.number < 0 and (frame.side < 0 or comparator not in ("=", "~")):
        raise QuantityError(text, "bounds or lowers a negative number", "下降5%以上")
    unit = amount.scale + amount.unit
    quantity = Quantity(*BOUNDS[comparator].close(float(amount.number)), comparator, unit)
    goal = re.compile(GOAL).match(text, behind.end)
    higher = scan_amount(text, goal.end(), units) if goal else None
    if goal is None or higher is None:
        return quantity, behind
    if higher.scale + higher.unit not in ("", unit):
        raise QuantityError(text, "has goals in two units", "5%以上、力争5.5%")
    lowers = frame.side < 0 or BOUNDS[comparator].open == "low"
    if higher.number < amount.number and not lowers:
        raise QuantityError(text, "has a second goal that is lower", "5%以上、力争5.5%")
    if text.startswith("保") and goal.start() == amount.end:
        return _read_range(text, frame, amount, higher)
    return quantity._replace(stretch=float(higher.number)), scan_trail(text, higher.end)


def _settle(
    text: str, quantity: Quantity, frame: Frame, times: int, units: Mapping[str, Unit]
) -> Quantity:
    """Read tenths as per cent, put 亩 below the unit, and mirror what decreases."""
    low, high, comparator, unit, stretch = quantity
    if times > 1:
        # Rounded, since ten times a binary fraction leaves dust.
        low, high, stretch = (round(number * times, 9) for number in (low, high, stretch))
        unit = "%"
    if frame.per and "/" not in unit:
        unit += f"/{frame.per}"
        if read_unit(unit, units) is None:
            raise refuse_tail(text, unit, units)
    if frame.side < 0:
        low, high, stretch = -high, -low, -stretch
        comparator = BOUNDS[comparator].mirrored
    return Quantity(low, high, comparator, unit, stretch)
