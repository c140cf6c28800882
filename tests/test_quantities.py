"""Figures as written, read into bounds, comparator and unit; what is not sure is refused."""

import math
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.quantities import Quantity, QuantityError, parse_quantity, read_quantities

OPEN = math.nan
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
DECIMALS = st.decimals("0", "99999.999", places=3).map(lambda number: f"{number.normalize():f}")


def same(read, low, high, comparator, unit):
    """Compare with an open bound equal to an open bound."""
    return repr(tuple(read)) == repr((float(low), float(high), comparator, unit))


@pytest.mark.parametrize(
    ("written", "low", "high", "comparator", "unit"),
    [
        ("7000亿元", 7000, 7000, "=", "亿元"),
        ("达到100%", 100, 100, "=", "%"),
        ("达39万人", 39, 39, "=", "万人"),
        ("稳定在440万亩", 440, 440, "=", "万亩"),
        ("为5%", 5, 5, "=", "%"),
        ("15%以上", 15, OPEN, ">=", "%"),
        ("不低于15%", 15, OPEN, ">=", "%"),
        ("不少于300家", 300, OPEN, ">=", "家"),
        ("至少300家", 300, OPEN, ">=", "家"),
        ("迈上5000亿元新台阶", 5000, OPEN, ">=", "亿元"),
        ("突破2.6%", 2.6, OPEN, ">", "%"),
        ("超过400家", 400, OPEN, ">", "家"),
        ("超10亿元", 10, OPEN, ">", "亿元"),
        ("1.3万余件", 1.3, OPEN, ">", "万件"),
        ("40多架", 40, OPEN, ">", "架"),
        ("高于15%", 15, OPEN, ">", "%"),
        ("3%以内", OPEN, 3, "<=", "%"),
        ("3%以下", OPEN, 3, "<=", "%"),
        ("不超过3%", OPEN, 3, "<=", "%"),
        ("控制在3%", OPEN, 3, "<=", "%"),
        ("控制在5.5%以内", OPEN, 5.5, "<=", "%"),
        ("低于3%", OPEN, 3, "<", "%"),
        ("少于3家", OPEN, 3, "<", "家"),
        ("130万亩左右", 130, 130, "~", "万亩"),
        ("约130万亩", 130, 130, "~", "万亩"),
        ("近130万亩", 130, 130, "~", "万亩"),
        ("130万亩上下", 130, 130, "~", "万亩"),
        ("控制在3%左右", 3, 3, "~", "%"),
        ("20—30个", 20, 30, "range", "个"),
        ("20-30个", 20, 30, "range", "个"),
        ("20至30个", 20, 30, "range", "个"),
        ("20～30个", 20, 30, "range", "个"),
        ("20〜30个", 20, 30, "range", "个"),
        ("6.5%至7%", 6.5, 7, "range", "%"),
        ("保6%争7%", 6, 7, "range", "%"),
        ("两位数", 10, OPEN, ">=", "%"),
        ("全覆盖", 100, 100, "=", "%"),
        ("正增长", 0, OPEN, ">", "%"),
        ("翻一番", 100, 100, "=", "%"),
        ("翻了一番", 100, 100, "=", "%"),
    ],
)
def test_every_wording_of_the_contract_has_its_bounds(written, low, high, comparator, unit):
    assert same(parse_quantity(written), low, high, comparator, unit)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("７０００億元", "7000亿元"),
        ("2,000個", "2000个"),
        ("１，２３４，５６７元", "1234567元"),
        ("12,345.67万元", "12345.67万元"),
        ("兩千億元", "2000亿元"),
        ("两千多家", "2000多家"),
        ("百分之五点五以上", "5.5%以上"),
        ("三成", "30%"),
        ("近三成", "近30%"),
        ("两成多", "20%多"),
        ("三至五成", "30—50%"),
        ("下降1.001成", "下降10.01%"),
        ("150個(gè)左右", "150个左右"),
        ("增長(zhǎng)30%以上", "增长30%以上"),
        (" 20 — 30 个 ", "20—30个"),
        ("7 000\u3000亿元", "7000亿元"),
        ("130萬畝左右", "130万亩左右"),
        ("穩定在440萬畝", "稳定在440万亩"),
        ("不低於6%", "不低于6%"),
        ("控制在3%以內", "控制在3%以内"),
        ("將突破7000億元大關", "将突破7000亿元大关"),
        ("保6%爭7%", "保6%争7%"),
        ("兩位數增長", "两位数增长"),
        ("翻兩番", "翻两番"),
        ("壓減5%", "压减5%"),
        ("全國第一", "全国第一"),
        ("24類", "24类"),
    ],
)
def test_a_figure_in_another_script_reads_as_the_plain_one(written, plain):
    assert repr(parse_quantity(written)) == repr(parse_quantity(plain))


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("亩产760公斤", "公斤/亩"),
        ("亩产达到1000公斤以上", "公斤/亩"),
        ("每亩增加12.5公斤", "公斤/亩"),
        ("760公斤/亩", "公斤/亩"),
        ("年产60万吨", "万吨"),
        ("8.8件/万人", "件/万人"),
        ("3個百分點", "个百分点"),
        ("提高0.5个百分点以上", "个百分点"),
        ("百分之五", "%"),
        ("三十万人", "万人"),
        ("全省第五", "位"),
    ],
)
def test_the_unit_is_the_written_one_and_a_percentage_point_is_never_per_cent(written, unit):
    assert parse_quantity(written).unit == unit


@pytest.mark.parametrize(
    ("written", "low", "high", "comparator"),
    [
        ("下降4%", -4, -4, "="),
        ("降低4%左右", -4, -4, "~"),
        ("下降4%以上", OPEN, -4, "<="),
        ("减少超过4%", OPEN, -4, "<"),
        ("下降4%以内", -4, OPEN, ">="),
        ("减少少于4%", -4, OPEN, ">"),
        ("减产3%至4%", -4, -3, "range"),
        ("下降到4%", 4, 4, "="),
        ("降至4%以下", OPEN, 4, "<="),
    ],
)
def test_a_decrease_is_mirrored_unless_it_names_the_level_reached(written, low, high, comparator):
    assert same(parse_quantity(written), low, high, comparator, "%")


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("7?00亿元", "has lost a digit"),
        ("７？００亿元", "has lost a digit"),
        ("7\ufffd00亿元", "has lost a digit"),
        ("700□亿元", "has lost a digit"),
        ("5.亿元", "has lost a digit"),
        (".5亿元", "has lost a digit"),
        ("7000亿元左左", "a word that is not known: 左左; .* nearest: 左右"),
        ("大概7000亿元", "a word that is not known: 大概; .* nearest: 大约"),
        ("全部12个", "a word that is not known: 全部"),
        ("完成两千亿元目标", "a word that is not known: 完成"),
        ("三五个", "a word that is not known: 三"),
        ("几十家", "a word that is not known: 几"),
        ("5%和6%", "holds two numbers"),
        ("300家、200家以上", "holds two numbers"),
        ("1,23个", "holds two numbers"),
        ("300家以上以内", "has bound words that disagree"),
        ("5%以上左右", "has bound words that disagree"),
        ("30—20个", "is no range"),
        ("30—30个", "is no range"),
        ("20%—30亿元", "is no range"),
        ("20—30个以上", "is no range"),
        ("百分之五个百分点", "is a fraction"),
        ("三分之一", "is a fraction"),
        ("十几个", "is an estimate"),
        ("十数个", "is an estimate"),
        ("十来个", "is an estimate"),
        ("5万几", "is an estimate"),
        ("20—30几个", "is an estimate"),
        ("一半", "counts in halves"),
        ("一年半", "counts in halves"),
        ("三成五", "is no whole number of tenths"),
        ("一亿五千万元", "holds two numbers"),
        ("5万两千家", "holds two numbers"),
        ("5-", "has a sign for its unit"),
        ("5亿—", "has a sign for its unit"),
        ("5。", "has a sign for its unit"),
        ("5(个)", "has a sign for its unit"),
        ("5/亩", "has a sign for its unit"),
        ("5枚-", "has a sign for its unit"),
        ("", "states no number"),
    ],
)
def test_what_is_not_sure_is_refused_with_what_is_allowed(written, complaint):
    with pytest.raises(QuantityError, match=complaint) as refusal:
        parse_quantity(written)
    assert str(refusal.value).startswith(f'"{written}"')
    assert refusal.value.allowed


@pytest.mark.parametrize(
    ("written", "unit"),
    [("5枚", "枚"), ("5万枚", "万枚"), ("5°C", "°C"), ("5千瓦·时", "千瓦·时"), ("5个多", "个")],
)
def test_a_unit_of_letters_is_read_whether_known_or_not(written, unit):
    assert (parse_quantity(written).low, parse_quantity(written).unit) == (5, unit)


@pytest.mark.parametrize("thing", [None, 5.0, math.nan])
def test_what_is_no_text_is_refused_by_its_kind(thing):
    with pytest.raises(TypeError, match=f'^{type(thing).__name__} "{thing}" is no text; allowed: '):
        parse_quantity(thing)


@pytest.mark.parametrize("word", ["高于", "低于", "不低于"])
def test_a_bound_before_chinese_digits_keeps_its_number(word):
    assert repr(parse_quantity(f"{word}百分之五")) == repr(parse_quantity(f"{word}5%"))
    assert math.isnan(parse_quantity(f"{word}全省平均水平").low)


@given(DECIMALS)
def test_any_number_reads_back_the_same_with_and_without_a_bound(number):
    value = float(Decimal(number))
    assert parse_quantity(f"{number}亿元") == Quantity(value, value, "=", "亿元")
    assert same(parse_quantity(f"{number}亿元以上"), value, OPEN, ">=", "亿元")
    assert same(parse_quantity(f"突破{number}亿元"), value, OPEN, ">", "亿元")
    assert same(parse_quantity(f"{number}亿元左右"), value, value, "~", "亿元")
    assert same(parse_quantity(f"{number}亿元以内"), OPEN, value, "<=", "亿元")


@given(DECIMALS, st.sampled_from(["{}%", "{}%以上", "突破{}%", "下降{}%", "{}%左右"]))
def test_the_full_width_twin_reads_the_same(number, wording):
    written = wording.format(number)
    assert repr(parse_quantity(written.translate(FULL_WIDTH))) == repr(parse_quantity(written))


@given(st.lists(DECIMALS, min_size=2, max_size=2, unique_by=float))
def test_a_range_reads_upwards_only(numbers):
    low, high = sorted(numbers, key=float)
    assert parse_quantity(f"{low}—{high}%") == Quantity(float(low), float(high), "range", "%")
    with pytest.raises(QuantityError, match="is no range"):
        parse_quantity(f"{high}—{low}%")


def test_many_figures_come_back_in_their_order_with_the_reason_where_one_is_refused():
    texts = pd.Series(["5%", "7?%", "5%"], index=["a", "b", "c"])
    read = read_quantities(texts)
    assert list(read.index) == ["a", "b", "c"]
    assert read.low.tolist()[::2] == [5, 5]
    assert read.reason.tolist() == ["", "has lost a digit", ""]
