"""Corrections written for a release: from what somebody says of a row, from judgments, for whoever publishes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.audit.correction_files import RowCorrection
from onrecord.audit.figures import verdict_of
from onrecord.audit.judged import Judgment, missed_in, table_of
from onrecord.audit.sampling import ROWS
from onrecord.errors import UserError
from onrecord.schema.tables import joined

if TYPE_CHECKING:
    import duckdb

# What is wrong, as a judgment says it, and the column that its value then is of.
_COLUMNS: Mapping[tuple[str, str], str] = {
    ("quotes", "speaker"): "speaker_actor_id",
    ("quotes", "type"): "kind",
    ("proposals", "type"): "type",
    ("proposals", "issue"): "issue_id",
    ("proposals", "stance"): "stance",
    ("proposals", "actor"): "proposer",
    ("proposals", "target"): "target",
    ("dates", "date"): "value",
    ("mentions", "actor"): "actor_id",
}
_ACTORS = frozenset({"speaker_actor_id", "actor_id", "proposer", "target"})  # columns whose value is an actor's name


class NoSuchRowError(UserError):
    """A row or an actor that the release does not have, or a name that several actors bear."""

    code = "OR141"


def row_entry(connection: "duckdb.DuckDBPyConnection", row_id: str) -> dict[str, Any]:
    """The beginning of an entry about a row of an opened release: its id and words. NoSuchRowError without it."""
    table = table_of(row_id)
    if table is None:
        raise NoSuchRowError(f"{row_id!r:.90} is no quote_id, proposal_id, date_id or mention_id")
    query = f"SELECT text FROM {table} WHERE {ROWS[table].key} = $id"
    found = connection.execute(query, {"id": row_id}).fetchall()
    if not found:
        raise NoSuchRowError(f"this release has no row {row_id}")
    return {"row": row_id, "text": found[0][0]}


def values_now(connection: "duckdb.DuckDBPyConnection", row_id: str, columns: Iterable[str]) -> dict[str, Any]:
    """What the row says in these columns, as far as they are columns of its own table."""
    table = str(table_of(row_id))
    there = connection.sql(f"FROM {table}").columns
    names = [name for name in columns if name in there]
    if not names:
        return {}
    query = f"SELECT {joined(names)} FROM {table} WHERE {ROWS[table].key} = $id"
    (row,) = connection.execute(query, {"id": row_id}).fetchall()
    return {name: _plain(value) for name, value in zip(names, row, strict=True)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def find_actor(connection: "duckdb.DuckDBPyConnection", named: str, article_id: str | None = None) -> str:
    """The actor_id of an actor given by id or by name; of several namesakes the one that the article mentions.

    NoSuchRowError, naming them, where this does not tell.
    """
    query = """
        SELECT actor_id, name, coalesce(country, ''), array_to_string(roles[:2], ', '),
               EXISTS (FROM mentions m WHERE m.actor_id = a.actor_id AND m.article_id = $article) AS is_here
        FROM actors a WHERE actor_id = $named OR lower(name) = lower($named) OR list_contains(aliases, $named)
        ORDER BY actor_id = $named DESC, is_here DESC, mention_count DESC, actor_id
    """
    found = connection.execute(query, {"named": named, "article": article_id}).fetchall()
    here = [row for row in found if row[0] == named] or [row for row in found if row[4]] or found
    if len(here) != 1:
        told = "; ".join(" ".join(filter(None, row[:4])) for row in here[:5])
        raise NoSuchRowError(
            f"several actors are called {named}, give an id: {told}" if here else f"this release has no actor {named}"
        )
    return str(here[0][0])


def from_judgments(
    connection: "duckdb.DuckDBPyConnection", judgments: Sequence[Judgment]
) -> tuple[tuple[Mapping[str, Any], ...], int]:
    """Entries for what judges found wrong, and how many of their judgments say too little to correct anything.

    Of several judges the verdict of most counts, as in the report. A row that is none is removed;
    whoever speaks, proposes or is addressed, type, issue, stance and date take the value given; what was missed in an
    article is added where its words stand there once. Everything else takes a person.
    """
    entries: list[Mapping[str, Any]] = []
    left = 0
    by_row: dict[str, list[Judgment]] = {}
    for judgment in judgments:
        by_row.setdefault(judgment.row_id, []).append(judgment)
    settled = {row_id for row_id, told in by_row.items() if verdict_of(told)[0] == "wrong"}
    for judgment in judgments:
        if judgment.verdict != "wrong" or judgment.row_id not in settled:
            continue
        try:
            made = _missed(connection, judgment) if ":" not in judgment.row_id else _wrong(connection, judgment)
        except NoSuchRowError:
            made = []
        entries += [_signed(entry, judgment) for entry in made]
        left += not made
    return tuple(entries), left


def _wrong(connection: "duckdb.DuckDBPyConnection", judgment: Judgment) -> list[dict[str, Any]]:
    entry, value = row_entry(connection, judgment.row_id), (judgment.value or "").strip()
    if "none" in judgment.wrong:
        return [entry | {"action": "remove"}]
    column = _COLUMNS.get((str(table_of(judgment.row_id)), judgment.wrong[0])) if len(judgment.wrong) == 1 else None
    if column is None or not value:
        return []
    right: Any = find_actor(connection, value, judgment.row_id.split(":")[0]) if column in _ACTORS else value
    if column in ("proposer", "target"):
        right = [right]
    was = values_now(connection, judgment.row_id, [column])
    return [entry | {"set": {column: right}, **({"was": was} if was else {})}]


def _missed(connection: "duckdb.DuckDBPyConnection", judgment: Judgment) -> list[dict[str, Any]]:
    if "text" not in connection.sql("FROM articles").columns:
        return []
    found = connection.execute("SELECT text FROM articles WHERE article_id = $id", {"id": judgment.row_id}).fetchall()
    text = str(found[0][0]) if found else ""
    return [
        {
            "action": "add",
            "table": table,
            "article": judgment.row_id,
            "start": text.index(words),
            "end": text.index(words) + len(words),
            "text": words,
        }
        for table, words in missed_in(judgment)
        if table == "quotes" and text.count(words) == 1
    ]


def _signed(entry: Mapping[str, Any], judgment: Judgment) -> dict[str, Any]:
    told = {"wrong": list(judgment.wrong), "reason": judgment.reason, "who": judgment.who, "when": judgment.at[:10]}
    return {**entry, **{name: value for name, value in told.items() if value}}


def to_upstream(corrections: Sequence[RowCorrection], release: str) -> list[dict[str, Any]]:
    """The corrections for whoever publishes the release: what is wrong and right, without who said so."""
    found = []
    for each in corrections:
        told: dict[str, Any] = {"release": release, "action": each.action}
        if each.action == "add":
            told |= {"table": each.table, "article": each.article_id, "start": each.start, "end": each.end}
        elif each.action == "merge":
            told |= {"from": each.row, "into": each.into}
        elif each.action == "split":
            told |= {"actor": each.row, "articles": list(each.articles)}
            told |= {"into": each.into} if each.into else {"new": dict(each.new)}
        else:
            told["row"] = each.row
        told |= {"text": each.text, "set": dict(each.set), "was": dict(each.was), "reason": each.reason}
        found.append({name: value for name, value in told.items() if value not in (None, {})})
    return found


def report_template(release: str, row_id: str, text: str | None) -> str:
    """What to send to whoever published a release with a wrong row, to be filled in."""
    return (
        f"Release: {release}\nTable: {table_of(row_id) or ''}\nRow id: {row_id}\nThe row says: {text or ''}\n"
        "What is wrong: \nWhat is right: \nWhat the article says, as printed: \nLink to the article: \n"
    )
