"""Distinct values are numbered once, and what is found for them is given to every row."""

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import distinct
from policydata.distinct import combine, find_distinct, share_one

WORDS = st.lists(st.tuples(*[st.sampled_from(["a", "b", "", "甲"])] * 3), max_size=12)


def make(rows):
    """Make three columns of text on an index of their own, with their distinct values."""
    frame = pd.DataFrame(rows, columns=["x", "y", "z"], dtype="str")
    frame.index = pd.Index(range(7, 7 + len(frame)))
    return frame, [find_distinct(frame[name]) for name in frame]


@given(WORDS)
@settings(max_examples=50)
def test_each_row_gets_back_its_own_values_and_no_value_is_listed_twice(rows):
    frame, (x, y, _) = make(rows)
    assert x.rows.x.is_unique
    pd.testing.assert_frame_equal(x.give(x.rows), frame[["x"]])
    both = combine(x, y)
    assert not both.rows.duplicated().any()
    pd.testing.assert_frame_equal(both.give(both.rows), frame[["x", "y"]])


@given(WORDS, st.sampled_from([1, 6, 2**63 - 1]))
@settings(max_examples=50)
def test_rows_that_agree_in_some_columns_share_one_value_or_have_several(rows, most):
    frame, (x, *within) = make(rows)
    values = frame.groupby(["y", "z"]).x.transform("nunique")
    limit, distinct._MOST = distinct._MOST, most
    try:
        assert share_one(x, within).to_dict() == values.eq(1).to_dict()
    finally:
        distinct._MOST = limit


def test_a_missing_value_is_a_value_of_its_own():
    found = find_distinct(pd.Series(["a", None, "a", None], name="x", dtype="str"))
    assert found.codes.tolist() == [0, 1, 0, 1]
    assert found.rows.x.isna().tolist() == [False, True]


def test_combinations_that_no_integer_numbers_stay_apart():
    # Rows 0 and 1 differ in the first column alone, whose weight would be 2 to the power of 64.
    first, middle, last = (
        find_distinct(pd.Series([*cells])) for cells in ("abbbbbbbb", "aaaaaaaab", "aabcdefgh")
    )
    sources = find_distinct(pd.Series([*"123456789"]))
    assert share_one(sources, [first, *[middle] * 61, last]).tolist() == [True] * 9
