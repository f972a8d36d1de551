"""On Record: who said, proposed and promised what, and when, as tables.

`onrecord.open` reads a release; the command `onrecord` makes them.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onrecord.explore.reader import Release

__all__ = ["open"]

# Arrow's own allocator keeps what was freed, 60 MB in assembly; pyarrow asks for this when it is first imported.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")


def open(place: str | Path, version: str = "latest") -> "Release":
    """A release for reading, in a folder, at https:// or at s3://: see `onrecord.explore.reader.open_anywhere`.

    Its `tables["quotes"]` are Arrow, pandas or polars; `sql(...)` asks its tables, views and macros; `connection` is
    DuckDB's. Only what is asked for is read. NoReleaseError, saying where was looked, if there is none.
    """
    from onrecord.explore.reader import open_anywhere  # what only imports the package loads none of it

    return open_anywhere(place, version)
