"""Actors that are one over the corpus, and what became of ids of earlier releases."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.assemble.actors import merge_actors
from onrecord.assemble.redirects import redirects_query
from onrecord.batches.columns import batch_schemas
from onrecord.knowledge.words import local_id, normal
from onrecord.storage import store


def person(name, country=None, roles=(), type="person", link_method="name", actor_id=None):
    return {
        "actor_id": actor_id or local_id(type, normal(name), country or ""),
        "name": name,
        "type": type,
        "country": country,
        "roles": list(roles),
        "link_method": link_method,
    }


def corpus(articles, mentions=()):
    """A connection as `assemble` has it when it merges: one article for each list of actors, in one batch."""
    rows = {name: [] for name in batch_schemas()}
    for at, actors in enumerate(articles):
        rows["actors"] += [{"input_id": f"i{at}", **actor} for actor in actors]
    for at, actor_id, text in mentions:
        rows["mentions"].append({"input_id": f"i{at}", "article_id": f"a{at}", "actor_id": actor_id, "text": text})
    connection = duckdb.connect()
    for name, schema in batch_schemas().items():
        open_schema = pa.schema([field.with_nullable(True) for field in schema])
        table = pa.Table.from_pylist(rows[name], schema=open_schema)
        connection.register(f"batch_{name}", table.append_column("batch", pa.array(["b"] * len(table), pa.string())))
    connection.execute("CREATE TABLE kept (input_id VARCHAR, batch VARCHAR)")
    connection.executemany("INSERT INTO kept VALUES (?, 'b')", [[f"i{at}"] for at in range(len(articles))])
    return connection


def merged(*articles):
    """(old name, old country, name, country, reason) of each merge."""
    connection = corpus(articles)
    merge_actors(connection)
    query = """
        WITH told AS (SELECT actor_id, min(name) AS name, min(country) AS country FROM unmerged_actors GROUP BY ALL)
        SELECT o.name, o.country, n.name, n.country, reason FROM merges
        JOIN told o ON o.actor_id = old_id JOIN told n ON n.actor_id = merges.actor_id ORDER BY ALL
    """
    return connection.execute(query).fetchall()


QUILLIS = person("Ann Quillis", "USA", ["mayor"])


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (person("Ann Quill"), person("Ann Quill", "GBR"), "merged_country"),
        (person("Ann Quill", None, ["Sen."]), person("Ann Quill", "USA", ["Senator"]), "merged_country"),
        (person("Ann Quill", None, ["governor"]), person("Ann Quill", "USA", ["senator"]), "merged_country"),
        (person("Ann Quill", None, ["host"]), person("Ann Quill", "USA", ["news anchor"]), "merged_country"),
        (person("Ann Quill", "USA", ["columnist"]), person("Ann Quill", "GBR", ["exiled columnist"]), "merged_country"),
        (
            person("Ann Quill", "SUN", ["president"]),
            person("Ann Quill", "RUS", ["general"], link_method="kb", actor_id="wd:Q1"),
            "merged_country",
        ),
        (person("Ann B. Quill"), person("Ann Quill", "GBR"), "merged_spelling"),
        (person("Mike Quill", "USA"), person("Michael Quill", "USA"), "merged_spelling"),
        (
            person("Sergey Morozov", "RUS", ["envoy"]),
            person("Sergei Morozov", "RUS", ["special envoy"]),
            "merged_spelling",
        ),
        (
            person("Yousef Haddadi", "JOR", ["information minister"]),
            person("Youssef Haddady", "JOR", ["minister"]),
            "merged_spelling",
        ),
        (
            person("Quill Media Group", type="organization"),
            person("The Quill Media Group Inc.", type="organization"),
            "merged_spelling",
        ),
    ],
)
def test_one_actor_under_two_ids_becomes_one(one, other, reason):
    ((*_, why),) = merged([one], [other])
    assert why == reason


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (person("Ann Quill", "USA"), person("Ann Quill", "GBR")),
        (person("Ann B. Quill", "USA"), person("Ann C. Quill", "USA")),
        (person("Sergey Morozov", "RUS", ["envoy"]), person("Sergei Morozov", "RUS", ["coach"])),
        (person("Sergey Morozov", None, ["envoy"]), person("Sergei Morozova", None, ["envoy"])),
        (person("Li Wei", "CHN", ["minister"]), person("Lu Wei", "CHN", ["minister"])),
        (person("Quill"), person("Quill", "USA")),
        (person("a senior official", link_method="unnamed"), person("a senior official", "USA", link_method="unnamed")),
        (person("Ann Quill", None), person("Ann Quill", None, type="organization")),
        (person("Reform Party", type="organization"), person("Reform Party", "GBR", type="organization")),
    ],
)
def test_actors_that_may_be_two_stay_two(one, other):
    assert merged([one], [other]) == []


@pytest.mark.parametrize(("one", "other"), [("farmer", "senator"), ("president", "senator")])
def test_a_namesake_with_another_role_stays_where_the_family_name_is_no_rare_one(one, other):
    pair = [[person("John Quill", None, [one])], [person("John Quill", "USA", [other])]]
    assert merged(*pair) == [("John Quill", None, "John Quill", "USA", "merged_country")]
    assert merged(*pair, [person("Bo Quill")]) == []


def test_a_name_of_two_countries_that_is_one_person_takes_the_namesake_without_one():
    known = person("Ann Quill", "USA", ["ambassador to Libya"])
    found = merged([known], [known], [person("Ann Quill", "LBY", ["ambassador"])], [person("Ann Quill")])
    assert found == [
        ("Ann Quill", "LBY", "Ann Quill", "USA", "merged_country"),
        ("Ann Quill", None, "Ann Quill", "USA", "merged_country"),
    ]


def test_a_misspelt_name_in_the_same_article_does_not_keep_the_right_one_apart():
    found = merged([person("Ann Quillis", None), person("Ann Quills", "USA", ["mayor"])], [QUILLIS], [QUILLIS])
    assert found == [("Ann Quillis", None, "Ann Quillis", "USA", "merged_country")]


def test_two_that_one_article_tells_apart_stay_two():
    assert merged([person("Ann Quill"), person("Ann Quill", "GBR")], [person("Ann Quill")]) == []


def test_two_that_may_be_a_third_stay_apart_if_an_article_or_an_initial_tells_them_apart():
    plain = person("Ann Quill", "USA")
    assert merged([person("Ann B. Quill", "USA")], [person("Ann C. Quill", "USA")], [plain], [plain]) == []
    assert (
        merged(
            [person("Ann B. Quill", "USA")], [person("Ann B. Quill", "USA")], [person("Ann C. Quill", "USA")], [plain]
        )
        == []
    )
    both = [person("Mike Quill", "USA"), person("Michael J. Quill", "USA")]
    assert merged(both, [person("Michael Quill", "USA")], [person("Michael Quill", "USA")]) == []


def test_a_name_that_two_countries_bear_is_left_without_a_country():
    assert merged([person("Ann Quill")], [person("Ann Quill", "GBR")], [person("Ann Quill", "USA")]) == []


def test_a_known_person_takes_the_spellings_and_never_gives_its_id_away():
    known = person("Sergei Morozov", "RUS", ["envoy"], link_method="kb", actor_id="wd:Q1")
    found = merged(
        [person("Sergey Morozov", "RUS", ["envoy"])] * 1, [person("Sergey Morozov", "RUS", ["envoy"])], [known]
    )
    assert found == [("Sergey Morozov", "RUS", "Sergei Morozov", "RUS", "merged_spelling")]


def test_merges_do_not_depend_on_the_order_of_the_articles():
    articles = [[person("Ann B. Quill")], [person("Ann Quill")], [person("Ann Quill", "GBR")], [person("Bo Quill")]]
    assert merged(*articles) == merged(*reversed(articles))


def test_every_reference_gets_the_current_id_and_the_actor_says_how():
    old, new = person("Ann Quill"), person("Ann Quill", "GBR")
    connection = corpus([[old], [new]], [(0, old["actor_id"], "Quill"), (1, new["actor_id"], "Quill")])
    merge_actors(connection)
    assert connection.execute("SELECT DISTINCT actor_id FROM batch_mentions").fetchall() == [(new["actor_id"],)]
    rows = connection.execute("SELECT DISTINCT actor_id, link_method FROM batch_actors").fetchall()
    assert rows == [(new["actor_id"], "merged_country")]


# --------------------------------------------------------------------------------------------- redirects


@pytest.fixture
def last_release(tmp_path):
    """Writes the parts of a release that the next build looks at."""

    def write(actors, mentions, redirects=()):
        folder = tmp_path / "v1"
        folder.mkdir()
        columns = ["old_id", "actor_id", "reason"]
        schema = pa.schema([(name, pa.string()) for name in columns])
        pq.write_table(pa.table({"actor_id": pa.array(actors, pa.string())}), folder / "actors.parquet")
        cells = [dict(zip(("article_id", "actor_id", "text", "form"), row, strict=True)) for row in mentions]
        names = pa.schema([(name, pa.string()) for name in ("article_id", "actor_id", "text", "form")])
        pq.write_table(pa.Table.from_pylist(cells, schema=names), folder / "mentions.parquet")
        rows = [dict(zip(columns, row, strict=True)) for row in redirects]
        pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "actor_redirects.parquet")
        (folder / store.SUMS).write_text(store.sums_of(folder), encoding="utf-8")
        return folder

    return write


def redirects(connection, last):
    merge_actors(connection)
    connection.execute("CREATE TEMP TABLE actor_rows AS SELECT DISTINCT actor_id FROM batch_actors")
    return connection.execute(f"SELECT * FROM ({redirects_query(connection, last)}) ORDER BY old_id").fetchall()


def test_an_id_that_the_last_release_had_leads_to_what_its_words_mean_now(last_release):
    actor = person("Ann Quill", "GBR")
    last = last_release(["x:1"], [("a0", "x:1", "Ann Quill", "name"), ("a0", "x:1", "she", "pronoun")])
    found = redirects(corpus([[actor]], [(0, actor["actor_id"], "Ann Quill")]), last)
    assert found == [("x:1", actor["actor_id"], "renamed")]


def test_an_id_whose_articles_are_gone_leads_nowhere_and_says_so(last_release):
    last = last_release(["x:1"], [("a9", "x:1", "Ann Quill", "name")])
    assert redirects(corpus([[person("Bo Quill")]]), last) == [("x:1", None, "gone")]


def test_redirects_of_earlier_releases_are_carried_on_to_the_id_of_today(last_release):
    actor = person("Ann Quill", "GBR")
    last = last_release(["x:1"], [("a0", "x:1", "Ann Quill", "name")], [("x:0", "x:1", "renamed")])
    found = redirects(corpus([[actor]], [(0, actor["actor_id"], "Ann Quill")]), last)
    assert ("x:0", actor["actor_id"], "renamed") in found


def test_an_id_that_comes_back_is_redirected_no_more(last_release):
    actor = person("Ann Quill", "GBR")
    last = last_release([actor["actor_id"]], [], [(actor["actor_id"], "x:1", "renamed")])
    assert redirects(corpus([[actor]]), last) == []


def test_ids_merged_within_a_build_are_listed_without_a_release():
    old, new = person("Ann Quill"), person("Ann Quill", "GBR")
    found = redirects(corpus([[old], [new]]), None)
    assert found == [(old["actor_id"], new["actor_id"], "merged_country")]
