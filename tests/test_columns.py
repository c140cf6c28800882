"""The door: cells get the dtype of their column, or are refused with their address."""

import datetime
import math
import re
from decimal import Decimal

import pandas as pd
import pytest

from policydata import compare, conflicts, coverage, follow_targets, load_statements
from policydata.columns import Column, optional, set_dtypes, take_rows
from policydata.schema import STATEMENTS

PERIOD = optional("period", "", never_from=("date",))
FIGURE = Column("figure", "", never_from=("date", "float"))
YEAR = optional("year", "", "integer")
LOW = optional("low", "", "number")
DAY = optional("day", "", "date")
STATUS = Column("status", "", words=("target", "outcome"))
MISSING = [None, math.nan, pd.NA, pd.NaT, "", " ", "nan", "NaT", "<NA>"]
FIRST = pd.Timestamp("2023-01-31")


def take(column, *cells):
    """Take one column of cells as they are."""
    rows = pd.DataFrame({column.name: pd.Series(cells, dtype="object")})
    return take_rows(rows, [column])[column.name]


@pytest.mark.parametrize(
    ("column", "cells", "wanted"),
    [
        (PERIOD, [2023, 2023.0, "2023", Decimal(2023)], "2023"),
        (FIGURE, ["30", 30], "30"),
        (YEAR, [2023, 2023.0, "2023", "2023.0", " 2023 "], 2023),
        (LOW, [2.6, "2.6", " 2.6", "26e-1", Decimal("2.6")], 2.6),
        (DAY, ["2023-01-31", "2023-01-31T00:00:00.000", FIRST], FIRST),
        (DAY, [datetime.date(2023, 1, 31), "2023-01-31 00:00:00", 1675123200000], FIRST),
        (STATUS, ["outcome"], "outcome"),
    ],
)
def test_cells_become_what_their_column_holds_whatever_they_were(column, cells, wanted):
    assert take(column, *cells).tolist() == [wanted] * len(cells)


@pytest.mark.parametrize("column", [YEAR, LOW, DAY, STATUS])
def test_whatever_stands_for_missing_is_missing_and_the_dtype_stays(column):
    found = take(column, *MISSING)
    assert found.isna().all()
    assert found.dtype == take(column).dtype


def test_a_missing_text_is_blank():
    assert take(PERIOD, None, math.nan, pd.NA, pd.NaT, "").tolist() == [""] * 5


@pytest.mark.parametrize(
    ("column", "cell", "shown"),
    [
        (YEAR, "20x3", "20x3"),
        (YEAR, 2023.5, "2023.5"),
        (YEAR, True, "True"),
        (YEAR, "9" * 19, "9" * 19),
        (LOW, "abc", "abc"),
        (LOW, "1,300", "1,300"),
        (LOW, math.inf, "inf"),
        (LOW, "1e999", "1e999"),
        (DAY, "2023-02-30", "2023-02-30"),
        (DAY, 20230131, "20230131"),
        (DAY, 1675123200001, "1675123200001"),
        (DAY, pd.Timestamp("2023-01-31 10:00"), "2023-01-31 10:00:00"),
        (DAY, pd.Timestamp("2023-01-31", tz="UTC"), "2023-01-31 00:00:00+00:00"),
        (STATUS, ["target"], "['target']"),
        (FIGURE, 30.0, "30.0"),
        (PERIOD, pd.Timestamp("2024-09-01"), "2024-09-01 00:00:00"),
    ],
)
def test_a_cell_that_is_no_such_thing_is_refused_with_its_address(column, cell, shown):
    rows = pd.DataFrame({column.name: pd.Series([None, cell], index=[3, 7], dtype="object")})
    complaint = f'^Row 7, column {column.name}: "{re.escape(shown)}"; allowed: .+[a-z"]'
    with pytest.raises(ValueError, match=complaint):
        take_rows(rows, [column])


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        (PERIOD, pd.to_datetime(["2023-01-01", "2024-01-01"])),
        (FIGURE, [5.0, 6.5]),
        (LOW, [math.inf, 1.0]),
        (LOW, [True, False]),
    ],
)
def test_a_column_that_pandas_typed_is_held_to_the_same(column, cells):
    with pytest.raises(ValueError, match=f"^Row 0, column {column.name}: "):
        take_rows(pd.DataFrame({column.name: cells}), [column])


def test_a_truth_is_no_number_even_beside_the_number_that_it_equals():
    with pytest.raises(ValueError, match=r'^Row 1, column year: "True"; allowed: a whole number'):
        take(YEAR, 1, True)


def test_all_that_is_wrong_is_said_at_once():
    rows = pd.DataFrame(
        {"status": ["outcom", "target", "outcom"], "low": ["2.6", "abc", ""], "year": "20x3"}
    )
    with pytest.raises(ValueError) as refusal:
        take_rows(rows, [STATUS, LOW, YEAR])
    assert str(refusal.value).splitlines() == [
        'Row 0 and 1 more, column status: "outcom"; allowed: target, outcome; nearest: outcome.',
        'Row 1, column low: "abc"; allowed: a number such as 2.6, or a blank.',
        'Row 0 and 2 more, column year: "20x3"; allowed: a whole number such as 2023, or a blank.',
    ]


def test_of_many_complaints_ten_are_shown_and_the_others_counted():
    rows = pd.DataFrame({"year": [f"x{number}" for number in range(13)]})
    with pytest.raises(ValueError) as refusal:
        take_rows(rows, [YEAR])
    assert str(refusal.value).splitlines()[9:] == [
        'Row 9, column year: "x9"; allowed: a whole number such as 2023, or a blank.',
        "… and 3 more.",
    ]


def test_columns_of_no_table_stay_and_what_comes_in_is_not_changed():
    rows = pd.DataFrame({"region": ["north"], "status": ["target"], "low": ["2.6"]})
    before = rows.copy(deep=True)
    taken = take_rows(rows, [STATUS, LOW, YEAR])
    pd.testing.assert_frame_equal(rows, before)
    assert taken.columns.tolist() == ["region", "status", "low"]
    assert taken.dtypes.astype("str").tolist() == ["str", "category", "float64"]


def test_typed_rows_pass_as_they_are():
    rows = load_statements()
    pd.testing.assert_frame_equal(take_rows(rows, STATEMENTS), rows)


def test_a_column_that_stands_twice_is_refused():
    rows = pd.DataFrame([["target", "outcome"]], columns=["status", "status"])
    with pytest.raises(ValueError, match=r'^The table has the column "status" twice; keep one.$'):
        take_rows(rows, [STATUS])


def test_a_table_that_we_make_holds_no_word_beyond_its_vocabulary():
    made = set_dtypes(pd.DataFrame({"status": ["outcom", "target", ""]}), [STATUS])
    assert made.status.isna().tolist() == [True, False, True]
    assert made.status.dtype == take(STATUS).dtype


@pytest.mark.parametrize("ask", [compare, conflicts, coverage])
def test_every_function_of_statements_refuses_at_its_door(ask):
    rows = load_statements(place="zhengzhou", year=2023).astype({"status": "str", "low": "object"})
    rows.loc[3, ["status", "low"]] = ["outcom", "abc"]
    complaint = '^Row 3, column status: "outcom"; .*; nearest: outcome.\nRow 3, column low: "abc"; '
    with pytest.raises(ValueError, match=complaint):
        ask(rows)


def test_pairs_and_targets_are_held_to_the_same_door():
    pairs, targets = compare(place="zhengzhou"), load_statements(place="zhengzhou")
    with pytest.raises(ValueError, match=r'^Row 0, column target: "x"; allowed: a number'):
        follow_targets(pairs.head(1).assign(target="x"), targets)
    with pytest.raises(ValueError, match=r'^Row 0, column value_std: "x"; allowed: a number'):
        follow_targets(pairs, targets.head(1).assign(value_std="x"))


@pytest.mark.parametrize("step", ["s", "ms", "ns"])
def test_a_column_of_days_is_taken_and_one_with_a_time_is_refused(step):
    days = pd.Series(["2023-01-31", None]).astype(f"datetime64[{step}]")
    wanted = pd.DataFrame({DAY.name: days.astype("datetime64[s]")})
    pd.testing.assert_frame_equal(take_rows(pd.DataFrame({DAY.name: days}), [DAY]), wanted)
    times = pd.DataFrame({DAY.name: days + pd.Timedelta(hours=10)})
    complaint = f'^Row 0, column {DAY.name}: "2023-01-31 10:00:00"; allowed: a day such as'
    with pytest.raises(ValueError, match=complaint):
        take_rows(times, [DAY])
