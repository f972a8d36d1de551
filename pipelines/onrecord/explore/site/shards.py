"""Every shard of a release by its name: which there are, and what is in each."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from onrecord.audit.judged import WRONG_WITH
from onrecord.explore.site import FORMAT
from onrecord.explore.site.actor_shards import actor_index, actor_shard, redirects
from onrecord.explore.site.article_shards import article_shard
from onrecord.explore.site.issue_shards import issue_digits, issue_index, issue_shard, position_shard
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.overview import dictionary, overview
from onrecord.explore.site.packing import hash_of, pack, shard_name
from onrecord.explore.site.quote_shards import quote_shard, quote_spans, word_families
from onrecord.explore.site.report_shards import initiative_index, initiative_shard, utterance_index, utterance_shard

_WHOLE: Mapping[str, Callable[[Opened], Any]] = {
    "overview": overview,
    "actors": actor_index,
    "issues": issue_index,
    "utterances": utterance_index,
    "initiatives": initiative_index,
    "positions": position_shard,
    "tables": dictionary,
    "redirects": redirects,
    "words": word_families,
}
_CUT: Mapping[str, Callable[[Opened, str], Any]] = {
    "article": article_shard,
    "actor": actor_shard,
    "issue": issue_shard,
    "utterance": utterance_shard,
    "initiative": initiative_shard,
}
_HASHED = {"actor", "issue"}  # the ids of the others begin with that of an article, and are cut by it
_NAME = re.compile(
    r"(?P<kind>article|actor|issue|utterance|initiative)/(?P<key>all|[0-9a-f]{1,8})|quotes-(?P<number>0|[1-9]\d{0,5})"
)


def meta(opened: Opened, *, live: bool, sql: str | None, files: str | None) -> dict[str, Any]:
    """What every page reads first.

    Args:
        live: whether a server answers searches and networks; else the pages compute them from shards.
        sql: 'server', 'page' (the engine is beside the pages) or None.
        files: where the release's files lie, relative to the pages; None where they are not there.
    """
    descriptor = opened.descriptor
    return {
        "format": FORMAT,
        "title": descriptor.get("title", "On Record"),
        "version": opened.version,
        "schema": descriptor.get("schemaVersion", "1.0"),
        "profile": opened.profile,
        "licence": (descriptor.get("licenses") or [{}])[0],
        "doi": descriptor.get("id"),
        "text": opened.has_text,
        "counts": opened.counts,
        "cuts": _digits(opened),
        "quotes": None if live else quote_spans(opened),
        "live": live,
        "sql": sql,
        "files": files,
        "wrong": WRONG_WITH,
    }


def _digits(opened: Opened) -> Mapping[str, int]:
    return {**asdict(opened.cuts), "issue": issue_digits(opened)}


def all_shards(opened: Opened) -> Iterator[tuple[str, bytes]]:
    """Every shard that holds something, as `make_shard` makes it; up to sixteen that are cut are made at once."""
    for name in (*_WHOLE, *(f"quotes-{number}" for number in range(len(quote_spans(opened))))):
        yield name, make_shard(opened, name)
    for kind, digits in _digits(opened).items():
        for group in [f"{n:0{digits - 1}x}" for n in range(16 ** (digits - 1))] if digits > 1 else [""]:
            parts: dict[str, dict[str, Any]] = {}
            for key, row in _CUT[kind](opened, group).items():
                place = hash_of(key)[8 - digits :] if kind in _HASHED else key[:digits]
                parts.setdefault(place, {})[key] = row
            for key in sorted(parts):
                yield shard_name(kind, key), pack(parts[key])


def make_shard(opened: Opened, name: str) -> bytes:
    """The bytes of a shard; KeyError if no shard can have that name."""
    if name in _WHOLE:
        return pack(_WHOLE[name](opened))
    if not (match := _NAME.fullmatch(name)):
        raise KeyError(name)
    if match["number"]:
        return pack(quote_shard(opened, int(match["number"])))
    key = "" if match["key"] == "all" else match["key"]
    if len(key) != _digits(opened)[match["kind"]]:
        raise KeyError(name)
    return pack(_CUT[match["kind"]](opened, key))
