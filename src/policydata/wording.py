"""The words that bound, direct or replace a number: the vocabulary that `quantities` reads with.

A word that is not here is refused; a new one is an entry here and a row in its test.  Patterns are
text: `re` compiles each when it is first used, and an import compiles none.
"""

from __future__ import annotations

import math

from policydata.numerals import NUMBER

__all__ = [
    "BOUNDS",
    "DECREASES",
    "GUESSES",
    "KNOWN_WORDS",
    "PER_MU",
    "PHRASES",
    "RANK",
    "REACHED",
    "TENTHS",
]

# Comparator by word.  "=" is the weakest: any other word beside it wins.
BOUNDS = {
    **dict.fromkeys("以上 及以上 不低于 不少于 至少 迈上".split(), ">="),
    **dict.fromkeys("突破 超过 超 余 多 高于 大于".split(), ">"),
    **dict.fromkeys("以内 以下 之内 不超过 不高于 控制在 至多".split(), "<="),
    **dict.fromkeys("低于 少于 小于".split(), "<"),
    **dict.fromkeys("左右 约 大约 近 上下".split(), "~"),
    **dict.fromkeys("达到 达 稳定在 保持在 保持 为".split(), "="),
}
INCREASES = tuple("增长 增加 增产 新增 提高 提升 上升 上涨".split())
DECREASES = tuple("下降 降低 减少 减产 回落 下滑 压减 降".split())
# After a word of decrease these name the level reached, so that nothing is negative.
REACHED = ("到", "至")
# Words that give the unit a denominator: 亩产760公斤 is 760公斤/亩.
PER_MU = ("亩产", "亩均", "每亩")
# A share in tenths: 三成 is 30 %.
TENTHS = "成"
# What stands where a unit should and leaves the number open: pattern, reason, what is allowed.
GUESSES = (
    (r"(?:好几|[几数来]).*", "is an estimate", "a number with its unit: 12个, 10个以上"),
    (r"半.*|.*半", "counts in halves", "the number in digits: 50%, 1.5年"),
    (rf"{TENTHS}.+", "is no whole number of tenths", "三成, or per cent: 35%"),
    (r"[一二三四五六七八九零〇].*|两[百千万].*", "holds two numbers", "one number: 5.5亿元"),
    (r"(?![^\W_]|[%‰°]).+|.*(?![\w%‰°)]).", "has a sign for its unit", "5个, 5%, 5元"),
)
# Words that neither bound nor direct.
_NEUTRAL = (
    *"将 预计 累计 共 各 均 连续 年产 了 的 之间".split(),
    *"高出 全省平均 全国平均 新台阶 台阶 大关".split(),
)
KNOWN_WORDS = tuple(
    sorted({*BOUNDS, *INCREASES, *DECREASES, *REACHED, *PER_MU, *_NEUTRAL}, key=len, reverse=True)
)

_NAN = math.nan
# A run of words without any number, be it in Chinese digits: 高于百分之五 is no phrase.
_WORDS = rf"(?:(?!{NUMBER})\D)*"
# Figures without a digit: pattern, low, high, comparator, unit.
PHRASES: tuple[tuple[str, float, float, str, str], ...] = (
    (rf"全覆盖|全部{_WORDS}|所有{_WORDS}|全面达标", 100.0, 100.0, "=", "%"),
    (r"(?:保持|实现)?正增长", 0.0, _NAN, ">", "%"),
    (r"(?:实现)?零增长|持平", 0.0, 0.0, "=", "%"),
    (r"(?:实现)?翻了?一?番", 100.0, 100.0, "=", "%"),
    (r"(?:实现)?翻了?两番", 300.0, 300.0, "=", "%"),
    (r"(?:保持|实现)?两位数(?:以上)?(?:增长)?", 10.0, _NAN, ">=", "%"),
    (r"(?:动态)?清零", 0.0, 0.0, "=", "个"),
    (r"[与和].*基本同步", _NAN, _NAN, "~", ""),
    (r"[与和].*同步", _NAN, _NAN, "=", ""),
    (rf"(?:持续)?高于{_WORDS}", _NAN, _NAN, ">", ""),
    (rf"(?:持续)?低于{_WORDS}", _NAN, _NAN, "<", ""),
    (rf"不低于{_WORDS}|完成{_WORDS}目标", _NAN, _NAN, ">=", ""),
)
RANK = r"(?:位居|居|排名)?全[省国市](?:排名)?第([一二三四五六七八九十]+|\d+)位?"
