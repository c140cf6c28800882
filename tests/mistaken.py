"""Folders that hold one mistake each, and what a check finds in them."""

from pathlib import Path

from policydata import check

MISTAKES = Path("tests/mistakes")
SHARED = {"documents", "reference"}
ASKS_FOR_ALL = {"text-not-found"}
# Checked with the reference tables that lie beside its coded ones.
DATA_SETS = {"document-without-rows"}
FOLDERS = sorted(folder for folder in MISTAKES.iterdir() if folder.name not in SHARED)


def find_problems(folder):
    """Check a folder, with addresses as they stand inside it."""
    workbook = folder / "coded.xlsx"
    coded = workbook if workbook.exists() else folder / "coded"
    own = {name: folder / name if (folder / name).exists() else MISTAKES / name for name in SHARED}
    if folder.name in DATA_SETS:
        own["reference"] = None
    found = check(coded, **own, all_documents=folder.name in ASKS_FOR_ALL)
    return found.assign(file=[file.removeprefix(f"{folder.as_posix()}/") for file in found.file])
