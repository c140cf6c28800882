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
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager

__all__ = ["run_notebook"]


async def run_notebook(
    notebook: Notebook, at_cell: Callable[[int], None], lang: str = "en"
) -> list[str]:
    """Run every code cell in the folder of the notebook; give the text that each shows.

    `at_cell` is called with the number of each cell, as Jupyter counts them, before it runs. The
    first that fails is a BuildError with that number and the line. The kernel is always stopped.
    """
    shown: list[str] = []
    with tempfile.TemporaryDirectory(prefix="nb-") as folder:
        manager = _manage_kernel(Path(folder))
        at_once = True
        try:
            client = await _start_kernel(manager, notebook, Path(folder))
            for number, source in enumerate(notebook.list_sources(lang), start=1):
                at_cell(number)
                reply, text = await _execute(manager, client, source)
                if reply is None or reply["status"] != "ok":
                    raise BuildError(_describe(notebook, number, source, reply))
                shown.append(text)
        except asyncio.CancelledError:
            # A cell that is interrupted has time to clear up.
            at_once = False
            raise
        finally:
            await manager.shutdown_kernel(now=at_once)
    return shown


def _manage_kernel(folder: Path) -> AsyncKernelManager:
    """A kernel of the running Python, whatever kernels the machine has under the same name."""
    from jupyter_client.kernelspec import KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    return AsyncKernelManager(
        connection_file=str(folder / "kernel.json"),
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[]),
        shutdown_wait_time=2,
        # Files, where the system has such sockets: two kernels never ask for the same port.
        transport="ipc" if os.name == "posix" else "tcp",
    )


async def _start_kernel(
    manager: AsyncKernelManager, notebook: Notebook, folder: Path
) -> AsyncKernelClient:
    """Start a kernel in the folder of a notebook: our package, nobody's settings, one hash seed."""
    from jupyter_client.kernelspec import NoSuchKernel

    package = str(notebook.path.parents[1] / "src")
    inherited = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    own = {
        "IPYTHONDIR": str(folder),
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, [package, inherited.get("PYTHONPATH")])),
        "PYTHONWARNINGS": "error:::__main__",
    }
    where = {"cwd": str(notebook.path.parent), "stdout": DEVNULL, "stderr": DEVNULL}
    try:
        await manager.start_kernel(env=inherited | own, **where)
        client = manager.client(context=manager.context)
        client.start_channels(stdin=False, hb=False)
        await client.wait_for_ready(timeout=60)
    except (NoSuchKernel, OSError, RuntimeError):
        says_why = "`python -m ipykernel_launcher` says why"
        raise BuildError(f"{notebook.name}: no kernel starts; {says_why}.") from None
    return client


async def _execute(
    manager: AsyncKernelManager, client: AsyncKernelClient, source: str
) -> tuple[dict[str, Any] | None, str]:
    """Run one cell; give its reply, none where the kernel ended, and the text that it shows."""
    texts: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        content = message["content"]
        texts.append(content.get("text") or content.get("data", {}).get("text/plain", ""))

    cell = asyncio.ensure_future(
        client.execute_interactive(source, allow_stdin=False, output_hook=hear)
    )
    try:
        while not cell.done() and await manager.is_alive():
            await asyncio.wait({cell}, timeout=1)
        return cell.result()["content"] if cell.done() else None, "".join(texts)
    finally:
        cell.cancel()
        await asyncio.wait({cell})


def _describe(notebook: Notebook, number: int, source: str, reply: dict[str, Any] | None) -> str:
    """Say where a cell failed and why, and quote the line."""
    address = f"{notebook.name}, cell {number}"
    if reply is None:
        return f"{address}: Python stopped before the cell was done."
    plain = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(reply["traceback"]))
    reason = re.sub(r" \([^()]+, line \d+\)$", "", reply["evalue"])
    fault = f"{reply['ename']}: {reason}"
    found = re.search(rf"Cell In\[{number}\], line (\d+)", plain)
    if found is None:
        return f"{address}: {fault}"
    # The kernel counts lines from the first that is not blank.
    blank = source[: len(source) - len(source.lstrip())].count("\n")
    line = int(found[1]) + blank
    return f"{address}, line {line}: {fault}\n    {source.splitlines()[line - 1].strip()}"
