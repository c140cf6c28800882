"""A project in small: two notebooks, one a city, and a coding of two documents."""

import io
import json
import shutil
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from policydata.build import build
from policydata.build.files import BuildError
from policydata.build.notebooks import Notebook

ROOT = Path(__file__).parents[1]
MISTAKES = ROOT / "tests/mistakes"
FIGURES = ["growth_hebi", "growth_kaifeng"]
SUFFIXES = ("pdf", "svg", "png", "csv", "json")
STATE, LOCK = ".policydata-build.json", ".policydata-build.lock"
LANGUAGE = 'lang = "en"'
CODED = "data/coded/plan.csv"
# What a notebook of these tests calls: it draws nothing, and notes that it ran.
STAND_IN = """
import json
def save_figure(figure, name, rows, *, caption, lang="en"):
    folder = Path("../figures", "zh" if lang == "zh" else "")
    document = "hebi-2022-mayor-interview"
    words = {"title": caption, "subtitle": "", "caption": caption, "alt": "A line.", "source": ""}
    facts = {"name": name, "lang": lang, **words, "rows": rows, "documents": [document]}
    table = f"statement_id,rows\\n{document}:1,{rows}\\n"
    drawing = f"<svg lang='{lang}'/>"
    files = {"pdf": "", "svg": drawing, "png": "", "csv": table, "json": json.dumps(facts)}
    for suffix, text in files.items():
        Path(folder, f"{name}.{suffix}").write_text(text)
    with Path("../ran.txt").open("a") as log:
        log.write(name + (" in " + lang if lang != "en" else "") + "\\n")
"""
IMPORT = "from pathlib import Path\nexec(Path('stand_in.py').read_text())"


@dataclass
class Project:
    root: Path

    def write(self, name: str, *cells: str, prose: str = "# Growth", lang: str = LANGUAGE) -> None:
        """Write a notebook of prose, the cell of the language, imports and these cells."""
        code = [{"cell_type": "code", "source": cell} for cell in (lang, IMPORT, *cells)]
        book = {"cells": [{"cell_type": "markdown", "source": prose}, *code]}
        (self.root / f"notebooks/{name}.ipynb").write_text(json.dumps(book))

    def replace(self, file: str, old: str, new: str) -> None:
        """Edit a file by hand."""
        path = self.root / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def build(self, lang: str = "en") -> tuple[int, list[str]]:
        """Build in a language; give the status and which figures were drawn."""
        log = self.root / "ran.txt"
        log.write_text("")
        status = build(self.root, lang)
        return status, sorted(log.read_text().splitlines())

    def bytes(self) -> dict[str, bytes]:
        """Read what every file holds, but for the lock and the one in which drawing is noted."""
        files = (file for file in self.root.rglob("*") if file.is_file())
        named = {str(file.relative_to(self.root)): file.read_bytes() for file in files}
        return {name: raw for name, raw in named.items() if name not in (LOCK, "ran.txt")}


def save(city: str, rows: str = "1") -> str:
    return f"save_figure(None, 'growth_{city}', {rows}, caption='Growth.', lang=lang)"


def make_project(root: Path) -> Project:
    """Write all that a build needs; no notebook, and nothing is built yet."""
    package = root / "src/policydata"
    for folder in ("notebooks", "src/policydata/charts/fonts", "src/policydata/tables"):
        (root / folder).mkdir(parents=True)
    (package / "units.py").write_text("FACTOR = 1\n")
    (package / "charts/fonts/Sans.ttf").write_bytes(b"one")
    shutil.copytree(MISTAKES / "clean/coded", root / "data/coded")
    shutil.copytree(MISTAKES / "reference", root / "data/reference")
    shutil.copy(ROOT / "data/reference/divisions.csv", root / "data/reference")
    shutil.copy(ROOT / "data/guide.csv", root / "data")
    shutil.copy(ROOT / "src/policydata/tables/units.csv", root / "data/reference")
    (root / "data/reference/hazards.csv").write_text("statement_id,hazard\n")
    (root / "data/VERSION").write_text("1.0.0 2024-01-31\n")
    (root / "notebooks/stand_in.py").write_text(STAND_IN)
    return Project(root)


async def run_here(
    notebook: Notebook, at_cell: Callable[[int], None], lang: str = "en"
) -> list[str]:
    """Run the cells in this process, without the seconds that a kernel takes."""
    names: dict[str, object] = {}
    shown = []
    for number, source in enumerate(notebook.list_sources(lang), start=1):
        at_cell(number)
        try:
            with chdir(notebook.path.parent), redirect_stdout(io.StringIO()) as printed:
                exec(source, names)
        except ZeroDivisionError as fault:
            raise BuildError(f"{notebook.name}, cell {number}: {fault}") from None
        shown.append(printed.getvalue())
    return shown
