"""The codebook: every column, vocabulary and word, written from the records that the code reads."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.columns import Column
from policydata.schema import (
    CODED,
    DIVISIONS,
    DOMAINS,
    EXCLUDED,
    HAZARDS,
    REASONS,
    REFERENCE,
    STATEMENTS,
)
from policydata.wording import DECREASES, DISTANCES, INCREASES, PER

TABLES: tuple[tuple[str, str, Sequence[Column]], ...] = (
    ("Coded tables", "`coded/<place>.csv`, typed by people; every cell is text.", CODED),
    ("Excluded numerals", "`coded/excluded.csv`: numerals that are not figures.", EXCLUDED),
    ("Tidy table", "`load_statements()`: one row per statement.", STATEMENTS),
    *((name.title(), f"`reference/{name}.csv`.", columns) for name, columns in REFERENCE.items()),
    (
        "Divisions",
        "`divisions.csv`: what `policydata init` copies into a table of places.",
        DIVISIONS,
    ),
)
READ_OVER = (
    "Ignored: when (2023年, 前三季度, 连续8年), what the figure is compared with (比上年, "
    "较2020年), and nouns without a character that could bound, direct or count. An unknown word "
    "with such a character, a unit that is not in `units.csv`, or a second number is refused."
)


def write_codebook(indicators: pd.DataFrame, version: str) -> str:
    """Write the codebook of these indicators and this version of the data as Markdown."""
    told = f"; data version {version}" if version else ""
    parts = [
        "# Codebook",
        f"Made by `policydata build`{told}. Edit the code's records "
        "(`schema.py`, `bounds.py`, `wording.py`) or the reference tables, not this page.",
        *(_describe_table(*table) for table in TABLES),
        _describe_words(),
        "## What each hazard means",
        "\n".join(f"- `{name}`: {meaning}." for name, meaning in HAZARDS.items()),
        f"## Reasons to exclude a numeral\n\n{_list(REASONS)}, `part_of:n`",
        "## The indicators",
        *(_describe_domain(name, indicators[indicators.domain.eq(name)]) for name in DOMAINS),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_table(title: str, note: str, columns: Sequence[Column]) -> str:
    lines = [f"## {title}\n\n{note}\n", "| column | kind | blank | meaning |", "|---|---|---|---|"]
    for column in columns:
        words = f"; one of {_list(column.words)}" if column.words else ""
        blank = "" if column.required else "yes"
        lines.append(f"| `{column.name}` | {column.kind} | {blank} | {column.meaning}{words} |")
    return "\n".join(lines)


def _describe_words() -> str:
    """List the words that bound a figure, by comparator, and those that direct or replace it."""
    bounds = [
        f"| `{sign}` | {' '.join((*bound.before, *bound.alone))} | {' '.join(bound.behind)} |"
        for sign, bound in BOUNDS.items()
    ]
    lists = {
        "Increase": INCREASES,
        "Decrease (a negative figure with a mirrored bound; 下降到 names a level)": DECREASES,
        "Distance from what is named after the word (快于全省2个百分点)": DISTANCES,
        "Denominator of the unit": PER,
    }
    parts = [
        "## Words that bound or direct a figure",
        "\n".join(["| comparator | before the number | after it |", "|---|---|---|", *bounds]),
        "\n".join(f"- {name}: {' '.join(words)}." for name, words in lists.items()),
        READ_OVER,
    ]
    return "\n\n".join(parts)


def _describe_domain(domain: str, indicators: pd.DataFrame) -> str:
    """List the indicators of a domain, with their definitions and where these come from."""
    lines = [
        f"- `{row.code}` {row.name_zh}, {row.name_en}"
        f"{f' ({row.unit})' if row.unit else ''}. {row.definition} *{row.source}.*"
        for row in indicators.itertuples()
    ]
    return "\n".join([f"### {domain.replace('_', ' ')}", "", *lines])


def _list(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
