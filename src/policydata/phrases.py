"""The parts of a figure as written: the amount, the words before it, the words after it.

7000亿元, 1亿2000万元, 百分之五, 三成, 翻一番 are amounts.  The words before the first amount are
split and weighed together: which bound it, which direct it, which are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from policydata import wording
from policydata.numerals import DIGITS, SCALES, QuantityError, refuse, scan_number, scan_share
from policydata.problems import find_nearest
from policydata.units import Units, read_unit
from policydata.wording import Word

LONGEST_UNIT = 12
# A share in tenths: 三成 is 30 %.
TENTHS = "成"
# After one of these a dash is a sign: the dash of a range, or the end of a noun or a verb.
_SIGNED = "为是达至到在长速率值约均增比呈温幅降跌减少):—–~〜−-"


class Amount(NamedTuple):
    """A number in its written scale, what its last digit is worth, its unit, and where it ends.

    `signs` are the comparators inside it: 60多个, 两位数.
    """

    number: Fraction
    step: Fraction
    scale: str
    unit: str
    signs: tuple[str, ...]
    end: int


class Frame(NamedTuple):
    """What the words before an amount mean: its bounds, direction and denominator of the unit.

    `controlled` is true if 控制在 is among them, `moved` if a word says that something changes.
    """

    signs: tuple[str, ...]
    side: int
    per: str
    controlled: bool
    moved: bool


class Trail(NamedTuple):
    """The words after an amount: signs of bounds, whether they direct it down, their end."""

    signs: tuple[str, ...]
    falls: bool
    end: int


def scan_amount(text: str, start: int, units: Units, *, bounded: bool = False) -> Amount | None:
    """Find the amount that begins at a position of a folded text; None if there is none.

    After a word that bounds (`bounded`), a scale word alone counts as one: 突破万亿元.
    """
    if amount := _scan_in_words(text, start):
        return amount
    if share := scan_share(text, start):
        value, step, unit, end = share
        return Amount(value, step, "", unit, (), end)
    alone = re.compile(rf"(万亿|[万亿])(?![0-9{DIGITS}分])").match(text, start)
    if bounded and alone:
        unit, end = _scan_unit(text, alone.end(), units)
        return Amount(Fraction(1), Fraction(0), alone[1], unit, (), end)
    return _scan_counted(text, start, units, bounded=bounded)


def scan_signed(text: str, start: int, units: Units, *, bounded: bool = False) -> Amount | None:
    """Find an amount with the sign before it; a hyphen is a sign only if a unit follows."""
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


def scan_words(text: str, units: Units) -> tuple[list[Word], Amount | None]:
    """Split a folded text into the words up to its first amount, and that amount."""
    words: list[Word] = []
    start = 0
    while start < len(text):
        amount = _scan_in_words(text, start)
        word = wording.find_word(text, start)
        bounded = bool(words) and words[-1].sign not in ("", "=")
        if word is None or (bounded and text.startswith(("万", "亿"), start)):
            amount = amount or scan_signed(text, start, units, bounded=bounded)
        if amount:
            return words, amount
        if word is None:
            raise _refuse_head(text[start:])
        words.append(word)
        start += len(word.text)
    return words, None


def scan_trail(text: str, start: int) -> Trail:
    """Find the words after an amount, and where they end."""
    signs, falls, end = [], False, start
    pattern = f"(?P<bound>{wording.match_bounds()})|(?P<falls>{wording.FALLS})|{wording.TRAILING}"
    while found := re.compile(pattern).match(text, end):
        signs += [wording.BEHIND[found[0]]] if found["bound"] else []
        falls, end = falls or bool(found["falls"]), found.end()
    return Trail(tuple(signs), falls, end)


def names_counted(text: str, end: int, amount: Amount, units: Units) -> bool:
    """Tell whether the text after a count names what is counted: 6.6万个城市更新项目."""
    tail, number = text[end:], text[: amount.end]
    # 一个台阶, 三次蝉联: a small number in Chinese digits is often part of a name.
    counts = amount.unit in wording.COUNTING and re.search("[0-9百千]", number)
    if not counts or number.endswith("半") or tail in units:
        return False
    # 左左 is a slip for 左右, not a noun.
    return bool(re.fullmatch(wording.COUNTED, tail) and not find_nearest(tail, wording.BEHIND))


def find_reason(text: str, reasons: Sequence[tuple[str, str, str]]) -> QuantityError | None:
    """Find the first reason not to read a text."""
    told = (told for pattern, *told in reasons if re.search(pattern, text))
    return next((refuse(*parts) for parts in told), None)


def refuse_tail(tail: str, units: Units) -> QuantityError:
    """Make the refusal of the text after an amount; its first characters give the reason."""
    return find_reason(tail, wording.TAILS) or refuse(
        "has a unit or word that is not known: {text}",
        "a unit of units.csv, and words such as 以上, 左右, 以内",
        find_nearest(tail, [*wording.BEHIND, *units]),
        text=tail,
    )


def _refuse_head(head: str) -> QuantityError:
    return find_reason(head, wording.HEADS) or refuse(
        "has a word that is not known: {text}",
        "a number with its unit and words such as 以上, 突破, 左右, 以内",
        find_nearest(head, wording.list_words()),
        text=head,
    )


def weigh_words(words: Sequence[Word], amount: Amount) -> Frame:
    """Combine the words before an amount, or refuse words that contradict each other."""
    weighed = [_weigh(words[:n], word, words[n + 1 :], amount) for n, word in enumerate(words)]
    sides = [side for _, side in weighed if side]
    turns = [word.side for word in words if word.role == "turn"]
    if not turns and (len(set(sides)) > 1 or sides.count(-1) > 1):
        raise refuse("gives two directions", "one: 下降4%, 提高2个百分点")
    return Frame(
        tuple(sign for sign, _ in weighed if sign),
        (turns or sides or [0])[-1],
        next((wording.PER[word.text] for word in words if word.role == "per"), ""),
        any(word.text == "控制在" for word in words),
        any(word.role == "move" for word in words),
    )


def _scan_in_words(text: str, start: int) -> Amount | None:
    for pattern, number, sign, unit in wording.IN_WORDS:
        if found := re.compile(pattern).match(text, start):
            return Amount(Fraction(number), Fraction(0), "", unit, (sign,), found.end())
    return None


def _scan_counted(text: str, start: int, units: Units, *, bounded: bool) -> Amount | None:
    number = scan_number(text, start)
    if number is None:
        return None
    more, scale, unit, end = _scan_scaled_unit(text, number.end, units)
    value = number.value_in(scale)
    # 千万亩 is ten million mu; 进入千亿元 names a class.
    alone = number.parts in (("百",), ("千",)) and not (scale and start == 0)
    if alone and not (bounded or more):
        raise refuse("has no number before its scale word", "上千家, or 1000家")
    if number.parts == ("零",) and start and unit:
        raise refuse("may be a name", "0件, or the number in digits")
    if value is None:
        raise refuse("has parts that do not add up", "一亿二千万元, 1亿2000万元")
    if Fraction(repr(float(value[0]))) != value[0]:
        raise refuse("has more digits than a float holds", "at most 15 digits")
    return _add_rest(text, Amount(*value, scale, unit, (">",) if more else (), end))


def _add_rest(text: str, amount: Amount) -> Amount:
    """Add the half in 一吨半 or 一成半, and the hundredths in 三成五."""
    rest = "半一二三四五六七八九".find(text[amount.end : amount.end + 1] or " ")
    if rest < 0 or not amount.unit or amount.scale or amount.step != 1:
        return amount
    if rest and amount.unit != TENTHS:
        return amount
    share, step = (Fraction(rest, 10), Fraction(1, 10)) if rest else (Fraction(1, 2),) * 2
    return amount._replace(number=amount.number + share, step=step, end=amount.end + 1)


def _scan_scaled_unit(text: str, start: int, units: Units) -> tuple[str, str, str, int]:
    """Find 余 or 多, scale word and unit after a number; the longest known unit is chosen."""
    if inside := re.compile("个([多余])百分点").match(text, start):
        return inside[1], "", "个百分点", inside.end()
    found = []
    for scale in SCALES:
        if here := re.compile(f"([余多]?){scale}([余多]?)").match(text, start):
            unit, end = _scan_unit(text, here.end(), units)
            found.append((bool(unit), end, here[1] + here[2], scale, unit))
    _, end, more, scale, unit = max(found, key=lambda one: one[:2])
    return more, scale, unit, end


def _scan_unit(text: str, start: int, units: Units) -> tuple[str, int]:
    """Find the longest known unit; 每 may replace the slash before a denominator."""
    rest = text[start : start + LONGEST_UNIT]
    for end in range(len(rest), 0, -1):
        for unit in (rest[:end], rest[:end].replace("每", "/")):
            if unit == TENTHS or unit in units or (unit[-1] == ")" and read_unit(unit, units)):
                return unit, start + end
    return "", start


def _weigh(
    before: Sequence[Word], word: Word, behind: Sequence[Word], amount: Amount
) -> tuple[str, int]:
    """Tell how a word before an amount bounds it, and in which direction it points."""
    if word.role in ("bound", "alone", "distance"):
        return _weigh_bound(word, behind, amount)
    if word.role == "compared":
        return "", _weigh_comparison(before, word, behind, amount)
    return "", _weigh_move(word, behind) if word.role == "move" else 0


def _weigh_bound(word: Word, behind: Sequence[Word], amount: Amount) -> tuple[str, int]:
    """Tell how a word bounds an amount, or in which direction it measures a distance."""
    named = re.sub(wording.MODALS, "", _join_nouns(behind))
    measures = amount.unit in ("个百分点", "百分点") or (amount.unit == "位" and not word.sign)
    if word.text in wording.OFTEN_NOUNS and not measures:
        return "", 0
    if word.text in wording.LIMITS and any(one.role == "move" for one in behind):
        raise refuse("says how {word} changes", "上限5%", word=word.text)
    if not named and (word.sign or not word.text.endswith("于")):
        return word.sign, 0 if word.sign else word.side
    # 超序时进度5.9% is a distance from what was planned, in whatever unit.
    planned = word.text == "超" and re.fullmatch("(?:序?时间?)?(?:进度|预期|目标|计划)", named)
    measures = measures or bool(planned)
    side = word.side or (1 if word.text == "超" and measures else 0)
    if side and named and (measures or not word.sign) and "," not in named:
        return "", side
    share = amount.unit in ("%", "‰", "倍", TENTHS) and re.search("(?<!部分)的$", named)
    about = word.sign == "~" and word.role == "bound"
    if word.sign == "=" or ((share or about) and word.role != "alone" and "," not in named):
        return word.sign, 0
    asked = "{word} next to its number, or a distance in 个百分点 from something named"
    raise refuse("does not say what {word} bounds", asked, word=word.text)


def _weigh_move(word: Word, behind: Sequence[Word]) -> int:
    """Tell in which direction a change points; 0 if the amount is the level reached."""
    if word.text in wording.RATES:
        return word.side
    nouns = [one for one in behind if not one.sign and one.text not in wording.OF_A_MOVE]
    if nouns and nouns[-1].role == "level":
        return 0
    named = _join_nouns(nouns)
    if word.text in wording.TRANSITIVE and not re.search(wording.NO_OBJECT, named):
        named = ""
    states = [one.text for one in behind if one.sign == "="]
    if word.side < 0 and (named or (states and states != ["为"])):
        # 价格下降的商品占35%: what falls is not the share.
        raise refuse("has a noun after {word}", "下降4%, 减少5万人", word=word.text)
    # 下降为5% names a level, 下降幅度为5% does not.
    rates = any(one.text in "幅度比例率" for one in behind)
    return 0 if states and not rates else word.side


def _weigh_comparison(
    before: Sequence[Word], word: Word, behind: Sequence[Word], amount: Amount
) -> int:
    """Tell in which direction 高 in 比全国高1.5个百分点 points; 比 is optional at the front."""
    named = any(one.text in ("比", "较") or one.role == "per" for one in before)
    told = {one.role for one in behind if one.text not in ("了", "出")} & {"move", "plain"}
    distance = amount.unit == "个百分点" and told == {"plain"}
    if not distance and (told or (before and not named)):
        raise refuse(
            "does not say what {word} is compared with", "比上年高1个百分点", word=word.text
        )
    return word.side


def _join_nouns(words: Iterable[Word]) -> str:
    return "".join(word.text for word in words if word.role in ("plain", "time"))
