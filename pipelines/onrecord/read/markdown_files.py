"""Files of Markdown: one article each, with the facts in its front matter, which is read as a record is."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

import yaml

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.parse.markdown_text import to_plain_text
from onrecord.read.fields import seed_of
from onrecord.read.streams import refused
from onrecord.read.text import read_whole

_FRONT = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"\A\s*#[ \t]+(.{1,300}?)[ \t]*#*[ \t]*(?:\n|\Z)")


def read_markdown(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    """The article that a file is."""
    seed = read_whole(stream, name, given)
    if isinstance(seed, Rejected):
        yield seed
        return
    text: str = seed.text
    facts: dict[str, Any] | None = {}
    if front := _FRONT.match(text):
        facts, text = _facts(front[1]), text[front.end() :]
        if facts is None:
            yield refused(Reason.BAD_METADATA, name, f"front matter that is no YAML: {front[1]!r:.80}")
    facts = facts or {}
    if heading := _HEADING.match(text):
        facts = {"title": to_plain_text(heading[1])} | facts
    plain = to_plain_text(text)
    yield from seed_of({**facts, "text": plain}, name, seed.source_sha256, given, seed.repairs)


def _facts(front: str) -> dict[str, Any] | None:
    try:
        found = yaml.safe_load(front)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    texts = {key: str(value) if isinstance(value, date | datetime) else value for key, value in found.items()}
    return {str(key): value for key, value in texts.items() if value is not None}
