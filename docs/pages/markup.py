"""HTML and Markdown as the pages write them: links, tables, pictures, Chinese as Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

import pandas as pd

# Chinese characters, with the punctuation and the digits between them.
_CHINESE = r"[\u3400-\u9fff][\u3000-\u9fff\uff00-\uffef\u2014\u2018-\u201d·.%\d—-]*"


def write_html(text: str) -> str:
    """Write a text on one line of HTML; a screen reader is told what is Chinese."""
    escaped = escape(" ".join(str(text).split()))
    return re.sub(_CHINESE, lambda found: f'<span lang="zh">{found[0]}</span>', escaped)


def write_link(text: str, address: str) -> str:
    """Write a link; its text is HTML already."""
    return f'<a href="{escape(address)}">{text}</a>'


def write_title(english: str, chinese: str) -> str:
    """Write the heading of a page in both languages."""
    return f"# {english} [{chinese}]{{.language-zh}}"


def write_entries(names: Iterable[str]) -> str:
    """Write entries of the index, by which the search finds a page under any of its names.

    They stand above a heading, which they lead to.  The search compares small letters.
    """
    different = dict.fromkeys(name.lower().replace(";", ",") for name in names if name)
    lines = [f"   ! single: {name}" for name in different]
    return "\n".join(["```{eval-rst}", ".. index::", *lines, "```"])


def fold(items: Sequence[str], separator: str, shown: int = 6) -> str:
    """Join items; many are folded away under their number."""
    joined = separator.join(items)
    if len(items) <= shown:
        return joined
    return f"<details><summary>{len(items)}</summary>{joined}</details>"


def write_facts(facts: Mapping[str, str]) -> str:
    """Write a list of facts under their names; facts that are blank are left out."""
    items = [f"<dt>{escape(name)}</dt><dd>{fact}</dd>" for name, fact in facts.items() if fact]
    return "\n".join(['<dl class="facts">', *items, "</dl>"])


def write_table(table: pd.DataFrame, name: str, ids: Sequence[str] = ()) -> str:
    """Write a table of HTML cells; the first column heads its rows.

    A wide table scrolls by itself, also with the keyboard, which is why it has a name.  Rows may
    have ids to be linked to.
    """
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in table)
    rows = table.to_numpy("object").tolist()
    marks = [f' id="{escape(one)}"' for one in ids] or [""] * len(rows)
    body = [
        f'<tr{mark}><th scope="row">{first}</th>'
        + "".join(f"<td>{cell}</td>" for cell in others)
        + "</tr>"
        for mark, (first, *others) in zip(marks, rows, strict=True)
    ]
    opening = f'<div class="scrolled" role="region" aria-label="{escape(name)}" tabindex="0">'
    return "\n".join([opening, '<table class="table">', f"<thead><tr>{heads}</tr></thead>",
                      "<tbody>", *body, "</tbody></table></div>"])  # fmt: skip


def write_toctree(pages: Iterable[str], *options: str) -> str:
    """Write a list of pages for the navigation."""
    return "\n".join(["```{toctree}", *(f":{option}" for option in options), "", *pages, "```"])


def join_parts(*parts: str) -> str:
    """Join the parts of a page, without those that are blank."""
    return "\n\n".join(filter(None, parts)) + "\n"
