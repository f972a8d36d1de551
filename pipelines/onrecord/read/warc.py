"""Web archives (WARC, ISO 28500): the pages that a crawler received, one article each.

Only answers with status 200 that are HTML are articles. Requests, pictures, redirects and errors are ignored; an
archive with nothing else is refused.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.html import declared_encoding
from onrecord.read.streams import MAX_BYTES, decode, refused, sha256
from onrecord.storage.packages import missing

_LONGEST_HEAD = 2**20  # bytes of the headers of one record
_MOST_SKIPPED = 10_000_000  # records that are no pages, before the file is given up
_PAGES = ("text/html", "application/xhtml+xml")


class _Endless(Exception):
    """Headers that go on and on."""


def read_warc(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The pages of an archive; each is numbered by its record."""
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError:
        raise missing(name, "warc") from None
    number = found = 0
    try:
        records = ArchiveIterator(stream)
        records.reader = _bounded(stream)
        for number, record in enumerate(records, 1):
            records.reader.taken = 0
            if _is_page(record):
                found += 1
                yield _seed(record, f"{name}#{number}", given)
            if number - found > _MOST_SKIPPED and not found:
                break
    except (ArchiveLoadFailed, _Endless, ValueError, AttributeError, TypeError) as error:
        told = f"{type(error).__name__}: {error}"[:200]
        yield refused(Reason.UNREADABLE, name, f"nothing is read after record {number}: {told}")
        return
    if not found:
        yield refused(Reason.EMPTY, name, f"no page among {number} records")


def _bounded(stream: IO[bytes]) -> Any:
    """What warcio reads through, with a bound on the lines of a head, of which it knows none."""
    from warcio.bufferedreaders import DecompressingBufferedReader

    class Bounded(DecompressingBufferedReader):  # type: ignore[misc]
        taken = 0

        def readline(self, length: int | None = None) -> bytes:
            line: bytes = super().readline(min(length or _LONGEST_HEAD, _LONGEST_HEAD))
            self.taken += len(line)
            if self.taken > _LONGEST_HEAD:
                raise _Endless(f"headers of more than {_LONGEST_HEAD} bytes")
            return line

    return Bounded(stream, block_size=2**14, decomp_type=None)


def _is_page(record: Any) -> bool:
    head = record.http_headers
    if record.rec_type != "response" or head is None or head.get_statuscode() != "200":
        return False
    return (head.get_header("Content-Type") or "").partition(";")[0].strip().casefold() in _PAGES


def _seed(record: Any, name: str, given: Given) -> Seed | Rejected:
    raw = record.content_stream().read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        return refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes")
    declared = (record.http_headers.get_header("Content-Type") or "").partition("charset=")[2].strip(" \"';")
    decoded = decode(raw, declared or declared_encoding(raw))
    if isinstance(decoded, Reason):
        return refused(decoded, name, repr(raw[:60]), sha256(raw))
    text, repairs = decoded
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ") or None
    facts = replace(given, url=address, retrieved=_moment(record.rec_headers.get_header("WARC-Date")))
    return Seed(source_file=name, source_sha256=sha256(raw), text=text, form="html", repairs=repairs, given=facts)


def _moment(value: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(value).astimezone(UTC) if value else None
    except (ValueError, OverflowError):
        return None
