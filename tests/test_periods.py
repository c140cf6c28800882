"""Periods of ISO 8601: their first day, last day and year."""

import pandas as pd
import pytest

from policydata.periods import read_periods


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2023", "2023-01-01", "2023-12-31"),
        ("2023-Q1", "2023-01-01", "2023-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-09-27", "2024-09-27", "2024-09-27"),
        ("2024-01/2024-08", "2024-01-01", "2024-08-31"),
        ("2023/2027", "2023-01-01", "2027-12-31"),
        ("2023-Q4/2024-02", "2023-10-01", "2024-02-29"),
    ],
)
def test_a_period_has_a_first_day_a_last_day_and_the_year_it_ends_in(text, start, end):
    read = read_periods(pd.Series([text])).iloc[0]
    assert (f"{read.period_start:%Y-%m-%d}", f"{read.period_end:%Y-%m-%d}") == (start, end)
    assert read.year == int(end[:4])
    assert read.readable


@pytest.mark.parametrize(
    "text",
    [
        *"2023年 ２０２３ 23 2023-13 2023-02-30 2023-Q5 2023/ /2023 2024/2023".split(),
        *"2023/2024/2025 2023-1 2023-01-01T00 常年".split(),
        "2023 ",
    ],
)
def test_what_is_no_period_is_not_readable_and_has_no_days(text):
    read = read_periods(pd.Series([text])).iloc[0]
    assert not read.readable
    assert read[["period_start", "period_end", "year"]].isna().all()


def test_a_blank_is_readable_and_fixes_no_days():
    read = read_periods(pd.Series(["", "2023"], index=["a", "b"]))
    assert read.readable.tolist() == [True, True]
    assert read.period_start.isna().tolist() == [True, False]
    assert str(read.year.dtype) == "Int64"
