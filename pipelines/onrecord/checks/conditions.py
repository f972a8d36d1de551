"""The rules of Great Expectations in SQL: which rows break one, and what is measured of a whole table or column.

As Great Expectations has it, a null breaks only the rule that there is a value, and one that compares two columns. Only
the rules that stand here can be declared, since only these run in bounded memory.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from onrecord.schema.tables import literal, quoted

_Arguments = Mapping[str, Any]


def _in_set(given: _Arguments) -> str:
    return f"{_column(given)} NOT IN ({', '.join(map(_value, given['value_set']))})"


def _not_in_set(given: _Arguments) -> str:
    return f"{_column(given)} IN ({', '.join(map(_value, given['value_set']))})"


def _match(given: _Arguments) -> str:
    return f"NOT regexp_matches({_column(given)}, {literal(given['regex'])})"


def _not_match(given: _Arguments) -> str:
    return f"regexp_matches({_column(given)}, {literal(given['regex'])})"


def _between(given: _Arguments) -> str:
    return _outside(_column(given), given)


def _lengths(given: _Arguments) -> str:
    return _outside(f"length({_column(given)})", given)


def _outside(measured: str, given: _Arguments) -> str:
    least, most = given.get("min_value"), given.get("max_value")
    limits = []
    if least is not None:
        limits.append(f"{measured} {'<=' if given.get('strict_min') else '<'} {_value(least)}")
    if most is not None:
        limits.append(f"{measured} {'>=' if given.get('strict_max') else '>'} {_value(most)}")
    return f"({' OR '.join(limits) or 'false'})"


def _greater(given: _Arguments) -> str:
    larger, smaller = quoted(given["column_A"]), quoted(given["column_B"])
    sign = ">=" if given.get("or_equal") else ">"
    return f"{_counted([larger, smaller], given)} AND NOT coalesce({larger} {sign} {smaller}, false)"


def _equal(given: _Arguments) -> str:
    one, other = quoted(given["column_A"]), quoted(given["column_B"])
    return f"{_counted([one, other], given)} AND {one} IS DISTINCT FROM {other}"


def _counted(columns: Sequence[str], given: _Arguments) -> str:
    """The rows that a rule on two columns is about."""
    if given.get("ignore_row_if") == "never":
        return "true"
    join = " AND " if given.get("ignore_row_if") == "either_value_is_missing" else " OR "
    return "(" + join.join(f"{column} IS NOT NULL" for column in columns) + ")"


def _value(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value).lower() if isinstance(value, bool) else literal(str(value))
    return repr(value)


def _column(given: _Arguments) -> str:
    return quoted(given["column"])


# The metric of each rule on rows, by which Great Expectations asks for its count, and the rows that break it.
_ROWS: Mapping[str, tuple[str, Callable[[_Arguments], str]]] = {
    "expect_column_values_to_not_be_null": ("column_values.nonnull", lambda given: f"{_column(given)} IS NULL"),
    "expect_column_values_to_be_null": ("column_values.null", lambda given: f"{_column(given)} IS NOT NULL"),
    "expect_column_values_to_be_in_set": ("column_values.in_set", _in_set),
    "expect_column_values_to_not_be_in_set": ("column_values.not_in_set", _not_in_set),
    "expect_column_values_to_match_regex": ("column_values.match_regex", _match),
    "expect_column_values_to_not_match_regex": ("column_values.not_match_regex", _not_match),
    "expect_column_values_to_be_between": ("column_values.between", _between),
    "expect_column_value_lengths_to_be_between": ("column_values.value_length.between", _lengths),
    "expect_column_pair_values_a_to_be_greater_than_b": ("column_pair_values.a_greater_than_b", _greater),
    "expect_column_pair_values_to_be_equal": ("column_pair_values.equal", _equal),
}
# Rules that a group of rows breaks: values that stand in several.
_KEYS = {
    "expect_column_values_to_be_unique": "column_values.unique",
    "expect_compound_columns_to_be_unique": "compound_columns.unique",
}
# What is measured of a column, in SQL, by the metric that Great Expectations asks for.
_AGGREGATES = {
    "column.min": "min({0})",
    "column.max": "max({0})",
    "column.mean": "avg({0})",
    "column.sum": "sum({0})",
    "column.distinct_values.count": "count(DISTINCT {0})",
}
_OF_TABLE = {
    "expect_table_row_count_to_be_between",
    "expect_table_row_count_to_equal",
    "expect_table_columns_to_match_ordered_list",
    "expect_column_min_to_be_between",
    "expect_column_max_to_be_between",
    "expect_column_mean_to_be_between",
    "expect_column_sum_to_be_between",
    "expect_column_unique_value_count_to_be_between",
}
KNOWN = frozenset({*_ROWS, *_KEYS, *_OF_TABLE})
_BY_METRIC = dict(_ROWS.values())
_COUNT = ".unexpected_count"


def to_condition(rule: str, given: _Arguments) -> str | None:
    """The condition that a row breaks a rule by itself, in SQL; None for rules on keys and whole tables."""
    return _ROWS[rule][1](given) if rule in _ROWS else None


def to_keys(rule: str, given: _Arguments) -> list[str] | None:
    """The columns that are to be unique together; None for other rules."""
    if rule not in _KEYS:
        return None
    return list(given["column_list"]) if "column_list" in given else [given["column"]]


def to_metric(rule: str) -> str:
    """The name by which Great Expectations asks for the count of a rule on keys; empty for others."""
    return f"{_KEYS[rule]}{_COUNT}" if rule in _KEYS else ""


def to_count(metric: str, given: _Arguments) -> str | None:
    """What Great Expectations asks for under this name, as an SQL aggregate over the table; None if it is no such."""
    if metric == "table.row_count" or metric.endswith(".filtered_row_count"):
        return "count(*)"
    if metric.endswith(_COUNT) and (condition := _BY_METRIC.get(metric.removesuffix(_COUNT))):
        return f"count(*) FILTER ({condition(given)})"
    if aggregate := _AGGREGATES.get(metric):
        return aggregate.format(_column(given))
    return None


def adds_up(aggregate: str) -> bool:
    """Whether an aggregate over a table is the sum of those over its parts."""
    return aggregate.startswith("count(*)")


def to_key_count(metric: str, given: _Arguments, table: str) -> str | None:
    """The query for how many rows share a key that is to be unique, if that is what is asked for.

    Keys are grouped by their hashes, a number each, and only those whose hash stands twice are compared as they are.
    """
    if metric.removesuffix(_COUNT) not in _KEYS.values() or not metric.endswith(_COUNT):
        return None
    columns = given["column_list"] if "column_list" in given else [given["column"]]
    keys = ", ".join(map(quoted, columns))
    there = " OR ".join(f"{quoted(c)} IS NOT NULL" for c in columns)
    return (
        "SELECT coalesce(sum(n), 0)::BIGINT FROM (SELECT count(*) AS n "
        f"FROM (SELECT {keys}, hash({keys}) AS hashed FROM {quoted(table)} WHERE {there}) SEMI JOIN "
        f"(SELECT hash({keys}) AS hashed FROM {quoted(table)} WHERE {there} GROUP BY hashed HAVING count(*) > 1) "
        f"USING (hashed) GROUP BY {keys} HAVING n > 1)"
    )
