"""What changed between two schemas, and the version that the change calls for.

Versions are MAJOR.MINOR. Major: a query or a program that worked may fail or mean something else, as a table or column
is gone, has another type, unit or key, may be null where it was not, or has a value less. Minor: there is more than
before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MAJOR, _MINOR = "major", "minor"


@dataclass(frozen=True, slots=True, order=True)
class SchemaChange:
    level: str  # major | minor
    what: str  # in words

    def __str__(self) -> str:
        return f"{self.what} ({self.level})"


def find_schema_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[SchemaChange, ...]:
    """The changes from one datapackage.json to another, major ones first."""
    before = {r["name"]: r["schema"] for r in old["resources"]}
    after = {r["name"]: r["schema"] for r in new["resources"]}
    found = [SchemaChange(_MAJOR, f"table {name} is gone") for name in before.keys() - after.keys()]
    found += [SchemaChange(_MINOR, f"table {name} is new") for name in after.keys() - before.keys()]
    for name in before.keys() & after.keys():
        found += _table_changes(name, before[name], after[name])
    return tuple(sorted(found))


def _table_changes(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    if old["primaryKey"] != new["primaryKey"]:
        yield SchemaChange(_MAJOR, f"{table} has another primary key")
    before, after = ({f["name"]: f for f in schema["fields"]} for schema in (old, new))
    yield from (SchemaChange(_MAJOR, f"column {table}.{name} is gone") for name in before.keys() - after.keys())
    yield from (SchemaChange(_MINOR, f"column {table}.{name} is new") for name in after.keys() - before.keys())
    for name in before.keys() & after.keys():
        yield from _column_changes(f"{table}.{name}", before[name], after[name])


def _column_changes(column: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    for what in ("type", "arrayItem", "unit"):
        if old.get(what) != new.get(what):
            yield SchemaChange(_MAJOR, f"column {column} has another {what}")
    before, after = old.get("constraints", {}), new.get("constraints", {})
    if before.get("required") and not after.get("required"):
        yield SchemaChange(_MAJOR, f"column {column} may be null now")
    if "enum" in before:
        if gone := sorted(set(before["enum"]) - set(after.get("enum", ()))):
            yield SchemaChange(_MAJOR, f"column {column} has no value {', '.join(gone)} any more")
        if more := sorted(set(after.get("enum", ())) - set(before["enum"])):
            yield SchemaChange(_MINOR, f"column {column} has the new value {', '.join(more)}")


def needed_version(old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """The lowest schema version that the tables of `new` may bear after those of `old`."""
    major, minor = (int(number) for number in str(old.get("schemaVersion", "1.0")).split("."))
    levels = {change.level for change in find_schema_changes(old, new)}
    if _MAJOR in levels:
        return f"{major + 1}.0"
    return f"{major}.{minor + 1}" if _MINOR in levels else f"{major}.{minor}"
