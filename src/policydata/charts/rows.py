"""The rows of a chart: read as the tidy table has them, of one kind, each figure once."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from policydata.charts.words import say, say_word
from policydata.charts.writing import name_period
from policydata.columns import restore_dtypes
from policydata.schema import COMPARED, STATEMENTS

__all__ = [
    "KIND",
    "drop_repeats",
    "name_values",
    "refuse_empty",
    "refuse_mixture",
    "say_aside",
    "take_rows",
    "take_valued",
    "write_places_and_periods",
]

KIND = ["indicator", "measure", "unit_std"]
_SAME = [*KIND, "place", "status", "period", "comparator", "low_std", "high_std"]


def take_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Take rows of the library, or of a figure's CSV, with vocabularies as plain words."""
    return restore_dtypes(rows, [*STATEMENTS, *COMPARED])


def take_valued(rows: pd.DataFrame) -> pd.DataFrame:
    """Take the rows that have a value to draw."""
    return refuse_empty(take_rows(rows).dropna(subset=["value_std"]))


def refuse_empty(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse a table without a row."""
    if rows.empty:
        raise ValueError("No row has a value that could be drawn.")
    return rows


def refuse_mixture(rows: pd.DataFrame, also: Sequence[str] = ()) -> pd.DataFrame:
    """Refuse rows that have no place on one axis."""
    for column in (*KIND, *also):
        found = rows[column].unique()
        if len(found) > 1:
            listed = ", ".join(f'"{value}"' for value in found)
            hint = " or convert_units()" if column == "unit_std" else ""
            raise ValueError(
                f"One axis takes one {column}, these rows have {listed}: filter, or use "
                f"plot_panels(){hint}."
            )
    return refuse_empty(rows)


def drop_repeats(rows: pd.DataFrame, *, across_documents: bool = False) -> pd.DataFrame:
    """Keep a figure once that one document repeats, or that several documents give alike."""
    return rows.drop_duplicates(_SAME if across_documents else ["document", *_SAME])


def name_values(rows: pd.DataFrame, column: str, lang: str) -> pd.Series:
    """Name the values of a column: by its twin in the language, or by its vocabulary."""
    twin = f"{column}_{lang}"
    if twin in rows:
        return rows[twin]
    values = rows[column].astype("str")
    return values.map({value: say_word(column, value, lang) for value in values.unique()})


def write_places_and_periods(rows: pd.DataFrame, lang: str) -> pd.Series:
    """Write place and period of each row."""
    periods = {text: name_period(text, lang) for text in rows.period.unique()}
    return rows[f"place_{lang}"] + say("phrase", "and", lang) + rows.period.map(periods)


def say_aside(text: str, aside: str, lang: str) -> str:
    """Write a text with another in brackets, which no line breaks."""
    return text + say("phrase", "aside", lang).format(aside.replace(" ", "\N{NO-BREAK SPACE}"))
