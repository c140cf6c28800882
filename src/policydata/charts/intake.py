"""What a chart is handed, taken at its door: typed, finite, each statement once, and named."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace

import pandas as pd

from policydata.charts.facts import attach_facts, attach_names
from policydata.charts.rows import SAME, refuse_empty
from policydata.columns import Column, name_columns, require_columns, take_rows
from policydata.periods import ALLOWED, read_periods
from policydata.schema import COMPARED, NAMED, STATEMENTS, STATES
from policydata.tables import Reference

__all__ = ["take_cells", "take_groups", "take_pairs", "take_statements"]

_STATE = Column("state", "whether a figure is stated", words=STATES)
_COLUMNS = {column.name: column for column in (*COMPARED, *STATEMENTS, _STATE)}
_NUMBERS = [name for name, column in _COLUMNS.items() if column.kind == "number"]
_STATEMENT, _PAIR = ("statement_id",), ("target_id", "outcome_id")
_IDS = (*_STATEMENT, *_PAIR)
_READ = (*SAME, "document", "value_std", "hazards")
# Names are looked up where a table lacks them.
_PAIRED = tuple(name for name in name_columns(COMPARED) if name[-3:] not in ("_zh", "_en"))
_CELL = ("place", "year", "indicator", "state")
_RANGES = {
    "comparator": ("low_std", "high_std"),
    "target_comparator": ("target_low", "target_high"),
    "outcome_comparator": ("outcome_low", "outcome_high"),
}


def take_statements(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Take the statements that have a value to draw, with what is known of them."""
    taken = _take(rows, _READ, "rows of load_statements()")
    once = _refuse_versions(_drop_copies(taken, _STATEMENT, _READ), _STATEMENT, _READ)
    valued = refuse_empty(once.dropna(subset=["value_std"]))
    return attach_facts(_read_days(_refuse_blanks(valued, _READ)), reference)


def take_pairs(
    pairs: pd.DataFrame,
    reference: Reference,
    needed: Sequence[str] = _PAIRED,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Take the pairs that have the numbers to draw, and a value in the columns that group them."""
    read = [*by, *needed]
    taken = _drop_blanks(_take(pairs, read, "rows of compare()"), by)
    once = _refuse_versions(_drop_copies(taken, _PAIR, read), _PAIR, needed)
    numbers = [name for name in ("target", "outcome", "gap") if name in needed]
    stated = _refuse_blanks(refuse_empty(once.dropna(subset=numbers)), needed)
    if by:
        return attach_facts(stated, reference)
    documents = stated.target_id.str.rpartition(":")[0]
    return attach_facts(_read_days(stated).assign(document=documents), reference)


def take_cells(cells: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Take the cells of a coverage."""
    taken = refuse_empty(_take(cells, _CELL, "rows of coverage()").dropna(subset=["year"]))
    return attach_names(_refuse_blanks(taken, _CELL), reference)


def take_groups(
    rows: pd.DataFrame, columns: Sequence[str], reference: Reference, free: Sequence[str] = ()
) -> pd.DataFrame:
    """Take the rows of any table that have a value in each column.

    Words of one's own may stand in columns that are free, and where no row is a statement's.
    """
    listed = ", ".join(map(str, rows.columns)) if isinstance(rows, pd.DataFrame) else ""
    _require(rows, columns, listed or "rows of a table")
    own = free if any(name in rows for name in _IDS) else columns
    known = [
        replace(column, words=()) if column.name in own else column
        for column in _choose_columns(rows, columns)
        if column.kind != "date"
    ]
    filled = _drop_blanks(_type(rows, known), columns)
    return attach_names(_drop_copies(filled, _IDS, columns), reference)


def _drop_blanks(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Leave out the rows without a value; that no period is given is one."""
    texts = [rows[name].astype("str").fillna("") for name in columns if name != "period"]
    return rows[~pd.concat(texts, axis=1).eq("").any(axis=1)] if texts else rows


def _read_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Read the days of periods from their text, of which all other columns are copies."""
    days = read_periods(rows.period)
    for period in rows.period[~days.readable].head(1):
        _refuse(rows, "period", ~days.readable, f'is "{period}"', ALLOWED)
    return rows.assign(**days)


def _take(rows: pd.DataFrame, needed: Sequence[str], source: str) -> pd.DataFrame:
    """Take the rows of a table of the library, typed and finite."""
    _require(rows, needed, source)
    return _type(rows, _choose_columns(rows, [*needed, *_NUMBERS]))


def _require(rows: pd.DataFrame, needed: Sequence[str], source: str) -> None:
    """Refuse what is not a table, and a table without, or with two of, a column that is read."""
    for name in needed:
        if not isinstance(name, Hashable):
            raise TypeError(f"{name} is not a column; allowed: the name of one.")
    require_columns(rows, needed, source)
    twice = rows.columns[rows.columns.duplicated()]
    for name in twice.intersection([*needed, *_IDS, *NAMED, *_NUMBERS]):
        raise ValueError(f'The table has the column "{name}" twice; keep one.')


def _choose_columns(rows: pd.DataFrame, names: Iterable[str]) -> list[Column]:
    """Choose the records of the columns that are read, and of those that name rows."""
    wanted = {*names, *_IDS, *NAMED}
    return [column for name, column in _COLUMNS.items() if name in wanted and name in rows]


def _type(rows: pd.DataFrame, columns: Sequence[Column]) -> pd.DataFrame:
    """Give the columns that are read their dtypes, vocabularies as plain words."""
    typed = take_rows(rows, columns)
    plain = {
        column.name: typed[column.name].astype("str").fillna("")
        if column.kind == "text"
        else typed[column.name]
        for column in columns
    }
    return rows.assign(**plain)


def _drop_copies(rows: pd.DataFrame, ids: Sequence[str], read: Iterable[str]) -> pd.DataFrame:
    """Keep once what stands in a table twice; what has no id is no copy."""
    key = [name for name in ids if name in rows]
    copies = rows.duplicated(list(dict.fromkeys([*key, *read])))
    return rows[~(copies & rows[key].ne("").any(axis=1))]


def _refuse_versions(rows: pd.DataFrame, ids: Sequence[str], read: Iterable[str]) -> pd.DataFrame:
    """Refuse different rows of one statement, or of one pair: only one of them can be right."""
    key = [name for name in ids if name in rows]
    named = rows[rows[key].ne("").any(axis=1)]
    for _, group in named[named.duplicated(key or None, keep=False)].groupby(key) if key else ():
        for name in read:
            if len(values := group[name].unique()) > 1:
                listed = " or ".join(f'"{value}"' for value in values)
                raise ValueError(
                    f"The {_name_rows(group.head(1))} stands in different rows: {name} {listed}; "
                    "keep one of them."
                )
    return rows


def _refuse_blanks(rows: pd.DataFrame, read: Iterable[str]) -> pd.DataFrame:
    """Refuse a blank without which no mark can be drawn."""
    needed = [name for name in read if _COLUMNS[name].required and _COLUMNS[name].kind == "text"]
    allowed = {name: ", ".join(_COLUMNS[name].words) or _COLUMNS[name].meaning for name in needed}
    blank = {name: rows[name].eq("") for name in needed}
    for comparator, ends in _RANGES.items():
        if comparator in read:
            blank |= {end: rows[comparator].eq("range") & rows[end].isna() for end in ends}
            allowed |= dict.fromkeys(ends, "a number, as a range has two ends")
    for name, at in blank.items():
        _refuse(rows, name, at, "is blank", allowed[name])
    return rows


def _refuse(rows: pd.DataFrame, column: str, at: pd.Series, fault: str, allowed: str) -> None:
    """Refuse the rows at which a column has a fault, if there are any."""
    if at.any():
        raise ValueError(f"{column} of {_name_rows(rows[at])} {fault}; allowed: {allowed}.")


def _name_rows(rows: pd.DataFrame) -> str:
    """Name the first of some rows by its statement, else by its index, and count the others."""
    named = [rows[name].iloc[0] for name in _IDS if name in rows]
    stated = [f'statement "{one}"' for one in named if isinstance(one, str) and one]
    first = stated[0] if stated else f"row {rows.index[0]}"
    return f"{first} and {len(rows) - 1} more" if len(rows) > 1 else first
