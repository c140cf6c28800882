"""Targets against what came: what meets what, which outcome speaks, and when a bound is met."""

import math

import pandas as pd
import pytest

from policydata import compare, load_statements
from policydata.columns import name_columns, set_dtypes
from policydata.schema import COMPARED
from rows_in_sight import tell


def hold(indicator: str, target: str, outcome: str) -> pd.DataFrame:
    """Hold one outcome against one target."""
    measure = "level" if indicator in ("grain_output", "foreign_capital") else "growth_rate"
    cell = f"zhengzhou {indicator} {measure}"
    return compare(
        tell(f"plan {cell} target 2023 {target}", f"report {cell} outcome 2023 {outcome}")
    )


def name_pairs(rows: pd.DataFrame) -> list[list[str]]:
    """Compare and name the two statements of each pair."""
    return compare(rows)[["target_id", "outcome_id"]].to_numpy().tolist()


def test_a_pair_says_both_sides_their_gap_and_the_answer() -> None:
    wanted = {
        **{"place": "zhengzhou", "place_zh": "郑州市", "place_en": "Zhengzhou"},
        **{"indicator": "gdp", "indicator_zh": "地区生产总值"},
        **{"indicator_en": "Product", "measure": "growth_rate", "period": "2023", "year": 2023},
        **{"target": 7, "target_low": 7, "target_high": math.nan, "target_comparator": ">="},
        **{"outcome": 7.4, "outcome_low": 7.4, "outcome_high": 7.4, "outcome_comparator": "="},
        **{"outcome_status": "outcome", "unit_std": "%", "gap": 0.4, "met": "met"},
        **{"gap_unit": "percentage point", "target_id": "plan:1", "outcome_id": "report:1"},
    }
    found = hold("gdp", "7%以上", "7.4%")
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


def test_targets_that_differ_in_number_or_bound_are_rows_of_their_own() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "news zhengzhou gdp growth_rate target 2023 7%以上",
        "reprint zhengzhou gdp growth_rate target 2023 8%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    found = compare(rows)[["target_id", "target_comparator", "target", "met"]]
    assert found.to_numpy().tolist() == [
        ["news:1", ">=", 7, "met"],
        ["plan:1", "=", 7, "met"],
        ["reprint:1", "=", 8, "missed"],
    ]


@pytest.mark.parametrize(
    ("indicator", "target", "met", "missed"),
    [
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
    ],
)
def test_a_number_meets_or_misses_every_bound(
    indicator: str, target: str, met: str, missed: str
) -> None:
    for answer, outcomes in (("met", met), ("missed", missed)):
        found = [hold(indicator, target, text).met.tolist() for text in outcomes.split()]
        assert found == [[answer]] * len(outcomes.split())


@pytest.mark.parametrize(
    ("indicator", "target", "outcome", "answer"),
    [
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
    ],
)
def test_an_outcome_that_is_a_bound_is_unclear_only_where_it_leaves_it_open(
    indicator: str, target: str, outcome: str, answer: str
) -> None:
    assert hold(indicator, target, outcome).met.tolist() == [answer]


def test_units_convert_before_they_are_compared() -> None:
    found = hold("grain_output", "58亿斤以上", "289.95万吨")
    columns = ["target", "outcome", "unit_std", "gap", "gap_unit", "met"]
    assert found[columns].to_numpy().tolist() == [[2_900_000, 2_899_500, "t", -500, "t", "missed"]]


def test_an_approximate_target_keeps_its_written_precision_in_another_unit() -> None:
    assert hold("grain_output", "58亿斤左右", "287.5万吨").met.tolist() == ["met"]
    assert hold("grain_output", "58亿斤左右", "287.4万吨").met.tolist() == ["missed"]
    assert hold("grain_output", "58.0亿斤左右", "289.7万吨").met.tolist() == ["missed"]


def test_units_that_do_not_convert_are_never_held_against_each_other() -> None:
    assert hold("foreign_capital", "7亿美元", "50亿元").empty


@pytest.mark.parametrize(
    ("target", "outcome", "gap"),
    [("2.72%", "2.67%", -0.05), ("0.3%", "0.1%", -0.2), ("1.1%", "下降2.2%", -3.3)],
)
def test_a_gap_is_as_printed_without_binary_dust(target: str, outcome: str, gap: float) -> None:
    found = hold("gdp", target, outcome)
    assert found[["gap", "gap_unit"]].to_numpy().tolist() == [[gap, "percentage point"]]


def test_the_rows_given_are_left_as_they_are() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    before = rows.copy(deep=True)
    compare(rows)
    pd.testing.assert_frame_equal(rows, before)


def test_pairs_of_one_cell_are_sorted_by_document_then_number() -> None:
    figures = [f"{number}%" for number in range(1, 12)]
    targets = [f"plan zhengzhou gdp growth_rate target 2023 {figure}" for figure in figures]
    rows = tell(*targets, "report zhengzhou gdp growth_rate outcome 2023 7.4%")
    assert compare(rows).target_id.tolist() == [f"plan:{number}" for number in range(1, 12)]


def test_conditions_choose_the_shipped_rows_as_loading_does() -> None:
    found = compare(place="郑州", year=2023)
    assert len(found)
    pd.testing.assert_frame_equal(found, compare(load_statements(place="zhengzhou", year=2023)))
    with pytest.raises(ValueError, match='"郑洲" is not a known place'):
        compare(place="郑洲")


@pytest.mark.parametrize(
    ("indicator", "answer"),
    [
        ("gdp", "met"),
        ("fixed_asset_investment", "missed"),
        ("retail_sales", "missed"),
        ("general_public_budget_revenue", "met"),
        ("rd_intensity", "met"),
    ],
)
def test_zhengzhou_2023_is_judged_as_its_reports_say(indicator: str, answer: str) -> None:
    found = compare(place="郑州", year=2023, indicator=indicator)
    rates = found[found.measure.isin(["growth_rate", "share"])]
    assert set(rates.met) == {answer}


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


def test_conditions_hold_for_rows_that_are_given_too() -> None:
    pd.testing.assert_frame_equal(
        compare(load_statements(), place="郑州", year=2023), compare(place="郑州", year=2023)
    )
    complaint = r'^No statement has year "1999" among the \d+ rows with place "zhengzhou".$'
    with pytest.raises(ValueError, match=complaint):
        compare(load_statements(), place="郑州", year=1999)


def test_a_statement_counts_once_however_often_it_stands_in_the_rows() -> None:
    one, other = load_statements(place="zhengzhou"), load_statements(year=2023)
    both = pd.concat([one, other, other.assign(region="north")])
    found = compare(both.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(found, compare(pd.concat([one, other]).drop_duplicates()))
    assert len(found)


def test_different_rows_of_one_statement_are_refused_with_what_differs() -> None:
    rows = tell(
        "plan zhengzhou gdp growth_rate target 2023 7%",
        "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    )
    changed = pd.concat([rows, rows.assign(status="estimate", note="!"), rows.tail(1)])
    with pytest.raises(ValueError) as refusal:
        compare(changed)
    assert str(refusal.value).splitlines() == [
        'statement_id "plan:1" stands in 2 different rows: status "target" or "estimate"; '
        "keep one of them.",
        'statement_id "report:1" stands in 2 different rows: status "outcome" or "estimate"; '
        "keep one of them.",
    ]


def test_what_is_no_table_of_statements_is_refused_with_what_is() -> None:
    with pytest.raises(TypeError, match=r'^str "郑州" is not a table; .* rows of load_statements'):
        compare("郑州")
    with pytest.raises(ValueError, match=r'^The table has no column "place" or .* and 1'):
        compare(pd.DataFrame())
    with pytest.raises(ValueError, match=r'^The table has no column "domain"; allowed: rows of'):
        compare(load_statements().drop(columns="domain"), domain="economy")


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
