"""The files of a draft: the workbook, and beside it the plain text that its quotes refer to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from policydata.coder.documents import propose_document
from policydata.coder.draft import propose_rows
from policydata.coder.positions import fold_text
from policydata.coder.sources import find_document_place
from policydata.coder.texts import Text, read_text
from policydata.messages import say
from policydata.numerals import NUMERAL
from policydata.problems import say_count
from policydata.schema import DRAFT, REFERENCE
from policydata.tables import Reference, take_reference

# The tables in which a coder looks up what to type.
_LOOKED_UP = ("places", "indicators", "units")
_WRITTEN = "{text}: {done}; {file} has its plain text, to which quotes and checksum refer."
_TAKEN = '"{path}" exists; a draft is written over nobody\'s work: name another file.'
_COUNTED = (
    "{known}; {rows}: {figures} proposed, {exclusions} proposed, {in_words} of the statements "
    "without a digit ({numerals}: {stated} in statements, {excluded} excluded); open {file} and "
    "mark each row."
)


class Draft(NamedTuple):
    """The files of a draft, not yet written, and what a person is told about it."""

    files: Mapping[Path, bytes]
    said: str


def make_draft(
    path: Path,
    target: Path,
    *,
    reference: Reference = None,
    document: str = "",
    place: str = "",
    published: str = "",
) -> Draft:
    """Make the draft of a text, without writing it.

    Parameters
    ----------
    path : Path
        The text, as `read_text` reads it.
    target : Path
        The workbook; the plain text goes beside it where `path` is not UTF-8.
    reference : str, Path or dict of DataFrame, optional
        Reference tables of your own; the shipped ones if not given.
    document, place, published : str, optional
        What is known of the document; what is not given is guessed.

    Returns
    -------
    Draft
        The files with their bytes, and a line that counts what is proposed.

    Raises
    ------
    ValueError
        If the text cannot be read, if a file is there already, or if what is given is not known.
    """
    from policydata.coder.base import make_base
    from policydata.coder.workbook import write_workbook

    text = read_text(path)
    files = _name_files(path, target, text)
    tables = take_reference(reference)
    documents = propose_document(text, path, tables["documents"], document, published)
    known = documents.loc[0, ["id", "published"]].tolist()
    rows = propose_rows(
        text.text, known[0], reference=tables, place=place, published=published or known[1]
    )
    sheets = {
        "draft": (rows, DRAFT),
        "documents": (documents, REFERENCE["documents"]),
        **{name: (tables[name], REFERENCE[name]) for name in _LOOKED_UP},
    }
    book = BytesIO()
    # Tables that change until the draft is taken are no business of the draft.
    write_workbook(book, sheets, make_base(sheets, {name: tables[name] for name in _LOOKED_UP}))
    own = find_document_place(fold_text(text.text).folded, known[0], tables["places"], place)
    counted = say(_COUNTED, known=_name(known[0], own), file=target, **_count(rows, text))
    lines = [*_say_written(path, text, files), counted]
    # The workbook comes last: once it is there, a draft is not written again.
    return Draft({**files, target: book.getvalue()}, "\n".join(lines))


def _name_files(path: Path, target: Path, text: Text) -> dict[Path, bytes]:
    """Name the file of the plain text, if one is needed; refuse files that are there."""
    beside = target.with_suffix(".txt")
    if beside.exists() and beside.samefile(path):
        beside = target.with_name(f"{target.stem}-utf8.txt")
    files = {beside: text.raw} if text.done else {}
    for file in (target, *files):
        if file.exists() and not (file in files and file.read_bytes() == text.raw):
            raise ValueError(say(_TAKEN, path=file))
    return files


def _say_written(path: Path, text: Text, files: Mapping[Path, bytes]) -> list[str]:
    return [say(_WRITTEN, text=path, done=text.done, file=file) for file in files]


def _name(document: str, place: str) -> str:
    """Name the document, and the place of which its figures are taken to be."""
    if place:
        return say("document {document}, place {place}", document=document, place=place)
    unknown = "document {document}, no place known (name it with --place ID)"
    return say(unknown, document=document)


def _count(rows: pd.DataFrame, text: Text) -> dict[str, object]:
    """Count the proposals of each kind, and the numerals that each holds: a range holds two."""
    is_figure = rows.reason.eq("")
    inside = rows.value_text[is_figure].str.count(NUMERAL)
    excluded = int((~is_figure).sum())
    return {
        "rows": say_count(len(rows), "row"),
        "figures": say_count(len(inside), "statement"),
        "exclusions": say_count(excluded, "exclusion"),
        "in_words": int(inside.eq(0).sum()),
        "numerals": say_count(len(re.findall(NUMERAL, text.text)), "numeral"),
        "stated": int(inside.sum()),
        "excluded": excluded,
    }
