"""What was corrected by hand in a project of the Discourse Network Analyzer that `dna_project` made."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.explore.networks.dna import Statements
from onrecord.explore.networks.dna_project import WRITTEN, named, utf16
from onrecord.explore.networks.dna_tables import Project
from onrecord.explore.networks.selection import NetworkError

_Coded = tuple[str, str, str, bool | None]  # person, organization, concept, agreement
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
    coded, kind = _coded(project), _type_of(project)
    statements = [row for row in project["STATEMENTS"] if row[1] == kind]
    for number, _, document, start, stop, coder in statements:
        text = texts[document]
        first, last = _code_points(text, start), _code_points(text, stop)
        row = ours.get(number)
        told = _changed(row, coded[number]) if row else ({}, dict(zip(_FIELDS, coded[number], strict=True)))
        if row is None or any(told) or (first, last) != (row["start"], row["end"]):
            place = (articles.get(document), first, last, text[first:last])
            yield _correction("changed" if row else "added", row, place, told, coders.get(coder, ""))
    wrote = {number for row in project["DOCUMENTS"] for number in _written(row[7])}
    for number in sorted(wrote & ours.keys() - {row[0] for row in statements}):
        row = ours[number]
        place = (row["article_id"], row["start"], row["end"], row["text"])
        yield _correction("removed", row, place, (dict(zip(_FIELDS, _as_entities(row), strict=True)), {}), "")


_Fields = dict[str, str | bool | None]


def _changed(row: Mapping[str, Any], now: _Coded) -> tuple[_Fields, _Fields]:
    """What was coded and what is, where the two differ."""
    pairs = [(name, a, b) for name, a, b in zip(_FIELDS, _as_entities(row), now, strict=True) if a != b]
    return {name: a for name, a, _ in pairs}, {name: b for name, _, b in pairs}


def _correction(
    action: str,
    row: Mapping[str, Any] | None,
    place: tuple[str | None, int, int, str],
    told: tuple[_Fields, _Fields],
    who: str,
) -> Correction:
    article_id, start, end, text = place
    return Correction(
        action=action,
        proposal_id=row["proposal_id"] if row else None,
        actor_id=row["actor_id"] if row else None,
        article_id=article_id,
        start=start,
        end=end,
        text=text,
        was=told[0],
        is_now=told[1],
        who=who,
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


def _coded(project: Project) -> dict[int, _Coded]:
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


def _as_entities(row: Mapping[str, Any]) -> _Coded:
    return (named(row["person"]), named(row["organization"]), named(row["concept"]), row["agreement"])


def _code_points(text: str, offset: int) -> int:
    return bisect_left(range(len(text)), offset, key=lambda place: utf16(text, place))
