"""The typeface inside an SVG: which faces it carries, and what is in them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from io import BytesIO, StringIO
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure

from policydata.charts import embedding
from policydata.charts.embedding import embed_fonts
from policydata.charts.style import FONTS, drawing_style

ENGLISH, CHINESE = ["Policydata Sans", "Policydata Sans SC"], ["Policydata Sans SC"]
FACE = re.compile(r"@font-face\{font-family:'(.+?)';font-weight:(\d+);src:url\((.+?)\) format")
TEXT = "{http://www.w3.org/2000/svg}text"


@pytest.fixture(autouse=True)
def style() -> Iterator[None]:
    with drawing_style(), mpl.rc_context({"svg.fonttype": "none"}):
        yield


def draw(text: str, family: list[str], weight: str | int = "normal", **more: str) -> str:
    """Draw a line of text, and another one below it by the names of its settings."""
    figure = Figure(figsize=(4, 1))
    figure.text(0.1, 0.6, text, family=family, weight=weight)
    figure.text(0.1, 0.2, more.get("bold", ""), family=family, weight="bold")
    written = StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()


def read_fonts(svg: str) -> dict[tuple[str, str], TTFont]:
    """Open the fonts that a drawing carries, by family and weight."""
    found = ((family, weight, url) for family, weight, url in FACE.findall(svg))
    return {
        (family, weight): TTFont(
            BytesIO(base64.b64decode(url.removeprefix("data:font/woff;base64,")))
        )
        for family, weight, url in found
    }


def read_faces(svg: str) -> dict[tuple[str, str], str]:
    """Read the characters of the fonts that a drawing carries, in their order in Unicode."""
    return {
        face: "".join(map(chr, sorted(font.getBestCmap())))
        for face, font in read_fonts(svg).items()
    }


def test_in_english_the_chinese_face_holds_the_chinese_characters_alone():
    svg = embed_fonts(draw("R&D <5 % of ‘郑州’", ENGLISH))

    assert read_faces(svg) == {
        ("Policydata Sans", "400"): " %&5<DRfo‘’",
        ("Policydata Sans SC", "400"): "州郑",
    }


def test_in_chinese_one_face_holds_exactly_the_characters_used():
    assert read_faces(embed_fonts(draw("‘郑州’ 5%", CHINESE))) == {
        ("Policydata Sans SC", "400"): " %5‘’州郑"
    }


def test_bold_text_has_a_face_of_its_own():
    assert read_faces(embed_fonts(draw("郑州", CHINESE, bold="5 州"))) == {
        ("Policydata Sans SC", "400"): "州郑",
        ("Policydata Sans SC", "700"): " 5州",
    }


@pytest.mark.parametrize(("weight", "face"), [("medium", "400"), ("semibold", "700")])
def test_other_weights_are_drawn_by_the_nearer_face(weight, face):
    assert list(read_faces(embed_fonts(draw("5", CHINESE, weight)))) == [
        ("Policydata Sans SC", face)
    ]


def test_words_beside_a_formula_are_found():
    assert read_faces(embed_fonts(draw("$x$ 5 州", CHINESE))) == {
        ("Policydata Sans SC", "400"): "5\xa0州"
    }


def test_a_face_has_the_shapes_widths_kerning_and_date_of_the_shipped_font():
    (face,) = read_fonts(embed_fonts(draw("AVA 郑", CHINESE))).values()
    shipped = TTFont(FONTS / "PolicydataSansSC-Regular.ttf")

    features = face["GPOS"].table.FeatureList.FeatureRecord
    assert {feature.FeatureTag for feature in features} == {"kern"}
    assert face["head"].modified == shipped["head"].modified
    for code, name in face.getBestCmap().items():
        whole = shipped.getBestCmap()[code]
        assert face["hmtx"][name] == shipped["hmtx"][whole]
        assert face["glyf"][name] == shipped["glyf"][whole]


def test_the_text_can_be_read_and_the_drawing_is_as_matplotlib_wrote_it():
    svg = draw("R&D <5 % of ‘郑州’", ENGLISH)

    embedded = embed_fonts(svg)

    (text,) = ElementTree.fromstring(embedded).iter(TEXT)
    assert text.text == "R&D <5 % of ‘郑州’"
    assert re.sub(r'<style type="text/css">\n(@font-face.+\n)+</style>\n', "", embedded) == svg


def test_the_same_drawing_gives_the_same_bytes():
    svg = draw("R&D <5 % of ‘郑州’", ENGLISH, bold="郑州 6")

    first = embed_fonts(svg)
    embedding._encode_subset.cache_clear()

    assert embed_fonts(svg) == first


def test_other_typefaces_and_outlines_are_left_alone():
    named = draw("6.5 %", ["DejaVu Sans"])
    with mpl.rc_context({"svg.fonttype": "path"}):
        outlined = draw("6.5 %", ENGLISH)

    assert "DejaVu Sans" in named
    assert (embed_fonts(named), embed_fonts(outlined)) == (named, outlined)
