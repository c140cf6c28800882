"""A notebook runs in the running Python, and a fault in it has an address."""

import asyncio
import sys
from pathlib import Path

import pytest

from policydata.build.errors import BuildError
from policydata.build.notebooks import run_notebook
from policydata.build.source import Notebook


def run(folder: Path, *cells: str, lang: str = "en") -> tuple[list[int], list[str]]:
    """Run cells; give the numbers that were announced, and what each cell showed."""
    seen: list[int] = []
    parameters = (0,) if lang == "zh" else ()
    notebook = Notebook(folder / "notebooks/02_investment.ipynb", cells, parameters)
    notebook.path.parent.mkdir()
    return seen, asyncio.run(run_notebook(notebook, seen.append, lang))


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
    seen, shown = run(
        tmp_path,
        'lang = "en"',
        "import sys\nfrom pathlib import Path\nfrom whose import CLONE",
        "Path('python.txt').write_text(sys.executable)",
        "print(lang, CLONE)\nprint('twice', file=sys.stderr)\n6.5",
        lang="zh",
    )
    assert (tmp_path / "notebooks/python.txt").read_text() == sys.executable
    assert seen == [1, 2, 3, 4]
    assert [shown[0], shown[1], sorted(shown[3].split())] == ["", "", ["6.5", "src", "twice", "zh"]]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    run(tmp_path, "x = 1")
    assert list((tmp_path / "notebooks").iterdir()) == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("y = 1\ny + x", "cell 2, line 2: NameError: name 'x' is not defined\n    y + x"),
        ("y = 1\nx = = 2", "cell 2, line 2: SyntaxError: invalid syntax\n    x = = 2"),
        ("\n\ny + x", "cell 2, line 3: NameError: name 'y' is not defined\n    y + x"),
        ("y = 0\nfail()", "cell 2, line 2: ZeroDivisionError: division by zero\n    fail()"),
        (
            "import warnings\nwarnings.warn('old')",
            "cell 2, line 2: UserWarning: old\n    warnings.warn('old')",
        ),
        ("import os\nos._exit(3)", "cell 2: Python stopped before the cell was done."),
    ],
)
def test_a_fault_is_named_by_notebook_cell_and_line(cell: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(BuildError) as caught:
        run(tmp_path, "def fail():\n    return 1 / 0", cell, "never = 'reached'")
    assert str(caught.value) == f"notebooks/02_investment.ipynb, {fault}"


@pytest.mark.parametrize("python", ["false", "/nowhere/python"])
def test_a_kernel_that_does_not_start_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, python: str
) -> None:
    monkeypatch.setattr(sys, "executable", python)
    with pytest.raises(BuildError, match=r"^notebooks/02_investment\.ipynb: no kernel starts"):
        run(tmp_path, "x = 1")
