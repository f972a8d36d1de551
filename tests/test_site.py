"""What the explorer's pages read says what the tables say; the server answers one reader, and reads only."""

import asyncio
import contextlib
import gzip
import json
import re
import tempfile
import threading
from itertools import product
from pathlib import Path

import duckdb
import pytest
from starlette.testclient import TestClient

from benchmarks.explorer import multiply
from conftest import ROOT
from onrecord.audit.judged import WRONG_WITH, judgments_file
from onrecord.explore.site import actor_shards, tie_lists
from onrecord.explore.site import opened as opening
from onrecord.explore.site.opened import EarlierReleaseError, Opened
from onrecord.explore.site.packing import digits_for
from onrecord.explore.site.search import search
from onrecord.explore.site.server import to_app
from onrecord.explore.site.shards import all_shards, make_shard, meta
from onrecord.explore.site.storage_file import write_database
from onrecord.explore.site.tie_lists import network
from onrecord.explore.site.writing import ForeignFolderError, has_engine, static_files, write_site
from onrecord.release import in_profile
from onrecord.storage.releases import DamagedReleaseError

PORT = 8123
ASKED = ("sanctions", "ease sanction", "denuclearisation", "the", "said", "going", "policies", "peace korea", "é", "")
WINDOWS = ((None, None), ("2018-01-01", "2018-12-31"), (None, "2019-06-30"))


@pytest.fixture(scope="module")
def opened(release):
    found = Opened(release)
    yield found
    found.close()


@pytest.fixture(scope="module")
def by_months(make_once, release):
    """A release of fifteen articles that is cut by month, as large ones are."""

    def make(folder):
        folder.mkdir(exist_ok=True)
        multiply(release, folder, 15)

    found = Opened(make_once("by months", make))
    yield found
    found.close()


@pytest.fixture(scope="module")
def site(make_once, release):
    """A folder with the explorer of the release of the seeds. Not to be changed."""
    return make_once("site", lambda folder: write_site(release, folder)) / "test"


def content(raw):
    return json.loads(gzip.decompress(raw))


def of_kind(opened, kind):
    """What the shards of articles, actors or issues hold, by id."""
    found = {}
    for name, raw in all_shards(opened):
        if name.startswith(f"{kind}/"):
            found |= content(raw)
    return found


def rows(opened, query, *arguments):
    with opened.cursor() as cursor:
        return cursor.execute(query, list(arguments)).fetchall()


# ---------------------------------------------------------------- shards


def test_the_server_makes_the_bytes_that_are_written(opened, site):
    written = {path.relative_to(site / "data").as_posix() for path in site.glob("data/**/*.json.gz")}
    names = [name.removesuffix(".json.gz") for name in sorted(written)]
    assert len(names) > 20
    assert [name for name in names if make_shard(opened, name) != (site / f"data/{name}.json.gz").read_bytes()] == []


def test_two_writings_give_the_same_files(site, release, tmp_path):
    again = write_site(release, tmp_path / "again").folder
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert names == {path.relative_to(again).as_posix() for path in again.rglob("*") if path.is_file()}
    names -= {"data/release.duckdb.gz"}  # DuckDB decides on its bytes; its rows are compared below
    assert [name for name in sorted(names) if (site / name).read_bytes() != (again / name).read_bytes()] == []


def test_two_databases_of_a_release_hold_the_same_rows_in_the_same_order(release, tmp_path):
    for name in ("one", "two"):
        write_database(release, tmp_path / name)
    with duckdb.connect() as connection:
        for name in ("one", "two"):
            connection.execute(f"ATTACH '{tmp_path / name}' AS {name} (READ_ONLY)")
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'one'"
        ).fetchall():
            one, two = (connection.execute(f'FROM {n}.stored."{table}"').fetchall() for n in ("one", "two"))
            assert one == two


def test_every_row_of_an_article_is_in_its_shard(opened):
    found = of_kind(opened, "article")
    assert len(found) == rows(opened, "SELECT count(*) FROM articles")[0][0]
    for kind, key in (("quotes", "quote_id"), ("proposals", "proposal_id"), ("dates", "date_id")):
        told = {row["id"] for article in found.values() for row in article[kind]}
        assert told == {key for (key,) in rows(opened, f"SELECT {key} FROM {kind}")}
    told = {mention[0] for article in found.values() for mention in article["mentions"]}
    assert told == {key for (key,) in rows(opened, "SELECT mention_id FROM mentions")}
    parties = {(p["id"], *party[:2]) for a in found.values() for p in a["proposals"] for party in p["parties"]}
    assert parties == {*rows(opened, "SELECT proposal_id, actor_id, role FROM proposal_actors")}


def test_of_a_release_that_is_cut_by_month_pages_have_all_rows(by_months):
    assert by_months.has_months
    found = of_kind(by_months, "article")
    assert len(found) == 15
    for kind, key in (("quotes", "quote_id"), ("proposals", "proposal_id"), ("dates", "date_id")):
        told = {row["id"] for article in found.values() for row in article[kind]}
        assert told == {key for (key,) in rows(by_months, f"SELECT {key} FROM {kind}")}
    part = search(by_months, {"step": "1000"})["hits"]
    told = {
        (part["articles"][article][0] + rest, text, None if role is None else part["roles"][role])
        for article, rest, text, role in zip(*(part["rows"][n] for n in ("article", "id", "text", "role")), strict=True)
    }
    assert told == {*rows(by_months, "SELECT quote_id, text, role FROM statements")}


def test_an_actors_page_has_its_newest_statements_and_articles_in_order(by_months):
    for actor, row in of_kind(by_months, "actor").items():
        query = (
            "SELECT quote_id FROM statements JOIN quote_speakers USING (quote_id) WHERE actor_id = ? "
            "ORDER BY latest DESC NULLS LAST, earliest DESC NULLS LAST, quote_id LIMIT 60"
        )
        assert [said["id"] for said in row["says"]] == [key for (key,) in rows(by_months, query, actor)]
        query = (
            "SELECT article_id FROM current_articles WHERE article_id IN (SELECT article_id FROM mentions WHERE "
            "actor_id = ?) ORDER BY published_latest DESC NULLS LAST, article_id LIMIT 60"
        )
        assert [article["id"] for article in row["articles"]] == [key for (key,) in rows(by_months, query, actor)]


def test_statements_in_the_shards_are_those_of_the_view(opened):
    part = content(make_shard(opened, "quotes-0"))
    told = {
        (
            part["articles"][article][0] + rest,
            part["speakers"][speaker][1],
            None if role is None else part["roles"][role],
            text,
        )
        for article, rest, speaker, role, text in zip(
            *(part["rows"][name] for name in ("article", "id", "speaker", "role", "text")), strict=True
        )
    }
    assert told == {*rows(opened, "SELECT quote_id, speaker, role, text FROM statements")}


def test_an_actors_agreement_is_that_of_the_macro(opened):
    told = set()
    for actor, row in of_kind(opened, "actor").items():
        told |= {(actor, other[0], "agrees", other[4]) for other in row["agrees"]}
        told |= {(actor, other[0], "disagrees", other[4]) for other in row["disagrees"]}
    expected = set()
    for one, two, congruence, conflict in rows(opened, "SELECT id_1, id_2, congruence, conflict FROM agreement()"):
        for a, b in ((one, two), (two, one)):
            expected |= {(a, b, "agrees", congruence)} if congruence else set()
            expected |= {(a, b, "disagrees", conflict)} if conflict else set()
    assert told <= expected
    assert len(expected) > 4
    counts = {actor: sum(1 for row in expected if row[:1] + row[2:3] == (actor, "agrees")) for actor, *_ in expected}
    assert all(len([r for r in told if r[0] == a and r[2] == "agrees"]) == min(n, 10) for a, n in counts.items())


def test_an_actor_with_many_positions_has_the_newest_and_their_number(opened, monkeypatch):
    whole = of_kind(opened, "actor")
    monkeypatch.setattr(actor_shards, "_WANTED", actor_shards._WANTED.replace("<= 2000", "<= 3"))
    cut = of_kind(opened, "actor")
    assert max(row["positions"] for row in whole.values()) > 3
    for actor, row in whole.items():
        assert (cut[actor]["positions"], cut[actor]["wants"]) == (len(row["wants"]), row["wants"][:3])


def test_an_issue_has_all_its_positions(opened):
    query = f"SELECT proposal_id, actor_id FROM {opened.kept('positions')} WHERE issue_id = ? OR concept_id = ?"
    for issue, row in of_kind(opened, "issue").items():
        assert {(p["id"], p["actor_id"]) for p in row["positions"]} == {*rows(opened, query, issue, issue)}


def test_the_overview_counts_what_the_tables_hold(opened):
    found = content(make_shard(opened, "overview"))
    assert found["undated"]["quotes"][1] == rows(opened, "SELECT count(*) FROM statements")[0][0]
    speaker, _, _, _, count = found["speakers"][0]
    assert rows(opened, "SELECT count(*) FROM statements WHERE speaker_actor_id = ?", speaker) == [(count,)]
    assert sum(found["months"]["all"]) <= found["undated"]["quotes"][1]


def test_an_utterance_has_all_its_reports_and_what_each_outlet_made_of_it(opened):
    found = of_kind(opened, "utterance")
    assert {*found} == {of for (of,) in rows(opened, "SELECT utterance_id FROM utterances WHERE quote_count > 1")}
    assert len(found) > 0
    for utterance, row in found.items():
        told = {(report["id"], report["text"]) for report in row["reports"]}
        assert told == {*rows(opened, "SELECT quote_id, text FROM quotes WHERE utterance_id = ?", utterance)}
        told = {(one["article_id"], one["kept"], one["cut"], one["changed"], one["lag"]) for one in row["coverage"]}
        query = "SELECT article_id, kept, cut, changed, lag FROM coverage WHERE utterance_id = ?"
        assert told == {*rows(opened, query, utterance)}


def test_an_initiative_has_all_its_reports_and_steps(opened):
    found = of_kind(opened, "initiative")
    assert len(found) > 2
    for initiative, row in found.items():
        told = {report["id"] for report in row["reports"]}
        assert told == {
            p for (p,) in rows(opened, "SELECT proposal_id FROM proposals WHERE initiative_id = ?", initiative)
        }
        told = {(step["status"], step["responds_by"]) for step in row["steps"]}
        query = "SELECT status, responds_by FROM initiative_status WHERE initiative_id = ?"
        assert told == {*rows(opened, query, initiative)}
    linked = {(answer["id"], of) for of, row in found.items() for answer in row["answers"]}
    assert linked == {*rows(opened, "SELECT responds_to, initiative_id FROM initiative_links")}


def test_what_is_told_elsewhere_says_so_where_it_stands(opened):
    told = {q["utterance"] for a in of_kind(opened, "article").values() for q in a["quotes"]} - {None}
    assert told == {*of_kind(opened, "utterance")}
    told = {p["initiative"] for a in of_kind(opened, "article").values() for p in a["proposals"]} - {None}
    assert told == {*of_kind(opened, "initiative")}
    said = {row["utterance"] for actor in of_kind(opened, "actor").values() for row in actor["says"]} - {None}
    part = search(opened, {"step": "1000"})["hits"]
    assert said == {told[0] for told in part["rows"]["utterance"] if told} != set()


def test_a_release_without_utterances_has_no_pages_of_them(own_release):
    lost = ("utterances", "initiatives", "initiative_links", "redirects")
    for name in lost:
        (own_release / f"{name}.parquet").unlink()
    sums = own_release / "SHA256SUMS"
    kept = [line for line in sums.read_text().splitlines(True) if not line.split()[-1].startswith(lost)]
    sums.write_text("".join(kept))
    descriptor = own_release / "datapackage.json"
    told = json.loads(descriptor.read_text())
    told["resources"] = [one for one in told["resources"] if one["name"] not in lost]
    descriptor.write_text(json.dumps(told))
    opened = Opened(own_release)
    assert "utterances" not in meta(opened, live=True, sql=None, files=None)["counts"]
    shards = dict(all_shards(opened))
    opened.close()
    assert content(shards["utterances"]) == {"total": 0, "rows": []}
    assert not [name for name in shards if name.startswith(("utterance/", "initiative/"))]
    assert any(name.startswith("article/") for name in shards)


@pytest.mark.parametrize("name", ["../meta", "article/zz", "article/0123456789", "quotes--1", "quotes-01", "x", ""])
def test_no_other_name_has_a_shard(opened, name):
    with pytest.raises(KeyError):
        make_shard(opened, name)


@pytest.mark.parametrize("count, digits", [(0, 0), (32, 0), (33, 1), (512, 1), (513, 2), (100_000, 3)])
def test_shards_are_cut_so_that_each_holds_a_few(count, digits):
    assert digits_for(count, 32) == digits


def test_a_release_without_positions_is_refused(own_release):
    (own_release / "issues.parquet").unlink()
    sums = own_release / "SHA256SUMS"
    sums.write_text("".join(line for line in sums.read_text().splitlines(True) if "issues.parquet" not in line))
    with pytest.raises(EarlierReleaseError, match="positions"):
        Opened(own_release)


def test_a_release_that_lacks_a_file_is_refused(own_release):
    (own_release / "quotes.parquet").unlink()
    with pytest.raises(DamagedReleaseError, match="quotes"):
        Opened(own_release)


# ---------------------------------------------------------------- memory and files


def test_what_is_kept_is_in_a_file_that_goes_when_it_is_closed(own_release, monkeypatch, tmp_path):
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    found = Opened(own_release)
    found.kept("said")
    found.connection.execute("CHECKPOINT explorer")
    (file,) = place.rglob("*.duckdb")
    assert file.stat().st_size > 100_000
    found.close()
    assert not [*place.iterdir()]


def test_pages_reach_no_file_but_their_own(opened, tmp_path):
    (tmp_path / "x.csv").write_text("a")
    for query in (f"FROM read_csv('{tmp_path / 'x.csv'}')", f"COPY (SELECT 1) TO '{tmp_path / 'y'}'"):
        with opened.cursor() as cursor, pytest.raises(duckdb.PermissionException):
            cursor.execute(query)
    with opened.cursor() as cursor, pytest.raises(duckdb.InvalidInputException):
        cursor.execute("SET enable_external_access = true")


@pytest.mark.parametrize("name", ["a 'b' [c] é", "*?"])
def test_a_release_may_lie_in_an_odd_folder(own_release, tmp_path, monkeypatch, name):
    (tmp_path / name).mkdir()
    own_release.rename(tmp_path / name / "test")
    monkeypatch.chdir(tmp_path)
    for folder in (tmp_path / name / "test", Path(name) / "test"):
        with contextlib.closing(Opened(folder)) as found:
            assert search(found, {"q": "sanctions"})["found"] > 0


def test_joins_are_planned_by_a_file_of_the_usual_length(tmp_path):
    sizes = {"2001": 3, "2002": 90, "2003": 110, "2004": 400, "2005": 160}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(bytes(size))
    files = [tmp_path / name for name in sizes]
    told = [path.name for path in opening._typical_first(files)]
    assert told == ["2005", "2001", "2002", "2003", "2004"]


def test_what_takes_more_memory_than_is_allowed_says_how_to_allow_it(own_release, monkeypatch):
    monkeypatch.setenv("ONRECORD_MEMORY", "8MB")
    found = Opened(own_release)
    app = to_app(found, token="secret", port=PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", cookies={f"onrecord_{PORT}": "secret"}) as client:
        for path in ("/data/overview.json.gz", "/data/search.json?q=the"):
            answer = client.get(path)
            assert (answer.status_code, "ONRECORD_MEMORY" in answer.json()["error"]) == (500, True)
    found.close()


# ---------------------------------------------------------------- search and networks


@pytest.mark.parametrize("words", ASKED)
def test_a_search_finds_what_find_finds(opened, words):
    part = search(opened, {"q": words, "step": "1000"})["hits"]
    told = {part["articles"][a][0] + rest for a, rest in zip(part["rows"]["article"], part["rows"]["id"], strict=True)}
    assert told == {key for (key,) in rows(opened, "SELECT quote_id FROM find(?)", words)}


@pytest.mark.parametrize(
    "asked, condition",
    [
        ({"kind": "direct"}, "kind = 'direct'"),
        ({"attitude": "belief"}, "attitude = 'belief'"),
        ({"polarity": "denied"}, "polarity = 'denied'"),
        ({"country": "USA"}, "country = 'USA'"),
        ({"speaker": "state:PRK"}, "speaker_actor_id = 'state:PRK'"),
        ({"from": "2018-01-01", "to": "2018-12-31"}, "earliest >= DATE '2018-01-01' AND latest <= DATE '2018-12-31'"),
        ({"min": "0.8"}, "round(confidence, 4) >= 0.8"),
        (
            {"issue": "ease-sanctions"},
            "quote_id IN (SELECT quote_id FROM current_proposals WHERE issue_id = 'ease-sanctions')",
        ),
    ],
)
def test_a_filter_keeps_what_sql_keeps(opened, asked, condition):
    assert search(opened, asked)["found"] == rows(opened, f"SELECT count(*) FROM statements WHERE {condition}")[0][0]


def test_pages_of_a_search_are_its_hits_in_order(opened):
    def ids(skip, step):
        part = search(opened, {"skip": str(skip), "step": str(step)})["hits"]
        return [part["articles"][a][0] + r for a, r in zip(part["rows"]["article"], part["rows"]["id"], strict=True)]

    whole = ids(0, 1000)
    assert [*ids(0, 7), *ids(7, 7), *ids(14, 7)] == whole[:21]


def test_a_search_for_sql_is_a_search_for_words(opened):
    assert search(opened, {"q": "'; DROP TABLE quotes; --", "outlet": "' OR true --"})["found"] == 0


@pytest.mark.parametrize(
    "unit, measure, window", [*product(("actor", "state"), ("subtract", "congruence", "conflict"), WINDOWS)]
)
def test_ties_are_those_of_the_macro(opened, unit, measure, window):
    asked = {"unit": unit, "measure": measure, "from": window[0] or "", "to": window[1] or ""}
    told = [tuple(tie.values()) for tie in network(opened, asked)["ties"]]
    query = f"FROM {measure}(since := ?, until := ?, unit := '{unit}')"
    assert told == rows(opened, query, *window)


@pytest.mark.parametrize("unit, measure", [*product(("actor", "state"), ("subtract", "conflict"))])
def test_of_very_many_ties_the_strongest_are_told(opened, monkeypatch, unit, measure):
    whole = network(opened, {"unit": unit, "measure": measure})
    monkeypatch.setattr(tie_lists, "_SLICES", tie_lists._SLICES.replace("2000000", "3"))  # several slices
    assert network(opened, {"unit": unit, "measure": measure}) == whole
    cut = network(opened, {"unit": unit, "measure": measure, "most": "2"})
    weakest = min(abs(tie["weight"]) for tie in cut["ties"])
    assert (len(cut["ties"]), cut["total"]) == (2, len(whole["ties"]))
    assert all(abs(tie["weight"]) <= weakest for tie in whole["ties"] if tie not in cut["ties"])
    tied = {tie[end] for tie in cut["ties"] for end in ("id_1", "id_2")}
    assert cut["stances"] == [row for row in whole["stances"] if row["id"] in tied]


@pytest.mark.parametrize(
    "asked",
    [{"duplicates": "document"}, {"duplicates": "acrossrange"}, {"min": "0.7"}, {"issues": "ease-sanctions"}],
)
def test_stances_behind_ties_are_those_of_the_macro(opened, asked):
    told = [tuple(row.values()) for row in network(opened, asked)["stances"]]
    query = "FROM stances(duplicates := ?, min_confidence := ?, issue_ids := ?)"
    issues = [asked["issues"]] if "issues" in asked else None
    expected = rows(opened, query, asked.get("duplicates", "include"), float(asked.get("min", 0)), issues)
    assert sorted(told) == sorted(expected) != []


@pytest.mark.parametrize("asked", [{"measure": "x'"}, {"unit": "y"}, {"min": "z"}, {"most": "x"}])
def test_a_network_of_nothing_that_there_is_is_refused(opened, asked):
    with pytest.raises(ValueError):
        network(opened, asked)


# ---------------------------------------------------------------- the site as a folder


def test_a_public_site_has_no_body(opened, release, tmp_path):
    (body,) = rows(opened, "SELECT text FROM articles ORDER BY article_id LIMIT 1")[0]
    with in_profile(release, "public") as folder:
        written = write_site(folder, tmp_path / "site").folder
    told = "".join(
        gzip.decompress(p.read_bytes()).decode("utf-8", "replace") for p in written.glob("data/**/*.json.gz")
    )
    assert body[:300] not in told
    assert json.loads((written / "data/meta.json").read_text())["text"] is False


def test_a_folder_with_other_files_is_left_alone(release, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ForeignFolderError):
        write_site(release, tmp_path)


def test_versions_stand_side_by_side(release, own_release, tmp_path):
    descriptor = own_release / "datapackage.json"
    descriptor.write_text(descriptor.read_text().replace('"version": "test"', '"version": "2026.1.10"'))
    for folder in (own_release, release, own_release):
        write_site(folder, tmp_path / "site")
    assert json.loads((tmp_path / "site/releases.json").read_text()) == ["2026.1.10", "test"]
    assert 'href="2026.1.10/index.html"' in (tmp_path / "site/index.html").read_text()


def test_pages_name_no_other_host():
    ours = [path for name, path in static_files(engine=True) if not name.startswith(("vendor/", "engine/"))]
    assert len(ours) > 20
    allowed = {"http://www.w3.org", "http://localhost:8000", "https://www.wikidata.org", "https://doi.org"}
    allowed |= {"http://graphml.graphdrawing.org"}
    for path in ours:
        text = path.read_text(encoding="utf-8")
        assert {*re.findall(r"https?://[\w.:-]+\b", text)} <= allowed
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
        assert not re.search(r"""^import .* from ["'](?!\./)|import\(["'](?!\./)""", text, re.M)


def test_the_wheel_takes_the_pages_along():
    declared = (ROOT / "pyproject.toml").read_text()
    assert '"explore/site/static/**"' in declared


def test_the_vendored_library_has_its_licence():
    names = {name for name, _ in static_files(engine=False)}
    assert {"vendor/d3-force.js", "vendor/d3-force.LICENSE"} <= names
    assert not has_engine() or "engine/LICENSES" in {name for name, _ in static_files(engine=True)}


# ---------------------------------------------------------------- the server


@pytest.fixture
def client(own_release):
    """Asks as the browser does that has opened the printed address."""
    opened = Opened(own_release)
    app = to_app(opened, token="secret", port=PORT)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}") as client:
        client.get("/?token=secret")
        client.release = own_release
        yield client
    opened.close()


def test_nothing_is_answered_without_the_token(client):
    client.cookies.clear()
    for path in ("/", "/app.js", "/data/meta.json", "/judgments", "/?token=wrong"):
        assert client.get(path).status_code == 403
    assert client.post("/sql", json={"query": "SELECT 1"}).status_code == 403


def test_nothing_is_answered_under_a_foreign_name(client):
    for host in ("evil.example", f"evil.example:{PORT}", "127.0.0.1:1", ""):
        assert client.get("/data/meta.json", headers={"host": host}).status_code == 403
    assert client.get("/data/meta.json", headers={"host": f"localhost:{PORT}"}).status_code == 200


@pytest.mark.parametrize(
    "headers", [{"content-type": "text/plain"}, {"content-type": "application/json", "origin": "http://evil.example"}]
)
def test_other_sites_can_send_nothing(client, headers):
    assert client.post("/sql", content='{"query": "SELECT 1"}', headers=headers).status_code == 403


def test_sql_is_answered(client):
    found = client.post("/sql", json={"query": "SELECT DATE '2018-09-27' AS day, [1, NULL] AS list"}).json()
    assert found == {
        "columns": ["day", "list"],
        "types": ["date32[day]", "list<l: int32>"],
        "rows": [["2018-09-27", [1, None]]],
        "more": False,
    } or found["rows"] == [["2018-09-27", [1, None]]]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('/etc/passwd')",
        "COPY (SELECT 1) TO '/tmp/onrecord-x.csv'",
        "ATTACH '/tmp/onrecord-x.db'",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "CREATE TABLE t (a INT)",
        "DROP VIEW quotes",
        "FROM explorer.said",
        "SELECT 1; SELECT 2",
    ],
)
def test_sql_that_does_more_than_read_is_refused(client, query):
    assert client.post("/sql", json={"query": query}).status_code == 400


def test_sql_that_takes_too_long_is_stopped(opened):
    app = to_app(opened, token="secret", port=PORT, seconds=0.5)
    with TestClient(app, base_url=f"http://127.0.0.1:{PORT}", cookies={f"onrecord_{PORT}": "secret"}) as client:
        answer = client.post("/sql", json={"query": "SELECT count(*) FROM range(100000000000) a(x) WHERE hash(x) = 7"})
    assert answer.status_code == 400
    assert answer.json()["error"] == "stopped after 0.5 seconds"


def test_numbers_that_javascript_cannot_hold_are_text(client):
    query = "SELECT 'nan'::DOUBLE, [9007199254740993], {'a': -'inf'::DOUBLE}, 7, true, 2.5::DOUBLE, 1.5::DECIMAL(3, 1)"
    assert client.post("/sql", json={"query": query}).json()["rows"] == [
        ["nan", ["9007199254740993"], {"a": "-inf"}, 7, True, 2.5, "1.5"]
    ]


def test_a_query_that_nobody_waits_for_is_stopped(opened):
    app = to_app(opened, token="secret", port=PORT, seconds=60)
    query = json.dumps({"query": "SELECT count(*) FROM range(100000000000) a(x) WHERE hash(x) = 7"}).encode()
    received = iter([{"type": "http.request", "body": query}, {"type": "http.disconnect"}])
    sent = []

    async def receive():
        return next(received)

    async def send(message):
        sent.append(message)

    headers = {"host": f"127.0.0.1:{PORT}", "cookie": f"onrecord_{PORT}=secret", "content-type": "application/json"}
    scope = {"type": "http", "method": "POST", "path": "/sql", "raw_path": b"/sql", "query_string": b"",
             "headers": [(name.encode(), value.encode()) for name, value in headers.items()]}  # fmt: skip
    asyncio.run(app(scope, receive, send))
    assert sent[0]["status"] == 400 and b"INTERRUPT" in sent[1]["body"]


def test_many_rows_are_cut_and_said_to_be(client):
    found = client.post("/sql", json={"query": "FROM range(20000)"}).json()
    assert (len(found["rows"]), found["more"]) == (10_000, True)


def test_files_of_the_release_and_no_others_are_served(client):
    assert client.get("/files/quotes.parquet").content == (client.release / "quotes.parquet").read_bytes()
    for name in ("../test.judgments.jsonl", "%2e%2e/x", "/etc/passwd", "datapackage.json.bak"):
        assert client.get(f"/files/{name}").status_code in (403, 404)
    for name in ("data/../../x.json.gz", "server.py", "engine/../../server.py", "data/article/zz.json.gz"):
        assert client.get(f"/{name}").status_code == 404


def test_pages_may_reach_nothing_else(client):
    answer = client.get("/")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_meta_says_that_a_server_answers(client, opened):
    told = client.get("/data/meta.json").json()
    assert (told["live"], told["sql"], told["files"]) == (True, "server", "files")
    assert told == json.loads(json.dumps(meta(opened, live=True, sql="server", files="files")))


def test_several_ask_at_once(client):
    answers = []

    def ask(name):
        answers.append(client.get(f"/data/{name}").status_code)

    names = ("overview.json.gz", "positions.json.gz", "search.json?q=the", "network.json", "actors.json.gz") * 3
    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * len(names)


# ---------------------------------------------------------------- judgments

JUDGMENT = {
    "release": "test",
    "row_id": "0123456789abcdef:q:3-9",
    "verdict": "wrong",
    "wrong": ["speaker"],
    "value": "Mr. X",
    "reason": None,
    "who": "me",
    "at": "2026-11-30T01:02:03.004Z",
}


def test_judgments_are_written_beside_the_release(client):
    for verdict in ("wrong", "right"):
        assert client.post("/judgments", json=JUDGMENT | {"verdict": verdict}).json()["verdict"] == verdict
    path = judgments_file(client.release)
    assert path.parent == client.release.parent
    assert [json.loads(line)["verdict"] for line in path.read_text().splitlines()] == ["wrong", "right"]
    # Who judges a row again adds a line, and the last one counts.
    assert client.get("/judgments").json() == [JUDGMENT | {"verdict": "right"}]


@pytest.mark.parametrize(
    "change",
    [
        {"release": "other"},
        {"row_id": "../x"},
        {"row_id": None},
        {"verdict": "maybe"},
        {"wrong": "speaker"},
        {"wrong": ["spelling"]},
        {"value": 7},
        {"reason": "x" * 2001},
        {"at": "yesterday"},
    ],
)
def test_what_is_no_judgment_is_refused(client, change):
    assert client.post("/judgments", json=JUDGMENT | change).status_code == 400
    assert not judgments_file(client.release).exists()


def test_damaged_lines_are_passed_over(client):
    judgments_file(client.release).write_text(f"{{\n{json.dumps(JUDGMENT)}\n[]\n")
    assert client.get("/judgments").json() == [JUDGMENT]


def test_a_file_that_holds_no_judgments_is_told_of(client):
    judgments_file(client.release).write_bytes(b"\xff\xfe")
    answer = client.get("/judgments")
    assert answer.status_code == 409
    assert "cannot be read as judgments" in answer.json()["error"]


def test_pages_offer_what_an_audit_counts_as_wrong(opened):
    told = meta(opened, live=False, sql=None, files=None)["wrong"]
    assert told == WRONG_WITH
    script = (ROOT / "pipelines/onrecord/explore/site/static/judge.js").read_text(encoding="utf-8")
    (tables,) = re.findall(r"const TABLES = \{(.*?)\}", script)
    assert {*re.findall(r'"(\w+)"', tables)} == told.keys()


# ---------------------------------------------------------------- commands


def test_explore_writes_a_site(run, datasets, tmp_path):
    code, printed, _ = run("explore", "--datasets", datasets, "--to", tmp_path / "site")
    assert code == 0
    assert "explorer  test:" in printed and "without the articles' bodies" in printed
    assert json.loads((tmp_path / "site/test/data/meta.json").read_text())["profile"] == "public"


def test_publish_sends_the_explorer_along(run, datasets, tmp_path):
    for _ in range(2):
        code, printed, _ = run("publish", "--datasets", datasets, "--to", tmp_path / "there", "--explorer")
        assert code == 0
    assert "explorer  test:" in printed
    place = tmp_path / "there/explorer"
    assert json.loads((place / "releases.json").read_text()) == ["test"]
    told = json.loads((place / "test/data/meta.json").read_text())
    assert (told["profile"], told["files"]) == ("public", "../../test")
    assert (place / "test" / told["files"] / "quotes.parquet").resolve().is_file()
