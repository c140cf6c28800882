"""Charts speak two languages: words in the declared order, numbers and periods as each has them."""

import ast
import re
from pathlib import Path

import pandas as pd
import pytest

from policydata import charts, schema
from policydata.charts.cells import choose_scale
from policydata.charts.intake import take_statements
from policydata.charts.marks import SHAPES
from policydata.charts.words import (
    count_digits,
    list_words,
    name_axis,
    name_period,
    name_scale,
    name_units,
    order_words,
    say,
    say_word,
    write_bounds,
    write_number,
)
from policydata.load import load_statements
from policydata.schema import HAZARDS, LANGUAGES, MEASURES, STATES
from policydata.tables import read_csv, take_reference
from policydata.units import take_units
from rows_in_sight import lay_out

TABLES = (Path(schema.__file__).with_name("vocabularies.csv"),)
TABLES += (Path(charts.__file__).with_name("translations.csv"),)
WORDS = pd.concat(map(read_csv, TABLES), ignore_index=True)
DECLARED = {
    "status": schema.STATUSES,
    "measure": (*schema.MEASURES, "gap"),
    "comparator": schema.COMPARATORS,
    "reliability": schema.RELIABILITIES,
    "doc_type": schema.DOC_TYPES,
    "domain": schema.DOMAINS,
    "met": schema.ANSWERS,
    "next_target": schema.CHANGES,
    "step": schema.STEPS,
    "state": STATES,
    "hazard": tuple(HAZARDS),
}
NOTHING = float("nan")


@pytest.mark.parametrize("name", DECLARED)
def test_a_vocabulary_is_spoken_whole_and_in_its_declared_order(name: str) -> None:
    assert tuple(list_words(name)) == DECLARED[name]


def test_every_mark_and_every_bound_has_words() -> None:
    assert {shape.name for shape in SHAPES.values()} - {"exact"} <= set(list_words("mark"))
    assert {*list_words("written bound"), "range"} == set(schema.COMPARATORS)


def list_said(function: str) -> set[tuple[str, str]]:
    """List the first two words that the charts' code hands to a function, where both are typed."""
    calls = [
        node
        for file in Path(charts.__file__).parent.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function
    ]
    typed = [[getattr(word, "value", None) for word in call.args[:2]] for call in calls]
    return {(one, two) for one, two in typed if isinstance(one, str) and isinstance(two, str)}


def test_every_word_that_the_code_says_is_there() -> None:
    kinds = {*WORDS[WORDS.vocabulary.eq("finding")].word}
    written = {*zip(WORDS.vocabulary, WORDS.word, strict=True)}
    assert sorted(list_said("say") - written) == []
    assert kinds == {*WORDS[WORDS.vocabulary.eq("alt")].word} == set(list_kinds())


def list_kinds() -> list[str]:
    """List the kinds of the charts: the names of their functions."""
    return [name.removeprefix("plot_") for name in charts.__all__ if name.startswith("plot_")]


def test_two_words_of_one_vocabulary_are_never_the_same_word() -> None:
    named = WORDS[~WORDS.vocabulary.isin(["phrase", "finding"])]
    for lang in LANGUAGES:
        assert named[named.duplicated(["vocabulary", lang])].empty
    assert not WORDS.duplicated(["vocabulary", "word"]).any()


def test_every_word_has_both_languages_and_english_alone_does_without_a_sign_of_the_year() -> None:
    assert WORDS[WORDS.en.eq("") | WORDS.zh.eq("")].word.tolist() == ["year"]


def list_braces(text: str) -> set[str]:
    # The endings of English plurals are no facts.
    return {*re.findall(r"\{\w*\}", text)} - {"{s}", "{rows_s}"}


def test_neither_language_borrows_words_of_the_other_and_both_tell_the_same_facts() -> None:
    for english, chinese in zip(WORDS.en, WORDS.zh, strict=True):
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english)
        assert not re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}|policydata", "", chinese))
        assert list_braces(english) == list_braces(chinese)


def test_a_word_is_said_in_the_language_asked_for() -> None:
    assert [say("status", "target", lang) for lang in LANGUAGES] == ["target", "目标"]
    assert say_word("target_comparator", ">=", "zh") == "以上"
    assert say_word("place", "hebi", "zh") == "hebi"


def test_values_stand_in_the_order_of_their_vocabulary_then_as_they_come() -> None:
    assert order_words("status", ["outcome", "target"]) == ["target", "outcome"]
    assert order_words("met", ["b", "met", "a", "missed", "b"]) == ["missed", "met", "b", "a"]


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (0, "0", "0"),
        (2.60, "2.6", "2.6"),
        (-4.03, "−4.03", "−4.03"),
        (7000, "7,000", "7000"),
        (17200, "17,200", "17 200"),
        (1234567.8, "1,234,568", "1 234 568"),
        (1308.9, "1,308.9", "1308.9"),
        (97.946666, "97.947", "97.947"),
        (0.04346, "0.04346", "0.04346"),
        (0.0866666, "0.086667", "0.086667"),
        (999999.96, "1,000,000", "1 000 000"),
    ],
)
def test_thousands_are_set_off_as_the_language_does(
    number: float, english: str, chinese: str
) -> None:
    written = [write_number(number, lang).replace("\xa0", " ") for lang in ("en", "zh")]
    assert written == [english, chinese]


@pytest.mark.parametrize(
    ("comparator", "english", "chinese"),
    [
        ("=", "15%", "15%"),
        (">=", "≥ 15%", "15%以上"),
        (">", "> 15%", "超过15%"),
        ("<=", "≤ 15%", "15%以内"),
        ("<", "< 15%", "低于15%"),
        ("~", "≈ 15%", "15%左右"),
        ("range", "10–20%", "10%—20%"),
    ],
)
def test_bounds_are_signs_in_english_and_words_in_chinese(
    comparator: str, english: str, chinese: str
) -> None:
    written = [write_bounds(comparator, 15, 10, 20, "%", lang) for lang in ("en", "zh")]
    assert [text.replace("\xa0", " ") for text in written] == [english, chinese]


def test_a_figure_breaks_over_no_line() -> None:
    assert " " not in write_bounds(">=", 15, 15, NOTHING, "%", "en")


def test_only_a_per_cent_stands_beside_its_number() -> None:
    assert write_bounds("=", 15, 15, 15, "CNY", "en") == "15"


@pytest.mark.parametrize(
    ("drawn", "stated", "digits"),
    [
        (13607.5, 1.36075e12, 6),
        (1234567.8, 123.45678, 8),
        (130 / 15, 130, 3),
        (52.5 / 15, 52.5, 2),
        (0.1 + 0.2, 3, 1),
        (0.00425, 4.25, 3),
        (-2.6, -2.6, 2),
        (0, 0, 1),
        (2 / 3, 2 / 3, 4),
    ],
)
def test_a_figure_keeps_its_digits_unless_converting_left_it_without_end(
    drawn: float, stated: float, digits: int
) -> None:
    assert count_digits(drawn, stated) == digits


def test_both_ends_of_a_range_and_its_bound_are_written_with_so_many_digits() -> None:
    assert write_bounds("range", 0, 8 / 3, 10 / 3, "ha", "en", 3) == "2.67–3.33"
    assert write_bounds("~", 130 / 15, 0, 0, "ha", "en", 3) == "≈\xa08.67"
    assert write_bounds("=", 130 / 15, 0, 0, "ha", "en") == "8.6667"


@pytest.mark.parametrize(
    ("largest", "unit", "english", "chinese"),
    [
        (7e11, "CNY", (1e9, "billion CNY"), (1e8, "亿元")),
        (5e8, "CNY", (1e6, "million CNY"), (1e8, "亿元")),
        (2e13, "CNY", (1e12, "trillion CNY"), (1e12, "万亿元")),
        (8666.7, "ha", (1, "ha"), (1, "公顷")),
        (86667, "ha", (1e3, "thousand ha"), (1e4, "万公顷")),
        (9.9e5, "ha", (1e3, "thousand ha"), (1e4, "万公顷")),
        (4.9e6, "ha", (1e3, "thousand ha"), (1e4, "万公顷")),
        (5e6, "ha", (1e6, "million ha"), (1e4, "万公顷")),
        (1.3e7, "ha", (1e6, "million ha"), (1e4, "万公顷")),
        (2000, "count", (1, "number"), (1, "数量")),
        (120000, "count", (1, "number"), (1e4, "万个")),
        (999999, "count", (1, "number"), (1e4, "万个")),
        (1.2e6, "count", (1e3, "thousand"), (1e4, "万个")),
        (5e6, "count", (1e6, "million"), (1e4, "万个")),
        (17571, "kg/ha", (1, "kg/ha"), (1, "公斤/公顷")),
        (73.7, "%", (1, "%"), (1, "%")),
        (3, "percentage point", (1, "percentage points"), (1, "百分点")),
        (12, "count/10000 persons", (1, "number per 10,000 persons"), (1, "件/万人")),
    ],
)
def test_units_are_scaled_and_named_in_both_languages(
    largest: float, unit: str, english: tuple[float, str], chinese: tuple[float, str]
) -> None:
    assert [name_scale(largest, unit, lang) for lang in ("en", "zh")] == [english, chinese]


def test_a_unit_of_several_names_goes_by_its_usual_one_or_its_shortest() -> None:
    units = lay_out(
        "text symbol factor",
        """
        个点   point 1
        百分点 point 1
        度     kWh   1
        千瓦时 kWh   1
        周岁   age   1
        岁     age   1
        TEU    box   1
        标箱   box   1
        亩     ha    1/15
        """,
    )
    named = {"point": "百分点", "kWh": "千瓦时", "age": "岁", "box": "标箱"}
    assert name_units(units) == named
    assert name_units(units[::-1].astype({"factor": object})) == named


@pytest.mark.parametrize(
    ("indicator", "english", "chinese"),
    [
        ("sown_area", "thousand ha", "万亩"),
        ("grain_output", "thousand t", "亿斤"),
        ("enterprises", "number", "家"),
        ("gdp", "billion CNY", "亿元"),
        ("unknown", "thousand ha", "万公顷"),
    ],
)
def test_chinese_takes_the_unit_that_is_usual_for_the_indicator(
    indicator: str, english: str, chinese: str
) -> None:
    rows = USUAL[USUAL.indicator.eq(indicator)]
    scales = [choose_scale(rows, float(rows.value_std.max()), UNITS, lang) for lang in LANGUAGES]
    assert [unit for _, unit in scales] == [english, chinese]
    assert scales[1][0] == pytest.approx(rows.value_std.iloc[0] / rows.said.iloc[0])


UNITS = take_units(take_reference())
# In the standard unit, and as Chinese documents say it.
USUAL = lay_out(
    "indicator unit_std unit_std_zh usual_unit value_std said",
    """
    sown_area    ha    公顷 万亩 66666.6667  100
    grain_output t     吨   亿斤 500000      10
    enterprises  count 个   家   42000       42000
    gdp          CNY   元   亿元 1.36e12     13600
    unknown      ha    公顷 -    66666.6667  6.66666667
    """,
).astype({"value_std": "float", "said": "float"})


def test_indicators_that_do_not_share_a_usual_unit_get_a_common_one() -> None:
    rows = pd.concat([USUAL.head(1), USUAL.head(1).assign(usual_unit="亩")])
    assert choose_scale(rows, 66666.7, UNITS, "zh") == (1e4, "万公顷")
    # Growth of an area is no area.
    growth = USUAL.head(1).assign(unit_std="%", unit_std_zh="%")
    assert choose_scale(growth, 5.0, UNITS, "zh") == (1, "%")


def test_units_of_every_shipped_indicator_and_measure_are_named_in_both_languages() -> None:
    kinds = take_statements(load_statements(), None).groupby(["indicator", "measure", "unit_std"])
    named = [
        [choose_scale(rows, float(rows.value_std.max()), UNITS, lang)[1] for lang in LANGUAGES]
        for _, rows in kinds
    ]
    assert len(named) > 100
    assert [one for one, _ in named if re.search(r"[\u3000-\u9fff]|^$", one)] == []
    assert [two for _, two in named if two != "%" and re.search("[A-Za-z]|^$", two)] == []


def test_every_measure_has_an_axis_with_its_unit() -> None:
    assert [name_axis(measure, "%", "en") for measure in MEASURES] == [
        *("%", "growth, %", "share, %", "change, %", "relation, %")
    ]
    assert [name_axis(measure, "%", "zh") for measure in MEASURES] == [
        *("%", "增速（%）", "占比（%）", "增量（%）", "对比（%）")
    ]


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        ("2023", "2023", "2023年"),
        ("2023-Q1", "Q1 2023", "2023年第一季度"),
        ("2024-09", "Sep 2024", "2024年9月"),
        ("2024-09-27", "27 Sep 2024", "2024年9月27日"),
        ("2023/2027", "2023–2027", "2023—2027年"),
        ("2024-01/2024-08", "Jan–Aug 2024", "2024年1—8月"),
        ("2023-09/2024-03", "Sep 2023–Mar 2024", "2023年9月—2024年3月"),
        ("", "no period given", "未注明期间"),
    ],
)
def test_periods_are_written_out(period: str, english: str, chinese: str) -> None:
    assert [name_period(period, lang) for lang in ("en", "zh")] == [english, chinese]


def test_every_period_of_the_data_can_be_written() -> None:
    periods = load_statements().period.unique()
    assert all(name_period(period, lang) for period in periods for lang in ("en", "zh"))


def test_what_is_no_period_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(ValueError, match='"spring" is not a period; allowed: 2023, 2023-Q1, 2024'):
        name_period("spring", "en")
