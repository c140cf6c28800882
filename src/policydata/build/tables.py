"""The shipped tables, the codebook and the guide: checked, made and replaced together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pandas as pd

from policydata.build.changes import describe_changes
from policydata.build.codebook import write_codebook
from policydata.build.files import BuildError, State, hash_project
from policydata.build.guide import RULES, write_guide
from policydata.coded import read_coded
from policydata.load import forget
from policydata.messages import speak
from policydata.problems import describe_problems
from policydata.schema import LANGUAGES, REFERENCE
from policydata.statements import tidy
from policydata.tables import read_csv
from policydata.writing import write_together

TASK = "data"


def renew_tables(project: Path, state: State) -> tuple[dict[str, str], bool]:
    """Check the data and write what is made from them, if anything has changed.

    Returns
    -------
    tuple of dict and bool
        The hashes of the project afterwards, and whether there was anything to do.

    Raises
    ------
    BuildError
        If the data have errors; nothing is written then.
    """
    hashes = hash_project(project)
    if not state.find_changes(TASK, hashes):
        return hashes, False
    from policydata.checks import check

    problems = check(project / "data/coded", reference=project / "data/reference")
    if (errors := problems[problems.level.eq("error")]).size:
        raise BuildError(f"{describe_problems(errors)}\nThe data have errors: nothing was written.")
    if review := int(problems.level.eq("review").sum()):
        print(f"{TASK}: {review} to review; `policydata check` lists them", flush=True)
    made = make_tables(project)
    changes = describe_changes(*_read_differing(made))
    write_together(made)
    for line in changes:
        print(line, flush=True)
    forget()
    hashes = hashes | {part: hash_project(project)[part] for part in ("tables", "pages")}
    state.remember(TASK, hashes)
    return hashes, True


def make_tables(project: Path) -> dict[Path, str]:
    """Make the text of every shipped table, of the codebook and of the guide, by its file.

    They are made only from `data/`, so that a unit or a place that was added there is known.
    """
    data, tables = project / "data", project / "src/policydata/tables"
    reference = {name: read_csv(data / "reference" / f"{name}.csv") for name in REFERENCE}
    try:
        version = (data / "VERSION").read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BuildError(f'"{data / "VERSION"}" is not UTF-8.') from None
    made = reference | {"statements": tidy(read_coded(data / "coded"), reference)}
    form = {"index": False, "lineterminator": "\n", "date_format": "%Y-%m-%d"}
    return {
        **{tables / f"{name}.csv": table.to_csv(**form) for name, table in made.items()},
        tables / "VERSION": version,
        **_write_pages(data, reference["indicators"], version.strip()),
    }


def _read_differing(
    made: Mapping[Path, str],
) -> tuple[dict[str, pd.DataFrame], dict[str, pd.DataFrame]]:
    """Read the tables that differ from what is there: as they are, and as they are made."""
    before, after = {}, {}
    for file, text in made.items():
        if file.suffix == ".csv" and file.is_file() and file.read_bytes() != text.encode():
            # What was damaged by hand is made again, and cannot be compared.
            with suppress(ValueError):
                before[file.stem] = read_csv(file)
                after[file.stem] = pd.read_csv(StringIO(text), dtype="str", keep_default_na=False)
    return before, after


def _write_pages(data: Path, indicators: pd.DataFrame, version: str) -> dict[Path, str]:
    """Write the codebook, and the guide if there are rules for it, in every language."""
    pages = {}
    for lang in LANGUAGES:
        end = "md" if lang == "en" else f"{lang}.md"
        with speak(lang):
            pages[data / f"CODEBOOK.{end}"] = write_codebook(indicators, version)
            if (data / RULES).is_file():
                pages[data / f"GUIDE.{end}"] = write_guide(read_csv(data / RULES))
    return pages
