"""Targets stand against what came of them: pairs, gaps and counts of answers."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from drawings import (
    BOUNDS,
    LEVELS,
    MIXED,
    PAIRS,
    list_legend,
    list_y_labels,
    read_texts,
)
from policydata import compare
from policydata.charts import (
    plot_answers,
    plot_gaps,
    plot_pairs,
)


@pytest.mark.parametrize("column", ["indicator", "measure", "unit_std"])
def test_pairs_that_mix_are_refused_by_name(column: str) -> None:
    one, other = MIXED[column]
    mixed = pd.concat([PAIRS, PAIRS.head(1).assign(**{column: other}, target_id="other:1")])
    with pytest.raises(ValueError, match=f'One axis takes one {column}; .* "{one}", "{other}"'):
        plot_pairs(mixed)


def test_answers_are_one_to_three() -> None:
    rows = pd.DataFrame({"place": list("aabb"), "answer": list("wxyz")})
    with pytest.raises(ValueError, match="One to three answers can be drawn; these rows have 4"):
        plot_answers(rows, by="place", answer="answer")


def test_a_dumbbell_says_the_answer_and_both_figures() -> None:
    axes = plot_pairs(PAIRS).axes[0]
    assert read_texts(axes.texts) == [
        "missed: ≤ 5 %, target 6.5 %",
        "missed: ≈ 4 %, target ≥ 7 %",
        "missed: 7.4 %, target 8–9 %",
    ]


def test_an_answer_keeps_its_shade_whatever_else_is_given() -> None:
    pairs = PAIRS.assign(met=PAIRS.met.where(PAIRS.place.ne("hebi"), "met"))
    both = plot_answers(pairs, by="measure").axes[0]
    alone = plot_answers(pairs[pairs.met.eq("met")], by="measure").axes[0]
    shades = [axes.containers[-1].patches[0].get_facecolor() for axes in (both, alone)]
    assert len(both.containers) == 2
    assert shades[0] == shades[1] != both.containers[0].patches[0].get_facecolor()


def test_the_count_of_an_answer_stands_in_its_bar() -> None:
    rows = pd.DataFrame({"place": list("aaab"), "answer": ["no", "yes", "yes", "no"]})
    figure = plot_answers(rows, by="place", answer="answer")
    FigureCanvasAgg(figure).draw()
    assert list_y_labels(figure) == ["a (n = 3)", "b (n = 1)"]
    assert read_texts(figure.axes[0].texts) == ["1", "1", "2"]
    assert list_legend(figure) == ["no", "yes"]


@pytest.mark.parametrize(("rows", "scale"), [(BOUNDS, 1), (LEVELS, 1e9)])
def test_gaps_stand_at_their_distance_from_the_target(rows: pd.DataFrame, scale: float) -> None:
    pairs = compare(rows)
    axes = plot_gaps(pairs, by="measure").axes[0]
    zero, *marks = axes.lines
    drawn = sorted(x for line in marks for x in line.get_xdata())
    assert drawn == sorted((pairs.gap / scale).tolist())
    assert list(zero.get_xdata()) == [0, 0]


def test_a_gap_of_an_estimate_is_half_filled() -> None:
    pairs = compare(place="zhengzhou", indicator="retail_sales")
    figure = plot_gaps(pairs[pairs.measure.eq("growth_rate")], by="place")
    assert [line.get_fillstyle() for line in figure.axes[0].lines[1:]] == ["left", "full"]
    assert list_legend(figure) == ["estimate", "outcome"]


def test_answers_of_a_longer_vocabulary_or_of_none_have_shades_of_their_own() -> None:
    odd = PAIRS.assign(met=["missed", "perhaps", None])
    assert list_legend(plot_answers(odd, by="place")) == ["missed", "perhaps"]
    assert list_legend(plot_answers(BOUNDS, by="place", answer="status")) == [
        *("target", "estimate", "outcome")
    ]
