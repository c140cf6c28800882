"""One style: as values and as a context, for four widths, with colours that everybody can tell."""

import inspect
import re
import subprocess
import sys
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from coloraide import Color
from matplotlib.font_manager import FontProperties, findfont

import policydata.charts
from policydata.charts.marks import DRESSES, SHADES
from policydata.charts.style import (
    FAMILY,
    FONTS,
    INK,
    MILLIMETRE,
    QUIET,
    WIDTHS,
    chart,
    choose_ink,
    choose_settings,
    drawing_style,
    open_figure,
    saving_style,
)

DEFICIENCIES = ("protan", "deutan", "tritan")
# CIEDE2000: two colours that differ by 10 are told apart at a glance, side by side or not.
APART = 10


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


def test_colours_of_statuses_differ_for_every_reader_and_in_grey() -> None:
    assert find_alike([look.colour for look in DRESSES.values()]) == []


def test_shades_of_answers_differ_for_every_reader_and_in_grey() -> None:
    assert find_alike(list(SHADES)) == []


def test_two_colours_of_one_lightness_are_found_out() -> None:
    assert [eye for eye, *_ in find_alike(["#d86c20", "#5c8fb3"])] == ["grey"]


def test_text_stands_out_from_the_page() -> None:
    contrasts = [Color(colour).contrast("white", method="wcag21") for colour in (INK, QUIET)]
    assert min(contrasts) >= 4.5


def test_the_widths_are_those_of_journals_and_of_a_slide() -> None:
    assert WIDTHS == {"single": 80, "one_and_a_half": 114, "double": 170, "slide": 292}


@pytest.mark.parametrize("width", WIDTHS)
def test_a_figure_has_the_width_of_its_name(width: str) -> None:
    with drawing_style(width):
        assert open_figure(width).get_figwidth() / MILLIMETRE == pytest.approx(WIDTHS[width])


def test_an_unknown_width_is_refused_with_the_known_ones() -> None:
    with pytest.raises(
        ValueError, match='"full" is not a known width; allowed: "single", "one_and'
    ):
        choose_settings("full")


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


def test_the_typeface_is_the_shipped_one_in_both_weights() -> None:
    with drawing_style():
        files = [findfont(FontProperties(weight=weight)) for weight in ("normal", "bold")]
    assert files == [str(FONTS / f"PolicydataSansSC-{style}.ttf") for style in ("Regular", "Bold")]


def test_saving_has_settings_of_its_own_and_gives_the_others_back() -> None:
    with mpl.rc_context({"savefig.bbox": "tight", "pdf.compression": 0, "font.size": 30}):
        with saving_style():
            inside = [mpl.rcParams[key] for key in ("savefig.bbox", "pdf.compression", "font.size")]
        assert inside == [None, 6, 30]
        assert mpl.rcParams["savefig.bbox"] == "tight"


@pytest.mark.parametrize("package", ["matplotlib", "seaborn"])
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


def test_importing_and_drawing_leave_no_style_and_no_figure_behind() -> None:
    code = (
        "import matplotlib; before = dict(matplotlib.rcParams)\n"
        "from policydata import load_targets\n"
        "from policydata.charts import plot_ranking\n"
        "rows = load_targets(indicator='gdp', year=2023).query(\"measure == 'growth_rate'\")\n"
        "plot_ranking(rows, lang='zh')\n"
        "assert dict(matplotlib.rcParams) == before\n"
        "import matplotlib.pyplot as plt; assert plt.get_fignums() == []"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)
    assert plt.get_fignums() == []


@pytest.mark.parametrize(
    "ground", ["#deebf7", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08306b"]
)
def test_the_ink_chosen_is_the_one_that_stands_out_more(ground: str) -> None:
    contrast = {ink: Color(ground).contrast(ink, method="wcag21") for ink in ("white", INK)}
    assert choose_ink(ground) == max(contrast, key=contrast.__getitem__)


def test_the_style_file_and_the_code_name_one_typeface_and_one_ink() -> None:
    with drawing_style():
        named = [mpl.rcParams[key] for key in ("font.family", "text.color", "axes.labelcolor")]
    assert named == [[FAMILY], INK, QUIET]


@chart
def make_chart(*, lang: str = "en", width: str = "double") -> float:
    """Make a chart.

    {options}
    """
    return float(mpl.rcParams["font.size"])


def test_a_chart_is_drawn_in_its_width_and_its_docstring_explains_what_every_chart_takes() -> None:
    assert (make_chart(), round(make_chart(width="slide"), 1)) == (9, 15.5)
    document = inspect.getdoc(make_chart) or ""
    assert re.findall(r"^(\w+) :", document, re.MULTILINE) == ["reference", "lang", "width"]
    assert [*inspect.signature(make_chart).parameters] == ["lang", "width"]


def test_every_chart_says_what_it_takes() -> None:
    for name in policydata.charts.__all__:
        document = getattr(policydata.charts, name).__doc__
        assert "{options}" not in document
        assert "lang : " in document
