"""The index of the figures: which files belong to them, who makes them, and their two pages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from policydata.build.files import BuildError
from policydata.build.pages import (
    GALLERY,
    LINKED,
    SOURCES,
    Figure,
    write_gallery,
    write_plainly,
    write_sources,
)
from policydata.citation import list_references
from policydata.columns import require_columns
from policydata.messages import say
from policydata.tables import Reference, read_csv, read_data_version
from policydata.writing import write_together

FOLDERS = {"en": "figures", "zh": "figures/zh"}
INDEX, TITLES = GALLERY, "notebooks/titles.csv"
SUFFIXES = (*LINKED, ".json")
STYLES = {"en": "text", "zh": "gbt7714"}


def figure_files(folder: Path, names: Iterable[str]) -> list[Path]:
    """List the five files of each figure."""
    return [folder / f"{name}{suffix}" for name in names for suffix in SUFFIXES]


def write_index(
    project: Path,
    makers: Mapping[str, tuple[str, int]],
    lang: str = "en",
    *,
    version: str | None = None,
    reference: Reference = None,
) -> None:
    """Write the gallery and the bibliography of one language from what `save_figure` noted.

    `makers` names the notebook and the cell of each figure, which are their order; a figure that
    was not drawn is left out. A file in the folder that no notebook makes raises BuildError, and so
    does a figure that names an unknown document. Without `version` and `reference`, the data are
    those that the package ships; a blank version is not named.
    """
    _refuse_strays(project, lang, makers)
    folder = project / FOLDERS[lang]
    drawn = (name for name in makers if (folder / f"{name}.json").is_file())
    ordered = sorted(drawn, key=makers.__getitem__)
    figures = [_read_figure(folder, name, *makers[name]) for name in ordered]
    questions = _read_questions(project, {notebook for notebook, _ in makers.values()}, lang)
    licensed = _is_licensed(project)
    named = read_data_version() if version is None else version
    gallery = write_gallery(figures, questions, named, licensed, lang)
    sources = write_sources(figures, _list_references(figures, lang, reference), lang)
    write_together({folder / INDEX: gallery, folder / SOURCES: sources})


def _refuse_strays(project: Path, lang: str, names: Iterable[str]) -> None:
    """Refuse files that no notebook makes; the folder of another language is not one of them."""
    folder = project / FOLDERS[lang]
    known = {*figure_files(folder, names), *map(project.joinpath, FOLDERS.values())}
    known |= {folder / INDEX, folder / SOURCES}
    present = (file for file in folder.iterdir() if not file.name.startswith("."))
    if strays := sorted(file.name for file in present if file not in known):
        listed = say(", ").join(f"{FOLDERS[lang]}/{name}" for name in strays)
        refused = (
            "No notebook makes {listed}: delete what is left over, or write the figure's name "
            'out in a notebook, as in save_figure(figure, "name").'
        )
        raise BuildError(say(refused, listed=listed))


def _read_figure(folder: Path, name: str, notebook: str, cell: int) -> Figure:
    figure = json.loads((folder / f"{name}.json").read_bytes())
    digest = sha256((folder / f"{name}.csv").read_bytes()).hexdigest()[:12]
    return {**figure, "notebook": notebook, "cell": cell, "digest": digest}


def _list_references(figures: Sequence[Figure], lang: str, reference: Reference) -> dict[str, str]:
    """Write the reference of each document; name the figure that cites an unknown one."""
    references: dict[str, str] = {}
    for figure in figures:
        try:
            cited = figure["documents"]
            references |= list_references(cited, STYLES[lang], reference=reference)
        except ValueError as refusal:
            file = f"{FOLDERS[lang]}/{figure['name']}.json"
            raise BuildError(say("{address}: {said}", address=file, said=refusal)) from None
    return references


def _read_questions(project: Path, notebooks: Iterable[str], lang: str) -> dict[str, str]:
    """Read the question of each notebook from the table of titles, else its first heading."""
    titles = _read_titles(project / TITLES, lang)
    return {
        notebook: write_plainly(titles.get(Path(notebook).stem, ""))
        or _read_heading(project / notebook)
        for notebook in notebooks
    }


def _read_titles(file: Path, lang: str) -> dict[str, str]:
    """Read what the table says of each notebook and figure, if there is a table."""
    if not file.is_file():
        return {}
    try:
        table = read_csv(file)
        require_columns(table, ["figure", lang], "figure, en, zh")
    except ValueError as fault:
        raise BuildError(say("{address}: {said}", address=TITLES, said=fault)) from None
    return dict(zip(table["figure"], table[lang], strict=True))


def _read_heading(notebook: Path) -> str:
    """Read the first heading of a notebook, or its name if it has none."""
    cells = json.loads(notebook.read_bytes())["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    found = re.search(r"(?m)^#+ +(.+)", "\n".join(prose))
    return found[1] if found else notebook.stem


def _is_licensed(project: Path) -> bool:
    """Tell whether the project puts its figures under the licence that the gallery names."""
    licence = project / "LICENSE-DATA"
    return licence.is_file() and "CC-BY-4.0" in licence.read_text("utf-8")
