"""What is known of a text before its figures are read: document, place, day, names, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from policydata.coder.guesses import (
    Vocabulary,
    guess_document_place,
    list_indicators,
    list_places,
)
from policydata.coder.positions import FoldedText, fold_text
from policydata.messages import say
from policydata.names import find_places
from policydata.tables import index_table
from policydata.units import Units, index_units

# How many characters of a text may tell its day.
_HEAD = 600


class Source(NamedTuple):
    """A text and what is known of it.

    `above` are the places to which its place belongs; `indicators` has the row of each indicator.
    """

    text: FoldedText
    document: str
    place: str
    published: str
    reports_last_year: bool
    above: frozenset[str]
    places: Vocabulary
    names: Vocabulary
    indicators: Mapping[str, Mapping[str, str]]
    units: Units
    reference: Mapping[str, pd.DataFrame]


def take_source(
    text: str, document: str, reference: Mapping[str, pd.DataFrame], place: str, published: str
) -> Source:
    """Gather what is known of a text.

    Raises
    ------
    ValueError
        If the place is not known, or `published` is not a day.
    """
    folded = fold_text(text)
    table, indicators = reference["places"], reference["indicators"]
    places = list_places(table)
    own = find_document_place(folded.folded, document, table, place)
    listed = index_table(reference["documents"], "id").published.get(document, "")
    title = next((line for line in folded.folded.splitlines() if line.strip()), "")
    return Source(
        folded,
        document,
        own,
        _take_day(published) or listed or guess_day(folded.folded),
        "工作报告" in title,
        frozenset(_list_above(own, table)),
        places,
        list_indicators(indicators),
        index_table(indicators, "code").to_dict("index"),
        index_units(reference["units"]),
        reference,
    )


def find_document_place(folded: str, document: str, table: pd.DataFrame, place: str = "") -> str:
    """Find the id of the place of a document: the one that is given, else guessed, else blank.

    Raises
    ------
    ValueError
        If the place is not known.
    """
    if place:
        return find_places([place], table)[0]
    return guess_document_place(folded, document, list_places(table), table.id)


def guess_day(folded: str) -> str:
    """Guess the day of publication by the first day that the first lines of a text name.

    Examples
    --------
    >>> guess_day("来源:日报 2024年9月29日"), guess_day("增长7%")
    ('2024-09-29', '')
    """
    day = r"(20[0-9]{2})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})(?![0-9])"
    found = re.search(day, folded[:_HEAD])
    return "-".join(f"{int(part):02}" for part in found.groups()) if found else ""


def _take_day(written: str) -> str:
    """Take a day, a month or a year, or refuse what is none of them."""
    form = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
    if written and not re.fullmatch(form, written, re.ASCII):
        raise ValueError(say('"{day}" is not a day such as 2023-01-31.', day=written))
    return written


def _list_above(place: str, table: pd.DataFrame) -> Iterator[str]:
    """List the places to which a place belongs."""
    parents = dict(zip(table.id, table.parent, strict=True))
    seen = {place}
    while (place := parents.get(place, "")) and place not in seen:
        seen.add(place)
        yield place
