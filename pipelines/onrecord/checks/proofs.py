"""Queries that show, of a large build, that no row breaks a rule, in less time than the rule takes.

expectations/proofs/<name>.sql   finds rows wherever the rules that it names would, perhaps in other places, too

Where a proof finds nothing, the rules that it is of hold, and are not run; where it finds something, they are: only
their rows and counts are told. What is given are rules that have to hold as well. A proof whose scope is an article is
counted month by month, and kept. The others compare sums of digests: rows that differ have the same one once in 2^64.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.checks.expectations import ARTICLE, CORPUS, SQL, Expectation, ExpectationError, load_expectations
from onrecord.schema import Table, load_package
from onrecord.schema.package import EXPECTATIONS
from onrecord.schema.tables import joined, quoted

_HEAD = re.compile(r"-- (of|given|scope): (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    of: tuple[str, ...]  # rules, as <table>.<name>
    given: tuple[Expectation, ...]  # rules that have to hold, too
    query: Expectation | None = None  # which finds nothing where all of them hold; none if what is given is enough

    @property
    def needed(self) -> tuple[Expectation, ...]:
        """What has to find nothing."""
        return (*self.given, *filter(None, [self.query]))


@cache
def load_proofs() -> Mapping[str, tuple[Proof, ...]]:
    """The proofs of each rule that has some, all of which have to find nothing, by the query that counts the rows that
    break it. ExpectationError, naming the file, for one that names a rule that there is not."""
    rules = {f"{rule.table}.{rule.name}": rule for rule in load_expectations()}
    found: dict[str, tuple[Proof, ...]] = {}
    for proof in (*_declared(rules), *_of_keys(rules)):
        for name in proof.of:
            counting = rules[name].count_query
            found[counting] = (*found.get(counting, ()), proof)
    return found


def _declared(rules: Mapping[str, Expectation]) -> Iterator[Proof]:
    for path in sorted((EXPECTATIONS / "proofs").glob("*.sql")):
        lines = path.read_text(encoding="utf-8").splitlines()
        told: dict[str, list[str]] = {}
        for match in filter(None, map(_HEAD.fullmatch, lines)):
            told.setdefault(match[1], []).extend(name.strip() for name in match[2].split(","))
        if unknown := {*told.get("of", ()), *told.get("given", ())} - rules.keys():
            raise ExpectationError(f"proofs/{path.name}: no rule {min(unknown)}")
        sql = "\n".join(line for line in lines if not line.startswith("--")).strip()
        query = _query(rules[told["of"][0]].table, path.stem, sql, *told.get("scope", [CORPUS])) if sql else None
        yield Proof(of=tuple(told["of"]), given=tuple(rules[name] for name in told.get("given", ())), query=query)


def _of_keys(rules: Mapping[str, Expectation]) -> Iterator[Proof]:
    """Of the keys of rows that belong to articles. Ids begin with that of the article, and all its rows lie in a month:
    so would two with the same key. And whom a row names is mentioned in its article."""
    mentioned = rules["mentions.actor_id__foreign_key"]
    for table in (table for table in load_package().tables.values() if table.article):
        (unique,) = (name for name in _unique(table) if name in rules)
        yield Proof(of=(unique,), given=(), query=_query(table.name, "key_is_of_its_article", _keys(table), ARTICLE))
        for key in table.foreign_keys:
            if key.table == "actors" and table.name != mentioned.table:
                (column,) = key.columns
                query = _query(table.name, f"{column}_is_mentioned", _unmentioned(table, column), ARTICLE)
                yield Proof(of=(f"{table.name}.{column}__foreign_key",), given=(mentioned,), query=query)


def _unique(table: Table) -> tuple[str, str]:
    """What the rule that a table's primary key is unique may be called."""
    return (
        f"{table.name}.{table.primary_key[0]}__values_to_be_unique",
        f"{table.name}.{'__'.join(table.primary_key)}__to_be_unique",
    )


def _keys(table: Table) -> str:
    key, first = joined(table.primary_key), quoted(table.primary_key[0])
    return (
        f"SELECT {key} FROM {table.name} WHERE split_part({first}, ':', 1) IS DISTINCT FROM {table.article} "
        f"UNION ALL SELECT {key} FROM {table.name} GROUP BY {key} HAVING count(*) > 1"
    )


def _unmentioned(table: Table, column: str) -> str:
    row = f"(SELECT {table.article} AS article_id, {quoted(column)} AS actor_id FROM {table.name})"
    return f"SELECT actor_id FROM {row} ANTI JOIN mentions USING (article_id, actor_id) WHERE actor_id IS NOT NULL"


def _query(table: str, name: str, sql: str, scope: str) -> Expectation:
    why = "Where this finds nothing, no row breaks the rules that it is of."
    query = Expectation(
        table=table, name=name, type=SQL, kwargs={"sql": sql}, severity="critical", why=why, scope=scope
    )
    if others := [t for t in query.tables if scope == ARTICLE and not load_package().tables[t].article]:
        raise ExpectationError(f"proof {name}: its scope is an article, and rows of {others[0]} belong to none")
    return query
