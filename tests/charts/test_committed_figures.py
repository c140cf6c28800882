"""Each committed figure, in both languages: its rows alone give it again, as print takes it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure
from PIL import Image

from drawings import BOUNDS, PAIRS, find_faults, list_all_texts, list_pdf_fonts, render
from policydata import charts
from policydata.charts.save import save_figure
from policydata.charts.style import FAMILIES, WIDTHS

ROOT = Path(__file__).parents[2]
TYPEFACES = {family for families in FAMILIES.values() for family in families}
FOLDERS = {"en": ROOT / "figures", "zh": ROOT / "figures" / "zh"}
# Another version of matplotlib sets letters a little differently. Seen in squares of so many
# pixels, its drawings differ from the committed ones by 8 of 255, other figures by 11 and more.
SQUARE, TOLERANCE, HEIGHT_TOLERANCE = 32, 9, 0.03


class Plot(NamedTuple):
    """How a notebook draws a figure: the function, and its arguments besides the rows."""

    function: str
    arguments: dict[str, Any]


def read_plots(notebooks: Path) -> dict[str, Plot]:
    """Read from the notebooks' code how each figure is drawn, by its name."""
    plots = {}
    for path in sorted(notebooks.glob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        trees = [ast.parse(cell.source) for cell in cells if cell.cell_type == "code"]
        named: dict[str, Any] = {}
        for tree in trees:
            named |= dict(filter(None, map(read_assignment, tree.body)))
            calls = {name_call(node): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
            if saving := calls.get("save_figure"):
                drawing = next(name for name in calls if name.startswith("plot_"))
                words = {word.arg: word.value for word in calls[drawing].keywords}
                arguments = {name: read_value(words[name], named) for name in {*words} - OWN}
                plots[ast.literal_eval(saving.args[1])] = Plot(drawing, arguments)
    return plots


def name_call(call: ast.Call) -> str:
    """Name what is called, with or without its module."""
    return str(getattr(call.func, "id", getattr(call.func, "attr", "")))


def read_assignment(node: ast.stmt) -> tuple[str, Any] | None:
    """Read a name that is given to a plain value."""
    plain = isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    return (node.targets[0].id, node.value.value) if plain else None


def read_value(node: ast.expr, named: Mapping[str, Any]) -> Any:
    """Read an argument: a plain value, or a name that was given to one."""
    return named[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)


def redraw_from(
    plot: Plot, name: str, folder: Path, titles: pd.DataFrame, lang: str, **width: str
) -> Figure:
    """Draw a figure of nothing but the rows saved beside it, and its title."""
    rows, title = pd.read_csv(folder / f"{name}.csv"), titles[lang][name]
    draw = getattr(charts, plot.function)
    return draw(rows, **plot.arguments | width, title=title, lang=lang)


COUNTED = {
    "en": r"n = \d",
    "zh": r"\d+(个数据，来自\d+条陈述|组目标与实际值|格，\d+条陈述|条陈述)。",
}
# What the language decides on, and not the code.
OWN = {"lang", "title"}
PLOTS = read_plots(ROOT / "notebooks")
TITLES = pd.read_csv(ROOT / "notebooks" / "titles.csv", index_col="figure")
in_each_language = pytest.mark.parametrize("lang", FOLDERS)
TURNS = [*zip(PLOTS, cycle(FOLDERS), strict=False)]


def group(turns: Iterable[tuple[str, str]]) -> pytest.MarkDecorator:
    """Take a test to some figures; all tests of a figure run where it is drawn already."""
    marked = [pytest.param(*turn, marks=pytest.mark.xdist_group(turn[0])) for turn in turns]
    return pytest.mark.parametrize(("name", "lang"), marked)


# One figure of each chart.
sample = group({PLOTS[name].function: (name, lang) for name, lang in TURNS}.values())


@cache
def redraw(name: str, lang: str, **width: str) -> Figure:
    """Draw a committed figure again."""
    return redraw_from(PLOTS[name], name, FOLDERS[lang], TITLES, lang, **width)


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
    first, *others = [FOLDERS["en"] / f"{name}.png" for name in PLOTS]
    assert is_alike(first, first)
    assert not any(is_alike(first, other) for other in others)


def test_arguments_are_read_from_the_code_of_a_notebook_and_titles_from_a_table(
    tmp_path: Path,
) -> None:
    cells = [
        'city = "hebi"\nlang = "en"',
        'titles = pd.read_csv("titles.csv", index_col="figure")[lang]',
        "figure = plot_ranking(rows, highlight=city, logarithmic=True, lang=lang,\n"
        '    title=titles["ranks"])\nsave_figure(figure, "ranks")\nfigure',
        'figure = charts.plot_gaps(pairs, by="place", lang=lang, title=titles["gaps"])\n'
        'charts.save_figure(figure, "gaps")',
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    nbformat.write(notebook, tmp_path / "01.ipynb")
    plots = read_plots(tmp_path)
    assert plots == {
        "ranks": Plot("plot_ranking", {"highlight": "hebi", "logarithmic": True}),
        "gaps": Plot("plot_gaps", {"by": "place"}),
    }
    titles = pd.DataFrame({"en": ["{highest_place} leads", "Gaps"]}, index=["ranks", "gaps"])
    drawn = {
        "ranks": charts.plot_ranking(
            BOUNDS, highlight="hebi", logarithmic=True, title=titles.en["ranks"]
        ),
        "gaps": charts.plot_gaps(PAIRS, by="place", title="Gaps"),
    }
    for name, figure in drawn.items():
        save_figure(figure, name, folder=tmp_path)
        again = redraw_from(plots[name], name, tmp_path, titles, "en")
        assert render(again) == render(figure)


def test_every_committed_figure_is_drawn_by_a_notebook_and_has_a_title() -> None:
    for folder in FOLDERS.values():
        assert sorted(PLOTS) == sorted(file.stem for file in folder.glob("*.png"))
    assert {*PLOTS} <= {*TITLES.index}


# That every committed file is what a build makes is held by CI: it builds into a clean tree.
@sample
def test_the_rows_of_a_figure_redrawn_alone_give_the_figure(
    name: str, lang: str, tmp_path: Path
) -> None:
    save_figure(redraw(name, lang), name, folder=tmp_path)
    told, before = (folder / f"{name}.json" for folder in (tmp_path, FOLDERS[lang]))
    assert told.read_text("utf-8") == before.read_text("utf-8")
    committed, again = (folder / f"{name}.png" for folder in (FOLDERS[lang], tmp_path))
    if is_pinned():
        np.testing.assert_array_equal(*(np.asarray(Image.open(one)) for one in (again, committed)))
    else:
        assert is_alike(committed, again)


@group(TURNS)
def test_in_a_committed_figure_nothing_is_cut_off_or_overlaps(name: str, lang: str) -> None:
    figure = redraw(name, lang)
    assert find_faults(figure) == []
    if lang == "zh":
        texts = " ".join(text.get_text() for text in list_all_texts(figure))
        assert re.findall(r"[A-Za-z]{2,}", texts.replace("policydata", "")) == []


@sample
def test_a_committed_figure_has_room_in_a_single_column_too_on_screen_and_in_print(
    name: str, lang: str
) -> None:
    figure = redraw(name, lang, width="single")
    assert find_faults(figure) == []
    figure.set_dpi(300)
    assert find_faults(figure) == []


@in_each_language
def test_a_committed_figure_has_the_width_that_is_asked_for_and_embeds_truetype_alone(
    lang: str,
) -> None:
    for name, plot in PLOTS.items():
        width = inspect.signature(getattr(charts, plot.function)).parameters["width"].default
        with Image.open(FOLDERS[lang] / f"{name}.png") as png:
            wide = png.width / png.info["dpi"][0] * 25.4
        assert wide == pytest.approx(WIDTHS[plot.arguments.get("width", width)], abs=0.1)
        fonts = list_pdf_fonts(FOLDERS[lang] / f"{name}.pdf")
        assert {font.split("-")[0] for font in fonts} <= {one.replace(" ", "") for one in TYPEFACES}


def test_the_chinese_figure_shows_the_rows_of_the_english_one() -> None:
    for name in PLOTS:
        english, chinese = ((folder / f"{name}.csv").read_bytes() for folder in FOLDERS.values())
        assert english == chinese, "run policydata build --lang zh"


@in_each_language
def test_the_caption_of_a_committed_figure_is_in_its_language_and_counts(lang: str) -> None:
    for name in PLOTS:
        with Image.open(FOLDERS[lang] / f"{name}.png") as png:
            caption = png.text["Description"]
        assert bool(re.search(r"[\u4e00-\u9fff]{4}", caption)) == (lang == "zh")
        assert re.search(COUNTED[lang], caption)
        assert not re.search("[{}]", caption)
