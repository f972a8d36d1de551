"""All tables as schemas/ declares them: one file a table, shared columns in fields.yml, the rest in package.yml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from onrecord.errors import UserError
from onrecord.schema.tables import ARROW, ROW_GROUP, Column, ForeignKey, Table

_PACKAGE, _ROOT = (Path(__file__).resolve().parents[level] for level in (1, 3))
# The folder of the checkout that this code runs in; None where it was installed, with the declarations inside it.
CHECKOUT = None if (_PACKAGE / "schemas").is_dir() else _ROOT
SCHEMAS = (CHECKOUT or _PACKAGE) / "schemas"
EXPECTATIONS = (CHECKOUT or _PACKAGE) / "expectations"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # that in C, where it is built, is ten times as fast
_CONSTRAINTS = {"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength"}


class SchemaError(UserError):
    """A file in schemas/ that cannot be used; the message names it."""

    code = "OR010"


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How much of the tables a release holds."""

    name: str
    description: str
    leave_out: Mapping[str, tuple[str, ...]]  # table -> columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """All tables, in load order, with what they share."""

    name: str
    title: str
    description: str
    keywords: tuple[str, ...]
    schema_version: str
    licenses: tuple[Mapping[str, str], ...]
    tables: Mapping[str, Table]
    profiles: Mapping[str, Profile]

    def under(self, profile: Profile) -> "Package":
        """The package as far as `profile` fills it."""
        tables = {name: table.without(profile.leave_out.get(name, ())) for name, table in self.tables.items()}
        return replace(self, tables=tables)


@cache
def load_package(folder: Path = SCHEMAS) -> Package:
    """The package declared in `folder`. SchemaError, naming the file, for a declaration that cannot be used."""
    package = _read_yaml(folder / "package.yml")
    shared = {f["name"]: f for f in _read_yaml(folder / "fields.yml")}
    tables = {}
    for name in package["tables"]:
        path = folder / f"{name}.yml"
        try:
            tables[name] = _table(_read_yaml(path), shared)
        except (KeyError, TypeError, ValueError) as error:
            raise SchemaError(f"{path.name}: {error}") from error
    for table in tables.values():
        for key in table.foreign_keys:
            if key.table not in tables:
                raise SchemaError(f"{table.name}.yml: foreign key to unknown table {key.table!r}")
    return Package(
        name=package["name"],
        title=package["title"],
        description=package["description"],
        keywords=tuple(package["keywords"]),
        schema_version=package["schema_version"],
        licenses=tuple(package["licenses"]),
        tables=tables,
        profiles={p["name"]: _profile(p, tables) for p in package["profiles"]},
    )


def _profile(raw: Mapping[str, Any], tables: Mapping[str, Table]) -> Profile:
    left = {table: tuple(columns) for table, columns in raw.get("leaveOut", {}).items()}
    for table, columns in left.items():
        known = {c.name for c in tables[table].columns} if table in tables else set()
        if unknown := set(columns) - known:
            raise SchemaError(f"package.yml: profile {raw['name']} leaves out unknown {table}.{min(unknown)}")
    return Profile(name=raw["name"], description=raw["description"], leave_out=left)


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, yaml.YAMLError) as error:
        raise SchemaError(f"{path}: {error}") from error


def _table(raw: Mapping[str, Any], shared: Mapping[str, Mapping[str, Any]]) -> Table:
    columns = tuple(_column(shared[f] if isinstance(f, str) else f) for f in raw["fields"])
    return Table(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        primary_key=tuple(raw["primaryKey"]),
        columns=columns,
        group_rows=raw.get("rowGroup", ROW_GROUP),
        article_column=raw.get("articleOf"),
        foreign_keys=tuple(
            ForeignKey(
                columns=tuple(k["fields"]),
                table=k["reference"]["resource"],
                references=tuple(k["reference"]["fields"]),
            )
            for k in raw.get("foreignKeys", ())
        ),
    )


def _column(raw: Mapping[str, Any]) -> Column:
    constraints = raw.get("constraints", {})
    if unknown := set(constraints) - _CONSTRAINTS:
        raise ValueError(f"column {raw['name']}: unknown constraints {sorted(unknown)}")
    if unknown := set(raw) - {"name", "type", "description", "arrayItem", "unit", "constraints"}:
        raise ValueError(f"column {raw['name']}: unknown properties {sorted(unknown)}")
    if raw["type"] != "array" and raw["type"] not in ARROW:
        raise ValueError(f"column {raw['name']}: unknown type {raw['type']!r}")
    if pattern := constraints.get("pattern"):
        re.compile(pattern)
    return Column(
        name=raw["name"],
        type=raw["type"],
        description=raw["description"],
        items=raw["arrayItem"]["type"] if raw["type"] == "array" else None,
        unit=raw.get("unit"),
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        enum=tuple(constraints.get("enum", ())),
        pattern=pattern,
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        min_length=constraints.get("minLength"),
    )
