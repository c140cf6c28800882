"""A caption tells what is shown, of how many statements and years, and what each mark means."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from drawings import BOUNDS, CELLS, DRAWN, PAIRS, TARGETS, YEARS, draw, list_legend
from policydata.charts import (
    plot_answers,
    plot_coverage,
    plot_pairs,
    plot_ranking,
    plot_series,
    plot_tiles,
)
from policydata.charts.caption import list_marks, write_caption
from policydata.charts.marks import leave_record

TARGET, OUTCOME = ("○", "target", "目标"), ("●", "outcome", "实际值")
ALL = (
    "Marks: ○ target; ◐ estimate; ● outcome; ○● exact; ▷ floor: at least, more than; "
    "◁ ceiling: at most, less than; ◇ approximate; ├┤ range."
)
ALL_ZH = "图例：○ 目标；◐ 预计值；● 实际值；○● 确数；▷ 下限：以上、超过；"
ALL_ZH += "◁ 上限：以内、低于；◇ 约数；├┤ 区间。"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_caption_counts_and_explains_in_either_language(lang: str) -> None:
    figure = plot_ranking(BOUNDS, lang=lang)
    assert write_caption(figure, BOUNDS, "Growth.", "en") == (
        f"Growth. n = 6 statements from 2 documents, 2023. {ALL}"
    )
    assert write_caption(figure, BOUNDS, "增速。", "zh") == (
        f"增速。n = 6 条表述，来自 2 份文件，2023年。{ALL_ZH}"
    )


def test_years_are_named_from_the_first_to_the_last() -> None:
    caption = write_caption(plot_series(YEARS, compared_with="henan"), YEARS, "", "en")
    assert "n = 6 statements from 2 documents, 2020–2024." in caption
    assert caption.endswith("— consecutive years; —●— Henan: outcome.")


def test_pairs_are_counted_as_pairs_whichever_of_their_statements_is_named() -> None:
    named = PAIRS.assign(statement_id="plan:1")
    for rows in (PAIRS, named, PAIRS.assign(target_id="plan:1"), pd.concat([PAIRS, PAIRS])):
        caption = write_caption(plot_pairs(PAIRS), rows, "", "zh")
        assert caption.startswith("n = 3 组目标与实际值，来自 2 份文件，2023年。")


@pytest.mark.parametrize(
    ("sentence", "lang", "ended"),
    [
        ("Growth", "en", "Growth."),
        (" Growth ", "en", "Growth."),
        ("Growth.", "en", "Growth."),
        ("Growth?", "en", "Growth?"),
        ("Growth (no prices.)", "en", "Growth (no prices.)"),
        ("Growth (no prices)", "en", "Growth (no prices)."),
        ("Growth of 2.5", "en", "Growth of 2.5."),
        ("增速", "zh", "增速。"),
        ("增速。", "zh", "增速。"),
        ("称为“增速。”", "zh", "称为“增速。”"),
        ("称为“增速”", "zh", "称为“增速”。"),
        ("", "en", ""),
    ],
)
def test_a_sentence_without_a_full_stop_is_ended(sentence: str, lang: str, ended: str) -> None:
    caption = write_caption(Figure(), BOUNDS, sentence, lang)
    assert caption.partition("n = ")[0].rstrip() == ended


def test_shades_are_named_from_light_to_dark() -> None:
    figures = (plot_answers(PAIRS, by="place"), plot_tiles(TARGETS))
    marks = [write_caption(one, BOUNDS, "", "en").partition("Marks: ")[2] for one in figures]
    assert marks == [*("░ missed.", "░ lowest; █ highest; ▨ no figure in the data.")]


def test_rows_without_a_year_or_a_statement_are_not_counted_as_either() -> None:
    rows = CELLS.assign(statement_id=["zhengzhou-2023-work-report:6", None, None])
    caption = write_caption(plot_coverage(CELLS), rows, "", "en")
    assert caption == (
        " n = 1 statement from 1 document, 2023. Marks: · not coded; □ none stated; ■ stated."
    )
    undated = pd.DataFrame({"statement_id": ["a:1"], "year": [None]})
    assert write_caption(Figure(), undated, "X.", "en") == "X. n = 1 statement from 1 document."


def test_what_somebody_else_drew_has_no_marks() -> None:
    figure = Figure()
    figure.subplots().plot([1], [1], "x", label="cross")
    figure.legend()
    assert write_caption(figure, BOUNDS, "", "en").endswith("from 2 documents, 2023.")


def test_the_marks_of_several_charts_on_one_figure_are_named_once_each() -> None:
    figure = Figure()
    panels = figure.subplots(1, 2)
    for axes, marks in zip(panels, ([TARGET], [TARGET, OUTCOME]), strict=True):
        leave_record([axes], BOUNDS, "en", marks)
    assert list_marks(figure) == [TARGET, OUTCOME]
    assert write_caption(figure, BOUNDS, "", "zh").endswith("图例：○ 目标；● 实际值。")


@pytest.mark.parametrize("name", sorted(set(DRAWN) - {"statements", "counts"}))
def test_every_key_of_a_legend_is_a_mark_of_the_caption(name: str) -> None:
    figure = draw(name)
    assert [mark[1] for mark in list_marks(figure)] == list_legend(figure)
