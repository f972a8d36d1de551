"""The Dagster graph loads by itself, shows what it should, and does by itself what follows from new articles."""

import os
import shutil
import subprocess
import sys
import sysconfig
import time
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
import yaml
from dagster._core.definitions.partitions.context import partition_loading_context

from conftest import ROOT, SEEDS
from onrecord.annotate import rows as rows_of
from onrecord.batches.batch import finished, pending
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.received import input_ids
from onrecord.batches.supplied import SettingError
from onrecord.checks import load_expectations
from onrecord.parse import parse
from onrecord.read import read_seeds
from onrecord.run.alerts import AlertTargetError
from onrecord.run.definitions import Settings, Watch, defs, make_definitions
from onrecord.run.definitions.assets import batch
from onrecord.run.definitions.sensors import PATIENCE
from onrecord.run.definitions.settings import VARIABLES, settings_of
from onrecord.schema import load_package
from onrecord.storage.layout import Layout, received_files
from test_ingest import rot_unseen

DAGSTER = Path(sysconfig.get_path("scripts")) / "dagster"
# The first paragraphs of two seeds: English articles that are soon extracted.
BODY, OTHER = ("\n\n".join(parse(seed)[0].text.split("\n\n")[:4]) for seed in list(read_seeds(SEEDS))[:2])


def test_dagster_finds_the_definitions_without_arguments(tmp_path):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipelines"), "DAGSTER_HOME": str(tmp_path)}
    shutil.copy(ROOT / "dagster.yaml", tmp_path)
    done = subprocess.run(
        [DAGSTER, "definitions", "validate"], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_loading_the_definitions_does_not_import_great_expectations():
    script = "import sys, onrecord.run.definitions; sys.exit(bool({'great_expectations', 'spacy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_every_table_is_an_asset_with_its_columns_described():
    graph = defs.resolve_asset_graph()
    for name, table in load_package().tables.items():
        schema = graph.get(dg.AssetKey(name)).metadata["dagster/column_schema"]
        assert [(c.name, c.description) for c in schema.columns] == [(c.name, c.description) for c in table.columns]


def test_every_rule_is_an_asset_check():
    specs = {(k.asset_key.path[-1], k.name): k for k in defs.resolve_asset_graph().asset_check_keys}
    assert set(specs) == {(r.table, r.name) for r in load_expectations()} | {("articles", "drift")}


def test_telemetry_is_off_in_the_repository_folder():
    assert yaml.safe_load((ROOT / "dagster.yaml").read_text())["telemetry"] == {"enabled": False}


def test_an_operator_sets_everything_in_the_environment():
    settings, watch = settings_of(
        {
            "ONRECORD_SEEDS": "s3://bucket/news; /srv/wire",
            "ONRECORD_DATASETS": "/srv/onrecord",
            "ONRECORD_WORKERS": "2",
            "ONRECORD_ENGINE": "spark",
            "ONRECORD_EXCHANGE": "s3://bucket/exchange",
            "ONRECORD_NIGHTLY": "0 4 * * *",
            "ONRECORD_ALERTS": "https://hooks.example.org/a smtp://mail.example.org?to=a@example.org",
            "ONRECORD_QUIET_DAYS": "3",
        }
    )
    assert settings.roots == ["s3://bucket/news", Path("/srv/wire")]
    assert (settings.layout, settings.workers) == (Layout(Path("/srv/onrecord")), 2)
    assert (settings.engine, settings.exchange) == ("spark", "s3://bucket/exchange")
    assert (watch.nightly, watch.quiet_days, len(watch.alerts)) == ("0 4 * * *", 3, 2)
    assert settings_of({}) == (Settings(), Watch())
    assert set(VARIABLES) >= {"ONRECORD_LOOK_SECONDS"}


@pytest.mark.parametrize(
    "name, value", [("ONRECORD_WORKERS", "many"), ("ONRECORD_QUIET_DAYS", "0"), ("ONRECORD_ENGINE", "abacus")]
)
def test_a_setting_that_cannot_be_used_is_named(name, value):
    with pytest.raises(SettingError, match=name):
        settings_of({name: value})


@pytest.mark.parametrize("target", ["ftp://example.org", "hooks", "smtp://mail.example.org", "https://[x"])
def test_an_alert_target_that_cannot_be_used_stops_the_start(target):
    with pytest.raises(AlertTargetError):
        settings_of({"ONRECORD_ALERTS": target})


def graph_of(settings, **watch):
    return make_definitions(settings, Watch(**watch)).get_repository_def()


class Operator:
    """A folder of news, a Dagster instance, and the part of its daemon that evaluates sensors and starts what they ask
    for, here in this process."""

    def __init__(self, folder, instance):
        self.news, self.instance, self.cursors = folder / "news", instance, {}
        self.settings = Settings(seeds=[str(self.news)], datasets=str(folder / "datasets"))
        self.layout, self.graph = self.settings.layout, graph_of(self.settings)
        self.keys = set()
        self.news.mkdir()

    def tick(self, name):
        """One evaluation of a sensor: why it skipped, or the results of the runs that it asked for."""
        context = dg.build_sensor_context(
            self.instance,
            cursor=self.cursors.get(name),
            resources={"settings": self.settings},
            repository_def=self.graph,
        )
        with partition_loading_context(dynamic_partitions_store=self.instance):
            found = self.graph.get_sensor_def(name).evaluate_tick(context)
        self.cursors[name] = found.cursor
        for request in found.dynamic_partitions_requests or ():
            self.instance.add_dynamic_partitions(request.partitions_def_name, request.partition_keys)
        asked = [r for r in found.run_requests if r.run_key is None or r.run_key not in self.keys]  # as the daemon does
        self.keys |= {r.run_key for r in asked}
        return [
            self.execute(r.job_name or "ingest", partition_key=r.partition_key) for r in asked
        ] or found.skip_message

    def execute(self, job, **options):
        return self.graph.get_job(job).execute_in_process(instance=self.instance, raise_on_error=False, **options)


def metadata(result):
    return {e.asset_key.path[-1]: e.materialization.metadata for e in result.get_asset_materialization_events()}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """Two articles arrive, and everything follows by itself; then one of them vanishes while another comes."""
    folder = tmp_path_factory.mktemp("operated")
    quiet = {"telemetry": {"enabled": False}, "python_logs": {"python_log_level": "CRITICAL"}}
    one_each = pytest.MonkeyPatch.context()
    # In memory: on disk, where test_batches.py has one, an instance takes six seconds for the events of a release.
    with dg.DagsterInstance.ephemeral(settings=quiet) as instance, one_each as patch:
        patch.setattr("onrecord.batches.ingest.BATCH_SEEDS", 1)
        operator = Operator(folder, instance)
        (operator.news / "a.txt").write_text(BODY)
        (operator.news / "b.txt").write_text(OTHER)
        names = ["arrivals", "arrivals", "arrivals", "follow_up", "follow_up", "follow_up"]
        yield operator, [operator.tick(name) for name in names]


def test_new_files_are_ingested_when_they_stand_still(story):
    _, (moving, ingested, nothing, *_) = story
    assert "stand still" in moving
    assert [r.success for r in ingested] == [True]
    assert {k: v.value for k, v in metadata(ingested[0])["listing"].items()} == {
        **{"inputs": 2, "new": 2, "refused": 0, "pending": 2, "files read": 2, "files unchanged": 0},
        **{"names arrived": 2, "names changed": 0, "names vanished": 0},
    }
    assert nothing == "2 files, none of them new, changed or gone"


def test_what_waits_is_extracted_then_released_and_then_there_is_nothing_to_do(story):
    operator, (*_, extracted, published, nothing) = story
    assert [r.success for r in (*extracted, *published)] == [True, True, True]
    assert sorted(operator.instance.get_dynamic_partitions("batches")) == list(finished(operator.layout))
    assert nothing.endswith("holds everything")


def test_tables_show_their_rows_and_a_release_its_notes(story):
    _, (*_, published, _) = story
    shown = metadata(published[0])
    for name in load_package().tables:
        assert shown[name]["dagster/row_count"].value >= 0
    assert shown["articles"]["dagster/row_count"].value == 2
    assert "article" in shown["quotes"]["sample"].value
    assert shown["rejections"]["by reason"].value == "nothing was rejected"
    assert "| articles | 2 | +2 |" in shown["release"]["notes"].value
    assert "No warnings." in shown["release"]["notes"].value or "Warnings:" in shown["release"]["notes"].value


def test_great_expectations_results_are_asset_checks_that_passed(story):
    _, (*_, published, _) = story
    evaluations = published[0].get_asset_check_evaluations()
    assert len(evaluations) == len(load_expectations()) + 1  # drift, which looks at releases before
    assert all(e.passed for e in evaluations if e.severity == dg.AssetCheckSeverity.ERROR)


def test_a_release_that_came_with_the_checkout_shows_as_materialized(tmp_path, release):
    shutil.copytree(release, tmp_path / "datasets" / "releases" / "test")
    (tmp_path / "datasets" / "releases" / "latest").symlink_to("test")
    with dg.DagsterInstance.ephemeral(settings={"telemetry": {"enabled": False}}) as instance:
        operator = Operator(tmp_path, instance)
        context = dg.build_sensor_context(
            instance, resources={"settings": operator.settings}, repository_def=operator.graph
        )
        found = operator.graph.get_sensor_def("follow_up").evaluate_tick(context)
    keys = {event.asset_key.path[-1] for event in found.asset_events}
    assert keys == {*load_package().tables, "release"}
    assert "release test" in found.skip_message


def test_a_check_begins_with_what_it_checks():
    columns = {column.name for table in load_package().tables.values() for column in table.columns}
    implied = [rule.name for rule in load_expectations() if "__" in rule.name and not rule.name.startswith("table_")]
    assert len(implied) > 100 and {name.split("__")[0] for name in implied} <= columns


def test_the_nightly_schedule_starts_an_ingest(story):
    operator, _ = story
    night = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
    context = dg.build_schedule_context(operator.instance, scheduled_execution_time=night)
    schedule = operator.graph.get_schedule_def("nightly")
    (request,) = schedule.evaluate_tick(context).run_requests
    assert (schedule.job_name, schedule.cron_schedule, request.run_config) == ("ingest", "30 2 * * *", {})


def test_a_release_that_fails_its_checks_is_not_made_and_is_told_with_its_rows(story, monkeypatch, hook):
    operator, _ = story
    latest = os.readlink(operator.layout.releases / "latest")
    right = rows_of.quote_rows

    def forged(found):
        yield from ({**row, "text": row["text"].upper()} for row in right(found))

    monkeypatch.setitem(rows_of.ROWS, "quotes", forged)
    (operator.news / "c.txt").write_text(BODY.replace("Monday", "Friday") + "\n\n“We will see,” the minister said.")
    for name in ("arrivals", "arrivals", "follow_up"):
        operator.tick(name)
    (failed,) = operator.tick("follow_up")
    assert not failed.success
    broken = {e.check_name: e for e in failed.get_asset_check_evaluations() if not e.passed}
    assert broken["quote_is_slice"].metadata["count"].value > 0
    assert "quote_id=" in broken["quote_is_slice"].metadata["sample"].value[0]
    assert os.readlink(operator.layout.releases / "latest") == latest
    assert operator.tick("follow_up") is None  # the same again would fail again

    alarm = graph_of(operator.settings, alerts=[hook.url]).get_sensor_def("run_failed")
    context = dg.build_run_status_sensor_context(
        sensor_name="run_failed",
        dagster_event=next(e for e in failed.all_events if e.event_type_value == "PIPELINE_FAILURE"),
        dagster_instance=operator.instance,
        dagster_run=operator.instance.get_run_by_id(failed.run_id),
    ).for_run_failure()
    alarm(context)
    (told,) = hook.received
    assert told["text"].startswith("On Record: run publish failed")
    assert "quotes.quote_is_slice" in told["text"]
    assert failed.run_id in told["text"]

    (operator.news / "c.txt").unlink()
    for name in ("arrivals", "arrivals"):
        result = operator.tick(name)
    assert metadata(result[0])["listing"]["names vanished"].value == 1


def test_nobody_is_told_of_silence_while_articles_come(story):
    operator, _ = story
    assert operator.tick("quiet").startswith("the last new article came")


def test_silence_is_told_once(story, hook):
    operator, _ = story
    quiet = graph_of(operator.settings, alerts=[hook.url], quiet_days=3).get_sensor_def("quiet")
    long_ago = time.time() - 5 * 86_400
    for path in received_files(operator.layout):
        os.utime(path, (long_ago, long_ago))
    cursor = None
    for _ in range(2):
        context = dg.build_sensor_context(operator.instance, cursor=cursor, resources={"settings": operator.settings})
        cursor = quiet.evaluate_tick(context).cursor
    (told,) = hook.received
    assert told["text"].startswith("On Record: nothing new for 5 days")


def test_seeds_that_never_stand_still_are_read_in_the_end(tmp_path):
    with dg.DagsterInstance.ephemeral() as instance:
        operator = Operator(tmp_path, instance)
        for number in range(PATIENCE - 1):
            (operator.news / f"{number}.png").write_text("x")
            assert "stand still" in operator.tick("arrivals")
        (operator.news / "last.png").write_text("x")
        assert operator.tick("arrivals")[0].success


def test_a_damaged_batch_stops_the_assembly_and_is_extracted_again(story):
    operator, _ = story
    listed = set(input_ids(operator.layout.listing, only="is_present"))  # one article has vanished meanwhile
    damaged = next(
        b for b in finished(operator.layout) if not listed.isdisjoint(input_ids(operator.layout.received(b)))
    )
    path = extracted_folder(operator.layout, damaged) / "quotes.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    rot_unseen(operator.layout)
    failed = operator.execute("publish")
    assert not failed.success
    assert "extracts them again" in str(failed.all_events)
    assert damaged not in finished(operator.layout)
    operator.tick("follow_up")
    assert damaged in finished(operator.layout)


def test_a_changed_extractor_is_backfilled_batch_by_batch_and_resumes(story, monkeypatch):
    operator, _ = story
    for module in ("onrecord.batches.fingerprints", "onrecord.run.definitions.sensors"):
        monkeypatch.setattr(f"{module}.fingerprint", lambda: "0" * 16)
    first, second = pending(operator.layout)
    options = {"instance": operator.instance, "resources": {"settings": operator.settings}}
    for _ in range(2):  # the second time there is nothing to do
        assert dg.materialize([batch], partition_key=first, **options).success
    assert pending(operator.layout) == (second,)
    assert [r.success for r in operator.tick("follow_up")] == [True]
    assert pending(operator.layout) == ()
