"""Numbers as Chinese documents write them: folded to one form, then read exactly."""

import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata.numerals import fold, scan_number, scan_share


def read(text):
    """Read a number that fills a text, in no scale; nothing where it does not."""
    number = scan_number(text)
    return number.value_in("") if number and number.end == len(text) else None


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("７０００亿元", "7000亿元"),
        ("２，０００個(gè)以上", "2000个以上"),
        ("1,234,567元", "1234567元"),
        ("12，345.67元", "12345.67元"),
        ("3 070.9千人次", "3070.9千人次"),
        (" 15 %\u3000以上", "15%以上"),
        ("150個（gè）左右", "150个左右"),
        ("四億六千萬畝", "四亿六千万亩"),
        ("增長(zhǎng)30%", "增长30%"),
        ("35㎡", "35m2"),
        ("5 m²", "5m2"),
    ],
)
def test_what_carries_a_number_is_folded_to_one_form(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "written",
    [
        *("1,23个", "1,2345个", "12,34,567元", "(1)", "甲(一)", "长度(km)", "5(kg)"),
        *("②5", "13908²亿斤", "½", "20 30个", "120\n130个", "2023 100个", "1 234 5个"),
    ],
)
def test_what_would_put_another_digit_on_the_line_stays(written):
    assert fold(written) == written


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("146.92", "146.92"),
        ("0", 0),
        ("零", 0),
        ("两", 2),
        ("十", 10),
        ("百", 100),
        ("十五", 15),
        ("二十", 20),
        ("一百一十", 110),
        ("一百零五点二五", "105.25"),
        ("三百五", 350),
        ("两千", 2000),
        ("一千零五", 1005),
        ("两千三百四十五", 2345),
        ("一八八一", 1881),
        ("一万五", 15_000),
        ("一万零五", 10_005),
        ("三万五千", 35_000),
        ("两万两千三百五十", 22_350),
        ("1万600", 10_600),
        ("5万两千", 52_000),
        ("一亿零一", 100_000_001),
        ("一千零一亿一千零一万一千零一", 100_110_011_001),
        ("五万三千亿零六", 5_300_000_000_006),
    ],
)
def test_a_number_is_read_in_arabic_and_in_chinese_digits(written, number):
    assert read(written)[0] == Fraction(number)


@pytest.mark.parametrize(
    ("written", "scale", "value", "step"),
    [
        ("一亿二千万", "万", 12_000, 1),
        ("1亿2000.5万", "万", "12000.5", "0.1"),
        ("五万三千零四十三亿", "亿", 53_043, 1),
        ("3万5千", "千", 35, 1),
        ("百亿", "亿", 100, 1),
        ("一万五", "", 15_000, 1000),
        ("零点七一四", "", "0.714", "0.001"),
    ],
)
def test_a_value_stands_in_its_last_scale_and_knows_its_last_digit(written, scale, value, step):
    assert scan_number(written).value_in(scale) == (Fraction(value), Fraction(step))


@pytest.mark.parametrize(
    "written",
    [
        *(
            "三五",
            "十五六",
            "三四百",
            "百十",
            "百二十",
            "三百二十千",
            "三十两",
            "点五",
            "5.",
            "万",
            "",
        ),
        *("1万5", "1万60000", "1.5万600", "1亿2亿"),
    ],
)
def test_an_estimate_or_a_part_of_a_number_or_a_rising_step_is_no_number(written):
    assert read(written) is None


@pytest.mark.parametrize(
    ("written", "share"),
    [
        ("百分之五点五", ("5.5", "0.1", "%")),
        ("千分之三", (3, 1, "‰")),
        ("万分之五", ("0.05", "0.01", "%")),
        ("百万分之五", (5, 1, "ppm")),
        ("四分之三", (75, 0, "%")),
        ("1/4", (25, 0, "%")),
    ],
)
def test_a_share_has_the_worth_of_its_last_digit_where_it_has_one(written, share):
    value, step, sign = share
    assert scan_share(written) == (Fraction(value), Fraction(step), sign, len(written))


def write_chinese(number):
    """Write a number in full, a zero between the steps that are apart."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return write_chinese(high) + "万" + (zero + write_chinese(low) if low else "")
    digits = zip(str(number), "千百十 "[-len(str(number)) :], strict=True)
    written = "".join("零一二三四五六七八九"[int(d)] + step * (d != "0") for d, step in digits)
    return re.sub("零+", "零", written.replace(" ", "")).rstrip("零") or "零"


@given(st.integers(0, 99_999_999).filter(lambda number: number % 10_000 or number < 10_000))
@settings(max_examples=50)
def test_every_number_below_a_hundred_million_is_read_back_from_chinese_digits(number):
    assert read(write_chinese(number)) == (number, 1)


@pytest.mark.parametrize("written", ["12亿3045", "十二亿三千零四十五"])
def test_a_number_in_two_scales_is_the_sum_of_both(written):
    assert scan_number(written).value_in("万") == (12 * 10_000 + 3045, 1)
