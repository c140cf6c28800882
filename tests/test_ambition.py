"""What follows a target: the target of the period after, of the same length, once."""

import pandas as pd
import pytest

from policydata import compare, follow_targets, load_statements, load_targets
from policydata.columns import name_columns
from policydata.schema import FOLLOWED
from rows_in_sight import tell

CELL = "zhengzhou gdp growth_rate"
FOLLOWING = ["period", "target", "next_value", "change", "next_target", "next_id"]


def follow(period: str, *targets: str, first: str = "7%") -> list[list[object]]:
    """Follow one pair of a period to the targets of a plan, each a period and a figure."""
    rows = tell(
        f"report {CELL} target {period} {first}",
        f"bulletin {CELL} outcome {period} 6.5%",
        *[f"plan {CELL} target {target}" for target in targets],
    )
    return follow_targets(compare(rows), rows)[FOLLOWING].to_numpy().tolist()


@pytest.mark.parametrize(
    ("period", "after"),
    [
        ("2023", "2024"),
        ("2023-Q1", "2024-Q1"),
        ("2023-09", "2024-09"),
        ("2023-09-27", "2024-09-27"),
        ("2021/2025", "2026/2030"),
        ("2023-01/2023-08", "2024-01/2024-08"),
        ("2023-07/2025-06", "2025-07/2027-06"),
        ("2023-09/2024-10", "2025-09/2026-10"),
    ],
)
def test_a_target_is_followed_by_that_of_the_period_after_alone(period: str, after: str) -> None:
    others = "2022 2023 2024 2025 2024-Q1 2024-Q2 2023-Q2 2024-09 2023-10 2026 2026/2031 2022/2026"
    silent = [f"{other} 9%" for other in others.split() if other not in (period, after)]
    assert follow(period, *silent, f"{after} 6%") == [
        [period, 7, 6, -1, "cut", f"plan:{len(silent) + 1}"]
    ]
    assert follow(period, *silent) == []


@pytest.mark.parametrize(
    ("figure", "change", "word"),
    [("6.9%", -0.1, "cut"), ("7%", 0, "kept"), ("7%以上", 0, "kept"), ("7.2%", 0.2, "raised")],
)
def test_the_change_is_as_printed_and_has_its_word(figure: str, change: float, word: str) -> None:
    (found,) = follow("2023", f"2024 {figure}")
    assert found[3:5] == [change, word]


def test_next_targets_that_differ_are_rows_and_those_alike_are_one() -> None:
    found = follow("2023", "2024 6%", "2024 6%", "2024 8%")
    assert [row[-2:] for row in found] == [["cut", "plan:1"], ["raised", "plan:3"]]


def test_only_targets_of_the_same_thing_in_the_same_unit_follow() -> None:
    rows = tell(
        "report zhengzhou foreign_capital level target 2023 7亿美元",
        "bulletin zhengzhou foreign_capital level outcome 2023 6亿美元",
        "plan zhengzhou foreign_capital level target 2024 50亿元",
        "plan zhengzhou foreign_capital growth_rate target 2024 8%",
        "plan kaifeng foreign_capital level target 2024 8亿美元",
        "plan zhengzhou foreign_capital level outcome 2024 8亿美元",
    )
    pairs = compare(rows)
    assert len(pairs) == 1
    assert follow_targets(pairs, rows).empty


def test_the_target_of_the_year_after_is_really_of_the_year_after() -> None:
    followed = follow_targets(compare())
    stated = load_statements().set_index("statement_id")
    same = ["place", "indicator", "measure", "unit_std"]
    assert len(followed) > 10
    for row in followed.itertuples():
        before, after = stated.loc[row.target_id], stated.loc[row.next_id]
        assert before[same].tolist() == after[same].tolist()
        assert (before.status, after.status) == ("target", "target")
        assert int(after.period) == int(before.period) + 1
        assert (row.target, row.next_value) == (before.value_std, after.value_std)


def test_all_targets_are_meant_where_none_are_given() -> None:
    pairs = compare(place="zhengzhou")
    wanted = follow_targets(pairs, load_targets())
    pd.testing.assert_frame_equal(follow_targets(pairs), wanted)
    pd.testing.assert_frame_equal(follow_targets(pairs, load_statements()), wanted)


def test_pairs_and_targets_count_once_and_in_any_order() -> None:
    pairs, targets = compare(), load_targets()
    wanted = follow_targets(pairs, targets)
    turned = targets.sample(frac=1, random_state=5)
    twice = follow_targets(pd.concat([pairs, pairs.tail(9)]), pd.concat([turned, targets.head(99)]))
    pd.testing.assert_frame_equal(twice, wanted)
    halves = [pairs.head(19), pairs.tail(-19).reset_index(drop=True)]
    pd.testing.assert_frame_equal(follow_targets(pd.concat(halves), targets), wanted)


def test_different_rows_of_one_pair_or_target_are_refused() -> None:
    pairs, targets = compare(place="zhengzhou"), load_targets(place="zhengzhou")
    complaint = 'target_id ".*" stands in 2 different rows: target "[^"]*" or "1.0"; keep one'
    with pytest.raises(ValueError, match=complaint):
        follow_targets(pd.concat([pairs, pairs.head(1).assign(target=1.0)]), targets)
    complaint = 'statement_id ".*" stands in 2 different rows: value_std "[^"]*" or "1.0"; keep one'
    with pytest.raises(ValueError, match=complaint):
        follow_targets(pairs, pd.concat([targets, targets.head(1).assign(value_std=1.0)]))


def test_columns_of_ones_own_stay_and_no_pair_gives_no_row() -> None:
    pairs = compare(place="zhengzhou").assign(region="north")
    followed, none = follow_targets(pairs), follow_targets(pairs.head(0))
    assert set(followed.columns) == {*name_columns(FOLLOWED), "region"}
    pd.testing.assert_series_equal(followed.dtypes, none.dtypes)
    assert (len(followed) > 0, len(none)) == (True, 0)


def test_what_is_no_table_of_pairs_is_refused_with_what_is() -> None:
    with pytest.raises(TypeError, match=r"^str \"x\" is not a table; .* rows of compare"):
        follow_targets("x")
    with pytest.raises(ValueError, match=r'^The table has no column "target_id" or .*compare'):
        follow_targets(load_targets())
    with pytest.raises(ValueError, match=r'^The table has no column "status"; .*load_statements'):
        follow_targets(compare(), load_targets().drop(columns="status"))
