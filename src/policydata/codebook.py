"""The codebook: every column, vocabulary and word, written from the records that the code reads.

It is written in the language that is spoken.  Definitions of indicators are English in both.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.columns import Column
from policydata.messages import find_spoken, say
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
from policydata.vocabularies import explain_word, translate_word
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
MADE = (
    "Made by `policydata build`{version}. Edit the code's records (`schema.py`, "
    "`bounds.py`, `wording.py`) or the reference tables, not this page."
)
READ_OVER = (
    "Ignored: when (2023年, 前三季度, 连续8年), what the figure is compared with (比上年, "
    "较2020年), and nouns without a character that could bound, direct or count. An unknown word "
    "with such a character, a unit that is not in `units.csv`, or a second number is refused."
)


def name_page(name: str, lang: str) -> str:
    """Name the file of a page in a language.

    Examples
    --------
    >>> name_page("GUIDE", "en"), name_page("GUIDE", "zh")
    ('GUIDE.md', 'GUIDE.zh.md')
    """
    return f"{name}.md" if lang == "en" else f"{name}.{lang}.md"


def write_codebook(indicators: pd.DataFrame, version: str) -> str:
    """Write the codebook of these indicators and this version of the data as Markdown."""
    hazards = [
        say("- `{name}`: {meaning}.", name=name, meaning=say(meaning))
        for name, meaning in HAZARDS.items()
    ]
    told = say("; data version {version}", version=version) if version else ""
    parts = [
        f"# {say('Codebook')}",
        say(MADE, version=told),
        *(describe_table(say(title), say(note), columns) for title, note, columns in TABLES),
        f"## {say('Words that bound or direct a figure')}",
        describe_words(),
        f"## {say('What each hazard means')}",
        "\n".join(hazards),
        f"## {say('Reasons to exclude a numeral')}\n\n{describe_reasons()}",
        f"## {say('The indicators')}",
        *(_describe_domain(name, indicators[indicators.domain.eq(name)]) for name in DOMAINS),
    ]
    return "\n\n".join(parts) + "\n"


def describe_table(title: str, note: str, columns: Sequence[Column]) -> str:
    """Describe the columns of a table under its title."""
    lines = [
        f"## {title}\n\n{note}\n",
        say("| column | kind | blank | meaning |"),
        "|---|---|---|---|",
    ]
    for column in columns:
        meaning = say(column.meaning)
        if column.words:
            vocabulary = "place_level" if column.name == "level" else column.name
            words = _list(vocabulary, column.words)
            meaning = say("{meaning}; one of {words}", meaning=meaning, words=words)
        blank = "" if column.required else say("yes")
        lines.append(f"| `{column.name}` | {say(column.kind)} | {blank} | {meaning} |")
    return "\n".join(lines)


def describe_words() -> str:
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
    head = say("| comparator | before the number | after it |")
    said = [
        say("- {name}: {words}.", name=say(name), words=" ".join(words))
        for name, words in lists.items()
    ]
    return "\n\n".join(
        ["\n".join([head, "|---|---|---|", *bounds]), "\n".join(said), say(READ_OVER)]
    )


def describe_reasons() -> str:
    """List the reasons to exclude a numeral."""
    return say(", ").join([_list("reason", REASONS), "`part_of:n`"])


def _describe_domain(domain: str, indicators: pd.DataFrame) -> str:
    """List the indicators of a domain, with their definitions and where these come from."""
    lines = [f"### {translate_word('domain', domain, find_spoken())}", ""]
    for row in indicators.to_dict("records"):
        indicator = "- `{code}` {name_zh}, {name_en}{unit}. {definition} *{source}.*"
        unit = row["unit_zh"] if find_spoken() == "zh" else row["unit"]
        unit = say(" ({unit})", unit=unit) if unit else ""
        lines.append(say(indicator, **{**row, "unit": unit}))
    return "\n".join(lines)


def _list(vocabulary: str, words: Sequence[str]) -> str:
    """List words of a vocabulary as code; in Chinese with what they mean."""
    listed = [explain_word(vocabulary, word).removeprefix(word) for word in words]
    return say(", ").join(f"`{word}`{said}" for word, said in zip(words, listed, strict=True))
