"""What is published is whole, stays as it is, and survives publishers that are stopped or race each other.

The S3 server is a real one on this machine (moto); it notes every request, and can end a publisher at any of them.
"""

import errno
import hashlib
import json
import os
import re
import shutil
import signal
import threading
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from conftest import ROOT
from crash import victims
from onrecord.cli import main
from onrecord.release.destinations import Bucket, DestinationError, PublishError, open_destination
from onrecord.release.latest import CLAIM, POINTER
from onrecord.release.publish import BeingPublishedError, PublishedVersionError, SendingError, publish
from onrecord.storage import store
from onrecord.storage.releases import DamagedReleaseError, profile_of


def make_release(folder, version="2026.11.22", quotes=b"PAR1 quotes PAR1"):
    """A release as far as publishing looks into it."""
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"version": version, "schemaVersion": "1.1"}))
    (folder / "quotes.parquet").write_bytes(quotes)
    (folder / "articles.parquet").write_bytes(b"PAR1 articles PAR1" * 10_000)
    (folder / store.SUMS).write_text(store.sums_of(folder))
    return folder


@pytest.fixture
def own(tmp_path):
    return make_release(tmp_path / "releases" / "2026.11.22")


class Server:
    """An S3 server that counts requests of a process and kills it before or after one of them is served."""

    def __init__(self):
        from moto.server import DomainDispatcherApplication, create_backend_app
        from werkzeug.serving import make_server

        self.requests = []
        self.kill_at, self.victim, self.before = None, None, True
        self._app = DomainDispatcherApplication(create_backend_app)
        self._server = make_server("127.0.0.1", 0, self._serve, threaded=True)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def _serve(self, environ, start_response):
        self.requests.append((environ["REQUEST_METHOD"], environ["PATH_INFO"]))
        mine = len(self.requests) == self.kill_at
        if mine and self.before:
            os.kill(self.victim.pid, signal.SIGKILL)
            start_response("503 Slow Down", [])
            return [b""]
        answer = self._app(environ, start_response)
        if mine:
            os.kill(self.victim.pid, signal.SIGKILL)
        return answer

    def close(self):
        self._server.shutdown()


@pytest.fixture(scope="module")
def server():
    server = Server()
    yield server
    server.close()


@pytest.fixture(scope="module")
def system(server):
    """What the server holds, as a file system; the environment leads this process and publishers there."""
    import s3fs

    facts = {"ACCESS_KEY_ID": "me", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "us-east-1"}
    with pytest.MonkeyPatch.context() as patched:
        for name, value in (facts | {"ENDPOINT_URL": server.address}).items():
            patched.setenv(f"AWS_{name}", value)
        s3fs.S3FileSystem.clear_instance_cache()
        yield s3fs.S3FileSystem(use_listings_cache=False)
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.fixture
def bucket(server, system, request):
    """An empty bucket, as a file system and its address."""
    name = f"b{hashlib.sha256(request.node.name.encode()).hexdigest()[:20]}"
    system.mkdir(name)
    server.requests.clear()
    server.kill_at = None
    return system, f"s3://{name}/news"


def files_at(bucket):
    """Everything in the bucket, by name below the address."""
    system, address = bucket
    root = address.removeprefix("s3://")
    return {path.removeprefix(f"{root}/"): system.cat_file(path) for path in system.find(root)}


def files_of(release):
    return {f"{release.name}/{path.name}": path.read_bytes() for path in release.iterdir()}


def latest_of(release):
    """What latest/ holds of a release."""
    return {f"latest/{path.name}": path.read_bytes() for path in release.iterdir()}


def pointer_to(release):
    digest = hashlib.sha256((release / store.SUMS).read_bytes()).hexdigest()
    return {POINTER: (json.dumps({"version": release.name, "sha256": digest, "schema": "1.1"}) + "\n").encode()}


def latest_at(bucket):
    return json.loads(files_at(bucket)[POINTER])


def test_a_bucket_holds_the_release_and_names_it_as_the_latest(own, bucket):
    published = publish(own, bucket[1])
    assert files_at(bucket) == files_of(own) | latest_of(own) | pointer_to(own)
    assert (len(published.sent), published.found, published.latest) == (4, 0, "2026.11.22")


def test_data_go_first_then_the_manifest_then_latest(own, bucket, server):
    publish(own, bucket[1])
    root = f"{bucket[1].removeprefix('s3:/')}/"
    written = [path.removeprefix(root) for method, path in server.requests if method == "PUT"]
    names = [CLAIM, "articles.parquet", "datapackage.json", "quotes.parquet", store.SUMS]
    assert written == [*(f"2026.11.22/{name}" for name in names), *(f"latest/{name}" for name in names), POINTER]


def test_a_store_tells_that_versions_stay_and_the_latest_must_be_asked_for(own, bucket, system):
    publish(own, bucket[1])
    root = bucket[1].removeprefix("s3://")
    told = {}
    for name in ("2026.11.22/quotes.parquet", f"2026.11.22/{store.SUMS}", "latest/quotes.parquet", POINTER):
        place, _, key = f"{root}/{name}".partition("/")
        told[name] = system.call_s3("head_object", Bucket=place, Key=key)["CacheControl"]
    assert [*told.values()] == [*["public, max-age=31536000, immutable"] * 2, "no-cache", "no-cache"]


def test_the_rules_for_other_hosts_that_operations_shows_are_taken_by_s3(bucket, system):
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rules = json.loads(re.search(r"```json\n(.*?)```", told, re.S)[1])
    name = bucket[1].split("/")[2]
    system.call_s3("put_bucket_cors", Bucket=name, CORSConfiguration=rules)
    (rule,) = system.call_s3("get_bucket_cors", Bucket=name)["CORSRules"]
    assert "Range" in rule["AllowedHeaders"] and "Content-Range" in rule["ExposeHeaders"]


def test_where_releases_are_made_nothing_is_published(own, tmp_path):
    (own.parent / "latest").symlink_to(own.name)
    with pytest.raises(DestinationError, match="another folder"):
        publish(own, str(own.parent))


def test_publishing_again_sends_nothing(own, bucket):
    publish(own, bucket[1])
    again = publish(own, bucket[1])
    assert (again.sent, again.mended, again.found) == ((), (), 4)


def test_what_the_release_before_has_is_copied_there_and_not_sent(own, tmp_path, bucket, monkeypatch):
    publish(own, bucket[1])
    later = make_release(tmp_path / "releases" / "2026.11.23", "2026.11.23", quotes=b"PAR1 others PAR1")
    sent = []
    monkeypatch.setattr(
        Bucket, "put", lambda self, name, path, put=Bucket.put: (sent.append(name), put(self, name, path))
    )
    publish(later, bucket[1])
    assert sent == ["2026.11.23/datapackage.json", "2026.11.23/quotes.parquet"]
    assert {n: raw for n, raw in files_at(bucket).items() if n.startswith("2026.11.23/")} == files_of(later)


def test_what_is_damaged_in_the_release_before_is_sent(own, tmp_path):
    publish(own, str(tmp_path / "public"))
    (tmp_path / "public" / own.name / "articles.parquet").write_bytes(b"damaged")
    later = make_release(tmp_path / "releases" / "2026.11.23", "2026.11.23")
    published = publish(later, str(tmp_path / "public"))
    assert store.is_whole(Path(published.address))


@pytest.mark.parametrize("to", ["{}", "file://{}"])
def test_a_folder_holds_the_release_and_names_it_as_the_latest(own, tmp_path, to):
    place = tmp_path / "public"
    publish(own, to.format(place))
    there = {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}
    assert {name: raw for name, raw in there.items() if name != ".lock"} == files_of(own) | latest_of(own) | pointer_to(
        own
    )


def test_a_release_under_another_folder_name_keeps_its_version(own, tmp_path):
    published = publish(own.rename(tmp_path / "downloaded"), str(tmp_path / "public"))
    assert published.version == "2026.11.22"


def test_a_damaged_release_is_not_published(own, tmp_path):
    (own / "quotes.parquet").write_bytes(b"PAR1 qu0tes PAR1")
    with pytest.raises(DamagedReleaseError, match="damaged"):
        publish(own, str(tmp_path / "public"))
    assert not (tmp_path / "public").exists()


@pytest.fixture(params=["bucket", "folder"])
def target(request, tmp_path):
    """An address of either kind."""
    return request.getfixturevalue("bucket")[1] if request.param == "bucket" else str(tmp_path / "public")


def held(target):
    """What latest/ holds at an address of either kind, by name."""
    if target.startswith("s3://"):
        import s3fs

        system, root = s3fs.S3FileSystem(use_listings_cache=False), f"{target.removeprefix('s3://')}/latest"
        return {path.removeprefix(f"{root}/"): system.cat_file(path) for path in system.find(root)}
    return {path.name: path.read_bytes() for path in Path(target, "latest").iterdir()}


def test_latest_follows_the_newest_and_keeps_nothing_of_others(own, tmp_path, target):
    earlier = make_release(tmp_path / "releases" / "2026.11.21", version="2026.11.21", quotes=b"PAR1 other PAR1")
    (earlier / "gone.parquet").write_bytes(b"PAR1 gone PAR1")
    (earlier / store.SUMS).write_text(store.sums_of(earlier))
    for release in (earlier, own):
        publish(release, target)
        assert held(target) == {path.name: path.read_bytes() for path in release.iterdir()}
    publish(earlier, target)
    assert held(target) == {path.name: path.read_bytes() for path in own.iterdir()}
    publish(earlier, target, take_back=True)
    assert held(target) == {path.name: path.read_bytes() for path in earlier.iterdir()}


def test_where_somebody_keeps_a_folder_latest_nothing_is_published(own, target):
    if target.startswith("s3://"):
        import s3fs

        s3fs.S3FileSystem().pipe_file(f"{target}/latest/mine.txt", b"mine")
    else:
        Path(target, "latest").mkdir(parents=True)
        Path(target, "latest", "mine.txt").write_bytes(b"mine")
    with pytest.raises(DestinationError, match=r"latest holds other files than a release \(mine\.txt\)"):
        publish(own, target)
    assert held(target) == {"mine.txt": b"mine"}


def test_a_published_version_is_never_replaced_by_other_bytes(own, tmp_path, target):
    publish(own, target)
    other = make_release(tmp_path / "other" / "2026.11.22", quotes=b"PAR1 forged PAR1")
    with pytest.raises(PublishedVersionError, match=r"another release is published as 2026\.11\.22"):
        publish(other, target)
    assert publish(own, target).found == 4


def test_a_version_that_somebody_else_is_publishing_is_left_to_them(own, bucket):
    system, address = bucket
    system.pipe_file(f"{address}/2026.11.22/{CLAIM}", b"the manifest of another release")
    with pytest.raises(BeingPublishedError, match="is being published") as raised:
        publish(own, address)
    assert f"delete {address}/2026.11.22/{CLAIM}" in str(raised.value)
    assert list(files_at(bucket)) == [f"2026.11.22/{CLAIM}"]


@pytest.mark.parametrize("damage", [b"PAR1 qu0tes PAR1", b"PAR1", b"", None])
def test_a_damaged_object_is_found_and_mended(own, bucket, damage):
    system, address = bucket
    publish(own, address)
    before = files_at(bucket)
    if damage is None:
        system.rm_file(f"{address}/2026.11.22/quotes.parquet")
    else:
        system.pipe_file(f"{address}/2026.11.22/quotes.parquet", damage)
    again = publish(own, address)
    assert (again.mended, again.found) == (("quotes.parquet",), 3)
    assert files_at(bucket) == before


@pytest.mark.parametrize("name", [f"2026.11.22/{store.SUMS}", "latest/quotes.parquet", POINTER])
@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:20], lambda raw: raw.replace(b"a", b"b", 1)], ids=["cut", "flipped"]
)
def test_a_damaged_manifest_or_latest_is_mended(own, bucket, name, damage):
    system, address = bucket
    publish(own, address)
    before = files_at(bucket)
    system.pipe_file(f"{address}/{name}", damage(before[name]))
    publish(own, address)
    assert files_at(bucket) == before


def test_latest_does_not_go_back_unless_told_to(own, tmp_path, target):
    newer = make_release(tmp_path / "releases" / "2026.11.22.10", version="2026.11.22.10")
    older = make_release(tmp_path / "releases" / "2026.11.22.9", version="2026.11.22.9")
    assert publish(newer, target).latest == "2026.11.22.10"
    assert publish(older, target).latest == "2026.11.22.10"
    assert publish(older, target, take_back=True).latest == "2026.11.22.9"


def start_publisher(release, address, log):
    settings = {name: value for name, value in os.environ.items() if name.startswith("AWS_")}
    return victims.start(victims.publish, release, address, settings, log=log)


@pytest.mark.parametrize(
    "point, before", [(3, False), (10, False), (25, True), (37, False), (40, True), (42, True), (43, False)]
)
def test_a_killed_publisher_leaves_latest_in_force_and_the_next_one_goes_on(
    own, tmp_path, bucket, server, point, before
):
    earlier = make_release(tmp_path / "releases" / "2026.11.21", version="2026.11.21")
    publish(earlier, bucket[1])
    pointer = latest_at(bucket)
    server.requests.clear()
    server.kill_at, server.before = point, before
    server.victim = start_publisher(own, bucket[1], tmp_path / "log")
    server.victim.join()
    assert server.victim.exitcode == -signal.SIGKILL
    server.kill_at = None
    there = files_at(bucket)
    assert json.loads(there[POINTER]) == pointer
    if f"latest/{store.SUMS}" in there:  # of one version then
        assert {name: raw for name, raw in there.items() if name.startswith("latest/")} in (
            latest_of(earlier), latest_of(own), latest_of(own) | {f"latest/{CLAIM}": (own / store.SUMS).read_bytes()}
        )  # fmt: skip
    whole = {name: raw for name, raw in files_of(own).items() if there.get(name) == raw}
    assert f"2026.11.22/{store.SUMS}" not in there or len(whole) == 4
    publish(own, bucket[1])
    assert files_at(bucket) == files_of(own) | files_of(earlier) | latest_of(own) | pointer_to(own)


def race(releases, address, folder):
    """The exit codes of publishers that start together."""
    racers = [start_publisher(release, address, folder / f"log{n}") for n, release in enumerate(releases)]
    for racer in racers:
        racer.join()
    return [racer.exitcode for racer in racers]


def test_of_two_publishers_of_one_version_with_other_bytes_one_wins_as_a_whole(own, tmp_path, bucket):
    other = make_release(tmp_path / "other" / "2026.11.22", quotes=b"PAR1 others PAR1")
    codes = race([own, other], bucket[1], tmp_path)
    assert sorted(codes) == [0, victims.WAS_TOLD]
    winner = (own, other)[codes.index(0)]
    assert files_at(bucket) == files_of(winner) | latest_of(winner) | pointer_to(winner)


def test_of_publishers_of_several_versions_at_once_the_newest_ends_as_latest(tmp_path, target):
    versions = [f"2026.11.22.{n}" for n in (3, 10, 2)]
    releases = [make_release(tmp_path / "releases" / version, version=version) for version in versions]
    assert race(releases, target, tmp_path) == [0, 0, 0]
    assert held(target) == {path.name: path.read_bytes() for path in releases[1].iterdir()}
    assert publish(releases[2], target).latest == "2026.11.22.10"


def test_a_file_that_is_replaced_while_it_is_read_is_read_again(own, bucket, monkeypatch):
    publish(own, bucket[1])
    target = open_destination(bucket[1])
    opened, open_file = [], target._system.open

    def replaced_at_first(*arguments, **options):
        opened.append(arguments)
        if len(opened) == 1:
            raise OSError(errno.EBUSY, "no longer exists")
        return open_file(*arguments, **options)

    monkeypatch.setattr(target._system, "open", replaced_at_first)
    assert target.digest(f"{own.name}/quotes.parquet") == store.sha256_of(own / "quotes.parquet")
    assert len(opened) == 2


def test_a_store_that_is_busy_is_tried_again(own, bucket, server, monkeypatch):
    monkeypatch.setattr("onrecord.storage.retries.PAUSES", (0, 0, 0))
    served, count = server._app, 0

    def busy(environ, start_response):
        nonlocal count
        count += 1
        if count % 9 == 0:
            start_response("503 Slow Down", [("Content-Length", "0")])
            return [b""]
        return served(environ, start_response)

    monkeypatch.setattr(server, "_app", busy)
    publish(own, bucket[1])
    monkeypatch.setattr(server, "_app", served)
    assert count > 10
    assert latest_at(bucket)["version"] == "2026.11.22"


@pytest.mark.parametrize(
    "address, told",
    [
        ("s3://no-such-bucket/news", "The specified bucket does not exist"),
        ("https://127.0.0.1:9/news", "cannot be written to"),
        ("nosuch://bucket", "nosuch"),
        ("abfs://bucket/x", "abfs"),
    ],
)
def test_an_address_that_cannot_be_written_to_is_one_clear_line(own, bucket, monkeypatch, address, told):
    monkeypatch.setattr("onrecord.storage.retries.PAUSES", ())
    with pytest.raises(PublishError, match=told) as raised:
        publish(own, address)
    assert "\n" not in str(raised.value)


def test_missing_credentials_are_one_clear_line(own, bucket, monkeypatch, tmp_path):
    import s3fs

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(SendingError, match=r"\AOR101: .*Unable to locate credentials.*publish again\Z"):
        publish(own, bucket[1])


def test_the_command_says_what_it_did(own, tmp_path, capsys):
    datasets = tmp_path
    (datasets / "releases" / "latest").symlink_to("2026.11.22")
    with pytest.raises(SystemExit):
        main(["publish", "--datasets", str(datasets)])  # where to?
    main(["publish", "--datasets", str(datasets), "--to", str(tmp_path / "public"), "--profile", "full"])
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "sent      4 files, 0 were there already"
    assert out[1] == f"published 2026.11.22 in {tmp_path / 'public' / '2026.11.22'}, profile full"
    assert Path(tmp_path / "public" / POINTER).is_file()


def test_dagster_publishes_a_new_release_once_without_bodies(datasets, tmp_path):
    import dagster as dg

    from onrecord.run.definitions import Settings, Watch, make_definitions
    from onrecord.run.definitions.publishing import make_publisher

    copy = shutil.copytree(datasets, tmp_path / "datasets", symlinks=True)
    settings = Settings(datasets=str(copy), publish=str(tmp_path / "public"))
    defs = make_definitions(settings, Watch())
    sensor = make_publisher(settings)

    def tick():
        context = dg.build_sensor_context(resources={"settings": settings})
        return sensor.evaluate_tick(context)

    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert len(tick().run_requests) == 1
    assert defs.resolve_job_def("send").execute_in_process().success
    assert tick().skip_message == "test is published"
    published = tmp_path / "public" / "test"
    assert store.is_whole(published)
    assert profile_of(published).name == "public"
    assert "text" not in pq.read_schema(published / "articles.parquet").names


def test_a_sensor_without_an_address_stands_still():
    from onrecord.run.definitions import Settings
    from onrecord.run.definitions.publishing import make_publisher

    assert make_publisher(Settings()).default_status.value == "STOPPED"
