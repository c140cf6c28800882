"""The index of the figures, written from their files alone: what each shows and where it is from.

The caption is read back from the drawing and the documents from the table, so that neither is
typed a second time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from policydata.build.errors import BuildError
from policydata.build.figures import FOLDERS, INDEX, SUFFIXES, refuse_strays
from policydata.build.files import write_together
from policydata.build.source import Maker
from policydata.citation import list_documents, list_references
from policydata.tables import read_csv, read_data_version

__all__ = ["write_index"]

DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
# An address stays as it is; elsewhere these would be marks of Markdown, of HTML or of a formula.
MARKS = r"(https?://\S+)|([\\`*_~<$])"
# What an index says in each language, with braces for what differs, and its style of reference.
WORDS = {
    "en": {
        "title": "# Figures",
        "written": "`policydata build` writes this page.",
        "made": "Made by [{notebook}](../{notebook}), cell `In [{cell}]`",
        "rows": "Rows: {count}; SHA-256 of the CSV: `{digest}`",
        "version": "Data version: {version}",
        "documents": "Documents: {links}",
        "comma": ", ",
        "cited": "## Documents cited",
        "style": "text",
    },
    "zh": {
        "title": "# 图表",
        "written": "本页由 `policydata build --lang zh` 生成。",
        "made": "由 [{notebook}](../../{notebook}) 的单元 `In [{cell}]` 生成",
        "rows": "行数：{count}；CSV 的 SHA-256：`{digest}`",
        "version": "数据版本：{version}",
        "documents": "引用文献：{links}",
        "comma": "、",
        "cited": "## 引用文献",
        "style": "gbt7714",
    },
}


def write_index(project: Path, makers: Mapping[str, Maker], lang: str = "en") -> None:
    """Write the index of the figures of one language, if it is to change.

    A file beside the figures that no notebook makes is a BuildError, and so is a figure whose rows
    name a document that is not ours.
    """
    refuse_strays(project, lang, makers)
    words, folder = WORDS[lang], project / FOLDERS[lang]
    parts, every = [words["title"], words["written"]], dict[str, str]()
    for name, maker in sorted(makers.items()):
        rows = read_csv(folder / f"{name}.csv")
        try:
            cited = list_references(list_documents(rows), words["style"])
        except ValueError as refusal:
            raise BuildError(f"{FOLDERS[lang]}/{name}.csv: {refusal}") from None
        parts += _describe_figure(folder / name, maker, words, len(rows), cited)
        every |= cited
    listed = [f'- <a id="{key}"></a>{_write_plainly(text)}' for key, text in sorted(every.items())]
    parts += [words["cited"], "\n".join(listed)] if listed else []
    write_together({folder / INDEX: "\n\n".join(parts) + "\n"})


def _describe_figure(
    figure: Path, maker: Maker, words: Mapping[str, str], count: int, cited: Mapping[str, str]
) -> list[str]:
    """The heading, the picture, the caption in each language and the facts of one figure."""
    name = figure.name
    digest = sha256(figure.with_suffix(".csv").read_bytes()).hexdigest()[:12]
    links = words["comma"].join(f"[{document}](#{document})" for document in cited)
    facts = [
        words["made"].format(notebook=maker.notebook, cell=maker.cell),
        words["rows"].format(count=count, digest=digest),
        words["version"].format(version=read_data_version()),
        words["documents"].format(links=links),
        " · ".join(f"[{suffix[1:].upper()}]({name}{suffix})" for suffix in SUFFIXES),
    ]
    captions = _read_captions(figure.with_suffix(".svg"))
    listed = "\n".join(f"- {fact}" for fact in facts)
    return [f"## {name}", f"![{name}]({name}.png)", *captions, listed]


def _read_captions(drawing: Path) -> list[str]:
    """The captions that an SVG file carries: a line in its own language, a line in the other."""
    described = ElementTree.parse(drawing).findtext(f".//{DESCRIPTION}") or ""
    lines = (" ".join(line.split()) for line in described.splitlines())
    return [_write_plainly(line) for line in lines if line]


def _write_plainly(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return re.sub(MARKS, lambda mark: mark[1] or f"\\{mark[2]}", text)
