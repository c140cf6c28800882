"""Periods as ISO 8601 writes them: a year, a quarter, a month, a day, or an interval of these."""

from __future__ import annotations

import re

import pandas as pd

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
    distinct = texts.unique()
    read = pd.DataFrame([_read(text) for text in distinct], index=distinct, columns=["from", "to"])
    days = read.astype("datetime64[s]").reindex(texts).set_axis(texts.index)
    return pd.DataFrame(
        {
            "period_start": days["from"],
            "period_end": days["to"],
            "year": days["to"].dt.year.astype("Int64"),
            "readable": days["to"].notna() | texts.eq(""),
        }
    )


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


def _read(text: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and the last day of a period; NaT if it is not a period."""
    first, _, last = text.partition("/")
    start, end = _span(first), _span(last if "/" in text else first)
    none = (pd.NaT, pd.NaT)
    if start is None or end is None or start.start_time > end.start_time:
        return none
    return start.start_time, end.end_time.normalize()


def _span(text: str) -> pd.Period | None:
    try:
        split_period(text)
        return pd.Period(text.replace("-Q", "Q"))
    except ValueError:
        return None
