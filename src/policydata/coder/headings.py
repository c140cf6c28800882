"""What stands over a figure: the heading of its section, and the sentence that names its time."""

from __future__ import annotations

import re

_LONGEST = 30
# The levels of headings, the highest first.
_LEVELS = (
    "第?[一二三四五六七八九十]{1,3}[、章部]",
    "[(][一二三四五六七八九十]{1,3}[)]|[\u4e00-\u9fff]{2,4}之[一二三四五六七八九十]{1,3}[:、]",
    r"[(]?[0-9]{1,2}(?:[、)]|[.](?![0-9]))",
)
_ITEM = f"(?:{'|'.join(_LEVELS)})"
_AIMS = "目标任务|(?:主要|预期|工作|发展)目标|(?:主要|重点)任务|工作(?:安排|打算)"
_RESULTS = "完成情况|执行情况|工作回顾|工作总结"
_TIMED = "20[0-9]{2}年|[今去上明全]年"
# A title or a line of the press names a year, but is no heading of a section.
_NO_SECTION = "[0-9]{1,2}月[0-9]{1,2}日|报告|公报|要点|规划|纲要|发布|来源"
# A sentence that begins with one of these speaks of its own time.
# 全年 is of the year that is spoken of.
_OPENING = (
    "20[0-9]{2}年|[今去上明]年|[今后未来过去近]{1,2}[0-9一二两三四五六七八九十]{1,2}年|近年来|多年来|目前|当前|"
    "现在|截至|一季度|上半年|前[0-9一二两三四五六七八九十]{1,3}个?[月季]"
)


def find_heading(text: str, start: int) -> str:
    r"""Find the heading above a position of a folded text that names a time or a status.

    A heading of a lower level that names neither leaves the one above it in force; blank if there
    is none.

    Examples
    --------
    >>> text = "工作要点\n一、2025年完成情况\n(一)工业\n增长7%"
    >>> find_heading(text, len(text))
    '一、2025年完成情况'
    """
    # The first line is the title of the document.
    lines = [line for line in text[: text.rfind("\n", 0, start) + 1].split("\n") if line][1:]
    level = len(_LEVELS) + 1
    for line in reversed(lines):
        rank = _rank(line)
        if rank >= level:
            continue
        if _tells(line):
            return line
        level = rank
    return ""


def _rank(line: str) -> int:
    """Rank a line that is a heading: 1 for the highest numbered one, 0 for one without a number."""
    none = len(_LEVELS) + 1
    if len(line) > _LONGEST or line[-1] in "。;!?:,、" or re.search(_NO_SECTION, line):
        return none
    for rank, pattern in enumerate(_LEVELS, 1):
        if re.match(pattern, line):
            return rank
    begun = re.match(f"{_TIMED}|{_AIMS}|{_RESULTS}", line) or re.search(
        f"(?:{_AIMS}|{_RESULTS})$", line
    )
    return 0 if begun and not re.search("[,。;:]", line) else none


def _tells(line: str) -> bool:
    return bool(re.search(f"{_TIMED}|{_AIMS}|{_RESULTS}", line))


def guess_heading_status(heading: str) -> str:
    """Guess the status of the figures under a heading; blank if it names both or neither.

    Examples
    --------
    >>> guess_heading_status("二、2026年目标任务"), guess_heading_status("一、工作回顾")
    ('target', 'outcome')
    """
    aims, results = re.search(_AIMS, heading), re.search(_RESULTS, heading)
    if results and heading[: results.start()].endswith(("目标", "任务", "主要目标任务")):
        # 目标任务完成情况 reports.
        return "outcome"
    return "" if bool(aims) == bool(results) else "target" if aims else "outcome"


def find_opening(paragraph: str) -> str:
    """Find the time that the last sentence names that begins with one, up to its comma.

    Examples
    --------
    >>> find_opening("2025年,投资50亿元。工业增长7%")
    '2025年'
    """
    for sentence in reversed(re.split("[。;!?]", paragraph)):
        opened = re.match(f"(?:{_ITEM})?[在到]?(?:{_OPENING})[^,:]{{0,6}}", sentence)
        if opened:
            return opened[0]
    return ""
