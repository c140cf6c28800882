"""The files of the figures: where they stand in each language, and which of them are ours."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policydata.build.errors import BuildError

__all__ = ["FOLDERS", "INDEX", "SUFFIXES", "figure_files", "refuse_strays"]

FOLDERS = {"en": "figures", "zh": "figures/zh"}
SUFFIXES = (".pdf", ".svg", ".png", ".csv")
INDEX = "README.md"


def figure_files(folder: Path, names: Iterable[str]) -> list[Path]:
    """The four files of each figure."""
    return [folder / f"{name}{suffix}" for name in names for suffix in SUFFIXES]


def refuse_strays(project: Path, lang: str, names: Iterable[str]) -> None:
    """Name the files that no notebook makes; the folder of another language is none of them."""
    folder = project / FOLDERS[lang]
    known = {folder / INDEX, *figure_files(folder, names)}
    known |= {project / other for other in FOLDERS.values() if (project / other).is_dir()}
    present = (file for file in folder.iterdir() if not file.name.startswith("."))
    if strays := sorted(file.name for file in present if file not in known):
        listed = ", ".join(f"{FOLDERS[lang]}/{name}" for name in strays)
        raise BuildError(
            f"No notebook makes {listed}: delete what is left over, or write the figure's name "
            'out in a notebook, as in save_figure(axes, "name", rows, caption=...).'
        )
