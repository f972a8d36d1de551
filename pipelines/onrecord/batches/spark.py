"""Batches extracted by Spark: on this machine or on a cluster, as the environment tells any program of PySpark.

    driver       puts the inputs of each batch that waits into the exchange
    executors    mapInArrow: a task takes a batch from there, extracts it as any engine does, and puts its tables there
    driver       takes the tables home, compares their digests, and gives them their place in one step

Nothing is sent through Spark but names of batches, so texts and tables of any size fit, and a task that is run again,
since its executor died or was slow, puts the same bytes under the same name. What a driver that was killed left in the
exchange is taken by the next one.
"""

import importlib.util
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from onrecord.batches import supplied
from onrecord.batches.batch import pending, write_extracted
from onrecord.batches.exchange import DamagedPackError, Exchange, is_whole, packed, unpack
from onrecord.batches.fingerprints import extracted_folder, program
from onrecord.errors import UserError
from onrecord.storage import store
from onrecord.storage.layout import Layout
from onrecord.storage.packages import missing

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_TRANSFERS = 8  # files on their way at once
_RESULT = pa.schema([("batch", pa.string()), ("problem", pa.string())])


class SparkError(UserError):
    """Spark could not be started, or gave up extracting."""

    code = "OR064"


@dataclass(frozen=True, slots=True)
class Job:
    """What an executor is told."""

    batches: tuple[str, ...]
    exchange: str
    program: str  # of the driver; another one would make other rows
    supplied: supplied.Contents

    def folder(self, batch: str) -> str:
        return f"{self.program}/{batch}"

    def inputs(self, batch: str) -> str:
        return f"{self.folder(batch)}/inputs.parquet"

    def tables(self, batch: str) -> str:
        return f"{self.folder(batch)}/tables.zip"


def check_installed() -> None:
    """MissingPackageError if PySpark is not here, which is an extra."""
    if importlib.util.find_spec("pyspark") is None:
        raise missing("--engine spark", "spark")


def extract_waiting(layout: Layout, exchange: str = "") -> None:
    """Extract all batches that wait. Of two runs at once the second waits, and finds nothing to do.

    Args:
        exchange: a folder or an address for fsspec that executors reach under the same name; by default a folder in
            `layout.datasets`, which must then be shared.

    Raises:
        SparkError, ExchangeError: batches that are finished stay, here or in the exchange, and are not made again.
    """
    check_installed()
    with store.locked(layout.batches):
        if not (batches := pending(layout)):
            return
        job = Job(batches, exchange or str(layout.exchange.absolute()), program(), supplied.contents())
        place = Exchange(job.exchange)
        _each(batches, lambda b: place.write(job.inputs(b), layout.received(b).read_bytes()))
        try:
            _run(job)
        finally:
            _each(batches, lambda b: _take_home(b, job, place, layout))
        if left := {*batches}.intersection(pending(layout)):  # others may have arrived
            raise SparkError(f"the tables of {len(left)} batches came home damaged or not at all: run it again")
        _each(batches, lambda b: place.remove(job.folder(b)))  # no more: others may use the same place


def _each(batches: Iterable[str], call: Callable[[str], None]) -> None:
    with ThreadPoolExecutor(_TRANSFERS) as pool:
        for _ in pool.map(call, batches):
            pass


def _take_home(batch: str, job: Job, place: Exchange, layout: Layout) -> None:
    folder = extracted_folder(layout, batch)
    if folder.exists() or (raw := place.read(job.tables(batch))) is None:
        return
    try:
        with store.creating(folder) as temporary:
            unpack(raw, temporary)
    except DamagedPackError:  # away with it, or the next run would find it finished
        place.remove(job.folder(batch))


def _run(job: Job) -> None:
    """Have Spark run a task a batch, until each has been extracted."""
    with _session() as spark:
        numbers = spark.range(0, len(job.batches), 1, len(job.batches))  # one a task
        rows = numbers.mapInArrow(partial(extracted, job=job), "batch string, problem string").collect()
    if problems := sorted({row.problem for row in rows if row.problem}):
        raise SparkError(f"an executor could not extract: {problems[0]}")


@contextmanager
def _session() -> "Iterator[SparkSession]":
    """The session that runs already, as in a notebook of a managed cluster, or one for this block."""
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # PySpark's own choice may be another Python
    running = SparkSession.getActiveSession()
    try:
        spark = running or SparkSession.builder.appName("onrecord").getOrCreate()
        try:
            yield spark
        finally:
            if running is None:
                spark.stop()
    except Exception as error:  # what Java raised, in one of many wrappings
        raise SparkError(f"Spark gave up: {_cause(error)}; what is finished is kept: run it again") from error


def _cause(error: Exception) -> str:
    """The line of an error's text, pages of Java and Python, that says what went wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"[\w.]+(Error|Exception)\b", line)]
    return f"{(told or lines or [type(error).__name__])[0]:.300}"


def extracted(rows: Iterator[pa.RecordBatch], *, job: Job) -> Iterator[pa.RecordBatch]:
    """Extract the batches with these numbers, on an executor: a row each, with what hindered it or null."""
    for numbers in rows:
        for number in numbers.column(0).to_pylist():
            batch = job.batches[number]
            try:
                problem = _extract_one(batch, job)
            except UserError as error:  # tried again it would come again
                problem = str(error)
            yield pa.RecordBatch.from_pydict({"batch": [batch], "problem": [problem]}, schema=_RESULT)


def _extract_one(batch: str, job: Job) -> str | None:
    supplied.adopt(job.supplied)
    if program() != job.program:
        return (
            f"{platform.node()} has another onrecord than the driver, other libraries or other models; "
            "pack the driver's environment for the executors (docs/clusters.md)"
        )
    place = Exchange(job.exchange)
    with tempfile.TemporaryDirectory(prefix="onrecord-") as temporary:
        folder, received = Path(temporary) / "tables", Path(temporary) / "inputs.parquet"
        if is_whole(place.read(job.tables(batch))):  # by an executor that died later, or for a driver that did
            return None
        if (raw := place.read(job.inputs(batch))) is None:
            return f"{platform.node()} finds no inputs in {place.shown}: the driver's exchange is another place"
        received.write_bytes(raw)
        write_extracted(folder, received, batch)
        place.write(job.tables(batch), packed(folder))
    return None
