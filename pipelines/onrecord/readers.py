"""Seeds from files: what is in a folder, and how each kind of file is read.

A reader yields every article of a file as a `Seed`, or the reason why there is none as a `Rejected`. Files whose name
starts with a dot, and outlet.yml, are no articles and are ignored by name.
"""

import gzip
import hashlib
import json
import os
import stat
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

import yaml

from onrecord.document import Given, Reason, Rejected, Seed, Stage

MAX_DEPTH = 100  # folders below each other
MAX_BYTES = 8 * 2**20  # of one article as received; the longest newspaper pieces have a hundredth of that
OUTLET = "outlet.yml"

# Record fields by their usual names in scrapers' output (news-please, newspaper, trafilatura, Common Crawl News).
_FIELDS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "maintext", "body", "content", "article"),
    "url": ("url", "link", "source_url", "canonical_url"),
    "title": ("title", "headline"),
    "published": ("published", "date_publish", "date", "published_at", "publish_date", "publication_date"),
    "outlet": ("outlet", "source", "publisher", "source_domain", "sitename"),
    "authors": ("authors", "author", "byline"),
    "section": ("section", "category"),
}


def read_seeds(root: Path) -> Iterator[Seed | Rejected]:
    """Every article below `root`, a folder or one file, in the order of their names.

    Source files are named by the root's own name and the path below it, so a checkout elsewhere gives the same names.
    Links to folders are not followed. NotADirectoryError / FileNotFoundError if `root` itself is not there.
    """
    root = Path(os.path.abspath(root))
    if not root.exists():
        raise FileNotFoundError(f"no such seeds folder or file: {root}")
    if root.is_dir():
        yield from _read_folder(root, root.name, Given())
    else:
        yield from _read_file(root, root.name, Given())


def _read_folder(folder: Path, name: str, given: Given) -> Iterator[Seed | Rejected]:
    if name.count("/") >= MAX_DEPTH:
        yield _refused(Reason.UNREADABLE, name, f"more than {MAX_DEPTH} folders deep")
        return
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield _refused(Reason.UNREADABLE, name, error.strerror or str(error))
        return
    try:
        given = _outlet_facts(folder, given)
    except (OSError, ValueError, yaml.YAMLError) as error:
        yield _refused(Reason.BAD_METADATA, f"{name}/{OUTLET}", " ".join(str(error).split()))
    for entry in entries:
        if entry.name.startswith(".") or entry.name == OUTLET:
            continue
        path, below = Path(entry.path), _printable(f"{name}/{entry.name}")
        if entry.is_dir(follow_symlinks=False):
            if _reader(entry.name):
                yield _refused(Reason.NOT_A_FILE, below, "a folder with the name of an article; its files are read")
            yield from _read_folder(path, below, given)
        elif entry.is_symlink() and _is_folder(path):
            yield _refused(Reason.NOT_A_FILE, below, "a link to a folder; links to folders are not followed")
        else:
            yield from _read_file(path, below, given)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a link that points to itself
        return False


def _outlet_facts(folder: Path, given: Given) -> Given:
    path = folder / OUTLET
    if not path.is_file():
        return given
    facts = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(facts, dict) or any(
        k not in ("outlet", "section") or not isinstance(v, str) for k, v in facts.items()
    ):
        raise ValueError(f"{OUTLET} takes text for outlet and section, found {facts!r:.80}")
    return replace(given, outlet=facts.get("outlet", given.outlet), section=facts.get("section", given.section))


def _read_file(path: Path, name: str, given: Given) -> Iterator[Seed | Rejected]:
    reader = _reader(path.name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            yield _refused(Reason.NOT_A_FILE, name, "neither a file nor a folder")
        elif reader is None:
            yield _refused(
                Reason.UNSUPPORTED_FORMAT, name, f"no reader for {path.suffix or 'a name without an ending'!r}"
            )
        else:
            with _opened(path) as stream:
                yield from reader(stream, name, given)
    except (OSError, EOFError, zlib.error) as error:  # EOFError, zlib.error: a damaged .gz
        yield _refused(Reason.UNREADABLE, name, getattr(error, "strerror", None) or str(error))


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.suffix.lower() == ".gz" else path.open("rb")


def _reader(name: str) -> Callable[[IO[bytes], str, Given], Iterator[Seed | Rejected]] | None:
    stem = name.lower().removesuffix(".gz")
    return next((reader for ending, reader in READERS.items() if stem.endswith(ending)), None)


def _read_text(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    raw, digest = _bounded(stream)
    if raw is None:
        yield Rejected(Reason.TOO_LARGE, Stage.READ, name, digest, f"more than {MAX_BYTES} bytes")
        return
    text = _decoded(raw)
    if isinstance(text, Reason):
        yield Rejected(text, Stage.READ, name, digest, repr(raw[:60]))
    else:
        yield Seed(source_file=name, source_sha256=digest, text=text, given=given)


def _bounded(stream: IO[bytes]) -> tuple[bytes | None, str]:
    """The bytes of a stream, None if there are too many, and the digest of all of them."""
    raw = stream.read(MAX_BYTES + 1)
    digest = hashlib.sha256(raw)
    if len(raw) <= MAX_BYTES:
        return raw, digest.hexdigest()
    while chunk := stream.read(2**20):
        digest.update(chunk)
    return None, digest.hexdigest()


def _decoded(raw: bytes) -> str | Reason:
    if b"\0" in raw[:65_536]:
        return Reason.BINARY
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Reason.BAD_ENCODING


def _read_records(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = f"{name}#{number}"
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
            yield _refused(Reason.TOO_LARGE, place, f"more than {MAX_BYTES} bytes")
        elif line.strip():
            digest = hashlib.sha256(line.strip()).hexdigest()
            try:
                yield from _seed_of(json.loads(line), place, digest, given)
            except (ValueError, RecursionError) as error:
                yield Rejected(Reason.BAD_RECORD, Stage.READ, place, digest, f"{error}: {line[:60]!r}")


def _read_json(stream: IO[bytes], name: str, given: Given) -> Iterator[Seed | Rejected]:
    raw, digest = _bounded(stream)
    if raw is None:
        yield Rejected(Reason.TOO_LARGE, Stage.READ, name, digest, f"more than {MAX_BYTES} bytes; use .jsonl for many")
        return
    try:
        content = json.loads(raw)
    except (ValueError, RecursionError) as error:
        yield Rejected(Reason.BAD_RECORD, Stage.READ, name, digest, f"{error}: {raw[:60]!r}")
        return
    if isinstance(content, list):
        for number, record in enumerate(content, 1):
            canonical = json.dumps(record, ensure_ascii=True, sort_keys=True).encode()
            yield from _seed_of(record, f"{name}#{number}", hashlib.sha256(canonical).hexdigest(), given)
    else:
        yield from _seed_of(content, name, digest, given)


def _seed_of(record: Any, name: str, digest: str, given: Given) -> Iterator[Seed | Rejected]:
    """The seed in a record; facts that cannot be read are refused one by one and the article is kept without them."""
    if not isinstance(record, dict):
        yield Rejected(Reason.BAD_RECORD, Stage.READ, name, digest, f"not an object: {record!r:.60}")
        return
    found = {field: next((record[n] for n in names if record.get(n)), None) for field, names in _FIELDS.items()}
    if not isinstance(found["text"], str):
        yield Rejected(Reason.BAD_RECORD, Stage.READ, name, digest, f"no text among the fields {sorted(record)!r:.80}")
        return
    facts: dict[str, Any] = {}
    for field, value in found.items():
        if value is None or field == "text":
            continue
        try:
            facts[field] = _FACTS[field](value)
        except ValueError:
            yield Rejected(Reason.BAD_METADATA, Stage.READ, name, digest, f"{field}: {value!r:.80}")
    # A lone surrogate is valid in JSON but is no character, and no file can hold it.
    text = found["text"].encode("utf-8", "replace").decode("utf-8")
    yield Seed(source_file=name, source_sha256=digest, text=text, given=replace(given, **facts))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(value)
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def _names(value: Any) -> tuple[str, ...]:
    """Authors as a list, or as one string with commas, semicolons or 'and' between them."""
    if isinstance(value, str):
        value = value.replace(";", ",").replace(" and ", ",").split(",")
    if not isinstance(value, list):
        raise ValueError(value)
    return tuple(name for name in (_text(v) for v in value) if name)


def _day(value: Any) -> date:
    """The day of an ISO 8601 date or timestamp, in the time zone it is given in."""
    return date.fromisoformat(_text(value)[:10])


_FACTS: Mapping[str, Callable[[Any], Any]] = {
    "url": _text,
    "title": _text,
    "published": _day,
    "outlet": _text,
    "authors": _names,
    "section": _text,
}

# By ending of the name, '.gz' taken off. Longer endings stand first.
READERS: Mapping[str, Callable[[IO[bytes], str, Given], Iterator[Seed | Rejected]]] = {
    ".jsonl": _read_records,
    ".ndjson": _read_records,
    ".json": _read_json,
    ".txt": _read_text,
}


def _printable(name: str) -> str:
    """File names are bytes; those that are not UTF-8 are shown with escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _refused(reason: Reason, name: str, detail: str) -> Rejected:
    return Rejected(reason, Stage.READ, name, None, detail)
