"""Units convert within their dimension, exactly, and refuse across it."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.tables import read_table
from policydata.units import convert_units, list_units, read_unit


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
    with pytest.raises(ValueError, match='"平方公理" is no known unit; nearest: 平方公里'):
        convert_units(1, "平方公理", "ha")


@pytest.mark.parametrize("values", [[1, 2], (1,), "1", np.array([1, 2])])
def test_what_is_neither_a_number_nor_a_series_is_refused_with_what_is(values):
    complaint = rf'^{type(values).__name__} ".*" is no number; allowed: a number, or a Series'
    with pytest.raises(TypeError, match=complaint):
        convert_units(values, "亩", "ha")


@pytest.mark.parametrize("value", [15, 15.0, np.int64(15), Fraction(15), Decimal(15)])
def test_a_number_of_any_kind_converts(value):
    assert convert_units(value, "亩", "ha") == 1


def test_a_unit_that_is_no_text_is_refused_as_unknown():
    with pytest.raises(ValueError, match='"None" is no known unit'):
        convert_units(1, None, "ha")


def test_a_series_comes_back_as_a_series_on_its_own_index():
    areas = pd.Series([15, 30, None], index=[7, 8, 9], name="area")
    converted = pd.Series([1, 2, None], index=[7, 8, 9], name="area")
    pd.testing.assert_series_equal(convert_units(areas, "亩", "ha"), converted)
    assert areas.tolist()[:2] == [15, 30]


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


@pytest.mark.parametrize("text", ["", "万", "亿", "左右", "元人"])
def test_a_scale_word_alone_or_an_unknown_word_is_no_unit(text):
    assert read_unit(text) is None
