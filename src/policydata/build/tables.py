"""The shipped tables and the codebook: checked, made and replaced together."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from policydata.build.codebook import describe_data
from policydata.build.errors import BuildError
from policydata.build.files import write_together
from policydata.build.state import State, hash_project
from policydata.coded import read_coded
from policydata.errors import CodingError
from policydata.load import forget
from policydata.schema import REFERENCE
from policydata.statements import tidy
from policydata.tables import read_csv

__all__ = ["make_tables", "renew_tables"]

TASK, PARTS = "data", ("data", "tables", "whole package", "versions")


def renew_tables(project: Path, state: State) -> tuple[dict[str, str], bool]:
    """Check the data and write what is made of them.

    Returns
    -------
    tuple of dict and bool
        The hashes of the project as it is then, and whether there was anything to do.

    Raises
    ------
    CodingError
        If the data have errors; nothing is written then.
    """
    from policydata.checks import check

    hashes = hash_project(project)
    needed = {part: hashes[part] for part in PARTS}
    if not state.find_changes(TASK, needed):
        return hashes, False
    problems = check(project / "data/coded", reference=project / "data/reference")
    if (errors := problems[problems.level.eq("error")]).size:
        raise CodingError(errors)
    if review := int(problems.level.eq("review").sum()):
        print(f"{TASK}: {review} to review; `policydata check` lists them", flush=True)
    write_together(make_tables(project))
    forget()
    hashes = hash_project(project)
    state.remember(TASK, needed | {"tables": hashes["tables"]})
    return hashes, True


def make_tables(project: Path) -> dict[Path, str]:
    """Make the text of every shipped table and of the codebook, by its file.

    They are made of `data/` alone, so that a unit or a place that was added there is known.
    """
    data, tables = project / "data", project / "src/policydata/tables"
    reference = {name: read_csv(data / "reference" / f"{name}.csv") for name in REFERENCE}
    try:
        version = (data / "VERSION").read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BuildError(f'"{data / "VERSION"}" is not UTF-8.') from None
    statements = tidy(read_coded(data / "coded"), reference)
    made = reference | {"statements": statements}
    return {
        **{tables / f"{name}.csv": _write_table(table) for name, table in made.items()},
        tables / "VERSION": version,
        data / "CODEBOOK.md": describe_data(reference["indicators"], version.strip()),
    }


def _write_table(table: pd.DataFrame) -> str:
    """Write a table: LF, comma, days as ISO 8601, numbers in their shortest exact form."""
    text: str = table.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")
    return text
