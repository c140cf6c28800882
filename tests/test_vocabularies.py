"""Words of vocabularies are translated once, whole and in their order."""

from pathlib import Path

import pytest

import policydata
from policydata import load_units, schema
from policydata.messages import speak
from policydata.tables import read_csv
from policydata.vocabularies import read_vocabularies, say_words, translate_word

WORDS = read_csv(Path(policydata.__file__).with_name("vocabularies.csv"))
DECLARED = {
    "status": schema.STATUSES,
    "measure": schema.MEASURES,
    "comparator": schema.COMPARATORS,
    "reliability": schema.RELIABILITIES,
    "doc_type": schema.DOC_TYPES,
    "scope": schema.SCOPES,
    "better": schema.DIRECTIONS,
    "place_level": schema.PLACE_LEVELS,
    "level": schema.LEVELS,
    "met": schema.ANSWERS,
    "next_target": schema.CHANGES,
    "change": schema.ALTERATIONS,
    "step": schema.STEPS,
    "agreement": schema.AGREEMENTS,
    "state": schema.STATES,
    "reason": schema.REASONS,
    "domain": schema.DOMAINS,
    "hazard": tuple(schema.HAZARDS),
    "decision": schema.DECISIONS,
}
TYPED = (schema.DRAFT, schema.CODED, schema.EXCLUDED, *schema.REFERENCE.values())


@pytest.mark.parametrize("name", DECLARED)
def test_each_vocabulary_is_translated_whole_and_in_its_order(name):
    assert tuple(read_vocabularies()[name]) == DECLARED[name]


def test_no_vocabulary_of_the_schema_is_left_out():
    of_words = {
        value
        for name, value in vars(schema).items()
        if name[0] != "_"
        and isinstance(value, tuple)
        and all(isinstance(one, str) for one in value)
    }
    assert of_words - {*DECLARED.values()} == {schema.LANGUAGES, schema.SAME, schema.NAMED}


def test_each_dimension_of_a_shipped_unit_is_translated():
    assert {*read_vocabularies()["dimension"]} == {*load_units().dimension}


def test_each_column_that_people_type_has_a_heading():
    typed = dict.fromkeys(column.name for table in TYPED for column in table)
    assert {*read_vocabularies()["column"]} == {*typed}


def test_no_word_is_blank_or_twice_and_no_two_words_of_a_vocabulary_are_said_alike():
    assert WORDS.ne("").all(axis=None)
    for column in ("word", "en", "zh"):
        assert not WORDS.duplicated(["vocabulary", column]).any()


def test_a_word_is_said_in_the_language_asked_for_and_an_unknown_one_is_kept():
    said = [translate_word("measure", word, "zh") for word in ("growth_rate", "grwth")]
    assert said == ["增速", "grwth"]
    assert say_words("measure", ["level", "share"]) == "level, share"
    with speak("zh"):
        assert say_words("measure", ["level", "rate"]) == "level（总量）、rate"
