"""The explorer on this machine: the pages, each shard made when it is asked for, and SQL, for one reader."""

import asyncio
import functools
import json
import math
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.audit.judged import BadJudgmentError, add_judgments, judgments_file, read_judgment, read_judgments
from onrecord.errors import UserError
from onrecord.explore.query import open_release, run_query
from onrecord.explore.site.guard import Guard
from onrecord.explore.site.opened import Opened
from onrecord.explore.site.search import search
from onrecord.explore.site.shards import make_shard, meta
from onrecord.explore.site.tie_lists import network
from onrecord.explore.site.writing import static_files
from onrecord.storage.database import MEMORY
from onrecord.storage.releases import read_sums

SECONDS = 30.0  # that a query may take
_MOST_ROWS = 10_000  # of an answer
_CACHE = 64 * 2**20  # bytes of shards that are kept
_BODY = 100_000  # bytes of a request
_MORE_MEMORY = f"This takes more memory than DuckDB may use. End onrecord explore, and start it with {MEMORY}=2GB."
_EXACT = 2**53 - 1  # the largest whole number that JavaScript holds exactly
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)


class Explorer:
    """What the routes answer with. Each is run in a thread of its own, with a cursor of its own."""

    def __init__(self, opened: Opened, seconds: float = SECONDS) -> None:
        self._opened, self._seconds = opened, seconds
        self._static = dict(static_files(engine=False)) | {
            name: path for name, path in static_files(engine=True) if name.startswith("sql.")
        }
        self._files = {*read_sums(opened.release)}
        self._cache: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    @functools.cached_property
    def _release(self) -> duckdb.DuckDBPyConnection:
        """For the queries of the reader: no file can be written through it, and none but the release's be read."""
        return open_release(self._opened.release)

    def page(self, request: Request) -> Response:
        name = request.path_params.get("name") or "index.html"
        if name not in self._static:
            return PlainTextResponse("There is no such page.", 404)
        path = self._static[name]
        kind = _TYPES.get(path.suffix, "text/plain")
        return Response(path.read_bytes(), media_type=kind, headers=_headers(name))

    def meta(self, request: Request) -> Response:
        return _json(meta(self._opened, live=True, sql="server", files="files"))

    def shard(self, request: Request) -> Response:
        name = request.path_params["name"]
        try:
            raw = self._cached(name)
        except KeyError:
            return PlainTextResponse("There is no such file.", 404)
        except duckdb.OutOfMemoryException:
            return _json({"error": _MORE_MEMORY}, 500)
        return Response(raw, media_type="application/gzip", headers={"Cache-Control": "no-store"})

    def _cached(self, name: str) -> bytes:
        with self._lock:
            if name in self._cache:
                self._cache.move_to_end(name)
                return self._cache[name]
        raw = make_shard(self._opened, name)
        with self._lock:
            self._cache[name] = raw
            while sum(map(len, self._cache.values())) > _CACHE and len(self._cache) > 1:
                self._cache.popitem(last=False)
        return raw

    def search(self, request: Request) -> Response:
        return self._told(lambda: search(self._opened, request.query_params))

    def network(self, request: Request) -> Response:
        return self._told(lambda: network(self._opened, request.query_params))

    def _told(self, answer: Any) -> Response:
        try:
            return _json(answer())
        except duckdb.OutOfMemoryException:
            return _json({"error": _MORE_MEMORY}, 500)
        except (ValueError, UserError, duckdb.Error) as error:
            return _json({"error": str(error).splitlines()[0]}, 400)

    def file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._files:
            return PlainTextResponse("The release has no such file.", 404)
        return FileResponse(
            self._opened.release / name, content_disposition_type="attachment", filename=Path(name).name
        )

    async def sql(self, request: Request) -> Response:
        from starlette.concurrency import run_in_threadpool

        asked = await _body(request)
        with await run_in_threadpool(lambda: self._release.cursor()) as cursor:
            gone = asyncio.create_task(_stop_when_gone(request, cursor))
            try:
                return await run_in_threadpool(self._query, cursor, str(asked.get("query", "")))
            finally:
                gone.cancel()

    def _query(self, cursor: duckdb.DuckDBPyConnection, query: str) -> Response:
        late = threading.Event()

        def stop() -> None:
            late.set()
            cursor.interrupt()

        timer = threading.Timer(self._seconds, stop)
        timer.start()
        try:
            found = run_query(cursor, query)
            rows: list[list[Any]] = []
            for batch in found.batches:
                rows += [list(map(_plain, row)) for row in zip(*(c.to_pylist() for c in batch.columns), strict=True)]
                if len(rows) > _MOST_ROWS:
                    break
        except (UserError, OSError) as error:  # Arrow tells so that it was interrupted while it handed rows over
            told = f"stopped after {self._seconds:g} seconds" if late.is_set() else str(error)
            return _json({"error": told}, 400)
        finally:
            timer.cancel()
        types = [str(field.type) for field in found.schema]
        told_rows = {"columns": found.schema.names, "types": types, "rows": rows[:_MOST_ROWS]}
        return _json({**told_rows, "more": len(rows) > _MOST_ROWS})

    def judgments(self, request: Request) -> Response:
        path = judgments_file(self._opened.release)
        try:
            found, _ = read_judgments([path] if path.is_file() else [])
        except UserError as error:
            return _json({"error": str(error)}, 409)
        return _json([asdict(judgment) for judgment in sorted(found, key=lambda judgment: judgment.at)])

    async def judge(self, request: Request) -> Response:
        try:
            judgment = read_judgment(await _body(request))
            if judgment.release != self._opened.version:
                raise BadJudgmentError(f"a judgment of {judgment.release}, and this is {self._opened.version}")
            with self._lock:
                add_judgments(judgments_file(self._opened.release), [judgment])
        except UserError as error:
            return _json({"error": str(error)}, 400)
        except OSError as error:
            return _json({"error": f"cannot write beside the release: {error.strerror}"}, 409)
        return _json(asdict(judgment))


def _headers(name: str) -> Mapping[str, str]:
    told = {"Cache-Control": "no-cache", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}
    return {**told, "Content-Security-Policy": _POLICY} if name.endswith(".html") else told


async def _stop_when_gone(request: Request, cursor: duckdb.DuckDBPyConnection) -> None:
    """Nobody waits for the answer of a query any more: it need not be computed."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
    while True:  # until it has ended: what has not begun yet cannot be stopped
        cursor.interrupt()
        await asyncio.sleep(0.2)


def _plain(value: Any) -> Any:
    """A cell as JSON has it: a number that JavaScript cannot hold is told as text."""
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) <= _EXACT else str(value)
    return value


def _json(content: Any, status: int = 200) -> Response:
    raw = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=str, allow_nan=False)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return Response(raw.encode(), status, headers, media_type="application/json")


async def _body(request: Request) -> dict[str, Any]:
    """The object that was sent; an empty one if it is none, or too long."""
    raw = b""
    async for piece in request.stream():
        raw += piece
        if len(raw) > _BODY:
            return {}
    try:
        found = json.loads(raw)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def to_app(opened: Opened, *, token: str, port: int, seconds: float = SECONDS) -> ASGIApp:
    """The application for a port of this machine."""
    explorer = Explorer(opened, seconds)
    routes = [
        Route("/data/meta.json", explorer.meta),
        Route("/data/search.json", explorer.search),
        Route("/data/network.json", explorer.network),
        Route("/data/{name:path}.json.gz", explorer.shard),
        Route("/files/{name:path}", explorer.file),
        Route("/judgments", explorer.judgments, methods=["GET"]),
        Route("/judgments", explorer.judge, methods=["POST"]),
        Route("/sql", explorer.sql, methods=["POST"]),
        Route("/", explorer.page),
        Route("/{name:path}", explorer.page),
    ]
    return Guard(Starlette(routes=routes), token, port)
