"""What a judge sees of a row or of an article: its words, what stands around them, and what was made of them.

Its confidence is not shown, since it would lead whoever judges. All of it comes from strangers' articles: what a
terminal would obey is replaced before it is shown.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from onrecord.audit.sampling import ROWS

if TYPE_CHECKING:
    import duckdb

_AROUND = 240  # characters shown before and after a row's words
_FAR_BEFORE, _FAR_AFTER = 1200, 400  # in a sheet, where nobody can look further up


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A row to be judged. `before` and `after` are empty in a release without the articles' bodies."""

    table: str
    row_id: str
    article_id: str
    kind: str
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    before: str
    words: str
    after: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeArticle:
    """An article to be read for what was missed, and all that was found in it, in reading order."""

    article_id: str
    outlet: str | None
    published: date | None
    title: str | None
    url: str | None
    text: str | None  # None in a release without bodies
    found: tuple[Item, ...]


def read_items(
    connection: "duckdb.DuckDBPyConnection", table: str, row_ids: Sequence[str], *, widely: bool = False
) -> tuple[Item, ...]:
    """The rows of these ids that the release has, in the order of the ids; `widely` with more of the text around."""
    by_id = {item.row_id: item for item in _items(connection, table, ROWS[table].key, row_ids, widely=widely)}
    return tuple(by_id[row_id] for row_id in row_ids if row_id in by_id)


def read_article(connection: "duckdb.DuckDBPyConnection", article_id: str, tables: Sequence[str]) -> WholeArticle:
    """An article of the release with its rows of `tables`."""
    has_text = "text" in connection.sql("FROM articles").columns
    query = (
        f"SELECT outlet, published, title, url, {'text' if has_text else 'NULL'} FROM articles WHERE article_id = $id"
    )
    ((outlet, published, title, url, text),) = connection.execute(query, {"id": article_id}).fetchall()
    found = [item for table in tables for item in _items(connection, table, "article_id", [article_id])]
    return WholeArticle(
        article_id=article_id, outlet=outlet, published=published, title=title, url=url, text=text, found=tuple(found)
    )


def _items(
    connection: "duckdb.DuckDBPyConnection", table: str, column: str, ids: Sequence[str], *, widely: bool = False
) -> list[Item]:
    rows = ROWS[table]
    text = "text" if "text" in connection.sql("FROM articles").columns else "NULL::VARCHAR AS text"
    before, after = (_FAR_BEFORE, _FAR_AFTER) if widely else (_AROUND, _AROUND)
    query = f"""
        WITH chosen AS (SELECT * FROM {table} WHERE list_contains($ids, {column})),
        a AS (SELECT article_id, outlet, published, title, url, {text} FROM articles),
        introduced AS (
            SELECT article_id, actor_id, unnest(min_by({{start: start, "end": "end"}}, (form <> 'name', start)))
            FROM mentions SEMI JOIN chosen USING (article_id) GROUP BY article_id, actor_id
        )
        SELECT t.{rows.key}, t.article_id, t.{rows.kind}, a.outlet, a.published, a.title, a.url,
               coalesce(a.text[greatest(t.start - {before - 1}, 1) : t.start], ''), t.text,
               coalesce(a.text[t."end" + 1 : t."end" + {after}], ''),
               {", ".join(f"({fact})::VARCHAR" for fact in rows.facts.values())}
        FROM chosen t JOIN a USING (article_id) ORDER BY t.article_id, t.start, t."end", t.{rows.key}
    """
    return [_item(table, row) for row in connection.execute(query, {"ids": list(ids)}).fetchall()]


def _item(table: str, row: Sequence[Any]) -> Item:
    row_id, article_id, kind, outlet, published, title, url, before, words, after, *facts = row
    named = zip(ROWS[table].facts, facts, strict=True)
    return Item(
        table=table,
        row_id=row_id,
        article_id=article_id,
        kind=kind,
        outlet=outlet,
        published=published,
        title=title,
        url=url,
        before=before,
        words=words,
        after=after,
        facts=tuple((name, value) for name, value in named if value is not None),
    )


def to_screen(item: Item) -> str:
    """The row as text for a terminal: the words between marks that no article holds, what was made of them below."""
    lines = [
        f"{item.table[:-1]} {item.row_id}  ({item.kind})",
        _source(item),
        f"  …{item.before}⟦{item.words}⟧{item.after}…" if item.before or item.after else f"  ⟦{item.words}⟧",
        *(f"  {name}: {value}" for name, value in item.facts),
    ]
    return plain("\n".join(lines))


def article_to_screen(article: WholeArticle) -> str:
    """The article with what was found in it, one finding a line below."""
    lines = [f"article {article.article_id}", _source(article), "", article.text or "(no body in this release)", ""]
    for item in article.found:
        facts = "; ".join(f"{name}: {value}" for name, value in item.facts)
        lines.append(f"  {item.table[:-1]} ({item.kind}) ⟦{item.words}⟧ {facts}")
    return plain("\n".join(lines))


def _source(of: Item | WholeArticle) -> str:
    told = (of.outlet, of.published and of.published.isoformat(), of.title, of.url)
    return "  " + " | ".join(" ".join(str(each).split()) for each in told if each)


def plain(text: str) -> str:
    """The text without characters that a terminal obeys or that hide and turn others; lines stay."""
    return "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\ufffd" for c in text
    ).replace("\t", " ")
