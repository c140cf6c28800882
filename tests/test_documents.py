"""The coding held against the texts themselves, which are not ours and never enter the project."""

import re
import subprocess
from pathlib import Path

import pytest

from policydata import check, load_documents
from policydata.checks.coding import gather

DOCUMENTS = Path("../shared/documents")
LONGEST = 40

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the texts are not beside the project: ../shared/documents"
)


@pytest.fixture(scope="module")
def coding():
    return gather("data/coded", DOCUMENTS, "data/reference")


def test_every_quote_is_found_and_every_numeral_accounted_for(coding):
    problems = check("data/coded", documents=DOCUMENTS, reference="data/reference")
    assert problems[problems.level.eq("error")].to_dict("records") == []
    evidence = coding.evidence
    assert evidence.stated.start.notna().all() and evidence.excluded.start.notna().all()
    assert evidence.numerals.times.eq(1).all()
    assert min(len(evidence.stated), len(evidence.excluded), len(evidence.numerals)) > 90


def test_every_text_that_is_there_is_of_a_document_read_in_full(coding):
    full = load_documents().query("scope == 'full_text'")
    assert set() < set(coding.texts) <= set(full.id)


def test_a_part_of_the_coding_answers_for_its_own_documents_alone():
    assert check("data/coded/hebi.csv", documents=DOCUMENTS).empty
    assert set(gather("data/coded/hebi.csv", DOCUMENTS, None).texts) == {
        *("hebi-2022-mayor-interview", "hebi-2024-press-conference")
    }


def list_runs(text):
    """List every run of the text that is one character longer than a quote may be."""
    # The texts are Chinese: what is ASCII for longer than that is the drawing of a figure.
    dense = "".join(re.sub(r"[\x00-\x7f]{200,}", "\n", text).split())
    return {dense[start : start + LONGEST + 1] for start in range(len(dense) - LONGEST)}


def test_no_run_of_a_text_longer_than_a_quote_stands_in_a_tracked_file(coding):
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git here, so that nothing is tracked")
    files = [Path(name) for name in listed.stdout.split("\0")[:-1] if Path(name).is_file()]
    # A title is how a document is cited; it is the one longer run that may stand here.
    titles = "\n".join(load_documents().title_zh)
    runs = set().union(*map(list_runs, coding.texts.values())) - list_runs(titles)
    found = {file: list_runs(file.read_text("utf-8", "ignore")) & runs for file in files}
    assert {file: shown for file, shown in found.items() if shown} == {}
    assert len(files) > 20 and len(runs) > 5000
