"""The rows that are made for measuring are like coded rows: without a fault, and many."""

import pandas as pd
import pytest

import made_rows
from policydata import check, tidy


@pytest.fixture(scope="module")
def made():
    return made_rows.make_rows(1000), made_rows.make_reference(1000)


def test_made_rows_have_no_problem(made):
    rows, reference = made

    assert check(rows, reference=reference).values.tolist() == []
    assert len(rows) == 1000


def test_the_same_count_and_seed_make_the_same_rows(made):
    rows, _ = made

    pd.testing.assert_frame_equal(made_rows.make_rows(1000), rows)
    assert not made_rows.make_rows(1000, seed=1).equals(rows)


def test_made_rows_have_bounds_units_and_periods_of_every_kind_and_distinct_quotes(made):
    read = tidy(*made)

    assert {*read.comparator.dropna()} >= {"=", ">", ">=", "~"}
    assert read.unit.nunique() > 5
    assert {*read.period.str.replace(r"\d", "0", regex=True)} == {
        *("0000", "0000-Q0", "0000-00", "0000/0000", "0000-00/0000-00"),
    }
    assert read.value_text.nunique() > 600
    assert read.quote.nunique() > 990
    assert read.groupby(["place", "year"], observed=True).document.nunique().max() >= 3


def test_a_share_of_faulty_rows_is_found(made):
    rows, reference = made
    damaged = made_rows.make_rows(1000, faulty=0.1)
    changed = (damaged != rows).any(axis=1)
    found = check(damaged, reference=reference)

    assert 60 < changed.sum() < 140
    assert changed.sum() <= len(found) < 2 * changed.sum()
    assert found.rule.nunique() >= 7
