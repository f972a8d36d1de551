"""The corrections of single articles: which row each is about now, and what came of it."""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from onrecord.annotate.rows import CORPUS_ONLY
from onrecord.assemble.corrections import edits
from onrecord.assemble.corrections.contradictions import contradicted
from onrecord.assemble.corrections.of_article import (
    BODY_COLUMNS,
    KEYS,
    OF_ARTICLE,
    TAG,
    NotAllowedError,
    Row,
    Rows,
    by_tag,
    check,
    id_of,
    tagged,
    text_of,
)
from onrecord.audit.correction_files import RowCorrection, Value, refusal
from onrecord.document import Reason, Rejected
from onrecord.knowledge.words import local_id, normal
from onrecord.schema import load_package

if TYPE_CHECKING:
    import duckdb

_ALIKE = 0.5  # of two spans in common, from which a row is the one that was corrected
_ORDER = {"split": 0, "change": 1, "remove": 2, "add": 3}


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that counts. `outcome` says how, see schemas/corrections.yml."""

    correction: RowCorrection
    row_now: str | None
    outcome: str

    def to_row(self) -> dict[str, Any]:
        told = self.correction
        return {
            "correction_id": told.correction_id,
            "corrected_table": told.table,
            "action": told.action,
            "row_id": told.row,
            "row_now": self.row_now,
            "columns": sorted(told.set),
            "reason": told.reason,
            "corrected_on": told.when,
            "outcome": self.outcome,
        }


@dataclass(frozen=True, slots=True)
class _Target:
    """A correction and the row that it is about; of what is added no row, of splits the actor by the id of now."""

    correction: RowCorrection
    article_id: str
    tag: int | None
    row_id: str
    group: str | None
    is_moved: bool


def apply_to_articles(
    connection: "duckdb.DuckDBPyConnection",
    corrections: Sequence[RowCorrection],
    current: Mapping[str, str],
    issues: frozenset[str],
    applied: list[Applied],
    told: list[Rejected],
) -> dict[str, list[Row]]:
    """The rows, by table, of the articles that corrections are about, corrected. What came of each is added to
    `applied` and `told`. `current` gives the ids that actors bear now, `issues` those of the codebook."""
    corrections = [_renamed(c, current) for c in corrections]
    wanted = {a for c in corrections for a in (c.articles or (str(c.article_id),))}
    articles = _read(connection, sorted(wanted))
    known = _known(connection, set(current.values()))
    superseded = connection.execute("SELECT supersedes FROM relations WHERE supersedes IS NOT NULL").fetchall()
    outdated = {article_id for (article_id,) in superseded}
    targets = []
    for correction in corrections:
        targets += _targets(correction, articles, current, told)
    against = contradicted((t.correction, t.row_id, t.group) for t in targets)
    for target in _first_of_each(targets):
        if why := against.get(target.correction.correction_id):
            detail = f"{target.correction.row}: {why}"
            told.append(refusal(Reason.CORRECTION_CONTRADICTED, _place(target.correction), detail))
    outcomes: dict[str, Applied] = {}
    targets.sort(key=lambda t: (_ORDER[t.correction.action], t.correction.correction_id, t.article_id))
    for target in targets:
        if target.correction.correction_id not in against:
            _apply(target, articles, known, issues, outdated, outcomes, told)
    applied += outcomes.values()
    return {table: [row for rows in articles.values() for row in rows[table]] for table in OF_ARTICLE}


def _place(correction: RowCorrection) -> str:
    return f"{correction.file}#{correction.correction_id}"


def _first_of_each(targets: Sequence[_Target]) -> list[_Target]:
    return list({t.correction.correction_id: t for t in reversed(targets)}.values())


def _renamed(correction: RowCorrection, current: Mapping[str, str]) -> RowCorrection:
    """The correction with the ids that its actors bear now."""

    def now(value: Value) -> Value:
        if isinstance(value, list):
            return [current.get(each, each) for each in value]
        return current.get(value, value) if isinstance(value, str) else value

    return replace(
        correction,
        set={name: now(value) for name, value in correction.set.items()},
        was={name: now(value) for name, value in correction.was.items()},
        into=correction.into and current.get(correction.into, correction.into),
    )


def _read(connection: "duckdb.DuckDBPyConnection", article_ids: Sequence[str]) -> dict[str, Rows]:
    """The rows of the articles that stand in the tables, by article, each table in the order of its offsets or keys."""
    found: dict[str, Rows] = {}
    inputs: dict[tuple[str, str], str] = {}
    query = "SELECT article_id, input_id, batch FROM standing WHERE list_contains($ids, article_id) ORDER BY ALL"
    for article_id, input_id, batch in connection.execute(query, {"ids": list(article_ids)}).fetchall():
        found[article_id] = {table: [] for table in OF_ARTICLE}
        inputs[input_id, batch] = article_id
    if not found:
        return {}
    connection.execute("CREATE OR REPLACE TEMP TABLE to_correct (input_id VARCHAR, batch VARCHAR)")
    connection.executemany("INSERT INTO to_correct VALUES (?, ?)", [list(key) for key in sorted(inputs)])
    for table in OF_ARTICLE:
        rows = connection.sql(f"FROM batch_{table} SEMI JOIN to_correct USING (input_id, batch) ORDER BY ALL")
        held: list[Row] = rows.to_arrow_table().to_pylist()
        for row in held:
            marked = {"corrected_by": None} if table in KEYS else {}
            found[inputs[row["input_id"], row["batch"]]][table].append({**row, **marked})
    return {article: {table: tagged(own) for table, own in rows.items()} for article, rows in found.items()}


def _known(connection: "duckdb.DuckDBPyConnection", actor_ids: set[str]) -> dict[str, Row]:
    """A row of each of these actors, and of the bodies that they are a part of, of the first article that has it."""
    known: dict[str, Row] = {}
    while missing := sorted(actor_ids - known.keys()):
        query = """
            SELECT * FROM batch_actors SEMI JOIN kept USING (input_id, batch) WHERE list_contains($ids, actor_id)
            QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY input_id, batch) = 1
        """
        found: list[Row] = connection.sql(query, params={"ids": missing}).to_arrow_table().to_pylist()
        known |= {row["actor_id"]: row for row in found}
        actor_ids = {row[column] for row in found for column in BODY_COLUMNS if row[column]}
    return known


def _targets(
    correction: RowCorrection, articles: Mapping[str, Rows], current: Mapping[str, str], told: list[Rejected]
) -> list[_Target]:
    """The row that a correction is about, in each of its articles that is there. Of one that has gone, a rejection."""
    found = []
    for article_id in correction.articles or (str(correction.article_id),):
        rows = articles.get(article_id)
        if rows is None:
            detail = f"{correction.row}: no article {article_id}"
            told.append(refusal(Reason.CORRECTION_GONE, _place(correction), detail))
        elif correction.action == "split":
            actor_id = current.get(correction.row, correction.row)
            found.append(_Target(correction, article_id, None, actor_id, None, False))
        elif correction.action == "add":
            place = _moved_words(correction, text_of(rows))
            if place is None:
                detail = f"{correction.row}: the article has these words no more"
                told.append(refusal(Reason.CORRECTION_GONE, _place(correction), detail))
                continue
            is_moved = place != (correction.start, correction.end)
            added = replace(correction, start=place[0], end=place[1])
            type_ = str(correction.set.get("type", ""))
            new = {"article_id": article_id, "start": place[0], "end": place[1], "type": type_}
            found.append(_Target(added, article_id, None, id_of(correction.table, new), None, is_moved))
        elif (row := _find(correction, rows)) is not None:
            key = KEYS[correction.table]
            group = row.get("group_id")
            found.append(_Target(correction, article_id, row[TAG], row[key], group, row[key] != correction.row))
        else:
            told.append(refusal(Reason.CORRECTION_GONE, _place(correction), f"{correction.row}: no such row any more"))
    return found


def _find(correction: RowCorrection, rows: Rows) -> Row | None:
    """The row of that id; else the only one whose words are the same or whose place is for the most part the same."""
    key, own = KEYS[correction.table], rows[correction.table]
    exact = next((row for row in own if row[key] == correction.row), None)
    if exact is not None and (correction.text is None or exact["text"] == correction.text):
        return exact
    type_ = correction.row.split(":")[3:]  # of a proposal
    own = [row for row in own if not type_ or row["type"] == type_[0]] or own
    if correction.text is not None:
        same = [row for row in own if row["text"] == correction.text]
        if len(same) == 1:
            return same[0]
        alike = [
            row for row in own if SequenceMatcher(None, row["text"], correction.text, autojunk=False).ratio() > 2 / 3
        ]
        near = [row for row in alike if _common(row, correction) >= _ALIKE] or alike
        return near[0] if len(near) == 1 else None
    near = [row for row in own if _common(row, correction) >= _ALIKE]
    return near[0] if len(near) == 1 else None


def _common(row: Row, correction: RowCorrection) -> float:
    """What share of the two spans together is in both."""
    start, end = int(correction.start or 0), int(correction.end or 0)
    common = min(row["end"], end) - max(row["start"], start)
    return common / (max(row["end"], end) - min(row["start"], start)) if common > 0 else 0.0


def _moved_words(correction: RowCorrection, text: str) -> tuple[int, int] | None:
    """Where the words of an added row are: at the place that it says, or the only place that has them."""
    start, end = int(correction.start or 0), int(correction.end or 0)
    words = correction.text
    if words is None or text[start:end] == words:
        return (start, end)
    return (text.find(words), text.find(words) + len(words)) if text.count(words) == 1 else None


def _apply(
    target: _Target,
    articles: dict[str, Rows],
    known: Mapping[str, Row],
    issues: frozenset[str],
    outdated: set[str],
    outcomes: dict[str, Applied],
    told: list[Rejected],
) -> None:
    """Make one correction in its article, or refuse it and leave the article as it was."""
    correction, rows = target.correction, articles[target.article_id]
    before = copy.deepcopy(rows)
    try:
        row_now, outcome = _made(target, rows, known, issues)
        check(rows, _tables())
    except NotAllowedError as error:
        articles[target.article_id] = before
        told.append(refusal(Reason.BAD_CORRECTION, _place(correction), f"{correction.row}: {error}"))
        return
    if outcome == "applied" and target.is_moved:
        outcome = "moved"
    if outcome != "needless" and target.article_id in outdated:
        outcome = "outdated"
    outcomes[correction.correction_id] = Applied(correction, row_now, outcome)


def _made(target: _Target, rows: Rows, known: Mapping[str, Row], issues: frozenset[str]) -> tuple[str | None, str]:
    """The id that the row has now, and what came of it."""
    correction = target.correction
    issue = correction.set.get("issue_id")
    if issue is not None and issue not in issues:
        raise NotAllowedError(f"the codebook has no issue {issue}")
    if correction.action == "split":
        new = known[str(correction.into)] if correction.into in known else _new_actor(correction)
        edits.split(rows, target.row_id, new, correction.correction_id, known)
        return str(new["actor_id"]), "applied"
    key = KEYS[correction.table]
    row = None if target.tag is None else by_tag(rows, correction.table, target.tag)
    if correction.action == "add":
        row = next((each for each in rows[correction.table] if each[key] == target.row_id), None)
        if row is None:
            return str(edits.add(rows, correction, known)[key]), "applied"
    if row is None and correction.action == "remove":  # two people agree that it is none
        return None, "needless"
    if row is None:
        raise NotAllowedError("another correction took the row away")
    if correction.action == "remove":
        edits.remove(rows, row, correction)
        return None, "applied"
    is_so = _says(row, correction.set, rows)
    was_so = _says(row, correction.was, rows)
    edits.change(rows, row, correction, known) if not is_so and correction.set else None
    return str(row[key]), "needless" if is_so else "applied" if was_so else "changed"


def _says(row: Row, values: Mapping[str, Value], rows: Rows) -> bool:
    """Whether a row has these values already; lists of parties are compared as sets."""
    for name, value in values.items():
        if name in edits.ROLES:
            there = {
                p["actor_id"]
                for p in rows["proposal_actors"]
                if (p["proposal_id"], p["role"]) == (row["proposal_id"], name)
            }
            if there != set(value if isinstance(value, list) else filter(None, [value])):
                return False
        elif str(row.get(name)) != str(value):
            return False
    return True


def _new_actor(correction: RowCorrection) -> Row:
    """The row of an actor that a split makes. Its id tells it from others of that name."""
    if not correction.new:
        raise NotAllowedError(f"no article has the actor {correction.into}")
    name, type_, country = (correction.new.get(each) for each in ("name", "type", "country"))
    roles = correction.new.get("roles") or []
    told = [str(each) for each in (roles if isinstance(roles, list) else [roles])]
    parts = (str(type_), normal(str(name)), str(country or ""), "split", *told)
    columns = {c.name: None for c in load_package().tables["actors"].without(CORPUS_ONLY["actors"]).columns}
    return columns | {
        "actor_id": local_id(*parts),
        "name": name,
        "type": type_,
        "country": country,
        "roles": told,
        "link_method": "corrected",
    }


def _tables() -> dict[str, Any]:
    """The tables as the batches have them, with what corrections add."""
    unknown = {name: set(columns) - {"corrected_by"} for name, columns in CORPUS_ONLY.items()}
    return {n: t.without(unknown.get(n, ())) for n, t in load_package().tables.items() if n in OF_ARTICLE}
