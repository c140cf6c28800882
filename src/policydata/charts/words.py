"""The words of charts in English and Chinese, by the column whose vocabulary they belong to.

The words of a vocabulary stand in its declared order, from weaker to stronger: the order of
legends, groups and colours.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from policydata.schema import LANGUAGES
from policydata.tables import read_table

__all__ = ["WORDS", "find_vocabulary", "order_words", "say", "say_word", "translate"]

_IN_LEGENDS = ("status", "mark", "met", "next_target", "step", "state")
_ALIASES = {"outcome_status": "status", "target_comparator": "comparator"}
_ALIASES |= {"outcome_comparator": "comparator"}
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "status": {
        "plan_scale": ("size of a programme", "计划规模"),
        "standard": ("standard", "标准"),
        "target": ("target", "目标"),
        "estimate": ("estimate", "预计值"),
        "outcome": ("outcome", "实际值"),
    },
    "measure": {
        "level": ("level", "水平"),
        "growth_rate": ("growth", "增速"),
        "share": ("share", "占比"),
        "change": ("increase", "增量"),
        "relation": ("relation", "比较"),
        "gap": ("outcome minus target", "实际值减目标"),
    },
    "comparator": {
        "<": ("less than", "低于"),
        "<=": ("at most", "以内"),
        "~": ("approximate", "约数"),
        "=": ("exact", "确数"),
        "range": ("range", "区间"),
        ">=": ("at least", "以上"),
        ">": ("more than", "超过"),
    },
    "reliability": {
        "reprint": ("reprint", "转载"),
        "news": ("news", "新闻报道"),
        "official": ("official", "官方发布"),
    },
    "met": {
        "missed": ("missed", "未达到"),
        "unclear": ("unclear", "无法判断"),
        "met": ("met", "达到"),
    },
    "next_target": {
        "cut": ("cut", "下调"),
        "kept": ("kept", "持平"),
        "raised": ("raised", "上调"),
    },
    "step": {
        "other": ("other", "其他"),
        "half": ("half", "半整数"),
        "whole": ("whole", "整数"),
    },
    "state": {
        "not coded": ("not coded", "未编码"),
        "none stated": ("none stated", "未提及"),
        "stated": ("stated", "有表述"),
    },
    "mark": {
        "exact": ("exact", "确数"),
        "floor": ("floor: at least, more than", "下限：以上、超过"),
        "ceiling": ("ceiling: at most, less than", "上限：以内、低于"),
        "approximate": ("approximate", "约数"),
        "range": ("range", "区间"),
        "joined": ("consecutive years", "相邻年份"),
        "none": ("no figure in the data", "数据中无数字"),
        "lowest": ("lowest", "最低"),
        "highest": ("highest", "最高"),
    },
    "hazard": {
        "reprint": ("from reprints", "转载"),
        "single_source": ("from a single source", "单一来源"),
        "preliminary": ("preliminary", "初步数"),
        "inferred_year": ("with an inferred year", "年份系推断"),
        "partial_scope": ("of partial scope", "部分范围"),
        "definition_differs": ("with another definition", "口径不同"),
        "stock_or_flow": ("stock or flow, not to be added", "存量或流量不可相加"),
        "bound_only": ("with a bound only", "仅有上下限"),
        "approximate": ("approximate", "约数"),
        "part_of_year": ("of a part of the year", "非全年"),
        "several_years": ("of several years", "跨多年"),
    },
    "doc_type": {
        "work_report": ("work report", "政府工作报告"),
        "plan": ("plan", "规划计划"),
        "bulletin": ("bulletin", "公报"),
        "interview": ("interview", "访谈"),
        "press_conference": ("press conference", "新闻发布会"),
        "news": ("news", "新闻报道"),
    },
    "domain": {
        "economy": ("economy", "经济"),
        "finance": ("finance", "财政金融"),
        "trade": ("trade", "商贸"),
        "investment": ("investment", "投资"),
        "innovation": ("innovation", "科技创新"),
        "industry": ("industry", "产业"),
        "digital": ("digital", "数字化"),
        "agriculture": ("agriculture", "农业"),
        "rural": ("rural", "乡村"),
        "energy": ("energy", "能源"),
        "environment": ("environment", "生态环境"),
        "transport": ("transport", "交通"),
        "urban": ("urban", "城市建设"),
        "employment": ("employment", "就业"),
        "education": ("education", "教育"),
        "health": ("health", "卫生健康"),
        "sports": ("sports", "体育"),
        "social_care": ("social care", "养老托育"),
        "culture": ("culture", "文化旅游"),
        "government": ("government", "政务"),
        "public_security": ("public security", "公共安全"),
        "business_environment": ("business environment", "营商环境"),
    },
    "head": {
        "met": ("Were targets met?", "目标是否达到"),
        "next_target": ("Target of the year after", "次年目标的调整"),
        "step": ("Whole, half or other numbers", "整数、半整数与其他"),
        "gap": ("Distance of outcomes from targets", "实际值与目标之差"),
    },
    "phrase": {
        "and": (", ", "，"),
        "list": ("; ", "；"),
        "aside": (" ({})", "（{}）"),
        "no period": ("no period given", "未注明期间"),
        "only": ("stated for {} only", "仅{}有表述"),
        "hazards": ("Of {n} statements: {listed}", "{n} 条表述中：{listed}"),
        "pairs": ("n = {n} pairs of target and outcome", "n = {n} 组目标与实际值"),
        "rows": ("n = {n} rows", "n = {n} 行"),
        "statements": ("n = {n} statements", "n = {n} 条表述"),
        "answer": (
            "{answer}: {outcome}, target\N{NO-BREAK SPACE}{target}",
            "{answer}：{outcome}，目标\xa0{target}",
        ),
        "aim": ("{indicator}: {status} for {period}", "{indicator}：{period}{status}"),
        "measured": ("{indicator}, {measure}", "{indicator}{measure}"),
        "reference": ("{place}: {status}", "{place}：{status}"),
        "cases": ("number of cases", "个数"),
        "number": ("number", "数量"),
    },
}


def say(vocabulary: str, word: str, lang: str) -> str:
    """Say a word of a vocabulary in a language."""
    return WORDS[vocabulary][word][LANGUAGES.index(lang)]


def say_word(column: str, word: str, lang: str) -> str:
    """Say a value of a column in a language; what belongs to no vocabulary stays as it is.

    Examples
    --------
    >>> say_word("outcome_status", "estimate", "zh"), say_word("place", "hebi", "zh")
    ('预计值', 'hebi')
    """
    known = WORDS.get(find_vocabulary(column), {})
    return say(find_vocabulary(column), word, lang) if word in known else word


def find_vocabulary(column: str) -> str:
    """Name the vocabulary of a column: that of its own name, or of the column it is made like."""
    return _ALIASES.get(column, column)


def order_words(column: str, values: Iterable[str]) -> list[str]:
    """Order the values of a column: a vocabulary's words as declared, all others as they come.

    Examples
    --------
    >>> order_words("met", ["met", "missed"]), order_words("place", ["hebi", "anyang"])
    (['missed', 'met'], ['hebi', 'anyang'])
    """
    given = list(dict.fromkeys(values))
    declared = [word for word in WORDS.get(find_vocabulary(column), {}) if word in given]
    return declared + [word for word in given if word not in declared]


def translate(text: str, lang: str, places: Iterable[tuple[str, str]] = ()) -> str:
    """Say in a language what a legend says in any; what is in no vocabulary stays as it is.

    Places of one's own are pairs of an English and a Chinese name.

    Examples
    --------
    >>> translate("target", "zh"), translate("Henan: outcome", "zh"), translate("mine", "zh")
    ('目标', '河南省：实际值', 'mine')
    """
    own = {name: pair[LANGUAGES.index(lang)] for pair in places for name in pair}
    sayings = _list_sayings(lang) | own
    place, colon, status = text.replace("：", ": ").partition(": ")
    if text in sayings or not colon:
        return sayings.get(text, text)
    parts = {"place": sayings.get(place, place), "status": sayings.get(status, status)}
    return say("phrase", "reference", lang).format(**parts)


@cache
def _list_sayings(lang: str) -> dict[str, str]:
    """List every saying and place, in each language, with what it is in this one."""
    places = read_table("places")
    pairs = [pair for vocabulary in _IN_LEGENDS for pair in WORDS[vocabulary].values()]
    pairs += zip(places.name_en, places.name_zh, strict=True)
    number = LANGUAGES.index(lang)
    return {saying: pair[number] for pair in pairs for saying in pair}
