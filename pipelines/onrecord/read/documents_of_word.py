"""Documents of word processors (.docx, .rtf): one article each, or an export of a newspaper archive with many."""

import re
from collections.abc import Iterator
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.streams import MAX_BYTES, read_bounded, refused, seekable, sha256
from onrecord.read.text import exported
from onrecord.read.zips import opened_zip
from onrecord.storage.packages import missing

BODY = "word/document.xml"
_LARGEST_BODY = 2**26  # bytes unpacked; a novel has a tenth of that
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The article or articles in a document of Word (ECMA-376), from its paragraphs."""
    from lxml import etree

    file = seekable(stream)
    with opened_zip(file) as archive:
        sizes = {info.filename: info.file_size for info in archive.infolist()}
        if sizes.get(BODY, 0) > _LARGEST_BODY:
            yield refused(Reason.TOO_LARGE, name, f"{sizes[BODY]} bytes unpacked")
            return
        if BODY not in sizes:
            yield refused(Reason.UNREADABLE, name, "no document of Word in it")
            return
        raw = archive.read(BODY)
    try:
        root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        yield refused(Reason.UNREADABLE, name, str(error), sha256(raw))
        return
    text = "\n\n".join(filter(None, (_paragraph(p) for p in root.iter(f"{W}p"))))
    yield from exported(Seed(source_file=name, source_sha256=sha256(raw), text=text, given=given))


def _paragraph(element: Any) -> str:
    marks = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
    return "".join((e.text or "") if e.tag == f"{W}t" else marks.get(e.tag, "") for e in element.iter()).strip()


def read_rtf(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The article or articles in a file of Rich Text Format, each of its lines a paragraph."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise missing(name, "rtf") from None
    raw = read_bounded(stream)
    if raw is None:
        yield refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes")
    elif not raw.lstrip().startswith(b"{\\rtf"):
        yield refused(Reason.UNREADABLE, name, f"no Rich Text Format: {raw[:60]!r}", sha256(raw))
    else:
        try:
            text = str(rtf_to_text(raw.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
        except (ValueError, LookupError, IndexError, RecursionError) as error:
            yield refused(Reason.UNREADABLE, name, f"{type(error).__name__}: {error}"[:200], sha256(raw))
            return
        text = re.sub(r"\n+", "\n\n", text)
        yield from exported(Seed(source_file=name, source_sha256=sha256(raw), text=text, given=given))
