"""Comparison of figures with their quotes, and of quotes and numerals with the texts.

Each rule is a function named after the problem; it returns the offending rows, or none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from policydata.bounds import BOUNDS
from policydata.checks.inputs import Coding, report
from policydata.messages import say
from policydata.numerals import NUMBER, NUMERAL, fold
from policydata.units import Unit, read_unit
from policydata.wording import (
    BEHIND,
    COMPOUNDS,
    DECREASES,
    DISTANCES,
    INCREASES,
    NEGATED,
    match_bounds,
)

# How much of the text a person sees around a numeral.
_AROUND = 8
_Span = tuple[int, int]
_TEXT = "a .txt with the checksum in documents.csv"
_TEXT_TO_LOOK_UP = "a .txt with the checksum in documents.csv, to look up its quotes"
# Arabic digits, their separators and point, and the marks that damaged pages have for a digit.
_ARABIC = r"[\d?*□■○●×\ufffd]*\d(?:,\d{3}(?!\d))*(?:\.\d+)?"
_SCALE = "[百千万亿]"
_NUMERAL = rf"(?:(?:{_ARABIC}|{NUMBER}){_SCALE}+)*(?:{_ARABIC}|{NUMBER}){_SCALE}*"
# 肩负5项任务 does not have a minus sign; a dash after a letter or a number may not be one.
_SIGN = r"(?:(?<![\dA-Za-z%])[-−–]|(?<![肩担背抱身])负)?"
# Atomic, so that a long text is not read twice.
_FIGURE = rf"(?>{_SIGN}(?:(?:{NUMBER}|{_SCALE}+)分之)?{_NUMERAL}(?:/{_ARABIC})?[%‰]?)"
# A rise 从5%到7% is not a range.
_WHOLE = (
    rf"(?<![从由自]){_FIGURE}[至到]{_FIGURE}|"
    rf"{_FIGURE}[^\W\d_]{{0,4}}[—\-–~〜−]+{_FIGURE}|{_FIGURE}"
)


class Evidence(NamedTuple):
    """Statements and excluded numerals whose text is given, and every numeral of the texts.

    `start` is the position of a quote, missing if it is not found.  `file` and `row` of a numeral
    are its document and line, `times` is the number of rows that account for it.
    """

    stated: pd.DataFrame
    excluded: pd.DataFrame
    numerals: pd.DataFrame


def list_quote_problems(coding: Coding) -> pd.DataFrame:
    """List the figures that leave out a part of what their quote says."""
    rows = compare_with_quotes(coding.figures, coding.units)
    cut, bounded = rows[rows.whole.ne("")], rows[rows.bounded.ne("")]
    rule = "value_text cut out of a longer figure"
    longer = report(cut, "value_text", rule, say("the whole figure of the quote"), cut.whole)
    rule = "bound word beside value_text"
    allowed = say("the figure with every word that bounds or directs it")
    return pd.concat([longer, report(bounded, "value_text", rule, allowed, bounded.bounded)])


def compare_with_quotes(figures: pd.DataFrame, units: Mapping[str, Unit]) -> pd.DataFrame:
    """Compare each `value_text` with the text around it, if its quote contains it once.

    `whole` is the longer figure of the quote, `bounded` the figure with the words that bound it;
    blank if `value_text` is complete.
    """
    pairs = zip(figures.quote, figures.value_text, strict=True)
    rows = figures.loc[[run != "" and quote.count(run) == 1 for quote, run in pairs]]
    facts = [*zip(rows.quote, rows.value_text, rows.unit_text, rows.own_unit, strict=True)]
    said = {fact: _compare(*fact, units) for fact in set(facts)}
    whole, bounded = ([said[fact][place] for fact in facts] for place in (0, 1))
    return rows.assign(whole=whole, bounded=bounded)


def _compare(
    quote: str, run: str, unit_text: str, own: str, units: Mapping[str, Unit]
) -> tuple[str, str]:
    """Return the longer figure, or the figure with the words that bound it; blank if none is."""
    before, _, behind = quote.partition(run)
    left, right = _keep_apart(before, run), _keep_apart(run, behind)
    # Pinyin follows its character, so the text after the run is folded together with the run.
    folded = _fold(run)
    around = (_fold(before) + left, folded, right + _fold(run + behind).removeprefix(folded))
    whole = _find_longer_figure(*around, fold(unit_text)) or _find_longer_unit(
        *around[1:], own, unit_text or own, units
    )
    return (whole, "") if whole else ("", _find_bounded(*around))


def _keep_apart(left: str, right: str) -> str:
    """Return a bar if a blank separates two numbers: 2023 7%, but not 13 908亿斤."""
    blank = len(left) - len(left.rstrip()) + len(right) - len(right.lstrip())
    numbers = left.rstrip()[-1:].isdecimal() and right.lstrip()[:1].isdecimal()
    grouped = re.search(r"(?<!\d)\d{1,3}\s*$", left) and re.match(r"\s*\d{3}(?!\d)", right)
    return "|" if blank and numbers and not (grouped and blank == 1) else ""


def _fold(text: str) -> str:
    """Fold a part of a quote; a footnote mark is not a digit of the number beside it."""
    return fold("".join("|" if c.isdigit() and not c.isdecimal() else c for c in text))


def _find_longer_figure(before: str, run: str, behind: str, unit_text: str) -> str:
    """Find the figure that a run is cut out of; a scale word that the unit repeats is not lost."""
    text, start, end = before + run + behind, len(before), len(before + run)
    for found in re.finditer(_WHOLE, text):
        first, last = found.span()
        rest = text[end:last] if first < end < last else ""
        repeated = unit_text.startswith(rest) and not re.search(r"\d", rest)
        if first < start < last or (rest and not repeated):
            return text[min(first, start) : max(last, end)]
    return ""


def _find_longer_unit(run: str, behind: str, own: str, unit: str, units: Mapping[str, Unit]) -> str:
    """Find the longer unit of another sense that the unit of a run is cut out of: 3个百分点."""
    known = read_unit(unit, units)
    if not known or not run.endswith(own):
        return ""
    noun = own.lstrip("百千万亿")
    scale = own.removesuffix(noun)
    beside = [name for name in units if (noun + behind).startswith(name)]
    longest = max(beside, key=len, default="")
    is_longer = len(longest) > len(noun) and read_unit(scale + longest, units) != known
    return run + longest[len(noun) :] if is_longer else ""


def _find_bounded(before: str, run: str, behind: str) -> str:
    """Find the figure with a word of bound or direction that touches it, or that it cuts."""
    bounds = [bound for bound in BOUNDS.values() if bound.sign != "="]
    words = [word for bound in bounds for word in (*bound.before, *bound.alone)]
    longest_first = sorted([*words, *DECREASES], key=len, reverse=True)
    left = re.search(rf"(?:{'|'.join(longest_first)})了?$", before)
    left = None if before.endswith(COMPOUNDS) else left
    right = re.match(match_bounds(), behind)
    negated = re.search(NEGATED, before) if run.startswith((*words, *DISTANCES)) else None
    # 扩大约5%: the word that the edge seems to cut is two.
    cut = "" if before.endswith((*COMPOUNDS, *INCREASES)) else _find_cut(before, run, words)[0]
    begun = max(left[0] if left else "", negated[0] if negated else "", cut, key=len)
    ended = right[0] if right else _find_cut(run, behind, [*BEHIND])[1]
    return f"{begun}{run}{ended}" if begun or ended else ""


def _find_cut(left: str, right: str, words: Iterable[str]) -> tuple[str, str]:
    """Find both parts of the longest word that the edge between two texts cuts: 不 and 低于."""
    parts = [(word[:at], word[at:]) for word in words for at in range(1, len(word))]
    cut = [part for part in parts if left.endswith(part[0]) and right.startswith(part[1])]
    return max(cut, key=lambda part: len(part[0] + part[1]), default=("", ""))


def look_up(coding: Coding) -> Evidence:
    """Look up every quote whose text is given, then account for every numeral of the texts."""
    texts = coding.texts or {}
    stated = _locate_quotes(coding.coded, texts)
    excluded = _locate_quotes(coding.excluded, texts)
    figures, others = _cover_figures(stated), _cover_numerals(excluded)
    numerals = [
        row
        for document, text in texts.items()
        for row in _account(document, text, figures[document], others[document])
    ]
    columns = ["file", "row", "numeral", "around", "times"]
    return Evidence(stated, excluded, pd.DataFrame(numerals, columns=columns))


def list_text_problems(coding: Coding, evidence: Evidence) -> pd.DataFrame:
    """List what is not found in the texts, or is not accounted for there."""
    found = [
        *(coding.unread_texts, _text_not_there(coding), _quote_not_found(evidence)),
        _numeral_not_accounted_for(evidence),
    ]
    return pd.concat(found, ignore_index=True)


def _locate_quotes(rows: pd.DataFrame, texts: Mapping[str, str]) -> pd.DataFrame:
    """Find the positions of the quotes of rows whose text is given, at their occurrence."""
    rows = rows[rows.document.isin(texts) & rows.quote.ne("")]
    starts = [_locate(texts[row.document], row.quote, row.occurrence) for row in rows.itertuples()]
    return rows.assign(start=pd.Series(starts, index=rows.index, dtype="Int64"))


def _locate(text: str, quote: str, occurrence: str) -> int | None:
    start = -1
    times = int(occurrence) if occurrence.isdecimal() else 1
    for _ in range(max(times, 1)):
        start = text.find(quote, start + 1)
        if start < 0:
            return None
    return start


def _cover_figures(stated: pd.DataFrame) -> dict[str, set[_Span]]:
    """List, by document, the spans of text that the figures of statements cover."""
    covered = defaultdict(set)
    for row in stated.dropna(subset="start").itertuples():
        inside = row.quote.find(row.value_text)
        if inside >= 0:
            first = row.start + inside
            covered[row.document].add((first, first + len(row.value_text)))
    return covered


def _cover_numerals(excluded: pd.DataFrame) -> dict[str, Counter[_Span]]:
    """Count, by document, how often each numeral is excluded.

    Rows with the same quote take its equal numerals in turn.
    """
    covered: dict[str, Counter[_Span]] = defaultdict(Counter)
    for row in excluded.dropna(subset="start").itertuples():
        times = covered[row.document]
        found = [match for match in re.finditer(NUMERAL, row.quote) if match[0] == row.numeral]
        spans = [(row.start + match.start(), row.start + match.end()) for match in found]
        times.update(sorted(spans, key=lambda span: bool(times[span]))[:1])
    return covered


def _account(
    document: str, text: str, figures: set[_Span], others: Counter[_Span]
) -> Iterator[tuple[str, int, str, str, int]]:
    """Count for each numeral of a text the rows that account for it."""
    for match in re.finditer(NUMERAL, text):
        start, end = match.span()
        inside = any(first <= start and end <= last for first, last in figures)
        around = text[max(0, start - _AROUND) : end + _AROUND].replace("\n", " ")
        line = text.count("\n", 0, start) + 1
        yield document, line, match[0], around, inside + others[start, end]


def _text_not_there(coding: Coding) -> pd.DataFrame:
    """Find documents read in full whose text is not in the folder: a note, or an error if asked."""
    table = coding.reference["documents"]
    undecoded = coding.unread_texts.value[coding.unread_texts.rule.eq("not UTF-8")]
    opened = {*(coding.texts or {}), *undecoded}
    wanted = table[table.scope.eq("full_text") & ~table.id.isin(opened)]
    rows = pd.concat([coding.coded, coding.excluded]).drop_duplicates("document")
    rows = rows[rows.document.isin(wanted.id)]
    if coding.all_documents:
        return report(rows, "document", "text not found", say(_TEXT))
    return report(rows, "document", "quotes not looked up", say(_TEXT_TO_LOOK_UP))


def _quote_not_found(evidence: Evidence) -> pd.DataFrame:
    rows = pd.concat([evidence.stated, evidence.excluded], ignore_index=True)
    rows = rows[rows.start.isna()]
    allowed = say("a passage of the text, at its occurrence")
    return report(rows, "quote", "quote not in the text", allowed)


def numeral_not_in_its_quote(coding: Coding) -> pd.DataFrame:
    """Find excluded numerals that their quote does not hold, or not as often as they are typed.

    Where the text is given, it tells which numerals are accounted for twice.
    """
    rows = coding.excluded
    typed = rows.groupby(["document", "quote", "occurrence", "numeral"]).cumcount()
    typed = typed.mask(rows.document.isin(coding.texts or {}), 0)
    held = [re.findall(NUMERAL, row.quote).count(row.numeral) for row in rows.itertuples()]
    lost = (typed >= held).tolist()
    allowed = say("a whole numeral of the quote")
    return report(rows.loc[lost], "numeral", "numeral not in its quote", allowed)


def _numeral_not_accounted_for(evidence: Evidence) -> pd.DataFrame:
    """Find numerals that no row accounts for, or both a figure and an exclusion."""
    rows = evidence.numerals[evidence.numerals.times.ne(1)]
    asked = "one statement or one row of excluded.csv, for “{around}”"
    allowed = rows.around.map(lambda around: say(asked, around=around))
    lacks = rows.times.eq(0)
    parts = [(lacks, "numeral not accounted for"), (~lacks, "numeral accounted for twice")]
    found = [report(rows[part], "numeral", rule, allowed[part]) for part, rule in parts]
    return pd.concat(found)
