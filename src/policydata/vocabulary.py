"""The words that a column may hold: each vocabulary once, in its declared order."""

from __future__ import annotations

__all__ = [
    "AGREEMENTS",
    "ANSWERS",
    "CHANGES",
    "COMPARATORS",
    "DIRECTIONS",
    "DOC_TYPES",
    "DOMAINS",
    "LANGUAGES",
    "LEVELS",
    "MEASURES",
    "PLACE_LEVELS",
    "REASONS",
    "RELIABILITIES",
    "SCOPES",
    "STATUSES",
    "STEPS",
]

# Vocabularies are ordered on purpose, from weaker to stronger where that has a meaning:
# the same order drives sort, legend and colour.
STATUSES = ("plan_scale", "standard", "target", "estimate", "outcome")
LANGUAGES = ("en", "zh")
MEASURES = ("level", "growth_rate", "share", "change", "relation")
COMPARATORS = ("<", "<=", "~", "=", "range", ">=", ">")
RELIABILITIES = ("reprint", "news", "official")
DOC_TYPES = ("work_report", "plan", "bulletin", "interview", "press_conference", "news")
SCOPES = ("excerpt", "full_text")
DIRECTIONS = ("lower", "neither", "higher")
PLACE_LEVELS = ("province", "prefecture", "county")
LEVELS = ("error", "review", "note")
ANSWERS = ("missed", "unclear", "met")
# What became of a target in the year after, and how round a number is.
CHANGES = ("cut", "kept", "raised")
STEPS = ("other", "half", "whole")
AGREEMENTS = ("identical", "compatible", "conflicting")
REASONS = ("name", "policy_code", "date", "time", "ordinal", "boilerplate", "contact")
DOMAINS = (
    "economy",
    "finance",
    "trade",
    "investment",
    "innovation",
    "industry",
    "digital",
    "agriculture",
    "rural",
    "energy",
    "environment",
    "transport",
    "urban",
    "employment",
    "education",
    "health",
    "sports",
    "social_care",
    "culture",
    "government",
    "public_security",
    "business_environment",
)
