"""Different documents on the same thing: identical, compatible or conflicting."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import conflicts, load_statements
from policydata.columns import name_columns, set_dtypes
from policydata.schema import CONFLICTS
from rows_in_sight import tell

FIGURES = "15% 15.4% 15.6% 15%以上 突破15% 15%以内 15%左右 14%—16% 14.8%".split()


def judge(figure: str, other: str) -> str:
    """Let two documents state a figure each and name their agreement."""
    measure = "growth_rate" if "%" in figure else "level"
    cell = f"zhengzhou grain_output {measure} outcome 2023"
    rows = tell(f"news {cell} {figure}", f"report {cell} {other}")
    (agreement,) = conflicts(rows, with_identical=True).agreement
    return agreement


@pytest.mark.parametrize(
    ("figure", "other", "agreement"),
    [
        ("15%", "15%", "identical"),
        ("15%", "15.0%", "identical"),
        ("15%以上", "不低于15%", "identical"),
        ("20亿斤", "100万吨", "identical"),
        ("15%", "增长15%以上", "compatible"),
        ("15%", "15%左右", "compatible"),
        ("15%", "14%—16%", "compatible"),
        ("突破15%", "15%以上", "compatible"),
        ("1357.87亿斤", "6789.37万吨", "compatible"),
        ("15%", "15.4%", "compatible"),
        ("15%", "14.5%", "compatible"),
        ("15%", "15.6%", "conflicting"),
        ("2.67%", "2.72%", "conflicting"),
        ("15.0%", "15.4%", "conflicting"),
        ("103.4亿斤", "127.9亿斤", "conflicting"),
        ("15%以内", "15.3%", "conflicting"),
        ("突破15%", "14.8%", "conflicting"),
        ("6%—7%", "7.1%", "conflicting"),
    ],
)
def test_two_figures_agree_contain_each_other_or_conflict(
    figure: str, other: str, agreement: str
) -> None:
    assert judge(figure, other) == judge(other, figure) == agreement


@settings(max_examples=30)
@given(st.permutations(range(len(FIGURES))))
def test_the_order_of_the_rows_changes_nothing(order: list[int]) -> None:
    documents = "bulletin news plan report reprint undated".split()
    lines = [
        f"{documents[number % 6]} zhengzhou gdp growth_rate outcome 2023 {figure}"
        for number, figure in enumerate(FIGURES)
    ]
    rows = tell(*lines)
    found = conflicts(rows.iloc[order], with_identical=True)
    pd.testing.assert_frame_equal(found, conflicts(rows, with_identical=True))


def test_a_conflict_names_both_statements_and_both_figures() -> None:
    rows = tell(
        "report zhengzhou gdp growth_rate outcome 2023 2.72%",
        "news zhengzhou gdp growth_rate outcome 2023 2.67%",
    )
    wanted = {
        **{"place": "zhengzhou", "place_zh": "郑州市", "place_en": "Zhengzhou"},
        **{"indicator": "gdp", "indicator_zh": "地区生产总值"},
        **{"indicator_en": "Product", "measure": "growth_rate", "status": "outcome"},
        **{"period": "2023", "agreement": "conflicting", "figure": "2.67%"},
        **{"other_figure": "2.72%", "statement_id": "news:1", "other_id": "report:1"},
    }
    expected = set_dtypes(pd.DataFrame([wanted]), CONFLICTS)
    pd.testing.assert_frame_equal(conflicts(rows), expected)


def test_one_document_never_conflicts_with_itself() -> None:
    rows = tell(
        "report zhengzhou gdp growth_rate outcome 2023 2.72%",
        "report zhengzhou gdp growth_rate outcome 2023 2.67%",
    )
    empty = set_dtypes(pd.DataFrame(columns=name_columns(CONFLICTS)), CONFLICTS)
    pd.testing.assert_frame_equal(conflicts(rows, with_identical=True), empty)


def test_different_things_never_conflict() -> None:
    rows = tell(
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        "news kaifeng gdp growth_rate outcome 2023 8%",
        "news zhengzhou consumer_price_index growth_rate outcome 2023 8%",
        "news zhengzhou gdp change outcome 2023 8%",
        "news zhengzhou gdp growth_rate target 2023 8%",
        "news zhengzhou gdp growth_rate outcome 2023-Q1 8%",
        "news zhengzhou gdp growth_rate outcome 2023 8亿元",
    )
    assert conflicts(rows, with_identical=True).empty


def test_a_statement_of_partial_scope_or_without_a_period_is_left_out() -> None:
    rows = tell(
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        "news zhengzhou gdp growth_rate outcome 2023 8%",
        "report zhengzhou gdp level outcome - 1万亿元",
        "news zhengzhou gdp level outcome - 2万亿元",
        judged=[("news:1", "partial_scope")],
    )
    assert conflicts(rows, with_identical=True).empty


def test_identical_figures_are_listed_on_request_alone() -> None:
    rows = tell(
        "news zhengzhou gdp growth_rate outcome 2023 7%",
        "plan zhengzhou gdp growth_rate outcome 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7%以上",
    )
    columns = ["statement_id", "other_id", "agreement"]
    listed = conflicts(rows)[columns].to_numpy().tolist()
    every = conflicts(rows, with_identical=True)[columns].to_numpy().tolist()
    compatible = [["news:1", "report:1", "compatible"], ["plan:1", "report:1", "compatible"]]
    assert listed == compatible
    assert every == [["news:1", "plan:1", "identical"], *compatible]


def test_pairs_are_sorted_by_what_they_speak_of_before_who_says_it() -> None:
    things = ["zhengzhou gdp", "hebi gdp", "hebi foreign_capital"]
    rows = tell(
        *[f"news {thing} growth_rate outcome 2023 7%" for thing in things],
        *[f"report {thing} growth_rate outcome 2023 8%" for thing in things],
    )
    assert conflicts(rows).statement_id.tolist() == ["news:3", "news:2", "news:1"]


def test_pairs_of_one_thing_are_sorted_by_document_then_number() -> None:
    figures = [f"{number}%" for number in range(1, 12)]
    stated = [f"news zhengzhou gdp growth_rate outcome 2023 {figure}" for figure in figures]
    rows = tell(*stated, "report zhengzhou gdp growth_rate outcome 2023 20%")
    assert conflicts(rows).statement_id.tolist() == [f"news:{number}" for number in range(1, 12)]


def test_the_rows_given_are_left_as_they_are() -> None:
    rows = tell(
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        "news zhengzhou gdp growth_rate outcome 2023 8%",
    )
    before = rows.copy(deep=True)
    conflicts(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_the_shipped_rd_intensity_of_zhengzhou_2023_conflicts() -> None:
    found = conflicts(place="郑州", year=2023, indicator="rd_intensity")
    figures = found[["figure", "other_figure", "agreement"]].to_numpy().tolist()
    assert figures == [["2.72%", "2.67%", "conflicting"]]


def test_conditions_choose_the_shipped_rows_as_loading_does() -> None:
    found = conflicts(indicator="fixed_asset_investment", year=2023)
    rows = load_statements(indicator="fixed_asset_investment", year=2023)
    pd.testing.assert_frame_equal(found, conflicts(rows))
    assert {("15%", "增长15%以上", "compatible")} <= set(
        found[["figure", "other_figure", "agreement"]].itertuples(index=False, name=None)
    )


def test_conditions_hold_for_rows_that_are_given_too() -> None:
    pd.testing.assert_frame_equal(
        conflicts(load_statements(), place="郑州", year=2023), conflicts(place="郑州", year=2023)
    )
    complaint = r'^No statement has year "1999" among the \d+ rows with place "zhengzhou".$'
    with pytest.raises(ValueError, match=complaint):
        conflicts(load_statements(), place="郑州", year=1999)


def test_a_statement_counts_once_however_often_it_stands_in_the_rows() -> None:
    one, other = load_statements(place="zhengzhou"), load_statements(year=2023)
    both = pd.concat([one, other, other.assign(region="north")])
    found = conflicts(both.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, conflicts(pd.concat([one, other]).drop_duplicates()))
    assert len(found)


def test_different_rows_of_one_statement_are_refused_with_what_differs() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    changed = pd.concat([rows, rows.assign(status="estimate", note="!"), rows.tail(1)])
    with pytest.raises(ValueError) as refusal:
        conflicts(changed)
    assert str(refusal.value).splitlines() == [
        'statement_id "plan:1" stands in 2 different rows: status "target" or "estimate"; '
        "keep one of them.",
        'statement_id "report:1" stands in 2 different rows: status "outcome" or "estimate"; '
        "keep one of them.",
    ]


def test_what_is_no_table_of_statements_is_refused_with_what_is() -> None:
    with pytest.raises(TypeError, match=r'^str "郑州" is not a table; .* rows of load_statements'):
        conflicts("郑州")
    with pytest.raises(ValueError, match=r'^The table has no column "place" or .* and 1'):
        conflicts(pd.DataFrame())
    with pytest.raises(ValueError, match=r'^The table has no column "domain"; allowed: rows of'):
        conflicts(load_statements().drop(columns="domain"), domain="economy")
