"""Views over the extracted tables of batches."""

from collections.abc import Collection, Sequence

import duckdb
import pyarrow as pa

from onrecord.batches.batch import INPUTS
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.storage import store
from onrecord.storage.layout import Layout


def open_batches(
    connection: duckdb.DuckDBPyConnection, layout: Layout, batches: Sequence[str], *, unmerged: Collection[str] = ()
) -> None:
    """Views batch_<table> over these batches, with the batch's name as a column, in place of those that there are.

    `unmerged` names the tables whose batch_<table> reads another view, unmerged_<table>: that one is replaced.
    """
    for name, schema in {"inputs": INPUTS, **batch_schemas()}.items():
        view = f"unmerged_{name}" if name in unmerged else f"batch_{name}"
        if batches:
            files = [store.literal(extracted_folder(layout, batch) / f"{name}.parquet") for batch in batches]
            source = connection.read_parquet(files, filename=True)
            source.project("* EXCLUDE (filename), parse_path(filename)[-3] AS batch").create_view(view, replace=True)
        else:
            connection.register(view, schema.append(pa.field("batch", pa.string())).empty_table())
