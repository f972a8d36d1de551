"""The Dagster graph loads by itself, shows what it should, and runs the checks as asset checks."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import dagster as dg
import pytest

from conftest import ROOT, SEEDS
from onrecord.checks import load_rules
from onrecord.definitions import Settings, defs
from onrecord.schema import load_package

DAGSTER = Path(sysconfig.get_path("scripts")) / "dagster"


def test_dagster_finds_the_definitions_without_arguments(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipelines"), "DAGSTER_HOME": str(tmp_path)}
    shutil.copy(ROOT / "dagster.yaml", tmp_path)
    done = subprocess.run(
        [DAGSTER, "definitions", "validate"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_loading_the_definitions_does_not_import_great_expectations():
    script = "import sys, onrecord.definitions; sys.exit(bool({'great_expectations', 'spacy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_every_table_is_an_asset_with_its_columns_described():
    graph = defs.resolve_asset_graph()
    for name, table in load_package().tables.items():
        schema = graph.get(dg.AssetKey(name)).metadata["dagster/column_schema"]
        assert [(c.name, c.description) for c in schema.columns] == [(c.name, c.description) for c in table.columns]


def test_every_rule_is_an_asset_check_and_critical_ones_block():
    specs = {(k.asset_key.path[-1], k.name): k for k in defs.resolve_asset_graph().asset_check_keys}
    assert set(specs) == {(r.table, r.name) for r in load_rules()}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The whole graph, job by job, as an operator's instance would run it."""
    folder = tmp_path_factory.mktemp("dagster")
    settings = Settings(seeds=[str(SEEDS)], datasets=str(folder / "datasets"), version="graph")
    repository = defs.get_repository_def()
    with dg.DagsterInstance.ephemeral() as instance:

        def execute(job, **options):
            resources = {"settings": settings}
            return repository.get_job(job).execute_in_process(instance=instance, resources=resources, **options)

        execute("ingest")
        (partition,) = instance.get_dynamic_partitions("batches")
        execute("extract", partition_key=partition)
        yield execute("publish"), folder


def test_tables_report_their_row_count_and_a_sample(run):
    result, _ = run
    events = {e.asset_key.path[-1]: e.materialization.metadata for e in result.get_asset_materialization_events()}
    for name in load_package().tables:
        assert events[name]["dagster/row_count"].value >= 0
        assert "article" in events["quotes"]["sample"].value
    assert Path(events["release"]["folder"].value).name == "graph"


def test_great_expectations_results_are_asset_checks_that_passed(run):
    result, _ = run
    evaluations = result.get_asset_check_evaluations()
    assert len(evaluations) == len(load_rules())
    assert all(e.passed for e in evaluations if e.severity == dg.AssetCheckSeverity.ERROR)


def test_telemetry_is_off_in_the_repository_folder():
    import yaml

    assert yaml.safe_load((ROOT / "dagster.yaml").read_text())["telemetry"] == {"enabled": False}
