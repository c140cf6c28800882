"""The characters that the fonts of the charts shall hold: all that is written, and what may be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from policydata.build.errors import BuildError

__all__ = ["DAMAGE", "PROJECT", "list_characters", "read_characters"]

PROJECT = Path(__file__).parents[3]
_SOURCES = (
    "data/**/*.csv",
    "src/policydata/**/*.csv",
    "src/policydata/charts/*.py",
    "src/policydata/schema.py",
    "notebooks/*.ipynb",
)
_BLOCKS = (
    *((0x20, 0x7E), (0xA0, 0x17F)),  # Latin
    *((0x1CD, 0x1DC), (0x1F8, 0x1F9), (0x251, 0x251), (0x261, 0x261), (0x1E3F, 0x1E3F)),  # pinyin
    *((0x370, 0x3FF), (0x2000, 0x206F)),  # Greek; punctuation and spaces
    *((0x2070, 0x209F), (0x20A0, 0x20CF)),  # raised and lowered signs; currencies
    *((0x2100, 0x214F), (0x2160, 0x217F)),  # letterlike signs; Roman numerals
    *((0x2190, 0x21FF), (0x2200, 0x22FF)),  # arrows; operators
    *((0x2460, 0x249B), (0x25A0, 0x25FF)),  # enclosed numbers; shapes
    *((0x2605, 0x2606), (0x2713, 0x2713)),  # stars; the tick
    *((0x3000, 0x303F), (0xFF00, 0xFFEF)),  # Chinese punctuation; full and half width
)
# In the names of Henan's cities and counties, and not in level 1 of GB 2312.
_HENAN = "偃嵩杞柘栾浉淅淇渑漯潢濮瀍睢荥郏郾鄢陟颍驿"
# JSON's own; where Python spells a character so, it looks for it and does not draw it.
_ESCAPE = re.compile(r"(?<!\\)\\u([\da-fA-F]{4})")
# Stands for damage in a quote; Noto Sans SC does not have it.
DAMAGE = "\ufffd"


def list_characters(project: Path) -> set[str]:
    """List what the fonts shall hold: what the project writes, and what a chart may well write.

    Parameters
    ----------
    project : pathlib.Path
        The root of a clone.

    Returns
    -------
    set of str
        The characters of the project, GB 2312 level 1, the names of Henan, Latin and symbols.

    Examples
    --------
    >>> sorted(list_characters(PROJECT) & set("郑濮≥−"))
    ['−', '≥', '濮', '郑']
    """
    codes = (code for first, last in _BLOCKS for code in range(first, last + 1))
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    level_1 = (pair.decode("gb2312", errors="ignore") for pair in rows)
    likely = {*map(chr, codes), *filter(None, level_1), *_HENAN}
    return _drawn(likely) | read_characters(project)


def read_characters(project: Path) -> set[str]:
    """Read every character of the data, the shipped tables, the charts and the notebooks."""
    files = (file for pattern in _SOURCES for file in project.glob(pattern))
    return _drawn(set().union(*map(_read, files)))


def _read(file: Path) -> set[str]:
    """The characters of a text, with those that a notebook spells as escapes."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BuildError(f'"{file}" is not UTF-8.') from None
    escapes = _ESCAPE.findall(text) if file.suffix == ".ipynb" else []
    return {*text, *(chr(int(escape, 16)) for escape in escapes)}


def _drawn(characters: Iterable[str]) -> set[str]:
    """Those that have a shape or a width, as controls, marks of direction and surrogates do not."""
    undrawn = ("Cc", "Cf", "Cs")
    return {one for one in characters if unicodedata.category(one) not in undrawn}
