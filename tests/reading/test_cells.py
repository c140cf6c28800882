"""What a number or a date shows in its cell, and what to type instead."""

from datetime import date, time

import pytest

from policydata.reading.cells import read_value, show_date, show_number


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (7, "General", "7"),
        (7.0, "@", "7"),
        (0.1 + 0.2, "General", "0.3"),
        (0.07, "0%", "7%"),
        (0.0734, "0.0%", "7.3%"),
        (0.025, "0%", "3%"),
        (7000, '#,##0"亿元"', "7,000亿元"),
        (1234.5, "0.00", "1234.50"),
        (1234.5, "0.##", "1234.5"),
        (7, "000", "007"),
        (-5, "0", "-5"),
        (-5, "#,##0_);(#,##0)", "(5)"),
        (-5, "0;[Red]0", "5"),
        (12, "[$¥-804]0", "¥12"),
        (12, r"0\个", "12个"),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(value, number_format, shown):
    assert show_number(value, number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format"),
    [
        *((7, "0.00E+00"), (7, "# ?/?"), (7, "0,"), (7, "[DBNum1]0"), (7, "[>9]0"), (7, ";;;")),
        (1e300, "0.00"),
        (float("inf"), "0.00"),
    ],
)
def test_a_format_that_says_more_than_digits_is_not_read(value, number_format):
    assert show_number(value, number_format) is None


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [
        ("yyyy-mm-dd", "2023-01-02"),
        ('yyyy"年"m"月"', "2023年1月"),
        ('[$-804]m"月"d"日";@', "1月2日"),
        (r"d\-mmm\-yy", "2-Jan-23"),
        ("mm-dd-yy", None),
        ("yyyy/m/d h:mm", None),
        ("aaaa", None),
        ("General", None),
    ],
)
def test_a_date_is_written_as_its_format_shows_it(number_format, shown):
    assert show_date(date(2023, 1, 2), number_format) == shown


@pytest.mark.parametrize(
    ("value", "number_format", "typed"),
    [
        (0.07, "0%", "type 7%"),
        (0.0734, "0%", "type the figure as the document writes it"),
        (7, "0.0E+0", "type the figure as the document writes it"),
        (-5, "#,##0_);(#,##0)", "type the figure as the document writes it"),
        (date(2023, 1, 1), "mmm-yy", "type what was meant, such as 2023-01"),
        (date(2023, 1, 2), "mmm-yy", "type what was meant, such as 2023-01-02"),
        (time(20, 30), "h:mm", "type the figure as the document writes it"),
    ],
)
def test_what_to_type_is_said_and_is_no_rounded_number(value, number_format, typed):
    allowed = f"text: format the column as text and {typed}"
    assert read_value(value, number_format).allowed == allowed
