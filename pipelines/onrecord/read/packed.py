"""Files packed with gzip (RFC 1952), unpacked as they are read.

Where a file goes on behind the end of what is packed, Python's own module fails and what was read is lost. gzip(1)
keeps that and warns of the rest; so do we.
"""

import io
import zlib
from typing import IO, Any

MAGIC = b"\x1f\x8b\x08"
CHUNK = 2**16
GZIP = 16 + zlib.MAX_WBITS  # a header and a checksum, both of which zlib then checks


class Unpacked(io.RawIOBase):
    """The content of a packed file, of any number of members.

    `trailing` is how what stands behind the last one begins, padding with zeros apart. EOFError where the file ends
    early, zlib.error where it is damaged; an empty file has no content.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._member = zlib.decompressobj(GZIP)
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
            ahead = self._ahead or self._file.read(CHUNK)
            if not ahead and not self._is_begun:
                return 0
            if not ahead:
                raise EOFError("the packed file ends before its content does")
            self._is_begun = True
            raw = self._member.decompress(ahead, len(buffer))
            self._ahead = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
            if raw:
                buffer[: len(raw)] = raw
                return len(raw)
        return 0

    def _start_next(self) -> None:
        """Goes on to the next member, or ends where what follows is none."""
        ahead = self._ahead
        while len(ahead := ahead.lstrip(b"\0")) < len(MAGIC) and (more := self._file.read(CHUNK)):
            ahead += more
        if ahead.startswith(MAGIC):
            self._ahead, self._member = ahead, zlib.decompressobj(GZIP)
        else:
            self.trailing, self._is_over = ahead, True
