"""DuckDB as all steps open it: within a share of the machine's memory, with a place for what does not fit.

ONRECORD_MEMORY says how much memory a step may take, such as 2GB. By default it is what DuckDB needs to work well,
which grows with the threads, and in assembly with the corpus once that is large: half of the machine's memory and 3 GB
at most. Results never depend on it.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from onrecord.errors import UserError

MEMORY = "ONRECORD_MEMORY"
_MOST = 3_000_000_000
_OF_THREAD = 125_000_000  # the least that DuckDB asks for
_OF_THREAD_IN_SLICES = 100_000_000  # is enough for assembly, which cuts its work by what it has (fitting)
_OF_ARTICLE = 5_000  # what several joins of a query hold at once cannot all be spilled
_SIZE = re.compile(r"([0-9.]+) ?(B|[KMGT]i?B)", re.I)


class MemoryLimitError(UserError):
    """ONRECORD_MEMORY is no amount of memory."""

    code = "OR035"


class MemoryNeededError(UserError):
    """A query holds more at once than DuckDB may take."""

    code = "OR036"


@contextmanager
def opened() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database for the queries of this block, which spills to a folder of its own: what is read may lie where nothing
    can be written."""
    with telling_of_memory(), TemporaryDirectory(prefix="onrecord-") as spilled, connect(Path(spilled)) as connection:
        yield connection


@contextmanager
def telling_of_memory() -> Iterator[None]:
    """For a block of queries: MemoryNeededError, which names the variable to set, where one of them lacks memory."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        told = str(error).partition("\n")[0].removeprefix("Out of Memory Error: ")
        raise MemoryNeededError(
            f"DuckDB needs more memory than it may take ({told}): set {MEMORY} to more, such as {MEMORY}=2GB, "
            "and run again; finished batches are kept"
        ) from error


def connect(spilled: Path, usual: int | None = None, *, articles: int | None = None) -> duckdb.DuckDBPyConnection:
    """A database in memory whose larger sorts and joins go to the folder `spilled`, which DuckDB makes and removes.

    Args:
        usual: bytes that it may take unless ONRECORD_MEMORY says otherwise, half of the machine's at most; by default
            what its threads need.
        articles: how many are assembled; then it may take less, or what these need, if that is more.
    """
    spilled.parent.mkdir(parents=True, exist_ok=True)  # DuckDB makes one folder, and a first build has none yet
    connection = duckdb.connect()
    ((machine, threads),) = connection.execute(
        "SELECT current_setting('memory_limit'), current_setting('threads')"
    ).fetchall()
    half = int(to_bytes(machine) / 0.8 / 2)  # its own limit is 80 % of the machine's
    of_thread = _OF_THREAD if articles is None else _OF_THREAD_IN_SLICES
    usual = usual or min(_MOST, max(of_thread * max(threads, 2), _OF_ARTICLE * (articles or 0)))
    limit = to_bytes(os.environ.get(MEMORY, "")) or min(half, usual)
    connection.execute("SET memory_limit = ?", [f"{limit}B"])
    connection.execute("SET temp_directory = ?", [str(spilled)])
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET enable_progress_bar = false")  # it would write between what we print
    return connection


def memory_of(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that the connection may take."""
    ((limit,),) = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    return to_bytes(limit)


def fitting(connection: duckdb.DuckDBPyConnection, size: int) -> int:
    """How many things the connection may hold at once if each takes this many bytes; one at least."""
    return max(memory_of(connection) // size, 1)


def to_bytes(text: str) -> int:
    """An amount of memory as people and DuckDB write it, such as 2GB or 1.5 GiB; 0 for nothing."""
    if not text.strip():
        return 0
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise MemoryLimitError(f"{MEMORY}: {text!r:.40} is no amount of memory; write it as 2GB")
    number, unit = match.groups()
    binary = "i" in unit.lower()
    power = " KMGT".index(unit[0].upper()) if unit[0].upper() != "B" else 0
    return int(float(number) * (1024 if binary else 1000) ** power)
