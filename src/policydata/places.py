"""Places by id, by division code, or by any accepted spelling: exact, never by substring."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from policydata.errors import find_nearest
from policydata.numerals import fold
from policydata.tables import read_table

__all__ = ["list_spellings", "match_places"]


def list_spellings(places: pd.DataFrame | None = None) -> dict[str, str]:
    """Give the place id of every accepted spelling, folded in width and case."""
    table = read_table("places") if places is None else places
    spelled = table.assign(
        spelling=table.id
        + "|"
        + table.code
        + "|"
        + table.name_zh
        + "|"
        + table.name_en
        + "|"
        + table.spellings
    )
    rows = spelled.assign(spelling=spelled.spelling.str.split("|")).explode("spelling")
    pairs = rows[rows.spelling.ne("")][["spelling", "id"]].itertuples(index=False)
    return {fold(spelling).casefold(): place for spelling, place in pairs}


def match_places(names: Iterable[str]) -> list[str]:
    """Find the id of each named place.

    Raises
    ------
    ValueError
        Where a name is no accepted spelling, with the nearest that are.

    Examples
    --------
    >>> match_places(["郑州", "410600", "Kaifeng"])
    ['zhengzhou', 'hebi', 'kaifeng']
    """
    spellings = list_spellings()
    wanted = [str(name) for name in names]
    unknown = [name for name in wanted if fold(name).casefold() not in spellings]
    if unknown:
        near = find_nearest(fold(unknown[0]).casefold(), spellings) or "see load_places()"
        raise ValueError(f'"{unknown[0]}" is no known place; nearest: {near}.')
    return [spellings[fold(name).casefold()] for name in wanted]
