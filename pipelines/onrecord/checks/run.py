"""Every rule over every table of a build or release, with Great Expectations."""

import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.checks.dataframes import to_frame
from onrecord.checks.expectations import SQL, Expectation, load_expectations
from onrecord.checks.queries import Queries, opened, teach_sql_to_pandas_engine, to_kwargs
from onrecord.checks.results import SAMPLE, SHOWN, CheckResult
from onrecord.schema import Profile, load_package

# Rows that break a rule are told by their numbers in the frame: their keys would be collected one by one, for all rows.
_FORMAT = {"result_format": "COMPLETE", "partial_unexpected_count": SAMPLE, "return_unexpected_index_query": False}


def check_tables(
    folder: Path, rules: Sequence[Expectation] | None = None, *, profile: Profile | None = None
) -> tuple[CheckResult, ...]:
    """Run every rule over the Parquet files in `folder`, a build or a release, with Great Expectations.

    Rules that read what `profile` leaves out of the tables are left out, too.
    """
    with opened(folder) as queries:
        rules = load_expectations() if rules is None else rules
        rules = rules if profile is None else tuple(_under(profile, rules, queries))
        results: list[CheckResult] = []
        for table in dict.fromkeys(r.table for r in rules):
            own = [r for r in rules if r.table == table]
            results += _check(own, to_frame(queries.connection, folder, table, own))
    return tuple(results)


def has_great_expectations() -> bool:
    return importlib.util.find_spec("great_expectations") is not None


def check_in_sql(folder: Path, *, profile: Profile) -> tuple[CheckResult, ...]:
    """Run the rules in SQL by themselves, where what only reads releases lacks Great Expectations. No build does."""
    with opened(folder) as queries:
        rules = [rule for rule in load_expectations() if rule.type == SQL]
        return tuple(_check_in_sql(rule, queries) for rule in _under(profile, rules, queries))


def _check_in_sql(rule: Expectation, queries: Queries) -> CheckResult:
    query = rule.kwargs["sql"]
    count, rows = queries.count(query), queries.rows(query)
    return CheckResult(rule=rule, passed=not count, count=count, sample=tuple(map(_shown, rows)))


def _check(rules: Sequence[Expectation], frame: Any) -> Iterator[CheckResult]:
    """The outcomes of one table's rules. A context keeps every table that it has seen, so each table has its own."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when Great Expectations is imported
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    teach_sql_to_pandas_engine()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    suite = gx.ExpectationSuite(name="rules", expectations=[_configuration(r) for r in rules])
    batches = context.data_sources.add_pandas("tables").add_dataframe_asset("table")
    batch = batches.add_batch_definition_whole_dataframe("all").get_batch(batch_parameters={"dataframe": frame})
    found = batch.validate(suite, result_format=_FORMAT).results
    by_name = {r.expectation_config.meta["rule"]: r for r in found if r.expectation_config}
    return (_result(rule, by_name[rule.name], frame) for rule in rules)


def _under(profile: Profile, rules: Iterable[Expectation], queries: Queries) -> Iterator[Expectation]:
    """The rules that can run without what the profile leaves out, and the columns' own rule as it is without them."""
    tables = load_package().under(profile).tables
    for rule in rules:
        if rule.type == "expect_table_columns_to_match_ordered_list":
            yield replace(rule, kwargs={"column_list": [c.name for c in tables[rule.table].columns]})
        elif rule.type == SQL:
            if queries.can_run(rule):
                yield rule
        elif set(rule.columns).isdisjoint(profile.leave_out.get(rule.table, ())):
            yield rule


def _configuration(rule: Expectation) -> dict[str, Any]:
    """The rule as Great Expectations writes it. Results come back in another order, so the name is carried in meta."""
    return {
        "type": rule.type,
        "kwargs": to_kwargs(rule) if rule.type == SQL else dict(rule.kwargs),
        "meta": {"rule": rule.name},
        "severity": rule.severity,
        "description": rule.why,
    }


def _result(rule: Expectation, outcome: Any, frame: Any) -> CheckResult:
    found = outcome.result or {}
    raised = [e for e in _exceptions(outcome.exception_info) if e]
    if raised:
        return CheckResult(rule=rule, passed=False, count=0, sample=(f"the rule could not run: {raised[0]}",))
    if rule.type == SQL:
        rows = found.get("details", {}).get("unexpected_rows") or []
        count = int(found.get("observed_value") or 0)
    else:
        rows = _rows(rule, (found.get("unexpected_index_list") or [])[:SAMPLE], frame)
        count = int(found.get("unexpected_count") or 0)
        if not rows and not outcome.success:
            rows = [found.get("observed_value", found.get("details"))]
    return CheckResult(
        rule=rule, passed=bool(outcome.success), count=count, sample=tuple(_shown(r) for r in rows[:SAMPLE])
    )


def _rows(rule: Expectation, numbers: Sequence[int], frame: Any) -> list[Any]:
    """What the rule is about in these rows of the table, and their keys."""
    columns = dict.fromkeys((*rule.columns, *load_package().tables[rule.table].primary_key))
    return [{column: frame.at[number, column] for column in columns} for number in numbers]


def _exceptions(info: Any) -> Iterator[str | None]:
    """Great Expectations gives one record, or one per metric."""
    records = [info] if info and "raised_exception" in info else list((info or {}).values())
    for record in records:
        if isinstance(record, Mapping) and record.get("raised_exception"):
            yield str(record.get("exception_message"))


def _shown(row: Any) -> str:
    if isinstance(row, Mapping):
        # pandas has turned nulls into NaN, which is no value of ours
        return ", ".join(
            f"{key}={'null' if value != value else repr(str(value)[:SHOWN])}" for key, value in row.items()
        )
    return str(row)[:200]
