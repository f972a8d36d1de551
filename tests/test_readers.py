"""Whatever lies in a seeds folder is read, ignored by name, or refused with a reason."""

import gzip
import json
import os
import re
import tracemalloc
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.errors import UserError
from onrecord.parse import parse
from onrecord.read import MAX_BYTES, READERS, read_seeds
from onrecord.read.packed import Unpacked
from onrecord.read.records import MOST_WITHOUT, read_json, read_lines
from onrecord.storage.locations import UnreadableAddressError, shown_address

NOBODY = 65534  # the user id of nobody


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
        ("a.txt", "Министр сказал".encode("koi8-r"), Reason.BAD_ENCODING),
        ("a.txt", b"He said \x81 and so on", Reason.BAD_ENCODING),
        ("a.txt", "He said so".encode("utf-16-le"), Reason.BINARY),
        ("a.txt", b"\xff\xfea", Reason.BAD_ENCODING),
        ("a.txt", bytes(range(1, 32)) * 9, Reason.BINARY),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Reason.BINARY),
        ("a.html", b"<p>" + b"x" * MAX_BYTES, Reason.TOO_LARGE),
        ("a.7z", b"7z\xbc\xaf", Reason.UNSUPPORTED_FORMAT),
        ("a.txt", b"x" * (MAX_BYTES + 1), Reason.TOO_LARGE),
        ("a.doc", b"\xd0\xcf", Reason.UNSUPPORTED_FORMAT),
        ("a", b"no ending", Reason.UNSUPPORTED_FORMAT),
        ("a.txt.gz", b"not gzip at all", Reason.UNREADABLE),
        ("a.txt.gz", gzip.compress(b"text " * 999, mtime=0)[:-20], Reason.UNREADABLE),
        ("a.json", b"{", Reason.BAD_RECORD),
        ("a.json", b"7", Reason.BAD_RECORD),
        ("a.json", b'{"title": "no text"}', Reason.BAD_RECORD),
        ("a.json", b"[" * 100_000, Reason.BAD_RECORD),
        ("a.json", b'{"text": ' + b"[" * 900 + b"]" * 900 + b"}", Reason.BAD_RECORD),
        ("a.json", b'{"html": "no page"}', Reason.BAD_RECORD),
        ("a.json", b"[]", Reason.EMPTY),
        ("a.jsonl", b"", Reason.EMPTY),
        ("a.jsonl", b'{"text": 5}\n', Reason.BAD_RECORD),
        ("a.jsonl", '{"text": "A"}'.encode("utf-16-be"), Reason.BINARY),
        ("a.jsonl", '{"text": "A"}\n{"text": "B"}\n'.encode("utf-16"), Reason.BAD_ENCODING),
        ("a.jsonl", b'{"text": "' + b"x" * MAX_BYTES + b'"}\n', Reason.TOO_LARGE),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_bad_input_is_refused_with_its_reason(tmp_path, name, raw, reason):
    (tmp_path / name).write_bytes(raw)
    (found,) = read(tmp_path)
    assert isinstance(found, Rejected)
    assert found.reason == reason


def bomb(path, megabytes, line=b" " * 2**20):
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(megabytes):
            file.write(line)


@pytest.mark.parametrize("name", ["bomb.txt.gz", "bomb.html.gz", "bomb.json.gz"])
def test_a_gzip_bomb_is_refused_without_being_unpacked(tmp_path, name, monkeypatch):
    bomb(tmp_path / name, 64)
    unpacked = []
    read_some = Unpacked.readinto
    monkeypatch.setattr(Unpacked, "readinto", lambda f, buffer: unpacked.append(n := read_some(f, buffer)) or n)
    (found,) = read(tmp_path)
    assert found.reason == Reason.TOO_LARGE
    assert sum(unpacked) <= MAX_BYTES + 2**16


PACKED = gzip.compress(b"We will open it by May, said the mayor of Oslo.", mtime=0)


@pytest.mark.parametrize("raw", [PACKED + PACKED, PACKED + bytes(200_000), PACKED + bytes(700) + PACKED])
def test_a_packed_file_of_several_parts_or_with_padding_is_read_to_its_end(tmp_path, raw):
    (tmp_path / "a.txt.gz").write_bytes(raw)
    (seed,) = read(tmp_path)
    assert seed.text == gzip.decompress(PACKED).decode() * raw.count(PACKED)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz"])
@pytest.mark.parametrize("junk", [b"junk", b"\0\0--signature--", b"\x1f", b"\x1f\x8bx" * 9])
def test_an_article_before_trailing_junk_is_read_and_the_junk_is_noted(tmp_path, name, junk):
    (tmp_path / name).write_bytes(PACKED + junk)
    seed, noted = read(tmp_path)
    assert seed.text == gzip.decompress(PACKED).decode()
    assert (noted.reason, noted.detail) == (Reason.TRAILING_BYTES, repr(junk.lstrip(b"\0")[:60]))


@pytest.mark.parametrize("raw", [PACKED[:-1], PACKED[:-9], PACKED[:15], PACKED + PACKED[:15], PACKED[:-8] + bytes(8)])
def test_a_packed_article_that_is_cut_or_damaged_is_refused(tmp_path, raw):
    (tmp_path / "a.txt.gz").write_bytes(raw)
    (found,) = read(tmp_path)
    assert found.reason == Reason.UNREADABLE


def test_the_records_before_the_place_where_a_packed_file_is_cut_are_read(tmp_path):
    lines = b"".join(json.dumps({"text": f"{n} " * 5000}).encode() + b"\n" for n in range(50))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines, mtime=0)[:-200])
    *seeds, end = read(tmp_path)
    assert [s.source_file.rpartition("#")[2] for s in seeds] == [str(n) for n in range(1, len(seeds) + 1)] != []
    assert end.reason == Reason.UNREADABLE


def test_a_line_that_does_not_end_is_given_up_with_its_file(tmp_path):
    bomb(tmp_path / "bomb.jsonl.gz", 9 * MAX_BYTES // 2**20)
    line, file = read(tmp_path)
    assert (line.reason, file.reason) == (Reason.TOO_LARGE, Reason.TOO_LARGE)
    assert [r.source_file.rpartition("/")[2] for r in (line, file)] == ["bomb.jsonl.gz#1", "bomb.jsonl.gz"]


def test_a_file_of_blank_lines_without_end_is_given_up(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\n" * (MOST_WITHOUT + 5) + b'{"text": "Late"}')
    (found,) = read(tmp_path)
    assert found.reason == Reason.BAD_RECORD


def test_records_are_read_in_bounded_memory(tmp_path):
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        for number in range(3000):
            file.write(json.dumps({"text": f"{number} " + "word " * 2000}).encode() + b"\n")
    tracemalloc.start()
    count = sum(1 for _ in read_seeds(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 3000
    assert peak < 2**21  # of 30 MB of text


@pytest.mark.parametrize("ending, before", [("txt", ""), ("html", "<p>")])
def test_a_stray_nul_byte_does_not_make_a_text_binary(tmp_path, ending, before):
    text = f"{before}The council voted to close the quay\0 for a year, since nobody could say who would pay for it."
    (tmp_path / f"a.{ending}").write_bytes(text.encode())
    (seed,) = read_seeds(tmp_path)
    assert "\0" not in parse(seed)[0].text


@pytest.mark.parametrize(
    "raw, text, repairs",
    [
        ("The café’s “menu”".encode(), "The café’s “menu”", ()),
        ("\ufeffThe café".encode(), "The café", ()),
        ("The café’s “menu” – he said".encode("cp1252"), "The café’s “menu” – he said", ("encoding",)),
        ("The café’s menu".encode("utf-16"), "The café’s menu", ("encoding",)),
        ("The café’s menu".encode("utf-32"), "The café’s menu", ("encoding",)),
        ("The café’s ".encode() + "naïve".encode("cp1252"), "The café’s naïve", ("encoding",)),
        ("The café’s".encode() + "…".encode()[:2], "The café’s", ("encoding",)),
    ],
)
def test_text_is_decoded_as_what_it_is_and_what_is_not_utf8_is_recorded(tmp_path, raw, text, repairs):
    (tmp_path / "a.txt").write_bytes(raw)
    (seed,) = read(tmp_path)
    assert (seed.text, seed.repairs) == (text, repairs)


@pytest.mark.parametrize(
    "declaration, encoding",
    [
        ("<meta charset=iso-8859-1>", "cp1252"),  # the Encoding Standard reads it so
        ("<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>", "cp1251"),
        ("<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        ("<meta charset='shift_jis'>", "cp932"),
        ("<meta charset='utf-16'>", "utf-8"),  # it could not have been read, were it true
        ("<meta charset='no-such'>", "utf-8"),
        ("<meta charset='rot13'>", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares(tmp_path, declaration, encoding):
    page = f"<html><head>{declaration}</head><body>Text: {'café' if encoding in ('cp1252', 'utf-8') else 'я'}"
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    (seed,) = read(tmp_path)
    assert (seed.text, seed.form) == (page, "html")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.xhtml", "A.HTML", "a.html.gz"])
def test_pages_are_told_by_their_ending(tmp_path, name):
    (tmp_path / name).write_bytes(
        gzip.compress(b"<p>He said so.", mtime=0) if name.endswith("gz") else b"<p>He said so."
    )
    (seed,) = read(tmp_path)
    assert (seed.text, seed.form) == ("<p>He said so.", "html")


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


def test_a_file_without_permission_is_refused():
    with TemporaryDirectory() as folder:  # pytest's own folders are closed to everybody else
        os.chmod(folder, 0o755)
        for name, mode in {"a.txt": 0, "b.txt": 0o644}.items():
            path = Path(folder, name)
            path.write_text("A")
            path.chmod(mode)
        with not_as_root():
            refused, seed = read(folder)
    assert refused.reason == Reason.UNREADABLE
    assert seed.text == "A"


@contextmanager
def not_as_root():
    """Root may read everything, so for as long as the block runs this process is nobody's."""
    before = os.geteuid()
    os.seteuid(NOBODY if before == 0 else before)
    try:
        yield
    finally:
        os.seteuid(before)


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


@pytest.mark.parametrize("content", ["outlett: X", "- a list", ": : :", "outlet: 5", "locale: British", "\0"])
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
    path.write_bytes(gzip.compress(raw, mtime=0) if packed else raw)
    first, second = read(tmp_path)
    facts = Given(url=RECORD["url"], title="T", published=date(2019, 12, 17), authors=("A B", "C D"))
    assert replace(first.given, published_at=None) == facts
    assert [s.source_file.split("#")[1] for s in (first, second)] == ["1", "3"]


NEWS = {"@type": "NewsArticle", "articleBody": "He said so.", "headline": "T"}


@pytest.mark.parametrize(
    "record, facts",
    [
        ({"text": "x", "author": [{"@type": "Person", "name": "A B"}]}, {"authors": ("A B",)}),
        ({"text": "x", "source": {"id": "c", "name": "The Courier"}}, {"outlet": "The Courier"}),
        ({"text": "x", "source": "https://x.example/a", "sitename": "X"}, {"outlet": "X", "url": "https://x.example/a"}),
        ({"text": ["x", "y"], "title": ["T"]}, {"title": "T"}),
        ({"content": {"rendered": "x"}, "title": {"rendered": "T"}, "link": "https://x.example/a"},
         {"title": "T", "url": "https://x.example/a"}),
        ({"text": "x", "publishedAt": "2019-05-04T10:00:00Z"}, {"published": date(2019, 5, 4)}),
        ({"text": "x", "date": 1556964000}, {"published": date(2019, 5, 4)}),
        ({"text": "x", "date": 1556964000123}, {"published": date(2019, 5, 4)}),
        ({"text": "x", "date": "Sat, 04 May 2019 10:00:00 +0200"}, {"published": date(2019, 5, 4)}),
        ({"text": "x", "date": "9/20/17"}, {"published": date(2017, 9, 20)}),
        ({"text": "x", "date": "20.09.2017"}, {"published": date(2017, 9, 20)}),
        ({"text": "x", "date": "September 20, 2017"}, {"published": date(2017, 9, 20)}),
        ({"text": "x", "date": "20190504"}, {"published": date(2019, 5, 4)}),
        ({"text": "x", "date": "10/07/2017"}, {"published_bounds": (date(2017, 7, 10), date(2017, 10, 7))}),
        ({"text": "x", "date": "Saturday, 10/07/2017"}, {"published": date(2017, 10, 7)}),
        ({"text": "x", "date": "2017-09"}, {"published_bounds": (date(2017, 9, 1), date(2017, 9, 30))}),
        ({"text": "x", "timestamp": "2019-05-04", "seendate": "20190504T100000Z"}, {}),
        (NEWS | {"publisher": {"name": "X"}, "mainEntityOfPage": {"@id": "https://x.example/a"}},
         {"title": "T", "outlet": "X", "url": "https://x.example/a"}),
        ({"@graph": [{"@type": "WebSite", "name": "X"}, NEWS]}, {"title": "T"}),
        ({"status": "ok", "articles": [{"text": "x", "title": "T"}]}, {"title": "T"}),
        ({"_id": 1, "_source": {"text": "x", "title": "T"}}, {"title": "T"}),
    ],
    ids=str,
)  # fmt: skip
def test_the_usual_shapes_of_records_are_read(tmp_path, record, facts):
    (tmp_path / "a.json").write_text(json.dumps(record))
    (seed,) = read(tmp_path)
    assert (seed.form, replace(seed.given, published_at=None)) == ("text", Given(**facts))


@pytest.mark.parametrize("field", ["html", "raw_html", "text"])
def test_a_page_in_a_record_is_a_page(tmp_path, field):
    (tmp_path / "a.jsonl").write_text(json.dumps({field: "<div><p>He said so.</p></div>", "title": "T"}))
    (seed,) = read(tmp_path)
    assert (seed.form, seed.given.title) == ("html", "T")


@pytest.mark.parametrize(
    "value",
    ["last Tuesday", "0001-01-01T00:00:00", "Updated May 4, 2019", 0, True, "2019-02-30", {"a": 1}],
)
def test_what_is_no_publication_date_is_not_taken_for_one(tmp_path, value):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "A", "published": value}]))
    refused, seed = read(tmp_path)
    assert (refused.reason, seed.given) == (Reason.BAD_METADATA, Given())


@pytest.mark.parametrize("locale, day", [("en-GB", date(2017, 7, 10)), ("en-US", date(2017, 10, 7)), ("en-CA", None)])
def test_the_locale_in_outlet_yml_decides_an_ambiguous_date(tmp_path, locale, day):
    (tmp_path / "outlet.yml").write_text(f"locale: {locale}\n")
    (tmp_path / "a.json").write_text('{"text": "A", "date": "10/07/2017"}')
    (seed,) = read(tmp_path)
    assert seed.given.published == day


@pytest.fixture
def remote():
    """A folder of fsspec's file system in memory, as the address of the folder."""
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe(
        {
            "/bucket/outlet.yml": b"outlet: Harbour Courier\n",
            "/bucket/b.txt": b"B",
            "/bucket/a/deep.jsonl.gz": gzip.compress(b'{"text": "One"}\n{"text": "Two"}\n', mtime=0),
            "/bucket/.hidden.txt": b"no",
            "/bucket/c.png": b"no",
        }
    )
    yield "memory://bucket"
    system.rm("/bucket", recursive=True)


def test_seeds_at_an_address_are_named_by_it(remote):
    *seeds, refused = read(remote)
    names = [f"{remote}/a/deep.jsonl.gz#1", f"{remote}/a/deep.jsonl.gz#2", f"{remote}/b.txt"]
    assert [(s.source_file, s.given.outlet) for s in seeds] == [(name, "Harbour Courier") for name in names]
    assert (refused.reason, refused.source_file) == (Reason.UNSUPPORTED_FORMAT, f"{remote}/c.png")


def test_one_file_at_an_address_is_read(remote):
    (seed,) = read(f"{remote}/b.txt")
    assert (seed.source_file, seed.text) == (f"{remote}/b.txt", "B")


def test_what_is_no_address_is_one_clear_line():
    with pytest.raises(UnreadableAddressError, match="not an address"):
        read("https://[x.example/a.txt")


def test_a_file_address_is_a_local_path(tmp_path):
    (tmp_path / "a.txt").write_text("A")
    assert read(f"file://{tmp_path}") == read(tmp_path)


@pytest.mark.parametrize(
    "address", ["memory://no/such", "nosuch://bucket", "abfs://bucket/no-package-for-it", "memory://no/such.txt"]
)
def test_an_address_that_cannot_be_read_is_one_clear_line(address):
    with pytest.raises(UserError, match=re.escape(address)) as raised:
        read(address)
    assert "\n" not in str(raised.value)


def test_a_remote_file_that_fails_is_refused_and_the_others_are_read(remote, monkeypatch):
    import fsspec

    opened = fsspec.filesystem("memory").open

    def failing(path, *arguments, **options):
        if path.endswith(".gz"):
            raise RuntimeError("the network\nis down")
        return opened(path, *arguments, **options)

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "open", lambda self, *a, **o: failing(*a, **o))
    refused, seed, _ = read(remote)
    assert (refused.reason, refused.detail, seed.text) == (Reason.UNREADABLE, "the network is down", "B")


@pytest.mark.parametrize(
    "address, shown",
    [
        ("s3://bucket/a.txt", "s3://bucket/a.txt"),
        ("https://jo:pass@x.example/a.txt", "https://x.example/a.txt"),
        ("https://x.example/a.txt?id=5#top", "https://x.example/a.txt?id=5"),
        ("https://x.example/a.txt?X-Amz-Signature=abc&id=5", "https://x.example/a.txt"),
        ("https://x.example/a.txt?pwd=abc", "https://x.example/a.txt"),
        ("https://x.example/a.txt?api_key=abc", "https://x.example/a.txt"),
        ("https://x.example/a.txt?q=monkey&design=2", "https://x.example/a.txt?q=monkey&design=2"),
        ("simplecache::https://jo:pass@x.example/a.txt", "simplecache::https://x.example/a.txt"),
        ("zip://a.txt::https://jo:pass@x.example/a.zip", "zip://a.txt::https://x.example/a.zip"),
    ],
)
def test_names_of_remote_seeds_hold_no_credentials(address, shown):
    assert shown_address(address) == shown


def test_a_given_date_that_cannot_be_read_is_refused_and_the_article_is_kept(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps([{"text": "A", "published": "last Tuesday"}]))
    refused, seed = read(tmp_path)
    assert (refused.reason, seed.given.published) == (Reason.BAD_METADATA, None)
    assert isinstance(seed, Seed)


@pytest.mark.parametrize(
    "record, retrieved, modified",
    [
        ({"date_download": "2019-05-05 09:30:00"}, "2019-05-05T09:30:00+00:00", None),
        ({"crawledAt": 1557048600, "fetched": "2019-05-04"}, "2019-05-05T09:30:00+00:00", None),
        ({"dateModified": "2019-05-05T09:30:00-05:00"}, None, "2019-05-05T14:30:00+00:00"),
        ({"updated": True, "last_modified": "yesterday", "scraped_at": "9999-12-31T23:00:00-12:00"}, None, None),
    ],
)
def test_times_of_download_and_change_are_read_and_passed_over_where_they_are_none(
    tmp_path, record, retrieved, modified
):
    (tmp_path / "a.json").write_text(json.dumps({"text": "A"} | record))
    (seed,) = read(tmp_path)
    moments = (seed.given.retrieved, seed.given.modified)
    assert [m and m.isoformat() for m in moments] == [retrieved, modified]
    assert seed.given.as_of == max(filter(None, moments), default=None)


def test_characters_that_no_file_can_hold_are_replaced(tmp_path):
    (tmp_path / "a.json").write_text('{"text": "a\\ud800b", "title": "\\udfff"}')
    (seed,) = read(tmp_path)
    assert (seed.text, seed.given.title) == ("a?b", "?")


@pytest.mark.parametrize("ending", [*READERS, *(f"{ending}.gz" for ending in READERS)])
def test_what_the_readers_of_records_read_is_known_as_records_by_its_name(ending):
    seed = Seed(source_file=f"news/a{ending}", source_sha256="0" * 64, text="x")
    assert seed.is_record == (READERS[ending.removesuffix(".gz")] in (read_json, read_lines))
