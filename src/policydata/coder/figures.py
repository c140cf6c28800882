"""Where figures stand in a folded text: amounts, figures without a digit, ranks and relations.

A figure is the whole run of the text that a coder would type as `value_text`: the amount with the
words before and behind it that bound or direct it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from policydata import wording
from policydata.bounds import BOUNDS
from policydata.coder.positions import Span
from policydata.numerals import DIGITS, NUMERAL, SCALES, QuantityError
from policydata.phrases import scan_amount
from policydata.quantities import RANGE
from policydata.units import Units

# How far back the words of a figure are looked for.
_NEAR = 40
# What stands for a digit on a damaged page.
MARK = r"[?*□■○●×\ufffd]"
# These say what the number is, not how it bounds.
_COPULAS = ("为", "是", "在", "保持", "保持在")
_LEVELS = "每年|[了出到至]"
_GROWN = "的?(?:正?增长|下降|降幅)(?=[,。;、\n]|$)"
# A pace quickens by a rate; 加快4座变电站建设 hastens what is counted.
_PACES = ("加快", "放慢", "改善", "扩大")
# Whoever goes from one number to another does not name a range.
_RISE = "[从由自]$"
_WORDS = (
    r"(?:全覆盖|全面覆盖)(?!推|开|实施|落实|监管|检查|排查|式|、全)|全面达标|"
    r"全部(?:实现)?(?:达到|达标|建成|完成|完工|竣工|投产|投用|到位|覆盖)|全部(?=实现|纳入|完|达|得到)|"
    r"(?<!的)所有(?![制者权人])[\u4e00-\u9fff]{2}(?![^,。;]*全覆盖)|"
    "正增长|正成长|(?<!转)负增长|零增长|(?:基本|大体)?持平(?!稳)|翻了?[一两二三123]番|翻番|翻倍|翻了?一倍|"
    "[两双]位数(?:增长|增速|的?增幅)?|(?:动态)?清零|过半数?(?!年)|一半|半数"
)
_RANKED = (
    "(?:(?:全球|世界|全国|全省|全市|全区|全县|[东中西]部(?:[一-龥]省)?|沿海|(?<=[居列在,。、])[\u4e00-\u9fff]{2}省)"
    "[\u4e00-\u9fff]{0,8}?)?"
)
_RANK = (
    rf"{_RANKED}(?:排名|位居|位列|排|居|列)?第(?:[一二三四五六七八九十]+|[0-9]+)[位名]|"
    rf"{_RANKED.removesuffix('?')}(?:排名|位居|位列|排|居|列)?第(?:[一二三四五六七八九十]+|[0-9]+)"
    r"(?=[,。;、!)\s”]|$)|"
    rf"{_RANKED.removesuffix('?')}首位"
)
_RELATION = (
    "[与和同跟][^,。;、0-9\n]{2,12}(?:基本)?(?:保持)?同步(?:增长|提高|提升)?(?=[,。;、\n]|$)|"
    "(?:持续|始终)?(?:高于|低于|快于|好于|优于)[\u4e00-\u9fff]{2,12}?(?:平均水平|水平|平均|增速)|"
    "超过全[国省市](?:平均)?(?:水平|平均)|"
    "完成[国省][^,。;、0-9\n]{0,8}(?:目标|任务)(?=[,。;、\n]|$)"
)
# What a number in Chinese digits counts only in passing: 六个方面, 三个特点.
_IN_PASSING = (
    "方面|特点|层面|维度|环节|阶段|原则|目标|关键|重点|方向|领域|问题|转变|统筹|确保|月|小时|字|"
    "核心|体系|坚持|时代|不|优先|更加|理念|意识|自信|维护|结合|文明|先行"
)
_NO_COUNT = "年岁月天日周次级号届期度回遍步点分秒时层类条路位代本重"
_BEFORE_COUNT = "[第这那每各前近后头首几数十百千万一二三四五六七八九两]$"


class Figure(NamedTuple):
    """The run of a figure in the folded text, and where its amount begins and ends."""

    start: int
    end: int
    first: int
    last: int


def find_figures(text: str, units: Units, taken: Iterable[Span]) -> list[Figure]:
    """Find every figure of a folded text outside the runs that are taken, in reading order.

    Examples
    --------
    >>> from policydata.units import list_units
    >>> text = "确保投资7000亿元、增长15%以上,研发活动全覆盖"
    >>> [text[one.start : one.end] for one in find_figures(text, list_units(), [])]
    ['7000亿元', '增长15%以上', '全覆盖']
    """
    excluded = [*taken]
    found: list[Figure] = []
    for find in (_find_ranks, _find_shares, _find_amounts, _find_words, _find_counts):
        for figure in find(text, units):
            # 比2021年提升3个百分点: the year is a part of what the figure says.
            apart = not any(start < figure.last and figure.first < end for start, end in excluded)
            if apart and not any(
                one.start < figure.end and figure.start < one.end for one in found
            ):
                found.append(figure)
    return sorted(found)


def _find_ranks(text: str, units: Units) -> Iterator[Figure]:
    for found in re.finditer(f"{_RANK}|{_RELATION}", text):
        # A distance has a number of its own: 高于全省平均水平1.5个百分点.
        if not re.compile("[0-9]").match(text, found.end()):
            yield Figure(*found.span(), *found.span())


def _find_shares(text: str, units: Units) -> Iterator[Figure]:
    for found in re.finditer("(?:百万|[百千万])分之(?=[0-9零一二三四五六七八九十])", text):
        yield from _scan(text, found.start(), units)


def _find_amounts(text: str, units: Units) -> Iterator[Figure]:
    """Find amounts in Arabic digits; one that is damaged is found with what stands there."""
    end = 0
    pattern = rf"{MARK}*[0-9]{MARK}*[0-9.]*(?:{MARK}[0-9.{MARK[1:]}*)?|{MARK}+(?=[%亿万])"
    for found in re.finditer(pattern, text):
        if found.start() < end:
            continue
        for figure in _scan(text, found.start(), units):
            end = figure.end
            yield figure


def _find_words(text: str, units: Units) -> Iterator[Figure]:
    for found in re.finditer(_WORDS, text):
        # 全方位、全覆盖 is a slogan.
        if not re.search(
            "全[\u4e00-\u9fff]{1,3}、$", text[max(0, found.start() - _NEAR) : found.start()]
        ):
            yield from _widen(text, *found.span())


def _find_counts(text: str, units: Units) -> Iterator[Figure]:
    """Find amounts in Chinese digits: 两千亿元, 三成, 两个产业集群."""
    digits = "一二两三四五六七八九十百千"
    for found in re.finditer(f"(?<![0-9.])(?:[{digits}]+|(?<![{digits}0-9])万亿)", text):
        start = found.start()
        before = text[max(text.rfind("\n", 0, start) + 1, start - _NEAR) : start]
        bounded = bool(re.search(_compile_lead(), before)) and not before.endswith("上")
        amount = _try_amount(text, start, units, bounded=bounded)
        if amount is None or not amount[1] or re.search(_BEFORE_COUNT, before):
            continue
        end, unit, scaled = amount
        behind = text[end : end + 4]
        exact = scaled or unit in ("成", "倍", "%", "个百分点")
        # 百万元 and 一倍 are figures where a word bounds them: 突破百万元.
        vague = found[0] == "一" or (unit == "元" and found[0] in "百千")
        quoted = before.count("“") > before.count("”")
        counts = found[0] != "一" and not quoted and _names_counted(unit, behind)
        if not behind.startswith("级") and (counts or (exact and (bounded or not vague))):
            yield from _widen(text, start, end)


def _names_counted(unit: str, behind: str) -> bool:
    """Tell whether something that can be counted is named behind a unit: 两个集群, not 三个方面."""
    named = re.match("[\u4e00-\u9fff]{2}", behind) and not re.match(_IN_PASSING, behind)
    return unit[-1] not in _NO_COUNT and bool(named)


def _try_amount(
    text: str, start: int, units: Units, *, bounded: bool = False
) -> tuple[int, str, bool] | None:
    """Find end and unit of an amount, and whether a scale word is in it; None if there is none."""
    try:
        amount = scan_amount(text, start, units, bounded=bounded)
    except QuantityError:
        return None
    if amount is None:
        return None
    run = text[start : amount.end].removesuffix(amount.unit)
    return amount.end, amount.unit, bool(amount.scale or re.search("[万亿]", run))


def _scan(text: str, start: int, units: Units) -> Iterator[Figure]:
    """Find the figure whose amount begins at a position, a range or a second goal included."""
    end = _find_end(text, start, units)
    if end == start:
        return
    before = text[max(0, start - _NEAR) : start]
    joined = re.compile(RANGE).match(text, end)
    if joined and not re.search(_RISE, before) and _begins_number(text, joined.end()):
        end = _find_end(text, joined.end(), units)
    goal = _find_goal(text, end, units)
    end = goal or end
    if re.search(r"(?:^|[^0-9A-Za-z%月日年级类])[-−]$", before):
        start -= 1
    if goal and before.endswith("保"):
        start -= 1
    yield from _widen(text, start, end)


def _find_goal(text: str, end: int, units: Units) -> int | None:
    """Find the end of a higher goal in the same unit behind a first one: 5%以上、力争5.5%."""
    bounds = f"(?:{wording.match_bounds()})?"
    goal = re.compile(rf"{bounds}{wording.GOAL}(?=[0-9])").match(text, end)
    if goal is None:
        return None
    higher = _try_amount(text, goal.end(), units)
    same = higher and higher[1] and text.endswith(higher[1], 0, end)
    return higher[0] if higher and same else None


def _begins_number(text: str, start: int) -> bool:
    return bool(re.compile(rf"[0-9]|{MARK}+[0-9%亿万]").match(text, start))


def _find_end(text: str, start: int, units: Units) -> int:
    """Find the end of an amount, of a damaged one as far as it can be told."""
    digits = re.compile(rf"[0-9.]*{MARK}[0-9.{MARK[1:]}*").match(text, start)
    if digits is None and (amount := _try_amount(text, start, units)):
        return amount[0]
    whole = digits or re.compile(NUMERAL).match(text, start)
    if whole is None:
        return start
    # Behind a whole digit the unit is found as usual.
    rest = _try_amount(f"1{text[whole.end() : whole.end() + 20]}", 0, units)
    return whole.end() + (rest[0] - 1 if rest else 0)


def _widen(text: str, start: int, end: int) -> Iterator[Figure]:
    """Take in the words before and behind an amount that bound or direct it."""
    first, last = start, end
    before = text[max(0, start - _NEAR) : start]
    compared = re.search(_compile_distance(), before)
    lead = re.search(_compile_lead(), before)
    begun = [len(before)]
    if compared and re.match("个?百分点|[位倍]|公斤|元", _name_unit(text[first:last])):
        begun.append(compared.start())
    if lead and (text[last - 1] in "%点" or not lead[0].startswith(_PACES)):
        begun.append(lead.start())
    # 低于 compares and 不低于 bounds: the longer word holds.
    start -= len(before) - min(begun)
    if start < first and (negated := re.search(wording.NEGATED, before[: min(begun)])):
        start -= len(negated[0])
    while trail := re.compile(wording.match_bounds()).match(text, end):
        end = trail.end()
    if not lead and text[first:last].endswith("%"):
        # 保持20%以上增长: the word behind directs the number.
        grown = re.compile(_GROWN).match(text, end)
        end = grown.end() if grown else end
    yield Figure(start, end, first, last)


def _name_unit(amount: str) -> str:
    """Return what follows the number and its scale word."""
    scales = "".join(sorted(set("".join(SCALES))))
    return re.sub(rf"^[0-9.{DIGITS}{scales}多余]*", "", amount)


@cache
def _compile_lead() -> str:
    """Return the pattern of the words that bound or direct the number behind them."""
    bounds = [word for bound in BOUNDS.values() for word in (*bound.before, *bound.alone)]
    moves: Sequence[str] = (*wording.INCREASES, *wording.DECREASES, *wording.TURNS)
    words = sorted({*bounds, *moves} - {*_COPULAS}, key=len, reverse=True)
    # 年内 and 规上 end a noun.
    known = "|".join(re.escape(word) for word in words if word not in ("内", "上"))
    return rf"(?:(?:{known})(?:{_LEVELS})?)+$"


@cache
def _compile_distance() -> str:
    """Return the pattern of a comparison before the number that says how far."""
    distances = "|".join(sorted(wording.DISTANCES, key=len, reverse=True))
    moves = "|".join(sorted({*wording.INCREASES, *wording.DECREASES}, key=len, reverse=True))
    named = r"[^,。;、()\n%“”]{0,14}"
    compared = "|".join(wording.COMPARED)
    return (
        rf"(?:比|较(?!上年|去年))(?!上年|去年|同期|预期)[^,。;、\n]{{2,12}}?(?:{compared}|{moves})[了出]?$|"
        rf"每[亩人户](?:{compared})[了出]?$|(?:{distances})(?:{named})$"
    )
