"""What the pages of the figures say: a gallery of findings, and the documents behind them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any

# What `save_figure` noted of a figure, its notebook and cell, and the digest of its CSV.
Figure = Mapping[str, Any]

GALLERY, SOURCES = "README.md", "SOURCES.md"
LINKED = (".pdf", ".svg", ".png", ".csv")
ACROSS = 3
# Of so many documents or figures the names are given, of more only the number.
FEW = {SOURCES: 6, GALLERY: 3}
# A web address is kept; elsewhere these characters would be read as Markdown, HTML or a formula.
MARKS = r"(https?://\S+)|([\\`*_~<$])"
HEADS = {
    "en": "# Figures\n\n<!-- `policydata build` writes this page. -->",
    "zh": "# 图表\n\n<!-- 本页由 `policydata build --lang zh` 生成。 -->",
}
FACTS = {
    "en": """- Made by [{notebook}](../{notebook}), cell `In [{cell}]`
- Rows: {rows}; SHA-256 of the CSV: `{digest}`
{version}- [Documents cited](SOURCES.md): {cited}
- {links}""",
    "zh": """- 由 [{notebook}](../../{notebook}) 的单元 `In [{cell}]` 生成
- 行数：{rows}；CSV 的 SHA-256：`{digest}`
{version}- [引用文献](SOURCES.md)：{cited}
- {links}""",
}
VERSIONS = {"en": "- Data version: {}\n", "zh": "- 数据版本：{}\n"}
# What follows the number of a few names.
LISTS = {"en": (" ({})", ", "), "zh": ("（{}）", "、")}
LICENCES = {
    "en": "Reuse: [CC BY 4.0](../LICENSE-DATA). Cite as [CITATION.cff](../CITATION.cff) says.",
    "zh": "许可：[CC BY 4.0](../../LICENSE-DATA)。引用方式见 [CITATION.cff](../../CITATION.cff)。",
}
CITED = {
    "en": ("# Documents cited", "[Figures](README.md): {}"),
    "zh": ("# 引用文献", "[图表](README.md)：{}"),
}


def write_gallery(
    figures: Sequence[Figure], questions: Mapping[str, str], version: str, licensed: bool, lang: str
) -> str:
    """Write the pictures of each notebook under its question, and fold away what is behind them."""
    parts = [HEADS[lang]]
    for notebook, group in groupby(figures, itemgetter("notebook")):
        shown = list(group)
        folded = [_fold_facts(figure, version, lang) for figure in shown]
        parts += [f"## {questions[notebook]}", _show_in_rows(shown), *folded]
    return "\n\n".join([*parts, *([LICENCES[lang]] if licensed else [])]) + "\n"


def _show_in_rows(figures: Sequence[Figure]) -> str:
    """Show the pictures in rows; blank cells keep the last ones at their width."""
    shown = [*map(_show, figures), *[""] * (-len(figures) % ACROSS)]
    cells = [f'<td width="{100 // ACROSS}%" valign="top">{one}</td>' for one in shown]
    starts = range(0, len(cells), ACROSS)
    rows = ["\n".join(["<tr>", *cells[start : start + ACROSS], "</tr>"]) for start in starts]
    return "\n".join(["<table>", *rows, "</table>"])


def _show(figure: Figure) -> str:
    """Show a picture over what it found."""
    name, alt, title = figure["name"], _write_html(figure["alt"]), _write_html(figure["title"])
    picture = f'<img src="{name}.png" alt="{alt}" width="100%">'
    return f'<a id="{name}" href="{name}.png">{picture}</a><br>{title}'


def _fold_facts(figure: Figure, version: str, lang: str) -> str:
    """Fold the caption, the making, the sources and the files of a figure under its title."""
    links = " · ".join(f"[{suffix[1:].upper()}]({figure['name']}{suffix})" for suffix in LINKED)
    cited = _count(figure["documents"], SOURCES, lang)
    named = VERSIONS[lang].format(version) if version else ""
    told = {**figure, "version": named, "cited": cited, "links": links}
    facts = FACTS[lang].format_map(told)
    opening = f"<details>\n<summary>{_write_html(figure['title'])}</summary>"
    return "\n\n".join([opening, write_plainly(figure["caption"]), facts, "</details>"])


def write_sources(figures: Sequence[Figure], references: Mapping[str, str], lang: str) -> str:
    """List the documents, sorted by id, each with the figures that cite it."""
    head, cited_by = CITED[lang]
    listed = []
    for key, text in sorted(references.items()):
        citing = [figure["name"] for figure in figures if key in figure["documents"]]
        cited = cited_by.format(_count(citing, GALLERY, lang))
        listed.append(f'- <a id="{key}"></a>{write_plainly(text)}<br>{cited}')
    return "\n\n".join([head, *(["\n".join(listed)] if listed else [])]) + "\n"


def _count(names: Sequence[str], page: str, lang: str) -> str:
    """Count names; link each to its place on a page if they are few."""
    around, comma = LISTS[lang]
    links = comma.join(f"[{name}]({page}#{name})" for name in names)
    return f"{len(names)}{around.format(links) if 0 < len(names) <= FEW[page] else ''}"


def _write_html(text: str) -> str:
    """Write a text on one line of HTML: a blank line would end it in Markdown."""
    return escape(" ".join(text.split()))


def write_plainly(text: str) -> str:
    """Write a text on one line so that Markdown shows it as it is."""
    return re.sub(MARKS, lambda mark: mark[1] or f"\\{mark[2]}", " ".join(text.split()))
