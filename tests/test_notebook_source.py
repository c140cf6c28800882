"""What a notebook loads, makes and speaks is read from its code."""

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from policydata.build.errors import BuildError
from policydata.build.source import Load, Notebook, figure_cells, loads
from policydata.build.source import read_notebook as read


def notebook(*cells: str) -> Notebook:
    return Notebook(Path("notebooks/01_growth.ipynb"), cells)


def write(folder: Path, *cells: nbformat.NotebookNode) -> Path:
    path = folder / "01_growth.ipynb"
    nbformat.write(v4.new_notebook(cells=list(cells)), path)
    return path


def parameters(source: str, *tags: str) -> nbformat.NotebookNode:
    return v4.new_code_cell(source, metadata={"tags": list(tags)})


def test_only_code_cells_with_code_are_read(tmp_path: Path) -> None:
    cells = [v4.new_markdown_cell("# Growth"), v4.new_code_cell(" \n"), v4.new_code_cell("x = 1")]
    path = write(tmp_path, *cells)
    assert read(path) == Notebook(path, ("x = 1",))


def test_in_chinese_the_cell_of_parameters_says_so_and_the_others_stay(tmp_path: Path) -> None:
    english = 'lang = "en"'
    cells = [parameters(english, "parameters", "hide"), parameters(english), parameters("x = 1")]
    path = write(tmp_path, *cells)
    assert read(path, "en") == Notebook(path, (english, english, "x = 1"))
    assert read(path, "zh") == Notebook(path, ('lang = "zh"', english, "x = 1"))


@pytest.mark.parametrize(
    "cell",
    [
        parameters('lang = "en"'),
        parameters('lang = "en"', "language"),
        parameters('lang = "fr"', "parameters"),
        parameters('lang = "en"\nyear = 2023', "parameters"),
        v4.new_markdown_cell('lang = "en"', metadata={"tags": ["parameters"]}),
    ],
)
def test_a_notebook_that_does_not_say_its_language_is_refused_in_chinese_alone(
    cell: nbformat.NotebookNode, tmp_path: Path
) -> None:
    path = write(tmp_path, cell, v4.new_code_cell("x = 1"))
    assert read(path).cells[-1] == "x = 1"
    with pytest.raises(BuildError) as refused:
        read(path, "zh")
    assert str(refused.value) == (
        "notebooks/01_growth.ipynb has no cell tagged 'parameters' with lang = \"en\"; add one."
    )


@pytest.mark.parametrize("text", ["", "{}", "[]", "# Growth", '{"nbformat": 4, "cells": 3}'])
def test_a_file_that_is_no_notebook_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "01_growth.ipynb"
    path.write_text(text)
    with pytest.raises(BuildError, match=r"^notebooks/01_growth\.ipynb is not a Jupyter notebook"):
        read(path)


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        ("save_figure(axes, 'growth', rows, caption='Growth.')", ["growth"]),
        ("charts.save_figure(axes, name='growth', rows=rows, caption='Growth.')", ["growth"]),
        ("%%time\nsave_figure(axes, 'growth', rows, caption='Growth.')", ["growth"]),
        ("%matplotlib inline\nsave_figure(axes, 'growth', rows, caption='Growth.')", ["growth"]),
        ("from charts import save_figure as keep\nkeep(axes, 'growth', rows)", ["growth"]),
        ("save_figure(axes, 'growth', rows, lang=lang)", ["growth"]),
        ("save_figure(axes, 'b', rows)\nsave_figure(axes, 'a', rows)", ["a", "b"]),
        ("save_figure(axes, name, rows, caption='Growth.')", []),
        ("print('growth')", []),
        ("save_figure(axes, 'growth'", []),
    ],
)
def test_a_figure_is_the_name_written_out_in_save_figure(cell: str, figures: list[str]) -> None:
    assert list(figure_cells(notebook(cell))) == figures


def test_the_cell_of_a_figure_is_the_last_that_saves_it_as_jupyter_counts_cells() -> None:
    saves = [f"save_figure(axes, '{name}', rows)" for name in ("b", "a", "b")]
    assert figure_cells(notebook("x = 1", *saves)) == {"a": 3, "b": 4}


@pytest.mark.parametrize(
    ("cell", "arguments"),
    [
        ("load_targets(place='hebi', year=2022)", "{'place': 'hebi', 'year': 2022}"),
        ("policydata.load_targets(place=['hebi', 'kaifeng'])", "{'place': ['hebi', 'kaifeng']}"),
        ("from policydata import load_targets as lt\nlt(year=2022)", "{'year': 2022}"),
        ("load_targets()", "{}"),
        ("load_targets(place=city)", "{}"),
        ("load_targets('hebi')", "{}"),
        ("load_targets(**conditions)", "{}"),
        ("map(load_targets, cities)", "{}"),
    ],
)
def test_a_load_counts_with_its_literal_arguments_or_as_the_whole_table(
    cell: str, arguments: str
) -> None:
    assert loads(notebook(cell)) == [Load("load_targets", arguments)]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("conflicts(year=2023)", [Load("conflicts", "{'year': 2023}")]),
        ("conflicts(place=city)", [Load("conflicts")]),
        ("rows.pipe(conflicts)", [Load("conflicts")]),
        ("conflicts(rows)", []),
        ("compare(rows)", [Load("load_indicators")]),
        ("compare(year=2023)", [Load("compare", "{'year': 2023}"), Load("load_indicators")]),
        ("coverage()", [Load("coverage"), Load("load_documents")]),
        ("cite(rows)", [Load("load_documents")]),
        ("charts.plot_coverage(cells)", [Load("load_indicators")]),
    ],
)
def test_a_query_counts_with_its_rows_and_with_what_it_looks_up(
    cell: str, expected: list[Load]
) -> None:
    assert loads(notebook(cell)) == expected
