"""Guesses at what a figure measures, in which unit and of which place.

A guess is made only where the words near by are plain; elsewhere the cell is left blank.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from policydata.names import INDICATOR, PLACE, list_names
from policydata.quantities import Quantity
from policydata.units import Units, read_unit
from policydata.wording import DECREASES, INCREASES

_SHARES = ("%", "‰")
_POINTS = ("个百分点", "百分点")
_MOVES = "|".join(sorted((*INCREASES, *DECREASES), key=len, reverse=True))
# Units whose denominator stands with the noun: 亩产760公斤, 人均21.5平方米.
_PER_MU = ("公斤", "斤", "千克")
_PER_PERSON = ("公斤", "平方米", "吨", "千克", "亩")
_PERSONS = "人才|劳动力|大学生|学生|毕业生|青年|职工|居民|群众|农民|人员|游客"
# What may stand between the name of an indicator and its figure.
_LINK = (
    "总量|总数|总额|数量|数|规模|完成|实现|达|到|为|是|在|均|分别|同比|比上年|较上年|增速|增幅|增长|年均|年|"
    "预期|目标|全年|总|累计|入库|有|已|突破|超过|约|近|控制|稳定|保持|常年|持续|也|将|各|金额|户数|个数|"
    "指标|评价|连续|[一二三四五六七八九十0-9]|基本|就业|市域|建设|设施|事项|企业|项目|人数|人员|以上|率"
)


class Vocabulary(NamedTuple):
    """The keys that Chinese spellings stand for, and a pattern that finds the spellings."""

    keys: Mapping[str, str]
    pattern: str

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Find start, end and key of each spelling in a folded text, the longest at a position."""
        found = re.finditer(f"(?=({self.pattern}))", text.lower())
        return [(*one.span(1), self.keys[one[1]]) for one in found]


def list_places(table: pd.DataFrame) -> Vocabulary:
    """List the Chinese spellings of the places of a table."""
    return _list_spellings(PLACE, table)


def list_indicators(table: pd.DataFrame) -> Vocabulary:
    """List the Chinese spellings of the indicators of a table."""
    return _list_spellings(INDICATOR, table)


def _list_spellings(columns: Sequence[str], table: pd.DataFrame) -> Vocabulary:
    """List the spellings that stand for one key only."""
    names = list_names([name for name in columns if name in table], table)
    known = {
        spelling: next(iter(keys))
        for name, keys in names.items()
        for spelling in _write_variants(name)
        if len(keys) == 1
    }
    longest = sorted(known, key=len, reverse=True)
    return Vocabulary(known, "|".join(map(re.escape, longest)) or "(?!)")


def _write_variants(name: str) -> Iterator[str]:
    """Write a Chinese spelling with and without its remark in brackets."""
    if len(re.findall("[\u4e00-\u9fff]", name)) > 1:
        yield name
        if plain := re.sub(r"\([^()]*\)", "", name):
            yield plain


def guess_indicator(
    before: str, written: str, behind: str, indicators: Vocabulary, fitting: Container[str]
) -> str:
    """Guess the indicator by the longest of its names that stands plainly beside a figure.

    Parameters
    ----------
    before, written, behind : str
        The passage of the figure in three parts; `written` is the figure.
    indicators : Vocabulary
        The names of indicators.
    fitting : container of str
        The indicators that have the unit of the figure.

    Examples
    --------
    >>> names = Vocabulary({"高新技术企业": "high_tech_enterprises"}, "高新技术企业")
    >>> known = ["high_tech_enterprises"]
    >>> guess_indicator("高新技术企业达到", "95家", "", names, known)
    'high_tech_enterprises'
    >>> guess_indicator("高新技术企业增加值", "增长7%", "", names, known)
    ''
    """
    if written == "全覆盖":
        # 研发活动全覆盖 is a 研发活动覆盖率 of 100 %.
        found = indicators.find(f"{before}覆盖率")
        names = [one for one in found if one[1] == len(before) + 3]
    else:
        cut = len(before)
        names = [
            one
            for one in indicators.find(before + behind)
            if _stands_beside(before, behind, one[0] - cut, one[1] - cut)
        ]
    plain = [one for one in names if one[2] in fitting]
    return max(plain, key=lambda one: (one[1] - one[0], one[0]), default=(0, 0, ""))[2]


def _stands_beside(before: str, behind: str, start: int, end: int) -> bool:
    """Tell whether only words that change nothing stand between a name and its figure.

    Positions count from the figure; a name may have it in its middle: 吸引100万青年人才.
    """
    if start >= 0:
        # 228个百城建设提质项目: nothing but what describes the name stands between.
        return not re.search("[,。;、]", behind[:start])
    between = before[len(before) + end :] if end < 0 else ""
    own = re.split("[0-9,、]", between, maxsplit=1)[0]
    return not re.sub(rf"占[^,。、]{{1,12}}|{_LINK}|[“”()的]", "", own)


def guess_measure(written: str, read: Quantity, before: str) -> str:
    """Guess how a figure measures its indicator.

    Examples
    --------
    >>> from policydata import parse_quantity
    >>> guess_measure("增长7%", parse_quantity("增长7%"), "地区生产总值")
    'growth_rate'
    >>> guess_measure("70%", parse_quantity("70%"), "研发活动覆盖率")
    'share'
    """
    if read.unit == "位" or (read.low != read.low and read.high != read.high):
        return "relation"
    if re.match("比|较|高于|低于|快于|高出|超过|超|每[亩人]|优于|好于", written) and (
        read.unit in _POINTS or re.search("[\u4e00-\u9fff]{4}[0-9]", written)
    ):
        return "relation"
    if read.unit in _POINTS:
        return "change"
    listed = re.search(f"分别[^0-9,。;]*?(?:{_MOVES})", before)
    if read.unit in _SHARES:
        moved = listed or re.search(f"{_MOVES}|番|翻|倍|位数", written)
        level = re.search(f"(?>{_MOVES})[到至]", written)
        rate = re.search(
            f"(?:增速|增幅|涨幅|降幅|(?:{_MOVES})(?:目标|率)?)[^,。;、]{{0,4}}$", before
        )
        share = re.search("占|比重|比例|覆盖率|[^增长]率[^,、]{0,3}$", before[-12:])
        if (moved or (rate and not share)) and not level:
            return "growth_rate"
        return (
            "share"
            if share or level or written == "全覆盖" or not re.search("[0-9]", written)
            else ""
        )
    moved = listed or re.match(f"(?>{_MOVES})(?![到至])", written)
    return "change" if moved and not written.startswith("新增") else "level"


def fits_unit(read: Quantity, unit_text: str, standard: str, units: Units) -> bool:
    """Tell whether a figure can be one of an indicator with this standard unit."""
    if not read.unit or read.unit in (*_SHARES, *_POINTS, "位"):
        return True
    written, known = read_unit(unit_text or read.unit, units), units.get(standard)
    return bool(written and known and written.dimension == known.dimension)


def guess_unit_text(unit: str, before: str, behind: str) -> str:
    """Guess the unit that a sentence gives away from the number; blank if it is not plain.

    Examples
    --------
    >>> guess_unit_text("万", "吸引", "青年人才"), guess_unit_text("公斤", "平均亩产", "")
    ('万人', '公斤/亩')
    """
    if re.fullmatch("[百千]?[万亿]", unit):
        return f"{unit}人" if re.match(f"[\u4e00-\u9fff]{{0,4}}?(?:{_PERSONS})", behind) else ""
    if unit in _PER_MU and re.search("亩产|单产", before):
        return f"{unit}/亩"
    if unit in ("件", "个", "张") and re.search("万人[\u4e00-\u9fff]*$", before):
        return f"{unit}/万人"
    return f"{unit}/人" if unit in _PER_PERSON and "人均" in before else ""


def guess_document_place(text: str, document: str, places: Vocabulary, ids: Iterable[str]) -> str:
    """Guess the place of a document by its id, else by the place that its text names most."""
    begun = [one for one in ids if document == one or document.startswith(f"{one}-")]
    if begun:
        return max(begun, key=len)
    named = Counter(key for _, _, key in places.find(text)).most_common(2)
    plain = len(named) == 1 or (len(named) == 2 and named[0][1] > named[1][1])
    return named[0][0] if plain else ""


def guess_place(named: Iterable[str], own: str, above: Iterable[str]) -> str:
    """Guess the place of a figure: the one place that its clause names, else the document's.

    A place to which the document's place belongs only locates it: 河南 in a text of 郑州.
    """
    others = {place for place in named if place != own and place not in above}
    return own if not others else others.pop() if len(others) == 1 else ""
