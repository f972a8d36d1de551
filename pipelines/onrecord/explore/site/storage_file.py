"""A release as one DuckDB file: what the SQL page opens, and what a site is written from.

DuckDB 1.2 and later reads it without an extension: the engine of the page is of an earlier version than ours, and has
no reader of Parquet.
"""

from pathlib import Path

import duckdb

from onrecord.schema import load_package
from onrecord.schema.tables import literal
from onrecord.storage import store
from onrecord.storage.parts import files_of, is_cut
from onrecord.storage.readonly import create_views

_STORED = "stored"  # the schema of the tables themselves; views of the same names show them with comments


def write_database(release: Path, path: Path) -> None:
    """Write the tables, views and macros of a release to a path where none is. The same release gives the same rows in
    the same order; DuckDB decides on the bytes."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")  # rows are stored in the order of the files
        connection.execute(f"ATTACH {literal(str(path))} AS release (STORAGE_VERSION 'v1.2.0')")
        connection.execute("USE release")
        connection.execute(f"CREATE SCHEMA {_STORED}")
        sources = {}
        for name in load_package().tables:
            if files := files_of(release, name):
                listed = ", ".join(literal(store.literal(file)) for file in files)
                source = f"read_parquet([{listed}], hive_partitioning = {str(is_cut(files)).lower()})"
                connection.execute(f'CREATE TABLE {_STORED}."{name}" AS FROM {source}')
                sources[name] = f'{_STORED}."{name}"'
        create_views(connection, sources)
        connection.execute("USE memory")
        connection.execute("DETACH release")
