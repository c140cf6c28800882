"""Notebooks ask, the library answers, prose concludes: and what prose says is printed above it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def find_numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


def gather_text(cell: nbformat.NotebookNode) -> str:
    """Join what a cell prints; plain text alone, since HTML holds numbers of its own."""
    outputs = cell.get("outputs", [])
    return " ".join(o.get("text", "") + o.get("data", {}).get("text/plain", "") for o in outputs)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Run each notebook once, away from the project, and keep what it shows and saves."""
    project = tmp_path_factory.mktemp("project")
    (project / "figures").mkdir()
    done = {}

    def run_once(path: Path) -> nbformat.NotebookNode:
        if path not in done:
            notebook = read(path)
            NotebookClient(notebook, resources={"metadata": {"path": str(project)}}).execute()
            done[path] = notebook
        return done[path]

    run_once.figures = project / "figures"
    return run_once


def test_there_are_five_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05"]


@by_name
def test_outputs_are_stripped_in_git(path):
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]

    assert [cell.outputs for cell in code] == [[] for _ in code]
    assert {cell.execution_count for cell in code} == {None}


@by_name
def test_code_cells_are_short_and_define_nothing(path):
    for cell in read(path).cells:
        if cell.cell_type == "code":
            nodes = list(ast.walk(ast.parse(cell.source)))
            named = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.For)]

            assert len(cell.source.splitlines()) <= 4, cell.source
            assert named == [], cell.source
            assert not re.search(r"warnings|Path\(|\.csv|https?:", cell.source), cell.source


@by_name
def test_every_number_in_prose_is_printed_above_it(path, run):
    printed: set[float] = set()
    for cell in run(path).cells:
        if cell.cell_type == "code":
            printed |= find_numbers(gather_text(cell))
        else:
            prose = re.sub(r"^#.*$", "", cell.source, flags=re.MULTILINE)
            assert find_numbers(prose) <= printed, cell.source


@by_name
def test_every_cell_runs_without_a_word_on_standard_error(path, run):
    outputs = [output for cell in run(path).cells for output in cell.get("outputs", [])]

    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@by_name
def test_every_figure_is_shown_once_where_it_is_saved(path, run):
    for cell in run(path).cells:
        shown = [
            output for output in cell.get("outputs", []) if "image/png" in output.get("data", {})
        ]

        assert len(shown) == ("save_figure(" in cell.source)


@by_name
def test_the_committed_rows_of_each_figure_are_those_it_saves_today(path, run):
    source = "".join(cell.source for cell in run(path).cells if cell.cell_type == "code")
    names = re.findall(r'save_figure\(figure, "(\w+)"', source)

    assert names
    for name in names:
        made = (run.figures / f"{name}.csv").read_bytes()
        assert made == (ROOT / "figures" / f"{name}.csv").read_bytes(), name
