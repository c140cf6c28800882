"""The pages of the figures show what each found, and fold away who made it and where it is from."""

import json
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from policydata.build.files import BuildError
from policydata.build.index import write_index
from policydata.build.pages import write_gallery, write_sources
from policydata.tables import read_data_version

ROWS = "statement_id,value\nminghu-2024-plan:2,7.0\nminghu-2023-news:11,6.5\n"
GROWTH = "notebooks/01_growth.ipynb"
CITED = ("minghu-2023-news", "minghu-2024-plan")
DOCUMENTS = pd.DataFrame(
    {
        "id": ["minghu-2024-plan", "minghu-2023-news"],
        "title_zh": ["2024年计划", "1~6月份投资"],
        "title_en": ["Plan for 2024", "Investment"],
        "publisher": ["明湖市", "明湖日报"],
        "published": ["2024-01-05", ""],
        "url": ["https://example.org/a_b", ""],
    }
)
ENGLISH = r"""# Figures

<!-- `policydata build` writes this page. -->

## Growth: what came?

<table>
<tr>
<td width="33%" valign="top"><a id="growth" href="growth.png"><img src="growth.png" alt="Two dots." width="100%"></a><br>Minghu grows</td>
<td width="33%" valign="top"></td>
<td width="33%" valign="top"></td>
</tr>
</table>

<details>
<summary>Minghu grows</summary>

Minghu grows. Growth, n = 2.

- Made by [notebooks/01_growth.ipynb](../notebooks/01_growth.ipynb), cell `In [5]`
- Rows: 2; SHA-256 of the CSV: `DIGEST`
- Data version: VERSION
- [Documents cited](SOURCES.md): 2 ([minghu-2023-news](SOURCES.md#minghu-2023-news), [minghu-2024-plan](SOURCES.md#minghu-2024-plan))
- [PDF](growth.pdf) · [SVG](growth.svg) · [PNG](growth.png) · [CSV](growth.csv)

</details>
"""  # noqa: E501
ENGLISH_SOURCES = r"""# Documents cited

- <a id="minghu-2023-news"></a>明湖日报 (no date shown). 1\~6月份投资 [Investment].<br>[Figures](README.md): 1 ([growth](README.md#growth))
- <a id="minghu-2024-plan"></a>明湖市 (2024-01-05). 2024年计划 [Plan for 2024]. https://example.org/a_b<br>[Figures](README.md): 1 ([growth](README.md#growth))
"""  # noqa: E501
CHINESE = r"""# 图表

<!-- 本页由 `policydata build --lang zh` 生成。 -->

## Growth: what came?

<table>
<tr>
<td width="33%" valign="top"><a id="growth" href="growth.png"><img src="growth.png" alt="两个点。" width="100%"></a><br>明湖增长</td>
<td width="33%" valign="top"></td>
<td width="33%" valign="top"></td>
</tr>
</table>

<details>
<summary>明湖增长</summary>

明湖增长。增速，n = 2。

- 由 [notebooks/01_growth.ipynb](../../notebooks/01_growth.ipynb) 的单元 `In [5]` 生成
- 行数：2；CSV 的 SHA-256：`DIGEST`
- 数据版本：VERSION
- [引用文献](SOURCES.md)：2（[minghu-2023-news](SOURCES.md#minghu-2023-news)、[minghu-2024-plan](SOURCES.md#minghu-2024-plan)）
- [PDF](growth.pdf) · [SVG](growth.svg) · [PNG](growth.png) · [CSV](growth.csv)

</details>
"""  # noqa: E501
CHINESE_SOURCES = r"""# 引用文献

- <a id="minghu-2023-news"></a>明湖日报. 1\~6月份投资[EB/OL].<br>[图表](README.md)：1（[growth](README.md#growth)）
- <a id="minghu-2024-plan"></a>明湖市. 2024年计划[EB/OL]. (2024-01-05). https://example.org/a_b<br>[图表](README.md)：1（[growth](README.md#growth)）
"""  # noqa: E501

Save = Callable[..., None]


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Save:
    """Write the files of a figure that an index reads, which cites two documents of our own."""
    known = {"documents": DOCUMENTS}
    monkeypatch.setattr("policydata.citation.take_reference", lambda *_, **__: known)
    write_notebook(tmp_path, GROWTH, "## Growth: what came?\n\n# Not this")

    def write(
        name: str,
        folder: str = "figures",
        title: str = "Minghu grows",
        caption: str = "Minghu grows. Growth, n = 2.",
        alt: str = "Two dots.",
        documents: Sequence[str] = CITED,
    ) -> None:
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        words = {"title": title, "subtitle": "", "caption": caption, "alt": alt, "source": ""}
        facts = {"name": name, "lang": "en", **words, "rows": 2, "documents": [*documents]}
        (place / f"{name}.csv").write_text(ROWS, "utf-8")
        (place / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")

    return write


def write_notebook(project: Path, name: str, prose: str) -> None:
    path = project / name
    path.parent.mkdir(exist_ok=True)
    cells = [
        {"cell_type": "code", "source": "# A comment"},
        {"cell_type": "markdown", "source": prose.splitlines(keepends=True)},
    ]
    path.write_text(json.dumps({"cells": cells}))


def write_titles(project: Path, *lines: str) -> None:
    (project / "notebooks/titles.csv").write_text("\n".join(lines) + "\n", "utf-8")


def index(project: Path, *names: str, lang: str = "en") -> str:
    """Write the index of figures that the fifth cell of one notebook makes, and read it."""
    return index_makers(project, dict.fromkeys(names, (GROWTH, 5)), lang)


def index_makers(project: Path, makers: dict[str, tuple[str, int]], lang: str = "en") -> str:
    write_index(project, makers, lang)
    folder = {"en": "figures", "zh": "figures/zh"}[lang]
    return (project / folder / "README.md").read_text("utf-8")


def fill(page: str) -> str:
    digest = sha256(ROWS.encode()).hexdigest()[:12]
    return page.replace("DIGEST", digest).replace("VERSION", read_data_version())


def make(name: str, documents: Sequence[str] = ()) -> dict[str, object]:
    """Make the facts of a figure as the pages take them."""
    words = dict.fromkeys(("title", "caption", "alt"), name)
    facts = {"notebook": GROWTH, "cell": 5, "digest": "0", "rows": 2, "documents": documents}
    return {"name": name, **words, **facts}


def find_headings(page: str) -> list[str]:
    return re.findall("^## (.*)", page, re.MULTILINE)


def test_a_figure_is_shown_with_what_it_found_and_its_facts_are_folded_away(
    tmp_path: Path, save: Save
) -> None:
    save("growth")
    assert index(tmp_path, "growth") == fill(ENGLISH)
    assert (tmp_path / "figures/SOURCES.md").read_text("utf-8") == ENGLISH_SOURCES


def test_the_pages_of_chinese_figures_are_in_chinese(tmp_path: Path, save: Save) -> None:
    save("growth", "figures/zh", "明湖增长", "明湖增长。增速，n = 2。", "两个点。")
    assert index(tmp_path, "growth", lang="zh") == fill(CHINESE)
    assert (tmp_path / "figures/zh/SOURCES.md").read_text("utf-8") == CHINESE_SOURCES


def test_a_document_that_two_figures_cite_is_listed_once_and_sorted_by_its_id(
    tmp_path: Path, save: Save
) -> None:
    save("a", documents=CITED[1:])
    save("b")
    index(tmp_path, "a", "b")
    listed = (tmp_path / "figures/SOURCES.md").read_text("utf-8").splitlines()[2:]
    assert [re.findall('<a id="(.+?)">|README.md#([a-z])', line) for line in listed] == [
        [("minghu-2023-news", ""), ("", "b")],
        [("minghu-2024-plan", ""), ("", "a"), ("", "b")],
    ]


def test_figures_stand_under_their_notebooks_in_the_order_of_the_cells(
    tmp_path: Path, save: Save
) -> None:
    write_notebook(tmp_path, "notebooks/02_levels.ipynb", "# Levels?")
    for name in "abcd":
        save(name)
    second = "notebooks/02_levels.ipynb"
    makers = {"a": (second, 3), "b": (GROWTH, 12), "d": (GROWTH, 7), "c": (GROWTH, 7)}
    found = re.findall(r'^## (.*)|<a id="(.)"', index_makers(tmp_path, makers), re.MULTILINE)
    told = [heading or name for heading, name in found]
    assert told == ["Growth: what came?", "d", "c", "b", "Levels?", "a"]


@pytest.mark.parametrize(("lang", "asked"), [("en", r"How fast, in \$?"), ("zh", "多快？")])
def test_the_question_of_a_notebook_is_the_one_in_the_table_of_titles(
    tmp_path: Path, save: Save, lang: str, asked: str
) -> None:
    write_titles(
        tmp_path,
        "figure,en,zh",
        "growth,Minghu grows,明湖增长",
        '01_growth,"How fast, in $?",多快？',
    )
    save("growth", {"en": "figures", "zh": "figures/zh"}[lang])
    assert find_headings(index(tmp_path, "growth", lang=lang)) == [asked]


def test_a_notebook_without_a_question_in_the_table_is_headed_by_its_first_heading_or_its_name(
    tmp_path: Path, save: Save
) -> None:
    write_titles(tmp_path, "figure,en,zh", "01_growth,,多快？", "growth,Minghu grows,")
    save("growth")
    assert find_headings(index(tmp_path, "growth")) == ["Growth: what came?"]
    write_notebook(tmp_path, GROWTH, "No heading, #growth.")
    assert find_headings(index(tmp_path, "growth")) == ["01_growth"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["name,zh"], 'The table has no column "figure" or "en"; allowed: figure, en, zh.'),
        (["figure,en,zh", "a,b,c,d,e", "a,b,c,d,e,f"], "Error tokenizing data."),
    ],
)
def test_a_table_of_titles_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, save: Save, lines: list[str], said: str
) -> None:
    save("growth")
    write_titles(tmp_path, *lines)
    with pytest.raises(BuildError, match=f"^{re.escape(f'notebooks/titles.csv: {said}')}"):
        index(tmp_path, "growth")


def test_three_pictures_stand_in_a_row_and_the_last_row_keeps_their_width() -> None:
    page = write_gallery([make(name) for name in "abcd"], {GROWTH: "Growth?"}, "1", False, "en")
    rows = [re.findall("<td .*</td>", row) for row in page.split("<tr>")[1:]]
    assert [[re.findall('id="(.)"', cell) for cell in row] for row in rows] == [
        [["a"], ["b"], ["c"]],
        [["d"], [], []],
    ]


def test_up_to_six_documents_are_named_and_more_are_counted() -> None:
    few, many, none = (make("a", [f"m-{n}" for n in range(count)]) for count in (6, 7, 0))
    page = write_gallery([few, many, none], {GROWTH: "Growth?"}, "1", False, "en")
    links = ", ".join(f"[m-{n}](SOURCES.md#m-{n})" for n in range(6))
    listed = re.findall(r"^- \[Documents cited\]\(SOURCES\.md\): (.*)", page, re.MULTILINE)
    assert listed == [f"6 ({links})", "7", "0"]


def test_up_to_three_figures_that_cite_a_document_are_named_and_more_are_counted() -> None:
    figures = [make("a", ["m", "n"]), make("b", ["m", "n"]), make("c", ["m", "n"]), make("d", "m")]
    links = ", ".join(f"[{name}](README.md#{name})" for name in "abc")
    assert write_sources(figures, {"n": "News", "m": "Mayor"}, "en") == (
        '# Documents cited\n\n- <a id="m"></a>Mayor<br>[Figures](README.md): 4\n'
        f'- <a id="n"></a>News<br>[Figures](README.md): 3 ({links})\n'
    )


def test_pages_without_figures_are_their_headings() -> None:
    gallery = "# 图表\n\n<!-- 本页由 `policydata build --lang zh` 生成。 -->\n"
    assert write_gallery([], {}, "1", False, "zh") == gallery
    assert write_sources([], {}, "zh") == "# 引用文献\n"


def test_a_caption_reads_as_it_is_written(tmp_path: Path, save: Save) -> None:
    caption = "~ about,\n\n *=* <b> `x` $1 snake_case https://example.org/a_b~c"
    save("growth", caption=caption)
    shown = r"\~ about, \*=\* \<b> \`x\` \$1 snake\_case https://example.org/a_b~c"
    assert f"\n\n{shown}\n\n" in index(tmp_path, "growth")


def test_a_title_and_what_is_seen_read_as_they_are_written(tmp_path: Path, save: Save) -> None:
    save("growth", title="R&D <\n\n2 %, *not* 3", alt='"R&D" >\n\n2 %')
    page = index(tmp_path, "growth")
    assert "</a><br>R&amp;D &lt; 2 %, *not* 3</td>" in page
    assert "<summary>R&amp;D &lt; 2 %, *not* 3</summary>" in page
    assert 'alt="&quot;R&amp;D&quot; &gt; 2 %" width' in page


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        (
            "en",
            "Reuse: [CC BY 4.0](../LICENSE-DATA). Cite as [CITATION.cff](../CITATION.cff) says.",
        ),
        (
            "zh",
            "许可：[CC BY 4.0](../../LICENSE-DATA)。"
            "引用方式见 [CITATION.cff](../../CITATION.cff)。",
        ),
    ],
)
def test_the_gallery_ends_with_the_licence_if_the_project_gives_it(
    tmp_path: Path, save: Save, lang: str, line: str
) -> None:
    save("growth", {"en": "figures", "zh": "figures/zh"}[lang])
    for text, ended in [("All rights reserved.", "</details>"), ("SPDX: CC-BY-4.0", line)]:
        (tmp_path / "LICENSE-DATA").write_text(text)
        assert index(tmp_path, "growth", lang=lang).endswith(f"\n\n{ended}\n")


def test_pages_that_would_not_change_are_not_written(tmp_path: Path, save: Save) -> None:
    save("growth")
    written = []
    for _ in range(2):
        index(tmp_path, "growth")
        pages = (tmp_path / "figures" / name for name in ("README.md", "SOURCES.md"))
        written.append([(page.stat().st_ino, page.stat().st_mtime_ns) for page in pages])
    assert written[0] == written[1]


def test_the_folder_of_the_other_language_is_not_refused(tmp_path: Path, save: Save) -> None:
    save("growth")
    save("old", "figures/zh")
    assert index(tmp_path, "growth") == fill(ENGLISH)


def test_a_document_that_is_not_ours_is_named_with_its_figure_and_no_page_is_written(
    tmp_path: Path, save: Save
) -> None:
    save("growth", "figures/zh", documents=["nowhere"])
    with pytest.raises(BuildError) as refused:
        index(tmp_path, "growth", lang="zh")
    assert str(refused.value) == (
        'figures/zh/growth.json: "nowhere" is not a document of this data set; '
        "see load_documents()."
    )
    assert list((tmp_path / "figures/zh").glob("*.md")) == []
