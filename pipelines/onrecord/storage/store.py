"""Reading and writing files: Parquet with our settings, and the temporary-name, fsync, rename way to write anything.

Nothing here knows what the tables mean.
"""

import errno
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.errors import UserError
from onrecord.schema.tables import ROW_GROUP

SUMS = "SHA256SUMS"  # digests of the files beside it

# Parquet settings measured on 200k rows: zstd-9 with these encodings is the best size for the time.
_WRITE = {
    "compression": "zstd",
    "compression_level": 9,
    "version": "2.6",
    "data_page_version": "2.0",
    "write_page_index": True,
    "store_schema": True,
    "write_page_checksum": True,
}
_MISSES = 0.05  # of the groups that a Bloom filter lets through although they lack the value; a byte a distinct value


def write_table(
    path: Path,
    batches: Iterable[pa.RecordBatch],
    schema: pa.Schema,
    *,
    group_rows: int = ROW_GROUP,
    looked_up: Mapping[str, int] | None = None,
    plain: Collection[str] = (),
) -> int:
    """Write `batches` to one Parquet file, atomically; returns the number of rows.

    Bytes depend on rows and arguments only, not on how the rows were cut into batches: they are cut anew into row
    groups of `group_rows` rows. Memory holds one row group.

    `looked_up` gives columns and about how many distinct values a group has of each: these get a Bloom filter in each
    group, so that a search for one value reads the groups that have it. In a file of one group it would save nothing.

    `plain` names columns whose values seldom recur: a dictionary in each group would only make them longer.
    """
    groups = _regrouped(batches, schema, group_rows)
    first = next(groups, None)
    is_long = first is not None and first.num_rows == group_rows
    filters = {c: {"ndv": n, "fpp": _MISSES} for c, n in (looked_up or {}).items()} if is_long else None
    coded = [_leaf(field) for field in schema if field.name not in plain]
    rows = 0
    with (
        replacing(path) as temporary,
        pq.ParquetWriter(temporary, schema, bloom_filter_options=filters, use_dictionary=coded, **_WRITE) as writer,
    ):
        for group in () if first is None else chain((first,), groups):
            writer.write_table(group, row_group_size=group_rows)
            rows += group.num_rows
    return rows


def _leaf(field: pa.Field) -> str:
    """The column of Parquet that holds a field's values."""
    return f"{field.name}.list.element" if pa.types.is_list(field.type) else field.name


def _regrouped(batches: Iterable[pa.RecordBatch], schema: pa.Schema, group_rows: int) -> Iterator[pa.Table]:
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        while count >= group_rows:
            table = pa.Table.from_batches(held)
            yield _compact(table.slice(0, group_rows), schema)
            held = table.slice(group_rows).to_batches()
            count -= group_rows
    if count:
        yield _compact(pa.Table.from_batches(held), schema)


def _compact(table: pa.Table, schema: pa.Schema) -> pa.Table:
    return table.cast(schema).combine_chunks()


def literal(path: Path) -> str:
    """`path` as DuckDB's readers take it: they read [, * and ? as patterns and would open a neighbouring folder."""
    return re.sub(r"[\[*?]", r"[\g<0>]", str(path))


def files_in(folder: Path) -> dict[str, Path]:
    """The files of a folder and of the folders below it, by their paths from there, in the order of these."""
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if not p.is_dir() or p.is_symlink()}
    return dict(sorted(files.items()))


def sums_of(folder: Path) -> str:
    """The other files of a folder as sha256sum lists them, in the order of their names: what its SHA256SUMS holds."""
    return "".join(f"{sha256_of(p)}  {name}\n" for name, p in files_in(folder).items() if name != SUMS)


def is_whole(folder: Path) -> bool:
    """True if the folder's files are those of its SHA256SUMS, byte for byte, and no others."""
    return (folder / SUMS).is_file() and (folder / SUMS).read_bytes() == sums_of(folder).encode()


_digests: ContextVar[dict[tuple[int, ...], str] | None] = ContextVar("digests", default=None)


@contextmanager
def digested_once() -> Iterator[None]:
    """For a block in which files may come and go but none is changed: the digest of each is taken once, whatever names
    it has."""
    token = _digests.set({})
    try:
        yield
    finally:
        _digests.reset(token)


def digest_all(paths: Iterable[Path]) -> None:
    """Take the digests of many files on all cores, in a block where each is taken once."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for taken in [pool.submit(copy_context().run, sha256_of, path) for path in paths]:
            taken.result()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        known = _digests.get()
        if known is None:
            return hashlib.file_digest(file, "sha256").hexdigest()
        told = os.fstat(file.fileno())
        key = (told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns)
        if key not in known:
            known[key] = hashlib.file_digest(file, "sha256").hexdigest()
        return known[key]


def sha256_of_text(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class DiskFullError(UserError):
    """There is no room, or no right to more of it, for what was to be written."""

    code = "OR030"


@contextmanager
def _telling_full_disk(path: Path) -> Iterator[None]:
    """Turns the errors of a full disk, a used-up quota or a file-size limit into one that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise DiskFullError(
            f"no room to write {path} ({os.strerror(error.errno)}); what is finished is kept: make room and run again"
        ) from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place, on disk for good, if the block ends without an error."""
    temporary = path.with_name(f".tmp-{os.getpid()}-{path.name}")
    try:
        with _telling_full_disk(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            yield temporary
            _sync(temporary)
            temporary.replace(path)
            _sync(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def creating(folder: Path) -> Iterator[Path]:
    """A temporary folder beside `folder` that becomes it if the block ends without an error: all of it or nothing.

    FileExistsError if `folder` is there already; what is there stays.
    """
    if folder.exists():
        raise FileExistsError(folder)
    temporary = folder.with_name(f".tmp-{os.getpid()}-{folder.name}")
    shutil.rmtree(temporary, ignore_errors=True)
    try:
        with _telling_full_disk(folder):
            temporary.mkdir(parents=True)
            yield temporary
            put_in_place(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def put_in_place(temporary: Path, folder: Path) -> None:
    """Give a finished folder its name once all of it is on disk for good. OSError if one of that name has files.

    A file that has another name, too, is a link to one of a folder that was finished before.
    """
    for path in sorted(temporary.rglob("*")):
        if path.is_dir() or path.stat().st_nlink == 1:
            _sync(path)
    _sync(temporary)
    temporary.rename(folder)
    _sync(folder.parent)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process; another one waits. The lock goes with the process, however it ends."""
    from filelock import FileLock, Timeout

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / ".lock", is_singleton=True)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print(f"another run is writing in {folder}; waiting for it to end", file=sys.stderr, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def remove_leftovers(folder: Path) -> int:
    """Delete what killed writers left in `folder`, not what running ones are writing; returns how many entries."""
    leftovers = [p for p in folder.glob(".tmp-*") if not _is_running(p.name.split("-")[1])]
    for path in leftovers:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return len(leftovers)


def _is_running(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except PermissionError:  # somebody else's
        return True
    except (ValueError, ProcessLookupError):
        return False
    return int(process) != os.getpid()


def remove_folder(folder: Path) -> None:
    """Delete a folder so that it is either whole or gone, never half there under its name."""
    doomed = folder.with_name(f".tmp-{os.getpid()}-{folder.name}")
    folder.rename(doomed)
    shutil.rmtree(doomed)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
