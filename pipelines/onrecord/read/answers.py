"""Where in a JSON file its records are: a list, a list somewhere within the answer of an interface, or a table.

Tables are those that pandas writes (`DataFrame.to_json`): columns, index, split and table; `records` is a plain list.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.read.fields import has_body

_DEEPEST = 6  # objects and lists within each other above a list of records


def records_in(content: Any) -> list[Any] | None:
    """The records in a JSON value, in its order; None if it is a single record, or none."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or has_body(content):
        return None
    if isinstance(
        content.get("@graph"), list
    ):  # linked data: besides the article it describes its page, site and author
        return [node for node in content["@graph"] if has_body(node)] or None
    table = _table(content)
    if table is not None:
        return table
    lists = [found for found in _lists(content, 0) if all(isinstance(item, dict) for item in found)]
    # Beside the results some answers list sources, tags and counts.
    holding = [found for found in lists if any(map(has_body, found))]
    return max(holding or (lists if len(lists) == 1 else []), key=len, default=None)


def feed_title(content: Any) -> str | None:
    """The name of the outlet in a JSON Feed (jsonfeed.org), which stands above its items."""
    is_feed = isinstance(content, dict) and str(content.get("version")).startswith("https://jsonfeed.org/")
    return content["title"] if is_feed and isinstance(content.get("title"), str) else None


def _table(content: Mapping[str, Any]) -> list[Any] | None:
    columns, data = content.get("columns"), content.get("data")
    if isinstance(columns, list) and isinstance(data, list):  # split
        names = list(map(str, columns))
        return [dict(zip(names, row, strict=True)) if _fits(row, names) else row for row in data]
    values = list(content.values())
    if not values or not all(isinstance(value, dict) for value in values):
        return None
    if all(map(has_body, values)):  # index
        return values
    keys = values[0].keys()
    if len(keys) and all(value.keys() == keys for value in values):  # columns
        rows = [{name: column[key] for name, column in content.items()} for key in keys]
        return rows if any(map(has_body, rows)) else None
    return None


def _fits(row: Any, names: list[str]) -> bool:
    return isinstance(row, list) and len(row) == len(names)


def _lists(value: Any, depth: int) -> Iterator[list[Any]]:
    """Lists that are not empty within an object; none within a list, which would be parts of its members."""
    if isinstance(value, list):
        if value:
            yield value
    elif isinstance(value, dict) and depth < _DEEPEST:
        for inner in value.values():
            yield from _lists(inner, depth + 1)
