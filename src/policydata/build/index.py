"""The index of the figures, written from their files alone: what a reader sees of each, and whence.

The caption is read back from the drawing and the sources from the table, so that neither is typed
a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

from policydata.build.errors import BuildError
from policydata.build.tables import write_whole
from policydata.citation import list_documents
from policydata.tables import read_csv

__all__ = ["figure_files", "write_index"]

SUFFIXES = (".pdf", ".svg", ".png", ".csv")
INDEX = "README.md"
DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"


def figure_files(folder: Path, names: Iterable[str]) -> list[Path]:
    """The four files of each figure."""
    return [folder / f"{name}{suffix}" for name in names for suffix in SUFFIXES]


def write_index(folder: Path, makers: Mapping[str, str]) -> None:
    """Write the index of a folder of figures, if it is to change.

    Parameters
    ----------
    folder : Path
        The folder of the figures.
    makers : mapping of str to str
        The notebook that makes each figure.

    Raises
    ------
    BuildError
        If a file in the folder belongs to no notebook.
    """
    _refuse_strays(folder, makers)
    sections = [_section(folder, name, makers[name]) for name in sorted(makers)]
    text = "\n".join(["# Figures", "", "`policydata build` writes this page.", "", *sections])
    write_whole(folder / INDEX, text)


def _refuse_strays(folder: Path, makers: Mapping[str, str]) -> None:
    """Name the files that no notebook makes."""
    known = {folder / INDEX, *figure_files(folder, makers)}
    present = (file for file in folder.iterdir() if not file.name.startswith("."))
    if strays := sorted(file.name for file in present if file not in known):
        names = ", ".join(f"figures/{name}" for name in strays)
        raise BuildError(
            f"No notebook makes {names}: delete what is left over, or write the figure's name "
            'out in a notebook, as in save_figure(axes, "name", rows, caption=...).'
        )


def _section(folder: Path, name: str, maker: str) -> str:
    """What the index says of one figure."""
    table = folder / f"{name}.csv"
    rows = read_csv(table)
    links = " · ".join(f"[{suffix[1:].upper()}]({name}{suffix})" for suffix in SUFFIXES)
    lines = [
        f"## {name}",
        f"![{name}]({name}.png)",
        _caption(folder / f"{name}.svg"),
        f"- Made by [{maker}](../{maker})",
        f"- Sources: {', '.join(f'`{source}`' for source in sorted(list_documents(rows)))}",
        f"- {len(rows)} {'row' if len(rows) == 1 else 'rows'}, "
        f"SHA-256 of the CSV `{sha256(table.read_bytes()).hexdigest()[:12]}`",
        f"- {links}",
    ]
    return "\n\n".join(lines[:3]) + "\n\n" + "\n".join(lines[3:]) + "\n"


def _caption(drawing: Path) -> str:
    """The caption that an SVG file carries, on one line."""
    described = ElementTree.parse(drawing).find(f".//{DESCRIPTION}")
    return " ".join((described.text or "").split()) if described is not None else ""
