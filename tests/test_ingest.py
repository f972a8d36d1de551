"""What has not changed is not read again; what may have changed is."""

import json
import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyarrow.parquet as pq
import pytest

from onrecord.batches.batch import verify
from onrecord.batches.ingest import ingest
from onrecord.document import Reason
from onrecord.read.stamps import stamp_of_entry
from onrecord.storage.layout import Layout, batch_names


@pytest.fixture
def news(tmp_path, monkeypatch):
    """A folder of two articles, and files that count as settled as soon as they are written."""
    monkeypatch.setattr("onrecord.read.stamps._TICK", 0)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("The mayor of Oslo said that the quay would open in May.")
    (folder / "b.txt").write_text("The council of Bergen rejected the plan on Monday.")
    return folder


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path / "datasets")


def forbid_reading(monkeypatch):
    def read(place):
        raise AssertionError(f"{place.name} was read")

    monkeypatch.setattr("onrecord.batches.ingest.read_place", read)


def everything(layout):
    """What assembly reads of an ingest."""
    return {name: (layout.ingest / f"{name}.parquet").read_bytes() for name in ("listing", "rejections")}


def test_files_that_have_not_changed_are_not_read_and_give_the_same_listing(news, layout, monkeypatch):
    (news / "c.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 9)
    first = ingest([news], layout)
    before = everything(layout)
    forbid_reading(monkeypatch)
    second = ingest([news], layout)
    assert (first.files_read, first.files_unchanged) == (3, 0)
    assert (second.files_read, second.files_unchanged, second.inputs, second.new, second.refused) == (0, 3, 2, 0, 1)
    assert everything(layout) == before


def test_only_what_is_new_or_changed_is_read(news, layout):
    ingest([news], layout)
    (news / "a.txt").write_text("The mayor of Oslo said nothing.")
    (news / "c.txt").write_text("The harbour of Stavanger stays closed.")
    (news / "b.txt").unlink()
    found = ingest([news], layout)
    assert (found.files_read, found.new) == (2, 2)
    assert (found.arrived, found.changed, found.vanished) == (1, 1, 1)


def test_what_moved_into_a_files_place_with_its_size_and_date_is_read(news, layout):
    ingest([news], layout)
    there = (news / "a.txt").stat()
    (news / "new").write_text((news / "a.txt").read_text().replace("May", "Jun"))
    os.utime(news / "new", ns=(there.st_atime_ns, there.st_mtime_ns))
    os.replace(news / "new", news / "a.txt")
    assert (news / "a.txt").stat().st_size == there.st_size
    assert ingest([news], layout).changed == 1


def test_a_file_that_was_written_right_before_it_was_read_is_read_again(news, layout, monkeypatch):
    monkeypatch.undo()  # a tick of the clock is two seconds
    ingest([news], layout)
    assert ingest([news], layout).files_read == 2


def test_reread_reads_everything(news, layout):
    ingest([news], layout)
    found = ingest([news], layout, reread=True)
    assert (found.files_read, found.files_unchanged, found.new) == (2, 0, 0)


def test_other_code_reads_everything(news, layout, monkeypatch):
    ingest([news], layout)
    monkeypatch.setattr("onrecord.batches.readings.program", lambda: "0" * 16)
    assert ingest([news], layout).files_read == 2


def test_other_facts_of_a_folder_read_its_files(news, layout):
    ingest([news], layout)
    (news / "outlet.yml").write_text("outlet: Quay Courier")
    assert ingest([news], layout).new == 2


@pytest.mark.parametrize("damage", [lambda p: p.unlink(), lambda p: p.write_bytes(p.read_bytes()[:-9] + b"x" * 9)])
def test_without_a_record_of_what_was_read_everything_is_read(news, layout, damage):
    ingest([news], layout)
    before = everything(layout)
    (path,) = layout.ingest.glob("readings-*.parquet")
    damage(path)
    assert ingest([news], layout).files_read == 2
    assert everything(layout) == before


def test_what_a_lost_batch_held_is_received_again(news, layout):
    ingest([news], layout)
    (batch,) = batch_names(layout)
    shutil.rmtree(layout.batches / batch)
    found = ingest([news], layout)
    assert (found.new, found.pending) == (2, (batch,))


def test_a_file_that_could_not_be_read_is_tried_again(news, layout):
    (news / "c.txt.gz").write_bytes(b"\x1f\x8b\x08junk")
    ingest([news], layout)
    found = ingest([news], layout)
    assert (found.files_read, found.files_unchanged, found.refused) == (1, 2, 1)
    (row,) = pq.read_table(layout.ingest / "rejections.parquet").to_pylist()
    assert row["reason"] == Reason.UNREADABLE


def test_of_a_file_of_records_that_has_grown_only_the_new_ones_wait(news, layout):
    feed = news / "feed.jsonl"
    lines = [json.dumps({"text": f"The council of Bergen met for the {n}th time, its mayor said."}) for n in range(5)]
    feed.write_text("\n".join(lines[:3]) + "\n")
    (first,) = ingest([news], layout).pending
    feed.write_text("\n".join(lines) + "\n")
    found = ingest([news], layout)
    (second,) = set(found.pending) - {first}
    assert (found.new, found.arrived) == (2, 2)
    assert pq.read_metadata(layout.received(second)).num_rows == 2


class Feed(BaseHTTPRequestHandler):
    body, asked = b"", []

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()
        self.wfile.write(self.body)

    def answer(self):
        self.asked.append(self.command)
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body)))
        self.send_header("ETag", f'"{hash(self.body)}"')
        self.end_headers()

    def log_message(self, *_):
        pass


def test_a_remote_feed_is_not_fetched_while_its_etag_stands(layout):
    pytest.importorskip("aiohttp")
    Feed.body, Feed.asked = b'{"text": "The mayor of Oslo said so on Monday."}\n', []
    with ThreadingHTTPServer(("127.0.0.1", 0), Feed) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/feed.jsonl"
        assert ingest([address], layout).files_read == 1
        Feed.asked.clear()
        assert ingest([address], layout).files_unchanged == 1
        assert set(Feed.asked) == {"HEAD"}
        Feed.body += b'{"text": "The council of Bergen rejected the plan."}\n'
        assert ingest([address], layout).new == 1
        server.shutdown()


@pytest.mark.parametrize(
    "entry, is_known",
    [
        ({"size": 1, "ETag": '"a"'}, True),
        ({"size": 1, "ETag": 'W/"a"'}, False),
        ({"size": 1, "Last-Modified": "Sat, 21 Nov 2026 10:00:00 GMT"}, True),
        ({"size": 1, "updated": "2026-11-21T10:00:00.000Z"}, True),
        ({"size": 1, "mtime": 1e9}, True),
        ({"size": 1, "mtime": "soon"}, False),
        ({"size": 1}, False),
    ],
)
def test_a_remote_file_is_known_again_by_its_content_or_its_date_only(entry, is_known):
    assert (stamp_of_entry(entry) is not None) is is_known


def test_a_date_in_the_last_seconds_proves_nothing():
    stamp = stamp_of_entry({"size": 1, "mtime": 1_000_000})
    assert not stamp.is_settled(1_000_001 * 10**9)
    assert stamp.is_settled(1_000_003 * 10**9)


def test_a_batch_whose_dates_stand_is_not_read_again_but_verified_before_it_is_used(news, layout):
    ingest([news], layout)
    (batch,) = batch_names(layout)
    verify(layout)
    path = layout.received(batch)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    rot_unseen(layout)
    assert verify(layout) == ()
    assert verify(layout, thorough=True) == (f"{batch}/received",)
    assert ingest([news], layout).new == 2


def rot_unseen(layout):
    """Make the dates of all files in batches count as those of whole ones, as when a disk goes bad."""
    from onrecord.storage.notes import state_of_files

    notes = layout.ingest / "verified.json"
    names = json.loads(notes.read_text())
    notes.write_text(json.dumps({name: state_of_files(layout.batches / name) for name in names}))
