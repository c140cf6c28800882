"""Every checked fact of the panel is a statement, as it was handed in or as it was corrected."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from policydata import load_documents, load_statements, parse_quantity, read_coded
from policydata.names import find_places
from policydata.tables import read_csv

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
SAME = ["place", "period", "status", "measure", "indicator"]
needs_facts = pytest.mark.skipif(
    not (SHARED / "facts2").is_dir(), reason="the facts are not beside the project"
)
# What a second reading corrected, named in CHANGELOG.md.
CORRECTED = {
    "henan-2019-review-news:2": {"status": "estimate"},
    "nanyang-2023-targets-infographic:1": {"status": "estimate"},
    "zhengzhou-2022-work-report-figures-news:2": {"indicator": "key_project_planned_investment"},
    "henan-2025-targets-news:6": {"value_text": "迈上1.45万亿元"},
}
DROPPED = {"河南省各地市“新春第一会”"}


def test_every_coded_row_is_a_statement_under_its_own_id_and_no_other_is():
    coded = read_coded(ROOT / "data/coded")
    coded = coded.set_index(coded.document + ":" + coded.n)
    statements = load_statements().set_index("statement_id")

    assert set(statements.index) == set(coded.index)
    given = [*SAME, "value_text"]
    pd.testing.assert_frame_equal(
        statements.loc[coded.index, given].astype("str"),
        coded[given].astype("str"),
        check_names=False,
    )


def read_release(release: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read documents and facts of a release under our ids, without what was dropped."""
    ours = load_documents().drop_duplicates("title_zh").set_index("title_zh").id
    documents = read_csv(SHARED / release / "documents.csv").assign(release=release)
    ids = documents.title.map(ours)
    # Documents of the first release are known to the second under their ids.
    documents = documents.assign(id=ids.fillna(documents.document)).set_index("document")
    documents = documents[~documents.title.isin(DROPPED)]
    facts = read_csv(SHARED / release / "statements.csv").rename(columns={"city": "place"})
    facts = facts[facts.document.isin(documents.index)]
    return documents, facts.assign(id=facts.document.map(documents.id), release=release)


def index_facts() -> pd.DataFrame:
    """Give each fact of both releases under the id of its statement."""
    facts = pd.concat([read_release("facts")[1], read_release("facts2")[1]], ignore_index=True)
    number = facts.groupby("id").cumcount() + 1
    named = facts.id + ":" + number.astype("str")
    return facts.assign(place=find_places(facts.place)).set_index(named)


@needs_facts
def test_every_fact_is_a_statement_with_the_figure_that_it_was_handed_in_with():
    facts = index_facts()
    for statement_id, cells in CORRECTED.items():
        facts.loc[statement_id, list(cells)] = list(cells.values())
    panel = load_statements().set_index("statement_id").loc[facts.index]

    assert panel.coder.tolist() == facts.release.map({"facts": "P", "facts2": "Q"}).tolist()
    pd.testing.assert_frame_equal(
        panel[SAME].astype("str"), facts[SAME].astype("str"), check_names=False
    )
    spelled = panel.value_text.ne(facts.value_text) & (panel.index != "henan-2023-data-sheet:1")
    for now, given in zip(panel.value_text[spelled], facts.value_text[spelled], strict=True):
        assert repr(parse_quantity(now)) == repr(parse_quantity(given)), now


@needs_facts
def test_every_quote_of_a_fact_is_kept_as_it_was_handed_in():
    facts = index_facts().query("release == 'facts2'")
    kept = load_statements().set_index("statement_id").loc[facts.index, "quote"]
    assert kept.tolist() == facts["quote"].tolist()


@needs_facts
def test_the_changelog_counts_the_facts_and_their_documents():
    counted = {}
    for release in ("facts", "facts2"):
        folder = SHARED / release
        counted[release] = [
            len(read_csv(folder / f"{name}.csv")) for name in ("statements", "documents")
        ]
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")

    assert "{} checked facts from {} public documents".format(*counted["facts"]) in changelog
    assert "{} further facts from {} public documents".format(*counted["facts2"]) in changelog


@needs_facts
def test_every_document_of_the_panel_keeps_its_publisher_and_its_address_or_loses_it():
    given = pd.concat([read_release("facts")[0], read_release("facts2")[0]])
    known = load_documents().merge(given.drop_duplicates("id"), on="id", suffixes=("", "_given"))

    assert set(given.id) == set(known.id)
    for column in ("doc_type", "reliability"):
        assert known[column].astype("str").tolist() == known[f"{column}_given"].tolist()
    assert (known.url.eq(known.url_given) | known.url.eq("")).all()
    assert known.title_en.str.contains("[A-Za-z]").all()
