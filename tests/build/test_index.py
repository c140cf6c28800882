"""The index says of each figure what it shows, who made it and where it comes from."""

import json
import re
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from policydata.build.files import BuildError
from policydata.build.index import write_index
from policydata.tables import read_data_version

ROWS = "statement_id,value\nminghu-2024-plan:2,7.0\nminghu-2023-news:11,6.5\n"
CAPTIONS = {"en": "Growth of Minghu, n = 2.", "zh": "明湖的增长，n = 2。"}
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

`policydata build` writes this page.

## growth

![growth](growth.png)

Growth of Minghu, n = 2.

明湖的增长，n = 2。

- Made by [notebooks/01_growth.ipynb](../notebooks/01_growth.ipynb), cell `In [5]`
- Rows: 2; SHA-256 of the CSV: `DIGEST`
- Data version: VERSION
- Documents: [minghu-2023-news](#minghu-2023-news), [minghu-2024-plan](#minghu-2024-plan)
- [PDF](growth.pdf) · [SVG](growth.svg) · [PNG](growth.png) · [CSV](growth.csv)

## Documents cited

- <a id="minghu-2023-news"></a>明湖日报 (no date shown). 1\~6月份投资 [Investment].
- <a id="minghu-2024-plan"></a>明湖市 (2024-01-05). 2024年计划 [Plan for 2024]. https://example.org/a_b
"""
CHINESE = r"""# 图表

本页由 `policydata build --lang zh` 生成。

## growth

![growth](growth.png)

明湖的增长，n = 2。

Growth of Minghu, n = 2.

- 由 [notebooks/01_growth.ipynb](../../notebooks/01_growth.ipynb) 的单元 `In [5]` 生成
- 行数：2；CSV 的 SHA-256：`DIGEST`
- 数据版本：VERSION
- 引用文献：[minghu-2023-news](#minghu-2023-news)、[minghu-2024-plan](#minghu-2024-plan)
- [PDF](growth.pdf) · [SVG](growth.svg) · [PNG](growth.png) · [CSV](growth.csv)

## 引用文献

- <a id="minghu-2023-news"></a>明湖日报. 1\~6月份投资[EB/OL].
- <a id="minghu-2024-plan"></a>明湖市. 2024年计划[EB/OL]. (2024-01-05). https://example.org/a_b
"""

Save = Callable[..., None]


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Save:
    """Write the files of a figure that an index reads, which cites two documents of our own."""
    known = {"documents": DOCUMENTS}
    monkeypatch.setattr("policydata.citation.take_reference", lambda *_, **__: known)

    def write(
        name: str,
        folder: str = "figures",
        captions: dict[str, str] = CAPTIONS,
        documents: Sequence[str] = CITED,
    ) -> None:
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        facts = {"name": name, "captions": captions, "rows": 2, "documents": list(documents)}
        (place / f"{name}.csv").write_text(ROWS, "utf-8")
        (place / f"{name}.json").write_text(json.dumps(facts, ensure_ascii=False), "utf-8")

    return write


def index(project: Path, *names: str, lang: str = "en") -> str:
    """Write the index of figures that the fifth cell of one notebook makes, and read it."""
    makers = dict.fromkeys(names, ("notebooks/01_growth.ipynb", 5))
    write_index(project, makers, lang)
    folder = {"en": "figures", "zh": "figures/zh"}[lang]
    return (project / folder / "README.md").read_text("utf-8")


def fill(page: str) -> str:
    digest = sha256(ROWS.encode()).hexdigest()[:12]
    return page.replace("DIGEST", digest).replace("VERSION", read_data_version())


def test_each_figure_has_a_section_made_from_its_files(tmp_path: Path, save: Save) -> None:
    save("growth")
    assert index(tmp_path, "growth") == fill(ENGLISH)


def test_the_index_of_chinese_figures_is_in_chinese(tmp_path: Path, save: Save) -> None:
    save("growth", "figures/zh", dict(reversed(CAPTIONS.items())))
    assert index(tmp_path, "growth", lang="zh") == fill(CHINESE)


def test_a_document_that_two_figures_cite_is_listed_once_and_sorted_by_its_id(
    tmp_path: Path, save: Save
) -> None:
    save("a", documents=CITED[1:])
    save("b")
    listed = index(tmp_path, "a", "b").split("## Documents cited")[1]
    assert re.findall('<a id="(.+?)">', listed) == list(CITED)


def test_figures_are_sorted_by_name(tmp_path: Path, save: Save) -> None:
    for name in ("b", "a"):
        save(name)
    headings = re.findall("^## (.*)", index(tmp_path, "b", "a"), re.MULTILINE)
    assert headings == ["a", "b", "Documents cited"]


def test_a_caption_in_one_language_is_one_paragraph(tmp_path: Path, save: Save) -> None:
    save("growth", captions={"en": "Growth of\n Minghu."})
    assert "growth.png)\n\nGrowth of Minghu.\n\n- Made by" in index(tmp_path, "growth")


def test_a_caption_reads_as_it_is_written(tmp_path: Path, save: Save) -> None:
    caption = "~ about, *=* <b> `x` $1 snake_case https://example.org/a_b~c"
    save("growth", captions={"en": caption})
    shown = r"\~ about, \*=\* \<b> \`x\` \$1 snake\_case https://example.org/a_b~c"
    assert f"\n\n{shown}\n\n" in index(tmp_path, "growth")


def test_an_index_that_would_not_change_is_not_written(tmp_path: Path, save: Save) -> None:
    save("growth")
    written = []
    for _ in range(2):
        index(tmp_path, "growth")
        written.append((tmp_path / "figures/README.md").stat())
    assert written[0].st_ino == written[1].st_ino
    assert written[0].st_mtime_ns == written[1].st_mtime_ns


def test_the_folder_of_the_other_language_is_not_refused(tmp_path: Path, save: Save) -> None:
    save("growth")
    save("old", "figures/zh")
    assert index(tmp_path, "growth") == fill(ENGLISH)


def test_a_document_that_is_not_ours_is_named_with_its_figure(tmp_path: Path, save: Save) -> None:
    save("growth", "figures/zh", documents=["nowhere"])
    with pytest.raises(BuildError) as refused:
        index(tmp_path, "growth", lang="zh")
    assert str(refused.value) == (
        'figures/zh/growth.json: "nowhere" is not a document of this data set; '
        "see load_documents()."
    )
