"""What a check looks at: the coded rows, the excluded numerals, the reference tables, the texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pandas as pd

from policydata.coded import EXCLUDED_NAME, list_problems, read_frame, read_sheets
from policydata.columns import Column, name_columns
from policydata.errors import RULES
from policydata.quantities import read_quantities
from policydata.reading.files import WORKBOOK, is_folder
from policydata.schema import CODED, EXCLUDED, REFERENCE
from policydata.tables import read_reference

__all__ = ["Coding", "gather", "make_empty", "report"]

NO_FILE = "no such file"


@dataclass(frozen=True)
class Coding:
    """One coding, with all that its rules need.

    `own` holds those tables of `reference` that are the caller's, each row with its address.
    """

    coded: pd.DataFrame
    excluded: pd.DataFrame
    unread: pd.DataFrame
    reference: Mapping[str, pd.DataFrame]
    own: Mapping[str, pd.DataFrame]
    unread_own: pd.DataFrame
    texts: Mapping[str, str] | None

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of the coded rows, read once for all rules."""
        return read_quantities(self.coded.value_text)


def gather(
    coded: pd.DataFrame | str | Path, documents: str | Path | None, reference: str | Path | None
) -> Coding:
    """Read what is a path and put it all together."""
    own, unread_own = _read_own(reference)
    tables = read_reference() | own
    if isinstance(coded, pd.DataFrame):
        rows, unread = read_frame(coded)
    else:
        rows, unread = read_sheets(coded, CODED)
    whole = not isinstance(coded, pd.DataFrame) and is_folder(coded)
    source = Path(str(coded)) if whole else _find_source(rows)
    excluded, unread_excluded = _read_excluded(source)
    problems = pd.concat([unread, unread_excluded])
    texts = _read_texts(tables["documents"], documents)
    coding = Coding(rows, excluded, problems, tables, own, unread_own, texts)
    return coding if whole else _narrow(coding)


def make_empty(columns: Sequence[Column]) -> pd.DataFrame:
    """Make a table of no row, with the columns of an address."""
    return pd.DataFrame(columns=[*name_columns(columns), "file", "row"], dtype="str")


def report(
    rows: pd.DataFrame,
    column: str,
    rule: str,
    allowed: object,
    nearest: object = "",
) -> pd.DataFrame:
    """Make problems of the offending rows; `allowed` and `nearest` may differ by row."""
    facts = {"column": column, "value": rows[column], "level": RULES[rule], "rule": rule}
    return rows[["file", "row"]].assign(**facts, allowed=allowed, nearest=nearest)


def _narrow(coding: Coding) -> Coding:
    """Hold a part of a coding, one file or some rows, to account for its own documents alone."""
    documents = set(coding.coded.document)
    excluded = coding.excluded[coding.excluded.document.isin(documents)]
    own = dict(coding.own)
    if "hazards" in own:
        judged = own["hazards"].statement_id.str.replace(r":[^:]*$", "", regex=True)
        own["hazards"] = own["hazards"][judged.isin(documents)]
    texts = coding.texts and {
        name: text for name, text in coding.texts.items() if name in documents
    }
    return replace(coding, excluded=excluded, own=own, texts=texts)


def _read_own(folder: str | Path | None) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Read the reference tables of a folder; one that cannot be read gives way to ours."""
    tables: dict[str, pd.DataFrame] = {}
    problems = [list_problems([])]
    if folder is None:
        return tables, problems[0]
    if not Path(folder).is_dir():
        names = ", ".join(f"{name}.csv" for name in REFERENCE)
        facts = {"level": RULES[NO_FILE], "rule": NO_FILE, "allowed": f"a folder with {names}"}
        return tables, list_problems([{"file": Path(folder).as_posix(), **facts}])
    for name, columns in REFERENCE.items():
        if (file := Path(folder) / f"{name}.csv").is_file():
            table, unread = read_sheets(file, columns)
            problems.append(unread)
            tables |= {} if unread.level.eq("error").any() else {name: table}
    return tables, pd.concat(problems)


def _read_excluded(source: Path | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the excluded numerals of a folder or workbook, none where there is no such place."""
    if source is None:
        return make_empty(EXCLUDED), list_problems([])
    return read_sheets(source, EXCLUDED)


def _find_source(coded: pd.DataFrame) -> Path | None:
    """Find the folder or workbook that rows came from, for the `excluded` table beside them."""
    file = coded.file.iloc[0] if len(coded) else ""
    if file.lower().endswith(WORKBOOK) and Path(file).is_file():
        return Path(file)
    beside = Path(file).with_name(f"{EXCLUDED_NAME}.csv") if file else None
    return beside if beside and beside.is_file() else None


def _read_texts(table: pd.DataFrame, folder: str | Path | None) -> dict[str, str] | None:
    """Read the texts whose checksum the table of documents states, by document id."""
    if folder is None:
        return None
    files = {
        sha256(file.read_bytes()).hexdigest(): file for file in sorted(Path(folder).glob("*.txt"))
    }
    ids = table[table.sha256.isin(files)]
    return {
        document: files[checksum].read_bytes().decode("utf-8")
        for document, checksum in zip(ids.id, ids.sha256, strict=True)
    }
