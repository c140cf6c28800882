"""Text fits its room, breaks where its language allows, and labels do not cover each other."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policydata.charts.style import drawing_style
from policydata.charts.text import TickNumbers, measure, spread, wrap


@pytest.mark.parametrize(
    ("text", "room", "broken"),
    [
        ("Output of grain", 0.6, "Output of\ngrain"),
        ("Output of grain", 9, "Output of grain"),
        ("研发经费投入强度（R&D）", 0.8, "研发经费投入强\n度（R&D）"),
        ("粮食产量，2023年", 0.52, "粮食产\n量，\n2023年"),
        ("增速（全市）", 0.42, "增速\n（全\n市）"),
        ("Unbreakable", 0.1, "Unbreakable"),
    ],
)
def test_english_breaks_at_spaces_and_chinese_between_characters_but_not_before_a_comma(
    text: str, room: float, broken: str
) -> None:
    with drawing_style():
        assert wrap(text, room) == broken


@pytest.mark.parametrize("text", ["Sales, 社会消费品零售总额（限额以上）, of 8–9%", "全省18个市"])
def test_no_line_is_wider_than_its_room_and_no_character_is_lost(text: str) -> None:
    with drawing_style():
        lines = wrap(text, 0.9).split("\n")
        assert max(map(measure, lines)) <= 0.9
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_slide_and_bold_type_take_more_room() -> None:
    with drawing_style():
        printed, bold = measure("郑州 Zhengzhou"), measure("郑州 Zhengzhou", weight="bold")
        assert measure("郑州\n郑州 Zhengzhou\n") == printed
    with drawing_style("slide"):
        assert measure("郑州 Zhengzhou") == pytest.approx(printed * 292 / 170, rel=0.01)
    assert bold > printed > 0.6


@pytest.mark.parametrize(
    ("ticks", "lang", "written"),
    [
        ([0, 2.5, 5], "en", ["0.0", "2.5", "5.0"]),
        ([-2, 0, 2], "en", ["−2", "0", "2"]),
        ([0, 20000], "en", ["0", "20,000"]),
        ([0, 20000], "zh", ["0", "20\xa0000"]),
        ([0.1 + 0.2, 0.6], "en", ["0.3", "0.6"]),
    ],
)
def test_ticks_have_as_many_decimals_as_the_longest_needs(
    ticks: list[float], lang: str, written: list[str]
) -> None:
    assert TickNumbers(lang).format_ticks(ticks) == written
    assert TickNumbers("en")(2.5) == "2.5"


@pytest.mark.parametrize(
    ("heights", "sizes", "moved"),
    [
        ([1, 1, 5], [2, 2, 2], [0, 2, 5]),
        ([5, 1, 1], [2, 2, 2], [5, 0, 2]),
        ([1, 4, 8], [2, 2, 2], [1, 4, 8]),
        ([3, 3, 3], [2, 2, 2], [1, 3, 5]),
        ([0, 0], [1, 3], [-1, 1]),
    ],
)
def test_labels_move_apart_by_as_little_as_they_need(
    heights: list[float], sizes: list[float], moved: list[float]
) -> None:
    assert spread(heights, sizes) == moved


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 4)), min_size=1, max_size=8))
def test_no_label_covers_another_and_all_keep_their_order(labels: list[tuple[int, int]]) -> None:
    heights, sizes = zip(*labels, strict=True)
    moved = sorted(zip(spread(heights, sizes), sizes, heights, strict=True))
    apart = [b - a - (m + n) / 2 for (a, m, _), (b, n, _) in pairwise(moved)]
    assert min(apart, default=0) >= -1e-9
    assert [height for _, _, height in moved] == sorted(heights)
