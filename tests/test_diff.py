"""Two releases are compared by what their rows say, and each release tells what is new in it."""

import json

import duckdb
import pyarrow.parquet as pq
import pytest

from conftest import ROOT
from onrecord.cli import main
from onrecord.release import diff_releases, write_release
from onrecord.release.descriptor import to_datapackage
from onrecord.release.diff import ComparisonError
from onrecord.release.facts import Facts
from onrecord.schema import load_package
from onrecord.schema.compatibility import find_schema_changes, needed_version
from onrecord.storage import store
from onrecord.storage.releases import point_latest

PACKAGE = load_package()


@pytest.fixture
def changed(own_release):
    """changed(table, sql): the copy of the release with a table replaced by a query over `old`."""

    def change(table, sql):
        path = own_release / f"{table}.parquet"
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE old AS FROM '{path}'")
            rows = connection.sql(sql).to_arrow_table().cast(PACKAGE.tables[table].to_arrow())
        pq.write_table(rows, path)
        return own_release

    return change


def _of(diff, table):
    return next(t for t in diff.tables if t.table == table)


def test_a_release_does_not_differ_from_itself(release):
    found = diff_releases(release, release)
    assert found.is_empty and all(t.before == t.after for t in found.tables)


def test_added_removed_and_changed_rows_are_counted_and_named(release, changed):
    keys = pq.read_table(release / "dates.parquet", columns=["date_id"])["date_id"].to_pylist()
    new = changed(
        "dates",
        f"SELECT * REPLACE (if(date_id = '{keys[1]}', 'MID', mod) AS mod) FROM old WHERE date_id <> '{keys[0]}' "
        f"UNION ALL SELECT * REPLACE ('new' AS date_id) FROM old WHERE date_id = '{keys[2]}'",
    )
    found = _of(diff_releases(release, new), "dates")
    assert (found.before, found.after) == (len(keys), len(keys))
    assert (found.added_keys, found.removed_keys, found.changed_keys) == (("new",), (keys[0],), (keys[1],))
    assert (found.added, found.removed, found.changed, found.columns) == (1, 1, 1, {"mod": 1})


def test_a_null_that_becomes_a_value_is_a_change(release, changed):
    new = changed("articles", "SELECT * REPLACE ('Herald' AS outlet) FROM old")
    found = _of(diff_releases(release, new), "articles")
    assert found.columns == {"outlet": 5}


def test_other_order_of_rows_is_no_change(release, changed):
    assert diff_releases(release, changed("mentions", "FROM old ORDER BY hash(mention_id)")).is_empty


def test_rows_do_not_change_because_the_id_of_their_actor_did(release, changed):
    moved = "org:moved-elsewhere"
    speaker = "state:CHN"
    for table, column in (
        ("actors", "actor_id"),
        ("mentions", "actor_id"),
        ("quotes", "speaker_actor_id"),
        ("proposal_actors", "actor_id"),
        ("quote_speakers", "actor_id"),
        ("utterances", "speaker_actor_id"),
    ):
        changed(table, f"SELECT * REPLACE (if({column} = '{speaker}', '{moved}', {column}) AS {column}) FROM old")
    for table, column in (("quotes", "addressee_actor_id"), ("actors", "parent_actor_id")):
        changed(table, f"SELECT * REPLACE (if({column} = '{speaker}', '{moved}', {column}) AS {column}) FROM old")
    for column in ("proposers", "targets"):
        led = f"list_sort(list_transform({column}, lambda each: if(each = '{speaker}', '{moved}', each)))"
        changed("initiatives", f"SELECT * REPLACE ({led} AS {column}) FROM old")
    new = changed("actor_redirects", f"SELECT '{speaker}' AS old_id, '{moved}' AS actor_id, 'renamed' AS reason")
    found = diff_releases(release, new)
    assert found.redirected == {"renamed": 1}
    differing = {t.table for t in found.tables if t.added or t.removed or t.changed}
    assert differing == {"actors", "actor_redirects"}


def test_a_row_whose_actor_became_one_with_a_row_of_its_own_is_not_removed(release, changed):
    gone, into = "state:RUS", "state:CHN"
    rows = pq.read_table(release / "proposal_actors.parquet", columns=["proposal_id", "actor_id"]).to_pylist()
    assert {r["proposal_id"] for r in rows if r["actor_id"] == gone} & {
        r["proposal_id"] for r in rows if r["actor_id"] == into
    }
    led = f"SELECT * REPLACE (if(actor_id = '{gone}', '{into}', actor_id) AS actor_id) FROM old"
    changed("proposal_actors", f"SELECT DISTINCT * FROM ({led})")
    new = changed("actor_redirects", f"SELECT '{gone}' AS old_id, '{into}' AS actor_id, 'merged_spelling' AS reason")
    found = _of(diff_releases(release, new), "proposal_actors")
    assert (found.added, found.removed, found.changed) == (0, 0, 0)


def test_a_table_that_is_new_or_gone_is_all_added_or_all_removed(release, own_release):
    descriptor = json.loads((own_release / "datapackage.json").read_text())
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] != "issues"]
    (own_release / "datapackage.json").write_text(json.dumps(descriptor))
    (own_release / "issues.parquet").unlink()
    rows = pq.read_metadata(release / "issues.parquet").num_rows
    assert _of(diff_releases(own_release, release), "issues").added == rows
    assert _of(diff_releases(release, own_release), "issues").removed == rows
    assert "table issues is gone (major)" in diff_releases(release, own_release).schema


def test_other_scores_are_told(release, own_release):
    descriptor = json.loads((own_release / "datapackage.json").read_text())
    first, second = descriptor["quality"][:2]
    descriptor["quality"] = [first | {"value": 12.5}, *descriptor["quality"][2:]]
    (own_release / "datapackage.json").write_text(json.dumps(descriptor))
    found = {s.id: (s.before, s.after) for s in diff_releases(release, own_release).scores}
    assert found == {first["id"]: (first["value"], 12.5), second["id"]: (second["value"], None)}


def test_a_file_that_is_no_table_is_one_clear_error(release, own_release):
    (own_release / "quotes.parquet").write_bytes(b"not a table")
    with pytest.raises(ComparisonError, match="cannot be compared"):
        diff_releases(release, own_release)


@pytest.mark.parametrize("old", sorted(p.name for p in (ROOT / "datasets" / "releases").glob("2*")))
def test_every_committed_release_can_be_compared_with_a_new_one(release, old):
    found = diff_releases(ROOT / "datasets" / "releases" / old, release)
    assert _of(found, "articles").after == 5 and not any("gone" in line for line in found.schema)


@pytest.mark.parametrize("style", ["table", "json"])
def test_the_command_prints_tables_or_json(release, changed, capsys, style):
    new = changed("issues", "SELECT * REPLACE (upper(label) AS label) FROM old")
    main(["diff", str(release), str(new), "--format", style])
    printed = capsys.readouterr().out
    if style == "json":
        (issues,) = [t for t in json.loads(printed)["tables"] if t["table"] == "issues"]
        assert issues["changed"] == issues["after"] > 0 and issues["columns"] == {"label": issues["after"]}
    else:
        assert "label" in printed and "no row differs" not in printed


def test_the_command_says_when_nothing_differs(release, capsys):
    main(["diff", str(release), str(release)])
    assert "no row differs" in capsys.readouterr().out


def test_the_first_release_says_that_it_is_the_first(release):
    assert "no release before it" in (release / "CHANGES.md").read_text()


@pytest.fixture
def fewer(own_release):
    """releases/ whose latest release lacks an article of the build."""
    rows = pq.read_table(own_release / "articles.parquet")
    pq.write_table(rows.slice(1), own_release / "articles.parquet")
    descriptor = json.loads((own_release / "datapackage.json").read_text())
    (own_release / "datapackage.json").write_text(json.dumps(descriptor | {"version": "fewer"}))
    (own_release / store.SUMS).write_text(store.sums_of(own_release))
    folder = own_release.rename(own_release.with_name("fewer"))
    point_latest(folder.parent, "fewer")
    return folder


def test_changes_tell_what_is_new_since_the_release_before(fewer, datasets):
    changes = (write_release(datasets / "build", fewer.parent, "more") / "CHANGES.md").read_text()
    assert "# Changes in more\n\nAgainst fewer." in changes and "| articles | 5 | 1 | 0 | 0 |  |" in changes
    assert changes.split("## New articles\n\n")[1].count("\n") == 1  # one line


def test_a_damaged_release_counts_as_none(fewer, datasets):
    (fewer / "README.md").write_text("other")
    changes = (write_release(datasets / "build", fewer.parent, "more") / "CHANGES.md").read_text()
    assert "no release before it" in changes


def _descriptor(package):
    names = dict.fromkeys(package.tables, 0)
    facts = Facts(
        counts=names,
        files={name: (f"{name}.parquet",) for name in names},
        examples={},
        sources=(),
        source_count=0,
        published=(None, None),
        dated=0,
        shares={},
    )
    return to_datapackage(package, "next", package.profiles["full"], facts, ())


def test_the_schema_version_obeys_its_rules_against_the_last_release():
    """Removing, retyping or redefining is a major change, adding a minor one; see onrecord.schema.compatibility."""
    last = json.loads((ROOT / "datasets" / "releases" / "latest" / "datapackage.json").read_text("utf-8"))
    now = _descriptor(PACKAGE)
    needed = needed_version(last, now)
    version = tuple(map(int, PACKAGE.schema_version.split(".")))
    changes = "; ".join(map(str, find_schema_changes(last, now)))
    assert version >= tuple(map(int, needed.split("."))), (
        f"schemas/package.yml needs schema_version {needed}: {changes}"
    )


def _changed(edit):
    new = json.loads(json.dumps(_descriptor(PACKAGE)))
    edit({r["name"]: r["schema"] for r in new["resources"]}, new)
    return new


def _field(tables, table, column):
    return next(f for f in tables[table]["fields"] if f["name"] == column)


@pytest.mark.parametrize(
    ("edit", "what", "bump"),
    [
        (lambda t, d: t["quotes"]["fields"].remove(_field(t, "quotes", "cue")), "quotes.cue is gone", "major"),
        (lambda t, d: _field(t, "quotes", "start").update(type="string"), "quotes.start has another type", "major"),
        (lambda t, d: _field(t, "articles", "word_count").update(unit="lines"), "another unit", "major"),
        (
            lambda t, d: _field(t, "articles", "authors").update(arrayItem={"type": "date"}),
            "another arrayItem",
            "major",
        ),
        (lambda t, d: _field(t, "quotes", "kind")["constraints"]["enum"].remove("mixed"), "no value mixed", "major"),
        (lambda t, d: _field(t, "quotes", "kind")["constraints"].pop("required"), "may be null now", "major"),
        (lambda t, d: t["dates"].update(primaryKey=["start"]), "another primary key", "major"),
        (lambda t, d: d["resources"].pop(0), "table articles is gone", "major"),
        (lambda t, d: t["dates"]["fields"].append({"name": "era", "type": "string"}), "dates.era is new", "minor"),
        (lambda t, d: _field(t, "quotes", "kind")["constraints"]["enum"].append("sung"), "new value sung", "minor"),
        (lambda t, d: _field(t, "quotes", "kind").update(description="Other words."), None, None),
    ],
)
def test_each_kind_of_change_calls_for_its_version(edit, what, bump):
    old, new = _descriptor(PACKAGE), _changed(edit)
    changes = find_schema_changes(old, new)
    assert [c.level for c in changes] == ([bump] if bump else [])
    assert what is None or what in changes[0].what
    major, minor = map(int, PACKAGE.schema_version.split("."))
    expected = {"major": f"{major + 1}.0", "minor": f"{major}.{minor + 1}", None: PACKAGE.schema_version}[bump]
    assert needed_version(old, new) == expected
