"""The one exception of a build: what a person must mend, said in words."""

__all__ = ["BuildError"]


class BuildError(Exception):
    """A notebook or a figure is at fault; the message says which, where and how."""
