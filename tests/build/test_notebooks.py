"""Notebooks ask, the library answers, prose concludes: and what prose says is printed above it."""

from __future__ import annotations

import ast
import asyncio
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from policydata import check, read_coded
from policydata.build.notebooks import Notebook, run_notebook
from policydata.charts.page import read_record
from policydata.datasets import find_data_set
from policydata.tables import read_csv

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What a chart shows is seen in JupyterLab and in the build; here prose is held against tables.
DRAW_NOTHING = """from policydata import charts
for name in charts.__all__:
    setattr(charts, name, lambda *_, **__: "")"""
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["cells"]
    return [cell | {"source": "".join(cell["source"])} for cell in cells]


def list_code(path: Path) -> list[str]:
    return [cell["source"] for cell in read(path) if cell["cell_type"] == "code"]


def find_numbers(text: str) -> set[float]:
    return {float(found.replace(",", "")) for found in NUMBER.findall(text)}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[str]]:
    """Run all notebooks in one kernel, away from the project, and keep what each cell shows."""
    folder = tmp_path_factory.mktemp("project") / "notebooks"
    folder.mkdir()
    shutil.copy(ROOT / "notebooks/titles.csv", folder)
    shutil.copytree(ROOT / "notebooks/example", folder / "example")
    code = {path: list_code(path) for path in NOTEBOOKS}
    every = (DRAW_NOTHING, *(cell for cells in code.values() for cell in cells))
    _, *texts = asyncio.run(run_notebook(Notebook(folder / "all.ipynb", every), lambda _: None))
    shown = iter(texts)
    return {path: [next(shown) for _ in cells] for path, cells in code.items()}


def test_there_are_seven_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06", "07"]


def test_each_notebook_and_each_figure_has_a_title_in_both_languages_and_no_title_is_left_over():
    titles = read_csv(ROOT / "notebooks/titles.csv").set_index("figure")
    code = "\n".join(cell for path in NOTEBOOKS for cell in list_code(path))
    figures = re.findall(r'save_figure\(figure, "(\w+)"\)', code)

    assert sorted(titles.index) == sorted([*figures, *(path.stem for path in NOTEBOOKS)])
    assert not titles[["en", "zh"]].eq("").any(axis=None)
    assert [set(re.findall(r"{\w+}", text)) for text in titles.en] == [
        set(re.findall(r"{\w+}", text)) for text in titles.zh
    ]


def test_the_profile_is_drawn_of_any_city_by_any_of_its_names(monkeypatch):
    monkeypatch.chdir(ROOT / "notebooks")
    profile = ROOT / "notebooks/06_city_profile.ipynb"
    named = (cell.replace('"zhengzhou"', '"安阳"') for cell in list_code(profile))
    names: dict[str, Any] = {}
    drawn = []
    for cell in named:
        exec(re.sub(r"save_figure\(figure, (.*)\)", r"saved.append((figure, \1))", cell), names)
        names.setdefault("saved", drawn)

    assert [name for _, name in drawn] == ["profile_growth", "profile_rank", "profile_levels"]
    assert {read_record(figure).title.split()[0].strip(":") for figure, _ in drawn} >= {"Anyang"}


def test_the_invented_document_of_a_notebook_stands_the_check_with_its_text():
    example = find_data_set(ROOT / "notebooks/example")
    assert check(example.coded, documents=example.texts).empty
    wrong = read_coded(example.coded).replace("突破2.5%", "突破25%")
    assert check(wrong, reference=example.reference).column.tolist() == ["value_text"]


@by_name
def test_outputs_are_stripped_in_git(path):
    code = [cell for cell in read(path) if cell["cell_type"] == "code"]

    assert [cell["outputs"] for cell in code] == [[] for _ in code]
    assert {cell["execution_count"] for cell in code} == {None}


@by_name
def test_code_cells_are_short_and_define_nothing(path):
    for source in list_code(path):
        nodes = list(ast.walk(ast.parse(source)))
        named = [n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef | ast.For)]

        assert len(source.splitlines()) <= 5, source
        assert named == [], source
        assert not re.search(r"warnings|Path\(|/|https?:", source), source


@by_name
def test_every_number_in_prose_is_printed_above_it(path, printed):
    shown = iter(printed[path])
    above: set[float] = set()
    for cell in read(path):
        if cell["cell_type"] == "code":
            above |= find_numbers(next(shown))
        else:
            prose = re.sub(r"^#.*$", "", cell["source"], flags=re.MULTILINE)
            assert find_numbers(prose) <= above, cell["source"]
