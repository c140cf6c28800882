"""Every sentence that the package says to a person, found in its code and in its records."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import policydata
from policydata import codebook, columns, guide, numerals, problems, reading, schema, wording
from policydata.checks import form
from policydata.coder import merging, pages, starting
from policydata.commands import changes
from policydata.commands.tables import CONDITIONS
from policydata.reading import workbook

ROOT = Path(policydata.__file__).parent
# What the operating system and Python's reader of CSV report, each under its own name.
REPORTED = {
    *("No such file or directory", "Permission denied", "Is a directory", "Not a directory"),
    *("No space left on device", "Read-only file system", "File name too long", "Broken pipe"),
    *("Too many levels of symbolic links", "Input/output error"),
    *("unexpected end of data", "',' expected after '\"'"),
}
# What a name is the name of: see `look_up` and `refuse_unknown`.
KINDS = {*("place", "province", "indicator", "domain", "hazard", "year", "reference table")}
KINDS |= {"place_level", "measure", "status"}


_SAYING = ("policydata.messages", "policydata.problems", "policydata.numerals")


def list_modules() -> Iterator[tuple[str, ast.Module]]:
    """List the modules that say messages, by their dotted name."""
    for file in sorted(ROOT.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        if _imports_say(tree):
            parts = ("policydata", *file.relative_to(ROOT).with_suffix("").parts)
            yield ".".join(parts).removesuffix(".__init__"), tree


def _imports_say(tree: ast.Module) -> bool:
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module in _SAYING
        and {name.name for name in node.names} & {"say", "say_count", "refuse"}
        for node in ast.walk(tree)
    )


def list_said() -> set[str]:
    """List the sentences that are typed where they are said, or in a constant or a name there."""
    return {words for name, tree in list_modules() for words in _list_said(name, tree)}


def _list_said(name: str, tree: ast.Module) -> Iterator[str]:
    module = importlib.import_module(name)
    for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
        function = getattr(call.func, "id", "")
        if function in ("say", "refuse"):
            for words in call.args[: 1 + (function == "refuse")]:
                yield from _read(words, tree, module)
        if function == "say_count":
            for noun in _read(call.args[1], tree, module):
                yield f"{{count}} {noun}"


def _read(node: ast.expr, tree: ast.Module, module: object) -> Iterator[str]:
    """Read the sentences that an argument may be; none if it comes from elsewhere."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _read(node.body, tree, module)
        yield from _read(node.orelse, tree, module)
    elif isinstance(node, ast.Name) and isinstance(getattr(module, node.id, None), str):
        yield getattr(module, node.id)
    elif isinstance(node, ast.Name):
        for given in [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]:
            if getattr(given.targets[0], "id", "") == node.id and given.value is not node:
                yield from _read(given.value, tree, module)


def list_records() -> set[str]:
    """List the sentences that are said from a record: rules, meanings, reasons, forms."""
    tables = (
        schema.DRAFT,
        schema.CODED,
        schema.EXCLUDED,
        schema.STATEMENTS,
        *schema.REFERENCE.values(),
    )
    reasons = (*wording.DAMAGES, *wording.UNFOLDED, *wording.HEADS, *wording.TAILS)
    known = {
        *problems.RULES,
        *(column.meaning for table in tables for column in table),
        *(part for _, *parts in reasons for part in parts),
        *numerals._NO_FRACTION,
        *(allowed for _, allowed in form._FORMS.values()),
        *(allowed for *_, allowed in form._UNIQUE),
        *columns._ALLOWED.values(),
        *CONDITIONS.values(),
        *reading._SIGNATURES.values(),
        *workbook._OLDER_PARTS.values(),
        *(*schema.HAZARDS.values(), "rows of load_statements()", "rows of read_coded()"),
        *(f"{{count}} {level}" for level in schema.LEVELS),
        *("a file of older Office", "read_reference()"),
        *("{count} blank row", "{count} blank column"),
        *(title for title, *_ in codebook.TABLES),
        *(note for _, note, _ in codebook.TABLES),
        *("text", "integer", "number", "date", *guide.SECTIONS.values()),
        *("Increase", "Denominator of the unit"),
        "Decrease (a negative figure with a mirrored bound; 下降到 names a level)",
        "Distance from what is named after the word (快于全省2个百分点)",
        *("new", "code", "files", "tables", "package", "versions", "figures"),
        *("a tab", "superscript", "subscript", "struck"),
        *("load_places()", "load_places(), or your own reference tables"),
        *("load_indicators(), or your own reference tables",),
        *(*pages._README, *starting._NEXT, merging._BOTH, merging._FOREIGN),
        *changes._CALLS.values(),
    }
    return {one for one in known if one} | KINDS | REPORTED
