"""The typeface inside an SVG: its text stays text, and looks the same on any machine.

Each drawing carries the shapes of just the characters that it writes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from matplotlib.font_manager import get_font

from policydata.charts.style import FONTS

_TEXTS = ("{http://www.w3.org/2000/svg}text", "{http://www.w3.org/2000/svg}tspan")
_REGULAR, _BOLD = 400, 700
# Up to this weight matplotlib and browsers take the regular face.
_MIDDLE = 500
_FACE = (
    "@font-face{{font-family:'{family}';font-weight:{weight};"
    "src:url(data:font/woff;base64,{data}) format('woff')}}\n"
)


class Face(NamedTuple):
    """A family in one of its two weights."""

    family: str
    weight: int


def embed_fonts(svg: str) -> str:
    """Put the shipped typeface into an SVG, as far as its text uses it.

    The same drawing gives the same text.  Other typefaces are left as they are named.  What is
    written into the drawing later shows in the typeface where it is installed, or if the drawing
    has the character already.

    Parameters
    ----------
    svg : str
        A drawing by matplotlib with the setting ``svg.fonttype: none``.

    Returns
    -------
    str
        The drawing with one ``@font-face`` rule for each family and weight that it uses.

    Examples
    --------
    >>> svg = (
    ...     '<svg xmlns="http://www.w3.org/2000/svg">'
    ...     '<text style="font-family: Policydata Sans, Policydata Sans SC">6.5 %</text>'
    ...     "</svg>"
    ... )
    >>> embed_fonts(svg).count("@font-face")
    1
    >>> embed_fonts(svg.replace("%", "% (郑州)")).count("@font-face")
    2
    """
    rules = [
        _FACE.format(**face._asdict(), data=_encode_subset(face, frozenset(characters)))
        for face, characters in sorted(_list_used(svg).items())
    ]
    drawn, end, rest = svg.rpartition("</svg>")
    sheet = f'<style type="text/css">\n{"".join(rules)}</style>\n' if rules else ""
    return drawn + sheet + end + rest


def _list_used(svg: str) -> dict[Face, set[str]]:
    """List the characters that each face draws: the first of a text that has them, as on screen."""
    used: dict[Face, set[str]] = {}
    for text in ElementTree.fromstring(svg).iter():
        if text.tag in _TEXTS and text.text:
            faces = _read_faces(text.get("style", ""))
            for character in text.text:
                drawing = (face for face in faces if ord(character) in _read_characters(face))
                for face in list(drawing)[:1]:
                    used.setdefault(face, set()).add(character)
    return used


@cache
def _read_faces(style: str) -> list[Face]:
    """Read the faces of ours that a style names, in its order."""
    declared = dict(re.findall(r"([\w-]+): ([^;]+)", style))
    weight = _BOLD if int(declared.get("font-weight", _REGULAR)) > _MIDDLE else _REGULAR
    families = (name.strip("'\" ") for name in declared.get("font-family", "").split(","))
    return [face for name in families if _read_characters(face := Face(name, weight))]


@cache
def _read_characters(face: Face) -> frozenset[int]:
    """Read the code points that a face has; one that is not ours has none."""
    file = _find_file(face)
    return frozenset(get_font(file).get_charmap() if file.is_file() else ())


def _find_file(face: Face) -> Path:
    style = {_REGULAR: "Regular", _BOLD: "Bold"}[face.weight]
    return FONTS / f"{face.family.replace(' ', '')}-{style}.ttf"


@cache
def _encode_subset(face: Face, characters: frozenset[str]) -> str:
    from fontTools.subset import Options, Subsetter  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    options = Options(layout_features=["kern"])
    # Brackets would bring their counterparts, for text from right to left.
    options.bidi_closure = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(map(ord, characters)))
    written = BytesIO()
    with TTFont(_find_file(face), lazy=True, recalcTimestamp=False) as font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(written, reorderTables=False)
    return b64encode(written.getvalue()).decode("ascii")
