"""The build: from the coded tables to every figure, doing again only what a change touches."""

from policydata.build.engine import build

__all__ = ["build"]
