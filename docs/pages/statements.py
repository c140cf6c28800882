"""Tables of statements: each with its figure, its words, its source, and a way to find it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from pages.markup import (
    join_parts,
    write_entries,
    write_facts,
    write_link,
    write_table,
    write_title,
)
from policydata.charts.words import (
    count_digits,
    name_period,
    name_scale,
    say,
    say_word,
    write_bounds,
)

# A page of the site, seen from a page in a folder of it.
_PLACE, _INDICATOR = "../places/{}.html", "../indicators/{}.html"
_EXPLORER, _DOCUMENT = "../explorer.html#{}", "../documents.html#{}"


def write_subject(
    subject: Any, spellings: Sequence[str], facts: Mapping[str, str], shown: str, listed: list[str]
) -> str:
    """Write the page of a place or an indicator: what it is, its figures, its statements."""
    return join_parts(
        write_entries([subject.name_en, subject.name_zh, *spellings]),
        write_title(subject.name_en, subject.name_zh),
        write_facts(facts),
        "## Figures",
        shown,
        "## Statements",
        *listed,
    )


def list_groups(
    rows: pd.DataFrame, column: str, words: Iterable[str], subject: str, head: str
) -> list[str]:
    """List the statements of a subject by the words of a column, each in a table of its own."""
    parts = []
    for word in words:
        own = rows[rows[column].eq(word)]
        if len(own):
            said = say_heading(column, word)
            table = write_table(tabulate(own, head), f"{subject}: {said}", list(own.statement_id))
            parts += [f"### {said}", table]
    return parts


def say_heading(vocabulary: str, word: str) -> str:
    """Say a word of a vocabulary as a heading does."""
    said = say_word(vocabulary, word, "en")
    return said[:1].upper() + said[1:]


def tabulate(rows: pd.DataFrame, head: str) -> pd.DataFrame:
    """Tabulate statements as HTML; `head` is the column that heads a row, place or indicator."""
    shown = [_show(row, head) for row in rows.itertuples()]
    columns = [head.title(), "Period", "Status", "Figure", "In the words of the document", "Source"]
    return pd.DataFrame(shown, columns=columns)


def _show(row: Any, head: str) -> list[str]:
    return [
        link_place(row) if head == "place" else link_indicator(row),
        escape(name_period(row.period, "en")),
        escape(say_word("status", row.status, "en")),
        escape(write_figure(row)),
        _write_words(row),
        _write_source(row),
    ]


def link_place(row: Any) -> str:
    """Link a place by its English name."""
    return write_link(escape(row.place_en), _PLACE.format(row.place))


def link_indicator(row: Any) -> str:
    """Link an indicator by its English name, and name its measure."""
    link = write_link(escape(row.indicator_en), _INDICATOR.format(row.indicator))
    measure = say_word("measure", row.measure, "en")
    return link if row.measure == "level" else f"{link}, {measure}"


def link_filter(column: str, value: str, text: str, up: str = "../") -> str:
    """Link the statements that have a value in a column, in the explorer."""
    return write_link(text, f"{up}explorer.html#{column}={value}")


def link_statement(statement: str, text: str) -> str:
    """Link a statement in the explorer."""
    return write_link(text, _EXPLORER.format(statement))


def write_figure(row: Any) -> str:
    """Write a figure with its bound in the standard unit, scaled; blank if it has no number."""
    if pd.isna(row.value_std):
        return ""
    return write_reading(row, *name_scale(abs(row.value_std), row.unit_std, "en"))


def write_reading(row: Any, scale: float, unit: str) -> str:
    """Write how a figure is read, with its bound, in a scaled unit; blank if it has no number."""
    if pd.isna(row.value_std):
        return ""
    value, low, high = (number / scale for number in (row.value_std, row.low_std, row.high_std))
    pairs = [(value, row.value), (low, row.low), (high, row.high)]
    digits = max(count_digits(at, written) for at, written in pairs if pd.notna(at))
    written = write_bounds(row.comparator, value, low, high, row.unit_std, "en", digits)
    if row.unit_std == "rank":
        return f"{unit} {written}"
    return written if unit in ("%", say("phrase", "number", "en")) else f"{written} {unit}"


def _write_words(row: Any) -> str:
    """Write the quote with the figure in it set off, or the figure alone."""
    before, found, after = row.quote.partition(row.value_text)
    if not found:
        return f'<b lang="zh">{escape(row.value_text)}</b>'
    parts = f"{escape(before)}<b>{escape(found)}</b>{escape(after)}"
    return f'<span lang="zh">{parts}</span>'


def _write_source(row: Any) -> str:
    """Link the document, and the statement by its number in it."""
    number = row.statement_id.rpartition(":")[2]
    source = write_link(escape(row.document), _DOCUMENT.format(row.document))
    label = f'<span class="visually-hidden">statement </span>{number}'
    return f"{source} {link_statement(row.statement_id, label)}"


def count(number: int, noun: str) -> str:
    """Write a number of things.

    Examples
    --------
    >>> count(1, "document"), count(1371, "statement")
    ('1 document', '1,371 statements')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
