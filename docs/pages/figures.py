"""The figures of the gallery: what each shows and says, a page for each, and its files."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

from pages.markup import fold, join_parts, write_facts, write_html, write_link
from pages.statements import count
from pages.work import Work
from policydata.build.index import TITLES, figure_files
from policydata.build.notebooks import list_makers, read_notebook
from policydata.build.pages import LINKED, write_plainly
from policydata.tables import read_csv

# As wide as a card of the gallery, twice for fine screens, in pixels.
THUMBNAIL = 720
_IDS = ["statement_id", "target_id"]


@dataclass(frozen=True)
class Figure:
    """A figure: its texts, its notebook with question and cell, and the rows behind it."""

    name: str
    told: dict[str, Any]
    notebook: str
    question: str
    cell: int
    rows: pd.DataFrame

    @property
    def title(self) -> str:
        """The finding."""
        return str(self.told["title"])

    @property
    def alt(self) -> str:
        """What is seen."""
        return str(self.told["alt"])

    def names(self, column: str) -> list[str]:
        """List the places or the indicators that the figure has statements of."""
        return list(self.rows[column].unique())


def read_figures(root: Path) -> list[Figure]:
    """Read the figures in the order in which the notebooks make them."""
    notebooks = [read_notebook(path) for path in sorted(root.glob("notebooks/*.ipynb"))]
    makers = list_makers(notebooks)
    titles = read_csv(root / TITLES)
    questions = dict(zip(titles.figure, titles.en, strict=True))
    found = []
    for name, (notebook, cell) in sorted(makers.items(), key=lambda made: made[1]):
        told = json.loads((root / f"figures/{name}.json").read_bytes())
        rows = read_csv(root / f"figures/{name}.csv")
        stated = rows[rows[[one for one in _IDS if one in rows]].ne("").any(axis=1)]
        question = questions[Path(notebook).stem]
        found.append(Figure(name, told, notebook, question, cell, stated))
    return found


def write_figures(work: Work, figures: list[Figure]) -> None:
    """Write the page of each figure, and put its files and its thumbnail beside it."""
    extra = work.build / "extra" / "figures"
    for lang in ("", "zh"):
        here = work.root / "figures" / lang
        (extra / lang).mkdir(parents=True, exist_ok=True)
        for file in figure_files(here, [figure.name for figure in figures]):
            if file.suffix in LINKED and file.is_file():
                (extra / lang / file.name).write_bytes(file.read_bytes())
    (extra / "thumbnails").mkdir(exist_ok=True)
    for figure in figures:
        small = _shrink(work.root / f"figures/{figure.name}.png")
        (extra / "thumbnails" / f"{figure.name}.png").write_bytes(small)
        work.write(f"figures/{figure.name}.md", _write_page(figure, work.root))


def _shrink(file: Path) -> bytes:
    """Shrink a picture to the width of a card, in a palette of its own."""
    with Image.open(file) as whole:
        height = round(whole.height * THUMBNAIL / whole.width)
        small = whole.convert("RGB").resize((THUMBNAIL, height), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.quantize(64).save(written, "png", optimize=True)
    return written.getvalue()


def _write_page(figure: Figure, root: Path) -> str:
    """Write the page of a figure."""
    name = figure.name
    picture = f'<img class="whole" src="{name}.svg" alt="{escape(figure.alt)}">'
    notebook = f"../notebooks/{Path(figure.notebook).stem}.html"
    places, indicators = figure.names("place"), figure.names("indicator")
    in_chinese = (root / f"figures/zh/{name}.svg").is_file()
    facts = {
        "Files": list_files(figure),
        "In Chinese": list_files(figure, "zh") if in_chinese else "",
        "Made by": write_link(escape(figure.question), notebook) + f", cell In [{figure.cell}]",
        "Rows": count(figure.told["rows"], "row"),
        "Places": _list_links(places, "../places/{}.html"),
        "Indicators": _list_links(indicators, "../indicators/{}.html"),
        "Documents": _list_links(figure.told["documents"], "../documents.html#{}"),
    }  # fmt: skip
    return join_parts(
        # It is reached from the gallery, and would crowd the navigation.
        "---\norphan: true\n---",
        f"# {write_plainly(figure.title)}",
        write_link(picture, f"{name}.svg"),
        f"<p>{write_html(figure.told['caption'])}</p>",
        write_facts(facts),
    )


def list_files(figure: Figure, lang: str = "", folder: str = "") -> str:
    """List links to the files of a figure, each named in full for who hears them one by one."""
    links = []
    for suffix in LINKED:
        kind = suffix[1:].upper()
        address = f"{folder}{lang}{'/' if lang else ''}{figure.name}{suffix}"
        label = f"{kind} of: {figure.title}"
        links.append(f'<a href="{address}" aria-label="{escape(label)}">{kind}</a>')
    return " · ".join(links)


def _list_links(names: list[str], address: str) -> str:
    return fold([write_link(escape(name), address.format(name)) for name in names], " · ")


def write_cards(figures: list[Figure], up: str = "../") -> str:
    """Show figures as cards: the picture, its finding, and links to notebook and files."""
    cards = [_write_card(figure, up) for figure in figures]
    return "\n".join(['<ul class="gallery">', *cards, "</ul>"])


def _write_card(figure: Figure, up: str) -> str:
    rows = figure.told["rows"]
    picture = (
        f'<img src="{up}figures/thumbnails/{figure.name}.png" alt="{escape(figure.alt)}" '
        f'width="{THUMBNAIL}" loading="lazy">'
    )
    finding = f'<span class="finding">{escape(figure.title)}</span>'
    notebook = f"{up}notebooks/{Path(figure.notebook).stem}.html"
    made = f'<a href="{notebook}" aria-label="Notebook of: {escape(figure.title)}">Notebook</a>'
    files = f"{made} · {list_files(figure, folder=f'{up}figures/')} · {count(rows, 'row')}"
    page = write_link(f"{picture}{finding}", f"{up}figures/{figure.name}.html")
    return f'<li>{page}<span class="files">{files}</span></li>'
