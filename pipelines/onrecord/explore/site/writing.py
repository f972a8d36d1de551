"""A release's explorer as a folder of files for any static host.

<folder>/releases.json          the versions that are there, the newest first
<folder>/index.html             leads to the newest
<folder>/<version>/index.html   the explorer of one release, and the files of ours beside it
<folder>/<version>/data/        its shards
"""

import contextlib
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from onrecord.errors import UserError
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.shards import all_shards, meta
from onrecord.explore.site.storage_file import write_database
from onrecord.storage import store
from onrecord.storage.releases import check_version, version_of, version_order

_STATIC = Path(__file__).parent / "static"
_ENGINE = _STATIC / "engine"
_DATABASE = "release.duckdb.gz"
RELEASES = "releases.json"
_ENTRY = "index.html"
_SQL_PAGE = {"sql.html", "sql.js", "engine.js"}  # of no use without the engine


class ForeignFolderError(UserError):
    """A folder to write a site into that holds something else."""

    code = "OR115"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    folder: Path  # of the version
    version: str
    files: int
    size: int  # bytes
    has_sql: bool


def has_engine() -> bool:
    """Whether `make vendor` has put DuckDB's engine for the SQL page beside the pages."""
    return (_ENGINE / "duckdb-eh.wasm.gz").is_file()


def static_files(*, engine: bool) -> Iterator[tuple[str, Path]]:
    """The files of ours by their names below the site, with the SQL page and its engine or without."""
    for path in sorted(_STATIC.rglob("*")):
        name = path.relative_to(_STATIC).as_posix()
        if path.is_file() and (engine or not (name.startswith("engine/") or name in _SQL_PAGE)):
            yield name, path


def write_site(release: Path, folder: Path, *, files: str | None = None) -> Written:
    """Write the explorer of a release into `folder`/<version>, in the place of what is there of that version.

    Args:
        release: what is shown is what it holds; for others take a public one.
        folder: is made if it is not there. ForeignFolderError if it holds something that is no such site.
        files: the address of the release's own files, relative to the version's folder, where they are there, too.
    """
    version = check_version(version_of(release))
    if folder.exists() and any(folder.iterdir()) and not (folder / RELEASES).is_file():
        raise ForeignFolderError(f"{folder} holds other files than an explorer; name an empty folder or a new one")
    target = folder / version
    folder.mkdir(parents=True, exist_ok=True)
    store.remove_leftovers(folder)
    temporary = folder / f".tmp-{os.getpid()}-new-{version}"  # a site can be written again: no fsync
    try:
        _write_version(release, temporary, files)
        written = [path for path in temporary.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in written)
        if target.exists():
            store.remove_folder(target)
        temporary.rename(target)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    versions = {version, *(v for v in read_versions(_read(folder / RELEASES)) if (folder / v).is_dir())}
    for name, raw in entry_files(versions):
        with store.replacing(folder / name) as replacement:
            replacement.write_bytes(raw)
    return Written(folder=target, version=version, files=len(written), size=size, has_sql=has_engine())


def _write_version(release: Path, folder: Path, files: str | None) -> None:
    for name, path in static_files(engine=has_engine()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    with tempfile.TemporaryDirectory() as elsewhere:
        database = Path(elsewhere) / "release.duckdb"
        write_database(release, database)
        if has_engine():
            (folder / "data").mkdir(parents=True)
            _compress(database, folder / "data" / _DATABASE)
        with duckdb.connect(database) as connection, contextlib.closing(Opened(release, connection)) as opened:
            _put(folder / "data" / "meta.json", _told(meta(opened, live=False, sql=_page(), files=files)))
            for name, raw in all_shards(opened):
                _put(folder / "data" / f"{name}.json.gz", raw)


def _compress(path: Path, to: Path) -> None:
    with path.open("rb") as raw, to.open("wb") as packed, gzip.GzipFile("", "wb", 6, packed, 0) as out:
        shutil.copyfileobj(raw, out)


def _page() -> str | None:
    return "page" if has_engine() else None


def _put(path: Path, raw: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)


def _told(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str) + "\n").encode()


def _read(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def read_versions(raw: bytes | None) -> list[str]:
    """The versions that a releases.json lists; none if it is not there or damaged, for it is written anew."""
    try:
        return [check_version(version) for version in json.loads(raw or b"[]")]
    except (ValueError, TypeError, UserError):
        return []


def entry_files(versions: set[str]) -> Iterator[tuple[str, bytes]]:
    """What stands above the versions: the list of them, and a page that leads to the same place in the newest."""
    listed = sorted(versions, key=version_order, reverse=True)
    page = (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>On Record</title>\n'
        f'<script>location.replace("{listed[0]}/index.html" + location.hash)</script>\n'
        f'<noscript><meta http-equiv="refresh" content="0; url={listed[0]}/index.html"></noscript>\n'
        f'<p><a href="{listed[0]}/index.html">On Record, release {listed[0]}</a></p>\n</html>\n'
    )
    yield RELEASES, (json.dumps(listed) + "\n").encode()
    yield _ENTRY, page.encode()
