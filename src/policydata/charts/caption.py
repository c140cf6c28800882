"""The full caption of a figure: what it shows, of how many statements and years, and its marks.

The author writes what is shown; the rest is counted in the rows, or read from the record that
charts leave on the axes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd
from matplotlib.figure import Figure

from policydata.charts.marks import Mark, list_records
from policydata.charts.words import DASH, say
from policydata.citation import list_documents
from policydata.columns import name_columns
from policydata.load import leave_out_repeats
from policydata.problems import say_count
from policydata.schema import LANGUAGES, NAMED, STATEMENTS

# The columns that identify a row: a pair by both of its statements.
_PAIR, _STATEMENT = ["target_id", "outcome_id"], ["statement_id"]
_LISTED = 3
# The columns of the tidy table that a chart draws, names or cites.
_PLOTTED = {
    *NAMED,
    *"statement_id document domain measure status period year value_text quote".split(),
    *"comparator low high value unit low_std high_std value_std unit_std".split(),
    *("reliability", "hazards"),
}


def write_caption(figure: Figure, rows: pd.DataFrame, sentence: str, lang: str) -> str:
    """Write the caption of a figure in a language, whatever the language of the figure.

    A full stop is added to the sentence if it is missing.

    Examples
    --------
    >>> from policydata import load_targets
    >>> from policydata.charts import plot_panels
    >>> rows = load_targets(indicator="boutique_villages")
    >>> write_caption(plot_panels(rows), rows, "精品村", "zh")
    '精品村。n = 1 条表述，来自 1 份文件，2023年。图例：○ 目标；├┤ 区间。'
    """
    at = LANGUAGES.index(lang)
    said = [f"{sign} {names[at]}" for sign, *names in list_marks(figure)]
    listed = say("phrase", "list", lang).join(said)
    marks = say("phrase", "marks", lang).format(listed=listed) if said else ""
    return _end(sentence.strip(), lang) + _count_rows(rows, lang) + marks


def list_marks(figure: Figure) -> list[Mark]:
    """List the marks that charts drew and explain, each once."""
    records = [record for record in list_records(figure) if record]
    return list(dict.fromkeys(mark for record in records for mark in record.marks))


def _end(sentence: str, lang: str) -> str:
    """Add a full stop to a sentence that has no end mark, in quotes or brackets or without."""
    ended = not sentence or re.search(r"[.!?…。！？][\"'’”)）」』]*$", sentence)
    return sentence if ended else sentence + say("phrase", "end", lang)


def _count_rows(rows: pd.DataFrame, lang: str) -> str:
    """Count statements or pairs, and documents, and name the years."""
    rows = leave_out_repeats(rows)
    key = _PAIR if set(_PAIR) <= set(rows) else _STATEMENT
    ids = rows[key].astype("str").fillna("")
    told = ids.ne("").all(axis=1)
    noun = "pair" if key == _PAIR else "statement"
    counted = say("phrase", "counted", lang).format(
        counted=_count(len(ids[told].drop_duplicates()), noun, lang),
        documents=_count(len(list_documents(rows)), "document", lang),
    )
    years = pd.to_numeric(rows[told].get("year", pd.Series(dtype="float64"))).dropna()
    if years.empty:
        return counted + say("phrase", "end", lang)
    ends = DASH[lang].join(dict.fromkeys(str(int(year)) for year in (years.min(), years.max())))
    return counted + say("phrase", "years", lang).format(years=ends)


def _count(number: int, noun: str, lang: str) -> str:
    said = say("phrase", noun, lang)
    return say_count(number, said) if lang == "en" else f"{number} {said}"


def refuse_language(figure: Figure, name: str, lang: str) -> None:
    """Refuse a figure that is drawn in one language and saved in another."""
    drawn = {record.lang for record in list_records(figure) if record} - {lang}
    if drawn:
        other = drawn.pop()
        raise ValueError(
            f'The figure {name!r} is drawn in lang "{other}" and saved as lang "{lang}": '
            f'draw it with lang="{lang}", or save it with lang="{other}".'
        )


def choose_shown(figure: Figure, name: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that a chart shows; refuse rows that lack some of them.

    Of the tidy table only the columns that a chart uses are kept.  If some axes of a figure are
    drawn by hand, everything is kept: what they show is not known.
    """
    records = list_records(figure)
    shown = [record.ids for record in records if record]
    for key in (_PAIR, _STATEMENT) if shown and len(shown) == len(records) else ():
        if all(set(key) <= set(table) for table in (rows, *shown)):
            drawn = pd.MultiIndex.from_frame(pd.concat([table[key] for table in shown]))
            given = pd.MultiIndex.from_frame(rows[key].astype("str").fillna(""))
            _refuse_lacking(name, drawn.difference(given))
            by = {column for record in records if record for column in record.by}
            left = set(name_columns(STATEMENTS)) - _PLOTTED - by
            return rows.loc[given.isin(drawn), [column for column in rows if column not in left]]
    return rows


def _refuse_lacking(name: str, lacking: Iterable[tuple[str, ...]]) -> None:
    """Refuse rows that lack statements of the figure; statements without an id are not compared."""
    missed = [" with ".join(ids) for ids in lacking if all(ids)]
    if missed:
        listed = ", ".join(f'"{ids}"' for ids in missed[:_LISTED])
        more = f" and {len(missed) - _LISTED} more" if len(missed) > _LISTED else ""
        raise ValueError(
            f"The figure {name!r} shows {listed}{more}, which its rows do not contain: "
            "pass the rows that it plots."
        )
