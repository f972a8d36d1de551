"""A release in Python: its tables as Arrow, pandas or polars, and its views and macros in DuckDB, wherever it lies.

    release = onrecord.open("https://data.example.org/onrecord")
    release.sql("SELECT speaker, text FROM find('ease sanctions')").df()
    release.tables["quotes"].to_pandas(columns=["text"])

Of a release at an address only what a query needs is fetched: the ends of the files, then the columns and row groups
that it reads. DuckDB's httpfs does that where it is installed; without it the tables are Arrow datasets over fsspec,
to which DuckDB hands the columns and filters of a query.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from pyarrow.fs import PyFileSystem

from onrecord.explore.exact import ExactReads
from onrecord.schema import load_package
from onrecord.schema.tables import literal, quoted
from onrecord.storage.packages import missing
from onrecord.storage.parts import MONTH, YEAR
from onrecord.storage.readonly import create_views
from onrecord.storage.releases import DESCRIPTOR, LATEST, NoReleaseError
from onrecord.storage.store import SUMS

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_POINTER = "latest.json"  # where releases are published; where they are made, latest is a link


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """One table of a release. Nothing is read before it is asked for."""

    name: str
    dataset: ds.Dataset

    def to_arrow(self, columns: Sequence[str] | None = None, filter: ds.Expression | None = None) -> pa.Table:
        """The rows that pass `filter`, with these columns, by default all."""
        return self.dataset.to_table(columns=None if columns is None else list(columns), filter=filter)

    def to_pandas(self, columns: Sequence[str] | None = None, filter: ds.Expression | None = None) -> "pd.DataFrame":
        found: pd.DataFrame = self.to_arrow(columns, filter).to_pandas()
        return found

    def to_polars(self, columns: Sequence[str] | None = None, filter: ds.Expression | None = None) -> "pl.DataFrame":
        import polars

        found = polars.from_arrow(self.to_arrow(columns, filter))
        assert isinstance(found, polars.DataFrame)
        return found


class Release:
    """An open release. Close it, or use it in a `with` block."""

    def __init__(self, system: AbstractFileSystem, folder: str, address: str) -> None:
        self._system, self._folder, self.address = system, folder, address
        descriptor = json.loads(system.cat_file(f"{folder}/{DESCRIPTOR}"))
        self.version = str(descriptor.get("version", folder.rpartition("/")[2]))
        self.schema_version = str(descriptor.get("schemaVersion", "1.0"))
        self.profile = str(descriptor.get("releaseProfile", "full"))
        files = _files(system, folder)
        self.tables: Mapping[str, ReleaseTable] = {
            name: ReleaseTable(name, _dataset(system, paths)) for name, paths in files.items()
        }
        self.connection = duckdb.connect()
        create_views(self.connection, dict(_sources(self.connection, system, files, self.tables)))

    def sql(self, query: str, **parameters: object) -> duckdb.DuckDBPyRelation:
        """The rows of a query on the tables, views and macros: `.df()`, `.pl()`, `.to_arrow_table()`, `.fetchall()`.
        `parameters` fill the $names in it."""
        return self.connection.sql(query, params=parameters or None)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Release":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<onrecord release {self.version}, schema {self.schema_version}, {self.profile}, at {self.address}>"


def open_anywhere(place: str | Path, version: str = LATEST) -> Release:
    """A release for reading.

    Args:
        place: a release's folder, a folder or address that holds releases (a datasets folder, or what `onrecord
            publish` has written), such as https://data.example.org/onrecord or s3://bucket/onrecord. https:// needs
            onrecord[https], s3:// onrecord[s3].
        version: the release among several there; by default the latest.

    Raises:
        NoReleaseError: there is none, or not that version; the message says where was looked.
        MissingPackageError: an extra that opens such an address is not installed; the message names it.
    """
    address = str(place).rstrip("/")
    try:
        system, root = url_to_fs(address if "://" in address else str(Path(address).absolute()))
    except ImportError as error:
        kind = address.partition("://")[0]
        raise missing(f"{kind}://", {"http": "https", "gs": "gcs"}.get(kind, kind)) from error
    for below in _places(system, root, version):
        if system.exists(f"{below}/{SUMS}"):
            return Release(system, below, address)
    raise NoReleaseError(f"no release {version} at {address}: give a release's folder, or one that holds releases")


def _places(system: AbstractFileSystem, root: str, version: str) -> Iterator[str]:
    """Where the release can be: where it is published, where it is made, or the folder itself."""
    if version != LATEST:
        yield from (f"{root}/{version}", f"{root}/releases/{version}")
        return
    yield root
    if system.exists(f"{root}/{_POINTER}"):
        yield f"{root}/{json.loads(system.cat_file(f'{root}/{_POINTER}'))['version']}"
    yield from (f"{root}/{LATEST}", f"{root}/releases/{LATEST}")


def _files(system: AbstractFileSystem, folder: str) -> dict[str, list[str]]:
    """The Parquet files of each table, as SHA256SUMS lists them: an address need not list its folders."""
    listed = system.cat_file(f"{folder}/{SUMS}").decode("utf-8").splitlines()
    names = [line.split("  ", 1)[1] for line in listed]
    found = {
        table: [f"{folder}/{name}" for name in names if name == f"{table}.parquet" or name.startswith(f"{table}/")]
        for table in load_package().tables
    }
    return {table: paths for table, paths in found.items() if paths}


def _dataset(system: AbstractFileSystem, paths: list[str]) -> ds.Dataset:
    cut_by = [(column, pa.int64()) for column in (YEAR, MONTH) if f"/{column}=" in paths[0]]
    parts = ds.partitioning(pa.schema(cut_by), flavor="hive") if cut_by else None
    return ds.dataset(paths, format="parquet", partitioning=parts, filesystem=PyFileSystem(ExactReads(system)))


def _sources(
    connection: duckdb.DuckDBPyConnection,
    system: AbstractFileSystem,
    files: Mapping[str, list[str]],
    tables: Mapping[str, ReleaseTable],
) -> Iterator[tuple[str, str]]:
    """What each table is selected from: its files, where DuckDB reads them itself, else its Arrow dataset."""
    read_by_duckdb = _reads_itself(connection, system)
    for name, paths in files.items():
        if read_by_duckdb:
            listed = ", ".join(literal(system.unstrip_protocol(p) if "http" in system.protocol else p) for p in paths)
            yield name, f"read_parquet([{listed}], hive_partitioning = {str(f'/{YEAR}=' in paths[0]).lower()})"
        else:
            connection.register(f"arrow_{name}", tables[name].dataset)
            yield name, quoted(f"arrow_{name}")


def _reads_itself(connection: duckdb.DuckDBPyConnection, system: AbstractFileSystem) -> bool:
    protocols: Any = (system.protocol,) if isinstance(system.protocol, str) else system.protocol
    if "file" in protocols:
        return True
    if "http" not in protocols:
        return False  # a store has credentials, and fsspec knows where they are
    try:
        connection.execute("LOAD httpfs")
    except duckdb.Error:
        return False
    return True
