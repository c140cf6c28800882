"""A notebook as its file has it, and its run in a kernel; the file itself is never changed."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

from policydata.build.files import BuildError
from policydata.messages import say
from policydata.schema import LANGUAGES

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager

# The cell that sets the language, and what a build in another language puts in its place.
LANGUAGE = 'lang = "{}"'
_TWICE = "The figure {figure} is made by {one} and by {other}: give one of them another name."
_NO_KERNEL = "{notebook}: the kernel does not start; `python -m ipykernel_launcher` says why."


@dataclass(frozen=True)
class Notebook:
    """A notebook: where it is, and what its code cells say."""

    path: Path
    cells: tuple[str, ...]

    @property
    def name(self) -> str:
        """The path as a reader of the project writes it."""
        return f"notebooks/{self.path.name}"

    def list_sources(self, lang: str) -> list[str]:
        """List the cells as they run in a language; only English may lack a cell that sets it."""
        chosen = {LANGUAGE.format(spoken) for spoken in LANGUAGES}
        if lang != "en" and chosen.isdisjoint(self.cells):
            english = LANGUAGE.format("en")
            refused = "{notebook} has no cell that is just {cell}; add one."
            raise BuildError(say(refused, notebook=self.name, cell=english))
        return [LANGUAGE.format(lang) if cell in chosen else cell for cell in self.cells]

    def list_optional(self) -> set[str]:
        """List the figures that are saved below an `if`: a run may have nothing to draw."""
        branches = (
            node
            for source in self.cells
            for node in ast.walk(_parse(source))
            if isinstance(node, ast.If)
        )
        return {figure for branch in branches for figure in _find_figures(branch)}


def read_notebook(path: Path) -> Notebook:
    """Read the code cells that a run executes; blank cells are skipped."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    except (KeyError, TypeError, ValueError) as fault:
        reason = fault if isinstance(fault, ValueError) else say("it has no list of cells")
        refused = "notebooks/{name} is not a Jupyter notebook: {reason}."
        raise BuildError(say(refused, name=path.name, reason=reason)) from None
    return Notebook(path, tuple(source for source in sources if source.strip()))


def list_makers(notebooks: Iterable[Notebook]) -> dict[str, tuple[str, int]]:
    """List the notebook and the cell (the last one, if several) that make each figure.

    A figure is made by a call of `save_figure` with its name written out; two notebooks cannot make
    the same figure.
    """
    makers: dict[str, tuple[str, int]] = {}
    for notebook in notebooks:
        for cell, source in enumerate(notebook.cells, start=1):
            for figure in _find_figures(_parse(source)):
                other, _ = makers.setdefault(figure, (notebook.name, cell))
                if other != notebook.name:
                    made = {"figure": repr(figure), "one": other, "other": notebook.name}
                    raise BuildError(say(_TWICE, **made))
                makers[figure] = notebook.name, cell
    return makers


def _parse(source: str) -> ast.AST:
    """Read the code of a cell; a cell that is not Python has none."""
    try:
        # Magics are not Python.
        return ast.parse(re.sub(r"(?m)^([ \t]*)[%!].*", r"\1pass", source))
    except SyntaxError:
        return ast.Module([], [])  # The kernel says what is wrong.


def _find_figures(tree: ast.AST) -> list[str]:
    """List the names that calls of `save_figure` spell out."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    saves = [call for call in calls if re.search(r"\bsave_figure$", ast.unparse(call.func))]
    named = [keyword.value for call in saves for keyword in call.keywords if keyword.arg == "name"]
    names = [*(name for call in saves for name in call.args[1:2]), *named]
    return [str(name.value) for name in names if isinstance(name, ast.Constant)]


async def run_notebook(
    notebook: Notebook,
    at_cell: Callable[[int], None],
    lang: str = "en",
    at_output: Callable[[int, dict[str, Any]], None] | None = None,
) -> list[str]:
    """Run every code cell in the folder of the notebook; return the text that each shows.

    `at_cell` is called with the number of each cell, as Jupyter counts them, before it runs, and
    `at_output` with that number and each message of the kernel that shows something. The
    first cell that fails raises BuildError with that number and the line. The kernel is always
    stopped.
    """
    shown: list[str] = []
    with tempfile.TemporaryDirectory(prefix="nb-") as folder:
        manager = _manage_kernel(folder)
        try:
            client = await _start_kernel(manager, notebook, folder)
            for number, source in enumerate(notebook.list_sources(lang), start=1):
                at_cell(number)
                reply, messages = await _execute(manager, client, source)
                if reply is None or reply["status"] != "ok":
                    raise BuildError(_describe(notebook, number, source, reply))
                shown.append("".join(map(_read_text, messages)))
                if at_output:
                    for message in messages:
                        at_output(number, message)
        finally:
            # A cell that is interrupted has time to clean up.
            await manager.shutdown_kernel()
    return shown


def _manage_kernel(folder: str) -> AsyncKernelManager:
    """Manage a kernel of the running Python, whatever other kernels have the same name."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    return AsyncKernelManager(
        connection_file=f"{folder}/kernel.json",
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        shutdown_wait_time=2,
        # Socket files, where the system has them: two kernels never ask for the same port.
        transport="ipc" if os.name == "posix" else "tcp",
    )


async def _start_kernel(
    manager: AsyncKernelManager, notebook: Notebook, folder: str
) -> AsyncKernelClient:
    """Start a kernel in the folder of a notebook: our package, no user settings, one hash seed."""
    paths = [str(notebook.path.parents[1] / "src"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {
        "IPYTHONDIR": folder,
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONWARNINGS": "error:::__main__",
    }
    environment.pop("MPLBACKEND", None)
    where = {"cwd": str(notebook.path.parent), "stdout": DEVNULL, "stderr": DEVNULL}
    try:
        await manager.start_kernel(env=environment, **where)
        client = manager.client(context=manager.context)
        client.start_channels(stdin=False, hb=False)
        await client.wait_for_ready(timeout=60)
    except (KeyError, OSError, RuntimeError):  # A KeyError: no kernel of that name.
        raise BuildError(say(_NO_KERNEL, notebook=notebook.name)) from None
    return client


async def _execute(
    manager: AsyncKernelManager, client: AsyncKernelClient, source: str
) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Run one cell; return its reply (None if the kernel ended) and what the kernel sends."""
    messages: list[dict[str, Any]] = []
    asked = client.execute_interactive(source, allow_stdin=False, output_hook=messages.append)
    cell = asyncio.ensure_future(asked)
    while not cell.done() and await manager.is_alive():
        await asyncio.wait({cell}, timeout=1)
    if not cell.done():
        cell.cancel()
        return None, []
    return cell.result()["content"], messages


def _read_text(message: dict[str, Any]) -> str:
    """Read the text of what a cell shows."""
    content = message["content"]
    return str(content.get("text") or content.get("data", {}).get("text/plain", ""))


def _describe(notebook: Notebook, number: int, source: str, reply: dict[str, Any] | None) -> str:
    """Say where a cell failed and why, and quote the line."""
    address = say("{notebook}, cell {number}", notebook=notebook.name, number=number)
    if reply is None:
        stopped = say("Python stopped before the cell was done.")
        return say("{address}: {said}", address=address, said=stopped)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(reply["traceback"]))
    reason = re.sub(r" \([^()]+, line \d+\)$", "", reply["evalue"])
    fault = f"{reply['ename']}: {reason}"
    found = re.search(rf"Cell In\[{number}\], line (\d+)", plain)
    if found is None:
        return say("{address}: {said}", address=address, said=fault)
    # The kernel counts lines from the first that is not blank.
    blank = source[: len(source) - len(source.lstrip())].count("\n")
    line = int(found[1]) + blank
    address = say("{address}, line {line}", address=address, line=line)
    told = say("{address}: {said}", address=address, said=fault)
    return f"{told}\n    {source.splitlines()[line - 1].strip()}"
