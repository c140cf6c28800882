"""Statements held against the texts: every quote at its occurrence, every numeral accounted for."""

from __future__ import annotations

import pandas as pd

from policydata.checks.coding import Coding, report
from policydata.errors import RULES
from policydata.numerals import NUMERAL

__all__ = ["list_source_problems"]

_WANTED = "a .txt with the checksum in documents.csv"


def list_source_problems(coding: Coding) -> pd.DataFrame:
    """Run the rules that need the texts."""
    rules = (text_not_there, quote_not_found, numeral_not_in_its_quote, numeral_not_accounted_for)
    found = [coding.unread_texts, *(rule(coding) for rule in rules)]
    return pd.concat(found, ignore_index=True)


def text_not_there(coding: Coding) -> pd.DataFrame:
    """Find documents read in full whose text is not in the folder: noted, or an error if asked."""
    table = coding.reference["documents"]
    undecoded = coding.unread_texts.value[coding.unread_texts.rule.eq("not UTF-8")]
    opened = {*(coding.texts or {}), *undecoded}
    wanted = table[table.scope.eq("full_text") & ~table.id.isin(opened)]
    rows = pd.concat([coding.coded, coding.excluded]).drop_duplicates("document")
    rows = rows[rows.document.isin(wanted.id)]
    if coding.all_documents:
        return report(rows, "document", "text not found", _WANTED)
    return report(rows, "document", "quotes not looked up", f"{_WANTED}, to look its quotes up")


def quote_not_found(coding: Coding) -> pd.DataFrame:
    """Find quotes that do not stand in the text, or not as often as their occurrence says."""
    rows = pd.concat([coding.evidence.stated, coding.evidence.excluded], ignore_index=True)
    rows = rows[rows.start.isna()]
    return report(rows, "quote", "quote not in the text", "a run of the text, at its occurrence")


def numeral_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    """Find excluded numerals that their quote does not hold as a whole numeral."""
    rows = coding.excluded
    lost = [row.numeral not in NUMERAL.findall(row.quote) for row in rows.itertuples()]
    return report(
        rows.loc[lost], "numeral", "numeral not in its quote", "a whole numeral of the quote"
    )


def numeral_not_accounted_for(coding: Coding) -> pd.DataFrame:
    """Find numerals of a text that no row accounts for, or a figure and an exclusion both."""
    numerals = coding.evidence.numerals
    rows = numerals[numerals.times.ne(1)].rename(columns={"document": "file", "line": "row"})
    rule = rows.times.eq(0).map(
        {True: "numeral not accounted for", False: "numeral twice accounted for"}
    )
    allowed = "one statement or one row of excluded.csv, for “" + rows.around + "”"
    facts = {"column": "numeral", "value": rows.numeral, "level": rule.map(RULES), "rule": rule}
    return rows[["file", "row"]].assign(**facts, allowed=allowed, nearest="")
