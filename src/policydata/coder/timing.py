"""Guesses at status and period: whether a figure is to be reached or was, and when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# The words that tell the status, the strongest first.
_TARGETS = (
    "确保|力争|争取|目标[是为:]|预期|力求|努力实现|(?<![长加高升大])到20[0-9]{2}年|保(?=[0-9])|"
    "(?<!年度)计划(?=投资(?!目标)|新|完成|实施|建设|到|在|于|用)|"
    "将(?=[\u4e00-\u9fff]{0,8}[0-9])|(?:今年|明年|年)要"
)
_OUTCOMES = (
    "同比|比上年|较上年|较去年|比去年|增长了|增加了|提高了|下降了|累计|已经?(?=[\u4e00-\u9fff])|"
    "现有|(?<=[\u4e00-\u9fff])了(?!解)|入选|获评|位居|居全|居第|成功|完成了|实现了|今年以来|"
    "截至|近[0-9一二三四五六七八九]年"
)
_ESTIMATES = "预计|初步测算|有望"
_HANDLED = "(?:推进|抓好|加快|谋划|实施|统筹|落实)[^,。;]{0,6}$|总投资(?:约|达|超)?$"
_STANDARD = "^[\u4e00-\u9fff]{0,6}(?:、[^,。;]{0,12})?”标准(?![化型])"
_SIZED = "^[\u4e00-\u9fff]{0,12}项目(?:完成|总)投资|^的[\u4e00-\u9fff]"
_COMMITMENTS = "确保|力争|争取|推动|推进|抓好|加快|保持"
# These govern the whole sentence behind them.
_FAR = ("确保", "力争", "争取")
_NUMBERS = "一二三四五六七八九十"
_N = f"(?P<n>(?<![0-9])[0-9]{{1,2}}|[{_NUMBERS}两]{{1,2}})"
_YEAR = "(?:(?P<year>(?:19|20)[0-9]{2})年?|(?P<said>今年|本年|当年|去年|上年|明年|新的一年))?"
# What is compared with names no period: 比上年.
_NO_BASE = "(?<![比较])(?<![比较]20[0-9]{2}年)"
_AIMED, _REACHED = ("target", "plan_scale"), ("outcome", "estimate")
# A year and its parts are carried on to what is said next; a plan of five years is not.
_CARRIED = ("year", "half", "quarter", "quarters", "months", "month")
# These name the year that is spoken of, whatever the year of the document is.
_WITHIN = ("全年", "年内", "当年", "本年")
# What happens over a time is not as of a month.
_FLOW = "同比|[较比][上去]年|完成|新[增建]|增长|下降|增加(?!值)|减少|提高|降低"
# These belong to the figure right behind them, not to a later one of the sentence.
_OWN: tuple[tuple[str, str], ...] = (("running", f"连续{_N}年"), ("past", f"{_N}年(?=翻)"))
_TIMES: tuple[tuple[str, str], ...] = (
    ("unfixed", "年均|常年|每年"),
    ("years", "(?P<first>(?:19|20)[0-9]{2})年?[-—–~至到](?P<last>(?:19|20)[0-9]{2})年"),
    ("plan", "“?十(?P<five>[一二三四五六])五”?(?P<end>末|时?期?末)?"),
    ("past", f"近{_N}年|{_N}年来"),
    ("coming", f"(?:未来|今后){_N}年|{_N}年[内间]"),
    ("quarter", f"{_YEAR}第?(?P<n>[一二三四1-4])个?季度"),
    ("quarters", f"{_YEAR}前(?P<n>[二三23])个?季度"),
    ("half", f"{_YEAR}上半年"),
    ("months", f"{_YEAR}(?:(?<!提)前{_N}个月|1月?[-—–~至到](?P<m>[0-9]{{1,2}})月)"),
    ("month", f"{_YEAR}(?P<m>[0-9]{{1,2}})月(?![0-9])"),
    (
        "year",
        "(?P<year>(?:19|20)[0-9]{2})年|(?P<said>今年|本年|当年|去年|上年|明年|全年|年内|新的一年)",
    ),
)


def guess_status(sentence: str, paragraph: str, behind: str, published: str) -> str:
    """Guess the status by the words of the sentence before a figure, else of its paragraph.

    `behind` are the words behind the figure; what a past year had is an outcome.

    Examples
    --------
    >>> guess_status("确保投资", "", "", ""), guess_status("2022年,投资", "", "", "2023-01-10")
    ('target', 'outcome')
    """
    if re.search(_STANDARD, behind):
        return "standard"
    if re.search(_SIZED, behind) and not re.search("[的率]$", sentence[-1:]):
        return "plan_scale" if re.search("投资$", sentence) or not behind.startswith("的") else ""
    if re.search("^[^,。;0-9]{0,6}目标", behind):
        return "target"
    aimed = [*re.finditer(_TARGETS, sentence)]
    reached = [*re.finditer(_OUTCOMES, sentence)]
    if re.search(_ESTIMATES, sentence):
        return "estimate"
    plan = bool(aimed) or (not reached and _speaks_of_plans(paragraph))
    if plan and re.search(_HANDLED, sentence):
        return "plan_scale"
    if aimed and not (reached and reached[-1].start() > aimed[-1].start()):
        return "target"
    past = re.findall(f"{_NO_BASE}(20[0-9]{{2}})年", sentence)
    if reached or (past and max(past) < published[:4]):
        return "outcome"
    return "target" if plan else "outcome" if _speaks_of_results(paragraph) else ""


def _speaks_of_plans(paragraph: str) -> bool:
    return bool(re.search("确保|力争|争取", paragraph)) and not re.search(_OUTCOMES, paragraph)


def _speaks_of_results(paragraph: str) -> bool:
    return bool(re.search(_OUTCOMES, paragraph)) and not re.search(_TARGETS, paragraph)


def find_commitment(status: str, sentence: str) -> tuple[int, int] | None:
    """Find the word that governs a figure in the sentence before it; None if it is not plain.

    Examples
    --------
    >>> find_commitment("target", "确保投资"), find_commitment("target", "加快建设,投资")
    ((0, 2), None)
    """
    clause = max(sentence.rfind(mark) for mark in ",、") + 1
    found = [
        match.span()
        for match in re.finditer(_COMMITMENTS, sentence)
        if match[0] in _FAR or match.start() >= clause
    ]
    if status in ("target", "plan_scale"):
        return found[-1] if found else None
    kept = re.search("保持(?=[^,。;]{0,2}$)", sentence)
    return kept.span() if kept and status == "outcome" else None


def guess_period(
    status: str,
    sentence: str,
    item: str,
    published: str,
    above: str = "",
    *,
    reports_last_year: bool = False,
) -> str:
    """Guess the period of a figure by the last words of time before it.

    `item` is the text from the figure before it up to its end, `above` what names the time of its
    paragraph, else of its section.  Without such words a target is for the year of the document; an
    outcome is of the year before in a report on that year, else a state is as of the month of the
    document, and a flow is left blank.

    Examples
    --------
    >>> day = "2024-09-29"
    >>> guess_period("outcome", "今年前8个月,成交额", "", day)
    '2024-01/2024-08'
    >>> guess_period("target", "到2025年", "", day)
    '2025'
    >>> guess_period("outcome", "投资", "投资增长7%", day, "2023年")
    '2023'
    """
    # What is built upon is over: 在去年…基础上.
    sentence = re.sub("在[^,。;]*基础上", "", sentence)
    clause = re.split("[,、]", sentence)[-1]
    carried = _carry_time(above, status, published)
    for part, times in ((item, _OWN), (clause, _TIMES), (sentence, _TIMES)):
        if found := _find_last_time(part, times):
            if found[1].get("said") in _WITHIN and re.fullmatch("[0-9]{4}", carried):
                return carried
            annual = bool(re.search("[较比][上去]年", sentence))
            return _write_period(*found, status, published, annual=annual)
    return carried or _guess_undated(status, clause + item, published, reports_last_year)


def _carry_time(above: str, status: str, published: str) -> str:
    """Write the time of the paragraph or the section; blank if it belies the status."""
    found = _find_last_time(above, _TIMES)
    several = len({*re.findall("20[0-9]{2}年", above)}) > 1
    if found is None or found[0] not in _CARRIED or several:
        return ""
    period = _write_period(*found, status, published, annual=False)
    over = status in _AIMED and period < published[:4]
    early = status in _REACHED and period[:4] > published[:4] > ""
    return "" if over or early else period


def _guess_undated(status: str, words: str, published: str, reports_last_year: bool) -> str:
    """Guess the period of a figure over which no time is named."""
    if not published or status in ("standard", ""):
        return ""
    if status in _AIMED:
        return published[:4]
    if reports_last_year:
        return str(int(published[:4]) - 1)
    flow = re.search(_FLOW, words) and "累计" not in words
    return "" if flow else published[:7]


def _find_last_time(
    text: str, times: Sequence[tuple[str, str]]
) -> tuple[str, Mapping[str, str | None]] | None:
    """Find the last words of time in a text: their kind and their parts."""
    found = [
        (match.end(), match.end() - match.start(), kind, match.groupdict())
        for kind, pattern in times
        for match in re.finditer(_NO_BASE + f"(?:{_name_apart(pattern)})", text)
    ]
    if not found:
        return None
    *_, kind, parts = max(found, key=lambda one: one[:2])
    return kind, parts


def _name_apart(pattern: str) -> str:
    """Name a group that a pattern has twice only once."""
    first, _, rest = pattern.partition("(?P<n>")
    return pattern if "(?P<n>" not in rest else f"{first}(?P<n>{rest.replace('(?P<n>', '(?P<k>')}"


def _write_period(
    kind: str, parts: Mapping[str, str | None], status: str, published: str, *, annual: bool
) -> str:
    """Write words of time as a period, ISO 8601; blank if the year is not known."""
    if kind == "years":
        return f"{parts['first']}/{parts['last']}"
    if kind == "plan":
        first = 2011 + 5 * (_NUMBERS.index(str(parts["five"])) - 1)
        return f"{first + 4}" if parts["end"] or status == "target" else f"{first}/{first + 4}"
    year = _read_year(parts, published)
    if year is None or kind == "unfixed":
        return ""
    number = _read_count(parts.get("n") or parts.get("k") or parts.get("m") or "0")
    spans = {
        "past": f"{year - number}/{year}",
        "running": f"{year - number + 1}/{year}",
        "coming": f"{year}/{year + number - 1}",
        "quarter": f"{year}-Q{number}",
        "quarters": f"{year}-01/{year}-{3 * number:02}",
        "half": f"{year}-01/{year}-06",
        "months": f"{year}-01/{year}-{number:02}",
        "month": f"{year}-{number:02}",
    }
    if kind in spans:
        return spans[kind]
    runs = parts.get("said") == "今年" and status == "outcome" and len(published) > 4
    runs = runs and not annual
    return f"{year}-01/{published[:7]}" if runs else str(year)


def _read_year(parts: Mapping[str, str | None], published: str) -> int | None:
    if parts.get("year"):
        return int(str(parts["year"]))
    apart = {"去年": -1, "上年": -1, "明年": 1}.get(parts.get("said") or "", 0)
    return int(published[:4]) + apart if published else None


def _read_count(written: str) -> int:
    written = written.replace("两", "二")
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    whole = (_NUMBERS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return whole + (_NUMBERS.index(ones) + 1 if ones else 0)
