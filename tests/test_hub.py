"""A release in a repository at Hugging Face, by its own client: the server is a stand-in on this machine."""

import base64
import hashlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from onrecord.release.destinations import DestinationError
from onrecord.release.hub import NewerPublishedError
from onrecord.release.publish import PublishedVersionError, SendingError, publish
from onrecord.storage import store
from test_publish import make_release

ADDRESS = "hf://datasets/desk/news"
API, FILES = "/api/datasets/desk/news/", "/datasets/desk/news/resolve/"


class StandIn(BaseHTTPRequestHandler):
    """One repository as the client sees it: `commits` are files by name, `branches` and `tags` name commits."""

    protocol_version = "HTTP/1.1"

    def _answer(self, content, status=200, **headers):
        raw = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(raw))}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(raw)

    def _refuse(self, status, code, words):
        self._answer({"error": words}, status, X_Error_Code=code, X_Error_Message=words)

    def _files(self, revision):
        told = unquote(revision)
        oid = {**self.server.branches, **self.server.tags}.get(told, told)
        return oid, self.server.commits[oid]

    def do_GET(self):
        path = urlsplit(self.path).path
        if path == f"{API}refs":
            named = {
                kind: [{"name": n, "ref": f"refs/{kind}/{n}", "targetCommit": c} for n, c in refs.items()]
                for kind, refs in (("branches", self.server.branches), ("tags", self.server.tags))
            }
            self._answer({**named, "converts": []})
        elif path.startswith(f"{API}tree/"):
            files = self._files(path.removeprefix(f"{API}tree/"))[1]
            told = [{"type": "file", "path": n, "size": len(raw), "oid": "0" * 40} for n, raw in files.items()]
            self._answer(told)
        elif path.startswith(FILES):
            revision, _, name = path.removeprefix(FILES).partition("/")
            oid, files = self._files(revision)
            etag = f'"{hashlib.sha256(files[unquote(name)]).hexdigest()}"'
            self._answer(files[unquote(name)], X_Repo_Commit=oid, ETag=etag)
        else:
            self._refuse(404, "RepoNotFound", "Repository not found")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        if path == "/api/validate-yaml":
            self.server.card = json.loads(body)["content"]
            self._answer({"errors": [], "warnings": []})
        elif path == f"{API}preupload/main":
            files = [
                {"path": f["path"], "uploadMode": "lfs" if f["path"].endswith("parquet") else "regular"}
                for f in json.loads(body)["files"]
            ]
            self._answer({"files": [{**f, "shouldIgnore": False} for f in files]})
        elif path.endswith(".git/info/lfs/objects/batch"):
            uploads = [
                {**o, "actions": {"upload": {"href": f"{self.server.url}/lfs/{o['oid']}"}}}
                for o in json.loads(body)["objects"]
            ]
            self._answer({"transfer": "basic", "objects": uploads})
        elif path == f"{API}commit/main":
            self._commit([json.loads(line) for line in body.splitlines()])
        elif path.startswith(f"{API}tag/"):
            if self.server.stops_before_tag:
                self._refuse(500, "Internal", "out of order")
                return
            self.server.tags[json.loads(body)["tag"]] = unquote(path.removeprefix(f"{API}tag/"))
            self._answer({})
        else:
            self._refuse(404, "RepoNotFound", "Repository not found")

    def _commit(self, lines):
        parent = lines[0]["value"]["parentCommit"]
        if parent != self.server.branches["main"]:
            self._refuse(412, "Precondition", "main has moved")
            return
        files = dict(self.server.commits[parent])
        for line in lines[1:]:
            value = line["value"]
            if line["key"] == "deletedFile":
                del files[value["path"]]
            else:
                lfs = line["key"] == "lfsFile"
                files[value["path"]] = self.server.lfs[value["oid"]] if lfs else base64.b64decode(value["content"])
        oid = hashlib.sha1(json.dumps([lines, parent]).encode()).hexdigest()
        self.server.commits[oid] = files
        self.server.branches["main"] = oid
        self._answer(
            {"success": True, "commitOid": oid, "commitUrl": f"{self.server.url}/datasets/desk/news/commit/{oid}"}
        )

    def do_PUT(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        assert hashlib.sha256(raw).hexdigest() == self.path.rpartition("/")[2]
        self.server.lfs[self.path.rpartition("/")[2]] = raw
        self._answer(b"")

    def log_message(self, *_):
        pass


@pytest.fixture
def hub(monkeypatch):
    constants = pytest.importorskip("huggingface_hub.constants")
    with ThreadingHTTPServer(("127.0.0.1", 0), StandIn) as server:
        server.url = f"http://127.0.0.1:{server.server_port}"
        server.branches, server.tags, server.lfs, server.stops_before_tag = {"main": "0" * 40}, {}, {}, False
        server.commits = {"0" * 40: {".gitattributes": b"*.parquet filter=lfs"}}
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(constants, "ENDPOINT", server.url)
        template = f"{server.url}/{{repo_id}}/resolve/{{revision}}/{{filename}}"
        monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
        monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)  # its store of blocks, which has no stand-in here
        monkeypatch.setenv("HF_TOKEN", "secret")
        yield server
        server.shutdown()


def on(hub, revision):
    """The files of a revision, without what the repository had before."""
    oid = {**hub.branches, **hub.tags}[revision]
    return {name: raw for name, raw in hub.commits[oid].items() if name != ".gitattributes"}


def files_of(release):
    return {name: path.read_bytes() for name, path in store.files_in(release).items()}


@pytest.fixture
def earlier(tmp_path):
    return make_release(tmp_path / "releases" / "2026.11.21", version="2026.11.21")


@pytest.fixture
def own(tmp_path):
    return make_release(tmp_path / "releases" / "2026.11.22", quotes=b"PAR1 newer PAR1")


def test_a_release_is_at_the_root_and_its_version_is_a_tag(hub, earlier, own):
    (earlier / "gone.parquet").write_bytes(b"PAR1 gone PAR1")
    (earlier / store.SUMS).write_text(store.sums_of(earlier))
    publish(earlier, ADDRESS)
    published = publish(own, ADDRESS)
    assert (published.address, published.latest) == (f"{ADDRESS}@2026.11.22", "2026.11.22")
    assert published.sent == ("datapackage.json", "quotes.parquet", store.SUMS) and published.found == 1
    assert on(hub, "main") == on(hub, "2026.11.22") == files_of(own)
    assert on(hub, "2026.11.21") == files_of(earlier)


def test_publishing_again_commits_nothing(hub, own):
    publish(own, ADDRESS)
    again = publish(own, ADDRESS)
    assert (again.sent, again.found, len(hub.commits)) == ((), 4, 2)


def test_a_commit_without_a_tag_gets_it_from_the_next_publisher(hub, own):
    hub.stops_before_tag = True
    with pytest.raises(SendingError, match="publish again"):
        publish(own, ADDRESS)
    assert (hub.tags, len(hub.commits)) == ({}, 2)
    hub.stops_before_tag = False
    assert publish(own, ADDRESS).sent == ()
    assert on(hub, "2026.11.22") == files_of(own) and len(hub.commits) == 2


def test_a_version_is_never_replaced_by_other_bytes(hub, own, tmp_path):
    publish(own, ADDRESS)
    other = make_release(tmp_path / "other" / "2026.11.22", quotes=b"PAR1 forged PAR1")
    with pytest.raises(PublishedVersionError, match=r"another release is tagged 2026\.11\.22"):
        publish(other, ADDRESS)
    assert on(hub, "main") == files_of(own)


def test_main_does_not_go_back_unless_told_to(hub, earlier, own):
    publish(own, ADDRESS)
    with pytest.raises(NewerPublishedError, match=r"has 2026\.11\.22, which is newer"):
        publish(earlier, ADDRESS)
    assert publish(earlier, ADDRESS, take_back=True).latest == "2026.11.21"
    assert on(hub, "main") == on(hub, "2026.11.21") == files_of(earlier)
    assert publish(own, ADDRESS).latest == "2026.11.21"
    assert publish(own, ADDRESS, take_back=True).latest == "2026.11.22"
    assert on(hub, "main") == files_of(own)


def test_a_repository_of_something_else_is_left_alone(hub, own):
    hub.commits["0" * 40]["train.parquet"] = b"PAR1 mine PAR1"
    with pytest.raises(DestinationError, match=r"other files than a release \(train\.parquet\)"):
        publish(own, ADDRESS)
    assert len(hub.commits) == 1


@pytest.mark.parametrize(
    "address, told",
    [
        ("hf://datasets/desk/other", "no such repository.*hf repos create"),
        ("hf://desk/news", "written as hf://datasets/owner/name"),
        ("hf://datasets/desk/news/folder", "written as hf://datasets/owner/name"),
    ],
)
def test_an_address_that_is_no_repository_is_one_clear_line(hub, own, address, told):
    with pytest.raises(DestinationError, match=told) as raised:
        publish(own, address)
    assert "\n" not in str(raised.value)


def test_the_card_at_the_root_names_the_files_that_are_there(hub, run, release):
    code, out, err = run("publish", release, "--to", ADDRESS)
    assert (code, err) == (0, "") and f"published test in {ADDRESS}@test, profile public" in out
    head = yaml.safe_load(on(hub, "main")["README.md"].decode("utf-8").split("---\n")[1])
    assert head["license"] == "cc-by-4.0" and head["size_categories"] and head["task_categories"]
    assert {entry["data_files"] for entry in head["configs"]} <= on(hub, "main").keys()
    assert hub.card.startswith("---\n")
