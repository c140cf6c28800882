"""The rows of a chart: of one kind, each figure once, in order, with labels of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from policydata.charts.words import order_words, say, say_word
from policydata.charts.writing import name_period

__all__ = [
    "KIND",
    "SAME",
    "drop_repeats",
    "label_places_and_periods",
    "name_aim",
    "name_measured",
    "name_values",
    "order_values",
    "refuse_empty",
    "refuse_mixture",
    "say_aside",
    "tell_apart",
]

KIND = ["indicator", "measure", "unit_std"]
SAME = [*KIND, "place", "status", "period", "comparator", "low_std", "high_std"]


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
            panels = ", or use plot_panels()" if "value_std" in rows else ""
            hint = " or convert_units()" if column == "unit_std" else ""
            raise ValueError(
                f"One axis takes one {column}, these rows have {listed}: filter{panels}{hint}."
            )
    return refuse_empty(rows)


def drop_repeats(rows: pd.DataFrame, *, across_documents: bool = False) -> pd.DataFrame:
    """Keep a figure once that one document repeats, or that several documents give alike."""
    return rows.drop_duplicates(SAME if across_documents else ["document", *SAME])


def name_values(rows: pd.DataFrame, column: str, lang: str) -> dict[str, str]:
    """Name each value of a column: by its twin in the language, or by its vocabulary."""
    values, twin = rows[column].astype("str"), f"{column}_{lang}"
    if twin in rows:
        return dict(zip(values, rows[twin].astype("str"), strict=True))
    name = name_period if column == "period" else partial(say_word, column)
    return {value: name(value, lang) for value in values.unique()}


def order_values(rows: pd.DataFrame, column: str) -> list[str]:
    """Order the values of a column by its vocabulary, else by their English names."""
    english = f"{column}_en" if f"{column}_en" in rows else column
    ordered = rows.sort_values(english, kind="stable")[column].astype("str")
    return order_words(column, ordered)


def label_places_and_periods(rows: pd.DataFrame, lang: str) -> pd.Series:
    """Write place and period of each row, and the kind of document where that tells rows apart."""
    periods = {text: name_period(text, lang) for text in rows.period.unique()}
    names = rows[f"place_{lang}"] + say("phrase", "and", lang) + rows.period.map(periods)
    return tell_apart(names, rows, lang)


def tell_apart(names: pd.Series, rows: pd.DataFrame, lang: str) -> pd.Series:
    """Add to names that stand for several documents their kind, their date or their ids."""
    kinds = rows.document_kind.where(rows.document_kind.ne(""), rows.document)
    said = kinds.map({kind: say_word("doc_type", kind, lang) for kind in kinds.unique()})
    dates = rows.document_date.replace("", "–")
    told = names
    for aside in (said, said + say("phrase", "and", lang) + dates, rows.document):
        doubled = rows.document.groupby(told).transform("nunique").gt(1)
        told = told.where(
            ~doubled, [say_aside(*pair, lang) for pair in zip(names, aside, strict=True)]
        )
    return told


def name_measured(row: Any, lang: str) -> str:
    """Name an indicator with what is measured of it, unless that is its level or goes without."""
    name = str(getattr(row, f"indicator_{lang}"))
    if row.measure == "level" or (row.measure == "share" and row.indicator_unit == "%"):
        return name
    measure = say("measure", row.measure, lang)
    return say("phrase", "measured", lang).format(indicator=name, measure=measure)


def name_aim(rows: pd.DataFrame, lang: str) -> str:
    """Name indicator, measure and period of rows, and their status where they have but one."""
    first = next(rows.itertuples())
    name, period = name_measured(first, lang), name_period(first.period, lang)
    if rows.status.nunique() > 1:
        return say("phrase", "and", lang).join([name, period])
    status = say("status", first.status, lang)
    return say("phrase", "aim", lang).format(indicator=name, status=status, period=period)


def say_aside(text: str, aside: str, lang: str) -> str:
    """Write a text with another in brackets, which no line breaks."""
    return text + say("phrase", "aside", lang).format(aside.replace(" ", "\N{NO-BREAK SPACE}"))
