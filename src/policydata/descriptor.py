"""The descriptor of the data as a Data Package, for R, DuckDB and whoever reads no Python.

It is written from the records of the columns, like the codebook, and lies beside it.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from policydata.citation import AUTHOR, DESCRIPTION, KEYWORDS, LICENCE, TITLE
from policydata.columns import Column
from policydata.schema import (
    DIVISIONS,
    EXCLUDED,
    FORMS,
    KEYS,
    POINTERS,
    REFERENCE,
    ROWS,
    STATEMENTS,
)
from policydata.tables import Release
from policydata.vocabularies import translate_word

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_TYPES = {"text": "string"}
# The tables that programs read: first what most want.
PATHS = {
    "statements": "tables/statements.csv",
    "excluded": "coded/excluded.csv",
    **{name: f"reference/{name}.csv" for name in (*REFERENCE, "divisions")},
}
_COLUMNS = {"statements": STATEMENTS, "excluded": EXCLUDED, "divisions": DIVISIONS, **REFERENCE}
_BLANK = "not stated, not known, or none; never zero"


def write_descriptor(
    folder: Path, documents: pd.DataFrame, release: Release, *, is_ours: bool
) -> str:
    """Write the descriptor of a data set as JSON.

    Parameters
    ----------
    folder : Path
        The folder of the descriptor; of the reference tables those that are in it are described.
    documents : pandas.DataFrame
        The table of documents, one row per document: the sources of the data.
    release : Release
        The version of the data, its day and its address; what is blank is left out.
    is_ours : bool
        Whether it describes the data of the project, with title, authors and licence, which a data
        set of one's own does not share.

    Returns
    -------
    str
        A Data Package after version 2 of the standard, the same for the same data.
    """
    about: dict[str, Any] = {
        "name": "policydata",
        "title": TITLE,
        "description": f"{DESCRIPTION}.",
        "keywords": [*KEYWORDS],
        "contributors": [{"title": AUTHOR, "roles": ["creator"]}],
        "licenses": [{"name": LICENCE[0], "path": LICENCE[1]}],
    }
    known = {
        "version": release.version,
        "created": f"{release.day}T00:00:00Z" if release.day else "",
        "homepage": release.address,
    }
    # The tidy table is made together with the descriptor.
    there = [name for name in PATHS if name == "statements" or (folder / PATHS[name]).is_file()]
    package = {
        "$schema": _PROFILE,
        **(about if is_ours else {}),
        **{name: text for name, text in known.items() if text},
        "resources": [_describe_resource(name, there) for name in there],
        "sources": [_describe_source(row) for row in documents.to_dict("records")],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _describe_resource(name: str, there: Collection[str]) -> dict[str, Any]:
    """Describe a table: its file, its fields, what identifies a row, what refers to which table."""
    schema: dict[str, Any] = {
        "fields": [_describe_field(column) for column in _COLUMNS[name]],
        "missingValues": [{"value": "", "label": _BLANK}],
    }
    # A quote may hold the same numeral twice.
    if name != "excluded":
        schema["primaryKey"] = [*KEYS[name]]
    if keys := _list_foreign_keys(name, there):
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "type": "table",
        "path": PATHS[name],
        "description": f"{ROWS[name].capitalize()}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _list_foreign_keys(name: str, there: Collection[str]) -> list[dict[str, Any]]:
    """List the columns that hold the key of a table; one that points to itself does not name it."""
    # A division belongs to another division.
    own = {"parent": name, "statement_id": "statements"}
    pointers = {
        column.name: {**POINTERS, **own}.get(column.name, "")
        for column in _COLUMNS[name]
        if (column.name,) != KEYS[name]
    }
    return [
        {
            "fields": [column],
            "reference": {
                **({} if table == name else {"resource": table}),
                "fields": [*KEYS[table]],
            },
        }
        for column, table in pointers.items()
        if table in there
    ]


def _describe_field(column: Column) -> dict[str, Any]:
    """Describe a column; where its meaning says what a blank means, the blank is so labelled."""
    meaning, _, blank = column.meaning.partition("; ")
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    described: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.kind, column.kind),
        "description": column.meaning,
    }
    if column.unit:
        described["unitField"] = column.unit
    if blank.startswith(("blank", "missing")):
        described["description"] = meaning
        described["missingValues"] = [{"value": "", "label": blank}]
    if column.words:
        vocabulary = "place_level" if column.name == "level" else column.name
        described["categories"] = [
            {"value": word, "label": translate_word(vocabulary, word, "en")}
            for word in column.words
        ]
        described["categoriesOrdered"] = True
        # Validators do not hold cells to categories yet.
        constraints["enum"] = [*column.words]
    if column.form:
        constraints["pattern"] = FORMS[column.form]
    return {**described, **({"constraints": constraints} if constraints else {})}


def _describe_source(document: Mapping[str, str]) -> dict[str, str]:
    """Describe a document; its version is the day of publication and that of reading."""
    days = {"published": document["published"], "read": document["accessed"]}
    source = {
        "title": f"{document['publisher']}: {document['title_zh']}",
        "path": document["url"],
        "version": ", ".join(f"{done} {day}" for done, day in days.items() if day),
    }
    return {name: text for name, text in source.items() if text}
