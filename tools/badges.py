"""The badges of the README, drawn from what they say: `python tools/badges.py`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from policydata import __data_version__, load_documents, load_statements

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs/badges"
_HEIGHT, _GAP, _LETTER, _CHARACTER = 20, 6, 6.6, 11.5
_BADGE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img"
  aria-label="{label}: {fact}">
  <title>{label}: {fact}</title>
  <rect width="{width}" height="{height}" rx="3" fill="#0b5c8a"/>
  <path d="M3 0h{head}v{height}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="#444"/>
  <g fill="#fff" font-family="Verdana,DejaVu Sans,Noto Sans SC,sans-serif" font-size="11">
    <text x="{gap}" y="14" textLength="{label_width}">{label}</text>
    <text x="{fact_start}" y="14" textLength="{fact_width}">{fact}</text>
  </g>
</svg>
"""


def list_badges() -> dict[str, tuple[str, str, str]]:
    """List what each badge says: its label in English and in Chinese, and the fact."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = [text.rpartition(" :: Python :: ")[2] for text in project["classifiers"]]
    pythons = [name for name in named if name.startswith("3.")]
    return {
        "data": ("data", "数据版本", __data_version__),
        "statements": ("statements", "陈述", f"{len(load_statements()):,}"),
        "documents": ("documents", "文件", f"{len(load_documents()):,}"),
        "python": ("Python", "Python", f"{pythons[0]} – {pythons[-1]}"),
        "licence": ("licence", "许可", project["license"].replace(" AND ", " · ")),
    }


def draw_badges() -> Iterator[tuple[str, str]]:
    """Give the name and the picture of each badge, in both languages."""
    for name, (english, chinese, fact) in list_badges().items():
        yield f"{name}.svg", _draw(english, fact)
        yield f"{name}.zh.svg", _draw(chinese, fact)


def _draw(label: str, fact: str) -> str:
    label_width, fact_width = _measure(label), _measure(fact)
    fact_start = label_width + 3 * _GAP
    return _BADGE.format(
        label=label,
        fact=fact,
        label_width=label_width,
        fact_width=fact_width,
        fact_start=fact_start,
        head=label_width + 2 * _GAP - 3,
        width=fact_start + fact_width + _GAP,
        height=_HEIGHT,
        gap=_GAP,
    )


def _measure(text: str) -> int:
    """Measure a text, roughly: the picture then sets it to just that width."""
    return round(sum(_LETTER if ord(sign) < 0x2E80 else _CHARACTER for sign in text))


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for file, picture in draw_badges():
        (FOLDER / file).write_text(picture, "utf-8")
