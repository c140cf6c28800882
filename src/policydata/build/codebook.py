"""The codebook: every column, vocabulary and word, written from the records that the code reads."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.columns import Column
from policydata.schema import CODED, DOMAINS, EXCLUDED, HAZARDS, REASONS, REFERENCE, STATEMENTS
from policydata.tables import read_data_version, read_table
from policydata.wording import DECREASES, DISTANCES, INCREASES, PER

__all__ = ["describe_data"]

_TABLES: tuple[tuple[str, str, Sequence[Column]], ...] = (
    ("Coded tables", "`coded/<place>.csv`, typed by people; every cell is text.", CODED),
    ("Excluded numerals", "`coded/excluded.csv`: numerals that are not figures.", EXCLUDED),
    ("Tidy table", "`load_statements()`: one row a statement.", STATEMENTS),
    *((name.title(), f"`reference/{name}.csv`.", columns) for name, columns in REFERENCE.items()),
)


_READ_OVER = (
    "Read over: when (2023年, 前三季度, 连续8年), what the figure is compared with (比上年, "
    "较2020年), and nouns without a character that could bound, direct or count. A word of that "
    "kind that is not known, a unit that `units.csv` does not hold, or a second number is refused."
)


def describe_data(indicators: pd.DataFrame | None = None, version: str | None = None) -> str:
    """Write the codebook as Markdown: of these indicators and this data version, else of ours."""
    version = version or read_data_version()
    parts = [
        "# Codebook",
        f"Made by `policydata build`; data version {version}. Edit the code's records "
        "(`schema.py`, `wording.py`, `hazards.py`) or the reference tables, not this page.",
        *(_describe_table(*table) for table in _TABLES),
        _describe_words(),
        "## What each hazard says\n\n"
        + "\n".join(f"- `{name}`: {HAZARDS[name]}." for name in HAZARDS),
        f"## Reasons to exclude a numeral\n\n{_list(REASONS)}, `part_of:n`",
        _describe_indicators(read_table("indicators") if indicators is None else indicators),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_table(title: str, note: str, columns: Sequence[Column]) -> str:
    """Describe the columns of one table."""
    lines = ["| column | kind | blank | meaning |", "|---|---|---|---|"]
    for column in columns:
        words = f"; one of {_list(column.words)}" if column.words else ""
        blank = "" if column.required else "yes"
        lines.append(f"| `{column.name}` | {column.kind} | {blank} | {column.meaning}{words} |")
    return f"## {title}\n\n{note}\n\n" + "\n".join(lines)


def _describe_words() -> str:
    """List the words that bound a figure, by comparator, and those that direct or replace it."""
    lines = [
        f"| `{sign}` | {' '.join((*bound.before, *bound.alone))} | {' '.join(bound.behind)} |"
        for sign, bound in BOUNDS.items()
    ]
    table = "| comparator | before the number | behind it |\n|---|---|---|\n" + "\n".join(lines)
    lists = {
        "Increase": INCREASES,
        "Decrease, a negative figure with a mirrored bound; 下降到 names a level": DECREASES,
        "Distance from what is named behind the word: 快于全省2个百分点": DISTANCES,
        "Denominator of the unit": PER,
    }
    listed = "\n".join(f"- {name}: {' '.join(words)}." for name, words in lists.items())
    return f"## Words that bound or direct a figure\n\n{table}\n\n{listed}\n\n{_READ_OVER}"


def _describe_indicators(table: pd.DataFrame) -> str:
    """List the indicators by domain, with their definitions and where these come from."""
    parts = ["## The indicators"]
    for domain in DOMAINS:
        rows = table[table.domain.eq(domain)]
        lines = [
            f"- `{row.code}` {row.name_zh}, {row.name_en}"
            f"{f' ({row.unit})' if row.unit else ''}. {row.definition} *{row.source}.*"
            for row in rows.itertuples()
        ]
        parts.append(f"### {domain.replace('_', ' ')}\n\n" + "\n".join(lines))
    return "\n\n".join(parts)


def _list(words: Sequence[str]) -> str:
    """Write words as code, separated by commas."""
    return ", ".join(f"`{word}`" for word in words)
