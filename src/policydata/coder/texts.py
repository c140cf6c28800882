"""A new text as it will be looked up: read from plain text, a web page or a Word file.

Quotes and the checksum refer to the plain text in UTF-8.  Libraries that read other kinds are
imported only for such a file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zipfile import BadZipFile

from policydata.messages import say
from policydata.problems import say_count

if TYPE_CHECKING:
    from bs4 import BeautifulSoup
    from docx.table import Table

LOST = "\ufffd"
# In a text that is of the encoding, no more than this share of the characters is lost.
_MOST_LOST = 0.02
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What is no part of the text of a page.
_ASIDE = "script style noscript template nav footer aside form button select iframe svg".split()
_BLOCKS = (
    "p div section article header main h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr table blockquote pre "
    "figure figcaption caption br hr title"
).split()


class TextError(ValueError):
    """A file that cannot be read as a text, with the sentence that says why."""


class Text(NamedTuple):
    """A text, the bytes of its UTF-8 file, and what was done to read it; blank if nothing."""

    text: str
    raw: bytes
    done: str = ""

    @property
    def checksum(self) -> str:
        """The SHA-256 of the UTF-8 file."""
        return sha256(self.raw).hexdigest()


def read_text(path: Path) -> Text:
    """Read a text as `check` will look it up.

    Parameters
    ----------
    path : Path
        A `.txt` in UTF-8, UTF-16 or GB18030, or an `.html`, `.htm` or `.docx` file.

    Returns
    -------
    Text
        A `.txt` in UTF-8 as it is; of another file its plain text, and in `done` how it was read.
        What cannot be decoded is U+FFFD.

    Raises
    ------
    TextError
        If the file is of another kind, is empty, or is not a text.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder, "plan.txt")
    ...     _ = file.write_bytes("增长7%".encode("gb18030"))
    ...     text = read_text(file)
    >>> text.text, text.done
    ('增长7%', 'read as GB18030')
    """
    readers: dict[str, Callable[[bytes], tuple[str, str]]] = {
        ".txt": _read_plain,
        ".html": _read_page,
        ".htm": _read_page,
        ".docx": _read_word,
    }
    read = readers.get(path.suffix.lower())
    if read is None or path.is_dir():
        raise TextError(
            say('"{path}" is not a text; allowed: .txt, .html, .htm or .docx.', path=path)
        )
    raw = path.read_bytes()
    try:
        text, done = read(raw)
    except TextError as fault:
        raise TextError(say('"{path}" {fault}', path=path, fault=fault)) from None
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise TextError(say('"{path}" has no text in it.', path=path))
    return Text(text, text.encode() if done else raw, done)


def _read_plain(raw: bytes) -> tuple[str, str]:
    """Decode plain text, and tell from what, unless it is UTF-8."""
    if raw.startswith(_UTF_16) and not len(raw) % 2:
        return raw.decode("utf-16", "replace"), say("read as UTF-16")
    if b"\0" in raw:
        raise TextError(say("is not a plain text; save it as .txt in UTF-8."))
    try:
        return raw.decode("utf-8"), ""
    except UnicodeDecodeError:
        pass
    for encoding, name in (("utf-8", "UTF-8"), ("gb18030", "GB18030")):
        text = raw.decode(encoding, "replace")
        if text.count(LOST) <= _MOST_LOST * len(text):
            lost = text.count(LOST)
            words = "read as {encoding}; {count} lost" if lost else "read as {encoding}"
            return text, say(words, encoding=name, count=say_count(lost, "character"))
    raise TextError(say("is neither UTF-8 nor GB18030; save it as .txt in UTF-8."))


def _read_page(raw: bytes) -> tuple[str, str]:
    """Read the text of a web page, in the encoding that the page declares."""
    from bs4 import BeautifulSoup
    from bs4.dammit import EncodingDetector

    declared = EncodingDetector.find_declared_encoding(raw, is_html=True)
    # Pages declare the older, smaller encodings and use the characters of the whole.
    chinese = (declared or "").lower() in ("gb2312", "gbk", "gb18030")
    page = BeautifulSoup(raw, "html.parser", from_encoding="gb18030" if chinese else None)
    # The title of a page names the site too; a heading is the document's own.
    for tag in page([*_ASIDE, *(["title"] if page.h1 else [])]):
        tag.decompose()
    return "\n".join(_list_lines(page)), say("read as a web page")


def _list_lines(page: BeautifulSoup) -> Iterator[str]:
    """List the lines of a page: what stands in one block, its blanks joined."""
    from bs4.element import NavigableString, PreformattedString

    for found in page.find_all(string=True):
        # Comments and the like are strings too.
        if isinstance(found, PreformattedString):
            found.extract()
        else:
            # A line that is broken between two characters is one run.
            joined = re.sub(r"(?<=[^\x00-\xff])\s*\n\s*(?=[^\x00-\xff])", "", found)
            found.replace_with(NavigableString(re.sub(r"\s+", " ", joined)))
    for tag in page(_BLOCKS):
        tag.insert_before("\n")
        tag.insert_after("\n")
    for tag in page(["td", "th"]):
        tag.insert_after(" ")
    for line in page.get_text().split("\n"):
        if plain := line.strip():
            yield plain


def _read_word(raw: bytes) -> tuple[str, str]:
    """Read the paragraphs and the tables of a Word file in their order."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        blocks = list(Document(BytesIO(raw)).iter_inner_content())
    except (PackageNotFoundError, BadZipFile, SyntaxError, ValueError, KeyError, OSError):
        raise TextError(say("is not a Word file; save it as .docx or as .txt.")) from None
    lines = [
        line
        for block in blocks
        for line in (_list_rows(block) if isinstance(block, Table) else [block.text])
    ]
    return "\n".join(lines), say("read as a Word file")


def _list_rows(table: Table) -> Iterator[str]:
    """List the rows of a table; a merged cell counts once."""
    for row in table.rows:
        cells = {id(cell._tc): cell.text.replace("\n", " ") for cell in row.cells}
        yield " ".join(cells.values())
