"""The notebook and the R script run from beginning to end on a release."""

import csv
import os
import shutil
import subprocess
import sys

import nbformat
import pyarrow.parquet as pq
import pytest
from nbclient import NotebookClient

from conftest import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def executed(release):
    """The cells of the notebook with their outputs, run on the release of the seeds."""
    notebook = nbformat.read(EXAMPLES / "first_look.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120).execute(env={**os.environ, "ONRECORD_RELEASE": str(release)})
    return notebook.cells


def test_the_notebook_runs_and_draws_quotes_and_proposals_and_stances(executed):
    pictures = [o for c in executed for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    assert len(pictures) == 3


def test_the_notebook_finds_the_words_of_a_row_in_its_article(executed):
    printed = "".join(o.get("text", "") for o in executed[-1]["outputs"])
    assert " in " in printed
    words = printed.strip().splitlines()[-1]
    assert words.startswith("...") and words.endswith("...")


def test_the_notebook_is_kept_without_outputs_that_would_go_stale():
    cells = nbformat.read(EXAMPLES / "first_look.ipynb", as_version=4).cells
    assert [c for c in cells if c.get("outputs") or c.get("execution_count")] == []


@pytest.mark.acceptance
@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
def test_the_r_script_writes_tables_and_a_pdf(release, tmp_path):
    command = tmp_path / "onrecord"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m onrecord.cli "$@"\n')
    command.chmod(0o755)
    done = subprocess.run(
        ["Rscript", EXAMPLES / "first_look.R", release, tmp_path],
        env={**os.environ, "ONRECORD": str(command)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Mike Pompeo" in done.stdout
    with (tmp_path / "quotes.csv").open() as file:
        assert {row["series"] for row in csv.DictReader(file)} >= {"direct", "indirect"}
    assert (tmp_path / "first_look.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.acceptance
@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
def test_the_arrow_package_of_r_reads_every_table(release):
    tables = {path: pq.read_metadata(path) for path in sorted(release.glob("*.parquet"))}
    code = 'if (requireNamespace("arrow")) for (p in commandArgs(TRUE)) cat(dim(arrow::read_parquet(p)), "\n")'
    done = subprocess.run(["Rscript", "-e", code, *tables], capture_output=True, text=True, check=True)
    if not done.stdout:
        pytest.skip("R's package arrow is not here")
    sizes = [tuple(map(int, line.split())) for line in done.stdout.splitlines()]
    assert sizes == [(found.num_rows, len(pq.read_schema(path))) for path, found in tables.items()]
