"""Plain text files: one article each, or an export of a newspaper archive with many."""

from collections.abc import Callable, Iterator
from typing import IO

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.archives import split_export
from onrecord.read.streams import MAX_BYTES, decode, read_bounded, refused, sha256


def read_text(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The article that a file is, or the articles of an export."""
    yield from exported(read_whole(stream, name, given))


def exported(seed: Seed | Rejected) -> Iterator[Seed | Rejected]:
    """The articles of an export, one by one; a seed that is no export as it is."""
    found = None if isinstance(seed, Rejected) else split_export(seed)
    if found is None:
        yield seed
    else:
        yield from found


def read_whole(
    stream: IO[bytes],
    name: str,
    given: Given,
    *,
    form: str = "text",
    find_encoding: Callable[[bytes], str | None] = lambda raw: None,
) -> Seed | Rejected:
    """A file as one seed of a form; `find_encoding` gives the encoding that the bytes themselves declare."""
    raw = read_bounded(stream)
    if raw is None:
        return refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes")
    decoded = decode(raw, find_encoding(raw))
    if isinstance(decoded, Reason):
        return refused(decoded, name, repr(raw[:60]), sha256(raw))
    text, repairs = decoded
    return Seed(source_file=name, source_sha256=sha256(raw), text=text, form=form, repairs=repairs, given=given)
