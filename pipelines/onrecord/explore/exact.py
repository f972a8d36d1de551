"""Reading of files through fsspec that fetches no more than it is asked for.

A module of its own, without DuckDB: Arrow holds a reader past the end of Python, and with it all that its module names.
DuckDB's types, when they are held so, are listed as leaked where the program ends.
"""

import pyarrow as pa
from pyarrow.fs import FSSpecHandler


class ExactReads(FSSpecHandler):  # type: ignore[misc]
    """Reads what it is asked for: fsspec by itself reads 5 MB ahead, more than most columns of a table have."""

    def open_input_file(self, path: str) -> pa.PythonFile:
        return pa.PythonFile(self.fs.open(path, mode="rb", cache_type="none"), mode="r")
