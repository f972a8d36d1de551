"""What must hold of the tables: the rules that the schemas imply and those that expectations/ declares.

schemas/<table>.yml        its constraints, a rule for each foreign key, and one that all texts are clean
expectations/<table>.yml   what only the domain knows, in the words of Great Expectations
expectations/<name>.sql    a query over all tables that returns the rows that break it
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from onrecord.checks.conditions import KNOWN, to_key_count, to_metric
from onrecord.errors import UserError
from onrecord.schema import Package, Table, load_package, to_expectations, to_key_rules
from onrecord.schema.package import EXPECTATIONS

SQL = "unexpected_rows_expectation"  # the type of a rule whose kwargs hold a query, under `sql`
_SEVERITIES = ("critical", "warning")
_COLUMNS = ("column", "column_A", "column_B")
_WORD = re.compile(r"\w+")
_KIND = re.compile(r"expect_(?:column_pair_|compound_columns_|column_)")
# What keeps or breaks a rule: the rows of an article by themselves, or those of all articles together.
ARTICLE, CORPUS = "article", "corpus"
# The head of an SQL rule: comment lines, among them these declarations; a scope only where it is each article.
_SQL_HEAD = re.compile(r"-- (?P<key>table|severity|scope): (?P<value>\w+)")


class ExpectationError(UserError):
    """A file in expectations/ that declares no usable rule."""

    code = "OR070"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """One expectation on one table. `name` is unique within its table and made of letters, digits and underscores."""

    table: str
    name: str
    type: str  # name of a Great Expectations expectation
    kwargs: Mapping[str, Any]
    severity: str  # critical stops the release; warning is only reported
    why: str
    scope: str = CORPUS

    @property
    def query(self) -> str:
        """Of a rule in SQL: what returns the rows that break it."""
        return str(self.kwargs["sql"])

    @property
    def count_query(self) -> str:
        """Of a rule in SQL, or that keys are unique: how many rows break it. Empty for others."""
        if self.type == SQL:
            return f"SELECT count(*) FROM ({self.query}\n)"
        return to_key_count(to_metric(self.type), self.kwargs, self.table) or ""

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that it reads; of one in SQL all that its query names, in whatever letters."""
        words = {word.lower() for word in _WORD.findall(self.query)} if self.type == SQL else {self.table}
        return tuple(name for name in load_package().tables if name in words)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns whose values it is about; none if it is about the table as a whole or in SQL."""
        single = [self.kwargs[key] for key in _COLUMNS if key in self.kwargs]
        return (*single, *(self.kwargs["column_list"] if self.type.startswith("expect_compound_columns") else ()))


@cache
def load_expectations(folder: Path = EXPECTATIONS) -> tuple[Expectation, ...]:
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


def _schema_rules(package: Package) -> Iterator[Expectation]:
    for table in package.tables.values():
        for raw in to_expectations(table):
            yield _rule(table.name, raw)
        for key, (name, sql, why) in zip(table.foreign_keys, to_key_rules(table), strict=True):
            yield Expectation(
                table=table.name,
                name=name,
                type=SQL,
                kwargs={"sql": sql},
                severity="critical",
                why=why,
                scope=ARTICLE if table.is_in_article(key) else CORPUS,
            )
        if table.name != "rejections":  # which quotes what was refused as it was found
            left_out = {c for profile in package.profiles.values() for c in profile.leave_out.get(table.name, ())}
            yield _text_rule(table.without(left_out))  # bodies have a rule of their own


def _text_rule(table: Table) -> Expectation:
    """All texts of a row, those in lists, too."""
    texts = [f'"{c.name}"' for c in table.columns if c.type == "string"]
    lists = [f'coalesce("{c.name}", [])' for c in table.columns if c.items == "string"]
    values = " || ".join([f"[{', '.join(texts)}]", *lists])
    stray = r"^$|^\s|\s$|[\x00-\x08\x0b-\x1f\x7f]"
    sql = (
        f"SELECT {', '.join(table.primary_key)} FROM {table.name} "
        f"WHERE len(list_filter({values}, lambda value: regexp_matches(value, '{stray}'))) > 0"
    )
    why = "A missing value is null, not empty, and no value has white space at its ends or control characters in it."
    return Expectation(
        table=table.name,
        name="text_is_clean",
        type=SQL,
        kwargs={"sql": sql},
        severity="warning",
        why=why,
        scope=ARTICLE if table.article else CORPUS,
    )


def _declared_rules(folder: Path, package: Package) -> Iterator[Expectation]:
    for path in sorted(folder.glob("*.yml")):
        if path.stem not in package.tables:
            raise ExpectationError(f"{path.name}: no table {path.stem!r} in schemas/")
        try:
            for raw in yaml.safe_load(path.read_text(encoding="utf-8")):
                yield _rule(path.stem, raw, suffix="declared")
        except (KeyError, TypeError, ValueError, yaml.YAMLError) as error:
            raise ExpectationError(f"{path.name}: {error!r}") from error


def _rule(table: str, raw: Mapping[str, Any], *, suffix: str | None = None) -> Expectation:
    """`suffix` keeps a declared rule's name apart from one of the same kind that the schema implies."""
    if unknown := set(raw) - {"type", "kwargs", "severity", "why"}:
        raise ValueError(f"unknown keys {sorted(unknown)}")
    if raw["severity"] not in _SEVERITIES:
        raise ValueError(f"severity {raw['severity']!r} is none of {_SEVERITIES}")
    kwargs = raw.get("kwargs", {})
    rule = Expectation(table=table, name="", type=raw["type"], kwargs=kwargs, severity=raw["severity"], why=raw["why"])
    if raw["type"] not in KNOWN:  # it would need the whole table in memory
        raise ValueError(f"type {raw['type']!r} is none of {sorted(KNOWN)}; write it as a rule in SQL")
    # What is checked stands first: lists of checks are read by their beginnings, and cut at their ends.
    told = _KIND.sub("", raw["type"]) if rule.columns else raw["type"].removeprefix("expect_")
    return replace(rule, name="__".join([*rule.columns, told, *filter(None, [suffix])]))


def _sql_rules(folder: Path, package: Package) -> Iterator[Expectation]:
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
        rule = Expectation(
            table=declared["table"],
            name=path.stem,
            type=SQL,
            kwargs={"sql": sql},
            severity=declared["severity"],
            why=why,
            scope=declared.get("scope", CORPUS),
        )
        if rule.scope not in (ARTICLE, CORPUS):
            raise ExpectationError(f"{path.name}: scope {rule.scope!r} is neither {ARTICLE} nor {CORPUS}")
        if others := [name for name in rule.tables if rule.scope == ARTICLE and not package.tables[name].article]:
            raise ExpectationError(f"{path.name}: its scope is an article, and rows of {others[0]} belong to none")
        yield rule
