"""Numerals that are plainly no figures: dates, numbers in lists, telephone numbers, names."""

from __future__ import annotations

import re
from typing import NamedTuple

from policydata.coder.positions import Span

# How far away quotation marks belong to a number.
_NEAR = 40
# A programme is named by what it is, behind its number.
_PROGRAMME = (
    "工作|行动|工程|体系|模式|计划|战略|机制|格局|布局|目标|发展|产业|现代|战略|城市|规划|政策|矩阵|"
    "专项|攻坚|框架|方案|思路|举措|架构"
)
# What a number counts or measures does not make it a name.
_MEASURED = "公里|千米|米|亩|小时|分钟|天|个|家|项|人|名|户|元|条|处|座|所|台|辆|部|件|余|多|吨|平"
# What is written before the digits, the digits themselves, and what is written behind them: the
# first of these that fits a numeral gives its reason.
_PATTERNS = (
    ("contact", r"(?<![0-9])(?:0[0-9]{2,3}[-— ]?)[0-9]{7,8}(?:[-转][0-9]{1,4})?(?![0-9])"),
    ("contact", r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])400[- ]?[0-9]{3,4}[- ]?[0-9]{3,4}"),
    ("contact", r"(?:电话|热线|传真|邮编|手机)[^,。;\n0-9]{0,6}[0-9][0-9—-]{4,}"),
    ("contact", r"[A-Za-z0-9._-]*[0-9][A-Za-z0-9._-]*@[A-Za-z0-9._-]+"),
    ("boilerplate", r"(?:https?://|www\.)[A-Za-z0-9._/?=&%-]+"),
    ("boilerplate", r"[\u4e00-\u9fffA-Za-z_]*?[0-9A-Za-z_-]*[0-9]+\.(?:jpe?g|png|gif|pdf|docx?)"),
    ("boilerplate", r"(?:截图|图片|IMG_?)[0-9]{4,}(?:_[0-9]+)?|(?<![0-9.])[0-9]{11,}"),
    ("boilerplate", r"[0-9]+(?:条评论|人参与|人阅读|次浏览|次阅读)"),
    ("boilerplate", r"(?:阅读|浏览|点击|评论|访问)(?:量|数|次数|人数)?:[0-9]+"),
    ("boilerplate", r"(?:ICP备|公网安备|许可证|备案)[^,。;\n]{0,12}?[0-9]+(?:[-号][0-9]+)*号?"),
    ("policy_code", r"[〔\[(【][0-9]{4}[〕\])】][0-9]+号"),
    ("date", r"(?:19|20)[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])"),
    ("date", r"(?:19|20)[0-9]{2}年?[-—–~至到](?:19|20)?[0-9]{2}年"),
    ("date", r"(?:19|20)[0-9]{2}[-—–~](?:19|20)[0-9]{2}(?![0-9])"),
    ("date", r"(?:19|20)?[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|(?:19|20)[0-9]{2}年度?"),
    ("date", r"[0-9]{1,2}月?[-—–~至到][0-9]{1,2}月(?!度)份?"),
    ("date", r"[0-9]{1,2}月(?:[0-9]{1,2}[日至—-]+)*(?:份|底|末|初|[上中下]旬)?|[0-9]{1,2}日(?!均)"),
    (
        "date",
        r"(?:[近连首头]|(?<!提)前|连续|过去|未来|历时|时隔|今后|为期)[0-9]{1,2}个?(?:年|月|季度|天|届)(?:多|来|内)?",
    ),
    (
        "date",
        r"前[0-9]个季度|[0-9]{1,2}年(?=[来内间多,。、]|时间|以来|左右|行动|规划|期|里|的)|[0-9]{1,2}周年",
    ),
    ("date", r"(?:用|到|未来|等)[0-9]{1,2}年"),
    ("time", r"(?<![0-9])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9])|[0-9]{1,2}[时点][0-9]{1,2}分"),
    ("ordinal", r"^[^\S\n]*[(]?[0-9]{1,2}(?:[)、.](?![0-9])|(?=[^\S\n]+[\u4e00-\u9fff]))"),
    ("ordinal", r"[(][0-9]{1,2}[)](?=[\u4e00-\u9fff“])"),
    ("ordinal", r"(?<=[。;:!])[0-9]{1,2}[.、](?=[\u4e00-\u9fff“])"),
    # 全省第5 and 第5位 are ranks.
    ("ordinal", r"第[0-9]+(?:[章条节届次批期号款]|[—-][0-9]+)"),
    ("ordinal", r"(?<![省国市区界居列名])第[0-9]+(?![0-9]*[位名])"),
    ("name", r"[0-9.]+[百千万亿]+元?级|[3-9][0-9]{3}(?:多|余)?年|[0-9]+小时(?=过境|免签)"),
    ("policy_code", r"“[0-9NXn+\-—×*/%]+”|“[^”\n0-9]{0,8}[0-9]+(?:[+][0-9NXn]+)+[^”\n]{0,8}”"),
    ("policy_code", r"[0-9]+(?:\+[0-9NXn]+)+|[NX]\+[0-9]+"),
    ("policy_code", rf"“(?!20|[0-9]+(?:{_MEASURED}))[0-9]{{2,}}[^”\n0-9%亿万]{{0,10}}”"),
    ("policy_code", rf"(?<![0-9.])[0-9]{{3,4}}(?=(?:{_PROGRAMME}))"),
    ("name", rf"(?:国道|省道|县道|航班|车次|型号)[A-Z]?[0-9]+(?![0-9.亿万]*(?:{_MEASURED}))"),
    # Numbers to call in an emergency, or for a service of the city.
    (
        "name",
        rf"(?<![0-9.])(?:110|119|120|122|12345|12315|12333|12328)(?![0-9.%]|{_MEASURED})"
        "(?=[\u4e00-\u9fff]{2})(?!年|亿|万)",
    ),
    ("name", r"(?<![A-Za-z])[A-Z][A-Za-z]*-?[0-9]+(?:\.[0-9]+)?(?:/[0-9]+)?(?![0-9.亿万%元])"),
    ("name", r"[0-9]+(?:A级?|[BCDEGHKMNPRSTVX](?![A-Za-z]))(?:级|网络|基站)?"),
    ("name", r"[0-9]{1,3}号(?:线|楼|院|机|店|仓|文件)?|[0-9]+强"),
    ("name", rf"(?<=“)20[0-9]{{2}}(?![0-9.年—~至到亿万千百%]|{_MEASURED})(?=[\u4e00-\u9fff])"),
    ("part_of", r"[0-9]+千伏(?=[\u4e00-\u9fff]{2})"),
    (
        "part_of",
        r"(?:(?:超|超过|达|投资)?[0-9.]+(?:亿|万|千万|百万)元(?:以上|及以上)?的?(?:以上)?)(?=(?:[\u4e00-\u9fff]{0,6})?项目[^,。;、]{0,10}[0-9])",
    ),
)


class Exclusion(NamedTuple):
    """A run of the folded text whose numerals are proposed to be excluded, and the reason."""

    start: int
    end: int
    reason: str

    @property
    def span(self) -> Span:
        """The run of the folded text."""
        return self.start, self.end


def find_exclusions(text: str) -> list[Exclusion]:
    """Find every run of a folded text whose numerals are plainly no figures, in reading order.

    Examples
    --------
    >>> text = "2023年9月,“1+8”体系建成5G基站3600个"
    >>> [(text[one.start : one.end], one.reason) for one in find_exclusions(text)]
    [('2023年9月', 'date'), ('“1+8”', 'policy_code'), ('5G基站', 'name')]
    """
    found: list[Exclusion] = []
    for reason, pattern in _PATTERNS:
        for match in re.finditer(pattern, text, re.MULTILINE):
            start, end = match.span()
            if re.search("[0-9]", match[0]) and not any(
                one.start < end and start < one.end for one in found
            ):
                found.append(Exclusion(start, end, reason))
    return sorted(found)


def judge_bare(text: str, start: int, end: int) -> str:
    """Judge a number without a unit or a word beside it; blank if it may be a figure.

    Examples
    --------
    >>> judge_bare("提升107东移项目", 2, 5), judge_bare("排名前10", 3, 5)
    ('name', 'ordinal')
    >>> judge_bare("指数105.2", 2, 7)
    ''
    """
    if not re.fullmatch("[0-9]+", text[start:end]):
        return ""
    before, behind = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if before.endswith(("第", "前")):
        return "ordinal"
    if re.fullmatch("(?:19|20)[0-9]{2}", text[start:end]):
        return "date"
    quoted = re.search("“[^”\n]*$", before) and re.match("[^“\n]*”", behind)
    return "policy_code" if quoted else "name"
