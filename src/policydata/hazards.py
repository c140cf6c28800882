"""Named hazards: what a reader must know before a figure is compared, added up or quoted.

Some follow from the row, some from its neighbours, some only from reading: those are typed, in
`hazards.csv`.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

__all__ = ["HAZARDS", "carries_hazard", "label_hazards"]

HAZARDS = {
    "reprint": "read from another site's copy",
    "single_source": "no other document states the same thing",
    "preliminary": "an estimate, or a first figure that was revised later",
    "inferred_year": "the year is read from the context",
    "partial_scope": "covers a part: one level, one batch, one list",
    "definition_differs": "counts something else than the indicator's usual sense",
    "stock_or_flow": "a stock beside flows, or the reverse: do not add up",
    "bound_only": "a floor or a ceiling, no point",
    "approximate": "about so much, as written",
    "part_of_year": "covers a part of a year",
    "several_years": "covers or ends several years: not one year's figure",
}
_SAME = ["place", "indicator", "measure", "status", "period"]
_DAYS_OF_A_YEAR = 366


def label_hazards(statements: pd.DataFrame, judged: pd.DataFrame) -> pd.Series:
    """Write the hazards of each statement, in the order of `HAZARDS`, separated by blanks.

    Parameters
    ----------
    statements : pandas.DataFrame
        Tidy rows; all of them, since a source is single among all.
    judged : pandas.DataFrame
        `statement_id` and `hazard`, as read by a person.
    """
    found = _find(statements)
    for hazard, rows in judged.groupby("hazard"):
        marked = statements.statement_id.isin(rows.statement_id)
        found[hazard] = found.get(hazard, False) | marked
    words = pd.DataFrame({hazard: found[hazard] for hazard in HAZARDS if hazard in found})
    distinct = words.drop_duplicates()
    labels = [" ".join(words.columns[list(row)]) for row in distinct.itertuples(index=False)]
    label = dict(zip(distinct.itertuples(index=False, name=None), labels, strict=True))
    keys = words.itertuples(index=False, name=None)
    return pd.Series([label[key] for key in keys], index=statements.index, dtype="str")


def carries_hazard(rows: pd.DataFrame, hazards: Iterable[str]) -> pd.Series:
    """Tell of each row whether it carries one of the hazards."""
    return ~rows.hazards.str.split().map(set(hazards).isdisjoint).astype("bool")


def _find(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """Find the hazards that follow from the rows themselves."""
    days = (rows.period_end - rows.period_start).dt.days + 1
    # A month dates a state, and a state covers no part of a year; growth does.
    month = rows.period.str.fullmatch(r"\d{4}-\d{2}").astype(bool)
    as_of = month & rows.measure.isin(["level", "share"])
    stated_by = rows.groupby(_SAME, observed=True).document.transform("nunique")
    return {
        "reprint": rows.reliability.eq("reprint"),
        "single_source": stated_by.eq(1),
        "preliminary": rows.status.eq("estimate"),
        "bound_only": rows.comparator.isin(["<", "<=", ">", ">="]),
        "approximate": rows.comparator.eq("~"),
        "part_of_year": days.lt(_DAYS_OF_A_YEAR - 1) & ~as_of,
        "several_years": days.gt(_DAYS_OF_A_YEAR),
    }
