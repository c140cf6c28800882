"""Comparison of quotes and numerals with the texts.

Each rule is a function named after the problem; it returns the offending rows, or none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from policydata.checks.inputs import Coding, report
from policydata.messages import say
from policydata.numerals import NUMERAL

# How much of the text a person sees around a numeral.
_AROUND = 8
_Span = tuple[int, int]
_TEXT = "a .txt with the checksum in documents.csv"
_TEXT_TO_LOOK_UP = "a .txt with the checksum in documents.csv, to look up its quotes"


class Evidence(NamedTuple):
    """Statements and excluded numerals whose text is given, and every numeral of the texts.

    `start` is the position of a quote, missing if it is not found.  `file` and `row` of a numeral
    are its document and line, `times` is the number of rows that account for it.
    """

    stated: pd.DataFrame
    excluded: pd.DataFrame
    numerals: pd.DataFrame


def look_up(coding: Coding) -> Evidence:
    """Look up every quote whose text is given, then account for every numeral of the texts."""
    texts = coding.texts or {}
    stated = _locate_quotes(coding.coded, texts)
    excluded = _locate_quotes(coding.excluded, texts)
    figures, others = _cover_figures(stated), _cover_numerals(excluded)
    numerals = [
        row
        for document, text in texts.items()
        for row in _account(document, text, figures[document], others[document])
    ]
    columns = ["file", "row", "numeral", "around", "times"]
    return Evidence(stated, excluded, pd.DataFrame(numerals, columns=columns))


def list_text_problems(coding: Coding, evidence: Evidence) -> pd.DataFrame:
    """List what is not found in the texts, or is not accounted for there."""
    found = [
        *(coding.unread_texts, _text_not_there(coding), _quote_not_found(evidence)),
        _numeral_not_accounted_for(evidence),
    ]
    return pd.concat(found, ignore_index=True)


def _locate_quotes(rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Find the positions of the quotes of rows whose text is given, at their occurrence."""
    rows = rows[rows.document.isin(texts)]
    rows = rows[rows.quote.ne("")]
    starts = [_locate(texts[row.document], row.quote, row.occurrence) for row in rows.itertuples()]
    return rows.assign(start=pd.Series(starts, index=rows.index, dtype="Int64"))


def _locate(text: str, quote: str, occurrence: str) -> int | None:
    start = -1
    times = int(occurrence) if occurrence.isdecimal() else 1
    for _ in range(max(times, 1)):
        start = text.find(quote, start + 1)
        if start < 0:
            return None
    return start


def _cover_figures(stated: pd.DataFrame) -> dict[str, set[_Span]]:
    """List, by document, the spans of text that the figures of statements cover."""
    covered = defaultdict(set)
    for row in stated.dropna(subset="start").itertuples():
        inside = row.quote.find(row.value_text)
        if inside >= 0:
            first = row.start + inside
            covered[row.document].add((first, first + len(row.value_text)))
    return covered


def _cover_numerals(excluded: pd.DataFrame) -> dict[str, Counter[_Span]]:
    """Count, by document, how often each numeral is excluded.

    Rows with the same quote take its equal numerals in turn.
    """
    covered: dict[str, Counter[_Span]] = defaultdict(Counter)
    for row in excluded.dropna(subset="start").itertuples():
        times = covered[row.document]
        found = [match for match in re.finditer(NUMERAL, row.quote) if match[0] == row.numeral]
        spans = [(row.start + match.start(), row.start + match.end()) for match in found]
        times.update(sorted(spans, key=lambda span: bool(times[span]))[:1])
    return covered


def _account(
    document: str, text: str, figures: set[_Span], others: Counter[_Span]
) -> Iterator[tuple[str, int, str, str, int]]:
    """Count for each numeral of a text the rows that account for it."""
    for match in re.finditer(NUMERAL, text):
        start, end = match.span()
        inside = any(first <= start and end <= last for first, last in figures)
        around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        line = text.count("\n", 0, start) + 1
        yield document, line, match[0], around, inside + others[start, end]


def _text_not_there(coding: Coding) -> pd.DataFrame:
    """Find documents read in full whose text is not in the folder: a note, or an error if asked."""
    table = coding.reference["documents"]
    undecoded = coding.unread_texts.value[coding.unread_texts.rule.eq("not UTF-8")]
    opened = {*(coding.texts or {}), *undecoded}
    wanted = table[table.scope.eq("full_text") & ~table.id.isin(opened)]
    rows = pd.concat([coding.coded, coding.excluded]).drop_duplicates("document")
    rows = rows[rows.document.isin(wanted.id)]
    if coding.all_documents:
        return report(rows, "document", "text not found", say(_TEXT))
    return report(rows, "document", "quotes not looked up", say(_TEXT_TO_LOOK_UP))


def _quote_not_found(evidence: Evidence) -> pd.DataFrame:
    rows = pd.concat([evidence.stated, evidence.excluded], ignore_index=True)
    rows = rows[rows.start.isna()]
    allowed = say("a passage of the text, at its occurrence")
    return report(rows, "quote", "quote not in the text", allowed)


def numeral_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    """Find excluded numerals that their quote does not hold, or not as often as they are typed.

    Where the text is given, it tells which numerals are accounted for twice.
    """
    rows = coding.excluded
    typed = rows.groupby(["document", "quote", "occurrence", "numeral"]).cumcount()
    typed = typed.mask(rows.document.isin(coding.texts or {}), 0)
    held = [re.findall(NUMERAL, row.quote).count(row.numeral) for row in rows.itertuples()]
    lost = (typed >= held).tolist()
    allowed = say("a whole numeral of the quote")
    return report(rows.loc[lost], "numeral", "numeral not in its quote", allowed)


def _numeral_not_accounted_for(evidence: Evidence) -> pd.DataFrame:
    """Find numerals that no row accounts for, or both a figure and an exclusion."""
    rows = evidence.numerals[evidence.numerals.times.ne(1)]
    asked = "one statement or one row of excluded.csv, for “{around}”"
    allowed = rows.around.map(lambda around: say(asked, around=around))
    lacks = rows.times.eq(0)
    parts = [(lacks, "numeral not accounted for"), (~lacks, "numeral accounted for twice")]
    found = [report(rows[part], "numeral", rule, allowed[part]) for part, rule in parts]
    return pd.concat(found)
