"""onrecord.open: a release as tables, views and SQL, in a folder or at an address, of which little is fetched."""

import hashlib
import subprocess
import sys

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

import onrecord
from onrecord.cli import main
from onrecord.release.publish import publish
from onrecord.schema import load_package
from onrecord.schema.views import load_views
from onrecord.storage import store
from onrecord.storage.packages import MissingPackageError
from onrecord.storage.releases import NoReleaseError
from ranges import Ranges, served


@pytest.fixture(scope="module")
def published(release, tmp_path_factory):
    folder = tmp_path_factory.mktemp("published")
    publish(release, str(folder))
    return folder


@pytest.fixture(params=["folder", "datasets", "published", "http", "version over http"])
def opened(request, release, published):
    """The release of the seeds, opened from wherever it lies."""
    if request.param in ("folder", "datasets", "published"):
        place = {"folder": release, "datasets": release.parents[1], "published": published}[request.param]
        with onrecord.open(place) as found:
            yield found
    else:
        version = "test" if "version" in request.param else "latest"
        with served(published) as address, onrecord.open(address, version) as found:
            yield found


def test_tables_and_views_are_those_of_the_release(opened, release):
    expected = pq.read_table(release / "quotes.parquet")
    assert opened.tables["quotes"].to_arrow().equals(expected)
    assert set(opened.tables) == set(load_package().tables)
    ((count,),) = opened.sql("SELECT count(*) FROM quotes").fetchall()
    assert count == expected.num_rows
    known = {name for (name,) in opened.sql("SELECT view_name FROM duckdb_views()").fetchall()}
    assert {view.name for view in load_views() if view.parameters is None} <= known
    assert (opened.version, opened.profile) == ("test", "full")


def test_a_table_comes_in_parts_and_in_each_library(opened):
    quotes = opened.tables["quotes"]
    direct = quotes.to_arrow(["text", "kind"], ds.field("kind") == "direct")
    assert direct.column_names == ["text", "kind"] and 0 < direct.num_rows < quotes.to_arrow().num_rows
    assert quotes.to_pandas(["text"]).shape == quotes.to_polars(["text"]).shape


def test_macros_and_parameters_work(opened):
    found = opened.sql("SELECT speaker FROM find($words)", words="easing sanctions").fetchall()
    assert ("Sergei Lavrov",) in found


def test_a_public_release_is_open_to_all_but_what_needs_bodies(release, tmp_path):
    main(["publish", "--datasets", str(release.parents[1]), "--to", str(tmp_path)])
    with onrecord.open(tmp_path) as found:
        assert found.profile == "public"
        assert "text" not in found.tables["articles"].dataset.schema.names
        assert found.sql("SELECT count(*) FROM demands").fetchall()[0][0] > 30
        with pytest.raises(duckdb.CatalogException, match="context"):
            found.sql("FROM context('a', 1)")


@pytest.mark.parametrize("version", ["latest", "2020.1.1"])
def test_where_no_release_is_the_error_says_where_was_looked(tmp_path, version):
    with pytest.raises(NoReleaseError, match=rf"no release {version} at .*{tmp_path.name}"):
        onrecord.open(tmp_path, version)


def _noise(number, text):
    """A text that no compression makes shorter."""
    return hashlib.shake_256(f"{number} {text}".encode()).hexdigest(200)


@pytest.fixture(scope="module")
def large(release, tmp_path_factory):
    """The release of the seeds with its quotes a hundred times over, all with texts of their own."""
    folder = tmp_path_factory.mktemp("large") / "test"
    folder.mkdir()
    for path in release.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    table = load_package().tables["quotes"]
    quotes = pq.read_table(release / "quotes.parquet")
    copies = [
        quotes.set_column(4, quotes.schema.field(4), pa.array([_noise(n, t) for t in quotes["text"]]))
        for n in range(100)
    ]
    store.write_table(
        folder / "quotes.parquet", pa.concat_tables(copies).to_batches(), table.to_arrow(), plain=table.plain
    )
    (folder / store.SUMS).write_text(store.sums_of(folder))
    return folder


def test_a_query_of_one_column_fetches_less_than_a_third_of_the_file(large):
    size = (large / "quotes.parquet").stat().st_size
    assert size > 1_000_000
    with served(large) as address, onrecord.open(address) as found:
        before = Ranges.sent
        ((kinds,),) = found.sql("SELECT count(DISTINCT kind) FROM quotes").fetchall()
        assert kinds == 3
        assert 0 < Ranges.sent - before < size / 3


def test_importing_the_package_loads_no_library():
    script = "import sys, onrecord; print(len({'duckdb', 'pyarrow', 'fsspec', 'yaml', 'click'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True).stdout == "0\n"


USED = """
import onrecord
release = onrecord.open({place!r})
quotes = release.tables["quotes"].dataset
print(len(release.sql("FROM find('sanctions')").fetchall()) > 0)
"""


@pytest.mark.parametrize("over", ["folder", "http"])
def test_a_program_that_leaves_a_release_open_ends_in_silence(release, published, over):
    with served(published) as address:
        script = USED.format(place=str(release) if over == "folder" else address)
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_an_address_of_a_kind_that_is_not_installed_names_the_extra(monkeypatch):
    def lacking(address):
        raise ImportError('HTTPFileSystem requires "requests" and "aiohttp" to be installed')

    monkeypatch.setattr("onrecord.explore.reader.url_to_fs", lacking)
    with pytest.raises(MissingPackageError, match=r"http:// needs .* pip install 'onrecord\[https\]'"):
        onrecord.open("http://data.example.org/onrecord")
