"""Positions as the event list that the Discourse Network Analyzer exports and rDNA users work with.

The format is what DNA writes for its statement type "DNA Statement": one statement a line, fields split by semicolons,
texts in quotation marks, in which semicolons become commas and quotation marks apostrophes; times without a zone; ids
are integers; agreement is 1 or 0; no line break after the last line. DNA needs a time, and knows yes and no only: what
our data does not fix is left out and counted, never made up.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from onrecord.explore.networks.selection import Selection, check_selection, rows
from onrecord.explore.query import FORMULA

HEADER = (
    '"statement ID";"time";"document ID";"document title";"author";"source";"section";"type";"text"'
    ';"person";"organization";"concept";"agreement"'
)
_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
_DOCUMENT_TYPE = "news article"
# A person who speaks for a state is one statement of both, as in DNA: the state's own row of that proposal goes.
_STATEMENTS = """
    SELECT p.*, r.title, r.authors, r.outlet, r.section, r.url, t.text, t.start, t."end",
      if(p.actor_type = 'person', p.actor, '') AS person,
      if(p.actor_type = 'person', coalesce(s.name, p.state_id[7:], ''), p.actor) AS organization
    FROM positions_between($since, $until, $min_confidence, $issue_ids) p
    JOIN articles r USING (article_id)
    JOIN proposals t USING (proposal_id)
    LEFT JOIN actors s ON s.actor_id = p.state_id
    ANTI JOIN (SELECT proposal_id, state_id FROM positions WHERE actor_type = 'person') spoken
      ON spoken.proposal_id = p.proposal_id AND spoken.state_id = p.actor_id
    ORDER BY p.proposal_id, p.actor_id
"""


@dataclass(frozen=True, slots=True)
class EventList:
    """A file for DNA, and what could not be written into it: reason -> statements."""

    content: bytes
    statements: int
    documents: int
    left_out: Mapping[str, int]


def read_event_list(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    *,
    day: str = "exact",
    undated: date | None = None,
) -> EventList:
    """The statements of a release, opened by `query.open_release`, in the order of their times.

    `day` says what a statement gets that is known to lie between two days only: it is left out ('exact'), or gets the
    'earliest' or 'latest'. `undated` is what those get that this leaves without a day.
    """
    found = read_statements(connection, selection, day=day, undated=undated)
    lines = [HEADER, *(_line(row, row["statement_id"], row["document_id"]) for row in found.written)]
    return EventList("\n".join(lines).encode(), len(found.written), found.documents, found.left_out)


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements as DNA has them, in the order of their times: rows of _STATEMENTS with `on`, statement_id and
    document_id; and what has no place there: reason -> statements."""

    written: tuple[Mapping[str, Any], ...]
    left_out: Mapping[str, int]

    @property
    def documents(self) -> int:
        return len({row["document_id"] for row in self.written})


def read_statements(
    connection: duckdb.DuckDBPyConnection, selection: Selection, *, day: str = "exact", undated: date | None = None
) -> Statements:
    """The statements of a release; `day` and `undated` as in `read_event_list`."""
    check_selection(connection, selection)
    written, left_out = [], Counter[str]()
    for row in rows(connection, _STATEMENTS, selection.arguments):
        on = _day(row, day) or undated
        if row["agreement"] is None:
            left_out["conditional"] += 1
        elif on is None:
            left_out["no single day" if row["earliest"] or row["latest"] else "no date"] += 1
        else:
            written.append({**row, "on": on})
    statements = stable_ids(_key(row) for row in written)
    documents = stable_ids(row["article_id"] for row in written)
    for row in written:
        row |= {"statement_id": statements[_key(row)], "document_id": documents[row["article_id"]]}
    written.sort(key=lambda row: (row["on"], row["document_id"], row["statement_id"]))
    return Statements(tuple(written), dict(sorted(left_out.items())))


def _day(row: Mapping[str, Any], day: str) -> date | None:
    exact = row["earliest"] if row["earliest"] == row["latest"] else None
    known: dict[str, date | None] = {"exact": exact, "earliest": row["earliest"], "latest": row["latest"]}
    return known[day]


def _key(row: Mapping[str, Any]) -> str:
    return f"{row['proposal_id']}:{row['actor_id']}"


def stable_ids(keys: Iterable[str]) -> dict[str, int]:
    """A positive 32-bit integer for each key, as DNA needs it: from the key's hash, so that nearly all keep theirs in
    every release. Where two keys meet, the one that sorts later gets the next free number."""
    ids: dict[str, int] = {}
    taken: set[int] = set()
    for key in sorted(set(keys)):
        number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) >> 1
        while number in taken or number == 0:
            number = (number + 1) % 2**31
        taken.add(number)
        ids[key] = number
    return ids


def _line(row: Mapping[str, Any], statement: int, document: int) -> str:
    about = (row["title"], ", ".join(row["authors"]), row["outlet"], row["section"], _DOCUMENT_TYPE, row["text"])
    coded = (row["person"], row["organization"], row["concept"])
    agreement = "1" if row["agreement"] else "0"
    fields = [str(statement), f"{row['on']} 00:00:00", str(document), *_quoted(about), *_quoted(coded), agreement]
    return ";".join(fields)


def _quoted(texts: Iterable[str | None]) -> Iterator[str]:
    for text in texts:
        # One line a statement, for those who read it line by line; nothing that a spreadsheet would run.
        plain = _BREAKS.sub(" ", text or "").strip().replace(";", ",").replace('"', "'")
        safe = "'" + plain if plain.startswith(FORMULA) else plain
        yield f'"{safe}"'
