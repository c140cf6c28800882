"""The names of places, indicators and documents: which two share, and which id one stands for."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

from policydata.numerals import fold

__all__ = ["KEYS", "list_names", "suggest_ids"]

# What rows of a table are known by: the key first, then what else names them.
KEYS = {
    "documents": ("id", "title_zh", "title_en"),
    "places": ("id", "code", "name_zh", "name_en", "spellings"),
    "indicators": ("code", "name_zh", "name_en"),
}
_LOOKED_AT, _SHOWN = 9, 3


def list_names(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """List every name of a table, those of the first column first: one row a name.

    Returns
    -------
    pandas.DataFrame
        The row of the table, with the `name` and its `column`, the `known_as` that it is folded
        to, in width and case, and the `key` of the row.
    """
    key, *_ = columns = list(columns)
    parts = [table.assign(column=column, name=table[column].str.split("|")) for column in columns]
    names = pd.concat(parts).explode("name", ignore_index=True)
    folded = {name: fold(name).casefold() for name in names.name.unique()}
    names = names.assign(known_as=names.name.map(folded), key=names[key])
    return names[names.known_as.ne("")]


def suggest_ids(values: Iterable[str], names: pd.DataFrame) -> list[str]:
    """Name for each value the id that it is a name of, else the ids of the nearest names."""
    ids = dict(zip(names.known_as[::-1], names.key[::-1], strict=True))
    return [_suggest(fold(value).casefold(), ids) for value in values]


def _suggest(value: str, ids: dict[str, str]) -> str:
    """Name the ids of a name or of the nearest ones."""
    near = [value] if value in ids else get_close_matches(value, ids, n=_LOOKED_AT, cutoff=0.5)
    return ", ".join(list(dict.fromkeys(ids[name] for name in near))[:_SHOWN])
