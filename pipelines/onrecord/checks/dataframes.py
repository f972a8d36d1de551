"""A table as Great Expectations reads it: in pandas, all of it in memory, hence only what its rules look into."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from onrecord.checks.expectations import Expectation
from onrecord.checks.results import SHOWN
from onrecord.schema import load_package
from onrecord.schema.tables import quoted
from onrecord.storage.parts import files_of

_LENGTHS = "expect_column_value_lengths_to_be_between"
_OF_LENGTH = {_LENGTHS, "expect_column_values_to_not_be_null"}


def to_frame(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, rules: Sequence[Expectation]) -> Any:
    """The rows of a table with all its columns. Those that no rule looks into are empty; texts of which only the length
    matters, such as bodies, are cut where it no longer does."""
    key = load_package().tables[table].primary_key
    looked_into = {column for rule in rules for column in rule.columns} | {*key}
    columns = pq.read_schema(files_of(folder, table)[0]).names
    values = [_value(c, [r for r in rules if c in r.columns]) for c in columns if c in looked_into]
    with connection.cursor() as cursor:  # a relation cannot be read beside a result that is not at its end
        rows = cursor.sql(f"SELECT {', '.join(values)} FROM {quoted(table)}").to_arrow_table()
    return rows.to_pandas().reindex(columns=columns)


def _value(column: str, rules: Sequence[Expectation]) -> str:
    if _LENGTHS not in (types := {rule.type for rule in rules}) or not types <= _OF_LENGTH:
        return quoted(column)
    limits = [rule.kwargs.get(limit) or 0 for rule in rules for limit in ("min_value", "max_value")]
    return f"left({quoted(column)}, {max(SHOWN, *limits) + 1}) AS {quoted(column)}"
