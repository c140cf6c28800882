"""What a notebook loads and makes is read from its code."""

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from policydata.build.errors import BuildError
from policydata.build.source import Load, Notebook, figure_names, loads
from policydata.build.source import read_notebook as read


def notebook(*cells: str) -> Notebook:
    return Notebook(Path("notebooks/01_growth.ipynb"), cells)


def test_only_code_cells_with_code_are_read(tmp_path: Path) -> None:
    path = tmp_path / "01_growth.ipynb"
    cells = [v4.new_markdown_cell("# Growth"), v4.new_code_cell(" \n"), v4.new_code_cell("x = 1")]
    nbformat.write(v4.new_notebook(cells=cells), path)
    assert read(path) == Notebook(path, ("x = 1",))


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
        ("save_figure(axes, 'b', rows)\nsave_figure(axes, 'a', rows)", ["a", "b"]),
        ("save_figure(axes, name, rows, caption='Growth.')", []),
        ("print('growth')", []),
        ("save_figure(axes, 'growth'", []),
    ],
)
def test_a_figure_is_the_name_written_out_in_save_figure(cell: str, figures: list[str]) -> None:
    assert figure_names(notebook(cell)) == figures


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
    ],
)
def test_a_query_counts_with_its_rows_and_with_what_it_looks_up(
    cell: str, expected: list[Load]
) -> None:
    assert loads(notebook(cell)) == expected
