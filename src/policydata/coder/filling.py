"""The cells of one figure: what is read from the text, then what is guessed from its words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policydata.coder import guesses, headings, timing
from policydata.coder.figures import Figure
from policydata.coder.passages import Passage, take_in_act
from policydata.coder.quotes import count_occurrence, cut_quote, show_context
from policydata.coder.sources import Source
from policydata.messages import say
from policydata.numerals import NUMERAL, QuantityError
from policydata.quantities import Quantity, parse_quantity
from policydata.wording import DAMAGES

_ADDED = "新(?:增|培育|认定|晋|登记|签约|开工|投产)"
_SENTENCE, _CLAUSE = "。;!?\n", ",。;!?\n"
# What is reported as done is there: its verb is no part of the figure.
_DONE = ("outcome", "estimate")
Row = dict[str, str]


class _Setting(NamedTuple):
    """A figure in its passage, the passage and indicator of the one before, and where that ends."""

    figure: Figure
    passage: Passage
    before: Passage
    indicator: str
    floor: int


def fill_figures(
    source: Source, figures: Sequence[Figure], passages: Sequence[Passage]
) -> Iterator[Row]:
    """Fill a row for each figure of a text, in the order of the figures."""
    setting = _Setting(Figure(0, 0, 0, 0), Passage(-1, 0), Passage(-1, 0), "", 0)
    for figure, passage in zip(figures, passages, strict=True):
        setting = setting._replace(figure=figure, passage=passage)
        row = _read(source, setting)
        yield row
        setting = setting._replace(
            before=passage, indicator=row.get("indicator", ""), floor=figure.end
        )


def write_reading(read: Quantity) -> str:
    """Write a quantity in one line: its comparator, its bounds and its unit.

    Examples
    --------
    >>> write_reading(parse_quantity("15%以上")), write_reading(parse_quantity("20—30个"))
    ('>= 15 %', '20–30 个')
    """
    if math.isnan(read.low) and math.isnan(read.high):
        return read.comparator
    low, high = (f"{bound:.15g}" for bound in (read.low, read.high))
    number = f"{low}–{high}" if read.comparator == "range" else high if low == "nan" else low
    stretch = "" if math.isnan(read.stretch) else f"({read.stretch:.15g})"
    sign = "" if read.comparator == "range" else read.comparator
    return " ".join(filter(None, (sign, number, read.unit, stretch)))


def _read(source: Source, setting: _Setting) -> Row:
    """Write what the text says of a figure, then what is guessed."""
    text, figure = source.text, setting.figure
    span = text.locate(figure.start, figure.end)
    known = _guess_circumstances(source, setting)
    passage = setting.passage
    if known["status"] not in _DONE:
        passage = take_in_act(text.folded, figure, passage, setting.floor)
    quote = cut_quote(text, figure, passage)
    value = text.cut(figure.start, figure.end)
    row = {
        "numeral": _cut_numeral(text.cut(figure.first, figure.last)),
        "context": show_context(text.original, *span),
        "document": source.document,
        "value_text": value,
        "quote": text.original[slice(*quote)],
        "occurrence": str(count_occurrence(text.original, *quote)),
    }
    try:
        read = parse_quantity(value, reference=source.reference)
    except QuantityError as fault:
        lost = say("a digit is lost on the page") if re.search(DAMAGES[0][0], value) else ""
        unread = {"reading": say("not read: {reason}", reason=fault.reason), "note": lost}
        return row | unread | known
    reading = {"reading": write_reading(read), "note": _note_shared(source, setting)}
    return row | reading | known | _guess(source, setting, read)


def _note_shared(source: Source, setting: _Setting) -> str:
    """Note that several things share a figure: A、B均增长30%."""
    start = setting.figure.start
    lead = source.text.folded[max(setting.passage.start, start - 4) : start]
    shared = re.search("[均各都](?:为|是|在|达|居|位居)?$", lead)
    return say("shared: one row for each thing that is named") if shared else ""


def _cut_numeral(amount: str) -> str:
    """Cut an amount from its first digit to its last: 20—30 of 20—30个; words stay as they are."""
    found = [*re.finditer(NUMERAL, amount)]
    return amount[found[0].start() : found[-1].end()] if found else amount


def _guess_circumstances(source: Source, setting: _Setting) -> Row:
    """Guess place, status, period and governing word by the sentence before a figure."""
    folded, figure = source.text.folded, setting.figure
    sentence = _cut_before(folded, figure.start, _SENTENCE)
    clause = _cut_before(folded, figure.start, _CLAUSE)
    item = folded[max(setting.floor, figure.start - len(clause)) : figure.end]
    status, above = _guess_status(source, figure, sentence)
    found = timing.find_commitment(status, sentence)
    begun = figure.start - len(sentence)
    named = source.places.find(clause) or source.places.find(sentence)
    return {
        "place": guesses.guess_place({key for *_, key in named}, source.place, source.above),
        "status": status,
        "period": timing.guess_period(
            *(status, sentence, item, source.published, above),
            reports_last_year=source.reports_last_year,
        ),
        "commitment": source.text.cut(begun + found[0], begun + found[1]) if found else "",
    }


def _guess_status(source: Source, figure: Figure, sentence: str) -> tuple[str, str]:
    """Guess the status of a figure, and find the words above its sentence that name its time."""
    folded = source.text.folded
    end = folded.find("\n", figure.start)
    paragraph = _cut_before(folded, end if end >= 0 else len(folded), "\n")
    heading = headings.find_heading(folded, figure.start)
    behind = folded[figure.end :][:24]
    status = timing.guess_status(sentence, paragraph, behind, source.published)
    opening = headings.find_opening(_cut_before(folded, figure.start, "\n"))
    return status or headings.guess_heading_status(heading), opening or heading


def _cut_before(text: str, end: int, stops: str) -> str:
    """Cut out what stands before a position, from the last of some marks."""
    return text[max(text.rfind(stop, 0, end) for stop in stops) + 1 : end]


def _guess(source: Source, setting: _Setting, read: Quantity) -> Row:
    """Guess unit, indicator and measure of a figure that is read."""
    folded, figure, passage = source.text.folded, setting.figure, setting.passage
    lead, behind = folded[passage.start : figure.start], folded[figure.end : passage.end]
    written = folded[figure.start : figure.end]
    unit_text = guesses.guess_unit_text(read.unit, lead, behind)
    indicator = _guess_indicator(source, setting, read, unit_text)
    known = source.indicators.get(indicator, {})
    measure = guesses.guess_measure(written, read, lead)
    if not measure and known.get("unit") == "%":
        measure = "share"
    if measure == "level" and re.search(f"{_ADDED}[^、,]*$", lead + written):
        # 新增 of a stock is a change; a flow of its own has it in its name.
        measure = "" if not known else "level" if re.search(_ADDED, known["name_zh"]) else "change"
    return {"indicator": indicator, "measure": measure, "unit_text": unit_text}


def _guess_indicator(source: Source, setting: _Setting, read: Quantity, unit_text: str) -> str:
    """Guess the indicator of a figure: of a further figure, that of the one before it."""
    folded, figure, passage = source.text.folded, setting.figure, setting.passage
    lead = folded[passage.start : passage.name_end or figure.start]
    if "分别" in lead:
        # The names do not match the figures one for one.
        return ""
    fitting = {
        code
        for code, known in source.indicators.items()
        if guesses.fits_unit(read, unit_text, known["unit"], source.units)
    }
    parts = (lead, folded[figure.start : figure.end], folded[figure.end : passage.end])
    if found := guesses.guess_indicator(*parts, source.names, fitting):
        return found
    continued = passage.bare and setting.before.start == passage.start
    return setting.indicator if continued and setting.indicator in fitting else ""
