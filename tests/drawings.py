"""Small rows, every chart drawn of them once, and what a reader would see of a drawing."""

import re
from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from policydata import compare, coverage
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
from policydata.charts.style import drawing_style, open_figure
from rows_in_sight import tell

BOUNDS = tell(
    "plan hebi gdp growth_rate target 2023 6.5%",
    "plan kaifeng gdp growth_rate target 2023 7%以上",
    "plan zhengzhou gdp growth_rate target 2023 8%—9%",
    "report hebi gdp growth_rate outcome 2023 5%以内",
    "report kaifeng gdp growth_rate estimate 2023 4%左右",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
)
YEARS = tell(
    "report henan gdp growth_rate outcome 2021 5%",
    "report zhengzhou gdp growth_rate outcome 2020 3%",
    "report zhengzhou gdp growth_rate outcome 2021 4.7%",
    "report zhengzhou gdp growth_rate outcome 2023 7.4%",
    "report zhengzhou gdp growth_rate outcome 2024 5.7%",
    "plan zhengzhou gdp growth_rate target 2022 7.5%",
)
TARGETS = BOUNDS[BOUNDS.status.eq("target")]
PAIRS = compare(BOUNDS)
LEVELS = tell(
    "bulletin zhengzhou gdp level target 2023 14000亿元",
    "news zhengzhou gdp level outcome 2023 13600亿元",
    "bulletin kaifeng gdp level target 2023 3000亿元",
    "news kaifeng gdp level outcome 2023 3100亿元",
)
CELLS = coverage(indicator="rd_intensity", place=["郑州", "开封", "安阳"], year=2023)

# Two words each that have no place on one axis.
MIXED = {
    "indicator": ["gdp", "consumer_price_index"],
    "measure": ["growth_rate", "change"],
    "unit_std": ["%", "percentage point"],
    "period": ["2023", "2024"],
    "status": ["target", "outcome"],
}


def draw_statements(rows: pd.DataFrame, *, width: str = "double", **options: Any) -> Figure:
    """Draw statements on the axes of a figure of one's own, as wide as is asked for."""
    with drawing_style(width):
        figure = open_figure(width)
        assert plot_statements(rows, axes := figure.subplots(), width=width, **options) is axes
    return figure


class Drawn(NamedTuple):
    """A chart, small rows for it, and the label of its axis in both languages."""

    draw: Callable[..., Figure]
    rows: pd.DataFrame
    en: str
    zh: str


GROWTH, MONEY = ("growth, %", "增速（%）"), ("billion CNY", "亿元")
DRAWN = {
    "statements": Drawn(draw_statements, BOUNDS, *GROWTH),
    "panels": Drawn(plot_panels, LEVELS, *MONEY),
    "ranking": Drawn(plot_ranking, BOUNDS, *GROWTH),
    "series": Drawn(partial(plot_series, compared_with="henan"), YEARS, *GROWTH),
    "tiles": Drawn(plot_tiles, TARGETS, *GROWTH),
    "pairs": Drawn(plot_pairs, PAIRS, *GROWTH),
    "level pairs": Drawn(plot_pairs, compare(LEVELS), *MONEY),
    "gaps": Drawn(
        partial(plot_gaps, by="target_comparator"),
        PAIRS,
        "outcome minus target, percentage points",
        "实际值减目标（百分点）",
    ),
    "level gaps": Drawn(
        partial(plot_gaps, by="place"),
        compare(LEVELS),
        "outcome minus target, billion CNY",
        "实际值减目标（亿元）",
    ),
    "answers": Drawn(partial(plot_answers, by="place"), PAIRS, "number of cases", "个数"),
    "counts": Drawn(partial(plot_counts, by="place", across="status"), BOUNDS, "", ""),
    "coverage": Drawn(plot_coverage, CELLS, "", ""),
}
each_chart = pytest.mark.parametrize("name", DRAWN)


@cache
def draw(name: str, lang: str = "en", width: str = "double") -> Figure:
    """Draw a chart once; no test changes it."""
    return DRAWN[name].draw(DRAWN[name].rows, lang=lang, width=width)


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
    """Lay a figure out, and list every text on it."""
    figure.draw_without_rendering()
    texts = [text for axes in figure.axes if axes.get_visible() for text in list_texts(axes)]
    named = [text for one in figure.legends for text in (one.get_title(), *one.get_texts())]
    return [text for text in [*texts, *figure.texts, *named] if text.get_text()]


def find_faults(figure: Figure, smallest: float = 6) -> list[str]:
    """Name the texts that leave a figure, share a place or cannot be read."""
    texts = list_all_texts(figure)
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    legends = [("the legend", legend.get_window_extent()) for legend in figure.legends]
    page = figure.bbox.padded(0.5)
    outside = [
        f"{name} outside"
        for name, box in boxes + legends
        if (Bbox.union([page, box]).size > page.size).any()
    ]
    overlaps = [
        f"{one} over {other}"
        for (one, a), (other, b) in combinations(boxes, 2)
        if (shared := Bbox.intersection(a, b)) and min(shared.size) > 1
    ]
    small = [f"{text.get_text()} small" for text in texts if text.get_fontsize() < smallest]
    return outside + overlaps + small


def list_y_labels(figure: Figure) -> list[str]:
    """List the labels of the rows from the top."""
    figure.draw_without_rendering()
    axes = figure.axes[0]
    labels = read_texts(list_tick_labels(axes.yaxis))
    return labels if axes.yaxis_inverted() else labels[::-1]


def list_legend(figure: Figure) -> list[str]:
    """List the names in a figure's legend, but for the blanks that fill a column."""
    return [text.get_text() for text in figure.legends[0].get_texts() if text.get_text().strip()]


def list_pdf_fonts(file: Path) -> set[str]:
    """List the fonts that a PDF embeds; every one must be TrueType, none drawn as shapes."""
    raw = file.read_bytes()
    embedded = re.findall(rb"/FontDescriptor[^>]*?/FontName /(?:[A-Z]{6}\+)?([\w-]+)", raw)
    assert len(re.findall(rb"/FontFile2 ", raw)) == len(embedded)
    assert re.findall(rb"/Subtype /(Type1|Type3|CIDFontType0)\b|/FontFile3? ", raw) == []
    return {name.decode() for name in embedded}
