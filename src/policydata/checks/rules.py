"""Comparison of typed rows with the reference tables and with each other.

A rule is a function named after the problem; it returns the offending rows, or none.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from policydata.checks.characters import list_character_problems
from policydata.checks.distinct import list_texts, number_distinct, release_text, spread
from policydata.checks.evidence import numeral_not_in_its_quote
from policydata.checks.form import list_form_problems
from policydata.checks.gaps import list_gaps
from policydata.checks.inputs import Coding, name_dimension, report
from policydata.checks.quotes import list_quote_problems
from policydata.columns import name_columns
from policydata.messages import say
from policydata.parts import PART_OF, find_named, list_wholes
from policydata.periods import read_periods
from policydata.problems import find_nearest
from policydata.schema import CODED, MEASURES
from policydata.statements import CONTENT, name_statements
from policydata.tables import index_table
from policydata.units import FACTOR, Units, read_unit
from policydata.vocabularies import explain_word

_LONGEST_QUOTE = 40
# A figure is seldom of a year so far from the document, before or after.
_YEARS_APART = 15
_NO_NUMBER = "type a number as n of the one that is meant, then part_of: with this number"
# Neighbours agree if the largest is at most this many times the smallest.
_AGREE = 3
# A slip is at least this many times larger, or smaller, than every neighbour …
_APART = 8
# … and is among them, or away from them by at most this factor, once the point is moved back.
_BESIDE = 1.25


def list_coded_problems(coding: Coding) -> pd.DataFrame:
    """Run every rule of coded rows and excluded numerals, and join what they find."""
    tables = {"coded": coding.coded, "excluded": coding.excluded}
    found = [coding.unread, list_form_problems(tables, coding.reference, coding.marker.mark)]
    found += [rule(coding) for rule in _RULES]
    found += [list_character_problems(tables, coding.texts, coding.marker.mark), list_gaps(coding)]
    return pd.concat(found, ignore_index=True)


def _part_of_no_statement(coding: Coding) -> pd.DataFrame:
    rows = coding.excluded[coding.excluded.reason.str.fullmatch(r"part_of:[0-9]+")].astype("str")
    whole = rows.document + ":" + rows.reason.str.removeprefix("part_of:")
    rows = rows[~whole.isin(_name_in(coding.coded, rows.document))]
    allowed = say("part_of:n, with an n of the document")
    return report(rows, "reason", "part of no statement", allowed)


def _name_in(coded: pd.DataFrame, documents: pd.Series) -> pd.Series:
    """Return the ids of the coded rows of some documents."""
    return name_statements(coded[coded.document.isin(documents)].astype("str"))


def _part_of_what_is_not_one_statement(coding: Coding) -> pd.DataFrame:
    """Find parts in a workbook that name no statement by its value_text, or more than one."""
    named = find_named(coding.excluded)
    named = named[named.row.str.contains("!")]
    if named.empty:
        return pd.DataFrame()
    known = pd.MultiIndex.from_frame(coding.coded[CONTENT])
    further = ~pd.MultiIndex.from_frame(coding.beside[CONTENT]).isin(known)
    coded = pd.concat([coding.coded, coding.beside[further]])
    wholes = list_wholes(named, coded)
    wholes = wholes[wholes.map(len).ne(1)]
    rows = named.loc[wholes.index]
    allowed = [_allow_wholes(numbers) for numbers in wholes]
    values = dict(iter(coded.astype("str").groupby("document").value_text))
    near = [
        "" if numbers else find_nearest(reason.removeprefix(PART_OF), values.get(document, ()))
        for numbers, document, reason in zip(wholes, rows.document, rows.reason, strict=True)
    ]
    return report(rows, "reason", "part of no statement", allowed, near)


def _allow_wholes(numbers: Sequence[str]) -> str:
    """Say what a part may name instead, by the numbers of the statements that it names."""
    if not numbers:
        return say("part_of:n, or the value_text that one statement of the document has")
    known = sorted(filter(str.isdecimal, numbers), key=int)
    listed = say(", ").join(f"{PART_OF}{number}" for number in known) or say(_NO_NUMBER)
    return say("{count} statements have it: {listed}", count=len(numbers), listed=listed)


def _unreadable_figure(coding: Coding) -> pd.DataFrame:
    rows = coding.figures
    rows = rows[rows.reason.ne("") & rows.value_text.ne("")]
    pairs = zip(rows.allowed, rows.reason, strict=True)
    allowed = [say("{allowed} (it {reason})", allowed=one, reason=why) for one, why in pairs]
    return report(rows, "value_text", "unreadable figure", allowed, rows.nearest)


def _unknown_unit(coding: Coding) -> pd.DataFrame:
    """Find units that are not in the table of units, and numbers without a unit."""
    rows = coding.figures
    has_number = rows.low.notna() | rows.high.notna()
    rows = rows[rows.dimension.eq("") & (rows.unit.ne("") | has_number)]
    near = [find_nearest(unit, coding.units) for unit in rows.unit]
    rows = rows.assign(unit_text=rows.unit)
    allowed = say("{key} in {table}.csv", key="text", table="units")
    return report(rows, "unit_text", "unknown unit", allowed, near)


def _unit_text_that_contradicts(coding: Coding) -> pd.DataFrame:
    """Find units in `unit_text` that lose the scale or the unit at the number."""
    rows = coding.figures[coding.figures.unit_text.ne("")].astype({"own_unit": "str"})
    pairs = zip(rows.unit_text, rows.own_unit, strict=True)
    rows = rows.loc[[not text.startswith(own) for text, own in pairs]]
    allowed = [say("a unit that begins with “{unit}”", unit=unit) for unit in rows.own_unit]
    return report(rows, "unit_text", "unit_text contradicts value_text", allowed)


def _unit_that_does_not_fit(coding: Coding) -> pd.DataFrame:
    """Find units whose dimension does not fit the measure and the indicator."""
    units = index_table(coding.reference["indicators"], "code").unit
    own = units.map({unit: name_dimension(unit, coding.units) for unit in units.unique()})
    # An indicator whose unit is not known is a fault of its table, not of the coded row.
    own = own[units.eq("") | own.ne("")]
    rows = coding.figures[coding.figures.dimension.ne("")]
    rows = rows[rows.indicator.isin(own.index) & rows.measure.isin(MEASURES)]
    asked = rows[["measure", "indicator", "dimension"]]
    wanted = spread(asked, lambda typed: _list_wanted(typed, own))
    wanted = wanted[wanted.astype("bool")]
    allowed = [_say_dimensions(dimensions) for dimensions in wanted]
    return report(rows.loc[wanted.index], "value_text", "unit does not fit", allowed)


def _list_wanted(typed: pd.DataFrame, own: pd.Series) -> pd.Series:
    """List the dimensions that figures may have, where they have another one; else none."""
    known = zip(typed.measure, typed.indicator.map(own), typed.dimension, strict=True)
    wanted = [(_list_dimensions(measure, unit), found) for measure, unit, found in known]
    lists = [[] if found in dimensions else dimensions for dimensions, found in wanted]
    return pd.Series(lists, typed.index, dtype="object")


def _list_dimensions(measure: str, own: str) -> list[str]:
    """List the dimensions that a figure of a measure may have, and an indicator of a dimension."""
    step = "percentage_point" if own in ("proportion", "") else own
    asked = {"level": [own], "change": [step], "relation": ["rank", "percentage_point", own]}
    return asked.get(measure, ["proportion"])


def _say_dimensions(wanted: Iterable[str]) -> str:
    """Say which dimensions the unit of a figure may have."""
    listed = [explain_word("dimension", dimension) for dimension in wanted if dimension]
    return say("a unit of {dimensions}", dimensions=say(" or ").join(listed))


def _figure_without_a_number(coding: Coding) -> pd.DataFrame:
    rows = coding.figures
    compares = rows.reason.eq("") & rows.low.isna() & rows.high.isna()
    rows = rows[compares & rows.measure.ne("relation")]
    allowed = say("a number, or the measure relation")
    return report(rows, "value_text", "figure without a number", allowed)


def _long_or_whole_sentence(coding: Coding) -> pd.DataFrame:
    marks = coding.marker.mark(coding.coded.quote)
    rows = coding.coded[marks.exceed(_LONGEST_QUOTE) | marks.end_in("。")]
    allowed = say("at most {count} characters, not a whole sentence", count=_LONGEST_QUOTE)
    return report(rows, "quote", "quote too long", allowed)


def _value_text_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    rows = coding.coded[coding.doubtful]
    pairs = zip(list_texts(rows.quote), list_texts(rows.value_text), strict=True)
    rows = rows.loc[[quote != "" and quote.count(text) != 1 for quote, text in pairs]]
    allowed = say("a part of the quote that occurs in it once")
    return report(rows, "value_text", "value_text not in its quote", allowed)


def _quote_missing(coding: Coding) -> pd.DataFrame:
    rows = coding.coded[~coding.marker.mark(coding.coded.quote).exceed(0)]
    if rows.empty:
        return pd.DataFrame()
    scopes = index_table(coding.reference["documents"], "id").scope
    rows = rows[rows.document.map(scopes).eq("full_text")]
    allowed = say("the words of the text; blank only in excerpts")
    return report(rows, "quote", "quote missing", allowed)


def _outcome_after_publication(coding: Coding) -> pd.DataFrame:
    """Find outcomes of a period that begins after the document was published."""
    rows = coding.coded[coding.coded.status.eq("outcome")]
    begins = spread(rows.period, read_periods).period_start
    rows = rows[begins > _read_published(rows, coding).period_end]
    allowed = say("a period that had begun by then")
    return report(rows, "period", "outcome after publication", allowed)


def _read_published(rows: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """Read when the document of each row was published."""
    dates = index_table(coding.reference["documents"], "id").published
    return spread(rows.document, lambda ids: read_periods(ids.map(dates).astype("str").fillna("")))


def _period_far_from_publication(coding: Coding) -> pd.DataFrame:
    rows, years = coding.coded, spread(coding.coded.period, read_periods)
    published = _read_published(rows, coding).year
    before = published - years.period_start.dt.year.astype("Int64")
    far = before.gt(_YEARS_APART) | (years.year - published).gt(_YEARS_APART)
    allowed = say("a period less than {years} years from the document's", years=_YEARS_APART + 1)
    rule = "period far from publication"
    return report(rows[far.fillna(False).astype(bool)], "period", rule, allowed)


def _figure_typed_twice(coding: Coding) -> pd.DataFrame:
    others = ("n", "coder", "note", "commitment")
    same = [name for name in name_columns(CODED) if name not in others]
    alike = [name for name in same if name != "quote"]
    rows = coding.coded[coding.coded.duplicated(alike, keep=False)]
    rows = rows[rows.duplicated(same) & rows.note.eq("")]
    allowed = say("one row, or a note that says why")
    return report(rows, "value_text", "figure typed twice", allowed)


def _figure_out_of_scale(coding: Coding) -> pd.DataFrame:
    """Find levels and shares that are ten, a hundred … times larger or smaller than others.

    They are compared with neighbours: figures of the same place, indicator, measure, dimension and
    length of period.
    """
    rows = coding.figures
    rows = rows[rows.measure.isin(["level", "share"])]
    rows = rows.assign(magnitude=_measure(rows, coding.units), days=_count_days(rows.period))
    rows = rows[rows.magnitude.gt(0)]
    same = ["place", "indicator", "measure", "dimension", "days"]
    neighbours = rows.magnitude.groupby(number_distinct(rows[same]))
    reach = neighbours.transform("max") / neighbours.transform("min")
    apart = release_text(rows[reach.ge(_APART) & neighbours.transform("size").gt(2)])
    groups = [group for _, group in apart.groupby(same, dropna=False)]
    slips = [slip for group in groups for slip in _find_slips(group)]
    slipped = pd.concat([rows.head(0).assign(neighbours=""), *slips])
    asked = "a figure like its neighbours: {neighbours}"
    allowed = [say(asked, neighbours=neighbours) for neighbours in slipped.neighbours]
    return report(slipped, "value_text", "figure out of scale", allowed)


def _measure(rows: pd.DataFrame, units: Units) -> pd.Series:
    """Measure figures in the standard unit; missing if their unit is not known."""
    known = {unit: read_unit(unit, units) for unit in rows.unit.unique()}
    factors = {unit: float(one.factor) for unit, one in known.items() if one}
    times = spread(rows.unit, lambda texts: texts.map(factors).astype("float64"))
    return rows.low.fillna(rows.high).abs() * times


def _count_days(periods: pd.Series) -> pd.Series:
    days = spread(periods, read_periods)
    return days.period_end - days.period_start


def _find_slips(group: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Find the largest or the smallest figure of a group, where its decimal point has slipped."""
    ordered = group.sort_values("magnitude", kind="stable")
    for odd, others in ((ordered.tail(1), ordered.head(-1)), (ordered.head(1), ordered.tail(-1))):
        if _is_slipped(odd.magnitude.item(), others.magnitude.min(), others.magnitude.max()):
            beside = zip(others.value_text.head(3), name_statements(others), strict=False)
            said = [say("{figure} ({source})", figure=text, source=one) for text, one in beside]
            yield odd.assign(neighbours=say(", ").join(said))


def _is_slipped(value: float, low: float, high: float) -> bool:
    """Tell whether a figure lies among its neighbours once its decimal point is moved."""
    apart = value >= _APART * high or value * _APART <= low
    places = round(math.log10(value) - math.log10(low * high) / 2)
    moved = value / 10**places
    return high <= _AGREE * low and apart and low / _BESIDE <= moved <= high * _BESIDE


_RULES = (
    *(
        _part_of_no_statement,
        _part_of_what_is_not_one_statement,
        numeral_not_in_its_quote,
        _unreadable_figure,
        _unknown_unit,
        _unit_text_that_contradicts,
    ),
    *(_unit_that_does_not_fit, _figure_without_a_number, _long_or_whole_sentence),
    *(_value_text_not_in_its_quote, list_quote_problems, _quote_missing),
    *(
        _outcome_after_publication,
        _period_far_from_publication,
        _figure_typed_twice,
        _figure_out_of_scale,
    ),
)


def list_reference_problems(coding: Coding) -> pd.DataFrame:
    """List the problems of the caller's own reference tables."""
    found = [coding.unread_own, list_form_problems(coding.own, coding.reference)]
    found += [list_character_problems(coding.own)]
    found += [rule(coding.own[name], coding) for name, rule in _OWN_RULES if name in coding.own]
    return pd.concat(found, ignore_index=True)


def _checksum_and_scope_that_disagree(rows: pd.DataFrame, _: Coding) -> pd.DataFrame:
    needs = rows.scope.map({"full_text": True, "excerpt": False})
    rows = rows[needs.notna() & needs.ne(rows.sha256.ne(""))]
    allowed = say("a checksum for a full_text, none for an excerpt")
    return report(rows, "sha256", "checksum and scope disagree", allowed)


def _hazard_of_no_statement(rows: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    if rows.empty or coding.unread.level.eq("error").any():
        # A coded table that could not be read may hold any statement.
        return pd.DataFrame()
    stated = name_statements(coding.coded.astype("str"))
    rows = rows[~rows.statement_id.isin([*stated, ""])]
    near = [find_nearest(value, stated) for value in rows.statement_id]
    allowed = say("document:n of a coded statement")
    return report(rows, "statement_id", "unknown statement", allowed, near)


def _unit_that_is_no_standard(rows: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    units = coding.reference["units"]
    # A unit with a wrong factor may be a standard unit.
    known = units.symbol[units.factor.eq("1") | ~units.factor.str.fullmatch(FACTOR)]
    rows = rows[~rows.unit.isin([*known, ""])]
    near = [find_nearest(value, known) for value in rows.unit]
    return report(rows, "unit", "unknown unit", say("symbol with factor 1 in units.csv"), near)


def _dimension_without_one_standard_unit(rows: pd.DataFrame, _: Coding) -> pd.DataFrame:
    wrong = rows.dimension[~rows.factor.str.fullmatch(FACTOR)]
    rows = rows[~rows.dimension.isin([*wrong, ""])]
    standards = rows[rows.factor.eq("1")].groupby("dimension").symbol.nunique()
    rows = rows[rows.dimension.map(standards).ne(1)].drop_duplicates("dimension")
    allowed = say("a dimension with one symbol of factor 1")
    return report(rows, "dimension", "dimension without one standard unit", allowed)


_OWN_RULES = (
    ("documents", _checksum_and_scope_that_disagree),
    ("hazards", _hazard_of_no_statement),
    ("indicators", _unit_that_is_no_standard),
    ("units", _dimension_without_one_standard_unit),
)
