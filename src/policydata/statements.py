"""From coded to tidy rows: a chain of small steps, each from frame to frame."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from policydata.columns import (
    as_text,
    document_columns,
    name_columns,
    require_columns,
    set_dtypes,
    take_rows,
)
from policydata.periods import read_periods
from policydata.quantities import read_quantities
from policydata.schema import CODED, HAZARDS, JUDGED, SAME, STATEMENTS, UNITS
from policydata.tables import Reference, index_table, take_reference
from policydata.units import Units, read_unit, standardise, take_units

BOUNDS = ["low", "high", "value", "stretch"]
# What is looked up, by its name there, and the column that it becomes.
_PLACE_FACTS = {"name_zh": "place_zh", "name_en": "place_en", "level": "place_level"}
_INDICATOR_NAMES = {"name_zh": "indicator_zh", "name_en": "indicator_en", "domain": "domain"}
_DAYS_OF_A_YEAR = 366
_DOCUMENT_FACTS = {"reliability": "reliability", "published": "published"}
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
    units = take_units(tables)
    return (
        take_rows(coded, as_text(CODED))
        .reset_index(drop=True)
        .assign(statement_id=name_statements)
        .pipe(_read_figures, units)
        .pipe(_read_days)
        .pipe(_standardise_bounds, units)
        .pipe(_attach, tables["places"], "place", "id", _PLACE_FACTS)
        .pipe(_attach, tables["indicators"], "indicator", "code", _INDICATOR_NAMES)
        .pipe(_attach, tables["documents"], "document", "id", _DOCUMENT_FACTS)
        .pipe(_keep_whole_days)
        .assign(hazards=lambda frame: label_hazards(frame, tables["hazards"]))
        .pipe(set_dtypes, STATEMENTS)
        .sort_values("statement_id", key=order_statements, ignore_index=True, kind="stable")
    )


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


def _read_figures(frame: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Read bounds, comparator and unit, and the one number to plot."""
    read = read_quantities(frame.value_text, units)
    bounded = read.low.fillna(read.high)
    return frame.assign(
        low=read.low,
        high=read.high,
        value=bounded.where(read.comparator.ne("range"), (read.low + read.high) / 2),
        stretch=read.stretch,
        comparator=read.comparator.where(read.reason.eq("")),
        unit=choose_unit(frame.unit_text, read.unit),
    )


def _read_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Read first day, last day and year of each period."""
    return frame.assign(**read_periods(frame.period).drop(columns="readable"))


def _standardise_bounds(frame: pd.DataFrame, units: Units) -> pd.DataFrame:
    """Convert the bounds to the standard unit, unit by unit."""
    written = {text: read_unit(text, units) for text in frame.unit.unique()}
    standard = {text: unit.standard if unit else "" for text, unit in written.items()}
    bounds = frame.melt("unit", BOUNDS, value_name="number")
    parts = [standardise(part.number, written[text]) for text, part in bounds.groupby("unit")]
    numbers = pd.concat([*parts, bounds.number.head(0)]).sort_index().to_numpy()
    columns = zip(
        [f"{bound}_std" for bound in BOUNDS], numbers.reshape(len(BOUNDS), -1), strict=True
    )
    return frame.assign(unit_std=frame.unit.map(standard), **dict(columns))


def _attach(
    frame: pd.DataFrame,
    table: pd.DataFrame,
    key: str,
    id_column: str,
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Look up facts in a reference table; they are missing for an unknown key."""
    facts = index_table(table, id_column).reindex(columns=[*names])
    found = {new: frame[key].map(facts[old]).astype("str") for old, new in names.items()}
    return frame.assign(**found)


def label_hazards(statements: pd.DataFrame, judged: pd.DataFrame) -> pd.Series:
    """Write the hazards of each statement, in the order of `HAZARDS`, separated by blanks.

    Parameters
    ----------
    statements : pandas.DataFrame
        All tidy rows, because a single source can only be found among all of them.
    judged : pandas.DataFrame
        `statement_id` and `hazard`, as judged by a reader.
    """
    found = _find_hazards(statements)
    for hazard, rows in judged.groupby("hazard"):
        marked = statements.statement_id.isin(rows.statement_id)
        found[hazard] = found.get(hazard, False) | marked
    words = pd.DataFrame({hazard: found[hazard] for hazard in HAZARDS if hazard in found})
    distinct = words.drop_duplicates()
    labels = [" ".join(words.columns[list(row)]) for row in distinct.itertuples(index=False)]
    label = dict(zip(distinct.itertuples(index=False, name=None), labels, strict=True))
    keys = words.itertuples(index=False, name=None)
    return pd.Series([label[key] for key in keys], index=statements.index, dtype="str")


def _find_hazards(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Find the hazards that follow from the rows themselves."""
    days = (rows.period_end - rows.period_start).dt.days + 1
    # A level or share of a month is a state on that date; growth covers a part of the year.
    month = rows.period.str.fullmatch(r"\d{4}-\d{2}").astype(bool)
    as_of = month & rows.measure.isin(["level", "share"])
    stated_by = rows.groupby([*SAME, "status"], observed=True).document.transform("nunique")
    return {
        "reprint": rows.reliability.eq("reprint"),
        "single_source": stated_by.eq(1),
        "preliminary": rows.status.eq("estimate"),
        "bound_only": rows.comparator.isin(["<", "<=", ">", ">="]),
        "approximate": rows.comparator.eq("~"),
        "part_of_year": days.lt(_DAYS_OF_A_YEAR - 1) & ~as_of,
        "several_years": days.gt(_DAYS_OF_A_YEAR),
    }


def _keep_whole_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Read days of publication; a year or a month alone is not a day and stays missing."""
    whole = frame.published.str.fullmatch(r"\d{4}-\d{2}-\d{2}").fillna(False).astype(bool)
    days = pd.to_datetime(frame.published.where(whole), format="%Y-%m-%d")
    return frame.assign(published=days)
