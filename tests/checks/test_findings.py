"""What a check found: sentences for a person, or one JSON document for a program."""

import json

import pytest

from mistaken import MISTAKES
from policydata.__main__ import main

OURS = ["--reference", str(MISTAKES / "reference")]
TEXTS = ["--documents", str(MISTAKES / "documents")]


def run_json(capsys, mistake, *options):
    """Check one mistake as JSON; give the status and what was printed."""
    call = ["check", str(MISTAKES / mistake / "coded"), "--format", "json", *OURS, *options]
    status = main(call)
    return status, capsys.readouterr().out


def test_json_counts_and_has_each_problem_with_its_message(capsys):
    status, printed = run_json(capsys, "unknown-place")
    problem = {
        "file": "tests/mistakes/unknown-place/coded/news.csv",
        "row": "2",
        "column": "place",
        "value": "mingho",
        "level": "error",
        "rule": "unknown place",
        "allowed": "id in places.csv",
        "nearest": "minghu",
        "message": 'unknown place: "mingho"; allowed: id in places.csv; nearest: minghu',
    }
    counts = {"statements": 4, "documents": 2, "errors": 1, "reviews": 0, "notes": 0}
    assert (status, json.loads(printed)) == (1, counts | {"problems": [problem]})


def test_with_texts_json_counts_quotes_and_numerals_too(capsys):
    status, printed = run_json(capsys, "clean", *TEXTS)
    counts = {"statements": 7, "documents": 2, "errors": 0, "reviews": 0, "notes": 0}
    looked_up = {"texts": 1, "quotes": 4, "quotes_found": 4}
    looked_up |= {"numerals": 4, "numerals_accounted_for": 4}
    assert (status, json.loads(printed)) == (0, counts | looked_up | {"problems": []})


def test_json_in_chinese_has_its_codes_in_english_and_its_signs_as_they_are(capsys):
    status, printed = run_json(capsys, "lost-digit", "--lang", "zh")
    problem = json.loads(printed)["problems"][0]
    assert (status, problem["rule"], problem["level"]) == (1, "unreadable figure", "error")
    assert problem["message"] == ("无法识别的数字：“2?0个”；应为：原文中完整的数字（此处缺了数字）")
    assert "原文中完整的数字" in printed


@pytest.mark.parametrize(
    ("lang", "closing"),
    [
        ("en", "7 statements of 2 documents: 0 errors, 0 reviews, 0 notes."),
        ("zh", "2 份文件，7 条陈述：0 个错误、0 处待复核、0 条提示。"),
    ],
)
def test_text_ends_with_what_was_checked_in_the_language_that_is_spoken(lang, closing, capsys):
    assert main(["check", str(MISTAKES / "clean/coded"), *OURS, *TEXTS, "--lang", lang]) == 0
    assert capsys.readouterr().out.splitlines()[-2] == closing


def test_a_format_that_there_is_not_ends_with_2(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["check", "--format", "xml"])
    assert ended.value.code == 2
    assert "text" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("mistake", "lang", "said"),
    [
        (
            "quote-not-in-the-text",
            "en",
            "1 text: 4 of 5 quotes found, 4 of 4 numerals accounted for.",
        ),
        (
            "numeral-not-accounted-for",
            "zh",
            "1 篇原文：引文 3 条，找到 3 条；数字 4 处，已登记 3 处。",
        ),
    ],
)
def test_what_is_not_found_in_the_texts_is_not_counted_as_found(mistake, lang, said, capsys):
    main(["check", str(MISTAKES / mistake / "coded"), *OURS, *TEXTS, "--lang", lang])
    assert capsys.readouterr().out.splitlines()[-1] == said
