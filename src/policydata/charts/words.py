"""Words, numbers, bounds, units and periods, as each language writes them.

The words of vocabularies are in `vocabularies.csv`, those of charts alone in `translations.csv`, in
the declared order, from weaker to stronger: the order of legends, groups and colours.  English
separates thousands by a comma and counts in thousands, millions and billions; Chinese counts in 万
and 亿 and, from five digits on, sets a space (GB/T 15835-2011, 5.1).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from policydata.periods import split_period
from policydata.schema import LANGUAGES
from policydata.tables import read_csv, read_table
from policydata.vocabularies import read_vocabularies

_ALIASES = {"outcome_status": "status", "target_comparator": "comparator"}
_ALIASES |= {"outcome_comparator": "comparator"}
_SPACE = "\N{NO-BREAK SPACE}"
# No document writes so many digits; more come from dividing.
_ENDLESS = 8
DASH = {"en": "–", "zh": "—"}
# The divisor, its name, and the largest value from which it is used.
_SCALES = {
    "en": (
        *((1e12, "trillion ", 1e13), (1e9, "billion ", 1e9)),
        *((1e6, "million ", 5e6), (1e3, "thousand ", 1e4)),
    ),
    "zh": ((1e12, "万亿", 1e13), (1e8, "亿", 1e8), (1e4, "万", 1e4)),
}
_ENGLISH = {"percentage point": "percentage points", "person": "persons", "minute": "minutes"}
_ENGLISH |= {"month": "months", "m2": "m²", "m2/person": "m²/person"}
# The usual names of units that have a shorter one too.
_USUAL = "百分点 件/万人 千瓦时 立方米 人次 吨标准煤 吨标准煤/万元".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_QUARTERS = dict(zip("1234", "一二三四", strict=True))


@cache
def _read_words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    table = read_csv(Path(__file__).with_name("translations.csv"))
    groups = table.groupby("vocabulary", sort=False)
    own = {name: rows.set_index("word")[[*LANGUAGES]].to_dict("index") for name, rows in groups}
    shared = read_vocabularies()
    return {name: {**shared.get(name, {}), **own.get(name, {})} for name in {**shared, **own}}


def say(vocabulary: str, word: str, lang: str) -> str:
    """Say a word of a vocabulary in a language."""
    return _read_words()[vocabulary][word][lang]


def say_word(column: str, word: str, lang: str) -> str:
    """Say a value of a column in a language; a word without a vocabulary is kept as it is.

    Examples
    --------
    >>> say_word("outcome_status", "estimate", "zh"), say_word("place", "hebi", "zh")
    ('预计值', 'hebi')
    """
    return say(_ALIASES.get(column, column), word, lang) if word in list_words(column) else word


def list_words(column: str) -> list[str]:
    """List the words of a column's vocabulary in their declared order; none if it has none.

    Examples
    --------
    >>> list_words("met"), list_words("place")
    (['missed', 'unclear', 'met'], [])
    """
    return list(_read_words().get(_ALIASES.get(column, column), ()))


def order_words(column: str, values: Iterable[str]) -> list[str]:
    """Order the values of a column: a vocabulary's words as declared, all others as they come.

    Examples
    --------
    >>> order_words("met", ["met", "missed"]), order_words("place", ["hebi", "anyang"])
    (['missed', 'met'], ['hebi', 'anyang'])
    """
    given = list(dict.fromkeys(values))
    declared = [word for word in list_words(column) if word in given]
    return declared + [word for word in given if word not in declared]


def write_number(number: float, lang: str, digits: int = 5, decimals: int | None = None) -> str:
    """Write a number with `digits` significant digits, or with a number of `decimals`.

    Examples
    --------
    >>> write_number(-1234567.8, "en"), write_number(7000, "zh"), write_number(2.6, "zh")
    ('−1,234,568', '7000', '2.6')
    """
    number += 0.0
    if decimals is None:
        before_point = math.floor(math.log10(abs(number))) + 1 if number else 1
        places = max(0, digits - before_point)
        written = f"{number:,.{places}f}"
        written = written.rstrip("0").rstrip(".") if places else written
    else:
        written = f"{number:,.{decimals}f}"
    if lang == "zh":
        written = written.replace(",", _SPACE if abs(number) >= 1e4 else "")
    return written.replace("-", "−")


def write_bounds(
    comparator: str,
    value: float,
    low: float,
    high: float,
    unit: str,
    lang: str,
    digits: int = 5,
) -> str:
    r"""Write a figure with the word of its bound, or a range with both ends, and % if it has one.

    Examples
    --------
    >>> nothing = float("nan")
    >>> [write_bounds(">=", 15, 15, nothing, "%", lang) for lang in ("en", "zh")]
    ['≥\xa015%', '15%以上']
    >>> [write_bounds("range", 8.5, 8, 9, "%", lang) for lang in ("en", "zh")]
    ['8–9%', '8%—9%']
    """
    percent = "%" if unit == "%" else ""
    if comparator == "range":
        # GB/T 15835 repeats the sign of a per cent at both ends.
        first = write_number(low, lang, digits) + (percent if lang == "zh" else "")
        return first + DASH[lang] + write_number(high, lang, digits) + percent
    written = write_number(value, lang, digits) + percent
    return say("written bound", comparator, lang).format(written).replace(" ", _SPACE)


def count_digits(value: float, written: float) -> int:
    """Count the digits to write of a value, or those that are written if it has endless ones.

    Examples
    --------
    >>> count_digits(4.75, 95.0), count_digits(130 / 1.5, 130.0), count_digits(2 / 3, 2 / 3)
    (3, 3, 4)
    """
    for number in (value, written):
        digits = len(re.sub(r"^0\.0*|\D", "", f"{abs(number):.15g}"))
        if digits <= _ENDLESS:
            return digits
    return 4


def name_scale(
    largest: float,
    unit: str,
    lang: str,
    chinese: tuple[float, str] | None = None,
    name_zh: str = "",
) -> tuple[float, str]:
    """Choose a divisor for values of a standard unit, and the name of the unit after division.

    Parameters
    ----------
    largest : float
        The largest of the values, in the standard unit.
    unit : str
        The standard unit.
    lang : {"en", "zh"}
        The language.
    chinese : tuple of float and str, optional
        The factor and the name of the unit that Chinese documents use for the indicator.
    name_zh : str, optional
        The Chinese name of the standard unit; that of the shipped table if not given.

    Examples
    --------
    >>> name_scale(7e11, "CNY", "en"), name_scale(7e11, "CNY", "zh")
    ((1000000000.0, 'billion CNY'), (100000000.0, '亿元'))
    >>> name_scale(6e8, "ha", "zh", (10000 / 15, "万亩"))[1]
    '万亩'
    """
    if lang == "zh" and chinese is not None:
        return chinese
    # Thousands of enterprises are counted one by one.
    few = unit == "count" and largest < 1e6
    scales = () if "/" in unit or (few and lang == "en") else _SCALES[lang]
    found = ((size, word) for size, word, least in scales if largest >= least)
    scale, word = next(found, (1.0, ""))
    return scale, _name_unit(unit, word, lang, name_zh)


def _name_unit(unit: str, scale: str, lang: str, name_zh: str) -> str:
    """Name a standard unit with its scale word; a count does not need one."""
    if unit == "count" and not (scale and lang == "zh"):
        return scale.strip() or say("phrase", "number", lang)
    if lang == "zh":
        return scale + (name_zh or name_units(read_table("units")).get(unit, unit))
    if per := re.fullmatch(r"count/(\d+) (\w+)", unit):
        return f"number per {int(per[1]):,} {per[2]}"
    return scale + _ENGLISH.get(unit, unit)


def name_units(table: pd.DataFrame) -> dict[str, str]:
    """Return each standard unit as Chinese documents write it: its usual name, or its shortest."""
    written = table.factor.astype("str").eq("1") & ~table.text.str.contains("[A-Za-z]")
    texts = sorted(table.text[written], key=lambda text: (text not in _USUAL, len(text)))
    symbols = dict(zip(table.text, table.symbol, strict=True))
    return {symbols[text]: text for text in reversed(texts)}


def name_axis(measure: str, unit: str, lang: str) -> str:
    """Write what an axis measures, and in which unit.

    Examples
    --------
    >>> name_axis("growth_rate", "%", "en"), name_axis("growth_rate", "%", "zh")
    ('growth, %', '增速（%）')
    >>> name_axis("level", "亿元", "zh")
    '亿元'
    """
    if measure == "level":
        return unit
    measured = say("measure", measure, lang)
    return f"{measured}, {unit}" if lang == "en" else f"{measured}（{unit}）"


def name_period(period: str, lang: str) -> str:
    """Write a period as in running text; a blank becomes words that say so.

    Examples
    --------
    >>> name_period("2024-01/2024-08", "en"), name_period("2024-01/2024-08", "zh")
    ('Jan–Aug 2024', '2024年1—8月')
    >>> name_period("2023/2027", "en"), name_period("2023-Q1", "zh"), name_period("", "en")
    ('2023–2027', '2023年第一季度', 'no period given')
    """
    if not period:
        return say("phrase", "no period", lang)
    first, _, last = period.partition("/")
    write = _write_english if lang == "en" else _write_chinese
    return _join(write(first), write(last), lang) if last else write(first)


def _join(start: str, end: str, lang: str) -> str:
    """Join the ends of an interval, and write shared parts once."""
    if lang == "en":
        year = end[-5:]
        return start.removesuffix(year) + DASH[lang] + end
    year, kind = end[:5], end[-1]
    if start.startswith(year):
        end = end.removeprefix(year)
    if start.startswith(year) or kind == "年":
        start = start.removesuffix(kind)
    return start + DASH[lang] + end


def _write_english(part: str) -> str:
    year, quarter, month, day = split_period(part)
    words = (day and str(int(day)), month and _MONTHS[int(month) - 1], quarter and f"Q{quarter}")
    return " ".join([*filter(None, words), year])


def _write_chinese(part: str) -> str:
    year, quarter, month, day = split_period(part)
    written = f"{year}年"
    written += f"第{_QUARTERS[quarter]}季度" if quarter else ""
    written += f"{int(month)}月" if month else ""
    return written + (f"{int(day)}日" if day else "")
