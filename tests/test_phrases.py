"""The parts of a figure: amounts with their units, the words that direct it or are read over."""

import pandas as pd
import pytest

from policydata import parse_quantity, wording
from policydata.quantities import QuantityError
from readings import read_each


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("320 = 千公顷", "三百二十千公顷"),
        ("500 = 千吨", "五百千吨"),
        ("200 = 千米", "两百千米"),
        ("20 = 万千瓦", "二十万千瓦"),
        ("1000 = 万套", "千万套"),
        ("30 = 两", "三十两"),
        ("3200 = 两", "三千两百两"),
        ("12000 = 万元", "1亿2000万元 一亿二千万元"),
        ("10600 = 家", "1万600家"),
        ("453.99 = 万人", "四五三．九九萬人"),
        ("30 = 万人", "三十万人"),
        ("1.5 = 吨", "一吨半"),
        ("2.58 = 万亿千瓦时", "2.58万亿千瓦时"),
        ("1.. > 万亿元", "突破万亿元"),
        ("1.. > 万亿", "一万亿出头"),
        ("1000.. >= 家", "上千家"),
        ("1.3.. > 万件", "1.3万余件 1.3余万件"),
        ("10.. > 亿元", "10多亿元"),
        ("40.. > 架", "40多架"),
        ("5.. > 个百分点", "5个多百分点"),
    ],
)
def test_a_number_keeps_its_written_scale(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("5 = %", "5% 百分之五 ５％"),
        ("5.5.. >= %", "百分之五点五以上"),
        ("19.42 = %", "十九．四二％"),
        ("0.05 = %", "万分之五"),
        ("5 = ppm", "百万分之五"),
        ("3 = ‰", "千分之三"),
        ("75 = %", "四分之三"),
        ("25 = %", "1/4"),
        ("30 = %", "三成 3成"),
        ("35 = %", "三成五"),
        ("15 = %", "一成半"),
        ("30 ~ %", "近三成"),
        ("20.. > %", "两成多"),
        ("30..50 range %", "三至五成 3—5成"),
        ("-10.01 = %", "下降1.001成"),
        ("50 = %", "一半"),
        ("50.. > %", "过半 超过一半 超过全省的一半 超五成"),
        ("50.. >= %", "一半以上"),
        ("..50 < %", "不到一半"),
        ("5..7 range %", "百分之五到七"),
    ],
)
def test_a_share_is_read_as_per_cent_however_it_is_written(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("760 = 公斤/亩", "亩产760公斤 760公斤/亩 每亩760公斤 每亩增加760公斤 每亩多760公斤"),
        ("760.. >= 公斤/亩", "亩产达到760公斤以上"),
        ("8.8 = 件/万人", "8.8件/万人"),
        ("60 = 万吨", "年产60万吨"),
        ("3 = 个百分点", "3个百分点 3個百分點 提高3个百分点"),
        ("24 = 类", "24类 24類"),
        ("8.5 = /10万", "8.5/10万"),
        ("8 = /10万", "8/10万"),
        ("5.2 = 吨标准煤/万元", "5.2吨标准煤/万元"),
        ("30 = 微克/立方米", "30微克每立方米 30微克/立方米 每立方米30微克"),
        ("2.. > 亿台(套)", "突破2亿台(套)"),
        ("440 ~ 万亩", "440万亩左右 440萬畝左右"),
        ("5 = 位", "全省第五 全省第5位 居世界第5位 全國第五"),
    ],
)
def test_the_unit_is_the_longest_that_is_known_and_a_percentage_point_is_never_per_cent(
    answer, texts
):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


def test_a_unit_is_what_the_table_that_is_handed_in_holds():
    with pytest.raises(QuantityError, match="not known: 咖"):
        parse_quantity("5万咖")
    header = ["text", "symbol", "dimension", "factor"]
    own = {"units": pd.DataFrame([["咖", "count", "count", "1"]], columns=header, dtype="str")}
    assert parse_quantity("5万咖以上", reference=own).unit == "万咖"
    with pytest.raises(QuantityError, match="not known: 家"):
        parse_quantity("5万家", reference=own)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (
            "-4 = %",
            "下降4% 比上年降低4% 压减4% 壓減4% 下降幅度为4% 降幅扩大至4% 4%的跌幅 不升反降4%",
        ),
        ("-4 = %", "-4% −4% 负百分之四 负4%"),
        ("-10.1 =", "−10.1"),
        ("-4 ~ %", "降低4%左右"),
        ("..-4 <= %", "下降4%以上 下降至少4%"),
        ("..-4 < %", "减少超过4%"),
        ("-4.. >= %", "下降4%以内"),
        ("-4.. > %", "减少少于4%"),
        ("-4..-3 range %", "减产3%至4% 下降3%—4% -4%至-3%"),
        ("-4 = 万人", "减少4万人 减少贫困人口4万人"),
        ("4 = %", "下降到4% 下降为4% 同比不降反升4%"),
        ("..4 <= %", "降至4%以下 降低失业率到4%以下 降到了4%以内"),
        ("..4 < %", "降至少于4%"),
    ],
)
def test_a_decrease_is_mirrored_unless_it_names_the_level_reached(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        ("1.5 = 个百分点", "高于全国平均1.5个百分点 快于规上工业1.5个百分点 超全国1.5个百分点"),
        ("1.5 = 个百分点", "高全省平均1.5个百分点 比全国高1.5个百分点"),
        ("1.5.. >= 个百分点", "比全国高1.5个百分点以上"),
        ("1.5.. > 个百分点", "高于1.5个百分点"),
        ("-1.5 = 个百分点", "低于全省1.5个百分点 多降1.5个百分点"),
        ("-8.1 = 万件", "少8.1万件"),
        ("5.9 = %", "超时间进度5.9%"),
    ],
)
def test_a_distance_is_no_bound_and_falls_below_zero_where_it_falls(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (
            "5 = %",
            """比上年增长5% “十四五”期间年均增长5% 固定资产投资(不含农户)增长5% 税负5%
            5%的年均增长水平""",
        ),
        ("-5 = %", "較1月至2月增速回落5% 按可比价格计算,比上年同期下降5%"),
        ("5.. >= %", "到2025年继续保持5%以上 连续8年保持在5%以上 PM2.5平均浓度上升5%以上"),
        ("5.. > %", "一般公共预算收入有望突破5%"),
        ("7000.. > 亿元", "將突破7000億元大關"),
        ("5 ~ %", "增长5%左右，在实际工作中努力争取更好结果"),
        ("..5 <= %", "不得超过5%"),
        ("5..54 range %", "5%至54%不等"),
        ("500 = 亿元", "社会消费品零售总额500亿元 签约金额500亿元 违约500亿元 减税降费500亿元"),
        ("12 = 家", "12家(含公示) 三门峡市12家 4A级景区12家"),
        ("420 = 万吨", "淘汰落后水泥产能420万吨"),
        ("6.6 = 万个", "6.6万个城市更新项目"),
        ("300 = %", "比2000年翻两番 翻兩番"),
    ],
)
def test_what_changes_no_number_is_read_over(answer, texts):
    assert read_each(texts) == dict.fromkeys(texts.split(), answer)


@pytest.mark.parametrize("text", ["达到" * 100, "达到" * 90 + "x", "百分之" * 60, "、力争" * 60])
def test_a_run_of_one_word_is_answered_after_as_many_steps_as_it_is_long(text, monkeypatch):
    asked = []
    find = wording.find_word
    monkeypatch.setattr(wording, "find_word", lambda *place: asked.append(place) or find(*place))
    with pytest.raises(QuantityError):
        parse_quantity(text)
    assert 0 < len(asked) <= len(text)
