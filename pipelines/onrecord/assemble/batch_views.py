"""Views over the extracted tables of batches."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from onrecord.batches.batch import INPUTS
from onrecord.batches.columns import batch_schemas
from onrecord.batches.fingerprints import extracted_folder
from onrecord.storage import store
from onrecord.storage.layout import Layout

# What batch_<table> is called once another view of that name reads it: first actors are merged, then rows corrected.
_RENAMED = ("unmerged", "uncorrected")


def open_batches(connection: duckdb.DuckDBPyConnection, layout: Layout, batches: Sequence[str]) -> None:
    """Views batch_<table> over these batches, with the batch's name as a column, in place of those that there are.

    Where batch_<table> reads other views by now, the one of these that reads the files is replaced.
    """
    there = {view for (view,) in connection.execute("SELECT view_name FROM duckdb_views()").fetchall()}
    for name, schema in {"inputs": INPUTS, **batch_schemas()}.items():
        view = next((f"{state}_{name}" for state in _RENAMED if f"{state}_{name}" in there), f"batch_{name}")
        if batches:
            files = [store.literal(extracted_folder(layout, batch) / f"{name}.parquet") for batch in batches]
            source = connection.read_parquet(files, filename=True)
            source.project("* EXCLUDE (filename), parse_path(filename)[-3] AS batch").create_view(view, replace=True)
        else:
            connection.register(view, schema.append(pa.field("batch", pa.string())).empty_table())
