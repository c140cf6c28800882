"""The names of places, indicators and documents: which two share, and which id one stands for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from policydata.errors import find_nearest
from policydata.numerals import fold

__all__ = ["KEYS", "list_names", "suggest_ids"]

# What rows of a table are known by: the key first, then what else names them.
KEYS = {
    "documents": ("id", "title_zh", "title_en"),
    "places": ("id", "code", "name_zh", "name_en", "spellings"),
    "indicators": ("code", "name_zh", "name_en"),
}
_SHOWN = 3


def list_names(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """List every name of a table, those of the first column first: one row a name.

    Returns
    -------
    pandas.DataFrame
        The row of the table, with the `name` and its `column`, the `known_as` that it is folded
        to, in width and case, and the `key` of the row.
    """
    columns = list(columns)
    parts = [table.assign(column=column, name=table[column].str.split("|")) for column in columns]
    names = pd.concat(parts).explode("name", ignore_index=True)
    folded = {name: fold(name).casefold() for name in names.name.unique()}
    names = names.assign(known_as=names.name.map(folded), key=names[columns[0]])
    return names[names.known_as.ne("")]


def suggest_ids(values: pd.Series, names: pd.DataFrame) -> list[str]:
    """Name for each value the id that it is a name of, else the nearest ids."""
    ids = dict(zip(names.known_as[::-1], names.key[::-1], strict=True))
    near = {value: _suggest(fold(value).casefold(), ids) for value in values.unique()}
    return [near[value] for value in values]


def _suggest(value: str, ids: dict[str, str]) -> str:
    """Name the id of a name; else the ids that are near, or those of the names that are."""
    if value in ids:
        return ids[value]
    if nearest := find_nearest(value, ids.values()):
        return nearest
    named = get_close_matches(value, ids, n=_SHOWN, cutoff=0.5)
    return ", ".join(dict.fromkeys(ids[name] for name in named))
