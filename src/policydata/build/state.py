"""What a build remembers from one time to the next: hashes of what was needed and made."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

from policydata.build.files import digest, hash_files, write_together

__all__ = ["State", "hash_project"]

FORMAT = 1
DRAWING = ("pandas", "matplotlib", "seaborn")
NEVER_IMPORTED = ("build", "checks", "__main__.py")


class State:
    """The hashes of each task, part by part, in one JSON file.

    Where there is no file, everything is new; so it is, in a sentence, where it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tasks: dict[str, dict[str, str]] = {}
        try:
            self.tasks = _read(file) if file.exists() else {}
        except (OSError, RecursionError, ValueError) as fault:
            reason = fault.strerror if isinstance(fault, OSError) else fault
            sentence = f'"{file}" could not be read ({reason}): everything is built anew.'
            print(sentence, file=sys.stderr)

    def find_changes(self, task: str, now: dict[str, str]) -> list[str]:
        """Name the parts that are not as they were when the task was last done."""
        before = self.tasks.get(task)
        if before is None:
            return ["new"]
        return [part for part in now if before.get(part) != now[part]]

    def remember(self, task: str, now: dict[str, str]) -> None:
        """Keep what a task that is done needed and made."""
        self.tasks[task] = now
        record = {"format": FORMAT, "tasks": self.tasks}
        write_together({self.file: json.dumps(record, indent=1)})


def _read(file: Path) -> dict[str, dict[str, str]]:
    record = json.loads(file.read_bytes())
    tasks = record.get("tasks") if isinstance(record, dict) else None
    if not isinstance(tasks, dict) or not all(isinstance(task, dict) for task in tasks.values()):
        raise ValueError("it is not a record of hashes")
    if record.get("format") != FORMAT:
        raise ValueError(f"it is of format {record.get('format')}, and not {FORMAT}")
    return tasks


def hash_project(project: Path) -> dict[str, str]:
    """Hash what tables and notebooks depend on, by part.

    The data that people edit, what is made of them, the package, what of it a notebook can meet,
    and the versions that decide what a table or a figure looks like.
    """
    package = project / "src" / "policydata"
    files = [file for file in sorted(package.rglob("*")) if file.is_file() and _is_ours(file)]
    tables = [file for file in files if file.parent.name == "tables" and file.suffix != ".py"]
    rest = [file for file in files if file not in tables]
    met = [file for file in rest if file.relative_to(package).parts[0] not in NEVER_IMPORTED]
    data = project / "data"
    edited = [*sorted(data.glob("coded/*.csv")), *sorted(data.glob("reference/*.csv"))]
    parts = {
        "data": [*edited, data / "VERSION"],
        "tables": [*tables, data / "CODEBOOK.md"],
        "whole package": rest,
        "package": [*met, *sorted(project.glob("notebooks/*.py"))],
    }
    python = f"python {sys.version_info.major}.{sys.version_info.minor}"
    versions = [python, *(f"{library} {version(library)}" for library in DRAWING)]
    hashes = {part: digest(hash_files(project, listed)) for part, listed in parts.items()}
    return hashes | {"versions": ", ".join(versions)}


def _is_ours(file: Path) -> bool:
    return file.suffix != ".pyc" and not file.name.startswith(".")
