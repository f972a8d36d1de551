"""What the tests share: the seeds as shipped, a model and a release made once, and `../shared` where it is there."""

import json
import os
import pathlib
import shutil
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec

import pytest
from filelock import FileLock

# Great Expectations imports pyspark where that is installed, as `make acceptance` does, and pyspark ends a process
# whose main module is no file, as that of a worker of pytest-xdist is.
if find_spec("pyspark"):
    vars(sys.modules["__main__"]).setdefault("__file__", __file__)

# Files of tests that take longest, the longest first: one that began last would be waited for alone.
LONGEST = ("batches", "release", "polnear", "crash", "publish", "definitions", "fuzz", "cli", "dates", "engine")
ROOT = pathlib.Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


def pytest_collection_modifyitems(items):
    places = {f"test_{name}": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))


def pytest_make_parametrize_id(val, argname):
    """Bytes are told by the argument's name: what was packed a second later would otherwise be another test."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session", autouse=True)
def hasty():
    """No test cuts the power, so nothing waits until what is written has reached the disk: 5 ms a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        yield


@pytest.fixture(scope="session")
def models():
    """What extraction works with, loaded once a process for tests and builds alike."""
    from onrecord.batches.models import load_models

    return load_models()


@pytest.fixture(scope="session")
def nlp(models):
    """spaCy's small English pipeline."""
    return models.nlp


@pytest.fixture(scope="session")
def encoder(models):
    """The learned tagger."""
    return models.encoder


@pytest.fixture(scope="session")
def knowledge(models):
    """The states, organizations and people that we ship."""
    return models.knowledge


@pytest.fixture(scope="session")
def codebook(models):
    """The issues that we ship."""
    return models.codebook


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
def run_steps(models):
    """What a build does, without Dagster: run_steps(datasets, *seeds, version=..., all_rules=...) -> the release.

    For tests of neither Dagster nor rules, which take three of a build's four seconds. By default each table has one.
    """
    from onrecord import checks, release
    from onrecord.assemble import assemble
    from onrecord.batches.batch import extract_batch
    from onrecord.batches.ingest import ingest
    from onrecord.storage.layout import Layout

    every = checks.load_expectations()
    one_each = tuple({rule.table: rule for rule in every}.values())

    def run(datasets, *seeds, version="test", workers=1, all_rules=False):
        layout = Layout(pathlib.Path(datasets))
        for batch in ingest(seeds or (SEEDS,), layout).pending:
            extract_batch(batch, layout, workers=workers)
        assemble(layout, models.codebook)
        checks.write_report(layout.build, checks.check_tables(layout.build, every if all_rules else one_each))
        return release.write_release(layout.build, layout.releases, version)

    return run


@pytest.fixture(scope="session")
def make_once(tmp_path_factory):
    """make_once(name, make) -> a folder that make(folder) has filled, by whichever of the processes came first."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # the base folder of all processes lies above that of each
        root = root.parent

    def once(name, make):
        folder, made = root / name, root / f"{name}.made"
        with FileLock(root / f"{name}.lock"):
            if not made.exists():
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def datasets(make_once, run_build):
    """A datasets folder in which the seeds were built as release 'test'. Not to be changed."""
    return make_once("datasets", run_build)


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
