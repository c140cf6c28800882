"""What a new data set says to its reader: the README and the first notebook."""

from __future__ import annotations

import json
from collections.abc import Sequence

from policydata.messages import say

# What the README says.
_README = (
    "# {place}",
    "",
    "Figures that documents promise and report, one row per figure; `GUIDE.md` says how to code.",
    "",
    "1. `texts/` holds the texts, which are not shared; `policydata draft` proposes their rows.",
    "2. `coded/` has one row per figure; `policydata workbook --take` brings `coding.xlsx` there.",
    "3. `policydata check` lists what is wrong, and looks up every quote in `texts/`.",
    "4. `policydata build` writes `tables/`, and runs `notebooks/`, which draw `figures/`.",
    "5. `reference/` knows places, indicators and units, sorted by their ids: add yours.",
    '6. In Python: `tidy(read_coded("coded"), "reference")`; others take `reference=`.',
)
_TITLE = "# What is coded so far?"
_INTRODUCTION = "How many figures of which place: targets, outcomes and others."
_SECOND = "## Which targets were set, and what came?"
_CHOICE = "The chart shows the indicator with the most targets and outcomes of whole years."
_NOTHING = "No target or outcome of a whole year is coded yet; the chart appears once there is one."
_IMPORTS = """\
from policydata import read_coded, tidy
from policydata.charts import plot_series, save_figure"""
_COUNTS = """\
statements = tidy(read_coded("../coded"), reference="../reference")
statements.groupby([f"place_{lang}", "status"], observed=True).size().unstack(fill_value=0)"""
_CHOSEN = """\
aims = statements.query("status in ['target', 'outcome'] and value_std.notna()")
years = aims[aims.period.str.fullmatch("[0-9]{4}")]
kinds = years.indicator + " " + years.measure.astype("str")
chosen = years[kinds.isin(kinds.mode()[:1])]"""
_CHART = """\
if chosen.empty:
    print(NOTHING)
else:
    figure = plot_series(chosen, reference="../reference", lang=lang)
    save_figure(figure, "first_chart")
    display(figure)"""


def write_readme(place: str) -> str:
    """Write the README of a data set of a place."""
    return "".join(f"{line and say(line, place=place)}\n" for line in _README)


def write_notebook(lang: str) -> str:
    """Write the first notebook, without outputs, in the language that is spoken."""
    chart = _CHART.replace("NOTHING", json.dumps(say(_NOTHING), ensure_ascii=False))
    cells = [
        ("markdown", f"{say(_TITLE)}\n\n{say(_INTRODUCTION)}"),
        *(("code", source) for source in (_IMPORTS, f'lang = "{lang}"', _COUNTS)),
        ("markdown", f"{say(_SECOND)}\n\n{say(_CHOICE)}"),
        *(("code", source) for source in (_CHOSEN, chart)),
    ]
    return _write_cells(cells)


def _write_cells(cells: Sequence[tuple[str, str]]) -> str:
    """Write cells, each a kind and a source, in the format of Jupyter."""
    unrun: dict[str, object] = {"execution_count": None, "outputs": []}
    written: list[dict[str, object]] = [
        {
            "cell_type": kind,
            "id": f"cell-{number}",
            "metadata": {},
            **(unrun if kind == "code" else {}),
            "source": source.splitlines(keepends=True),
        }
        for number, (kind, source) in enumerate(cells, 1)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about = {"kernelspec": kernel, "language_info": {"name": "python"}}
    book = {"cells": written, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"
