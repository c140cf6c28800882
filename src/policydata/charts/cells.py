"""One mark a cell: the preferred statement of each place, period and status, and what differs.

A cell is a place, an indicator, a measure, a status and a period.  Footnotes point at cells: one
sign for figures on which documents disagree, one for each hazard that marks do not show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from policydata.charts.intake import match_place, refuse_empty, take_statements
from policydata.charts.words import count_digits, name_period, name_scale, say, write_bounds
from policydata.comparison import CONFLICTING, conflicts, prefer
from policydata.load import carries_hazard
from policydata.schema import HAZARDS, SAME
from policydata.tables import Reference, take_reference
from policydata.units import Units, read_unit, take_units

PROVINCE = "province"
_SIGNS = "†‡§¶‖#※"
# What marks, periods or the line of sources show.
_UNSAID = "bound_only approximate single_source reprint part_of_year several_years repeat".split()
_LISTED = 3


class Cells(NamedTuple):
    """What a chart draws: the statements behind it, one row per mark, and its footnotes.

    `drawn` has columns of its own: `at`, `low_at` and `high_at` in the unit of the axis, `written`,
    `short` (with ≥ in both languages) and `signs`.
    """

    stated: pd.DataFrame
    drawn: pd.DataFrame
    notes: list[str]


def take_cells(
    rows: pd.DataFrame,
    reference: Reference,
    lang: str,
    *,
    keep: Callable[[pd.DataFrame], pd.DataFrame] = lambda drawn: drawn,
    whole_years: bool = False,
) -> Cells:
    """Take statements, keep the preferred one of each cell, and write the footnotes.

    `keep` chooses among these what the chart draws.
    """
    stated = take_statements(rows, reference).reset_index(drop=True)
    if whole_years:
        stated = refuse_empty(stated[stated.period.str.fullmatch(r"\d{4}")])
    tables = take_reference(reference)
    return _choose(stated.assign(year=stated.year.astype("Int64")), keep, tables, lang)


def _choose(
    stated: pd.DataFrame,
    keep: Callable[[pd.DataFrame], pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
    lang: str,
) -> Cells:
    plain = stated.drop(columns=["place_level"]).assign(statement_id=fill_ids(stated))
    plain = plain.reindex(columns=dict.fromkeys([*plain, "reliability", "published"]))
    chosen = prefer(_pass_over_weaker(plain)).statement_id
    drawn = keep(stated[plain.statement_id.isin(chosen)])
    cell = [*SAME, "status"]
    held = pd.MultiIndex.from_frame(stated[cell]).isin(pd.MultiIndex.from_frame(drawn[cell]))
    scaled = _scale(stated[held], tables, lang).assign(id=plain.statement_id)
    figures = dict(zip(scaled.id, map(write_figure, scaled.itertuples()), strict=True))
    others = _list_conflicting(plain[held], figures, tables)
    marks = scaled.loc[drawn.index]
    signs, notes = _annotate(marks, marks.id.map(others).astype("str").fillna(""), lang)
    ordered = marks.assign(signs=signs).drop(columns="id").rename_axis("row").reset_index()
    return Cells(stated[held], ordered, notes)


def fill_ids(rows: pd.DataFrame) -> pd.Series:
    """Give rows without an id one of their own."""
    numbered = pd.Series([f"row:{row}" for row in range(len(rows))], rows.index)
    ids = rows.get("statement_id", pd.Series("", rows.index))
    return ids.where(ids.ne(""), numbered)


def _pass_over_weaker(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out estimates beside an outcome, and outcomes that only bound what another counts."""
    dated, outcome = rows.period.ne(""), rows.status.eq("outcome")
    exact = rows.comparator.eq("=") & ~carries_hazard(rows, ["partial_scope"])
    cell = [rows[name] for name in SAME]
    known = outcome.groupby(cell).transform("any") & dated
    numbered = (outcome & exact).groupby(cell).transform("any") & dated
    return rows[~(rows.status.eq("estimate") & known | outcome & numbered & ~exact)]


def _list_conflicting(
    rows: pd.DataFrame, figures: Mapping[str, str], tables: Mapping[str, pd.DataFrame]
) -> dict[str, str]:
    """List the statements on which other documents conflict, with the figures of these."""
    found = conflicts(rows, reference=tables)
    found = found[found.agreement.eq(CONFLICTING)]
    said: dict[str, list[str]] = {}
    for one, other in (("statement_id", "other_id"), ("other_id", "statement_id")):
        for statement, contradicting in zip(found[one], found[other], strict=True):
            said.setdefault(statement, []).append(figures[contradicting])
    return {one: " / ".join(dict.fromkeys(others)) for one, others in said.items()}


def _annotate(drawn: pd.DataFrame, others: pd.Series, lang: str) -> tuple[list[str], list[str]]:
    """Give each row its signs, and write the notes that explain them.

    `others` are the figures of documents that conflict with a row.
    """
    differing = [
        f"{row.place_said} {row.period_said} {figures}"
        for row, figures in zip(drawn.itertuples(), others, strict=True)
        if figures
    ]
    carried = [set(hazards.split()) for hazards in drawn.hazards]
    marked = {"conflict": others.ne("")}
    for hazard in (one for one in HAZARDS if one not in _UNSAID):
        marked[hazard] = pd.Series([hazard in one for one in carried], drawn.index)
    signs = pd.Series("", drawn.index)
    notes: list[str] = []
    for kind, held in marked.items():
        if held.any():
            sign = "" if held.all() and len(held) > 1 else _SIGNS[len(notes)]
            signs = signs.where(~held, signs + sign)
            notes.append(f"{sign} ".lstrip() + _describe(kind, differing, not sign, lang))
    return list(signs), notes


def _describe(kind: str, differing: list[str], everywhere: bool, lang: str) -> str:
    """Write what a sign means; a conflict with the figures of the other documents."""
    if kind != "conflict":
        words = say("hazard", kind, lang)
        return say("phrase", "all", lang).format(words) if everywhere else words
    listed = say("phrase", "list", lang).join(differing[:_LISTED])
    more = f" +{len(differing) - _LISTED}" if len(differing) > _LISTED else ""
    return say("phrase", "conflict", lang).format(listed + more)


def _name(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    periods = {period: name_period(period, lang) for period in rows.period.unique()}
    return rows.assign(place_said=rows[f"place_{lang}"], period_said=rows.period.map(periods))


def _scale(rows: pd.DataFrame, tables: Mapping[str, pd.DataFrame], lang: str) -> pd.DataFrame:
    """Bring values to the unit of the axis, one scale a unit, and write them."""
    units, parts = take_units(tables), []
    # In Chinese one standard unit has several names: 个, 家.
    kinds = ["unit_std", "usual_unit"] if lang == "zh" else ["unit_std"]
    for _, alike in rows.groupby(kinds, sort=False):
        cities = alike[alike.place_level.ne(PROVINCE)]
        largest = (cities if len(cities) else alike).value_std.abs().max()
        scale, unit = choose_scale(alike, float(largest), units, lang)
        numbers = {"at": "value_std", "low_at": "low_std", "high_at": "high_std"}
        scaled = alike.assign(
            unit_said=unit, **{to: alike[of] / scale for to, of in numbers.items()}
        )
        short = pd.Series(_write(scaled, "en"), scaled.index)
        short = short if lang == "en" else short.str.replace(",", "")
        parts.append(scaled.assign(unit_said=unit, written=_write(scaled, lang), short=short))
    return _name(pd.concat(parts).loc[rows.index], lang)


def _write(rows: pd.DataFrame, lang: str) -> list[str]:
    """Write each figure with its bound."""
    return [
        write_bounds(row.comparator, row.at, row.low_at, row.high_at, row.unit_std, lang, digits)
        for row, digits in zip(rows.itertuples(), _count_digits(rows), strict=True)
    ]


def write_figure(row: Any) -> str:
    """Write a figure with its unit."""
    written, unit = str(row.written), str(row.unit_said)
    if "%" in written or unit == say("phrase", "number", "en"):
        return written
    return written + ("\N{NO-BREAK SPACE}" if unit.isascii() else "") + unit


def _count_digits(rows: pd.DataFrame) -> list[int]:
    """Count the digits of each figure; those of the longer end, if it is a range."""
    drawn = {"value": rows["at"], "low": rows.low_at, "high": rows.high_at}
    counted = pd.DataFrame({
        name: list(map(count_digits, at, rows.get(name, rows[f"{name}_std"])))
        for name, at in drawn.items()
    })  # fmt: skip
    ends = counted[["low", "high"]].max(axis=1)
    return list(counted.value.where(rows.comparator.ne("range").to_numpy(), ends))


def choose_scale(rows: pd.DataFrame, largest: float, units: Units, lang: str) -> tuple[float, str]:
    """Choose a divisor for values of one unit, and the name of the unit after division.

    In Chinese it is the unit that documents use for these indicators, if they share one.
    """
    standard = rows.unit_std.iloc[0]
    usual = set(rows.usual_unit) if standard != "%" else set()
    written = next(iter(usual)) if len(usual) == 1 else ""
    found = read_unit(written, units) if written else None
    fits = found is not None and found.standard == standard
    chinese = (float(found.factor), written) if found is not None and fits else None
    return name_scale(largest, standard, lang, chinese, rows.unit_std_zh.iloc[0])


def join_signs(signs: Iterable[str]) -> str:
    """Join the signs of several rows, each once, in the order of the notes."""
    return "".join(sorted(set("".join(signs)), key=_SIGNS.index))


def sort_by_place(rows: pd.DataFrame, *then: str) -> pd.DataFrame:
    """Sort rows: the province first, the others as in the statistical yearbook."""
    order = ["below", "yearbook_order", "place", *then]
    ranked = rows.assign(below=rows.place_level.ne(PROVINCE)).sort_values(order, kind="stable")
    return ranked.drop(columns="below")


def sort_places(rows: pd.DataFrame) -> list[str]:
    """List the places in their order."""
    return list(sort_by_place(rows).place.unique())


def find_reference(rows: pd.DataFrame, compared_with: str | None, reference: Reference) -> str:
    """Find the place that others are compared with: the one named, or else the only province."""
    if compared_with is not None:
        return match_place(rows, compared_with, reference)
    provinces = rows.place[rows.place_level.eq(PROVINCE)].unique()
    return str(provinces[0]) if len(provinces) == 1 and rows.place.nunique() > 1 else ""


def name_measured(row: Any, lang: str) -> str:
    """Name an indicator with its measure, unless that is its level or its usual share."""
    name = str(getattr(row, f"indicator_{lang}"))
    if row.measure == "level" or (row.measure == "share" and row.indicator_unit == "%"):
        return name
    said = say("measure", row.measure, lang)
    return say("phrase", "measured", lang).format(indicator=name, measure=said)
