"""Packed files, unpacked as they are read: gzip (RFC 1952), bzip2, xz and Zstandard (RFC 8878).

Where a file goes on behind the end of what is packed, Python's own modules fail, or pass over it without a word.
gzip(1) keeps what was read and warns of the rest; so do we.
"""

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Mapping
from typing import IO, Any

CHUNK = 2**16
_GZIP = 16 + zlib.MAX_WBITS  # a header and a checksum, both of which zlib then checks
_XZ_MEMORY = 2**28  # bytes; the strongest setting of xz needs a quarter of that
# By ending: how a member begins, and what unpacks one.
_KINDS: Mapping[str, tuple[bytes, Callable[[], Any]]] = {
    ".gz": (b"\x1f\x8b\x08", lambda: zlib.decompressobj(_GZIP)),
    ".bz2": (b"BZh", bz2.BZ2Decompressor),
    ".xz": (b"\xfd7zXZ\0", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)),
}
_ZSTANDARD = ".zst"
PACKED = (*_KINDS, _ZSTANDARD)
DAMAGED = (EOFError, zlib.error, lzma.LZMAError)  # what unpacking raises, besides OSError


def packed_ending(name: str) -> str:
    """The ending of a packed file's name, '.gz' of 'a.txt.gz'; empty if it is none."""
    return next((ending for ending in PACKED if name.lower().endswith(ending)), "")


def unpacked(file: IO[bytes], ending: str) -> io.RawIOBase | Any:
    """The content of a packed file as a stream that cannot seek."""
    if ending == _ZSTANDARD:
        import pyarrow as pa

        return pa.CompressedInputStream(pa.PythonFile(file, "r"), "zstd")
    return Unpacked(file, ending)


class Unpacked(io.RawIOBase):
    """The content of a packed file, of any number of members.

    `trailing` is how what stands behind the last one begins, padding with zeros apart. EOFError where the file ends
    early, OSError or one of DAMAGED where it is damaged; an empty file has no content.
    """

    def __init__(self, file: IO[bytes], ending: str = ".gz") -> None:
        self._file = file
        self._magic, self._new = _KINDS[ending]
        self._member = self._new()
        self._ahead = b""  # read from the file and not yet unpacked
        self._is_begun = self._is_over = False
        self.trailing = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._is_over:
            if self._member.eof:
                self._start_next()
                continue
            # bz2 and lzma keep what they have not unpacked yet, zlib gives it back.
            is_hungry = not self._ahead and getattr(self._member, "needs_input", True)
            ahead = self._file.read(CHUNK) if is_hungry else self._ahead
            if is_hungry and not ahead and not self._is_begun:
                return 0
            if is_hungry and not ahead:
                raise EOFError("the packed file ends before its content does")
            self._is_begun = True
            raw = self._member.decompress(ahead, len(buffer))
            self._ahead = (
                self._member.unused_data if self._member.eof else getattr(self._member, "unconsumed_tail", b"")
            )
            if raw:
                buffer[: len(raw)] = raw
                return len(raw)
        return 0

    def _start_next(self) -> None:
        """Goes on to the next member, or ends where what follows is none."""
        ahead = self._ahead
        while len(ahead := ahead.lstrip(b"\0")) < len(self._magic) and (more := self._file.read(CHUNK)):
            ahead += more
        if ahead.startswith(self._magic):
            self._ahead, self._member = ahead, self._new()
        else:
            self.trailing, self._is_over = ahead, True
