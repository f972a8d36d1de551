"""The tables' schemas, and everything that is derived from them.

`schemas/<table>.yml` (Frictionless Table Schema, with shared columns in fields.yml) is the only place where a column
is declared. This module reads it and derives the Arrow schema with its field metadata, the DuckDB DDL with comments,
the generic expectations, the data dictionary and the resource descriptors of datapackage.json.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import yaml

from onrecord.errors import UserError

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"

_ARROW: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}
_CONSTRAINTS = {"required", "unique", "enum", "pattern", "minimum", "maximum", "minLength"}


class SchemaError(UserError):
    """A schema file that cannot be used, or rows that break their schema."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    name: str
    type: str  # Table Schema type; "array" has `items`
    description: str
    items: str | None = None
    unit: str | None = None
    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: str | None = None  # must match the whole value
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None

    def to_arrow(self) -> pa.Field:
        kind = pa.list_(pa.field("item", _ARROW[self.items])) if self.items else _ARROW[self.type]
        metadata = {"description": self.description} | ({"unit": self.unit} if self.unit else {})
        return pa.field(self.name, kind, nullable=not self.required, metadata=metadata)

    def to_duckdb(self) -> str:
        return f"{_DUCKDB[self.items]}[]" if self.items else _DUCKDB[self.type]

    def to_constraints(self) -> dict[str, Any]:
        """Table Schema's `constraints` property, without what is not set."""
        found = {
            "required": self.required or None,
            "unique": self.unique or None,
            "enum": list(self.enum) or None,
            "pattern": self.pattern,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "minLength": self.min_length,
        }
        return {name: value for name, value in found.items() if value is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    columns: tuple[str, ...]
    table: str
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    name: str
    title: str
    description: str
    primary_key: tuple[str, ...]
    columns: tuple[Column, ...]
    foreign_keys: tuple[ForeignKey, ...] = ()

    def without(self, columns: Collection[str]) -> "Table":
        """The table as far as it can be filled without `columns`."""
        return replace(self, columns=tuple(c for c in self.columns if c.name not in columns))

    def to_arrow(self) -> pa.Schema:
        """Arrow schema; descriptions and units travel as field metadata into the Parquet file."""
        return pa.schema([c.to_arrow() for c in self.columns], metadata={"description": self.description})

    def to_ddl(self) -> str:
        """CREATE TABLE with keys and checks, then COMMENT ON for the table and each column.

        A key into the table itself is left to the rules: DuckDB would refuse a child inserted along with its parent.
        """
        lines = [f"  {_quoted(c.name)} {c.to_duckdb()}{_ddl_checks(c)}" for c in self.columns]
        lines.append(f"  PRIMARY KEY ({_joined(self.primary_key)})")
        lines += [
            f"  FOREIGN KEY ({_joined(k.columns)}) REFERENCES {_quoted(k.table)} ({_joined(k.references)})"
            for k in self.foreign_keys
            if k.table != self.name
        ]
        return f"CREATE TABLE {_quoted(self.name)} (\n" + ",\n".join(lines) + "\n);\n" + self.to_comments("TABLE")

    def to_comments(self, kind: str) -> str:
        """COMMENT ON statements; `kind` is TABLE or VIEW."""
        lines = [f"COMMENT ON {kind} {_quoted(self.name)} IS {_literal(self.description)};"]
        lines += [
            f"COMMENT ON COLUMN {_quoted(self.name)}.{_quoted(c.name)} IS {_literal(c.description)};"
            for c in self.columns
        ]
        return "\n".join(lines) + "\n"

    def to_resource(self) -> dict[str, Any]:
        """Data Package v2 resource descriptor with its Table Schema."""
        fields = []
        for c in self.columns:
            field: dict[str, Any] = {"name": c.name, "type": c.type, "description": c.description}
            if c.items:
                field["arrayItem"] = {"type": c.items}
            if c.unit:
                field["unit"] = c.unit
            if constraints := c.to_constraints():
                field["constraints"] = constraints
            fields.append(field)
        return {
            "name": self.name,
            "type": "table",
            "title": self.title,
            "description": self.description,
            "path": f"{self.name}.parquet",
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": {
                "fields": fields,
                "primaryKey": list(self.primary_key),
                "foreignKeys": [
                    {
                        "fields": list(k.columns),
                        # Table Schema writes a reference to the table itself as an empty name.
                        "reference": {
                            "resource": "" if k.table == self.name else k.table,
                            "fields": list(k.references),
                        },
                    }
                    for k in self.foreign_keys
                ],
            },
        }

    def to_dictionary(self) -> str:
        """The table's part of the data dictionary, as Markdown."""
        head = f"### {self.name}\n\n{self.description} Primary key: {', '.join(self.primary_key)}.\n\n"
        rows = ["| column | type | null | meaning |", "| --- | --- | --- | --- |"]
        keys = {k.columns[0]: k for k in self.foreign_keys if len(k.columns) == 1}
        for c in self.columns:
            meaning = c.description + (f" Unit: {c.unit}." if c.unit else "")
            if c.enum:
                meaning += f" One of: {', '.join(c.enum)}."
            if c.name in keys:
                meaning += f" Refers to {keys[c.name].table}.{keys[c.name].references[0]}."
            kind = c.to_duckdb()
            rows.append(f"| {c.name} | {kind} | {'no' if c.required else 'yes'} | {meaning.replace('|', '&#124;')} |")
        return head + "\n".join(rows) + "\n"

    def to_expectations(self) -> Iterator[dict[str, Any]]:
        """Generic Great Expectations rules that the constraints imply, in the form of expectations/<table>.yml."""
        names = [c.name for c in self.columns]
        yield _expectation(
            "expect_table_columns_to_match_ordered_list", "The schema fixes the columns.", column_list=names
        )
        if len(self.primary_key) > 1:
            yield _expectation(
                "expect_compound_columns_to_be_unique",
                "The primary key names one row.",
                column_list=list(self.primary_key),
            )
        for c in self.columns:
            if c.required:
                yield _expectation("expect_column_values_to_not_be_null", "The schema requires a value.", column=c.name)
            if c.unique or self.primary_key == (c.name,):
                yield _expectation("expect_column_values_to_be_unique", "The key names one row.", column=c.name)
            if c.enum:
                yield _expectation(
                    "expect_column_values_to_be_in_set",
                    "The schema lists the values.",
                    column=c.name,
                    value_set=list(c.enum),
                )
            if c.pattern:
                yield _expectation(
                    "expect_column_values_to_match_regex",
                    "The schema fixes the form.",
                    column=c.name,
                    regex=f"^(?:{c.pattern})$",
                )
            if c.minimum is not None or c.maximum is not None:
                limits = {"min_value": c.minimum, "max_value": c.maximum}
                yield _expectation(
                    "expect_column_values_to_be_between",
                    "The schema limits the values.",
                    column=c.name,
                    **{k: v for k, v in limits.items() if v is not None},
                )
            if c.min_length:
                yield _expectation(
                    "expect_column_value_lengths_to_be_between",
                    "The schema requires characters.",
                    column=c.name,
                    min_value=c.min_length,
                )

    def to_key_rules(self) -> Iterator[tuple[str, str, str]]:
        """Name, SQL and reason of one rule per foreign key; the SQL returns the rows whose reference is missing."""
        for k in self.foreign_keys:
            on = " AND ".join(f"t.{_quoted(a)} = r.{_quoted(b)}" for a, b in zip(k.columns, k.references, strict=True))
            given = " AND ".join(f"t.{_quoted(a)} IS NOT NULL" for a in k.columns)
            sql = (
                f"SELECT {_joined('t.' + c for c in (*self.primary_key, *k.columns))} FROM {_quoted(self.name)} t "
                f"WHERE {given} AND NOT EXISTS (SELECT 1 FROM {_quoted(k.table)} r WHERE {on})"
            )
            yield (
                f"foreign_key__{'_'.join(k.columns)}",
                sql,
                f"{self.name}.{k.columns[0]} must name a row of {k.table}.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """All tables, in load order, with what they share."""

    name: str
    title: str
    description: str
    schema_version: str
    licenses: tuple[Mapping[str, str], ...]
    tables: Mapping[str, Table]


@dataclass(frozen=True, slots=True)
class Violation:
    """A row that breaks a constraint of its schema."""

    table: str
    column: str
    constraint: str
    row: int  # 0-based
    value: object

    def __str__(self) -> str:
        return f"{self.table}.{self.column} breaks {self.constraint}: {self.value!r:.120} (row {self.row})"


def find_violations(schema: Table, rows: pa.Table) -> Iterator[Violation]:
    """Rows of `rows` that break a constraint of a single column or the primary key: at most ten a constraint."""
    for c in schema.columns:
        values = rows.column(c.name)
        for constraint, bad in _broken(c, values):
            for row in pc.indices_nonzero(pc.fill_null(bad, False))[:10].to_pylist():
                yield Violation(schema.name, c.name, constraint, row, values[row].as_py())
    if rows.num_rows:
        keys = rows.select(schema.primary_key).append_column("row", pa.array(range(rows.num_rows), pa.int64()))
        firsts = keys.group_by(list(schema.primary_key)).aggregate([("row", "min"), ("row", "count")])
        for key in firsts.filter(pc.greater(firsts["row_count"], 1)).slice(0, 10).to_pylist():
            yield Violation(schema.name, ", ".join(schema.primary_key), "primary key", key["row_min"], key["row_count"])


def _broken(c: Column, values: pa.ChunkedArray) -> Iterator[tuple[str, pa.ChunkedArray]]:
    if c.required:
        yield "required", pc.is_null(values)
    if c.enum:
        yield "enum", pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, pa.array(c.enum))))
    if c.pattern:
        yield "pattern", pc.invert(pc.match_substring_regex(values, f"^(?:{c.pattern})$"))
    if c.minimum is not None:
        yield "minimum", pc.less(values, c.minimum)
    if c.maximum is not None:
        yield "maximum", pc.greater(values, c.maximum)
    if c.min_length:
        yield "minLength", pc.less(pc.utf8_length(values), c.min_length)


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
        schema_version=package["schema_version"],
        licenses=tuple(package["licenses"]),
        tables=tables,
    )


def _read_yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
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
    if raw["type"] != "array" and raw["type"] not in _ARROW:
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


def _expectation(kind: str, why: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": "critical", "why": why}


def _ddl_checks(c: Column) -> str:
    checks = " NOT NULL" if c.required else ""
    if c.unique:
        checks += " UNIQUE"
    if c.enum:
        checks += f" CHECK ({_quoted(c.name)} IN ({', '.join(_literal(v) for v in c.enum)}))"
    if c.minimum is not None:
        checks += f" CHECK ({_quoted(c.name)} >= {c.minimum})"
    if c.maximum is not None:
        checks += f" CHECK ({_quoted(c.name)} <= {c.maximum})"
    return checks


def _quoted(name: str) -> str:
    """`name` as an SQL identifier; end and start are words of SQL."""
    return ".".join('"' + part + '"' for part in name.split("."))


def _joined(names: Iterable[str]) -> str:
    return ", ".join(_quoted(n) for n in names)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
