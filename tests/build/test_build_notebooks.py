"""What a notebook makes is read from its code, and it runs in the running Python."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from policydata.build.notebooks import Notebook, list_makers, read_notebook, run_notebook

NAME = "notebooks/01_growth.ipynb"


def make(*cells: str) -> Notebook:
    return Notebook(Path(NAME), cells)


def test_only_code_cells_with_code_are_read_whether_a_source_is_a_text_or_lines(
    tmp_path: Path,
) -> None:
    path = tmp_path / "01_growth.ipynb"
    cells = [("markdown", "# Growth"), ("code", " \n"), ("code", "x = 1"), ("code", ["y\n", "z"])]
    written = [{"cell_type": kind, "source": source} for kind, source in cells]
    path.write_text(json.dumps({"cells": written}))
    assert read_notebook(path) == Notebook(path, ("x = 1", "y\nz"))


def test_in_chinese_the_cell_of_the_language_says_so_and_the_others_stay() -> None:
    notebook = make('lang = "en"', 'print(lang := "en")')
    assert notebook.list_sources("en") == list(notebook.cells)
    assert notebook.list_sources("zh") == ['lang = "zh"', 'print(lang := "en")']


def test_a_notebook_may_say_another_language_than_the_build() -> None:
    notebook = make('lang = "zh"', "draw(lang)")
    assert notebook.list_sources("en") == ['lang = "en"', "draw(lang)"]
    assert notebook.list_sources("zh") == list(notebook.cells)


def test_a_figure_below_an_if_is_optional_and_one_beside_it_is_not() -> None:
    below = "if rows:\n    save_figure(axes, 'a', rows)\nelse:\n    save_figure(axes, 'b', rows)"
    notebook = make("save_figure(axes, 'c', rows)", below, "if rows:\n    save_figure(")
    assert notebook.list_optional() == {"a", "b"}
    assert list(list_makers([notebook])) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("cell", "figures"),
    [
        ("save_figure(plot(x, y), 'growth', rows, caption='Growth.')", ["growth"]),
        ("charts.save_figure(axes, name='growth', rows=rows, caption='Growth.')", ["growth"]),
        ("%%time\nsave_figure(axes, 'growth', rows, caption='Growth.')", ["growth"]),
        ("if draw:\n    %matplotlib inline\nsave_figure(axes, 'growth', rows)", ["growth"]),
        ("save_figure(axes, 'b', rows)\nsave_figure(axes, 'a', rows)", ["b", "a"]),
        ("# save_figure(axes, 'growth', rows)", []),
        ("save_figure(axes, name, rows, caption='Growth.')", []),
        ("resave_figure(axes, 'growth', rows)", []),
        ("save_figure(axes, 'growth'", []),
    ],
)
def test_a_figure_is_the_name_written_out_in_save_figure(cell: str, figures: list[str]) -> None:
    assert list(list_makers([make(cell)])) == figures


def test_the_cell_of_a_figure_is_the_last_that_saves_it_as_jupyter_counts_cells() -> None:
    saves = [f"save_figure(axes, '{name}', rows)" for name in ("b", "a", "b")]
    assert list_makers([make("x = 1", *saves)]) == {"a": (NAME, 3), "b": (NAME, 4)}


def test_cells_run_in_the_folder_of_the_notebook_under_the_running_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A kernel that the machine calls by the same name must not be taken for ours.
    spec = tmp_path / "jupyter" / "kernels" / "python3" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text('{"argv": ["false"], "display_name": "False", "language": "python"}')
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    # So must no package of another clone that comes first elsewhere.
    for clone in ("src", "elsewhere"):
        (tmp_path / clone).mkdir()
        (tmp_path / clone / "whose.py").write_text(f"CLONE = '{clone}'")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("MPLBACKEND", "nobody's")
    cells = (
        'lang = "en"',
        "import os, sys\nfrom pathlib import Path\nfrom whose import CLONE",
        "print(sys.executable, Path.cwd().name, CLONE, lang, os.environ['MPLBACKEND'])",
        "print('twice', file=sys.stderr)\n6.5",
    )
    notebook = Notebook(tmp_path / NAME, cells)
    notebook.path.parent.mkdir()
    seen: list[int] = []
    shown = asyncio.run(run_notebook(notebook, seen.append, "zh"))
    assert seen == [1, 2, 3, 4]
    inline = "module://matplotlib_inline.backend_inline"
    assert shown[:3] == ["", "", f"{sys.executable} notebooks src zh {inline}\n"]
    assert sorted(shown[3].split()) == ["6.5", "twice"]
    assert list(notebook.path.parent.iterdir()) == []
