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
    LIMITS,
    MODALS,
    NAMES,
    NO_OBJECT,
    NOT_PLAIN,
    OFTEN_NOUNS,
    PER,
    REACHING,
    TELLING,
    TIMES,
    TRANSITIVE,
    TURNS,
)

__all__ = ["Frame", "Word", "list_words", "scan_signed", "scan_words", "weigh_words"]


# Behind one of these a dash is a sign: a joint of a range, or what ends a noun or a verb.
_SIGNED = "为是达至到在长率值约均增比呈温幅降跌减少):—–~〜−-"
_SHARES = ("%", "‰", "倍", "成")
# These are rates themselves: 降幅为5%; 下降为5% names a level.
_RATES = ("降幅", "跌幅", "减幅")
_OF_A_MOVE = tuple("了 出 幅 度 比 例 率 将 已 也 仅".split())


class Word(NamedTuple):
    """A word in front of an amount: how it bounds (`sign`), to which side it directs, its role."""

    text: str
    role: str
    sign: str = ""
    side: int = 0


class Frame(NamedTuple):
    """What the words in front come to: signs of bounds, the direction, the unit's denominator.

    `controlled` where 控制在 stands among them, `moved` where a word says that something changes.
    """

    signs: tuple[str, ...]
    side: int
    per: str
    controlled: bool
    moved: bool


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
            amount = scan_signed(text, start, units, bounded=bounded)
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
            sign, side = "", _weigh_direction(text, words[:place], word, behind, amount)
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
        any(word.role == "move" for word in words),
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
    role = "time" if found.lastgroup == "time" else "plain"
    return Word(found[0], "level" if found[0] in ("到", "至") else role)


@cache
def _compile_words() -> re.Pattern[str]:
    """Join all that may stand in front of an amount into one expression, the longest first."""
    words = sorted(list_words(), key=len, reverse=True)
    # 上 bounds before a scale word (上千家); whether 迈上千亿元 has that 上 nobody can say.
    follow = {"上": "(?<![以海线网陆水路]上)(?=[十百千万亿])"} | dict.fromkeys(
        REACHING, "(?![十百千万亿])"
    )
    known = "|".join(re.escape(word) + follow.get(word, "") for word in words)
    plain = rf"(?![{DIGITS}万亿{TELLING}]|{NOT_PLAIN})[\u4e00-\u9fff“”\",]"
    return re.compile(
        f"(?P<time>{'|'.join(TIMES)})|(?P<name>{'|'.join(NAMES)})|(?P<early>至(?=少于))|"
        f"(?P<known>{known})"
        f"|(?P<level>到|至)|(?P<character>{plain})"
    )


def scan_signed(
    text: str, start: int, units: Mapping[str, Unit], *, bounded: bool = False
) -> Amount | None:
    """Find an amount, with the sign in front of it; a hyphen is one only where a unit follows."""
    sign = text[start : start + 1]
    if not sign or sign not in "-−+负↓↑":
        return scan_amount(text, start, units, bounded=bounded)
    # 税负8.5% and 总数-30个 have no sign.
    if start and text[start - 1] not in _SIGNED:
        return None
    amount = scan_amount(text, start + 1, units)
    if amount is None or (sign == "-" and not amount.unit):
        return None
    return amount if sign in "+↑" else amount._replace(number=-amount.number)


def _weigh_bound(text: str, word: Word, behind: Sequence[Word], amount: Amount) -> tuple[str, int]:
    """Tell how a word bounds an amount, or to which side it measures a distance."""
    nouns = "".join(one.text for one in behind if one.role in ("plain", "time"))
    named = re.sub(MODALS, "", nouns)
    measures = amount.unit in ("个百分点", "百分点") or (amount.unit == "位" and not word.sign)
    if word.text in OFTEN_NOUNS and not measures:
        return "", 0
    if word.text in LIMITS and any(one.role == "move" for one in behind):
        raise QuantityError(text, f"says how {word.text} moves", "上限5%")
    if not named and (word.sign or not word.text.endswith("于")):
        return word.sign, 0 if word.sign else word.side
    # 超序时进度5.9% is a distance from what was planned, in whatever unit.
    planned = word.text == "超" and re.fullmatch("(?:序?时间?)?(?:进度|预期|目标|计划)", named)
    measures = measures or bool(planned)
    side = word.side or (1 if word.text == "超" and measures else 0)
    if side and named and (measures or not word.sign) and "," not in named:
        return "", side
    share = amount.unit in _SHARES and named.endswith("的") and not named.endswith("部分的")
    about = word.sign == "~" and word.role == "bound"
    if word.sign == "=" or ((share or about) and word.role != "alone" and "," not in named):
        return word.sign, 0
    allowed = f"{word.text} next to its number, or what a distance in 个百分点 is measured from"
    raise QuantityError(text, f"does not say what {word.text} bounds", allowed)


def _weigh_direction(
    text: str, before: Sequence[Word], word: Word, behind: Sequence[Word], amount: Amount
) -> int:
    """Tell to which side a word directs an amount; to none where it names the level reached."""
    if word.role == "compared":
        return _weigh_comparison(text, before, word, behind, amount)
    if word.role != "move":
        return 0
    if word.text in _RATES:
        return word.side
    nouns = [one for one in behind if not one.sign and one.text not in _OF_A_MOVE]
    if nouns and nouns[-1].role == "level":
        return 0
    named = "".join(one.text for one in nouns if one.role in ("plain", "time"))
    if word.text in TRANSITIVE and not re.search(NO_OBJECT, named):
        named = ""
    states = [one.text for one in behind if one.sign == "="]
    if word.side < 0 and (named or (states and states != ["为"])):
        # 价格下降的商品占35%: what falls is not the share.
        raise QuantityError(text, f"has a noun behind {word.text}", "下降4%, 减少5万人")
    # 下降为5% names a level, 下降幅度为5% does not.
    rates = any(one.text in "幅度比例率" for one in behind)
    return 0 if states and not rates else word.side


def _weigh_comparison(
    text: str, before: Sequence[Word], word: Word, behind: Sequence[Word], amount: Amount
) -> int:
    """Tell to which side 高 directs in 比全国高1.5个百分点; only the front needs no comparison."""
    follows = [one for one in behind if one.text not in ("了", "出")]
    named = any(one.text in ("比", "较") or one.role == "per" for one in before)
    told = [one for one in follows if one.role in ("move", "plain")]
    if amount.unit == "个百分点" and {one.role for one in told} == {"plain"}:
        return word.side
    if told or (before and not named):
        raise QuantityError(text, f"does not say what {word.text} compares", "比上年高1个百分点")
    return word.side


def _refuse_head(text: str, head: str) -> QuantityError:
    """Refuse what stands before a number, with the reason that its first characters give."""
    for pattern, reason, allowed in HEADS:
        if re.match(pattern, head):
            return QuantityError(text, reason, allowed)
    allowed = "a number with its unit and words such as 以上, 突破, 左右, 以内"
    near = find_nearest(head, list_words())
    return QuantityError(text, f"has a word that is not known: {head}", allowed, near)
