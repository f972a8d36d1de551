"""A release in the programs that people open it with, each in an environment of its own, if it can be fetched."""

import os
import shutil
import subprocess
import sys
import venv

import pyarrow.parquet as pq
import pytest

from conftest import ROOT
from onrecord.release import write_profile
from onrecord.release.card import data_files
from onrecord.release.publish import publish
from onrecord.storage.parts import part_of

pytestmark = pytest.mark.acceptance

LOAD = """
import os
import duckdb
connection = duckdb.connect()
connection.execute(f"SET VARIABLE onrecord_dir = '{release}'")
connection.execute(open(release + "/load.sql", encoding="utf-8").read())
for view in ("statements", "demands", "promises", "shifts", "speaks_about", "beliefs", "sources_by_outlet"):
    connection.execute(f"SELECT count(*) FROM {view}").fetchall()
count = connection.execute("SELECT count(*) FROM find('ease sanctions')").fetchall()[0][0]
connection.execute(f"ATTACH '{release}/onrecord.duckdb' AS catalog (READ_ONLY)")
assert connection.execute("SELECT count(*) FROM catalog.statements").fetchall()[0][0] > 50
with duckdb.connect(release + "/onrecord.duckdb", read_only=True) as inside:
    try:
        inside.execute("FROM statements")
    except duckdb.Error as error:
        assert "SET VARIABLE onrecord_dir" in str(error)
    os.chdir(release)
    assert inside.execute("SELECT count(*) FROM statements").fetchall()[0][0] > 50
"""
# Every table that has rows is a configuration, as the card says; that of quotes is the default.
HUGGING_FACE = """
import datasets
counts = {name: datasets.load_dataset(release, name, split="train").num_rows
          for name in datasets.get_dataset_config_names(release)}
assert {"articles", "actors", "quotes", "proposals", "mentions", "dates"} <= counts.keys(), counts
count = datasets.load_dataset(release, split="train").num_rows
assert count == counts["quotes"]
print(counts)
"""
TOOLS = {
    "DuckDB 1.2": (["duckdb==1.2.*"], LOAD),
    "DuckDB 1.5": (["duckdb==1.5.*"], LOAD),
    "DuckDB 2.0": (["duckdb==2.0.*"], LOAD),
    "pandas": (["pandas", "pyarrow"], "import pandas; count = len(pandas.read_parquet(release + '/quotes.parquet'))"),
    "polars": (["polars"], "import polars; count = polars.read_parquet(release + '/quotes.parquet').height"),
    "pyarrow": (
        ["pyarrow"],
        "import pyarrow.parquet; count = pyarrow.parquet.read_table(release + '/quotes.parquet').num_rows",
    ),
    "ibis": (
        ["ibis-framework[duckdb]", "duckdb==1.5.*"],
        "import ibis; count = ibis.duckdb.connect().read_parquet(release + '/quotes.parquet').count().execute()",
    ),
    "Hugging Face datasets": (["datasets"], HUGGING_FACE),
}


def environment(folder, tool):
    """The Python of a new environment in which the tool is installed; the test is skipped where it cannot be."""
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    command = [python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *TOOLS[tool][0]]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{tool} cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    return python


def opens(python, tool, release, folder):
    """The tool reads rows of the release, away from the checkout and without a network."""
    code = f"release = {str(release)!r}\n{TOOLS[tool][1]}\nassert count > 0\nprint(count)"
    variables = {"PATH": os.environ["PATH"], "HOME": str(folder), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([python, "-c", code], cwd=folder, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_opens_the_release(release, tmp_path, tool):
    python = environment(tmp_path, tool)
    opens(python, tool, release, tmp_path)
    if tool == "Hugging Face datasets":  # what they get is what is published: without bodies, and large ones by month
        publish(write_profile(release, tmp_path / "test"), str(tmp_path / "public"))
        opens(python, tool, tmp_path / "public" / "latest", tmp_path)
        opens(python, tool, by_month(release, tmp_path / "cut"), tmp_path)


def by_month(release, folder):
    """A release whose card and quotes are those of a large one."""
    shutil.copytree(release, folder)
    card, found = folder / "README.md", data_files("quotes", ["of a month", "of another"])
    card.write_text(card.read_text().replace("data_files: quotes.parquet", f"data_files: {found}"))
    quotes = pq.read_table(folder / "quotes.parquet")
    (folder / "quotes.parquet").unlink()
    for month, rows in ((8, quotes.slice(0, 20)), (9, quotes.slice(20))):
        path = part_of(folder, "quotes", (2018, month))
        path.parent.mkdir(parents=True)
        pq.write_table(rows, path)
    return folder


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not here")
def test_base_r_reads_the_csv_export(release, tmp_path):
    path = tmp_path / "statements.csv"
    command = [sys.executable, "-m", "onrecord.cli", "sql", "--release", release, "--format", "csv", "FROM statements"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipelines")}
    path.write_bytes(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    check = "stopifnot(is.character(rows$speaker)); cat(nrow(rows))"
    code = f'rows <- read.csv(commandArgs(TRUE), encoding = "UTF-8"); {check}'
    done = subprocess.run(["Rscript", "-e", code, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) > 50
