"""What the reference tables know of the rows of a chart, put beside them: names, units, kinds."""

from __future__ import annotations

import pandas as pd

from policydata.charts.writing import name_units
from policydata.schema import LANGUAGES
from policydata.tables import Reference, index_table, take_reference

__all__ = ["attach_facts", "attach_names"]

# The column with an id, the table that knows it, and the key of that table.
_NAMED = (("place", "places", "id"), ("indicator", "indicators", "code"))
_FACTS = (
    ("indicator", "indicators", "code", {"indicator_unit": "unit"}),
    ("document", "documents", "id", {"document_kind": "doc_type", "document_date": "published"}),
)


def attach_names(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Name places and indicators in both languages, in columns such as `place_en`.

    The tables that are handed in go before the names that rows carry, these before our tables; an
    id that nobody knows is its own name.
    """
    tables = take_reference(reference)
    names = {}
    for column, table, key in _NAMED:
        for lang in LANGUAGES if column in rows else ():
            own = rows.get(f"{column}_{lang}", pd.Series("", rows.index))
            listed = _look_up(rows[column], tables[table], key, f"name_{lang}")
            first, second = (own, listed) if reference is None else (listed, own)
            names[f"{column}_{lang}"] = _fill_blanks(first, second, rows[column])
    return rows.assign(**names)


def attach_facts(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Name rows, and add the units of their indicators, the Chinese unit and what documents are."""
    tables = take_reference(reference)
    chinese = name_units(tables["units"])
    units = {name: rows[name] for name in ("gap_unit", "unit_std") if name in rows}
    facts = {
        f"{name}_zh": unit.map(chinese).astype("str").fillna(unit) for name, unit in units.items()
    }
    facts |= {
        new: _look_up(rows[column], tables[table], key, old)
        for column, table, key, columns in _FACTS
        if column in rows
        for new, old in columns.items()
    }
    return attach_names(rows, None if reference is None else tables).assign(**facts)


def _look_up(ids: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Look a fact up; what the table does not know is blank."""
    known = index_table(table, key).reindex(columns=[column])[column]
    return ids.map(known).astype("str").fillna("")


def _fill_blanks(names: pd.Series, *others: pd.Series) -> pd.Series:
    """Take for each blank the name that the next one has."""
    filled = names.astype("str").fillna("")
    for other in others:
        filled = filled.where(filled.ne(""), other.astype("str").fillna(""))
    return filled
