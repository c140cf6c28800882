"""The explorer: every statement on one page that filters, charts, copies and cites them.

Rows, references, style and script stand in the page, which therefore opens from a folder and
fetches nothing.  DataTables, the library of the table, comes out of the wheel of itables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd

from pages.statements import write_reading
from policydata import export, load_statements, prefer
from policydata.charts.marks import SHAPES
from policydata.charts.style import PALETTE
from policydata.charts.words import (
    name_axis,
    name_period,
    name_scale,
    say,
)
from policydata.charts.years import is_exact
from policydata.citation import cite_data, list_references, select_documents
from policydata.load import carries_hazard
from policydata.numerals import fold
from policydata.tables import Reference, take_reference
from policydata.vocabularies import read_vocabularies
from policydata.writing import write_together

HERE = Path(__file__).parent
PAGE, TABLE = "explorer.html", "statements.csv"
STYLES = ("text", "bibtex", "gbt7714")
_WORDS = ("status", "measure", "reliability", "doc_type", "domain", "hazard")
_SOURCE = ["title_zh", "title_en", "publisher", "published", "doc_type", "scope", "url"]
# The colours of the figures; the green of a filled area is too pale for a ring on white.
_ON_WHITE = PALETTE | {"standard": "#6f8a45"}
_ON_DARK = {
    "outcome": "#a9d1f5",
    "target": "#f0935a",
    "estimate": "#5ba7dd",
    "standard": "#9db27b",
    "plan_scale": "#b5b3ad",
}


def write_explorer(folder: Path) -> None:
    """Write the explorer as a page by itself, and beside it the CSV file that it leads to."""
    page = (HERE / "explorer_page.html").read_text("utf-8")
    fragment = make_fragment(load_statements(), alone=True)
    write_together({folder / PAGE: page.replace("$fragment", fragment)})
    export(load_statements(), folder / TABLE)


def make_fragment(
    statements: pd.DataFrame, *, reference: Reference = None, alone: bool = False
) -> str:
    """Make the part of a page below its title, whole with data, style and script.

    Parameters
    ----------
    statements : pandas.DataFrame
        Rows of `load_statements`.
    reference : str, Path or mapping of str to DataFrame, optional
        Reference tables of your own, with the documents of the rows.
    alone : bool
        Whether no pages of places, indicators and documents stand beside this one.

    Returns
    -------
    str
        HTML in which no word of a row can be taken for a tag.
    """
    files = {
        "style": "explorer.css",
        "chart": "explorer_chart.js",
        "script": "explorer.js",
    }
    return Template((HERE / "explorer.html").read_text("utf-8")).substitute(
        {name: (HERE / file).read_text("utf-8") for name, file in files.items()},
        count=f"{len(statements):,}",
        palette=_write_palette(),
        data=_write_json({**describe(statements, reference), "alone": alone}),
        library=_read_library(),
    )


def describe(statements: pd.DataFrame, reference: Reference = None) -> dict[str, Any]:
    """Describe what the page knows: the cells, each different word once, and what they refer to."""
    parts = [
        _write_cells(statements),
        _read_figures(statements),
        _list_names(statements, reference),
    ]
    cells = pd.concat(parts, axis=1)
    documents = select_documents(statements.document, reference).set_index("id")
    return {
        "header": list(statements),
        "count": len(statements),
        "columns": {name: _encode(cells[name]) for name in cells},
        "documents": documents.reindex(columns=_SOURCE, fill_value="").to_dict("index"),
        "citations": {
            style: {
                "documents": list_references(statements.document, style, reference=reference),
                "data": cite_data(style) if reference is None else "",
            }
            for style in STYLES
        },
        "words": {name: _list_words(name) for name in _WORDS},
        "shapes": {
            comparator: {"shape": shape.upright, "name": _name_mark(shape.name)}
            for comparator, shape in SHAPES.items()
        },
    }


def _write_cells(statements: pd.DataFrame) -> pd.DataFrame:
    """Write each cell as a CSV file has it, so that a copy of rows is what an export would be."""
    text = statements.to_csv(index=False, date_format="%Y-%m-%d")
    return pd.read_csv(StringIO(text), dtype="str", keep_default_na=False)


def _read_figures(statements: pd.DataFrame) -> pd.DataFrame:
    """Say periods and figures in English, and place figures of whole years in the unit of an axis.

    Columns of what a chart cannot draw are blank.  An axis has one unit and one measure.
    """
    rows = statements.reset_index(drop=True)
    kind = [rows.indicator, rows.measure.astype("str"), rows.unit_std]
    largest = rows.value_std.abs().groupby(kind).transform("max")
    scaled = [
        name_scale(most, unit, "en") for most, unit in zip(largest, rows.unit_std, strict=True)
    ]
    scale = pd.Series([scale for scale, _ in scaled], dtype="float")
    ends = {"at": rows.value_std / scale, "low_at": rows.low_std / scale}
    drawn = rows.assign(**ends, high_at=rows.high_std / scale, said=[unit for _, unit in scaled])
    whole = rows.period.str.fullmatch(r"\d{4}") & rows.value_std.notna()
    places = drawn[["at", "low_at", "high_at"]].map("{:.12g}".format).replace("nan", "")
    axes = [name_axis(row.measure, row.said, "en") for row in drawn.itertuples()]
    return places.where(whole, "").assign(
        axis=pd.Series(axes).where(whole, ""),
        joined=rows.statement_id.isin(_choose_joined(rows)).map({True: "yes", False: ""}),
        period_said=[name_period(period, "en") for period in rows.period],
        reading=[
            write_reading(row, *pair) for row, pair in zip(rows.itertuples(), scaled, strict=True)
        ],
    )


def _list_names(statements: pd.DataFrame, reference: Reference) -> pd.DataFrame:
    """List by what else a search finds a row: other names, and its words as Simplified Chinese."""
    tables = take_reference(reference)
    rows = statements.reset_index(drop=True)
    places = tables["places"].set_index("id").spellings
    indicators = tables["indicators"].set_index("code").spellings
    return pd.DataFrame({
        "place_spellings": rows.place.map(places).fillna(""),
        "indicator_spellings": rows.indicator.map(indicators).fillna(""),
        "quote_simplified": rows.quote.map(fold),
    })  # fmt: skip


def _choose_joined(rows: pd.DataFrame) -> pd.Series:
    """Choose the outcomes that a line joins: of each year the preferred one."""
    return prefer(rows[is_exact(rows) & ~carries_hazard(rows, ["partial_scope"])]).statement_id


def _encode(cells: pd.Series) -> tuple[list[str], list[int]]:
    """Keep each different cell once, and for each row the number of its cell."""
    codes, words = pd.factorize(cells.astype("str"))
    return list(words), codes.tolist()


def _list_words(vocabulary: str) -> dict[str, list[str]]:
    words = read_vocabularies()[vocabulary]
    return {word: [said["en"], said["zh"]] for word, said in words.items()}


def _name_mark(name: str) -> str:
    return "" if name == "exact" else say("mark", name, "en")


def _write_palette() -> str:
    """Write the colours of statuses as variables of the style."""
    pairs = {status: (_ON_WHITE[status], dark) for status, dark in _ON_DARK.items()}
    return " ".join(f"--{name}: light-dark({', '.join(pair)});" for name, pair in pairs.items())


def _write_json(content: Mapping[str, Any]) -> str:
    """Write JSON for the inside of a script element, which no text in it can end."""
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", r"\u003c")


def _read_library() -> str:
    """Read DataTables from the wheel of itables, fit for the inside of a script element."""
    from itables.options import dt_bundle

    library = Path(dt_bundle).read_text("utf-8")
    # These words stand in strings and patterns; as they are, they would change where a script ends.
    for word in ("<!--", "<script", "</script"):
        library = library.replace(word, rf"\x3C{word[1:]}")
    return library
