"""How much of a coding a draft proposes, text by text.

`python tools/proposals.py [FOLDER]` drafts the texts of the folder (../shared/documents if none is
named) that are coded in full, and compares each draft with the coding.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pandas as pd

from policydata.coded import read_coded
from policydata.coder.draft import propose_rows
from policydata.tables import read_csv, take_reference

# The cells that a draft guesses; it may leave them blank.
GUESSED = ("indicator", "measure", "place", "period", "status", "commitment", "unit_text")


def find_texts(folder: Path, documents: pd.DataFrame) -> dict[str, str]:
    """Read the texts of a folder whose checksum is listed, by document."""
    ids = documents[documents.sha256.ne("")].set_index("sha256").id
    raw = [file.read_bytes() for file in sorted(folder.glob("*.txt"))]
    known = {ids.get(sha256(one).hexdigest()): one.decode("utf-8") for one in raw}
    return {document: text for document, text in known.items() if document}


def locate(text: str, quote: str, occurrence: str) -> int:
    """Find where a quote begins, at its occurrence."""
    start = -1
    for _ in range(int(occurrence)):
        start = text.find(quote, start + 1)
    return start


def place_figures(rows: pd.DataFrame, text: str) -> pd.DataFrame:
    """Add the span of each figure in the text, and the span of its quote."""
    begun = [locate(text, row.quote, row.occurrence) for row in rows.itertuples()]
    quoted = pd.Series(begun, index=rows.index, dtype="int64")
    inside = [quote.find(run) for quote, run in zip(rows.quote, rows.value_text, strict=True)]
    start = quoted + pd.Series(inside, index=rows.index, dtype="int64")
    return rows.assign(
        start=start,
        end=start + rows.value_text.str.len(),
        quote_start=quoted,
        quote_end=quoted + rows.quote.str.len(),
    )


def match_figures(coded: pd.DataFrame, proposed: pd.DataFrame) -> pd.DataFrame:
    """Put beside each coded figure the proposal that overlaps it, if there is one."""
    pairs = []
    for row in coded.itertuples():
        over = proposed[(proposed.start < row.end) & (row.start < proposed.end)]
        exact = over[(over.start == row.start) & (over.end == row.end)]
        pairs.append([*exact.index, *over.index, -1][0])
    beside = proposed.add_suffix("_proposed").reindex(pairs).set_axis(coded.index)
    return coded.assign(proposal=pairs).join(beside)


def measure_draft(
    document: str, text: str, coded: pd.DataFrame, excluded: pd.DataFrame
) -> pd.DataFrame:
    """Measure one draft against the coding of its document.

    Returns
    -------
    pandas.DataFrame
        One row per item: of how many (`of`) it is right (`right`).  `quote nested` counts quotes
        that are as coded, or contain the coded quote or are contained in it.  Guesses count where
        they are made; superfluous are proposed figures that are not coded.
    """
    draft = propose_rows(text, document)
    figures = place_figures(draft[draft.reason.eq("")], text)
    pairs = match_figures(place_figures(coded, text), figures)
    found = pairs[pairs.proposal.ge(0)]
    items = {
        "found": (len(found), len(coded)),
        **_count_words(found, len(coded)),
        **_count_guesses(found),
        "reason of exclusion": (_count_reasons(text, draft, excluded), len(excluded)),
        "superfluous": (len(figures) - found.proposal.nunique(), len(figures)),
    }
    rows = [(document, item, *counts) for item, counts in items.items()]
    return pd.DataFrame(rows, columns=["document", "item", "right", "of"])


def _count_words(found: pd.DataFrame, coded: int) -> dict[str, tuple[int, int]]:
    """Count the value texts and quotes that are as coded, and quotes that contain one another."""
    same = found[found.start.eq(found.start_proposed) & found.end.eq(found.end_proposed)]
    apart = (same.quote_start - same.quote_start_proposed) * (
        same.quote_end - same.quote_end_proposed
    )
    return {
        "value_text": (len(same), coded),
        "quote": (int(same.quote.eq(same.quote_proposed).sum()), coded),
        "quote nested": (int(apart.le(0).sum()), coded),
    }


def _count_guesses(found: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Count for each cell how often it is guessed as coded, of the times that it is guessed."""
    told = {}
    for column in GUESSED:
        guessed = found[found[f"{column}_proposed"].ne("")]
        right = guessed[column].eq(guessed[f"{column}_proposed"])
        told[column] = (int(right.sum()), len(guessed))
    return told


def _count_reasons(text: str, draft: pd.DataFrame, excluded: pd.DataFrame) -> int:
    """Count the excluded numerals that are proposed with their reason."""
    proposed = set(_place_numerals(text, draft[draft.reason.ne("")]))
    return len(proposed & set(_place_numerals(text, excluded)))


def _place_numerals(text: str, rows: pd.DataFrame) -> Iterator[tuple[int, str]]:
    """Give the position and the reason of each excluded numeral, equal ones of a quote in turn."""
    seen: set[int] = set()
    for row in rows.itertuples():
        place = text.find(row.numeral, locate(text, row.quote, row.occurrence))
        while place in seen:
            place = text.find(row.numeral, place + 1)
        seen.add(place)
        yield place, row.reason.partition(":")[0]


def measure_all(folder: Path, data: Path) -> pd.DataFrame:
    """Measure the drafts of all texts of a folder that are coded in full."""
    coded, excluded = read_coded(data / "coded"), read_csv(data / "coded/excluded.csv")
    texts = find_texts(folder, take_reference(data / "reference")["documents"])
    measured = [
        measure_draft(
            document,
            text,
            coded[coded.document.eq(document)],
            excluded[excluded.document.eq(document)],
        )
        for document, text in texts.items()
    ]
    return pd.concat(measured, ignore_index=True)


def describe_shares(measured: pd.DataFrame) -> str:
    """Write the shares as a table: a column for each text, and one for all."""
    whole = measured.groupby("item", sort=False)[["right", "of"]].sum().reset_index()
    rows = pd.concat([measured, whole.assign(document="all")])
    shares = [
        f"{row.right}/{row.of}" + (f" {100 * row.right / row.of:.0f} %" if row.of else "")
        for row in rows.itertuples()
    ]
    table = rows.assign(share=shares).pivot(index="item", columns="document", values="share")
    order = list(dict.fromkeys(rows.item)), list(dict.fromkeys(rows.document))
    return str(table.loc[order].to_string())


if __name__ == "__main__":
    named = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("../shared/documents")
    print(describe_shares(measure_all(named, Path("data"))))
