"""Batches of as many articles as are wanted, made of the extracted batches of a few real ones.

Each copy of an article has ids of its own and another day. Its letters are exchanged for others, vowels for vowels, so
that names and words differ from copy to copy while every offset holds. There are fewer alphabets than copies, since a
corpus that is ten times as large does not have ten times as many people (Heaps: about n to the 0.7). Actors of the
knowledge base keep their ids; signatures change so that copies within one copy stay copies, and none are across.
"""

import random
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batches.batch import INPUTS
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.listing import LISTING
from onrecord.storage import store
from onrecord.storage.layout import Layout

GROWTH = 0.7  # alphabets grow as copies to this power
UNDATED = 5  # per cent of articles that keep no day, as in feeds
_DAYS = 1461
_VOWELS, _OTHERS = "aeiou", "bcdfghjklmnpqrstvwxyz"
_ARTICLE = "left(md5(left({c}, 16) || $k), 16) || substr({c}, 17)"  # ids begin with that of the article
_OF_ARTICLE = ("article_id", "mention_id", "quote_id", "within_quote_id", "group_id", "date_id", "proposal_id")
_ACTORS = ("actor_id", "parent_actor_id", "organization_actor_id", "speaker_actor_id", "addressee_actor_id")
_WORDS = ("text", "title", "dateline", "speaker_text", "cue", "published_evidence", "topic", "label")
_DAY = ("published", "published_earliest", "published_latest")


def generate(
    source: Layout, fingerprint: str, layout: Layout, articles: int, *, first: int | None = 0, day: str = ""
) -> int:
    """Write batches of at least that many articles, one batch a copy of all articles of `source`, and the listing.

    Args:
        fingerprint: the name of the folders in `source` that hold the extracted tables.
        first: the number of the first copy; where there are batches already, the new ones join them. None: the number
            after theirs, so that most people of the new ones are known there.
        day: the day of publication of all of them, instead of days of four years.

    Returns how many articles there are now.
    """
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET memory_limit = '1GB'; SET preserve_insertion_order = true")
        for name in (*batch_schemas(), "inputs"):
            files = sorted(source.batches.glob(f"*/{fingerprint}/{name}.parquet"))
            connection.read_parquet([str(path) for path in files]).create(f"base_{name}")
        connection.execute(
            "CREATE TABLE named AS SELECT DISTINCT actor_id FROM base_actors "
            "WHERE starts_with(actor_id, 'x:') AND link_method = 'name'"
        )
        connection.execute(
            "CREATE TABLE unnamed AS SELECT DISTINCT actor_id FROM base_actors "
            "WHERE starts_with(actor_id, 'x:') AND link_method = 'unnamed'"
        )
        (held,) = connection.execute("SELECT count(*) FROM base_articles").fetchone() or (0,)
        copies = -(-articles // held)
        if first is None:
            first = 1 + max((int(path.name, 16) for path in layout.batches.iterdir()), default=-1)
        for k in range(first, first + copies):
            if k * held - first * held < articles:
                _write_copy(connection, layout, k, min(held, articles - (k - first) * held), day)
    return _list(layout)


def _write_copy(connection: duckdb.DuckDBPyConnection, layout: Layout, k: int, count: int, day: str) -> None:
    folder = extracted_folder(layout, f"{k:012x}")
    folder.mkdir(parents=True)
    p = int(k**GROWTH)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE chosen AS SELECT input_id FROM base_inputs ORDER BY input_id LIMIT ?", [count]
    )
    letters, others = _alphabet(p)
    given = {"k": str(k), "p": str(p), "letters": letters, "others": others, "day": day or None}
    for name, schema in batch_schemas().items():
        if name == "signatures":
            continue
        there = set(connection.table(f"base_{name}").columns)
        values = ", ".join(f'{_value(name, f, there)} AS "{f.name}"' for f in schema)
        query = f"SELECT {values} FROM base_{name} t SEMI JOIN chosen USING (input_id)"
        used = {key: value for key, value in given.items() if f"${key}" in query}
        rows = connection.sql(query, params=used).to_arrow_table().cast(schema)
        _write(folder / f"{name}.parquet", rows)
    rows = connection.sql(
        f"SELECT md5(input_id || $k) AS input_id, {_ARTICLE.format(c='article_id')} AS article_id, "
        "address || '/' || $k AS address, as_of, shingles, signature, lead "
        "FROM base_signatures SEMI JOIN chosen USING (input_id)",
        params={"k": str(k)},
    ).to_arrow_table()
    schema = batch_schemas()["signatures"]
    for column in ("signature", "lead"):
        rows = rows.set_column(rows.column_names.index(column), column, _changed(rows[column], k))
    _write(folder / "signatures.parquet", rows.cast(schema))
    inputs = connection.sql("SELECT md5(input_id || ?) AS input_id FROM chosen", params=[str(k)]).to_arrow_table()
    _write(folder / "inputs.parquet", inputs.cast(INPUTS))


def _write(path: Path, rows: pa.Table) -> None:
    """As fast as may be: nothing here has to outlive a power cut, and a build reads it as it reads any other file."""
    pq.write_table(rows, path, compression="zstd", compression_level=1)


def _value(table: str, field: pa.Field, there: set[str]) -> str:
    """What a column holds in a copy, in SQL."""
    name = field.name
    c = f't."{name}"'
    if name not in there:
        return "NULL" if not pa.types.is_boolean(field.type) else "false"
    if name == "input_id":
        return f"md5({c} || $k)"
    if name in _OF_ARTICLE:
        return _ARTICLE.format(c=c)
    if name == "source_file":
        return f"'copy' || $k || '/' || {c}"
    if name in _ACTORS:
        return (
            f"CASE WHEN {c} IN (FROM named) THEN 'x:' || left(md5({c} || $p), 16) "
            f"WHEN {c} IN (FROM unnamed) THEN 'x:' || left(md5({c} || $k || 'u'), 16) ELSE {c} END"
        )
    if name in _WORDS:
        return f"translate({c}, $letters, $others)"
    if table == "actors" and name == "name":
        return f"CASE WHEN starts_with(actor_id, 'x:') THEN translate({c}, $letters, $others) ELSE {c} END"
    if table == "articles":
        dated = f"hash(t.article_id || $k) % 100 >= {UNDATED}"
        on = f"coalesce($day::DATE, DATE '2021-01-01' + (hash($k || t.article_id) % {_DAYS})::INTEGER)"
        changed = {
            **dict.fromkeys(_DAY, on),
            "published_edtf": f"({on})::VARCHAR",
            "published_basis": "'given'",
            "published_rule": "'given'",
            "published_confidence": "1.0",
        }
        if name in changed:
            return f"CASE WHEN {dated} THEN {changed[name]} ELSE {c} END"
    return c


def _alphabet(p: int) -> tuple[str, str]:
    """Letters, and those that stand for them; the first alphabet changes nothing."""
    shuffled = []
    for kind in (_VOWELS, _OTHERS):
        letters = list(kind)
        if p:
            random.Random(f"{p}{kind}").shuffle(letters)
        shuffled.append("".join(letters))
    before, after = _VOWELS + _OTHERS, "".join(shuffled)
    return before + before.upper(), after + after.upper()


def _changed(values: pa.ChunkedArray, k: int) -> pa.Array:
    """Signatures of which those that were equal in a place still are, and no others."""
    out = []
    for value in values.to_pylist():
        if value is None:
            out.append(None)
        else:
            hashes = np.frombuffer(value, dtype="<u4").astype(np.uint64)
            out.append(((hashes * 2654435761 + k * 40503) % 2**32).astype("<u4").tobytes())
    return pa.array(out, pa.binary())


def _list(layout: Layout) -> int:
    """Write a listing of all inputs that the batches hold, and that nothing was refused."""
    schema = pa.schema(list(batch_schemas()["rejections"])[1:])
    store.write_table(layout.ingest / "rejections.parquet", schema.empty_table().to_batches(), schema)
    with duckdb.connect() as connection:
        files = str(layout.batches / "*" / "*" / "articles.parquet")
        rows = connection.sql(
            "SELECT input_id, source_file, source_sha256, 1::BIGINT AS version, true AS is_current, true AS is_present "
            f"FROM read_parquet('{files}') ORDER BY ALL"
        )
        return store.write_table(layout.listing, _cast(rows.to_arrow_reader(16_384)), LISTING)


def _cast(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield pa.RecordBatch.from_arrays(
            [column.cast(f.type) for column, f in zip(batch.columns, LISTING, strict=True)], schema=LISTING
        )


def main(arguments: Mapping[str, str]) -> None:
    source = Layout(Path(arguments["source"]))
    (fingerprint,) = {p.name for p in source.batches.glob("*/*/") if (p / "articles.parquet").is_file()}
    layout = Layout(Path(arguments["datasets"]))
    count = generate(
        source,
        fingerprint,
        layout,
        int(arguments["articles"]),
        first=int(arguments.get("first", 0)),
        day=arguments.get("day", ""),
    )
    print(f"{count:,} articles in {layout.datasets}")


if __name__ == "__main__":
    import sys

    main(dict(argument.split("=", 1) for argument in sys.argv[1:]))
