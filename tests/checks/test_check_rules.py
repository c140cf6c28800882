"""What coded rows say, held against the tables and against each other.

Each rule has its folder in `tests/mistakes`; here is what no folder shows.
"""

import pandas as pd

from policydata import check

SLIPPED = {
    "280个 290个 2800个": ["2800个"],
    "280个 290个 28个 300个": ["28个"],
    "280个 290个 2.8万个": ["2.8万个"],
    "280个 290个 310万个": ["310万个"],
    "280个 290个 610个": [],
    "280个 290个 6100个": [],
    "280个 2800个": [],
    "28个 290个 2800个": [],
    "280个 290个 0个": [],
}
FOUR = "280个 290个 2800个 285个"
OTHERS = {
    "the same": {},
    "period": {"period": ["2024-06", "2024-07", "2024", "2024-09"]},
    "measure": {"measure": ["level", "level", "change", "level"]},
    "indicator": {"indicator": ["charging_points", "gdp"] * 2},
}


def find_slips(rows, cases):
    """List by its name what is out of scale in each case, figures and other columns."""
    parts = []
    for place, (figures, others) in cases.items():
        typed = figures.split()
        part = rows.iloc[[0] * len(typed)].reset_index(drop=True)
        ids = [str(n + 1) for n in part.index]
        parts.append(part.assign(place=place, n=ids, value_text=typed, quote="", file=place))
        parts[-1] = parts[-1].assign(**others)
    found = check(pd.concat(parts), reference="tests/mistakes/reference")
    found = found[found.rule.eq("figure out of scale")]
    return {place: found.value[found.file.eq(place)].tolist() for place in cases}


def test_a_level_that_lies_among_its_neighbours_once_its_point_is_moved_is_found(rows):
    assert find_slips(rows, {figures: (figures, {}) for figures in SLIPPED}) == SLIPPED


def test_neighbours_are_of_one_place_indicator_measure_and_length_of_period(rows):
    cases = {name: (FOUR, others) for name, others in OTHERS.items()}
    cases |= {"place": (FOUR, {"place": ["minghu", "lushan"] * 2})}
    slips = {name: found for name, found in find_slips(rows, cases).items() if found}
    assert slips == {"the same": ["2800个"]}


def test_a_document_dated_by_its_year_alone_may_report_any_month_of_it(rows, tables):
    documents = tables["documents"]
    own = {name: tables[name] for name in ("indicators", "places", "units")}
    for published, found in {"2024": set(), "2023": {"outcome after publication"}}.items():
        own["documents"] = documents.assign(published=published)
        assert set(check(rows, reference=own).rule) == found
