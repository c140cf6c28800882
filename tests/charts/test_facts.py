"""What a chart says is counted: its extremes, its answers, what is drawn, where and when."""

import re

import pandas as pd
import pytest

from policydata.charts.cells import take_cells
from policydata.charts.facts import count_cells, count_rows, describe, name_when, name_where
from policydata.charts.page import fill
from policydata.schema import LANGUAGES
from rows_in_sight import lay_out, tell

TOLD = tell(
    "plan hebi gdp growth_rate target 2023 7%",
    "plan kaifeng gdp growth_rate target 2023 6%以上",
    "report hebi gdp growth_rate outcome 2022 9%",
    "report hebi gdp growth_rate outcome 2023 5%",
    "report kaifeng gdp growth_rate outcome 2023 6.5%",
    "report zhengzhou gdp growth_rate estimate 2023 7.4%",
    "report henan gdp growth_rate outcome 2023 4.1%",
)
COUNTED = {
    "n": "7",
    "rows": "7",
    "documents": "2",
    "counted": "n = 7 values from 7 statements. ",
    "first_year": "2022",
    "last_year": "2023",
    "targets": "2",
    "outcomes": "4",
    "estimates": "1",
    "missed": "1",
    "unclear": "0",
    "met": "1",
    "pairs": "2",
    "places": "3",
    "highest": "9%",
    "highest_place": "Hebi",
    "highest_period": "2022",
    "lowest": "5%",
    "lowest_place": "Hebi",
    "lowest_period": "2023",
}


def count(
    rows: pd.DataFrame, lang: str = "en", compared_with: str = "", ends: bool = False
) -> dict[str, str]:
    return count_cells(take_cells(rows, None, lang), lang, None, compared_with, ends)


def test_all_outcomes_of_cities_are_ranked_and_all_is_counted() -> None:
    assert count(TOLD) == COUNTED


def test_of_ends_only_the_last_outcome_of_each_city_is_ranked() -> None:
    last = {"highest": "6.5%", "highest_place": "Kaifeng", "highest_period": "2023"}
    assert count(TOLD, ends=True) == COUNTED | last


def test_the_first_of_several_indicators_has_the_extremes() -> None:
    grain = [
        f"bulletin {place} grain_output growth_rate outcome 2023 {growth}%"
        for place, growth in (("hebi", 1), ("kaifeng", 20))
    ]
    both = pd.concat([TOLD, tell(*grain)], ignore_index=True)
    extremes = ["highest", "highest_place", "lowest", "lowest_place"]
    assert [count(both)[name] for name in extremes] == ["9%", "Hebi", "5%", "Hebi"]
    turned = pd.concat([tell(*grain), TOLD], ignore_index=True)
    assert [count(turned)[name] for name in extremes] == ["20%", "Kaifeng", "1%", "Hebi"]


def test_the_place_compared_with_is_told_with_those_above_and_below_it() -> None:
    told = {"reference": "4.1%", "reference_place": "Henan", "reference_period": "2023"}
    assert count(TOLD, compared_with="henan") == {**COUNTED, **told, "above": "2", "below": "0"}
    cities = TOLD[TOLD.place.ne("henan")]
    compared = count(cities, compared_with="kaifeng")
    assert [compared[fact] for fact in ("reference_place", "above", "below", "places")] == [
        *("Kaifeng", "0", "1", "3")
    ]


def test_a_place_that_is_level_with_the_one_compared_with_is_neither_above_nor_below() -> None:
    told = [f"report {place} gdp growth_rate outcome 2023 5%" for place in ("hebi", "henan")]
    counted = count(tell(*told), compared_with="henan")
    assert (counted["above"], counted["below"]) == ("0", "0")


def test_a_place_compared_with_that_states_nothing_is_not_told() -> None:
    assert count(TOLD[TOLD.place.ne("henan")], compared_with="henan").keys() == COUNTED.keys()


def test_targets_are_ranked_where_nothing_became_of_them() -> None:
    counted = count(TOLD[TOLD.status.eq("target")])
    assert {fact: counted[fact] for fact in ("highest", "lowest", "pairs", "missed")} == {
        "highest": "7%", "lowest": "≥\xa06%", "pairs": "0", "missed": "0",
    }  # fmt: skip


def test_a_figure_is_written_with_its_unit_in_either_language() -> None:
    rows = tell("report hebi gdp level outcome 2023 900亿元")
    assert [count(rows, lang)["highest"].replace("\xa0", " ") for lang in LANGUAGES] == [
        *("90 billion CNY", "900亿元")
    ]


@pytest.mark.parametrize(
    ("noun", "marks", "english", "chinese"),
    [
        ("statement", 1, "n = 1 value from 2 statements. ", "1个数据，来自2条陈述。"),
        ("statement", 2, "n = 2 values from 2 statements. ", "2个数据，来自2条陈述。"),
        ("pair", 3, "n = 3 pairs of target and outcome. ", "3组目标与实际值。"),
        ("cell", 4, "n = 4 cells, 2 statements. ", "4格，2条陈述。"),
        ("counted", 1, "n = 1 statement. ", "1条陈述。"),
    ],
)
def test_marks_statements_documents_and_years_are_counted(
    noun: str, marks: int, english: str, chinese: str
) -> None:
    rows = pd.DataFrame({"document": ["plan", "plan"], "year": [2023, None]})
    counts = {"n": str(marks), "rows": "2", "documents": "1"}
    years = {"first_year": "2023", "last_year": "2023"}
    for lang, said in (("en", english), ("zh", chinese)):
        assert count_rows(rows, marks, noun, lang) == {**counts, **years, "counted": said}


def test_a_quotient_comes_from_two_statements_and_their_documents() -> None:
    rows = pd.DataFrame({"statement_id": ["a:1", "a:2"], "denominator_id": ["b:1", "a:3"]})
    counted = count_rows(rows, 2, "statement", "en")
    assert (counted["n"], counted["rows"], counted["documents"]) == ("2", "4", "2")


@pytest.mark.parametrize(
    ("noun", "english"),
    [
        ("statement", "n = 2 values from 1 statement. "),
        ("cell", "n = 2 cells, 1 statement. "),
    ],
)
def test_one_statement_is_counted_in_the_singular(noun: str, english: str) -> None:
    counted = count_rows(pd.DataFrame({"document": ["plan"]}), 2, noun, "en")
    assert counted["counted"] == english


def test_rows_without_a_year_have_no_first_and_no_last() -> None:
    counted = count_rows(pd.DataFrame({"document": ["plan"]}), 1, "counted", "en")
    assert (counted["first_year"], counted["last_year"]) == ("", "")


@pytest.mark.parametrize(
    ("lines", "unit", "english", "chinese"),
    [
        (
            ["hebi gdp growth_rate outcome 2023 5%"],
            "%",
            "Product, growth (%); Hebi; 2023",
            "地区生产总值增速，%；鹤壁市；2023年",
        ),
        (
            [
                "hebi gdp level outcome 2021 9亿元",
                "kaifeng grain_output level outcome 2023-Q1 9万吨",
            ],
            "",
            "Product, Grain; Hebi, Kaifeng; 2021–2023",
            "地区生产总值、粮食产量；鹤壁市、开封市；2021—2023年",
        ),
        (
            ["hebi gdp level outcome 2023 9亿元", "hebi gdp growth_rate outcome 2023 5%"],
            "",
            "Product; Hebi; 2023",
            "地区生产总值；鹤壁市；2023年",
        ),
    ],
)
def test_a_subtitle_says_what_is_drawn_in_which_unit_where_and_when(
    lines: list[str], unit: str, english: str, chinese: str
) -> None:
    rows = take_cells(tell(*(f"report {line}" for line in lines)), None, "en").stated
    assert [describe(rows, unit, lang, None) for lang in LANGUAGES] == [english, chinese]


def test_more_than_three_indicators_are_counted() -> None:
    kinds = "gdp grain_output foreign_capital consumer_price_index".split()
    rows = tell(*(f"report hebi {kind} growth_rate outcome 2023 5%" for kind in kinds))
    assert describe(rows, "%", "en", {}) == "4 indicators, growth (%); Hebi; 2023"


PLACES = lay_out(
    "place place_en place_zh place_level",
    """
    henan     Henan     河南省 province
    hebi      Hebi      鹤壁市 prefecture
    kaifeng   Kaifeng   开封市 prefecture
    zhengzhou Zhengzhou 郑州市 prefecture
    anyang    Anyang    安阳市 prefecture
    wuhan     Wuhan     武汉市 prefecture
    """,
)


@pytest.mark.parametrize(
    ("first", "last", "english", "chinese"),
    [
        (0, 1, "Henan", "河南省"),
        (0, 4, "Hebi, Kaifeng, Zhengzhou", "鹤壁市、开封市、郑州市"),
        (0, 5, "4 cities of Henan", "河南省4个市"),
        (0, 6, "5 places", "5个地区"),
    ],
)
def test_up_to_three_places_are_named_and_more_are_counted_in_their_province(
    first: int, last: int, english: str, chinese: str
) -> None:
    rows = PLACES.iloc[first:last]
    assert [name_where(rows, lang, None) for lang in LANGUAGES] == [english, chinese]


@pytest.mark.parametrize(
    ("periods", "english", "chinese"),
    [
        ([""], "", ""),
        (["2023-Q1", "2023-Q1"], "Q1 2023", "2023年第一季度"),
        (["2023-Q1", "2023"], "2023", "2023年"),
        (["2024", "", "2021/2025", "2022"], "2021–2025", "2021—2025年"),
    ],
)
def test_one_period_is_named_and_of_several_the_first_and_the_last_year(
    periods: list[str], english: str, chinese: str
) -> None:
    assert [name_when(periods, lang) for lang in LANGUAGES] == [english, chinese]


def test_a_title_takes_known_facts_and_refuses_others_with_the_known_ones() -> None:
    assert fill("{highest_place}: {highest}", COUNTED, "title") == "Hebi: 9%"
    assert fill("Nothing is counted", {}, "title") == "Nothing is counted"
    refused = '^"best" is not a known fact in title; allowed: "n", "rows"\\.$'
    with pytest.raises(ValueError, match=refused):
        fill("{best} of {n}", {"n": "3", "rows": "4"}, "title")


@pytest.mark.parametrize("text", ["{n of 4", "n} of 4", "{n} of {4", "{{n}}", "{"])
def test_a_brace_that_has_no_other_is_refused_with_its_text(text: str) -> None:
    refused = f'^The title "{re.escape(text)}" has a brace that is not closed or not opened.$'
    with pytest.raises(ValueError, match=refused):
        fill(text, {"n": "3"}, "title")


def test_a_fact_with_braces_is_put_in_as_it_is() -> None:
    assert fill("{most} leads", {"most": "{n}", "n": "3"}, "title") == "{n} leads"
