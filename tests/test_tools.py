"""A release in the programs that people open it with, each in an environment of its own, if it can be fetched."""

import os
import shutil
import subprocess
import sys
import venv

import pytest

from conftest import ROOT

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
    "Hugging Face datasets": (
        ["datasets"],
        "import datasets; count = datasets.load_dataset(release, 'quotes', split='train').num_rows",
    ),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_opens_the_release(release, tmp_path, tool):
    requirements, script = TOOLS[tool]
    venv.create(tmp_path / "env", with_pip=True)
    python = tmp_path / "env" / "bin" / "python"
    command = [python, "-m", "pip", "-q", "--disable-pip-version-check", "install", *requirements]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"{tool} cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
    code = f"release = {str(release)!r}\n{script}\nassert count > 0\nprint(count)"
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    done = subprocess.run([python, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


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
