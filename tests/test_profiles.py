"""What may be passed on leaves article bodies out, and is a release of its own that can be checked."""

import json

import pyarrow.parquet as pq
import pytest

from onrecord.cli import main
from onrecord.explore.query import open_release, run_query
from onrecord.release import check_release, diff_releases, in_profile, write_profile
from onrecord.release.freeze import ProfileError
from onrecord.schema import load_package
from onrecord.schema.views import load_views
from onrecord.storage.releases import DamagedReleaseError, profile_of


@pytest.fixture(scope="module")
def public(release, tmp_path_factory):
    return write_profile(release, tmp_path_factory.mktemp("public") / "test")


def test_no_file_of_a_public_release_holds_a_body(release, public):
    bodies = pq.read_table(release / "articles.parquet", columns=["text"])["text"].to_pylist()
    assert "text" not in pq.read_schema(public / "articles.parquet").names
    # Some words from the middle of each paragraph, where no span of another table reaches.
    spans = {
        text
        for name in ("mentions", "quotes", "proposals", "dates")
        for text in pq.read_table(release / f"{name}.parquet", columns=["text"])["text"].to_pylist()
    }
    pieces = [p[30:90] for body in bodies for p in body.split("\n\n") if len(p) > 120]
    pieces = [p for p in pieces if not any(p[:25] in span for span in spans)]
    assert len(pieces) > 10
    tables = {path: pq.read_table(path).to_pydict() for path in public.glob("*.parquet")}
    held = "".join(map(str, tables.values())) + "".join(
        path.read_text("utf-8") for path in public.iterdir() if path.suffix not in (".parquet", ".duckdb")
    )
    assert [p for p in pieces if p in held] == []


def test_evidence_snippets_and_offsets_stay(release, public):
    for name in ("quotes", "proposals", "dates", "mentions"):
        assert (public / f"{name}.parquet").read_bytes() == (release / f"{name}.parquet").read_bytes()


def test_a_public_release_passes_every_rule_that_does_not_read_bodies(release, public):
    wrong, results = check_release(public)
    assert wrong == [] and [str(r) for r in results if not r.passed] == []
    every = {check["rule"] for check in json.loads((release / "checks.json").read_text())["checks"]}
    left = every - {r.rule.name for r in results}
    assert {"quote_is_slice", "mention_is_slice", "article_paragraphs_are_clean"} <= left
    assert "speaker_actor_id__foreign_key" not in left and len(results) > 150


def test_every_view_works_without_bodies(public):
    with open_release(public) as connection:
        for view in load_views():
            if view.parameters is None:
                rows = run_query(connection, f"SELECT count(*) FROM {view.name}")
                assert sum(batch.num_rows for batch in rows.batches) == 1
        rows = run_query(connection, "SELECT count(*) FROM find('sanctions')")
        assert next(rows.batches).column(0)[0].as_py() > 0


def test_it_says_what_it_is(public):
    assert profile_of(public).name == "public"
    card = (public / "README.md").read_text()
    assert "profile **public**" in card and "| text |" not in card.split("### articles")[1].split("### actors")[0]
    assert "text" not in (public / "load.sql").read_text().split('VIEW "actors"')[0].split('COLUMN "articles".')[-1][:6]


def test_the_same_release_gives_the_same_public_bytes(release, public, tmp_path):
    again = write_profile(release, tmp_path / "again")
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {p.name: p.read_bytes() for p in public.iterdir()}


def test_a_public_release_cannot_become_a_full_one(public, tmp_path):
    with pytest.raises(ProfileError, match="lacks what the profile full has"):
        write_profile(public, tmp_path / "full", "full")


def test_a_damaged_release_is_not_passed_on(own_release, tmp_path):
    (own_release / "quotes.parquet").write_bytes(b"PAR1")
    with pytest.raises(DamagedReleaseError, match="damaged"):
        write_profile(own_release, tmp_path / "public")


def test_an_unknown_profile_is_told_with_those_that_exist(release, tmp_path):
    with pytest.raises(ProfileError, match="there are: full, public"):
        write_profile(release, tmp_path / "x", "secret")


def test_what_is_public_already_is_passed_on_as_it_is(release, public):
    with in_profile(public) as folder:
        assert folder == public
    with in_profile(release) as folder:
        assert profile_of(folder).name == "public" and folder.name == "test"
    assert not folder.exists()


def test_diff_tells_of_the_profile(release, public):
    found = diff_releases(release, public)
    assert (found.old_profile, found.new_profile) == ("full", "public")
    assert found.schema == ("column articles.text is gone (major)",)
    assert not any(t.added or t.removed or t.changed for t in found.tables)


def test_profiles_leave_out_only_columns_that_are_declared():
    assert load_package().profiles["public"].leave_out == {"articles": ("text",)}


@pytest.mark.parametrize(("options", "profile"), [((), "public"), (("--profile", "full"), "full")])
def test_publishing_leaves_bodies_out_unless_it_is_told_to_keep_them(release, tmp_path, options, profile):
    main(["publish", str(release), "--to", str(tmp_path), *options])
    published = tmp_path / "test"
    assert profile_of(published).name == profile
    assert ("text" in pq.read_schema(published / "articles.parquet").names) == (profile == "full")
    main(["publish", str(release), "--to", str(tmp_path), *options])  # again, there is nothing to do
