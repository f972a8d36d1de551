"""Rows that break a constraint of their own columns, found as they are written."""

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from onrecord.schema.tables import Column, Table


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
    import pyarrow.compute as pc  # reading a release does not load it

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
    import pyarrow.compute as pc

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
