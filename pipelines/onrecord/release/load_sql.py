"""The SQL of a release: load.sql (views), import.sql (tables with keys), schema.sql (empty ones), onrecord.duckdb.

Views over relative paths only work inside their folder. So the scripts find the folder from where DuckDB runs, and the
catalog's views take it from a variable, by default the folder that DuckDB runs in. A view cannot ask where its own
database lies; opened from elsewhere, its error says how to tell it.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import duckdb

from onrecord.schema import Package
from onrecord.schema.views import View
from onrecord.storage import store
from onrecord.storage.parts import MONTH, YEAR

CATALOG = "onrecord.duckdb"
# DuckDB tells which pattern found no file. One of a pattern's letters may be any of those in brackets: the first letter
# of the name, which stands among words that say what to do. No slash, colon, hyphen or bracket may be in them.
_WAY = "[first SET VARIABLE onrecord_dir to the folder of this database, or run DuckDB in that folder, for {}]"
_Files = Mapping[str, Sequence[str]]  # table -> its files, by their paths in the release


def to_load_sql(package: Package, version: str, files: _Files, views: Sequence[View]) -> str:
    """Views over the Parquet files with comments, then the views and macros over these."""
    lines = [
        f"-- {package.title} {version}: views over the Parquet files of this folder, with comments.",
        *_find_folder(version, "load.sql"),
        *_table_views(package, files, "getvariable('onrecord_found')"),
        *(statement for view in views for statement in view.to_statements()),
    ]
    return "\n".join(lines) + "\n"


def to_import_sql(package: Package, version: str, files: _Files, views: Sequence[View]) -> str:
    """Tables with primary and foreign keys, filled from the Parquet files, then the views over these."""
    lines = [
        f"-- {package.title} {version}: tables with keys and comments, filled from this folder, in your own database:",
        "-- duckdb mine.duckdb -init import.sql",
        *_find_folder(version, "import.sql"),
        to_schema_sql(package),
    ]
    for table in package.tables.values():
        columns = ", ".join(f'"{c.name}"' for c in table.columns)
        source = _source(files[table.name], "getvariable('onrecord_found')")
        lines.append(f'INSERT INTO "{table.name}" ({columns}) SELECT {columns} FROM {source};')
    lines += [statement for view in views for statement in view.to_statements()]
    return "\n".join(lines) + "\n"


def to_schema_sql(package: Package) -> str:
    return "\n".join(table.to_ddl() for table in package.tables.values())


def write_catalog(folder: Path, package: Package, files: _Files, views: Sequence[View]) -> None:
    """onrecord.duckdb: the views of load.sql, ready made, and the view `keys`, in a format that DuckDB 1.2 can open.

    It holds no rows, so it is small, the same bytes in every build, and never contradicts the Parquet files; keys are
    only declared, as DuckDB's are bound to tables of its own: import.sql makes these.
    """
    # Made elsewhere: DuckDB puts the log of `p?/x.duckdb` into another folder.
    with tempfile.TemporaryDirectory() as elsewhere, duckdb.connect() as connection:
        made = Path(elsewhere) / CATALOG
        connection.execute("SET threads = 1")
        connection.execute("SET VARIABLE onrecord_dir = ?", [store.literal(folder)])  # binding a view opens its files
        path = str(made).replace("'", "''")
        connection.execute(f"ATTACH '{path}' AS onrecord (STORAGE_VERSION 'v1.2.0')")
        connection.execute("USE onrecord")
        connection.execute("BEGIN")  # one for all: each would wait for the disk
        for statement in (*_catalog_views(package, files), *_keys(package)):
            connection.execute(statement)
        for view in views:
            for statement in view.to_statements():
                connection.execute(statement)
        connection.execute("COMMIT")
        connection.execute("USE memory")
        connection.execute("DETACH onrecord")
        shutil.copyfile(made, folder / CATALOG)


def _keys(package: Package) -> Iterator[str]:
    rows = []
    for table in package.tables.values():
        rows.append(f"('{table.name}', 'primary', {list(table.primary_key)}, NULL, NULL)")
        rows += [
            f"('{table.name}', 'foreign', {list(k.columns)}, '{k.table}', {list(k.references)})"
            for k in table.foreign_keys
        ]
    values = ",\n  ".join(rows)
    columns = '"table", kind, columns, "references", referenced_columns'
    yield f"CREATE VIEW keys AS FROM (VALUES\n  {values}\n) k({columns});"
    yield "COMMENT ON VIEW keys IS 'The keys of the tables, which the checks of the release have enforced.';"


def _find_folder(version: str, script: str) -> Iterator[str]:
    tried = [f"{version}/{script}", script, f"*/{version}/{script}", f"*/*/{version}/{script}"]
    globs = " UNION ALL ".join(f"SELECT {i} AS place, file FROM glob('{t}')" for i, t in enumerate(tried))
    yield f"-- Run it in DuckDB inside this folder or in one that holds it: duckdb -init {script}, or .read {script}."
    yield "-- From anywhere else, first: SET VARIABLE onrecord_dir = '/path/to/this/folder';"
    # A variable of its own: onrecord_dir is the user's, and what an earlier script found is another release's.
    # [, * and ? in a folder's name are patterns for DuckDB's readers, unless they stand in brackets.
    yield "SET VARIABLE onrecord_found = regexp_replace(coalesce("
    yield "  getvariable('onrecord_dir'),"
    place = f"coalesce(nullif(left(file, -{len(script) + 1}), ''), '.')"
    yield f"  (SELECT {place} FROM ({globs}) ORDER BY place, file LIMIT 1),"
    yield f"  error('{script}: no folder {version} here; first SET VARIABLE onrecord_dir to where it is')"
    yield r"), '([\[*?])', '[\1]', 'g');"


def _table_views(package: Package, files: _Files, place: str) -> Iterator[str]:
    for table in package.tables.values():
        yield f'CREATE OR REPLACE VIEW "{table.name}" AS FROM {_source(files[table.name], place)};'
        yield table.to_comments("VIEW")


def _source(files: Sequence[str], place: str) -> str:
    if len(files) == 1:
        return f"read_parquet({place} || '/{files[0]}')"
    return f"read_parquet({_listed(files, place)}, {_hive(files)})"


def _hive(files: Sequence[str]) -> str:
    types = ", ".join(f"{column}: BIGINT" for column in (YEAR, MONTH) if f"/{column}=" in files[0])
    return f"hive_partitioning = true, hive_types = {{{types}}}"


def _listed(files: Sequence[str], place: str) -> str:
    if len(files) == 1:
        return f"[{place} || '/{files[0]}']"
    listed = ", ".join(f"'/{name}'" for name in files)
    return f"list_transform([{listed}], lambda file: {place} || file)"


def _catalog_views(package: Package, files: _Files) -> Iterator[str]:
    place = "getvariable('onrecord_dir')"
    for table in package.tables.values():
        found = files[table.name]
        here = ", ".join(f"'{_WAY.format(name[0])}{name[1:]}'" for name in found)
        source = f"CASE WHEN {place} IS NULL THEN [{here}] ELSE {_listed(found, place)} END"
        hive = f", {_hive(found)}" if len(found) > 1 else ""
        yield f'CREATE OR REPLACE VIEW "{table.name}" AS FROM read_parquet({source}{hive});'
        yield table.to_comments("VIEW")
