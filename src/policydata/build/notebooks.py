"""One notebook, run in a fresh kernel of the running Python; the file itself is never changed."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL
from typing import TYPE_CHECKING, Any

from policydata.build.errors import BuildError
from policydata.build.source import Notebook

if TYPE_CHECKING:
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

__all__ = ["run_notebook"]


def run_notebook(notebook: Notebook, at_cell: Callable[[int], None]) -> None:
    """Run every code cell in its folder.

    Parameters
    ----------
    notebook : Notebook
        The notebook to run.
    at_cell : callable
        Called before each cell, with its number.

    Raises
    ------
    BuildError
        At the first cell that fails, with its number as Jupyter counts them, and its line.
    """
    with tempfile.TemporaryDirectory(prefix="nb-") as folder:
        asyncio.run(_run(notebook, Path(folder), at_cell))


async def _run(notebook: Notebook, folder: Path, at_cell: Callable[[int], None]) -> None:
    """Run a notebook with the files of its kernel in a folder of their own."""
    from nbclient.exceptions import CellExecutionError

    client = _client(notebook, folder, at_cell)
    # A kernel ends with us by itself; nbclient's farewell at exit trips over what is gone.
    client._cleanup_kernel = lambda: None  # type: ignore[method-assign]
    try:
        await client.async_execute(
            cleanup_kc=True,
            cwd=str(notebook.path.parent),
            env=_environment(folder),
            stderr=DEVNULL,
            stdout=DEVNULL,
        )
    except CellExecutionError as error:
        raise BuildError(_describe(notebook, client.code_cells_executed, error)) from None
    except RuntimeError:
        raise BuildError(_describe_stop(notebook, client.code_cells_executed)) from None


def _client(notebook: Notebook, folder: Path, at_cell: Callable[[int], None]) -> NotebookClient:
    """A client whose notebook has the code cells alone."""
    from nbclient import NotebookClient
    from nbformat import v4

    def tell(*, cell_index: int, **_: Any) -> None:
        at_cell(cell_index + 1)

    cells = [v4.new_code_cell(cell) for cell in notebook.cells]  # type: ignore[no-untyped-call]
    return NotebookClient(
        v4.new_notebook(cells=cells),  # type: ignore[no-untyped-call]
        km=_kernel(folder),
        on_cell_execute=tell,
        record_timing=False,
        shutdown_kernel="immediate",
        store_widget_state=False,
    )


def _kernel(folder: Path) -> AsyncKernelManager:
    """A kernel of the running Python, whatever kernels the machine has under the same name."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    return AsyncKernelManager(
        connection_file=str(folder / "kernel.json"),
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        # Files, where the system has such sockets: two kernels never ask for the same port.
        transport="ipc" if os.name == "posix" else "tcp",
    )


def _environment(folder: Path) -> dict[str, str]:
    """The environment of a kernel: nobody's settings, one hash seed, warnings are errors."""
    inherited = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    return inherited | {
        "IPYTHONDIR": str(folder),
        "PYTHONHASHSEED": "0",
        "PYTHONWARNINGS": "error:::__main__",
    }


def _describe(notebook: Notebook, number: int, error: CellExecutionError) -> str:
    """Say where a cell failed and why, and quote the line."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", error.traceback)
    reason = re.sub(r" \([^()]+, line \d+\)$", "", error.evalue)
    found = re.search(rf"Cell In\[{number}\], line (\d+)", plain)
    if found is None:
        return f"{notebook.name}, cell {number}: {error.ename}: {reason}"
    cell = notebook.cells[number - 1]
    # The kernel counts lines from the first that is not blank.
    blank = cell[: len(cell) - len(cell.lstrip())].count("\n")
    line = int(found[1]) + blank
    address = f"{notebook.name}, cell {number}, line {line}"
    return f"{address}: {error.ename}: {reason}\n    {cell.splitlines()[line - 1].strip()}"


def _describe_stop(notebook: Notebook, number: int) -> str:
    """Say where the kernel itself ended."""
    if number == 0:
        return f"{notebook.name}: no kernel starts; `python -m ipykernel_launcher` says why."
    return f"{notebook.name}, cell {number}: Python stopped before the cell was done."
