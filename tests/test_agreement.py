"""Two readers are compared item by item, and nothing is agreed on by construction."""

import math

import pandas as pd
import pytest

from agreement import match_statements, measure_agreement
from policydata.units import list_units

ROW = {"document": "plan", "unit_text": "", "status": "target"}


def read(*figures: str) -> pd.DataFrame:
    rows = pd.DataFrame([ROW | {"value_text": figure} for figure in figures])
    return match_statements(rows, list_units())


def test_alpha_is_krippendorffs():
    first = pd.DataFrame({"status": ["target", "target", "outcome", "outcome"]})
    second = pd.DataFrame({"status": ["target", "target", "outcome", "target"]})
    row = measure_agreement(first, second, ["status"]).loc[0]

    # One of four differs; among the eight words are five targets and three outcomes.
    assert (row["n"], row.agreement) == (4, 75.0)
    assert row.alpha == pytest.approx(1 - (2 / 8) / (2 * 5 * 3 / (8 * 7)))


def test_readers_can_differ_in_bounds_and_units_of_one_figure():
    first, second = read("15%以上", "7000亿元", "20—30个"), read("15%", "7000亿", "20—30个")
    assert first.index.tolist() == second.index.tolist()

    table = measure_agreement(first, second, ["comparator", "unit", "high"]).set_index("item")
    assert table.agreement.round(1).tolist() == [66.7, 66.7, 66.7]


def test_the_same_digits_are_matched_in_reading_order():
    keys = read("100家", "100家以上", "全覆盖", "全覆盖").index.tolist()
    assert keys == ["plan|100|0", "plan|100|1", "plan|全覆盖|0", "plan|全覆盖|1"]


def test_alpha_is_missing_where_all_items_are_of_one_kind():
    rows = pd.DataFrame({"status": ["target", "target"]})
    row = measure_agreement(rows, rows, ["status"]).loc[0]

    assert row.agreement == 100.0
    assert math.isnan(row.alpha)
