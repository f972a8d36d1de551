"""Finished work is kept, damaged work is done again, and a stopped run leaves nothing in the way of the next."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Engine, event

from conftest import SEEDS
from onrecord.assemble import assemble
from onrecord.batches.batch import extract_batch, finished, pending
from onrecord.batches.fingerprints import extracted_folder
from onrecord.batches.ingest import ingest
from onrecord.batches.models import load_models
from onrecord.batches.received import input_id_of, read_inputs, write_inputs
from onrecord.batches.stale import remove_stale
from onrecord.document import Given, Seed
from onrecord.parse import parse
from onrecord.read import SameNameError, distinct_roots, read_seeds
from onrecord.run.build import BuildFailed, HomeError, NothingToBuildError
from onrecord.run.definitions import Settings
from onrecord.run.definitions.assets import NoArticleLeftError
from onrecord.run.definitions.assets import release as release_asset
from onrecord.run.state import find_released
from onrecord.storage import store
from onrecord.storage.layout import Layout
from test_ingest import rot_unseen

# The first paragraphs of two seeds: English articles that are soon extracted.
BODY, OTHER = ("\n\n".join(parse(seed)[0].text.split("\n\n")[:4]) for seed in list(read_seeds(SEEDS))[:2])
CHANGED = BODY + "\n\nThis is the end of it, officials said."


def seeds_folder(tmp_path, **files):
    """The folder `news` with these texts in files, a.txt and so on."""
    folder = tmp_path / "news"
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


def arrive(layout, folder):
    """Ingest, extract and assemble; the rows of articles."""
    for batch in ingest([folder], layout).pending:
        extract_batch(batch, layout)
    assemble(layout, load_models().codebook)
    return rows_of(layout)


def rows_of(layout):
    """The rows of articles, as they were assembled last."""
    return pq.read_table(layout.build / "articles.parquet").to_pylist()


def tables_of(layout):
    return {path.name: path.read_bytes() for path in layout.build.glob("*.parquet")}


def rejected(layout):
    return pq.read_table(layout.build / "rejections.parquet").to_pylist()


def copied(folder, to):
    """A copy with the dates of its files, and with links as links."""
    return Path(shutil.copytree(folder, to, symlinks=True, dirs_exist_ok=True))


@pytest.fixture(scope="module")
def stocks(tmp_path_factory):
    """What many tests begin with, made once: a.txt has arrived; it has changed since; a.txt and b.txt have arrived."""
    one, changed, two = (tmp_path_factory.mktemp(name) for name in ("one", "changed", "two"))
    arrive(Layout(one / "datasets"), seeds_folder(one, a=BODY))
    copied(one, changed)
    arrive(Layout(changed / "datasets"), seeds_folder(changed, a=CHANGED))
    arrive(Layout(two / "datasets"), seeds_folder(two, a=BODY, b=OTHER))
    return {"one": one, "changed": changed, "two": two}


@pytest.fixture
def one(stocks, tmp_path):
    """A datasets folder where a.txt has arrived; the folder `news` is beside it."""
    return Layout(copied(stocks["one"], tmp_path) / "datasets")


@pytest.fixture
def changed(stocks, tmp_path):
    """The same, and a.txt has changed since, so that the listing knows a former version."""
    return Layout(copied(stocks["changed"], tmp_path) / "datasets")


@pytest.fixture
def two(stocks, tmp_path):
    """A datasets folder where a.txt and b.txt have arrived."""
    return Layout(copied(stocks["two"], tmp_path) / "datasets")


@pytest.fixture
def own(datasets, tmp_path):
    """A copy of the datasets folder of the seeds, to be damaged."""
    return Layout(copied(datasets, tmp_path / "datasets"))


def _flip(path):
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def _folders(layout):
    (batch,) = finished(layout)
    return extracted_folder(layout, batch), layout.received(batch).parent


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: _flip(folder / "quotes.parquet"),
        lambda folder: (folder / "inputs.parquet").write_bytes(b"PAR1"),
        lambda folder: (folder / "dates.parquet").unlink(),
        lambda folder: (folder / "SHA256SUMS").unlink(),
    ],
    ids=["a flipped bit", "a truncated file", "a lost file", "lost checksums"],
)
def test_a_damaged_batch_is_extracted_again_from_what_was_received(one, tmp_path, damage):
    before = tables_of(one)
    extracted, _ = _folders(one)
    damage(extracted)
    found = ingest([tmp_path / "news"], one)
    assert (found.new, found.pending) == (0, (extracted.parent.name,))
    extract_batch(extracted.parent.name, one)
    assemble(one, load_models().codebook)
    assert tables_of(one) == before
    assert len(pq.read_table(one.build / "quotes.parquet")) > 0


def test_damaged_inputs_are_read_again_and_what_was_extracted_stays(own):
    extracted, received = _folders(own)
    _flip(received / "inputs.parquet")
    found = ingest([SEEDS], own)
    assert (found.new, found.pending) == (5, ())
    assert store.is_whole(received)
    assert store.is_whole(extracted)


@pytest.fixture(scope="module")
def rotten(datasets, tmp_path_factory, run_build):
    """A datasets folder in which a bit of a batch went bad unseen, the build that came after, and a second one."""
    # Marks in its name: no step of a build takes the name of a folder for a pattern or a quoted text.
    layout = Layout(copied(datasets, tmp_path_factory.mktemp("rotten") / "[q]*? it's datasets"))
    extracted, _ = _folders(layout)
    _flip(extracted / "quotes.parquet")
    rot_unseen(layout)
    return layout, [run_build(layout.datasets, version=None) for _ in range(2)]


def test_a_batch_that_went_bad_unseen_is_found_when_it_is_used_and_extracted_in_the_same_build(rotten, release):
    layout, (healed, _) = rotten
    assert (healed.new, healed.extracted, healed.is_new, healed.folder.name) == (0, 5, False, "test")
    assert (layout.build / "quotes.parquet").read_bytes() == (release / "quotes.parquet").read_bytes()


def test_with_nothing_new_nothing_is_assembled(rotten):
    _, (healed, nothing) = rotten
    assert (nothing.extracted, nothing.checks, nothing.is_new, nothing.folder) == (0, 0, False, healed.folder)
    assert (nothing.rows, nothing.reasons) == (healed.rows, healed.reasons)


def test_a_touched_release_is_compared_again(rotten):
    layout, _ = rotten
    release = find_released(layout)
    (release / "README.md").touch()
    assert (release.name, find_released(layout)) == ("test", None)


def test_a_killed_extraction_leaves_nothing_behind(own):
    extracted, _ = _folders(own)
    half = extracted.with_name(f".tmp-999999999-{extracted.name}")
    half.mkdir()
    ingest([SEEDS], own)
    assert not half.exists()
    assert len(finished(own)) == 1


def test_a_batch_that_was_set_aside_by_a_stopped_run_is_extracted_by_the_next(tmp_path, datasets):
    layout = Layout(tmp_path)
    ingest([SEEDS], layout)
    found = ingest([SEEDS], layout)
    assert (found.new, len(found.pending)) == (0, 1)
    extracted = [extract_batch(batch, layout)["articles"] for batch in found.pending]
    assemble(layout, load_models().codebook)
    assert extracted == [5]
    assert tables_of(layout) == tables_of(Layout(datasets))


def test_a_changed_file_supersedes_its_former_content_which_stays(changed):
    rows = rows_of(changed)
    (new,), (old,) = ([r for r in rows if (r["supersedes"] is not None) is newer] for newer in (True, False))
    assert new["supersedes"] == old["article_id"]
    assert (old["source_file"], old["duplicate_of"], new["duplicate_of"]) == ("news/a.txt", None, None)
    assert old["text"] == BODY


def test_the_history_of_a_file_survives_a_change_of_the_code(changed, tmp_path, monkeypatch):
    layout, before = changed, rows_of(changed)
    monkeypatch.setattr("onrecord.batches.fingerprints.fingerprint", lambda: "0" * 16)
    assert len(pending(layout)) == 2
    assert arrive(layout, tmp_path / "news") == before
    assert remove_stale(layout) == 2
    assert arrive(layout, tmp_path / "news") == before


def test_a_file_that_goes_back_has_two_versions_and_not_three(changed, tmp_path):
    rows = arrive(changed, seeds_folder(tmp_path, a=BODY))
    (new,) = [row for row in rows if row["supersedes"] is not None]
    assert len(rows) == 2
    assert new["text"] == BODY


def test_seeds_that_all_became_unusable_are_not_released(own, tmp_path, run_build):
    seeds = copied(SEEDS, tmp_path / "seeds")
    for seed in seeds.iterdir():
        seed.write_text("")
    with pytest.raises(NoArticleLeftError, match="no article is left"):
        run_build(own.datasets, seeds, version=None)
    assert (own.releases / "latest").resolve() == own.releases / "test"
    settings = Settings(seeds=[str(seeds)], datasets=str(own.datasets), version="meant")
    assert dg.materialize([release_asset], resources={"settings": settings}).success
    assert pq.read_metadata(own.releases / "latest" / "articles.parquet").num_rows == 0


def test_a_vanished_file_leaves_with_its_history_which_comes_back_with_it(two, tmp_path):
    layout = two
    before = arrive(layout, seeds_folder(tmp_path, a=CHANGED))
    (tmp_path / "news" / "a.txt").unlink()
    assert [row["source_file"] for row in arrive(layout, tmp_path / "news")] == ["news/b.txt"]
    assert arrive(layout, seeds_folder(tmp_path, a=CHANGED)) == before


def test_what_was_taken_down_stays_down_when_the_name_is_used_again(two, tmp_path):
    (tmp_path / "news" / "a.txt").unlink()
    ingest([tmp_path / "news"], two)
    rows = arrive(two, seeds_folder(tmp_path, a=CHANGED))
    assert sorted((row["source_file"], row["supersedes"]) for row in rows) == [
        ("news/a.txt", None),
        ("news/b.txt", None),
    ]


def test_batches_and_times_of_arrival_do_not_matter_for_a_history(tmp_path, monkeypatch):
    layouts = [Layout(tmp_path / name) for name in ("all", "one by one")]
    seeds_folder(tmp_path, a=BODY, b=OTHER)
    ingest([tmp_path / "news"], layouts[0])
    (tmp_path / "news" / "b.txt").unlink()
    ingest([tmp_path / "news"], layouts[1])
    monkeypatch.setattr("onrecord.batches.ingest.BATCH_SEEDS", 1)
    arrive(layouts[1], seeds_folder(tmp_path, b=OTHER))
    for layout in layouts:
        arrive(layout, seeds_folder(tmp_path, a=CHANGED))
    assert tables_of(layouts[0]) == tables_of(layouts[1])


def test_a_run_that_was_killed_before_its_listing_loses_nothing(stocks, changed, tmp_path):
    before = Layout(stocks["one"] / "datasets")
    shutil.rmtree(changed.ingest)
    copied(before.ingest, changed.ingest)  # as if the second run had been stopped right before its end
    assert arrive(changed, seeds_folder(tmp_path, a=BODY)) == rows_of(before)
    assert len(arrive(changed, seeds_folder(tmp_path, a=CHANGED))) == 2


def test_other_facts_about_a_file_are_no_version(one, tmp_path):
    (tmp_path / "news" / "outlet.yml").write_text("outlet: Quay Courier")
    (row,) = arrive(one, tmp_path / "news")
    assert (row["outlet"], row["supersedes"]) == ("Quay Courier", None)
    assert remove_stale(one) == 1  # the batch that was received anew
    assert arrive(one, tmp_path / "news") == [row]


def test_a_former_version_that_was_damaged_is_reported_and_costs_itself_only(stocks, changed, tmp_path):
    layout = changed
    (batch,) = finished(Layout(stocks["one"] / "datasets"))
    _flip(layout.received(batch))
    _flip(extracted_folder(layout, batch) / "quotes.parquet")
    (row,) = arrive(layout, tmp_path / "news")
    assert row["supersedes"] is None
    (refused,) = rejected(layout)
    assert (refused["source_file"], refused["reason"]) == ("news/a.txt", "unreadable")
    assert arrive(layout, tmp_path / "news") == [row]
    assert rejected(layout) == [refused]  # the same seeds, the same release
    seeds_folder(tmp_path, a=BODY)
    assert [row["text"] for row in arrive(layout, tmp_path / "news")] == [CHANGED, BODY]
    assert rejected(layout) == []


def test_damaged_inputs_that_come_back_in_other_company_are_there_once(two, tmp_path):
    layout = two
    rows = arrive(layout, seeds_folder(tmp_path, a=CHANGED))
    assert len(rows) == 3
    for batch in finished(layout):
        _flip(layout.received(batch))
    for _ in range(2):
        assert arrive(layout, tmp_path / "news") == rows
        assert rejected(layout) == []
        remove_stale(layout)
    assert len(finished(layout)) == 2  # what a.txt held before, and the new batch


DAMAGES = {
    "a flipped bit": _flip,
    "a flipped bit of the footer": lambda path: path.write_bytes(
        path.read_bytes()[:-99] + b"?" + path.read_bytes()[-98:]
    ),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:99]),
    "empty": lambda path: path.write_bytes(b""),
    "away": lambda path: path.unlink(),
}


@pytest.mark.parametrize("name", ["listing.parquet", "listing-*.parquet"])
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_listing_or_its_copy_costs_nothing(changed, tmp_path, damage, name):
    layout, rows = changed, rows_of(changed)
    (path,) = layout.ingest.glob(name)
    whole = layout.listing.read_bytes()
    damage(path)
    assert arrive(layout, tmp_path / "news") == rows
    assert rejected(layout) == []
    assert [path.read_bytes() for path in layout.ingest.glob("listing*.parquet")] == [whole, whole]


@pytest.mark.parametrize("damage", list(DAMAGES.values())[:-1], ids=list(DAMAGES)[:-1])
def test_without_listing_and_copy_the_build_goes_on_and_says_what_is_lost_until_it_is_put_back(
    changed, tmp_path, damage
):
    layout, rows = changed, rows_of(changed)
    saved = layout.listing.read_bytes()
    for path in layout.ingest.glob("listing*.parquet"):
        damage(path)
    for _ in range(2):
        (row,) = arrive(layout, tmp_path / "news")
        assert (row["text"], row["supersedes"]) == (CHANGED, None)
        (refused,) = rejected(layout)
        assert (refused["source_file"], refused["reason"]) == ("ingest/listing.damaged.parquet", "unreadable")
    for path in layout.ingest.glob("listing*.parquet"):
        path.unlink()
    layout.listing.write_bytes(saved)
    assert arrive(layout, tmp_path / "news") == rows
    assert rejected(layout) == []


@pytest.fixture
def hasty_sqlite():
    """SQLite waits for no disk: an instance of Dagster that is recorded commits thousands of times in a build."""

    def hasten(connection, _):
        connection.execute("PRAGMA synchronous = OFF")

    event.listen(Engine, "connect", hasten)
    yield
    event.remove(Engine, "connect", hasten)


def test_a_recorded_instance_survives_a_change_of_the_code(tmp_path, run_build, monkeypatch, hasty_sqlite):
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    seeds = seeds_folder(tmp_path, a=BODY)
    layout = Layout(tmp_path / "datasets")
    layout.datasets.mkdir()
    layout.build.touch()  # a file in place of the folder stops the first run after its extraction
    with pytest.raises(BuildFailed, match="assemble"):
        run_build(layout.datasets, seeds)
    assert len(finished(layout)) == 1
    layout.build.unlink()
    monkeypatch.setattr("onrecord.batches.fingerprints.fingerprint", lambda: "0" * 16)
    assert run_build(layout.datasets, seeds).extracted == 1
    assert run_build(layout.datasets, seeds, version=None).extracted == 0
    assert not (tmp_path / "home" / ".telemetry").exists()


def test_a_missing_dagster_home_is_one_clear_error(tmp_path, run_build, monkeypatch):
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(HomeError, match="no such folder"):
        run_build(tmp_path / "datasets")


def test_an_empty_seeds_folder_is_nothing_to_build(tmp_path, run_build):
    (tmp_path / "seeds").mkdir()
    with pytest.raises(NothingToBuildError, match="nothing to build"):
        run_build(tmp_path / "datasets", tmp_path / "seeds")


def test_two_roots_of_one_name_are_refused_before_anything_is_read(tmp_path):
    roots = [tmp_path / number / "news" for number in "12"]
    for root in roots:
        root.mkdir(parents=True)
        shutil.copy(sorted(SEEDS.glob("003*"))[0], root / "a.txt")
    layout = Layout(tmp_path / "datasets")
    with pytest.raises(SameNameError, match=f"two seeds are named news.*{roots[0]} and {roots[1]}"):
        ingest(roots, layout)
    assert not layout.ingest.exists()
    (tmp_path / "second").symlink_to(roots[1])
    assert ingest([roots[0], tmp_path / "second"], layout).inputs == 2
    assert ingest([tmp_path], layout).inputs == 2


@pytest.mark.parametrize(
    "roots, distinct",
    [
        (["/a/news", "/a/news/", "/b/../a/news", "file:///a/news"], 1),
        (["/a/news", "/a/wire", "s3://a/news", "s3://b/news"], 4),
        (["https://u:p@host/news/", "https://u:p@host/news/"], 1),
    ],
)
def test_a_root_that_is_given_twice_is_read_once(roots, distinct):
    assert len(distinct_roots(roots)) == distinct


def test_two_addresses_that_look_alike_without_their_secrets_are_refused():
    with pytest.raises(SameNameError, match="two seeds are named https://host/news") as error:
        distinct_roots(["https://u:p@host/news", "https://v:q@host/news"])
    assert "q@" not in str(error.value)


@pytest.mark.parametrize("name", ["p[q]", "p*", "p?", "it's", "two words"])
def test_a_folder_name_is_no_pattern(one, tmp_path, datasets, run_steps, name):
    copied(datasets, tmp_path / "pq")
    copied(one.batches, tmp_path / name / "batches")
    release = run_steps(tmp_path / name, tmp_path / "news")
    assert pq.read_metadata(release / "articles.parquet").num_rows == 1
    with duckdb.connect() as connection:
        connection.execute("SET VARIABLE onrecord_dir = ?", [str(release)])
        connection.execute((release / "load.sql").read_text())
        assert connection.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_what_was_received_is_read_as_it_was(tmp_path):
    given = Given(url="https://example.org", authors=("A", "B"), published_bounds=(date(2020, 1, 1), date(2020, 1, 31)))
    seed = Seed(source_file="a", source_sha256="0" * 64, text="x", form="html", repairs=("mojibake",), given=given)
    bare = Seed(source_file="b", source_sha256="1" * 64, text="y")
    inputs = [(input_id_of(s), s) for s in (seed, bare)]
    write_inputs(tmp_path / "inputs.parquet", inputs)
    assert list(read_inputs(tmp_path / "inputs.parquet")) == inputs
    table = pq.read_table(tmp_path / "inputs.parquet")
    pq.write_table(table.drop_columns(["locale", "repairs"]), tmp_path / "older.parquet")
    assert [s for _, s in read_inputs(tmp_path / "older.parquet")] == [replace(seed, repairs=()), bare]


def test_a_record_is_one_to_the_extraction_too(tmp_path):
    seeds = tmp_path / "news"
    seeds.mkdir()
    headline, body = "Quay to open before winter", "The council voted on Monday to open the new quay to boats.\n\n" * 3
    (seeds / "a.jsonl").write_text(json.dumps({"text": f"{headline}\n\n{body}"}), encoding="utf-8")
    (seeds / "b.json").write_text(json.dumps({"text": f"{headline}s\n\n{body}"}), encoding="utf-8")
    (seeds / "c.txt").write_text(f"New {headline}\n\n{body}", encoding="utf-8")
    rows = arrive(Layout(tmp_path / "datasets"), seeds)
    found = {row["source_file"]: (row["title"], row["text"].startswith(row["title"])) for row in rows}
    assert found == {
        "news/a.jsonl#1": (headline, True),
        "news/b.json": (f"{headline}s", True),
        "news/c.txt": (f"New {headline}", False),
    }
