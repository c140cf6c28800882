"""The tables of a data set as the sheets of a workbook: one a place, and those beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from policydata.coded import make_empty, read_sheets
from policydata.columns import Column, name_columns
from policydata.datasets import DataSet
from policydata.problems import CodingError
from policydata.reading import EXCLUDED_NAME
from policydata.schema import CODED, EXCLUDED, REFERENCE
from policydata.tables import find_tables, index_table, read_table

Table = tuple[pd.DataFrame, Sequence[Column]]
# The records of every table that people type, by its name.
TYPED: Mapping[str, Sequence[Column]] = {"coded": CODED, EXCLUDED_NAME: EXCLUDED, **REFERENCE}
_MOST_PLACES = 40
# What the short name of a place leaves out.
_REGIONS = ("省", "市", "县", "区", "州")


def read_typed(data: DataSet) -> dict[str, pd.DataFrame]:
    """Read every table of a data set that people type, each row with its file and row.

    Parameters
    ----------
    data : DataSet
        The folders of the data set.

    Returns
    -------
    dict of str to DataFrame
        The tables `coded` and `excluded`, and the reference tables; one row
        per statement, numeral, document, place and so on, every cell as text.  A reference table
        that the data set does not have is the shipped one, without an address.

    Raises
    ------
    CodingError
        If a file cannot be read, with every such problem.
    """
    read = {"coded": read_sheets(data.coded, CODED)}
    for name, file in {
        EXCLUDED_NAME: data.coded / "excluded.csv",
        **find_tables(data.reference),
    }.items():
        if file.exists():
            read[name] = read_sheets(file, TYPED[name])
    problems = pd.concat([found for _, found in read.values()], ignore_index=True)
    # A data set of one's own begins without a coded table.
    errors = problems[problems.level.eq("error") & problems.rule.ne("no coded table")]
    if len(errors):
        raise CodingError(errors)
    shipped = {name: read_table(name).assign(file="", row="") for name in REFERENCE}
    # What was judged of our statements says nothing of others.
    shipped["hazards"] = make_empty(REFERENCE["hazards"])
    rows = {name: table for name, (table, _) in read.items()}
    return {"coded": rows["coded"], EXCLUDED_NAME: make_empty(EXCLUDED), **shipped, **rows}


def lay_out(typed: Mapping[str, pd.DataFrame]) -> dict[str, Table]:
    """Lay the tables of a data set out as sheets.

    Parameters
    ----------
    typed : mapping of str to DataFrame
        The tables that `read_typed` gives.

    Returns
    -------
    dict of str to tuple of DataFrame and sequence of Column
        By the title of its sheet: the coded rows of each place, in the order of the yearbook, then
        the other tables.  A data set without coded rows gets a blank sheet for each place that is
        not divided further.
    """
    coded, places = typed["coded"], typed["places"]
    order = sort_places(places)
    listed = [place for place in order if place in set(coded.place)] or _list_undivided(places)
    others = [place for place in coded.place.unique() if place not in listed]
    titles = name_sheets([*listed, *others], places)
    sheets = {
        title: (coded[coded.place.eq(place)][name_columns(CODED)], CODED)
        for place, title in titles.items()
    }
    beside = {
        name: (typed[name][name_columns(columns)], columns)
        for name, columns in TYPED.items()
        if name != "coded"
    }
    return {**sheets, **beside}


def sort_places(places: pd.DataFrame) -> list[str]:
    """Sort the ids of places as the yearbook does; those without a position come last."""
    order = pd.to_numeric(places.yearbook_order, errors="coerce")
    return [*places.assign(order=order).sort_values(["order", "id"]).id]


def name_sheets(ids: Sequence[str], places: pd.DataFrame) -> dict[str, str]:
    """Name the sheet of each place: the short Chinese name, or what is not taken yet.

    Examples
    --------
    >>> places = pd.DataFrame({"id": ["hebi"], "name_zh": ["鹤壁市"], "spellings": ["鹤壁"]})
    >>> name_sheets(["hebi", "elsewhere"], places)
    {'hebi': '鹤壁', 'elsewhere': 'elsewhere'}
    """
    facts = index_table(places, "id")
    titles: dict[str, str] = {}
    for place in ids:
        names = [*_list_names(facts.loc[place]), place] if place in facts.index else [place or "?"]
        taken = {title.casefold() for title in (*titles.values(), *TYPED, "lists", "base")}
        fitting = [name for name in names if name.casefold() not in taken]
        titles[place] = (fitting or [f"{place}-coded"])[0]
    return titles


def _list_names(place: pd.Series) -> list[str]:
    """List the names of a place from the shortest; a short one is an accepted spelling."""
    full = str(place.name_zh)
    short = full[:-1] if full.endswith(_REGIONS) else full
    return [name for name in (short, full) if name == full or name in place.spellings.split("|")]


def _list_undivided(places: pd.DataFrame) -> list[str]:
    """List the places that no other place belongs to, so that a coder can begin."""
    undivided = places[~places.id.isin(places.parent)]
    return sort_places(undivided)[:_MOST_PLACES]
