"""The report of an audit: judgments joined with the rows of their release, and the figures of each table.

As a value, as text for a terminal, and as JSON: the form in which the next release's card takes it over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.audit import figures
from onrecord.audit.agreement import Agreement, agreement
from onrecord.audit.figures import ConfidenceStep, Judged, Rated, Recall, Threshold
from onrecord.audit.judged import Judgment, missed_in, table_of
from onrecord.audit.sampling import ROWS, confidence_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFigures:
    """What judges found of the rows of one table."""

    table: str
    all: Rated
    of_parts: Mapping[str, Rated]  # of each thing that can be wrong how often it is right
    by_kind: Mapping[str, Rated]
    by_outlet: Mapping[str, Rated]
    by_month: Mapping[str, Rated]
    wrong: Mapping[str, int]
    reliability: tuple[ConfidenceStep, ...]
    brier: float | None
    threshold: Threshold | None
    second: Rated | None  # the threshold tried on a second sample; None without either
    recall: Recall | None
    agreement: Agreement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    release: str
    judges: tuple[str, ...]
    judgments: int
    damaged: int  # lines that were none
    gone: int  # judged rows that this release does not have
    articles: int  # read as a whole
    wanted: float  # precision, of thresholds
    tables: tuple[TableFigures, ...]


def report(
    connection: "duckdb.DuckDBPyConnection",
    release: str,
    judgments: Sequence[Judgment],
    *,
    damaged: int = 0,
    wanted: float = 0.9,
    second: Sequence[Judgment] = (),
) -> AuditReport:
    """The figures of `judgments`, which may have been made on other releases: a row is the same if its id is.

    The threshold for the `wanted` precision is tried on the rows of `second` that are not among those.
    """
    on_rows = [judgment for judgment in judgments if table_of(judgment.row_id)]
    on_articles = [judgment for judgment in judgments if ":" not in judgment.row_id]
    rows = _judged(connection, on_rows)
    read = _articles(connection, on_articles)
    known = {row.row_id for row in rows}
    others = _judged(connection, [j for j in second if table_of(j.row_id) and j.row_id not in known])
    tables = [name for name in ROWS if any(row.table == name for row in rows)]
    tables += [
        name
        for name in ROWS
        if name not in tables and any(table == name for missed in read.values() for table, _ in missed)
    ]
    return AuditReport(
        release=release,
        judges=tuple(sorted({judgment.who or "unnamed" for judgment in judgments})),
        judgments=len(judgments),
        damaged=damaged,
        gone=len({judgment.row_id for judgment in on_rows}) - len(rows),
        articles=len(read),
        wanted=wanted,
        tables=tuple(
            _figures(
                connection,
                name,
                rows,
                read,
                wanted,
                others,
                agreement(j for j in on_rows if table_of(j.row_id) == name),
            )
            for name in tables
        ),
    )


_Read = Mapping[str, Sequence[tuple[str, str]]]  # article -> what was missed there, as (table, words)


def _figures(
    connection: "duckdb.DuckDBPyConnection",
    table: str,
    judged: Sequence[Judged],
    read: _Read,
    wanted: float,
    others: Sequence[Judged],
    agreed: Agreement | None,
) -> TableFigures:
    rows, second = ([row for row in each if row.table == table] for each in (judged, others))
    chosen = figures.threshold(rows, wanted)
    return TableFigures(
        table=table,
        all=figures.precision(rows),
        of_parts=figures.precision_of_parts(rows),
        by_kind=figures.precision_by(rows, lambda row: row.kind),
        by_outlet=figures.precision_by(rows, lambda row: row.outlet),
        by_month=dict(sorted(figures.precision_by(rows, lambda row: row.month).items())),
        wrong=figures.wrong_counts(rows),
        reliability=figures.reliability(rows),
        brier=figures.brier(rows),
        threshold=chosen,
        second=figures.beyond(second, chosen.confidence) if chosen and second else None,
        recall=_recall(connection, table, rows, read),
        agreement=agreed,
    )


def _judged(connection: "duckdb.DuckDBPyConnection", judgments: Sequence[Judgment]) -> list[Judged]:
    by_row: dict[str, list[Judgment]] = {}
    for judgment in judgments:
        by_row.setdefault(judgment.row_id, []).append(judgment)
    found = []
    for table, rows in ROWS.items():
        ids = sorted(row_id for row_id in by_row if table_of(row_id) == table)
        query = f"""
            SELECT {rows.key}, {rows.kind}, article_id, outlet, strftime(published, '%Y-%m'),
                   {confidence_of(connection, table)}
            FROM {table} t JOIN (SELECT article_id, outlet, published FROM articles) USING (article_id)
            WHERE list_contains($ids, {rows.key}) ORDER BY {rows.key}
        """
        for row_id, kind, article_id, outlet, month, sure in connection.execute(query, {"ids": ids}).fetchall():
            verdict, wrong = figures.verdict_of(by_row[row_id])
            claim, _ = figures.verdict_of(by_row[row_id], {*rows.sure_of, "other"})
            found.append(
                Judged(
                    row_id=row_id,
                    table=table,
                    kind=kind,
                    article_id=article_id,
                    outlet=outlet,
                    month=month,
                    confidence=sure,
                    verdict=verdict,
                    wrong=wrong,
                    claim=claim,
                    parts=figures.parts_of(by_row[row_id], rows.wrong),
                )
            )
    return found


def _articles(connection: "duckdb.DuckDBPyConnection", judgments: Sequence[Judgment]) -> _Read:
    """Articles that somebody read as a whole. What several readers missed in one is counted once by its words."""
    ids = sorted({judgment.row_id for judgment in judgments if judgment.verdict != "unsure"})
    query = "SELECT article_id FROM articles WHERE list_contains($ids, article_id) ORDER BY article_id"
    there = [article_id for (article_id,) in connection.execute(query, {"ids": ids}).fetchall()]
    return {
        article_id: sorted({
            each for judgment in judgments if judgment.row_id == article_id for each in missed_in(judgment)
        })
        for article_id in there
    }  # fmt: skip


def _recall(connection: "duckdb.DuckDBPyConnection", table: str, rows: Sequence[Judged], read: _Read) -> Recall | None:
    """Recall in the articles that were read. Rows there that nobody judged count by the precision of the others."""
    if not read:
        return None
    query = f"SELECT article_id, {ROWS[table].key} FROM {table} WHERE list_contains($ids, article_id)"
    verdicts, share = {row.row_id: row.verdict for row in rows}, figures.precision(rows).value
    found = dict.fromkeys(read, 0.0)
    for article_id, row_id in connection.execute(query, {"ids": sorted(read)}).fetchall():
        verdict = verdicts.get(row_id, "unsure")
        found[article_id] += (1.0 if share is None else share) if verdict == "unsure" else float(verdict == "right")
    missed = {article_id: sum(kind == table for kind, _ in each) for article_id, each in read.items()}
    return figures.recall([(found[article_id], missed[article_id]) for article_id in sorted(read)])


# ---------------------------------------------------------------- its forms


def to_json(told: AuditReport) -> dict[str, Any]:
    """The report as the file beside the release has it. Names of judges are left out: a card is published."""
    return {
        "release": told.release,
        "judges": len(told.judges),
        "judgments": told.judgments,
        "articles_read": told.articles,
        "rows_gone": told.gone,
        "tables": [_table_json(table) for table in told.tables],
    }


def _table_json(table: TableFigures) -> dict[str, Any]:
    chosen, found, agreed = table.threshold, table.recall, table.agreement
    return {
        "table": table.table,
        "precision": _share(table.all),
        "of_parts": {name: _share(share) for name, share in table.of_parts.items()},
        "by_kind": {name: _share(share) for name, share in table.by_kind.items()},
        "by_outlet": {name: _share(share) for name, share in table.by_outlet.items()},
        "by_month": {name: _share(share) for name, share in table.by_month.items()},
        "wrong": dict(table.wrong),
        "reliability": [
            {"from": _rounded(step.low), "said": _rounded(step.said), **_share(step.share)}
            for step in table.reliability
        ],
        "brier": _rounded(table.brier),
        "threshold": chosen
        and {
            "wanted": chosen.wanted,
            "confidence": _rounded(chosen.confidence),
            "kept": _rounded(chosen.kept),
            **_share(chosen.share),
        },
        "second": table.second and _share(table.second),
        "recall": found
        and {
            "articles": found.articles,
            "found": _rounded(found.found),
            "missed": found.missed,
            "value": _rounded(found.value),
            "low": _rounded(found.low),
            "high": _rounded(found.high),
        },
        "agreement": agreed
        and {
            "judges": agreed.judges,
            "rows": agreed.rows,
            "same": agreed.same,
            "alpha": _rounded(agreed.alpha),
        },
    }


def _share(share: Rated) -> dict[str, Any]:
    told = {"right": share.right, "of": share.of, "unsure": share.unsure, "value": _rounded(share.value)}
    return told | {"low": _rounded(share.low), "high": _rounded(share.high)}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
