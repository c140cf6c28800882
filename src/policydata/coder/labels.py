"""The words of a workbook for a person: a code with its name beside it, in the language spoken.

A cell that holds `target 目标` is read as `target`; `policydata.reading.labels` does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from policydata.columns import Column
from policydata.messages import find_spoken, say
from policydata.reading.labels import POINTERS
from policydata.schema import REASONS
from policydata.vocabularies import translate_word

# What names a row of a reference table, by language; an id of a document is read as it is.
_NAMES = {"documents": {}, "places": {"en": "name_en", "zh": "name_zh"}}
_NAMES["indicators"] = _NAMES["places"]
# The levels of places are a vocabulary of their own, beside those of problems.
_VOCABULARIES = {"level": "place_level"}
Labels = Mapping[str, Mapping[str, str]]


def head(column: Column) -> str:
    """Head a column by its name, in Chinese with the Chinese name beside it."""
    return label(column.name, _translate("column", column.name))


def explain(column: Column) -> str:
    """Explain a column: its meaning, what is allowed, and whether it may be blank."""
    lines = [say(column.meaning)]
    if words := list_words(column):
        lines.append(say("One of: {listed}.", listed=say(", ").join(words.values())))
    elif column.name in POINTERS:
        table = POINTERS[column.name][0]
        lines.append(say("One of the sheet {table}, which you may add to.", table=table))
    if column.name == "n":
        lines.append(say("Leave it blank in a new row: taking the workbook gives the next number."))
    elif not column.required:
        lines.append(say("May be blank."))
    if column.name == "place":
        lines.append(say("A row may stand on any sheet: it is filed by its place."))
    return "\n".join(lines)


def label(code: str, name: str) -> str:
    """Put a name beside a code."""
    return f"{code} {name}".strip() if name.strip() and name != code else code


def find_name(table: str) -> str:
    """Find the column that names the rows of a reference table in the language spoken."""
    return _NAMES.get(table, {}).get(find_spoken(), "")


def list_words(column: Column) -> dict[str, str]:
    """List the words of a vocabulary, each with its label."""
    words = REASONS if column.form == "reason" else column.words
    vocabulary = _VOCABULARIES.get(column.name, column.name)
    return {word: label(word, _translate(vocabulary, word)) for word in words}


def list_codes(table: str, key: str, rows: pd.DataFrame) -> dict[str, str]:
    """List the codes of a reference table, each with its label."""
    name = find_name(table)
    names = rows[name] if name else [""] * len(rows)
    return {code: label(code, one) for code, one in zip(rows[key], names, strict=True)}


def list_labels(columns: Sequence[Column], tables: Mapping[str, pd.DataFrame]) -> Labels:
    """List, by column, the labels of all that a column may hold; without those that hold any text.

    Parameters
    ----------
    columns : sequence of Column
        The columns of one table.
    tables : mapping of str to DataFrame
        The reference tables to which columns refer.
    """
    labels = {column.name: list_words(column) for column in columns}
    for column in columns:
        if column.name in POINTERS and POINTERS[column.name][0] in tables:
            table, key = POINTERS[column.name]
            labels[column.name] = list_codes(table, key, tables[table])
    return {name: found for name, found in labels.items() if found}


def _translate(vocabulary: str, word: str) -> str:
    """Say a word in Chinese where that is spoken; in English the code says it."""
    return translate_word(vocabulary, word, "zh") if find_spoken() == "zh" else ""
