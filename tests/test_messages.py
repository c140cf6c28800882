"""Messages in both languages: chosen by a person or by the locale, with the same values."""

import re
from pathlib import Path

import pytest

import policydata
from policydata.messages import read_locale, say, speak
from policydata.tables import read_csv

SPOKEN = read_csv(Path(policydata.__file__).with_name("messages.csv"))


def test_a_sentence_is_said_in_the_language_that_is_spoken_and_only_there():
    with speak("zh"):
        assert say('"{path}" is not a folder.', path="data") == "“data”不是文件夹。"
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
