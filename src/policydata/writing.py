"""Files replaced whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from policydata.messages import say


def write_together(contents: Mapping[Path, str | bytes]) -> None:
    """Replace files by new contents; a file that already has its content is not touched.

    Raises
    ------
    OSError
        If a file cannot be written, with its name.  If that is known before the first file is
        replaced, as with a full disk, no file is changed.
    """
    new = {
        file: content.encode() if isinstance(content, str) else content
        for file, content in contents.items()
    }
    beside = {
        file: file.with_name(f".{file.name}.new")
        for file, raw in new.items()
        if not file.is_file() or file.read_bytes() != raw
    }
    try:
        for file in beside:
            beside[file].write_bytes(new[file])
        for file in beside:
            beside[file].replace(file)
    except OSError as fault:
        # The error of a full disk does not name the file.
        said = say("cannot be written: {fault}", fault=say(str(fault.strerror)))
        raise OSError(fault.errno, said, str(file)) from None
    finally:
        for left in beside.values():
            left.unlink(missing_ok=True)
