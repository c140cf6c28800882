"""Each committed figure, in both languages: its rows alone give it again, as print takes it."""

from __future__ import annotations

import ast
import re
from functools import cache
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from drawings import find_faults, list_all_texts, list_pdf_fonts
from policydata import charts
from policydata.charts.save import save_figure
from policydata.charts.style import FAMILY, WIDTHS

ROOT = Path(__file__).parents[2]
FOLDERS = {"en": ROOT / "figures", "zh": ROOT / "figures" / "zh"}
# Another version of matplotlib sets letters a little differently. Seen in squares of so many
# pixels, its drawings differ from the committed ones by 8 of 255, other figures by 11 and more.
SQUARE, TOLERANCE, HEIGHT_TOLERANCE = 32, 9, 0.03


class Plot(NamedTuple):
    """How a notebook draws a figure: the function, and its arguments besides the rows."""

    function: str
    arguments: dict[str, str]


def read_plots() -> dict[str, Plot]:
    """Read from the notebooks' code how each figure is drawn, by its name."""
    plots = {}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code" and "save_figure(" in cell.source:
                calls = [node for node in ast.walk(ast.parse(cell.source)) if is_call(node)]
                drawing = next(call for call in calls if name_call(call).startswith("plot_"))
                saving = next(call for call in calls if name_call(call) == "save_figure")
                words = {word.arg: word.value for word in drawing.keywords if word.arg != "lang"}
                arguments = {name: ast.literal_eval(value) for name, value in words.items()}
                plots[ast.literal_eval(saving.args[1])] = Plot(name_call(drawing), arguments)
    return plots


def is_call(node: ast.AST) -> bool:
    """Tell whether a node is a call of something with a name."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)


def name_call(call: ast.Call) -> str:
    """Name what is called."""
    return call.func.id if isinstance(call.func, ast.Name) else call.func.attr


PLOTS = read_plots()
in_each_language = pytest.mark.parametrize("lang", FOLDERS)
# One figure of each chart, its language by turns.
SAMPLE = {plot.function: name for name, plot in PLOTS.items()}
sampled = pytest.mark.parametrize(
    ("name", "lang"), [*zip(SAMPLE.values(), cycle(FOLDERS), strict=False)]
)


@cache
def redraw(name: str, lang: str, width: str = "double") -> Figure:
    """Draw a figure of nothing but the rows saved beside it."""
    plot = PLOTS[name]
    rows = pd.read_csv(FOLDERS[lang] / f"{name}.csv")
    return getattr(charts, plot.function)(rows, **plot.arguments, lang=lang, width=width)


def is_pinned() -> bool:
    """Tell whether this matplotlib is the one that drew the committed figures."""
    pins = (ROOT / "requirements.txt").read_text("utf-8")
    return f"\nmatplotlib=={version('matplotlib')} " in pins


def is_alike(committed: Path, again: Path) -> bool:
    """Tell whether two drawings differ by no more than versions of matplotlib do."""
    with Image.open(committed) as one, Image.open(again) as other:
        width, height = one.size
        squares = (width // SQUARE, height // SQUARE)
        grey = [image.convert("L").resize(squares, Image.BOX) for image in (one, other)]
        high = abs(other.height - height) <= HEIGHT_TOLERANCE * height
    before, after = (np.asarray(image, dtype="float") for image in grey)
    difference = np.sqrt(np.mean((after - before) ** 2))
    return bool(other.width == width and high and difference <= TOLERANCE)


def test_another_figure_is_no_figure_alike() -> None:
    files = [FOLDERS["en"] / f"{name}.png" for name in ("grain_output", "crop_yields")]
    assert [is_alike(files[0], file) for file in files] == [True, False]


def test_every_committed_figure_is_drawn_by_a_notebook() -> None:
    for folder in FOLDERS.values():
        assert sorted(PLOTS) == sorted(file.stem for file in folder.glob("*.png"))


# That every committed file is what a build makes is held by CI: it builds into a clean tree.
@pytest.mark.parametrize(
    ("name", "lang"),
    [
        ("gdp_targets_tiles_2023", "en"),
        ("gdp_pairs", "zh"),
        ("rd_intensity_by_city", "en"),
        ("statements_by_place_and_year", "zh"),
        ("key_project_counts", "en"),
    ],
)
def test_the_rows_of_a_figure_redrawn_alone_give_the_figure(
    name: str, lang: str, tmp_path: Path
) -> None:
    rows = pd.read_csv(FOLDERS[lang] / f"{name}.csv")
    save_figure(redraw(name, lang), name, rows, caption=name, lang=lang, folder=tmp_path)
    committed, again = (folder / f"{name}.png" for folder in (FOLDERS[lang], tmp_path))
    if is_pinned():
        np.testing.assert_array_equal(*(np.asarray(Image.open(one)) for one in (again, committed)))
    else:
        assert is_alike(committed, again)


@pytest.mark.parametrize(("name", "lang"), [*zip(PLOTS, cycle(FOLDERS), strict=False)])
def test_in_a_committed_figure_nothing_is_cut_off_or_overlaps(name: str, lang: str) -> None:
    figure = redraw(name, lang)
    assert find_faults(figure) == []
    if lang == "zh":
        texts = " ".join(text.get_text() for text in list_all_texts(figure))
        assert re.findall(r"[A-Za-z]{2,}", texts) == []


@sampled
def test_a_committed_figure_has_room_in_a_single_column_too(name: str, lang: str) -> None:
    assert find_faults(redraw(name, lang, width="single")) == []


@in_each_language
def test_a_committed_figure_has_the_width_of_two_columns_and_embeds_truetype_alone(
    lang: str,
) -> None:
    for name in PLOTS:
        with Image.open(FOLDERS[lang] / f"{name}.png") as png:
            assert png.width / png.info["dpi"][0] * 25.4 == pytest.approx(WIDTHS["double"], abs=0.1)
        fonts = list_pdf_fonts(FOLDERS[lang] / f"{name}.pdf")
        assert {font.split("-")[0] for font in fonts} == {FAMILY.replace(" ", "")}


def test_the_chinese_figure_shows_the_rows_of_the_english_one() -> None:
    for name in PLOTS:
        english, chinese = ((folder / f"{name}.csv").read_bytes() for folder in FOLDERS.values())
        assert english == chinese, "run policydata build --lang zh"


@in_each_language
def test_the_caption_stands_in_both_languages_in_the_file(lang: str) -> None:
    for name in PLOTS:
        with Image.open(FOLDERS[lang] / f"{name}.png") as png:
            captions = png.text["Description"].splitlines()
        chinese = [bool(re.search(r"[\u4e00-\u9fff]{4}", caption)) for caption in captions]
        assert chinese == ([False, True] if lang == "en" else [True, False])
        assert all("n = " in caption for caption in captions)
