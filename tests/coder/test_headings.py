"""The heading of a section and the head of a paragraph tell status and period of what follows."""

import pytest

from policydata.coder.draft import propose_rows
from policydata.coder.headings import find_heading, find_opening, guess_heading_status

PLAN = """南湖新区工作要点
发布日期:2026年2月3日
一、2025年完成情况
2025年,新区投资50亿元,同比增长6%。工业投资下降3%。拥有公园12个。
二、2026年目标任务
全年主要预期目标:工业增长7%。
(一)抓好项目
实施项目36个,新建公园9个。
三、保障措施
配备专员5名。
"""


def propose(text, *columns):
    rows = propose_rows(text, "luoyang-plan", published="2026-02-03")
    return rows[rows.reason.eq("")][list(columns)].to_numpy().tolist()


def test_status_and_period_of_a_section_carry_on_to_its_sentences():
    assert propose(PLAN, "value_text", "status", "period") == [
        ["50亿元", "outcome", "2025"],
        ["增长6%", "outcome", "2025"],
        ["下降3%", "outcome", "2025"],
        ["12个", "outcome", "2025"],
        ["增长7%", "target", "2026"],
        ["36个", "target", "2026"],
        ["9个", "target", "2026"],
        ["5名", "", ""],
    ]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2025年,投资50亿元。累计建成公园12个", "2025"),
        ("2025年上半年,投资50亿元。累计建成公园12个", "2025-01/2025-06"),
        ("(一)2025年,投资50亿元。累计建成公园12个", "2025"),
        # A later time, one of several years, and one that belies the status.
        ("2024年,投资50亿元。2025年,投资60亿元。累计建成公园12个", "2025"),
        ("2025年,投资50亿元。近年来,累计建成公园12个", "2026-02"),
        ("“十四五”期间,投资50亿元。累计建成公园12个", "2026-02"),
        ("2025年,投资50亿元。确保投资60亿元", "2026"),
        ("2027年,投资50亿元。累计建成公园12个", "2026-02"),
        # The year of the sentence itself, and that which 全年 speaks of.
        ("2025年,投资50亿元。2023年建成了公园12个", "2023"),
        ("2025年,投资50亿元。全年建成了公园12个", "2025"),
        ("建成了公园9个。2025年,投资50亿元\n建成了公园12个", "2026-02"),
    ],
)
def test_the_time_at_the_head_of_a_sentence_carries_on_in_its_paragraph(text, period):
    assert propose(f"要点\n{text}", "period")[-1] == [period]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("拥有公园12个,位居前列,已有公园9个", "2026-02"),
        ("累计新增公园9个", "2026-02"),
        ("投资同比增长7%", ""),
        ("已完成投资50亿元", ""),
        ("已新增公园9个", ""),
    ],
)
def test_only_a_state_is_as_of_the_month_of_the_document(text, period):
    assert propose(text, "status", "period")[-1] == ["outcome", period]


@pytest.mark.parametrize(
    ("lines", "heading"),
    [
        (["一、2025年工作回顾", "(一)工业"], "一、2025年工作回顾"),
        (["一、2025年工作回顾", "(一)2024年完成情况", "(二)工业"], "一、2025年工作回顾"),
        (["今年着力抓好十项工作", "重点工作之一:工业"], "今年着力抓好十项工作"),
        (["2025年工作回顾", "一、工业", "(一)项目"], "2025年工作回顾"),
        (["一、2025年工作回顾", "二、保障措施"], ""),
        (["一、2025年工作回顾。"], ""),
        (["2026年1月20日", "2025年工作报告"], ""),
        ([], ""),
    ],
)
def test_the_heading_is_the_nearest_one_above_that_names_a_time_or_a_status(lines, heading):
    text = "\n".join(["2025年工作要点", *lines, "投资50亿元"])
    assert find_heading(text, len(text)) == heading


@pytest.mark.parametrize(
    ("heading", "status"),
    [
        ("二、2026年目标任务", "target"),
        ("主要目标", "target"),
        ("预期目标", "target"),
        ("一、2025年完成情况", "outcome"),
        ("工作回顾", "outcome"),
        ("目标任务完成情况", "outcome"),
        ("2025年工作回顾和2026年主要目标", ""),
        ("保障措施", ""),
    ],
)
def test_a_heading_tells_the_status_of_its_section(heading, status):
    assert guess_heading_status(heading) == status


def test_the_title_of_a_document_is_no_heading():
    assert find_heading("2025年工作回顾\n投资50亿元", 12) == ""


@pytest.mark.parametrize(
    ("text", "status", "period"),
    [
        ("一、2025年完成情况\n2024年,投资50亿元。累计建成公园12个", "outcome", "2024"),
        # Neither two years nor a plan of five years is the year of what follows.
        ("2024年和2025年,投资50亿元。累计建成公园12个", "outcome", "2026-02"),
        ("一、“十五五”主要目标\n公园12个", "target", "2026"),
    ],
)
def test_the_time_that_stands_nearest_is_carried_if_it_is_one_year(text, status, period):
    assert propose(f"要点\n{text}", "status", "period")[-1] == [status, period]


def test_what_a_sentence_says_goes_before_its_heading():
    assert propose("要点\n一、2026年主要目标\n现有公园12个。公园9个。", "status") == [
        ["outcome"],
        ["outcome"],
    ]
    assert find_opening("投资50亿元,2025年增长7%。") == ""
