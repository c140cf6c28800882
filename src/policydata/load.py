"""The shipped tables with their dtypes, filtered by exact names; every call hands out a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import pandas as pd

from policydata.errors import find_nearest
from policydata.hazards import HAZARDS
from policydata.places import match_places
from policydata.schema import (
    DOCUMENTS,
    INDICATORS,
    PLACES,
    STATEMENTS,
    document_columns,
    set_dtypes,
)
from policydata.tables import forget_tables, read_table

__all__ = [
    "forget",
    "load_documents",
    "load_indicators",
    "load_outcomes",
    "load_places",
    "load_statements",
    "load_targets",
    "match_conditions",
]

Names = str | Iterable[str] | None
Years = int | Iterable[int] | None


@document_columns(STATEMENTS)
def load_statements(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load the tidy table: one row a figure that one document states.

    Parameters
    ----------
    place : str or iterable of str, optional
        Places by id, division code or any accepted spelling (`zhengzhou`, `410100`, `郑州`).
    indicator : str or iterable of str, optional
        Indicators by code or by Chinese or English name.
    domain : str or iterable of str, optional
        Domains of indicators (`investment`, `innovation`, `agriculture` …).
    year : int or iterable of int, optional
        Last years of the periods.
    without : str or iterable of str, optional
        Hazards (`reprint`, `single_source`, `bound_only` …); rows that carry one are left out.

    Returns
    -------
    pandas.DataFrame
        Sorted by statement_id, with the columns

    {columns}

    Raises
    ------
    ValueError
        Where a name is not known, with the nearest known ones, or where no row is left, with the
        condition that emptied the table.

    Examples
    --------
    >>> targets = load_statements(place="郑州", indicator="boutique_villages")
    >>> print(targets[["statement_id", "value_text", "low", "high"]].to_string(index=False))
                     statement_id value_text  low  high
    zhengzhou-2023-work-report:72     20—30个 20.0  30.0
    """
    conditions = {
        "place": _match(place, match_places),
        "indicator": _match(indicator, _match_indicators),
        "domain": _match(domain, _match_domains),
        "year": _list(year),
    }
    rows = _filter(_statements(), conditions)
    return _leave_out(rows, _match(without, _match_hazards) or []).reset_index(drop=True)


def load_targets(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load the targets alone: `load_statements` where `status` is `target`."""
    rows = load_statements(
        place=place, indicator=indicator, domain=domain, year=year, without=without
    )
    return _filter(rows, {"status": ["target"]}).reset_index(drop=True)


def load_outcomes(
    *,
    place: Names = None,
    indicator: Names = None,
    domain: Names = None,
    year: Years = None,
    without: Names = None,
) -> pd.DataFrame:
    """Load what was reached: `load_statements` where `status` is `outcome`; estimates are none."""
    rows = load_statements(
        place=place, indicator=indicator, domain=domain, year=year, without=without
    )
    return _filter(rows, {"status": ["outcome"]}).reset_index(drop=True)


@document_columns(DOCUMENTS)
def load_documents() -> pd.DataFrame:
    """Load the documents, one row a source text.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("documents"), DOCUMENTS)


@document_columns(PLACES)
def load_places() -> pd.DataFrame:
    """Load the places, one row a province, prefecture or directly administered city.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("places"), PLACES)


@document_columns(INDICATORS)
def load_indicators() -> pd.DataFrame:
    """Load the indicators, one row a quantity that documents state.

    Returns
    -------
    pandas.DataFrame
        With the columns

    {columns}
    """
    return set_dtypes(read_table("indicators"), INDICATORS)


def match_conditions(
    place: Names, indicator: Names, domain: Names, year: Years
) -> dict[str, list[Any] | None]:
    """Match the names of each condition; nothing where a condition is not set."""
    return {
        "place": _match(place, match_places),
        "indicator": _match(indicator, _match_indicators),
        "domain": _match(domain, _match_domains),
        "year": [year] if isinstance(year, int) else year if year is None else list(year),
    }


def forget() -> None:
    """Read the shipped tables anew at the next call, after a build has replaced them."""
    forget_tables()
    _statements.cache_clear()


@cache
def _statements() -> pd.DataFrame:
    """Read the tidy table once."""
    return set_dtypes(_blank_to_missing(read_table("statements")), STATEMENTS)


def _blank_to_missing(table: pd.DataFrame) -> pd.DataFrame:
    """Turn blanks of numbers, dates and vocabularies into missing values; texts stay blank."""
    typed = [column.name for column in STATEMENTS if column.kind != "text" or column.words]
    return table.assign(**{name: table[name].replace("", None) for name in typed})


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


def _leave_out(rows: pd.DataFrame, hazards: Sequence[str]) -> pd.DataFrame:
    """Leave out the rows that carry one of the hazards; say so where none is left."""
    marked = rows.hazards.str.split().map(set(hazards).isdisjoint)
    if not marked.any():
        raise ValueError(f"Every one of the {len(rows)} rows carries {_say(hazards)}.")
    return rows[marked.astype(bool)]


def _look_up(names: Iterable[str], known: dict[str, str], kind: str, all_known: str) -> list[str]:
    """Look names up exactly, or refuse the first unknown one with the nearest."""
    wanted = list(names)
    unknown = [name for name in wanted if name.casefold() not in known]
    if unknown:
        near = find_nearest(unknown[0], known) or "none"
        raise ValueError(f'"{unknown[0]}" is no known {kind}; nearest: {near}; all: {all_known}.')
    return [known[name.casefold()] for name in wanted]


def _filter(frame: pd.DataFrame, conditions: Mapping[str, Sequence[object] | None]) -> pd.DataFrame:
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


def _say(values: Iterable[object]) -> str:
    """Write values in quotes."""
    return " or ".join(f'"{value}"' for value in values)
