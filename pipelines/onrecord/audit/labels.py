"""Judgments and corrections as labelled data, without the articles' words; and a release scored by such labels.

One article a line, in the form that training reads (pipelines/training/labels.py): `text_sha256` of the article's body,
and offsets into its title, a blank line and the body. `complete` says that somebody read the article as a whole and all
that was found in it is judged: only there can precision be told. `not` lists what was judged to be nothing at all.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.audit.figures import verdict_of
from onrecord.audit.judged import BadJudgmentError, Judgment, missed_in
from onrecord.audit.scores import OVERLAP, Score, align, dice

if TYPE_CHECKING:
    import duckdb

_TABLES = ("quotes", "proposals")
_QUOTES = """
SELECT q.article_id, q.quote_id, q.start, q."end", kind, cue_start, cue_end, speaker_start, speaker_end, attitude,
       polarity, speaker_actor_id, corrected_by IS NOT NULL AS is_corrected
FROM quotes q WHERE list_contains($ids, q.article_id) ORDER BY ALL
"""
_PROPOSALS = """
SELECT p.article_id, p.proposal_id, p.start, p."end", type, wanted AS wants, modality, cue_start, cue_end,
       corrected_by IS NOT NULL AS is_corrected
FROM proposals p WHERE list_contains($ids, p.article_id) ORDER BY ALL
"""
_QUERIES = {"quotes": _QUOTES, "proposals": _PROPOSALS}
_OFFSETS = ("start", "end", "cue_start", "cue_end", "speaker_start", "speaker_end")


@dataclass(frozen=True, slots=True)
class _Span:
    text: str
    speaker: str | None
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelScore:
    """A release against labels. `whole` counts articles that were read as a whole, where precision can be told."""

    whole: Mapping[str, Score]
    labelled: Mapping[str, Score]  # of all articles: labels that are found
    speakers: Score  # quotes found with a label that names the speaker
    refuted: int  # rows that were judged to be nothing and are found again
    articles: int
    unknown: int  # labelled articles that the release does not have, or has with other words


def to_labels(connection: "duckdb.DuckDBPyConnection", judgments: Sequence[Judgment]) -> list[dict[str, Any]]:
    """A line for each article with a row that is judged right, corrected or judged to be nothing. The release must have
    the articles' bodies; BadJudgmentError without."""
    articles = _texts(connection)
    by_row: dict[str, list[Judgment]] = {}
    for judgment in judgments:
        by_row.setdefault(judgment.row_id, []).append(judgment)
    verdicts = {row_id: verdict_of(each) for row_id, each in by_row.items()}
    found = []
    rows = {table: _rows(connection, table, sorted(articles)) for table in _TABLES}
    for article_id, (title, text) in sorted(articles.items()):
        line = _line(article_id, title, text, {t: rows[t].get(article_id, []) for t in _TABLES}, verdicts, by_row)
        if line["quotes"] or line["proposals"] or line["not"]:
            found.append(line)
    return found


def _line(
    article_id: str,
    title: str,
    text: str,
    rows: Mapping[str, list[dict[str, Any]]],
    verdicts: Mapping[str, tuple[str, tuple[str, ...]]],
    by_row: Mapping[str, list[Judgment]],
) -> dict[str, Any]:
    moved = len(title) + 2
    line: dict[str, Any] = {"name": article_id, "text_sha256": hashlib.sha256(text.encode()).hexdigest()}
    whole = verdicts.get(article_id, ("unsure", ()))[0] != "unsure"
    line |= {"complete": whole, "quotes": [], "proposals": [], "not": []}
    for table in _TABLES:
        for row in rows[table]:
            row_id = row.pop("row_id")
            verdict, wrong = ("right", ()) if row.pop("is_corrected") else verdicts.get(row_id, ("unsure", ()))
            row |= {name: row[name] + moved for name in _OFFSETS if row.get(name) is not None}
            if verdict == "right":
                line[table].append({**row, "doubt": False} | _parties(table))
            elif "none" in wrong:
                line["not"].append({"table": table, "start": row["start"], "end": row["end"]})
            else:
                line["complete"] = False
        for words in sorted({w for j in by_row.get(article_id, ()) for t, w in missed_in(j) if t == table}):
            if text.count(words) != 1:
                line["complete"] = False
            elif table == "quotes":
                start = text.index(words) + moved
                line[table].append(_missed(start, start + len(words)))
            else:  # nobody says of what type it is
                line["complete"] = False
    return line


def _parties(table: str) -> dict[str, Any]:
    """What training asks for of a proposal, and judges are not asked for: it learns no parties from these labels."""
    if table == "quotes":
        return {}
    return {"proposers": False, "proposer_mentions": [], "targets": False, "target_mentions": []}


def _missed(start: int, end: int) -> dict[str, Any]:
    told: dict[str, Any] = dict.fromkeys(("cue_start", "cue_end", "speaker_start", "speaker_end", "speaker_actor_id"))
    return {
        "start": start,
        "end": end,
        "kind": "indirect",
        **told,
        "attitude": "assertion",
        "polarity": "said",
        "doubt": False,
    }


def _texts(connection: "duckdb.DuckDBPyConnection") -> dict[str, tuple[str, str]]:
    if "text" not in connection.sql("FROM articles").columns:
        raise BadJudgmentError("a release without the articles' bodies has no words that labels could be of")
    rows = connection.execute("SELECT article_id, coalesce(title, 'Untitled'), text FROM articles").fetchall()
    return {article_id: (title.replace("\n", " "), text) for article_id, title, text in rows}


def _rows(
    connection: "duckdb.DuckDBPyConnection", table: str, article_ids: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    cursor = connection.execute(_QUERIES[table], {"ids": list(article_ids)})
    names = [column[0] for column in cursor.description or ()]
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        row["row_id"] = row.pop("quote_id" if table == "quotes" else "proposal_id")
        found.setdefault(row.pop("article_id"), []).append(row)
    return found


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of labels. BadJudgmentError, with the line, for one that is none."""
    found = []
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            label = json.loads(line)
            if not isinstance(label["text_sha256"], str):
                raise TypeError("text_sha256")
            for each in [*label.get("quotes", ()), *label.get("proposals", ()), *label.get("not", ())]:
                if not 0 <= each["start"] < each["end"]:
                    raise ValueError("a place that is none")
            found.append(label)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadJudgmentError(f"{path}, line {len(found) + 1}: no label ({error})") from error
    return found


def score(connection: "duckdb.DuckDBPyConnection", labels: Iterable[Mapping[str, Any]]) -> LabelScore:
    """How the rows of an opened release agree with labels. Two are the same if half of their words are.

    A speaker of a label may bear an id that has become another one since (actor_redirects).
    """
    query = "SELECT old_id, actor_id FROM actor_redirects WHERE actor_id IS NOT NULL"
    current = dict(connection.execute(query).fetchall())
    articles = {hashlib.sha256(text.encode()).hexdigest(): (key, title, text)
                for key, (title, text) in sorted(_texts(connection).items())}  # fmt: skip
    whole, labelled = dict.fromkeys(_TABLES, Score()), dict.fromkeys(_TABLES, Score())
    speakers, refuted, count, unknown = Score(), 0, 0, 0
    for line in labels:
        if line["text_sha256"] not in articles:
            unknown += 1
            continue
        article_id, title, text = articles[line["text_sha256"]]
        printed, count = f"{title}\n\n{text}", count + 1
        for table in _TABLES:
            rows = _rows(connection, table, [article_id]).get(article_id, [])
            found = [_Span(text[row["start"] : row["end"]], row.get("speaker_actor_id")) for row in rows]
            given = [_span(printed, each) for each in line.get(table, ())]
            aligned = align(found, given, _likeness)
            of_all = aligned.score(given)
            labelled[table] += Score(of_all.right, of_all.right, of_all.labelled)
            whole[table] += of_all if line.get("complete") else Score()
            named = [(found[a].speaker, given[b].speaker) for a, b in aligned.pairs if given[b].speaker]
            speakers += Score(sum(a == current.get(b, b) for a, b in named), len(named), len(named))
            not_at_all = [_span(printed, each) for each in line.get("not", ()) if each.get("table") == table]
            refuted += len(align(found, not_at_all, _likeness).pairs)
    return LabelScore(
        whole=whole, labelled=labelled, speakers=speakers, refuted=refuted, articles=count, unknown=unknown
    )


def _span(printed: str, label: Mapping[str, Any]) -> _Span:
    doubtful = bool(label.get("doubt"))
    return _Span(printed[label["start"] : label["end"]], label.get("speaker_actor_id"), doubtful)


def _likeness(found: _Span, label: _Span) -> float:
    alike = dice(found.text, label.text)
    return alike if alike >= OVERLAP else 0.0
