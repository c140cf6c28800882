"""From coded to tidy rows: small steps, each on the distinct values of what it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from policydata.columns import (
    as_text,
    document_columns,
    name_columns,
    require_columns,
    set_dtypes,
    take_rows,
)
from policydata.distinct import Distinct, combine, find_distinct, share_one
from policydata.periods import read_periods
from policydata.quantities import read_quantities
from policydata.schema import CODED, HAZARDS, JUDGED, SAME, STATEMENTS, UNITS
from policydata.tables import Reference, index_table, take_reference
from policydata.units import Units, read_unit, standardise_each, take_units

BOUNDS = ["low", "high", "value", "stretch"]
# What is looked up, by its name there, and the column that it becomes.
_PLACE_FACTS = {"name_zh": "place_zh", "name_en": "place_en", "level": "place_level"}
_INDICATOR_NAMES = {"name_zh": "indicator_zh", "name_en": "indicator_en", "domain": "domain"}
_DAYS_OF_A_YEAR = 366
_DOCUMENT_FACTS = {"reliability": "reliability", "published": "published"}
# The columns from which a row is sorted, looked up and read.
_KEYS = "document n place indicator measure status period value_text unit_text".split()
Keys = Mapping[str, Distinct]
_LOOKED_UP = {
    "documents": ["id", *_DOCUMENT_FACTS],
    "hazards": name_columns(JUDGED),
    "indicators": ["code", *_INDICATOR_NAMES],
    "places": ["id", "name_zh", "name_en"],
    "units": name_columns(UNITS),
}


@document_columns()
def tidy(coded: pd.DataFrame, reference: Reference = None) -> pd.DataFrame:
    """Turn coded rows into the tidy table, one row per statement.

    Parameters
    ----------
    coded : pandas.DataFrame
        Rows as `read_coded` returns them, or read from a file in another way; they are not changed.
    {reference}

    Returns
    -------
    pandas.DataFrame
        The columns that `load_statements` describes; rows are sorted by document, then number.  A
        figure, period or unit that cannot be read is missing, never guessed, and so is a word that
        is not in its vocabulary; `check` lists them.

    Notes
    -----
    All rows of a place are needed, because a hazard says that no other document states the same
    thing of it.  Rows can be split by place: the parts of the result, put together and sorted by
    document and number, are the whole, dtypes included.

    Raises
    ------
    TypeError
        If `coded` is not a table; use `read_coded` to read a folder.
    ValueError
        If the table lacks a column or holds numbers instead of figures as written, or if a
        reference table cannot be used.

    Examples
    --------
    >>> row = {"document": "plan", "n": "1", "place": "hebi", "value_text": "20—30万亩"}
    >>> coded = pd.DataFrame([row], columns=name_columns(CODED))
    >>> print(tidy(coded)[["statement_id", "comparator", "low", "high"]].to_string(index=False))
    statement_id comparator  low  high
          plan:1      range 20.0  30.0
    """
    require_columns(coded, name_columns(CODED), "rows of read_coded()")
    tables = take_reference(reference, hold_words=False, **_LOOKED_UP)
    rows, keys = _sort(take_rows(coded, as_text(CODED)).reset_index(drop=True))
    facts = [key.give(_set_words(found)) for key, found in _find_facts(keys, tables)]
    found = {name: column for table in facts for name, column in table.items()}
    return rows.assign(
        **found,
        statement_id=_name_rows(rows, keys["document"]),
        hazards=lambda frame: label_hazards(frame, keys, tables["hazards"]),
    )[name_columns(STATEMENTS)]


# What makes two figures of a document the same one, whatever their number.
CONTENT = """
    document quote occurrence value_text indicator place measure status period
""".split()


def name_statements(coded: pd.DataFrame) -> pd.Series:
    """Return the id of each row, to which other tables refer: `<document>:<n>`."""
    return coded.document + ":" + coded.n


def order_statements(ids: pd.Series) -> pd.Series:
    """Rank ids by document, then by number: :3 comes before :10.

    Examples
    --------
    >>> order_statements(pd.Series(["plan:10", "plan:3", "news:12"])).tolist()
    [2, 1, 0]
    """
    ordered = sorted(ids.unique(), key=_split_id)
    return ids.map({name: place for place, name in enumerate(ordered)})


def _split_id(statement_id: str) -> tuple[str, bool, int, str, str]:
    """Split an id into document and number, by length and digits; without a number it is last."""
    document, _, number = statement_id.rpartition(":")
    digits = number.lstrip("0")
    return document, not number.isdecimal(), len(digits), digits, number


def choose_unit(unit_text: pd.Series, read: pd.Series) -> pd.Series:
    """Prefer the unit given elsewhere in the sentence to the unit at the number."""
    return read.where(unit_text.eq(""), unit_text)


def _sort(rows: pd.DataFrame) -> tuple[pd.DataFrame, Keys]:
    """Sort rows by document, then number; return with them the distinct values of their keys."""
    keys = {name: find_distinct(rows[name]) for name in _KEYS}
    ranks = _rank_rows(rows, keys["document"], keys["n"])
    if ranks.is_monotonic_increasing:
        return rows, keys
    order = ranks.sort_values(kind="stable").index
    return rows.take(order).reset_index(drop=True), {
        name: Distinct(key.rows, key.codes.take(order).reset_index(drop=True))
        for name, key in keys.items()
    }


def _rank_rows(rows: pd.DataFrame, documents: Distinct, numbers: Distinct) -> pd.Series:
    """Rank rows by document, then by number, as `order_statements` ranks their ids."""
    if numbers.rows.n.str.contains(":", regex=False).any():
        return order_statements(name_statements(rows))
    ranked = documents.give(_rank(documents.rows.document, str)) * len(numbers.rows)
    return ranked + numbers.give(_rank(numbers.rows.n, _split_id))


def _rank(texts: pd.Series, key: Callable[[str], Any]) -> pd.Series:
    """Rank distinct texts by a key."""
    ranked = sorted(range(len(texts)), key=[*map(key, texts.tolist())].__getitem__)
    return pd.Series(range(len(texts)), ranked).sort_index()


def _name_rows(rows: pd.DataFrame, documents: Distinct) -> pd.Series:
    """Name statements as `name_statements` does, but join each document and the colon once."""
    return documents.give(documents.rows.document + ":") + rows.n


def _find_facts(
    keys: Keys, tables: Mapping[str, pd.DataFrame]
) -> list[tuple[Distinct, pd.DataFrame]]:
    """Read and look up what the rows say, once for their distinct values."""
    units = take_units(tables)
    figures = combine(keys["value_text"], keys["unit_text"])
    place, indicator, document = keys["place"], keys["indicator"], keys["document"]
    return [
        (figures, _read_figures(figures.rows, units).pipe(_standardise_bounds, units)),
        (keys["period"], read_periods(keys["period"].rows.period)),
        (place, _look_up(place.rows.place, tables["places"], "id", _PLACE_FACTS)),
        (
            indicator,
            _look_up(indicator.rows.indicator, tables["indicators"], "code", _INDICATOR_NAMES),
        ),
        (
            document,
            _look_up(document.rows.document, tables["documents"], "id", _DOCUMENT_FACTS).pipe(
                _keep_whole_days
            ),
        ),
        (keys["measure"], keys["measure"].rows),
        (keys["status"], keys["status"].rows),
    ]


def _set_words(facts: pd.DataFrame) -> pd.DataFrame:
    """Keep the columns of the tidy table, and set their dtypes."""
    return set_dtypes(facts, [column for column in STATEMENTS if column.name in facts])


def _read_figures(texts: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Read bounds, comparator and unit, and the one number to plot."""
    read = read_quantities(texts.value_text, units)
    bounded = read.low.fillna(read.high)
    return read.assign(
        value=bounded.where(read.comparator.ne("range"), (read.low + read.high) / 2),
        comparator=read.comparator.where(read.reason.eq("")),
        unit=choose_unit(texts.unit_text, read.unit),
    )


def _standardise_bounds(figures: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Convert the bounds to the standard unit."""
    written = find_distinct(figures.unit)
    read = [read_unit(text, units) for text in written.rows.unit]
    standard = pd.Series([unit.standard if unit else "" for unit in read], dtype="str")
    converted = {
        f"{bound}_std": standardise_each(figures[bound], read, written.codes) for bound in BOUNDS
    }
    return figures.assign(**converted, unit_std=written.give(standard))


def _look_up(
    ids: pd.Series, table: pd.DataFrame, id_column: str, names: Mapping[str, str]
) -> pd.DataFrame:
    """Look up facts in a reference table; they are missing for an unknown id."""
    facts = index_table(table, id_column).reindex(columns=[*names]).reindex(ids)
    return facts.rename(columns=names).astype("str").reset_index(drop=True)


def label_hazards(rows: pd.DataFrame, keys: Keys, judged: pd.DataFrame) -> pd.Series:
    """Write the hazards of each statement, in the order of `HAZARDS`, separated by blanks.

    Parameters
    ----------
    rows : pandas.DataFrame
        All tidy rows, because a single source can only be found among all of them.
    keys : mapping of str to Distinct
        The distinct values of their keys.
    judged : pandas.DataFrame
        `statement_id` and `hazard`, as judged by a reader.
    """
    bits = {hazard: 1 << place for place, hazard in enumerate(HAZARDS)}
    marks = pd.Series(0, rows.index, name="marks")
    for hazard, found in _find_hazards(rows, keys).items():
        marks += found.astype("int64") * bits[hazard]
    ids = rows.statement_id[rows.statement_id.isin(judged.statement_id)]
    for hazard, own in judged[judged.hazard.isin(bits)].groupby("hazard"):
        marks.loc[ids.index[ids.isin(own.statement_id)]] |= bits[hazard]
    distinct = find_distinct(marks)
    labels = [
        " ".join(hazard for hazard, bit in bits.items() if mark & bit)
        for mark in distinct.rows.marks
    ]
    return distinct.give(pd.Series(labels, dtype="str"))


def _find_hazards(rows: pd.DataFrame, keys: Keys) -> dict[str, pd.Series]:
    """Find the hazards that follow from the rows themselves."""
    days = (rows.period_end - rows.period_start).dt.days + 1
    # A level or share of a month is a state on that date; growth covers a part of the year.
    period = keys["period"]
    month = period.give(period.rows.period.str.fullmatch(r"\d{4}-\d{2}"))
    as_of = month & rows.measure.isin(["level", "share"])
    same = [keys[name] for name in (*SAME, "status")]
    return {
        "reprint": rows.reliability.eq("reprint"),
        "single_source": share_one(keys["document"], same),
        "preliminary": rows.status.eq("estimate"),
        "bound_only": rows.comparator.isin(["<", "<=", ">", ">="]),
        "approximate": rows.comparator.eq("~"),
        "part_of_year": days.lt(_DAYS_OF_A_YEAR - 1) & ~as_of,
        "several_years": days.gt(_DAYS_OF_A_YEAR),
    }


def _keep_whole_days(facts: pd.DataFrame) -> pd.DataFrame:
    """Read days of publication; a year or a month alone is not a day and stays missing."""
    published = find_distinct(facts.published)
    texts = published.rows.published
    whole = texts.str.fullmatch(r"\d{4}-\d{2}-\d{2}").fillna(False).astype(bool)
    days = pd.to_datetime(texts.where(whole), format="%Y-%m-%d")
    return facts.assign(published=published.give(days))
