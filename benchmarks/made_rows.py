"""Coded rows made for measuring, as many as are asked for, with reference tables of their own.

Counties, documents and numbers are invented and say so; prefectures, indicators and units are those
of the project.  The same count and seed make the same rows.  No row has a fault, unless some are
asked for: a check of them finds nothing, and so measures what a clean data set costs.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from policydata import read_reference
from policydata.columns import name_columns
from policydata.schema import CODED, DOCUMENTS, PLACES
from policydata.tables import read_csv

_DIVISIONS = Path(__file__).parent.parent / "data/reference/divisions.csv"
COUNTIES, YEARS, INDICATORS = 2800, range(2004, 2024), 50
# Rows of one place and year, which three documents share.
_ROWS = 18
_PER_PREFECTURE = 9
_LONGEST_NAME, _LONGEST_QUOTE = 12, 40
_NOTE = "made for measuring"

# One row is a kind of document: its id, title, type, scope, reliability and day of publication.
_KINDS = pd.DataFrame(
    [
        ("bulletin", "统计公报", "bulletin", "excerpt", "official", 1, "-03-20"),
        ("news", "经济运行新闻", "news", "excerpt", "news", 0, "-10-25"),
        ("work-report", "政府工作报告", "work_report", "full_text", "official", 0, "-01-15"),
    ],
    columns=["kind", "title", "doc_type", "scope", "reliability", "later", "day"],
)
_NEWS, _REPORT = 1, 2

# By written unit: the smallest and the largest level of a county, and the decimals written.
_LEVELS = {
    **{"亿元": (20, 900, 2), "万吨": (2, 120, 2), "万亩": (5, 200, 2), "万人": (3, 150, 2)},
    **{"个": (20, 9000, 0), "家": (20, 9000, 0), "名": (40, 90000, 0)},
    **{"公斤/亩": (200, 900, 1), "%": (4, 60, 2)},
}
# Words before and behind the number, and how often a target and another figure have them.
_BOUNDS = pd.DataFrame(
    [
        ("", "", 0.34, 0.74),
        ("", "以上", 0.38, 0.06),
        ("", "左右", 0.12, 0.03),
        ("不低于", "", 0.06, 0.0),
        ("达到", "", 0.06, 0.03),
        ("约", "", 0.02, 0.05),
        ("突破", "", 0.01, 0.05),
        ("超过", "", 0.01, 0.04),
    ],
    columns=["before", "behind", "target", "other"],
)
_OPENINGS = ("", "全县", "我县", "全年")
_ENDINGS = ("", "，", "，其中", "，居全市前列", "；")
_COMMITMENTS = ("", "", "", "力争", "确保", "完成", "实现")
_NOTES = ("", "", "", "", "read in a copy", "the year is that of the report", "headline not seen")


def make_reference(count: int) -> dict[str, pd.DataFrame]:
    """Make the reference tables to which so many rows refer."""
    places = _make_places()
    counties = places[places.level.eq("county")]
    shipped = read_reference()
    return {
        "documents": _make_documents(counties.head(_count_places(count))),
        "indicators": _choose_indicators(shipped["indicators"]),
        "places": places,
        "units": shipped["units"],
    }


def make_rows(count: int, seed: int = 0, faulty: float = 0.0) -> pd.DataFrame:
    """Make so many coded rows, sorted by document and number; a share of them may be faulty."""
    chance = np.random.default_rng(seed)
    reference = make_reference(count)
    facts = _place_rows(count, reference)
    facts = _choose_measures(facts, reference["indicators"])
    rows = _write_figures(_draw_numbers(facts, chance), chance)
    rows = rows[name_columns(CODED)].astype("str")
    return _damage(rows, faulty, chance)


def _count_places(count: int) -> int:
    return min(COUNTIES, -(-count // (_ROWS * len(YEARS))))


def _make_places() -> pd.DataFrame:
    """Make the counties, nine below each prefecture as far as they reach, beside what is above."""
    above = read_csv(_DIVISIONS).assign(spellings="")
    # Divisions of two provinces may share a romanised name.
    above["name_en"] = above.name_en.mask(above.name_en.duplicated(keep=False), above.id)
    prefectures = above[above.level.eq("prefecture")]
    repeated = prefectures.loc[prefectures.index.repeat(_PER_PREFECTURE)].head(COUNTIES)
    number = pd.Series(np.arange(len(repeated)) % _PER_PREFECTURE + 1, repeated.index).astype("str")
    counties = pd.DataFrame(
        {
            "id": repeated.id + "-made-county-" + number,
            "code": repeated.code.str[:4] + "9" + number,
            "name_zh": repeated.name_zh + "虚构第" + number + "县",
            "name_en": "Made county " + number + " of " + repeated.id,
            "level": "county",
            "parent": repeated.id,
        }
    )
    places = pd.concat([above, counties]).fillna("")
    places = places.reindex(columns=name_columns(PLACES), fill_value="")
    return places.sort_values("id", ignore_index=True)


def _choose_indicators(table: pd.DataFrame) -> pd.DataFrame:
    """Choose indicators with a short name, evenly over all that have a known unit."""
    fits = table.unit_zh.isin(_LEVELS) & table.name_zh.str.len().le(_LONGEST_NAME)
    spread = np.linspace(0, fits.sum() - 1, INDICATORS).astype("int64")
    return table[fits].iloc[spread].reset_index(drop=True)


def _make_documents(counties: pd.DataFrame) -> pd.DataFrame:
    """Make three documents a county and year, sorted by id."""
    years = pd.DataFrame({"year": [*YEARS]})
    cells = counties[["id", "name_zh", "name_en"]].merge(years, how="cross")
    cells = cells.merge(_KINDS, how="cross")
    year, published = cells.year.astype("str"), (cells.year + cells.later).astype("str") + cells.day
    ids = cells.id + "-" + year + "-" + cells.kind
    documents = cells.assign(
        id=ids,
        title_zh=cells.name_zh + year + "年" + cells.title,
        title_en=cells.name_en + ", " + year + ": " + cells.kind,
        publisher=_NOTE,
        published=published,
        sha256=[sha256(one.encode()).hexdigest() for one in ids],
        note=_NOTE,
    )
    documents["sha256"] = documents.sha256.where(documents.scope.eq("full_text"), "")
    documents = documents.reindex(columns=name_columns(DOCUMENTS), fill_value="")
    return documents.sort_values("id", ignore_index=True)


def _place_rows(count: int, reference: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Give each row its document, number, place and indicator; a document holds them in turn."""
    documents = reference["documents"]
    document = np.arange(count, dtype="int64") * len(documents) // count
    number = np.arange(count) - np.searchsorted(document, document)
    kind = np.arange(len(documents)) % len(_KINDS)
    place = documents.id.str.replace(r"-\d{4}-[a-z-]+$", "", regex=True).to_numpy("object")
    year = documents.id.str.extract(r"-(\d{4})-[a-z-]+$", expand=False).astype("int64").to_numpy()
    place_codes, _ = pd.factorize(place)
    turn = document * 7 + number
    return pd.DataFrame(
        {
            "document": documents.id.to_numpy("object")[document],
            "n": (number + 1).astype("str"),
            "place": place[document],
            "place_code": place_codes[document],
            "year": year[document],
            "kind": kind[document],
            "number": number,
            "indicator_code": turn % INDICATORS,
            "round": (turn // INDICATORS + document * 7 // INDICATORS + document) % 2,
        }
    )


def _choose_measures(facts: pd.DataFrame, indicators: pd.DataFrame) -> pd.DataFrame:
    """Choose measure, status and period by the kind of document and the number in it."""
    unit = indicators.unit_zh.to_numpy("object")[facts.indicator_code]
    is_share, is_first = unit == "%", facts["round"].eq(0)
    measure = np.select(
        [is_share & is_first, is_share, is_first], ["share", "change", "level"], "growth_rate"
    )
    is_report, turn = facts.kind.eq(_REPORT), facts.number % 4
    cases = [is_report & turn.lt(2), is_report & turn.eq(3)]
    status = np.select(cases, ["target", "estimate"], "outcome")
    return facts.assign(
        indicator=indicators.code.to_numpy("object")[facts.indicator_code],
        name=indicators.name_zh.to_numpy("object")[facts.indicator_code],
        unit=unit,
        measure=measure,
        status=status,
        period=_write_periods(facts, status),
    )


def _write_periods(facts: pd.DataFrame, status: Any) -> Any:
    """Write years; five years for some targets, quarters and months for news."""
    last = facts.year - (facts.kind.eq(_REPORT) & (status != "target"))
    year, start = last.astype("str"), facts.year - (facts.year - 1) % 5
    plan = start.astype("str") + "/" + (start + 4).astype("str")
    is_news, turn = facts.kind.eq(_NEWS), facts.number % 8
    cases = [
        (status == "target") & turn.eq(5),
        is_news & turn.lt(3),
        is_news & turn.lt(5),
        is_news & turn.lt(6),
    ]
    return np.select(cases, [plan, year + "-Q3", year + "-01/" + year + "-09", year + "-09"], year)


def _draw_numbers(facts: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """Draw the number of each figure; levels of one place and indicator grow slowly."""
    least, most, decimals = np.array([_LEVELS[unit] for unit in facts.unit.unique()]).T
    codes, _ = pd.factorize(facts.unit)
    size = (int(facts.place_code.max()) + 1, INDICATORS)
    first, growth = chance.random(size), 0.01 + 0.05 * chance.random(size)
    cell = facts.place_code.to_numpy(), facts.indicator_code.to_numpy()
    base = least[codes] * (most[codes] / least[codes]) ** first[cell] / 2
    years = facts.year.to_numpy() - YEARS[0]
    level = base * (1 + growth[cell]) ** years * chance.uniform(0.9, 1.1, len(facts)) + least[codes]
    rate = np.round(chance.normal(6.5, 4, len(facts)), 1)
    rate = np.where(rate == 0, 0.1, rate)
    points = np.round(0.05 + np.abs(chance.normal(1, 1, len(facts))), 2)
    is_rate, is_change = facts.measure.eq("growth_rate"), facts.measure.eq("change")
    # Some counties write what others write in 亿元 in a smaller unit.
    is_small = facts.unit.eq("亿元") & facts.place_code.mod(3).eq(0)
    level, places = (
        np.where(is_small, level * 10_000, level),
        np.where(is_small, 0, decimals[codes]),
    )
    return facts.assign(
        amount=np.select([is_rate, is_change], [rate, points], level),
        decimals=np.select([is_rate, is_change], [1, 2], places).astype("int64"),
        unit=facts.unit.mask(is_small, "万元"),
    )


def _write_figures(facts: pd.DataFrame, chance: np.random.Generator) -> pd.DataFrame:
    """Write each figure with its unit and bound, and the words around it."""
    is_target, falls = facts.status.eq("target"), facts.amount.lt(0)
    is_rate, is_change = facts.measure.eq("growth_rate"), facts.measure.eq("change")
    bound = np.where(
        is_target,
        *(chance.choice(len(_BOUNDS), len(facts), p=_BOUNDS[one]) for one in ("target", "other")),
    )
    bound = np.where(falls | is_change, 0, bound)
    before, behind = (_BOUNDS[one].to_numpy("object")[bound] for one in ("before", "behind"))
    before = np.select([falls, is_change], ["下降", "提高"], before).astype("object")
    digits = _write_digits(facts.amount.abs().to_numpy(), facts.decimals.to_numpy())
    unit = np.select([is_rate, is_change], ["%", "个百分点"], facts.unit.astype("object"))
    # 12.34万青年人才: the noun of the unit stands apart.
    is_apart = (unit == "万人") & facts.number.mod(4).eq(0).to_numpy()
    # A few targets are ranges.
    is_range = is_target & is_rate & facts.amount.gt(0) & facts.number.mod(5).eq(1)
    higher = _write_digits(facts.amount.abs().to_numpy() + 0.5, facts.decimals.to_numpy())
    before, behind = (np.where(is_range, "", one) for one in (before, behind))
    digits = np.where(is_range, digits + "%—" + higher, digits)
    text = before + digits + np.where(is_apart, "万", unit).astype("object") + behind
    opening, ending = (_draw(words, len(facts), chance) for words in (_OPENINGS, _ENDINGS))
    # A few pages have pinyin behind a character, or a blank before a number.
    page = facts.place_code * 20 + facts.year
    verb = np.select([page.mod(29).eq(0), page.mod(23).eq(0)], ["增長(zhǎng)", "增长 "], "增长")
    leading = np.where(is_rate & ~falls, verb, "").astype("object")
    year = facts.year.astype("str").to_numpy("object")
    ending = np.where(is_apart, "青年人才", ending).astype("object")
    words = year + "年" + opening + facts.name.to_numpy("object") + leading + text
    is_long = pd.Series(words + ending).str.len().gt(_LONGEST_QUOTE).to_numpy()
    return facts.assign(
        value_text=text,
        quote=words + np.where(is_long, "", ending).astype("object"),
        unit_text=np.where(is_apart, "万人", ""),
        occurrence=np.where(chance.random(len(facts)) < 0.02, "2", "1"),
        commitment=np.where(is_target, _draw(_COMMITMENTS, len(facts), chance), ""),
        coder=np.where(facts.place_code % 2, "P", "Q"),
        note=_draw(_NOTES, len(facts), chance),
    )


def _draw(words: tuple[str, ...], count: int, chance: np.random.Generator) -> Any:
    return np.array(words, dtype="object")[chance.integers(len(words), size=count)]


def _write_digits(numbers: Any, decimals: Any) -> Any:
    """Write each number with its own decimals."""
    written = np.empty(len(numbers), dtype="object")
    for places in np.unique(decimals):
        here = decimals == places
        written[here] = np.char.mod(f"%.{places}f", numbers[here])
    return written


def _damage(rows: pd.DataFrame, share: float, chance: np.random.Generator) -> pd.DataFrame:
    """Damage a share of the rows, each in one cell."""
    faults: tuple[tuple[str, Callable[[Any], Any]], ...] = (
        ("place", lambda cells: cells.str[:-1] + "x"),
        ("indicator", lambda cells: cells + "s"),
        ("measure", lambda cells: cells.str[:-1]),
        ("period", lambda cells: cells.str[:4] + "-13"),
        ("value_text", lambda cells: "?" + cells),
        ("quote", lambda cells: cells.str[:5]),
        ("coder", lambda cells: cells + "\u200b"),
        ("occurrence", lambda cells: "first"),
    )
    hit = np.flatnonzero(chance.random(len(rows)) < share)
    kinds = chance.integers(len(faults), size=len(hit))
    for kind, (column, change) in enumerate(faults):
        here = rows.index[hit[kinds == kind]]
        rows.loc[here, column] = change(rows.loc[here, column])
    return rows
