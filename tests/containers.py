"""Files that hold several texts, by ending: what fuzzing damages. Each maker takes texts and gives the file's bytes."""

import bz2
import csv
import gzip
import io
import json
import lzma
import zipfile
from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq


def _lines(texts: Sequence[str]) -> bytes:
    return b"".join(json.dumps({"text": text, "title": "T", "date": "2019-03-12"}).encode() + b"\n" for text in texts)


def _csv(texts: Sequence[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["title", "text"], *(["T", text] for text in texts)])
    return out.getvalue().encode()


def _parquet(texts: Sequence[str]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": list(texts), "title": ["T"] * len(texts)}), out)
    return out.getvalue()


def _warc(texts: Sequence[str]) -> bytes:
    def record(text: str) -> bytes:
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>" + text.encode()
        head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/a\r\nContent-Length: %d\r\n\r\n"
        return head % len(block) + block + b"\r\n\r\n"

    return b"".join(map(record, texts))


def _feed(texts: Sequence[str]) -> bytes:
    items = "".join(f"<item><title>T</title><content:encoded>{text}</content:encoded></item>" for text in texts)
    space = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    return f'<rss version="2.0" {space}><channel><title>X</title>{items}</channel></rss>'.encode()


def _zip(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def _docx(texts: Sequence[str]) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return _zip({"word/document.xml": f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>'.encode()})


def _lexis(texts: Sequence[str]) -> bytes:
    parts = (
        f"{at} of {len(texts)} DOCUMENTS\n\nThe Gazette\n\nMarch 12, 2019 Tuesday\n\nTitle\n\nBYLINE: Jo Field\n\n"
        f"LENGTH: 9 words\n\n{text}\n\nLOAD-DATE: March 13, 2019\n\n"
        for at, text in enumerate(texts, 1)
    )
    return "".join(parts).encode()


def _uni(texts: Sequence[str]) -> bytes:
    head = "Title\n\nThe Gazette\n\nMarch 12, 2019 Tuesday\n\nSection: News\n\nByline: Jo Field\n\nBody\n\n"
    return "".join(f"{head}{text}\n\nLoad-Date: March 13, 2019\n\nEnd of Document\n\n" for text in texts).encode()


def _factiva(texts: Sequence[str]) -> bytes:
    head = "Title\n\nJo Field\n98 words\n12 March 2019\nGazette\nGAZ\nEnglish\n(c) 2019 Gazette\n\n"
    return "".join(f"{head}{text}\n\nDocument GAZ0000020190312ee9r0001x\n\n" for text in texts).encode()


def _proquest(texts: Sequence[str]) -> bytes:
    tail = "Publication title: Gazette\n\nPublication date: Mar 12, 2019\n\nProQuest document ID: 1\n\n"
    return "".join(f"{'_' * 60}\n\nTitle: T\n\nFull text: {text}\n\n{tail}" for text in texts).encode()


def _rtf(texts: Sequence[str]) -> bytes:
    plain = "\\par\n".join(texts)
    return ("{\\rtf1\\ansi " + "".join(c if ord(c) < 128 else f"\\u{ord(c) % 32768}?" for c in plain) + "}").encode()


MAKERS: Mapping[str, Callable[[Sequence[str]], bytes]] = {
    ".csv": _csv,
    ".parquet": _parquet,
    ".warc": _warc,
    ".warc.gz": lambda texts: gzip.compress(_warc(texts), mtime=0),
    ".rss": _feed,
    ".docx": _docx,
    ".rtf": _rtf,
    ".zip": lambda texts: _zip({f"{at}.txt": text.encode() for at, text in enumerate(texts)}),
    ".lexis.txt": _lexis,
    ".uni.txt": _uni,
    ".factiva.txt": _factiva,
    ".proquest.txt": _proquest,
    ".md": lambda texts: "\n\n".join(["---", "title: T", "---", *texts]).encode(),
    ".jl.bz2": lambda texts: bz2.compress(_lines(texts)),
    ".jl.xz": lambda texts: lzma.compress(_lines(texts)),
    ".jl.zst": lambda texts: pa.compress(_lines(texts), codec="zstd", asbytes=True),
}
