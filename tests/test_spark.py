"""Batches extracted by Spark have the bytes of those extracted here, whatever becomes of executors.

What an executor does is a function of record batches, so most of it is told without Spark. The rest needs PySpark,
which `make acceptance` installs, and Java: two executors on this machine, each a process of Java with one of Python.
"""

import importlib.util
import os
import shutil
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from conftest import SEEDS
from onrecord.batches import spark, supplied
from onrecord.batches.batch import extract_batch, pending
from onrecord.batches.exchange import DamagedPackError, Exchange, ExchangeError, is_whole, packed, unpack
from onrecord.batches.fingerprints import extracted_folder, program
from onrecord.batches.ingest import ingest
from onrecord.storage import store
from onrecord.storage.layout import Layout, batch_names
from onrecord.storage.packages import MissingPackageError
from test_definitions import BODY, OTHER
from test_publish import server, system  # noqa: F401 - fixtures


def ask(job):
    """What an executor answers that is given all batches of a job: (batch, problem) each."""
    numbers = pa.RecordBatch.from_pydict({"id": list(range(len(job.batches)))})
    rows = [row for batch in spark.extracted(iter([numbers]), job=job) for row in batch.to_pylist()]
    return [(row["batch"], row["problem"]) for row in rows]


@pytest.fixture
def waiting(tmp_path, monkeypatch, models):
    """Two batches of an article each, and the job that is to extract them."""
    monkeypatch.setattr("onrecord.batches.ingest.BATCH_SEEDS", 1)
    for variable in (supplied.HOLDERS, supplied.CODEBOOK, supplied.EMBEDDINGS):
        monkeypatch.delenv(variable, raising=False)
    supplied.adopt.cache_clear()
    (tmp_path / "news").mkdir()
    for name, text in (("a.txt", BODY), ("b.txt", OTHER)):
        (tmp_path / "news" / name).write_text(text, "utf-8")
    layout = Layout(tmp_path / "datasets")
    batches = ingest([tmp_path / "news"], layout).pending
    return layout, spark.Job(batches, str(layout.exchange), program(), supplied.contents())


@pytest.fixture
def as_spark(monkeypatch):
    """Has this process answer in place of Spark."""
    monkeypatch.setattr(spark, "check_installed", lambda: None)
    monkeypatch.setattr(spark, "_run", ask)


def test_what_an_executor_makes_has_the_bytes_of_a_local_batch_and_the_exchange_is_empty_after(waiting, as_spark):
    layout, job = waiting
    spark.extract_waiting(layout)
    there = {batch: store.sums_of(extracted_folder(layout, batch)) for batch in job.batches}
    assert pending(layout) == ()
    assert [path for path in layout.exchange.rglob("*") if path.is_file()] == []
    for batch in job.batches:
        shutil.rmtree(extracted_folder(layout, batch))
        extract_batch(batch, layout)
    assert {batch: store.sums_of(extracted_folder(layout, batch)) for batch in job.batches} == there


def test_what_others_have_in_the_exchange_stays(waiting, as_spark):
    layout, job = waiting
    Exchange(job.exchange).write(f"{job.program}/others/inputs.parquet", b"theirs")
    spark.extract_waiting(layout)
    assert Exchange(job.exchange).read(f"{job.program}/others/inputs.parquet") == b"theirs"


def test_what_a_driver_that_was_killed_left_is_not_made_again(waiting, as_spark, monkeypatch):
    layout, job = waiting
    place = Exchange(job.exchange)
    for batch in job.batches:
        place.write(job.inputs(batch), layout.received(batch).read_bytes())
    assert ask(job) == [(batch, None) for batch in job.batches]
    monkeypatch.setattr(spark, "write_extracted", lambda *_: pytest.fail("made again"))
    spark.extract_waiting(layout)
    assert pending(layout) == ()


def test_tables_that_are_damaged_in_the_exchange_are_not_taken_home_and_made_again(waiting, as_spark, monkeypatch):
    layout, job = waiting
    place = Exchange(job.exchange)
    swapped = iter([b"no pack"])

    def damaging(told):
        answer = ask(told)
        for raw in swapped:  # once
            place.write(job.tables(job.batches[0]), raw)
        return answer

    monkeypatch.setattr(spark, "_run", damaging)
    with pytest.raises(spark.SparkError, match="1 batches came home damaged"):
        spark.extract_waiting(layout)
    assert pending(layout) == job.batches[:1]
    spark.extract_waiting(layout)
    assert pending(layout) == ()


def test_an_executor_with_another_program_extracts_nothing_and_says_what_to_do(waiting):
    _, job = waiting
    ((_, problem), _) = ask(replace(job, program="0" * 16))
    assert "another onrecord than the driver" in problem
    assert "docs/clusters.md" in problem


def test_an_executor_that_sees_another_exchange_says_so(waiting, tmp_path):
    _, job = waiting
    ((_, problem), _) = ask(replace(job, exchange=str(tmp_path / "elsewhere")))
    assert "finds no inputs" in problem
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExchangeError, match="OR063"):
        Exchange(str(tmp_path / "file")).write("a/b", b"")


def test_an_executor_knows_what_the_user_supplied_without_his_files(tmp_path, monkeypatch):
    for folder, text in (("a", "country,position,person,qid,start,end\n"), ("b", "other\n")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "holders.csv").write_text(text, "utf-8")
    monkeypatch.setenv(supplied.CODEBOOK, "")
    monkeypatch.setenv(supplied.EMBEDDINGS, "")
    monkeypatch.setenv(supplied.HOLDERS, "")
    supplied.choose_holders([tmp_path / "a" / "holders.csv", tmp_path / "b" / "holders.csv"])
    chosen, digest = supplied.contents(), supplied.digest()
    shutil.rmtree(tmp_path / "a")
    supplied.adopt.cache_clear()
    supplied.adopt(chosen)
    first = supplied.holders()
    supplied.adopt(chosen)  # for the next batch, whose models are loaded already
    assert supplied.holders() == first
    assert supplied.digest() == digest


@pytest.mark.parametrize("raw", [b"", b"PK", b"no zip"])
def test_a_pack_without_its_end_is_noticed(tmp_path, raw):
    assert not is_whole(raw)
    with pytest.raises(DamagedPackError):
        unpack(raw, tmp_path)


def test_a_pack_of_files_that_are_not_those_of_its_digests_is_refused(tmp_path):
    folder, target = tmp_path / "folder", tmp_path / "target"
    folder.mkdir(), target.mkdir()
    (folder / "a").write_text("a")
    store.write_text(folder / store.SUMS, store.sums_of(folder))
    unpack(packed(folder), target)
    assert (target / "a").read_text() == "a"
    (folder / "a").write_text("b")
    with pytest.raises(DamagedPackError):
        unpack(packed(folder), target)


def test_without_pyspark_the_engine_says_what_to_install(run, tmp_path, monkeypatch):
    there = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == "pyspark" else there(name))
    code, _, complaint = run("build", "--engine", "spark", "--seeds", SEEDS, "--datasets", tmp_path / "datasets")
    assert code == 1
    assert "OR043" in complaint and "pip install 'onrecord[spark]'" in complaint
    assert not (tmp_path / "datasets").exists()
    with pytest.raises(MissingPackageError):
        spark.extract_waiting(Layout(tmp_path / "datasets"))


# ---------------------------------------------------------------- with Spark


@pytest.fixture(scope="module")
def cluster(system):  # noqa: F811
    """Two executors on this machine, as the environment tells PySpark; they inherit what leads to the S3 server."""
    pytest.importorskip("pyspark", reason="PySpark is not here: make spark installs it")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("Spark needs Java")
    quiet = "--conf spark.ui.enabled=false --conf spark.ui.showConsoleProgress=false"
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("PYSPARK_SUBMIT_ARGS", f"--master local-cluster[2,1,1536] {quiet} pyspark-shell")
        patched.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patched.setenv("PYTHONPATH", os.pathsep.join(path for path in map(str, _python_path()) if path))
        yield system


def _python_path():
    return [Path(spark.__file__).parents[2], *os.environ.get("PYTHONPATH", "").split(os.pathsep)]


def executors():
    """The processes of Java that run executors of ours, by their ids."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().split(b"\0")
        except OSError:  # it has ended
            continue
        if b"org.apache.spark.executor.CoarseGrainedExecutorBackend" in words and _is_ours(int(path.parent.name)):
            found.append(int(path.parent.name))
    return found


def _is_ours(process):
    while process > 1:
        if process == os.getpid():
            return True
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        process = int(fields[1])
    return False


@pytest.mark.acceptance
def test_batches_are_the_same_from_spark_with_an_executor_killed_half_way(cluster, tmp_path, monkeypatch):
    monkeypatch.setattr("onrecord.batches.ingest.BATCH_SEEDS", 1)
    layout, here = Layout(tmp_path / "spark"), Layout(tmp_path / "local")
    for each in (layout, here):
        ingest([SEEDS], each)
    killed = []

    def kill():
        """When the first batch is finished, while others are not, end one executor."""
        while not list(layout.exchange.rglob("tables.zip")):
            time.sleep(0.05)
        killed.append((executors()[0], len(list(layout.exchange.rglob("tables.zip")))))
        os.kill(killed[0][0], signal.SIGKILL)

    watcher = threading.Thread(target=kill, daemon=True)
    watcher.start()
    spark.extract_waiting(layout)
    watcher.join(timeout=0)
    assert killed and killed[0][1] < 5
    assert pending(layout) == ()
    for batch in batch_names(here):
        extract_batch(batch, here)
    made = {batch: store.sums_of(extracted_folder(layout, batch)) for batch in batch_names(layout)}
    assert len(made) == 5
    assert made == {batch: store.sums_of(extracted_folder(here, batch)) for batch in batch_names(here)}


@pytest.mark.acceptance
def test_a_release_is_the_same_from_spark_with_an_exchange_in_s3(cluster, run, release, tmp_path):
    cluster.mkdir("exchange")
    datasets = tmp_path / "datasets"
    options = ("--engine", "spark", "--exchange", "s3://exchange/onrecord")
    code, said, complaint = run("build", "--seeds", SEEDS, "--datasets", datasets, "--version", "test", *options)
    assert code == 0, complaint
    assert "5 articles in 1 batches" in said
    assert (datasets / "releases" / "test" / store.SUMS).read_bytes() == (release / store.SUMS).read_bytes()
    assert cluster.find("exchange") == []
