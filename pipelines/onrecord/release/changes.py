"""CHANGES.md: what is new in a release, against the release before it."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.audit.drift import Drift
from onrecord.release.diff import ReleaseDiff, diff_releases
from onrecord.release.markdown import to_cell
from onrecord.storage.database import opened
from onrecord.storage.parts import files_of, scan
from onrecord.storage.releases import version_of

CHANGES = "CHANGES.md"
NAMED = 20  # new articles that are listed


def to_changes(before: Path | None, release: Path, drifts: Sequence[Drift] = ()) -> str:
    """The page for `release`, whose tables and descriptor are there; `before` is the one before, if there was one.

    `drifts` are outlets whose articles differ from those before.
    """
    version = version_of(release)
    if before is None:
        return f"# Changes in {version}\n\nThere is no release before it to compare with.\n"
    return (
        f"# Changes in {version}\n\n"
        + "\n\n".join([*_parts(diff_releases(before, release), before, release), *_drifted(drifts)])
        + "\n"
    )


def _parts(diff: ReleaseDiff, before: Path, release: Path) -> Iterator[str]:
    schema = diff.new_schema if diff.old_schema == diff.new_schema else f"{diff.new_schema}, was {diff.old_schema}"
    yield f"Against {diff.old}. Schema {schema}. `onrecord diff` compares any two releases."
    rows = [
        f"| {t.table} | {t.after:,} | {t.added:,} | {t.removed:,} | {t.changed:,} | "
        + ", ".join(f"{column} {count:,}" for column, count in t.columns.items())
        + " |"
        for t in diff.tables
    ]
    yield "\n".join(
        [
            "| table | rows | added | removed | changed | changed columns, in how many rows |",
            "| --- | ---: | ---: | ---: | ---: | --- |",
            *rows,
        ]
    )
    if diff.redirected:
        moved = ", ".join(f"{count:,} {reason}" for reason, count in diff.redirected.items())
        yield f"Actor ids of {diff.old} that are no longer used: {moved}. actor_redirects says which."
    if diff.schema:
        yield "## Schema\n\n" + "\n".join(f"- {change}" for change in diff.schema)
    if diff.scores:
        scores = (
            f"- {s.of}, {s.measure}: "
            + " -> ".join("not measured" if v is None else f"{v:.1f}" for v in (s.before, s.after))
            for s in diff.scores
        )
        yield "## Measured quality\n\n" + "\n".join(scores)
    if articles := _new_articles(before, release):
        added = next(t.added for t in diff.tables if t.table == "articles")
        more = f"\n- and {added - len(articles):,} more" if added > len(articles) else ""
        yield "## New articles\n\n" + "\n".join(f"- {line}" for line in articles) + more


def _drifted(drifts: Sequence[Drift]) -> Iterator[str]:
    """Outlets come from articles, so their marks do nothing."""
    if drifts:
        lines = (f"- {to_cell(str(drift), 400)}" for drift in drifts)
        yield "## Outlets whose articles have changed\n\n" + "\n".join(lines)


def _new_articles(before: Path, release: Path) -> list[str]:
    with opened() as connection:
        rows = connection.execute(
            f"SELECT published, outlet, title, article_id FROM {scan(files_of(release, 'articles'))} "
            f"ANTI JOIN {scan(files_of(before, 'articles'))} old USING (article_id) "
            f"ORDER BY published DESC NULLS LAST, article_id LIMIT {NAMED}"
        ).fetchall()
    return [
        ", ".join(to_cell(value) for value in (title or article, outlet, published) if value is not None)
        for published, outlet, title, article in rows
    ]
