"""Answers: one named square a case, shares of each group, and colours that stay."""

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from drawings import (
    BOUNDS,
    PAIRS,
    SHEET,
    find_faults,
    list_legend,
    list_numbers,
    list_y_labels,
    read_texts,
)
from policydata import compare, load_statements
from policydata.charts import plot_answers, plot_counts, plot_gaps, plot_shares
from policydata.charts.answers import _SHADES
from policydata.charts.style import PALETTE
from rows_in_sight import tell

YEARS = compare(
    tell(
        "plan kaifeng gdp growth_rate target 2022 6%",
        "report kaifeng gdp growth_rate outcome 2022 7%",
        "plan kaifeng gdp growth_rate target 2023 6%",
        "report kaifeng gdp growth_rate outcome 2023 5%",
        "plan hebi gdp growth_rate target 2023 6%",
        "report hebi gdp growth_rate outcome 2023 3%",
    )
)


def list_squares(axes: Axes) -> list[tuple[str, str]]:
    """List the squares by their names, each with its colour."""
    shades = [to_hex(patch.get_facecolor()) for patch in axes.patches]
    return [*zip(read_texts(axes.texts), shades, strict=True)]


def test_a_square_whose_outcome_is_an_estimate_has_a_sign_and_a_note() -> None:
    figure = plot_answers(PAIRS)
    signed = [name for name in read_texts(figure.axes[0].texts) if name.endswith("†")]
    notes = [text.get_text() for text in figure.texts if "†" in text.get_text()]

    assert signed == ["Kaifeng, 2023†"]
    assert notes[0].splitlines()[0] == "† the outcome is an estimate"


def test_a_pair_is_one_square_that_is_named_in_the_order_of_answers_and_years() -> None:
    figure = plot_answers(YEARS[::-1])
    missed, met = PALETTE["warning"], _SHADES["met"][2]
    assert list_squares(figure.axes[0]) == [
        *(("Kaifeng, 2023", missed), ("Hebi, 2023", missed), ("Kaifeng, 2022", met))
    ]
    assert list_y_labels(figure) == ["Product (3)"]
    assert list_legend(figure) == ["missed", "met"]


def test_two_pairs_of_a_place_and_year_have_names_of_their_own() -> None:
    level = compare(
        tell(
            "plan kaifeng gdp level target 2022 600亿元",
            "report kaifeng gdp level outcome 2022 500亿元",
        )
    ).assign(target_id="x:1", outcome_id="x:2")
    names = read_texts(plot_answers(pd.concat([YEARS, level])).axes[0].texts)
    assert len(names) == len({*names}) == 4


def test_the_group_with_the_most_squares_is_on_top() -> None:
    assert list_y_labels(plot_answers(YEARS, by="place")) == ["Kaifeng (2)", "Hebi (1)"]
    assert list_y_labels(plot_answers(PAIRS, by="outcome_status")) == [
        "estimate (1)",
        "outcome (2)",
    ]


def test_an_answer_keeps_its_colour_if_others_are_missing() -> None:
    both = dict(list_squares(plot_answers(YEARS).axes[0]))
    alone = dict(list_squares(plot_answers(YEARS[YEARS.met.eq("met")]).axes[0]))
    assert alone == {"Kaifeng, 2022": both["Kaifeng, 2022"]}
    half, whole = (
        SHEET.assign(step=["half", "whole", "whole", word]) for word in ("half", "whole")
    )
    shades = [
        [to_hex(one.patches[0].get_facecolor()) for one in axes.containers]
        for axes in (plot_shares(rows, "group", "step").axes[0]
                     for rows in (half, whole, whole[whole.step.eq("whole")]))
    ]  # fmt: skip
    assert shades[0] == shades[1] == ["#8fb0c6", PALETTE["outcome"]]
    assert shades[2] == [PALETTE["outcome"]]


def test_answers_are_one_to_three() -> None:
    four = pd.DataFrame({"group": list("aabb"), "answer": list("wxyz")})
    with pytest.raises(ValueError, match="One to three answers can be drawn; these rows have 4"):
        plot_shares(four, by="group", answer="answer")
    pairs = pd.concat([YEARS, YEARS.head(1).assign(target_id="x:1")])
    with pytest.raises(ValueError, match="One to three answers can be drawn; these rows have 4"):
        plot_answers(pairs.assign(said=[*"wxyz"]), answer="said")


def test_the_shares_of_a_group_sum_to_one_with_their_counts_beside() -> None:
    figure = plot_shares(SHEET, by="group", answer="answer")
    axes = figure.axes[0]
    ends = [[(bar.get_x(), bar.get_width()) for bar in bars] for bars in axes.containers]
    first = [list_numbers(bars[0]) for bars in ends]
    other = [list_numbers(bars[1]) for bars in ends]
    assert (first, other) == ([[0, 0.333], [0.333, 0.667]], [[0, 1], [1, 0]])
    assert list_y_labels(figure) == ["a", "b"]
    assert read_texts(axes.texts) == ["no 1, yes 2", "no 1, yes 0"]
    assert list_legend(figure) == ["no", "yes"]


def test_groups_of_a_vocabulary_keep_its_order() -> None:
    figure = plot_shares(BOUNDS.assign(answer="yes"), by="status", answer="answer")
    assert list_y_labels(figure) == ["target", "estimate", "outcome"]


def test_a_row_without_an_answer_is_left_out() -> None:
    odd = YEARS.assign(met=["missed", None, "met"])
    assert len(plot_answers(odd).axes[0].patches) == 2


def test_the_longest_names_of_groups_have_room() -> None:
    names = load_statements().drop_duplicates("indicator")
    longest = names.assign(length=names.indicator_en.str.len()).nlargest(3, "length")
    pairs = pd.concat([YEARS.head(1).assign(indicator=one, target_id=f"{one}:1")
                       for one in longest.indicator])  # fmt: skip
    pairs = pairs.drop(columns=["indicator_en", "indicator_zh"])
    for width in ("single", "double"):
        assert find_faults(plot_answers(pairs, width=width)) == []
        assert find_faults(plot_gaps(pairs, width=width)) == []
        assert find_faults(plot_counts(longest, "indicator", "domain", width=width)) == []
        assert find_faults(plot_shares(longest, "indicator", "status", width=width)) == []
