"""What a notebook makes, and in which language, is read from its code."""

from pathlib import Path

import nbformat
import pytest
from nbformat import v4

from policydata.build.errors import BuildError
from policydata.build.source import Notebook, figure_cells
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
    assert read(path).list_sources("en") == [english, english, "x = 1"]
    assert read(path).list_sources("zh") == ['lang = "zh"', english, "x = 1"]


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
    assert read(path).list_sources("en")[-1] == "x = 1"
    with pytest.raises(BuildError) as refused:
        read(path).list_sources("zh")
    assert str(refused.value) == (
        "notebooks/01_growth.ipynb has no cell tagged 'parameters' with lang = \"en\"; add one."
    )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Expecting value: line 1 column 1 (char 0)"),
        ("# Growth", "Expecting value: line 1 column 1 (char 0)"),
        ("[" * 100_000, "it has no list of cells"),
        ("null", "it has no list of cells"),
        ("{}", "it has no list of cells"),
        ("[]", "it has no list of cells"),
        ('{"nbformat": 4, "cells": 3}', "it has no list of cells"),
        (
            '{"cells": [{"cell_type": "code", "source": 1, "metadata": {}}]}',
            "it has no list of cells",
        ),
    ],
)
def test_a_file_that_is_not_a_notebook_is_named_with_the_reason(
    text: str, reason: str, tmp_path: Path
) -> None:
    path = tmp_path / "01_growth.ipynb"
    path.write_text(text)
    with pytest.raises(BuildError) as refused:
        read(path)
    assert str(refused.value) == f"notebooks/01_growth.ipynb is not a Jupyter notebook: {reason}."


def test_a_source_is_one_text_or_a_list_of_lines(tmp_path: Path) -> None:
    path = write(tmp_path, v4.new_code_cell("x = 1\ny = 2"))
    assert '"x = 1\\n",' in path.read_text()
    assert read(path).cells == ("x = 1\ny = 2",)
    path.write_text('{"cells": [{"cell_type": "code", "source": "x = 3", "metadata": {}}]}')
    assert read(path).cells == ("x = 3",)


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
