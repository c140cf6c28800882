"""Every checked fact of the panel is a statement, under the ids of the coded tables."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from policydata import load_documents, load_statements, read_coded
from policydata.names import match_places
from policydata.tables import read_csv

ROOT = Path(__file__).parent.parent
FACTS = ROOT.parent / "shared" / "facts"
SAME = ["place", "period", "status", "measure", "indicator", "value_text"]
needs_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts are not beside the project")


def index_coded() -> pd.DataFrame:
    coded = read_coded(ROOT / "data/coded")
    return coded.set_index(coded.document + ":" + coded.n)


def test_every_coded_row_is_a_statement_under_its_own_id_and_no_other_is():
    coded = index_coded()
    statements = load_statements().set_index("statement_id")

    assert set(statements.index) == set(coded.index)
    pd.testing.assert_frame_equal(
        statements.loc[coded.index, SAME].astype("str"),
        coded[SAME].astype("str"),
        check_names=False,
    )


def index_facts() -> pd.DataFrame:
    """Give each fact under the id of its statement."""
    documents = load_documents().query("scope == 'excerpt'")
    sources = read_csv(FACTS / "documents.csv").merge(
        documents, left_on=["title", "url"], right_on=["title_zh", "url"], validate="one_to_one"
    )
    facts = read_csv(FACTS / "statements.csv").assign(place=lambda f: match_places(f.city))
    names = facts.document.map(sources.set_index("document").id)
    number = facts.groupby("document").cumcount() + 1
    return facts.set_index(names + ":" + number.astype("str"))


@needs_facts
def test_every_fact_is_the_statement_of_its_document_and_place_in_it():
    facts = index_facts()
    panel = load_statements().set_index("statement_id").loc[facts.index]

    assert set(panel.coder) == {"P"}
    pd.testing.assert_frame_equal(
        panel[SAME].astype("str"), facts[SAME].astype("str"), check_names=False
    )


@needs_facts
def test_the_changelog_counts_the_facts_and_their_documents():
    facts, documents = read_csv(FACTS / "statements.csv"), read_csv(FACTS / "documents.csv")
    counted = f"{len(facts)} checked facts from {len(documents)} public documents"

    assert counted in (ROOT / "CHANGELOG.md").read_text("utf-8")


@needs_facts
def test_every_fact_has_the_unit_in_which_it_was_read():
    facts = index_facts()
    stated = load_statements().set_index("statement_id").loc[facts.index]
    written = stated.unit.str.replace("hm2", "公顷")

    assert written[stated.value.notna()].eq(facts.unit_hint[stated.value.notna()]).all()


@needs_facts
def test_every_document_of_the_panel_has_what_its_page_shows():
    given = read_csv(FACTS / "documents.csv")
    columns = ["publisher", "published", "doc_type", "reliability", "url"]
    known = (
        load_documents()
        .query("scope == 'excerpt'")
        .merge(
            given, left_on=["title_zh", "url"], right_on=["title", "url"], suffixes=("", "_given")
        )
    )

    assert len(known) == len(given)
    for column in columns[:-1]:
        assert known[column].astype("str").tolist() == known[f"{column}_given"].tolist()
    assert known.title_en.str.contains("[A-Za-z]").all()
