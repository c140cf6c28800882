"""Units convert within their dimension, exactly, and refuse across it."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.tables import read_table
from policydata.units import Unit, convert_units, list_units, read_unit, standardise_each


@pytest.mark.parametrize(
    ("value", "unit", "to", "converted"),
    [
        (15, "亩", "公顷", 1),
        (150, "万亩", "ha", 100_000),
        (1, "平方公里", "万亩", 0.15),
        (2, "斤", "公斤", 1),
        (1, "亿斤", "万吨", 5),
        (1, "公斤/亩", "kg/ha", 15),
        (1, "斤/亩", "公斤/公顷", 7.5),
        (7000, "亿元", "CNY", 7e11),
        (1, "萬億元", "亿元", 10_000),
        (0.1, "万元", "元", 1000),
        (3, "‰", "%", 0.3),
        (2, "倍", "%", 200),
        (60, "万千瓦", "千瓦", 600_000),
    ],
)
def test_a_value_converts_exactly_there_and_back(value, unit, to, converted):
    assert convert_units(value, unit, to) == converted
    assert convert_units(converted, to, unit) == value


@given(st.decimals("-99999.99", "99999.99", places=2).map(float))
def test_any_printed_number_survives_the_way_to_mu_and_jin(value):
    assert convert_units(convert_units(value, "ha", "亩"), "亩", "ha") == pytest.approx(
        value, 1e-15
    )
    assert convert_units(convert_units(value, "t", "斤"), "斤", "t") == value


@pytest.mark.parametrize(
    ("unit", "to"),
    [
        ("%", "个百分点"),
        ("亿元", "万吨"),
        ("公斤", "公斤/亩"),
        ("亿元", "亿美元"),
        ("平方米", "亩"),
    ],
)
def test_units_of_two_dimensions_refuse_each_other(unit, to):
    with pytest.raises(ValueError, match=f'"{unit}" measures .* they do not convert'):
        convert_units(1, unit, to)


def test_an_unknown_unit_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match='"平方公理" is not a known unit; nearest: 平方公里'):
        convert_units(1, "平方公理", "ha")


@pytest.mark.parametrize("values", [[1, 2], (1,), "1", np.array([1, 2])])
def test_what_is_neither_a_number_nor_a_series_is_refused_with_what_is(values):
    complaint = rf'^{type(values).__name__} ".*" is not a number; allowed: a number, or a Series'
    with pytest.raises(TypeError, match=complaint):
        convert_units(values, "亩", "ha")


@pytest.mark.parametrize("value", [15, 15.0, np.int64(15), Fraction(15), Decimal(15)])
def test_a_number_of_any_kind_converts(value):
    assert convert_units(value, "亩", "ha") == 1


def test_a_unit_that_is_no_text_is_refused_as_unknown():
    with pytest.raises(ValueError, match='"None" is not a known unit'):
        convert_units(1, None, "ha")


def test_a_series_comes_back_as_a_series_on_its_own_index():
    areas = pd.Series([15, 30, None], index=[7, 8, 9], name="area")
    converted = pd.Series([1, 2, None], index=[7, 8, 9], name="area")
    pd.testing.assert_series_equal(convert_units(areas, "亩", "ha"), converted)
    assert areas.tolist()[:2] == [15, 30]


FIGURES = pd.DataFrame(
    {"value_std": [20_000.0, 3.7, None], "unit_std": ["t", "%", ""]}, index=["a:1", "a:2", "a:3"]
)


def test_a_column_of_figures_is_converted_by_the_unit_of_each():
    rows = FIGURES.drop("a:2")
    converted = convert_units(rows.value_std, rows.unit_std, "万吨")
    assert converted.index.tolist() == ["a:1", "a:3"]
    assert converted.tolist()[0] == 2 and pd.isna(converted.iloc[1])
    mixed = pd.Series([1.0, 1000.0]), pd.Series(["吨", "公斤"])
    assert convert_units(*mixed, "t").tolist() == [1, 1]


def test_a_row_that_does_not_convert_is_named_with_what_it_measures():
    with pytest.raises(
        ValueError, match=r'^row a:2: "%" measures proportion, "万吨" measures mass: they'
    ):
        convert_units(FIGURES.value_std, FIGURES.unit_std, "万吨")
    with pytest.raises(
        ValueError, match=r'^row 1: "咖" measures nothing known, "万吨" measures mass'
    ):
        convert_units(pd.Series([1.0, 2.0]), pd.Series(["吨", "咖"]), "万吨")


@pytest.mark.parametrize("name", ["value_std", "low_std", "value"])
def test_a_column_whose_rows_have_units_of_their_own_is_refused_without_them(name):
    unit = "unit_std" if name.endswith("std") else "unit"
    complaint = f'"{name}" holds figures in several units; .* rows.{unit}, "万吨"'
    with pytest.raises(ValueError, match=complaint):
        convert_units(FIGURES.value_std.rename(name), "t", "万吨")


def test_units_on_another_index_are_refused():
    with pytest.raises(ValueError, match="The units have a different index from the values"):
        convert_units(pd.Series([1.0]), pd.Series(["t"], index=["b"]), "t")


def test_a_unit_of_ones_own_converts():
    header = ["text", "symbol", "dimension", "factor"]
    rows = [["咖", "count", "count", "1"], ["打", "dozen", "count", "12"]]
    own = {"units": pd.DataFrame(rows, columns=header, dtype="str")}
    assert convert_units(2, "打", "咖", reference=own) == 24
    with pytest.raises(ValueError, match='"家" is not a known unit'):
        convert_units(2, "家", "咖", reference=own)


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ([["喵", "count", "count", "0.5"]], 'units, row 0, column factor: "0.5"; allowed: a whole'),
        ([["喵", "count", "count", "1/0"]], 'units, row 0, column factor: "1/0"; allowed: a whole'),
        ([["打", "dozen", "count", "12"]], 'units, row 0, column dimension: "count"; allowed: a d'),
    ],
)
def test_a_table_of_units_that_cannot_convert_is_refused_with_its_row(rows, complaint):
    header = ["text", "symbol", "dimension", "factor"]
    own = {"units": pd.DataFrame(rows, columns=header, dtype="str")}
    with pytest.raises(ValueError, match=complaint):
        convert_units(1, "喵", "喵", reference=own)


def test_every_dimension_has_exactly_one_standard_symbol():
    units = read_table("units")
    standard = units[units.factor.eq("1")].groupby("dimension").symbol.unique()
    assert standard.map(len).eq(1).all()
    assert set(standard.index) == set(units.dimension)


def test_every_unit_is_known_by_its_written_form_and_by_its_symbol():
    units = read_table("units")
    assert not units.text.duplicated().any()
    for row in units.itertuples():
        assert read_unit(row.text) == list_units()[row.symbol]


def test_a_unit_with_another_of_its_kind_in_brackets_is_that_unit():
    assert read_unit("万台(套)") == read_unit("万台")


@pytest.mark.parametrize("text", ["", "万", "亿", "左右", "元人", "台(元)", "台(喵)"])
def test_a_scale_word_alone_or_an_unknown_word_is_no_unit(text):
    assert read_unit(text) is None


def test_many_numbers_are_converted_as_exactly_as_one():
    factors = [Fraction(10**8), Fraction(2000, 3), Fraction(1, 15), Fraction(10**17, 7)]
    units = [None, *(Unit("own", "own", factor) for factor in factors)]
    numbers = [7.4, 12.35, -0.0, 0.1 + 0.2, 9007199254740.993, 123456.789, 1e20, 98765432.1234]
    numbers += [number / 997 for number in range(1, 400)] + [8999999.9 + n for n in range(300)]
    values = pd.Series([number for number in numbers for _ in units] + [float("nan")])
    places = pd.Series([*range(len(units))] * len(numbers) + [1])
    exact = [
        float(Fraction(repr(value)) * units[place].factor) if place and value == value else np.nan
        for value, place in zip(values.tolist(), places, strict=True)
    ]
    found = standardise_each(values, units, places)
    assert [*map(repr, found.tolist())] == [*map(repr, exact)]


@pytest.mark.parametrize(
    ("value", "factor"),
    [
        # The digits times 6789 are no float, and the product would be rounded before the quotient.
        (67108173803.49, Fraction(6789, 997)),
        (-56267655064.73, Fraction(6789, 997)),
        # The denominator is no float.
        (3.0, Fraction(1, 2**53 + 1)),
    ],
)
def test_what_floats_do_not_hold_is_converted_as_a_fraction(value, factor):
    found = standardise_each(pd.Series([value]), [Unit("own", "own", factor)], pd.Series([0]))
    assert found.tolist() == [float(Fraction(repr(value)) * factor)]
