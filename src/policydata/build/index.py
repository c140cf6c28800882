"""The index of the figures, written from their files alone: what a reader sees of each, and whence.

The caption is read back from the drawing and the documents from the table, so that neither is
typed a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

from policydata.build.errors import BuildError
from policydata.build.figures import FOLDERS, INDEX, SUFFIXES, refuse_strays
from policydata.build.source import Maker
from policydata.build.tables import write_whole
from policydata.citation import list_documents, list_references
from policydata.tables import read_csv, read_data_version

__all__ = ["write_index"]

DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
# An address stays as it is; elsewhere these would be marks of Markdown, of HTML or of a formula.
MARKS = re.compile(r"(https?://\S+)|([\\`*_~<$])")


@dataclass(frozen=True)
class _Words:
    """What an index says in one language, with braces for what differs; its style of reference."""

    style: str
    title: str
    written: str
    made: str
    rows: str
    version: str
    documents: str
    comma: str
    cited: str


WORDS = {
    "en": _Words(
        style="text",
        title="Figures",
        written="`policydata build` writes this page.",
        made="Made by {notebook}, cell `In [{cell}]`",
        rows="Rows: {count}; SHA-256 of the CSV: `{digest}`",
        version="Data version: {version}",
        documents="Documents: {links}",
        comma=", ",
        cited="Documents cited",
    ),
    "zh": _Words(
        style="gbt7714",
        title="图表",
        written="本页由 `policydata build --lang zh` 生成。",
        made="由 {notebook} 的单元 `In [{cell}]` 生成",
        rows="行数：{count}；CSV 的 SHA-256：`{digest}`",
        version="数据版本：{version}",
        documents="引用文献：{links}",
        comma="、",
        cited="引用文献",
    ),
}


def write_index(project: Path, makers: Mapping[str, Maker], lang: str = "en") -> None:
    """Write the index of the figures of one language, if it is to change.

    Parameters
    ----------
    project : Path
        The root of the project.
    makers : mapping of str to Maker
        The notebook and the cell that make each figure.
    lang : {"en", "zh"}
        The language of the figures and of the index.

    Raises
    ------
    BuildError
        If a file beside the figures belongs to no notebook, or a figure's rows name a document
        that is not ours.
    """
    refuse_strays(project, lang, makers)
    words, folder = WORDS[lang], project / FOLDERS[lang]
    parts, every = [f"# {words.title}", words.written], dict[str, str]()
    for name in sorted(makers):
        rows = read_csv(folder / f"{name}.csv")
        cited = _references(rows, f"{FOLDERS[lang]}/{name}.csv", words.style)
        links = words.comma.join(f"[{document}](#{document})" for document in cited)
        parts += _section(folder / name, words, _made(makers[name], lang), len(rows), links)
        every |= cited
    parts += [f"## {words.cited}", _list_cited(every)] if every else []
    write_whole(folder / INDEX, "\n\n".join(parts) + "\n")


def _references(rows: pd.DataFrame, file: str, style: str) -> dict[str, str]:
    """The reference of each document that a figure's rows name, by id."""
    try:
        return list_references(list_documents(rows), style)
    except ValueError as refusal:
        raise BuildError(f"{file}: {refusal}") from None


def _section(figure: Path, words: _Words, made: str, count: int, links: str) -> list[str]:
    """The heading, the picture, the caption in each language and the facts of one figure."""
    name = figure.name
    digest = sha256(figure.with_suffix(".csv").read_bytes()).hexdigest()[:12]
    facts = [
        made,
        words.rows.format(count=count, digest=digest),
        words.version.format(version=read_data_version()),
        words.documents.format(links=links),
        " · ".join(f"[{suffix[1:].upper()}]({name}{suffix})" for suffix in SUFFIXES),
    ]
    captions = _captions(figure.with_suffix(".svg"))
    return [f"## {name}", f"![{name}]({name}.png)", *captions, "\n".join(f"- {x}" for x in facts)]


def _made(maker: Maker, lang: str) -> str:
    """Say which cell of which notebook makes a figure."""
    up = "../" * len(Path(FOLDERS[lang]).parts)
    link = f"[{maker.notebook}]({up}{maker.notebook})"
    return WORDS[lang].made.format(notebook=link, cell=maker.cell)


def _captions(drawing: Path) -> list[str]:
    """The captions that an SVG file carries: a line in its own language, a line in the other."""
    described = ElementTree.parse(drawing).findtext(f".//{DESCRIPTION}") or ""
    lines = (" ".join(line.split()) for line in described.splitlines())
    return [_write_plainly(line) for line in lines if line]


def _list_cited(references: Mapping[str, str]) -> str:
    """List the references by id, each where links to it arrive."""
    listed = sorted(references.items())
    return "\n".join(f'- <a id="{key}"></a>{_write_plainly(text)}' for key, text in listed)


def _write_plainly(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return MARKS.sub(lambda mark: mark[1] or f"\\{mark[2]}", text)
