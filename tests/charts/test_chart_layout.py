"""In both languages and all widths nothing is clipped, nothing overlaps, and all can be read."""

from itertools import product

import matplotlib as mpl
import pytest

from drawings import draw, each_chart, find_faults, list_all_texts
from policydata import compare, load_statements
from policydata.charts import plot_answers, plot_counts, plot_pairs, plot_panels
from policydata.charts.style import MILLIMETRE, WIDTHS
from policydata.schema import LANGUAGES

everywhere = pytest.mark.parametrize(("lang", "width"), [*product(LANGUAGES, WIDTHS)])
# What has room in one column and in two has room between them, and on a slide.
in_print = pytest.mark.parametrize(
    ("lang", "width"), [("en", "single"), ("zh", "single"), ("en", "double")]
)


@everywhere
@each_chart
def test_texts_stay_apart_inside_the_width_that_is_named_and_over_six_points(
    name: str, lang: str, width: str
) -> None:
    figure = draw(name, lang, width)
    assert find_faults(figure) == []
    assert figure.get_figwidth() / MILLIMETRE == pytest.approx(WIDTHS[width], abs=0.01)


@each_chart
def test_a_slide_is_the_printed_figure_enlarged(name: str) -> None:
    printed, slide = (draw(name, width=width) for width in ("double", "slide"))
    scale = WIDTHS["slide"] / WIDTHS["double"]
    assert slide.get_figheight() == pytest.approx(scale * printed.get_figheight(), rel=0.03)
    sizes = [[text.get_fontsize() for text in list_all_texts(one)] for one in (printed, slide)]
    assert sizes[1] == pytest.approx([scale * size for size in sizes[0]])


@pytest.mark.parametrize(("lang", "width"), [("en", "single"), ("zh", "double")])
def test_a_dozen_shipped_indicators_have_room(lang: str, width: str) -> None:
    rows = load_statements()
    rows = rows[rows.value_std.notna() & rows.measure.ne("relation")]
    sample = sorted(rows.indicator.unique())[1::17][:12]
    assert len(sample) == 12
    figure = plot_panels(rows[rows.indicator.isin(sample)], lang=lang, width=width)
    assert find_faults(figure) == []


@in_print
def test_the_longest_names_of_groups_and_columns_have_room(lang: str, width: str) -> None:
    names = load_statements().drop_duplicates("indicator")
    longest = names.assign(length=names.indicator_en.str.len()).nlargest(8, "length")
    options = {"lang": lang, "width": width}
    answers = plot_answers(longest.assign(met="met"), by="indicator", **options)
    counts = plot_counts(longest, by="indicator", across="domain", **options)
    assert find_faults(answers) + find_faults(counts) == []


@in_print
def test_all_pairs_of_a_growth_rate_have_room(lang: str, width: str) -> None:
    pairs = compare(indicator="gdp")
    figure = plot_pairs(pairs[pairs.measure.eq("growth_rate")], lang=lang, width=width)
    assert find_faults(figure) == []


def test_the_helper_finds_what_is_outside_what_overlaps_and_what_is_small() -> None:
    figure = mpl.figure.Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "one")
    figure.text(0.51, 0.5, "two")
    figure.text(0.98, 0.1, "out")
    figure.text(0.1, 0.1, "fine print", fontsize=4)
    assert find_faults(figure) == ["out outside", "one over two", "fine print small"]
