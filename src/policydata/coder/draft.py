"""A draft of a new text: one row for each numeral and each figure without a digit.

It proposes, and a person decides: no row counts until somebody has marked it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from policydata.coder.exclusions import Exclusion, find_exclusions, judge_bare
from policydata.coder.figures import Figure, find_figures
from policydata.coder.filling import Row, fill_figures
from policydata.coder.passages import find_passages
from policydata.coder.positions import FoldedText, Span
from policydata.coder.quotes import count_occurrence, extend_quote, show_context
from policydata.coder.sources import Source, take_source
from policydata.columns import document_columns, name_columns
from policydata.messages import say
from policydata.numerals import NUMERAL
from policydata.parts import PART_OF
from policydata.schema import DRAFT
from policydata.tables import Reference, take_reference

_PART_OF = "part_of"
_CLAUSE = "[,。;:!?\n]"


@document_columns(DRAFT)
def propose_rows(
    text: str,
    document: str,
    *,
    reference: Reference = None,
    place: str = "",
    published: str = "",
) -> pd.DataFrame:
    """Propose a row for every numeral of a text and every figure without a digit.

    Parameters
    ----------
    text : str
        The text of the document.
    document : str
        Id of the document.
    {reference}
    place : str, optional
        Id or name of the place of the document; if it is not given, the place whose id begins the
        id of the document, or that the text names most.
    published : str, optional
        Day of publication, ISO 8601; if it is not given, that of the table of documents, or the
        first day in the first lines of the text.

    Returns
    -------
    pandas.DataFrame
        One row per proposal, in reading order, every cell as text and a blank as "":

        {columns}

        `reason` is filled where a numeral is proposed to be excluded, and `quote`, `occurrence` and
        `numeral` are then those of the excluded numeral; a part of another figure names this by its
        `value_text`, as in `part_of:50%以上`.  `decision`, `n` and `coder` are blank.

    Raises
    ------
    ValueError
        If the place is not known, or `published` is not a day.

    Examples
    --------
    >>> rows = propose_rows("2023年,确保固定资产投资7000亿元。", "zhengzhou-2023-plan")
    >>> rows[["numeral", "reading", "indicator", "status", "reason"]].values.tolist()
    [['2023', '', '', '', 'date'], ['7000', '= 7000 亿元', 'fixed_asset_investment', 'target', '']]
    """
    source = take_source(text, document, take_reference(reference), place, published)
    folded = source.text.folded
    plain = find_exclusions(folded)
    found = find_figures(folded, source.units, [one.span for one in plain])
    bare = [
        Exclusion(one.start, one.end, reason)
        for one in found
        if (reason := judge_bare(folded, one.start, one.end))
    ]
    figures = [one for one in found if not judge_bare(folded, one.start, one.end)]
    passages = find_passages(folded, figures, source.places.pattern)
    rows = fill_figures(source, figures, passages)
    stated = [source.text.locate(one.start, one.end) for one in figures]
    proposed = list(zip(stated, rows, strict=True))
    excluded = [_name_whole(source.text, one, figures) for one in (*plain, *bare)]
    proposed += _propose_exclusions(source, excluded, stated)
    proposed += _propose_others(source, [span for span, _ in proposed])
    ordered = [row for _, row in sorted(proposed, key=lambda one: one[0])]
    return pd.DataFrame(ordered, columns=name_columns(DRAFT), dtype="str").fillna("")


def _name_whole(text: FoldedText, part: Exclusion, figures: Sequence[Figure]) -> Exclusion:
    """Name the figure that a numeral is a part of: 4座 of 4座500千伏变电站, else the next one."""
    if part.reason != _PART_OF:
        return part
    before = [one for one in figures if one.end <= part.start]
    behind = [one for one in figures if part.end <= one.start]
    adjoining = [one for one in before if one.end == part.start]
    for one in (*adjoining, *behind[:1], *before[-1:]):
        between = text.folded[min(one.end, part.end) : max(one.start, part.start)]
        value = text.cut(one.start, one.end)
        if not re.search(_CLAUSE, between) and re.search("[^0-9]", value):
            return part._replace(reason=f"{PART_OF}{value}")
    return part


def _propose_exclusions(
    source: Source, excluded: Iterable[Exclusion], stated: Sequence[Span]
) -> Iterator[tuple[Span, Row]]:
    """Propose to exclude the numerals of each run that no figure takes in."""
    text = source.text.original
    for one in excluded:
        start, end = source.text.locate(one.start, one.end)
        quote = extend_quote(text, start, end)
        for found in re.finditer(NUMERAL, text[start:end]):
            span = start + found.start(), start + found.end()
            if not _is_covered(span, stated):
                yield span, _exclude(source, span, quote, one.reason)


def _exclude(source: Source, span: Span, quote: Span, reason: str) -> Row:
    """Write the row of a numeral that is proposed to be excluded."""
    text = source.text.original
    asked = say("a part of another figure: add what it says, as in part_of:50%以上")
    return {
        "numeral": text[slice(*span)],
        "context": show_context(text, *span),
        "reading": asked if reason == _PART_OF else "",
        "document": source.document,
        "quote": text[slice(*quote)],
        "occurrence": str(count_occurrence(text, *quote)),
        "reason": reason,
    }


def _propose_others(source: Source, covered: Sequence[Span]) -> Iterator[tuple[Span, Row]]:
    """Propose a row for each numeral that is left: a person sees what it is."""
    text = source.text.original
    for found in re.finditer(NUMERAL, text):
        if not _is_covered(found.span(), covered):
            row = _exclude(source, found.span(), found.span(), "")
            yield found.span(), row | {"value_text": found[0]}


def _is_covered(span: Span, covered: Sequence[Span]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in covered)
