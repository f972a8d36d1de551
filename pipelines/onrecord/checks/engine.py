"""Great Expectations over Parquet files: it plans and judges as always, and DuckDB answers what it asks for."""

import sys
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import duckdb

from onrecord.checks.conditions import to_count, to_key_count
from onrecord.checks.expectations import SQL, Expectation
from onrecord.checks.queries import Queries

if TYPE_CHECKING:
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult

# Rows that break a rule are fetched for those that failed; Great Expectations needs the counts alone.
_FORMAT = {"result_format": {"result_format": "BASIC"}, "catch_exceptions": True}


def judge(queries: Queries, table: str, rules: Iterable[Expectation]) -> "dict[str, ExpectationValidationResult]":
    """The verdict of Great Expectations on each rule for one table, by the name of the rule."""
    gx = load_great_expectations()
    from great_expectations.validator.validator import Validator

    context = _context()  # before the suite, which looks for one
    rules = list(rules)
    suite = gx.ExpectationSuite(name="rules", expectations=[_configuration(rule) for rule in rules])
    validator = Validator(execution_engine=_engine_type()(queries, table, rules), data_context=context)
    asked = [expectation.configuration for expectation in suite.expectations]
    found = validator.graph_validate(configurations=asked, runtime_configuration=_FORMAT)
    return {r.expectation_config.meta["rule"]: r for r in found if r.expectation_config}


@cache
def load_great_expectations() -> Any:
    """Great Expectations, imported as if pyspark were not installed: nothing here runs on it.

    Otherwise it imports pyspark, which ends a process without a word if its main module is no file, as in `python -c`.
    """
    hidden = "pyspark" not in sys.modules
    if hidden:
        sys.modules["pyspark"] = None  # type: ignore[assignment]
    try:
        import great_expectations
    finally:
        if hidden:
            del sys.modules["pyspark"]
    return great_expectations


@cache
def _context() -> Any:
    """What Great Expectations works in, which holds nothing of ours: made anew for each table it takes half of the time
    of a small check."""
    gx = load_great_expectations()
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _configuration(rule: Expectation) -> dict[str, Any]:
    """The rule as Great Expectations writes it. Results come back in another order, so the name is carried in meta."""
    return {
        "type": rule.type,
        "kwargs": {"unexpected_rows_query": _template(rule)} if rule.type == SQL else dict(rule.kwargs),
        "meta": {"rule": rule.name},
        "severity": rule.severity,
        "description": rule.why,
    }


def _template(rule: Expectation) -> str:
    """An SQL rule as Great Expectations takes it: a template that must name the batch."""
    escaped = rule.query.replace("{", "{{").replace("}", "}}")
    return "/* {batch} */ " + escaped


@cache
def _engine_type() -> Any:
    """The class of our engine, made when Great Expectations is there.

    It is one for pandas in name, for which every rule has its plan; no frame is made. Great Expectations looks engines
    up by their names' rules, hence the two providers for rules in SQL, which pandas has not.
    """
    from great_expectations.exceptions.exceptions import MetricResolutionError
    from great_expectations.execution_engine.pandas_execution_engine import PandasExecutionEngine
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.query_metric_provider import QueryMetricProvider

    class DuckDBFilesEngine(PandasExecutionEngine):
        def __init__(self, queries: Queries, table: str, rules: Iterable[Expectation]) -> None:
            super().__init__()
            self._queries, self._about = queries, table
            self._in_sql = {_template(rule): rule for rule in rules if rule.type == SQL}

        def resolve_metrics(
            self, metrics_to_resolve: Iterable[Any], metrics: Any = None, runtime_configuration: Any = None
        ) -> dict[Any, Any]:
            """What is asked for, in one pass over the table for all that is counted by rows.

            Of several that cannot be answered the first is told by itself; the others are asked for again, each is told
            with its own reason, and what was answered is known by then.
            """
            asked = {
                m.id: (m.metric_name, {**m.metric_domain_kwargs, **m.metric_value_kwargs}) for m in metrics_to_resolve
            }
            counts = {key: count for key, (name, given) in asked.items() if (count := to_count(name, given))}
            self._queries.count_all(self._about, counts.values())
            found = {}
            for metric in metrics_to_resolve:
                try:
                    name, given = asked[metric.id]
                    found[metric.id] = self._answer(name, given, counts.get(metric.id))
                except duckdb.Error as error:
                    raise MetricResolutionError(message=str(error), failed_metrics=(metric,)) from error
            return found

        def _answer(self, name: str, given: dict[str, Any], count: str | None) -> Any:
            if count is not None:
                return self._queries.aggregate(self._about, count)
            if (query := to_key_count(name, given, self._about)) is not None:
                return self._queries.value(query)
            if name == "unexpected_rows_query.row_count":
                return self._queries.count(self._in_sql[given["unexpected_rows_query"]])
            if name == "table.columns":
                return self._queries.columns(self._about)
            return []  # a step of the plan for pandas, or rows, which are fetched where a rule failed

    class UnexpectedRows(QueryMetricProvider):
        metric_name = "unexpected_rows_query.table"
        value_keys = ("unexpected_rows_query",)

        @metric_value(engine=DuckDBFilesEngine)
        def _rows(cls, **_: Any) -> None:
            """Never asked: the engine answers."""

    class UnexpectedRowCount(QueryMetricProvider):
        metric_name = "unexpected_rows_query.row_count"
        value_keys = ("unexpected_rows_query",)

        @metric_value(engine=DuckDBFilesEngine)
        def _count(cls, **_: Any) -> None:
            """Never asked: the engine answers."""

    return DuckDBFilesEngine
