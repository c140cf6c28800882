"""Names of places, indicators and the like: matched exactly, never by substring.

Conditions on rows are such names; an empty result says which of them emptied it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from policydata.columns import quote_values, refuse_all, require_columns
from policydata.numerals import fold
from policydata.problems import find_nearest
from policydata.tables import Names, Years, read_table

# The key of a table and the columns with its names; several names in one cell have a bar between.
PLACE = ("id", "code", "name_zh", "name_en", "spellings")
INDICATOR = ("code", "name_en", "name_zh")
_BETWEEN = "|"
# A column of years that holds a missing one gives floats: 2023.0.
_YEAR = r"(\d{4})(?:\.0)?"


def list_names(columns: Sequence[str], *tables: pd.DataFrame) -> dict[str, set[str]]:
    """Give the keys of each name, folded; the last table that has it speaks, and a key for itself.

    The first of the columns is the key.

    Examples
    --------
    >>> ours = pd.DataFrame({"id": ["gulou"], "name_zh": ["鼓楼区"]})
    >>> own = pd.DataFrame({"id": ["320106"], "name_zh": ["鼓楼区"]})
    >>> list_names(["id", "name_zh"], ours, own)
    {'鼓楼区': {'320106'}, 'gulou': {'gulou'}, '320106': {'320106'}}
    """
    key, *named = columns
    names: dict[str, set[str]] = {}
    for table in tables:
        found: dict[str, set[str]] = {}
        for column in (name for name in named if name in table):
            for cell, own in zip(table[column], table[key], strict=True):
                for name in cell.split(_BETWEEN):
                    found.setdefault(fold_name(name), set()).add(own)
        names |= found
    keys = {fold_name(own): {own} for table in tables for own in table[key]}
    return {name: found for name, found in (names | keys).items() if name}


def fold_name(name: str) -> str:
    """Fold a name in width, blanks and case."""
    return fold(name).casefold()


def look_up(names: Iterable[str], known: Mapping[str, set[str]], kind: str, all_: str) -> list[str]:
    """Look names up, one for one; refuse those that are not known and those of several keys."""
    wanted = [(str(name), known.get(fold_name(str(name)), set())) for name in names]
    unknown = [
        f'"{name}" is not a known {kind}; nearest: '
        f"{find_nearest(fold_name(name), known) or 'none'}; all: {all_}."
        for name, keys in wanted
        if not keys
    ]
    several = [
        f'"{name}" is a name of several; allowed: {quote_values(sorted(keys))}.'
        for name, keys in wanted
        if len(keys) > 1
    ]
    refuse_all(unknown + several)
    return [key for _, keys in wanted for key in keys]


def match_places(
    names: Iterable[str], places: pd.DataFrame | None = None, rows: pd.DataFrame | None = None
) -> list[str]:
    """Find the id of each named place, one for one.

    Parameters
    ----------
    names : iterable of str
        Ids, division codes or accepted spellings.
    places : pandas.DataFrame, optional
        A table of places of your own; the shipped one where left out.
    rows : pandas.DataFrame, optional
        Tidy rows; the places that they hold are known, too, by id and by both names.

    Raises
    ------
    ValueError
        Where names are no accepted spelling, with the nearest that are, or of several places.

    Examples
    --------
    >>> match_places(["郑州", "410600", "Kaifeng"])
    ['zhengzhou', 'hebi', 'kaifeng']
    """
    table = read_table("places") if places is None else places
    known = list_names(PLACE, table, *list_held(rows, "place", "id"))
    return look_up(names, known, "place", "load_places(), or those handed in")


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

    def match_indicators(names: Iterable[str]) -> list[str]:
        known = list_names(INDICATOR, indicators, *list_held(rows, "indicator", "code"))
        return look_up(names, known, "indicator", "load_indicators(), or those handed in")

    def match_domains(names: Iterable[str]) -> list[str]:
        held = [indicators] if rows is None else [indicators, rows]
        words = pd.concat([table.get("domain", pd.Series(dtype="str")) for table in held])
        return match_words(names, sorted(set(words.dropna())), "domain")

    return {
        "place": _match("place", place, lambda names: match_places(names, places, rows)),
        "indicator": _match("indicator", indicator, match_indicators),
        "domain": _match("domain", domain, match_domains),
        "year": _match("year", year, _read_years),
    }


def match_words(names: Iterable[str], words: Iterable[str], kind: str) -> list[str]:
    """Check names against the words that are known."""
    known = {word: {word} for word in words if word}
    return look_up(names, known, kind, ", ".join(known))


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


def list_values(values: object) -> list[str]:
    """Make a list of one value or several, as text."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [str(values)]
    return [str(value) for value in values]


def list_held(rows: pd.DataFrame | None, column: str, key: str) -> list[pd.DataFrame]:
    """List the places or the indicators that rows hold, as a table of them has them."""
    if rows is None:
        return []
    names = {column: key, f"{column}_zh": "name_zh", f"{column}_en": "name_en"}
    held = rows[[name for name in names if name in rows]].drop_duplicates()
    return [held.rename(columns=names)]


def _match(
    condition: str, values: object, match: Callable[[list[str]], list[Any]]
) -> list[Any] | None:
    """Match one name or several; nothing where no condition is set."""
    if values is None:
        return None
    wanted = list_values(values)
    if not wanted:
        raise ValueError(
            f"The list of {condition} is empty; allowed: one {condition}, several, or None for all."
        )
    return list(dict.fromkeys(match(wanted)))


def _read_years(values: Iterable[str]) -> list[int]:
    """Read years, or refuse the first that is none."""
    read = {value: re.fullmatch(_YEAR, value) for value in values}
    for value, year in read.items():
        if not year:
            raise ValueError(f'"{value}" is not a year; allowed: four digits such as 2023.')
    return [int(year[1]) for year in read.values() if year]
