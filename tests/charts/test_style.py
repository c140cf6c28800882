"""One style: as values and as a context, for four widths, with colours that everybody can tell."""

import inspect
import re
import subprocess
import sys
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
from coloraide import Color
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties, findfont

import policydata.charts
from policydata.charts import plot_shares
from policydata.charts.style import (
    FAMILIES,
    FAMILY,
    FONTS,
    INK,
    MILLIMETRE,
    PALETTE,
    QUIET,
    WIDTHS,
    chart,
    choose_ink,
    choose_settings,
    drawing_style,
    open_figure,
    saving_style,
)
from policydata.charts.words import list_words
from policydata.schema import STATUSES

# The two that one man in twelve has.
DEFICIENCIES = ("protan", "deutan")
# CIEDE2000: two colours that differ by 10 are told apart at a glance, side by side or not.
APART = 10
TYPE = ("font.size", "titlesize", "labelsize", "fontsize")


def see(colour: str) -> dict[str, Color]:
    """See a colour as it is, with each deficiency in full, and in grey."""
    seen = {name: Color(colour).filter(name, 1) for name in DEFICIENCIES}
    return {"plain": Color(colour), **seen, "grey": Color(colour).filter("grayscale")}


def find_alike(colours: list[str]) -> list[tuple[str, str, str]]:
    """Find the pairs of colours that some reader cannot tell apart."""
    pairs = [(one, other, see(one), see(other)) for one, other in combinations(colours, 2)]
    return [
        (eye, one, other)
        for one, other, first, second in pairs
        for eye in first
        if first[eye].delta_e(second[eye], method="2000") < APART
    ]


def test_colours_that_share_a_chart_differ_for_every_reader_and_in_grey() -> None:
    assert find_alike([PALETTE[status] for status in STATUSES]) == []
    assert (
        find_alike([PALETTE[one] for one in ("outcome", "estimate", "target", "reference")]) == []
    )


@pytest.mark.parametrize("answer", ["next_target", "step"])
def test_shades_of_answers_differ_for_every_reader_and_in_grey(answer: str) -> None:
    rows = pd.DataFrame({"place": ["hebi"] * 3, answer: list_words(answer)})
    rows = rows.assign(document="plan", year=2023, measure="level", period="2023")
    keys = plot_shares(rows, by="place", answer=answer).legends[0].get_patches()
    assert find_alike([to_hex(key.get_facecolor()) for key in keys]) == []
    assert len(keys) == 3


def test_two_colours_of_one_lightness_are_found_out() -> None:
    assert [eye for eye, *_ in find_alike(["#d86c20", "#5c8fb3"])] == ["grey"]


def test_text_stands_out_from_the_page() -> None:
    contrasts = [Color(colour).contrast("white", method="wcag21") for colour in (INK, QUIET)]
    assert min(contrasts) >= 4.5


def test_the_widths_are_those_of_journals_and_of_a_slide() -> None:
    assert WIDTHS == {"single": 80, "one_and_a_half": 114, "double": 170, "slide": 292}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_has_the_width_of_its_name_whoever_opens_it(width: str) -> None:
    with drawing_style(width):
        figures = [plt.subplots()[0], open_figure(width)]
        plt.close(figures[0])
    wide = [figure.get_figwidth() / MILLIMETRE for figure in figures]
    assert wide == pytest.approx([WIDTHS[width]] * 2)


def test_matplotlib_and_seaborn_draw_in_the_colours_of_the_palette() -> None:
    colours = list(PALETTE.values())
    with drawing_style():
        figure, axes = plt.subplots()
        lines = [axes.plot([1, 2])[0].get_color() for _ in colours]
        named = [to_hex(colour) for colour in sns.color_palette()]
    plt.close(figure)
    assert (lines, named) == (colours, colours)


@pytest.mark.parametrize(
    ("lang", "files"), [("en", ["PolicydataSans"]), ("zh", ["PolicydataSansSC"])]
)
def test_the_language_chooses_the_typeface_in_both_weights(lang: str, files: list[str]) -> None:
    with drawing_style(lang=lang):
        assert mpl.rcParams["font.family"] == FAMILIES[lang]
        found = [findfont(FontProperties(weight=weight)) for weight in ("normal", "bold")]
    assert found == [str(FONTS / f"{files[0]}-{style}.ttf") for style in ("Regular", "Bold")]


def test_english_takes_chinese_characters_from_the_chinese_typeface() -> None:
    assert FAMILIES["en"][1:] == FAMILIES["zh"] == [FAMILY]


@pytest.mark.parametrize("width", WIDTHS)
def test_no_type_of_the_style_is_smaller_than_seven_points(width: str) -> None:
    settings = choose_settings(width)
    sizes = [value for key, value in settings.items() if key.endswith(TYPE)]
    with drawing_style(width):
        points = [FontProperties(size=size).get_size_in_points() for size in sizes]
    assert len(points) > 7
    assert min(points) >= 7


def test_what_is_no_width_and_no_language_is_refused_with_what_is() -> None:
    refused = '"full" is not a known width; allowed: "single", "one_and'
    with pytest.raises(ValueError, match=refused), drawing_style("full"):
        pass
    with pytest.raises(ValueError, match='"fr" is not a known lang; allowed: "en", "zh"'):
        choose_settings(lang="fr")


def test_the_dictionary_and_the_context_are_one_style() -> None:
    settings = choose_settings("slide")
    with drawing_style("slide"):
        assert {key: mpl.rcParams[key] for key in settings} == settings


def test_the_settings_are_restored_when_the_context_is_left_even_by_an_error() -> None:
    with mpl.rc_context():
        sns.set_theme(font="serif")
        before = dict(mpl.rcParams)
        with pytest.raises(KeyError), drawing_style():
            raise KeyError
        assert dict(mpl.rcParams) == before


def test_the_style_is_the_same_after_a_theme() -> None:
    with mpl.rc_context():
        mpl.rcdefaults()
        with drawing_style():
            plain = dict(mpl.rcParams)
        sns.set_theme(context="poster", style="dark")
        with drawing_style():
            assert dict(mpl.rcParams) == plain


def test_the_dictionary_alone_undoes_a_theme() -> None:
    with mpl.rc_context():
        sns.set_theme(context="poster", style="dark", font="serif")
        with mpl.rc_context(choose_settings()):
            themed = dict(mpl.rcParams)
    with mpl.rc_context():
        mpl.rcdefaults()
        with mpl.rc_context(choose_settings()):
            assert {**dict(mpl.rcParams), "backend": ""} == {**themed, "backend": ""}


def test_the_dictionary_given_out_is_a_copy() -> None:
    choose_settings()["font.size"] = 40
    assert choose_settings()["font.size"] == 9


def test_no_tight_box_and_constrained_layout() -> None:
    settings = choose_settings()
    assert settings["savefig.bbox"] is None
    assert settings["figure.constrained_layout.use"] is True


def test_saving_has_settings_of_its_own_and_gives_the_others_back() -> None:
    with mpl.rc_context({"savefig.bbox": "tight", "pdf.compression": 0, "font.size": 30}):
        with saving_style():
            inside = [mpl.rcParams[key] for key in ("savefig.bbox", "pdf.compression", "font.size")]
        assert inside == [None, 6, 30]
        assert mpl.rcParams["savefig.bbox"] == "tight"


@pytest.mark.parametrize("package", ["jinja2", "matplotlib", "seaborn"])
def test_without_a_package_that_they_need_the_charts_name_the_extra_to_install(
    package: str,
) -> None:
    code = (
        "import sys\n"
        "class Blocker:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name.partition('.')[0] == '{package}':\n"
        "            raise ModuleNotFoundError(f'No module named {name!r}', name=name)\n"
        "sys.meta_path.insert(0, Blocker())\n"
        "import policydata\n"
        "try:\n"
        "    import policydata.charts\n"
        "except ImportError as refusal:\n"
        "    print(refusal)"
    )
    call = [sys.executable, "-W", "error", "-c", code]
    said = subprocess.run(call, capture_output=True, text=True, check=True).stdout
    assert said == f"policydata.charts needs {package}: pip install 'policydata[charts]'\n"


def test_importing_and_drawing_leave_no_style_no_font_and_no_figure_behind() -> None:
    code = (
        "import matplotlib; before = dict(matplotlib.rcParams)\n"
        "import policydata.charts\n"
        "from matplotlib.font_manager import fontManager\n"
        f"assert {FAMILY!r} not in fontManager.get_font_names()\n"
        "from policydata import load_outcomes\n"
        "rows = load_outcomes(indicator='gdp', measure='growth_rate', year=2023)\n"
        "policydata.charts.plot_ranking(rows, lang='zh')\n"
        "assert dict(matplotlib.rcParams) == before\n"
        "import matplotlib.pyplot as plt; assert plt.get_fignums() == []"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize(
    "ground", ["#deebf7", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08306b"]
)
def test_the_ink_chosen_is_the_one_that_stands_out_more(ground: str) -> None:
    contrast = {ink: Color(ground).contrast(ink, method="wcag21") for ink in ("white", INK)}
    assert choose_ink(ground) == max(contrast, key=contrast.__getitem__)


def test_the_style_file_and_the_code_name_one_typeface_and_one_ink() -> None:
    with drawing_style():
        named = [mpl.rcParams[key] for key in ("font.family", "text.color", "axes.labelcolor")]
    assert named == [FAMILIES["en"], INK, QUIET]


@chart
def make_chart(*, lang: str = "en", width: str = "double") -> float:
    """Make a chart.

    {options}
    """
    return float(mpl.rcParams["font.size"])


def test_a_chart_is_drawn_in_its_width_and_its_docstring_explains_what_every_chart_takes() -> None:
    assert (make_chart(), round(make_chart(width="slide"), 1)) == (9, 15.5)
    document = inspect.getdoc(make_chart) or ""
    assert re.findall(r"^([\w, ]+) : ", document, re.MULTILINE) == [
        *("title, subtitle", "reference", "lang", "width")
    ]
    assert [*inspect.signature(make_chart).parameters] == ["lang", "width"]


CHARTS = [name for name in policydata.charts.__all__ if name.startswith("plot_")]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_takes_and_explains_the_same_five_options(name: str) -> None:
    chart = getattr(policydata.charts, name)
    own = inspect.signature(chart).parameters
    said = re.findall(r"^([\w, ]+) : ", inspect.getdoc(chart) or "", re.MULTILINE)
    assert [*own][-5:] == ["title", "subtitle", "reference", "lang", "width"]
    assert ", ".join(said).split(", ") == [*own]


@pytest.mark.parametrize("name", CHARTS)
def test_an_unknown_language_is_refused_before_anything_is_read(name: str) -> None:
    with pytest.raises(ValueError, match='"fr" is not a known lang; allowed: "en", "zh"'):
        getattr(policydata.charts, name)(None, lang="fr")
