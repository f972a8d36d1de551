"""What a table of the data is: its columns, its keys, how it is stored, and its form in Arrow and in SQL."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

# Rows; fixed, because the same rows must give the same bytes. In the quotes of 3,000 articles, 63,000 rows, a filter
# by one article reads 14 % of the bytes over HTTP, and 61 % if they are one group; groups of 8,192 take 10 % more room.
ROW_GROUP = 16_384

ARROW: Mapping[str, pa.DataType] = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
_DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}


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
        kind = pa.list_(pa.field("item", ARROW[self.items])) if self.items else ARROW[self.type]
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
    group_rows: int = ROW_GROUP  # of a row group of its Parquet file
    article_column: str | None = None  # which article a row belongs to that is told by several

    @property
    def order(self) -> tuple[str, ...]:
        """The columns that rows are sorted by, after their article's day of publication if they belong to one.

        Readers skip what they need not read: a year by the articles' days, one article by its neighbouring rows.
        """
        names = [c.name for c in self.columns]
        return tuple(dict.fromkeys((*(n for n in ("article_id", "start", "end") if n in names), *self.primary_key)))

    @property
    def of_article(self) -> bool:
        """True if each row belongs to one article, or is one."""
        return "article_id" in self.order

    @property
    def article(self) -> str | None:
        """The id of a row's article in SQL, where the row belongs to one or is one: a column, or what the id of a
        quote, proposal or initiative that the row belongs to begins with."""
        if self.of_article:
            return "article_id"
        if self.article_column:
            return quoted(self.article_column)
        first = self.primary_key[0]
        belongs = len(self.primary_key) > 1 and any(k.columns == (first,) for k in self.foreign_keys)
        return f"split_part({quoted(first)}, ':', 1)" if belongs else None

    def is_in_article(self, key: ForeignKey) -> bool:
        """True if a row belongs to the same article as the row that the key names: if the key tells its article."""
        told_by = "article_id" if self.of_article else self.article_column or self.primary_key[0]
        return self.article is not None and key.columns == (told_by,)

    @property
    def looked_up(self) -> Mapping[str, int]:
        """Columns that single rows, articles and actors are looked up by, and distinct values to expect in a row group:
        of an article or actor there are some rows together."""
        keys = {k.columns[0] for k in self.foreign_keys if k.table in ("articles", "actors") and k.table != self.name}
        own = {c: self.group_rows for c in self.primary_key if len(self.primary_key) == 1}
        return dict.fromkeys(sorted(keys), self.group_rows // 4) | own

    @property
    def plain(self) -> tuple[str, ...]:
        """Columns whose values seldom recur: offsets and counts, words from articles, and ids of the row itself, or of
        a few."""
        own = {*(self.primary_key if len(self.primary_key) == 1 else ()), "text", "group_id"}
        return tuple(c.name for c in self.columns if c.type == "integer" or c.name in own)

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
        lines = [f"  {quoted(c.name)} {c.to_duckdb()}{_ddl_checks(c)}" for c in self.columns]
        lines.append(f"  PRIMARY KEY ({joined(self.primary_key)})")
        lines += [
            f"  FOREIGN KEY ({joined(k.columns)}) REFERENCES {quoted(k.table)} ({joined(k.references)})"
            for k in self.foreign_keys
            if k.table != self.name
        ]
        return f"CREATE TABLE {quoted(self.name)} (\n" + ",\n".join(lines) + "\n);\n" + self.to_comments("TABLE")

    def to_comments(self, kind: str) -> str:
        """COMMENT ON statements; `kind` is TABLE or VIEW."""
        lines = [f"COMMENT ON {kind} {quoted(self.name)} IS {literal(self.description)};"]
        lines += [
            f"COMMENT ON COLUMN {quoted(self.name)}.{quoted(c.name)} IS {literal(c.description)};" for c in self.columns
        ]
        return "\n".join(lines) + "\n"


def _ddl_checks(c: Column) -> str:
    checks = " NOT NULL" if c.required else ""
    if c.unique:
        checks += " UNIQUE"
    if c.enum:
        checks += f" CHECK ({quoted(c.name)} IN ({', '.join(literal(v) for v in c.enum)}))"
    if c.minimum is not None:
        checks += f" CHECK ({quoted(c.name)} >= {c.minimum})"
    if c.maximum is not None:
        checks += f" CHECK ({quoted(c.name)} <= {c.maximum})"
    return checks


def quoted(name: str) -> str:
    """`name` as an SQL identifier; end and start are words of SQL."""
    return ".".join('"' + part + '"' for part in name.split("."))


def joined(names: Iterable[str]) -> str:
    return ", ".join(quoted(n) for n in names)


def literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
