"""The words in front of an amount: which of them bound it, which direct it, what is read over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from policydata.amounts import Amount, QuantityError, scan_amount, scan_phrase
from policydata.bounds import BOUNDS
from policydata.errors import find_nearest
from policydata.numerals import DIGITS
from policydata.units import Unit
from policydata.wording import (
    COMPARED,
    COMPOUNDS,
    DECREASES,
    DISTANCES,
    HEADS,
    INCREASES,
    MODALS,
    NAMES,
    PER,
    REACHING,
    TELLING,
    TIMES,
    TURNS,
)

__all__ = ["Frame", "Word", "list_words", "scan_words", "weigh_words"]


class Word(NamedTuple):
    """A word in front of an amount: how it bounds (`sign`), to which side it directs, its role."""

    text: str
    role: str
    sign: str = ""
    side: int = 0


class Frame(NamedTuple):
    """What the words in front come to: signs of bounds, the direction, the unit's denominator."""

    signs: tuple[str, ...]
    side: int
    per: str
    controlled: bool


def scan_words(text: str, units: Mapping[str, Unit]) -> tuple[list[Word], Amount | None]:
    """Split a folded text into the words up to its first amount, and that amount."""
    words: list[Word] = []
    start = 0
    while start < len(text):
        bounded = bool(words) and words[-1].sign not in ("", "=")
        if amount := scan_phrase(text, start):
            return words, amount
        word = _find_word(text, start)
        if word is None or (bounded and text.startswith(("万", "亿"), start)):
            amount = _scan_signed(text, start, units, bounded=bounded)
            if amount:
                return words, amount
        if word is None:
            raise _refuse_head(text, text[start:])
        words.append(word)
        start += len(word.text)
    return words, None


def weigh_words(text: str, words: Sequence[Word], amount: Amount) -> Frame:
    """Bring the words in front of an amount together, or refuse those that cannot be."""
    signs, sides = [], []
    for place, word in enumerate(words):
        behind = words[place + 1 :]
        if word.role in ("bound", "alone", "distance"):
            sign, side = _weigh_bound(text, word, behind, amount)
        else:
            sign, side = "", _weigh_direction(text, words[:place], word, behind)
        signs += [sign] if sign else []
        sides += [side] if side else []
    turns = [word.side for word in words if word.role == "turn"]
    if not turns and (len(set(sides)) > 1 or sides.count(-1) > 1):
        raise QuantityError(text, "says two directions", "one: 下降4%, 提高2个百分点")
    return Frame(
        tuple(signs),
        (turns or sides or [0])[-1],
        next((PER[word.text] for word in words if word.role == "per"), ""),
        any(word.text == "控制在" for word in words),
    )


@cache
def list_words() -> dict[str, Word]:
    """Give every word that is known in front of an amount."""
    words = [Word(text, "plain") for text in COMPOUNDS]
    words += [Word(text, "per") for text in PER]
    words += [Word(text, "compared", side=side) for text, side in COMPARED.items()]
    words += [Word(text, "move", side=1) for text in INCREASES]
    words += [Word(text, "move", side=-1) for text in DECREASES]
    words += [Word(text, "turn", side=side) for text, side in TURNS.items()]
    words += [Word(text, "distance", side=side) for text, side in DISTANCES.items()]
    known = {word.text: word for word in words}
    for sign, bound in BOUNDS.items():
        known |= {text: Word(text, "alone", sign) for text in bound.alone}
        for text in bound.before:
            known[text] = Word(text, "bound", sign, known[text].side if text in known else 0)
    return known


def _find_word(text: str, start: int) -> Word | None:
    """Find the longest known word at a place, or a character of a noun that changes nothing."""
    found = _compile_words().match(text, start)
    if not found:
        return None
    if found.lastgroup == "known":
        return list_words()[found[0]]
    return Word(found[0], "level" if found[0] in ("到", "至") else "plain")


@cache
def _compile_words() -> re.Pattern[str]:
    """Join all that may stand in front of an amount into one expression, the longest first."""
    words = sorted(list_words(), key=len, reverse=True)
    # 上 bounds before a scale word (上千家); whether 迈上千亿元 has that 上 nobody can say.
    follow = {"上": "(?=[十百千万亿])"} | dict.fromkeys(REACHING, "(?![十百千万亿])")
    known = "|".join(re.escape(word) + follow.get(word, "") for word in words)
    plain = rf"(?![{DIGITS}万亿{TELLING}])[\u4e00-\u9fff“”\",]"
    return re.compile(
        f"(?P<plain>{'|'.join([*NAMES, *TIMES])})|(?P<early>至(?=少于))|(?P<known>{known})"
        f"|(?P<level>到|至)|(?P<character>{plain})"
    )


def _scan_signed(
    text: str, start: int, units: Mapping[str, Unit], *, bounded: bool
) -> Amount | None:
    """Find an amount, with the sign in front of it; a hyphen is one only where a unit follows."""
    sign = text[start]
    if sign not in "-−+负↓↑":
        return scan_amount(text, start, units, bounded=bounded)
    amount = scan_amount(text, start + 1, units)
    if amount is None or (sign == "-" and not amount.unit):
        return None
    return amount if sign in "+↑" else amount._replace(number=-amount.number)


def _weigh_bound(text: str, word: Word, behind: Sequence[Word], amount: Amount) -> tuple[str, int]:
    """Tell how a word bounds an amount, or to which side it measures a distance."""
    nouns = "".join(one.text for one in behind if one.role == "plain")
    named = re.sub(MODALS, "", nouns)
    if not named and (word.sign or not word.text.endswith("于")):
        return word.sign, 0 if word.sign else word.side
    shares = named.endswith("的") and word.role != "alone"
    if word.sign == "=" or (word.sign and (shares or (word.sign == "~" and word.role == "bound"))):
        return word.sign, 0
    if named and word.side and (not word.sign or amount.unit == "个百分点"):
        return "", word.side
    allowed = f"{word.text} next to its number, or what a distance in 个百分点 is measured from"
    raise QuantityError(text, f"does not say what {word.text} bounds", allowed)


def _weigh_direction(text: str, before: Sequence[Word], word: Word, behind: Sequence[Word]) -> int:
    """Tell to which side a word directs an amount; to none where it names the level reached."""
    follows = [one for one in behind if one.text not in ("了", "出")]
    plain = bool(follows) and follows[0].role == "plain"
    if word.role == "move":
        if follows and follows[0].role == "level":
            return 0
        if plain and len(word.text) == 1 and word.side < 0:
            raise QuantityError(text, f"has a noun behind {word.text}", "下降4%, 减少5万人")
    if word.role == "compared":
        named = any(one.text in ("比", "较") or one.role == "per" for one in before)
        if (follows and (plain or follows[0].role == "move")) or (before and not named):
            raise QuantityError(
                text, f"does not say what {word.text} compares", "比上年高1个百分点"
            )
    return word.side if word.role in ("move", "compared") else 0


def _refuse_head(text: str, head: str) -> QuantityError:
    """Refuse what stands before a number, with the reason that its first characters give."""
    for pattern, reason, allowed in HEADS:
        if re.match(pattern, head):
            return QuantityError(text, reason, allowed)
    allowed = "a number with its unit and words such as 以上, 突破, 左右, 以内"
    near = find_nearest(head, list_words())
    return QuantityError(text, f"has a word that is not known: {head}", allowed, near)
