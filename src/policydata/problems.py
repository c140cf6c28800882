"""The rules of `check`, the exception that carries problems, and the nearest known words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import pandas as pd

from policydata.messages import find_spoken, say
from policydata.vocabularies import translate_word

SHOWN_PER_RULE = 10
# What keeps a cell from being read as text.
CELL_RULES = (
    *("number instead of text", "date instead of text", "formula instead of text"),
    *("error value instead of text", "not text", "raised, lowered or struck text"),
    "line break in a figure",
)
_ERRORS = (
    *("no such file", "unreadable file", "no coded table", "no workbook"),
    *("not UTF-8", "byte-order mark", "NUL character"),
    *("separator is not a comma", "broken quoting", "cells do not fit the header"),
    *("header not found", "missing column", "unknown column", "column twice"),
    *("hidden cells", "merged cells"),
    *CELL_RULES,
    *("blank cell", "hidden character", "read in a wrong encoding", "not a whole number"),
    *("word not in the vocabulary", "reason not in the vocabulary"),
    *("unknown document", "unknown place", "unknown indicator", "unknown unit"),
    *("unknown statement", "not an exact factor", "dimension without one standard unit"),
    *("not a checksum", "not a division code", "not a web address", "checksum and scope disagree"),
    *("two rows with one id", "spelling used twice", "rows out of order"),
    *("period that is not a period", "unreadable figure"),
    *("figure without a number", "unit does not fit", "unit_text contradicts value_text"),
    *("quote missing", "quote too long", "value_text not in its quote"),
    "value_text cut out of a longer figure",
    *("text not found", "quote not in the text"),
    *("numeral not in its quote", "part of no statement"),
    *("numeral not accounted for", "numeral accounted for twice"),
)
_REVIEWS = (
    *(
        "outcome after publication",
        "period far from publication",
        "figure typed twice",
        "figure out of scale",
    ),
    *("bound word beside value_text", "look-alike character"),
)
_NOTES = (
    "passed over",
    "quotes not looked up",
    "text passed over",
    "no reference table",
    *("columns in another order", "number passed over", "document without rows"),
    "line ends",
    "no number yet",
)
# Every rule with its level; a rule that is not listed here cannot be reported.
RULES = {
    **dict.fromkeys(_ERRORS, "error"),
    **dict.fromkeys(_REVIEWS, "review"),
    **dict.fromkeys(_NOTES, "note"),
}


class CodingError(ValueError):
    """Coded tables that cannot be used as they are.

    Parameters
    ----------
    problems : pandas.DataFrame
        The table that `check` returns, one row per problem.
    """

    def __init__(self, problems: pd.DataFrame) -> None:
        super().__init__(describe_problems(problems))
        self.problems = problems


def describe_problems(problems: pd.DataFrame) -> str:
    """Describe each problem in one line, grouped by rule: ten shown and the rest counted."""
    lines = []
    for rule, group in problems.groupby("rule", sort=False):
        level = translate_word("level", group.level.iloc[0], find_spoken())
        said = {"rule": say(str(rule)), "level": level, "count": len(group)}
        lines.append(say("{rule} ({level}, {count})", **said))
        shown = group.head(SHOWN_PER_RULE)
        lines += [f"  {_complain(row)}" for row in shown.to_dict("records")]
        if len(group) > len(shown):
            lines.append("  " + say("… and {count} more", count=len(group) - len(shown)))
    return "\n".join(lines)


def describe_problem(row: Mapping[str, str]) -> str:
    """Describe one problem without its address: the rule, what was found, what is allowed."""
    return say("{rule}: {found}", rule=say(row["rule"]), found=_say_found(row))


def find_nearest(value: str, known: Iterable[str], count: int = 3) -> str:
    """Name the known words nearest to an unknown one; empty if none is near."""
    words = list(dict.fromkeys(known))
    folded = {word.casefold(): word for word in words}
    near = get_close_matches(value.casefold(), folded, n=count, cutoff=0.5)
    return say(", ").join(folded[word] for word in near)


def say_nearest(nearest: str) -> str:
    """Say what is nearest, after what is allowed; nothing if nothing is near."""
    return say("; nearest: {nearest}", nearest=nearest) if nearest else ""


def describe_missing_package(fault: ImportError, extra: str) -> str:
    """Say which package is not installed and which extra installs it; re-raise other errors.

    Examples
    --------
    >>> describe_missing_package(ModuleNotFoundError(name="rich.console"), "build")
    "rich is not installed: pip install 'policydata[build]'"
    """
    # pandas raises a plain ImportError, with the missing package in its cause.
    missing = fault if isinstance(fault, ModuleNotFoundError) else fault.__cause__
    if not isinstance(missing, ModuleNotFoundError) or not missing.name:
        raise fault
    package = missing.name.partition(".")[0]
    refused = "{package} is not installed: pip install 'policydata[{extra}]'"
    return say(refused, package=package, extra=extra)


def refuse_unknown(name: str, value: object, known: Iterable[str]) -> None:
    """Refuse an argument that is not a known word, and list the known words."""
    words = list(known)
    if value not in words:
        listed = say(", ").join(say('"{value}"', value=word) for word in words)
        refused = '"{value}" is not a known {name}; allowed: {allowed}.'
        raise ValueError(say(refused, value=value, name=say(name), allowed=listed))


def say_count(number: int, noun: str) -> str:
    """Write a number with its noun: 1 error, 2 errors."""
    plural = "s" if number != 1 and find_spoken() == "en" else ""
    return say(f"{{count}} {noun}{plural}", count=f"{number:,}")


def _complain(row: dict[str, str]) -> str:
    """Write file, row and column as an editor shows them, what was found and what is allowed."""
    address = ":".join(row[part] for part in ("file", "row") if row[part])
    if address and row["column"]:
        address = say("{address}:{column}", address=address, column=row["column"])
    return say("{address}: {said}", address=address or row["column"], said=_say_found(row))


def _say_found(row: Mapping[str, str]) -> str:
    """Write what was found, what is allowed and what is nearest."""
    found = '"{value}"; allowed: {allowed}' if row["value"] else '""; allowed: {allowed}'
    return say(found, value=row["value"], allowed=row["allowed"]) + say_nearest(row["nearest"])
