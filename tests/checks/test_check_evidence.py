"""A figure is the whole run of its quote; quotes and numerals are those of the texts."""

import shutil
import time
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from policydata import check
from policydata.__main__ import main
from policydata.checks.quotes import compare_with_quotes
from policydata.columns import name_columns
from policydata.quantities import read_quantities
from policydata.schema import CODED, EXCLUDED
from policydata.tables import read_csv
from policydata.units import list_units

MISTAKES = Path("tests/mistakes")


def compare(quote, run, unit_text=""):
    """Give the longer figure, and the figure with its bound words, of one row."""
    columns = ["quote", "value_text", "unit_text"]
    rows = pd.DataFrame([[quote, run, unit_text]], columns=columns, dtype="str")
    rows = rows.assign(own_unit=read_quantities(rows.value_text).unit)
    found = compare_with_quotes(rows, list_units())
    return found[["whole", "bounded"]].values.tolist()


@pytest.mark.parametrize(
    ("quote", "run", "whole"),
    [
        ("生产总值增长15%左右", "5%", "15%"),
        ("增长7.8%", "8%", "7.8%"),
        ("达到7000亿元", "000亿元", "7000亿元"),
        ("达到7,000亿元", "000亿元", "7,000亿元"),
        ("达到７，０００亿元", "０００亿元", "7,000亿元"),
        ("产粮13 908亿斤", "908亿斤", "13908亿斤"),
        ("新建三百二十个", "二十个", "三百二十个"),
        ("强度2.67%", "2.6", "2.67%"),
        ("强度2.6％", "2.6", "2.6%"),
        ("达到7000亿元", "7000", "7000亿"),
        ("投资1亿2000万元", "2000万元", "1亿2000万元"),
        ("增长百分之五点五", "五点五", "百分之五点五"),
        ("增长-5%", "5%", "-5%"),
        ("增长负百分之二", "百分之二", "负百分之二"),
        ("下降1/3", "3", "1/3"),
        ("每年20—30个", "30个", "20—30个"),
        ("每年20个~30个", "20个", "20个~30"),
        ("增长6%至7%", "7%", "6%至7%"),
        ("增長?5%", "5%", "?5%"),
        ("提高3个百分点", "3个", "3个百分点"),
        ("单产500公斤/亩", "500公斤", "500公斤/亩"),
    ],
)
def test_a_run_that_is_cut_out_of_a_longer_figure_is_found_with_that_figure(quote, run, whole):
    assert compare(quote, run) == [[whole, ""]]


@pytest.mark.parametrize(
    ("quote", "run", "unit_text"),
    [
        ("引进100万青年人才", "100万", "万人"),
        ("达到7000亿元", "7000", "亿元"),
        ("达到8亿美元", "8亿", "亿美元"),
        ("2023年增长7%", "7%", ""),
        ("2023 7%", "7%", ""),
        ("①13908亿斤", "13908亿斤", ""),
        ("十三五5个", "5个", ""),
        ("统一三百家", "三百家", ""),
        ("肩负5项任务", "5项", ""),
        ("1-8月500家", "500家", ""),
        ("今年目标——500家", "500家", ""),
        ("从5%到7%", "7%", ""),
        ("228个百城建设提质项目", "228个", ""),
    ],
)
def test_a_run_beside_another_number_is_whole(quote, run, unit_text):
    assert compare(quote, run, unit_text) == [["", ""]]


def test_a_unit_text_of_another_scale_or_sense_does_not_make_up_for_what_is_cut_off():
    assert compare("达到7000亿元", "7000", "万元") == [["7000亿", ""]]
    assert compare("引资8亿美元", "8亿", "亿元") == [["8亿美元", ""]]


@pytest.mark.parametrize(
    ("quote", "run", "bounded"),
    [
        ("强度突破2.6%", "2.6%", "突破2.6%"),
        ("能耗下降4%", "4%", "下降4%"),
        ("能耗下降了4%", "4%", "下降了4%"),
        ("增长不超过 5%", "5%", "不超过5%"),
        ("增長超過5%", "5%", "超过5%"),
        ("增长6%以上", "6%", "6%以上"),
        ("項目150個(gè)左右", "150個", "150个左右"),
        ("办件1.3万余件", "1.3万", "1.3万余"),
        ("约300家以内", "300家", "约300家以内"),
    ],
)
def test_a_word_that_bounds_or_directs_beside_the_run_is_found(quote, run, bounded):
    assert compare(quote, run) == [["", bounded]]


@pytest.mark.parametrize(
    ("quote", "run", "bounded"),
    [
        ("投资不低于90亿元", "低于90亿元", "不低于90亿元"),
        ("投资不得低于90亿元", "低于90亿元", "不得低于90亿元"),
        ("增幅不能超过5%左右", "超过5%", "不能超过5%左右"),
        ("涨幅不應高於5%", "高於5%", "不应高于5%"),
        ("落后未超过3个百分点", "超过3个百分点", "未超过3个百分点"),
        ("产值超过70亿元", "过70亿元", "超过70亿元"),
        ("涨幅达到或超过5%", "超过5%", "达到或超过5%"),
        ("户籍大约300人", "约300人", "大约300人"),
        ("增长6%以上", "6%以", "6%以上"),
        ("项目150个左右", "150个左", "150个左右"),
    ],
)
def test_a_run_that_begins_or_ends_in_the_middle_of_a_bound_word_is_found(quote, run, bounded):
    assert compare(quote, run) == [["", bounded]]


@pytest.mark.parametrize(
    ("quote", "run"),
    [
        ("规模扩大约5%", "约5%"),
        ("不良率低于5%", "低于5%"),
        ("过去超过5%", "超过5%"),
        ("投资不低于90亿元", "不低于90亿元"),
        ("签约300个", "300个"),
        ("节约500吨", "500吨"),
        ("附近3家", "3家"),
        ("5家余热电厂", "5家"),
        ("30个多功能杆", "30个"),
        ("PM2.5为35个下降4%", "35个"),
        ("强度突破2.6%", "突破2.6%"),
        ("下降到4%", "4%"),
        ("达到300家", "300家"),
        ("300家、约500家", "300家"),
    ],
)
def test_a_word_of_another_sense_or_of_another_figure_bounds_nothing(quote, run):
    assert compare(quote, run) == [["", ""]]


@pytest.mark.parametrize(
    "repeated", ["百", "1", "达到", "三", "5%—", "1,000", "-", "百分之", "?", "1亿"]
)
def test_a_quote_of_any_length_is_compared_at_once(repeated):
    before = time.process_time()
    compare(f"{repeated * 1000}元5%", "5%")
    assert time.process_time() - before < 1


def check_text(tmp_path, text, stated=(), excluded=(), encoding="utf-8"):
    """Check rows that quote a text of their own, and give the rules that they break."""
    own = shutil.copytree(MISTAKES / "reference", tmp_path / "reference")
    documents = read_csv(own / "documents.csv")
    plan = documents.id.eq("minghu-2024-plan")
    checksum = sha256(text.encode(encoding)).hexdigest()
    documents.assign(sha256=documents.sha256.mask(plan, checksum)).to_csv(
        own / "documents.csv", index=False
    )
    (tmp_path / "plan.txt").write_text(text, encoding)
    coded = tmp_path / "coded"
    coded.mkdir()
    for name, columns, rows in (("plan", CODED, stated), ("excluded", EXCLUDED, excluded)):
        lines = [",".join(name_columns(columns)), *(f"minghu-2024-plan,{row}" for row in rows)]
        (coded / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    found = check(coded, documents=tmp_path, reference=own).rule
    # Where nothing is stated the table has a header alone.
    return found[found.ne("passed over")].tolist()


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (1, ["numeral not accounted for"]),
        (2, []),
        (3, ["numeral accounted for twice"]),
    ],
)
def test_rows_of_one_quote_take_its_equal_numerals_in_turn(tmp_path, rows, found):
    text = "1号楼和1号院"
    assert check_text(tmp_path, text, excluded=[f"{text},1,1,name"] * rows) == found


STATED = "minghu,charging_points,level,target,2024"


@pytest.mark.parametrize(
    ("occurrences", "found"),
    [
        ("12", []),
        ("11", ["numeral not accounted for"]),
        ("13", ["quote not in the text", "numeral not accounted for"]),
    ],
)
def test_a_quote_stands_for_its_own_occurrence_alone(tmp_path, occurrences, found):
    stated = [
        f"{n},{STATED},300个,充电桩300个,,{occurrence},,A,again {n}"
        for n, occurrence in enumerate(occurrences, 1)
    ]
    assert check_text(tmp_path, "充电桩300个,再添充电桩300个。", stated) == found


@pytest.mark.parametrize("figure", ["30,充电桩30,个", "00个,00个,"])
def test_a_figure_accounts_for_no_numeral_that_it_is_a_part_of(tmp_path, figure):
    stated = [f"1,{STATED},{figure},1,,A,"]
    assert "numeral not accounted for" in check_text(tmp_path, "充电桩300个", stated)


def test_a_text_that_is_not_utf_8_is_not_asked_for_too(tmp_path):
    stated = [f"1,{STATED},300个,充电桩300个,,1,,A,"]
    assert check_text(tmp_path, "充电桩300个", stated, encoding="gbk") == ["not UTF-8"]


def test_quotes_and_numerals_are_counted_as_found_and_not_as_free_of_problems(capsys):
    call = ["--reference", str(MISTAKES / "reference"), "--documents", str(MISTAKES / "documents")]
    said = {}
    for name in ("quote-not-in-the-text", "numeral-as-figure-and-excluded"):
        main(["check", str(MISTAKES / name / "coded"), *call])
        said[name] = capsys.readouterr().out.splitlines()[-1]
    assert said == {
        "quote-not-in-the-text": "1 text: 4 of 5 quotes found, 4 of 4 numerals accounted for.",
        "numeral-as-figure-and-excluded": (
            "1 text: 5 of 5 quotes found, 3 of 4 numerals accounted for."
        ),
    }
