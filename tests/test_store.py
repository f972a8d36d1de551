"""Files are written whole or not at all, and the same rows give the same bytes."""

import hashlib
import multiprocessing
import os
import signal
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.storage import store

SCHEMA = pa.schema([pa.field("n", pa.int64(), nullable=False), pa.field("tags", pa.list_(pa.string()))])
TABLE = pa.Table.from_pydict({"n": range(150_000), "tags": [[], ["a"], ["a", "a"]] * 50_000}, schema=SCHEMA)


@pytest.mark.parametrize("cut", [1_000, 65_536, 70_001, 150_000])
def test_bytes_do_not_depend_on_how_rows_were_cut_into_batches(tmp_path, cut):
    store.write_table(tmp_path / "whole.parquet", TABLE.to_batches(), SCHEMA)
    rows = store.write_table(tmp_path / "cut.parquet", TABLE.to_batches(max_chunksize=cut), SCHEMA)
    assert rows == TABLE.num_rows
    assert (tmp_path / "cut.parquet").read_bytes() == (tmp_path / "whole.parquet").read_bytes()


def test_an_empty_table_keeps_its_schema(tmp_path):
    assert store.write_table(tmp_path / "empty.parquet", [], SCHEMA) == 0
    assert pq.read_schema(tmp_path / "empty.parquet").names == ["n", "tags"]


def test_a_null_where_none_may_be_is_refused_and_leaves_no_file(tmp_path):
    nullable = pa.schema([f.with_nullable(True) for f in SCHEMA])
    rows = pa.RecordBatch.from_pylist([{"n": None, "tags": []}], schema=nullable)
    with pytest.raises(ValueError, match="null"):
        store.write_table(tmp_path / "bad.parquet", [rows], SCHEMA)
    assert list(tmp_path.iterdir()) == []


def _write_slowly(path):
    def batches():
        for batch in TABLE.to_batches(max_chunksize=store.ROW_GROUP):
            yield batch
            path.with_name("started").touch()
            time.sleep(30)

    store.write_table(path, batches(), SCHEMA)


def test_a_killed_writer_leaves_the_old_file_as_it_was(tmp_path):
    path = tmp_path / "table.parquet"
    store.write_table(path, TABLE.slice(0, 3).to_batches(), SCHEMA)
    before = path.read_bytes()
    writer = multiprocessing.get_context("fork").Process(target=_write_slowly, args=(path,))
    writer.start()
    while not path.with_name("started").exists():
        time.sleep(0.01)
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    assert path.read_bytes() == before
    assert store.remove_leftovers(tmp_path) == 1


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    with pytest.raises(RuntimeError), store.creating(tmp_path / "release") as temporary:
        (temporary / "half").write_text("...")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_never_overwritten(tmp_path):
    (tmp_path / "release").mkdir()
    with pytest.raises(FileExistsError), store.creating(tmp_path / "release"):
        pass


def test_digests_are_taken_once_where_nothing_changes(tmp_path, monkeypatch):
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_text("one")
    os.link(path, other)
    read = []
    real = store.hashlib.file_digest
    monkeypatch.setattr(store.hashlib, "file_digest", lambda file, kind: read.append(file.name) or real(file, kind))
    with store.digested_once():
        before = store.sha256_of(path)
        assert [store.sha256_of(path), store.sha256_of(other)] == [before, before]
        assert read == [str(path)]
        (tmp_path / "c").write_text("two")
        assert store.sha256_of(tmp_path / "c") == store.sha256_of_text("two")
    path.write_text("six")
    assert store.sha256_of(path) == store.sha256_of_text("six") != before


def test_plain_columns_have_no_dictionary_and_lists_do(tmp_path):
    store.write_table(tmp_path / "t.parquet", TABLE.to_batches(), SCHEMA, plain=["n"])
    group = pq.read_metadata(tmp_path / "t.parquet").row_group(0)
    assert [group.column(i).has_dictionary_page for i in (0, 1)] == [False, True]


def test_digests_that_were_taken_together_are_known_in_their_block(tmp_path, monkeypatch):
    paths = [tmp_path / name for name in "abc"]
    for path in paths:
        path.write_text(path.name)
    with store.digested_once():
        store.digest_all(paths)
        with monkeypatch.context() as patched:
            patched.delattr(hashlib, "file_digest")
            found = [store.sha256_of(path) for path in paths]
    assert found == [store.sha256_of_text(path.name) for path in paths]
