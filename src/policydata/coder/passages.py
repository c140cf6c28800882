"""The shortest passage that shows a figure with the words of what it measures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from policydata.coder.figures import Figure
from policydata.wording import TIMES

LONGEST = 40
_STOP = ",。;:!?】\n"
# How long words before a count may be that belong to it: 累计改建45个, 五年内吸引100万.
_SHORT = 5
# Where a noun behind its number ends: what is done with it is no part of its name.
_VERBS = (
    "完成投资|实行|这|(?<=[\u4e00-\u9fff]{2})(?:的|来(?=[\u4e00-\u9fff]))|建成|开工|竣工|投产|投入|入选|获|位居|居全|均|"
    "等(?=[,。;、]|$)|当年|搭建|提供|开展|以及|和(?=[\u4e00-\u9fff]{2,6}(?:工程|项目))|和“|"
    "“(?=[\u4e00-\u9fff]{2,}”、?“)"
)
# Words before a name that are no part of it.
_FILLERS = (
    "确保|力争|争取|努力|奋力|推动|推进|加快|加大|加强|持续|稳步|全力|全面|大力|积极|扎实|深入|"
    "坚持|抓好|做好|围绕|实施|开展|组织|完善|高水平|高标准(?!农)|高质量|科学|共|现有|已有|拥有|建设|修建|"
    "建成(?!区)|建立|设立|成立|形成|实现了?|在|其中|同时|目前|当前|截至|今年|明年|去年|全年|当年|"
    "本年|我市|全市|我们|全县|全区|新的一年|以来|近年来|年内|[一二三四五六七八九十]是|预计|各级各类|以及|按照|"
    "帮助|引导|助力|已(?!建)|还|又|也|并|则|将|要|底|末|率先|平均(?=增)|划分|评选了?|累计(?=[实达])|涵盖|实有|"
    "(?:打造|培育|完成|制定了?)(?=.{3})|为(?:企业|群众|(?=全市))|把|[\u4e00-\u9fff]{2}方面"
)
# The number of an item in a list stands before its words.
_NUMBERED = "[(]?(?:[0-9]{1,2}(?:[)、]|[.](?![0-9]))|[一二三四五六七八九十]{1,2}[)、])"
# What is done to bring a count about: promised, it is a part of what the figure says.
_ACTS = "建设|修建|建成|建立|设立|打造|培育|开展|实施|完成|实现|推出|制定"
_GOVERNING = "确保|保证|力争|争取|推动|推进"
# Behind one of these begins the name, wherever they stand before it.
_THROUGH = "实现了?|确保|力争|推动|推进|争取|完成"
# What may stand between a name and a further figure of it.
_BETWEEN = (
    "同比|比上年|较上年|比去年|较去年|环比|年均|平均|每年|分别|也|又|再|总数|总量|总额|累计|其中|"
    "连续|继续|保持|预期|预计|全年|今年|实际|名义|可比|不变价|为|是|在|将|已|并|且|完成|增速|增幅|位居|"
    "居|的|达|约"
)


class Passage(NamedTuple):
    """A run of the folded text around a figure.

    `bare` if the name stands with an earlier figure; `name_end` is where the name ends, if the
    names of other figures come behind it.
    """

    start: int
    end: int
    bare: bool = False
    name_end: int = 0


def find_passages(text: str, figures: Sequence[Figure], places: str = "(?!)") -> list[Passage]:
    """Find for each figure of a folded text the passage from its name, or up to it.

    A name of a place (pattern `places`) before the name of what is measured is left out.

    Examples
    --------
    >>> from policydata.coder.figures import find_figures
    >>> from policydata.units import list_units
    >>> text = "确保投资总额7000亿元、增长15%以上,新建60个精品村"
    >>> figures = find_figures(text, list_units(), [])
    >>> [text[one.start : one.end] for one in find_passages(text, figures)]
    ['投资总额7000亿元', '投资总额7000亿元、增长15%以上', '新建60个精品村']
    """
    rights = [_find_right(text, figures, place) for place in range(len(figures))]
    passages: list[Passage] = []
    for place, figure in enumerate(figures):
        passage = _find_named(text, figures, place, places) or _frame(
            text, figures, place, rights[place], places
        )
        if passage.bare and place and _continues(text, figures[place - 1], figure):
            start = passages[-1].start
            if passage.end - start <= LONGEST:
                passage = passage._replace(start=start)
        passages.append(passage)
    return passages


def take_in_act(text: str, figure: Figure, passage: Passage, floor: int) -> Passage:
    """Take into a passage the verb of what is to be done: 建设 of 确保建设森林特色小镇9个.

    It is taken in if the clause begins with it, or if the figure stands right behind it.  The
    governing word before it (确保, 力争) is no part of what a quote shows, and a verb before an
    earlier figure (which ends at `floor`) is of that one.

    Examples
    --------
    >>> figure = Figure(10, 12, 10, 12)
    >>> take_in_act("确保建设森林特色小镇9个", figure, Passage(4, 12), 0).start
    2
    """
    left = _find_left(text, passage.start, min(floor, passage.start))
    before = text[left : passage.start]
    act = re.match(f"(?:{_NUMBERED})?(?:{_GOVERNING})?({_ACTS})", before)
    if act is None and passage.start == figure.start:
        act = re.search(f"({_ACTS})$", before)
    if act is None or passage.bare or passage.end - left - act.start(1) > LONGEST:
        return passage
    return passage._replace(start=left + act.start(1))


def _find_named(text: str, figures: Sequence[Figure], place: int, places: str) -> Passage | None:
    """Find the passage of a figure in a list whose names are listed first: A、B分别达3个、4个."""
    figure = figures[place]
    clause = max(text.rfind(stop, 0, figure.start) for stop in _STOP) + 1
    apart = text.rfind("分别", clause, figure.start)
    if apart < 0:
        return None
    end = _find_stop(text, figure.end)
    listed = [one for one in figures if apart < one.start < end]
    names = list(re.finditer("[^、和及与]+", text[clause:apart]))
    if len(listed) < 2 or len(names) != len(listed):
        return None
    name = names[listed.index(figure)]
    start = clause + name.end() - len(_strip(name[0], places))
    return Passage(start, figure.end, name_end=clause + name.end())


def _frame(text: str, figures: Sequence[Figure], place: int, right: int, places: str) -> Passage:
    """Find the passage of one figure between its neighbours."""
    figure = figures[place]
    floor = figures[place - 1].end if place else 0
    left = _find_left(text, figure.start, floor)
    before = _strip(text[left : figure.start], places)
    behind = text[figure.end : right]
    start = figure.start - len(before)
    in_words = not re.search("[0-9]", text[figure.first : figure.last])
    joined = bool(place) and left == floor and not re.match("[、,]", text[floor:])
    if behind and not behind.startswith("的") and not in_words:
        described = before.endswith(("的", "等"))
        kept = 2 < len(before) <= 14 if described else len(before) <= _SHORT
        return Passage(start if kept and not joined else figure.start, right)
    if behind and (in_words or len(before) <= _SHORT):
        return Passage(start, right)
    if joined:
        # 110个项目完成投资350亿元: what the figure measures begins with another figure.
        return Passage(start, figure.end, bare=True)
    bare = not re.sub(_compile_between(), "", before) or before.startswith("占")
    return Passage(start, figure.end, bare)


def _find_left(text: str, start: int, floor: int) -> int:
    """Find where the item of a list, or the clause, begins that leads to a figure."""
    clause = max(text.rfind(stop, floor, start) for stop in _STOP) + 1
    opened = text.rfind("“", floor, start) + 1
    if opened and "”" not in text[opened:start]:
        clause = max(clause, opened)
    # Behind another figure an item begins.
    item = 0 if clause or not floor else text.find("、", floor, start) + 1
    return max(clause, item, floor)


def _find_stop(text: str, end: int) -> int:
    """Find where the clause of a figure ends."""
    return min((at for mark in _STOP if (at := text.find(mark, end)) >= 0), default=len(text))


def _find_right(text: str, figures: Sequence[Figure], place: int) -> int:
    """Find where the name behind a figure ends."""
    end = figures[place].end
    ceiling = figures[place + 1].start if place + 1 < len(figures) else len(text)
    if ceiling <= end + 1 < len(text) and text[end] in "、的":
        # 97.7%、2059项事项, 412.3亿元的228个项目: both figures are of what is named last.
        further = _find_right(text, figures, place + 1)
        named = further > figures[place + 1].end
        return further if named else end
    if text.startswith("、", end):
        return end
    room = end + LONGEST // 2 + 4
    stop = min(_find_stop(text, end), room)
    closed = text.find("”", end, stop)
    if closed >= 0 and "“" not in text[end:closed]:
        stop = closed
    if ceiling < stop:
        # The name ends before the item that has a figure of its own.
        mark = max(text.rfind(mark, end, ceiling) for mark in "、的和及")
        stop = mark if mark >= end else ceiling
    elif stop == room and (joint := re.compile("[、和]").search(text, end + 2, stop)):
        # Several names, of which the first is counted: 7家省实验室和….
        stop = joint.start()
    verb = re.compile(_VERBS).search(text, end + text.startswith("的", end), stop)
    if not re.search("[0-9]", text[figures[place].first : figures[place].last]):
        mark = text.find("、", end, stop)
        stop = mark if mark >= 0 else stop
    return min(verb.start(), stop) if verb else stop


def _strip(before: str, places: str) -> str:
    """Strip the words before a name that are no part of it."""
    for through in re.finditer(_THROUGH, before):
        # 完成投资 keeps its verb: 投资 alone names nothing.
        if len(before) - through.end() > 1 + through[0].startswith("完成"):
            return _strip(before[through.end() :], places)
    return re.sub(_compile_fillers(places), "", before)


@cache
def _compile_fillers(places: str) -> str:
    times = f"(?![0-9一二三四五六七八九十]+年内)(?:{'|'.join(TIMES)})"
    return f"^(?:{_NUMBERED})?(?:{times}|{_FILLERS}|{places}|[、“](?!.*”))*"


@cache
def _compile_between() -> str:
    return f"{'|'.join(TIMES)}|{_BETWEEN}|[、,]"


def _continues(text: str, before: Figure, figure: Figure) -> bool:
    """Tell whether a figure says more of what the figure before it measures."""
    between = text[before.end : figure.start]
    return len(between) <= 16 and not re.search("[。;:!?\n]|均", between)
