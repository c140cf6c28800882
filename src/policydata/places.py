"""Places by id, by division code, or by any accepted spelling: exact, never by substring."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from policydata.names import list_held, list_names, look_up
from policydata.tables import read_table

__all__ = ["list_spellings", "match_places"]

_SPELLED = ["code", "name_zh", "name_en", "spellings"]


def list_spellings(places: pd.DataFrame | None = None) -> dict[str, str]:
    """Give the place id of every accepted spelling, folded; one of several places has none."""
    known = list_names("id", _SPELLED, read_table("places") if places is None else places)
    return {name: key for name, (key, *others) in known.items() if not others}


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
    tables = [read_table("places") if places is None else places]
    held = [] if rows is None else [list_held(rows, "place", "id")]
    known = list_names("id", _SPELLED, *tables, *held)
    return look_up(names, known, "place", "load_places(), or those handed in")
