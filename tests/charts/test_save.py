"""A figure is saved whole, describes itself, and is the same twice."""

import errno
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

from policydata.charts import plot_ranking, save_figure
from policydata.charts.page import read_record
from policydata.charts.style import FAMILY, WIDTHS, drawing_style
from rows_in_sight import lay_out, tell

SVG = "{http://www.w3.org/2000/svg}"
ROWS = pd.DataFrame({"statement_id": ["hebi-2022-mayor-interview:1"], "value": [6.5]})
KNOWN = {"documents": lay_out("id reliability", "plan official\nreport official")}
TOLD = tell(
    "plan hebi gdp growth_rate target 2023 7%以上",
    "plan kaifeng gdp growth_rate target 2023 6%",
    "report hebi gdp growth_rate outcome 2023 5%",
)
FILES = ["growth.csv", "growth.json", "growth.pdf", "growth.png", "growth.svg"]

DRAW = """
import pandas as pd
from matplotlib.figure import Figure
from policydata.charts.save import save_figure
from policydata.charts.style import drawing_style

with drawing_style():
    figure = Figure(figsize=(4, 3), layout="constrained")
    axes = figure.subplots()
axes.scatter([1, 2], [3, 4], c=[1, 2])
axes.fill_between([1, 2], [1, 3], hatch="//")
axes.set_title(r"$\\alpha$ and é, 郑州市")
rows = pd.DataFrame({"statement_id": ["a:1", "b:2"], "value": [1.0, 2.5]})
save_figure(figure, "growth", rows, caption="Growth.", folder=".")
"""


def draw(text: str = "Growth") -> Axes:
    axes = Figure(figsize=(4, 3)).subplots()
    axes.barh(["Hebi"], [6.5])
    axes.set_title(text)
    return axes


def draw_chart(**options: str) -> Figure:
    return plot_ranking(TOLD, reference=KNOWN, **options)


@cache
def draw_once(lang: str = "en") -> Figure:
    """Draw the chart once in a language, for tests in which saving leaves it as it is."""
    return draw_chart(lang=lang)


def list_pdf_fonts(file: Path) -> set[str]:
    """List the fonts that a PDF embeds; every one must be TrueType, none drawn as shapes."""
    raw = file.read_bytes()
    embedded = re.findall(rb"/FontDescriptor[^>]*?/FontName /(?:[A-Z]{6}\+)?([\w-]+)", raw)
    assert len(re.findall(rb"/FontFile2 ", raw)) == len(embedded)
    assert re.findall(rb"/Subtype /(Type1|Type3|CIDFontType0)\b|/FontFile3? ", raw) == []
    return {name.decode() for name in embedded}


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save empty drawings, where only what stands beside them is looked at."""
    monkeypatch.setattr(Figure, "savefig", lambda _, image, **__: image.write(b"<svg/>"))


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    hashes = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([sys.executable, "-c", DRAW], cwd=folder, env=environment, check=True)
        hashes.append(
            {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}
        )
    assert sorted(hashes[0]) == FILES
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("drawn", [draw, draw_chart])
def test_a_second_save_under_any_settings_writes_the_same_bytes_and_leaves_these(
    drawn: Callable[[], Figure | Axes], tmp_path: Path
) -> None:
    figure, saved = drawn(), []
    told = {"rows": ROWS, "caption": "Growth."} if drawn is draw else {}
    for settings in ({}, {"savefig.bbox": "tight", "pdf.fonttype": 3, "svg.fonttype": "path"}):
        with mpl.rc_context(settings):
            before = dict(mpl.rcParams)
            save_figure(figure, "growth", **told, folder=tmp_path)
            assert dict(mpl.rcParams) == before
        saved.append([Path(tmp_path, file).read_bytes() for file in FILES])
    assert saved[0] == saved[1]


def test_a_chart_that_is_drawn_anew_under_any_settings_has_the_same_bytes(tmp_path: Path) -> None:
    saved = []
    for settings in ({}, {"font.size": 30, "lines.linewidth": 9, "axes.facecolor": "red"}):
        with mpl.rc_context(settings):
            save_figure(draw_chart(), "growth", folder=tmp_path)
        saved.append([Path(tmp_path, file).read_bytes() for file in FILES])
    assert saved[0] == saved[1]


def test_the_drawings_carry_name_and_caption_and_no_tool_or_date(tmp_path: Path) -> None:
    save_figure(draw(), "growth", ROWS, caption="Growth of 鹤壁 & others.", folder=tmp_path)
    svg = ElementTree.parse(tmp_path / "growth.svg")
    dublin = "{http://purl.org/dc/elements/1.1/}"
    caption = "Growth of 鹤壁 & others."
    assert [svg.findtext(f".//{dublin}{part}") for part in ("title", "description", "date")] == [
        *("growth", caption, None)
    ]
    with Image.open(tmp_path / "growth.png") as png:
        assert png.text == {"Title": "growth", "Description": caption}
    pdf = (tmp_path / "growth.pdf").read_bytes()
    assert b"/Title (growth)" in pdf
    assert b"/Subject" in pdf
    assert not [word for word in (b"/Creat", b"/Producer", b"/ModDate") if word in pdf]


def test_the_size_saved_is_the_size_declared(tmp_path: Path) -> None:
    axes = draw("A title that is far too long for a figure that is only four inches wide, I fear")
    save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    with Image.open(tmp_path / "growth.png") as png:
        assert png.size == (4 * 300, 3 * 300)
    root = ElementTree.parse(tmp_path / "growth.svg").getroot()
    assert (root.get("width"), root.get("height")) == ("288pt", "216pt")


def test_the_rows_are_saved_as_they_are(tmp_path: Path) -> None:
    rows = pd.DataFrame(
        {"statement_id": ["a:1", "b:2"], "place_zh": ["鹤壁", None], "value": [1, 2.5]}
    )
    save_figure(draw(), "growth", rows, caption="Growth.", folder=tmp_path)
    expected = "statement_id,place_zh,value\na:1,鹤壁,1.0\nb:2,,2.5\n"
    assert (tmp_path / "growth.csv").read_bytes() == expected.encode()


@pytest.mark.usefixtures("undrawn")
def test_the_files_go_to_the_nearest_figures_folder_above(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("figures", "notebooks/deeper"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "notebooks" / "deeper")
    save_figure(draw(), "growth", ROWS, caption="Growth.")
    assert names(tmp_path / "figures") == FILES


def test_no_figures_folder_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match="There is no folder 'figures' in"):
        save_figure(draw(), "growth", ROWS, caption="Growth.")


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    "text", ["州 and 郑", r"$\mathrm{郑}_州$", r"$x^2$ 州 $y$ 郑", r"5\$ 州郑"]
)
def test_missing_characters_are_named_at_every_try_and_nothing_is_written(
    text: str, tmp_path: Path
) -> None:
    axes = draw(text)
    for _ in range(2):
        complaint = f"The figure 'growth' needs '州', '郑' in \"{text}\", which its fonts"
        with pytest.raises(ValueError, match=re.escape(complaint)):
            save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert names(tmp_path) == []


def test_a_label_that_the_axis_makes_as_it_is_drawn_is_looked_through_too(tmp_path: Path) -> None:
    axes = Figure(figsize=(4, 3)).subplots()
    axes.barh(["郑"], [6.5])
    with pytest.raises(ValueError, match="needs '郑' in \"郑\", which its fonts do not have"):
        save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)


@pytest.mark.usefixtures("undrawn")
def test_a_second_font_of_a_text_may_have_what_the_first_lacks(tmp_path: Path) -> None:
    with drawing_style():
        axes = draw()
    axes.set_title("Growth of 郑州", fontfamily=["DejaVu Sans", FAMILY])
    save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert names(tmp_path) == FILES


@pytest.mark.usefixtures("undrawn")
def test_a_character_that_the_shipped_typeface_lacks_is_named_with_its_label(
    tmp_path: Path,
) -> None:
    with drawing_style():
        axes = draw()
        axes.set_xlabel("郑州 \N{SNOWMAN}")
    with pytest.raises(ValueError, match="needs '☃' in \"郑州 ☃\", which its fonts"):
        save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)


def test_chinese_beside_a_formula_is_drawn_in_the_shipped_typeface(tmp_path: Path) -> None:
    with drawing_style():
        axes = draw(r"郑州市 $x^2 \geq 15$")
    save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert names(tmp_path) == FILES


def test_a_pdf_embeds_truetype_alone(tmp_path: Path) -> None:
    with drawing_style():
        axes = draw("郑州市 ≥ 15%")
    save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert list_pdf_fonts(tmp_path / "growth.pdf") == {
        *("PolicydataSans-Regular", "PolicydataSans-Bold", "PolicydataSansSC-Bold")
    }


def test_text_of_an_svg_is_live_and_brings_its_typeface(tmp_path: Path) -> None:
    figure = draw_chart(title="{highest_place} 鹤壁")
    save_figure(figure, "growth", folder=tmp_path)
    svg = (tmp_path / "growth.svg").read_text("utf-8")
    written = [text.text for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]
    faces = re.findall(r"font-family:'([\w ]+)';font-weight:(\d+)", svg)
    assert {"Hebi 鹤壁", "Kaifeng", "target", read_record(figure).subtitle} <= {*written}
    assert sorted(faces) == [
        *(("Policydata Sans", "400"), ("Policydata Sans", "700"), ("Policydata Sans SC", "700"))
    ]
    assert svg.count("url(data:font/woff;base64,") == 3


def test_a_chinese_figure_goes_to_its_own_folder_whoever_drew_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "figures").mkdir()
    monkeypatch.chdir(tmp_path)
    save_figure(draw(), "hand", ROWS, caption="增速。", lang="zh")
    save_figure(draw_once("zh"), "growth")
    assert names(tmp_path / "figures") == ["zh"]
    assert names(tmp_path / "figures" / "zh") == [
        *FILES, *(file.replace("growth", "hand") for file in FILES)
    ]  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_chart_is_saved_with_its_name_alone_and_told_as_plain_data(
    lang: str, tmp_path: Path
) -> None:
    figure = draw_once(lang)
    save_figure(figure, "growth", folder=tmp_path)
    record = read_record(figure)
    assert names(tmp_path) == FILES
    text = (tmp_path / "growth.json").read_text("utf-8")
    told = {
        "name": "growth",
        "lang": lang,
        "title": record.title,
        "subtitle": record.subtitle,
        "caption": record.caption,
        "alt": record.alt,
        "source": record.source,
        "rows": 3,
        "documents": ["plan", "report"],
    }
    assert text == json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    assert all(told.values())
    with Image.open(tmp_path / "growth.png") as png:
        assert png.text == {"Title": "growth", "Description": record.caption}


def test_a_chart_saves_the_statements_behind_it(tmp_path: Path) -> None:
    rows = pd.concat([TOLD, tell("news hebi gdp relation outcome 2021 高于全省")])
    save_figure(plot_ranking(rows), "growth", folder=tmp_path)
    saved = pd.read_csv(tmp_path / "growth.csv")
    assert saved[["statement_id", "drawn"]].values.tolist() == [
        [one, True] for one in TOLD.statement_id
    ]


@pytest.mark.usefixtures("undrawn")
def test_the_documents_of_quotients_are_those_of_both_their_statements(tmp_path: Path) -> None:
    rows = pd.DataFrame({"document": ["a", "b"], "denominator_id": ["c:1", "b:2"]})
    given = rows.assign(statement_id=["a:1", "b:1"])
    save_figure(draw(), "growth", given, caption="Growth.", folder=tmp_path)
    told = json.loads((tmp_path / "growth.json").read_text("utf-8"))
    assert told["documents"] == ["a", "b", "c"]


@pytest.mark.usefixtures("undrawn")
def test_an_axes_of_a_chart_stands_for_the_whole_chart(tmp_path: Path) -> None:
    save_figure(draw_once().axes[0], "growth", folder=tmp_path)
    assert names(tmp_path) == FILES


@pytest.mark.parametrize(
    "given", [{"rows": TOLD}, {"caption": "Growth."}, {"lang": "zh"}, {"rows": TOLD, "lang": "en"}]
)
def test_a_chart_is_not_told_what_it_knows(given: dict[str, object], tmp_path: Path) -> None:
    refused = "The figure 'growth' knows its rows, its caption and its language \"en\": leave"
    with pytest.raises(ValueError, match=f"^{refused}"):
        save_figure(draw_once(), "growth", **given, folder=tmp_path)
    assert names(tmp_path) == []


@pytest.mark.usefixtures("undrawn")
def test_the_language_of_a_chart_may_be_repeated(tmp_path: Path) -> None:
    save_figure(draw_once("zh"), "growth", lang="zh", folder=tmp_path)
    assert names(tmp_path) == FILES


@pytest.mark.usefixtures("undrawn")
def test_a_figure_drawn_by_hand_is_told_as_its_caption(tmp_path: Path) -> None:
    save_figure(draw(), "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert json.loads((tmp_path / "growth.json").read_text("utf-8")) == {
        "name": "growth",
        "lang": "en",
        "title": "Growth.",
        "subtitle": "",
        "caption": "Growth.",
        "alt": "Growth.",
        "source": "",
        "rows": 1,
        "documents": ["hebi-2022-mayor-interview"],
    }


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"figure": None}, 'NoneType "None" is not a figure; allowed: a Figure, or its Axes'),
        ({"figure": "x"}, 'str "x" is not a figure; allowed: a Figure, or its Axes'),
        (
            {"rows": [1]},
            r'list "\[1\]" is (no|not a) table; allowed: .*the rows that the figure plots',
        ),
        ({"name": None}, 'NoneType "None" is not a text; allowed: a name'),
        ({"caption": 7}, 'int "7" is not a text; allowed: a caption'),
    ],
)
def test_what_is_no_figure_no_table_or_no_text_is_refused_by_its_kind(
    given: dict[str, object], complaint: str, tmp_path: Path
) -> None:
    call = {"figure": draw(), "name": "growth", "rows": ROWS, "caption": "X.", "folder": tmp_path}
    with pytest.raises(TypeError, match=complaint):
        save_figure(**{**call, **given})


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("folder", "error", "why"),
    [
        ("none/figures", FileNotFoundError, "the folder above it does not exist: create it, or"),
        ("file", FileExistsError, "it is a file: pass a folder"),
        ("file/figures", NotADirectoryError, "a part of the path is a file: pass a folder"),
        ("taken", IsADirectoryError, "a folder there has the name of a file of the figure"),
        ("x" * 300, OSError, "File name too long: pass another folder="),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_said_with_what_to_do(
    folder: str, error: type[OSError], why: str, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "taken" / "growth.pdf").mkdir(parents=True)
    target = tmp_path / folder
    refused = f"The figure 'growth' cannot be saved in {str(target)!r}: {why}"
    with pytest.raises(error, match=f"^{re.escape(refused)}.*\\.$"):
        save_figure(draw(), "growth", ROWS, caption="Growth.", folder=target)
    assert names(tmp_path) == ["file", "taken"]
    assert names(tmp_path / "taken") == ["growth.pdf"]


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize(
    ("number", "why"),
    [
        (errno.EACCES, "it is not writable: change its permissions, or pass another folder="),
        (errno.EROFS, "it is not writable: change its permissions, or pass another folder="),
        (errno.ENOSPC, "the disk is full: make room, or pass another folder="),
    ],
)
def test_a_fault_of_the_disk_is_said_and_leaves_the_old_files_alone(
    number: int, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_figure(draw(), "growth", ROWS, caption="Growth.", folder=tmp_path)
    before = [Path(tmp_path, file).read_bytes() for file in FILES]

    def fail(_: Figure, image: BytesIO, **__: object) -> None:
        image.write(b"half")
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Figure, "savefig", fail)
    with pytest.raises(OSError, match=f"^The figure 'growth' cannot be saved in .*: {why}\\.$"):
        save_figure(draw(), "growth", ROWS.assign(value=7), caption="New.", folder=tmp_path)
    assert names(tmp_path) == FILES
    assert [Path(tmp_path, file).read_bytes() for file in FILES] == before


def test_an_unknown_language_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match='"fr" is not a known lang; allowed: "en", "zh"'):
        save_figure(draw(), "growth", ROWS, caption="Growth.", lang="fr", folder=tmp_path)


@pytest.mark.parametrize("width", ["single"])
def test_the_saved_width_is_true_to_a_tenth_of_a_millimetre(width: str, tmp_path: Path) -> None:
    save_figure(draw_chart(width=width, title="Growth"), "growth", folder=tmp_path)
    with Image.open(tmp_path / "growth.png") as png:
        assert png.width / png.info["dpi"][0] * 25.4 == pytest.approx(WIDTHS[width], abs=0.1)
    svg = ElementTree.parse(tmp_path / "growth.svg").getroot().get("width", "")
    assert float(svg.removesuffix("pt")) / 72 * 25.4 == pytest.approx(WIDTHS[width], abs=0.1)
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+)", (tmp_path / "growth.pdf").read_bytes())
    assert box is not None
    assert float(box[1]) / 72 * 25.4 == pytest.approx(WIDTHS[width], abs=0.1)


def test_a_failed_save_leaves_the_old_files_alone(tmp_path: Path) -> None:
    save_figure(draw(), "growth", ROWS, caption="Growth.", folder=tmp_path)
    before = [Path(tmp_path, file).read_bytes() for file in FILES]
    with pytest.raises(ValueError, match="'州'"):
        save_figure(draw("州"), "growth", ROWS.assign(value=7), caption="New.", folder=tmp_path)
    assert [Path(tmp_path, file).read_bytes() for file in FILES] == before


@pytest.mark.usefixtures("undrawn")
def test_a_font_that_is_not_installed_is_named(tmp_path: Path) -> None:
    axes = draw()
    axes.set_xlabel("Growth", fontfamily="Nonesuch")
    with pytest.raises(ValueError, match="is set in 'Nonesuch', which is not installed"):
        save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)


def test_other_warnings_are_passed_on(tmp_path: Path) -> None:
    axes = draw()

    def warn(*_: object) -> None:
        warnings.warn("the axis is odd", stacklevel=2)

    axes.draw = warn  # type: ignore[method-assign, assignment]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        save_figure(axes, "growth", ROWS, caption="Growth.", folder=tmp_path)
    assert {str(warning.message) for warning in caught} == {"the axis is odd"}


@pytest.mark.parametrize("name", ["Growth", "growth-2022", "growth 2022", "_growth", "", "增长"])
def test_a_name_is_lower_case_words_with_underscores(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must be lower-case words with underscores"):
        save_figure(draw(), name, ROWS, caption="Growth.", folder=tmp_path)


@pytest.mark.parametrize(
    ("rows", "caption", "complaint"),
    [
        (ROWS.head(0), "Growth.", "'growth' has no rows"),
        (ROWS[["value"]], "Growth.", "'growth' need the column 'statement_id'"),
        (ROWS, " ", "'growth' is drawn by hand: pass rows= that it plots, and caption="),
        (None, "Growth.", "'growth' is drawn by hand: pass rows= that it plots, and"),
    ],
)
def test_a_figure_needs_rows_with_statements_and_a_caption(
    rows: pd.DataFrame | None, caption: str, complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=complaint):
        save_figure(draw(), "growth", rows, caption=caption, folder=tmp_path)
