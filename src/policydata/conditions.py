"""Conditions on rows: names matched exactly, and an empty result that says what emptied it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from policydata.columns import quote_values, require_columns
from policydata.hazards import HAZARDS, carries_hazard
from policydata.names import list_held, list_names, look_up
from policydata.places import match_places

__all__ = [
    "Names",
    "Years",
    "keep_rows",
    "leave_out",
    "match_conditions",
]

Names = str | Iterable[str] | None
Years = int | str | Iterable[int | str] | None
# A column of years that holds a missing one gives floats: 2023.0.
_YEAR = r"(\d{4})(?:\.0)?"


def match_conditions(
    place: Names,
    indicator: Names,
    domain: Names,
    year: Years,
    *,
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame | None = None,
) -> dict[str, list[Any] | None]:
    """Match the names of each condition; nothing where a condition is not set.

    Known is what the tables of places and indicators name, and what the rows hold.
    """
    places, indicators = tables["places"], tables["indicators"]
    return {
        "place": _match("place", place, partial(match_places, places=places, rows=rows)),
        "indicator": _match("indicator", indicator, partial(_match_indicators, indicators, rows)),
        "domain": _match("domain", domain, partial(_match_domains, indicators, rows)),
        "year": _match("year", year, _match_years),
    }


def leave_out(rows: pd.DataFrame, without: Names) -> pd.DataFrame:
    """Leave out the rows that carry one of the named hazards; say so where none is left."""
    hazards = [] if without is None else _match_words(_list(without), HAZARDS, "hazard")
    marked = carries_hazard(rows, hazards)
    if marked.all():
        raise ValueError(f"Every one of the {len(rows)} rows carries {quote_values(hazards)}.")
    return rows[~marked]


def keep_rows(
    frame: pd.DataFrame, conditions: Mapping[str, Sequence[object] | None]
) -> pd.DataFrame:
    """Keep the rows that meet every condition; say which one left none."""
    wanted = {column: values for column, values in conditions.items() if values is not None}
    require_columns(frame, wanted, "rows of load_statements()")
    met: list[str] = []
    for column, values in wanted.items():
        kept = frame[frame[column].isin(values)]
        if kept.empty:
            before = f" among the {len(frame)} rows with {' and '.join(met)}" if met else ""
            raise ValueError(f"No statement has {column} {quote_values(values)}{before}.")
        frame, met = kept, [*met, f"{column} {quote_values(values)}"]
    return frame.copy()


def _match(
    condition: str, values: object, match: Callable[[list[str]], list[Any]]
) -> list[Any] | None:
    """Match one name or several; nothing where no condition is set."""
    if values is None:
        return None
    wanted = _list(values)
    if not wanted:
        raise ValueError(
            f"The list of {condition} is empty; allowed: one {condition}, several, or None for all."
        )
    return list(dict.fromkeys(match(wanted)))


def _list(values: object) -> list[str]:
    """Make a list of one value or several, as text."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [str(values)]
    return [str(value) for value in values]


def _match_years(values: Iterable[str]) -> list[int]:
    """Read years, or refuse the first that is none."""
    read = {value: re.fullmatch(_YEAR, value) for value in values}
    for value, year in read.items():
        if not year:
            raise ValueError(f'"{value}" is not a year; allowed: four digits such as 2023.')
    return [int(year[1]) for year in read.values() if year]


def _match_indicators(
    table: pd.DataFrame, rows: pd.DataFrame | None, names: Iterable[str]
) -> list[str]:
    """Find the codes of indicators by code or name."""
    held = [] if rows is None else [list_held(rows, "indicator", "code")]
    known = list_names("code", ["name_en", "name_zh"], table, *held)
    return look_up(names, known, "indicator", "load_indicators(), or those handed in")


def _match_domains(
    table: pd.DataFrame, rows: pd.DataFrame | None, names: Iterable[str]
) -> list[str]:
    """Check the names of domains."""
    tables = [table] if rows is None else [table, rows]
    known = {word for frame in tables for word in frame.get("domain", pd.Series()).dropna()}
    return _match_words(names, sorted(known), "domain")


def _match_words(names: Iterable[str], words: Iterable[str], kind: str) -> list[str]:
    """Check names against the words that are known."""
    known = {word: {word} for word in words if word}
    return look_up(names, known, kind, ", ".join(known))
