"""Pages of the site as tests read them: what they refer to, and what can be referred to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass
class PageRead(HTMLParser):
    """What a page has: ids, references with their tags, pictures, headings, its language."""

    ids: list[str] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[dict[str, str | None]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    lang: str | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        self.ids += [found["id"]] if found.get("id") else []
        self.references += [(tag, found[name]) for name in ("href", "src") if found.get(name)]
        self.pictures += [found] if tag == "img" else []
        self.headings += [int(tag[1])] if tag in HEADINGS else []
        self.lang = found.get("lang") if tag == "html" else self.lang


def read_pages(folder: Path) -> dict[str, PageRead]:
    """Read every page of the site, by its path."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        name = file.relative_to(folder).as_posix()
        if not name.startswith("_static/"):
            pages[name] = page = PageRead()
            page.feed(file.read_text("utf-8"))
    return pages
