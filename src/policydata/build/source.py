"""What a notebook loads and which cell makes which figure, read from its code and not by a run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from policydata.build.errors import BuildError

__all__ = ["Load", "Maker", "Notebook", "figure_cells", "loads", "read_notebook"]

# What the cell of parameters says, and what a build in another language puts in its place.
LANGUAGE = 'lang = "{}"'

# These load rows of their own where they are given none.
QUERIES = ("compare", "conflicts", "coverage")
# These look something up beside the rows that they are given.
BESIDE = {
    "cite": "load_documents",
    "compare": "load_indicators",
    "convert_units": "load_statements",
    "coverage": "load_documents",
    **dict.fromkeys(
        "plot_coverage plot_pairs plot_panels plot_ranking plot_series plot_tiles".split(),
        "load_indicators",
    ),
}


@dataclass(frozen=True)
class Notebook:
    """A notebook: where it is and what its code cells say."""

    path: Path
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path as a reader of the project writes it."""
        return f"notebooks/{self.path.name}"


@dataclass(frozen=True)
class Maker:
    """What makes a figure: a notebook, by its name, and a code cell, as Jupyter counts them."""

    notebook: str
    cell: int


@dataclass(frozen=True, order=True)
class Load:
    """One call of a loader: its name, and its arguments as Python writes them."""

    loader: str
    arguments: str = "{}"


def read_notebook(path: Path, lang: str = "en") -> Notebook:
    """Read the code cells that a run executes, saying what they say in a language."""
    cells = _code_cells(path)
    if lang == "en":
        return Notebook(path, tuple(cell.source for cell in cells))
    spoken = [_in_language(cell, lang) for cell in cells]
    if spoken == [cell.source for cell in cells]:
        wanted = LANGUAGE.format("en")
        raise BuildError(
            f"notebooks/{path.name} has no cell tagged 'parameters' with {wanted}; add one."
        )
    return Notebook(path, tuple(spoken))


def _code_cells(path: Path) -> list[Any]:
    """The code cells of a notebook that are not blank."""
    import nbformat

    try:
        document = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
        code = [cell for cell in document.cells if cell.cell_type == "code"]
        return [cell for cell in code if cell.source.strip()]
    except (AttributeError, TypeError, ValueError, nbformat.ValidationError):
        raise BuildError(f"notebooks/{path.name} is not a Jupyter notebook.") from None


def _in_language(cell: Any, lang: str) -> str:
    """The source of a cell; that of the parameters names another language than English."""
    sets = cell.source.strip() == LANGUAGE.format("en")
    tagged = "parameters" in cell.metadata.get("tags", [])
    return LANGUAGE.format(lang) if sets and tagged else str(cell.source)


def figure_cells(notebook: Notebook) -> dict[str, int]:
    """The cell that saves each figure whose name is written out, the last if several, sorted."""
    cells = enumerate(_cells(notebook), start=1)
    return dict(sorted((name, number) for number, nodes in cells for name in _saved(nodes)))


def _saved(nodes: list[ast.AST]) -> Iterator[str]:
    """The names that `save_figure` is given in so many words."""
    calls = (node for node in nodes if isinstance(node, ast.Call))
    saves = (call for call in calls if _word(call.func) == "save_figure")
    names = (argument for save in saves for argument in [*save.args[1:2], *_named(save, "name")])
    constants = (name.value for name in names if isinstance(name, ast.Constant))
    return (name for name in constants if isinstance(name, str))


def loads(notebook: Notebook) -> list[Load]:
    """What the notebook loads; a loader whose arguments cannot be read counts as unfiltered."""
    nodes = list(chain(*_cells(notebook)))
    calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    named = [node for node in nodes if _word(node).startswith("load_") or _word(node) in QUERIES]
    found = {_load(_word(node), calls.get(id(node))) for node in named if not _given(node, calls)}
    return sorted(found | {Load(BESIDE[word]) for word in map(_word, nodes) if word in BESIDE})


def _given(node: ast.AST, calls: dict[int, ast.Call]) -> bool:
    """Tell whether a query is called on rows, which the notebook has loaded before."""
    call = calls.get(id(node))
    return _word(node) in QUERIES and call is not None and bool(call.args)


def _cells(notebook: Notebook) -> list[list[ast.AST]]:
    """Every node of each cell that Python can read, under the names that imports gave."""
    cells = [list(ast.walk(_tree(cell))) for cell in notebook.cells]
    nodes = list(chain(*cells))
    imports = (alias for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names)
    renamed = {alias.asname: alias.name for alias in imports if alias.asname}
    for node in nodes:
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)
    return cells


def _tree(cell: str) -> ast.Module:
    """The cell as a syntax tree; empty where it is no Python, which the kernel will say."""
    for read in (str, _without_magics):
        with suppress(SyntaxError):
            return ast.parse(read(cell))
    return ast.Module(body=[], type_ignores=[])


def _without_magics(cell: str) -> str:
    """The cell as the kernel would hand it to Python, but for a magic over the whole of it."""
    from IPython.core.inputtransformer2 import TransformerManager

    transformer = TransformerManager()  # type: ignore[no-untyped-call]
    return transformer.transform_cell(re.sub(r"\A\s*%%.*\n?", "", cell))


def _word(node: ast.AST) -> str:
    """The name or the attribute that a node stands for, else nothing."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _named(call: ast.Call, name: str) -> list[ast.expr]:
    """The value of one keyword of a call, where it is given."""
    return [keyword.value for keyword in call.keywords if keyword.arg == name]


def _load(loader: str, call: ast.Call | None) -> Load:
    """The load that a call asks for, or the whole table where that is not plain to see."""
    if call is None or call.args:
        return Load(loader)
    try:
        arguments = {word.arg or "**": ast.literal_eval(word.value) for word in call.keywords}
    except ValueError:
        return Load(loader)
    return Load(loader) if "**" in arguments else Load(loader, repr(arguments))
