"""Files of records: JSON objects that hold an article, one a line or one a file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.answers import feed_title, records_in
from onrecord.read.fields import UNREADABLE, seed_of
from onrecord.read.streams import BYTE_ORDER_MARKS, MAX_BYTES, decode, read_bounded, refused, sha256

_WIDE_MARKS = tuple(mark for mark, _ in BYTE_ORDER_MARKS)
_LONGEST_SKIPPED = 8 * MAX_BYTES  # bytes of an over-long line that are passed over before the file is given up
MOST_WITHOUT = 100_000  # lines in a row that hold no article: such a file is none of records


def read_lines(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file with a record on each line, of any size: one line is held at a time."""
    number = without = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{name}#{number}"
        without += 1
        if number == 1 and line.startswith(_WIDE_MARKS):
            yield refused(Reason.BAD_ENCODING, name, "UTF-16 or UTF-32; records on lines are UTF-8")
            return
        if len(line) > MAX_BYTES:
            yield refused(Reason.TOO_LARGE, place, f"more than {MAX_BYTES} bytes")
            if not _skip(stream, line):
                yield refused(Reason.TOO_LARGE, name, f"the line goes on and on; nothing is read from line {number} on")
                return
        elif bare := line.strip():
            for item in _from_json(bare, place, given):
                without = 0 if isinstance(item, Seed) else without
                yield item
        if without >= MOST_WITHOUT:
            yield refused(
                Reason.BAD_RECORD, name, f"{without} lines without an article; nothing is read after {number}"
            )
            return
    if number == 0:
        yield refused(Reason.EMPTY, name, "a file without records")


def _skip(stream: IO[bytes], line: bytes) -> bool:
    """Passes over the rest of a line; False if it is too long even for that."""
    skipped = len(line)
    while line and not line.endswith(b"\n"):
        if skipped > _LONGEST_SKIPPED:
            return False
        line = stream.readline(2**20)
        skipped += len(line)
    return True


def read_json(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The articles of a file that is one record, a list of them, or an object around such a list."""
    raw = read_bounded(stream)
    if raw is None:
        yield refused(Reason.TOO_LARGE, name, f"more than {MAX_BYTES} bytes; use .jsonl for many")
    else:
        yield from _from_json(raw, name, given, is_file=True)


def _from_json(raw: bytes, name: str, given: Given, *, is_file: bool = False) -> Iterator[Seed | Rejected]:
    digest = sha256(raw)
    decoded = decode(raw)
    if isinstance(decoded, Reason):
        yield refused(decoded, name, repr(raw[:60]), digest)
        return
    text, repairs = decoded
    try:
        content = json.loads(text)
    except UNREADABLE as error:
        yield refused(Reason.BAD_RECORD, name, f"{error}: {raw[:60]!r}", digest)
        return
    records = records_in(content) if is_file else None
    if records is None:
        yield from seed_of(content, name, digest, given, repairs)
        return
    if not records:
        yield refused(Reason.EMPTY, name, "a list without records", digest)
    if outlet := feed_title(content):
        given = replace(given, outlet=given.outlet or outlet)
    for number, record in enumerate(records, 1):
        yield from one_of_many(record, f"{name}#{number}", digest, given, repairs)


def one_of_many(
    record: Any, name: str, digest: str | None, given: Given, repairs: tuple[str, ...]
) -> Iterator[Seed | Rejected]:
    """The seed in one record of a file that holds many, known by its own content; `digest` is the whole file's."""
    try:
        canonical = json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
    except UNREADABLE as error:
        yield refused(Reason.BAD_RECORD, name, str(error), digest)
    else:
        yield from seed_of(record, name, sha256(canonical), given, repairs)
