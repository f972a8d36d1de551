"""A web server's side of reading a part of a file: for the tests and the benchmark of releases read over HTTP."""

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Ranges(http.server.SimpleHTTPRequestHandler):
    """Files by HTTP with range requests, as any web server gives them; the class counts the bytes of their bodies."""

    sent = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        size = path.stat().st_size
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        first, last = 0, size - 1
        if asked:
            first = int(asked[1]) if asked[1] else max(size - int(asked[2]), 0)
            last = min(int(asked[2]), last) if asked[1] and asked[2] else last
        self.send_response(206 if asked else 200)
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.end_headers()
        with path.open("rb") as file, contextlib.suppress(ConnectionError):  # who has read enough hangs up
            file.seek(first)
            while piece := file.read(min(65_536, last + 1 - file.tell())):
                self.wfile.write(piece)
                type(self).sent += len(piece)

    def end_headers(self) -> None:
        self.send_header("Accept-Ranges", "bytes")  # also to HEAD: some readers would fetch whole files without it
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` on this machine while the block runs."""
    handler = functools.partial(Ranges, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
