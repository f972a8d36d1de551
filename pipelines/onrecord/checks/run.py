import importlib.util
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from onrecord.checks.checked_months import CheckedMonths, read_checked
from onrecord.checks.engine import judge
from onrecord.checks.expectations import SQL, Expectation, load_expectations
from onrecord.checks.queries import Queries, opened
from onrecord.checks.results import SAMPLE, SHOWN, CheckResult
from onrecord.schema import Profile, load_package
from onrecord.storage import store
from onrecord.storage.parts import files_of


def check_build(build: Path, program: str) -> tuple[tuple[CheckResult, ...], CheckedMonths]:
    """Run every rule over a build as `check_tables` does, with the same results; what each month was found to be is
    kept beside the build, and asked for again only where something of it changed.

    Args:
        program: what changes with all that decides on results, beside the rules and the tables.

    A build that breaks a critical rule keeps nothing: a month is as it was found only if all of it is sound.
    """
    kept = read_checked(build, program)
    with store.digested_once():
        articles = [table.name for table in load_package().tables.values() if table.article]
        store.digest_all(path for name in articles for path in files_of(build, name))
        results = check_tables(build, kept=kept)
    if not any(result.stops for result in results):
        kept.write()
    return results, kept


def check_tables(
    folder: Path,
    rules: Sequence[Expectation] | None = None,
    *,
    profile: Profile | None = None,
    kept: CheckedMonths | None = None,
) -> tuple[CheckResult, ...]:
    """Run every rule over the Parquet files in `folder`, a build or a release, with Great Expectations.

    Rules that read what `profile` leaves out of the tables are left out, too. What is `kept` of a build's months is
    not asked for again. Memory is bounded, see storage.database.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when Great Expectations is imported
    with opened(folder, kept) as queries:
        rules = load_expectations() if rules is None else rules
        rules = rules if profile is None else tuple(_under(profile, rules, queries))
        queries.count_by_month(rules)
        results: list[CheckResult] = []
        for table in dict.fromkeys(r.table for r in rules):
            own = [r for r in rules if r.table == table]
            verdicts = judge(queries, table, own)
            results += [_result(rule, verdicts[rule.name], queries) for rule in own]
    return tuple(results)


def has_great_expectations() -> bool:
    return importlib.util.find_spec("great_expectations") is not None


def check_in_sql(folder: Path, *, profile: Profile) -> tuple[CheckResult, ...]:
    """Run the rules in SQL by themselves, where what only reads releases lacks Great Expectations. No build does."""
    with opened(folder) as queries:
        rules = [rule for rule in load_expectations() if rule.type == SQL]
        rules = list(_under(profile, rules, queries))
        queries.count_by_month(rules)
        return tuple(_check_in_sql(rule, queries) for rule in rules)


def _check_in_sql(rule: Expectation, queries: Queries) -> CheckResult:
    count, rows = queries.count(rule), queries.rows(rule)
    return CheckResult(rule=rule, passed=not count, count=count, sample=tuple(map(_shown, rows)))


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


def _result(rule: Expectation, outcome: Any, queries: Queries) -> CheckResult:
    found = outcome.result or {}
    raised = [e for e in _exceptions(outcome.exception_info) if e]
    if raised:
        return CheckResult(rule=rule, passed=False, count=0, sample=(f"the rule could not run: {raised[0]}",))
    count = int((found.get("observed_value") if rule.type == SQL else found.get("unexpected_count")) or 0)
    rows: list[Any] = list(queries.rows(rule)) if count else []
    if not rows and not outcome.success:
        rows = [found.get("observed_value", found.get("details"))]
    return CheckResult(rule=rule, passed=bool(outcome.success), count=count, sample=tuple(map(_shown, rows[:SAMPLE])))


def _exceptions(info: Any) -> Iterator[str | None]:
    """Great Expectations gives one record, or one per metric."""
    records = [info] if info and "raised_exception" in info else list((info or {}).values())
    for record in records:
        if isinstance(record, Mapping) and record.get("raised_exception"):
            yield str(record.get("exception_message"))


def _shown(row: Any) -> str:
    if isinstance(row, Mapping):
        return ", ".join(f"{key}={'null' if value is None else repr(str(value)[:SHOWN])}" for key, value in row.items())
    return str(row)[:200]
