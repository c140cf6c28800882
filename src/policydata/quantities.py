"""Reading of a figure as written into bounds, comparator and unit.

A `value_text` is an amount with words around it that bound or direct it.  Everything that may
change the figure has to be known: a lost digit, a second number, an unknown unit or word are
refused.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from policydata import phrases, wording
from policydata.bounds import BOUNDS, choose_comparator
from policydata.distinct import find_distinct
from policydata.messages import say
from policydata.numerals import SCALES, QuantityError, fold, refuse, scan_number
from policydata.patterns import find_pattern, is_named_by_digit
from policydata.phrases import TENTHS, Amount, Frame, Trail
from policydata.tables import Reference
from policydata.units import Units, list_units, read_unit, take_units

LONGEST_TEXT = 200
_Row = tuple[float | str, ...]
_TWO_GOALS = "5%以上、力争5.5%"
# In Chinese digits these number a class or a line: 三类水质, 五路公交.
_ORDERED = ("类", "路")
RANGE = "—+|–+|~+|〜+|[−至到-]"


class Quantity(NamedTuple):
    """A figure as read: its bounds in the written scale, its comparator and its written unit.

    `stretch` is the higher goal beside a target (5%以上、力争5.5%), missing if there is none.
    """

    low: float
    high: float
    comparator: str
    unit: str
    stretch: float = math.nan


_READ = [*Quantity._fields, "reason", "allowed", "nearest"]


class _Reading(NamedTuple):
    """A quantity, the first number in it, and the worth of the last digit of that number."""

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
        A folder of reference tables, or the tables themselves, for the units; the shipped tables if
        not given.

    Returns
    -------
    Quantity
        `low`, `high` (NaN if the bound is open), `comparator`, `unit` and `stretch` (NaN if no
        second goal is stated).  The bounds are in the written scale; the unit has its scale word
        and is in Simplified characters.

    Raises
    ------
    QuantityError
        A `ValueError`: if a digit is lost, if a word or unit is not known, if bound words disagree,
        or if the text is not a single figure (十几个, 连续7个月, 百亿级) or is longer than 200
        characters.
    TypeError
        If `text` is not a str.

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


def read_quantities(texts: pd.Series, units: Units | None = None) -> pd.DataFrame:
    """Read many figures, each distinct text once; one row per text, on the index of the texts.

    Returns
    -------
    pandas.DataFrame
        `low`, `high`, `comparator`, `unit`, `stretch`, and `reason`, `allowed` and `nearest` if a
        text cannot be read (blank if it can).
    """
    units = list_units() if units is None else units
    found = find_distinct(texts)
    return found.give(_read_distinct(found.rows[texts.name].tolist(), units))


def find_step(text: str, value: float, units: Units | None = None) -> Fraction:
    """Return the worth of the last written digit of a figure, in the unit of `value`.

    Zero if the text does not have such a digit (翻一番, 三分之一) or cannot be read with the units.

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


def _read_distinct(texts: Iterable[str], units: Units) -> pd.DataFrame:
    """Read each text, but those of one pattern by one reading: their bounds are multiples of it."""
    rows: list[_Row] = []
    codes, numbers = [], []
    places: dict[str, int | None] = {"": None}
    for text in texts:
        pattern, number = find_pattern(text) if isinstance(text, str) else ("", 1.0)
        if pattern not in places:
            multiples = _read_pattern(pattern, units)
            places[pattern] = len(rows) if multiples else None
            rows += [multiples] if multiples else []
        place = places[pattern]
        if place is None:
            place, number = len(rows), 1.0
            rows.append(_try(text, units))
        codes.append(place)
        numbers.append(number)
    read = pd.DataFrame(rows, columns=_READ).take(codes).reset_index(drop=True)
    number_of = pd.Series(numbers, dtype="float64")
    return read.assign(low=read.low * number_of, high=read.high * number_of)


def _read_pattern(pattern: str, units: Units) -> _Row | None:
    """Read a pattern with its bounds as multiples of its number; None if other texts may differ.

    They may where bounds are compared or computed: in a range, beside a second goal, in tenths.
    """
    try:
        quantity = _read(pattern, units).quantity
    except QuantityError:
        return None
    number = find_pattern(pattern)[1]
    low, high = quantity.low / number, quantity.high / number
    plain = {abs(bound) for bound in (low, high) if not math.isnan(bound)} == {1}
    compared = quantity.comparator == "range" or not math.isnan(quantity.stretch)
    if compared or not plain or is_named_by_digit(pattern):
        return None
    return (*quantity._replace(low=low, high=high), "", "", "")


def _try(text: str, units: Units) -> _Row:
    """Read a text, or return the reason why it cannot be read."""
    try:
        return (*_read(text, units).quantity, "", "", "")
    except QuantityError as error:
        return (math.nan, math.nan, "", "", math.nan, error.reason, error.allowed, error.nearest)


def _read(text: str, units: Units) -> _Reading:
    """Read a text, or refuse it and quote it as it is written."""
    if not isinstance(text, str):
        refused = '{kind} "{value}" is not a text; allowed: a figure as written: "15%以上".'
        raise TypeError(say(refused, kind=type(text).__name__, value=text))
    try:
        return _read_folded(_require_whole(text), units)
    except QuantityError as refusal:
        shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
        parts = (refusal.reason, refusal.allowed, refusal.nearest)
        raise QuantityError(*parts, text=shown) from None


def _require_whole(text: str) -> str:
    """Fold a text, or refuse it if it is damaged."""
    if len(text) > LONGEST_TEXT:
        raise refuse("is too long", "at most {count} characters", count=LONGEST_TEXT)
    folded = fold(text)
    for written, damages in ((text, wording.DAMAGES), (folded, wording.UNFOLDED)):
        if refusal := phrases.find_reason(written, damages):
            raise refusal
    return folded


def _read_folded(text: str, units: Units) -> _Reading:
    """Read an amount with the words around it, or else a rank or a relation."""
    if rank := re.search(wording.RANK, text):
        return _read_rank(text, rank, units)
    words, amount = phrases.scan_words(text, units)
    if amount is None:
        return _read_relation(text, words)
    frame = phrases.weigh_words(words, amount)
    _require_figure(text, words, frame, amount, units)
    joined = re.compile(RANGE).match(text, amount.end)
    second = phrases.scan_signed(text, joined.end(), units) if joined else None
    if second:
        quantity, behind = _read_range(text, frame, amount, second)
    else:
        quantity, behind = _read_single(text, frame, amount, units)
    last = second or amount
    if behind.end < len(text) and not phrases.names_counted(text, behind.end, last, units):
        raise phrases.refuse_tail(text[behind.end :], units)
    side = _direct_behind(frame, last, units) if behind.falls else frame.side
    times = 10 if quantity.unit.endswith(TENTHS) else 1
    settled = _settle(quantity, side, frame.per, times, units)
    return _Reading(settled, amount.number * times, amount.step * times)


def _require_figure(
    text: str, words: Sequence[wording.Word], frame: Frame, amount: Amount, units: Units
) -> None:
    """Refuse an amount that is part of a name or of a duration, or that names what is overcome."""
    before = words[-1].text if words else ""
    behind = text[amount.end :]
    remarks = re.findall(r"\(([^()]*)\)", text[: amount.end - len(amount.unit)])
    remarks += re.findall(r"^\(([^()]*)\)", behind)
    if any(read_unit(remark, units) for remark in remarks):
        raise refuse("has a unit in brackets", "the unit after the number")
    bare = bool(words) and not (amount.unit or amount.scale or frame.signs)
    spelled = not text[amount.end - 1].isdigit()
    if (
        text == "两"
        or (amount.unit in _ORDERED and not re.search("[0-9]", text))
        or (bare and (spelled or (amount.step == 1 and re.match("[A-Z]", before))))
    ):
        raise refuse("may be a name", "a number with its unit")
    if amount.unit in ("个月", "天") and re.search("(?<![0-9]{4})年$", before):
        raise refuse("is a duration in two units", "one unit: 42个月")
    overcomes = any(word.text in wording.OVERCOME for word in words) and not amount.scale
    if overcomes and (amount.unit in ("项", "起") or re.match(wording.COUNTED, behind)):
        raise refuse("may count breakthroughs", "突破380家")


def _direct_behind(frame: Frame, amount: Amount, units: Units) -> int:
    """Let a word of decrease after an amount direct it: 23.6%的跌幅."""
    unit = units.get(amount.unit)
    if frame.side > 0 or (unit and unit.dimension == "count"):
        raise refuse("gives two directions", "one: 下降4%, 提高2个百分点")
    return -1


def _read_rank(text: str, rank: re.Match[str], units: Units) -> _Reading:
    words, amount = phrases.scan_words(text[: rank.start()], units)
    placed = scan_number(rank["place"] or "1")
    value = placed and placed.value_in("")
    among = re.search(wording.RANKED, text[: rank.start("place")])
    roles = {word.role for word in words if word.sign != "="}
    is_placed = among or rank[0].endswith(("位", "名"))
    if amount or value is None or not is_placed or roles - {"plain", "time"}:
        raise refuse("is not the rank of one place", "全省第三, 第5位")
    return _Reading(Quantity(float(value[0]), float(value[0]), "=", "位"), *value)


def _read_relation(text: str, words: Sequence[wording.Word]) -> _Reading:
    """Read a comparison with another quantity that has no number of its own."""
    signs = [sign for pattern, sign in wording.RELATIONS if re.fullmatch(pattern, text)][:1]
    signs = signs or [
        word.sign or (">" if word.side > 0 else "<")
        for word, following in pairwise(words)
        if word.role in ("bound", "distance")
        and (word.side or word.text.startswith("不"))
        and word.text not in wording.NO_RELATION
        and following.role == "plain"
    ]
    if len(signs) != 1:
        raise refuse("does not state a number", "a number with its unit, or 高于全省平均水平")
    return _Reading(Quantity(math.nan, math.nan, signs[0], ""))


def _read_range(text: str, frame: Frame, first: Amount, second: Amount) -> tuple[Quantity, Trail]:
    """Read two numbers that span a range: 20—30个, 6%至7%, 9000万—1亿元."""
    behind = phrases.scan_trail(text, second.end)
    scaled = bool(first.unit or first.scale)
    level = frame.moved and scaled and text[first.end] in "至到"
    if level and (first.unit != "%" or second.number > 3 * first.number):
        raise refuse("may name a change and the level reached", "one of the two")
    signs = {*frame.signs, *first.signs, *second.signs, *behind.signs} - {"=", "~"}
    signs -= {"<="} if frame.controlled else set()
    factor = Fraction(SCALES[first.scale], SCALES[second.scale]) if scaled else Fraction(1)
    low, high = first.number * factor, second.number
    unit = second.unit or (first.unit if "分之" in text else "")
    scripts = {text[one.end - len(one.unit + one.scale) - 1].isdigit() for one in (first, second)}
    years = not unit and not second.scale and re.search("(?:19|20)[0-9]{2}", text)
    if signs or first.unit not in ("", unit) or low >= high or years or len(scripts) > 1:
        raise refuse("is not a range", "two numbers of one unit, the lower first")
    return Quantity(float(low), float(high), "range", second.scale + unit), behind


def _read_single(text: str, frame: Frame, amount: Amount, units: Units) -> tuple[Quantity, Trail]:
    """Read one amount, and the higher goal after it if there is one."""
    behind = phrases.scan_trail(text, amount.end)
    signs = (*frame.signs, *amount.signs, *behind.signs)
    comparator = choose_comparator(signs, controlled=frame.controlled)
    if comparator is None:
        raise refuse("has bound words that disagree", "one bound")
    if amount.number < 0 and (frame.side < 0 or comparator not in ("=", "~")):
        raise refuse("bounds or lowers a negative number", "下降5%以上")
    bound, unit = BOUNDS[comparator], amount.scale + amount.unit
    quantity = Quantity(*bound.close(float(amount.number)), comparator, unit)
    goal = re.compile(wording.GOAL).match(text, behind.end)
    higher = phrases.scan_amount(text, goal.end(), units) if goal else None
    if goal is None or higher is None:
        return quantity, behind
    if higher.scale + higher.unit not in ("", unit):
        raise refuse("has goals in two units", _TWO_GOALS)
    if higher.number < amount.number and frame.side >= 0 and bound.open != "low":
        raise refuse("has a second goal that is lower", _TWO_GOALS)
    if text.startswith("保") and goal.start() == amount.end:
        return _read_range(text, frame, amount, higher)
    return quantity._replace(stretch=float(higher.number)), phrases.scan_trail(text, higher.end)


def _settle(quantity: Quantity, side: int, per: str, times: int, units: Units) -> Quantity:
    """Read tenths as per cent, add a denominator such as 亩 to the unit, and mirror a decrease."""
    low, high, comparator, unit, stretch = quantity
    if times > 1:
        # Rounded, because ten times a binary fraction is not exact.
        low, high, stretch = (round(number * times, 9) for number in (low, high, stretch))
        unit = "%"
    if per and "/" not in unit:
        unit += f"/{per}"
        if read_unit(unit, units) is None:
            raise phrases.refuse_tail(unit, units)
    if side < 0:
        return Quantity(-high, -low, BOUNDS[comparator].mirrored, unit, -stretch)
    return Quantity(low, high, comparator, unit, stretch)
