"""The guide of coding: rules that stand once in both languages, beside what the code knows."""

import re
from pathlib import Path

import pandas as pd
import pytest

from policydata.guide import SECTIONS, write_guide
from policydata.messages import speak
from policydata.schema import CODED, MEASURES, STATUSES
from policydata.tables import read_csv

RULES = read_csv(Path("data/guide.csv"))
TWO = pd.DataFrame(
    [["quote", "Be short.", "从简。"], ["doubts", "Never guess.", "不猜。"]],
    columns=["section", "en", "zh"],
)


@pytest.mark.parametrize(
    ("lang", "quote", "doubt"),
    [
        ("en", "## The quote\n\n- Be short.\n", "settled doubts\n\n1. Never guess.\n"),
        ("zh", "## 引文\n\n- 从简。\n", "处理规则\n\n1. 不猜。\n"),
    ],
)
def test_a_rule_stands_in_its_section_in_the_language_that_is_spoken(lang, quote, doubt):
    with speak(lang):
        guide = write_guide(TWO)
    assert quote in guide
    assert doubt in guide


def test_every_section_has_rules_and_every_rule_both_languages_once():
    assert set(RULES.section) == set(SECTIONS)
    assert RULES.ne("").all(axis=None)
    assert RULES.en.is_unique and RULES.zh.is_unique


def test_both_languages_of_a_rule_name_the_same_columns_words_and_statements():
    for rule in RULES.itertuples():
        named = [sorted(set(re.findall(r"`([\w:.-]+)`", text))) for text in (rule.en, rule.zh)]
        assert named[0] == named[1], rule.en


@pytest.mark.parametrize(("section", "words"), [("status", STATUSES), ("measure", MEASURES)])
def test_every_status_and_measure_has_its_rule(section, words):
    rules = RULES[RULES.section.eq(section)]
    assert set(words) <= {rule.split("`")[1] for rule in rules.en if "`" in rule}


def test_columns_and_bounds_come_from_the_records_of_the_code():
    guide = write_guide(TWO)
    assert all(f"| `{column.name}` |" in guide for column in CODED)
    assert "| `<=` | 不超过 " in guide


def test_a_rule_of_an_unknown_section_or_without_a_language_is_refused_with_its_address():
    faulty = pd.concat([TWO, TWO.assign(section="qoute", zh="")], ignore_index=True)
    with pytest.raises(ValueError) as refused:
        write_guide(faulty)
    listed = ", ".join(SECTIONS)
    assert str(refused.value).splitlines() == [
        f'guide.csv, row 4, column section: "qoute"; allowed: {listed}.',
        "guide.csv, row 4, column zh: blank; allowed: the rule.",
        f'guide.csv, row 5, column section: "qoute"; allowed: {listed}.',
        "guide.csv, row 5, column zh: blank; allowed: the rule.",
    ]
