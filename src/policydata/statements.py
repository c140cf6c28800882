"""From coded to tidy: a chain of small steps, each frame to frame, that reads as the method."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from policydata.columns import name_columns, set_dtypes
from policydata.conditions import require_columns
from policydata.hazards import label_hazards
from policydata.periods import read_periods
from policydata.quantities import read_quantities
from policydata.schema import CODED, STATEMENTS
from policydata.tables import Reference, index_table, take_reference
from policydata.units import Unit, index_units, read_unit, standardise

__all__ = ["choose_unit", "name_statements", "tidy"]

BOUNDS = ["low", "high", "value"]
# What is looked up, by its name there, and the column that it becomes.
_PLACE_NAMES = {"name_zh": "place_zh", "name_en": "place_en"}
_INDICATOR_NAMES = {"name_zh": "indicator_zh", "name_en": "indicator_en", "domain": "domain"}
_DOCUMENT_FACTS = {"reliability": "reliability", "published": "published"}


def tidy(coded: pd.DataFrame, reference: Reference = None) -> pd.DataFrame:
    """Turn coded rows into the tidy table, one row a statement, sorted by statement_id.

    Parameters
    ----------
    coded : pandas.DataFrame
        Rows as `read_coded` gives them; they are not changed.
    reference : str, Path or mapping of str to DataFrame, optional
        A folder of reference tables, or the tables `documents`, `hazards`, `indicators`, `places`
        and `units`; the shipped ones where left out.

    Returns
    -------
    pandas.DataFrame
        The columns that `load_statements` describes.  A figure, period or unit that cannot be read
        is missing, never guessed: `check` lists it.

    Raises
    ------
    TypeError
        Where `coded` is no table: `read_coded` reads a folder.
    ValueError
        Where the table lacks a column.

    Examples
    --------
    >>> from policydata import read_coded
    >>> coded = read_coded("data/coded")
    >>> tidy(coded[coded.value_text.eq("20—30个")]).loc[0, ["comparator", "unit"]].tolist()
    ['range', '个']
    """
    require_columns(coded, name_columns(CODED), "rows of read_coded()")
    tables = take_reference(reference)
    units = index_units(tables["units"])
    return (
        coded.reset_index(drop=True)
        .assign(statement_id=name_statements)
        .pipe(_read_figures, units)
        .pipe(_read_days)
        .pipe(_standardise_bounds, units)
        .pipe(_attach, tables["places"], "place", "id", _PLACE_NAMES)
        .pipe(_attach, tables["indicators"], "indicator", "code", _INDICATOR_NAMES)
        .pipe(_attach, tables["documents"], "document", "id", _DOCUMENT_FACTS)
        .assign(published=lambda frame: _read_full_dates(frame.published))
        .pipe(_label, tables["hazards"])
        .pipe(set_dtypes, STATEMENTS)
        .sort_values("statement_id", ignore_index=True, kind="stable")
    )


def name_statements(coded: pd.DataFrame) -> pd.Series:
    """Give each row the id that other tables point at: `<document>:<n>`."""
    return coded.document + ":" + coded.n


def choose_unit(unit_text: pd.Series, read: pd.Series) -> pd.Series:
    """Take the unit that the sentence gives away from the number before the one at the number."""
    return read.where(unit_text.eq(""), unit_text)


def _read_figures(frame: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Read bounds, comparator and unit, and the one number to plot."""
    read = read_quantities(frame.value_text, units)
    bounded = read.low.fillna(read.high)
    return frame.assign(
        low=read.low,
        high=read.high,
        value=bounded.where(read.comparator.ne("range"), (read.low + read.high) / 2),
        comparator=read.comparator.where(read.reason.eq("")),
        unit=choose_unit(frame.unit_text, read.unit),
    )


def _read_days(frame: pd.DataFrame) -> pd.DataFrame:
    """Read first day, last day and year of each period."""
    return frame.assign(**read_periods(frame.period).drop(columns="readable"))


def _standardise_bounds(frame: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Convert the bounds to the standard unit, unit by unit."""
    written = {text: read_unit(text, units) for text in frame.unit.unique()}
    standard = {text: unit.standard if unit else "" for text, unit in written.items()}
    columns = {}
    for bound in BOUNDS:
        parts = [standardise(part[bound], written[text]) for text, part in frame.groupby("unit")]
        columns[f"{bound}_std"] = pd.concat(parts) if parts else frame[bound]
    return frame.assign(unit_std=frame.unit.map(standard), **columns)


def _attach(
    frame: pd.DataFrame,
    table: pd.DataFrame,
    key: str,
    id_column: str,
    names: Mapping[str, str],
) -> pd.DataFrame:
    """Look facts up in a reference table; an unknown key leaves them missing."""
    facts = index_table(table, id_column)
    return frame.assign(**{new: frame[key].map(facts[old]) for old, new in names.items()})


def _label(frame: pd.DataFrame, judged: pd.DataFrame) -> pd.DataFrame:
    """Write the hazards of each row."""
    return frame.assign(hazards=label_hazards(frame, judged))


def _read_full_dates(texts: pd.Series) -> pd.Series:
    """Read whole days; a date of year or month alone is no day and stays missing."""
    whole = texts.where(texts.str.fullmatch(r"\d{4}-\d{2}-\d{2}").fillna(False).astype(bool))
    return pd.to_datetime(whole, format="%Y-%m-%d")
