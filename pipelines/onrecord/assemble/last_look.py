"""The last look at rows before they are written."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from onrecord.errors import UserError
from onrecord.schema import Table, find_violations


class BrokenTablesError(UserError):
    """Inputs that got lost, or rows that break their schema: our own mistake, told before it is written."""

    code = "OR081"


def checked(table: Table, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches; BrokenTablesError at the first row that breaks a constraint of its column."""
    for batch in batches:
        if broken := next(find_violations(table, pa.Table.from_batches([batch])), None):
            raise BrokenTablesError(f"assembled rows break their schema: {broken}")
        yield batch
