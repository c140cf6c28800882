"""Quotes as `check` looks them up: runs of the original text, each with its occurrence."""

from __future__ import annotations

import re

from policydata.coder.figures import Figure
from policydata.coder.passages import LONGEST, Passage
from policydata.coder.positions import FoldedText, Span

_AROUND = 15
# How far the quote of an excluded numeral may be extended to be the only one.
_ROOM = 8


def cut_quote(text: FoldedText, figure: Figure, passage: Passage) -> Span:
    """Cut a passage to a quote: short enough, on one line, and with the figure in it once."""
    first, last = text.locate(figure.start, figure.end)
    start, end = text.locate(min(passage.start, figure.start), max(passage.end, figure.end))
    if end - start > LONGEST:
        end = max(last, min(end, start + LONGEST))
        start = max(start, min(first, end - LONGEST))
    value = text.original[first:last]
    broken = re.search(r"[\x00-\x1f\x85\u2028\u2029]", text.original[start:end])
    if text.original.count(value, start, end) > 1 or broken or end - start > LONGEST:
        return first, last
    return start, end


def extend_quote(text: str, start: int, end: int) -> Span:
    """Extend a run so that the text has it only once, if a few characters are enough.

    Examples
    --------
    >>> text = "2023年建成,2023年入选"
    >>> text[slice(*extend_quote(text, 0, 5))]
    '2023年建'
    """
    for last in range(end, min(end + _ROOM, len(text)) + 1):
        if re.search(r"[\d\x00-\x1f\x85\u2028\u2029]", text[end:last]):
            break
        if text.find(text[start:last], text.find(text[start:last]) + 1) < 0:
            return start, last
    return start, end


def count_occurrence(text: str, start: int, end: int) -> int:
    """Count how often a run of a text occurs up to its position, as `check` counts.

    Examples
    --------
    >>> count_occurrence("增长7%,增长7%", 6, 10)
    2
    """
    quote, times, at = text[start:end], 1, text.find(text[start:end])
    while at < start:
        times, at = times + 1, text.find(quote, at + 1)
    return times


def show_context(text: str, start: int, end: int) -> str:
    """Show a run of a text and what stands around it, with the run marked.

    Examples
    --------
    >>> show_context("确保投资增长7%。", 4, 8)
    '确保投资【增长7%】。'
    """
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    shown = re.sub(r"\s+", " ", f"{before}【{text[start:end]}】{behind}").strip()
    # A control character cannot stand in a cell.
    return re.sub(r"[\x00-\x1f\x7f]", "", shown)
