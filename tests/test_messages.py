"""Messages in both languages: chosen by a person or by the locale, with the same values."""

import re
from pathlib import Path

import pytest

import policydata
from policydata.__main__ import main
from policydata.commands import find_language, read_call
from policydata.messages import read_locale, say, speak
from policydata.problems import say_count
from policydata.tables import read_csv
from said import list_records, list_said

SAME_IN_BOTH = {"<document>:<n>"}
SPOKEN = read_csv(Path(policydata.__file__).with_name("messages.csv"))


def test_a_sentence_is_said_in_the_language_that_is_spoken_and_only_there():
    with speak("zh"):
        assert say('"{path}" is not a folder.', path="data") == "“data”不存在，或不是文件夹。"
    assert say('"{path}" is not a folder.', path="data") == '"data" is not a folder.'


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "zh"),
    ],
)
def test_the_first_locale_that_is_set_decides_the_language(environment, language):
    assert read_locale(environment) == language


def test_every_sentence_stands_once_in_order_with_the_same_words_in_braces():
    assert SPOKEN.en.tolist() == sorted(set(SPOKEN.en))
    braces = [
        [sorted(re.findall(r"{\w*}", text)) for text in SPOKEN[lang]] for lang in ("en", "zh")
    ]
    assert braces[0] == braces[1]


def test_every_sentence_that_is_said_has_its_chinese_and_no_chinese_is_left_over():
    assert sorted((list_said() | list_records()) ^ set(SPOKEN.en)) == []


def test_a_sentence_without_values_may_hold_braces():
    assert say("{hebi} is 5%") == "{hebi} is 5%"


def test_a_count_has_its_noun_in_both_languages():
    assert [say_count(number, "error") for number in (0, 1, 2)] == [
        "0 errors",
        "1 error",
        "2 errors",
    ]
    with speak("zh"):
        assert [say_count(number, "error") for number in (1, 2)] == ["1 个错误", "2 个错误"]


def test_chinese_has_its_own_marks_and_none_of_its_sentences_is_english():
    for english, chinese in zip(SPOKEN.en, SPOKEN.zh, strict=True):
        if re.search("[a-z]{3}", re.sub(r"{\w+}", "", english)) and english not in SAME_IN_BOTH:
            assert re.search("[一-龥：。]", chinese), english
        assert not re.search(r"[一-龥][,;:?!()]|[,;:?!(][一-龥]", chinese), chinese


@pytest.mark.parametrize(
    ("call", "locale", "language"),
    [
        (["build"], "zh_CN.UTF-8", "zh"),
        (["build", "--lang", "en"], "zh_CN.UTF-8", "en"),
        (["check", "--lang=zh"], "C", "zh"),
        (["check", "--lang"], "zh_CN.UTF-8", "zh"),
        (["build", "--lang", "fr"], "C", "en"),
    ],
)
def test_a_call_says_its_language_or_else_the_locale_does(call, locale, language, monkeypatch):
    monkeypatch.setenv("LC_ALL", locale)
    assert find_language(call) == language


def test_where_the_locale_is_chinese_a_build_speaks_it_and_still_draws_english_figures(
    monkeypatch, capsys, tmp_path
):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)
    assert main(["build"]) == 2
    assert re.search("[一-龥]", capsys.readouterr().err)
    with speak("zh"):
        assert read_call(["build"]).lang == "en"
