"""Citations of the documents behind some rows, and of the data with their version."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from policydata.columns import document_columns, optional, refuse_all, require_columns, take_rows
from policydata.problems import find_nearest
from policydata.tables import Reference, Release, read_data_release, take_reference

# What the data set is, wherever that is told: here, in exports, in the descriptor, and, compared by
# a test, in CITATION.cff, .zenodo.json and pyproject.toml.
TITLE = "policydata: figures of Chinese city policy"
DESCRIPTION = (
    "The figures that Chinese municipal documents promise and report, each tied to the words that "
    "state it"
)
AUTHOR = "The policydata developers"
KEYWORDS = ("China", "municipal policy", "targets", "open data")
LICENCE = ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/")
_STATEMENT_COLUMNS = ("statement_id", "target_id", "outcome_id", "other_id", "next_id")
_NAMING = [optional(name, "names documents") for name in ("document", *_STATEMENT_COLUMNS)]
_CITED = ["id", "title_zh", "title_en", "publisher", "published", "url"]


@document_columns()
def cite(frame: pd.DataFrame, style: str = "text", *, reference: Reference = None) -> str:
    """Cite the documents behind the rows of a table, and the data that we ship with their version.

    Parameters
    ----------
    frame : pandas.DataFrame
        A table with a column `document`, or with ids of statements: `statement_id`, or the
        `target_id` and `outcome_id` of `compare`.
    style : {"text", "bibtex", "gbt7714"}
        English text, BibTeX entries, or references according to GB/T 7714.
    {reference}

    Returns
    -------
    str
        One reference per document, sorted by id, and then the shipped data with their version, year
        and, once they are published, address; with reference tables of your own, the documents
        alone.  Details that a page does not show (a day, an address) are left out.  GB/T 7714 asks
        for the day of access: that of the data is the day of their release, after which a version
        does not change.

    Raises
    ------
    ValueError
        If the style is not known, if the table does not name a document, or if it names one that is
        not in the table of documents; the message lists the nearest ids.
    TypeError
        If `frame` is not a table.

    Examples
    --------
    >>> from policydata import load_statements
    >>> rows = load_statements(indicator="boutique_villages")
    >>> print(cite(rows, style="gbt7714").splitlines()[0])
    郑州全媒体. 政府工作报告摘编:把各项事业推向更高台阶实现更大跨越[EB/OL]. (2023-01).
    """
    cited_data = cite_data(style)
    references = list_references(list_documents(frame), style, reference=reference)
    shipped = [cited_data] if reference is None else []
    return "\n".join([*references.values(), *shipped])


def cite_data(style: str = "text") -> str:
    """Cite this data set with its version, year and address, without documents."""
    _, write_data = _writers(style)
    return write_data(read_data_release())


def list_references(
    documents: Iterable[str], style: str = "text", *, reference: Reference = None
) -> dict[str, str]:
    """Write the reference of each document, sorted by id, without the data set."""
    write, _ = _writers(style)
    rows = select_documents(documents, reference)
    return {row.id: write(row) for row in rows.itertuples()}


def select_documents(documents: Iterable[str], reference: Reference = None) -> pd.DataFrame:
    """Select documents from their table, sorted by id; refuse those that are not in it."""
    table = take_reference(reference, documents=_CITED)["documents"]
    known = table.drop_duplicates("id")
    wanted = set(documents)
    refuse_all([_complain(name, known.id) for name in sorted(wanted - set(known.id))])
    return known[known.id.isin(wanted)].sort_values("id")


def _complain(document: str, known: Iterable[str]) -> str:
    """Say that a document is not known, and which are near."""
    near = find_nearest(document, known)
    nearest = f"nearest: {near}; " if near else ""
    return f'"{document}" is not a document of this data set; {nearest}see load_documents().'


def _writers(style: str) -> tuple[Callable[[Any], str], Callable[[Release], str]]:
    """Return the functions that write a document and the data set in a style."""
    if style not in _STYLES:
        allowed = ", ".join(f'"{name}"' for name in _STYLES)
        raise ValueError(f'"{style}" is not a citation style; allowed: {allowed}.')
    return _STYLES[style]


def names_documents(frame: pd.DataFrame) -> bool:
    """Tell whether a table names documents, itself or through its statements."""
    return any(name in frame for name in ("document", *_STATEMENT_COLUMNS))


def list_documents(frame: pd.DataFrame) -> set[str]:
    """List the documents that a table names, itself or through its statements."""
    require_columns(frame, [], "rows that name documents or statements")
    rows = take_rows(frame, _NAMING)
    if "document" in rows:
        return set(rows.document) - {""}
    columns = [name for name in _STATEMENT_COLUMNS if name in rows]
    if not columns:
        raise ValueError(
            'These rows do not name documents: keep the column "document" or "statement_id".'
        )
    return {text.rpartition(":")[0] for name in columns for text in rows[name]} - {""}


def _write_text(row: Any) -> str:
    """Write a reference in English text, the title in both languages."""
    date = f" ({row.published})" if row.published else " (no date shown)"
    return f"{row.publisher}{date}. {row.title_zh} [{row.title_en}]." + _after(" ", row.url)


def _write_gbt7714(row: Any) -> str:
    """Write a reference to an electronic resource after GB/T 7714."""
    accessed = getattr(row, "accessed", "")
    days = (f"({row.published})" if row.published else "") + (f"[{accessed}]" if accessed else "")
    dated = f" {days}." if days else ""
    return f"{row.publisher}. {row.title_zh}[EB/OL].{dated}" + _after(" ", row.url)


def _write_bibtex(row: Any) -> str:
    """Write a BibTeX entry; braces keep the publisher one name."""
    return _write_entry(
        row.id,
        author=f"{{{row.publisher.translate(_ESCAPES)}}}",
        title=row.title_zh.translate(_ESCAPES),
        note=row.title_en.translate(_ESCAPES),
        year=row.published[:4],
        date=row.published,
        url=row.url,
        urldate=getattr(row, "accessed", ""),
    )


def _write_entry(key: str, **fields: str) -> str:
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@misc{{{key},", *lines, "}"])


def _write_data_text(release: Release) -> str:
    year = f" ({release.day[:4]})" if release.day else ""
    cited = f"{AUTHOR}{year}. {TITLE}. Data version {release.version}."
    return cited + _after(" ", release.address)


def _write_data_bibtex(release: Release) -> str:
    return _write_entry(
        "policydata",
        author=f"{{{AUTHOR}}}",
        title=TITLE,
        note=f"Data version {release.version}",
        year=release.day[:4],
        date=release.day,
        url=release.address,
        urldate=release.day if release.address else "",
    )


def _write_data_gbt7714(release: Release) -> str:
    """Write the reference of a data set; only one that is online has a day of access."""
    carrier = "DS/OL" if release.address else "DS"
    days = f"({release.day})" + (f"[{release.day}]" if release.address else "")
    dated = f" {days}." if release.day else ""
    cited = f"{AUTHOR}. {TITLE}[{carrier}]. 数据版本 {release.version}.{dated}"
    return cited + _after(" ", release.address)


def _after(space: str, text: str) -> str:
    return f"{space}{text}" if text else ""


# An unescaped per cent sign would hide the rest of the entry from LaTeX.
_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in "&%#$_"} | {"~": r"\textasciitilde{}"})
_STYLES: dict[str, tuple[Callable[[Any], str], Callable[[Release], str]]] = {
    "text": (_write_text, _write_data_text),
    "bibtex": (_write_bibtex, _write_data_bibtex),
    "gbt7714": (_write_gbt7714, _write_data_gbt7714),
}
