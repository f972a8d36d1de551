"""A large release is cut by month, and every reader of a release reads it as if it were whole."""

import shutil
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
import yaml

from onrecord.assemble import assemble
from onrecord.checks import check_tables, write_report
from onrecord.explore.query import open_release, run_query
from onrecord.release import check_release, diff_releases, is_unchanged, write_profile, write_release
from onrecord.release.facts import read_facts
from onrecord.schema import load_package
from onrecord.storage import parts, store
from onrecord.storage.layout import Layout
from onrecord.storage.parts import MONTH, YEAR, copy_table, files_of, scan
from ranges import Ranges, served

TABLES = load_package().tables


@pytest.fixture(scope="module")
def layout(datasets, codebook, tmp_path_factory):
    """The batches of the seeds, assembled and checked as those of a large corpus are."""
    layout = Layout(tmp_path_factory.mktemp("cut"))
    for part in (Layout(datasets).batches, Layout(datasets).ingest):
        shutil.copytree(part, layout.datasets / part.name)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(parts, "CUT_FROM", 0)
        assemble(layout, codebook)
    write_report(layout.build, check_tables(layout.build))
    return layout


@pytest.fixture(scope="module")
def cut(layout):
    """The release of the seeds in which every table of article rows is cut."""
    return write_release(layout.build, layout.releases, "cut")


def test_the_card_names_all_files_of_a_cut_table(cut):
    head = yaml.safe_load((cut / "README.md").read_text(encoding="utf-8").split("---")[1])
    for config in head["configs"]:
        assert sorted(cut.glob(config["data_files"])) == sorted(files_of(cut, config["config_name"]))


def test_only_tables_of_article_rows_are_cut_one_file_a_month_unknown_ones_last(cut):
    names = {table: [p.relative_to(cut).as_posix() for p in files_of(cut, table)] for table in TABLES}
    assert names["quotes"] == [
        f"quotes/{YEAR}=2018/{MONTH}=9/quotes.parquet",
        f"quotes/{YEAR}=0/{MONTH}=0/quotes.parquet",
    ]
    assert {table for table, files in names.items() if len(files) == 1} == {
        "actors",
        "actor_redirects",
        "corrections",
        "issues",
        "redirects",
        "rejections",
    }


def test_the_parts_hold_the_rows_of_the_whole_in_its_order(cut, release):
    for table in TABLES.values():
        whole = pq.read_table(files_of(release, table.name)[0])
        read = pa.concat_tables(pq.ParquetFile(path).read() for path in files_of(cut, table.name))
        if table.of_article:
            assert read.equals(whole), table.name
        else:  # what belongs to an article by way of a quote or proposal lies with it
            assert read.sort_by([(c, "ascending") for c in table.primary_key]).equals(whole), table.name


def test_the_examples_of_the_data_dictionary_come_from_all_parts(cut, release):
    whole = read_facts(release, load_package()).examples
    of_cut = read_facts(cut, load_package()).examples
    in_order = [name for name, table in TABLES.items() if table.of_article or not table.article]
    assert {name: of_cut[name] for name in in_order} == {name: whole[name] for name in in_order}
    first = {name: pq.read_table(files_of(cut, name)[0]) for name in TABLES}
    assert [
        c
        for name, rows in first.items()
        for c in rows.column_names
        if whole[name][c] and rows[c].null_count == len(rows)
    ]


def test_load_sql_import_sql_and_the_catalog_read_parts(cut, monkeypatch):
    monkeypatch.chdir(cut.parent)
    with duckdb.connect() as connection:
        connection.execute((cut / "load.sql").read_text())
        years = connection.execute(f"SELECT {YEAR}, count(*) FROM articles GROUP BY 1 ORDER BY 1 DESC").fetchall()
        (statements,) = connection.execute("SELECT count(*) FROM statements").fetchone()
    assert years == [(2018, 1), (0, 4)]
    with duckdb.connect() as connection:
        connection.execute((cut / "import.sql").read_text())
        assert connection.execute("SELECT count(*) FROM statements").fetchone() == (statements,)
        assert YEAR not in connection.table("quotes").columns
    with duckdb.connect(str(cut / "onrecord.duckdb"), read_only=True) as connection:
        connection.execute("SET VARIABLE onrecord_dir = ?", [str(cut)])
        assert connection.execute("SELECT count(*) FROM statements").fetchone() == (statements,)


def test_sql_check_diff_and_public_copies_work_on_parts(cut, release, tmp_path):
    with open_release(cut) as connection:
        rows = run_query(connection, f"SELECT count(*) AS n FROM quotes WHERE {YEAR} = 2018")
        assert next(rows.batches).column(0)[0].as_py() > 0
    wrong, results = check_release(cut)
    assert wrong == [] and all(r.passed for r in results)
    assert diff_releases(release, cut).is_empty
    public = write_profile(cut, tmp_path / "public")
    assert [p.relative_to(public) for p in files_of(public, "quotes")] == [
        p.relative_to(cut) for p in files_of(cut, "quotes")
    ]
    assert "text" not in ds.dataset(public / "articles", format="parquet").schema.names


def test_a_cut_release_is_known_to_be_made_of_its_build(cut, layout):
    assert is_unchanged(layout.build, cut)


def test_pandas_and_polars_read_parts_with_the_year(cut):
    import pandas as pd
    import polars as pl

    frame = pd.read_parquet(cut / "quotes")
    assert set(frame[YEAR]) == {0, 2018}
    lazy = pl.scan_parquet(cut / "quotes", hive_partitioning=True).filter(pl.col(YEAR) == 2018)
    assert lazy.collect().height == (frame[YEAR] == 2018).sum()


def _synthetic(folder: Path, articles: int) -> Path:
    """Articles of many days with a quote each, as a build would write them."""
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE a AS SELECT printf('%016x', hash(i)) AS article_id, "
            f"DATE '2000-01-01' + (i % 9000)::INT AS day FROM range({articles}) t(i)"
        )
        for name, columns in {
            "articles": {"article_id": "article_id", "published": "day", "text": "repeat('x', 100) || article_id"},
            "quotes": {
                "quote_id": "article_id || ':q:' || n",
                "article_id": "article_id",
                "speaker_actor_id": "'x:' || article_id",
                "text": "article_id || repeat('y', 40)",
                "start": "0",
                '"end"': "9",
            },
        }.items():
            schema = pa.schema([TABLES[name].to_arrow().field(c.strip('"')) for c in columns])
            of_each = 8 if name == "quotes" else 1
            rows = connection.sql(
                f"SELECT {', '.join(f'{v} AS {c}' for c, v in columns.items())} FROM a, range({of_each}) r(n) "
                "ORDER BY day, article_id, n"
            )
            store.write_table(
                folder / f"{name}.parquet",
                rows.to_arrow_reader(),
                schema,
                group_rows=TABLES[name].group_rows,
                looked_up={c: n for c, n in TABLES[name].looked_up.items() if c in schema.names},
                plain=TABLES[name].plain,
            )
    return folder


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    return _synthetic(tmp_path_factory.mktemp("large"), 200_000)


@pytest.fixture(scope="module")
def article(large):
    """The id of one of its articles."""
    return pq.ParquetFile(large / "articles.parquet").read_row_group(100, ["article_id"])["article_id"][500].as_py()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("articles", "article_id", "{}"),
        ("quotes", "article_id", "{}"),
        ("quotes", "speaker_actor_id", "x:{}"),
        ("quotes", "quote_id", "{}:q:3"),
    ],
)
def test_a_search_for_one_article_actor_or_row_reads_few_row_groups(large, article, table, column, value):
    path, value = large / f"{table}.parquet", value.format(article)
    with duckdb.connect() as connection:
        groups, let_through = connection.execute(
            "SELECT count(*), count(*) FILTER (NOT bloom_filter_excludes) FROM parquet_bloom_probe(?, ?, ?)",
            [str(path), column, value],
        ).fetchone()
        found = connection.execute(f"SELECT count(*) FROM '{path}' WHERE {column} = ?", [value]).fetchone()
    assert groups > 20 and let_through < groups / 8 and found != (0,)


def test_a_window_of_days_reads_the_row_groups_of_these_days(large):
    path = large / "articles.parquet"
    with duckdb.connect() as connection:
        groups, read = connection.execute(
            "SELECT count(*), count(*) FILTER (stats_max_value::DATE >= DATE '2010-01-01' AND "
            "stats_min_value::DATE <= DATE '2010-03-01') FROM parquet_metadata(?) WHERE path_in_schema = 'published'",
            [str(path)],
        ).fetchone()
    assert groups > 20 and read <= 3


@pytest.fixture(scope="module")
def address(large):
    with served(large) as address:
        yield address


def _read_by_arrow(address):
    fsspec = pytest.importorskip("fsspec")
    pytest.importorskip("aiohttp")
    window = (ds.field("published") >= date(2010, 1, 1)) & (ds.field("published") <= date(2010, 3, 1))
    with fsspec.open(f"{address}/articles.parquet", block_size=2**16).open() as file:
        groups = pq.ParquetFile(file)
        column = groups.schema_arrow.get_field_index("published")
        found = []
        for at in range(groups.num_row_groups):
            days = groups.metadata.row_group(at).column(column).statistics
            if days.max >= date(2010, 1, 1) and days.min <= date(2010, 3, 1):
                found.append(groups.read_row_group(at).filter(window))
    return pa.concat_tables(found).num_rows


def _read_by_polars(address):
    import polars as pl

    rows = pl.scan_parquet(f"{address}/articles.parquet")
    return rows.filter(pl.col("published").is_between(date(2010, 1, 1), date(2010, 3, 1))).collect().height


@pytest.mark.parametrize("read", [_read_by_arrow, _read_by_polars])
def test_a_window_of_days_is_read_over_http_without_a_download(large, address, read):
    Ranges.sent = 0
    with duckdb.connect() as connection:
        expected = connection.execute(
            f"SELECT count(*) FROM '{large}/articles.parquet' WHERE published BETWEEN '2010-01-01' AND '2010-03-01'"
        ).fetchone()
    assert (read(address),) == expected
    assert Ranges.sent < (large / "articles.parquet").stat().st_size / 4


def test_a_table_is_copied_as_it_is_below_the_limit(release, tmp_path):
    copy_table(release, tmp_path, TABLES["quotes"])
    assert (tmp_path / "quotes.parquet").read_bytes() == (release / "quotes.parquet").read_bytes()


def test_a_folder_with_marks_in_its_name_is_read_as_itself(cut, tmp_path):
    odd = tmp_path / "a[b]*?'c"
    odd.mkdir()
    (tmp_path / "ab").mkdir()
    copy_table(cut, odd, TABLES["issues"])
    with duckdb.connect() as connection:
        assert connection.execute(f"SELECT count(*) FROM {scan(files_of(odd, 'issues'))}").fetchone() != (0,)
