"""The notebooks with their outputs: copies, the files of the project stay as they are."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from pages.work import Work
from policydata.build.files import digest, hash_files
from policydata.build.notebooks import Notebook, list_makers, read_notebook, run_notebook

SHOWN = ("execute_result", "display_data", "stream")


def write_notebooks(work: Work, alts: Mapping[str, str]) -> list[str]:
    """Run the notebooks whose copies are not up to date; list the pages of all of them.

    `alts` are what is seen on the figures, by their names.
    """
    beside = work.root / "notebooks"
    shutil.copytree(beside, work.build / "notebooks", dirs_exist_ok=True)
    (work.build / "figures").mkdir(exist_ok=True)
    notebooks = [read_notebook(path) for path in sorted(work.build.glob("notebooks/*.ipynb"))]
    read = digest(hash_files(beside, sorted(beside.rglob("*.*"))))
    due = [one for one in notebooks if work.is_due(one.name, {"notebooks": read})]
    asyncio.run(_run_all(due, work, alts))
    for notebook in notebooks:
        run = work.build / "executed" / notebook.path.name
        work.write(notebook.name, run.read_text("utf-8"))
    return [notebook.name for notebook in notebooks]


async def _run_all(notebooks: list[Notebook], work: Work, alts: Mapping[str, str]) -> None:
    """Run notebooks, as many at a time as there are processors."""
    room = asyncio.Semaphore(os.cpu_count() or 2)
    figures = {place: name for name, place in list_makers(notebooks).items()}

    async def run(notebook: Notebook) -> None:
        async with room:
            outputs: dict[int, list[Any]] = {}
            await run_notebook(
                notebook, lambda _: None, at_output=lambda *sent: _keep(outputs, *sent)
            )
        shown = {
            number: alts[name]
            for (made_by, number), name in figures.items()
            if made_by == notebook.name and name in alts
        }
        executed = work.build / "executed" / notebook.path.name
        executed.parent.mkdir(exist_ok=True)
        executed.write_text(nbformat.writes(_fill(notebook.path, outputs, shown)) + "\n", "utf-8")
        work.remember(notebook.name)

    await asyncio.gather(*map(run, notebooks))


def _keep(outputs: dict[int, list[Any]], number: int, message: dict[str, Any]) -> None:
    """Keep what a cell shows as the notebook stores it."""
    if message["header"]["msg_type"] in SHOWN:
        outputs.setdefault(number, []).append(nbformat.v4.output_from_msg(message))


def _fill(path: Path, outputs: Mapping[int, list[Any]], alts: Mapping[int, str]) -> Any:
    """Put outputs into a notebook, and say of each picture what is seen on it."""
    notebook = nbformat.read(path, as_version=4)
    heading, number = "", 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = (re.findall(r"(?m)^#+ +(.+)", cell.source) or [heading])[-1]
            cell.source = lead_to_pages(cell.source)
        elif cell.source.strip():
            number += 1
            cell.execution_count, cell.outputs = number, outputs.get(number, [])
            seen = alts.get(number, f"Chart. {heading}")
            cell.metadata["mystnb"] = {"image": {"alt": seen}}
    return notebook


def lead_to_pages(text: str) -> str:
    """Lead links to pictures of figures to their pages.

    Examples
    --------
    >>> lead_to_pages("[6 were missed](../figures/gdp_growth.png)")
    '[6 were missed](../figures/gdp_growth.md)'
    """
    return re.sub(r"\((\.\./figures/\w+)\.png\)", r"(\1.md)", text)
