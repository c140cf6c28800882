"""Charts speak two languages: every word of every vocabulary, in the declared order."""

import re

import pytest

from policydata import schema as vocabulary
from policydata.charts.words import WORDS, order_words, say, say_word, translate
from policydata.load import load_documents
from policydata.schema import HAZARDS, LANGUAGES, STATES

DECLARED = {
    "status": vocabulary.STATUSES,
    "measure": vocabulary.MEASURES,
    "comparator": vocabulary.COMPARATORS,
    "reliability": vocabulary.RELIABILITIES,
    "domain": vocabulary.DOMAINS,
    "met": vocabulary.ANSWERS,
    "next_target": vocabulary.CHANGES,
    "step": vocabulary.STEPS,
    "state": STATES,
    "hazard": tuple(HAZARDS),
}


@pytest.mark.parametrize("name", DECLARED)
def test_a_vocabulary_is_spoken_whole_and_in_its_declared_order(name: str) -> None:
    own = {"measure": ("gap",)}.get(name, ())
    assert tuple(WORDS[name]) == (*DECLARED[name], *own)


def test_every_kind_of_document_has_a_name() -> None:
    assert set(load_documents().doc_type) <= set(WORDS["doc_type"])


@pytest.mark.parametrize("name", WORDS)
def test_two_words_of_one_vocabulary_are_never_the_same_word(name: str) -> None:
    for number in range(len(LANGUAGES)):
        said = [pair[number] for pair in WORDS[name].values()]
        assert len(set(said)) == len(said) or name == "phrase", said
        assert all(said)


def test_neither_language_borrows_words_of_the_other() -> None:
    for english, chinese in (pair for words in WORDS.values() for pair in words.values()):
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", english)
        assert not re.search(r"[A-Za-z]{2}", re.sub(r"\{\w+\}", "", chinese))


def test_a_word_is_said_in_the_language_asked_for() -> None:
    assert [say("status", "target", lang) for lang in LANGUAGES] == ["target", "目标"]
    assert say_word("target_comparator", ">=", "zh") == "以上"
    assert say_word("place", "hebi", "zh") == "hebi"


def test_values_stand_in_the_order_of_their_vocabulary_then_as_they_come() -> None:
    assert order_words("status", ["outcome", "target"]) == ["target", "outcome"]
    assert order_words("met", ["b", "met", "a", "missed", "b"]) == ["missed", "met", "b", "a"]


def test_a_saying_is_translated_from_any_language_and_unknown_text_stays() -> None:
    said = [translate(text, "zh") for text in ("target", "目标", "Hebi", "X")]
    assert said == ["目标", "目标", "鹤壁市", "X"]
    assert translate("下限：以上、超过", "en") == "floor: at least, more than"
    assert translate("河南省：实际值", "en") == "Henan: outcome"
