"""Small rows, every chart drawn of them once, and what a reader would see of a drawing."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import matplotlib as mpl
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from policydata import compare
from policydata.charts import (
    plot_answers,
    plot_counts,
    plot_coverage,
    plot_gaps,
    plot_lines,
    plot_pairs,
    plot_ranking,
    plot_series,
    plot_shares,
    plot_slopes,
    plot_values,
)
from policydata.charts.page import Record, read_record
from rows_in_sight import lay_out, tell

BOUNDS = tell(
    "plan hebi gdp growth_rate target 2023 6.5%",
    "plan kaifeng gdp growth_rate target 2023 7%以上",
    "plan zhengzhou gdp growth_rate target 2023 8%—9%",
    "report hebi gdp growth_rate outcome 2023 5%以内",
    "report kaifeng gdp growth_rate estimate 2023 4%左右",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
)
PROVINCE = tell(
    "reprint henan gdp growth_rate target 2023 6%",
    "undated henan gdp growth_rate outcome 2023 4.1%",
)
RANKED = pd.concat([BOUNDS, PROVINCE], ignore_index=True)
YEARS = tell(
    "report henan gdp growth_rate outcome 2021 5%",
    "report henan gdp growth_rate outcome 2022 3.1%",
    "report zhengzhou gdp growth_rate outcome 2020 3%",
    "report zhengzhou gdp growth_rate outcome 2021 4.7%",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    "report zhengzhou gdp growth_rate outcome 2024 5.7%",
    "plan zhengzhou gdp growth_rate target 2022 7.5%",
    "plan zhengzhou gdp growth_rate target 2023 8%",
    "plan kaifeng gdp growth_rate target 2022 7%以上",
    "report kaifeng gdp growth_rate outcome 2021 7.2%",
)
LEVELS = tell(
    "bulletin zhengzhou gdp level target 2023 14000亿元",
    "news zhengzhou gdp level outcome 2023 13600亿元",
    "bulletin kaifeng gdp level target 2023 3000亿元",
    "news kaifeng gdp level outcome 2023 3100亿元",
)
TARGETS = tell(
    "plan hebi gdp growth_rate target 2023 6.5%",
    "plan kaifeng gdp growth_rate target 2023 6.5%",
    "plan zhengzhou gdp growth_rate target 2023 7%",
    "report hebi gdp growth_rate target 2025 5.5%",
    "report kaifeng gdp growth_rate target 2025 5.5%",
    "report zhengzhou gdp growth_rate target 2025 5.5%左右",
)
PAIRS = compare(BOUNDS)
CELLS = lay_out(
    "place indicator year status state statement_id",
    """
zhengzhou rd_intensity 2023 outcome stated a:1
kaifeng   rd_intensity 2023 target  stated b:1
anyang    rd_intensity 2023 -       none~stated -
hebi      rd_intensity 2023 -       not~coded -
""",
).replace("~", " ", regex=True)
SHEET = pd.DataFrame(
    {"group": list("aaab"), "answer": ["no", "yes", "yes", "no"], "period": ["2023"] * 4}
)


class Drawn(NamedTuple):
    """A chart, small rows for it, and measure and unit as it says them, if it has any."""

    draw: Callable[..., Figure]
    rows: pd.DataFrame
    en: str = ""
    zh: str = ""


GROWTH, MONEY = ("growth, %", "增速（%）"), ("billion CNY", "亿元")
GAP = ("outcome minus target, percentage points", "实际值减目标（百分点）")
PRODUCT = ("Product, growth (%)", "地区生产总值增速，%")
DRAWN = {
    "ranking": Drawn(partial(plot_ranking, highlight="hebi"), RANKED, *GROWTH),
    "ranking of two": Drawn(plot_ranking, pd.concat([LEVELS, RANKED]), *MONEY),
    "pairs": Drawn(plot_pairs, BOUNDS, *GROWTH),
    "gaps": Drawn(partial(plot_gaps, by="target_comparator"), PAIRS, *GAP),
    "series": Drawn(plot_series, YEARS, *PRODUCT),
    "series of a place": Drawn(
        plot_series,
        pd.concat([LEVELS, BOUNDS]).query("place == 'zhengzhou'"),
        "Product (billion CNY)",
        "地区生产总值，亿元",
    ),
    "lines": Drawn(plot_lines, YEARS, *GROWTH),
    "slopes": Drawn(partial(plot_slopes, width="double"), TARGETS, *GROWTH),
    "values": Drawn(plot_values, YEARS, *PRODUCT),
    "coverage": Drawn(plot_coverage, CELLS),
    "counts": Drawn(
        partial(plot_counts, by="place", across="status", framed="full_text"),
        RANKED.assign(full_text=RANKED.place.eq("hebi")),
    ),
    "answers": Drawn(partial(plot_answers, by="measure"), PAIRS),
    "shares": Drawn(partial(plot_shares, by="group", answer="answer"), SHEET),
}


def take_each(names: Iterable[str]) -> pytest.MarkDecorator:
    """Take a test to each of some charts; all tests of a chart run where it is drawn already."""
    marked = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]
    return pytest.mark.parametrize("name", marked)


each_chart = take_each(DRAWN)


@cache
def draw(name: str, lang: str = "en", width: str = "double") -> Figure:
    """Draw a chart once; no test changes it."""
    return DRAWN[name].draw(DRAWN[name].rows, lang=lang, width=width)


def recall(figure: Figure) -> Record:
    """Read what a chart recorded of itself."""
    record = read_record(figure)
    assert record is not None
    return record


def render(figure: Figure) -> bytes:
    """Draw a figure coarsely, and give its picture."""
    dpi = figure.dpi
    figure.set_dpi(50)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    figure.set_dpi(dpi)
    return bytes(canvas.buffer_rgba())


def list_tick_labels(axis: Axis) -> list[Text]:
    """List the tick labels that are drawn: those inside the view."""
    low, high = sorted(axis.get_view_interval())
    ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
    return [tick.label1 for tick in ticks if tick.label1.get_visible() and tick.label1.get_text()]


def list_texts(axes: Axes) -> list[Text]:
    """List every text that is written in or about axes."""
    titles = [child for child in axes.get_children() if isinstance(child, Text)]
    written = [*titles, axes.xaxis.label, axes.yaxis.label]
    ticks = [*list_tick_labels(axes.xaxis), *list_tick_labels(axes.yaxis)]
    return [text for text in written if text.get_text()] + ticks


def read_texts(texts: Iterable[Text]) -> list[str]:
    """Read texts that say something, a space that does not break as a space."""
    return [text.get_text().replace("\xa0", " ") for text in texts if text.get_text()]


def list_all_texts(figure: Figure) -> list[Text]:
    """Draw a figure, and list every text on it."""
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes if axes.get_visible() for text in list_texts(axes)]
    named = [text for one in figure.legends for text in (one.get_title(), *one.get_texts())]
    return [text for text in [*texts, *figure.texts, *named] if text.get_text()]


def find_faults(figure: Figure, smallest: float = 7) -> list[str]:
    """Name the texts that leave a figure, share a place or cannot be read."""
    texts = list_all_texts(figure)
    # The box of an annotation holds its arrow too.
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts]
    legends = [("the legend", legend.get_window_extent()) for legend in figure.legends]
    page = figure.bbox.padded(0.5)
    outside = [
        f"{name} outside"
        for name, box in boxes + legends
        if (Bbox.union([page, box]).size > page.size).any()
    ]
    # Before matplotlib 3.11 a box has whole pixels.
    most = 1.5 if mpl.__version__ < "3.11" else 1
    overlaps = [
        f"{one} over {other}"
        for (one, a), (other, b) in combinations(boxes, 2)
        if (shared := Bbox.intersection(a, b)) and min(shared.size) > most
    ]
    small = [f"{text.get_text()} small" for text in texts if text.get_fontsize() < smallest]
    return outside + overlaps + small


def list_points(axes: Axes) -> list[tuple[float, float]]:
    """List the places where a single figure has a mark."""
    lines = [line for line in axes.lines if line.get_marker() not in ("None", "|", "_")]
    found = [(line.get_xdata(), line.get_ydata()) for line in lines if len(line.get_xdata()) == 1]
    return sorted({(float(x[0]), float(y[0])) for x, y in found})


def list_strokes(axes: Axes, colour: str) -> list[list[tuple[float, float]]]:
    """List the lines of a colour, each by its points."""
    lines = [line for line in axes.lines if line.get_color() == colour]
    drawn = [line for line in lines if len(line.get_xdata()) > 1 and line.get_linestyle() == "-"]
    return [[*zip(*map(list_numbers, line.get_data()), strict=True)] for line in drawn]


def list_numbers(values: Iterable[float]) -> list[float]:
    """List numbers, rounded."""
    return [round(float(value), 3) for value in values]


def list_y_labels(figure: Figure) -> list[str]:
    """List the labels of the rows from the top."""
    figure.draw_without_rendering()
    axes = figure.axes[0]
    return read_texts(list_tick_labels(axes.yaxis))[:: 1 if axes.yaxis_inverted() else -1]


def list_legend(figure: Figure) -> list[str]:
    """List the names in a figure's legends."""
    return [text.get_text() for legend in figure.legends for text in legend.get_texts()]


def list_pdf_fonts(file: Path) -> set[str]:
    """List the fonts that a PDF embeds; every one must be TrueType, none drawn as shapes."""
    raw = file.read_bytes()
    embedded = re.findall(rb"/FontDescriptor[^>]*?/FontName /(?:[A-Z]{6}\+)?([\w-]+)", raw)
    assert len(re.findall(rb"/FontFile2 ", raw)) == len(embedded)
    assert re.findall(rb"/Subtype /(Type1|Type3|CIDFontType0)\b|/FontFile3? ", raw) == []
    return {name.decode() for name in embedded}
