"""The rules that a schema implies: its constraints for Great Expectations, and a query for each foreign key."""

from collections.abc import Iterator
from typing import Any

from onrecord.schema.tables import Table, joined, quoted


def to_expectations(table: Table) -> Iterator[dict[str, Any]]:
    """Generic Great Expectations rules that the constraints imply, in the form of expectations/<table>.yml."""
    names = [c.name for c in table.columns]
    yield _expectation("expect_table_columns_to_match_ordered_list", "The schema fixes the columns.", column_list=names)
    if len(table.primary_key) > 1:
        yield _expectation(
            "expect_compound_columns_to_be_unique",
            "The primary key names one row.",
            column_list=list(table.primary_key),
        )
    for c in table.columns:
        if c.required:
            yield _expectation("expect_column_values_to_not_be_null", "The schema requires a value.", column=c.name)
        if c.unique or table.primary_key == (c.name,):
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


def to_key_rules(table: Table) -> Iterator[tuple[str, str, str]]:
    """Name, SQL and reason of one rule per foreign key; the SQL returns the rows whose reference is missing."""
    for k in table.foreign_keys:
        on = " AND ".join(f"t.{quoted(a)} = r.{quoted(b)}" for a, b in zip(k.columns, k.references, strict=True))
        given = " AND ".join(f"t.{quoted(a)} IS NOT NULL" for a in k.columns)
        sql = (
            f"SELECT {joined('t.' + c for c in (*table.primary_key, *k.columns))} FROM {quoted(table.name)} t "
            f"ANTI JOIN {quoted(k.table)} r ON {on} WHERE {given}"
        )
        yield (
            f"{'_'.join(k.columns)}__foreign_key",
            sql,
            f"{table.name}.{k.columns[0]} must name a row of {k.table}.",
        )


def _expectation(kind: str, why: str, **kwargs: Any) -> dict[str, Any]:
    return {"type": kind, "kwargs": kwargs, "severity": "critical", "why": why}
