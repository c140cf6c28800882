"""The inputs of a check: coded rows, excluded numerals, reference tables and texts.

What cannot be read is a problem with an address; only what is not a table or a path is refused.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import pandas as pd

from policydata.checks.distinct import hold_distinct, spread
from policydata.checks.edges import is_doubtful
from policydata.checks.marks import Marker
from policydata.coded import list_problems, make_empty, read_frame, read_sheets
from policydata.columns import as_text, name_columns, require_columns, take_rows
from policydata.datasets import find_data_set
from policydata.messages import say
from policydata.parts import find_named
from policydata.problems import RULES, refuse_unknown
from policydata.quantities import read_quantities
from policydata.reading import (
    EXCLUDED_NAME,
    is_file,
    is_folder,
    is_workbook,
    open_book,
    take_path,
)
from policydata.reading.labels import is_beside
from policydata.reading.sheets import Sheet, make_problem
from policydata.schema import CODED, EXCLUDED, REFERENCE
from policydata.statements import choose_unit, name_statements
from policydata.tables import Reference, find_tables, read_table, take_reference
from policydata.units import FACTOR, Unit, index_units, read_unit

_CODED = "a DataFrame of read_coded(), a folder of .csv files, or one .csv or .xlsx file"
_TEXTS = "a folder with the texts, as .txt"
# A table as it was read, and the problems of reading it.
_Read = tuple[pd.DataFrame, pd.DataFrame]


@dataclass(frozen=True)
class Coding:
    """One coding, with all that its rules need.

    `own` holds the reference tables of the caller, each row with its address; `texts` is None if no
    folder of texts was given.  It is `whole` if a folder or a workbook was given, and a `data_set`
    if it is a folder with its reference tables beside it.  `beside` has the statements that are
    coded already in the data set that a workbook is to be taken into, where they are asked for.
    `marker` finds the characters of its columns.
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
    whole: bool = False
    data_set: bool = False
    beside: pd.DataFrame = field(default_factory=lambda: make_empty(CODED))
    marker: Marker = field(default_factory=Marker)

    @cached_property
    def units(self) -> Mapping[str, Unit]:
        """The units by their written form; a unit with a wrong factor is known all the same."""
        units = self.reference["units"]
        units = units.assign(factor=units.factor.where(units.factor.str.fullmatch(FACTOR), "1"))
        lacks = ~units.dimension.isin(units.dimension[units.factor.eq("1")])
        first = lacks & ~units.dimension.duplicated()
        return index_units(units.assign(factor=units.factor.mask(first, "1")))

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The coded rows with what is read of each figure, its unit (`own_unit`: at the number)."""
        read = spread(self.coded[["value_text", "unit_text"]], self._read_figures)
        return pd.concat([self.coded, read], axis=1)

    @cached_property
    def doubtful(self) -> pd.Series:
        """Which figures have to be compared with their quotes in full."""
        return is_doubtful(self.figures, self.units)

    def _read_figures(self, typed: pd.DataFrame) -> pd.DataFrame:
        """Read different figures, each with the unit that its sentence gives apart from it."""
        read = read_quantities(typed.value_text, self.units)
        unit = choose_unit(typed.unit_text, read.unit).where(read.reason.eq(""), "")
        dimensions = {text: name_dimension(text, self.units) for text in unit.unique()}
        read = read.rename(columns={"unit": "own_unit"})
        return hold_distinct(read.assign(unit=unit, dimension=unit.map(dimensions)))


def gather(
    coded: pd.DataFrame | str | Path,
    documents: str | Path | None = None,
    reference: Reference = None,
    *,
    all_documents: bool = False,
) -> Coding:
    """Read the given paths, and gather all inputs."""
    if all_documents and documents is None:
        raise ValueError(say("all_documents=True needs documents=, the folder with the texts."))
    path = None if isinstance(coded, pd.DataFrame) else take_path(coded, _CODED)
    rows, unread = read_sheets(path, CODED) if path else read_frame(coded)
    sources = _list_sources([path.as_posix()] if path else rows.file.unique())
    own, unread_own = _read_own(_find_reference(sources) if reference is None else reference)
    if reference is None:
        beside, unread_beside = _read_own_sheets(sources)
        own, unread_own = own | beside, pd.concat([unread_own, unread_beside])
    tables = take_reference(own)
    excluded, unread_excluded = _read_excluded(sources)
    rows, listed = hold_distinct(rows), tables["documents"]
    if not (path and is_folder(path)):
        # One file or some rows account only for their own documents.
        documents_coded = rows.document.unique().tolist()
        # Arrow takes ten times as long to look up that many texts.
        listed = listed[listed.id.astype("object").isin(documents_coded)]
        excluded = excluded[excluded.document.astype("object").isin(documents_coded)]
        own = own | _narrow_hazards(own, rows)
    # A workbook that cannot be read would be reported twice.
    unread = pd.concat([unread, unread_excluded]).drop_duplicates()
    texts = _read_texts(listed, documents)
    whole = path is not None and (is_folder(path) or is_workbook(path))
    held = {name: hold_distinct(table) for name, table in own.items()}
    read = (rows, hold_distinct(excluded), unread, tables, held, unread_own, *texts, all_documents)
    is_data_set = path is not None and is_folder(path) and reference is None
    is_asked = path is not None and is_workbook(path) and len(find_named(excluded)) > 0
    beside = _read_beside(path) if path and is_asked else make_empty(CODED)
    return Coding(*read, whole, is_data_set, beside)


def _read_beside(book: Path) -> pd.DataFrame:
    """Read what is coded already in the data set that a workbook would be taken into."""
    data = find_data_set(".") or find_data_set(book.parent)
    return read_sheets(data.coded, CODED)[0] if data else make_empty(CODED)


def _narrow_hazards(own: Mapping[str, pd.DataFrame], rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Keep the hazards of these rows: other statements of a document may be in another file."""
    hazards = own.get("hazards")
    if hazards is None:
        return {}
    return {"hazards": hazards[hazards.statement_id.isin(name_statements(rows.astype("str")))]}


def gather_tables(tables: Mapping[str, pd.DataFrame]) -> Coding:
    """Gather tables that are read already, each row with its address; no texts."""
    own = {name: tables[name] for name in REFERENCE if tables[name].file.ne("").any()}
    none = list_problems([])
    typed = hold_distinct(tables["coded"]), hold_distinct(tables[EXCLUDED_NAME]), none
    held = {name: hold_distinct(table) for name, table in own.items()}
    return Coding(*typed, take_reference(own), held, none, None, none, all_documents=False)


def report(
    rows: pd.DataFrame, column: str, rule: str, allowed: object, nearest: object = ""
) -> pd.DataFrame:
    """Make problems of the offending rows; `allowed` and `nearest` may differ by row."""
    # A check runs some forty rules, and most find nothing.
    if rows.empty:
        return pd.DataFrame()
    typed = rows[["file", "row", column]].astype("str")
    address = {"file": typed.file, "row": typed.row, "column": column, "value": typed[column]}
    facts = {"level": RULES[rule], "rule": rule, "allowed": allowed, "nearest": nearest}
    return pd.DataFrame(address | facts)


def name_dimension(unit: str, units: Mapping[str, Unit]) -> str:
    """Name what a unit measures; blank if it is not known."""
    known = read_unit(unit, units) if unit else None
    return known.dimension if known else ""


def _list_sources(files: Iterable[str]) -> list[Path]:
    """List the folders and workbooks that contain coded tables."""
    paths = [Path(file) for file in files if file]
    places = [path if is_folder(path) or is_workbook(path) else path.parent for path in paths]
    return list(dict.fromkeys(places))


def _find_reference(sources: Iterable[Path]) -> Path | None:
    """Find the folder `reference` beside the coded tables; None if there are several."""
    found = set()
    for source in sources:
        # A workbook may also lie in the folder of the coded tables.
        beside = [source / "..", *([source.parent / ".."] if is_workbook(source) else [])]
        folders = [Path(os.path.normpath(folder)) / "reference" for folder in beside]
        found.add(next(filter(is_folder, folders), None))
    return found.pop() if len(found) == 1 else None


def _read_own(reference: Reference) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Read the given reference tables; one that cannot be read is replaced by the shipped one."""
    if reference is None:
        return {}, list_problems([])
    if isinstance(reference, Mapping):
        read, missing = _take_frames(reference), []
    else:
        folder = take_path(reference, "a folder, or what read_reference() gives")
        files = find_tables(folder) if is_folder(folder) else {}
        there = {name: file for name, file in files.items() if is_file(file)}
        read = {name: read_sheets(file, REFERENCE[name]) for name, file in there.items()}
        rule = "no reference table" if is_folder(folder) else "no such file"
        listed = say(", ").join(f"{name}.csv" for name in REFERENCE)
        allowed = say("a folder with {tables}", tables=listed)
        missing = [] if there else [make_problem(folder.as_posix(), rule, "", allowed)]
    sound = {
        name: table for name, (table, found) in read.items() if not found.level.eq("error").any()
    }
    return sound, pd.concat([list_problems(missing), *(found for _, found in read.values())])


def _read_own_sheets(sources: Iterable[Path]) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Read the reference tables that stand in a workbook beside its coded rows."""
    read = {
        name: read_sheets(book, REFERENCE[name])
        for book in sources
        if is_workbook(book)
        for one in open_book(book)
        if isinstance(one, Sheet) and is_beside(one) and (name := one.name.casefold()) in REFERENCE
    }
    problems = [list_problems([]), *(found for _, found in read.values())]
    return {name: table for name, (table, _) in read.items()}, pd.concat(problems)


def _take_frames(tables: Mapping[str, pd.DataFrame]) -> dict[str, _Read]:
    """Read tables that are frames already; shipped tables do not count as the caller's own."""
    for name, table in tables.items():
        refuse_unknown("reference table", name, REFERENCE)
        require_columns(table, (), "read_reference()")
    own = {name: table for name, table in tables.items() if not table.equals(read_table(name))}
    return {name: _take_frame(name, table) for name, table in own.items()}


def _take_frame(name: str, table: pd.DataFrame) -> _Read:
    """Take one table, every cell as text, on the rows of its file."""
    file, names = f"{name}.csv", name_columns(REFERENCE[name])
    problems = [
        make_problem(file, "missing column", column, say(", ").join(names))
        for column in names
        if column not in table
    ]
    called = say("Table {name}", name=name)
    rows = take_rows(table, as_text(REFERENCE[name]), called).reset_index(drop=True)
    return rows.assign(file=file, row=[*map(str, range(2, len(rows) + 2))]), list_problems(problems)


def _read_excluded(sources: Iterable[Path]) -> _Read:
    """Read the excluded numerals beside coded tables, if there are any."""
    files = [
        source if is_workbook(source) else source / f"{EXCLUDED_NAME}.csv" for source in sources
    ]
    read = [read_sheets(file, EXCLUDED) for file in files if is_file(file)]
    rows = [make_empty(EXCLUDED), *(table for table, _ in read)]
    problems = [list_problems([]), *(unread for _, unread in read)]
    return pd.concat(rows, ignore_index=True), pd.concat(problems)


def _read_texts(
    listed: pd.DataFrame, documents: object
) -> tuple[dict[str, str] | None, pd.DataFrame]:
    """Read the texts whose checksum is listed, by document id; None if no folder is given."""
    if documents is None:
        return None, list_problems([])
    folder = take_path(documents, _TEXTS)
    if not folder.is_dir():
        problem = make_problem(folder.as_posix(), "no such file", "", say(_TEXTS))
        return {}, list_problems([problem])
    texts, problems = {}, []
    for file in sorted(path for path in folder.iterdir() if path.suffix.lower() == ".txt"):
        name = file.as_posix()
        try:
            raw = file.read_bytes()
        except OSError as fault:
            found, allowed = say(str(fault.strerror)), say("a file that can be read")
            problems.append(make_problem(name, "text passed over", found, allowed))
            continue
        for document in listed.id[listed.sha256.eq(sha256(raw).hexdigest())]:
            try:
                texts[document] = raw.decode("utf-8")
            except UnicodeDecodeError:
                allowed = say("a text in UTF-8, with its checksum in documents.csv")
                problems.append(make_problem(name, "not UTF-8", document, allowed))
    return texts, list_problems(problems)
