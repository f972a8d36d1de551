"""schemas/ is the only place where a column is declared, and everything derived from it agrees."""

import shutil

import duckdb
import pyarrow as pa
import pytest

from onrecord.annotate.rows import ROWS
from onrecord.schema import SCHEMAS, SchemaError, find_violations, load_package

TABLES = load_package().tables


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda t: t.name)
def test_every_column_says_what_it_means(table):
    assert all(len(c.description) >= 10 for c in table.columns)
    assert table.to_arrow().field(0).metadata[b"description"].decode() == table.columns[0].description


def test_the_ddl_of_all_tables_runs_in_load_order_with_every_comment():
    with duckdb.connect() as connection:
        for table in TABLES.values():
            connection.execute(table.to_ddl())
        comments = connection.execute("SELECT count(*) FROM duckdb_columns() WHERE comment IS NOT NULL").fetchone()
    assert comments == (sum(len(t.columns) for t in TABLES.values()),)


@pytest.mark.parametrize("name", ROWS)
def test_a_rows_function_exists_for_each_table_that_articles_fill(name):
    assert name in TABLES


def _rows(**changed):
    row = {c.name: None for c in TABLES["dates"].columns}
    row |= {"date_id": "a:d:0-1", "article_id": "0" * 16, "start": 0, "end": 1, "text": "x", "type": "DATE"}
    row |= {"value": "2018", "anchor": "none", "rule": "r", "confidence": 0.5}
    nullable = pa.schema([f.with_nullable(True) for f in TABLES["dates"].to_arrow()])
    return pa.Table.from_pylist([row | changed], schema=nullable)


def test_a_row_that_obeys_its_schema_violates_nothing():
    assert list(find_violations(TABLES["dates"], _rows())) == []


@pytest.mark.parametrize(
    "changed, constraint",
    [
        ({"value": None}, "required"),
        ({"type": "NOON"}, "enum"),
        ({"article_id": "zz"}, "pattern"),
        ({"start": -1}, "minimum"),
        ({"confidence": 1.5}, "maximum"),
        ({"text": ""}, "minLength"),
    ],
)
def test_a_broken_constraint_is_found_with_its_value(changed, constraint):
    (found,) = find_violations(TABLES["dates"], _rows(**changed))
    assert (found.constraint, found.value) == (constraint, *changed.values())


def test_a_repeated_primary_key_is_found():
    (found,) = find_violations(TABLES["dates"], pa.concat_tables([_rows(), _rows()]))
    assert found.constraint == "primary key"


@pytest.mark.parametrize(
    "old, new, complaint",
    [
        ("{required: true, enum: [DATE", "{requird: true, enum: [DATE", "unknown constraints"),
        ("- name: type\n    type: string", "- name: type\n    type: strnig", "unknown type"),
        ("resource: articles", "resource: artciles", "unknown table"),
        ("description: TIMEX3 type.", "descripton: TIMEX3 type.", "descripton"),
    ],
)
def test_a_mistake_in_a_schema_file_is_named(tmp_path, old, new, complaint):
    folder = shutil.copytree(SCHEMAS, tmp_path / "schemas")
    path = folder / "dates.yml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(SchemaError, match=f"dates.yml.*{complaint}"):
        load_package(folder)
