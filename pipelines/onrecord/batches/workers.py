"""Chunks of inputs, extracted in this process or in several."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain

import pyarrow as pa

from onrecord.batches.columns import batch_schemas
from onrecord.batches.extract import extract_tables
from onrecord.document import Seed

CHUNK = 8  # seeds a task: long enough to hide the hand-over, short enough that no worker waits long for the last

Inputs = Callable[[], Iterable[tuple[str, Seed]]]  # reads some seeds with their input_id; small, for it is pickled


def extract_all(chunks: Iterable[Inputs], *, workers: int = 1) -> Iterator[dict[str, pa.Table]]:
    """`extract_tables` of each chunk of inputs, in order, in this process or in `workers` processes.

    There are no more of these than processors: each loads the models, and more only take time from one another.

    A worker reads its chunk itself. Sent to it, the texts would fill the pipe to the workers, and who writes to a full
    pipe when the last of them dies waits for ever.
    """
    if workers == 1:
        yield from map(_extract_chunk, chunks)
        return
    workers = min(workers, os.cpu_count() or 1)
    # spawn: a forked copy of a process that runs threads (Arrow, DuckDB) can hang.
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_end_with_parent) as pool:
        yield from pool.map(_extract_chunk, chunks)


def _extract_chunk(chunk: Inputs) -> dict[str, pa.Table]:
    return extract_tables(tuple(chunk()))


def _end_with_parent() -> None:
    """A worker waits for tasks for ever; when its parent is killed, no one else would end it."""

    def watch() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def concatenated(parts: Iterable[dict[str, pa.Table]]) -> dict[str, pa.Table]:
    """The batch tables of all chunks, joined."""
    held = list(parts)
    return {
        name: pa.concat_tables(chain([schema.empty_table()], (part[name] for part in held)))
        for name, schema in batch_schemas().items()
    }
