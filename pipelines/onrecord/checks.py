"""Three layers of checks, one report.

Constraints hold when rows are written (`schema.find_violations`). Here the tables of a build or release go through
Great Expectations: the rules that the schemas imply, those of expectations/<table>.yml, and the SQL rules of
expectations/*.sql, each of which returns the rows that break it. Every rule is a `Rule`, every outcome a `CheckResult`.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.dataset as ds
import yaml

from onrecord import store
from onrecord.errors import UserError
from onrecord.parts import files_of, scan
from onrecord.schema import Package, Profile, Table, load_package, to_expectations, to_key_rules

EXPECTATIONS = Path(__file__).resolve().parents[2] / "expectations"
REPORT = "checks.json"
SAMPLE = 5  # offending rows that a report shows
_SEVERITIES = ("critical", "warning")
_SQL_TYPE = "unexpected_rows_expectation"
# The head of an SQL rule: comment lines, of which two are declarations.
_SQL_HEAD = re.compile(r"-- (?P<key>table|severity): (?P<value>\w+)")


class ExpectationError(UserError):
    """A file in expectations/ that declares no usable rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One expectation on one table. `name` is unique within its table and made of letters, digits and underscores."""

    table: str
    name: str
    type: str  # name of a Great Expectations expectation
    kwargs: Mapping[str, Any]
    severity: str  # critical stops the release; warning is only reported
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    rule: Rule
    passed: bool
    count: int  # rows that break the rule; 0 if the rule is about the table as a whole
    sample: tuple[str, ...]  # up to SAMPLE of them, or what was found instead

    @property
    def stops(self) -> bool:
        return not self.passed and self.rule.severity == "critical"

    def __str__(self) -> str:
        rows = f"{self.count} rows break it, such as" if self.count else "the table breaks it:"
        return f"{self.rule.table}.{self.rule.name}: {rows} {'; '.join(self.sample)} ({self.rule.why})"


@cache
def load_rules(folder: Path = EXPECTATIONS) -> tuple[Rule, ...]:
    """Every rule, by table in load order. ExpectationError, naming the file, for a declaration that cannot be used."""
    package = load_package()
    found = [*_schema_rules(package), *_declared_rules(folder, package), *_sql_rules(folder, package)]
    order = {name: i for i, name in enumerate(package.tables)}
    names: set[tuple[str, str]] = set()
    for rule in found:
        if (rule.table, rule.name) in names:
            raise ExpectationError(f"two rules named {rule.name} for {rule.table}")
        names.add((rule.table, rule.name))
    return tuple(sorted(found, key=lambda r: order[r.table]))


def _schema_rules(package: Package) -> Iterator[Rule]:
    for table in package.tables.values():
        for raw in to_expectations(table):
            yield _rule(table.name, raw)
        for name, sql, why in to_key_rules(table):
            yield Rule(table=table.name, name=name, type=_SQL_TYPE, kwargs={"sql": sql}, severity="critical", why=why)
        if table.name != "rejections":  # which quotes what was refused as it was found
            left_out = {c for profile in package.profiles.values() for c in profile.leave_out.get(table.name, ())}
            yield _text_rule(table.without(left_out))  # bodies have a rule of their own


def _text_rule(table: Table) -> Rule:
    """All texts of a row, those in lists, too."""
    texts = [f'"{c.name}"' for c in table.columns if c.type == "string"]
    lists = [f'"{c.name}"' for c in table.columns if c.items == "string"]
    values = " || ".join([f"[{', '.join(texts)}]", *lists])
    stray = r"^$|^\s|\s$|[\x00-\x08\x0b-\x1f\x7f]"
    sql = (
        f"SELECT {', '.join(table.primary_key)} FROM {table.name} "
        f"WHERE len(list_filter({values}, lambda value: regexp_matches(value, '{stray}'))) > 0"
    )
    why = "A missing value is null, not empty, and no value has white space at its ends or control characters in it."
    return Rule(
        table=table.name, name="text_is_clean", type=_SQL_TYPE, kwargs={"sql": sql}, severity="critical", why=why
    )


def _declared_rules(folder: Path, package: Package) -> Iterator[Rule]:
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in package.tables:
            raise ExpectationError(f"{path.name}: no table {path.stem!r} in schemas/")
        try:
            for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
                yield _rule(path.stem, raw, suffix="declared")
        except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise ExpectationError(f"{path.name}: {error!r}") from error


def _rule(table: str, raw: Mapping[str, Any], *, suffix: str | None = None) -> Rule:
    """`suffix` keeps a declared rule's name apart from one of the same kind that the schema implies."""
    if unknown := set(raw) - {"type", "kwargs", "severity", "why"}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if raw["severity"] not in _SEVERITIES:
        raise ValueError(f"severity {raw['severity']!r} is none of {_SEVERITIES}")
    kwargs = raw.get("kwargs", {})
    columns = [kwargs[k] for k in ("column", "column_A", "column_B") if k in kwargs]
    name = "__".join([raw["type"].removeprefix("expect_"), *columns, *filter(None, [suffix])])
    return Rule(table=table, name=name, type=raw["type"], kwargs=kwargs, severity=raw["severity"], why=raw["why"])


def _sql_rules(folder: Path, package: Package) -> Iterator[Rule]:
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines()
        head = [line for line in lines if line.startswith("--")]
        declared = {m["key"]: m["value"] for line in head if (m := _SQL_HEAD.fullmatch(line))}
        why = " ".join(line[2:].strip() for line in head if not _SQL_HEAD.fullmatch(line))
        if declared.get("table") not in package.tables or declared.get("severity") not in _SEVERITIES or not why:
            raise ExpectationError(
                f"{path.name}: needs comment lines '-- table: <name>', '-- severity: {'|'.join(_SEVERITIES)}', a reason"
            )
        sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
        yield Rule(
            table=declared["table"],
            name=path.stem,
            type=_SQL_TYPE,
            kwargs={"sql": sql},
            severity=declared["severity"],
            why=why,
        )


def check_tables(
    folder: Path, rules: Sequence[Rule] | None = None, *, profile: Profile | None = None
) -> tuple[CheckResult, ...]:
    """Run every rule over the Parquet files in `folder`, a build or a release, with Great Expectations.

    Rules that read what `profile` leaves out of the tables are left out, too.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when Great Expectations is imported
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    rules = load_rules() if rules is None else rules
    rules = rules if profile is None else tuple(_under(profile, rules, folder))
    _teach_sql_to_pandas_engine()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    source = context.data_sources.add_pandas("tables")
    results: list[CheckResult] = []
    with _opened(folder):
        for table in dict.fromkeys(r.table for r in rules):
            own = [r for r in rules if r.table == table]
            suite = gx.ExpectationSuite(name=table, expectations=[_configuration(r) for r in own])
            batch = source.add_dataframe_asset(table).add_batch_definition_whole_dataframe("all")
            outcome = batch.get_batch(batch_parameters={"dataframe": _frame(folder, table, own)}).validate(
                suite, result_format=_result_format(table)
            )
            by_name = {r.expectation_config.meta["rule"]: r for r in outcome.results if r.expectation_config}
            results += [_result(rule, by_name[rule.name]) for rule in own]
    return tuple(results)


def _under(profile: Profile, rules: Iterable[Rule], folder: Path) -> Iterator[Rule]:
    """The rules that can run without what the profile leaves out, and the columns' own rule as it is without them."""
    tables = load_package().under(profile).tables
    with _duckdb_views(folder) as connection:
        for rule in rules:
            left, kwargs = profile.leave_out.get(rule.table, ()), rule.kwargs
            if rule.type == "expect_table_columns_to_match_ordered_list":
                yield replace(rule, kwargs={"column_list": [c.name for c in tables[rule.table].columns]})
            elif rule.type != _SQL_TYPE:
                if not {kwargs.get(key) for key in ("column", "column_A", "column_B")} & {*left}:
                    yield rule
            else:
                try:
                    connection.execute(f"EXPLAIN {kwargs['sql']}")
                except duckdb.BinderException:  # it names a column that is not there
                    continue
                yield rule


def _configuration(rule: Rule) -> dict[str, Any]:
    """The rule as Great Expectations writes it. Results come back in another order, so the name is carried in meta."""
    kwargs = dict(rule.kwargs)
    if rule.type == _SQL_TYPE:
        escaped = rule.kwargs["sql"].replace("{", "{{").replace("}", "}}")
        kwargs = {"unexpected_rows_query": "/* {batch} */ " + escaped}
    return {
        "type": rule.type,
        "kwargs": kwargs,
        "meta": {"rule": rule.name},
        "severity": rule.severity,
        "description": rule.why,
    }


def _result_format(table: str) -> dict[str, Any]:
    key = load_package().tables[table].primary_key
    return {"result_format": "COMPLETE", "unexpected_index_column_names": list(key), "partial_unexpected_count": SAMPLE}


def _result(rule: Rule, outcome: Any) -> CheckResult:
    found = outcome.result or {}
    raised = [e for e in _exceptions(outcome.exception_info) if e]
    if raised:
        return CheckResult(rule=rule, passed=False, count=0, sample=(f"the rule could not run: {raised[0]}",))
    if rule.type == _SQL_TYPE:
        rows = found.get("details", {}).get("unexpected_rows") or []
        count = int(found.get("observed_value") or 0)
    else:
        rows = found.get("unexpected_index_list") or found.get("partial_unexpected_list") or []
        count = int(found.get("unexpected_count") or 0)
        if not rows and not outcome.success:
            rows = [found.get("observed_value", found.get("details"))]
    return CheckResult(
        rule=rule, passed=bool(outcome.success), count=count, sample=tuple(_shown(r) for r in rows[:SAMPLE])
    )


def _exceptions(info: Any) -> Iterator[str | None]:
    """Great Expectations gives one record, or one per metric."""
    records = [info] if info and "raised_exception" in info else list((info or {}).values())
    for record in records:
        if isinstance(record, Mapping) and record.get("raised_exception"):
            yield str(record.get("exception_message"))


def _shown(row: Any) -> str:
    if isinstance(row, Mapping):
        # pandas has turned nulls into NaN, which is no value of ours
        return ", ".join(f"{key}={'null' if value != value else repr(str(value)[:120])}" for key, value in row.items())
    return str(row)[:200]


def _frame(folder: Path, table: str, rules: Iterable[Rule]) -> Any:
    """The table as pandas. Columns that no rule looks into are left empty: article bodies would fill the memory."""
    looked_into = set(load_package().tables[table].primary_key)
    for rule in rules:
        for key in ("column", "column_A", "column_B"):
            looked_into.add(rule.kwargs.get(key, ""))
        if rule.type.startswith("expect_compound_columns"):
            looked_into.update(rule.kwargs["column_list"])
    rows = ds.dataset([str(path) for path in files_of(folder, table)], format="parquet")
    columns = rows.schema.names
    frame = rows.to_table(columns=[c for c in columns if c in looked_into]).to_pandas()
    return frame.reindex(columns=columns)


def _duckdb_views(folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in load_package().tables:
        connection.execute(f"CREATE VIEW {name} AS FROM {scan(files_of(folder, name))}")
    return connection


@cache
def _teach_sql_to_pandas_engine() -> None:
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


@dataclass(frozen=True, slots=True)
class _Tables:
    """The tables that are being checked. Great Expectations asks for a rule's count and for its rows: most have none,
    and opening the tables takes longer than a rule."""

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


_OPEN: ContextVar[_Tables] = ContextVar("_OPEN")


@contextmanager
def _opened(folder: Path) -> Iterator[None]:
    """Great Expectations makes the metrics itself: what they read cannot be handed to them."""
    with _duckdb_views(folder) as connection:
        before = _OPEN.set(_Tables(connection))
        try:
            yield
        finally:
            _OPEN.reset(before)


def write_report(folder: Path, results: Sequence[CheckResult]) -> None:
    """Write checks.json: what was checked, by the digests of the files, and every outcome."""
    content = {
        "tables": {name: store.sha256_of(folder / f"{name}.parquet") for name in load_package().tables},
        "passed": not any(r.stops for r in results),
        "checks": [
            {
                "table": r.rule.table,
                "rule": r.rule.name,
                "severity": r.rule.severity,
                "why": r.rule.why,
                "passed": r.passed,
                "count": r.count,
                "sample": list(r.sample),
            }
            for r in results
        ],
    }
    store.write_text(folder / REPORT, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
