"""Conditions on rows: names matched exactly, and an empty result that says what emptied it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from policydata.errors import find_nearest
from policydata.hazards import HAZARDS, carries_hazard
from policydata.places import match_places
from policydata.tables import read_table

__all__ = [
    "Names",
    "Years",
    "keep_rows",
    "leave_out",
    "match_conditions",
    "quote_values",
    "require_columns",
]

Names = str | Iterable[str] | None
Years = int | str | Iterable[int | str] | None
# A column of years that holds a missing one gives floats: 2023.0.
_YEAR = re.compile(r"(\d{4})(?:\.0)?")


def match_conditions(
    place: Names, indicator: Names, domain: Names, year: Years
) -> dict[str, list[Any] | None]:
    """Match the names of each condition; nothing where a condition is not set."""
    return {
        "place": _match("place", place, match_places),
        "indicator": _match("indicator", indicator, _match_indicators),
        "domain": _match("domain", domain, _match_domains),
        "year": _match("year", year, _match_years),
    }


def require_columns(frame: object, columns: Iterable[str], source: str) -> None:
    """Refuse what is no table, and a table without a column that is read."""
    if not isinstance(frame, pd.DataFrame):
        kind = type(frame).__name__
        raise TypeError(f'{kind} "{frame!s:.40}" is no table; allowed: a DataFrame of {source}.')
    missing = [column for column in columns if column not in frame]
    if missing:
        named, more = quote_values(missing[:3]), len(missing) - 3
        others = f" and {more} more" if more > 0 else ""
        raise ValueError(f"The table has no column {named}{others}; allowed: {source}.")


def leave_out(rows: pd.DataFrame, without: Names) -> pd.DataFrame:
    """Leave out the rows that carry one of the named hazards; say so where none is left."""
    hazards = [] if without is None else _match_hazards(_list(without))
    marked = carries_hazard(rows, hazards)
    if marked.all():
        raise ValueError(f"Every one of the {len(rows)} rows carries {quote_values(hazards)}.")
    return rows[~marked]


def keep_rows(
    frame: pd.DataFrame, conditions: Mapping[str, Sequence[object] | None]
) -> pd.DataFrame:
    """Keep the rows that meet every condition; say which one left none."""
    met: list[str] = []
    for column, allowed in conditions.items():
        if allowed is None:
            continue
        kept = frame[frame[column].isin(allowed)]
        if kept.empty:
            before = f" among the {len(frame)} rows with {' and '.join(met)}" if met else ""
            raise ValueError(f"No statement has {column} {quote_values(allowed)}{before}.")
        frame, met = kept, [*met, f"{column} {quote_values(allowed)}"]
    return frame.copy()


def quote_values(values: Iterable[object]) -> str:
    """Write values in quotes."""
    return " or ".join(f'"{value}"' for value in values)


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
    return match(wanted)


def _list(values: object) -> list[str]:
    """Make a list of one value or several, as text."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [str(values)]
    return [str(value) for value in values]


def _match_years(values: Iterable[str]) -> list[int]:
    """Read years, or refuse the first that is none."""
    read = {value: _YEAR.fullmatch(value) for value in values}
    for value, year in read.items():
        if not year:
            raise ValueError(f'"{value}" is no year; allowed: four digits such as 2023.')
    return [int(year[1]) for year in read.values() if year]


def _match_indicators(names: Iterable[str]) -> list[str]:
    """Find the codes of indicators by code or name."""
    table = read_table("indicators")
    known = {
        name.casefold(): code
        for column in ("name_en", "name_zh", "code")
        for name, code in zip(table[column], table.code, strict=True)
    }
    return _look_up(names, known, "indicator", "load_indicators()")


def _match_domains(names: Iterable[str]) -> list[str]:
    """Check the names of domains."""
    known = {domain: domain for domain in sorted(read_table("indicators").domain.unique())}
    return _look_up(names, known, "domain", ", ".join(known))


def _match_hazards(names: Iterable[str]) -> list[str]:
    """Check the names of hazards."""
    return _look_up(names, {hazard: hazard for hazard in HAZARDS}, "hazard", ", ".join(HAZARDS))


def _look_up(names: Iterable[str], known: dict[str, str], kind: str, all_known: str) -> list[str]:
    """Look names up exactly, or refuse the first unknown one with the nearest."""
    wanted = list(names)
    unknown = [name for name in wanted if name.casefold() not in known]
    if unknown:
        near = find_nearest(unknown[0], known) or "none"
        raise ValueError(f'"{unknown[0]}" is no known {kind}; nearest: {near}; all: {all_known}.')
    return [known[name.casefold()] for name in wanted]
