"""Proofs find nothing only where the rules that they are of would find nothing, whatever is wrong, in any month."""

import shutil
from collections import Counter
from datetime import timedelta

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.checks import load_expectations
from onrecord.checks.checked_months import read_checked
from onrecord.checks.proofs import load_proofs
from onrecord.checks.queries import opened
from onrecord.schema import load_package
from onrecord.storage import parts
from onrecord.storage.parts import files_of, part_of

TABLES = load_package().tables
RULES = {f"{r.table}.{r.name}": r for r in load_expectations() if r.count_query in load_proofs()}
MONTHS = [(2019, 1), (2019, 2), (2020, 7), parts.UNKNOWN]


@pytest.fixture(scope="module")
def sound(release, tmp_path_factory):
    """The release in four months, whose proofs were counted once and are kept."""
    folder = tmp_path_factory.mktemp("sound") / "build"
    folder.mkdir()
    with duckdb.connect() as connection:
        for table in TABLES.values():
            connection.execute(f"CREATE VIEW {table.name} AS FROM read_parquet('{release}/{table.name}.parquet')")
        for table in TABLES.values():
            if not table.article:
                shutil.copy(release / f"{table.name}.parquet", folder)
                continue
            for part, month in enumerate(MONTHS):
                rows = connection.sql(
                    f"SELECT * FROM {table.name} WHERE {table.article} IN (SELECT article_id FROM "
                    f"(SELECT article_id, row_number() OVER (ORDER BY article_id) % 4 AS part FROM articles) "
                    f"WHERE part = {part})"
                )
                parts.write_part(part_of(folder, table.name, month), iter(rows.to_arrow_table().to_batches()), table)
    kept = read_checked(folder, "program")
    with opened(folder, kept) as queries:
        queries.count_by_month(RULES.values())
    kept.write()
    return folder


@pytest.fixture
def build(sound, tmp_path):
    return shutil.copytree(sound, tmp_path / "build")


def edit(build, table, change, month=2):
    """Write the rows of a table in one month anew: `change` gets them as a list of dicts, and may change it."""
    path = part_of(build, table, MONTHS[month]) if TABLES[table].article else build / f"{table}.parquet"
    found = pq.read_table(path, partitioning=None)
    rows = found.to_pylist()
    change(rows)
    pq.write_table(pa.Table.from_pylist(rows, schema=found.schema), path)


def read(path):
    return pq.read_table(path, partitioning=None).to_pylist()


def test_of_a_sound_build_all_is_proven_and_no_rule_that_has_a_proof_is_run(sound, monkeypatch):
    with opened(sound, read_checked(sound, "program")) as queries:
        asked = []
        run = type(queries.views).run
        monkeypatch.setattr(type(queries.views), "run", lambda views, query: asked.append(query) or run(views, query))
        assert {name: queries.count(rule) for name, rule in RULES.items()} == dict.fromkeys(RULES, 0)
        assert asked and not {rule.count_query for rule in RULES.values()} & {*asked}
        assert len(asked) < 10  # proofs whose scope is an article are kept


def more(column):
    return lambda rows: rows[0].update({column: rows[0][column] + 1})


def other(column, value):
    return lambda rows: rows[0].update({column: value})


def swapped(column):
    """The values of two rows that differ, exchanged: no sum over one column sees that."""

    def change(rows):
        second = next(row for row in rows if row[column] != rows[0][column])
        rows[0][column], second[column] = second[column], rows[0][column]

    return change


def used(change):
    """A change of the first actor that is mentioned."""

    def of_used(rows):
        rows.sort(key=lambda row: row["mention_count"] == 0)
        change(rows)

    return of_used


def a_day_more(rows):
    dated = next(row for row in rows if row["last_seen"])
    dated["last_seen"] += timedelta(days=1)


DAMAGE = {
    "quotes of an utterance": ("utterances", more("quote_count"), "utterances.utterance_counts_match_quotes"),
    "articles of an utterance": ("utterances", more("article_count"), "utterances.utterance_counts_match_quotes"),
    "outlets of an utterance": (
        "utterances",
        lambda rows: rows[0].update(outlet_count=9),
        "utterances.utterance_counts_match_quotes",
    ),
    "an utterance gone": ("utterances", lambda rows: rows.pop(0), "quotes.utterance_id__foreign_key"),
    "an utterance that nobody tells": (
        "utterances",
        other("utterance_id", "ab:q:1-2"),
        "utterances.utterance_wording_is_its_quote",
    ),
    "quotes of two utterances exchanged": (
        "quotes",
        swapped("utterance_id"),
        "utterances.utterance_wording_is_its_quote",
    ),
    "a quote of no utterance": ("quotes", other("utterance_id", "gone:q:1-2"), "quotes.utterance_id__foreign_key"),
    "a quote gone": ("quotes", lambda rows: rows.pop(0), "utterances.utterance_counts_match_quotes"),
    "a wording": ("utterances", other("text", "Nobody said this."), "utterances.utterance_wording_is_its_quote"),
    "another wording's quote": ("utterances", swapped("quote_id"), "utterances.utterance_wording_is_its_quote"),
    "a wording from nowhere": (
        "utterances",
        other("quote_id", "gone:q:1-2"),
        "utterances.utterance_wording_is_its_quote",
    ),
    "proposals of an initiative": (
        "initiatives",
        more("proposal_count"),
        "initiatives.initiative_counts_match_proposals",
    ),
    "articles of an initiative": (
        "initiatives",
        more("article_count"),
        "initiatives.initiative_counts_match_proposals",
    ),
    "a proposal of none": ("proposals", other("initiative_id", "gone:p:1"), "proposals.initiative_id__foreign_key"),
    "an act's wording": ("initiatives", other("text", "to do this"), "initiatives.initiative_wording_is_its_proposal"),
    "an act's proposal": ("initiatives", swapped("proposal_id"), "initiatives.initiative_wording_is_its_proposal"),
    "mentions of an actor": ("actors", used(more("mention_count")), "actors.actor_counts_match_mentions"),
    "mentions of two actors exchanged": (
        "actors",
        used(swapped("mention_count")),
        "actors.actor_counts_match_mentions",
    ),
    "articles of an actor": ("actors", used(more("article_count")), "actors.actor_counts_match_mentions"),
    "the last day of an actor": ("actors", a_day_more, "actors.actor_counts_match_mentions"),
    "a form that nobody writes": (
        "actors",
        used(lambda rows: rows[0]["aliases"].append("zz")),
        "actors.actor_counts_match_mentions",
    ),
    "a form twice": (
        "actors",
        used(lambda rows: rows[0]["aliases"].insert(0, rows[0]["aliases"][0])),
        "actors.actor_counts_match_mentions",
    ),
    "forms in another order": (
        "actors",
        lambda rows: next(row for row in rows if len(row["aliases"]) > 1)["aliases"].reverse(),
        "actors.actor_counts_match_mentions",
    ),
    "a mention of another": ("mentions", swapped("actor_id"), "actors.actor_counts_match_mentions"),
    "a mention of nobody": ("mentions", other("actor_id", "x:gone"), "mentions.actor_id__foreign_key"),
    "a speaker who is none": ("quotes", other("speaker_actor_id", "x:gone"), "quotes.speaker_actor_id__foreign_key"),
    "an addressee who is none": (
        "quotes",
        other("addressee_actor_id", "x:gone"),
        "quotes.addressee_actor_id__foreign_key",
    ),
    "a joint speaker who is none": (
        "quote_speakers",
        other("actor_id", "x:gone"),
        "quote_speakers.actor_id__foreign_key",
    ),
    "a party who is none": ("proposal_actors", other("actor_id", "x:gone"), "proposal_actors.actor_id__foreign_key"),
    "an utterer who is none": (
        "utterances",
        other("speaker_actor_id", "x:gone"),
        "utterances.speaker_actor_id__foreign_key",
    ),
    "a proposal within no quote": ("proposals", other("quote_id", "gone:q:1-2"), "proposals.quote_id__foreign_key"),
    "a proposal on no date": ("proposals", other("date_id", "gone:d:1-2"), "proposals.date_id__foreign_key"),
    "a correction that is none": (
        "dates",
        other("corrected_by", ["gone"]),
        "corrections.corrected_row_names_its_correction",
    ),
    "a key twice": (
        "mentions",
        lambda rows: rows[1].update(mention_id=rows[0]["mention_id"]),
        "mentions.mention_id__values_to_be_unique",
    ),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_damage_after_a_check_is_counted_as_by_the_rule_itself(build, what):
    table, change, broken = DAMAGE[what]
    edit(build, table, change)
    with opened(build, read_checked(build, "program")) as queries:
        counted = {name: queries.count(rule) for name, rule in RULES.items()}
        assert counted == {name: queries.views.value(rule.count_query) for name, rule in RULES.items()}
    assert counted[broken] > 0


@pytest.mark.parametrize("table", [t.name for t in TABLES.values() if t.article and t.name != "articles"])
def test_a_key_that_stands_in_two_months_is_found(build, table):
    month, row = next((m, row) for m, _ in enumerate(MONTHS) for row in read(part_of(build, table, MONTHS[m])))
    edit(build, table, lambda rows: rows.append(row), month=month - 1)
    (rule,) = (r for n, r in RULES.items() if n.startswith(f"{table}.") and n.endswith("_to_be_unique"))
    with opened(build, read_checked(build, "program")) as queries:
        assert queries.count(rule) == queries.views.value(rule.count_query) == 2


def joined(build, outside):
    """Let a quote of month 2 report the utterance of one of month 0, as it would if that had been said in both."""
    pieces = Counter(quote["group_id"] for path in files_of(build, "quotes") for quote in read(path))
    first, later = (
        next(quote for quote in read(part_of(build, "quotes", MONTHS[month])) if pieces[quote["group_id"]] == 1)
        for month in (0, 2)
    )

    def report(rows):
        for row in rows:
            if row["quote_id"] == later["quote_id"]:
                row.update(utterance_id=first["utterance_id"], utterance_method="same_words", utterance_similarity=1.0)

    def count(rows):
        for row in rows:
            if row["utterance_id"] == first["utterance_id"]:
                row["quote_count"] += 1
                row["article_count"] = max(2 - len(outside), 1)

    edit(build, "quotes", report)
    edit(build, "utterances", count, month=0)
    edit(
        build,
        "utterances",
        lambda rows: rows.remove(next(r for r in rows if r["utterance_id"] == later["utterance_id"])),
    )
    for month, quote in ((0, first), (2, later)):

        def copy(rows, quote=quote):
            next(r for r in rows if r["article_id"] == quote["article_id"])["duplicate_of"] = "another"

        if month in outside:
            edit(build, "articles", copy, month=month)
    return first["utterance_id"]


@pytest.mark.parametrize("outside", [(), (0,), (2,), (0, 2)], ids=lambda months: f"copies in {months}")
def test_what_articles_of_two_months_tell_is_proven_and_a_wrong_number_found(build, outside):
    utterance = joined(build, outside)
    rule = RULES["utterances.utterance_counts_match_quotes"]
    with opened(build, read_checked(build, "program")) as queries:
        assert queries.count(rule) == queries.views.value(rule.count_query) == 0
        (proof,) = load_proofs()[rule.count_query]
        assert all(queries.count(needed) == 0 for needed in proof.needed)

    def one_more(rows):
        next(row for row in rows if row["utterance_id"] == utterance)["article_count"] += 1

    edit(build, "utterances", one_more, month=0)
    with opened(build, read_checked(build, "program")) as queries:
        assert queries.count(rule) == queries.views.value(rule.count_query) == 1
