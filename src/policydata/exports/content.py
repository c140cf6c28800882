"""What an export says: rows at the door, the meaning of their columns, and what they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import pandas as pd
from pandas.api.types import is_bool_dtype, is_datetime64_dtype, is_float_dtype, is_integer_dtype

from policydata.citation import (
    LICENCE,
    TITLE,
    cite_data,
    list_documents,
    names_documents,
    select_documents,
)
from policydata.columns import (
    Column,
    name_columns,
    quote_values,
    refuse_all,
    require_columns,
    take_rows,
)
from policydata.messages import say
from policydata.schema import (
    CONFLICTS,
    COVERED,
    DOCUMENTS,
    FOLLOWED,
    INDICATORS,
    PLACES,
    PREFERRED,
    ROWS,
    UNITS,
)
from policydata.tables import Reference, read_data_release

# What one row is, the column that only such rows have, and their columns.
_TABLES: Mapping[str, tuple[str, Sequence[Column]]] = {
    ROWS["statements"]: ("statement_id", PREFERRED),
    "one row per pair of a target and an outcome": ("target_id", FOLLOWED),
    "one row per pair of statements about the same thing": ("other_id", CONFLICTS),
    "one row per place, year and indicator": ("state", COVERED),
    ROWS["documents"]: ("title_zh", DOCUMENTS),
    ROWS["places"]: ("yearbook_order", PLACES),
    ROWS["indicators"]: ("definition", INDICATORS),
    ROWS["units"]: ("factor", UNITS),
}
# XML has no way to write them, and Stata ends a text at the first.
_UNWRITABLE = r"([\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff])"


class Content(NamedTuple):
    """Typed rows with the records of their columns, the documents behind them, and facts."""

    rows: pd.DataFrame
    columns: list[Column]
    documents: pd.DataFrame | None
    about: dict[str, str]

    def find_unit_columns(self) -> dict[str, str]:
        """Find the column that has the unit of each column of numbers."""
        return {column.name: column.unit for column in self.columns if column.unit in self.rows}

    def find_units(self) -> dict[str, str]:
        """Find the unit of each column of numbers whose rows all have the same one."""
        held = {name: self.rows[unit].unique() for name, unit in self.find_unit_columns().items()}
        return {name: units[0] for name, units in held.items() if len(units) == 1 and units[0]}


def take_content(given: pd.DataFrame, reference: Reference = None) -> Content:
    """Take rows of the library, or a table made from them, with what describes them."""
    require_columns(given, [], "rows to export")
    flat = _flatten(given)
    kind, columns = _describe_columns(flat)
    rows = take_rows(flat, columns).reset_index(drop=True)
    _refuse_characters(rows)
    documents = None
    if names_documents(rows):
        documents = select_documents(list_documents(rows), reference)
    is_ours = reference is None and any(column.meaning for column in columns)
    return Content(rows, columns, documents, _tell_about(kind, len(rows), is_ours))


def date_data() -> datetime:
    """Date a file by the release of the data, so that it does not change with the day."""
    return datetime.fromisoformat(read_data_release().day)


def _flatten(given: pd.DataFrame) -> pd.DataFrame:
    """Turn a named index into columns, and truths into 1 and 0; refuse what has no plain names."""
    if given.columns.nlevels > 1:
        raise ValueError(say("The columns of this table have several levels; make them one."))
    flat = given.set_axis([str(name) for name in given.columns], axis="columns")
    if any(name is not None for name in flat.index.names):
        flat = flat.reset_index(allow_duplicates=True)
    if twice := sorted(set(flat.columns[flat.columns.duplicated()])):
        refused = "The table has the column {named} twice; keep one."
        raise ValueError(say(refused, named=quote_values(twice)))
    truths = [name for name in flat if is_bool_dtype(flat[name].dtype)]
    return flat.astype(dict.fromkeys(truths, "Int64"))


def _describe_columns(rows: pd.DataFrame) -> tuple[str, list[Column]]:
    """Say what one row is, and find the record of each column: of its table, else a plain one."""

    def count_shared(kind: str) -> int:
        return len(set(name_columns(_TABLES[kind][1])).intersection(rows.columns))

    # Of two tables that fit as well, the first is taken.
    kind = max(_TABLES, key=count_shared)
    key, table = _TABLES[kind]
    known = {column.name: column for column in (*PREFERRED, *table)}
    columns = [known.get(name) or _describe_own(rows[name]) for name in rows]
    return kind if key in rows else "", columns


def _describe_own(values: pd.Series) -> Column:
    """Make the record of a column that is not ours: what it holds, and no meaning."""
    dtype = values.dtype
    is_day = is_datetime64_dtype(dtype) and values.dropna().eq(values.dropna().dt.normalize()).all()
    kinds = {
        "integer": is_integer_dtype(dtype),
        "number": is_float_dtype(dtype),
        "date": is_day,
    }
    kind = next((kind for kind, held in kinds.items() if held), "text")
    return Column(str(values.name), "", kind, required=False)


def _refuse_characters(rows: pd.DataFrame) -> None:
    """Refuse texts with characters that not every format can hold."""
    complaints = []
    for name in rows.select_dtypes("str"):
        found = rows[name].str.extract(_UNWRITABLE, expand=False).dropna()
        complaints += [
            say(
                'Row {row}, column {column}: a character "{character}" that cannot be seen or '
                "written; take it out.",
                row=row,
                column=name,
                character=f"U+{ord(character):04X}",
            )
            for row, character in found.items()
        ]
    refuse_all(complaints)


def _tell_about(kind: str, count: int, is_ours: bool) -> dict[str, str]:
    """Tell what the rows are; version, licence and citation are known of our data alone."""
    table = {"table": kind} if kind else {}
    facts = table | {
        "rows": str(count),
        "missing": "A blank is a missing value, which is not zero.",
    }
    if not is_ours:
        return facts
    return {
        "title": TITLE,
        **facts,
        "data_version": read_data_release().version,
        "licence": ", ".join(LICENCE),
        "cite_as": cite_data(),
        "sources": "Cite the documents behind your figures as well.",
    }


def count_formulas(rows: pd.DataFrame) -> int:
    """Count the texts that Excel takes for a formula when it opens a CSV file.

    Examples
    --------
    >>> count_formulas(pd.DataFrame({"note": ["=1+1", "-0.6%", "- see page 3", "7%"]}))
    2
    """
    texts = rows.select_dtypes("str")
    found = texts.apply(lambda cells: cells.str.contains(r"^(?:[=@]|[+-](?![\d,]+(?:\.\d+)?%?$))"))
    return int(found.to_numpy().sum())
