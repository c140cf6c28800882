"""Conditions on rows: names matched exactly, and an empty result that says what emptied it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from policydata.errors import find_nearest
from policydata.hazards import HAZARDS
from policydata.places import match_places
from policydata.tables import read_table

__all__ = ["Names", "Years", "keep_rows", "leave_out", "match_conditions"]

Names = str | Iterable[str] | None
Years = int | Iterable[int] | None


def match_conditions(
    place: Names, indicator: Names, domain: Names, year: Years
) -> dict[str, list[Any] | None]:
    """Match the names of each condition; nothing where a condition is not set."""
    return {
        "place": _match(place, match_places),
        "indicator": _match(indicator, _match_indicators),
        "domain": _match(domain, _match_domains),
        "year": _list(year),
    }


def leave_out(rows: pd.DataFrame, without: Names) -> pd.DataFrame:
    """Leave out the rows that carry one of the named hazards; say so where none is left."""
    hazards = _match(without, _match_hazards) or []
    marked = rows.hazards.str.split().map(set(hazards).isdisjoint)
    if not marked.any():
        raise ValueError(f"Every one of the {len(rows)} rows carries {_say(hazards)}.")
    return rows[marked.astype(bool)]


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
            raise ValueError(f"No statement has {column} {_say(allowed)}{before}.")
        frame, met = kept, [*met, f"{column} {_say(allowed)}"]
    return frame.copy()


def _match(names: Names, match: Callable[[list[str]], list[str]]) -> list[str] | None:
    """Match one name or several; nothing where no condition is set."""
    wanted = _list(names)
    return None if wanted is None else match([str(name) for name in wanted])


def _list(values: object) -> list[object] | None:
    """Make a list of one value or several; nothing where no condition is set."""
    if values is None:
        return None
    return (
        list(values) if isinstance(values, Iterable) and not isinstance(values, str) else [values]
    )


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


def _say(values: Iterable[object]) -> str:
    """Write values in quotes."""
    return " or ".join(f'"{value}"' for value in values)
