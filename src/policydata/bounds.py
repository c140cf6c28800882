"""One record for each comparator: its sign, its words, and the side that it leaves open."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Bound:
    """How a figure bounds a quantity.

    `before`, `behind` and `alone` are its words: before the number, after it, and before it without
    a noun between, because these words also occur inside others (节约, 附近).  `open` is the side
    without a bound, `mirrored` the sign after a decrease.
    """

    sign: str
    open: str = ""
    mirrored: str = ""
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()

    def close(self, number: float) -> tuple[float, float]:
        """Return the lower and the upper bound; an open one is missing."""
        low = math.nan if self.open == "low" else number
        return low, math.nan if self.open == "high" else number


_RECORDS = (
    Bound(
        "<",
        open="low",
        mirrored=">",
        before=tuple("低于 少于 小于 不足 不到 不满 跌破 跌穿 失守 <".split()),
    ),
    Bound(
        "<=",
        open="low",
        mirrored=">=",
        before=tuple(
            """不超过 不高于 不大于 不多于 不快于 不突破 不得超过 不得高于 不得多于 不得大于
            不得突破 不能超过 不宜超过 不应超过 小于等于 小于或等于 控制在 至多 最多 最长 顶多
            充其量 最高可 最高补贴 最高补助 最高奖励 最高给予 最高资助 最高支持 上限 ≤""".split()
        ),
        behind=tuple("以内 以下 之内 及以下 或以下 封顶 内".split()),
    ),
    Bound(
        "~",
        mirrored="~",
        before=tuple("大约 大概 大致 约为 约占 约有 约达 约合 约是 接近 将近 直逼 ≈".split()),
        behind=tuple("左右 上下".split()),
        alone=("约", "近"),
    ),
    Bound(
        "=",
        mirrored="=",
        before=tuple("达到 达 高达 多达 为 是 稳定在 保持在 维持在 保持 在".split()),
    ),
    Bound("range", mirrored="range"),
    Bound(
        ">=",
        open="high",
        mirrored="<=",
        before=tuple(
            """不低于 不少于 不小于 不慢于 不下于 不得低于 不得少于 不得小于 不能低于 不能少于
            不应低于 不宜低于 大于等于 大于或等于 达到甚至超过 达到或超过 至少 最少 起码 年满 下限
            底线 迈上 跃上 登上 站上 ≥""".split()
        ),
        behind=tuple("以上 及以上 或以上 或者以上".split()),
        alone=("上",),
    ),
    Bound(
        ">",
        open="high",
        mirrored="<",
        before=tuple("突破 超过 高于 大于 多于 跨越 跨过 迈过 冲破 升穿 >".split()),
        behind=tuple("出头 有余 多 余".split()),
        alone=tuple("超 逾 破".split()),
    ),
)
BOUNDS = {record.sign: record for record in _RECORDS}


def choose_comparator(signs: Iterable[str], *, controlled: bool = False) -> str | None:
    """Choose the sign on which the words of one figure agree; None if they disagree.

    `=` is the weakest: any other sign takes precedence.  Of 突破 and 以上 the weaker one is chosen,
    and a figure kept within about a number (控制在3%左右) is approximate.

    Examples
    --------
    >>> choose_comparator(["=", ">", ">="]), choose_comparator(["~", ">="])
    ('>=', None)
    """
    found = set(signs) - {"="}
    if controlled and found == {"<=", "~"}:
        return "~"
    for weaker, stronger in ((">=", ">"), ("<=", "<")):
        if found == {weaker, stronger}:
            return weaker
    return None if len(found) > 1 else found.pop() if found else "="
