"""Figures as written, read into bounds, comparator and unit; what is not sure is refused."""

import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata import wording
from policydata.bounds import BOUNDS
from policydata.numerals import SCALES
from policydata.quantities import (
    Quantity,
    QuantityError,
    find_step,
    parse_quantity,
    read_quantities,
)
from policydata.units import list_units

PHRASES = Path("../shared/cases/phrases.csv")

OPEN = math.nan
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
DECIMALS = st.decimals("0", "99999.999", places=3).map(lambda number: f"{number.normalize():f}")


def same(read, low, high, comparator, unit):
    """Compare with an open bound equal to an open bound."""
    return repr(tuple(read[:4])) == repr((float(low), float(high), comparator, unit))


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
        ("30微(wei)(wei)克(ke)/立方米", "has two readings behind one character"),
        ("①13908亿斤", "has a digit that is not on the line"),
        ("13908²亿斤", "has a digit that is not on the line"),
        ("⒈5%", "has a digit that is not on the line"),
        ("٥%", "has a digit that is not on the line"),
        ("20 30个", "has a blank in a number that separates no thousands"),
        ("120\n130个", "has a blank in a number that separates no thousands"),
        ("12345678901234567亿元", "has more digits than a number keeps"),
        ("1亿2亿元", "has steps that do not fall"),
        ("7000亿元左左", "a unit or word that is not known: 左左; .* nearest: 左右"),
        ("5枚个", "a unit or word that is not known: "),
        ("12k个百分点", "a unit or word that is not known: k个百分点; .* nearest: 个百分点"),
        ("5千咖", "a unit or word that is not known: 咖"),
        ("四十九兆九千亿元", "a unit or word that is not known: 兆九千亿元"),
        ("170之下", "a unit or word that is not known: 之下; .* nearest: 以下"),
        ("500亿元产业集群", "a unit or word that is not known: 产业集群"),
        ("几乎翻一番", "is an estimate"),
        ("三五个", "is an estimate"),
        ("几十家", "is an estimate"),
        ("百十家", "is an estimate"),
        ("十几个", "is an estimate"),
        ("十数个", "is an estimate"),
        ("十来个", "is an estimate"),
        ("5万几", "is an estimate"),
        ("20—30几个", "is an estimate"),
        ("大半", "counts in halves"),
        ("两个半小时", "a unit or word that is not known: 小时"),
        ("万元以上", "has no number before its scale word"),
        ("-17.3", "may be half of a range"),
        ("每个村5万元", "gives a number for each of something"),
        ("前5位", "names several ranks"),
        ("百亿级特色产业集群", "names a size class"),
        ("5000吨级", "names a size class"),
        ("十六连冠", "counts times in a row"),
        ("连续7个月下降", "states no number"),
        ("连续6年增产", "states no number"),
        ("全部超额完成", "states no number"),
        ("保持在合理区间", "states no number"),
        ("12—", "a unit or word that is not known: —"),
        ("12万到", "a unit or word that is not known: 到"),
        ("5%-", "a unit or word that is not known: -"),
        ("第三", "is not the rank of one place"),
        ("安全第三", "is not the rank of one place"),
        ("跌出前三名", "a word that is not known"),
        ("数十亿元", "is an estimate"),
        ("成百家", "a word that is not known: 成百家"),
        ("伍千元", "a word that is not known: 伍千元"),
        ("廿五家", "a word that is not known: 廿五家"),
        ("千家万户", "has no number before its scale word"),
        ("进入千亿元", "has no number before its scale word"),
        ("价格下降的商品占35%", "has a noun behind 下降"),
        ("失业率下降,控制在5.5%以内", "has a noun behind 下降"),
        ("回落在5%左右", "has a noun behind 回落"),
        ("有45个下降", "says two directions"),
        ("降低成本项目12个", "has a noun behind 降低"),
        ("突破20项关键技术", "may count what is overcome"),
        ("打造120个上下游企业", "a unit or word that is not known: 上下游企业"),
        ("100个更新改造项目以上", "a unit or word that is not known: 更新改造项目以上"),
        ("10个工作日内", "a unit or word that is not known: 工作日内"),
        ("增长(下降)5%", "a word that is not known: \\(下降\\)5%"),
        ("(不低于)5%", "a word that is not known: \\(不低于\\)5%"),
        ("总产值(亿元)5432.1", "has a unit in brackets"),
        ("1234.5(亿元)", "has a unit in brackets"),
        ("总数-30个", "may be half of a range"),
        ("增加20家至150家", "may name a change and the level reached"),
        ("上限提高2000元", "says how 上限 moves"),
        ("严防突破1000亿元", "a word that is not known: 防突破1000亿元"),
        ("如超过3%", "a word that is not known: 如超过3%"),
        ("淘汰落后产能", "states no number"),
        ("不超过3年", "states no number"),
        ("3年6个月", "is a duration in two units"),
        ("国六", "may be a name"),
        ("达到三类以上", "may be a name"),
        ("2021-2025", "is not a range"),
        ("四至120个", "is not a range"),
        ("0392-3313875", "begins with a zero"),
        ("增长5%以上、力争4%", "has a second goal that is lower"),
        ("未增长5%", "a word that is not known: 未增长5%"),
        ("跃上千亿元台阶", "a word that is not known: 跃上千亿元台阶"),
        ("减税5亿欧", "a unit or word that is not known: 欧"),
        ("降耗5%", "has a noun behind 降"),
        ("企业少5家", "does not say what 少 compares"),
        ("超全省一半", "does not say what 超 bounds"),
        ("低于去年成长率2.6%", "does not say what 低于 bounds"),
        ("增减5%", "says two directions"),
        ("降幅收窄2个百分点", "says two directions"),
        ("增长5%的降幅", "says two directions"),
        ("下降-1.2%", "bounds or lowers a negative number"),
        ("-5%以上", "bounds or lowers a negative number"),
        ("5%和6%", "holds two numbers"),
        ("300家、200家以上", "holds two numbers"),
        ("分别上涨10.5%、2.0%", "holds two numbers"),
        ("完成年计划710亿元的89.4%", "holds two numbers"),
        ("9.7:47.3:43", "holds two numbers"),
        ("1,23个", "holds two numbers"),
        ("5%以上、力争6亿元", "has goals in two units"),
        ("300家以上以内", "has bound words that disagree"),
        ("5%以上左右", "has bound words that disagree"),
        ("30—20个", "is not a range"),
        ("30—30个", "is not a range"),
        ("20%—30亿元", "is not a range"),
        ("20—30个以上", "is not a range"),
        ("百分之五个百分点", "a unit or word that is not known: 个百分点"),
        ("零分之五", "is a fraction"),
        ("百分之几", "is a fraction"),
        ("亩产5家", "a unit or word that is not known: 家/亩"),
        ("", "states no number"),
        ("5%" + "的" * 200, "is too long; allowed: at most 200 characters"),
        ("零" * 4400, "is too long"),
    ],
)
def test_what_is_not_sure_is_refused_with_what_is_allowed(written, complaint):
    with pytest.raises(QuantityError, match=complaint) as refusal:
        parse_quantity(written)
    assert str(refusal.value).startswith(f'"{written[:200]}')
    assert refusal.value.allowed


@pytest.mark.parametrize(
    ("written", "low", "high", "comparator", "unit"),
    [
        ("三百二十千公顷", 320, 320, "=", "千公顷"),
        ("五百千吨", 500, 500, "=", "千吨"),
        ("两百千米", 200, 200, "=", "千米"),
        ("二十万千瓦", 20, 20, "=", "万千瓦"),
        ("千万套", 1000, 1000, "=", "万套"),
        ("三十两", 30, 30, "=", "两"),
        ("三千两百两", 3200, 3200, "=", "两"),
        ("1亿2000万元", 12_000, 12_000, "=", "万元"),
        ("1万600家", 10_600, 10_600, "=", "家"),
        ("百万分之五", 5, 5, "=", "ppm"),
        ("千分之三", 3, 3, "=", "‰"),
        ("万分之五", 0.05, 0.05, "=", "%"),
        ("四分之三", 75, 75, "=", "%"),
        ("8.5/10万", 8.5, 8.5, "=", "/10万"),
        ("8/10万", 8, 8, "=", "/10万"),
        ("1/4", 25, 25, "=", "%"),
        ("三成五", 35, 35, "=", "%"),
        ("一成半", 15, 15, "=", "%"),
        ("十九．四二％", 19.42, 19.42, "=", "%"),
        ("四五三．九九萬人", 453.99, 453.99, "=", "万人"),
        ("一吨半", 1.5, 1.5, "=", "吨"),
        ("−10.1", -10.1, -10.1, "=", ""),
        ("-1.2%", -1.2, -1.2, "=", "%"),
        ("负百分之二", -2, -2, "=", "%"),
        ("突破万亿元", 1, OPEN, ">", "万亿元"),
        ("5.2吨标准煤/万元", 5.2, 5.2, "=", "吨标准煤/万元"),
        ("30微克每立方米", 30, 30, "=", "微克/立方米"),
        ("2.58万亿千瓦时", 2.58, 2.58, "=", "万亿千瓦时"),
        ("突破2亿台(套)", 2, OPEN, ">", "亿台(套)"),
        ("每立方米29微克", 29, 29, "=", "微克/立方米"),
    ],
)
def test_a_number_keeps_its_written_scale_and_the_longest_unit(
    written, low, high, comparator, unit
):
    assert same(parse_quantity(written), low, high, comparator, unit)


@pytest.mark.parametrize(
    ("written", "low", "high", "comparator", "unit"),
    [
        ("逾1000家", 1000, OPEN, ">", "家"),
        ("一万亿出头", 1, OPEN, ">", "万亿"),
        ("10多亿元", 10, OPEN, ">", "亿元"),
        ("5个多百分点", 5, OPEN, ">", "个百分点"),
        ("过半", 50, OPEN, ">", "%"),
        ("超七成", 70, OPEN, ">", "%"),
        ("跨越5000亿元", 5000, OPEN, ">", "亿元"),
        ("上千家", 1000, OPEN, ">=", "家"),
        ("一半以上", 50, OPEN, ">=", "%"),
        ("不小于三十", 30, OPEN, ">=", ""),
        ("至少会达10家", 10, OPEN, ">=", "家"),
        ("突破7%以上", 7, OPEN, ">=", "%"),
        ("低于7%以下", OPEN, 7, "<=", "%"),
        ("达到甚至超过320万吨", 320, OPEN, ">=", "万吨"),
        ("三十或者以上", 30, OPEN, ">=", ""),
        ("≥50", 50, OPEN, ">=", ""),
        ("增长两位数", 10, OPEN, ">=", "%"),
        ("最多5个", OPEN, 5, "<=", "个"),
        ("3天内", OPEN, 3, "<=", "天"),
        ("不足3%", OPEN, 3, "<", "%"),
        ("不到一半", OPEN, 50, "<", "%"),
        ("跌破5%", OPEN, 5, "<", "%"),
        ("负增长", OPEN, 0, "<", "%"),
        ("接近135万亿元", 135, 135, "~", "万亿元"),
        ("约占全国的四成", 40, 40, "~", "%"),
        ("高达880万人次", 880, 880, "=", "万人次"),
        ("在1亿~2亿元之间", 1, 2, "range", "亿元"),
        ("6.5%—7%左右", 6.5, 7, "range", "%"),
        ("9000万—1亿元", 0.9, 1, "range", "亿元"),
        ("百分之五到七", 5, 7, "range", "%"),
    ],
)
def test_a_bound_may_stand_before_behind_or_inside_the_amount(written, low, high, comparator, unit):
    assert same(parse_quantity(written), low, high, comparator, unit)


@pytest.mark.parametrize(
    ("written", "low", "high", "comparator", "unit"),
    [
        ("高于全国平均1.5个百分点", 1.5, 1.5, "=", "个百分点"),
        ("快于规上工业2.4个百分点", 2.4, 2.4, "=", "个百分点"),
        ("比全国高1.5个百分点以上", 1.5, OPEN, ">=", "个百分点"),
        ("每亩多87.37公斤", 87.37, 87.37, "=", "公斤/亩"),
        ("低于全省0.8个百分点", -0.8, -0.8, "=", "个百分点"),
        ("少8.1万件", -8.1, -8.1, "=", "万件"),
        ("多降3个百分点", -3, -3, "=", "个百分点"),
        ("降至少于5%", OPEN, 5, "<", "%"),
        ("下降至少5%", OPEN, -5, "<=", "%"),
        ("同比不降反升0.09%", 0.09, 0.09, "=", "%"),
        ("录得23.6%的跌幅", -23.6, -23.6, "=", "%"),
        ("高于1.5个百分点", 1.5, OPEN, ">", "个百分点"),
        ("超全国1.2个百分点", 1.2, 1.2, "=", "个百分点"),
        ("超时间进度5.9%", 5.9, 5.9, "=", "%"),
        ("高全省平均2.3个百分点", 2.3, 2.3, "=", "个百分点"),
        ("下降为5%", 5, 5, "=", "%"),
        ("减少贫困人口670.8万人", -670.8, -670.8, "=", "万人"),
        ("降低失业率到5%以下", OPEN, 5, "<=", "%"),
        ("下降幅度为5%", -5, -5, "=", "%"),
        ("降到了5%以内", OPEN, 5, "<=", "%"),
        ("降幅扩大至5%", -5, -5, "=", "%"),
        ("-3%至-1%", -3, -1, "range", "%"),
        ("超过全省的一半", 50, OPEN, ">", "%"),
    ],
)
def test_a_distance_is_no_bound_and_falls_below_zero_where_it_falls(
    written, low, high, comparator, unit
):
    assert same(parse_quantity(written), low, high, comparator, unit)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("比上年增长11.3%", "增长11.3%"),
        ("較1月至2月增速回落3.4個百分點", "回落3.4个百分点"),
        ("到2025年继续保持500亿斤以上", "500亿斤以上"),
        ("连续8年保持在1020万亩以上", "1020万亩以上"),
        ("“十四五”期间年均增长6.7%", "增长6.7%"),
        ("按可比价格计算,比上年同期下降39.2%", "下降39.2%"),
        ("固定资产投资(不含农户)增长15.7%", "增长15.7%"),
        ("社会消费品零售总额5000亿元", "5000亿元"),
        ("一般公共预算收入有望突破1000亿元", "突破1000亿元"),
        ("PM2.5平均浓度下降3.4%以上", "下降3.4%以上"),
        ("签约金额100亿元", "100亿元"),
        ("1929家(含公示)", "1929家"),
        ("税负8.5%", "8.5%"),
        ("淘汰落后水泥产能420万吨", "420万吨"),
        ("违约500亿元", "500亿元"),
        ("三门峡市5家", "5家"),
        ("减税降费5亿元", "5亿元"),
        ("不得超过5%", "不超过5%"),
        ("6.6万个城市更新项目", "6.6万个"),
        ("5%的年均增长水平", "5%"),
        ("比2000年翻两番", "翻两番"),
        ("居世界第2位", "全省第二"),
        ("4A级景区12家", "12家"),
        ("14.2%至54%不等", "14.2%至54%"),
        ("增长5%左右，在实际工作中努力争取更好结果", "增长5%左右"),
    ],
)
def test_what_changes_no_number_is_read_over(written, plain):
    assert repr(parse_quantity(written)) == repr(parse_quantity(plain))


@pytest.mark.parametrize(
    ("written", "comparator"),
    [
        ("均高于全国平均水平", ">"),
        ("快于国内生产总值增长", ">"),
        ("低于上年", "<"),
        ("不低于上年水平", ">="),
        ("已超去年全年总量", ">"),
        ("与经济增长同步", "="),
        ("与经济增长基本同步", "~"),
        ("完成国家及省定目标", ">="),
    ],
)
def test_a_relation_has_a_comparator_and_no_number(written, comparator):
    assert same(parse_quantity(written), OPEN, OPEN, comparator, "")


@pytest.mark.parametrize(
    ("written", "first", "stretch"),
    [
        ("5%以上、力争5.5%", "5%以上", 5.5),
        ("6.5%左右,争取7%以上", "6.5%左右", 7),
        ("确保6%、力争6.5%", "6%", 6.5),
        ("下降3%、力争4%", "下降3%", -4),
    ],
)
def test_of_two_goals_the_first_is_the_target_and_the_second_is_kept(written, first, stretch):
    assert parse_quantity(written) == parse_quantity(first)._replace(stretch=stretch)


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
    ],
)
def test_a_chinese_numeral_has_the_precision_of_its_arabic_twin(written, value, step):
    assert find_step(written, value) == Fraction(repr(step))


@pytest.mark.parametrize("text", ["达到" * 100, "达到" * 90 + "x", "百分之" * 60, "、力争" * 60])
def test_a_run_of_one_word_is_answered_after_as_many_steps_as_it_is_long(text, monkeypatch):
    asked = []
    find = wording.find_word
    monkeypatch.setattr(wording, "find_word", lambda *place: asked.append(place) or find(*place))
    with pytest.raises(QuantityError):
        parse_quantity(text)
    assert len(asked) <= len(text)


def test_a_unit_is_what_the_table_that_is_handed_in_holds():
    with pytest.raises(QuantityError, match="not known: 咖"):
        parse_quantity("5万咖")
    header = ["text", "symbol", "dimension", "factor"]
    own = {"units": pd.DataFrame([["咖", "count", "count", "1"]], columns=header, dtype="str")}
    assert parse_quantity("5万咖以上", reference=own).unit == "万咖"
    with pytest.raises(QuantityError, match="not known: 家"):
        parse_quantity("5万家", reference=own)


def scale(bound, unit):
    """Give a bound in its unit without the scale word, so that 12000万元 is 1.2亿元."""
    word = next(word for word in sorted(SCALES, key=len, reverse=True) if unit.startswith(word))
    return unit.removeprefix(word), round(float(bound or "nan") * SCALES[word], 6)


def is_right(row, read):
    """Hold a reading, or a refusal, against a person's."""
    if row.comparator in ("A", "X", "refuse"):
        return read.reason != ""
    if row.comparator.startswith("refuse or"):
        return read.reason != "" or read.low == pytest.approx(
            float(row.comparator.split()[2]), 1e-2
        )
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


@pytest.mark.parametrize("thing", [None, 5.0, math.nan])
def test_what_is_not_a_text_is_refused_by_its_kind(thing):
    with pytest.raises(
        TypeError, match=f'^{type(thing).__name__} "{thing}" is not a text; allowed: '
    ):
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
    with pytest.raises(QuantityError, match="is not a range"):
        parse_quantity(f"{high}—{low}%")


PIECES = st.sampled_from(
    [
        *wording.list_words(),
        *list_units(),
        *"7000 5.5 12 0 1,234 二十 三百五 两 百 万 亿 点 % 成 分之 百分之".split(),
        *"以上 左右 以内 余 多 半 第 每".split(),
        *"— 至 到 、力争 的 了 年 月 级 ( ) / - − k ½ ② １ 🙂 \u200b".split(),
        " ",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=9).map("".join))
@settings(max_examples=500)
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


def test_many_figures_come_back_in_their_order_with_the_reason_where_one_is_refused():
    texts = pd.Series(["5%", "7?%", "5%"], index=["a", "b", "c"])
    read = read_quantities(texts)
    assert list(read.index) == ["a", "b", "c"]
    assert read.low.tolist()[::2] == [5, 5]
    assert read.reason.tolist() == ["", "has lost a digit", ""]
