"""A page tells what is drawn: title, subtitle, keys, footnotes and source, all on it and fixed."""

import re
from collections.abc import Callable
from functools import cache
from itertools import combinations, product
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from policydata import load_statements
from policydata.charts import drawing_style, plot_counts, plot_pairs, plot_ranking
from policydata.charts.cells import take_cells
from policydata.charts.facts import describe
from policydata.charts.page import Key, Record, Words, find_documents, finish, read_record
from policydata.charts.style import MILLIMETRE, WIDTHS, open_figure
from policydata.charts.words import say
from policydata.schema import LANGUAGES
from policydata.tables import read_data_version
from rows_in_sight import lay_out, tell

KNOWN = {
    "documents": lay_out(
        "id reliability", "plan official\nreport official\nnews news\nreprint reprint"
    )
}
TOLD = tell(
    "plan hebi gdp growth_rate target 2023 7%以上",
    "report hebi gdp growth_rate outcome 2023 5.2%",
    "news hebi gdp growth_rate outcome 2023 6.2%",
    "report kaifeng gdp growth_rate outcome 2023 5%",
    judged=[("report:2", "inferred_year")],
)
SHIPPED = load_statements(indicator="gdp", measure="growth_rate", year=2023)


def list_texts(figure: Figure) -> list[str]:
    """List what stands on the page from the top down, with the heads and names of its keys."""
    keys = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    return [text.get_text().replace("\xa0", " ") for text in figure.texts] + keys


def read(figure: Figure) -> Record:
    record = read_record(figure)
    assert record is not None
    return record


@cache
def draw_told(lang: str = "en") -> Figure:
    """Draw the rows in sight once in a language; no test changes it."""
    return plot_ranking(TOLD, title="One of two", lang=lang, reference=KNOWN)


KEYS = [("●", "status", "outcome"), ("○", "status", "target"), ("▷", "mark", "floor")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_has_title_subtitle_keys_notes_and_source(lang: str) -> None:
    figure = draw_told(lang)
    cells, record = take_cells(TOLD, KNOWN, lang), read(figure)
    assert record.subtitle == describe(cells.stated, "%", lang, KNOWN)
    assert len(cells.notes) == 2
    assert list_texts(figure) == [
        *("One of two", record.subtitle, say("head", "status", lang), say("head", "bound", lang)),
        "\n".join([*cells.notes, record.source]),
        *(say(vocabulary, word, lang) for _, vocabulary, word in KEYS),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_caption_tells_in_sentences_what_the_page_shows(lang: str) -> None:
    record = read(draw_told(lang))
    notes = take_cells(TOLD, KNOWN, lang).notes
    marks = [f"{sign} {say(vocabulary, word, lang)}" for sign, vocabulary, word in KEYS]
    named = say("phrase", "marks", lang).format(say("phrase", "list", lang).join(marks))
    end = say("phrase", "end", lang)
    assert (record.lang, record.title) == (lang, "One of two")
    assert record.caption == end.join(["One of two", record.subtitle, named, *notes, record.source])
    assert record.alt.endswith(record.subtitle)
    assert "{" not in record.alt


LONG = "Of all the targets of the cities of Henan some were missed in the year 2023, " * 3


@pytest.mark.parametrize(("lang", "width"), [*product(LANGUAGES, WIDTHS)])
def test_all_of_it_is_inside_the_page_and_nothing_covers_anything(lang: str, width: str) -> None:
    named = [say("hazard", word, lang) for word in ("repeat", "series_break", "part_of_year")]
    keys = [Key(Line2D([], []), "●", name) for name in named]
    head, notes = say("head", "status", lang), [say("alt", "series", lang) * 3, *named]
    figure = finish_empty(2, lang, width, groups={head: keys, "": keys[:1]}, notes=notes)
    assert figure.get_figwidth() / MILLIMETRE == pytest.approx(WIDTHS[width])
    assert len(figure.axes + figure.legends + figure.texts) == 1 + 2 + 4
    assert list_collisions(figure) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_chart_of_a_province_keeps_to_the_narrowest_page(lang: str) -> None:
    assert list_collisions(plot_ranking(SHIPPED, title=LONG, lang=lang, width="single")) == []


def list_collisions(figure: Figure) -> list[object]:
    """List the sizes to which parts would widen the page, and the boxes that two parts share."""
    figure.draw_without_rendering()
    boxes = [one.get_window_extent() for one in [*figure.texts, *figure.legends]]
    boxes.append(Bbox.union([axes.get_tightbbox() for axes in figure.axes]))
    grown = [Bbox.union([figure.bbox, box]).size.tolist() for box in boxes]
    wider = [size for size in grown if size != figure.bbox.size.tolist()]
    shared = [Bbox.intersection(one, other) for one, other in combinations(boxes, 2)]
    return wider + [box for box in shared if box is not None and min(box.size) > 1]


def test_facts_in_braces_are_filled_in_title_and_subtitle_and_unknown_ones_refused() -> None:
    options = {"title": "{highest_place}: {highest}", "subtitle": "{n} of {rows}"}
    record = read(plot_ranking(TOLD, **options))
    assert (record.title, record.subtitle) == ("Hebi: 5.2%", "3 of 4")
    for part in options:
        refused = f'"best" is not a known fact in {part}; allowed: "n", "rows", "documents"'
        with pytest.raises(ValueError, match=refused):
            plot_ranking(TOLD, **{part: "{best} of all"})


def test_a_title_with_half_a_brace_is_refused() -> None:
    with pytest.raises(ValueError, match=r'^The title "\{n of all" has a brace that is not closed'):
        finish_empty(1, title="{n of all")


def read_source(figure: Figure) -> list[str]:
    """Read the words and numbers of the source, in the order of the alphabet."""
    return sorted(re.findall(r"[\w.]*\w", read(figure).source.rpartition(". Source: ")[2]))


def test_the_source_of_shipped_data_is_its_version_and_its_documents_by_reliability() -> None:
    figure = plot_ranking(SHIPPED)
    kinds = read(figure).rows.drop_duplicates("document").reliability.value_counts()
    counted = [str(kinds.sum()), *map(str, kinds[kinds > 0]), *kinds.index[kinds > 0]]
    assert read_source(figure) == sorted(
        ["policydata", "data", read_data_version(), "documents", *counted]
    )
    assert kinds.min() > 0


def test_the_source_of_data_of_ones_own_has_no_version() -> None:
    assert read_source(draw_told()) == sorted("3 documents 2 official 1 news".split())


@pytest.mark.parametrize(
    ("documents", "english", "chinese"),
    [
        (["plan"], "1 document (1 official)", "1份文件：官方发布1"),
        (
            ["reprint", "news", "report", "plan", "news"],
            "4 documents (2 official, 1 news, 1 reprint)",
            "4份文件：官方发布2、新闻报道1、转载1",
        ),
        (["plan", "unlisted"], "2 documents (1 official)", "2份文件：官方发布1"),
        (["unlisted"], "1 document", "1份文件"),
    ],
)
def test_documents_are_counted_with_those_of_each_kind_the_official_ones_first(
    documents: list[str], english: str, chinese: str
) -> None:
    rows = pd.DataFrame({"document": documents})
    said = [read(finish_empty(1, lang, rows=rows)).source for lang in LANGUAGES]
    assert said == [f"{COUNTED}Source: {english}.", f"{COUNTED}来源：{chinese}。"]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ({"document": ["plan", "news", ""]}, {"plan", "news"}),
        ({"statement_id": ["plan:1", "plan:2"], "denominator_id": ["plan:3", "news:1"]},
         {"plan", "news"}),
        ({"document": ["plan"], "denominator_id": ["news:1"]}, {"plan", "news"}),
        ({"target_id": ["plan:1"], "outcome_id": ["report:1"]}, {"plan", "report"}),
        ({"place": ["hebi"]}, set()),
    ],
)  # fmt: skip
def test_documents_are_those_of_both_statements_of_a_quotient_and_of_a_pair(
    rows: dict[str, list[str]], found: set[str]
) -> None:
    assert find_documents(pd.DataFrame(rows)) == found


def test_the_record_has_the_statements_behind_and_tells_those_that_are_drawn() -> None:
    record = read(plot_ranking(TOLD.assign(region="north"), reference=KNOWN))
    assert record.rows.set_index("statement_id").drawn.to_dict() == {
        "news:1": False, "plan:1": True, "report:1": True, "report:2": True,
    }  # fmt: skip
    assert {"value_text", "value_std", "place_en", "hazards", "region"} <= set(record.rows)
    assert set(record.rows) & {"coder", "note", "commitment", "yearbook_order", "at"} == set()


def test_the_columns_that_are_plotted_are_recorded() -> None:
    rows = TOLD.assign(region=["north", "north", "south", "south"])
    recorded = read(plot_counts(rows, by="region", across="status")).rows
    assert recorded.region.tolist() == rows.region.tolist()
    assert recorded.status.tolist() == rows.status.tolist()


@pytest.mark.parametrize(
    ("plotted", "kept"),
    [
        ([], ["document", "quote", "region"]),
        (["coder"], ["document", "quote", "coder", "region"]),
        (["usual_unit", "note"], ["document", "quote", "note", "usual_unit", "region"]),
    ],
)
def test_columns_that_no_chart_draws_are_left_out_unless_they_are_plotted(
    plotted: list[str], kept: list[str]
) -> None:
    names = ["document", "quote", "coder", "note", "commitment", "usual_unit", "region"]
    rows = pd.DataFrame({name: ["plan"] for name in names})
    assert list(read(finish_empty(1, rows=rows, plotted=plotted)).rows) == kept


@pytest.mark.parametrize("draw", [plot_ranking, plot_pairs])
def test_drawing_again_moves_nothing(draw: Callable[[pd.DataFrame], Figure]) -> None:
    figure = draw(TOLD)
    places = []
    for _ in range(2):
        figure.draw_without_rendering()
        boxes = [axes.get_position().bounds for axes in figure.axes]
        texts = [text.get_window_extent().bounds for text in [*figure.texts, *figure.legends]]
        places.append((figure.get_size_inches().tolist(), boxes, texts))
    assert places[0] == places[1]
    assert not figure.get_constrained_layout()


COUNTED = "n = 1 statement. "
PLAN = pd.DataFrame({"document": ["plan"]})


def finish_empty(
    height: float,
    lang: str = "en",
    width: str = "double",
    rows: pd.DataFrame = PLAN,
    title: str = LONG,
    **given: Any,
) -> Figure:
    """Finish a page around axes without a mark."""
    with drawing_style(width, lang):
        figure = open_figure(width)
        words = Words(lang, "coverage", title, "Subtitle", "", {"counted": COUNTED})
        options = {"groups": {}, "panels": [figure.subplots()], "reference": KNOWN} | given
        return finish(figure, words, rows, height=height, **options)


@pytest.mark.parametrize("height", [1, 2.5, 6])
def test_panels_get_the_height_asked_for_whatever_stands_around_them(height: float) -> None:
    keys = [Key(Line2D([], []), "●", f"key {number}") for number in range(20)]
    for given in ({}, {"groups": {"Keys:": keys}, "notes": ["a note " * 60]}):
        figure = finish_empty(height, **given)
        box = figure.axes[0].get_window_extent()
        assert box.height / figure.dpi == pytest.approx(height, abs=0.05)
        assert [one for one in figure.legends if one.get_window_extent().x1 > figure.bbox.x1] == []


def test_groups_without_keys_and_notes_without_words_are_passed_over() -> None:
    figure = finish_empty(2, title="Title", groups={"Status:": [], "": []}, notes=["", "a note"])
    record = read(figure)
    assert list_texts(figure) == ["Title", "Subtitle", f"a note\n{record.source}"]
    assert record.caption == f"Title. Subtitle. a note. {record.source}"


def test_a_figure_drawn_by_hand_has_no_record() -> None:
    assert read_record(Figure()) is None
