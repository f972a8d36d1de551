"""What was corrected by hand in a project of the Discourse Network Analyzer that `dna_project` made."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.explore.networks.dna import Statements
from onrecord.explore.networks.dna_project import WRITTEN, named, utf16
from onrecord.explore.networks.dna_tables import Project
from onrecord.explore.networks.selection import NetworkError

Coded = tuple[str, str, str, bool | None]  # person, organization, concept, agreement
_FIELDS = ("person", "organization", "concept", "agreement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What somebody changed in DNA. Of an added statement there is no row of ours, and `was` is empty."""

    action: str  # changed | removed | added
    proposal_id: str | None
    actor_id: str | None
    article_id: str | None
    start: int  # of the marked words in the article, in code points
    end: int
    text: str
    was: Mapping[str, str | bool | None]
    is_now: Mapping[str, str | bool | None]
    who: str


def find_corrections(project: Project, found: Statements) -> Iterator[Correction]:
    """What differs in a project that `to_project` made from all statements of its release, `found`, by ids.

    A statement is the same if its id is, which comes from the proposal and its proposer. What was removed is told by
    the notes of its document.
    """
    ours = {row["statement_id"]: row for row in found.written}
    articles = {row["document_id"]: row["article_id"] for row in found.written}
    coders = {row[0]: row[1] for row in project["CODERS"]}
    texts = {row[0]: row[2] for row in project["DOCUMENTS"]}
    coded = _coded(project)
    kind = _type_of(project)
    seen = set()
    for number, statement_type, document, start, stop, coder in project["STATEMENTS"]:
        if statement_type != kind:
            continue
        seen.add(number)
        row, now = ours.get(number), coded[number]
        span = tuple(_code_points(texts[document], place) for place in (start, stop))
        before = _as_entities(row) if row else None
        moved = row is not None and span != (row["start"], row["end"])
        if before == now and not moved:
            continue
        changed = [place for place in range(4) if before is None or before[place] != now[place]]
        yield Correction(
            action="changed" if row else "added",
            proposal_id=row["proposal_id"] if row else None,
            actor_id=row["actor_id"] if row else None,
            article_id=articles.get(document),
            start=span[0],
            end=span[1],
            text=texts[document][span[0] : span[1]],
            was={_FIELDS[place]: before[place] for place in changed} if before else {},
            is_now={_FIELDS[place]: now[place] for place in changed},
            who=coders.get(coder, ""),
        )
    wrote = {number for row in project["DOCUMENTS"] for number in _written(row[7])}
    for number in sorted(wrote & ours.keys() - seen):
        row = ours[number]
        yield Correction(
            action="removed",
            proposal_id=row["proposal_id"],
            actor_id=row["actor_id"],
            article_id=row["article_id"],
            start=row["start"],
            end=row["end"],
            text=row["text"],
            was=dict(zip(_FIELDS, _as_entities(row), strict=True)),
            is_now={},
            who="",
        )


def _written(notes: str) -> set[int]:
    """The statements that a document had when it was written, as its notes say."""
    lines = [line.removeprefix(WRITTEN) for line in notes.splitlines() if line.startswith(WRITTEN)]
    return {int(number) for line in lines for number in line.split(", ") if number.isdecimal()}


def _type_of(project: Project) -> int:
    """The statement type that has our four variables."""
    names: dict[int, set[str]] = {}
    for _, name, _, statement_type in project["VARIABLES"]:
        names.setdefault(statement_type, set()).add(name)
    found = [number for number, variables in names.items() if variables >= set(_FIELDS)]
    if not found:
        raise NetworkError(f"no statement type with the variables {', '.join(_FIELDS)} in this project")
    return min(found)


def _coded(project: Project) -> dict[int, Coded]:
    variables = {row[0]: row[1] for row in project["VARIABLES"]}
    values = {row[0]: row[2] for row in project["ENTITIES"]}
    found: dict[int, dict[str, Any]] = {row[0]: {} for row in project["STATEMENTS"]}
    for _, statement, variable, entity in project["DATASHORTTEXT"]:
        found[statement][variables[variable]] = values[entity]
    for _, statement, variable, value in project["DATABOOLEAN"]:
        found[statement][variables[variable]] = bool(value)
    return {
        number: (
            told.get("person", ""), told.get("organization", ""), told.get("concept", ""), told.get("agreement")
        )
        for number, told in found.items()
    }  # fmt: skip


def _as_entities(row: Mapping[str, Any]) -> Coded:
    return (named(row["person"]), named(row["organization"]), named(row["concept"]), row["agreement"])


def _code_points(text: str, offset: int) -> int:
    return bisect_left(range(len(text)), offset, key=lambda place: utf16(text, place))
