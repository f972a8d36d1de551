"""How a file that was read is known again without reading it: by what its folder's listing says of it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

# By these names file systems give what stands for the content, or the time of the last change.
_OF_CONTENT = ("ETag", "etag", "Content-MD5", "content_md5", "md5Hash", "md5")
_OF_TIME = ("mtime", "LastModified", "Last-Modified", "last_modified", "updated", "modified")
# Ticks of the coarsest clocks that date files: FAT's.
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """Two equal ones: the same content, if it was settled when it was read.

    `touched`: nanoseconds since 1970 at the last change of the file; None if `text` stands for the content itself.
    """

    text: str
    touched: int | None

    def is_settled(self, now: int) -> bool:
        """Whether a change from `now` on would change the stamp.

        Within one tick of its clock a file can change twice; git rereads such entries of its index, too.
        """
        return self.touched is None or self.touched < now - _TICK


def stamp_of_file(found: os.stat_result) -> Stamp:
    """Of a local file. Its number and its time of change tell when something moved into its place, as cp -p does."""
    text = f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"
    return Stamp(text, max(found.st_mtime_ns, found.st_ctime_ns))


def stamp_of_entry(entry: Mapping[str, Any]) -> Stamp | None:
    """Of a file as fsspec lists it; None if nothing there would tell that it has changed."""
    size = entry.get("size")
    for name in _OF_CONTENT:
        value = entry.get(name)
        if value and not str(value).startswith("W/"):  # weak: other bytes may have the same
            return Stamp(f"{size} {value}", None)
    for name in _OF_TIME:
        if (touched := _nanoseconds(entry.get(name))) is not None:
            return Stamp(f"{size} {touched}", touched)
    return None


def _nanoseconds(value: object) -> int | None:
    try:
        if isinstance(value, str):
            value = parsedate_to_datetime(value) if "," in value else datetime.fromisoformat(value)
        if isinstance(value, datetime):
            value = (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
        return int(value * 1_000_000_000) if isinstance(value, int | float) else None
    except (ValueError, OverflowError):
        return None
