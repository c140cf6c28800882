"""The heart: reading a figure as written into bounds, comparator and unit.

A `value_text` is words that bound or direct, a number, a unit, and words again.  Every word has to
be known: one that is not, a second number, a lost digit are refused, never guessed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from policydata.errors import find_nearest
from policydata.numerals import NUMBER, fold, read_number
from policydata.units import SCALES, Unit, list_units
from policydata.wording import (
    BOUNDS,
    DECREASES,
    GUESSES,
    KNOWN_WORDS,
    PER_MU,
    PHRASES,
    RANK,
    REACHED,
    TENTHS,
)

__all__ = ["Quantity", "QuantityError", "parse_quantity", "read_quantities"]

_WORD = "|".join(KNOWN_WORDS)
_WORDS = rf"(?:{_WORD})*"
_SCALE = "|".join(sorted(filter(None, SCALES), key=len, reverse=True))
_SCALED = rf"^(?:{_SCALE})"
_SINGLE = (
    rf"(?P<before>{_WORDS})(?P<percent>百分之)?(?P<number>{NUMBER})(?P<scale>{_SCALE}|)"
    r"(?P<infix>[余多]?)(?P<rest>.*)"
)
_SIDE = rf"({NUMBER})([^\d—\-–~〜−至到、]*?)"
_RANGE = rf"({_WORDS}){_SIDE}[—\-–~〜−至到]+{_SIDE}({_WORDS})"
_KEEP_AND_STRIVE = rf"()保{_SIDE}、?[力]?争{_SIDE}()"
_LOST_DIGIT = r"[?？*＊□■○●×\ufffd]|\d[.．](?!\d)|(?<!\d)[.．]\d"
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Quantity(NamedTuple):
    """A figure read: bounds in the written scale, how they bound, and the written unit."""

    low: float
    high: float
    comparator: str
    unit: str


class QuantityError(ValueError):
    """A text that states no single readable figure; `allowed` and `nearest` say what would be."""

    def __init__(self, text: str, reason: str, allowed: str, nearest: str = "") -> None:
        near = f"; nearest: {nearest}" if nearest else ""
        super().__init__(f'"{text}" {reason}; allowed: {allowed}{near}.')
        self.reason, self.allowed, self.nearest = reason, allowed, nearest


def parse_quantity(text: str, *, units: Mapping[str, Unit] | None = None) -> Quantity:
    """Read one figure as a document writes it.

    Parameters
    ----------
    text : str
        The `value_text`: `7000亿元`, `15%以上`, `突破2.6%`, `20—30个`, `下降4%`, `全覆盖` …
    units : mapping of str to Unit, optional
        Units by written form, as `index_units` gives them; the shipped ones where left out.

    Returns
    -------
    Quantity
        `low`, `high` (NaN where the bound is open), `comparator` and `unit`; the bounds keep the
        written scale, the unit its scale word in Simplified characters.

    Raises
    ------
    QuantityError
        A `ValueError`, where a digit is lost, a word is not known, bound words disagree, or the
        text gives an estimate: 十几个, 一半.
    TypeError
        Where it is no text.

    Examples
    --------
    >>> parse_quantity("突破2.6%")
    Quantity(low=2.6, high=nan, comparator='>', unit='%')
    >>> parse_quantity("20—30個")
    Quantity(low=20.0, high=30.0, comparator='range', unit='个')
    >>> parse_quantity("下降4%")
    Quantity(low=-4.0, high=-4.0, comparator='=', unit='%')
    """
    if not isinstance(text, str):
        kind = type(text).__name__
        raise TypeError(f'{kind} "{text}" is no text; allowed: a figure as written, as "15%以上".')
    if re.search(_LOST_DIGIT, text):
        raise QuantityError(text, "has lost a digit", "a figure that stands whole in the text")
    folded = fold(text)
    reading = _read_phrase(folded) or _read_rank(folded) or _read_range(text, folded)
    return _settle(
        text, reading or _read_single(text, folded, list_units() if units is None else units)
    )


def read_quantities(texts: pd.Series, units: Mapping[str, Unit] | None = None) -> pd.DataFrame:
    """Read many figures, each distinct text once; one row a text, on the index of the texts.

    Returns
    -------
    pandas.DataFrame
        `low`, `high`, `comparator`, `unit`, and, where a text is not readable, `reason`,
        `allowed` and `nearest` (blank where it is).
    """
    distinct = texts.unique()
    columns = [*Quantity._fields, "reason", "allowed", "nearest"]
    read = pd.DataFrame([_try(text, units) for text in distinct], index=distinct, columns=columns)
    return read.reindex(texts).set_axis(texts.index)


def _try(text: str, units: Mapping[str, Unit] | None) -> tuple[float | str, ...]:
    """Read a text or keep the reason why not."""
    try:
        return (*parse_quantity(text, units=units), "", "", "")
    except QuantityError as error:
        return (math.nan, math.nan, "", "", error.reason, error.allowed, error.nearest)


def _read_phrase(text: str) -> Quantity | None:
    """Read a figure that has no digit."""
    found = (phrase for phrase in PHRASES if re.fullmatch(phrase[0], text))
    return next((Quantity(*phrase[1:]) for phrase in found), None)


def _read_rank(text: str) -> Quantity | None:
    """Read a rank among places."""
    match = re.fullmatch(RANK, text)
    return _bound(read_number(match[1]), "=", "位") if match else None


def _read_range(written: str, text: str) -> Quantity | None:
    """Read two numbers that span a range: 20—30个, 6%至7%, 保6%争7%."""
    match = re.fullmatch(_KEEP_AND_STRIVE, text) or re.fullmatch(_RANGE, text)
    if not match:
        return None
    low, high, unit = read_number(match[2]), read_number(match[4]), match[5]
    words = re.findall(_WORD, match[1] + match[6])
    if not unit.startswith(match[3]) or low >= high or _choose(written, words) != "=":
        raise QuantityError(written, "is no range", "two numbers of one unit, the lower first")
    return _direct(Quantity(low, high, "range", unit), words)


def _read_single(written: str, text: str, units: Mapping[str, Unit]) -> Quantity:
    """Read one number with the words and the unit around it."""
    match = re.fullmatch(_SINGLE, text)
    if not match:
        raise _refuse_word(written, re.split(rf"{NUMBER}", text)[0])
    unit, after = _split_unit(match["rest"], units)
    if re.search(r"\d", after):
        raise QuantityError(written, "holds two numbers", "one number, or a range: 20—30个")
    if not re.fullmatch(_WORDS, after):
        raise _refuse_word(written, after)
    words = re.findall(_WORD, match["before"] + match["infix"] + after)
    quantity = _bound(read_number(match["number"]), _choose(written, words), "")
    return _direct(quantity._replace(unit=_join_unit(written, match, unit)), words)


def _settle(written: str, quantity: Quantity) -> Quantity:
    """Refuse a unit that leaves the number open, and read tenths as per cent."""
    unit = re.sub(_SCALED, "", quantity.unit)
    for pattern, reason, allowed in GUESSES:
        if re.fullmatch(pattern, unit):
            raise QuantityError(written, reason, allowed)
    if quantity.unit != TENTHS:
        return quantity
    # Rounded, since ten times a binary fraction leaves dust.
    low, high = round(quantity.low * 10, 9), round(quantity.high * 10, 9)
    return quantity._replace(low=low, high=high, unit="%")


def _split_unit(rest: str, units: Mapping[str, Unit]) -> tuple[str, str]:
    """Split what follows a number into the longest known unit and the words behind it."""
    known = [unit for unit in units if rest.startswith(unit)]
    unit = max(known, key=len, default="")
    if not unit or rest[len(unit) :].startswith("/"):
        unit = re.split(rf"{_WORD}|\d", rest)[0]
    return unit, rest[len(unit) :]


def _join_unit(written: str, match: re.Match[str], unit: str) -> str:
    """Join what the words before and behind a number say of its unit."""
    unit = match["scale"] + unit
    if unit.startswith("分之") or (match["percent"] and unit):
        raise QuantityError(written, "is a fraction of something", "百分之五, or 5% with its unit")
    if match["percent"]:
        return "%"
    per_mu = set(re.findall(_WORD, match["before"])) & set(PER_MU)
    return f"{unit}/亩" if per_mu and "/" not in unit else unit


def _choose(written: str, words: list[str]) -> str:
    """Choose the comparator that the words agree on."""
    found = {BOUNDS[word] for word in words if word in BOUNDS} - {"="}
    if "控制在" in words and found == {"<=", "~"}:
        return "~"
    for weaker, stronger in ((">=", ">"), ("<=", "<")):
        if found == {weaker, stronger}:
            return weaker
    if len(found) > 1:
        raise QuantityError(written, "has bound words that disagree", "one bound")
    return found.pop() if found else "="


def _bound(number: float, comparator: str, unit: str) -> Quantity:
    """Set the bounds that a comparator leaves closed."""
    low = math.nan if comparator in ("<", "<=") else number
    high = math.nan if comparator in (">", ">=") else number
    return Quantity(low, high, comparator, unit)


def _direct(quantity: Quantity, words: list[str]) -> Quantity:
    """Mirror a quantity that decreases, unless it decreases to a level."""
    if not set(words) & set(DECREASES) or set(words) & set(REACHED):
        return quantity
    comparator = _MIRRORED.get(quantity.comparator, quantity.comparator)
    return Quantity(-quantity.high, -quantity.low, comparator, quantity.unit)


def _refuse_word(written: str, word: str) -> QuantityError:
    """Refuse a word that is not known, with the nearest that are."""
    return QuantityError(
        written,
        f"has a word that is not known: {word}" if word else "states no number",
        "a number with its unit and words such as 以上, 突破, 左右, 以内",
        find_nearest(word, KNOWN_WORDS),
    )
