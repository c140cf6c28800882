"""A notebook as its file has it: its code, its language, which cell makes which figure."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from policydata.build.errors import BuildError

__all__ = ["Maker", "Notebook", "figure_cells", "list_makers", "read_notebook"]

# What the cell of parameters says, and what a build in another language puts in its place.
LANGUAGE = 'lang = "{}"'
SAVE = "save_figure"


@dataclass(frozen=True)
class Notebook:
    """A notebook: where it is, what its code cells say, which of them set the language."""

    path: Path
    cells: tuple[str, ...]
    parameters: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The path as a reader of the project writes it."""
        return f"notebooks/{self.path.name}"

    def list_sources(self, lang: str) -> list[str]:
        """List the cells as they run in a language; English alone needs no cell that sets it."""
        if lang != "en" and not self.parameters:
            wanted = LANGUAGE.format("en")
            raise BuildError(f"{self.name} has no cell tagged 'parameters' with {wanted}; add one.")
        spoken = dict.fromkeys(self.parameters, LANGUAGE.format(lang))
        return [spoken.get(number, cell) for number, cell in enumerate(self.cells)]


@dataclass(frozen=True)
class Maker:
    """What makes a figure: a notebook, by its name, and a code cell, as Jupyter counts them."""

    notebook: str
    cell: int


def read_notebook(path: Path) -> Notebook:
    """Read the code cells that a run executes; those that are blank are passed over."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        sources = ["".join(cell["source"]) for cell in code]
        tagged = ["parameters" in cell["metadata"].get("tags", []) for cell in code]
    except (AttributeError, KeyError, RecursionError, TypeError, ValueError) as fault:
        reason = fault if isinstance(fault, ValueError) else "it has no list of cells"
        raise BuildError(f"notebooks/{path.name} is not a Jupyter notebook: {reason}.") from None
    kept = [cell for cell in zip(sources, tagged, strict=True) if cell[0].strip()]
    sets = [tag and source.strip() == LANGUAGE.format("en") for source, tag in kept]
    parameters = tuple(number for number, is_set in enumerate(sets) if is_set)
    return Notebook(path, tuple(source for source, _ in kept), parameters)


def list_makers(notebooks: Iterable[Notebook]) -> dict[str, Maker]:
    """List which cell of which notebook makes each figure; no two make the same."""
    makers: dict[str, Maker] = {}
    for notebook in notebooks:
        for figure, cell in figure_cells(notebook).items():
            if figure in makers:
                raise BuildError(
                    f"The figure {figure!r} is made by {makers[figure].notebook} and by "
                    f"{notebook.name}: give one of them another name."
                )
            makers[figure] = Maker(notebook.name, cell)
    return makers


def figure_cells(notebook: Notebook) -> dict[str, int]:
    """The cell that saves each figure whose name is written out, the last if several, sorted."""
    trees = [list(ast.walk(_parse(cell))) for cell in notebook.cells]
    imports = (node for tree in trees for node in tree if isinstance(node, ast.ImportFrom))
    aliases = (alias for node in imports for alias in node.names if alias.name == SAVE)
    called = {SAVE, *(alias.asname for alias in aliases if alias.asname)}
    cells = enumerate(trees, start=1)
    return dict(sorted((name, cell) for cell, tree in cells for name in _saved(tree, called)))


def _saved(tree: Iterable[ast.AST], called: set[str]) -> Iterator[str]:
    """The names that calls are given in so many words."""
    for call in (node for node in tree if isinstance(node, ast.Call)):
        if getattr(call.func, "id", getattr(call.func, "attr", None)) in called:
            named = [keyword.value for keyword in call.keywords if keyword.arg == "name"]
            for name in [*call.args[1:2], *named]:
                if isinstance(name, ast.Constant) and isinstance(name.value, str):
                    yield name.value


def _parse(cell: str) -> ast.Module:
    """Parse a cell, at need without its magics; what is not Python is left to the kernel."""
    for read in (str, _strip_magics):
        with suppress(SyntaxError):
            return ast.parse(read(cell))
    return ast.Module(body=[], type_ignores=[])


def _strip_magics(cell: str) -> str:
    from IPython.core.inputtransformer2 import TransformerManager

    transformer = TransformerManager()  # type: ignore[no-untyped-call]
    return transformer.transform_cell(re.sub(r"\A\s*%%.*\n?", "", cell))
