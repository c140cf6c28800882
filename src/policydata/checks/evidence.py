"""Where quotes and numerals stand in the texts: what a check says of them, and what it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from policydata.numerals import NUMERAL

__all__ = ["Evidence", "look_up"]

# How much of the text a person sees around a numeral.
_AROUND = 8
Span = tuple[int, int]


class Evidence(NamedTuple):
    """Statements and excluded numerals whose text is there, and every numeral of the texts.

    `stated` and `excluded` have in `start` where the quote stands (missing where it does not);
    `numerals` has one row a numeral of a text, with `document`, `line`, `numeral`, the text
    `around` it and how many rows account for it (`times`).
    """

    stated: pd.DataFrame
    excluded: pd.DataFrame
    numerals: pd.DataFrame


def look_up(coded: pd.DataFrame, excluded: pd.DataFrame, texts: Mapping[str, str]) -> Evidence:
    """Look up every quote whose text is there, then account for every numeral of the texts."""
    stated, others = _locate_quotes(coded, texts), _locate_quotes(excluded, texts)
    numerals = [
        row
        for document, text in texts.items()
        for row in _account(
            document, text, *(rows[rows.document.eq(document)] for rows in (stated, others))
        )
    ]
    columns = ["document", "line", "numeral", "around", "times"]
    return Evidence(stated, others, pd.DataFrame(numerals, columns=columns))


def _locate_quotes(rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Find where the quotes of rows whose text is there stand, at their occurrence."""
    rows = rows[rows.document.isin(texts) & rows.quote.ne("")]
    starts = [_locate(texts[row.document], row) for row in rows.itertuples()]
    return rows.assign(start=pd.Series(starts, index=rows.index, dtype="Int64"))


def _locate(text: str, row: Any) -> int | None:
    """Find where a quote stands at its occurrence."""
    start = -1
    times = int(row.occurrence) if row.occurrence.isdecimal() else 1
    for _ in range(max(times, 1)):
        start = text.find(row.quote, start + 1)
        if start < 0:
            return None
    return start


def _account(
    document: str, text: str, stated: pd.DataFrame, excluded: pd.DataFrame
) -> list[tuple[str, int, str, str, int]]:
    """Count for each numeral of a text the rows that account for it."""
    figures, others = _cover_stated(stated), _cover_excluded(excluded)
    rows = []
    for start, end in (match.span() for match in NUMERAL.finditer(text)):
        inside = any(first <= start and end <= last for first, last in figures)
        around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        line = text.count("\n", 0, start) + 1
        rows.append((document, line, text[start:end], around, inside + others[start, end]))
    return rows


def _cover_stated(rows: pd.DataFrame) -> set[Span]:
    """List the stretches of the text that statements' figures stand in."""
    covered = set()
    for row in rows.dropna(subset="start").itertuples():
        inside = row.quote.find(row.value_text)
        if inside >= 0:
            covered.add((row.start + inside, row.start + inside + len(row.value_text)))
    return covered


def _cover_excluded(rows: pd.DataFrame) -> Counter[Span]:
    """Count how often each numeral is excluded; rows of one quote take its numerals in turn."""
    covered: Counter[Span] = Counter()
    for row in rows.dropna(subset="start").itertuples():
        spans = [
            (row.start + match.start(), row.start + match.end())
            for match in NUMERAL.finditer(row.quote)
            if match[0] == row.numeral
        ]
        free = [span for span in spans if not covered[span]]
        covered.update((free or spans)[:1])
    return covered
