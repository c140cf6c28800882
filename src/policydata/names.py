"""Names of places, indicators and the like: matched exactly, never by substring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from policydata.columns import quote_values, refuse_all
from policydata.errors import find_nearest
from policydata.numerals import fold

__all__ = ["list_held", "list_names", "look_up"]

# Several spellings in one cell have a vertical bar between them.
_BETWEEN = "|"


def list_held(rows: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    """List the places or the indicators that rows hold, as a table of them has them.

    Examples
    --------
    >>> rows = pd.DataFrame({"place": ["qingdao"], "place_en": ["Qingdao"], "year": [2023]})
    >>> list_held(rows, "place", "id").to_dict("list")
    {'id': ['qingdao'], 'name_en': ['Qingdao']}
    """
    names = {column: key, f"{column}_zh": "name_zh", f"{column}_en": "name_en"}
    held = rows[[name for name in names if name in rows]].drop_duplicates()
    return held.rename(columns=names)


def list_names(key: str, columns: Sequence[str], *tables: pd.DataFrame) -> dict[str, set[str]]:
    """Give the keys of each name, folded; the last table that has it speaks, and a key for itself.

    Examples
    --------
    >>> ours = pd.DataFrame({"id": ["gulou"], "name_zh": ["鼓楼区"]})
    >>> own = pd.DataFrame({"id": ["320106"], "name_zh": ["鼓楼区"]})
    >>> list_names("id", ["name_zh"], ours, own)
    {'鼓楼区': {'320106'}, 'gulou': {'gulou'}, '320106': {'320106'}}
    """
    names: dict[str, set[str]] = {}
    for table in tables:
        found: dict[str, set[str]] = {}
        for column in (name for name in columns if name in table):
            for cell, own in zip(table[column], table[key], strict=True):
                for name in cell.split(_BETWEEN):
                    found.setdefault(_fold(name), set()).add(own)
        names |= found
    keys = {_fold(own): {own} for table in tables for own in table[key]}
    return {name: found for name, found in (names | keys).items() if name}


def look_up(names: Iterable[str], known: Mapping[str, set[str]], kind: str, all_: str) -> list[str]:
    """Look names up, one for one; refuse those that are not known and those of several keys."""
    wanted = [(str(name), known.get(_fold(str(name)), set())) for name in names]
    unknown = [
        f'"{name}" is not a known {kind}; nearest: {find_nearest(_fold(name), known) or "none"}; '
        f"all: {all_}."
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


def _fold(name: str) -> str:
    """Fold a name in width, blanks and case."""
    return fold(name).casefold()
