"""What a check found, as sentences for a person or as JSON for a program."""

from __future__ import annotations

import json
from typing import NamedTuple

import pandas as pd

from policydata.messages import say
from policydata.problems import describe_problem, describe_problems, say_count
from policydata.schema import LEVELS


class Findings(NamedTuple):
    """The problems of a coding, and how much was checked; `texts` is None if none were given."""

    problems: pd.DataFrame
    statements: int
    documents: int
    texts: int | None = None
    quotes: int = 0
    quotes_found: int = 0
    numerals: int = 0
    numerals_accounted_for: int = 0

    def count_level(self, level: str) -> int:
        """Count the problems of a level."""
        return int(self.problems.level.eq(level).sum())


def write_findings(findings: Findings, form: str) -> str:
    """Write what a check found as `text` or as `json`."""
    return _write_json(findings) if form == "json" else _write_text(findings)


def _write_text(findings: Findings) -> str:
    lines = [describe_problems(findings.problems)] if len(findings.problems) else []
    counts = say(", ").join(say_count(findings.count_level(level), level) for level in LEVELS)
    checked = {
        "statements": say_count(findings.statements, "statement"),
        "documents": say_count(findings.documents, "document"),
    }
    lines.append(say("{statements} of {documents}: {counts}.", **checked, counts=counts))
    if findings.texts is not None:
        looked_up = (
            "{texts}: {found} of {quotes} quotes found, "
            "{accounted} of {numerals} numerals accounted for."
        )
        counted = {
            "found": findings.quotes_found,
            "quotes": findings.quotes,
            "accounted": findings.numerals_accounted_for,
            "numerals": findings.numerals,
        }
        lines.append(say(looked_up, texts=say_count(findings.texts, "text"), **counted))
    return "\n".join(lines)


def _write_json(findings: Findings) -> str:
    """Write one document: the counts, then each problem with its message."""
    counts = {name: value for name, value in findings._asdict().items() if name != "problems"}
    if findings.texts is None:
        counts = {name: counts[name] for name in ("statements", "documents")}
    levels = {f"{level}s": findings.count_level(level) for level in LEVELS}
    rows = findings.problems.to_dict("records")
    problems = [row | {"message": describe_problem(row)} for row in rows]
    return json.dumps(counts | levels | {"problems": problems}, ensure_ascii=False, indent=2)
