"""A figure between plain words is not compared in full, and what is compared once is not again."""

from __future__ import annotations

import sys
from collections import Counter
from random import Random

import pandas as pd
import pytest

import made_rows
from policydata import check
from policydata.checks.edges import is_doubtful
from policydata.checks.marks import Marker, Marks
from policydata.checks.quotes import compare_with_quotes
from policydata.quantities import read_quantities
from policydata.units import list_units

PIECES = [
    *"""增长 增長(zhǎng) 提高到 约 突破 了 不 不得 低于 不低 达 到 至 超 年 2023 2023年 7, 7， 1,000
    ， 。 、 ( ) （ ） 百 千 万 亿 百分之 二十 第三 三 - — ~ − 负 肩负 ? % 个 个百分点 个百 亩 公斤
    / 元 斤 平方 米 m ² 以上 以内 左右 上 内 及 以 之 余 多 出头 gè (gè) hm2 下降 降 减 减少 少 每
    同比 最 最长 长 从 由 自 点 分之 . 8 ０ ％ ① 与 为 在 控制在 20个 20 全省 平均 高于 R&D 第 4月
    至少 ：""".split(),
    *(" ", "  "),
]
RUNS = """5% 20个 5 两位数 7000亿元 约5% 下降4% 20—30个 3.5个百分点 500公斤 30%以上 低于5%
    少5%""".split()


def list_figures(*rows):
    """Give figures with their quotes and what is read of them."""
    figures = pd.DataFrame(rows, columns=["quote", "value_text", "unit_text"], dtype="str")
    return figures.assign(own_unit=read_quantities(figures.value_text).unit)


@pytest.mark.parametrize(
    ("quote", "run", "doubtful"),
    [
        ("生产总值增长7.8%", "7.8%", False),
        ("增長(zhǎng)7.8%，居全市前列", "7.8%", False),
        ("提高到20—30个", "20—30个", False),
        ("第三产业 5%", "5%", False),
        ("增长7.8%左右", "7.8%", True),
        ("增长约7.8%", "7.8%", True),
        ("增长7.8%", "8%", True),
        ("不低于5%", "低于5%", True),
        ("单产500公斤/亩", "500公斤", True),
        ("提高3个百分点", "3个", True),
        ("每年20个~30个", "20个", True),
        ("投资1亿2000万元", "2000万元", True),
        ("生产总值增长7.8%，投资增长7.8%", "7.8%", True),
        ("生产总值增长7.8%", "6.5%", True),
        ("", "6.5%", True),
    ],
)
def test_a_figure_is_in_doubt_where_a_word_or_a_digit_touches_it_or_it_is_not_there_once(
    quote, run, doubtful
):
    assert is_doubtful(list_figures((quote, run, "")), list_units()).tolist() == [doubtful]


def test_no_figure_that_is_cut_or_bounded_is_left_out_as_plain():
    chance = Random(13)
    rows = []
    for _ in range(4000):
        before, own, behind = (
            "".join(chance.choices(PIECES, k=chance.randint(0, most))) for most in (5, 4, 4)
        )
        run = chance.choice([own, *RUNS])
        rows.append((before + run + behind, run, chance.choice(["", "", "亿元", "个"])))
    figures = list_figures(*(row for row in rows if row[1] and row[0].count(row[1]) == 1))
    doubtful = is_doubtful(figures, list_units())
    whole = compare_with_quotes(figures, list_units())
    incomplete = whole.index[whole.whole.ne("") | whole.bounded.ne("")]

    assert figures.loc[incomplete.difference(doubtful.index[doubtful])].empty
    assert len(incomplete) > 500
    assert (~doubtful).sum() > 300


def test_the_characters_of_many_cells_are_found_with_their_cells():
    marks = Marks(pd.Series(["", "aé", "", "中a", "\ud800"], index=[3, 1, 4, 5, 9]))

    assert marks.list_all() == {"a", "é", "中", "\ud800"}
    assert marks.weigh({"a": 2, "中": 1}).to_dict() == {3: 0, 1: 2, 4: 0, 5: 3, 9: 0}
    assert marks.have("é\ud800").tolist() == [False, True, False, False, True]
    assert marks.exceed(1).tolist() == [False, True, False, True, False]
    assert marks.begin_in("a中").tolist() == [False, True, False, True, False]
    assert marks.end_in("aé").tolist() == [False, True, False, True, False]


def test_the_characters_of_a_column_are_found_once_and_those_of_each_part_anew():
    rows, marker = pd.DataFrame({"quote": ["a", "b"], "note": ["b", "b"]}), Marker()
    first = marker.mark(rows.quote)

    assert marker.mark(rows.quote) is first
    assert marker.mark(rows.note).list_all() == marker.mark(rows[1:].quote).list_all() == {"b"}
    assert marker.mark(rows.quote.set_axis([5, 6])).have("b").to_dict() == {5: False, 6: True}


def count_calls(rows, reference):
    """Count the calls of each function of the package during a check."""
    calls = Counter()

    def note(frame, event, _):
        if event == "call" and "policydata" in frame.f_code.co_filename:
            calls[frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        check(rows, reference=reference)
    finally:
        sys.setprofile(None)
    return calls


def test_rows_that_say_the_same_more_often_are_read_and_compared_once():
    rows, reference = made_rows.make_rows(500), made_rows.make_reference(500)
    number = rows.n.astype("int64")
    copies = [rows.assign(n=number + 100 * copy, note="again") for copy in range(5)]
    often = pd.concat(copies).sort_values(["document", "n"], ignore_index=True)
    once = count_calls(rows.assign(note="again"), reference)
    again = count_calls(often.astype({"n": "str"}), reference)
    readers = ["find_pattern", "read_unit", "_compare", "_list_cuts", "_span", "read_quantities"]

    assert {name: again[name] for name in readers} == {name: once[name] for name in readers}
    assert once["read_quantities"] == 1
    assert again.total() < 1.1 * once.total()
