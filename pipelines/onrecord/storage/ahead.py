"""Making things while others are used."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")
_END = object()


def ahead(items: Iterable[_T]) -> Iterator[_T]:
    """The items in order, each made in another thread while the one before it is used: such as rows that DuckDB finds
    while those before them are written. An error in making one is raised where it would be used."""
    iterator = iter(items)
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(next, iterator, _END)
        while (item := waiting.result()) is not _END:
            waiting = other.submit(next, iterator, _END)
            yield item  # type: ignore[misc]
