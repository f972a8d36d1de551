"""What a build has replaced: tables that other code made, and batches that were received again in another form."""

from pathlib import Path

from onrecord.batches.batch import finished
from onrecord.batches.fingerprints import extracted_folder
from onrecord.storage import store
from onrecord.storage.database import opened
from onrecord.storage.layout import RECEIVED, Layout, batch_names, received_files


def remove_stale(layout: Layout) -> int:
    """Delete tables of other fingerprints, and batches that were received anew; returns how many folders.

    For the end of a build that replaced them. What was received goes only if its file's or record's same bytes are
    listed under another id, as when the readers' code has changed, or if other batches hold the same, as after damage:
    former versions of files are kept nowhere else.
    """
    stale = []
    for batch in batch_names(layout):
        parts = {p.name: p for p in (layout.batches / batch).iterdir() if p.is_dir() and not p.name.startswith(".")}
        if used := parts.keys() & {RECEIVED, extracted_folder(layout, batch).name}:
            stale += [parts[name] for name in parts.keys() - used]
        else:  # of an earlier layout, or its inputs were damaged
            stale.append(layout.batches / batch)
    for folder in stale:
        store.remove_folder(folder)
    removed = len(stale)
    for find in (_received_anew, _held_by_others):
        for batch in (found := find(layout)):
            store.remove_folder(layout.batches / batch)
        removed += len(found)
    return removed


def _received_anew(layout: Layout) -> list[str]:
    paths = {layout.received(b): b for b in batch_names(layout) if layout.received(b).exists()}
    if not paths or not layout.listing.exists():
        return []
    with opened() as connection:
        connection.read_parquet([store.literal(p) for p in paths], filename=True).create_view("received")
        connection.read_parquet(store.literal(layout.listing)).create_view("listing")
        replaced = connection.sql("""
            SELECT r.filename FROM received r
            LEFT JOIN (SELECT source_file, source_sha256, list(input_id) AS ids FROM listing GROUP BY ALL)
                USING (source_file, source_sha256)
            GROUP BY r.filename HAVING bool_and(coalesce(NOT list_contains(ids, r.input_id), false))
        """).fetchall()
    return sorted(Path(filename).parts[-3] for (filename,) in replaced)


def _held_by_others(layout: Layout) -> list[str]:
    """Batches whose every input, and its tables, others hold too: what was damaged came back in other company."""
    received = received_files(layout)
    extracted = [extracted_folder(layout, batch) / "inputs.parquet" for batch in finished(layout)]
    if not received or not extracted:
        return []
    with opened() as connection:
        for name, paths in (("received", received), ("extracted", extracted)):
            connection.read_parquet([store.literal(p) for p in paths], filename=True).create_view(name)
        spare = connection.sql("""
            WITH held AS (
                SELECT 'received ' || input_id AS part, parse_path(filename)[-3] AS batch FROM received
                UNION ALL
                SELECT 'extracted ' || input_id, parse_path(filename)[-3] FROM extracted
            ),
            counted AS (SELECT *, count(*) OVER (PARTITION BY part) AS copies FROM held)
            SELECT batch, list(part), list(copies) FROM counted GROUP BY batch HAVING min(copies) > 1
            ORDER BY count(*), batch
        """).fetchall()
    left = {part: count for _, parts, counts in spare for part, count in zip(parts, counts, strict=True)}
    found = []
    for batch, parts, _ in spare:  # small ones first; of two that hold the same one stays
        if all(left[part] > 1 for part in parts):
            found.append(str(batch))
            left.update({part: left[part] - 1 for part in parts})
    return found
