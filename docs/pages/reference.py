"""The reference: every public name, from its docstring, and every command, from its help."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from contextlib import redirect_stdout, suppress
from types import ModuleType
from unittest.mock import patch

import pandas as pd

import policydata
import policydata.charts
from pages.markup import join_parts, write_table, write_toctree
from pages.work import Work
from policydata.__main__ import main

VERSIONS = {
    "__version__": "The version of the package, as a text.",
    "__data_version__": "The version of the data that the package ships, as a text.",
}
# Public names that are no functions or classes; each is described where it is listed.
DATA = ("PALETTE",)


def list_names() -> dict[str, str]:
    """List what leads to each public name, by how a page may write it."""
    names = {name: f"policydata.{name}" for name in [*policydata.__all__, *VERSIONS]}
    names |= {name: f"policydata.charts.{name}" for name in policydata.charts.__all__}
    names |= {full: full for full in [*names.values()]}
    return {
        written + after: f"[`{written}{after}`](#{full})"
        for written, full in names.items()
        for after in ("", "()")
    } | {"policydata.charts": "{py:mod}`policydata.charts`"}


def write_reference(work: Work) -> None:
    """Write the pages of the two modules and of the commands."""
    pages = ["policydata", "charts", "commands"]
    tree = write_toctree(pages, "maxdepth: 2")
    work.write("api/index.md", join_parts("# Reference", tree))
    versions = [_describe(name, said) for name, said in VERSIONS.items()]
    work.write("api/policydata.md", _write_module("policydata", policydata, versions))
    named = set(policydata.charts.__all__)
    assert set(DATA) <= named, "data are public names"
    palette = _describe("PALETTE", "The colour of each meaning.")
    work.write(
        "api/charts.md",
        _write_module("policydata.charts", policydata.charts, [palette]) + _show_palette(),
    )
    work.write("api/commands.md", _write_commands())


def _write_module(name: str, module: ModuleType, described: Iterable[str]) -> str:
    """List the public names of a module; a page of each is made from its docstring."""
    public = [one for one in module.__all__ if one not in DATA]
    head = str(module.__doc__).strip().partition("\n")[0]
    # Above the heading, the anchor of the module is that of the page.
    opening = _write_rst([f".. module:: {name}"])
    summary = [".. autosummary::", "   :toctree: generated", "   :nosignatures:", ""]
    listed = [*summary, *(f"   {one}" for one in public), "", *described]
    return join_parts(opening, f"# `{name}`", head, _write_rst(listed))


def _write_rst(lines: Iterable[str]) -> str:
    return "\n".join(["```{eval-rst}", *lines, "```"])


def _describe(name: str, said: str) -> str:
    """Describe a public name that has no docstring."""
    return f".. py:data:: {name}\n\n   {said}\n"


def _show_palette() -> str:
    """Show the colours with what they mean."""
    cells = [
        (
            f"<code>{name}</code>",
            f'<span class="colour" style="background:{colour}"></span> <code>{colour}</code>',
        )
        for name, colour in policydata.charts.PALETTE.items()
    ]
    return "\n" + write_table(pd.DataFrame(cells, columns=["Meaning", "Colour"]), "Colours") + "\n"


def _write_commands() -> str:
    """Write what each command says of itself."""
    whole = _ask_for_help()
    commands = re.findall(r"(?m)^    (\w+) ", whole.partition("COMMAND\n")[2])
    parts = [f"## `policydata {one}`\n\n```text\n{_ask_for_help(one)}```" for one in commands]
    return join_parts("# Commands", f"```text\n{whole}```", *parts)


def _ask_for_help(*command: str) -> str:
    """Ask a command for its help, in English and on lines of one width."""
    said = io.StringIO()
    with (
        patch.dict("os.environ", COLUMNS="88", LC_ALL="C"),
        redirect_stdout(said),
        suppress(SystemExit),
    ):
        main([*command, "--help"])
    return said.getvalue()
