"""Trouble that passes is waited out, trouble that stays is told: over a real HTTP server and a real S3 server."""

import http.server
import logging
import socket
import threading

import pytest

from onrecord.document import Reason, Rejected
from onrecord.errors import UserError
from onrecord.read import read_seeds
from onrecord.read.remote import OutOfReachError
from onrecord.storage import retries

BODY = b"It rained all day, officials said.\n" * 20_000  # more than one read


class Flaky(http.server.SimpleHTTPRequestHandler):
    """Serves a folder, but answers the first requests for a name in the ways that `troubles` lists for it."""

    troubles: dict[str, list[object]] = {}  # noqa: RUF012 set by each test
    asked: list[str] = []  # noqa: RUF012

    def do_HEAD(self):
        self._answer(super().do_HEAD)

    def do_GET(self):
        self._answer(super().do_GET)

    def _answer(self, well):
        self.asked.append(self.path)
        trouble = next(iter(self.troubles.get(self.path, [])), None)
        if trouble is None or (trouble == "cut" and self.command == "HEAD"):
            return well()
        self.troubles[self.path].pop(0)
        if trouble == "reset":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif trouble == "cut":
            self.send_response(200)
            self.send_header("Content-Length", str(len(BODY)))
            self.end_headers()
            self.wfile.write(BODY[:300_000])
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.send_error(trouble)
        self.close_connection = True

    def log_message(self, *_):
        pass


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A folder with three files and the address that it is served at."""
    pytest.importorskip("aiohttp")
    import fsspec

    monkeypatch.setattr(retries, "PAUSES", (0, 0, 0))
    monkeypatch.setattr(Flaky, "troubles", {})
    monkeypatch.setattr(Flaky, "asked", [])
    for name in "abc":
        (tmp_path / f"{name}.txt").write_bytes(BODY)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *a, **k: Flaky(*a, directory=str(tmp_path), **k))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fsspec.filesystem("http").invalidate_cache()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def read(address):
    found = list(read_seeds(address))
    return [s for s in found if not isinstance(s, Rejected)], [r for r in found if isinstance(r, Rejected)]


def test_a_site_is_read_without_trouble(site):
    seeds, refused = read(f"{site}/")
    assert [s.source_file for s in seeds] == [f"{site}/{name}.txt" for name in "abc"]
    assert {s.text for s in seeds} == {BODY.decode()}
    assert refused == []


@pytest.mark.parametrize("trouble", [500, 502, 503, 504, 429, "reset"])
@pytest.mark.parametrize("path", ["/", "/b.txt"])
def test_trouble_that_passes_costs_nothing(site, path, trouble):
    Flaky.troubles[path] = [trouble] * 3
    seeds, refused = read(f"{site}/")
    assert ([s.text for s in seeds], refused) == ([BODY.decode()] * 3, [])
    assert Flaky.asked.count(path) > 3


def test_a_file_whose_connection_breaks_off_is_read_on(site):
    Flaky.troubles["/b.txt"] = ["cut", "cut"]
    seeds, refused = read(f"{site}/")
    assert ([s.text for s in seeds], refused) == ([BODY.decode()] * 3, [])


def test_each_wait_is_logged(site, caplog):
    Flaky.troubles["/b.txt"] = [503] * 3
    with caplog.at_level(logging.WARNING, "onrecord"):
        read(f"{site}/b.txt")
    assert "trying again in 0 s" in caplog.text


@pytest.mark.parametrize("trouble", [503, "reset"])
def test_a_folder_that_stays_out_of_reach_stops_the_run_and_is_not_taken_for_empty(site, trouble):
    Flaky.troubles["/"] = [trouble] * 100
    with pytest.raises(OutOfReachError, match=r"out of reach .*run it again later"):
        read(f"{site}/")


@pytest.mark.parametrize("trouble", [404, 403, 410, 503])
def test_a_file_that_stays_out_of_reach_is_refused_and_the_others_are_read(site, trouble):
    Flaky.troubles["/b.txt"] = [trouble] * 100
    seeds, (refused,) = read(f"{site}/")
    assert len(seeds) == 2
    assert (refused.reason, refused.source_file) == (Reason.UNREADABLE, f"{site}/b.txt")


@pytest.mark.parametrize("trouble", [403, 404])
def test_trouble_that_does_not_pass_is_not_tried_again(site, trouble):
    Flaky.troubles["/b.txt"] = [trouble] * 100
    read(f"{site}/")
    assert Flaky.asked.count("/b.txt") < 4


def test_pauses_grow_and_end(monkeypatch):
    slept = []
    monkeypatch.setattr("time.sleep", slept.append)

    def broken():
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        retries.retrying(broken)
    assert slept == sorted(slept) == list(retries.PAUSES)


@pytest.fixture
def bucket(monkeypatch, tmp_path):
    """An S3 server on this machine with one article and the facts about its folder; its address."""
    pytest.importorskip("s3fs")
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    for name, value in {"ACCESS_KEY_ID": "me", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*server.get_host_and_port()))
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    name = f"news{abs(hash(tmp_path))}"  # buckets outlive their server in its process
    system.mkdir(name)
    system.pipe({f"{name}/2020/outlet.yml": b"outlet: Harbour Courier\n", f"{name}/2020/a.txt": BODY})
    yield f"s3://{name}"
    server.stop()


def test_seeds_are_read_from_s3(bucket):
    (seed,), refused = read(bucket)
    assert (seed.source_file, seed.given.outlet, refused) == (f"{bucket}/2020/a.txt", "Harbour Courier", [])
    assert seed.text == BODY.decode()


def test_what_arrives_in_a_bucket_is_seen_by_a_process_that_looked_before(bucket):
    import s3fs

    read(bucket)
    s3fs.S3FileSystem(skip_instance_cache=True).pipe_file(f"{bucket}/2020/b.txt", BODY)
    assert len(read(bucket)[0]) == 2


def test_a_bucket_that_is_not_there_is_one_clear_line(bucket):
    with pytest.raises(UserError, match=r"s3://no-such-bucket") as raised:
        read("s3://no-such-bucket")
    assert "\n" not in str(raised.value)
