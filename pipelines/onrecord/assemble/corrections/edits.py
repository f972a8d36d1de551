"""One correction made in the rows of its article, and what follows from it: ids, words, references, mentions."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from onrecord.annotate.rows import CORPUS_ONLY
from onrecord.assemble.corrections.of_article import (
    KEYS,
    NotAllowedError,
    Row,
    Rows,
    bring,
    id_of,
    insert,
    mentioned,
    prune_actors,
    prune_unnamed,
    refer,
    regroup,
    renest,
    required_columns,
    text_of,
)
from onrecord.audit.correction_files import RowCorrection, Value
from onrecord.schema import load_package
from onrecord.timex.calendar import granularity_of, span_of

# Columns that follow from others, or that only the extractor can know.
_NOT_SET = frozenset({"article_id", "text", "confidence", "corrected_by", "group_id", "rule", "attribution", "cue"}) | {
    "speaker_text", "quote_id", "proposal_id", "date_id", "mention_id", "edtf", "issue_similarity", "link_confidence",
    "within_quote_id",
}  # fmt: skip
ROLES = ("proposer", "target", "affected")  # set in proposals as lists of actor ids
_DEFAULTS: Mapping[str, Row] = {
    "quotes": {"kind": "indirect", "attribution": "none", "attitude": "assertion"},
    "proposals": {"wanted": "yes", "modality": "asserted", "rule": "corrected"},
    "dates": {"type": "DATE", "anchor": "none", "rule": "corrected"},
    "mentions": {"form": "name"},
}
_ACTOR_COLUMNS = ("actor_id", "speaker_actor_id", "addressee_actor_id")


def _allowed(table: str) -> frozenset[str]:
    """The columns that a correction may set in a table; of proposals also the lists of parties."""
    names = {c.name for c in load_package().tables[table].columns} - _NOT_SET - CORPUS_ONLY.get(table, frozenset())
    return frozenset(names | (set(ROLES) if table == "proposals" else set()))


def change(rows: Rows, row: Row, correction: RowCorrection, known: Mapping[str, Row]) -> None:
    """Set what the correction says in a row that is there. `known` are the actors of the corpus, by id."""
    table, values = correction.table, _typed(correction.table, correction.set)
    _refuse_unknown(table, values)
    touched = [row]
    if table == "quotes" and "speaker_actor_id" in values:  # pieces of one utterance have one speaker
        touched = [each for each in rows["quotes"] if each["group_id"] == row["group_id"]]
    for each in touched:
        own = values if each is row else {"speaker_actor_id": values["speaker_actor_id"]}
        _set(rows, table, each, own, correction, known)
    _settle(rows)


def remove(rows: Rows, row: Row, correction: RowCorrection) -> None:
    rows[correction.table].remove(row)
    key = row[KEYS[correction.table]]
    if correction.table == "quotes":  # the next piece leads its group
        rest = [each for each in rows["quotes"] if each["group_id"] == key]
        for each in rest:
            each["group_id"] = rest[0]["quote_id"]
    refer(rows, key, None, required_columns())
    _settle(rows)


def add(rows: Rows, correction: RowCorrection, known: Mapping[str, Row]) -> Row:
    """Put in a row that was missed."""
    table, values = correction.table, _typed(correction.table, correction.set)
    _refuse_unknown(table, values)
    columns = load_package().tables[table].columns
    row: Row = {c.name: None for c in columns}
    for column in columns:  # what a later schema asks for begins with its commonest value
        if column.required and column.enum:
            row[column.name] = column.enum[0]
    row |= {"article_id": correction.article_id, "start": correction.start, "end": correction.end}
    row |= _DEFAULTS[table]
    new = insert(rows, table, row)
    if table == "proposals" and "type" not in values:
        raise NotAllowedError("an added proposal needs its type")
    if table == "mentions" and not values.get("actor_id"):
        raise NotAllowedError("an added mention needs its actor_id")
    if "type" in values:  # a proposal's id is made of it
        new["type"] = values["type"]
    new[KEYS[table]] = id_of(table, new)
    if table == "quotes":
        new["group_id"] = new["quote_id"]
    _set(rows, table, new, values, correction, known)
    _settle(rows)
    return new


def split(rows: Rows, old: str, new: Row, correction_id: str, known: Mapping[str, Row]) -> None:
    """Let an actor of this article be another one: `new` is its row, of an article that has it or a new one."""
    actor_id = new["actor_id"]
    if old not in mentioned(rows):
        raise NotAllowedError(f"the article does not mention {old}")
    bring(rows, {**known, actor_id: new}, actor_id)
    for table in ("mentions", "quotes", "quote_speakers", "proposal_actors"):
        for row in rows[table]:
            for column in _ACTOR_COLUMNS:
                if row.get(column) == old:
                    row[column] = actor_id
                    _mark(row, correction_id)
    _distinct(rows)
    _settle(rows)


def _refuse_unknown(table: str, values: Mapping[str, Any]) -> None:
    if unknown := sorted(values.keys() - _allowed(table)):
        raise NotAllowedError(f"{unknown[0]} of {table} cannot be set; what can: {', '.join(sorted(_allowed(table)))}")


def _typed(table: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """The values as the columns have them: days as days."""
    kinds = {c.name: c.type for c in load_package().tables[table].columns}
    try:
        return {
            name: date.fromisoformat(value) if kinds.get(name) == "date" and isinstance(value, str) else value
            for name, value in values.items()
        }
    except ValueError as error:
        raise NotAllowedError(str(error)) from error


def _set(
    rows: Rows,
    table: str,
    row: Row,
    values: Mapping[str, Any],
    correction: RowCorrection,
    known: Mapping[str, Row],
) -> None:
    row |= {name: value for name, value in values.items() if name not in ROLES}
    text = text_of(rows)
    if {"start", "end"} & values.keys() or row["text"] is None:
        _check_place(text, row["start"], row["end"])
        row["text"] = text[row["start"] : row["end"]]
    if table == "quotes":
        _speak(rows, row, values, correction.correction_id, known)
    elif table == "proposals":
        _take_part(rows, row, values, correction.correction_id, known)
    elif table == "dates" and (values.keys() & {"value", "type"} or row["edtf"] is None):
        _date(row, values)
    elif table == "mentions" and values.get("actor_id"):
        bring(rows, known, row["actor_id"])
    old, new = row[KEYS[table]], id_of(table, row)
    if old != new:
        if any(each[KEYS[table]] == new for each in rows[table] if each is not row):
            raise NotAllowedError(f"there is a row {new} already")
        refer(rows, old, new, required_columns())
    _mark(row, correction.correction_id)


def _check_place(text: str, start: Any, end: Any) -> None:
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise NotAllowedError(f"{start}-{end} is no place in the article")


def _mark(row: Row, correction_id: str) -> None:
    """Say who corrected a row; what a person said is sure."""
    for column in ("confidence", "link_confidence"):
        if column in row:
            row[column] = 1.0
    if "corrected_by" in row:
        row["corrected_by"] = sorted({*(row["corrected_by"] or ()), correction_id})


def _speak(rows: Rows, quote: Row, values: Mapping[str, Any], correction_id: str, known: Mapping[str, Row]) -> None:
    """What follows from the speaker of a quote: evidence, mention, quote_speakers."""
    if "speaker_actor_id" not in values and not {"speaker_start", "speaker_end"} & values.keys():
        return
    actor_id = quote["speaker_actor_id"]
    if actor_id is None and "speaker_start" not in values:
        quote["speaker_start"] = quote["speaker_end"] = None
    if quote["speaker_start"] is None:
        quote["speaker_text"] = None
    else:
        _check_place(text_of(rows), quote["speaker_start"], quote["speaker_end"])
        quote["speaker_text"] = text_of(rows)[quote["speaker_start"] : quote["speaker_end"]]
    quote["attribution"] = "none" if actor_id is None and quote["speaker_text"] is None else "corrected"
    if "speaker_actor_id" in values:
        rows["quote_speakers"] = [each for each in rows["quote_speakers"] if each["quote_id"] != quote["quote_id"]]
    if actor_id is not None:
        place = None if quote["speaker_start"] is None else (quote["speaker_start"], quote["speaker_end"])
        _mention(rows, actor_id, place, correction_id, known)
        if "speaker_actor_id" in values:
            speaker = {"quote_id": quote["quote_id"], "actor_id": actor_id, "place": 1}
            insert(rows, "quote_speakers", speaker)


def _mention(
    rows: Rows, actor_id: str, place: tuple[int, int] | None, correction_id: str, known: Mapping[str, Row]
) -> None:
    """See that the article mentions an actor: at the given place, else where it prints the actor's name."""
    bring(rows, known, actor_id)
    if actor_id in mentioned(rows):
        return
    text, form = text_of(rows), "role"
    if place is None:
        name = next(row["name"] for row in rows["actors"] if row["actor_id"] == actor_id)
        at = text.find(name)
        if at < 0:
            raise NotAllowedError(f"the article does not print {name}: give speaker_start and speaker_end")
        place, form = (at, at + len(name)), "name"
    there = next((row for row in rows["mentions"] if (row["start"], row["end"]) == place), None)
    if there is None:
        row = {"article_id": rows["articles"][0]["article_id"], "start": place[0], "end": place[1], "form": form}
        marks = {"link_confidence": 1.0, "corrected_by": None}
        there = insert(rows, "mentions", {**row, **marks, "role": None, "text": text[slice(*place)]})
        there["mention_id"] = id_of("mentions", there)
    there["actor_id"] = actor_id
    _mark(there, correction_id)


def _take_part(
    rows: Rows, proposal: Row, values: Mapping[str, Any], correction_id: str, known: Mapping[str, Row]
) -> None:
    """What follows from an issue, a place or the parties of a proposal."""
    key = proposal["proposal_id"]
    if "issue_id" in values:
        rows["topics"] = [each for each in rows["topics"] if each["proposal_id"] != key]
        proposal["issue_similarity"] = None
        if proposal["issue_id"] is None:
            proposal["stance"] = None
        elif proposal["stance"] is None:
            raise NotAllowedError("an issue needs a stance: support, oppose or conditional")
    quote = next((each for each in rows["quotes"] if each["quote_id"] == proposal["quote_id"]), None)
    if quote is None or quote["start"] >= proposal["end"] or quote["end"] <= proposal["start"]:
        around = (q for q in rows["quotes"] if q["start"] <= proposal["start"] and proposal["end"] <= q["end"])
        proposal["quote_id"] = next((q["quote_id"] for q in around), None)
    for role in ROLES:
        if role not in values:
            continue
        parties = values[role] if isinstance(values[role], list) else [values[role]] if values[role] else []
        rows["proposal_actors"] = [
            each for each in rows["proposal_actors"] if (each["proposal_id"], each["role"]) != (key, role)
        ]
        for actor_id in sorted(set(parties)):
            _mention(rows, actor_id, None, correction_id, known)
            party = {"proposal_id": key, "actor_id": actor_id, "role": role, "text": None}
            insert(rows, "proposal_actors", party)


def _date(row: Row, values: Mapping[str, Any]) -> None:
    """What a value means, by the same arithmetic as everywhere."""
    if not row["value"]:
        raise NotAllowedError("a date needs its value")
    span = span_of(row["value"]) if row["type"] in ("DATE", "TIME") else None
    row["edtf"] = span.edtf if span else None
    for name in ("earliest", "latest"):
        if name not in values:
            row[name] = getattr(span, name) if span else None
    row["granularity"] = values.get("granularity", granularity_of(row["value"]))
    row["anchor"] = values.get("anchor", "none")


def _distinct(rows: Rows) -> None:
    """One row for each key where two actors became one."""
    for table in ("quote_speakers", "proposal_actors"):
        keys = load_package().tables[table].primary_key
        first: dict[tuple[Any, ...], Row] = {}
        for row in rows[table]:
            first.setdefault(tuple(row[key] for key in keys), row)
        rows[table] = list(first.values())


def _settle(rows: Rows) -> None:
    regroup(rows)
    renest(rows)
    prune_unnamed(rows)
    prune_actors(rows)
