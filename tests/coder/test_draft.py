"""A draft proposes a row for every figure and every numeral, and decides nothing."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policydata.coder.draft import propose_rows
from policydata.coder.quotes import count_occurrence
from policydata.columns import name_columns
from policydata.messages import speak
from policydata.numerals import NUMERAL
from policydata.schema import DRAFT

REPORT = """洛阳市政府工作报告
2024年1月15日
2023年,全市地区生产总值增长6.5%,高新技术企业达到1200家。
今年要确保固定资产投资增长8%以上,研发投入强度突破2.6%。
"""


def propose(text: str, *columns: str, **known: str) -> list[list[str]]:
    """Propose rows of a text of Luoyang, and give the columns asked for."""
    rows = propose_rows(text, "luoyang-2024-plan", **known)
    return rows[list(columns)].to_numpy().tolist()


def state(text: str) -> list[str]:
    """Give the proposed figures as they are written."""
    return [value for value, reason in propose(text, "value_text", "reason") if not reason]


def quote(text: str) -> list[str]:
    return [one for one, reason in propose(text, "quote", "reason") if not reason]


def exclude(text: str) -> list[tuple[str, str]]:
    rows = propose(text, "numeral", "reason")
    return [(numeral, reason) for numeral, reason in rows if reason]


def count_covers(text: str, rows: pd.DataFrame) -> list[int]:
    """Count for each numeral the rows that account for it, as `check` does."""
    spans: list[tuple[int, int]] = []
    for row in rows.itertuples():
        at = -1
        for _ in range(int(row.occurrence)):
            at = text.find(row.quote, at + 1)
            assert at >= 0, row.quote
        run = row.numeral if row.reason else row.value_text
        inside = [
            (at + found.start(), at + found.end())
            for found in re.finditer(NUMERAL if row.reason else re.escape(run), row.quote)
            if found[0] == run
        ]
        assert row.reason or len(inside) == 1
        spans.append(next((span for span in inside if span not in spans), inside[0]))
    return [
        sum(start <= found.start() and found.end() <= end for start, end in spans)
        for found in re.finditer(NUMERAL, text)
    ]


def test_rows_are_in_reading_order_and_nothing_is_decided():
    columns = "decision numeral reading n coder indicator measure status period reason".split()
    reported, aimed = ["outcome", "2023", ""], ["target", "2024", ""]
    assert propose(REPORT, *columns) == [
        ["", "2024", "", "", "", "", "", "", "", "date"],
        ["", "1", "", "", "", "", "", "", "", "date"],
        ["", "15", "", "", "", "", "", "", "", "date"],
        ["", "2023", "", "", "", "", "", "", "", "date"],
        ["", "6.5", "= 6.5 %", "", "", "gdp", "growth_rate", *reported],
        ["", "1200", "= 1200 家", "", "", "high_tech_enterprises", "level", *reported],
        ["", "8", ">= 8 %", "", "", "fixed_asset_investment", "growth_rate", *aimed],
        ["", "2.6", "> 2.6 %", "", "", "rd_intensity", "share", *aimed],
    ]


def test_a_draft_has_the_columns_of_the_schema_and_every_cell_is_text():
    rows = propose_rows("", "luoyang-2024-plan")
    assert rows.columns.tolist() == name_columns(DRAFT)
    assert len(rows) == 0
    assert set(propose_rows(REPORT, "luoyang-2024-plan").dtypes.astype(str)) == {"str"}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("投资7000亿元、增长15%以上,强度突破2.6%", ["7000亿元", "增长15%以上", "突破2.6%"]),
        ("价格下降4%,面积稳定在130万亩左右", ["下降4%", "稳定在130万亩左右"]),
        ("新建20—30个村,化解1.3万余件", ["20—30个", "1.3万余件"]),
        ("增速保5%争6%,增长5%以上、力争5.5%", ["保5%争6%", "增长5%以上、力争5.5%"]),
        ("连续保持20%以上增长,保持在98%以上", ["20%以上增长", "98%以上"]),
        ("人均产粮高出全省平均100公斤左右", ["高出全省平均100公斤左右"]),
        ("比2021年提升3个百分点", ["比2021年提升3个百分点"]),
        ("加快4座车站建设,占比提高到48%以上", ["4座", "提高到48%以上"]),
        ("分别达43.3%、48.8%", ["达43.3%", "48.8%"]),
        ("投资由5亿元增加到7亿元", ["5亿元", "增加到7亿元"]),
        ("增速-5.2%,到2025年投资1亿2000万元", ["-5.2%", "1亿2000万元"]),
        ("總量達１，２００個(gè)以上", ["達１，２００個(gè)以上"]),
        ("占比从5%到7%,增长5%、力争2025年建成", ["5%", "7%", "增长5%"]),
        ("增速高于全省平均水平1.5个百分点", ["高于全省平均水平1.5个百分点"]),
    ],
)
def test_a_value_text_takes_every_word_that_bounds_or_directs_it(text, figures):
    assert state(text) == figures


@pytest.mark.parametrize("amount", "90亿元 500公斤 2倍 3个百分点 5% 40人 6个".split())
@pytest.mark.parametrize(
    ("word", "sign"),
    [
        *((word, ">=") for word in "不低于 不少于 不得低于 不能少于".split()),
        *((word, "<=") for word in "不超过 不高于 不得超过 不能超过".split()),
        *(("低于", "<"), ("超过", ">")),
    ],
)
def test_a_floor_stays_a_floor_and_a_ceiling_a_ceiling(word, sign, amount):
    number = re.match("[0-9]+", amount)[0]
    assert propose(f"年度计划投资{word}{amount}", "value_text", "reading") == [
        [f"{word}{amount}", f"{sign} {number} {amount.removeprefix(number)}"]
    ]


@pytest.mark.parametrize(
    "figure", ["不应高于90亿元", "未超过5%", "不再低于40人", "不低于全省平均1.5个百分点"]
)
def test_a_negated_bound_that_is_not_known_is_proposed_whole_and_not_read(figure):
    [[value, reading]] = propose(f"投资{figure}", "value_text", "reading")
    assert (value, reading[:8]) == (figure, "not read")


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("设施全覆盖,产值翻一番", ["全覆盖", "翻一番"]),
        ("投资突破千亿元,财政收入两千亿元", ["突破千亿元", "两千亿元"]),
        ("建设两个产业集群,降低三成左右", ["两个", "降低三成左右"]),
        ("覆盖率居全省第五,位居全省第一。", ["全省第五", "全省第一"]),
        ("收入与经济增长同步,增速高于全省平均水平", ["与经济增长同步", "高于全省平均水平"]),
        ("农田全部建成,所有村庄通车", ["全部建成", "所有村庄"]),
        ("下降百分之五,实现两位数增长", ["下降百分之五", "两位数增长"]),
        # Slogans, names, lists and size classes are no figures.
        ("全方位、全覆盖推动,“三个一批”,六个方面,两个万亿级", ["两个"]),
        ("经济平稳,第三届,全国第一批,一是创新,三年行动", []),
    ],
)
def test_figures_without_a_digit_are_proposed(text, figures):
    assert state(text) == figures


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("2024年9月27日上午", [("2024", "date"), ("9", "date"), ("27", "date")]),
        ("近3年来,1—8月,前2个月", [("3", "date"), *[(n, "date") for n in "182"]]),
        ("12:06发布", [("12", "time"), ("06", "time")]),
        ("(1)创新\n2.开放", [("1", "ordinal"), ("2", "ordinal")]),
        ("电话0392-3313875", [("0392", "contact"), ("3313875", "contact")]),
        ("“1+8”体系,实施1234工程", [(n, "policy_code") for n in ("1", "8", "1234")]),
        ("5G网络,国道107,中原1号,百强50强", [(n, "name") for n in ("5", "107", "1", "50")]),
        ("培育50亿级企业,中华文明5000年", [("50", "name"), ("5000", "name")]),
        ("截图20240929090704,0条评论", [("20240929090704", "boilerplate"), ("0", "boilerplate")]),
        ("超10亿元项目占比50%", [("10", "part_of:50%")]),
        ("提前3个月完成", []),
        # What resembles them and is a figure.
        ("热线办理5万件,网站访问量5亿次,建设公路120公里、省道30公里", []),
        ("“2000余家”企业,“300米见绿”,居全省第5,第3位", []),
    ],
)
def test_what_is_plainly_no_figure_is_proposed_to_be_excluded(text, excluded):
    assert exclude(text) == excluded


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("确保今年粮食面积稳定在130万亩左右。", ["粮食面积稳定在130万亩左右"]),
        ("抓好228个百城建设提质项目和其他工程。", ["228个百城建设提质项目"]),
        ("总投资5亿元的28个项目开工", ["总投资5亿元的28个项目", "28个项目"]),
        ("投资7000亿元、增长15%以上", ["投资7000亿元", "投资7000亿元、增长15%以上"]),
        ("绿地率、覆盖率分别达43%、48%", ["绿地率、覆盖率分别达43%", "覆盖率分别达43%、48%"]),
        ("按照“300米见绿、500米见园”标准", ["300米见绿", "500米见园"]),
        ("97.7%、2059项事项网办", ["97.7%、2059项事项网办", "2059项事项网办"]),
        ("全市技能人才达39万人", ["技能人才达39万人"]),
        ("启动20个应用场景和解决方案。", ["启动20个应用场景和解决方案"]),
        ("帮助3340家企业修复信用", ["3340家企业修复信用"]),
        ("嵩山等7家省实验室和甲大学乙市研究院丙大学丁市智能科技研究院", ["嵩山等7家省实验室"]),
        (
            "1302个灾后重建及能力提升项目和甲乙丙丁戊己庚辛壬癸工程",
            ["1302个灾后重建及能力提升项目"],
        ),
    ],
)
def test_a_quote_is_the_figure_with_the_words_of_what_it_measures(text, quotes):
    assert quote(text) == quotes


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("建设森林特色小镇9个、森林乡村100个", ["建设森林特色小镇9个", "森林乡村100个"]),
        ("确保建设森林特色小镇9个", ["建设森林特色小镇9个"]),
        ("支持企业吸纳等方式推出20万个工作岗位", ["推出20万个工作岗位"]),
        # What is reported as done, a word between, and a governing word alone.
        ("去年建设了公园,建设5G基站3600个", ["5G基站3600个"]),
        ("确保全年完成固定资产投资7000亿元", ["固定资产投资7000亿元"]),
        ("力争高新技术企业1000家", ["高新技术企业1000家"]),
        ("推动规上工业企业研发活动全覆盖", ["规上工业企业研发活动全覆盖"]),
    ],
)
def test_a_quote_has_the_act_that_is_promised_and_no_governing_word(text, quotes):
    assert quote(f"2024年1月5日\n{text}") == quotes


def test_a_quote_without_its_act_is_kept_where_the_act_makes_it_too_long():
    name = "甲乙丙丁戊己庚辛壬癸" * 3 + "特色小镇"
    assert quote(f"建设{name}200个") == [f"建设{name}200个"]
    assert quote(f"建设{name}2000个") == [f"{name}2000个"]


def test_a_quote_holds_at_most_40_characters_and_its_figure_once():
    [long] = quote("覆盖" * 30 + "率达到95%")
    assert (len(long), long[-6:]) == (40, "率达到95%"[-6:])
    assert quote("从5%以上的5%") == ["从5%以上", "5%"]


def test_an_occurrence_counts_equal_quotes_before_it():
    rows = propose("产值增长7%。产值增长7%。", "quote", "occurrence")
    assert rows == [["产值增长7%", "1"], ["产值增长7%", "2"]]
    # Quotes that overlap count too.
    assert count_occurrence("5%5%5%", 2, 6) == 2


def test_a_lost_digit_stays_lost_and_the_note_says_so():
    rows = propose("投资3?5亿元,增长?%", "value_text", "reading", "note")
    lost = "a digit is lost on the page"
    assert rows == [
        ["3?5亿元", "not read: has lost a digit", lost],
        ["增长?%", "not read: has lost a digit", lost],
    ]


def test_a_figure_that_several_things_share_is_noted():
    [[value, note]] = propose("新开工、新投产项目各150个左右", "value_text", "note")
    assert (value, note) == ("150个左右", "shared: one row for each thing that is named")
    with speak("zh"):
        assert propose("新开工、新投产项目各150个", "note") == [["多个指标共用：每个指标各编一行"]]


def test_the_surroundings_mark_the_figure_on_one_line():
    assert propose("一、投资\n增长7%。", "context") == [["一、投资 【增长7%】。"]]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("固定资产投资增长7%、总量5000亿元", ["fixed_asset_investment", "fixed_asset_investment"]),
        ("规上工业企业研发活动全覆盖", ["enterprise_rd_coverage"]),
        ("五年内吸引100万青年人才", ["young_talent_attracted"]),
        ("建设5G基站3600个", ["", "base_stations_5g"]),
        ("高新技术企业达到95家、增加30亿元", ["high_tech_enterprises", ""]),
        ("工业增加值、固定资产投资、社会消费品零售总额分别增长7%、8%", ["", ""]),
        # The unit does not fit, another noun stands between, or the name is not known.
        ("高新技术企业达到30亿元", [""]),
        ("高新技术企业投资3家", [""]),
        ("高新技术企业增加值增长7%", [""]),
        ("蜂箱12个", [""]),
    ],
)
def test_an_indicator_is_guessed_by_a_name_that_stands_plainly_beside(text, indicator):
    assert [one for [one] in propose(text, "indicator")] == indicator


def test_a_unit_that_stands_apart_is_guessed():
    rows = propose("吸引100万青年人才,小麦平均亩产500公斤,人均绿地21平方米", "unit_text")
    assert rows == [["万人"], ["公斤/亩"], ["平方米/人"]]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("投资增长7%", "growth_rate"),
        ("达标率97%", "share"),
        ("城镇化率提高1个百分点", "change"),
        ("高新技术企业新增30家", "change"),
        ("城镇新增就业3万人", "level"),
        ("覆盖率居全省第五", "relation"),
        ("总量由5亿元增加到7亿元", "level"),
        ("洛阳为6%", ""),
    ],
)
def test_a_measure_is_guessed_where_the_words_are_plain(text, measure):
    assert propose(text, "measure")[-1] == [measure]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争投资500亿元", "target"),
        ("到2025年,投资500亿元", "target"),
        ("投资完成500亿元,同比增长7%", "outcome"),
        ("2022年,投资500亿元", "outcome"),
        ("预计投资500亿元", "estimate"),
        ("力争开工,抓好50个项目", "plan_scale"),
        ("按照“300米见绿”标准", "standard"),
        ("投资500亿元", ""),
    ],
)
def test_a_status_is_guessed_by_the_verb(text, status):
    assert propose(text, "status", "reason", published="2023-03-04")[-1] == [status, ""]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("力争投资500亿元", "2023"),
        ("一季度力争投资500亿元", "2023-Q1"),
        ("“十四五”末力争投资500亿元", "2025"),
        ("力争五年内投资500亿元", "2023/2027"),
        ("去年,投资完成了500亿元", "2022"),
        ("今年前2个月,投资同比增长7%", "2023-01/2023-02"),
        ("今年,已投资500亿元", "2023-01/2023-03"),
        ("近3年来,累计投资500亿元", "2020/2023"),
        ("连续两年保持全省第一", "2022/2023"),
        ("累计投资500亿元", "2023-03"),
        ("累计三年翻了一番又达到9家", "2023-03"),
        ("年均投资500亿元", ""),
        ("在去年开工基础上,力争投资500亿元", "2023"),
    ],
)
def test_a_period_is_guessed_by_the_words_of_time(text, period):
    assert propose(text, "period", "reason", published="2023-03-04")[-1] == [period, ""]


def test_a_period_without_a_day_of_publication_needs_a_year():
    rows = propose("力争投资500亿元。2025年力争投资600亿元", "period", "reason")
    assert [period for period, reason in rows if not reason] == ["", "2025"]


def test_the_governing_word_is_given_as_it_is_written():
    rows = propose("力爭投資500億元。加快開放,投資600億元", "commitment")
    assert rows == [["力爭"], [""]]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("现代化河南,投资500亿元", "luoyang"),
        ("郑州投资500亿元", "zhengzhou"),
        ("郑州、开封投资500亿元", ""),
    ],
)
def test_a_place_is_the_one_that_the_clause_names_else_that_of_the_document(text, place):
    assert propose(text, "place") == [[place]]


def test_the_place_of_a_document_is_told_or_that_which_its_text_names_most():
    rows = propose_rows("郑州市投资500亿元,郑州好。河南", "plan")
    assert rows.place.tolist() == ["zhengzhou"]
    assert propose("投资500亿元", "place", place="开封市") == [["kaifeng"]]


def test_a_place_or_a_day_that_is_not_known_is_refused():
    with pytest.raises(ValueError, match=r'^"洛杨" is not a known place; nearest: 洛阳'):
        propose_rows("", "plan", place="洛杨")
    with pytest.raises(ValueError, match=r'^"2023-13" is not a day such as 2023-01-31\.$'):
        propose_rows("", "plan", published="2023-13")


def test_units_and_indicators_of_a_caller_are_known():
    units = pd.DataFrame([["箱", "count", "number", "1"]])
    names = ["code", "name_zh", "name_en", "domain", "spellings", "unit", "better"]
    hives = pd.DataFrame([["hives", "蜂箱数", "Hives", "rural", "蜂箱", "count", "higher"]])
    reference = {
        "units": units.set_axis(["text", "symbol", "dimension", "factor"], axis=1),
        "indicators": hives.set_axis(names, axis=1),
    }
    rows = propose_rows("蜂箱12箱", "luoyang-2024-plan", reference=reference)
    assert rows[["reading", "indicator"]].to_numpy().tolist() == [["= 12 箱", "hives"]]


PIECES = """2023年 1月5日 7000亿元 增长15%以上 20—30个 1.2.3 “1+5” 5G 0392-3313875 ?5亿元 3?5% 12:30
    第3 (1) 1, 1,200家 、 , 。 同比 比2021年提升3个百分点 全省第5位 高于全国1.5个百分点 分别达 5.5
    100 2 万 亿 % 个 千伏 从5%到7% 保6%争7% 力争8% 全覆盖 所有村庄 两个集群 百分之五 - 至 年 月 项目
    超10亿元 -5.2% 1/3 ２０％ 個(gè) ² ①""".split()


@settings(max_examples=25)
@given(st.lists(st.sampled_from([*PIECES, "\n", "\r\n", " "]), max_size=9).map("".join))
def test_every_numeral_of_any_text_is_in_one_row(text):
    rows = propose_rows(text, "luoyang-2024-plan")
    assert set(count_covers(text, rows)) <= {1}
    assert rows.quote.str.len().max() <= 40 or len(rows) == 0
