"""Every rule run over one coding, and the words that close a check."""

from __future__ import annotations

import pandas as pd

from policydata.checks.coding import Coding
from policydata.checks.form import list_form_problems, list_line_ends
from policydata.checks.references import list_reference_problems
from policydata.checks.rules import list_rule_problems
from policydata.checks.sources import list_source_problems
from policydata.coded import drop_echoes, name_cells
from policydata.columns import name_columns
from policydata.errors import describe_problems, say_count
from policydata.schema import LEVELS, PROBLEMS

__all__ = ["describe_result", "list_problems_of"]


def list_problems_of(coding: Coding) -> pd.DataFrame:
    """Run every rule; those on the texts only where texts are given."""
    found = [list_reference_problems(coding), coding.unread]
    found += [list_form_problems(coding), list_rule_problems(coding)]
    found += [list_source_problems(coding)] if coding.texts is not None else []
    found += [list_line_ends(coding)]
    problems = pd.concat(found, ignore_index=True)[name_columns(PROBLEMS)].astype("str")
    return drop_echoes(name_cells(problems))


def describe_result(coding: Coding, problems: pd.DataFrame) -> str:
    """Write the problems, then how many there are and what was looked at."""
    counts = ", ".join(say_count((problems.level == level).sum(), level) for level in LEVELS)
    lines = [describe_problems(problems)] if len(problems) else []
    lines.append(
        f"{say_count(len(coding.coded), 'statement')} of "
        f"{say_count(coding.coded.document.nunique(), 'document')}: {counts}."
    )
    if coding.texts is not None:
        stated, excluded, numerals = coding.evidence
        starts = pd.concat([stated.start, excluded.start])
        lines.append(
            f"{say_count(len(coding.texts), 'text')}: "
            f"{starts.notna().sum()} of {len(starts)} quotes found, "
            f"{numerals.times.eq(1).sum()} of {len(numerals)} numerals accounted for."
        )
    return "\n".join(lines)
