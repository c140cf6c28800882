"""A comparator is described once: its words, its open side, its mirror image."""

from math import isnan

import pytest

from policydata.bounds import BOUNDS, choose_comparator
from readings import read_each


def test_a_comparator_leaves_open_the_side_that_it_does_not_bound():
    ends = {sign: bound.close(5) for sign, bound in BOUNDS.items()}
    assert [sign for sign, (low, _) in ends.items() if isnan(low)] == ["<", "<="]
    assert [sign for sign, (_, high) in ends.items() if isnan(high)] == [">=", ">"]
    assert ends["="] == ends["~"] == (5, 5)


def test_a_decrease_turns_every_comparator_round():
    turned = " ".join(f"{sign}{bound.mirrored}" for sign, bound in BOUNDS.items())
    assert turned == "<> <=>= ~~ == rangerange >=<= ><"


def test_a_word_has_one_comparator():
    words = [w for bound in BOUNDS.values() for w in (*bound.before, *bound.alone, *bound.behind)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize("sign", sorted(BOUNDS.keys() - {"range"}))
def test_every_listed_word_is_read_as_its_comparator_says(sign):
    bound = BOUNDS[sign]
    before = [f"{word}5%" for word in (*bound.before, *bound.alone) if word != "上"]
    read = read_each(" ".join([*before, *(f"5%{word}" for word in bound.behind)]))
    assert {answer.split()[1] for answer in read.values()} == {sign}


@pytest.mark.parametrize(
    ("signs", "chosen"),
    [
        ("", "="),
        ("= =", "="),
        ("= >", ">"),
        ("> >=", ">="),
        ("< <=", "<="),
        ("~ ~", "~"),
        ("~ >=", None),
        ("<= ~", None),
        ("< >", None),
    ],
)
def test_of_two_bounds_that_agree_the_weaker_holds(signs, chosen):
    assert choose_comparator(signs.split()) == chosen


def test_what_is_kept_within_about_a_number_is_about_it():
    assert choose_comparator(["<=", "~"], controlled=True) == "~"
    assert choose_comparator(["<=", ">"], controlled=True) is None
