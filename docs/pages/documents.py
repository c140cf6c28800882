"""The documents behind the statements, each with its reference."""

from __future__ import annotations

from html import escape

import pandas as pd

from pages.markup import join_parts, write_html, write_link, write_table
from pages.statements import count, link_filter
from pages.work import Work
from policydata.charts.words import say_word
from policydata.citation import list_references
from policydata.vocabularies import translate_word


def write_documents(work: Work, documents: pd.DataFrame, statements: pd.DataFrame) -> None:
    """Write the page of all documents that statements are from."""
    counts = statements.document.value_counts()
    cited = documents[documents.id.isin(counts.index)].sort_values("id")
    references = list_references(cited.id)
    table = pd.DataFrame({
        "Document": [f"<code>{escape(one)}</code>" for one in cited.id],
        "Reference": [_write_reference(references[one]) for one in cited.id],
        "Read": [escape(translate_word("scope", one, "en")) for one in cited.scope],
        "Reliability": [escape(say_word("reliability", one, "en")) for one in cited.reliability],
        "Statements": [link_filter("document", one, f"{counts[one]:,}", up="") for one in cited.id],
    })  # fmt: skip
    intro = f"{count(len(cited), 'document')}: the texts themselves are not part of the project."
    head = "# Documents [文件]{.language-zh}"
    work.write(
        "documents.md", join_parts(head, intro, write_table(table, "Documents", list(cited.id)))
    )


def _write_reference(reference: str) -> str:
    """Write a reference with its address as a link."""
    words, space, address = reference.rpartition(" ")
    if not address.startswith("http"):
        return write_html(reference)
    return write_html(words) + space + write_link(write_html(address), address)
