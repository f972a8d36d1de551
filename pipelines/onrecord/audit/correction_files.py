"""Corrections as files: what somebody found wrong in a row, and what is right. docs/corrections.md tells the form.

A file is a list of entries in YAML. Its name, and the order of files and entries, say nothing: an entry is known by a
hash of what it says. What is no correction is refused by itself, and the others of its file count.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from onrecord.audit.judged import TABLES, table_of
from onrecord.document import Reason, Rejected, Stage
from onrecord.storage import store

_ACTIONS = ("change", "remove", "add", "merge", "split")
_KEYS = {
    "change": {"row", "text", "set", "was"},
    "remove": {"row", "text"},
    "add": {"table", "article", "start", "end", "text", "set"},
    "merge": {"from", "into"},
    "split": {"actor", "articles", "into", "new"},
}
_SHARED = {"action", "wrong", "reason", "who", "when"}
_ARTICLE = re.compile(r"[0-9a-f]{16}")
_ACTOR = re.compile(r"wd:Q[0-9]+|state:[A-Z]{3}|org:[a-z0-9-]+|x:[0-9a-f]{16}")
_NEW = {"name", "type", "country", "roles"}
_LARGEST = 2**24  # bytes of a file
_WORDS = {True: "yes", False: "no"}  # YAML 1.1 reads yes and no as true and false

Value = str | int | float | date | list[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCorrection:
    """One entry. `row` is the row's id, or the actor's; of an added row its place, as ids are made of it."""

    correction_id: str  # c: and a hash of what the entry says
    file: str  # that it stands in, below the folder
    action: str
    table: str
    row: str
    article_id: str | None  # None where actors are merged
    start: int | None
    end: int | None
    text: str | None  # the row's words, by which it is found again where offsets have moved
    set: Mapping[str, Value]
    was: Mapping[str, Value]
    into: str | None  # of merge and split: the actor that it is
    new: Mapping[str, Value]  # of split: that actor, where no row has it yet
    articles: tuple[str, ...]  # of split: where the actor is another one
    reason: str | None
    who: str | None
    when: date | None


def read_corrections(folders: Sequence[Path]) -> tuple[tuple[RowCorrection, ...], tuple[Rejected, ...]]:
    """The corrections in files *.yml and *.yaml of the folders, by their ids, and what was refused, by stage `correct`.

    An entry that stands there twice counts once. A folder that is not there holds nothing.
    """
    found: dict[str, RowCorrection] = {}
    refused = []
    for folder in folders:
        for path in _files(folder):
            for each in _read(path):
                if isinstance(each, Rejected):
                    refused.append(each)
                else:
                    first = found.get(each.correction_id, each)
                    found[each.correction_id] = min(first, each, key=lambda c: c.file)
    return tuple(found[key] for key in sorted(found)), tuple(refused)


def digest(folders: Sequence[Path]) -> str:
    """Changes whenever what `read_corrections` reads may have changed; empty without files."""
    files = [path for folder in folders for path in _files(folder) if path.is_file()]
    return hashlib.sha256("".join(f"{p.name} {store.sha256_of(p)}\n" for p in files).encode()).hexdigest() * bool(files)


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.yml"), *folder.glob("*.yaml")])


def refusal(reason: Reason, place: str, detail: str) -> Rejected:
    """A row of rejections about a correction; it has no digest, since the order of entries in a file says nothing."""
    return Rejected(reason, Stage.CORRECT, f"corrections/{place}", None, detail)


class _Loader(yaml.SafeLoader):
    """Without aliases: a few lines of these can stand for more than a memory holds."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not read")
        return super().compose_node(parent, index)


def _read(path: Path) -> Iterator[RowCorrection | Rejected]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ValueError(f"more than {_LARGEST:,} bytes")
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        yield refusal(Reason.BAD_CORRECTION, path.name, f"the file cannot be read: {_line(str(error))}")
        return
    if not isinstance(entries, list | None):
        yield refusal(Reason.BAD_CORRECTION, path.name, "the file is no list of entries")
        return
    for entry in entries or ():
        try:
            yield to_correction(entry, path.name)
        except (KeyError, TypeError, ValueError) as error:
            told = f"no {error.args[0]}" if isinstance(error, KeyError) else str(error)
            yield refusal(Reason.BAD_CORRECTION, path.name, f"{_line(told)}: {_line(str(entry))}")


def _line(text: str) -> str:
    return " ".join(text.split())[:300]


def to_correction(entry: Any, file: str) -> RowCorrection:
    """An entry as a value. KeyError for a lacking field, ValueError or TypeError, in words, for one that is wrong."""
    if not isinstance(entry, dict) or not all(isinstance(name, str) for name in entry):
        raise TypeError("no mapping of fields")
    action = entry.get("action", "change" if "set" in entry else "remove")
    if action not in _ACTIONS:
        raise ValueError(f"action is one of {', '.join(_ACTIONS)}")
    if unknown := entry.keys() - _KEYS[action] - _SHARED:
        raise ValueError(f"{action} has no field {min(unknown)}")
    found = _merged(entry) if action == "merge" else _split(entry) if action == "split" else _of_row(entry, action)
    told: dict[str, Any] = {
        **{"article_id": None, "start": None, "end": None, "text": _text(entry, "text"), "set": {}, "was": {}},
        **{"into": None, "new": {}, "articles": ()},
        **found,
        **{"action": action, "reason": _line_of(entry, "reason"), "who": _line_of(entry, "who"), "when": _day(entry)},
    }
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return RowCorrection(correction_id=f"c:{hashlib.sha256(written.encode()).hexdigest()[:16]}", file=file, **told)


def _of_row(entry: Mapping[str, Any], action: str) -> dict[str, Any]:
    if action == "add":
        table, article = str(entry["table"]), str(entry["article"])
        start, end = entry["start"], entry["end"]
        if table not in TABLES.values():
            raise ValueError(f"rows are added to {', '.join(TABLES.values())}")
        if not _ARTICLE.fullmatch(article) or type(start) is not int or type(end) is not int or not 0 <= start < end:
            raise ValueError("article is an article_id, start and end are offsets into its text")
        letter = next(letter for letter, name in TABLES.items() if name == table)
        row = f"{article}:{letter}:{start}-{end}"
    else:
        row = str(entry["row"])
        place = re.fullmatch(r"([0-9a-f]{16}):([a-z]):(\d{1,9})-(\d{1,9})(?::([a-z_]+))?", row)
        table = table_of(row) or ""
        if place is None or not table:
            raise ValueError(f"row is an id of {', '.join(TABLES.values())}")
        article, start, end = place[1], int(place[3]), int(place[4])
    values = _values(entry, "set", table)
    if action == "change" and not values:
        raise ValueError("set says nothing")
    return {
        "table": table,
        "row": row,
        "article_id": article,
        "start": start,
        "end": end,
        "set": values,
        "was": _values(entry, "was", table),
    }


def _merged(entry: Mapping[str, Any]) -> dict[str, Any]:
    if entry["from"] == entry["into"]:
        raise ValueError("from and into are the same")
    return {"table": "actors", "row": _actor(entry["from"]), "into": _actor(entry["into"])}


def _split(entry: Mapping[str, Any]) -> dict[str, Any]:
    articles = entry["articles"] if isinstance(entry["articles"], list) else [None]
    if not articles or not all(isinstance(each, str) and _ARTICLE.fullmatch(each) for each in articles):
        raise ValueError("articles is a list of article_ids")
    if ("into" in entry) == ("new" in entry):
        raise ValueError("either into, an actor that is there, or new, with name and type")
    new = _values(entry, "new", "actors")
    if new and (not {"name", "type"} <= new.keys() <= _NEW or new["type"] not in ("person", "organization", "group")):
        raise ValueError("new has name, type (person, organization or group), country and roles")
    return {
        "table": "actors",
        "row": _actor(entry["actor"]),
        "into": _actor(entry["into"]) if "into" in entry else None,
        "new": new,
        "articles": tuple(sorted(set(articles))),
    }


def _actor(value: Any) -> str:
    if not isinstance(value, str) or not _ACTOR.fullmatch(value):
        raise ValueError(f"{value!r:.60} is no actor_id")
    return value


def _values(entry: Mapping[str, Any], field: str, table: str) -> dict[str, Value]:
    given = entry.get(field) or {}
    if not isinstance(given, dict) or not all(isinstance(name, str) for name in given):
        raise TypeError(f"{field} is a mapping of columns to values")
    return {name: _value(name, value, table) for name, value in sorted(given.items())}


def _value(name: str, value: Any, table: str) -> Value:
    if isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):  # the value of a date is a text that looks like a day
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return list(value)
    if value is None or isinstance(value, str | int | float):
        return str(value) if table == "dates" and name == "value" else value
    raise ValueError(f"{name} has a value that no column can hold")


def _text(entry: Mapping[str, Any], field: str) -> str | None:
    value = entry.get(field)
    return None if value is None else str(value)


def _line_of(entry: Mapping[str, Any], field: str) -> str | None:
    return " ".join((_text(entry, field) or "").split()) or None


def _day(entry: Mapping[str, Any]) -> date | None:
    value = entry.get("when")
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    return value.date() if isinstance(value, datetime) else date.fromisoformat(str(value)[:10])


# ---------------------------------------------------------------- writing


def add_correction(path: Path, entry: Mapping[str, Any]) -> RowCorrection:
    """Write one more entry at the end of a file, made if it is not there; errors as of `to_correction`."""
    correction = to_correction(dict(entry), path.name)
    written = _dumped([entry])
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    store.write_text(path, before + "\n" * bool(before and not before.endswith("\n")) + written)
    return correction


def write_corrections(path: Path, entries: Sequence[Mapping[str, Any]]) -> int:
    """Write a file of these entries alone, in place of what was there; returns how many, errors as `to_correction`."""
    for entry in entries:
        to_correction(dict(entry), path.name)
    store.write_text(path, _dumped(entries))
    return len(entries)


def _dumped(entries: Sequence[Mapping[str, Any]]) -> str:
    return str(yaml.safe_dump([dict(each) for each in entries], sort_keys=False, allow_unicode=True, width=120))
