"""Every column of every table and every word that it may hold, stated once.

Headers, vocabularies, dtypes, checks, docstrings and the codebook are made from these records;
nothing else in the project lists a column.
"""

from __future__ import annotations

from dataclasses import replace

from policydata.bounds import BOUNDS
from policydata.columns import Column, optional

# Vocabularies are ordered on purpose, from weaker to stronger where that has a meaning:
# the same order drives sort, legend and colour.
LANGUAGES = ("en", "zh")
STATUSES = ("plan_scale", "standard", "target", "estimate", "outcome")
MEASURES = ("level", "growth_rate", "share", "change", "relation")
COMPARATORS = tuple(BOUNDS)
RELIABILITIES = ("reprint", "news", "official")
DOC_TYPES = ("work_report", "plan", "bulletin", "interview", "press_conference", "news")
SCOPES = ("excerpt", "full_text")
DIRECTIONS = ("lower", "neither", "higher")
PLACE_LEVELS = ("province", "prefecture", "county")
LEVELS = ("error", "review", "note")
ANSWERS = ("missed", "unclear", "met")
# What became of a target in the year after, and how round a number is.
CHANGES = ("cut", "kept", "raised")
STEPS = ("other", "half", "whole")
AGREEMENTS = ("identical", "compatible", "conflicting")
STATES = ("not coded", "none stated", "stated")
REASONS = ("name", "policy_code", "date", "time", "ordinal", "boilerplate", "contact")
# What a cell of a form looks like as a whole.
FORMS = {
    "address": r"https?://[^\s/]\S*",
    "checksum": "[0-9a-f]{64}",
    "division_code": "[0-9]{6}",
    # A factor is exact as a whole number or as a fraction of two.
    "factor": "[1-9][0-9]*(/[1-9][0-9]*)?",
    "reason": f"({'|'.join(REASONS)}|part_of:[0-9]+)",
}
DOMAINS = tuple(
    """
    economy finance trade investment innovation industry digital agriculture rural energy
    environment transport urban employment education health sports social_care culture government
    public_security business_environment
    """.split()
)
# What a reader must know before a figure is compared, added up or quoted.
HAZARDS = {
    "reprint": "read from another site's copy",
    "single_source": "no other document states the same thing",
    "preliminary": "an estimate, or a first figure that was revised later",
    "inferred_year": "the year is read from the context",
    "partial_scope": "covers a part: one level, one batch, one list",
    "definition_differs": "counts something other than the indicator's usual sense",
    "series_break": "a revised base or definition: the years before do not compare",
    "stock_or_flow": "a stock among flows, or a flow among stocks: do not add them up",
    "repeat": "the same figure as another statement of its document: count it once",
    "bound_only": "a floor or a ceiling, not an exact number",
    "approximate": "an approximate number, as written",
    "part_of_year": "covers only a part of a year",
    "several_years": "covers several years, or is set for their end: not one year's figure",
}

# Figures with these in common, and their status, are of the same thing.
SAME = ("place", "indicator", "measure", "period")


def _measured(name: str, meaning: str, unit: str, required: bool = False) -> Column:
    """Make a column of numbers whose unit stands in another column."""
    return Column(name, meaning, "number", required, unit=unit)


_PLACE = Column("place", "id of the place that the figure describes")
_INDICATOR = Column("indicator", "code of the indicator")
_NAMED_PLACE = (
    _PLACE,
    Column("place_zh", "name of the place in Chinese"),
    Column("place_en", "name of the place in English"),
)
_NAMED_INDICATOR = (
    _INDICATOR,
    Column("indicator_zh", "name of the indicator in Chinese"),
    Column("indicator_en", "name of the indicator in English"),
)
NAMED = tuple(column.name for column in (*_NAMED_PLACE, *_NAMED_INDICATOR))
_MEASURE = Column("measure", "level, growth rate, share, change or relation", words=MEASURES)
_STATUS = Column("status", "plan scale, standard, target, estimate or outcome", words=STATUSES)
# A cell that became a date no longer shows whether it was a day, a month or a year, and a cell
# that became 5.0 does not show whether 5 was written.
_PERIOD = optional(
    "period",
    "year, quarter, month, day or interval, ISO 8601; blank if none is fixed",
    never_from=("date",),
)
_AS_WRITTEN = ("date", "float")
_VALUE_TEXT = Column(
    "value_text",
    "the figure as written, with every word that bounds it",
    never_from=_AS_WRITTEN,
)
_QUOTE = optional("quote", "shortest passage of the text that proves it; blank only in excerpts")
_COMMITMENT = optional("commitment", "the governing word as written")
_CODER = Column("coder", "pseudonym of the coder")
_NOTE = optional("note", "what a second reader has to know")
_RELIABILITY = Column("reliability", "who published the text", words=RELIABILITIES)

CODED = (
    Column("document", "id of the document that states the figure"),
    Column("n", "number of the statement in its document, never reused", "integer"),
    _PLACE,
    _INDICATOR,
    _MEASURE,
    _STATUS,
    _PERIOD,
    _VALUE_TEXT,
    _QUOTE,
    optional("unit_text", "the unit, if the sentence states it apart from the number"),
    Column("occurrence", "which occurrence of the quote in the document", "integer"),
    _COMMITMENT,
    _CODER,
    _NOTE,
)

EXCLUDED = (
    Column("document", "id of the document that contains the numeral"),
    Column("quote", "passage of the text that contains the numeral"),
    Column("occurrence", "which occurrence of the quote in the document", "integer"),
    Column("numeral", "the numeral that is not a figure"),
    Column("reason", "why it is not a figure; part_of:n for a part of statement n", form="reason"),
)

DOCUMENTS = (
    Column("id", "id of the document: place, year and kind"),
    Column("title_zh", "title as published"),
    Column("title_en", "title in English"),
    Column("publisher", "who published it"),
    optional("published", "date of publication, ISO 8601; blank if the page does not show it"),
    optional("speaker", "office of the speaker"),
    Column("doc_type", "what kind of text it is", words=DOC_TYPES),
    Column("scope", "whether it was read in full or for single figures", words=SCOPES),
    _RELIABILITY,
    optional("url", "address of the page", form="address"),
    optional("accessed", "day on which the page was read, ISO 8601; blank if not known"),
    optional("sha256", "checksum of the text that was read in full", form="checksum"),
    _NOTE,
)

PLACES = (
    Column("id", "stable id of the place"),
    Column("code", "division code, GB/T 2260", form="division_code"),
    Column("name_zh", "name in Chinese"),
    Column("name_en", "name in English"),
    Column("level", "level in the hierarchy of divisions", words=PLACE_LEVELS),
    optional("parent", "id of the place to which it belongs"),
    optional("yearbook_order", "position in the province's statistical yearbook", "integer"),
    optional("spellings", "other accepted spellings, separated by vertical bars"),
)

# Of every province; where it is copied into a table of places, the yearbook's order is added.
DIVISIONS = tuple(column for column in PLACES if column.name != "yearbook_order")

INDICATORS = (
    Column("code", "code of the indicator"),
    Column("name_zh", "usual Chinese term"),
    Column("name_en", "English term of the National Bureau of Statistics, if there is one"),
    Column("domain", "field of policy", words=DOMAINS),
    optional("spellings", "other accepted names, separated by vertical bars"),
    optional("unit", "standard unit of its level; blank if it does not have a level"),
    optional("unit_zh", "unit of ordinary use in Chinese; blank if it does not have a level"),
    Column("better", "which direction is better", words=DIRECTIONS),
    Column("definition", "what is counted, of what, and what is left out"),
    Column("source", "where the definition comes from"),
)

UNITS = (
    Column("text", "the unit as written, without its scale word"),
    Column("symbol", "symbol used in tidy tables and on axes"),
    Column("dimension", "what the unit measures; units of one dimension can be converted"),
    Column("factor", "exact factor to the standard unit of the dimension", form="factor"),
)

JUDGED = (
    Column("statement_id", "statement that carries the hazard"),
    Column("hazard", "label of the hazard, as judged by a reader", words=tuple(HAZARDS)),
)

STATEMENTS = (
    Column("statement_id", "id of the statement: <document>:<n>"),
    CODED[0],
    *_NAMED_PLACE,
    Column("place_level", "level of the place: a province is not a city", words=PLACE_LEVELS),
    *_NAMED_INDICATOR,
    Column("domain", "field of policy", words=DOMAINS),
    _MEASURE,
    _STATUS,
    _COMMITMENT,
    _PERIOD,
    optional("period_start", "first day of the period", "date"),
    optional("period_end", "last day of the period", "date"),
    optional("year", "last year of the period", "integer"),
    Column("comparator", "how the figure bounds the quantity", words=COMPARATORS),
    _measured("low", "lower bound in the written unit; missing if open", "unit"),
    _measured("high", "upper bound in the written unit; missing if open", "unit"),
    _measured("value", "the one number to plot: the stated bound, or a range's midpoint", "unit"),
    _measured("stretch", "the higher goal beside a target: 力争5.5%; missing if none", "unit"),
    optional("unit", "written unit, Simplified characters, with its scale word"),
    _measured("low_std", "lower bound in the standard unit", "unit_std"),
    _measured("high_std", "upper bound in the standard unit", "unit_std"),
    _measured("value_std", "value in the standard unit", "unit_std"),
    _measured("stretch_std", "stretch in the standard unit", "unit_std"),
    optional("unit_std", "standard unit"),
    _VALUE_TEXT,
    _QUOTE,
    _RELIABILITY,
    optional("published", "date of publication of the document", "date"),
    _CODER,
    _NOTE,
    optional("hazards", "labels of the hazards, separated by spaces"),
)

_NUMBER_STD = "in the standard unit"
COVERED = (
    _PLACE,
    Column("year", "year of the cell", "integer"),
    _INDICATOR,
    Column("statements", "number of figures stated", "integer"),
    Column("state", "whether a figure is stated", words=STATES),
)

COMPARED = (
    *_NAMED_PLACE,
    *_NAMED_INDICATOR,
    _MEASURE,
    _PERIOD,
    Column("year", "last year of the period", "integer"),
    _measured(
        "target",
        f"the target {_NUMBER_STD}: its bound, or a range's midpoint",
        "unit_std",
        required=True,
    ),
    _measured("target_low", f"lower bound of the target {_NUMBER_STD}", "unit_std"),
    _measured("target_high", f"upper bound of the target {_NUMBER_STD}", "unit_std"),
    Column("target_comparator", "how the target bounds the quantity", words=COMPARATORS),
    optional("other_targets", "other wordings of the target as written, separated by semicolons"),
    _measured("outcome", f"the outcome {_NUMBER_STD}", "unit_std", required=True),
    _measured("outcome_low", f"lower bound of the outcome {_NUMBER_STD}", "unit_std"),
    _measured("outcome_high", f"upper bound of the outcome {_NUMBER_STD}", "unit_std"),
    Column("outcome_comparator", "how the outcome bounds the quantity", words=COMPARATORS),
    Column("outcome_status", "estimate or outcome", words=STATUSES),
    Column("unit_std", "standard unit of both"),
    _measured("gap", "outcome minus target", "gap_unit", required=True),
    Column("gap_unit", "unit of the gap"),
    Column("met", "whether the target's bound was met", words=ANSWERS),
    Column("target_id", "statement of the target"),
    Column("outcome_id", "statement of the outcome"),
)

PREFERRED = (
    *STATEMENTS,
    optional("preferred_to", "ids of the statements that were passed over, separated by blanks"),
)

CONFLICTS = (
    *_NAMED_PLACE,
    *_NAMED_INDICATOR,
    _MEASURE,
    _STATUS,
    _PERIOD,
    Column("agreement", "identical, compatible or conflicting", words=AGREEMENTS),
    Column("figure", "the figure as the first document writes it", never_from=_AS_WRITTEN),
    Column("other_figure", "the figure as the second document writes it", never_from=_AS_WRITTEN),
    Column("statement_id", "statement of the first document"),
    Column("other_id", "statement of the second document"),
)

FOLLOWED = (
    *COMPARED,
    _measured("next_value", f"the next target {_NUMBER_STD}", "unit_std", required=True),
    _measured("change", "next target minus this one", "gap_unit", required=True),
    Column("next_target", "whether the target was cut, kept or raised", words=CHANGES),
    Column("next_id", "statement of the next target"),
)

PROBLEMS = (
    Column("file", "file with the problem"),
    Column("row", "row as in a spreadsheet, or sheet and cell; blank for the whole file"),
    Column("column", "column with the problem"),
    Column("value", "what was found"),
    Column("level", "error, review or note", words=LEVELS),
    Column("rule", "what is wrong, in a few words"),
    Column("allowed", "what is allowed there"),
    Column("nearest", "the nearest allowed values"),
)

ALTERATIONS = ("removed", "renamed", "moved", "added", "changed")
ALTERED = (
    Column("table", "table in which something changed"),
    optional("row", "key of the row; blank if the whole table or a column changed"),
    optional("column", "column that changed; blank for a whole row"),
    Column("change", "what became of it", words=ALTERATIONS),
    optional("old", "what was there before"),
    optional("new", "what is there now"),
)

# What a person decides about a row of a draft.
DECISIONS = ("statement", "excluded")
# A draft proposes, and a cell that it cannot fill is blank.
DRAFT = (
    Column(
        "decision",
        "what a person decides: figure or not; blank if undecided",
        "text",
        False,
        DECISIONS,
    ),
    optional("numeral", "the numeral, or the words of a figure without a digit"),
    optional("context", "the surroundings in the text, with the figure or numeral marked"),
    optional("reading", "how the proposed figure is read, or why it cannot be read"),
    *(replace(column, required=False) for column in CODED),
    replace(
        EXCLUDED[-1],
        meaning="why it is not a figure; part_of: with the n or the value_text of its statement",
        required=False,
    ),
)

# The tables beside the coded ones, by the name of their file.
REFERENCE = {
    "documents": DOCUMENTS,
    "hazards": JUDGED,
    "indicators": INDICATORS,
    "places": PLACES,
    "units": UNITS,
}
# What one row of a table is.
ROWS = {
    "statements": "one row per figure that a document states",
    "excluded": "one row per numeral that is not a figure",
    "documents": "one row per document",
    "hazards": "one row per hazard of a statement that only reading shows",
    "indicators": "one row per indicator",
    "places": "one row per place",
    "units": "one row per unit as written",
    "divisions": "one row per province, prefecture, or county that no prefecture administers",
}
# What tells the rows of a table apart; that of statements is made of document and number.
KEYS = {
    "statements": ("statement_id",),
    "coded": ("document", "n"),
    "excluded": ("document", "quote", "occurrence", "numeral"),
    "documents": ("id",),
    "hazards": ("statement_id", "hazard"),
    "indicators": ("code",),
    "places": ("id",),
    "units": ("text",),
    "divisions": ("id",),
    "guide": ("section", "en"),
}
# Columns that hold the key of a row of another table.
POINTERS = {
    "document": "documents",
    "place": "places",
    "parent": "places",
    "indicator": "indicators",
}
# What the rows of a table are sorted by; the order of the others says something.
SORTED_BY = {
    "coded": ["document", "n"],
    "documents": ["id"],
    "places": ["id"],
    "indicators": ["code"],
}
