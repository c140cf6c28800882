"""Numbers as Chinese documents write them: folded to one form, then read exactly."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.numerals import NUMBER, fold, read_number


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("７０００亿元", "7000亿元"),
        ("２，０００個(gè)以上", "2000个以上"),
        ("1,234,567元", "1234567元"),
        ("12，345.67元", "12345.67元"),
        (" 15 %\u3000以上", "15%以上"),
        ("150個（gè）左右", "150个左右"),
        ("四億六千萬畝", "四亿六千万亩"),
        ("增長(zhǎng)30%", "增长30%"),
    ],
)
def test_what_carries_a_number_is_folded_to_one_form(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize("written", ["1,23个", "1,2345个", "12,34,567元", "(1)", "甲(一)"])
def test_what_is_no_thousands_separator_and_no_pinyin_stays(written):
    assert fold(written) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("146.92", 146.92),
        ("0", 0),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百一十", 110),
        ("一百零五点二五", 105.25),
        ("三百五", 350),
        ("两千", 2000),
        ("一千零五", 1005),
        ("两千三百四十五", 2345),
        ("一万五", 15_000),
        ("一万零五", 10_005),
        ("三万五千", 35_000),
        ("两万两千三百五十", 22_350),
    ],
)
def test_a_number_is_read_in_arabic_and_in_chinese_digits(written, number):
    assert re.fullmatch(NUMBER, written)
    assert read_number(written) == number


@pytest.mark.parametrize("written", ["三五", "十五六", "三四百", "", "点五", "5.", "万"])
def test_an_estimate_or_a_part_of_a_number_is_no_number(written):
    assert not re.fullmatch(NUMBER, written)


def write_chinese(number):
    """Write a number below ten thousand in full, a zero between the steps that are apart."""
    digits = zip(str(number), "千百十 "[-len(str(number)) :], strict=True)
    written = "".join("零一二三四五六七八九"[int(d)] + step * (d != "0") for d, step in digits)
    return re.sub("零+", "零", written.replace(" ", "")).rstrip("零") or "零"


@given(st.integers(0, 9999))
def test_every_number_below_ten_thousand_is_read_back_from_chinese_digits(number):
    assert read_number(write_chinese(number)) == number
