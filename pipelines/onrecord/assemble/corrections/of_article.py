"""The rows of one article as plain values while they are corrected: what refers to what, and who is mentioned."""

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.annotate.quotes.nesting import spans_around
from onrecord.assemble.actors import ACTOR_COLUMNS
from onrecord.audit.judged import TABLES
from onrecord.schema import find_violations, load_package
from onrecord.schema.tables import Table

Row = dict[str, Any]
Rows = dict[str, list[Row]]  # table -> the article's rows, those of `topics` among them

KEYS: Mapping[str, str] = {name: f"{name.removesuffix('s')}_id" for name in TABLES.values()}
_LETTERS: Mapping[str, str] = {name: letter for letter, name in TABLES.items()}
OF_ARTICLE = (
    *("articles", *ACTOR_COLUMNS, "dates", "proposals"),
    "topics",  # what proposals are about, for issues to be discovered
)
BODY_COLUMNS = ("parent_actor_id", "organization_actor_id")  # bodies that an actor's row refers to
TAG = "_tag"  # tells a row from all others of its table while its id may change
_INPUT = ("input_id", "batch")


class NotAllowedError(ValueError):
    """What a correction asks for and the article does not allow; the message says why. It becomes a rejection."""


def text_of(rows: Rows) -> str:
    return str(rows["articles"][0]["text"])


def id_of(table: str, row: Row) -> str:
    """The id that a row has by its place, as `annotate.rows` makes it."""
    place = f"{row['article_id']}:{_LETTERS[table]}:{row['start']}-{row['end']}"
    return f"{place}:{row['type']}" if table == "proposals" else place


def by_tag(rows: Rows, table: str, tag: int) -> Row | None:
    return next((row for row in rows[table] if row[TAG] == tag), None)


def insert(rows: Rows, table: str, row: Row) -> Row:
    """Put a row in, with the article's input and a tag of its own."""
    tag = 1 + max((each[TAG] for each in rows[table]), default=0)
    new = {**dict.fromkeys(rows[table][0]), **row, TAG: tag} if rows[table] else {**row, TAG: tag}
    for name in _INPUT:
        new[name] = rows["articles"][0][name]
    rows[table].append(new)
    return new


def refer(rows: Rows, old: str, new: str | None, required: Mapping[str, frozenset[str]]) -> None:
    """Let all that refers to the row `old` refer to `new`; a row that cannot do without goes if `new` is None."""
    for table, own in rows.items():
        for row in list(own):
            for column in [name for name, value in row.items() if value == old]:
                if new is None and column in required.get(table, ()):
                    own.remove(row)
                    break
                row[column] = new


def required_columns() -> dict[str, frozenset[str]]:
    """Of each table the columns that are never null."""
    tables = load_package().tables
    found = {name: frozenset(c.name for c in table.columns if c.required) for name, table in tables.items()}
    return found | {"topics": frozenset({"proposal_id"})}


def regroup(rows: Rows) -> None:
    """Name groups of quotes after their first piece, wherever pieces went, came or moved."""
    groups: dict[str, list[Row]] = {}
    for row in rows["quotes"]:
        groups.setdefault(row["group_id"] or row["quote_id"], []).append(row)
    for pieces in groups.values():
        first = min(pieces, key=lambda row: (row["start"], row["end"]))
        for row in pieces:
            row["group_id"] = first["quote_id"]


def renest(rows: Rows) -> None:
    """Let each quote name the one that it stands in, wherever quotes went, came or moved."""
    places = {(row["start"], row["end"]): row["quote_id"] for row in rows["quotes"]}
    around = spans_around(places)
    for row in rows["quotes"]:
        outer = around.get((row["start"], row["end"]))
        row["within_quote_id"] = None if outer is None else places[outer]


def mentioned(rows: Rows) -> set[str]:
    return {row["actor_id"] for row in rows["mentions"]}


def bring(rows: Rows, known: Mapping[str, Row], actor_id: str) -> None:
    """See that the article has a row of an actor, and of the bodies that it is a part of or works for."""
    there = {row["actor_id"] for row in rows["actors"]}
    wanted: list[str | None] = [actor_id]
    for each in wanted:
        if each is None or each in there:
            continue
        if each not in known:
            raise NotAllowedError(f"no article has the actor {each}")
        there.add(each)
        brought = insert(rows, "actors", dict(known[each]))
        wanted += [brought[column] for column in BODY_COLUMNS]


_USES = {
    "quotes": ("speaker_actor_id", "addressee_actor_id"),
    "quote_speakers": ("actor_id",),
    "proposal_actors": ("actor_id",),
    "actors": ("parent_actor_id",),
}


def prune_unnamed(rows: Rows) -> None:
    """Take out mentions of actors that the article only describes and that nothing is about any more: such ones are
    there for what they say and want (expectations/actor_unnamed_is_used.sql). What a person said is left."""
    kept = {row[column] for table, columns in _USES.items() for row in rows[table] for column in columns}
    kept |= {row["actor_id"] for row in rows["mentions"] if row["corrected_by"]}
    gone = {row["actor_id"] for row in rows["actors"] if row["link_method"] == "unnamed"} - kept
    rows["mentions"] = [row for row in rows["mentions"] if row["actor_id"] not in gone]


def prune_actors(rows: Rows) -> None:
    """Take out actors that the article does not mention any more, but for bodies that others are a part of."""
    while True:
        held = mentioned(rows) | {row[column] for row in rows["actors"] for column in BODY_COLUMNS}
        kept = [row for row in rows["actors"] if row["actor_id"] in held]
        if len(kept) == len(rows["actors"]):
            return
        rows["actors"] = kept


def check(rows: Rows, tables: Mapping[str, Table]) -> None:
    """NotAllowedError if the article's rows would break what every release holds; `tables` are as batches have them."""
    import pyarrow as pa

    text, named = text_of(rows), mentioned(rows)
    for spans in KEYS:
        for row in rows[spans]:
            if not 0 <= row["start"] < row["end"] <= len(text):
                raise NotAllowedError(f"{row['start']}-{row['end']} is no place in the article")
    for quote in rows["quotes"]:
        if quote["speaker_actor_id"] is not None and quote["speaker_actor_id"] not in named:
            raise NotAllowedError(f"the article would not mention {quote['speaker_actor_id']}, who speaks in it")
    for name, table in tables.items():
        if name not in rows:
            continue
        plain = [{c.name: row[c.name] for c in table.columns} for row in rows[name]]
        try:
            found = pa.Table.from_pylist(plain, schema=pa.schema([f.with_nullable(True) for f in table.to_arrow()]))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
            raise NotAllowedError(f"a value that no column of {name} can hold ({error})") from error
        if broken := next(find_violations(table, found), None):
            raise NotAllowedError(f"it would break the schema: {broken}")


def tagged(rows: Iterable[Row]) -> list[Row]:
    return [{**row, TAG: number} for number, row in enumerate(rows, 1)]
