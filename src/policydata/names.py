"""Names of places, indicators and the like: matched exactly, never by substring.

Conditions on rows are such names; if no row is left, the error names the condition.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from policydata.columns import document_columns, quote_values, refuse_all, require_columns
from policydata.messages import say
from policydata.numerals import fold
from policydata.problems import find_nearest, refuse_unknown
from policydata.schema import MEASURES, PLACE_LEVELS, STATUSES
from policydata.tables import Names, Reference, Years, read_table, take_reference

# The key of a table and the columns with names; a bar separates several names in one cell.
PLACE = ("id", "code", "name_zh", "name_en", "spellings")
INDICATOR = ("code", "name_en", "name_zh", "spellings")
_BETWEEN = "|"
# A column of years with a missing value holds floats: 2023.0.
_YEAR = r"(\d{4})(?:\.0)?"


def list_names(columns: Sequence[str], *tables: pd.DataFrame) -> dict[str, set[str]]:
    """Map each folded name to its keys; the last table with the name decides, and a key is itself.

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
    """Look up the key of each name; refuse unknown names, and names with several keys."""
    wanted = [(str(name), known.get(fold_name(str(name)), set())) for name in names]
    unknown = [_refuse_name(name, known, kind, all_) for name, keys in wanted if not keys]
    shared = '"{name}" is the name of more than one {kind}; allowed: {allowed}.'
    several = [
        say(shared, name=name, kind=say(kind), allowed=quote_values(sorted(keys)))
        for name, keys in wanted
        if len(keys) > 1
    ]
    refuse_all(unknown + several)
    return [key for _, keys in wanted for key in keys]


def _refuse_name(name: str, known: Iterable[str], kind: str, all_: str) -> str:
    refused = '"{name}" is not a known {kind}; nearest: {nearest}; all: {all}.'
    near = find_nearest(fold_name(name), known) or say("none")
    return say(refused, name=name, kind=say(kind), nearest=near, all=say(all_))


@document_columns()
def match_places(
    names: Iterable[object], *, missing: str = "refuse", reference: Reference = None
) -> list[str] | pd.Series:
    """Find the id of each named place, one for one.

    Parameters
    ----------
    names : iterable or pandas.Series
        Ids, division codes or accepted spellings; a blank has no place.
    missing : {"refuse", "keep"}
        Refuse a name that is not known, or keep it as missing.
    {reference}

    Returns
    -------
    list or pandas.Series
        A Series on the index of the names if they are a Series, else a list.

    Raises
    ------
    ValueError
        If names are not known, with the nearest that are, or name several places.

    Examples
    --------
    >>> match_places(["郑州", "洛阳市", 410300, "Kaifeng"])
    ['zhengzhou', 'luoyang', 'luoyang', 'kaifeng']
    >>> match_places(pd.Series(["郑州", "东京"]), missing="keep").tolist()
    ['zhengzhou', nan]
    """
    refuse_unknown("missing", missing, ("refuse", "keep"))
    table = take_reference(reference, places=["id"])["places"]
    given = pd.Series(list(names), dtype="object") if not isinstance(names, pd.Series) else names
    texts = given.astype("object").where(given.notna(), "").map(_write_code)
    known = list_names(PLACE, table)
    wanted = [text for text in texts.unique() if text]
    if missing == "keep":
        wanted = [text for text in wanted if fold_name(text) in known]
    ids = dict(zip(wanted, look_up(wanted, known, "place", "load_places()"), strict=True))
    found = texts.map(ids).astype("str")
    return found if isinstance(names, pd.Series) else found.tolist()


def _write_code(name: object) -> str:
    """Write a name or a code; a column of codes with a blank in it holds 410100.0."""
    return str(int(name)) if isinstance(name, float) and name.is_integer() else str(name)


def find_places(
    names: Iterable[str], places: pd.DataFrame | None = None, rows: pd.DataFrame | None = None
) -> list[str]:
    """Find the id of each named place, in the same order.

    Parameters
    ----------
    names : iterable of str
        Ids, division codes or accepted spellings.
    places : pandas.DataFrame, optional
        A table of places of your own; the shipped one if not given.
    rows : pandas.DataFrame, optional
        Tidy rows; the places in them are known too, by id and by both names.

    Raises
    ------
    ValueError
        If a name is not an accepted spelling (the message lists the nearest), or names several
        places.

    Examples
    --------
    >>> find_places(["郑州", "410600", "Kaifeng"])
    ['zhengzhou', 'hebi', 'kaifeng']
    """
    table = read_table("places") if places is None else places
    known = list_names(PLACE, table, *list_held(rows, "place", "id"))
    return look_up(names, known, "place", "load_places(), or your own reference tables")


def match_conditions(
    place: Names,
    indicator: Names,
    domain: Names,
    year: Years,
    *,
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame | None = None,
    measure: Names = None,
    status: Names = None,
    place_level: Names = None,
) -> dict[str, list[Any] | None]:
    """Match the names of each condition; None if a condition is not set.

    Known names are those in the tables of places and indicators, and those in the rows.  A table
    is only asked for if a condition needs it.
    """

    def match_places_of(names: Iterable[str]) -> list[str]:
        return find_places(names, tables["places"], rows)

    def match_indicators(names: Iterable[str]) -> list[str]:
        known = list_names(INDICATOR, tables["indicators"], *list_held(rows, "indicator", "code"))
        return look_up(names, known, "indicator", "load_indicators(), or your own reference tables")

    def match_domains(names: Iterable[str]) -> list[str]:
        held = [tables["indicators"], *([] if rows is None else [rows])]
        words = pd.concat([table.get("domain", pd.Series(dtype="str")) for table in held])
        return match_words(names, sorted(set(words.dropna())), "domain")

    return {
        "place": _match("place", place, match_places_of),
        "indicator": _match("indicator", indicator, match_indicators),
        "domain": _match("domain", domain, match_domains),
        "year": _match("year", year, _read_years),
        "place_level": _match_vocabulary("place_level", place_level, PLACE_LEVELS),
        "measure": _match_vocabulary("measure", measure, MEASURES),
        "status": _match_vocabulary("status", status, STATUSES),
    }


def match_words(names: Iterable[str], words: Iterable[str], kind: str) -> list[str]:
    """Check names against the words that are known."""
    known = {word: {word} for word in words if word}
    return look_up(names, known, kind, say(", ").join(known))


def keep_rows(
    frame: pd.DataFrame, conditions: Mapping[str, Sequence[object] | None]
) -> pd.DataFrame:
    """Keep the rows that meet every condition; if none is left, say which condition is why."""
    wanted = {column: values for column, values in conditions.items() if values is not None}
    require_columns(frame, wanted, "rows of load_statements()")
    met: list[str] = []
    for column, values in wanted.items():
        kept = frame[frame[column].isin(values)]
        if kept.empty:
            raise ValueError(_say_empty(column, values, len(frame), met))
        shared = say("{column} {values}", column=column, values=quote_values(values))
        frame, met = kept, [*met, shared]
    return frame.copy()


def _say_empty(column: str, values: Sequence[object], left: int, met: Sequence[str]) -> str:
    """Say which condition left no row, and what the rows before it had in common."""
    asked = {"column": column, "values": quote_values(values)}
    if not met:
        return say("No statement has {column} {values}.", **asked)
    refused = "No statement has {column} {values} among the {count} rows with {met}."
    return say(refused, **asked, count=left, met=say(" and ").join(met))


def list_values(values: object) -> list[str]:
    """Make a list of one value or several, as text."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        return [str(values)]
    return [str(value) for value in values]


def list_held(rows: pd.DataFrame | None, column: str, key: str) -> list[pd.DataFrame]:
    """List the places or the indicators in some rows, with the column names of their table."""
    if rows is None:
        return []
    names = {column: key, f"{column}_zh": "name_zh", f"{column}_en": "name_en"}
    held = rows[[name for name in names if name in rows]].drop_duplicates()
    return [held.rename(columns=names)]


def _match(
    condition: str, values: object, match: Callable[[list[str]], list[Any]]
) -> list[Any] | None:
    """Match one name or several; None if the condition is not set."""
    if values is None:
        return None
    wanted = list_values(values)
    if not wanted:
        refused = (
            "The list of {condition} is empty; allowed: one {condition}, several, or None for all."
        )
        raise ValueError(say(refused, condition=say(condition)))
    return list(dict.fromkeys(match(wanted)))


def _match_vocabulary(condition: str, values: Names, words: Sequence[str]) -> list[str] | None:
    return _match(condition, values, lambda names: match_words(names, words, condition))


def _read_years(values: Iterable[str]) -> list[int]:
    """Read years, or refuse the first value that is not a year."""
    read = {value: re.fullmatch(_YEAR, value) for value in values}
    for value, year in read.items():
        if not year:
            refused = '"{value}" is not a year; allowed: four digits such as 2023.'
            raise ValueError(say(refused, value=value))
    return [int(year[1]) for year in read.values() if year]
