"""The page of a chart: title, subtitle and keys above it, footnotes and source below, all measured.

What is written and what is drawn is kept on the figure as plain data; `save_figure` reads it there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.transforms import Bbox, ScaledTranslation, Transform

from policydata.charts.style import INK, PRINT, QUIET, em
from policydata.charts.text import measure, wrap
from policydata.charts.words import say
from policydata.citation import list_documents
from policydata.columns import name_columns
from policydata.problems import refuse_unknown
from policydata.schema import NAMED, STATEMENTS
from policydata.tables import Reference, read_data_version, take_reference

# In sizes of the type.
_MARGIN, _LINE, _GAP = 0.5, 1.25, 0.45
# Decimals of a position.
_PLACES = 5
# The size of small type, with the room for its hinting.
_SMALL = 0.84
# The share of the width that axes and what is beside them take.
_RIGHT = 0.99
# The sign, the space after it and the space before the next, in the size of a key.
_BESIDE_KEY = 4.2
_RECORD = "_policydata_record"
# The columns that a chart draws, names or cites of the tidy table; what it adds is not saved.
_SAVED = {
    *NAMED,
    *"statement_id document domain measure status period year value_text quote".split(),
    *"comparator low high value unit low_std high_std value_std unit_std".split(),
    *("reliability", "published", "hazards"),
}
_ADDED = {*"readable yearbook_order indicator_unit usual_unit unit_std_zh gap_unit_zh".split()}
_UNSAVED = ({*name_columns(STATEMENTS)} - _SAVED) | _ADDED


class Key(NamedTuple):
    """One key of a legend: what it looks like, its sign in a caption, and its name."""

    artist: Artist
    sign: str
    name: str


class Words(NamedTuple):
    """What the caller knows better, the chart's own words, and what it counted."""

    lang: str
    kind: str
    title: str
    subtitle: str
    about: str = ""
    facts: Mapping[str, str] = {}


@dataclass(frozen=True)
class Record:
    """What a chart drew and wrote: the rows behind it, and the texts for page and files."""

    lang: str
    rows: pd.DataFrame
    title: str
    subtitle: str
    caption: str
    alt: str
    source: str


def read_record(figure: Figure) -> Record | None:
    """Read what a chart left on its figure; None for a figure that is drawn by hand."""
    return getattr(figure, _RECORD, None)


def finish(
    figure: Figure,
    words: Words,
    rows: pd.DataFrame,
    *,
    groups: Mapping[str, Sequence[Key]],
    notes: Sequence[str] = (),
    reference: Reference = None,
    panels: Iterable[Axes] = (),
    height: float = 0.0,
    plotted: Iterable[str] = (),
) -> Figure:
    """Write what stands above and below a chart, lay it out, and record it.

    `groups` are keys by the head of their legend; `panels` get the `height` in inches, if any.
    The columns in `plotted` are saved with those that every chart uses.
    """
    lang = words.lang
    title = fill(words.title or say("finding", words.kind, lang), words.facts, "title")
    subtitle = fill(words.subtitle or words.about, words.facts, "subtitle")
    source = words.facts["counted"] + _write_source(rows, reference, lang)
    head = _write_head(figure, title, subtitle, groups)
    foot = _write_foot(figure, [*notes, source])
    _lay_out(figure, head, foot, list(panels), height)
    named = say("phrase", "list", lang).join(
        f"{key.sign} {key.name}" for keys in groups.values() for key in keys
    )
    end = say("phrase", "end", lang)
    marks = [say("phrase", "marks", lang).format(named)] if named else []
    parts = [part.rstrip(end) for part in (title, subtitle, *marks, *notes, source)]
    caption = end.join(filter(None, parts)) + end.strip()
    alt = fill(say("alt", words.kind, lang), words.facts, "alt") + subtitle
    kept = rows[[name for name in rows if name not in _UNSAVED or name in set(plotted)]]
    setattr(figure, _RECORD, Record(lang, kept, title, subtitle, caption, alt, source))
    return figure


def fill(template: str, facts: Mapping[str, str], name: str) -> str:
    """Put what was counted into the braces of a text; refuse words that were not counted."""
    braced = re.compile(r"\{([^{}]*)\}")
    for word in braced.findall(template):
        refuse_unknown(f"fact in {name}", word, facts)
    if {"{", "}"} & set(braced.sub("", template)):
        raise ValueError(f'The {name} "{template}" has a brace that is not closed or not opened.')
    return braced.sub(lambda found: facts[found[1]], template)


def find_documents(rows: pd.DataFrame) -> set[str]:
    """Find the documents of some rows; rows of a table of one's own may name none."""
    found: set[str] = set()
    for name in ("document", "statement_id", "denominator_id", "target_id", "outcome_id"):
        if name in rows:
            key = "document" if name == "document" else "statement_id"
            ids = rows[[name]].rename(columns={name: key})
            found |= list_documents(ids)
    return found


def _write_source(rows: pd.DataFrame, reference: Reference, lang: str) -> str:
    """Name the data version, if it is the shipped data, and how many documents of which kind."""
    cited = find_documents(rows)
    documents = take_reference(reference)["documents"]
    kinds = documents.reindex(columns=["id", "reliability"]).set_index("id").reliability
    found = kinds[kinds.index.isin(cited)].value_counts()
    listed = [
        say("phrase", "of kind", lang).format(n=found[kind], kind=say("reliability", kind, lang))
        for kind in ("official", "news", "reprint")
        if kind in found
    ]
    shipped = say("phrase", "shipped", lang).format(read_data_version())
    version = shipped if reference is None else ""
    inner = say("phrase", "of kinds", lang).format(say("phrase", "and", lang).join(listed))
    counted = say("phrase", "documents", lang).format(len(cited), s="" if len(cited) == 1 else "s")
    known = counted + (inner if listed else "") if cited else ""
    named = say("phrase", "list", lang).join(filter(None, [version, known]))
    return say("phrase", "source", lang).format(named) if named else ""


def _write_head(
    figure: Figure, title: str, subtitle: str, groups: Mapping[str, Sequence[Key]]
) -> float:
    """Write title, subtitle and keys from the top down; return their height in inches."""
    y = _MARGIN * em()
    y += _write(figure, title, y, "medium", "bold", INK)
    y += _write(figure, subtitle, y + 0.1 * em(), "small", "normal", QUIET) + _GAP * em()
    x = _MARGIN * em()
    for name, keys in groups.items():
        if keys:
            wide = _measure_legend(name, keys)
            if x > em() and x + wide > figure.get_figwidth():
                x, y = _MARGIN * em(), y + _LINE * em()
            y += _put_legend(figure, name, keys, x, y)
            x += wide + em()
    return y + (_LINE * em() if any(groups.values()) else 0) + 0.2 * em()


def _measure_legend(name: str, keys: Sequence[Key]) -> float:
    small = _SMALL * em()
    return measure(name) + sum(measure(key.name) + _BESIDE_KEY * small for key in keys)


def _put_legend(figure: Figure, name: str, keys: Sequence[Key], x: float, y: float) -> float:
    """Put the keys of one group on a line, or on several; return what the others add in height."""
    room = figure.get_figwidth() - x - _MARGIN * em()
    widest = max(measure(key.name) for key in keys) + _BESIDE_KEY * _SMALL * em()
    fits = _measure_legend(name, keys) <= room
    columns = len(keys) if fits else max(1, int((room - measure(name)) / widest))
    start = x + (measure(name) + 0.6 * em() if name else 0.0)
    if name:
        where = _from_top(figure, x, y)
        figure.text(0, 1, name, va="top", fontsize="small", color=QUIET, transform=where)
    figure.legend(
        [key.artist for key in keys], [key.name for key in keys], loc="upper left", ncols=columns,
        bbox_to_anchor=(0, 1), bbox_transform=_from_top(figure, start, y), borderaxespad=0,
        borderpad=0, columnspacing=1.2, labelspacing=0.25,
    )  # fmt: skip
    return (-(-len(keys) // columns) - 1) * _LINE * _SMALL * em()


def _write(figure: Figure, text: str, y: float, size: str, weight: str, ink: str) -> float:
    """Write a wrapped text so far below the top; return its height."""
    wrapped = wrap(text, figure.get_figwidth() - 2 * _MARGIN * em(), size, weight)
    figure.text(
        0, 1, wrapped, va="top", fontsize=size, fontweight=weight, color=ink, linespacing=_LINE,
        transform=_from_top(figure, _MARGIN * em(), y),
    )  # fmt: skip
    return (wrapped.count("\n") + 1) * _LINE * em() * (1 if size == "medium" else _SMALL)


def _write_foot(figure: Figure, notes: Sequence[str]) -> float:
    """Write notes above the lower edge, each on lines of its own; return their height."""
    room = figure.get_figwidth() - 2 * _MARGIN * em()
    text = "\n".join(wrap(note, room) for note in notes if note)
    where = ScaledTranslation(_MARGIN * em(), _MARGIN * em(), figure.dpi_scale_trans)
    figure.text(
        0, 0, text, va="bottom", fontsize="small", color=QUIET, linespacing=_LINE,
        transform=figure.transFigure + where,
    )  # fmt: skip
    return (text.count("\n") + 1) * _LINE * _SMALL * em() + 2 * _MARGIN * em()


def _from_top(figure: Figure, x: float, y: float) -> Transform:
    """Give the transform to a point in inches from the upper left corner."""
    return figure.transFigure + ScaledTranslation(x, -y, figure.dpi_scale_trans)


def _lay_out(
    figure: Figure, head: float, foot: float, panels: Sequence[Axes], height: float
) -> None:
    """Lay the axes out between head and foot, and fix them there.

    Constrained layout moves axes a little at each drawing, and so the bytes of each file.
    """
    # Letters that are hinted for a screen may be narrower than in print.
    screen = figure.dpi
    figure.set_dpi(PRINT)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    # Axes have room before they are measured, or they would collapse.
    least = head + foot + (height + 4 * em()) * len(panels)
    figure.set_figheight(max(figure.get_figheight(), least))
    left = _MARGIN * em() / figure.get_figwidth()
    engine.set(w_pad=0)
    for _ in range(2):
        whole = figure.get_figheight()
        engine.set(rect=(left, foot / whole, _RIGHT - left, 1 - (head + foot) / whole))
        figure.draw_without_rendering()
        if panels:
            drawn = sum(axes.get_window_extent().height for axes in panels) / figure.dpi
            figure.set_figheight(round(whole + height * len(panels) - drawn, _PLACES))
    figure.draw_without_rendering()
    figure.set_layout_engine("none")
    # The solver's last digits differ from run to run.
    for axes in figure.axes:
        bounds = [round(bound, _PLACES) for bound in axes.get_position().bounds]
        axes.set_position(Bbox.from_bounds(*bounds))
    figure.set_dpi(screen)
