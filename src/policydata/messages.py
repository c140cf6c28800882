"""What the package says to a person, in English or in Chinese.

The code says it in English; `messages.csv` has each sentence in Chinese, with the same words in
braces.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")
# As POSIX orders them: the first that is set decides.
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")


@contextmanager
def speak(lang: str) -> Iterator[None]:
    """Say everything inside the block in a language."""
    before = _SPOKEN.set(lang)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def find_spoken() -> str:
    """Find the language that is spoken: en unless `speak` has set another."""
    return _SPOKEN.get()


def say(words: str, /, **values: object) -> str:
    """Say a sentence in the language that is spoken; braces in it are replaced by the values.

    Examples
    --------
    >>> say("{count} changed.", count=2)
    '2 changed.'
    """
    spoken = _read_chinese().get(words, words) if _SPOKEN.get() == "zh" else words
    return spoken.format_map(values) if values else spoken


def read_locale(environment: Mapping[str, str] = os.environ) -> str:
    """Read the language of a person from the locale: Chinese if it is Chinese, else English.

    Examples
    --------
    >>> read_locale({"LANG": "zh_CN.UTF-8"}), read_locale({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"})
    ('zh', 'en')
    """
    locale = next(filter(None, map(environment.get, _LOCALES)), "")
    return "zh" if locale.startswith("zh") else "en"


@cache
def _read_chinese() -> dict[str, str]:
    with Path(__file__).with_name("messages.csv").open(encoding="utf-8", newline="") as table:
        return {row["en"]: row["zh"] for row in csv.DictReader(table)}
