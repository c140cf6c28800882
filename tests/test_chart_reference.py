"""A data set of one's own is drawn under its own names, in both languages."""

from pathlib import Path

import pandas as pd
import pytest

from drawings import BOUNDS, draw_statements, list_all_texts, list_legend, list_y_labels, read_texts
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
    plot_tiles,
)
from policydata.charts.caption import write_caption
from rows_in_sight import lay_out, tell

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
