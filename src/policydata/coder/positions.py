"""A text that is folded to be read, and knows where each of its characters stands in the original.

Figures are found in the folded text; value texts and quotes are cut out of the original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from policydata.numerals import PINYIN, SEPARATED, fold

Span = tuple[int, int]
# Lines are kept apart, so that no figure reaches from one into the next.
# Traditional characters of the words that a draft looks for, beyond those of a figure.
_SIMPLIFIED = str.maketrans(
    "確認創圍繞織題環營醫療養觀驗購閱覽聞訊鞏", "确认创围绕织题环营医疗养观验购阅览闻讯巩"
)
_BLANK = r"(?<![0-9])[^\S\n]+|[^\S\n]+(?![0-9])"


@dataclass(frozen=True)
class FoldedText:
    """An original text, its folded form, and the span of the original for each folded character."""

    original: str
    folded: str
    spans: tuple[Span, ...]

    def locate(self, start: int, end: int) -> Span:
        """Return the span of the original that a run of the folded text stands for."""
        return self.spans[start][0], self.spans[end - 1][1]

    def cut(self, start: int, end: int) -> str:
        """Cut the run out of the original that a run of the folded text stands for."""
        first, last = self.locate(start, end)
        return self.original[first:last]


def fold_text(text: str) -> FoldedText:
    """Fold a text and keep the position of each character that is left.

    Pinyin in brackets is read over, but it belongs to its character: 個(gè)以上.

    Examples
    --------
    >>> text = fold_text("達 1,200個(gè)以上")
    >>> text.folded, text.cut(1, 8)
    ('达1200个以上', '1,200個(gè)以上')
    """
    level = [
        (sign, (place, place + 1))
        for place, written in enumerate(text)
        for sign in _fold_character(written)
    ]
    for pattern in (PINYIN, SEPARATED, _BLANK):
        level = list(_drop(level, pattern))
    return FoldedText(text, "".join(sign for sign, _ in level), tuple(span for _, span in level))


@cache
def _fold_character(sign: str) -> str:
    """Fold one character; whatever ends a line is a line feed, and blanks stay for now."""
    if sign.isspace():
        return "\n" if sign.splitlines() == [""] else sign
    return fold(sign).translate(_SIMPLIFIED)


def _drop(level: list[tuple[str, Span]], pattern: str) -> Iterator[tuple[str, Span]]:
    """Drop what a pattern finds, or of a number its separators."""
    text, end = "".join(sign for sign, _ in level), 0
    for found in re.finditer(pattern, text):
        yield from level[end : found.start()]
        end = found.end()
        if pattern == SEPARATED:
            yield from (one for one in level[found.start() : end] if one[0] not in ", ")
    yield from level[end:]
