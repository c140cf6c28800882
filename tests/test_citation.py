"""References: the documents behind just these rows, and the data with their version."""

import re
from collections.abc import Callable

import pandas as pd
import pytest

from policydata import cite, compare, conflicts, load_documents, load_statements
from policydata.citation import AUTHOR, TITLE, cite_data, list_references
from policydata.tables import read_data_release, read_release

REPORT = pd.DataFrame({"document": ["zhengzhou-2023-work-report"]})
TWO = pd.DataFrame(
    {
        "id": ["minghu-2024-plan", "minghu-2023-news"],
        "title_zh": ["明湖市2024年计划", "研发(R&D)投入增长3%"],
        "title_en": ["Plan of Minghu for 2024", "R&D_1 grows by 3%"],
        "publisher": ["明湖市人民政府", "明湖日报&网"],
        "published": ["2024-01-05", ""],
        "url": ["https://example.org/a_b?c=%20&d", ""],
    }
)
TEXT = """\
明湖日报&网 (no date shown). 研发(R&D)投入增长3% [R&D_1 grows by 3%].
明湖市人民政府 (2024-01-05). 明湖市2024年计划 [Plan of Minghu for 2024]. https://example.org/a_b?c=%20&d"""
GBT7714 = """\
明湖日报&网. 研发(R&D)投入增长3%[EB/OL].
明湖市人民政府. 明湖市2024年计划[EB/OL]. (2024-01-05). https://example.org/a_b?c=%20&d"""
BIBTEX = r"""
@misc{minghu-2023-news,
  author = {{明湖日报\&网}},
  title = {研发(R\&D)投入增长3\%},
  note = {R\&D\_1 grows by 3\%},
}
@misc{minghu-2024-plan,
  author = {{明湖市人民政府}},
  title = {明湖市2024年计划},
  note = {Plan of Minghu for 2024},
  year = {2024},
  date = {2024-01-05},
  url = {https://example.org/a_b?c=%20&d},
}"""
SHIPPED = {
    "text": f"{AUTHOR} (2026). {TITLE}. Data version 2.0.0.",
    "gbt7714": f"{AUTHOR}. {TITLE}[DS]. 数据版本 2.0.0. (2026-11-28).",
    "bibtex": """\
@misc{policydata,
  author = {{The policydata developers}},
  title = {policydata: figures of Chinese city policy},
  note = {Data version 2.0.0},
  year = {2026},
  date = {2026-11-28},
}""",
}
ADDRESS = "https://example.org/data"
# What an address adds, before the end of a reference.
PUBLISHED = {
    "text": ("Data version 2.0.0.", f"Data version 2.0.0. {ADDRESS}"),
    "gbt7714": (
        "[DS]. 数据版本 2.0.0. (2026-11-28).",
        f"[DS/OL]. 数据版本 2.0.0. (2026-11-28)[2026-11-28]. {ADDRESS}",
    ),
    "bibtex": (
        "  date = {2026-11-28},\n",
        f"  date = {{2026-11-28}},\n  url = {{{ADDRESS}}},\n  urldate = {{2026-11-28}},\n",
    ),
}


@pytest.fixture
def publish(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the shipped data be a release."""

    def release(line: str) -> None:
        monkeypatch.setattr("policydata.citation.read_data_release", lambda: read_release(line))

    return release


def list_keys(text: str) -> list[str]:
    """List the keys of BibTeX entries."""
    return re.findall(r"^@misc\{(.*),$", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("style", "wanted"), [("text", TEXT), ("gbt7714", GBT7714), ("bibtex", BIBTEX.strip())]
)
def test_each_style_writes_what_the_page_shows(style: str, wanted: str) -> None:
    cited = cite(TWO.rename(columns={"id": "document"}), style, reference={"documents": TWO})
    assert cited == wanted


@pytest.mark.parametrize("style", SHIPPED)
def test_the_shipped_data_are_cited_with_version_and_year_but_not_for_documents_of_ones_own(
    publish: Callable[[str], None], style: str
) -> None:
    publish("2.0.0 2026-11-28\n")
    own = {"documents": load_documents().assign(published="")}
    assert cite(REPORT, style).endswith("\n" + SHIPPED[style])
    assert SHIPPED[style] not in cite(REPORT, style, reference=own)


@pytest.mark.parametrize("style", SHIPPED)
def test_once_the_data_have_an_address_they_are_cited_with_it(
    publish: Callable[[str], None], style: str
) -> None:
    publish(f"2.0.0 2026-11-28 {ADDRESS}\n")
    assert cite_data(style) == SHIPPED[style].replace(*PUBLISHED[style])


@pytest.mark.parametrize("style", SHIPPED)
def test_our_data_are_cited_by_the_release_that_the_package_ships(style: str) -> None:
    release = read_data_release()
    assert f" {release.version}" in cite_data(style)
    assert release.day[:4] in cite_data(style)


def test_references_are_listed_by_document_without_the_data() -> None:
    references = list_references({"zhengzhou-2023-work-report", "hebi-2022-mayor-interview"})
    assert list(references) == ["hebi-2022-mayor-interview", "zhengzhou-2023-work-report"]
    cited = cite(pd.DataFrame({"document": list(references)}))
    assert list(references.values()) == cited.split("\n")[:-1]


def test_english_text_is_the_style_where_none_is_named() -> None:
    assert cite(REPORT) == cite(REPORT, style="text")


def test_only_the_documents_behind_the_rows_are_cited_once_and_by_id() -> None:
    rows = load_statements(place="kaifeng", year=2023)
    keys = list_keys(cite(rows[::-1], style="bibtex"))
    assert keys == [*sorted(set(rows.document)), "policydata"]


def test_rows_that_name_statements_alone_are_enough() -> None:
    rows = load_statements(place="kaifeng", year=2023)
    assert cite(rows[["statement_id", "value"]]) == cite(rows)


def test_a_pair_cites_the_documents_of_both_its_sides() -> None:
    pairs = compare(place="zhengzhou", year=2023, indicator="rd_intensity")
    documents = {text.split(":")[0] for text in [*pairs.target_id, *pairs.outcome_id]}
    assert len(documents) > 1
    assert list_keys(cite(pairs, style="bibtex")) == [*sorted(documents), "policydata"]


def test_a_conflict_cites_the_documents_of_both_its_sides() -> None:
    found = conflicts(place="zhengzhou", year=2023, indicator="rd_intensity")
    documents = {text.split(":")[0] for text in [*found.statement_id, *found.other_id]}
    assert list_keys(cite(found, style="bibtex")) == [*sorted(documents), "policydata"]


def test_no_row_cites_the_data_alone() -> None:
    assert list_keys(cite(REPORT.head(0), style="bibtex")) == ["policydata"]


def test_bibtex_entries_are_balanced_and_their_keys_unique_over_all_documents() -> None:
    entries = cite(load_documents().rename(columns={"id": "document"}), style="bibtex")
    entries = re.split(r"\n(?=@)", entries)
    keys = [key for entry in entries for key in list_keys(entry)]
    assert len(keys) == len(set(keys)) == len(entries) == len(load_documents()) + 1
    for entry in entries:
        assert entry.count("{") == entry.count("}")
        assert entry.endswith("\n}")
        assert all(re.fullmatch(r"  [a-z]+ = \{.+\},", line) for line in entry.split("\n")[1:-1])


def test_signs_that_mean_something_to_latex_are_escaped_outside_addresses() -> None:
    everything = cite(load_documents().rename(columns={"id": "document"}), style="bibtex")
    texts = "\n".join(line for line in everything.split("\n") if not line.startswith("  url"))
    assert r"R\&D" in texts
    assert re.findall(r"(?<!\\)[&%#$_~]", texts) == []


@pytest.mark.parametrize("style", ["text", "gbt7714"])
def test_a_reference_is_one_line_a_document_and_the_data_last(style: str) -> None:
    documents = load_documents()
    lines = cite(documents.rename(columns={"id": "document"}), style).split("\n")
    assert len(lines) == len(documents) + 1
    assert all(map(str.__contains__, lines, documents.sort_values("id").title_zh))
    assert lines[-1].startswith("The policydata developers")


@pytest.mark.parametrize(
    ("frame", "style", "complaint"),
    [
        (REPORT, "apa", '"apa" is not a citation style; allowed: "text", "bibtex", "gbt7714".'),
        (
            pd.DataFrame({"statement_id": ["nowhere:1"]}),
            "text",
            '"nowhere" is not a document of this data set; see load_documents().',
        ),
        (
            pd.DataFrame({"value": [1.0]}),
            "text",
            'These rows do not name documents: keep the column "document" or "statement_id".',
        ),
    ],
)
def test_what_cannot_be_cited_is_said_in_a_sentence(
    frame: pd.DataFrame, style: str, complaint: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(complaint)}$"):
        cite(frame, style)


def test_documents_handed_in_are_cited_and_others_refused_with_the_nearest() -> None:
    rows = pd.DataFrame({"target_id": ["minghu-2024-plan:10", ""], "outcome_id": [None, ""]})
    cited = cite(rows, reference={"documents": TWO})
    assert cited == TEXT.split("\n")[1]
    with pytest.raises(
        ValueError, match=r'^"minghu-2024-plan" is not a document of this data set; nea'
    ):
        cite(rows)
    misspelt = pd.DataFrame({"document": ["minghu-2024-plans", "minghu-2022-news"]})
    with pytest.raises(ValueError) as refusal:
        cite(misspelt, reference={"documents": TWO})
    assert str(refusal.value).splitlines() == [
        '"minghu-2022-news" is not a document of this data set; nearest: minghu-2023-news, '
        "minghu-2024-plan; see load_documents().",
        '"minghu-2024-plans" is not a document of this data set; nearest: minghu-2024-plan, '
        "minghu-2023-news; see load_documents().",
    ]


def test_rows_whose_document_is_blank_cite_those_of_the_others() -> None:
    blank = pd.DataFrame({"document": ["minghu-2024-plan", "", None]})
    cited = cite(blank, reference={"documents": TWO})
    assert cited == cite(blank.head(1), reference={"documents": TWO})


def test_a_table_of_documents_without_a_column_is_refused_with_it() -> None:
    own = {"documents": TWO.drop(columns="publisher")}
    with pytest.raises(ValueError, match=r'^The table has no column "publisher"; allowed: a table'):
        cite(TWO.rename(columns={"id": "document"}), reference=own)


def test_what_is_no_table_is_refused_with_what_is() -> None:
    with pytest.raises(
        TypeError, match=r'^str "plan" is not a table; allowed: a DataFrame of rows'
    ):
        cite("plan")


def test_the_day_of_access_is_cited_where_it_is_known() -> None:
    read = TWO.assign(accessed=["2024-02-01", ""])
    named = TWO.rename(columns={"id": "document"})
    chinese, entries = (
        cite(named, style, reference={"documents": read}) for style in ("gbt7714", "bibtex")
    )
    assert "明湖市2024年计划[EB/OL]. (2024-01-05)[2024-02-01]. https://" in chinese
    assert "增长3%[EB/OL].\n" in chinese
    assert entries.count("urldate") == 1 and "  urldate = {2024-02-01},\n" in entries
