"""What holds of every chart: its words, its order, its manners."""

import re
from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.backends.backend_agg import FigureCanvasAgg

from drawings import (
    BOUNDS,
    CELLS,
    DRAWN,
    PAIRS,
    YEARS,
    draw,
    each_chart,
    list_all_texts,
    list_y_labels,
    render,
)
from policydata.charts import (
    plot_answers,
    plot_counts,
    plot_coverage,
    plot_gaps,
    plot_pairs,
    plot_series,
)


@pytest.fixture(autouse=True)
def _close_figures() -> Iterator[None]:
    yield
    plt.close("all")


@each_chart
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_axis_says_what_is_measured_and_in_which_unit(name: str, lang: str) -> None:
    figure = draw(name, lang)
    labels = [figure.axes[0].get_xlabel().strip(), figure.get_supylabel()]
    assert getattr(DRAWN[name], lang) in labels


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
def test_a_chart_without_rows_is_refused_in_a_sentence(name: str) -> None:
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
    lost = ["place", "status", "target_comparator", "outcome_status"]
    with pytest.raises(ValueError, match=r'^The table has no column ".+"; allowed: .*[a-z]'):
        DRAWN[name].draw(DRAWN[name].rows.drop(columns=lost, errors="ignore"))


@each_chart
def test_a_chinese_chart_has_no_english_word(name: str) -> None:
    texts = [text.get_text() for text in list_all_texts(draw(name, "zh"))]
    # The documents of these rows are no documents of the data, and go by their ids.
    said = [re.sub("（report）$", "", text) for text in texts]
    assert [text for text in said if re.search(r"[A-Za-z]{2,}", text)] == []


@pytest.mark.parametrize(
    ("name", "order"),
    [
        (
            "statements",
            ["Hebi, 2023"] * 2 + ["Kaifeng, 2023"] * 2 + ["Zhengzhou, 2023"] * 2,
        ),
        ("ranking", ["Zhengzhou", "Zhengzhou", "Kaifeng", "Kaifeng", "Hebi", "Hebi"]),
        ("pairs", ["Hebi, 2023", "Kaifeng, 2023", "Zhengzhou, 2023"]),
        ("coverage", ["Anyang", "Kaifeng", "Zhengzhou"]),
        ("counts", ["Hebi", "Kaifeng", "Zhengzhou"]),
    ],
)
def test_rows_stand_in_the_order_that_is_promised(name: str, order: list[str]) -> None:
    figure = DRAWN[name].draw(DRAWN[name].rows[::-1])
    FigureCanvasAgg(figure).draw()
    found = [re.sub(r" \(.*\)", "", label) for label in list_y_labels(figure)]
    assert found == order


def test_the_number_of_cases_is_shown() -> None:
    series = plot_series(YEARS, compared_with="henan")
    answers = plot_answers(PAIRS, by="measure")
    gaps = plot_gaps(PAIRS, by="measure")
    assert series.axes[0].get_title(loc="right") == "n = 5"
    assert list_y_labels(answers) == list_y_labels(gaps) == ["growth (n = 3)"]
    assert plot_counts(BOUNDS, by="place", across="year").axes[0].get_title(loc="left") == (
        "n = 6 statements"
    )
    assert plot_pairs(PAIRS).legends[0].get_title().get_text() == (
        "n = 3 pairs of target and outcome"
    )


def test_gaps_of_two_units_and_cells_of_two_indicators_are_refused_by_name() -> None:
    gaps = pd.concat([PAIRS, PAIRS.head(1).assign(gap_unit="CNY", target_id="other:1")])
    with pytest.raises(ValueError, match=r"unit of the gap; .* \"percentage point\", \"CNY\""):
        plot_gaps(gaps, by="place")
    cells = pd.concat([CELLS, CELLS.assign(indicator="gdp")])
    with pytest.raises(ValueError, match='one indicator; these cells have "rd_intensity", "gdp"'):
        plot_coverage(cells)
