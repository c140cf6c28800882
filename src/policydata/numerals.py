"""Numbers as Chinese documents write them, folded to one form and read exactly.

Folding changes only what carries a number or a unit: width, Traditional characters, stray blanks,
thousands separators, pinyin after a character.  What cannot be read is refused, not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from policydata.messages import say

NUMERAL = r"[0-9]+(?:\.[0-9]+)?"
SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7}
SCALES |= {"亿": 10**8, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}

DIGITS = "零〇一二两三四五六七八九十百千"
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
_DIGITS |= {"〇": 0, "两": 2}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_ONE, _ANY, _ZERO = "[一二三四五六七八九]", "[一二两三四五六七八九]", "[零〇]"
_MORE = "[零〇一二三四五六七八九十]"
# Below ten thousand the steps fall: 千 after 十 is the scale of a unit. 五 in 三百五 is fifty.
_TENS = f"{_ONE}?十{_ONE}?"
_LAST = f"{_ONE}(?![十百千])"
_HUNDREDS = f"{_ANY}百(?:{_ZERO}{_ONE}|{_TENS}|{_LAST})?"
_THOUSANDS = f"{_ANY}千(?:{_ZERO}(?:{_TENS}|{_ONE})|{_HUNDREDS}|{_LAST})?"
# A group ends where no further digit follows: 三五 and 百十 are estimates. 百 alone is a hundred.
# Four digits in a row are read in their places: 一八八一.
_ROW = f"{_ONE}[零〇一二三四五六七八九]{{3,}}|{_ONE}[零〇一二三四五六七八九]{{2,}}(?=[点.])"
_GROUPS = f"{_ROW}|{_THOUSANDS}|{_HUNDREDS}|{_TENS}|{_ANY}|{_ZERO}|[百千]"
_GROUP = f"(?:{_GROUPS})(?!{_MORE}|两[百千])"
_PART = rf"{_ZERO}?(?:\d+(?:\.\d+)?|{_GROUP})"
_DECIMALS = f"[{''.join(_DIGITS)}]+"
# For code that only looks for numbers.
NUMBER = rf"(?:\d+(?:\.\d+)?|{_GROUP}(?:点{_DECIMALS})?)"
# 万 and 亿 belong to a number before a further part of it; else they are the scale of its unit.
_INNER = rf"[亿万](?=\d|{_MORE}|两[百千]){_PART}"
_WHOLE = rf"{_PART}(?:{_INNER})*(?:(?<!\d)[点.]{_DECIMALS})?"

_SIMPLIFIED = str.maketrans(
    "萬與業兩個箇臨為爲舉鄉爭於虧亞產産畝億從價眾衆優會體餘偵脩債償兒剋關內冊農沖衝凈"
    "淨準減幾齣劃創別彆製劑務動勵區韆昇陞佔衛廳厤曆歷壓釐縣叄雙發髮變隻檯臺颱閤衕後噸"
    "週迴睏國圓場塊處頭奮奬獎學實傢導將塵層屆屬嵗歲崗峽峯幣帶蓆並併牀應開張強態總戶擴"
    "護擔撥掛損攬攝斂數斷旂無時朮術機權條來標棟樣歐氣沒瀉濟漲溫遊滯滿點熱現電盞蓋盤碼"
    "礙種稅穩筆簽籤類糧係繫約級綫線組經結給絕絶統續維緩縮繳網罰聯緻節獲穫補規計記許設"
    "誤調貝負貨質貶貳貼費資趕躍躋車轉載較輛輸轄邊達過邁運還這進違連遜遞踰郵鄰鄭埰寀採"
    "裏裡鈡鍾鐘鋼鈎鉤鐵銹鏽銳鋭錫鍵鎊長門闖間陽階際陸難麪麫麵頂頃項順預領顆額馬駐驛驟"
    "鳴鶴齡",
    "万与业两个个临为为举乡争于亏亚产产亩亿从价众众优会体余侦修债偿儿克关内册农冲冲净"
    "净准减几出划创别别制剂务动励区千升升占卫厅历历历压厘县叁双发发变只台台台合同后吨"
    "周回困国圆场块处头奋奖奖学实家导将尘层届属岁岁岗峡峰币带席并并床应开张强态总户扩"
    "护担拨挂损揽摄敛数断旗无时术术机权条来标栋样欧气没泻济涨温游滞满点热现电盏盖盘码"
    "碍种税稳笔签签类粮系系约级线线组经结给绝绝统续维缓缩缴网罚联致节获获补规计记许设"
    "误调贝负货质贬贰贴费资赶跃跻车转载较辆输辖边达过迈运还这进违连逊递逾邮邻郑采采采"
    "里里钟钟钟钢钩钩铁锈锈锐锐锡键镑长门闯间阳阶际陆难面面面顶顷项顺预领颗额马驻驿骤"
    "鸣鹤龄",
)
_VOWELS = "aeiouüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
# After a Chinese character, and with a vowel: (km) is a unit.
PINYIN = rf"(?<=[\u4e00-\u9fff])\((?=[a-z]*[{_VOWELS}])[a-z{_VOWELS}]+\)"
SEPARATED = r"(?<![\d,.])\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?![\d,]| \d)"
_STRAY_BLANK = r"(?<!\d)\s+|\s+(?!\d)"
# There is no sign for a ten-thousandth that every typeface has: 万分之五 is 0.05 %.
_SHARES = {"百": ("%", 1), "千": ("‰", 1), "万": ("%", 100), "百万": ("ppm", 1)}
_NO_FRACTION = ("is a fraction of something", "百分之五, or 5% with its unit")


class QuantityError(ValueError):
    """A text that is not a single readable figure, with `reason`, `allowed` and `nearest`."""

    def __init__(self, reason: str, allowed: str, nearest: str = "", text: str = "") -> None:
        near = say("; nearest: {nearest}", nearest=nearest) if nearest else ""
        refused = '"{text}" {reason}; allowed: {allowed}{near}.'
        super().__init__(say(refused, text=text, reason=reason, allowed=allowed, near=near))
        self.reason, self.allowed, self.nearest = reason, allowed, nearest


def refuse(reason: str, allowed: str, nearest: str = "", **values: object) -> QuantityError:
    """Make the refusal of a text, in the language that is spoken."""
    return QuantityError(say(reason, **values), say(allowed, **values), nearest)


class Number(NamedTuple):
    """A number as written: its parts, the scale word after each but the last, and its end."""

    parts: tuple[str, ...]
    scales: tuple[str, ...]
    end: int

    def value_in(self, scale: str) -> tuple[Fraction, Fraction] | None:
        """Return value and worth of the last digit in a scale; None if the parts do not add up.

        Examples
        --------
        >>> scan_number("一亿二千万元").value_in("万")
        (Fraction(12000, 1), Fraction(1, 1))
        """
        total, before = Fraction(0), 0
        last = len(self.parts) - 1
        for place, (part, word) in enumerate(zip(self.parts, (*self.scales, scale), strict=True)):
            (value, step), size = _read_part(part), SCALES[word]
            falls = not before or value < Fraction(max(before, size), min(before, size))
            if not falls or (place < last and value.denominator > 1):
                return None
            total = (total + value) * size if total < size else total + value * size
            before = size
        if self.scales and not scale and len(part) == 1:
            # 五 in 一万五 is five thousand; 5 in 1万5 is ambiguous.
            tenth = Fraction(SCALES[self.scales[-1]], 10)
            return None if part.isdigit() else (total - value + value * tenth, tenth)
        return total / SCALES[scale], step


def fold(text: str) -> str:
    """Fold away width, Traditional characters, pinyin, blanks and thousands separators.

    A digit that is not on the line (②, ²) and a blank that does not separate thousands are kept.

    Examples
    --------
    >>> fold("２，０００個(gè)以上"), fold("7 000 个"), fold("5¹%"), fold("20 30个")
    ('2000个以上', '7000个', '5¹%', '20 30个')
    """
    level = re.sub("(?<=m)[²³]", lambda sign: str(unicodedata.digit(sign[0])), text)
    narrow = "".join(map(_narrow, level))
    plain = re.sub(PINYIN, "", unicodedata.normalize("NFC", narrow)).translate(_SIMPLIFIED)
    joined = re.sub(SEPARATED, lambda match: re.sub("[, ]", "", match[0]), plain)
    return re.sub(_STRAY_BLANK, "", joined)


@cache
def _narrow(sign: str) -> str:
    """Fold the width of a character; a raised or ringed digit is not put on the line."""
    is_raised = unicodedata.category(sign) == "No" or sign == "℃"
    return sign if is_raised else unicodedata.normalize("NFKC", sign)


def scan_number(text: str, start: int = 0) -> Number | None:
    """Find the number that begins at a position of a folded text; None if there is none.

    Examples
    --------
    >>> scan_number("1亿2000万元")
    Number(parts=('1', '2000'), scales=('亿',), end=6)
    """
    found = re.compile(_WHOLE, re.ASCII).match(text, start)
    if not found:
        return None
    parts, scales = re.split("[亿万]", found[0]), re.findall("[亿万]", found[0])
    return Number(tuple(parts), tuple(scales), found.end())


def scan_share(text: str, start: int = 0) -> tuple[Fraction, Fraction, str, int] | None:
    """Find a fraction at a position of a folded text: value, worth of the last digit, sign, end.

    Examples
    --------
    >>> scan_share("千分之三")
    (Fraction(3, 1), Fraction(1, 1), '‰', 4)
    """
    if whole := re.compile("(百万|[百千万])分之").match(text, start):
        value, step, end = _require_part(text, whole.end())
        sign, parts = _SHARES[whole[1]]
        return value / parts, step / parts, sign, end
    if slashed := re.compile(r"([1-9])/([2-9]|10)(?![\d/万])", re.ASCII).match(text, start):
        return Fraction(100 * int(slashed[1]), int(slashed[2])), Fraction(0), "%", slashed.end()
    below = scan_number(text, start)
    if not below or not text.startswith("分之", below.end):
        return None
    denominator, *_ = _require_part(text, start)
    value, _, end = _require_part(text, below.end + 2)
    if not denominator:
        raise refuse(*_NO_FRACTION)
    return 100 * value / denominator, Fraction(0), "%", end


def _require_part(text: str, start: int) -> tuple[Fraction, Fraction, int]:
    number = scan_number(text, start)
    value = number and number.value_in("")
    if number is None or value is None:
        raise refuse(*_NO_FRACTION)
    return *value, number.end


def _read_part(text: str) -> tuple[Fraction, Fraction]:
    """Read one part in Arabic or Chinese digits, and the worth of its last digit."""
    text = text.removeprefix("零").removeprefix("〇") or "零"
    if text[0].isdigit():
        return Fraction(text), Fraction(1, 10 ** len(text.partition(".")[2]))
    whole, _, decimals = text.replace(".", "点").partition("点")
    written = "".join(str(_DIGITS[character]) for character in decimals)
    return Fraction(f"{_read_group(whole)}.{written or 0}"), Fraction(1, 10 ** len(written))


def _read_group(text: str) -> int:
    """Read Chinese digits below ten thousand; 五 in 三百五 is fifty."""
    if len(text) > 1 and not set(text) & set(_STEPS):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit, place = 0, 0, 1
    for character in text:
        if character in _STEPS:
            total += (digit or 1) * _STEPS[character]
            digit, place = 0, _STEPS[character] // 10
        else:
            digit, place = _DIGITS[character], place if _DIGITS[character] else 1
    return total + digit * place
