"""Shards as bytes, what they are called, and the rows that they are made of."""

import gzip
import json
from collections.abc import Hashable, Sequence
from datetime import date
from typing import Any

import duckdb

# FNV-1a of an ASCII id, 32 bits, in SQL.
_HASH = (
    "list_reduce(list_transform(string_split({column}, ''), lambda c: ord(c)::BIGINT), "
    "lambda h, c: (xor(h, c) * 16777619) & 4294967295, 2166136261::BIGINT)"
)


def pack(content: Any) -> bytes:
    """Gzipped JSON; the same content gives the same bytes."""
    told = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_told)
    return gzip.compress(told.encode("utf-8"), 6, mtime=0)


def _told(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} in a shard")


def hashed(column: str, digits: int) -> str:
    """SQL for the shard of an id: the last hexadecimal digits of its hash."""
    return f"right(printf('%08x', {_HASH.format(column=column)}), {digits})" if digits else "''"


def hash_of(identifier: str) -> str:
    """The same hash here, as eight hexadecimal digits."""
    value = 2166136261
    for character in identifier.encode():
        value = ((value ^ character) * 16777619) & 0xFFFFFFFF
    return f"{value:08x}"


def digits_for(count: int, aim: int) -> int:
    """How many hexadecimal digits name so many shards that each holds about `aim` of `count` things, at most."""
    digits = 0
    while 16**digits * aim < count:
        digits += 1
    return digits


def shard_name(kind: str, key: str) -> str:
    """The name of a shard; where one holds all, its key is empty."""
    return f"{kind}/{key or 'all'}"


def records(connection: duckdb.DuckDBPyConnection, query: str, arguments: object = None) -> list[dict[str, Any]]:
    """The rows of a query, each by column."""
    names, rows = _run(connection, query, arguments)
    return [dict(zip(names, row, strict=True)) for row in rows]


def values(connection: duckdb.DuckDBPyConnection, query: str, arguments: object = None) -> list[tuple[Any, ...]]:
    return _run(connection, query, arguments)[1]


def one(connection: duckdb.DuckDBPyConnection, query: str, arguments: object = None) -> Any:
    """The first value of the first row."""
    return _run(connection, query, arguments)[1][0][0]


def _run(
    connection: duckdb.DuckDBPyConnection, query: str, arguments: object
) -> tuple[list[str], list[tuple[Any, ...]]]:
    found = connection.execute(query, arguments)
    return [column[0] for column in found.description or ()], found.fetchall()


class Listed:
    """What rows name by its place in a list, so that it is written once."""

    def __init__(self) -> None:
        self.items: list[Sequence[Any]] = []
        self._places: dict[Hashable, int] = {}

    def place(self, *item: Any) -> int:
        found = self._places.get(item)
        if found is None:
            found = self._places[item] = len(self.items)
            self.items.append(item)
        return found
