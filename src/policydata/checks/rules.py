"""What coded rows say, held against the reference tables and against each other.

Each rule is a function named for what is wrong; it gives the offending rows, or none.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from policydata.checks.coding import Coding, report
from policydata.checks.magnitude import find_slipped
from policydata.checks.names import KEYS, suggest_ids
from policydata.checks.order import find_misplaced
from policydata.columns import name_columns
from policydata.errors import find_nearest
from policydata.periods import ALLOWED, read_periods
from policydata.schema import CODED, MEASURES
from policydata.statements import choose_unit, name_statements
from policydata.tables import index_table
from policydata.units import Unit, read_unit

__all__ = ["LONGEST_QUOTE", "list_rule_problems"]

LONGEST_QUOTE = 40
# The dimension that a measure asks for, whatever the indicator.
_MEASURED_IN = {"growth_rate": {"proportion"}, "share": {"proportion"}}


def list_rule_problems(coding: Coding) -> pd.DataFrame:
    """Run every rule and join what they find."""
    return pd.concat([rule(coding) for rule in RULES], ignore_index=True)


def unknown_reference(coding: Coding) -> pd.DataFrame:
    """Find documents, places and indicators that the reference tables do not hold."""
    found = []
    for column in ("document", "place", "indicator"):
        names = coding.names[f"{column}s"]
        key = KEYS[f"{column}s"][0]
        rows = coding.coded[~coding.coded[column].isin([*names.key, ""])]
        near = suggest_ids(rows[column], names)
        found.append(report(rows, column, f"unknown {column}", f"{key} in {column}s.csv", near))
    return pd.concat(found)


def unknown_document_of_a_numeral(coding: Coding) -> pd.DataFrame:
    """Find documents of excluded numerals that the reference table does not hold."""
    names = coding.names["documents"]
    rows = coding.excluded[~coding.excluded.document.isin([*names.key, ""])]
    near = suggest_ids(rows.document, names)
    return report(rows, "document", "unknown document", "id in documents.csv", near)


def part_of_no_statement(coding: Coding) -> pd.DataFrame:
    """Find excluded numerals that are said to be part of a statement which is not there."""
    rows = coding.excluded[coding.excluded.reason.str.fullmatch(r"part_of:[0-9]+")]
    whole = rows.document + ":" + rows.reason.str.removeprefix("part_of:")
    rows = rows[~whole.isin(name_statements(coding.coded))]
    return report(rows, "reason", "part of no statement", "part_of: and an n of the document")


def two_rows_with_one_id(coding: Coding) -> pd.DataFrame:
    """Find numbers that a document uses again."""
    rows = coding.coded[coding.coded.duplicated(["document", "n"])]
    return report(rows, "n", "two rows with one id", "a number not yet used in the document")


def rows_out_of_order(coding: Coding) -> pd.DataFrame:
    """Find rows of a file that are not sorted by document, then n."""
    number = pd.to_numeric(coding.coded.n, errors="coerce")
    rows = coding.coded.assign(number=number)[number.notna()]
    rows = find_misplaced(rows, ["document", "number"])
    return report(rows, "n", "rows out of order", "by document, then n", rows.place_in_file)


def period_that_is_no_period(coding: Coding) -> pd.DataFrame:
    """Find periods that ISO 8601 does not know."""
    rows = coding.coded[~read_periods(coding.coded.period).readable]
    return report(rows, "period", "period that is not a period", ALLOWED)


def unreadable_figure(coding: Coding) -> pd.DataFrame:
    """Find figures with a lost digit, two numbers or a word that the reader does not know."""
    read = coding.figures
    bad = read.reason.ne("") & coding.coded.value_text.ne("")
    allowed = read.allowed[bad] + " (it " + read.reason[bad] + ")"
    return report(coding.coded[bad], "value_text", "unreadable figure", allowed, read.nearest[bad])


def unknown_unit(coding: Coding) -> pd.DataFrame:
    """Find units that the table of units does not hold, and numbers that have none."""
    rows = _read_units(coding)
    rows = rows[rows.dimension.eq("") & (rows.unit.ne("") | rows.has_number)]
    near = [find_nearest(unit, coding.units) for unit in rows.unit]
    return report(
        rows.assign(unit_text=rows.unit), "unit_text", "unknown unit", "text in units.csv", near
    )


def unit_text_that_contradicts(coding: Coding) -> pd.DataFrame:
    """Find units given away from the number that lose the scale or unit at the number."""
    rows = coding.coded.assign(read=coding.figures.unit)
    rows = rows[rows.unit_text.ne("")]
    rows = rows[~_begins_with(rows.unit_text, rows.read)]
    allowed = "what begins with “" + rows.read + "”"
    return report(rows, "unit_text", "unit_text contradicts value_text", allowed)


def unit_that_does_not_fit(coding: Coding) -> pd.DataFrame:
    """Find units of another dimension than measure and indicator ask for."""
    table = index_table(coding.reference["indicators"], "code")
    # An indicator whose unit is not known is a fault of its table, not of the coded row.
    units = [unit for unit in table.unit.unique() if not unit or read_unit(unit, coding.units)]
    table = table[table.unit.isin(units)]
    known = coding.coded.indicator.isin(table.index) & coding.coded.measure.isin(MEASURES)
    rows = _read_units(coding)[known].assign(own=lambda frame: frame.indicator.map(table.unit))
    own = {unit: _name_dimension(unit, coding.units) for unit in rows.own.unique()}
    wanted = {
        pair: _list_dimensions(pair[0], own[pair[1]])
        for pair in rows[["measure", "own"]].drop_duplicates().itertuples(index=False, name=None)
    }
    rows = rows.assign(pair=list(zip(rows.measure, rows.own, strict=True)))
    fits = [not row.dimension or row.dimension in wanted[row.pair] for row in rows.itertuples()]
    rows = rows.loc[[not fit for fit in fits]]
    allowed = ["a unit of " + " or ".join(filter(None, wanted[pair])) for pair in rows.pair]
    return report(rows, "value_text", "unit does not fit", allowed)


def figure_without_a_number(coding: Coding) -> pd.DataFrame:
    """Find figures that only compare, without a number, and are said to have one."""
    read = coding.figures
    compares = read.reason.eq("") & read.low.isna() & read.high.isna()
    rows = coding.coded[compares & coding.coded.measure.ne("relation")]
    return report(rows, "value_text", "figure without a number", "a number; else measure relation")


def long_or_whole_sentence(coding: Coding) -> pd.DataFrame:
    """Find quotes longer than evidence needs."""
    quote = coding.coded.quote
    rows = coding.coded[(quote.str.len() > LONGEST_QUOTE) | quote.str.endswith("。")]
    return report(rows, "quote", "quote too long", f"{LONGEST_QUOTE} characters, no whole sentence")


def value_text_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    """Find figures that their own evidence does not hold, once."""
    rows = coding.coded[coding.coded.quote.ne("")]
    counts = [quote.count(text) for quote, text in zip(rows.quote, rows.value_text, strict=True)]
    rows = rows.loc[[count != 1 for count in counts]]
    return report(
        rows, "value_text", "value_text not in its quote", "a run of the quote, found once"
    )


def value_text_cut_out(coding: Coding) -> pd.DataFrame:
    """Find figures that a digit, a sign or a unit beside them in their quote makes longer."""
    rows = coding.runs[coding.runs.whole.ne("")]
    rule = "value_text cut out of a longer figure"
    return report(rows, "value_text", rule, "the whole figure of the quote", rows.whole)


def bound_word_left_out(coding: Coding) -> pd.DataFrame:
    """Find figures that a word of bound or direction touches in their quote."""
    rows = coding.runs[coding.runs.bounded.ne("")]
    allowed = "the figure with every word that bounds or directs it"
    return report(rows, "value_text", "bound word beside value_text", allowed, rows.bounded)


def quote_missing(coding: Coding) -> pd.DataFrame:
    """Find statements without evidence from documents that were read in full."""
    scopes = index_table(coding.reference["documents"], "id").scope
    rows = coding.coded[
        coding.coded.quote.eq("") & coding.coded.document.map(scopes).eq("full_text")
    ]
    return report(rows, "quote", "quote missing", "the words of the text; blank in excerpts only")


def outcome_after_publication(coding: Coding) -> pd.DataFrame:
    """Find outcomes of a period that begins after the document was published."""
    dates = index_table(coding.reference["documents"], "id").published
    rows = coding.coded[coding.coded.status.eq("outcome")]
    rows = rows.assign(start=read_periods(rows.period).period_start)
    published = rows.document.map(dates).astype("object").fillna("")
    end = read_periods(published).period_end
    rows = rows[rows.start > end]
    return report(rows, "period", "outcome after publication", "a period that had begun")


def figure_typed_twice(coding: Coding) -> pd.DataFrame:
    """Find figures that a document seems to state twice, where no note says so."""
    same = [
        name for name in name_columns(CODED) if name not in ("n", "coder", "note", "commitment")
    ]
    rows = coding.coded[coding.coded.duplicated(same) & coding.coded.note.eq("")]
    return report(rows, "value_text", "figure typed twice", "one row, or a note why")


def figure_out_of_scale(coding: Coding) -> pd.DataFrame:
    """Find levels and shares that are ten, a hundred … times their neighbours, or as small."""
    rows, days = _read_units(coding), read_periods(coding.coded.period)
    bound = coding.figures.low.fillna(coding.figures.high).abs()
    factors = {unit: read_unit(unit, coding.units) for unit in rows.unit.unique()}
    times = rows.unit.map({unit: float(one.factor) for unit, one in factors.items() if one})
    rows = rows.assign(magnitude=bound * times, days=(days.period_end - days.period_start).dt.days)
    slipped = find_slipped(rows[rows.magnitude.gt(0) & rows.measure.isin(["level", "share"])])
    allowed = "a figure like its neighbours: " + slipped.neighbours
    return report(slipped, "value_text", "figure out of scale", allowed)


def _read_units(coding: Coding) -> pd.DataFrame:
    """Add each row's unit and its dimension, blank where there is none."""
    read = coding.figures
    unit = choose_unit(coding.coded.unit_text, read.unit).where(read.reason.eq(""), "")
    names = {text: _name_dimension(text, coding.units) for text in unit.unique()}
    has_number = read.low.notna() | read.high.notna()
    return coding.coded.assign(unit=unit, dimension=unit.map(names), has_number=has_number)


def _begins_with(texts: pd.Series, starts: pd.Series) -> pd.Series:
    """Tell for each text whether it begins with its start."""
    pairs = zip(texts, starts, strict=True)
    return pd.Series(
        [text.startswith(start) for text, start in pairs], index=texts.index, dtype=bool
    )


def _name_dimension(unit: str, units: Mapping[str, Unit]) -> str:
    """Name what a unit measures; blank where it is not known."""
    known = read_unit(unit, units) if unit else None
    return known.dimension if known else ""


def _list_dimensions(measure: str, own: str) -> list[str]:
    """List the dimensions that a figure of this measure may have."""
    if measure == "change":
        return ["percentage_point"] if own == "proportion" else [own or "percentage_point"]
    if measure == "relation":
        return ["rank", own]
    return sorted(_MEASURED_IN.get(measure, {own}))


RULES = (
    unknown_reference,
    unknown_document_of_a_numeral,
    part_of_no_statement,
    two_rows_with_one_id,
    rows_out_of_order,
    period_that_is_no_period,
    unreadable_figure,
    unknown_unit,
    unit_text_that_contradicts,
    unit_that_does_not_fit,
    figure_without_a_number,
    long_or_whole_sentence,
    value_text_not_in_its_quote,
    value_text_cut_out,
    bound_word_left_out,
    quote_missing,
    outcome_after_publication,
    figure_typed_twice,
    figure_out_of_scale,
)
