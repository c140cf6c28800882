"""Figures as written, read into bounds, comparator and unit; what is not sure is refused."""

import math
import re
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policydata import load_statements
from policydata.bounds import BOUNDS
from policydata.numerals import SCALES, fold
from policydata.quantities import (
    Quantity,
    QuantityError,
    find_step,
    parse_quantity,
    read_quantities,
)
from policydata.units import list_units
from policydata.wording import list_words
from readings import read_each, say_reading

PHRASES = Path("../shared/cases/phrases.csv")
NUMBERS = st.integers(0, 99_999_999).map(lambda number: f"{number / 1000:.15g}")


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("15 = %", "15% 达到15% 达15% 稳定在15% 穩定在15% 为15% 高达15%"),
        ("15.. >= %", "15%以上 不低于15% 不低於15% 不少于15% 至少15% 至少会达15%"),
        ("5000.. >= 亿元", "迈上5000亿元新台阶"),
        ("15.. >= %", "不小于百分之十五 百分之十五或者以上 ≥15% 达到甚至超过15%"),
        ("15.. > %", "突破15% 超过15% 超15% 逾15% 高于15% 15%多 15%出头 跨越15%"),
        ("..15 <= %", "15%以内 15%以下 不超过15% 最多15% 15%内"),
        ("..15 <= %", "控制在15% 控制在15%以内 控制在15%以內"),
        ("..15 < %", "低于15% 少于15% 不足15% 不到15% 跌破15%"),
        ("15 ~ %", "15%左右 约15% 近15% 接近15% 15%上下 控制在15%左右 约占全国15% 约占全国的15%"),
        ("15.. >= %", "突破15%以上"),
        ("..15 <= %", "低于15%以下"),
        ("10.. >= %", "两位数 增长两位数 兩位數增長"),
        ("100 = %", "全覆盖 翻一番 翻了一番"),
        ("0.. > %", "正增长"),
        ("..0 < %", "负增长"),
    ],
)
def test_every_wording_of_the_contract_has_its_bounds(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("-4 = %", "下降4% 降低4% 减少4% 減產4% 同比下降4% 增速-4%"),
        ("..-5 <= %", "下降5%以上 降低不低于5%"),
        ("..-5 < %", "下降超过5% 下降突破5%"),
        ("-3.. >= %", "下降3%以内 下降不超过3%"),
        ("-3.. > %", "下降不到3% 降低不足3%"),
        ("-4 ~ %", "下降4%左右 下降约4%"),
        ("-5..-3 range %", "下降3%—5%"),
    ],
)
def test_a_decrease_is_negative_and_turns_its_bound_round(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("20..30 range 个", "20—30个 20-30个 20至30个 20～30个 20〜30个 ２０—30個 控制在20—30个"),
        ("6.5..7 range %", "6.5%至7% 保6.5%争7% 保6.5%爭7% 在6.5%~7%之间 6.5%—7%左右"),
        ("0.9..1 range 亿元", "9000万—1亿元"),
    ],
)
def test_a_range_is_written_upwards_in_the_unit_of_its_end(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("5.. >= % then 5.5", "5%以上、力争5.5%"),
        ("6.5 ~ % then 7", "6.5%左右,争取7%以上"),
        ("6 = % then 6.5", "确保6%、力争6.5%"),
        ("-3 = % then -4", "下降3%、力争4%"),
    ],
)
def test_of_two_goals_the_first_is_the_target_and_the_second_is_kept(answer, texts):
    assert read_each(texts) == {texts: answer}


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (".. >", "均高于全国平均水平 高于全省平均水平 快于国内生产总值增长 已超去年全年总量"),
        (".. <", "低于上年 低于全省平均水平"),
        (".. >=", "不低于上年水平 不低于全省平均水平 完成国家及省定目标"),
        (".. =", "与经济增长同步"),
        (".. ~", "与经济增长基本同步"),
    ],
)
def test_a_relation_has_a_comparator_and_no_number(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" 20 — 30 个 ", "20—30个"),
        ("7 000\u3000亿元", "7000亿元"),
        ("１，２３４，５６７元", "1234567元"),
        ("12,345.67万元", "12345.67万元"),
        ("150個(gè)左右", "150个左右"),
        ("增長(zhǎng)30%以上", "增长30%以上"),
        ("兩千億元", "2000亿元"),
    ],
)
def test_stray_blanks_separators_and_pinyin_change_nothing(written, plain):
    assert say_reading(written) == say_reading(plain)


@pytest.mark.parametrize(
    ("complaint", "texts"),
    [
        ("has lost a digit", "7?00亿元 7？00亿元 7\ufffd00亿元 700□亿元 5.亿元 .5亿元"),
        ("has two readings after one character", "30微(wei)(wei)克(ke)/立方米"),
        ("has a digit that is not on the line", "①13908亿斤 13908²亿斤 ⒈5% ٥%"),
        ("has more digits than a float holds", "12345678901234567亿元"),
        ("has parts that do not add up", "1亿2亿元"),
        ("begins with a zero, like a telephone number", "0392-3313875"),
        (
            "is an estimate",
            "几乎翻一番 三五个 几十家 百十家 十几个 十数个 十来个 5万几 20—30几个 5个八",
        ),
        ("is an estimate", "数十亿元"),
        ("counts in halves", "大半 5万元半"),
        ("has no number before its scale word", "万元以上 千家万户 进入千亿元"),
        ("may be half of a range", "-17.3 总数-30个 比上年-4%"),
        ("gives a number per unit of something", "每个村5万元"),
        ("names several ranks", "前5位"),
        ("names a size class", "百亿级特色产业集群 5000吨级"),
        ("counts times in a row", "十六连冠"),
        (
            "does not state a number",
            "连续7个月下降 连续6年增产 全部超额完成 保持在合理区间 不超过3年",
        ),
        ("does not state a number", "淘汰落后产能 高于全省低于全国"),
        ("is not the rank of one place", "第三 安全第三 全省超第三位"),
        ("has a noun after 下降", "价格下降的商品占35% 失业率下降,控制在5.5%以内"),
        ("has a noun after 回落", "回落在5%左右"),
        ("has a noun after 降低", "降低成本项目12个"),
        ("has a noun after 降", "降耗5%"),
        ("gives two directions", "增减5% 降幅收窄2个百分点 增长5%的降幅 有45个下降"),
        ("may count breakthroughs", "突破20项关键技术"),
        ("has a unit in brackets", "总产值(亿元)5432.1 1234.5(亿元)"),
        ("may name a change and the level reached", "增加20家至150家"),
        ("says how 上限 changes", "上限提高2000元"),
        ("is a duration in two units", "3年6个月"),
        ("may be a name", "国六 达到三类以上 两 调减零户"),
        ("has a second goal that is lower", "增长5%以上、力争4%"),
        ("has goals in two units", "5%以上、力争6亿元"),
        ("does not say what 少 is compared with", "企业少5家"),
        ("does not say what 超 bounds", "超全省一半"),
        ("does not say what 低于 bounds", "低于去年成长率2.6%"),
        ("has a word that is not known", "不下降5% 不减少5% 不跌5%"),
        ("bounds or lowers a negative number", "下降-1.2% -5%以上"),
        ("holds two numbers", "5%和6% 300家、200家以上 分别上涨10.5%、2.0% 9.7:47.3:43 1,23个"),
        ("holds two numbers", "完成年计划710亿元的89.4%"),
        ("has bound words that disagree", "300家以上以内 5%以上左右"),
        ("is not a range", "30—20个 30—30个 20%—30亿元 20—30个以上 2021-2025 四至120个"),
        ("is a fraction of something", "零分之五 百分之几"),
        ("has a blank that does not separate thousands", ["20 30个", "120\n130个"]),
        ("does not state a number", ["", " "]),
        ("is too long; allowed: at most 200 characters", ["5%" + "的" * 200, "零" * 4400]),
    ],
)
def test_what_is_not_sure_is_refused_with_what_is_allowed(complaint, texts):
    for text in texts.split() if isinstance(texts, str) else texts:
        with pytest.raises(QuantityError, match=f'^"{re.escape(text[:200])}…?" ') as refusal:
            parse_quantity(text)
        assert f'" {complaint}' in str(refusal.value)
        assert refusal.value.allowed


@pytest.mark.parametrize(
    ("kind", "near", "texts"),
    [
        ("unit or word", "左右", "7000亿元|左左 280个|左左"),
        ("unit or word", "个百分点", "12|k个百分点"),
        ("unit or word", "以下", "170|之下"),
        (
            "unit or word",
            "",
            "5枚|个 5千|咖 四十九|兆九千亿元 500亿元|产业集群 两个半|小时 5个半|成品 12|— 12万|到",
        ),
        ("unit or word", "", "5%|- 100个|更新改造项目以上 打造120个|上下游企业 10个|工作日内"),
        ("unit or word", "", "减税5亿|欧 百分之五|个百分点"),
        ("word", "", "跌出|前三名 |成百家 |伍千元 |廿五家 增长|(下降)5% |(不低于)5%"),
        ("word", "", "严|防突破1000亿元 |如超过3% |未增长5% |跃上千亿元台阶"),
    ],
)
def test_a_word_that_is_not_known_is_named_with_the_nearest(kind, near, texts):
    for text in texts.split():
        known, _, unknown = text.partition("|")
        with pytest.raises(QuantityError) as refusal:
            parse_quantity(known + unknown)
        assert refusal.value.reason == f"has a {kind} that is not known: {unknown}"
        assert refusal.value.nearest.startswith(near)


@pytest.mark.parametrize("thing", [None, 5.0, math.nan])
def test_what_is_not_a_text_is_refused_by_its_kind(thing):
    kind = type(thing).__name__
    with pytest.raises(TypeError, match=f'^{kind} "{thing}" is not a text; allowed: '):
        parse_quantity(thing)


@pytest.mark.parametrize(
    ("written", "value", "step"),
    [
        ("58.98亿斤", 2_949_000, 500),
        ("百分之五左右", 5, 1),
        ("5%左右", 5, 1),
        ("三成左右", 30, 10),
        ("3成左右", 30, 10),
        ("两千亿元", 2e11, 1e8),
        ("1亿2000万元", 1.2e8, 1e4),
        ("一吨半", 1.5, 0.5),
        ("下降3.0%", -3, 0.1),
        ("翻一番", 100, 0),
        ("0%", 0, 0),
        ("三五个", 3, 0),
    ],
)
def test_a_chinese_numeral_has_the_precision_of_its_arabic_twin(written, value, step):
    assert find_step(written, value) == Fraction(repr(step))


def test_many_figures_come_back_in_their_order_with_the_reason_where_one_is_refused():
    texts = pd.Series(["5%", "7?%", "5%"], index=["a", "b", "c"])
    read = read_quantities(texts)
    assert list(read.index) == ["a", "b", "c"]
    assert read.low.tolist()[::2] == [5, 5]
    assert read.reason.tolist() == ["", "has lost a digit", ""]


@given(NUMBERS)
@settings(max_examples=25)
def test_any_number_reads_back_the_same(number):
    value = float(number)
    assert parse_quantity(f"{number}亿元") == Quantity(value, value, "=", "亿元")


PIECES = st.sampled_from(
    [
        *list_words(),
        *list_units(),
        *"7000 5.5 12 0 1,234 二十 三百五 两 百 万 亿 点 % 成 分之 百分之".split(),
        *"以上 左右 以内 余 多 半 第 每".split(),
        *"— 至 到 、力争 的 了 年 月 级 ( ) / - − k ½ ② １ 🙂 \u200b".split(),
        *(" ", "\n"),
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join))
@settings(max_examples=200)
def test_whatever_is_typed_is_read_as_a_sound_quantity_or_refused_in_a_sentence(text):
    try:
        low, high, comparator, unit, stretch = parse_quantity(text)
    except QuantityError as refusal:
        assert refusal.reason and refusal.allowed
        return
    assert comparator in BOUNDS and isinstance(unit, str)
    assert not any(map(math.isinf, (low, high, stretch)))
    assert comparator != "range" or low < high
    assert comparator not in ("=", "~") or math.isnan(low) or low == high
    assert math.isnan(low) or comparator not in ("<", "<=")


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=400).map("".join)))
@settings(max_examples=150)
def test_any_text_at_all_is_read_or_refused_with_what_is_allowed(text):
    try:
        assert parse_quantity(text).comparator in BOUNDS
    except QuantityError as refusal:
        assert refusal.reason and refusal.allowed


AS_WRITTEN = sorted(load_statements().value_text.unique())
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@given(st.sampled_from(AS_WRITTEN), st.sampled_from(["同比", "比上年", " ", "预期"]), st.booleans())
@settings(max_examples=150)
def test_words_that_do_not_bound_blanks_and_width_leave_a_reading_as_it_is(text, word, is_wide):
    # Behind another word a dash may join two numbers.
    assume(word in ("同比", " ") or not text.startswith("-"))
    changed = word + (text.translate(WIDE) if is_wide else text)
    assert say_reading(changed) == say_reading(text)


@given(st.sampled_from(AS_WRITTEN))
@settings(max_examples=150)
def test_every_digit_that_is_read_from_arabic_digits_is_written_in_the_text(text):
    folded = fold(text)
    low, high, *_ = parse_quantity(text)
    numbers = [f"{abs(bound):.15g}" for bound in (low, high) if not math.isnan(bound)]
    # A number in two scales or in tenths, and 两位数 or 全覆盖, are written in other digits.
    plain = re.fullmatch(r"[^0-9.成]*[0-9.]+[^0-9.成]*", folded) and "分之" not in folded
    assert not plain or all(number in folded for number in numbers)


def scale(bound, unit):
    """Give a bound in its unit without the scale word, so that 12000万元 is 1.2亿元."""
    word = next(word for word in sorted(SCALES, key=len, reverse=True) if unit.startswith(word))
    return unit.removeprefix(word), round(float(bound or "nan") * SCALES[word], 6)


def is_right(row, read):
    """Hold a reading, or a refusal, against a person's."""
    if row.comparator in ("A", "X", "refuse"):
        return read.reason != ""
    if row.comparator.startswith("refuse or"):
        number = float(row.comparator.split()[2])
        return read.reason != "" or read.low == pytest.approx(number, 1e-2)
    if row.comparator.startswith("rel"):
        return read.comparator == row.comparator.removeprefix("rel").replace("0", "=")
    bounds = zip((row.low, row.high), (read.low, read.high), strict=True)
    same_bounds = (repr(scale(a, row.unit)) == repr(scale(b, read.unit)) for a, b in bounds)
    return read.comparator == row.comparator and all(same_bounds)


@pytest.mark.skipif(not PHRASES.is_file(), reason="the phrases are not beside the project")
def test_of_phrases_that_a_person_read_none_is_read_otherwise_and_few_are_refused():
    rows = pd.read_csv(PHRASES, dtype="str", keep_default_na=False)
    read = read_quantities(rows.phrase)
    right = [is_right(*pair) for pair in zip(rows.itertuples(), read.itertuples(), strict=True)]
    wrong = rows.phrase[[not fits for fits in right]]
    refused = wrong[read.reason.ne("").to_numpy()[wrong.index]]
    assert wrong[~wrong.isin(refused)].tolist() == []
    assert len(refused) <= 0.05 * rows.comparator.isin(list(BOUNDS)).sum()
    assert len(rows) > 200
