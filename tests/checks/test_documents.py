"""The coding held against the texts themselves, which are not ours and never enter the project."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from policydata import load_documents
from policydata.checks import find_all
from policydata.checks.findings import write_findings

DOCUMENTS = Path("../shared/documents")
LONGEST = 40

pytestmark = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason="the texts are not beside the project: ../shared/documents"
)


@pytest.fixture(scope="module")
def texts():
    """Give the texts of our documents by their checksum."""
    raw = {sha256(file.read_bytes()).hexdigest(): file for file in DOCUMENTS.glob("*.txt")}
    known = set(load_documents().sha256)
    return {checksum: raw[checksum].read_text("utf-8") for checksum in known & set(raw)}


def test_every_quote_is_found_and_every_numeral_accounted_for(texts):
    found = find_all(Path("data/coded"), DOCUMENTS, Path("data/reference"), all_documents=False)
    assert found.problems[found.problems.level.eq("error")].to_dict("records") == []
    assert found.texts == len(texts)
    assert found.quotes_found == found.quotes > 90
    assert found.numerals_accounted_for == found.numerals > 90


def test_every_text_that_is_there_is_of_a_document_read_in_full(texts):
    full = load_documents().query("scope == 'full_text'")
    assert set() < set(texts) <= set(full.sha256)


def test_a_part_of_the_coding_answers_for_its_own_documents_alone():
    found = find_all(Path("data/coded/hebi.csv"), DOCUMENTS, None, all_documents=False)
    assert found.problems.empty
    assert "\n2 texts: " in write_findings(found, "text")


def list_runs(text, length=LONGEST + 1, step=1):
    """List every run of a text that is one character longer than a quote may be."""
    dense = "".join(text.split())
    return {dense[start : start + length] for start in range(0, len(dense) - length + 1, step)}


def test_no_run_of_a_text_longer_than_a_quote_stands_in_a_tracked_file(texts):
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no git here, so that nothing is tracked")
    files = [Path(name) for name in listed.stdout.split("\0")[:-1] if Path(name).is_file()]
    # A title is how a document is cited; it is the one longer run that may stand here.
    titles = "\n".join(load_documents().title_zh)
    runs = set().union(*map(list_runs, texts.values())) - list_runs(titles)
    # Half a run is looked for at every half, which no whole run escapes.
    half = LONGEST // 2
    halves = set().union(*(list_runs(text, half) for text in texts.values()))
    read = {file: file.read_text("utf-8", "ignore") for file in files}
    likely = {file: text for file, text in read.items() if list_runs(text, half, half) & halves}
    found = {file: list_runs(text) & runs for file, text in likely.items()}
    assert {file: shown for file, shown in found.items() if shown} == {}
    assert likely and len(files) > 20 and len(runs) > 5000
