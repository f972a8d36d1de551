"""Rules in SQL, run by Great Expectations in DuckDB, over one connection to all tables of a build or release."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

from onrecord.checks.expectations import Expectation
from onrecord.checks.results import SAMPLE
from onrecord.schema import load_package
from onrecord.storage.parts import files_of, scan


@dataclass(frozen=True, slots=True)
class Queries:
    """Answers over the tables that are being checked. Great Expectations asks for a rule's count and for its rows, of
    which most have none, and opening the tables takes longer than a rule."""

    connection: duckdb.DuckDBPyConnection
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, query: str) -> int:
        if query not in self.counts:
            (self.counts[query],) = self.connection.execute(f"SELECT count(*) FROM ({query}\n)").fetchone() or (0,)
        return self.counts[query]

    def rows(self, query: str) -> list[dict[str, Any]]:
        """The first rows that break a rule."""
        if not self.count(query):
            return []
        found = self.connection.execute(f"SELECT * FROM ({query}\n) ORDER BY ALL LIMIT {SAMPLE}")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def can_run(self, rule: Expectation) -> bool:
        """Whether the tables have all columns that an SQL rule names."""
        try:
            self.connection.execute(f"EXPLAIN {rule.kwargs['sql']}")
        except duckdb.BinderException:
            return False
        return True


# Great Expectations makes the metrics itself: what they read cannot be handed to them.
_OPEN: ContextVar[Queries] = ContextVar("_OPEN")


@contextmanager
def opened(folder: Path) -> Iterator[Queries]:
    """The tables of `folder`, for the queries of this block. What does not fit into memory goes to a folder of its own,
    as a release may lie where nothing can be written."""
    with TemporaryDirectory(prefix="onrecord-") as spilled, duckdb.connect() as connection:
        connection.execute("SET temp_directory = ?", [spilled])
        for name in load_package().tables:
            connection.execute(f"CREATE VIEW {name} AS FROM {scan(files_of(folder, name))}")
        before = _OPEN.set(queries := Queries(connection))
        try:
            yield queries
        finally:
            _OPEN.reset(before)


@cache
def teach_sql_to_pandas_engine() -> None:
    """Let UnexpectedRowsExpectation run its query in DuckDB over the Parquet files beside the batch.

    Great Expectations offers the expectation for SQL databases only, and its DuckDB driver is broken; two metric
    providers are all that the pandas engine lacks. Defining the classes registers them, hence once a process.
    """
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider

    class UnexpectedRows(QueryMetricProvider):
        metric_name = "unexpected_rows_query.table"
        value_keys = ("unexpected_rows_query",)

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):  # type: ignore[no-untyped-def]
            return _OPEN.get().rows(_query_of(metric_value_kwargs))

    class UnexpectedRowCount(QueryMetricProvider):
        metric_name = "unexpected_rows_query.row_count"
        value_keys = ("unexpected_rows_query",)

        @metric_value(engine=PandasExecutionEngine)
        def _pandas(cls, execution_engine, metric_domain_kwargs, metric_value_kwargs, metrics, runtime_configuration):  # type: ignore[no-untyped-def]
            return _OPEN.get().count(_query_of(metric_value_kwargs))


def _query_of(values: Mapping[str, Any]) -> str:
    return str(values["unexpected_rows_query"].format(batch="the whole table"))


def to_kwargs(rule: Expectation) -> dict[str, str]:
    """An SQL rule as Great Expectations takes it: a template that must name the batch."""
    escaped = rule.kwargs["sql"].replace("{", "{{").replace("}", "}}")
    return {"unexpected_rows_query": "/* {batch} */ " + escaped}
