"""The table that a paper prints: pairs of target and outcome, as LaTeX or as HTML for Word."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pandas as pd
from jinja2 import Environment

from policydata.charts.cells import choose_scale, name_measured, sort_by_place
from policydata.charts.intake import KIND, take_pairs
from policydata.charts.words import name_period, say, say_word, write_bounds, write_number
from policydata.columns import document_columns, quote_values
from policydata.load import take_statements
from policydata.problems import refuse_unknown
from policydata.schema import LANGUAGES
from policydata.tables import Reference, take_reference
from policydata.units import Units, take_units

_SIDES, _NUMBERS = ["target", "outcome"], ["target", "outcome", "gap"]
_COLUMNS = ["place", "period", *_NUMBERS, "met"]
# A cell shows the first two itself; the others concern the source, not the figure.
_UNNOTED = ("bound_only", "approximate", "single_source", "reprint")
_VOCABULARY = {"estimate": "status"}
_SIGNS = "†‡§¶‖"  # no asterisk, which stands for significance
# What follows the whole part of a number (decimals, 以上, signs), and spaces as wide as these.
_TAIL = rf"(\.\d+)?([^\W\d]+)?([{_SIGNS}]*)$"
_WIDTHS = [("\u2008", "\u2007"), ("\u3000", "\u3000"), ("\u2007", "\u2007")]
# pdfLaTeX has no text form of these signs; after a row, \\ takes a star or a bracket as its option.
_TEX = {"≥": r"$\geq$", "≤": r"$\leq$", "≈": r"$\approx$", "−": "$-$", "<": "$<$", ">": "$>$"}
_TEX |= {"\u2008": r"\phantom{.}", "\u2007": r"\phantom{0}", "\u3000": r"\quad ", "\xa0": "~"}
_TEX |= {"*": "{*}", "[": "{[}"}
_SPAN = rf"\multicolumn{{{len(_COLUMNS)}}}{{l}}{{%s}}"
_Groups = dict[str, pd.DataFrame]


@document_columns()
def tabulate_pairs(
    pairs: pd.DataFrame,
    statements: pd.DataFrame | None = None,
    *,
    reference: Reference = None,
    lang: str = "en",
    format: str = "latex",
    caption: str = "",
    label: str = "",
) -> str:
    r"""Write targets and outcomes as a paper prints them: by indicator, with notes on hazards.

    Indicators keep their order; below each, provinces come first, then places as in the statistical
    yearbook, then periods.  Signs mark estimates and hazards, except `bound_only`, `approximate`,
    `single_source` and `reprint`; the last rows say what they mean.

    Parameters
    ----------
    pairs : pandas.DataFrame
        Rows of `compare`.
    {statements}
    {reference}
    lang : {"en", "zh"}
        Language of names, words and numbers.
    format : {"latex", "html"}
        LaTeX for the package booktabs (and XeLaTeX or LuaLaTeX, if Chinese), or HTML for Word.
    caption, label : str, optional
        Caption, as plain text, and the name for references to the table.

    Raises
    ------
    ValueError
        If no pair can be written, or if `lang`, `format` or a statement of a pair is not known.

    Examples
    --------
    >>> from policydata import compare
    >>> table = tabulate_pairs(compare(place="zhengzhou", indicator="rd_intensity", year=2023))
    >>> print(table.splitlines()[5])
    Zhengzhou & 2023 & $>$~2.6 & 2.72 & +0.12 & met \\
    """
    refuse_unknown("lang", lang, LANGUAGES)
    refuse_unknown("format", format, _WRITERS)
    ordered = _order(take_pairs(pairs, reference))
    reasons = _find_reasons(ordered, statements)
    signs = _choose_signs(reasons)
    marked = reasons.map(lambda told: "".join(signs[reason] for reason in told))
    groups = _write_groups(ordered, marked, take_units(take_reference(reference)), lang)
    said = {word: say_word(_VOCABULARY.get(word, "hazard"), word, lang) for word in signs}
    notes = [say("phrase", "gap", lang), *(f"{signs[word]} {said[word]}" for word in said)]
    return _WRITERS[format](groups, notes, lang, caption, label)


def _order(pairs: pd.DataFrame) -> pd.DataFrame:
    kind = pairs.groupby(KIND, sort=False).ngroup()
    ranked = sort_by_place(pairs.assign(kind=kind), "period")
    return ranked.sort_values("kind", kind="stable", ignore_index=True)


def _find_reasons(pairs: pd.DataFrame, statements: pd.DataFrame | None) -> pd.DataFrame:
    """List what notes say of each target and outcome; an estimate is not called preliminary too."""
    rows = take_statements(statements, ["statement_id", "hazards"])
    hazards = rows.set_index("statement_id").hazards
    ids = pairs[["target_id", "outcome_id"]].set_axis(_SIDES, axis=1)
    if lacking := quote_values(sorted({*ids.stack()} - {*hazards.index})[:3]):
        raise ValueError(f"The statements do not contain {lacking}; pass those that were compared.")
    told = ids.map(hazards.get)
    estimates = "estimate " + told.outcome.str.replace("preliminary", "")
    told["outcome"] = told.outcome.mask(pairs.outcome_status.eq("estimate"), estimates)
    return told.map(lambda words: [word for word in words.split() if word not in _UNNOTED])


def _choose_signs(reasons: pd.DataFrame) -> dict[str, str]:
    """Give each reason a sign, in the order of reading; after the last sign they are doubled."""
    found, count = dict.fromkeys(chain(*reasons.stack())), len(_SIGNS)
    return {reason: _SIGNS[at % count] * (at // count + 1) for at, reason in enumerate(found)}


def _write_groups(pairs: pd.DataFrame, signs: pd.DataFrame, units: Units, lang: str) -> _Groups:
    written = pd.concat([_write_cells(rows, units, lang) for _, rows in pairs.groupby("kind")])
    written[_SIDES] += signs
    aligned = written.assign(**written[_NUMBERS].apply(_align))
    heads = {name: say("table head", name, lang) for name in _COLUMNS}
    titled = aligned.groupby("title", sort=False)[_COLUMNS]
    return {str(title): rows.rename(columns=heads) for title, rows in titled}


def _write_cells(pairs: pd.DataFrame, units: Units, lang: str) -> pd.DataFrame:
    """Write the cells of one indicator and measure, all in the unit that its title names."""
    scale, unit = choose_scale(pairs, float(pairs[_SIDES].abs().max(axis=None)), units, lang)
    name = name_measured(next(pairs.itertuples()), lang)
    return pairs.assign(
        title=say("phrase", "titled", lang).format(name=name, unit=unit),
        place=pairs[f"place_{lang}"],
        period=[name_period(period, lang) for period in pairs.period],
        **{side: _write_side(pairs, side, scale, lang) for side in _SIDES},
        gap=[("+" if gap > 0 else "") + write_number(gap / scale, lang) for gap in pairs.gap],
        met=[say("met", answer, lang) for answer in pairs.met],
    )


def _write_side(pairs: pd.DataFrame, side: str, scale: float, lang: str) -> list[str]:
    values = pairs[[side, f"{side}_low", f"{side}_high"]].to_numpy() / scale
    stated = zip(pairs[f"{side}_comparator"], *values.T, strict=True)
    return [write_bounds(word, at, low, high, "", lang) for word, at, low, high in stated]


def _align(cells: pd.Series) -> pd.Series:
    """Set spaces after numbers, until their points stand in line."""
    parts = cells.str.extract(_TAIL).fillna("")
    for at, (first, rest) in enumerate(_WIDTHS):
        lengths = parts[at].str.len()
        longest = (first + rest * lengths.max())[: lengths.max()]
        cells = cells + [longest[length:] for length in lengths]
    return cells


def _write_latex(groups: _Groups, notes: list[str], lang: str, caption: str, label: str) -> str:
    """Write a tabular, in a table if it has a caption or a label; the notes are its last rows."""
    heads = next(iter(groups.values())).columns
    parts = [(pd.DataFrame({heads[0]: [title]}), rows) for title, rows in groups.items()]
    rows = pd.concat(chain(*parts), ignore_index=True).fillna("")
    titles = pd.IndexSlice[rows.index[rows[heads[-1]].eq("")], heads[0]]
    styler = rows.style.hide(axis="index").format(_set_signs, escape="latex")
    written = styler.format(_write_title, escape="latex", subset=titles).to_latex(
        hrules=True,
        column_format="llrrrl",
        caption=_escape(caption) or None,
        label=label or None,
        position_float="centering" if caption or label else None,
    )
    below = [_SPAN % rf"\footnotesize {_escape(note)}" + " \\\\\n" for note in notes]
    spanned = str(written).replace(" & " * (len(heads) - 1) + " \\\\", " \\\\")
    spaced = spanned.replace("\\midrule\n\\addlinespace", "\\midrule")
    return spaced.replace("\\bottomrule\n", "".join(["\\bottomrule\n", *below]))


def _escape(text: str) -> str:
    """Escape a text as Styler escapes a cell."""
    cell = pd.DataFrame([[text]]).style.hide(axis="index").hide(axis="columns")
    return str(cell.format(_set_signs, escape="latex").to_string().strip())


def _set_signs(escaped: str) -> str:
    written = "".join(_TEX.get(sign, sign) for sign in escaped)
    return written.replace(r"0}\phantom{", "0").replace(r".}\phantom{", ".")


def _write_title(escaped: str) -> str:
    return "\\addlinespace\n" + _SPAN % rf"\textit{{{_set_signs(escaped)}}}"


def _write_html(groups: _Groups, notes: list[str], lang: str, caption: str, label: str) -> str:
    given = {"groups": groups, "notes": notes, "lang": lang, "caption": caption, "label": label}
    form = Path(__file__).with_suffix(".html").read_text("utf-8")
    return Environment(autoescape=True).from_string(form).render(given)


_WRITERS = {"latex": _write_latex, "html": _write_html}
