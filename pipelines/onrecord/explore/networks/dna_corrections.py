"""What was corrected by hand in a project of the Discourse Network Analyzer that `dna_project` made."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.audit.correcting import NoSuchRowError, find_actor, row_entry, values_now
from onrecord.explore.networks.dna import Statements
from onrecord.explore.networks.dna_project import CODER, WRITTEN, named, utf16
from onrecord.explore.networks.dna_tables import Project
from onrecord.explore.networks.selection import NetworkError

if TYPE_CHECKING:
    import duckdb

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


# ---------------------------------------------------------------- as corrections that builds read


def to_entries(
    connection: "duckdb.DuckDBPyConnection", corrections: Iterable[Correction], when: str
) -> tuple[list[dict[str, Any]], int]:
    """The same for the folder of corrections (docs/corrections.md), and how many could not be told there.

    A statement is a proposer of a proposal: with the last of them the proposal goes. What names an actor or a concept
    that the release does not have is left out, and so is what somebody changed in two ways. A statement that was added
    is a proposal that supports or opposes its concept.
    """
    found, left = [], 0
    by_proposal: dict[str, list[Correction]] = {}
    for each in corrections:
        if each.proposal_id is not None:
            by_proposal.setdefault(each.proposal_id, []).append(each)
            continue
        try:
            found.append(_added(connection, each) | _signed(each, when))
        except NoSuchRowError:
            left += 1
    for proposal_id, told in by_proposal.items():
        try:
            found.append(_of_proposal(connection, proposal_id, told) | _signed(told[0], when))
        except NoSuchRowError:
            left += len(told)
    return found, left


def _signed(correction: Correction, when: str) -> dict[str, Any]:
    told = {"reason": "coded so in DNA", "when": when}
    return told | ({"who": correction.who} if correction.who not in ("", CODER) else {})  # ours is who wrote it first


def _added(connection: "duckdb.DuckDBPyConnection", told: Correction) -> dict[str, Any]:
    if told.article_id is None:
        raise NoSuchRowError("the article of a statement that was added has none of ours")
    issue = _concept(connection, str(told.is_now["concept"]))
    stance = "support" if told.is_now["agreement"] else "oppose"
    place = {"article": told.article_id, "start": told.start, "end": told.end, "text": told.text}
    named_there = (str(told.is_now[field]) for field in ("person", "organization") if told.is_now[field])
    proposers = sorted({find_actor(connection, each, told.article_id) for each in named_there})
    values = {"type": stance, "proposer": proposers, "issue_id": issue, "stance": stance}
    return {"action": "add", "table": "proposals", **place, "set": values}


def _of_proposal(
    connection: "duckdb.DuckDBPyConnection", proposal_id: str, corrections: Iterable[Correction]
) -> dict[str, Any]:
    query = "SELECT actor_id FROM proposal_actors WHERE proposal_id = $id AND role = 'proposer' ORDER BY actor_id"
    before = [actor_id for (actor_id,) in connection.execute(query, {"id": proposal_id}).fetchall()]
    proposers, values = list(before), dict[str, Any]()
    for told in corrections:
        own = {} if told.action == "removed" else _values(connection, told)
        if any(values.get(name, value) != value for name, value in own.items()):
            raise NoSuchRowError(f"the statements of {proposal_id} say different things of it")
        values |= own
        who = _who(connection, told)
        for field in ("person", "organization"):
            if told.action == "removed" or field in told.is_now:
                proposers = [each for each in proposers if each != who[field]]
            if told.is_now.get(field):
                proposers.append(find_actor(connection, str(told.is_now[field]), told.article_id))
    entry = row_entry(connection, proposal_id)
    if not proposers:
        return entry | {"action": "remove"}
    was = values_now(connection, proposal_id, values)
    if sorted(set(proposers)) != before:
        values["proposer"] = sorted(set(proposers))
        was["proposer"] = before
    return entry | {"set": values, "was": was}


def _values(connection: "duckdb.DuckDBPyConnection", told: Correction) -> dict[str, Any]:
    """Columns of the proposal that a changed statement sets; its issue and stance go together."""
    query = """
        SELECT p.start, p."end", s.concept_id, s.agreement FROM proposals p JOIN positions s USING (proposal_id)
        WHERE p.proposal_id = $proposal AND s.actor_id = $actor
    """
    asked = {"proposal": told.proposal_id, "actor": told.actor_id}
    ((start, end, concept, agreement),) = connection.execute(query, asked).fetchall()
    values: dict[str, Any] = {}
    if (start, end) != (told.start, told.end):
        values |= {"start": told.start, "end": told.end}
    if {"concept", "agreement"} & told.is_now.keys():
        if "concept" in told.is_now:
            concept = _concept(connection, str(told.is_now["concept"]))
        agreement = told.is_now.get("agreement", agreement)
        values |= {"issue_id": concept, "stance": "support" if agreement else "oppose"}
    return values


def _concept(connection: "duckdb.DuckDBPyConnection", label: str) -> str:
    for issue_id, its_label in connection.execute("SELECT issue_id, label FROM issues ORDER BY issue_id").fetchall():
        if named(its_label) == label:
            return str(issue_id)
    raise NoSuchRowError(f"no issue is called {label}")


def _who(connection: "duckdb.DuckDBPyConnection", told: Correction) -> dict[str, str | None]:
    """The proposers that a statement of ours stands for: a person, and the state that the person speaks for, or else
    whatever body it is."""
    query = """
        SELECT any_value(actor_type) = 'person', any_value(state_id) FROM positions
        WHERE (proposal_id, actor_id) = ($proposal, $actor)
    """
    asked = {"proposal": told.proposal_id, "actor": told.actor_id}
    ((is_person, state_id),) = connection.execute(query, asked).fetchall()
    person, body = (told.actor_id, state_id) if is_person else (None, told.actor_id)
    return {"person": person, "organization": body}
