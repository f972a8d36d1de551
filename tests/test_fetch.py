"""A release is fetched as it was published, and only what is not here already."""

import hashlib
import json
import shutil

import pytest

from onrecord.release import check_release
from onrecord.release.fetch import FetchError, fetch
from onrecord.release.publish import publish
from onrecord.storage import store
from onrecord.storage.store import SUMS
from ranges import served


@pytest.fixture
def published(release, tmp_path):
    """Where the release of the seeds is published, as a folder."""
    publish(release, str(tmp_path / "site"))
    return tmp_path / "site"


def _publish_next(site, release, tmp_path, **changed):
    """Publish a later version in which these files have other bytes."""
    later = tmp_path / "later" / "test.1"
    shutil.copytree(release, later)
    descriptor = json.loads((later / "datapackage.json").read_text()) | {"version": "test.1"}
    (later / "datapackage.json").write_text(json.dumps(descriptor))
    for name, text in changed.items():
        (later / name.replace("_", ".")).write_text(text)
    (later / SUMS).write_text(store.sums_of(later))
    publish(later, str(site))
    return later


def test_a_release_is_fetched_whole_over_http_and_is_what_was_published(published, release, tmp_path):
    with served(published) as address:
        found = fetch(address, tmp_path / "mine")
    assert {n: p.read_bytes() for n, p in store.files_in(found.folder).items()} == {
        n: p.read_bytes() for n, p in store.files_in(release).items()
    }
    assert (tmp_path / "mine" / "latest").resolve() == found.folder.resolve()
    assert check_release(found.folder)[0] == []


def test_of_the_next_release_only_what_changed_is_downloaded(published, release, tmp_path):
    first = fetch(str(published), tmp_path / "mine")
    later = _publish_next(published, release, tmp_path, CHANGES_md="# Changes\n")
    second = fetch(str(published), tmp_path / "mine")
    assert set(second.fetched) == {"CHANGES.md", "datapackage.json"}
    assert second.bytes == sum((later / name).stat().st_size for name in second.fetched)
    assert len(second.linked) == len(first.fetched) - 2
    assert store.is_whole(second.folder) and store.is_whole(first.folder)
    assert fetch(str(published), tmp_path / "mine").fetched == ()


def test_a_damaged_file_here_is_downloaded_and_one_there_is_refused(published, release, tmp_path):
    first = fetch(str(published), tmp_path / "mine").folder
    (first / "quotes.parquet").write_bytes(b"damaged")
    _publish_next(published, release, tmp_path)
    found = fetch(str(published), tmp_path / "mine")
    assert "quotes.parquet" in found.fetched and store.is_whole(found.folder)
    (published / "test" / "quotes.parquet").write_bytes(b"damaged")
    with pytest.raises(FetchError, match="not what SHA256SUMS says"):
        fetch(str(published), tmp_path / "other", "test")
    assert not (tmp_path / "other" / "test").exists()


def test_a_fetch_that_was_stopped_goes_on_where_it_was(published, release, tmp_path):
    partial = tmp_path / "mine" / ".part-test"
    partial.mkdir(parents=True)
    shutil.copyfile(release / "quotes.parquet", partial / "quotes.parquet")
    (partial / "dates.parquet").write_bytes(b"half")
    (partial / "stray").write_bytes(b"")
    found = fetch(str(published), tmp_path / "mine")
    assert "quotes.parquet" not in found.fetched and "dates.parquet" in found.fetched
    assert store.is_whole(found.folder) and not partial.exists()


def test_what_another_stopped_fetch_left_and_a_damaged_list_are_not_taken_from(published, release, tmp_path):
    mine = tmp_path / "mine"
    shutil.copytree(release, mine / ".part-other")
    shutil.copytree(release, mine / "older")
    (mine / "older" / SUMS).write_bytes(b"\xff")
    found = fetch(str(published), mine)
    assert found.linked == () and store.is_whole(found.folder)


def test_a_release_is_on_disk_for_good_before_it_has_its_name(published, tmp_path, monkeypatch):
    synced = []
    monkeypatch.setattr(store, "_sync", synced.append)
    found = fetch(str(published), tmp_path / "mine")
    files = {tmp_path / "mine" / ".part-test" / name for name in store.files_in(found.folder)}
    assert files <= set(synced)


def test_an_address_whose_package_is_missing_is_told(run, tmp_path, monkeypatch):
    def unknown(*_, **__):
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", unknown)
    code, _, complaint = run("fetch", "s3://bucket/onrecord", "--to", tmp_path / "mine")
    assert code == 1 and complaint.startswith("onrecord") and "OR043" in complaint


@pytest.mark.parametrize("name", ["../out", "/etc/x", "a/../../x", ".hidden", "a\\b"])
def test_a_list_that_leads_out_of_the_folder_is_refused(published, tmp_path, name):
    manifest = f"{'0' * 64}  {name}\n".encode()
    (published / "test" / SUMS).write_bytes(manifest)
    pointer = {"version": "test", "sha256": hashlib.sha256(manifest).hexdigest()}
    (published / "latest.json").write_text(json.dumps(pointer))
    with pytest.raises(FetchError, match="names no file of a release"):
        fetch(str(published), tmp_path / "mine")


def test_the_command_tells_what_it_fetched_and_where(published, tmp_path, run):
    code, out, _ = run("fetch", published, "--to", tmp_path / "mine")
    assert code == 0 and f"release test in {tmp_path / 'mine' / 'test'}" in out
    assert run("fetch", published, "--to", tmp_path / "mine")[1].startswith("nothing to fetch")
    code, _, err = run("fetch", tmp_path, "--to", tmp_path / "mine")
    assert code == 1 and "OR105" in err
