"""Positions as a project of the Discourse Network Analyzer 3, in whose editor codings can be corrected by hand.

Documents are the articles of the statements, with their bodies; a statement marks the words of its proposal. Persons,
organizations and concepts are entities. What DNA cannot hold in full is cut and said in the notes.
"""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

import duckdb

from onrecord.explore.networks.dna import Statements
from onrecord.explore.networks.dna_tables import LONGEST, VERSION, Project
from onrecord.explore.networks.selection import NetworkError, rows

_ADMIN, CODER = "Admin", "On Record"
_STATEMENT, _ANNOTATION = 1, 2  # statement types
_PERSON, _ORGANIZATION, _CONCEPT, _AGREEMENT, _NOTE = range(1, 6)  # variables
_ATTRIBUTES = ("Type", "Alias", "Notes")
_ITERATIONS, _SALT = 100_000, 16  # of DNA's password digest
_BLACK = (0, 0, 0)
WRITTEN = "statements of On Record: "  # begins a line of a document's notes


@dataclass(slots=True)
class _Entities:
    """Values of short texts, each once a variable."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    attributes: list[tuple[Any, ...]] = field(default_factory=list)
    ids: dict[tuple[int, str], int] = field(default_factory=dict)

    def add(self, variable: int, value: str, kind: str = "", note: str = "") -> int:
        key = (variable, value)
        if key not in self.ids:
            self.ids[key] = len(self.rows) + 1
            short = named(value)
            self.rows.append((self.ids[key], variable, short, *_BLACK, None))
            told = note if short == value else f"{note}; cut from: {value}"
            for place, text in enumerate((kind, "", told)):
                attribute = (variable - 1) * len(_ATTRIBUTES) + place + 1
                self.attributes.append((len(self.attributes) + 1, self.ids[key], attribute, _cut(text)))
        return self.ids[key]


def to_project(connection: duckdb.DuckDBPyConnection, found: Statements, password: str) -> tuple[Project, int]:
    """The project of these statements, and how many texts were cut. `password` opens it in DNA, for both coders.

    Raises:
        NetworkError: the release has no article bodies, which DNA's editor shows.
    """
    bodies = _bodies(connection, {row["article_id"] for row in found.written})
    entities, cuts = _Entities(), 0
    for variable in (_PERSON, _ORGANIZATION, _CONCEPT):
        entities.add(variable, "")  # what a statement has that lacks one
    documents: dict[int, tuple[Any, ...]] = {}
    of_document: dict[int, list[int]] = {}
    for row in found.written:
        of_document.setdefault(row["document_id"], []).append(row["statement_id"])
    ids = count(1)
    statements: list[tuple[Any, ...]] = []
    texts: list[tuple[Any, ...]] = []
    flags: list[tuple[Any, ...]] = []
    for row in found.written:
        body, document, statement = bodies[row["article_id"]], row["document_id"], row["statement_id"]
        if document not in documents:
            documents[document], more = _document(row, document, body, of_document[document])
            cuts += more
        start, stop = (utf16(body, row[name]) for name in ("start", "end"))
        statements.append((statement, _STATEMENT, document, start, stop, 2))
        coded = (
            (_PERSON, row["person"], row["actor_type"] if row["person"] else "", row["actor_id"]),
            (_ORGANIZATION, row["organization"], "", row["state_id"] if row["person"] else row["actor_id"]),
            (_CONCEPT, row["concept"], "issue", row["concept_id"]),
        )
        for variable, value, kind, note in coded:
            texts.append((next(ids), statement, variable, entities.add(variable, value, kind, note or "")))
        flags.append((len(flags) + 1, statement, _AGREEMENT, int(row["agreement"])))
    cuts += sum(len(value) > LONGEST for _, value in entities.ids)
    variables = ("person", "organization", "concept")
    digest = to_password(password)
    project: Project = {
        "SETTINGS": VERSION,
        "CODERS": [_coder(1, _ADMIN, (255, 255, 0), digest), _coder(2, CODER, (51, 153, 255), digest)],
        "DOCUMENTS": [documents[key] for key in sorted(documents)],
        "STATEMENTTYPES": [(_STATEMENT, "DNA Statement", 239, 208, 51), (_ANNOTATION, "Annotation", 211, 211, 211)],
        "VARIABLES": [
            *((place, name, "short text", _STATEMENT) for place, name in enumerate(variables, 1)),
            (_AGREEMENT, "agreement", "boolean", _STATEMENT),
            (_NOTE, "note", "long text", _ANNOTATION),
        ],
        "CODERRELATIONS": [(1, 1, 2, 1, 1, 1, 1), (2, 2, 1, 1, 1, 1, 1)],
        "STATEMENTS": sorted(statements),
        "DATABOOLEAN": flags,
        "ENTITIES": entities.rows,
        "DATASHORTTEXT": texts,
        "ATTRIBUTEVARIABLES": [
            ((variable - 1) * len(_ATTRIBUTES) + place, variable, name)
            for variable in (_PERSON, _ORGANIZATION, _CONCEPT)
            for place, name in enumerate(_ATTRIBUTES, 1)
        ],
        "ATTRIBUTEVALUES": entities.attributes,
    }
    return project, cuts


def _bodies(connection: duckdb.DuckDBPyConnection, wanted: set[str]) -> dict[str, str]:
    if not list(
        rows(connection, "SELECT 1 FROM duckdb_columns() WHERE table_name = 'articles' AND column_name = 'text'")
    ):
        raise NetworkError("this release has no article bodies, which DNA's editor shows: take a full one")
    found = rows(
        connection, "SELECT article_id, text FROM articles WHERE list_contains($ids, article_id)", {"ids": [*wanted]}
    )
    return {row["article_id"]: row["text"].replace("\x00", " ") for row in found}


def _document(
    row: Mapping[str, Any], document: int, body: str, statements: Sequence[int]
) -> tuple[tuple[Any, ...], int]:
    """A row of DOCUMENTS, and how many of its texts were cut; these are in its notes in full."""
    facts = {
        "Title": row["title"] or "(no title)",
        "Author": ", ".join(row["authors"]),
        "Source": row["outlet"] or "",
        "Section": row["section"] or "",
    }
    long = {name: text for name, text in facts.items() if len(text) > LONGEST}
    notes = [row["url"] or "", row["article_id"], *(f"{name}: {text}" for name, text in long.items())]
    title, author, source, section = (_cut(text) for text in facts.values())
    day = int(datetime(row["on"].year, row["on"].month, row["on"].day, tzinfo=UTC).timestamp())
    notes.append(WRITTEN + ", ".join(map(str, sorted(statements))))  # so that those that are removed can be told
    told = "\n".join(filter(None, notes))
    return (document, title, body, 2, author, source, section, told, "news article", day), len(long)


def named(value: str) -> str:
    """The name of an entity: one that is too long is cut, and told from others that begin alike."""
    return (
        value if len(value) <= LONGEST else f"{value[: LONGEST - 9]}…{hashlib.sha256(value.encode()).hexdigest()[:8]}"
    )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def utf16(text: str, offset: int) -> int:
    """An offset in code points, as Java counts: a character beyond U+FFFF is two."""
    return offset + sum(ord(c) > 0xFFFF for c in text[:offset])


def _coder(number: int, name: str, colour: tuple[int, int, int], digest: str) -> tuple[Any, ...]:
    return (number, name, *colour, 0, 14, digest, 300, 0, 0, 1, *([1] * 16))


def to_password(password: str) -> str:
    """As DNA stores it: 16 bytes of salt and a SHA-256 digest of salt and password, digested 100,000 times, in Base64.

    Who has the file can read it anyway, so the salt may be the same in every build.
    """
    salt = hashlib.sha256(b"On Record").digest()[:_SALT]
    digest = salt + password.encode()
    for _ in range(_ITERATIONS):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
