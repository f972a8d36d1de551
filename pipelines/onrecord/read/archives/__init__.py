"""Exports of newspaper archives: a text that holds many articles with labelled fields around them.

No real export could be had when these readers were made: they follow the layouts that their users describe
(docs/articles.md) and are made to bear fields in another order. What looks like several articles and cannot be told
apart is refused, since as one article it would give the days and outlets of one to the words of another.
"""

import re
from collections.abc import Iterator
from typing import Any

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.read.archives.factiva import find_factiva
from onrecord.read.archives.lexis import find_lexis
from onrecord.read.archives.proquest import find_proquest
from onrecord.read.records import one_of_many
from onrecord.read.streams import refused

_ARCHIVES = (find_lexis, find_factiva, find_proquest)
# Lines of which an article has one at most.
_ONCE = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^[ \t]*LENGTH:[ \t]+[\d,]+ words",
        r"^[ \t]*(?:LOAD-DATE|Load-Date):",
        r"^[ \t]*Document [A-Z][A-Z0-9]{2,}[0-9]{8}[a-z0-9]{4,16}[ \t]*$",
        r"^(?:AN|WC)[ \t]+(?:Document|\d[\d,]* words)",
        r"^ProQuest document ID:",
        r"^[ \t]*\(?(?:Article|Document|Story) \d+ of \d+\)?[ \t]*$",
    )
)


def split_export(seed: Seed) -> Iterator[Seed | Rejected] | None:
    """The articles of the export that a text is, each numbered; None if it is none."""
    text = seed.text.replace("\r\n", "\n").replace("\f", "\n").replace("\xa0", " ").replace("\ufeff", "")
    exports = next((exports for find in _ARCHIVES if (exports := find(text))), None)
    if exports is None:
        several = next((found for once in _ONCE if len(found := once.findall(text)) > 1), None)
        return iter((_unsplit(seed, several),)) if several else None
    return _seeds([export.record() for export in exports], seed)


def _unsplit(seed: Seed, several: list[Any]) -> Rejected:
    told = f"{len(several)} articles by their lines {str(several[0]).strip()!r:.60}, and no way to tell them apart"
    return refused(Reason.BAD_RECORD, seed.source_file, told, seed.source_sha256)


def _seeds(records: list[dict[str, str]], seed: Seed) -> Iterator[Seed | Rejected]:
    for number, record in enumerate(records, 1):
        yield from _one(record, f"{seed.source_file}#{number}", seed.given, seed)


def _one(record: dict[str, str], place: str, given: Given, seed: Seed) -> Iterator[Seed | Rejected]:
    if "text" in record:
        yield from one_of_many(record, place, seed.source_sha256, given, seed.repairs)
    else:
        told = record.get("title") or "nothing above it"
        yield refused(Reason.BAD_RECORD, place, f"an article of an archive without a text: {told!r:.80}")
