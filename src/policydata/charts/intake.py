"""The input rows of a chart: typed, finite, each statement once, named, distinguishable."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd

from policydata.charts.words import name_period, name_units, order_words, say_word
from policydata.columns import Column, name_columns, require_columns, take_rows
from policydata.load import keep_once, leave_out_repeats
from policydata.names import PLACE, list_held, list_names, look_up
from policydata.periods import ALLOWED, read_periods
from policydata.schema import COMPARED, COVERED, LANGUAGES, NAMED, SAME, STATEMENTS
from policydata.tables import Reference, index_table, take_reference

KIND = ["indicator", "measure", "unit_std"]
_SAME = [*SAME, "status", "unit_std", "comparator", "low_std", "high_std"]
_COLUMNS = {column.name: column for column in (*COVERED, *COMPARED, *STATEMENTS)}
_NUMBERS = [name for name, column in _COLUMNS.items() if column.kind == "number"]
_STATEMENT, _PAIR = ("statement_id",), ("target_id", "outcome_id")
_IDS = (*_STATEMENT, *_PAIR)
_READ = (*_SAME, "document", "value_std", "hazards")
# Names are looked up if a table lacks them, and other wordings of a target are not drawn.
_NOT_READ = ("place_zh", "place_en", "indicator_zh", "indicator_en", "other_targets")
_PAIRED = tuple(name for name in name_columns(COMPARED) if name not in _NOT_READ)
_CELL = ("place", "year", "indicator", "state")
_RANGES = {
    "comparator": ("low_std", "high_std"),
    "target_comparator": ("target_low", "target_high"),
    "outcome_comparator": ("outcome_low", "outcome_high"),
}
# The column with an id, the table that knows it, and its key there.
_KNOWN = (("place", "places", "id"), ("indicator", "indicators", "code"))


def take_statements(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Take the statements that have a value to draw, with what is known of them."""
    once = _keep_once(_take(rows, _READ, "rows of load_statements()"), _STATEMENT, _READ)
    valued = refuse_empty(leave_out_repeats(once).dropna(subset=["value_std"]))
    return _attach_facts(_read_days(_refuse_blanks(valued, _READ)), reference)


def take_pairs(
    pairs: pd.DataFrame,
    reference: Reference,
    needed: Sequence[str] = _PAIRED,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Take the pairs that have the numbers to draw, and a value in the columns that group them."""
    typed = _drop_blanks(_take(pairs, [*by, *needed], "rows of compare()"), by)
    once = _keep_once(typed, _PAIR, needed)
    if by:
        # A pair may be in several groups, once in each of them.
        once = _keep_once(typed, [*_PAIR, *by], needed)
    numbers = [name for name in ("target", "outcome", "gap") if name in needed]
    stated = _refuse_blanks(refuse_empty(once.dropna(subset=numbers)), needed)
    return _attach_facts(stated, reference)


def take_coverage(cells: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Take the cells of a coverage."""
    taken = refuse_empty(_take(cells, _CELL, "rows of coverage()").dropna(subset=["year"]))
    return _attach_facts(_refuse_blanks(taken, _CELL), reference)


def take_groups(
    rows: pd.DataFrame, columns: Sequence[str], reference: Reference, free: Sequence[str] = ()
) -> pd.DataFrame:
    """Take the rows of any table that have a value in each column.

    Any words are allowed in columns that are `free`, and in a table without ids of statements.
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
    filled = leave_out_repeats(filled)
    return _attach_facts(_keep_once(filled, [*_IDS, *columns], columns), reference)


def _take(rows: pd.DataFrame, needed: Sequence[str], source: str) -> pd.DataFrame:
    """Take the rows of a table of the library, typed and finite."""
    _require(rows, needed, source)
    return _type(rows, _choose_columns(rows, [*needed, *_NUMBERS]))


def _require(rows: pd.DataFrame, needed: Sequence[str], source: str) -> None:
    """Refuse what is not a table, and a table in which a needed column is missing or doubled."""
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
    texts = [column.name for column in columns if column.kind == "text"]
    return typed.assign(**{name: typed[name].astype("str").fillna("") for name in texts})


def _drop_blanks(rows: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Leave out the rows without a value; a blank period counts as a value."""
    texts = [rows[name].astype("str").fillna("") for name in columns if name != "period"]
    return rows[~pd.concat(texts, axis=1).eq("").any(axis=1)] if texts else rows


def _keep_once(rows: pd.DataFrame, key: Sequence[str], read: Iterable[str]) -> pd.DataFrame:
    """Keep a repeated row once; a row without an id is not a copy."""
    ids = [name for name in _IDS if name in key and name in rows]
    if not ids:
        return rows
    named = rows[ids].ne("").any(axis=1)
    told = [*ids, *(name for name in key if name not in _IDS)]
    once = keep_once(rows[named], told, [Column(name, "") for name in (*told, *read)])
    return once if named.all() else pd.concat([once, rows[~named]])


def _refuse_blanks(rows: pd.DataFrame, read: Iterable[str]) -> pd.DataFrame:
    """Refuse a blank in a column that every mark needs."""
    needed = [name for name in read if _COLUMNS[name].required and _COLUMNS[name].kind == "text"]
    allowed = {name: ", ".join(_COLUMNS[name].words) or _COLUMNS[name].meaning for name in needed}
    blank = {name: rows[name].eq("") for name in needed}
    for comparator, ends in _RANGES.items():
        if comparator in read:
            blank |= {end: rows[comparator].eq("range") & rows[end].isna() for end in ends}
            allowed |= dict.fromkeys(ends, "a number, as a range has two ends")
    for name, at in blank.items():
        _refuse(rows[at], name, "is blank", allowed[name])
    return rows


def _read_days(rows: pd.DataFrame) -> pd.DataFrame:
    """Read the days of periods from their text; the other columns are copies of it."""
    days = read_periods(rows.period)
    wrong = rows[~days.readable]
    _refuse(wrong, "period", f'is "{"".join(wrong.period[:1])}"', ALLOWED)
    return rows.assign(**days)


def _refuse(rows: pd.DataFrame, column: str, fault: str, allowed: str) -> None:
    """Refuse rows, if there are any: the first by its statement, else by its index."""
    if len(rows):
        named = [rows[name].iloc[0] for name in _IDS if name in rows]
        stated = [f'statement "{one}"' for one in named if isinstance(one, str) and one]
        first = stated[0] if stated else f"row {rows.index[0]}"
        more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
        raise ValueError(f"{column} of {first}{more} {fault}; allowed: {allowed}.")


def refuse_empty(rows: pd.DataFrame) -> pd.DataFrame:
    """Refuse a table without a row."""
    if rows.empty:
        raise ValueError("No row has a value to draw.")
    return rows


def refuse_mixture(rows: pd.DataFrame, also: Sequence[str] = ()) -> pd.DataFrame:
    """Refuse rows that do not fit on one axis."""
    for column in (*KIND, *also):
        found = rows[column].unique()
        if len(found) > 1:
            listed = ", ".join(f'"{value}"' for value in found)
            hint = " or convert_units()" if column == "unit_std" else ""
            raise ValueError(
                f"One axis takes one {column}; these rows have {listed}: filter{hint}."
            )
    return refuse_empty(rows)


def attach_names(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Name places and indicators in both languages, in columns such as `place_en`.

    Names come from the given tables, or else from the rows, or else from the shipped tables; an
    unknown id is its own name.
    """
    tables, names = take_reference(reference), {}
    for column, table, key in _KNOWN:
        for lang in LANGUAGES if column in rows else ():
            twin = f"{column}_{lang}"
            own = rows.get(twin, pd.Series("", rows.index)).astype("str").fillna("")
            listed = _look_up(rows[column], tables[table], key, f"name_{lang}")
            first, second = (own, listed) if reference is None else (listed, own)
            known = first.where(first.ne(""), second)
            names[twin] = known.where(known.ne(""), rows[column])
    return rows.assign(**names)


def _attach_facts(rows: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """Name rows; add level and order of their places, and the usual Chinese unit of indicators."""
    tables = take_reference(reference)
    facts: dict[str, pd.Series] = {}
    if "place" in rows:
        level = _look_up(rows.place, tables["places"], "id", "level")
        order = _look_up(rows.place, tables["places"], "id", "yearbook_order")
        facts = {"place_level": level, "yearbook_order": pd.to_numeric(order.replace("", "inf"))}
    if "indicator" in rows:
        indicators = tables["indicators"]
        facts["indicator_unit"] = _look_up(rows.indicator, indicators, "code", "unit")
        facts["usual_unit"] = _look_up(rows.indicator, indicators, "code", "unit_zh")
    chinese = name_units(tables["units"])
    for name in {"gap_unit", "unit_std"} & set(rows):
        facts[f"{name}_zh"] = rows[name].map(chinese).astype("str").fillna(rows[name])
    return attach_names(rows, None if reference is None else tables).assign(**facts)


def _look_up(ids: pd.Series, table: pd.DataFrame, key: str, column: str) -> pd.Series:
    """Look up a fact; it is blank if the table does not have it."""
    known = index_table(table, key).reindex(columns=[column])[column]
    return ids.map(known).astype("str").fillna("")


def match_place(rows: pd.DataFrame, name: str, reference: Reference) -> str:
    """Find the place of some rows that a name means: an id, a name in the rows, or a spelling."""
    places = take_reference(reference)["places"]
    tables = [places[places.id.isin(rows.place)], *list_held(rows, "place", "id")]
    allowed = ", ".join(sorted(set(rows.place)))
    return look_up([name], list_names(PLACE, *tables), "place of these rows", allowed)[0]


def name_values(rows: pd.DataFrame, column: str, lang: str) -> dict[str, str]:
    """Name each value of a column: from its column of names in the language, or its vocabulary."""
    values, twin = rows[column].astype("str"), f"{column}_{lang}"
    if twin in rows:
        return dict(zip(values, rows[twin].astype("str"), strict=True))
    name = name_period if column == "period" else partial(say_word, column)
    return {value: name(value, lang) for value in values.unique()}


def order_values(rows: pd.DataFrame, column: str) -> list[str]:
    """Order the values of a column by its vocabulary, or else by their English names."""
    english = f"{column}_en" if f"{column}_en" in rows else column
    ordered = rows.sort_values(english, kind="stable")[column].astype("str")
    return order_words(column, ordered)
