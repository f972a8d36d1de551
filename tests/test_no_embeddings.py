"""Sentence embeddings where there is no model for them, and what chooses them."""

import os
import subprocess
import sys

import pytest

from onrecord.annotate.proposals.coding import embedder
from onrecord.batches import supplied
from onrecord.batches.fingerprints import fingerprint


def test_a_missing_model_is_told_with_what_to_do(monkeypatch, run, tmp_path):
    monkeypatch.setattr(embedder, "MODEL", "no_such_package")
    monkeypatch.setenv(supplied.EMBEDDINGS, "")
    code, _, error = run("build", "--embeddings", "--datasets", tmp_path / "datasets")
    assert code == 1
    assert "make embeddings" in error
    assert not (tmp_path / "datasets").exists()


def test_dagster_tells_a_missing_model_when_it_loads_the_graph():
    code = (
        "from onrecord.annotate.proposals.coding import embedder; embedder.MODEL = 'none_such'\n"
        "import onrecord.run.definitions"
    )
    environment = os.environ | {supplied.EMBEDDINGS: "1"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "make embeddings installs it" in ended.stderr


@pytest.mark.parametrize("value", ["false", "yes", "2"])
def test_another_value_of_the_variable_is_refused(value, monkeypatch, run, tmp_path):
    monkeypatch.setenv(supplied.EMBEDDINGS, value)
    code, _, error = run("build", "--datasets", tmp_path / "datasets")
    assert (code, supplied.EMBEDDINGS in error, repr(value) in error) == (1, True, True)


def test_the_fingerprint_of_batches_tells_whether_examples_were_asked(monkeypatch):
    monkeypatch.setenv(supplied.EMBEDDINGS, "")
    without = fingerprint()
    supplied.choose_embeddings()
    assert fingerprint() != without
