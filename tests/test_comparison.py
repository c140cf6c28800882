"""Statements held against each other: outcomes, documents and next targets."""

import math
from collections.abc import Callable, Iterable

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import (
    compare,
    conflicts,
    follow_targets,
    load_statements,
    load_targets,
    prefer,
)
from policydata.columns import name_columns, set_dtypes
from policydata.comparison import keep_different
from policydata.schema import COMPARED, CONFLICTS, FOLLOWED
from rows_in_sight import tell


def hold(*cases: Iterable[str]) -> pd.DataFrame:
    """Hold outcomes against targets, a year each: indicator, target, outcome."""
    lines = []
    for year, (indicator, target, outcome, *_) in enumerate(cases, 1000):
        measure = "level" if indicator in ("grain_output", "foreign_capital") else "growth_rate"
        cell = f"zhengzhou {indicator} {measure}"
        lines += [f"plan {cell} target {year} {target}", f"report {cell} outcome {year} {outcome}"]
    return compare(tell(*lines)).sort_values("year")


def name_pairs(rows: pd.DataFrame) -> list[list[str]]:
    """Compare and name the two statements of each pair."""
    return compare(rows)[["target_id", "outcome_id"]].to_numpy().tolist()


def test_a_pair_says_both_sides_their_gap_and_the_answer() -> None:
    wanted = {
        **{"place": "zhengzhou", "place_zh": "郑州市", "place_en": "Zhengzhou"},
        **{"indicator": "gdp", "indicator_zh": "地区生产总值"},
        **{"indicator_en": "Product", "measure": "growth_rate", "period": "1000", "year": 1000},
        **{"target": 7, "target_low": 7, "target_high": math.nan, "target_comparator": ">="},
        "other_targets": "",
        **{"outcome": 7.4, "outcome_low": 7.4, "outcome_high": 7.4, "outcome_comparator": "="},
        **{"outcome_status": "outcome", "unit_std": "%", "gap": 0.4, "met": "met"},
        **{"gap_unit": "percentage point", "target_id": "plan:1", "outcome_id": "report:1"},
    }
    found = hold(("gdp", "7%以上", "7.4%"))
    pd.testing.assert_frame_equal(found, set_dtypes(pd.DataFrame([wanted]), COMPARED), rtol=0)


def test_only_the_same_place_indicator_measure_and_period_meet() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "report zhengzhou gdp growth_rate outcome 2023-Q1 7.4%",
        "report zhengzhou gdp growth_rate outcome 2024 7.4%",
        "report zhengzhou gdp change outcome 2023 7.4%",
        "report zhengzhou consumer_price_index growth_rate outcome 2023 7.4%",
        "report kaifeng gdp growth_rate outcome 2023 7.4%",
    )
    assert name_pairs(rows) == [["plan:1", "report:1"]]


def test_an_increase_never_meets_a_growth_rate_nor_a_quarter_a_year() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp change outcome 2023 500亿元",
        "plan kaifeng gdp growth_rate target 2023-Q1 7%",
        "report kaifeng gdp growth_rate outcome 2023 7%",
    )
    pd.testing.assert_frame_equal(
        compare(rows), set_dtypes(pd.DataFrame(columns=name_columns(COMPARED)), COMPARED)
    )


def test_figures_without_a_period_a_value_or_as_relations_meet_nothing() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target - 7%",
        "report zhengzhou gdp growth_rate outcome - 7%",
        "plan zhengzhou gdp relation target 2023 全省第1位",
        "report zhengzhou gdp relation outcome 2023 全省第1位",
        "plan kaifeng gdp growth_rate target 2023 与全国同步",
        "report kaifeng gdp growth_rate outcome 2023 与全国同步",
    )
    assert name_pairs(rows) == []


def test_only_targets_are_held_against_only_outcomes_and_estimates() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate standard 2023 7%",
        "plan zhengzhou gdp growth_rate plan_scale 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7%",
        "plan kaifeng gdp growth_rate target 2023 7%",
        "report kaifeng gdp growth_rate standard 2023 7%",
        "plan hebi gdp growth_rate target 2023 7%",
        "report hebi gdp growth_rate estimate 2023 7%",
    )
    assert name_pairs(rows) == [["plan:4", "report:3"]]


@pytest.mark.parametrize(
    ("spoken", "silent"),
    [
        ("news outcome", "bulletin estimate"),
        ("report outcome", "news outcome"),
        ("news outcome", "reprint outcome"),
        ("bulletin outcome", "report outcome"),
        ("report outcome", "undated outcome"),
        ("bulletin estimate", "report estimate"),
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_final_then_reliable_then_late_outcomes_speak(spoken: str, silent: str, step: int) -> None:
    target = "plan zhengzhou gdp growth_rate target 2023 7%"
    outcomes = [
        "{} zhengzhou gdp growth_rate {} 2023 {}".format(*outcome.split(), figure)
        for outcome, figure in ((spoken, "7.4%"), (silent, "7.2%"))
    ]
    found = compare(tell(target, *outcomes)[::step])
    document, status = spoken.split()
    columns = ["outcome", "outcome_status", "outcome_id"]
    assert found[columns].to_numpy().tolist() == [[7.4, status, f"{document}:1"]]


@pytest.mark.parametrize("step", [1, -1])
def test_an_outcome_that_was_revised_gives_way_to_its_revision_however_reliable(step: int) -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "bulletin zhengzhou gdp growth_rate outcome 2023 7.2%",
        "reprint zhengzhou gdp growth_rate outcome 2023 7.4%",
        "report zhengzhou gdp growth_rate estimate 2023 7.3%",
        judged=[("bulletin:1", "preliminary")],
    )
    assert name_pairs(rows[::step]) == [["plan:1", "reprint:1"]]
    assert name_pairs(rows[rows.document.ne("reprint")]) == [["plan:1", "bulletin:1"]]


def test_a_target_given_alike_is_one_row_under_its_most_reliable_document() -> None:
    rows = tell(
        "reprint zhengzhou gdp level target 2023 1.4万亿元",
        "news zhengzhou gdp level target 2023 14000亿元",
        "plan zhengzhou gdp level target 2023 14000亿元",
        "report zhengzhou gdp level outcome 2023 13600亿元",
    )
    assert name_pairs(rows) == [["plan:1", "report:1"]]


def test_a_cell_is_one_row_and_names_other_wordings_of_its_target() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate target 2023 7%以上",
        "reprint zhengzhou gdp growth_rate target 2023 8%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    found = compare(rows)[["target_id", "target_comparator", "target", "other_targets", "met"]]
    assert found.to_numpy().tolist() == [["plan:1", "=", 7, "7%以上; 8%", "met"]]


NUMBERS = (
    ("gdp", "7%", "7% 7.4%", "6.9%"),
    ("gdp", "7%以上", "7% 8%", "6.9%"),
    ("gdp", "突破7%", "7.1%", "7% 6%"),
    ("gdp", "6%—7%", "6% 6.5% 7.5%", "5.9%"),
    ("gdp", "6%左右", "6% 5.5% 5.6% 7%", "5.4%"),
    ("gdp", "7%左右", "6.5%", "6.49%"),
    ("gdp", "6.0%左右", "5.95% 6%", "5.9% 5.94%"),
    ("surveyed_unemployment_rate", "5.5%", "5.5% 5.2%", "5.6%"),
    ("surveyed_unemployment_rate", "5%—6%", "4% 5% 6%", "6.1%"),
    ("surveyed_unemployment_rate", "5.5%左右", "5.5% 5.54% 5%", "5.55% 5.6%"),
    ("consumer_price_index", "3%以内", "3% 2% 下降0.6%", "3.1%"),
    ("consumer_price_index", "低于3%", "2.9% 下降0.6%", "3%"),
    ("consumer_price_index", "3%", "3%", "2.9% 3.1%"),
    ("consumer_price_index", "2%—3%", "2% 2.5% 3%", "1.9% 3.1%"),
    ("consumer_price_index", "3%左右", "3% 2.5% 3.4%", "2.4% 3.5%"),
)
BOUNDS = (
    ("gdp", "7%", "6%以上", "unclear"),
    ("gdp", "7%", "8%以内", "unclear"),
    ("gdp", "7%", "6%—8%", "unclear"),
    ("gdp", "7%", "7%以上", "met"),
    ("gdp", "7%", "7%以内", "unclear"),
    ("gdp", "7%", "低于7%", "missed"),
    ("gdp", "突破7%", "突破7%", "met"),
    ("gdp", "突破7%", "7%以上", "unclear"),
    ("gdp", "6%—7%", "6.2%以上", "met"),
    ("gdp", "7%左右", "超过6.5%", "met"),
    ("gdp", "7%左右", "低于6.5%", "missed"),
    ("consumer_price_index", "3%以内", "超过3%", "missed"),
    ("consumer_price_index", "3%以内", "2%以上", "unclear"),
    ("consumer_price_index", "低于3%", "低于3%", "met"),
    ("consumer_price_index", "3%", "2%—4%", "unclear"),
    ("consumer_price_index", "3%", "4%以上", "missed"),
    ("consumer_price_index", "2%—3%", "2.2%—2.8%", "met"),
    ("consumer_price_index", "2%—3%", "1%—5%", "unclear"),
)


def test_a_number_meets_or_misses_every_bound() -> None:
    cases = [
        (indicator, target, outcome, answer)
        for indicator, target, *outcomes in NUMBERS
        for answer, listed in zip(("met", "missed"), outcomes, strict=True)
        for outcome in listed.split()
    ]
    found = dict(zip(cases, hold(*cases).met, strict=True))
    assert found == {case: case[-1] for case in cases}


def test_an_outcome_that_is_a_bound_is_unclear_only_where_it_leaves_it_open() -> None:
    found = dict(zip(BOUNDS, hold(*BOUNDS).met, strict=True))
    assert found == {case: case[-1] for case in BOUNDS}


def test_units_convert_before_they_are_compared() -> None:
    found = hold(("grain_output", "58亿斤以上", "289.95万吨"))
    columns = ["target", "outcome", "unit_std", "gap", "gap_unit", "met"]
    assert found[columns].to_numpy().tolist() == [[2_900_000, 2_899_500, "t", -500, "t", "missed"]]


def test_an_approximate_target_keeps_its_written_precision_in_another_unit() -> None:
    targets = {"287.5万吨": "58亿斤左右", "287.4万吨": "58亿斤左右", "289.7万吨": "58.0亿斤左右"}
    found = hold(*[("grain_output", target, outcome) for outcome, target in targets.items()])
    assert found.met.tolist() == ["met", "missed", "missed"]


def test_units_that_do_not_convert_are_never_held_against_each_other() -> None:
    assert hold(("foreign_capital", "7亿美元", "50亿元")).empty


def test_a_gap_is_as_printed_without_binary_dust() -> None:
    found = hold(("gdp", "2.72%", "2.67%"), ("gdp", "0.3%", "0.1%"), ("gdp", "1.1%", "下降2.2%"))
    assert found.gap.tolist() == [-0.05, -0.2, -3.3]
    assert set(found.gap_unit) == {"percentage point"}


def test_zhengzhou_2023_is_judged_as_its_reports_say() -> None:
    found = compare(place="郑州", year=2023)
    rates = found[found.measure.isin(["growth_rate", "share"])]
    answers = {code: set(rows.met) for code, rows in rates.groupby("indicator")}
    met = ["gdp", "general_public_budget_revenue", "rd_intensity"]
    assert {code: answers[code] for code in met} == {code: {"met"} for code in met}
    missed = ["fixed_asset_investment", "retail_sales"]
    assert {code: answers[code] for code in missed} == {code: {"missed"} for code in missed}


def test_the_shipped_rd_intensity_of_zhengzhou_2023_is_the_revised_one() -> None:
    found = compare(place="郑州", year=2023, indicator="rd_intensity")
    assert set(found.outcome) == {2.72}


def test_shipped_pairs_name_statements_of_the_same_cell() -> None:
    statements = load_statements().set_index("statement_id")
    pairs = compare()
    cell = ["place", "indicator", "measure", "period", "unit_std"]
    for side in ("target_id", "outcome_id"):
        stated = statements.loc[pairs[side], cell].reset_index(drop=True)
        pd.testing.assert_frame_equal(stated, pairs[cell])
    assert not pairs.duplicated(["target_id"]).any()


@pytest.mark.parametrize(
    ("aim", "came", "answer"),
    [
        ("百分之五左右", "4.9%", "met"),
        ("5%左右", "4.9%", "met"),
        ("三成左右", "26%", "met"),
        ("3成左右", "26%", "met"),
        ("三成左右", "36%", "missed"),
        ("三分之一左右", "33%", "unclear"),
        ("0%左右", "0.2%", "unclear"),
        ("0%左右", "0%", "met"),
    ],
)
def test_about_a_figure_is_as_exact_as_it_is_written_in_either_script(aim, came, answer):
    rows = tell(
        f"plan hebi surveyed_unemployment_rate share target 2023 {aim}",
        f"report hebi surveyed_unemployment_rate share outcome 2023 {came}",
    )
    assert compare(rows).met.tolist() == [answer]


def test_about_a_figure_in_a_unit_of_ones_own_is_as_exact_as_it_is_written():
    header = ["text", "symbol", "dimension", "factor"]
    units = pd.DataFrame([["喵", "count", "count", "1"]], columns=header, dtype="str")
    rows = tell(
        "plan hebi grain_output level target 2023 50喵左右",
        "report hebi grain_output level outcome 2023 49.6喵",
        tables={"units": units},
    )
    assert compare(rows, reference={"units": units}).met.tolist() == ["met"]
    assert compare(rows).met.tolist() == ["unclear"]


each_pairing = pytest.mark.parametrize("pair", [compare, conflicts])


@each_pairing
def test_the_rows_given_are_left_as_they_are(pair: Callable[..., pd.DataFrame]) -> None:
    rows = load_statements(place="zhengzhou", year=2023)
    before = rows.copy(deep=True)
    assert len(pair(rows))
    pd.testing.assert_frame_equal(rows, before)


@each_pairing
def test_conditions_choose_the_shipped_rows_as_loading_does(
    pair: Callable[..., pd.DataFrame],
) -> None:
    found = pair(place="郑州", year=2023)
    assert len(found)
    pd.testing.assert_frame_equal(found, pair(load_statements(place="zhengzhou", year=2023)))
    pd.testing.assert_frame_equal(found, pair(load_statements(), place="郑州", year=2023))
    with pytest.raises(ValueError, match='"郑洲" is not a known place'):
        pair(place="郑洲")
    complaint = r'^No statement has year "1999" among the \d+ rows with place "zhengzhou".$'
    with pytest.raises(ValueError, match=complaint):
        pair(load_statements(), place="郑州", year=1999)


@each_pairing
def test_a_statement_counts_once_however_often_it_stands_in_the_rows(
    pair: Callable[..., pd.DataFrame],
) -> None:
    one, other = load_statements(place="zhengzhou"), load_statements(year=2023)
    both = pd.concat([one, other, other.assign(region="north")])
    found = pair(both.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, pair(pd.concat([one, other]).drop_duplicates()))
    assert len(found)


@each_pairing
def test_different_rows_of_one_statement_are_refused_with_what_differs(
    pair: Callable[..., pd.DataFrame],
) -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    changed = pd.concat([rows, rows.assign(status="estimate", note="!"), rows.tail(1)])
    with pytest.raises(ValueError) as refusal:
        pair(changed)
    assert str(refusal.value).splitlines() == [
        'statement_id "plan:1" has 2 different rows: status "target" or "estimate"; '
        "keep one of them.",
        'statement_id "report:1" has 2 different rows: status "outcome" or "estimate"; '
        "keep one of them.",
    ]


@each_pairing
def test_what_is_not_a_table_of_statements_is_refused_with_what_is(
    pair: Callable[..., pd.DataFrame],
) -> None:
    with pytest.raises(TypeError, match=r'^str "郑州" is not a table; .* rows of load_statements'):
        pair("郑州")
    with pytest.raises(ValueError, match=r'^The table has no column "place" or .* and 1'):
        pair(pd.DataFrame())
    with pytest.raises(ValueError, match=r'^The table has no column "domain"; allowed: rows of'):
        pair(load_statements().drop(columns="domain"), domain="economy")


FIGURES = "15% 15.4% 15.6% 15%以上 突破15% 15%以内 15%左右 14%—16% 14.8%".split()


AGREEMENTS = (
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
)


def test_two_figures_agree_contain_each_other_or_conflict() -> None:
    cases = [*AGREEMENTS, *[(other, figure, answer) for figure, other, answer in AGREEMENTS]]
    lines = []
    for year, (figure, other, _) in enumerate(cases, 1000):
        cell = f"zhengzhou grain_output {'growth_rate' if '%' in figure else 'level'} outcome"
        lines += [f"news {cell} {year} {figure}", f"report {cell} {year} {other}"]
    found = conflicts(tell(*lines), with_identical=True).sort_values("period")
    assert dict(zip(cases, found.agreement, strict=True)) == {case: case[-1] for case in cases}


@settings(max_examples=10)
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


def test_conflicts_of_one_thing_are_sorted_by_document_then_number() -> None:
    figures = [f"{number}%" for number in range(1, 12)]
    stated = [f"news zhengzhou gdp growth_rate outcome 2023 {figure}" for figure in figures]
    rows = tell(*stated, "report zhengzhou gdp growth_rate outcome 2023 20%")
    assert conflicts(rows).statement_id.tolist() == [f"news:{number}" for number in range(1, 12)]


def test_the_shipped_rd_intensity_of_zhengzhou_2023_conflicts() -> None:
    found = conflicts(place="郑州", year=2023, indicator="rd_intensity")
    figures = found[["figure", "other_figure", "agreement"]].to_numpy().tolist()
    assert figures == [["2.72%", "2.67%", "conflicting"]]


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
    complaint = 'target_id ".*" has 2 different rows: target "[^"]*" or "1.0"; keep one'
    with pytest.raises(ValueError, match=complaint):
        follow_targets(pd.concat([pairs, pairs.head(1).assign(target=1.0)]), targets)
    complaint = 'statement_id ".*" has 2 different rows: value_std "[^"]*" or "1.0"; keep one'
    with pytest.raises(ValueError, match=complaint):
        follow_targets(pairs, pd.concat([targets, targets.head(1).assign(value_std=1.0)]))


def test_columns_of_ones_own_stay_and_no_pair_gives_no_row() -> None:
    pairs = compare(place="zhengzhou").assign(region="north")
    followed, none = follow_targets(pairs), follow_targets(pairs.head(0))
    assert set(followed.columns) == {*name_columns(FOLLOWED), "region"}
    pd.testing.assert_series_equal(followed.dtypes, none.dtypes)
    assert (len(followed) > 0, len(none)) == (True, 0)


def test_what_is_not_a_table_of_pairs_is_refused_with_what_is() -> None:
    with pytest.raises(TypeError, match=r"^str \"x\" is not a table; .* rows of compare"):
        follow_targets("x")
    with pytest.raises(ValueError, match=r'^The table has no column "target_id" or .*compare'):
        follow_targets(load_targets())
    with pytest.raises(ValueError, match=r'^The table has no column "status"; .*load_statements'):
        follow_targets(compare(), load_targets().drop(columns="status"))


def test_a_figure_that_several_documents_give_alike_is_kept_once() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate target 2023 7.0%",
        "news zhengzhou gdp growth_rate target 2023 7%以上",
        "news zhengzhou gdp growth_rate target 2024 7%",
        "news zhengzhou gdp growth_rate outcome 2023 7%",
        "news zhengzhou gdp share target 2023 7%",
        "news kaifeng gdp growth_rate target 2023 7%",
    )
    kept = keep_different(rows).statement_id.tolist()
    assert kept == ["news:1", "news:2", "news:3", "news:4", "news:5", "news:6"]


@each_pairing
def test_a_figure_that_its_document_repeats_is_taken_once(
    pair: Callable[..., pd.DataFrame],
) -> None:
    rows = tell(
        "plan zhengzhou grain_output level target 2023 58亿斤",
        "plan zhengzhou grain_output level target 2023 290万吨",
        "report zhengzhou grain_output level outcome 2023 300万吨",
        "news zhengzhou grain_output level target 2023 291万吨",
        judged=[("plan:2", "repeat")],
    )
    pd.testing.assert_frame_equal(pair(rows), pair(rows[rows.statement_id.ne("plan:2")]))
    assert len(pair(rows))


def test_one_statement_is_preferred_and_those_passed_over_are_named() -> None:
    rows = tell(
        "news zhengzhou gdp growth_rate outcome 2023 7.2%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
        "bulletin zhengzhou gdp growth_rate outcome 2023 7.3%",
        "plan zhengzhou gdp growth_rate outcome 2023 9%",
        "news zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate outcome - 5%",
        "plan zhengzhou gdp growth_rate outcome - 6%",
        judged=[("report:1", "preliminary"), ("plan:1", "partial_scope")],
    )
    kept = prefer(rows).set_index("statement_id").preferred_to
    assert kept.to_dict() == {
        "bulletin:1": "news:1 report:1 plan:1",
        **dict.fromkeys(["news:2", "news:3", "plan:2"], ""),
    }
    assert prefer(rows.head(0)).empty


def test_a_preferred_table_can_be_pivoted() -> None:
    rows = prefer(load_statements(status="outcome", measure="growth_rate", indicator="gdp"))
    wide = rows.pivot(index="place_zh", columns="period", values="value_std")
    assert wide.notna().sum().sum() == rows.value_std.notna().sum()
