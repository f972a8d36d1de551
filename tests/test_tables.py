"""Tables, packed files, crawls and feeds as seeds. That the same articles are the same seeds in all of them."""

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from datetime import date, datetime

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.document import Given, Reason, Rejected, Seed
from onrecord.errors import UserError
from onrecord.read import read_seeds
from onrecord.read.field_names import FIELDS, choose_fields

QUAY = "The harbour board voted on Tuesday to close the east quay. “It is not safe,” said Mara Quist, its engineer."
TOLL = "The bridge toll will rise in May, the county said.\n\nDrivers’ groups opposed it."
ROWS = [
    {"title": "Quay to close", "author": "Per Lind", "date": "2021-03-02", "url": "https://s.example/q", "text": QUAY},
    {"title": "Toll, and more", "author": "", "date": "2021-03-04", "url": "https://s.example/t", "text": TOLL},
]  # fmt: skip
HEADER = list(ROWS[0])


def read(path):
    return list(read_seeds(path))


def delimited(rows, divider=",", encoding="utf-8", newline="\r\n"):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=divider, lineterminator=newline)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def lines(rows):
    return "".join(json.dumps({k: v for k, v in row.items() if v}) + "\n" for row in rows).encode()


def without_utf8(rows):
    """The rows with bytes in a title that are no text in any encoding we could tell."""
    return parquet(rows).replace(b"ab", b"a\xd5")


def sheet(rows):
    book = openpyxl.Workbook()
    page = book.active
    page.append(list(rows[0]))
    for row in rows:
        page.append([value or None for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(rows):
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{k: v or None for k, v in row.items()} for row in rows]), out)
    return out.getvalue()


def zstandard(raw):
    return pa.compress(raw, codec="zstd", asbytes=True)


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    return out.getvalue()


@pytest.mark.parametrize(
    "name, raw",
    [
        ("a.jsonl", lines(ROWS)),
        ("a.jl", lines(ROWS)),
        ("a.json", json.dumps(ROWS).encode()),
        ("a.csv", delimited(ROWS)),
        ("a.csv", delimited(ROWS, ";", newline="\n")),
        ("a.csv", b"\xef\xbb\xbf" + delimited(ROWS)),
        ("a.csv", b"sep=|\r\n" + delimited(ROWS, "|")),
        ("a.tsv", delimited(ROWS, "\t")),
        ("a.xlsx", sheet(ROWS)),
        ("a.parquet", parquet(ROWS)),
        ("a.csv.gz", gzip.compress(delimited(ROWS), mtime=0)),
        ("a.csv.bz2", bz2.compress(delimited(ROWS)[:150]) + bz2.compress(delimited(ROWS)[150:])),
        ("a.jsonl.xz", lzma.compress(lines(ROWS))),
        ("a.jsonl.zst", zstandard(lines(ROWS[:1])) + zstandard(lines(ROWS[1:]))),
        ("a.parquet.gz", gzip.compress(parquet(ROWS), mtime=0)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_the_same_articles_are_the_same_seeds_in_every_kind_of_table(tmp_path, name, raw):
    (tmp_path / name).write_bytes(raw)
    seeds = read(tmp_path / name)
    assert [(seed.text, seed.given) for seed in seeds] == [
        (QUAY, Given(title="Quay to close", authors=("Per Lind",), published=date(2021, 3, 2), url=ROWS[0]["url"])),
        (TOLL, Given(title="Toll, and more", published=date(2021, 3, 4), url=ROWS[1]["url"])),
    ]
    assert [seed.source_file for seed in seeds] == [f"{name}#1", f"{name}#2"]
    assert all(seed.is_record for seed in seeds)


def test_a_table_in_another_encoding_is_read_and_says_so(tmp_path):
    (tmp_path / "a.csv").write_bytes(delimited(ROWS, "\t", "utf-16"))
    assert [(seed.text, seed.repairs) for seed in read(tmp_path)] == [(QUAY, ("encoding",)), (TOLL, ("encoding",))]


def test_stray_western_bytes_in_one_cell_are_read_and_those_that_are_none_cost_their_row(tmp_path):
    raw = (
        delimited([ROWS[0] | {"text": "Caf\u00e9 quarter to close"}], encoding="cp1252") + b"x,y,2021-03-02,,\x81\x8d\n"
    )
    (tmp_path / "a.csv").write_bytes(raw)
    seed, refused = read(tmp_path)
    assert (seed.text, refused.reason) == ("Café quarter to close", Reason.BAD_ENCODING)


def test_typed_cells_are_read_as_what_they_are(tmp_path):
    rows = [{"text": QUAY, "published": datetime(2021, 3, 2), "authors": ["Per Lind", "Eva Ray"], "length": 7}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (seed,) = read(tmp_path)
    assert seed.given == Given(published=date(2021, 3, 2), authors=("Per Lind", "Eva Ray"))
    (tmp_path / "a.parquet").unlink()
    (tmp_path / "a.xlsx").write_bytes(sheet([{"text": QUAY, "published": datetime(2021, 3, 2), "year": 2021.0}]))
    (seed,) = read(tmp_path)
    assert seed.given == Given(published=date(2021, 3, 2))


@pytest.mark.parametrize(
    "name, raw, reasons",
    [
        ("a.csv", b"", [Reason.EMPTY]),
        ("a.csv", b"text,title\n", [Reason.EMPTY]),
        ("a.csv", b"name,age\nx,3\n", [Reason.BAD_RECORD]),
        ("a.csv", b"\0\0\0\0", [Reason.BINARY]),
        ("a.csv", b"text,title\nx\n", [Reason.BAD_RECORD]),
        ("a.csv", b'text,title\n"' + b"x" * 9_000_000, [Reason.TOO_LARGE]),
        ("a.csv", b"text,title\n" + b",".join([b'"' + b"x" * 7_000_000 + b'"'] * 3), [Reason.TOO_LARGE]),
        ("a.parquet", b"PAR1 and so on PAR1", [Reason.UNREADABLE]),
        ("a.parquet", without_utf8([{"text": QUAY, "title": "ab"}, {"text": QUAY}]), [None, None]),
        ("a.parquet", parquet([{"name": "x", "age": 3}]), [Reason.BAD_RECORD]),
        ("a.parquet", parquet([{"text": QUAY, "source_file": "a", "source_sha256": "0"}]), [Reason.UNSUPPORTED_FORMAT]),
        ("a.xlsx", b"PK\x03\x04", [Reason.UNREADABLE]),
        ("a.xlsx", zipped({"a": b"b"}), [Reason.UNREADABLE]),
        ("a.xlsx", sheet([{"name": "x", "age": 3}]), [Reason.BAD_RECORD]),
        ("a.xlsx", zipped({"xl/sharedStrings.xml": bytes(2**27 + 1)}), [Reason.TOO_LARGE]),
        ("a.jsonl.zst", b"no such thing", [Reason.UNREADABLE]),
        ("a.jsonl.zst", zstandard(b'{"text": 5}' * 999)[:-20], [Reason.UNREADABLE]),
        ("a.jsonl.xz", lzma.compress(lines(ROWS))[:-20], [None, None, Reason.UNREADABLE]),
        ("a.jsonl.bz2", b"no such thing", [Reason.UNREADABLE]),
        ("a.jsonl.bz2", bz2.compress(lines(ROWS[:1])) + b"junk", [None, Reason.TRAILING_BYTES]),
        ("a.warc", b"nothing of the kind", [Reason.UNREADABLE]),
        ("a.warc", b"WARC/1.0\r\n" + b"x-a: b\r\n" * 200_000, [Reason.UNREADABLE]),
        ("a.warc.gz", gzip.compress(b"WARC/1.0\r\nx-a: " + b"b" * 2**21, mtime=0), [Reason.UNREADABLE]),
        ("a.warc", b"", [Reason.EMPTY]),
        ("a.xml", b"<nitf><body>A</body></nitf>", [Reason.UNSUPPORTED_FORMAT]),
        ("a.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"></rss>', [Reason.UNREADABLE]),
        ("a.rss", b"", [Reason.EMPTY]),
        ("a.rss", b'<rss version="2.0"><channel><title>T</title></channel></rss>', [Reason.EMPTY]),
        ("a.zip", b"PK\x03\x04", [Reason.UNREADABLE]),
        ("a.zip", zipped({"b.zip": zipped({"c.txt": b"x"})}), [Reason.UNSUPPORTED_FORMAT]),
        ("a.md", b"---\na: [b\n---\n" + QUAY.encode(), [Reason.BAD_METADATA, None]),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_its_reason_and_the_rest_is_kept(tmp_path, name, raw, reasons):
    (tmp_path / name).write_bytes(raw)
    assert [item.reason if isinstance(item, Rejected) else None for item in read(tmp_path)] == reasons


def test_a_row_with_a_quotation_mark_that_nothing_closes_does_not_take_the_next_ones_with_it_unseen(tmp_path):
    rows = b'text,title\nfirst,a\n"second,b\n' + b"x,y\n" * 3
    (tmp_path / "a.csv").write_bytes(rows)
    seed, refused = read(tmp_path)
    assert (seed.text, refused.reason, refused.source_file) == ("first", Reason.BAD_RECORD, f"{tmp_path.name}/a.csv#2")


def test_a_table_with_nothing_but_rows_without_articles_is_given_up(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"text,title\n" + b'"",x\n' * 120_000)
    found = read(tmp_path)
    assert len(found) == 100_001
    assert "nothing is read after" in found[-1].detail


def test_a_mapping_says_which_columns_hold_what(tmp_path, monkeypatch):
    monkeypatch.setenv(FIELDS, "")
    (tmp_path / "a.csv").write_text(f'wording,ran,title\n"{QUAY.replace(chr(34), "")}",4 May 2021,B\n')
    (refused,) = read(tmp_path)
    assert "--fields text=COLUMN" in refused.detail
    choose_fields("text=Wording, published=ran,section=title")
    (seed,) = read(tmp_path)
    assert (seed.text, seed.given) == (QUAY, Given(published=date(2021, 5, 4), section="B"))


@pytest.mark.parametrize("mapping", ["text", "words=body", "text=", "text=a;published=b,=c"])
def test_a_mapping_that_says_nothing_is_refused(mapping, monkeypatch):
    monkeypatch.setenv(FIELDS, "")
    with pytest.raises(UserError, match="--fields takes FACT=FIELD"):
        choose_fields(mapping)


NEWS = {"title": "T", "text": QUAY}


@pytest.mark.parametrize(
    "answer, count",
    [
        ({"response": {"tags": [{"id": 1}], "results": [{"webTitle": "T", "fields": {"bodyText": QUAY}}]}}, 1),
        ({"hits": {"total": 2, "hits": [{"_id": "1", "_source": NEWS}, {"_id": "2", "_source": NEWS}]}}, 2),
        ({"response": {"docs": [{"headline": {"main": "T"}, "lead_paragraph": QUAY, "web_url": "x.example/a"}]}}, 1),
        ({"title": {"0": "T", "1": "T"}, "text": {"0": QUAY, "1": TOLL}}, 2),
        ({"0": NEWS, "1": NEWS}, 2),
        ({"columns": ["title", "text"], "index": [0], "data": [["T", QUAY]]}, 1),
        ({"schema": {"fields": [{"name": "title"}]}, "data": [NEWS, NEWS]}, 2),
        ([{"title": "T", "body": {"summary": ["In short."], "sections": [{"headline": [], "paragraphs": [QUAY]}]}}], 1),
        ({"article_title": "T", "text_content": QUAY}, 1),
        ({"success": True, "data": {"markdown": f"# T\n\n{QUAY}", "metadata": {"title": "T", "ogSiteName": "X"}}}, 1),
        ({"headline": "T", "story": QUAY, "author": float("nan"), "section": [4, 7]}, 1),
    ],
    ids=lambda v: str(v)[:50],
)  # fmt: skip
def test_the_records_in_an_answer_are_found_and_nothing_is_refused(tmp_path, answer, count):
    (tmp_path / "a.json").write_text(json.dumps(answer))
    seeds = read(tmp_path)
    assert len(seeds) == count
    assert all(isinstance(seed, Seed) and seed.given.title in ("T", None) for seed in seeds)
    assert QUAY in seeds[0].text


def test_a_json_feed_names_its_outlet(tmp_path):
    item = {"title": "T", "content_html": f"<p>{QUAY}</p>"}
    feed = {"version": "https://jsonfeed.org/version/1", "title": "Sund Post", "items": [item]}
    (tmp_path / "a.json").write_text(json.dumps(feed))
    (seed,) = read(tmp_path)
    assert (seed.form, seed.given) == ("html", Given(title="T", outlet="Sund Post"))


def test_a_feed_gives_its_full_texts_and_refuses_teasers(tmp_path):
    (tmp_path / "a.rss").write_text(
        f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Sund Post</title><item><title>T</title>
        <link>https://sund.example/a</link><dc:creator>Per Lind</dc:creator><description>Short.</description>
        <pubDate>Tue, 02 Mar 2021 10:00:00 +0100</pubDate><content:encoded><![CDATA[<p>{QUAY}</p>]]></content:encoded>
        </item><item><title>U</title><description>Only this.</description></item></channel></rss>"""
    )
    seed, refused = read(tmp_path)
    assert QUAY in seed.text
    assert seed.given == Given(
        title="T", url="https://sund.example/a", authors=("Per Lind",), published=date(2021, 3, 2), outlet="Sund Post"
    )
    assert (refused.reason, refused.source_file) == (Reason.BAD_RECORD, f"{tmp_path.name}/a.rss#2")


def warc_record(kind, body, address="https://sund.example/quay", head=b"HTTP/1.1 200 OK\r\nContent-Type: text/html"):
    block = head + b"\r\n\r\n" + body
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2021-03-02T11:00:00Z\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode() + block + b"\r\n\r\n"  # fmt: skip


PAGE = f"<!DOCTYPE html><html><head><title>T</title></head><body><article><p>{QUAY}</p></article></body></html>"
PLAIN = "<!DOCTYPE html><html><body><article><p>Zoë Quist closed the quay.</p></article></body></html>"
LATIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=iso-8859-1"


@pytest.mark.parametrize("pack", [bytes, lambda raw: gzip.compress(raw, mtime=0)], ids=["plain", "gzip"])
def test_a_web_archive_gives_its_pages_and_nothing_else(tmp_path, pack):
    records = [
        warc_record("request", b"", head=b"GET / HTTP/1.1"),
        warc_record("response", PAGE.encode()),
        warc_record("response", b"\x89PNG", head=b"HTTP/1.1 200 OK\r\nContent-Type: image/png"),
        warc_record("response", b"gone", head=b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html"),
        warc_record("response", PLAIN.encode("latin-1"), head=LATIN),
        warc_record("response", b"<p>" + b"x" * 9_000_000),
    ]  # fmt: skip
    name = "a.warc" if pack is bytes else "a.warc.gz"
    (tmp_path / name).write_bytes(b"".join(map(pack, records)))
    first, second, refused = read(tmp_path)
    assert (first.form, first.text, first.source_file) == ("html", PAGE, f"{tmp_path.name}/{name}#2")
    assert (first.given.url, f"{first.given.retrieved:%F %H}") == ("https://sund.example/quay", "2021-03-02 11")
    assert "Zoë Quist" in second.text
    assert (refused.reason, refused.source_file) == (Reason.TOO_LARGE, f"{tmp_path.name}/{name}#6")


def test_a_zip_is_read_as_the_folder_that_it_packs(tmp_path):
    files = {
        "b/a.txt": QUAY,
        "b/.hidden.txt": "x",
        "__MACOSX/b/a.txt": "x",
        "../c.jsonl": lines(ROWS),
        "d.png": b"\x89PNG",
    }
    (tmp_path / "a.zip").write_bytes(zipped(files))
    found = read(tmp_path / "a.zip")
    assert [item.source_file for item in found] == [
        "a.zip/b/a.txt",
        "a.zip/c.jsonl#1",
        "a.zip/c.jsonl#2",
        "a.zip/d.png",
    ]
    assert found[3].reason == Reason.UNSUPPORTED_FORMAT


@pytest.mark.parametrize("name", ["story.php", "story.aspx", "story", "story.html?id=7", "quay-to-close-2021.03.02"])
def test_a_page_is_told_by_its_content_where_its_name_does_not_tell(tmp_path, name):
    (tmp_path / name).write_text("\n<!-- saved -->\n" + PAGE)
    (seed,) = read(tmp_path)
    assert seed.form == "html"


@pytest.mark.parametrize(
    "name, told",
    [("a.warc.xyz", "'.warc.xyz'"), ("b.pdf", "PDF"), ("c.tar.gz", "unpack"), ("d.mhtml", "as HTML"), ("e", "without")],
)
def test_a_reason_names_the_whole_ending_and_what_to_do(tmp_path, name, told):
    (tmp_path / name).write_bytes(gzip.compress(b"%PDF-1.4", mtime=0) if name.endswith("gz") else b"%PDF-1.4")
    (refused,) = read(tmp_path)
    assert refused.reason == Reason.UNSUPPORTED_FORMAT
    assert told in refused.detail


def test_markdown_is_read_without_its_marks_and_with_its_front_matter(tmp_path):
    (tmp_path / "a.md").write_text(
        "---\ntitle: Quay to close\ndate: 2021-03-02\nauthor: Per Lind\n---\n# Quay to close\n\n"
        "The **board** voted to [close](https://sund.example/q) it.\n\n![A quay](q.jpg)\n\n"
        "> “It is _not_ safe,” she said.\n\n"
        "* One crane_driver_7 left.\n\n---\n\n[#image: /photos/1]\n\n+++dropcap\n\nThe end \\* here."
    )
    (seed,) = read(tmp_path)
    assert seed.given == Given(title="Quay to close", published=date(2021, 3, 2), authors=("Per Lind",))
    assert seed.text.split("\n\n") == [
        "Quay to close", "The board voted to close it.", "“It is not safe,” she said.", "One crane_driver_7 left.",
        "The end * here.",
    ]  # fmt: skip
