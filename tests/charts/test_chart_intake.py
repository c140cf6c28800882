"""Whatever comes to a chart is typed, named and told apart at its door, or refused."""

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from drawings import (
    BOUNDS,
    CELLS,
    DRAWN,
    PAIRS,
    TARGETS,
    YEARS,
    draw,
    draw_statements,
    each_chart,
    list_all_texts,
    list_legend,
    list_y_labels,
    read_texts,
    render,
)
from policydata import compare
from policydata.charts import (
    plot_answers,
    plot_counts,
    plot_coverage,
    plot_gaps,
    plot_pairs,
    plot_panels,
    plot_ranking,
    plot_series,
    plot_statements,
    plot_tiles,
)
from policydata.charts.caption import write_caption
from policydata.charts.intake import take_groups, take_pairs, take_statements
from rows_in_sight import lay_out, tell

plot_by_place = partial(plot_gaps, by="place")


def reverse_categories(rows: pd.DataFrame) -> pd.DataFrame:
    """Turn every text and vocabulary into categories of the opposite order."""
    words = rows.select_dtypes(["category", "str"]).astype("str")
    orders = {name: sorted(words[name].dropna().unique(), reverse=True) for name in words}
    turned = {name: pd.Categorical(words[name], order) for name, order in orders.items()}
    return rows.assign(**turned)


def read_back(rows: pd.DataFrame) -> pd.DataFrame:
    """Write rows as CSV with their index, and read them with no word on their dtypes."""
    return pd.read_csv(io.StringIO(rows.to_csv()))


FORMS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    "texts with blanks": lambda rows: rows.astype("str").fillna(""),
    "objects with None": lambda rows: rows.astype(object).where(rows.notna(), None),
    "a CSV": read_back,
    "categories of another order": reverse_categories,
    "each row twice": lambda rows: pd.concat([rows, read_back(rows)]),
}


STATED = [*"place place_en indicator measure status period comparator unit_std hazards".split()]
STATED += [*"document value_std low_std high_std period_end year".split()]
PAIRED = [*"place_zh period target outcome target_high outcome_status gap gap_unit met".split()]


@pytest.mark.parametrize(
    ("take", "rows", "read"),
    [
        (partial(take_statements, reference=None), BOUNDS, STATED),
        (partial(take_statements, reference=None), YEARS, STATED),
        (partial(take_pairs, reference=None), PAIRS, PAIRED),
        (partial(take_groups, columns=["place", "status"], reference=None), BOUNDS, STATED[:2]),
        (partial(take_groups, columns=["place", "met"], reference=None), PAIRS, ["place", "met"]),
    ],
)
@pytest.mark.parametrize("form", FORMS)
def test_rows_of_any_dtypes_are_taken_alike_and_a_statement_once(
    take: Callable[[pd.DataFrame], pd.DataFrame], rows: pd.DataFrame, read: list[str], form: str
) -> None:
    taken = take(FORMS[form](rows)).reset_index(drop=True)
    pd.testing.assert_frame_equal(taken[read], take(rows)[read])


@each_chart
def test_rows_that_were_saved_and_read_twice_give_the_same_drawing(name: str) -> None:
    drawn = DRAWN[name]
    assert render(drawn.draw(FORMS["each row twice"](drawn.rows))) == render(draw(name))


@pytest.mark.parametrize("name", ["panels", "series"])
def test_days_and_years_are_those_of_the_period_whatever_stands_beside_it(name: str) -> None:
    drawn = DRAWN[name]
    wrong = drawn.rows.assign(period_end="1970-01-01", year=1970).drop(columns="period_start")
    assert render(drawn.draw(wrong)) == render(draw(name))


def test_a_statement_that_stands_twice_counts_once_in_every_number() -> None:
    twice = pd.concat([BOUNDS, BOUNDS])
    counts = plot_counts(twice, by="place", across="status").axes[0]
    note = plot_ranking(twice).legends[0].get_title().get_text()
    pairs = plot_answers(pd.concat([PAIRS, PAIRS]), by="measure")
    assert counts.get_title(loc="left") == "n = 6 statements"
    assert note == "Of 6 statements: 1 preliminary"
    assert list_y_labels(pairs) == ["growth (n = 3)"]


@pytest.mark.parametrize(
    ("draw", "rows", "column"),
    [
        (plot_ranking, TARGETS, "value_std"),
        (plot_pairs, PAIRS, "outcome"),
        (plot_by_place, PAIRS, "gap"),
    ],
)
def test_different_rows_of_one_statement_are_refused(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str
) -> None:
    older = rows.head(1).assign(**{column: 77.0})
    refused = rf'_id "plan:1" has 2 different rows: {column} ".+" or "77.0"; keep one of'
    with pytest.raises(ValueError, match=refused):
        draw(pd.concat([rows, older]))


def test_rows_without_an_id_are_counted_one_by_one() -> None:
    rows = pd.DataFrame({"place": ["hebi", "hebi"], "year": ["2023.0", "2023"]})
    axes = plot_counts(rows, by="place", across="year").axes[0]
    assert axes.get_title(loc="left") == "n = 2 rows"
    assert [text.get_text() for text in axes.texts] == ["2"]
    half = rows.assign(statement_id=["a:1", None])
    assert (
        plot_counts(half, by="place", across="year").axes[0].get_title(loc="left") == "n = 2 rows"
    )


def test_a_blank_is_no_group_and_no_answer() -> None:
    figure = plot_answers(PAIRS.assign(met=["met", "", None]), by="place")
    assert list_y_labels(figure) == ["Hebi (n = 1)"]
    assert list_legend(figure) == ["met"]
    assert list_y_labels(plot_by_place(PAIRS.assign(place=["hebi", "", None]))) == ["Hebi (n = 1)"]


@pytest.mark.parametrize(
    ("draw", "rows", "column", "value", "allowed"),
    [
        (plot_panels, BOUNDS, "status", "outcom", "plan_scale, .*nearest: outcome"),
        (plot_series, YEARS, "measure", "growth", "level, .*nearest: growth_rate"),
        (plot_tiles, TARGETS, "comparator", "=>", "<, <=, ~, =, range, >=, >; nearest: .*>="),
        (plot_pairs, PAIRS, "outcome_status", "final", "plan_scale, .*outcome"),
        (plot_gaps, PAIRS, "target_comparator", "≥", "<, <=, ~, =, range, >=, >"),
        (plot_coverage, CELLS, "state", "state", "not coded, .*nearest: stated"),
        (plot_counts, BOUNDS, "status", "targets", "plan_scale, .*nearest: target"),
    ],
)
def test_a_word_that_no_vocabulary_holds_is_refused_with_its_row_and_what_is_allowed(
    draw: Callable[..., Figure], rows: pd.DataFrame, column: str, value: str, allowed: str
) -> None:
    wrong = rows.astype({column: "str"})
    wrong.loc[1, column] = value
    grouped = {plot_gaps: {"by": column}, plot_counts: {"by": "place", "across": column}}
    refused = f'^Row 1, column {column}: "{value}"; allowed: {allowed}'
    with pytest.raises(ValueError, match=refused):
        draw(wrong, **grouped.get(draw, {}))


@pytest.mark.parametrize("number", [np.inf, -np.inf, "inf"])
@pytest.mark.parametrize(
    ("draw", "rows", "column"),
    [
        (plot_statements, BOUNDS, "low_std"),
        (plot_panels, BOUNDS, "low"),
        (plot_ranking, BOUNDS, "high_std"),
        (plot_series, YEARS, "value_std"),
        (plot_tiles, TARGETS, "value_std"),
        (plot_pairs, PAIRS, "target_high"),
        (plot_by_place, PAIRS, "gap"),
    ],
)
def test_an_infinite_number_is_refused_with_its_row_and_column(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str, number: object
) -> None:
    values = rows[column].astype(object).where(rows.index != rows.index[1], number)
    refused = f'^Row {rows.index[1]}, column {column}: "-?inf"; allowed: a number such as 2.6'
    with pytest.raises(ValueError, match=refused):
        draw(rows.assign(**{column: values}))


@each_chart
@pytest.mark.parametrize("given", [None, "x", [1, 2]])
def test_what_is_no_table_is_refused_by_its_kind(name: str, given: object) -> None:
    kind = type(given).__name__
    with pytest.raises(TypeError, match=rf'^{kind} ".+" is (no|not a) table; allowed: .+\.$'):
        DRAWN[name].draw(given)


@each_chart
def test_a_table_without_a_column_is_refused_by_what_it_lacks(name: str) -> None:
    with pytest.raises(ValueError, match=r'^The table has no column ".+; allowed: rows of .+\.$'):
        DRAWN[name].draw(pd.DataFrame())


@each_chart
def test_a_column_that_stands_twice_is_refused_by_name(name: str) -> None:
    drawn = DRAWN[name]
    twice = pd.concat([drawn.rows, drawn.rows[["place"]]], axis=1)
    with pytest.raises(ValueError, match=r'^The table has the column "place" twice; keep one\.$'):
        drawn.draw(twice)


@pytest.mark.parametrize(
    ("draw", "rows", "columns"),
    [
        (plot_statements, BOUNDS, ["value_std"]),
        (plot_series, YEARS, ["value_std"]),
        (plot_pairs, PAIRS, ["outcome"]),
        (plot_by_place, PAIRS, ["gap"]),
        (plot_coverage, CELLS, ["year"]),
    ],
)
def test_rows_that_miss_all_values_are_refused(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, columns: list[str]
) -> None:
    with pytest.raises(ValueError, match=r"^No row has a value to draw\.$"):
        draw(rows.assign(**dict.fromkeys(columns)))


@pytest.mark.parametrize(
    ("draw", "rows", "column", "complaint"),
    [
        (plot_panels, BOUNDS, "place", "place of .* is blank; allowed: id of the place"),
        (
            plot_ranking,
            BOUNDS,
            "comparator",
            'comparator of statement "plan:1".* allowed: <, <=, ~',
        ),
        (plot_statements, BOUNDS, "high_std", 'high_std of statement "plan:3".* has two ends'),
        (plot_pairs, PAIRS, "target_low", 'target_low of statement "plan:3".* has two ends'),
        (plot_pairs, PAIRS, "met", "met of .* is blank; allowed: missed, unclear, met"),
    ],
)
def test_a_blank_without_which_no_mark_can_be_drawn_is_refused_with_its_row(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame, column: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=complaint):
        draw(rows.assign(**{column: None}))


@pytest.mark.parametrize(("draw", "rows"), [(plot_series, YEARS), (plot_pairs, PAIRS)])
def test_what_is_no_period_is_refused_with_its_row(
    draw: Callable[[pd.DataFrame], Figure], rows: pd.DataFrame
) -> None:
    refused = r'^period of statement "plan:1" and \d more is "spring"; allowed: 2023, 2023-Q1'
    with pytest.raises(ValueError, match=refused):
        draw(rows.assign(period="spring"))


@pytest.mark.parametrize(
    ("draw", "rows"),
    [
        (plot_answers, PAIRS),
        (plot_gaps, PAIRS),
        (partial(plot_counts, across="place"), BOUNDS),
    ],
)
def test_a_column_to_group_by_is_one_that_the_table_has(
    draw: Callable[..., Figure], rows: pd.DataFrame
) -> None:
    for name in ("plce", None, 0):
        with pytest.raises(
            ValueError, match=f'^The table has no column "{name}"; allowed: .*[a-z]'
        ):
            draw(rows, by=name)
    with pytest.raises(TypeError, match=r"\['place'\] is not a column; allowed: the name of one"):
        draw(rows, by=["place"])


def test_statements_are_drawn_on_axes_alone() -> None:
    with pytest.raises(TypeError, match=r'^Figure ".+" is not Axes; allowed: Axes, as from figure'):
        plot_statements(BOUNDS, Figure())


def test_own_words_may_group_a_table_of_ones_own() -> None:
    own = pd.DataFrame({"place": ["a", "b"], "status": ["open", "closed"]})
    axes = plot_counts(own, by="place", across="status").axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["closed", "open"]


def test_dates_of_any_form_are_groups_of_a_table_of_ones_own() -> None:
    documents = pd.DataFrame({"published": ["2023-01", "2023-01-20"], "scope": ["full", "full"]})
    axes = plot_counts(documents, by="published", across="scope").axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["2023-01", "2023-01-20"]


def test_a_period_of_several_years_is_neither_drawn_nor_refused() -> None:
    rows = pd.concat([YEARS, tell("news hebi gdp growth_rate outcome 2021/2025 6%")])
    titles = [axes.get_title(loc="left") for axes in plot_series(rows).axes if axes.get_visible()]
    assert titles == ["Henan", "Zhengzhou"]


TABLES = {
    "places": lay_out(
        "id code name_zh name_en level parent spellings",
        """
        jinan    370100 济南市 Jinan    prefecture shandong 济南
        qingdao  370200 青岛市 Qingdao  prefecture shandong 青岛
        shandong 370000 山东省 Shandong province   -        山东
        """,
    ),
    "indicators": lay_out(
        "code name_zh name_en domain unit",
        """
        port_cargo 港口货物量 Cargo   trade   box
        sea_share  海洋占比   Sea     economy %
        """,
    ),
    "documents": lay_out(
        "id published doc_type reliability",
        """
        qingdao-report 2023-01 work_report official
        shandong-news  -       news        news
        """,
    ),
    "units": lay_out("text symbol dimension factor", "箱 box box 1\n% % share 1"),
}
CARGO = tell(
    "qingdao-report qingdao port_cargo level target 2023 2700万箱",
    "shandong-news jinan port_cargo level outcome 2023 10万箱",
    "shandong-news qingdao port_cargo level outcome 2022 2900万箱",
    "shandong-news qingdao port_cargo level outcome 2023 3000万箱",
    "shandong-news shandong port_cargo level outcome 2023 3100万箱",
    tables=TABLES,
)
YEAR = CARGO[CARGO.period.eq("2023")]
SHARE = tell("shandong-news jinan sea_share share outcome 2023 30%", tables=TABLES)
UNNAMED = ["place_zh", "place_en", "indicator_zh", "indicator_en"]


@pytest.mark.parametrize("lost", [[], UNNAMED])
def test_places_indicators_units_and_documents_are_named_by_the_tables_that_are_handed_in(
    lost: list[str],
) -> None:
    rows = YEAR.drop(columns=lost)
    english, chinese = (
        read_texts(list_all_texts(plot_ranking(rows, reference=TABLES, lang=lang)))
        for lang in ("en", "zh")
    )
    assert set(english) >= {"Cargo, 2023", "million box", "Shandong", "Qingdao (work report)"}
    assert set(chinese) >= {
        "港口货物量，2023年",
        "万箱",
        "山东省",
        "青岛市（政府工作报告）",
        "济南市",
    }


def test_a_folder_of_tables_serves_as_well(tmp_path: Path) -> None:
    for name, table in TABLES.items():
        table.to_csv(tmp_path / f"{name}.csv", index=False)
    figures = [plot_panels(YEAR, reference=one, lang="zh") for one in (TABLES, str(tmp_path))]
    named, read = (read_texts(list_all_texts(figure)) for figure in figures)
    assert named == read
    assert "万箱" in read


def test_every_chart_takes_the_tables() -> None:
    pairs = compare(CARGO).drop(columns=UNNAMED)
    own = {"reference": TABLES, "lang": "zh"}
    cells = pd.DataFrame({"place": ["jinan"], "year": [2023], "indicator": ["sea_share"]})
    figures = {
        "青岛市，2023年": [
            draw_statements(YEAR.drop(columns=UNNAMED), **own),
            plot_pairs(pairs, **own),
        ],
        "青岛市（n\xa0=\xa01）": [
            plot_answers(pairs, by="place", **own),
            plot_gaps(pairs, by="place", **own),
        ],
        "济南市": [
            plot_coverage(cells.assign(state="stated"), **own),
            plot_counts(YEAR.drop(columns=UNNAMED), by="place", across="year", **own),
        ],
    }
    for label, drawn in figures.items():
        for figure in drawn:
            assert [text for text in list_y_labels(figure) if text.startswith(label[:3])], label
    assert plot_gaps(pairs, by="place", **own).axes[0].get_xlabel() == "实际值减目标（万箱）"
    assert plot_coverage(cells.assign(state="stated"), **own).axes[0].get_title(loc="left") == (
        "海洋占比"
    )


def test_names_that_rows_carry_are_used_where_no_table_is_handed_in() -> None:
    renamed = BOUNDS.assign(place_en=BOUNDS.place_en + "!", place_zh=BOUNDS.place_zh + "！")
    assert list_y_labels(plot_counts(CARGO, by="place", across="year")) == [
        *("Jinan", "Qingdao", "Shandong")
    ]
    assert list_y_labels(plot_counts(renamed, by="place", across="year")) == [
        *("Hebi!", "Kaifeng!", "Zhengzhou!")
    ]
    assert list_y_labels(plot_counts(renamed, by="place", across="year", reference={})) == [
        *("Hebi", "Kaifeng", "Zhengzhou")
    ]


def test_an_id_that_nobody_knows_is_its_own_name() -> None:
    bare = CARGO.drop(columns=UNNAMED)
    assert list_y_labels(plot_counts(bare, by="place", across="indicator")) == [
        *("jinan", "qingdao", "shandong")
    ]


def test_a_share_goes_without_its_measure_where_the_tables_say_that_it_is_one() -> None:
    heads = [
        plot_panels(SHARE, reference=one).axes[0].get_title(loc="left") for one in (TABLES, None)
    ]
    assert heads == ["Sea", "Sea, share"]


@pytest.mark.parametrize("name", ["qingdao", "青岛", "Qingdao", "370200"])
def test_a_place_of_the_rows_is_compared_with_by_any_name(name: str) -> None:
    figure = plot_series(CARGO, compared_with=name, reference=TABLES)
    shown = [axes.get_title(loc="left") for axes in figure.axes if axes.get_visible()]
    assert shown == ["Jinan", "Shandong"]
    assert list_legend(figure) == ["outcome", "Qingdao: outcome"]


def test_the_caption_names_a_place_of_ones_own_in_either_language() -> None:
    figure = plot_series(CARGO, compared_with="qingdao")
    captions = [write_caption(figure, CARGO, "X", lang) for lang in ("en", "zh")]
    assert [caption.rpartition("—●— ")[2] for caption in captions] == [
        *("Qingdao: outcome.", "青岛市：实际值。")
    ]


def test_cities_without_a_tile_are_named() -> None:
    refused = 'There is no tile for the place "jinan", "qingdao", "shandong"; allowed: anyang, hebi'
    with pytest.raises(ValueError, match=refused):
        plot_tiles(YEAR[YEAR.status.eq("outcome")].sort_values("place"), reference=TABLES)
    stray = pd.concat(
        [BOUNDS.head(1), BOUNDS.head(1).assign(place="gongyi", statement_id="plan:9")]
    )
    with pytest.raises(ValueError, match='no tile for the place "gongyi"; allowed: anyang, hebi'):
        plot_tiles(stray)


def test_the_province_of_the_tiles_may_stand_beside_them() -> None:
    province = BOUNDS.head(1).assign(place="henan", place_en="Henan", statement_id="plan:9")
    axes = plot_tiles(pd.concat([BOUNDS.head(1), province])).axes[0]
    assert [text for text in read_texts(axes.texts) if "%" in text] == ["6.5 %"]


def test_tiles_are_named_by_the_tables_too() -> None:
    places = lay_out("id name_zh name_en parent", "hebi 鹤城 Crane henan")
    named = read_texts(plot_tiles(BOUNDS.head(1), reference={"places": places}).axes[0].texts)
    assert {"Crane", "anyang"} < set(named)
