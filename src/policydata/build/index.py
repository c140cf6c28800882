"""The index of the figures: what each shows, which cell made it, and where it is from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from policydata.build.files import BuildError, write_together
from policydata.citation import list_references
from policydata.tables import read_data_version

FOLDERS = {"en": "figures", "zh": "figures/zh"}
INDEX = "README.md"
LINKED = (".pdf", ".svg", ".png", ".csv")
SUFFIXES = (*LINKED, ".json")
# A web address is kept; elsewhere these characters would be read as Markdown, HTML or a formula.
MARKS = r"(https?://\S+)|([\\`*_~<$])"
TITLES = {
    "en": ("# Figures", "`policydata build` writes this page."),
    "zh": ("# 图表", "本页由 `policydata build --lang zh` 生成。"),
}
FACTS = {
    "en": """- Made by [{notebook}](../{notebook}), cell `In [{cell}]`
- Rows: {rows}; SHA-256 of the CSV: `{digest}`
- Data version: {version}
- Documents: {documents}
- {links}""",
    "zh": """- 由 [{notebook}](../../{notebook}) 的单元 `In [{cell}]` 生成
- 行数：{rows}；CSV 的 SHA-256：`{digest}`
- 数据版本：{version}
- 引用文献：{documents}
- {links}""",
}
COMMAS = {"en": ", ", "zh": "、"}
CITED = {"en": "## Documents cited", "zh": "## 引用文献"}
STYLES = {"en": "text", "zh": "gbt7714"}


def figure_files(folder: Path, names: Iterable[str]) -> list[Path]:
    """List the five files of each figure."""
    return [folder / f"{name}{suffix}" for name in names for suffix in SUFFIXES]


def write_index(project: Path, makers: Mapping[str, tuple[str, int]], lang: str = "en") -> None:
    """Write the index of the figures of one language from what `save_figure` noted of each.

    `makers` names the notebook and the cell of each figure. A file in the folder that no notebook
    makes raises BuildError, and so does a figure that names an unknown document.
    """
    _refuse_strays(project, lang, makers)
    folder, parts, cited = project / FOLDERS[lang], [*TITLES[lang]], dict[str, str]()
    for name, maker in sorted(makers.items()):
        figure = json.loads((folder / f"{name}.json").read_bytes())
        try:
            cited |= list_references(figure["documents"], STYLES[lang])
        except ValueError as refusal:
            raise BuildError(f"{FOLDERS[lang]}/{name}.json: {refusal}") from None
        parts += _describe_figure(folder, figure, maker, lang)
    listed = [f'- <a id="{key}"></a>{_write_plainly(text)}' for key, text in sorted(cited.items())]
    parts += [CITED[lang], "\n".join(listed)] if listed else []
    write_together({folder / INDEX: "\n\n".join(parts) + "\n"})


def _refuse_strays(project: Path, lang: str, names: Iterable[str]) -> None:
    """Refuse files that no notebook makes; the folder of another language is not one of them."""
    folder = project / FOLDERS[lang]
    known = {folder / INDEX, *figure_files(folder, names), *map(project.joinpath, FOLDERS.values())}
    present = (file for file in folder.iterdir() if not file.name.startswith("."))
    if strays := sorted(file.name for file in present if file not in known):
        listed = ", ".join(f"{FOLDERS[lang]}/{name}" for name in strays)
        raise BuildError(
            f"No notebook makes {listed}: delete what is left over, or write the figure's name "
            'out in a notebook, as in save_figure(axes, "name", rows, caption=...).'
        )


def _describe_figure(
    folder: Path, figure: Mapping[str, Any], maker: tuple[str, int], lang: str
) -> list[str]:
    """Write the heading, the picture, the caption in each language and the facts of one figure."""
    name, (notebook, cell) = figure["name"], maker
    facts = FACTS[lang].format(
        notebook=notebook,
        cell=cell,
        rows=figure["rows"],
        digest=sha256((folder / f"{name}.csv").read_bytes()).hexdigest()[:12],
        version=read_data_version(),
        documents=COMMAS[lang].join(f"[{one}](#{one})" for one in figure["documents"]),
        links=" · ".join(f"[{suffix[1:].upper()}]({name}{suffix})" for suffix in LINKED),
    )
    captions = map(_write_plainly, figure["captions"].values())
    return [f"## {name}", f"![{name}]({name}.png)", *captions, facts]


def _write_plainly(text: str) -> str:
    """Write a text on one line so that Markdown shows it as it is."""
    return re.sub(MARKS, lambda mark: mark[1] or f"\\{mark[2]}", " ".join(text.split()))
