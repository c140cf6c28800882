"""One mark a cell, the preferred statement of it, with a sign for what a reader must know."""

import pandas as pd
import pytest

from policydata.charts.cells import Cells, find_reference, name_measured, sort_places, take_cells
from policydata.charts.words import say
from policydata.schema import LANGUAGES
from rows_in_sight import lay_out, tell


def take(*lines: str, lang: str = "en", judged: tuple[tuple[str, str], ...] = ()) -> Cells:
    """Take the cells of lines such as `report hebi gdp growth_rate outcome 2023 5%`."""
    return take_cells(tell(*lines, judged=judged), None, lang)


def list_marks(cells: Cells) -> list[str]:
    """List what is drawn: the figures as written, each with its signs."""
    return list(cells.drawn.written.str.replace("\xa0", " ") + cells.drawn.signs)


@pytest.mark.parametrize(
    ("kept", "passed"),
    [
        ("news hebi gdp growth_rate outcome 2023 5.2%", "bulletin estimate 2023 5.2%"),
        ("news hebi gdp growth_rate outcome 2023 5.2%", "report outcome 2023 5%以上"),
        ("report hebi gdp growth_rate outcome 2023 5.2%", "news outcome 2023 5.2%"),
        ("bulletin hebi gdp growth_rate outcome 2023 5.2%", "report outcome 2023 5.2%"),
        ("plan hebi gdp growth_rate target 2023 5.2%", "news target 2023 5.2%"),
    ],
)
def test_a_final_figure_goes_before_an_estimate_and_a_number_before_a_bound(
    kept: str, passed: str
) -> None:
    document, rest = passed.split(maxsplit=1)
    lines = [kept, f"{document} hebi gdp growth_rate {rest}"]
    for told in (lines, lines[::-1]):
        cells = take(*told)
        assert cells.drawn.document.tolist() == [kept.split()[0]]
        assert list_marks(cells) == ["5.2%"]
        assert cells.notes == []


def test_a_target_an_outcome_and_figures_of_other_periods_are_cells_of_their_own() -> None:
    cells = take(
        "plan hebi gdp growth_rate target 2023 5%以上",
        "report hebi gdp growth_rate outcome 2023 5.2%",
        "report hebi gdp growth_rate outcome 2022 5%以上",
        "report hebi gdp level outcome 2023 900亿元",
    )
    assert list_marks(cells) == ["≥ 5%", "5.2%", "≥ 5%", "90"]


def test_a_bound_stays_where_no_document_gives_a_number() -> None:
    cells = take(
        "report hebi gdp growth_rate outcome 2023 5%以上",
        "bulletin hebi gdp growth_rate estimate 2023 5.5%",
    )
    assert (list_marks(cells), cells.notes) == (["≥ 5%"], [])


@pytest.mark.parametrize(
    ("lang", "note"),
    [
        ("en", "† another document says: Hebi 2023 6.2%"),
        ("zh", "† 另有文件：鹤壁市 2023年 6.2%"),
    ],
)
def test_a_conflict_gets_a_sign_and_a_note_with_the_other_figure(lang: str, note: str) -> None:
    cells = take(
        "report hebi gdp growth_rate outcome 2023 5.2%",
        "news hebi gdp growth_rate outcome 2023 6.2%",
        "report kaifeng gdp growth_rate outcome 2023 4%",
        lang=lang,
    )
    assert (list_marks(cells), cells.notes) == (["5.2%†", "4%"], [note])


def test_figures_that_can_both_be_right_are_no_conflict() -> None:
    cells = take(
        "report hebi gdp growth_rate outcome 2023 5.2%",
        "news hebi gdp growth_rate outcome 2023 5%",
        "news hebi gdp growth_rate outcome 2022 6.2%",
    )
    assert (list_marks(cells), cells.notes) == (["6.2%", "5.2%"], [])


def test_a_number_that_contradicts_the_bound_it_replaces_is_a_conflict() -> None:
    cells = take(
        "news hebi gdp growth_rate outcome 2023 5%以上",
        "report hebi gdp growth_rate outcome 2023 4.8%",
    )
    assert list_marks(cells) == ["4.8%†"]
    assert cells.notes == ["† another document says: Hebi 2023 ≥\xa05%"]


@pytest.mark.parametrize(
    ("lang", "mark", "figure"),
    [("en", "90†", "Hebi 2023 95\xa0billion CNY"), ("zh", "900†", "鹤壁市 2023年 950亿元")],
)
def test_the_other_figure_of_a_conflict_is_written_in_the_unit_of_the_axis(
    lang: str, mark: str, figure: str
) -> None:
    cells = take(
        "report hebi gdp level outcome 2023 900亿元",
        "news hebi gdp level outcome 2023 9500000万元",
        lang=lang,
    )
    assert list_marks(cells) == [mark]
    assert cells.notes == ["† " + say("phrase", "conflict", lang).format(figure)]


def test_three_conflicts_are_listed_and_more_are_counted() -> None:
    years = range(2019, 2024)
    cells = take(
        *(f"report hebi gdp growth_rate outcome {year} 5.2%" for year in years),
        *(f"news hebi gdp growth_rate outcome {year} 6.{year - 2019}%" for year in years),
        "report kaifeng gdp growth_rate outcome 2023 4%",
    )
    listed = "Hebi 2019 6%; Hebi 2020 6.1%; Hebi 2021 6.2% +2"
    assert cells.notes == [f"† another document says: {listed}"]


HEBI, KAIFENG, ZHENGZHOU = (
    f"report {place} gdp growth_rate outcome 2023 5%" for place in ("hebi", "kaifeng", "zhengzhou")
)


@pytest.mark.parametrize(
    ("hazards", "marks", "notes"),
    [
        ({1: "inferred_year"}, ["5%†", "5%", "5%"], ["† with an inferred year"]),
        (dict.fromkeys([1, 2, 3], "preliminary"), ["5%"] * 3, ["all: preliminary"]),
        (
            {1: "inferred_year", 3: "partial_scope"},
            ["5%†", "5%", "5%‡"],
            ["† with an inferred year", "‡ of partial scope"],
        ),
        ({}, ["5%"] * 3, []),
    ],
)
def test_a_hazard_of_some_gets_a_sign_and_one_of_all_a_note_alone(
    hazards: dict[int, str], marks: list[str], notes: list[str]
) -> None:
    judged = tuple((f"report:{number}", hazard) for number, hazard in hazards.items())
    cells = take(HEBI, KAIFENG, ZHENGZHOU, judged=judged)
    assert (list_marks(cells), cells.notes) == (marks, notes)


def test_a_figure_of_two_hazards_has_two_signs_and_a_single_figure_has_its_sign() -> None:
    judged = (("report:1", "preliminary"), ("report:1", "definition_differs"))
    cells = take(HEBI, judged=judged)
    assert list_marks(cells) == ["5%†‡"]
    assert cells.notes == ["† preliminary", "‡ by another definition"]


def test_hazards_that_marks_periods_or_the_source_show_get_no_sign() -> None:
    cells = take(
        "report hebi gdp growth_rate outcome 2023 5%以上",
        "reprint kaifeng gdp growth_rate outcome 2021/2023 5%左右",
        "news zhengzhou gdp growth_rate outcome 2023-Q1 5%",
    )
    carried = {hazard for hazards in cells.drawn.hazards for hazard in hazards.split()}
    assert carried == {
        *("bound_only", "approximate", "single_source", "reprint", "part_of_year", "several_years")
    }
    assert (list_marks(cells), cells.notes) == (["5%", "≥ 5%", "≈ 5%"], [])


@pytest.mark.parametrize(
    ("lang", "written", "units"),
    [
        ("en", ["1,360", "90", "7%"], ["billion CNY", "billion CNY", "%"]),
        ("zh", ["13 600", "900", "7%"], ["亿元", "亿元", "%"]),
    ],
)
def test_all_figures_of_a_unit_have_one_scale(
    lang: str, written: list[str], units: list[str]
) -> None:
    cells = take(
        "report zhengzhou gdp level outcome 2023 13600亿元",
        "report hebi gdp level outcome 2023 900亿元",
        "report hebi gdp growth_rate outcome 2023 7%",
        lang=lang,
    )
    assert [text.replace("\xa0", " ") for text in cells.drawn.written] == written
    assert cells.drawn.unit_said.tolist() == units


NAMED = {
    "indicators": lay_out(
        "code name_zh name_en domain unit unit_zh",
        """
        shops     商店 Shops     trade   count 家
        factories 工厂 Factories economy count 个
        gdp       总值 Product   economy CNY   亿元
        """,
    ),
    "places": lay_out(
        "id name_zh name_en level",
        """
        hebi    鹤壁市 Hebi    prefecture
        kaifeng 开封市 Kaifeng prefecture
        henan   河南省 Henan   province
        """,
    ),
}


@pytest.mark.parametrize(("lang", "units"), [("en", ["number", "number"]), ("zh", ["个", "家"])])
def test_in_chinese_counts_go_by_the_names_that_are_usual_for_their_indicators(
    lang: str, units: list[str]
) -> None:
    rows = tell(
        "report hebi shops level outcome 2023 40家",
        "report hebi factories level outcome 2023 20个",
        tables=NAMED,
    )
    drawn = take_cells(rows, NAMED, lang).drawn.sort_values("indicator")
    assert drawn.unit_said.tolist() == units
    assert drawn.written.tolist() == ["20", "40"]


@pytest.mark.parametrize(
    ("places", "written", "unit"),
    [
        (["hebi", "kaifeng", "henan"], ["61,000", "700", "500"], "million CNY"),
        (["henan"], ["61"], "billion CNY"),
    ],
)
def test_cities_choose_the_scale_and_the_province_only_where_it_stands_alone(
    places: list[str], written: list[str], unit: str
) -> None:
    rows = tell(
        "report hebi gdp level outcome 2023 5亿元",
        "report kaifeng gdp level outcome 2023 7亿元",
        "report henan gdp level outcome 2023 610亿元",
        tables=NAMED,
    )
    drawn = take_cells(rows[rows.place.isin(places)], NAMED, "en").drawn
    drawn = drawn.sort_values("value_std", ascending=False)
    assert drawn.written.tolist() == written
    assert set(drawn.unit_said) == {unit}


@pytest.mark.parametrize(
    ("stated", "english", "chinese"),
    [
        ("8.5%—9.5%", "8.5–9.5%", "8.5%—9.5%"),
        ("8%—10.25%", "8–10.25%", "8%—10.25%"),
        ("5.125%以上", "≥ 5.125%", "5.125%以上"),
        ("1360.751亿元", "136.0751", "1360.751"),
        ("123456.78亿元", "12.345678", "123 456.78"),
    ],
)
def test_figures_keep_every_digit_that_converting_leaves_exact(
    stated: str, english: str, chinese: str
) -> None:
    told = [take(f"plan hebi gdp level target 2023 {stated}", lang=lang) for lang in LANGUAGES]
    assert [list_marks(cells) for cells in told] == [[english], [chinese]]


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("13.5万亩", "9,000"),
        ("100万亩", "66.7"),
        ("100万亩左右", "≈ 66.7"),
        ("1000.5万亩以上", "≥ 667"),
        ("110万亩—130.25万亩", "73.333–86.833"),
    ],
)
def test_figures_that_converting_leaves_without_end_keep_the_digits_of_their_documents(
    stated: str, written: str
) -> None:
    area = {"indicators": lay_out("code name_zh name_en domain", "area 面积 Area agriculture")}
    rows = tell(f"plan hebi area level target 2023 {stated}", tables=area)
    assert list_marks(take_cells(rows, area, "en")) == [written]


def test_ends_are_scaled_like_the_middle() -> None:
    cells = take("plan hebi gdp level target 2023 800亿元—1000亿元")
    columns = ["at", "low_at", "high_at", "written", "unit_said", "place_said", "period_said"]
    assert cells.drawn[columns].values.tolist() == [
        [90, 80, 100, "80–100", "billion CNY", "Hebi", "2023"]
    ]


def test_rows_without_an_id_are_allowed_each_on_its_own() -> None:
    rows = tell(HEBI, KAIFENG, "news zhengzhou gdp growth_rate outcome 2022 4%")
    plain = rows.drop(columns=["statement_id", "reliability", "published"])
    for given in (plain, rows.assign(statement_id=[None, "report:2", ""])):
        assert sorted(list_marks(take_cells(given, None, "en"))) == ["4%", "5%", "5%"]


PREFERRED = tell(
    "plan hebi gdp growth_rate target 2023 6%",
    "news hebi gdp growth_rate target 2023 6%",
    "report hebi gdp growth_rate estimate 2023 5.1%",
    "report hebi gdp growth_rate outcome 2023 5%",
    "bulletin hebi gdp growth_rate outcome 2023 5.2%",
    "bulletin kaifeng gdp growth_rate outcome 2022 4%",
)


def test_behind_what_is_drawn_stand_the_other_statements_of_its_cells_and_no_others() -> None:
    cells = take_cells(PREFERRED, None, "en")
    assert cells.drawn.statement_id.tolist() == ["bulletin:1", "bulletin:2", "plan:1"]
    assert sorted(cells.stated.statement_id) == [
        *("bulletin:1", "bulletin:2", "news:1", "plan:1", "report:2")
    ]
    assert cells.stated.statement_id[cells.drawn["row"]].tolist() == [*cells.drawn.statement_id]


def test_what_keep_leaves_out_is_neither_drawn_nor_behind() -> None:
    def keep(drawn: pd.DataFrame) -> pd.DataFrame:
        return drawn[drawn.status.eq("outcome") & drawn.year.eq(2023)]

    cells = take_cells(PREFERRED, None, "en", keep=keep)
    assert cells.drawn.statement_id.tolist() == ["bulletin:1"]
    assert sorted(cells.stated.statement_id) == ["bulletin:1", "report:2"]


def test_whole_years_leave_out_parts_and_spans_and_refuse_when_nothing_is_left() -> None:
    rows = tell(HEBI, *(HEBI.replace("2023", one) for one in ("2023-Q1", "2021/2023", "2022-05")))
    assert take_cells(rows, None, "en", whole_years=True).drawn.period.tolist() == ["2023"]
    with pytest.raises(ValueError, match=r"^No row has a value to draw\.$"):
        take_cells(rows.tail(3), None, "en", whole_years=True)


def test_the_rows_are_left_as_they_were() -> None:
    before = PREFERRED.copy()
    take_cells(PREFERRED, None, "zh")
    pd.testing.assert_frame_equal(PREFERRED, before)


PLACES = lay_out(
    "place place_level yearbook_order",
    """
    hebi       prefecture 6
    zhengzhou  prefecture 1
    henan      province   -
    kaifeng    prefecture 2
    nowhere    -          -
    """,
).assign(yearbook_order=lambda rows: pd.to_numeric(rows.yearbook_order.replace("", "inf")))


def test_the_province_comes_first_then_places_as_in_the_yearbook() -> None:
    order = ["henan", "zhengzhou", "kaifeng", "hebi", "nowhere"]
    assert sort_places(PLACES) == sort_places(PLACES[::-1]) == order


@pytest.mark.parametrize(
    ("places", "named", "found"),
    [
        (["hebi", "henan"], None, "henan"),
        (["henan"], None, ""),
        (["hebi", "kaifeng"], None, ""),
        (["hebi", "henan"], "鹤壁", "hebi"),
        (["hebi", "henan"], "Henan", "henan"),
    ],
)
def test_places_are_compared_with_the_one_named_or_else_with_the_only_province(
    places: list[str], named: str | None, found: str
) -> None:
    assert find_reference(PLACES[PLACES.place.isin(places)], named, None) == found


def test_a_place_that_no_row_has_is_refused_with_those_there_are() -> None:
    with pytest.raises(
        ValueError, match=r'^"开封" is not a known place of these rows.*hebi, henan'
    ):
        find_reference(PLACES[PLACES.place.isin(["hebi", "henan"])], "开封", None)


@pytest.mark.parametrize(
    ("measure", "unit", "english", "chinese"),
    [
        ("level", "CNY", "Product", "地区生产总值"),
        ("growth_rate", "CNY", "Product, growth", "地区生产总值增速"),
        ("share", "CNY", "Product, share", "地区生产总值占比"),
        ("share", "%", "Product", "地区生产总值"),
    ],
)
def test_an_indicator_is_named_with_its_measure_unless_that_is_the_usual_one(
    measure: str, unit: str, english: str, chinese: str
) -> None:
    drawn = take("report hebi gdp level outcome 2023 900亿元").drawn
    row = next(drawn.assign(measure=measure, indicator_unit=unit).itertuples())
    assert [name_measured(row, lang) for lang in LANGUAGES] == [english, chinese]
