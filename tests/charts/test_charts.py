"""What holds of every chart: its words, its manners, and room for all that it says."""

import re
from io import StringIO
from itertools import product

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns

from drawings import (
    DRAWN,
    draw,
    each_chart,
    find_faults,
    list_all_texts,
    list_legend,
    recall,
    render,
    take_each,
)
from policydata.charts.style import MILLIMETRE, WIDTHS
from policydata.schema import LANGUAGES

in_each_language = pytest.mark.parametrize("lang", LANGUAGES)
MEASURED = [name for name, drawn in DRAWN.items() if drawn.en]


@in_each_language
@take_each(MEASURED)
def test_an_axis_or_the_line_above_it_says_measure_and_unit(name: str, lang: str) -> None:
    figure, expected = draw(name, lang), getattr(DRAWN[name], lang)
    labels = [
        (axes.get_xlabel(), axes.get_ylabel(), axes.get_title(loc="left")) for axes in figure.axes
    ]
    said = [text.replace("\n", " ") for axes in labels for text in axes]
    assert expected in said or recall(figure).subtitle.startswith(expected)


@each_chart
def test_settings_rows_and_open_figures_stay_and_a_theme_that_was_set_changes_nothing(
    name: str,
) -> None:
    drawn, plain = DRAWN[name], render(draw(name))
    before = drawn.rows.copy(deep=True)
    with mpl.rc_context():
        sns.set_theme(context="talk", style="darkgrid", font="serif")
        settings = dict(mpl.rcParams)
        themed = drawn.draw(drawn.rows)
        assert dict(mpl.rcParams) == settings
        assert render(themed) == plain
    pd.testing.assert_frame_equal(drawn.rows, before)
    assert plt.get_fignums() == []


@each_chart
def test_no_rows_are_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match=r"^[A-Z].*\.$"):
        DRAWN[name].draw(DRAWN[name].rows.head(0))
    assert plt.get_fignums() == []


@each_chart
def test_an_unknown_language_or_width_is_refused_by_name(name: str) -> None:
    drawn = DRAWN[name]
    with pytest.raises(ValueError, match=r'^"fr" is not a known lang; allowed: "en", "zh"\.$'):
        drawn.draw(drawn.rows, lang="fr")
    with pytest.raises(ValueError, match='"column" is not a known width; allowed: "single", '):
        drawn.draw(drawn.rows, width="column")


@each_chart
def test_a_column_that_is_missing_is_named(name: str) -> None:
    lost = ["place", "status", "measure", "target_comparator", "outcome_status", "answer"]
    with pytest.raises(ValueError, match=r'^The table has no column ".+"; allowed: .*[a-z]'):
        DRAWN[name].draw(DRAWN[name].rows.drop(columns=lost, errors="ignore"))


@take_each([name for name in DRAWN if name != "shares"])
def test_a_chinese_chart_has_no_english_word_and_no_two_blanks_of_punctuation(name: str) -> None:
    figure = draw(name, "zh")
    record = recall(figure)
    texts = [text.get_text() for text in list_all_texts(figure)]
    texts += [record.title, record.subtitle, record.caption, record.alt, record.source]
    said = [text.replace("policydata", "") for text in texts]
    assert [text for text in said if re.search(r"[A-Za-z]{2,}", text)] == []
    assert [text for text in said if re.search("[，。；：、（）][，。；：、（]", text)] == []


@each_chart
def test_every_text_of_a_chart_is_filled_in(name: str) -> None:
    for lang in LANGUAGES:
        record = recall(draw(name, lang))
        texts = [record.title, record.subtitle, record.caption, record.alt, record.source]
        assert re.findall(r"[{}]|\bnan\b|None|\(\)|（）|：。", " ".join(texts)) == []


@each_chart
def test_a_title_and_a_subtitle_of_ones_own_replace_those_of_the_chart(name: str) -> None:
    drawn, own = DRAWN[name], recall(draw(name))
    figure = drawn.draw(drawn.rows, title="Mine", subtitle="Of {n} of mine")
    record = recall(figure)
    number = re.search(r"n = (\d+)", record.source)
    assert number is not None
    assert (record.title, record.subtitle) == ("Mine", f"Of {number[1]} of mine")
    texts = [text.get_text() for text in figure.texts]
    assert {record.title, record.subtitle} <= {*texts}
    assert not {own.title, own.subtitle} & {*texts}


@each_chart
def test_rows_that_a_chart_saves_give_the_same_chart_again(name: str) -> None:
    drawn, first = DRAWN[name], draw(name, "zh")
    saved = StringIO(recall(first).rows.to_csv(index=False))
    again = drawn.draw(pd.read_csv(saved), lang="zh")
    assert render(again) == render(first)
    told, before = (vars(recall(figure)) | {"rows": ""} for figure in (again, first))
    assert told == before


@each_chart
# A slide is a printed figure enlarged, as the next test holds: one language is enough.
@pytest.mark.parametrize(
    ("lang", "width"), [one for one in product(LANGUAGES, WIDTHS) if one != ("zh", "slide")]
)
def test_texts_stay_apart_inside_the_width_that_is_named_and_over_seven_points(
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


@each_chart
def test_every_key_of_a_legend_stands_in_the_caption(name: str) -> None:
    figure = draw(name)
    names = list_legend(figure)
    assert len(names) == len({*names})
    assert [one for one in names if one not in recall(figure).caption] == []


def test_the_helper_finds_what_is_outside_what_overlaps_and_what_is_small() -> None:
    figure = mpl.figure.Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, "one")
    figure.text(0.51, 0.5, "two")
    figure.text(0.98, 0.1, "out")
    figure.text(0.1, 0.1, "fine print", fontsize=6.9)
    assert find_faults(figure) == ["out outside", "one over two", "fine print small"]
