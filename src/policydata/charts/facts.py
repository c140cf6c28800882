"""What a chart has counted, for titles, subtitles and captions: nothing there is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from policydata.charts.cells import PROVINCE, Cells, fill_ids, name_measured, write_figure
from policydata.charts.marks import list_bound_keys, list_status_keys
from policydata.charts.page import Key, Words, find_documents, finish
from policydata.charts.words import DASH, name_period, say, write_number
from policydata.comparison import compare
from policydata.schema import ANSWERS
from policydata.tables import Reference, take_reference

# As many places are named; more are counted.
_NAMED = 3
_KEPT = ("outcome", "estimate", "target", "plan_scale", "standard")


def count_rows(rows: pd.DataFrame, marks: int, noun: str, lang: str) -> dict[str, str]:
    """Count marks, statements and documents, and name the first and the last year."""
    years = sorted(pd.to_numeric(rows.get("year", pd.Series(dtype="float"))).dropna().astype("int"))
    quotients = len(rows) if "denominator_id" in rows else 0
    counts = {"n": marks, "rows": len(rows) + quotients, "documents": len(find_documents(rows))}
    written = {name: write_number(count, lang) for name, count in counts.items()}
    plural = {"s": "" if marks == 1 else "s", "rows_s": "" if counts["rows"] == 1 else "s"}
    return {
        **written,
        "counted": say("noun", noun, lang).format(**plural, **written),
        "first_year": str(years[0]) if years else "",
        "last_year": str(years[-1]) if years else "",
    }


def count_cells(
    cells: Cells, lang: str, reference: Reference, compared_with: str = "", ends: bool = False
) -> dict[str, str]:
    """Count what statements show: their extremes, their reference, and how targets fared.

    With `ends` only the last figure of each place counts for the extremes.
    """
    drawn = cells.drawn
    # Figures of several kinds do not compare: the first kind has the extremes.
    first = next(drawn.itertuples())
    alike = drawn[drawn.indicator.eq(first.indicator) & drawn.measure.eq(first.measure)]
    places = alike[alike.place.ne(compared_with) & alike.place_level.ne(PROVINCE)]
    places = places if len(places) else alike
    status = next(one for one in _KEPT if one in set(places.status))
    main = places[places.status.eq(status)].sort_values("period_end", kind="stable")
    main = main.drop_duplicates("place", keep="last") if ends else main
    main = main.sort_values("at", kind="stable")
    counted = drawn.status.value_counts()
    tables = take_reference(reference)
    if "better" not in tables["indicators"]:
        # Which direction is better is not known of any indicator then.
        tables = tables | {"indicators": tables["indicators"].assign(better="")}
    stated = cells.stated.assign(statement_id=fill_ids(cells.stated))
    pairs = compare(stated, reference=tables) if drawn.status.nunique() > 1 else None
    answers = pairs.met.value_counts() if pairs is not None else pd.Series(dtype="int")
    statuses = {f"{one}s": counted.get(one, 0) for one in ("target", "outcome", "estimate")}
    return {
        **count_rows(cells.stated, len(drawn), "statement", lang),
        **{name: str(count) for name, count in statuses.items()},
        **{word: str(answers.get(word, 0)) for word in ANSWERS},
        "pairs": str(0 if pairs is None else len(pairs)),
        "places": str(drawn.place[drawn.place_level.ne(PROVINCE)].nunique()),
        **_name_row("highest", main.tail(1)),
        **_name_row("lowest", main.head(1)),
        **_compare_places(main, alike, compared_with),
    }


def _name_row(name: str, rows: pd.DataFrame) -> dict[str, str]:
    """Name figure, place and period of a row."""
    row = next(rows.itertuples())
    figure = write_figure(row)
    return {name: figure, f"{name}_place": row.place_said, f"{name}_period": row.period_said}


def _compare_places(main: pd.DataFrame, drawn: pd.DataFrame, place: str) -> dict[str, str]:
    """Tell how many places lie above and below the one compared with, each at its last figure."""
    own = drawn[drawn.place.eq(place) & drawn.status.eq(main.status.iloc[0])]
    if own.empty:
        return {}
    last = own.sort_values("period_end").tail(1)
    level = float(last["at"].iloc[0])
    latest = main.sort_values("period_end", kind="stable").drop_duplicates("place", keep="last")
    return {
        **_name_row("reference", last),
        "above": str((latest["at"] > level).sum()),
        "below": str((latest["at"] < level).sum()),
    }


def describe(
    rows: pd.DataFrame, unit: str, lang: str, reference: Reference, headed: bool = False
) -> str:
    """Write what is drawn, in which unit, where and when; panels with heads are not named again."""
    kinds = rows.drop_duplicates(["indicator", "measure"])
    names = [name_measured(row, lang) for row in kinds.itertuples()]
    if len(names) > 1:
        listed = list(dict.fromkeys(kinds[f"indicator_{lang}"]))
        several = say("phrase", "indicators", lang).format(len(listed))
        joined = say("phrase", "and", lang).join(listed) if len(listed) <= _NAMED else several
        measures = set(kinds.measure)
        one = [say("measure", name, lang) for name in measures - {"level"} if len(measures) == 1]
        names = [*([] if headed and one else [joined]), *one]
    what = say("phrase", "and", lang).join(names)
    said = say("phrase", "what", lang).format(what, unit) if unit else what
    return _describe(said, rows, lang, reference)


def describe_pairs(
    pairs: pd.DataFrame, what: str, unit: str, lang: str, reference: Reference
) -> str:
    """Write what is drawn of pairs of target and outcome, where and when."""
    said = say("phrase", "what", lang).format(what, unit) if unit else what
    return _describe(said, pairs, lang, reference)


def _describe(what: str, rows: pd.DataFrame, lang: str, reference: Reference) -> str:
    where = name_where(rows, lang, reference) if "place" in rows else ""
    parts = [what, where, name_when(rows.get("period", []), lang)]
    listed = say("phrase", "list", lang).join(filter(None, parts))
    return listed[:1].upper() + listed[1:]


def name_where(rows: pd.DataFrame, lang: str, reference: Reference) -> str:
    """Name the places, or count them within the place to which all belong."""
    cities = rows[rows.place_level.ne(PROVINCE)] if "place_level" in rows else rows
    named = (cities if len(cities) else rows).drop_duplicates("place")
    if len(named) <= _NAMED:
        return say("phrase", "and", lang).join(named[f"place_{lang}"])
    places = take_reference(reference)["places"].reindex(columns=["id", "parent", f"name_{lang}"])
    parents = set(named.place.map(places.set_index("id").parent))
    known = places[places.id.isin(parents)]
    if len(parents) == 1 and len(known):
        parent = known[f"name_{lang}"].iloc[0]
        return say("phrase", "cities", lang).format(n=len(named), parent=parent)
    return say("phrase", "places", lang).format(n=len(named))


def name_when(periods: Iterable[str], lang: str) -> str:
    """Name the one period of some rows, or their first and last year."""
    named = sorted({period for period in periods if period})
    if len(named) <= 1:
        return name_period(named[0], lang) if named else ""
    years = sorted(
        {period[:4] for period in named} | {period.rpartition("/")[2][:4] for period in named}
    )
    written = DASH[lang].join(dict.fromkeys([years[0], years[-1]]))
    return written + say("phrase", "year", lang)


def say_facts(counts: Mapping[str, int], lang: str) -> dict[str, str]:
    """Write counts by word, with words as names: `not_coded`."""
    return {word.replace(" ", "_"): write_number(count, lang) for word, count in counts.items()}


def finish_cells(
    figure: Figure,
    cells: Cells,
    words: Words,
    *,
    reference: Reference,
    known: str = "",
    headed: bool = False,
    ends: bool = False,
    more: Mapping[str, str] | None = None,
    others: Sequence[Key] = (),
    upright: bool = False,
    bounds: bool = True,
    statuses: bool = True,
    panels: Sequence[Axes] = (),
    height: float = 0.0,
) -> Figure:
    """Finish the page of a chart of statements: its facts, its keys, its footnotes.

    With `ends` the last figures of places are compared, else all.
    """
    drawn, lang = cells.drawn, words.lang
    units = drawn.unit_said.unique()
    about = describe(drawn, units[0] if len(units) == 1 else "", lang, reference, headed)
    facts = count_cells(cells, lang, reference, known, ends) | dict(more or {})
    if words.kind == "series" and facts["pairs"] == "0":
        words = words._replace(title=words.title or say("phrase", "unpaired", lang))
    comparators, shown = drawn.comparator if bounds else [], drawn.status if statuses else []
    groups = {
        say("head", "status", lang): list_status_keys(shown, lang, upright=upright),
        say("head", "bound", lang): list_bound_keys(comparators, lang, upright=upright),
        "": others,
    }
    notes = list(cells.notes)
    if "denominator_id" in cells.stated:
        notes.append(say("phrase", "quotients", lang))
    stated = cells.stated.assign(drawn=cells.stated.index.isin(drawn["row"]))
    return finish(
        figure, words._replace(about=about, facts=facts), stated, groups=groups,
        notes=notes, reference=reference, panels=panels, height=height,
    )  # fmt: skip
