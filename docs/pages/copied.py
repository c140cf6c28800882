"""Pages that the project has as Markdown, with their links leading to pages of the site."""

from __future__ import annotations

import re
from collections.abc import Mapping
from os.path import relpath
from pathlib import Path, PurePosixPath

from pages.work import Work

# A fence of code, a link or a picture, and code in a line.
_PARTS = r"""(?msx)
    (^```.*?^```$)
    | (!?)\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\(([^()\s]+)\)
    | (?<!`)`([^`\n]+)`(?!`)
"""
# What stands on another page of the site.
_ELSEWHERE = {
    "figures/README.md": "index.md",
    "figures/SOURCES.md": "documents.md",
    "figures/zh/README.md": "index.md",
}


def list_copied(root: Path) -> list[str]:
    """List the pages of the project that the site shows, by their paths."""
    patterns = ("README*.md", "CONTRIBUTING*.md", "CHANGELOG*.md", "data/*.md", "docs/*.md")
    files = [file for pattern in patterns for file in sorted(root.glob(pattern))]
    return [file.relative_to(root).as_posix() for file in files]


def write_copied(work: Work, names: Mapping[str, str]) -> list[str]:
    """Write copies of the pages of the project; list them.

    `names` are the public names by how a page may write them, with what leads to each.
    """
    copied = list_copied(work.root)
    pages = {*copied, *_ELSEWHERE}
    pages |= {f"notebooks/{path.name}" for path in work.root.glob("notebooks/*.ipynb")}
    for page in copied:
        text = (work.root / page).read_text("utf-8")
        work.write(page, lead(text, PurePosixPath(page), pages, names))
        for target in _list_files(text, PurePosixPath(page), work.root, pages):
            work.write(target, (work.root / target).read_bytes())
    return copied


def lead(text: str, page: PurePosixPath, pages: set[str], names: Mapping[str, str]) -> str:
    """Lead links and names in the text of a page to pages of the site.

    A picture from elsewhere becomes its words: the site fetches nothing.

    Examples
    --------
    >>> pages = {"data/GUIDE.md", "figures/README.md"}
    >>> here = PurePosixPath("README.md")
    >>> lead("See `data/GUIDE.md` and [all](figures/README.md).", here, pages, {})
    'See [`data/GUIDE.md`](data/GUIDE.md) and [all](index.md).'
    >>> lead("[![CI](https://x.org/ci.svg)](https://x.org/ci)", here, pages, {})
    '[CI](https://x.org/ci)'
    """

    def replace(found: re.Match[str]) -> str:
        fence, picture, words, target, code = found.groups()
        if fence:
            # A doctest ends with a blank line, which a reader need not see.
            return re.sub(r"\n+```$", "\n```", fence)
        if code is not None:
            return _lead_code(code, page, pages, names)
        if picture:
            return words if "//" in target else found[0]
        words = re.sub(r"!\[([^\]]*)\]\([^)]*//[^)]*\)", r"\1", words)
        return f"[{words}]({_lead_link(target, page, pages)})"

    return re.sub(_PARTS, replace, text)


def _lead_link(target: str, page: PurePosixPath, pages: set[str]) -> str:
    """Lead a link to what stands on another page of the site."""
    path, _, anchor = target.partition("#")
    found = _resolve(path, page)
    if found not in pages or found not in _ELSEWHERE:
        return target
    led = relpath(_ELSEWHERE[found], page.parent)
    return f"{led}#{anchor}" if anchor else led


def _lead_code(code: str, page: PurePosixPath, pages: set[str], names: Mapping[str, str]) -> str:
    """Make a link of a code that names a page, a notebook or a public name."""
    if code in names:
        return names[code]
    for path in (_resolve(code, page), code, f"notebooks/{code}.ipynb"):
        if path in pages and path != str(page):
            return f"[`{code}`]({relpath(_ELSEWHERE.get(path, path), page.parent)})"
    return f"`{code}`"


def _list_files(text: str, page: PurePosixPath, root: Path, pages: set[str]) -> list[str]:
    """List the files, and pictures, that a page links to and that are no pages."""
    targets = [found[4] for found in re.finditer(_PARTS, text) if found[4]]
    paths = [_resolve(target.partition("#")[0], page) for target in targets if "//" not in target]
    return [path for path in paths if path not in pages and (root / path).is_file()]


def _resolve(target: str, page: PurePosixPath) -> str:
    """Resolve a target from the folder of a page."""
    return relpath(page.parent / target) if target else str(page)
