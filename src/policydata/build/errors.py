"""What a person must mend stops a build, in words."""

from policydata.errors import CodingError, describe_missing_package

__all__ = ["BuildError", "explain"]


class BuildError(Exception):
    """What a person can mend stops a build, in words."""


def explain(fault: Exception) -> str:
    """Write a fault as a sentence: with the file that it met, or with the cure."""
    if isinstance(fault, BrokenPipeError):
        # Nobody reads on; the command ends quietly.
        raise fault
    if isinstance(fault, OSError):
        return f'"{fault.filename}": {fault.strerror}.' if fault.filename else f"{fault.strerror}."
    if isinstance(fault, ModuleNotFoundError):
        return describe_missing_package(fault, "build")
    if isinstance(fault, CodingError):
        return f"{fault}\nThe data have errors: nothing was written."
    return str(fault)
