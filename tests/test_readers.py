"""Whatever lies in a seeds folder is read, ignored by name, or refused with a reason."""

import gzip
import json
import os
from datetime import date

import pytest

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.readers import MAX_BYTES, read_seeds


def read(folder):
    return list(read_seeds(folder))


def test_names_are_those_of_the_folder_and_the_path_below_it(tmp_path):
    (tmp_path / "seeds" / "courier").mkdir(parents=True)
    (tmp_path / "seeds" / "courier" / "b.txt").write_text("B")
    (tmp_path / "seeds" / "a.txt").write_text("A")
    assert [s.source_file for s in read(tmp_path / "seeds")] == ["seeds/a.txt", "seeds/courier/b.txt"]


def test_one_file_can_be_given_instead_of_a_folder(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    assert [s.text for s in read(tmp_path / "a.txt")] == ["A"]


def test_the_digest_is_that_of_the_bytes_and_the_text_keeps_its_line_ends(tmp_path):
    import hashlib

    raw = "\ufeffOne\r\nTwo’s".encode()
    (tmp_path / "a.txt").write_bytes(raw)
    (seed,) = read(tmp_path)
    assert (seed.text, seed.source_sha256) == ("One\r\nTwo’s", hashlib.sha256(raw).hexdigest())


@pytest.mark.parametrize(
    "name, raw, reason",
    [
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.BINARY),
        ("a.txt", "caf\xe9 said".encode("latin-1"), Reason.BAD_ENCODING),
        ("a.txt", b"x" * (MAX_BYTES + 1), Reason.TOO_LARGE),
        ("a.docx", b"PK", Reason.UNSUPPORTED_FORMAT),
        ("a", b"no ending", Reason.UNSUPPORTED_FORMAT),
        ("a.txt.gz", b"not gzip at all", Reason.UNREADABLE),
        ("a.txt.gz", gzip.compress(b"text " * 999)[:-20], Reason.UNREADABLE),
        ("a.json", b"{", Reason.BAD_RECORD),
        ("a.json", b"7", Reason.BAD_RECORD),
        ("a.json", b'{"title": "no text"}', Reason.BAD_RECORD),
        ("a.json", b"[" * 100_000, Reason.BAD_RECORD),
        ("a.jsonl", b'{"text": 5}\n', Reason.BAD_RECORD),
        ("a.jsonl", b'{"text": "' + b"x" * MAX_BYTES + b'"}\n', Reason.TOO_LARGE),
    ],
    ids=lambda v: str(v)[:30],
)
def test_bad_input_is_refused_with_its_reason(tmp_path, name, raw, reason):
    (tmp_path / name).write_bytes(raw)
    (found,) = read(tmp_path)
    assert isinstance(found, Rejected)
    assert found.reason == reason


def test_a_gzip_bomb_is_refused_without_being_unpacked_into_memory(tmp_path):
    with gzip.open(tmp_path / "bomb.txt.gz", "wb") as file:
        for _ in range(64):
            file.write(bytes(2**20))
    (found,) = read(tmp_path)
    assert found.reason == Reason.TOO_LARGE


def test_a_folder_named_like_a_file_is_named_and_its_files_are_read(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "a.txt" / "b.txt").write_text("B")
    refused, seed = read(tmp_path)
    assert (refused.reason, seed.text) == (Reason.NOT_A_FILE, "B")


def test_links_that_loop_are_refused_and_not_followed(tmp_path):
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "up").symlink_to(tmp_path)
    (tmp_path / "lost.txt").symlink_to("nowhere.txt")
    reasons = {r.source_file.split("/")[-1]: r.reason for r in read(tmp_path)}
    assert reasons == {"self.txt": Reason.UNREADABLE, "up": Reason.NOT_A_FILE, "lost.txt": Reason.UNREADABLE}


def test_a_pipe_is_refused_and_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = read(tmp_path)
    assert found.reason == Reason.NOT_A_FILE


def test_a_file_that_vanishes_while_the_folder_is_read_is_refused(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(name)
    seeds = read_seeds(tmp_path)
    next(seeds)
    (tmp_path / "b.txt").unlink()
    (found,) = seeds
    assert found.reason == Reason.UNREADABLE


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    (tmp_path / "a.txt").chmod(0)
    (found,) = read(tmp_path)
    assert found.reason == Reason.UNREADABLE


def test_hidden_files_and_outlet_yml_are_ignored_by_name(tmp_path):
    (tmp_path / ".DS_Store").write_bytes(b"\0")
    (tmp_path / "outlet.yml").write_text("outlet: Harbour Courier\n")
    assert read(tmp_path) == []


def test_outlet_yml_gives_facts_to_every_file_below_it(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "outlet.yml").write_text("outlet: Harbour Courier\n")
    (tmp_path / "sub" / "outlet.yml").write_text("section: World\n")
    (tmp_path / "sub" / "a.txt").write_text("A")
    (seed,) = read(tmp_path)
    assert (seed.given.outlet, seed.given.section) == ("Harbour Courier", "World")


@pytest.mark.parametrize("content", ["outlett: X", "- a list", ": : :"])
def test_an_outlet_yml_that_cannot_be_used_is_refused_and_the_articles_are_kept(tmp_path, content):
    (tmp_path / "outlet.yml").write_text(content)
    (tmp_path / "a.txt").write_text("A")
    refused, seed = read(tmp_path)
    assert (refused.reason, seed.given.outlet) == (Reason.BAD_METADATA, None)


RECORD = {
    "url": "https://x.example/1",
    "headline": "T",
    "date_publish": "2019-12-17T08:00:00Z",
    "author": "A B and C D",
}


@pytest.mark.parametrize("packed", [False, True])
def test_records_are_read_by_their_usual_field_names(tmp_path, packed):
    raw = (json.dumps(RECORD | {"maintext": "He said so."}) + "\n\n" + json.dumps({"text": "Two"})).encode()
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(raw) if packed else raw)
    first, second = read(tmp_path)
    assert first.given == Given(url=RECORD["url"], title="T", published=date(2019, 12, 17), authors=("A B", "C D"))
    assert [s.source_file.split("#")[1] for s in (first, second)] == ["1", "3"]


def test_a_given_date_that_cannot_be_read_is_refused_and_the_article_is_kept(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "A", "published": "last Tuesday"}]))
    refused, seed = read(tmp_path)
    assert (refused.reason, seed.given.published) == (Reason.BAD_METADATA, None)
    assert isinstance(seed, Seed)


def test_characters_that_no_file_can_hold_are_replaced(tmp_path):
    (tmp_path / "a.json").write_text('{"text": "a\\ud800b", "title": "\\udfff"}')
    (seed,) = read(tmp_path)
    assert (seed.text, seed.given.title) == ("a?b", "?")
