"""A check in Chinese: the same problems, no English but codes, file names and what was typed."""

import re

import pytest

from mistaken import FOLDERS, MISTAKES, find_problems
from policydata import schema
from policydata.messages import speak
from policydata.problems import describe_problem, describe_problems
from policydata.vocabularies import read_vocabularies

TABLES = (schema.CODED, schema.EXCLUDED, *schema.REFERENCE.values())
WORDS = {*(word for table in TABLES for column in table for word in column.words), *schema.REASONS}
CODES = {column.name for table in TABLES for column in table} | WORDS
CODES |= {*("document", "part_of", "policydata", "format", "encoding", "gb18030", "openpyxl")}
CODES |= {"workbook", "take"}
CODES |= {*read_vocabularies()["dimension"], "charging_points", "working_points_share", "CNY"}
NAMES = {*("UTF-8", "UTF-16", "LF", "CSV", "NUL", "BOM", "SHA-256", "GB", "ISO", "Excel", "zip")}
NAMES |= {"LibreOffice", "Office", "Open", "XML", "MB", "Q1", "G3", "http", "https"}
# What was typed, or is the name of a thing, not what is said about it.
TYPED = "|".join(
    [
        *(r"“[^”]*”", r"^\s*(?:coded|reference)(?=：)", r"[\w.-]+[/!][\w./!-]+"),
        *(r"[\w.-]*\.(?:csv|xlsx|txt)\b", r"(?:minghu|lushan)[\w:-]*"),
    ]
)


def list_english(text):
    """List the English words of a text that are neither codes nor names."""
    words = re.findall(r"[A-Za-z][\w-]*", re.sub(TYPED, " ", text, flags=re.MULTILINE))
    return [word for word in words if word not in CODES | NAMES and len(word) > 1]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_problems_are_the_same_and_no_english_is_left(folder):
    english = find_problems(folder)
    with speak("zh"):
        chinese = find_problems(folder)
        said = [describe_problems(chinese), *map(describe_problem, chinese.to_dict("records"))]
    same = ["file", "row", "column", "level", "rule"]
    assert chinese[same].equals(english[same])
    assert [list_english(text) for text in said] == [[]] * len(said)
    assert [list_english(text) for text in (*chinese.allowed, *chinese.nearest)] == [[]] * (
        2 * len(chinese)
    )
    assert not chinese[["allowed", "nearest"]].stack().str.contains(r"[,;] ").any()
    told = chinese.value[chinese.value.ne(english.value)]
    assert [value for value in told if not re.search("[一-龥：、]", value)] == []
    kept = {*chinese.value[chinese.value.eq(english.value)]}
    assert {value for value in kept if re.search("[a-z]{2} [a-z]{2}", value)} <= AS_TYPED


# Typed so in the tables of the mistakes.
AS_TYPED = {"Charging points"}


def test_a_line_reads_as_a_coder_of_chinese_reads_it():
    with speak("zh"):
        said = describe_problems(find_problems(MISTAKES / "unknown-place")).splitlines()
    assert said == [
        "地区未收录（错误，1 处）",
        "  coded/news.csv:2（place）：“mingho”；应为：places.csv 中的 id；最接近：minghu",
    ]
