"""The index says of each figure what it shows, who made it and where it comes from."""

from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from policydata.build.errors import BuildError
from policydata.build.index import write_index
from policydata.charts.figure import save_figure

ROWS = pd.DataFrame(
    {
        "statement_id": ["kaifeng-2023-secretary-interview:2", "hebi-2022-mayor-interview:11"],
        "value": [7.0, 6.5],
    }
)
MAKERS = {"growth": "notebooks/01_growth.ipynb"}


def save(folder: Path, name: str, rows: pd.DataFrame = ROWS) -> None:
    save_figure(Figure(figsize=(1, 1)), name, rows, caption="Growth of\n鹤壁.", folder=folder)


def test_each_figure_has_a_section_made_from_its_files(tmp_path: Path) -> None:
    save(tmp_path, "growth")
    write_index(tmp_path, MAKERS)
    digest = sha256((tmp_path / "growth.csv").read_bytes()).hexdigest()[:12]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == (
        "# Figures\n\n`policydata build` writes this page.\n\n"
        "## growth\n\n![growth](growth.png)\n\nGrowth of 鹤壁.\n\n"
        "- Made by [notebooks/01_growth.ipynb](../notebooks/01_growth.ipynb)\n"
        "- Sources: `hebi-2022-mayor-interview`, `kaifeng-2023-secretary-interview`\n"
        f"- 2 rows, SHA-256 of the CSV `{digest}`\n"
        "- [PDF](growth.pdf) · [SVG](growth.svg) · [PNG](growth.png) · [CSV](growth.csv)\n"
    )


def test_a_column_of_documents_names_the_sources(tmp_path: Path) -> None:
    save(tmp_path, "growth", ROWS.assign(document=["b", "a"]))
    write_index(tmp_path, MAKERS)
    assert "- Sources: `a`, `b`\n" in (tmp_path / "README.md").read_text(encoding="utf-8")


def test_figures_are_sorted_by_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        save(tmp_path, name)
    write_index(tmp_path, {"b": "notebooks/01.ipynb", "a": "notebooks/02.ipynb"})
    lines = (tmp_path / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("## ")] == ["## a", "## b"]


def test_an_index_that_would_not_change_is_not_written(tmp_path: Path) -> None:
    save(tmp_path, "growth")
    written = []
    for _ in range(2):
        write_index(tmp_path, MAKERS)
        written.append((tmp_path / "README.md").stat())
    assert written[0].st_ino == written[1].st_ino
    assert written[0].st_mtime_ns == written[1].st_mtime_ns


def test_files_that_no_notebook_makes_are_named(tmp_path: Path) -> None:
    for name in ("growth", "old"):
        save(tmp_path, name)
    with pytest.raises(
        BuildError, match=r"^No notebook makes figures/old\.csv, figures/old\.pdf, "
    ):
        write_index(tmp_path, MAKERS)
    assert not (tmp_path / "README.md").exists()
