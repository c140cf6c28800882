"""Statements held against the texts: every quote at its occurrence, every numeral accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pandas as pd

from policydata.checks.coding import Coding, report
from policydata.coded import list_problems
from policydata.errors import RULES
from policydata.numerals import NUMERAL

__all__ = ["count_numerals", "list_source_problems"]

Span = tuple[int, int]


def list_source_problems(coding: Coding) -> pd.DataFrame:
    """Run the rules that need the texts."""
    rules = (text_not_found, quote_not_found, numeral_not_in_its_quote, numeral_not_accounted_for)
    return pd.concat([rule(coding) for rule in rules], ignore_index=True)


def count_numerals(coding: Coding) -> tuple[int, int]:
    """Count the numerals that are accounted for, and all of the texts."""
    known = sum(len(NUMERAL.findall(text)) for text in _texts(coding).values())
    return known - len(numeral_not_accounted_for(coding)), known


def text_not_found(coding: Coding) -> pd.DataFrame:
    """Find documents read in full whose text is not in the folder."""
    table = coding.reference["documents"]
    wanted = table[table.scope.eq("full_text") & ~table.id.isin(_texts(coding))]
    rows = coding.coded[coding.coded.document.isin(wanted.id)].drop_duplicates("document")
    return report(rows, "document", "text not found", "a .txt with the checksum in documents.csv")


def quote_not_found(coding: Coding) -> pd.DataFrame:
    """Find quotes that do not stand in the text, or not as often as their occurrence says."""
    both = pd.concat([coding.coded, coding.excluded], ignore_index=True)
    rows = both[both.document.isin(_texts(coding)) & both.quote.ne("")]
    lost = [_locate(_texts(coding)[row.document], row) is None for row in rows.itertuples()]
    return report(
        rows.loc[lost], "quote", "quote not in the text", "a run of the text, at its occurrence"
    )


def numeral_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    """Find excluded numerals that their quote does not hold as a whole numeral."""
    rows = coding.excluded
    lost = [row.numeral not in NUMERAL.findall(row.quote) for row in rows.itertuples()]
    return report(
        rows.loc[lost], "numeral", "numeral not in its quote", "a whole numeral of the quote"
    )


def numeral_not_accounted_for(coding: Coding) -> pd.DataFrame:
    """Find numerals of a text that no row accounts for, or a figure and an exclusion both."""
    found = []
    for document, text in _texts(coding).items():
        stated = _cover_statements(text, coding.coded[coding.coded.document.eq(document)])
        excluded = _cover_excluded(text, coding.excluded[coding.excluded.document.eq(document)])
        for span in (match.span() for match in NUMERAL.finditer(text)):
            inside = any(start <= span[0] and span[1] <= end for start, end in stated)
            times = inside + excluded[span]
            if times != 1:
                found.append(_describe(document, text, span, "not" if times == 0 else "twice"))
    return list_problems(found)


def _texts(coding: Coding) -> Mapping[str, str]:
    """Give the texts, none where no folder was named."""
    return coding.texts or {}


def _locate(text: str, row: object) -> int | None:
    """Find where a quote stands at its occurrence."""
    start = -1
    times = int(row.occurrence) if row.occurrence.isdecimal() else 1  # type: ignore[attr-defined]
    for _ in range(max(times, 1)):
        start = text.find(row.quote, start + 1)  # type: ignore[attr-defined]
        if start < 0:
            return None
    return start


def _cover_statements(text: str, rows: pd.DataFrame) -> set[Span]:
    """List the stretches of the text that statements' figures stand in."""
    covered = set()
    for row in rows.itertuples():
        start, inside = _locate(text, row), row.quote.find(row.value_text)
        if start is not None and inside >= 0 and row.quote:
            covered.add((start + inside, start + inside + len(row.value_text)))
    return covered


def _cover_excluded(text: str, rows: pd.DataFrame) -> Counter[Span]:
    """Count how often each numeral is excluded; rows of one quote take its numerals in turn."""
    covered: Counter[Span] = Counter()
    for row in rows.itertuples():
        start = _locate(text, row)
        if start is None:
            continue
        spans = [
            (start + match.start(), start + match.end())
            for match in NUMERAL.finditer(row.quote)
            if match[0] == row.numeral
        ]
        free = [span for span in spans if not covered[span]]
        covered.update((free or spans)[:1])
    return covered


def _describe(document: str, text: str, span: Span, how: str) -> dict[str, str]:
    """Make the problem of one numeral, with a little of the text around it."""
    rule = f"numeral {how} accounted for"
    around = text[max(0, span[0] - 8) : span[1] + 8].replace("\n", " ")
    return {
        "file": document,
        "row": str(text.count("\n", 0, span[0]) + 1),
        "column": "numeral",
        "value": text[span[0] : span[1]],
        "level": RULES[rule],
        "rule": rule,
        "allowed": f"one statement or one row of excluded.csv, for “{around}”",
        "nearest": "",
    }
