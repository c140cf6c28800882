"""What a check looks at: the coded rows, the excluded numerals, the reference tables, the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from policydata.checks.evidence import Evidence, look_up
from policydata.checks.names import KEYS, list_names
from policydata.checks.reading import (
    find_reference,
    list_sources,
    read_excluded_of,
    read_own,
    read_texts,
)
from policydata.checks.runs import compare_with_quotes
from policydata.coded import read_frame, read_sheets
from policydata.errors import RULES
from policydata.quantities import read_quantities
from policydata.reading.files import is_folder, take_path
from policydata.schema import CODED
from policydata.tables import Reference, take_reference
from policydata.units import FACTOR, Unit, index_units

__all__ = ["Coding", "gather", "report"]

_CODED = "a DataFrame of read_coded(), a folder with .csv, or an .xlsx"


@dataclass(frozen=True)
class Coding:
    """One coding, with all that its rules need.

    `own` holds those tables of `reference` that are the caller's, each row with its address;
    `texts` is nothing where no folder of texts was named.
    """

    coded: pd.DataFrame
    excluded: pd.DataFrame
    unread: pd.DataFrame
    reference: Mapping[str, pd.DataFrame]
    own: Mapping[str, pd.DataFrame]
    unread_own: pd.DataFrame
    texts: Mapping[str, str] | None
    unread_texts: pd.DataFrame
    all_documents: bool

    @cached_property
    def names(self) -> Mapping[str, pd.DataFrame]:
        """The names of documents, places and indicators, as `list_names` gives them."""
        return {name: list_names(self.reference[name], keys) for name, keys in KEYS.items()}

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units of the reference tables; a factor that is none is no reason to read less."""
        return index_units(_make_usable(self.reference["units"]))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The figures of the coded rows, read once for all rules."""
        return read_quantities(self.coded.value_text, self.units)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """The rows whose quote holds their figure, compared with what stands around it."""
        return compare_with_quotes(self.coded, self.figures, self.units)

    @cached_property
    def evidence(self) -> Evidence:
        """The quotes and numerals of the texts, looked up once for all rules."""
        return look_up(self.coded, self.excluded, self.texts or {})


def gather(
    coded: pd.DataFrame | str | Path,
    documents: str | Path | None = None,
    reference: Reference = None,
    *,
    all_documents: bool = False,
) -> Coding:
    """Read what is a path and put it all together."""
    if all_documents and documents is None:
        raise ValueError("all_documents=True needs documents=, the folder with the texts.")
    path = None if isinstance(coded, pd.DataFrame) else take_path(coded, _CODED)
    rows, unread = read_sheets(path, CODED) if path else read_frame(coded)
    sources = list_sources(path or rows)
    own, unread_own = read_own(find_reference(sources) if reference is None else reference)
    tables = take_reference(own)
    excluded, unread_excluded = read_excluded_of(sources)
    whole = path is not None and is_folder(path)
    listed = tables["documents"]
    answered_for = listed if whole else listed[listed.id.isin(rows.document)]
    texts, unread_texts = read_texts(answered_for, documents)
    coding = Coding(
        coded=rows,
        excluded=excluded,
        # A workbook that stays shut would say so twice.
        unread=pd.concat([unread, unread_excluded]).drop_duplicates(),
        reference=tables,
        own=own,
        unread_own=unread_own,
        texts=texts,
        unread_texts=unread_texts,
        all_documents=all_documents,
    )
    return coding if whole else _narrow(coding)


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
    return replace(coding, excluded=excluded, own=own)


def _make_usable(units: pd.DataFrame) -> pd.DataFrame:
    """Give 1 for a factor that is none, and one unit of each dimension the factor 1."""
    exact = units.factor.str.fullmatch(FACTOR)
    units = units.assign(factor=units.factor.where(exact, "1"))
    lacks = ~units.dimension.isin(units.dimension[units.factor.eq("1")])
    first = lacks & ~units.dimension.duplicated()
    return units.assign(factor=units.factor.mask(first, "1"))
