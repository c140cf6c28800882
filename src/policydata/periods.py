"""Periods as ISO 8601 writes them: a year, a quarter, a month, a day, or an interval of these."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

import pandas as pd

from policydata.distinct import find_distinct
from policydata.messages import say

ALLOWED = "2023, 2023-Q1, 2024-09, 2024-09-27, an interval such as 2024-01/2024-08, or blank"
_PART = r"(\d{4})(?:-(?:Q([1-4])|(\d\d)(?:-(\d\d))?))?"


def read_periods(texts: pd.Series) -> pd.DataFrame:
    """Read periods, one row per text, on the index of the texts.

    Returns
    -------
    pandas.DataFrame
        `period_start` and `period_end` (days), `year` (the last year, Int64) and `readable`;
        a blank is readable and has no days.

    Examples
    --------
    >>> read_periods(pd.Series(["2023-Q1", "2023/2027"])).year.tolist()
    [2023, 2027]
    """
    found = find_distinct(texts)
    distinct = found.rows[texts.name]
    days = [_read(text) for text in distinct]
    read = pd.DataFrame(days, columns=["period_start", "period_end"]).astype("datetime64[s]")
    years, readable = read.period_end.dt.year.astype("Int64"), read.period_end.notna()
    return found.give(read.assign(year=years, readable=readable | distinct.eq("")))


def split_period(part: str) -> list[str]:
    """Split a year, quarter, month or day into these four parts; a missing part is blank.

    Raises
    ------
    ValueError
        If the text is not one of these; an interval is refused too.

    Examples
    --------
    >>> split_period("2023-Q1"), split_period("2024-09")
    (['2023', '1', '', ''], ['2024', '', '09', ''])
    """
    found = re.fullmatch(_PART, part, re.ASCII)
    if found is None:
        refused = '"{value}" is not a period; allowed: {allowed}.'
        raise ValueError(say(refused, value=part, allowed=say(ALLOWED)))
    return list(found.groups(""))


def name_next(periods: pd.Series) -> pd.Series:
    """Name the next period of each, whole years later; "" if a text is not a period.

    Examples
    --------
    >>> name_next(pd.Series(["2023", "2023-Q1", "2021/2025"])).tolist()
    ['2024', '2024-Q1', '2026/2030']
    """
    distinct = pd.Series(periods.unique(), dtype="str")
    days = read_periods(distinct)
    after = {}
    for period, first, last in zip(distinct, days.period_start, days.period_end, strict=True):
        if pd.notna(last):
            full = (last.month, last.day) >= (first.month, first.day)
            years = last.year - first.year + full
            parts = [f"{int(part[:4]) + years}{part[4:]}" for part in period.split("/")]
            after[period] = "/".join(parts)
    return periods.map(after).astype("str").fillna("")


def _read(text: str) -> tuple[date, date] | tuple[None, None]:
    """Return the first and the last day of a period; none if it is not a period."""
    first, _, last = text.partition("/")
    try:
        start, _ = span = _find_days(first)
        latest, end = _find_days(last) if "/" in text else span
    except ValueError:
        return None, None
    return (start, end) if start <= latest else (None, None)


def _find_days(part: str) -> tuple[date, date]:
    """Find the first and the last day of a year, quarter, month or day."""
    year, quarter, month, day = split_period(part)
    ends = 3 * int(quarter) if quarter else int(month or 12)
    begins = ends - 2 if quarter else int(month or 1)
    start = date(int(year), begins, int(day or 1))
    return start, date(int(year), ends, int(day or monthrange(int(year), ends)[1]))
