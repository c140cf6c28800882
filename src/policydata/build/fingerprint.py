"""What a notebook depends on, as hashes: it runs again when one of them changes, and only then.

Its code counts and its prose does not; of the tables, only the rows that it loads count, with
their documents, and the two from which every chart names places and units.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from policydata.build.source import Load, Notebook, loads

__all__ = ["fingerprint", "hash_files", "library_files"]

PACKAGES = ("pandas", "matplotlib", "seaborn")
NAMES = ("tables/places.csv", "tables/units.csv")
NEVER_IMPORTED = ("build", "checks", "__main__.py")


def fingerprint(notebook: Notebook, project: Path) -> dict[str, str]:
    """Hash what a notebook depends on, part by part."""
    return {
        "code": _hash("\0".join(notebook.cells)),
        "library": _hash(repr(hash_files(library_files(project)))),
        "rows": _hash("\0".join(_table(load) for load in loads(notebook))),
        "versions": " ".join(_versions()),
    }


def library_files(project: Path) -> list[Path]:
    """The modules that a notebook can import, and the fonts and names that it draws with."""
    package = project / "src" / "policydata"
    modules, fonts = package.rglob("*.py"), package.glob("charts/fonts/*.ttf")
    files = [*sorted(modules), *sorted(fonts), *(package / name for name in NAMES)]
    return [file for file in files if file.relative_to(package).parts[0] not in NEVER_IMPORTED]


def hash_files(files: Iterable[Path]) -> dict[str, str]:
    """Hash the bytes of each file; a file that is not there has a blank hash."""
    return {
        f"{file.parent.name}/{file.name}": sha256(file.read_bytes()).hexdigest()
        if file.is_file()
        else ""
        for file in files
    }


def _hash(text: str) -> str:
    """The SHA-256 of a text."""
    return sha256(text.encode()).hexdigest()


def _versions() -> list[str]:
    """The versions that decide what a figure looks like."""
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    return [python, *(f"{package} {version(package)}" for package in PACKAGES)]


def _table(load: Load) -> str:
    """The rows that one load gives, and the documents that they name, as CSV."""
    import policydata

    loader = getattr(policydata, load.loader, None)
    if loader is None:
        return ""
    try:
        rows = loader(**ast.literal_eval(load.arguments))
    except (TypeError, ValueError) as refusal:
        # The notebook will meet the same refusal, and the build then says in which cell.
        return f"{load}\n{refusal}"
    documents = policydata.load_documents()
    named = documents[documents.id.isin(rows["document"])] if "document" in rows else documents[:0]
    return f"{load}\n{rows.to_csv()}\n{named.to_csv()}"
