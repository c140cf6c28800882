"""Figures of one pattern are read by one reading, exactly as each would be by itself."""

import math
import re
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import load_statements, quantities
from policydata.numerals import NUMERAL
from policydata.patterns import find_pattern
from policydata.quantities import read_quantities
from policydata.units import Unit, list_units

AS_WRITTEN = sorted(load_statements().value_text.unique())
# Texts in which some digits make a name, a time or another number.
TELLING = """
PM2.5浓度 PM10 CO2排放5万吨 5A级景区 5G基站 5G 5A级 第5季度 5季度 5个月 5年 5月 5号 5天 5番
近5年 连续5天 前5强
翻2番 翻了1番 1/3 第3季度5% 1季度增长5% 4个季度
500强 2023年 全国第5位 居第3 -5% 下降0% -0% 05个 5.个 12月5% 7成 7成5 7吨半 1万5 百分之7
万分之25 两5个 7７个 ７个 保5%争力 5%、力争翻番 5—翻番 超2023年目标 7余个 7多个 7个以上
近7个 控制在7%左右 7万亿元 7个企业 下降7%以上 翻7番 1A级 2.5微克 CO2
5Ａ级 ５Ｇ 5Ｇ 5Ａ级景区 ＰＭ2.5浓度 ＣＯ2
""".split()
NUMBERS = """
0 0.0 00 05 0.5 1 2 2.5 3 4 5 6 7 7.7 9 10 12 12.35 19 20 50 77 99 100 300 500 700 999 1999 2020
2023 7777 12345 123456.78 123456789012345 1234567890123456 0.000000000000001
""".split()


# With these as units, what is a name with other digits is a figure with sevens.
OWN = [*"G 强 年 月 番 天 号".split(), "A级", "季度", "个月"]
KNOWN = {name: Unit("own", name, Fraction(1)) for name in OWN} | list_units()


def read_alone(text):
    """Read one text by itself, without a pattern."""
    return repr(quantities._try(text, KNOWN))


def read_together(texts):
    """Read texts as a column."""
    read = read_quantities(pd.Series(texts, dtype="str"), KNOWN)
    return [*map(repr, zip(*(read[name].tolist() for name in read), strict=True))]


@given(
    st.lists(
        st.tuples(st.sampled_from(AS_WRITTEN + TELLING), st.lists(st.sampled_from(NUMBERS))),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=150)
def test_a_column_of_figures_is_read_as_each_figure_by_itself(drawn):
    texts = []
    for text, numbers in drawn:
        left = iter(numbers)
        texts.append(re.sub(NUMERAL, lambda found, left=left: next(left, found[0]), text))
    assert read_together(texts) == [read_alone(text) for text in texts]


def test_texts_of_every_kind_are_read_as_by_themselves_whatever_their_number():
    texts = [re.sub(NUMERAL, number, text) for text in TELLING for number in NUMBERS]
    assert read_together(texts) == [read_alone(text) for text in texts]


def test_a_number_beside_another_that_is_written_otherwise_is_read_with_it():
    texts = ["-７%—7%", "-７%—9%", "7%、力争百分之八", "9%、力争百分之八"]
    wanted = [
        [-7.0, 7.0, "range", "%", math.nan, ""],
        [-7.0, 9.0, "range", "%", math.nan, ""],
        [7.0, 7.0, "=", "%", 8.0, ""],
        [math.nan, math.nan, "", "", math.nan, "has a second goal that is lower"],
    ]
    found = read_quantities(pd.Series(texts, dtype="str")).drop(columns=["allowed", "nearest"])
    assert repr(found.values.tolist()) == repr(wanted)


def test_figures_that_differ_in_their_number_alone_are_read_once(monkeypatch):
    calls = []
    read = quantities._read
    monkeypatch.setattr(
        quantities, "_read", lambda text, units: calls.append(text) or read(text, units)
    )
    texts = pd.Series([f"增长{number / 10}%以上" for number in range(11, 99)], dtype="str")
    assert read_quantities(texts).low.tolist() == [number / 10 for number in range(11, 99)]
    assert calls == ["增长7.7%以上"]


@pytest.mark.parametrize(
    "text", ["20—30个", "0%", "05个", "全覆盖", "", "1234567890123456元", f"5%{'的' * 100}"]
)
def test_a_text_without_one_plain_number_has_no_pattern(text):
    assert find_pattern(text) == ("", 1.0)
