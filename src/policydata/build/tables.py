"""The tidy tables and what explains them: checked, made and replaced together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pandas as pd

from policydata.build.files import BuildError, State, hash_data_set
from policydata.changes import describe_changes, list_changes
from policydata.codebook import name_page, write_codebook
from policydata.coded import read_coded
from policydata.datasets import DataSet
from policydata.descriptor import write_descriptor
from policydata.guide import RULES, write_guides
from policydata.load import forget
from policydata.messages import say, speak
from policydata.problems import describe_problems
from policydata.schema import LANGUAGES, REFERENCE
from policydata.statements import tidy
from policydata.tables import read_csv, read_reference, read_release
from policydata.writing import write_together

TASK, DIVISIONS = "data", "divisions"


def renew_tables(data_set: DataSet, state: State) -> tuple[dict[str, str], bool]:
    """Check the data and write what is made from them, if anything has changed.

    Returns
    -------
    tuple of dict and bool
        The hashes of the data set afterwards, and whether there was anything to do.

    Raises
    ------
    BuildError
        If the data have errors; nothing is written then.
    """
    hashes = hash_data_set(data_set)
    if not state.find_changes(TASK, hashes):
        return hashes, False
    from policydata.checks import check

    problems = check(data_set.coded, reference=data_set.reference)
    if (errors := problems[problems.level.eq("error")]).size:
        refused = say("The data have errors: nothing was written.")
        raise BuildError(f"{describe_problems(errors)}\n{refused}")
    if review := int(problems.level.eq("review").sum()):
        told = "data: {count} to review; `policydata check` lists them"
        print(say(told, count=review), flush=True)
    made = make_tables(data_set)
    changes = list_changes(*_read_differing(made))
    for folder in (data_set.tables, data_set.tidy_copy.parent):
        folder.mkdir(exist_ok=True)
    write_together(made)
    for line in describe_changes(changes):
        print(line, flush=True)
    forget()
    again = hash_data_set(data_set)
    hashes = hashes | {part: again[part] for part in ("tables", "pages")}
    state.remember(TASK, hashes)
    return hashes, True


def make_tables(data_set: DataSet) -> dict[Path, str]:
    """Make the text of every tidy table, of the codebook, guide and descriptor, by its file.

    They are made only from what people type, so that a unit or a place that was added there is
    known.
    """
    reference = _read_reference(data_set)
    typed = {name: table for name, table in reference.items() if name in REFERENCE}
    made = reference | {"statements": tidy(read_coded(data_set.coded), typed)}
    form = {"index": False, "lineterminator": "\n", "date_format": "%Y-%m-%d"}
    version = read_version(data_set)
    release = read_release(version)
    tables = {f"{name}.csv": table.to_csv(**form) for name, table in made.items()}
    described = (data_set.descriptor.parent, reference["documents"], release)
    return {
        **{data_set.tables / name: text for name, text in tables.items()},
        **({data_set.tables / "VERSION": version} if version else {}),
        **_write_pages(data_set, reference["indicators"], release.version),
        data_set.tidy_copy: tables[data_set.tidy_copy.name],
        data_set.descriptor: write_descriptor(*described, is_ours=data_set.is_clone),
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


def _write_pages(data_set: DataSet, indicators: pd.DataFrame, version: str) -> dict[Path, str]:
    """Write the codebook, and the guide if there are rules for it, in every language."""
    folder, pages = data_set.codebook.parent, {}
    for lang in LANGUAGES:
        with speak(lang):
            pages[name_page("CODEBOOK", lang)] = write_codebook(indicators, version)
    if (folder / RULES).is_file():
        try:
            pages |= write_guides(read_csv(folder / RULES))
        except ValueError as refused:
            raise BuildError(str(refused)) from None
    return {folder / name: page for name, page in pages.items()}


def _read_reference(data_set: DataSet) -> dict[str, pd.DataFrame]:
    """Read the reference tables; a clone has all, and ships divisions and guide besides."""
    if not data_set.is_clone:
        return read_reference(data_set.reference)
    own = {name: read_csv(data_set.reference / f"{name}.csv") for name in (*REFERENCE, DIVISIONS)}
    return own | {"guide": read_csv(data_set.codebook.with_name(RULES))}


def read_version(data_set: DataSet) -> str:
    """Read the file with the version of the data as it is; blank if there is none."""
    if not (data_set.version.is_file() or data_set.is_clone):
        return ""
    try:
        return data_set.version.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BuildError(say('"{file}" is not UTF-8.', file=data_set.version)) from None
