"""Two releases compared: rows added, removed and changed by their keys, ids that moved, schema and measured quality.

DuckDB joins the tables by their keys, on hashes of the other columns, so that the size of the articles does not matter.
Months of a large release that are the same in both are not read: memory and time are those of what changed.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from onrecord.schema.compatibility import find_schema_changes
from onrecord.storage.database import opened
from onrecord.storage.parts import MONTH, YEAR, files_of, is_cut, is_same, scan
from onrecord.storage.releases import ReleaseError, profile_of, read_descriptor, schema_version_of

SAMPLE = 5  # keys of each kind that are named


class ComparisonError(ReleaseError):
    """Two releases of which one has a table that cannot be read."""

    code = "OR094"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableDiff:
    table: str
    before: int  # rows
    after: int
    added: int
    removed: int
    changed: int
    columns: Mapping[str, int]  # column -> rows in which it changed, the most first
    added_keys: tuple[str, ...] = ()  # the first of them, at most SAMPLE
    removed_keys: tuple[str, ...] = ()
    changed_keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreDiff:
    id: str
    of: str
    measure: str
    before: float | None  # None: was not measured
    after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDiff:
    old: str  # versions
    new: str
    old_schema: str
    new_schema: str
    old_profile: str
    new_profile: str
    schema: tuple[str, ...]  # changes, in words
    tables: tuple[TableDiff, ...]
    redirected: Mapping[str, int]  # why -> actor ids of the old release that are others in the new one
    scores: tuple[ScoreDiff, ...]  # those that differ

    @property
    def is_empty(self) -> bool:
        rows = any(t.added or t.removed or t.changed for t in self.tables)
        return not (rows or self.schema or self.scores)

    def to_json(self) -> Mapping[str, Any]:
        return asdict(self)


def diff_releases(old: Path, new: Path) -> ReleaseDiff:
    """What is different in the folder `new`. An actor's id counts as the one that actor_redirects of `new` leads to,
    so a row does not change because an id did. ComparisonError if a table of either cannot be read."""
    before, after = read_descriptor(old), read_descriptor(new)
    resources = {r["name"]: r["schema"] for r in after["resources"]}
    gone = {r["name"]: r["schema"] for r in before["resources"] if r["name"] not in resources}
    try:
        with opened() as connection:
            redirected = _open_redirects(connection, old, new)
            tables = tuple(
                _diff_table(connection, name, schema, old, new) for name, schema in {**resources, **gone}.items()
            )
    except duckdb.Error as error:
        raise ComparisonError(f"{old} and {new} cannot be compared: {error}") from error
    return ReleaseDiff(
        old=str(before.get("version", old.name)),
        new=str(after.get("version", new.name)),
        old_schema=schema_version_of(old),
        new_schema=schema_version_of(new),
        old_profile=profile_of(old).name,
        new_profile=profile_of(new).name,
        schema=tuple(str(change) for change in find_schema_changes(before, after)),
        tables=tables,
        redirected=redirected,
        scores=_score_diffs(before.get("quality", ()), after.get("quality", ())),
    )


def _open_redirects(connection: duckdb.DuckDBPyConnection, old: Path, new: Path) -> dict[str, int]:
    """Make the table `redirects` (old_id, actor_id) of the ids that moved; returns how many, by reason."""
    files = files_of(new, "actor_redirects")
    source = scan(files) if files else "(SELECT '' AS old_id, '' AS actor_id, '' AS reason WHERE false)"
    connection.execute(f"CREATE TABLE redirects AS SELECT old_id, actor_id FROM {source} WHERE actor_id IS NOT NULL")
    counts = connection.execute(
        f"SELECT reason, count(*) FROM {source} SEMI JOIN {scan(files_of(old, 'actors'))} a ON old_id = a.actor_id "
        "GROUP BY reason ORDER BY reason"
    ).fetchall()
    return dict(counts)


def _diff_table(
    connection: duckdb.DuckDBPyConnection, name: str, schema: Mapping[str, Any], old: Path, new: Path
) -> TableDiff:
    keys: list[str] = schema["primaryKey"]
    # What refers to actors is compared by where the ids lead; a table names itself by an empty word.
    refers = ("actors", "") if name == "actors" else ("actors",)
    moved = {k["fields"][0] for k in schema.get("foreignKeys", ()) if k["reference"]["resource"] in refers}
    lists = {field["name"] for field in schema["fields"] if field["type"] == "array"}
    files, same = _differing(old, new, name)
    columns = _columns(connection, files[0]), _columns(connection, files[1])
    compared = sorted((columns[0] & columns[1]) - {*keys})
    whole = columns[0] if columns[0] == columns[1] else frozenset()
    narrowed = bool(whole)
    if narrowed:
        _find_differing(connection, files, keys, sorted(whole), moved=moved)
    _open_side(connection, "old", files[0], keys, compared, narrowed=narrowed, moved=moved, lists=lists)
    _open_side(connection, "new", files[1], keys, compared, narrowed=narrowed)
    differs = [f'o."{c}" IS DISTINCT FROM n."{c}"' for c in compared]
    both, label = "o.there AND n.there", "concat_ws(' ', " + ", ".join(f'"{k}"' for k in keys) + ")"
    conditions = ["o.there IS NULL", "n.there IS NULL", f"{both} AND ({' OR '.join(differs) or 'false'})"]
    selected = [
        "count(o.there)",
        "count(n.there)",
        *(f"count(*) FILTER ({condition})" for condition in conditions),
        *(f"min({label}, {SAMPLE}) FILTER ({condition})" for condition in conditions),
        *(f"count(*) FILTER ({both} AND {condition})" for condition in differs),
    ]
    using = ", ".join(f'"{k}"' for k in keys)
    ((b, a, added, removed, changed, *rest),) = connection.execute(
        f"SELECT {', '.join(selected)} FROM old_rows o FULL JOIN new_rows n USING ({using})"
    ).fetchall()
    if narrowed:
        same += sum(pq.read_metadata(path).num_rows for path in files[1]) - a
    samples, counts = rest[:3], dict(zip(compared, rest[3:], strict=True))
    return TableDiff(
        table=name,
        before=b + same,
        after=a + same,
        added=added,
        removed=removed,
        changed=changed,
        columns={c: n for c, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n},
        added_keys=tuple(samples[0] or ()),
        removed_keys=tuple(samples[1] or ()),
        changed_keys=tuple(samples[2] or ()),
    )


def _differing(old: Path, new: Path, name: str) -> tuple[tuple[Sequence[Path], Sequence[Path]], int]:
    """The files of a table in either release, and how many rows those months have that are left out as the same.

    No id in them can have moved: what an id became is in the new release, and the old id is not."""
    before, after = files_of(old, name), files_of(new, name)
    if not is_cut(before) or not is_cut(after):
        return (before, after), 0
    same = {path for path in after if is_same(path, old / path.relative_to(new))}
    if len(same) == min(len(before), len(after)):
        same.discard(min(same))  # a side without any changed month still has to tell its columns
    of_old = {old / path.relative_to(new) for path in same}
    left = [p for p in before if p not in of_old], [p for p in after if p not in same]
    return left, sum(pq.read_metadata(path).num_rows for path in same)


def _find_differing(
    connection: duckdb.DuckDBPyConnection,
    files: tuple[Sequence[Path], Sequence[Path]],
    keys: Sequence[str],
    columns: Sequence[str],
    *,
    moved: Set[str],
) -> None:
    """Make the table `differing` of the keys whose rows do not have the same values in both: most have, and to lead the
    ids in lists is dear. What an id led to may have taken its row."""
    names = ", ".join(f't."{key}"' for key in keys)
    using = ", ".join(f'"{key}"' for key in keys)
    row = "hash(" + ", ".join(f't."{c}"' for c in columns) + ")"
    old, new = (f"(SELECT {names}, {row} AS row_hash, true AS there FROM {scan(side)} t)" for side in files)
    led_to = "".join(
        f' UNION SELECT {names} FROM {scan(files[1])} t SEMI JOIN redirects r ON r.actor_id = t."{key}"'
        for key in keys
        if key in moved
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE differing AS SELECT {using} FROM {old} o FULL JOIN {new} n "
        f"USING ({using}, row_hash) WHERE o.there IS NULL OR n.there IS NULL GROUP BY ALL{led_to}"
    )


def _columns(connection: duckdb.DuckDBPyConnection, files: Sequence[Path]) -> set[str]:
    """A table's columns; none if the release does not have the table."""
    return {*connection.sql(f"FROM {scan(files)}").columns} - {YEAR, MONTH} if files else set()


def _open_side(
    connection: duckdb.DuckDBPyConnection,
    side: str,
    files: Sequence[Path],
    keys: Sequence[str],
    columns: Sequence[str],
    *,
    narrowed: bool,
    moved: Set[str] = frozenset(),
    lists: Set[str] = frozenset(),
) -> None:
    """Make the view <side>_rows of the table, or, narrowed, of what is `differing`: the keys, a hash of each other
    column, and `there`; ids in the columns `moved` and `lists` are led on. No foreign key says which lists hold ids,
    but nothing else in a list looks like one; those that do are sorted.

    Where two ids became one, two rows may have one key now; they count once."""

    def led(column: str) -> str:
        as_it_is = f't."{column}"'
        if column in moved:
            return f"coalesce((SELECT any_value(r.actor_id) FROM redirects r WHERE r.old_id = {as_it_is}), {as_it_is})"
        if column in lists:
            led_items = (
                "SELECT list_sort(list(DISTINCT coalesce(r.actor_id, item))) "
                f"FROM (SELECT unnest({as_it_is}) AS item) LEFT JOIN redirects r ON r.old_id = item "
                "HAVING count(r.actor_id) > 0"
            )
            return f"coalesce(({led_items}), {as_it_is})"
        return as_it_is

    if not files:  # the table is new, or gone
        nothing = ", ".join(f'NULL::VARCHAR AS "{c}"' for c in keys)
        connection.execute(f"CREATE OR REPLACE VIEW {side}_rows AS SELECT {nothing}, true AS there WHERE false")
        return
    selected = [f'{led(c)} AS "{c}"' for c in keys] + [f'hash({led(c)}) AS "{c}"' for c in columns] + ["true AS there"]
    using = ", ".join(f'"{k}"' for k in keys)
    narrowing = f"SEMI JOIN differing USING ({using})" if narrowed else ""
    rows = f"SELECT {', '.join(selected)} FROM (FROM {scan(files)} {narrowing}) t"
    if moved & {*keys}:
        on = ", ".join(f'"{k}"' for k in keys)
        rows = f"SELECT DISTINCT ON ({on}) * FROM ({rows}) ORDER BY ALL"
    connection.execute(f"CREATE OR REPLACE VIEW {side}_rows AS {rows}")


def _score_diffs(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> tuple[ScoreDiff, ...]:
    before, after = ({m["id"]: m for m in measures} for measures in (old, new))
    found = []
    for name in dict.fromkeys([*after, *before]):
        known = after.get(name) or before[name]
        values = [side[name]["value"] if name in side else None for side in (before, after)]
        if values[0] != values[1]:
            found.append(
                ScoreDiff(id=name, of=known["of"], measure=known["measure"], before=values[0], after=values[1])
            )
    return tuple(found)
