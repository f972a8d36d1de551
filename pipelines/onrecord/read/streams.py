"""Streams of bytes that are read no further than an article can reach, and bytes as text."""

import codecs
import hashlib
import re
import tempfile
from typing import IO

from onrecord.document import Reason, Rejected, Stage

MAX_BYTES = 8 * 2**20  # of one article as received; the longest newspaper pieces have a hundredth of that
_MOST_SET_ASIDE = 4 * 2**30  # bytes of a packed or remote file that are unpacked to the disk
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16's, which it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that the Encoding Standard of the WHATWG reads as a larger one: pages say less than they hold.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
# What pages are written in. Python knows others, some of which run long or are no encodings of text.
_OF_TEXT = re.compile(
    r"utf-8|ascii|cp(?:125\d|866|874|932|949)|iso8859-\d+|koi8-[ru]|mac-\w+|gb\w+|big5\w*|euc_\w+|shift_jis"
)
_MOST_STRAY = 0.2  # share of bytes that are no UTF-8; in Western French 0.05, in Cyrillic read as Western text 0.8
_MOST_CONTROLS = 0.01
_FEW_CONTROLS = 2
_LOOKED_AT = 65_536  # characters or bytes
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")  # no text has them; \x1b colours a terminal's


def read_bounded(stream: IO[bytes]) -> bytes | None:
    """All bytes of a stream; None if there are more than an article can have. The rest stays unread."""
    raw = stream.read(MAX_BYTES + 1)
    return raw if len(raw) <= MAX_BYTES else None


def seekable(stream: IO[bytes]) -> IO[bytes]:
    """The same bytes with random access, which some formats need: those of a packed or remote file go to the disk.

    Raises:
        OSError: there are more than MOST_SET_ASIDE.
    """
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115  the reader closes it by dropping it
    while block := stream.read(2**20):
        if copy.tell() + len(block) > _MOST_SET_ASIDE:
            copy.close()
            raise OSError(f"more than {_MOST_SET_ASIDE} bytes; unpack it, or download it, before it is read")
        copy.write(block)
    copy.seek(0)
    return copy


def sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def decode(raw: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]] | Reason:
    """The text that bytes are and what had to be mended for it, or why they are none.

    By byte order mark, else UTF-8 if they are that, else as declared, else as Windows Western text (cp1252), which is
    what undeclared text of English newspapers is. Where UTF-8 has been cut or mixed with that, each stray byte counts
    as Western.
    """
    mark, encoding = next((item for item in BYTE_ORDER_MARKS if raw.startswith(item[0])), (b"", "utf-8-sig"))
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return Reason.BAD_ENCODING if mark else _legacy(raw, declared)
    return Reason.BINARY if _is_binary(text) else (text, ("encoding",) if mark else ())


def _legacy(raw: bytes, declared: str | None) -> tuple[str, tuple[str, ...]] | Reason:
    if raw.count(b"\0", 0, _LOOKED_AT) > _most_controls(len(raw)):
        return Reason.BINARY
    encoding = _codec(declared)
    try:
        if encoding and encoding != "utf-8":
            text = raw.decode(encoding)
        elif raw.decode("utf-8", "replace").count("\ufffd") > _MOST_STRAY * len(raw):
            return Reason.BAD_ENCODING
        else:
            text = raw.decode("utf-8", errors="onrecord-western")
    except UnicodeDecodeError:
        return Reason.BAD_ENCODING
    return Reason.BINARY if _is_binary(text) else (text, ("encoding",))


def _codec(declared: str | None) -> str | None:
    """Python's name of a declared encoding of text, None if there is no such."""
    try:
        name = codecs.lookup((declared or "").strip().casefold()).name
    except (LookupError, ValueError):
        return None
    return _LARGER.get(name, name) if _OF_TEXT.fullmatch(name) else None


def _is_binary(text: str) -> bool:
    return len(_CONTROLS.findall(text[:_LOOKED_AT])) > _most_controls(len(text))


def _most_controls(length: int) -> float:
    """How many control characters a text of a length can hold: a stray NUL or two is a slip."""
    return max(_FEW_CONTROLS, _MOST_CONTROLS * min(length, _LOOKED_AT))


def _western(error: UnicodeError) -> tuple[str, int]:
    """Decodes what is no UTF-8 as Windows Western text; the five bytes that this leaves open are no text.

    Two or three bytes of a character that the end of the file has cut are dropped.
    """
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    is_cut = error.end == len(error.object) and len(stray) > 1 and error.reason == "unexpected end of data"
    return "" if is_cut else stray.decode("cp1252"), error.end


codecs.register_error("onrecord-western", _western)


def refused(reason: Reason, name: str, detail: str, digest: str | None = None) -> Rejected:
    return Rejected(reason, Stage.READ, name, digest, detail)
