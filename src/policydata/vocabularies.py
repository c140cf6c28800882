"""The words of each vocabulary as a person reads them, in English and in Chinese.

They are in `vocabularies.csv`, by the column that holds them and in the order of `schema.py`; the
vocabulary `column` has the headings.  `place_level` has the levels of places, `level` those of
problems.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from policydata.messages import find_spoken, say


@cache
def read_vocabularies() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Read the words of each vocabulary, and each word by its language."""
    vocabularies: dict[str, dict[str, dict[str, str]]] = {}
    path = Path(__file__).with_name("vocabularies.csv")
    with path.open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            said = {"en": row["en"], "zh": row["zh"]}
            vocabularies.setdefault(row["vocabulary"], {})[row["word"]] = said
    return vocabularies


def translate_word(column: str, word: str, lang: str) -> str:
    """Say a word of a column's vocabulary; a word that is not in it is kept as it is.

    Parameters
    ----------
    column : str
        The column with the word, or `column` for the heading of a column.
    word : str
        The word as a table holds it.
    lang : {"en", "zh"}
        The language.

    Returns
    -------
    str
        The word as a person reads it.

    Examples
    --------
    >>> translate_word("status", "target", "zh"), translate_word("place", "hebi", "zh")
    ('目标', 'hebi')
    >>> translate_word("column", "status", "zh")
    '状态'
    """
    said = read_vocabularies().get(column, {}).get(word)
    return said[lang] if said else word


def say_words(column: str, words: Iterable[str]) -> str:
    """List words of a vocabulary; in Chinese each is explained.

    Examples
    --------
    >>> say_words("scope", ["excerpt", "full_text"])
    'excerpt, full_text'
    """
    return say(", ").join(explain_word(column, word) for word in words)


def explain_word(column: str, word: str) -> str:
    """Write a word of a vocabulary; in Chinese with what it means."""
    if find_spoken() == "en" or word not in read_vocabularies().get(column, {}):
        return word
    return f"{word}（{translate_word(column, word, 'zh')}）"
