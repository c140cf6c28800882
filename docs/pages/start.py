"""The start page: what this is, the first lines to run, and the gallery; and the navigation."""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path, PurePosixPath

from pages.copied import lead
from pages.figures import Figure, write_cards
from pages.markup import join_parts, write_link, write_toctree
from pages.work import Work

_GUIDES = (
    "README.md", "README.zh.md", "docs/recipes.md", "CONTRIBUTING.md", "CONTRIBUTING.zh.md",
    "data/README.md", "data/CODEBOOK.md", "data/CODEBOOK.zh.md", "data/GUIDE.md",
    "data/GUIDE.zh.md",
)  # fmt: skip
_PAGES = (
    "Explorer <explorer>", "Places <places/index>", "Indicators <indicators/index>",
    "notebooks/index", "guide", "api/index", "Documents <documents>", "changes",
)  # fmt: skip
# What the navigation calls a page whose heading says less.
_NAMES = {
    "README.md": "About", "README.zh.md": "About, in Chinese 关于",
    "CONTRIBUTING.md": "Add a document",
    "CONTRIBUTING.zh.md": "Add a document, in Chinese 新增文件",
    "data/README.md": "Data card", "data/CODEBOOK.zh.md": "Codebook, in Chinese 变量说明",
    "data/GUIDE.zh.md": "Coding guide, in Chinese 编码手册",
}  # fmt: skip


def write_start(work: Work, figures: list[Figure], copied: list[str], notebooks: list[str]) -> None:
    """Write the start page, and the lists of pages that make the navigation."""
    sentence, lines = _read_opening(work.root / "README.md")
    explorer = write_link("Search and filter all statements in the explorer", "explorer.html")
    chinese = write_link('<span lang="zh">中文说明</span>', "README.zh.html")
    ways = f"<p>{explorer} · {chinese}</p>"
    parts = [f"# policydata\n\n{sentence}", ways, lines, "## Figures"]
    for _, group in groupby(figures, lambda figure: figure.notebook):
        shown = list(group)
        parts += [f"### {shown[0].question}", write_cards(shown, up="")]
    work.write("index.md", join_parts(*parts, write_toctree(_PAGES, "hidden:")))
    listed = write_toctree([Path(one).stem for one in notebooks], "maxdepth: 1")
    work.write("notebooks/index.md", join_parts("# Notebooks", listed))
    others = [one for one in copied if one not in (*_GUIDES, "CHANGELOG.md")]
    guides = [one for one in (*_GUIDES, *others) if one in copied]
    tree = write_toctree([_name(one) for one in guides], "maxdepth: 1")
    work.write("guide.md", join_parts("# Guide", tree))
    work.write("changes.md", join_parts("# Changes", write_toctree(["CHANGELOG.md"])))


def _name(page: str) -> str:
    """Name a page in the navigation."""
    return f"{_NAMES[page]} <{page}>" if page in _NAMES else page


def _read_opening(readme: Path) -> tuple[str, str]:
    """Read the sentence and the first lines of code that open the README."""
    text = readme.read_text("utf-8")
    # Badges and links to other pages come before it.
    sentence = next(one for one in text.split("\n\n")[1:] if "](" not in one)
    code = re.search(r"(?ms)^```python\n.*?^```", text)
    assert code, "the README opens with lines that work"
    return sentence, lead(code[0], PurePosixPath("README.md"), set(), {})
