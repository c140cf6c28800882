"""What a coder of Chinese reads: reasons of figures, unknown names, tables put in form."""

import re

import pytest

from policydata import convert_units, load_statements, parse_quantity, read_reference
from policydata.__main__ import main
from policydata.columns import take_rows
from policydata.messages import speak
from policydata.schema import STATEMENTS

REFUSED = (
    *("5?%", "十几个", "半年", "-5", "每亩", "前5位", "百亿级", "3连冠", "五分之", "5%和6%"),
    *("5(万元)", "两", "3年6个月", "突破20项", "稳中有进", "6%至5%", "不低于5%以内"),
    *("下降-5%以上", "5%以上、力争600家", "5%以上、力争4%", "5龘", "从5%到7%", "1万5", "①个"),
    *("123456789012345678个", "上限提高5%", "高于预期5%", "下降的商品占35%", "7 0个", "5" * 201),
)


def say_refusal(call):
    with speak("zh"), pytest.raises((ValueError, TypeError)) as refused:
        call()
    return str(refused.value)


@pytest.mark.parametrize("text", REFUSED)
def test_the_reason_not_to_read_a_figure_is_said_in_chinese(text):
    said = say_refusal(lambda: parse_quantity(text))
    assert said.startswith(f"“{text[:200]}")
    assert re.findall("[A-Za-z]{2,}", re.sub(r"“[^”]*”|units\.csv", "", said)) == []
    assert ", " not in said


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            lambda: load_statements(status="tagret"),
            "没有名为“tagret”的状态；最接近：target；"
            "全部：plan_scale、standard、target、estimate、outcome。",
        ),
        (
            lambda: load_statements(place="郑州", year=1990),
            "place 为“zhengzhou”的 {count} 行中，没有 year 为“1990”的陈述。",
        ),
        (
            lambda: convert_units(1.0, "亩", "元"),
            "“亩”的量纲是 land_area，“元”的量纲是 money，不能换算；"
            "应为：CNY、人民币、元、元人民币，可带“万”“亿”。",
        ),
        (
            lambda: read_reference("nowhere"),
            "“nowhere”不是文件夹；应为：放有 documents.csv、hazards.csv、indicators.csv、"
            "places.csv、units.csv（全部或部分）的文件夹。",
        ),
        (
            lambda: take_rows(
                load_statements().astype("object").head(2).assign(status="tagret"), STATEMENTS
            ),
            "第 0 行及另外 1 处 status 列：“tagret”；应为：plan_scale（计划规模）、"
            "standard（标准）、target（目标）、estimate（预计值）、outcome（实际值）；"
            "最接近：target。",
        ),
    ],
)
def test_a_refusal_is_said_in_chinese(call, said):
    count = len(load_statements(place="郑州"))
    assert say_refusal(call) == said.replace("{count}", str(count))


def test_what_format_did_is_said_in_chinese(tmp_path, capsys):
    table = tmp_path / "hebi.csv"
    table.write_bytes(b"\xef\xbb\xbfdocument,n,\r\nplan,2,\r\nplan,1,\r\n,,\r\n")
    assert main(["format", str(tmp_path), "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"{table}：去掉 BOM 标记、换行符改为 LF、删去 1 个空行、删去 1 个空列、按 document、n 排序",
        "1 个文件，改动 1 个。",
    ]


def test_what_format_cannot_read_is_said_in_chinese(tmp_path, capsys):
    (tmp_path / "hebi.csv").write_bytes("鹤壁".encode("gb18030"))
    assert main(["format", str(tmp_path), "--lang", "zh"]) == 1
    said = "不是 UTF-8；若由 Excel 存出，请加 --encoding gb18030。"
    assert f"hebi.csv”：{said}" in capsys.readouterr().err
