"""A release gets a DOI from what speaks Zenodo's API: here a stand-in on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml

from onrecord.release.zenodo import TOKEN, DepositError, deposit_release, reserve
from onrecord.storage import store
from test_publish import make_release

DOI = "10.5072/zenodo.1"


class StandIn(BaseHTTPRequestHandler):
    """Deposits as Zenodo takes them, in memory: `files` by name, and every request as method and path."""

    def _answer(self, status, content):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def _receive(self):
        self.server.requests.append((self.command, self.path))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def do_POST(self):
        body = self._receive()
        if self.headers["Authorization"] != "Bearer right":
            self._answer(403, {"message": "Permission denied"})
        elif self.path.endswith("/actions/publish"):
            self._answer(202, {"state": "done"})
        else:
            self.server.metadata = json.loads(body)["metadata"]
            links = {"self": f"{self.server.url}/api/deposit/depositions/1", "bucket": f"{self.server.url}/files/b"}
            self._answer(201, {"links": links, "metadata": {"prereserve_doi": {"doi": DOI}}})

    def do_PUT(self):
        self.server.files[self.path.rpartition("/")[2]] = self._receive()
        self._answer(201, {})

    def log_message(self, *_):
        pass


@pytest.fixture
def zenodo(monkeypatch):
    monkeypatch.setenv(TOKEN, "right")
    with ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as server:
        server.requests, server.files, server.url = [], {}, f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_a_deposit_gets_every_file_and_is_published_last(zenodo, tmp_path):
    release = make_release(tmp_path / "2026.11.22")
    deposit = reserve("2026.11.22", tmp_path / "build", zenodo.url)
    deposit_release(deposit, release)
    assert deposit.doi == DOI
    assert zenodo.files == {name: path.read_bytes() for name, path in store.files_in(release).items()}
    assert zenodo.requests[-1] == ("POST", "/api/deposit/depositions/1/actions/publish")
    assert zenodo.metadata["version"] == "2026.11.22" and zenodo.metadata["license"] == "cc-by-4.0"


def test_a_doi_is_reserved_once_a_version(zenodo, tmp_path):
    first = reserve("1", tmp_path, zenodo.url)
    assert reserve("1", tmp_path, zenodo.url) == first
    assert len(zenodo.requests) == 1
    reserve("2", tmp_path, zenodo.url)
    assert len(zenodo.requests) == 2


@pytest.mark.parametrize("token, told", [("", "no ZENODO_TOKEN"), ("wrong", "403 .*Permission denied")])
def test_a_refusal_is_told_in_zenodos_words(zenodo, tmp_path, monkeypatch, token, told):
    monkeypatch.setenv(TOKEN, token)
    with pytest.raises(DepositError, match=told):
        reserve("1", tmp_path, zenodo.url)
    assert not list(tmp_path.iterdir())


def test_another_release_is_not_put_under_a_reserved_doi(zenodo, tmp_path):
    deposit = reserve("2026.11.23", tmp_path / "build", zenodo.url)
    with pytest.raises(DepositError, match=r"reserved for 2026\.11\.23"):
        deposit_release(deposit, make_release(tmp_path / "2026.11.22"))


def test_the_published_release_names_its_doi(run, zenodo, own_release, tmp_path):
    datasets = own_release.parents[1]
    (own_release.parent / "latest").symlink_to("test")
    code, out, err = run(
        "publish", "--datasets", datasets, "--to", tmp_path / "public", "--doi", "--zenodo", zenodo.url
    )
    assert (code, err) == (0, "") and f"deposited {DOI}" in out
    public = tmp_path / "public" / "test"
    assert yaml.safe_load((public / "CITATION.cff").read_text())["doi"] == DOI
    assert f"(https://doi.org/{DOI})" in (public / "README.md").read_text()
    assert json.loads((public / "croissant.json").read_text())["url"] == f"https://doi.org/{DOI}"
    assert zenodo.files["CITATION.cff"] == (public / "CITATION.cff").read_bytes()
