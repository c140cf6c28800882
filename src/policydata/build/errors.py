"""The one exception of a build: what a person must mend, said in words."""

__all__ = ["BuildError"]


class BuildError(Exception):
    """What a person can mend stops a build, in words."""
