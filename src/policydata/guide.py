"""The coding guide: rules of `guide.csv` beside the columns and words that the code reads.

A rule stands once, in both languages; the guide is written in the language that is spoken.
"""

from __future__ import annotations

import pandas as pd

from policydata.codebook import describe_reasons, describe_table, describe_words, name_page
from policydata.columns import refuse_all
from policydata.messages import find_spoken, say, speak
from policydata.schema import CODED, EXCLUDED, LANGUAGES

RULES = "guide.csv"
_COLUMNS = ("section", *LANGUAGES)
# The sections of the rules by their title, in reading order.
SECTIONS = {
    "statement": "What a statement is",
    "value_text": "The figure as written: `value_text`",
    "quote": "The quote",
    "status": "Status and commitment",
    "measure": "Measure",
    "period": "Period",
    "excluded": "Excluded numerals",
    "doubts": "Rules that settled doubts",
    "finish": "Before you hand in",
}
MADE = (
    "Made by `policydata build` from `guide.csv` and the code's records. Edit these, not this page."
)


def write_guide(rules: pd.DataFrame) -> str:
    """Write the guide as Markdown; a row of `rules` is a rule with its `section`, `en` and `zh`.

    Raises
    ------
    ValueError
        If a rule is of an unknown section, or lacks a language.
    """
    _refuse_faults(rules)
    parts = [f"# {say('Coding guide')}", say(MADE)]
    for section, title in SECTIONS.items():
        if section == "value_text":
            parts.append(describe_table(say("The columns"), say("Every cell is text."), CODED))
        listed = rules.loc[rules.section.eq(section), find_spoken()]
        parts += [f"## {say(title)}", _list_rules(listed, numbered=section == "doubts")]
        parts += _add_records(section)
    return "\n\n".join(parts) + "\n"


def write_guides(rules: pd.DataFrame) -> dict[str, str]:
    """Write the guide in every language, by the name of its file."""
    guides = {}
    for lang in LANGUAGES:
        with speak(lang):
            guides[name_page("GUIDE", lang)] = write_guide(rules)
    return guides


def _refuse_faults(rules: pd.DataFrame) -> None:
    """Refuse rules of an unknown section, and rules that one language lacks, all at once."""
    lines = []
    for row, rule in enumerate(rules[[*_COLUMNS]].to_dict("records"), 2):
        if rule["section"] not in SECTIONS:
            refused = '{table}, row {row}, column section: "{value}"; allowed: {allowed}.'
            listed = say(", ").join(SECTIONS)
            lines.append(say(refused, table=RULES, row=row, value=rule["section"], allowed=listed))
        for lang in LANGUAGES:
            if not rule[lang]:
                refused = "{table}, row {row}, column {column}: blank; allowed: the rule."
                lines.append(say(refused, table=RULES, row=row, column=lang))
    refuse_all(lines)


def _list_rules(rules: pd.Series, *, numbered: bool) -> str:
    marks = (f"{number}." if numbered else "-" for number, _ in enumerate(rules, 1))
    return "\n".join(f"{mark} {rule}" for mark, rule in zip(marks, rules, strict=True))


def _add_records(section: str) -> list[str]:
    """Add what the code knows about the subject of a section."""
    if section == "value_text":
        return [describe_words()]
    if section == "excluded":
        note = say("Reasons: {reasons}.", reasons=describe_reasons())
        return [describe_table(say("The columns of `excluded.csv`"), note, EXCLUDED)]
    return []
