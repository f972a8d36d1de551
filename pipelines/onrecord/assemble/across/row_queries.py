"""What the tables are made of, in SQL, once it is known what belongs together."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.assemble.slices import create_in_slices
from onrecord.schema import load_package
from onrecord.storage.database import fitting
from onrecord.storage.parts import scan

if TYPE_CHECKING:
    import duckdb

# Of reports (article_id, outlet, latest, counts): where and how often it was told. What only copies tell counts once.
_TOLD = """
       first(article_id ORDER BY counts DESC, latest NULLS LAST, article_id) AS first_article_id,
       first(article_id ORDER BY counts DESC, latest DESC NULLS LAST, article_id DESC) AS last_article_id,
       greatest(count(DISTINCT article_id) FILTER (counts), 1) AS article_count,
       greatest(count(DISTINCT outlet) FILTER (counts), 1) AS outlet_count"""
_WORDED = """
    SELECT group_id, string_agg(text, ' […] ' ORDER BY start, quote_id) AS text,
           group_id AS quote_id,  -- the first piece, by which the group is named
           first(speaker_actor_id ORDER BY start) AS speaker_actor_id, any_value(article_id) AS article_id,
           max(said_earliest) AS said_earliest, min(said_latest) AS said_latest
    FROM {quotes} {these} GROUP BY group_id"""

JOINED_UTTERANCES = f"""
CREATE OR REPLACE TEMP TABLE joined_utterances AS
WITH told AS (
    SELECT utterance_id, count(*) AS quote_count, max(said_earliest) AS earliest,
           least(min(said_latest), min(latest)) AS said_latest, {_TOLD.strip()}
    FROM joined_quotes GROUP BY utterance_id
),
worded AS ({
    _WORDED.format(
        quotes="batch_quotes SEMI JOIN kept USING (input_id, batch)",
        these="SEMI JOIN (FROM joined_quotes WHERE method = 'fullest') USING (group_id)",
    )
})
SELECT t.* EXCLUDE earliest, CASE WHEN earliest <= coalesce(t.said_latest, earliest) THEN earliest END AS said_earliest,
       w.text, w.quote_id, w.speaker_actor_id
FROM told t JOIN joined_quotes j ON j.utterance_id = t.utterance_id AND j.method = 'fullest'
JOIN worded w USING (group_id)
"""
_ALONE_UTTERANCES = f"""
SELECT group_id AS utterance_id, text, quote_id, speaker_actor_id,
       article_id AS first_article_id, article_id AS last_article_id,
       CASE WHEN said_earliest <= coalesce(least(said_latest, latest), said_earliest) THEN said_earliest END
           AS said_earliest,
       least(said_latest, latest) AS said_latest,
       1 AS quote_count, 1 AS article_count, 1 AS outlet_count
FROM ({_WORDED.format(quotes="written_quotes", these="ANTI JOIN joined_here USING (group_id) WHERE {these}")})
JOIN tellers USING (article_id)
"""
QUOTES = """
SELECT q.*, coalesce(j.utterance_id, group_id) AS utterance_id, coalesce(j.method, 'fullest') AS utterance_method,
       j.similarity AS utterance_similarity
FROM batch_quotes q SEMI JOIN kept USING (input_id, batch)
LEFT JOIN (SELECT group_id, utterance_id, method, similarity FROM joined_quotes) j USING (group_id)
"""

PROPOSALS = """
SELECT p.* REPLACE (coalesce(p.issue_id, g.issue_id) AS issue_id, coalesce(p.stance, g.stance) AS stance),
       coalesce(j.initiative_id, proposal_id) AS initiative_id, coalesce(j.method, 'fullest') AS initiative_method,
       j.similarity AS initiative_similarity
FROM batch_proposals p SEMI JOIN kept USING (input_id, batch)
LEFT JOIN grouped g USING (proposal_id)
LEFT JOIN (SELECT proposal_id, initiative_id, method, similarity FROM joined_proposals) j USING (proposal_id)
"""
# What the proposals of an initiative say together. Of issue and stance the commonest counts, then the first by name.
_ACTORS = """
    SELECT {id} AS initiative_id, list_sort(list(DISTINCT actor_id) FILTER (role = 'proposer')) AS proposers,
           list_sort(list(DISTINCT actor_id) FILTER (role = 'target')) AS targets
    FROM {actors} {these} GROUP BY ALL"""
JOINED_INITIATIVES = f"""
CREATE OR REPLACE TEMP TABLE joined_initiatives AS
WITH told AS (
    SELECT initiative_id, count(*) AS proposal_count, min(latest) AS first_seen, max(latest) AS last_seen,
           {_TOLD.strip()}
    FROM joined_proposals GROUP BY initiative_id
),
coded AS (
    SELECT initiative_id, first(issue_id ORDER BY proposals DESC, issue_id, stance) AS issue_id,
           first(stance ORDER BY proposals DESC, issue_id, stance) AS stance
    FROM (SELECT initiative_id, issue_id, stance, count(*) AS proposals
          FROM joined_proposals WHERE issue_id IS NOT NULL GROUP BY ALL)
    GROUP BY initiative_id
),
parties AS ({
    _ACTORS.format(
        id="initiative_id",
        actors="batch_proposal_actors SEMI JOIN kept USING (input_id, batch)",
        these="JOIN joined_proposals USING (proposal_id)",
    )
})
SELECT t.*, p.text, p.proposal_id, p.type, coded.issue_id, coded.stance, coalesce(proposers, []) AS proposers,
       coalesce(targets, []) AS targets
FROM told t JOIN joined_proposals j ON j.initiative_id = t.initiative_id AND j.method = 'fullest'
JOIN (SELECT proposal_id, text, type FROM batch_proposals SEMI JOIN kept USING (input_id, batch)) p USING (proposal_id)
LEFT JOIN coded ON coded.initiative_id = t.initiative_id LEFT JOIN parties ON parties.initiative_id = t.initiative_id
"""
_ALONE_INITIATIVES = f"""
SELECT proposal_id AS initiative_id, p.text, proposal_id, p.type, issue_id, stance,
       coalesce(proposers, []) AS proposers, coalesce(targets, []) AS targets,
       article_id AS first_article_id, article_id AS last_article_id, latest AS first_seen, latest AS last_seen,
       1 AS proposal_count, 1 AS article_count, 1 AS outlet_count
FROM (FROM written_proposals ANTI JOIN joined_here USING (proposal_id) WHERE {{these}}) p
JOIN tellers USING (article_id)
LEFT JOIN ({
    _ACTORS.format(
        id="proposal_id",
        actors="(SELECT *, split_part(proposal_id, ':', 1) AS article_id FROM written_proposal_actors)",
        these="WHERE {these}",
    )
}) a ON a.initiative_id = p.proposal_id
"""
LINKS = "FROM answers"
_ALONE = {"utterances": _ALONE_UTTERANCES, "initiatives": _ALONE_INITIATIVES}
_OF_ROW = 3_000  # bytes of memory for each row whose texts are brought together at a time
# Tables that are made of others of the same build, and these, the one with their texts first.
MADE_OF = {"utterances": ("quotes",), "initiatives": ("proposals", "proposal_actors")}


def across_query(connection: "duckdb.DuckDBPyConnection", name: str, written: Callable[[str], Sequence[Path]]) -> str:
    """The query for the rows of utterances or initiatives: those of several reports, and those of one, if that is in
    one of the articles `kept`.

    `written` gives the files of a table that they are made of.
    """
    for table in MADE_OF[name]:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW written_{table} AS FROM {scan(written(table))} "
            f"WHERE {load_package().tables[table].article} IN (SELECT article_id FROM kept)"
        )
    told = MADE_OF[name][0]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE joined_here AS
        FROM joined_{told} WHERE article_id IN (SELECT article_id FROM written_{told})
    """)
    ((rows,),) = connection.execute(f"SELECT count(*) FROM written_{told}").fetchall()
    slices = rows // fitting(connection, _OF_ROW) + 1
    create_in_slices(
        connection, "alone", _ALONE[name], (f"hash(article_id) % {slices} = {number}" for number in range(slices))
    )
    return f"FROM joined_{name} UNION ALL BY NAME FROM alone"


# What other articles have a say in of the rows of an article, each fact once, by kind, see assemble.months. Of what
# gives its id to others, the row is as if it were alone.
FACTS = """
CREATE OR REPLACE TEMP VIEW across_facts AS
SELECT article_id, 'quote' AS kind, concat_ws(' ', group_id, utterance_id, method, similarity) AS fact
FROM joined_quotes WHERE method <> 'fullest' OR utterance_id <> group_id
UNION ALL SELECT first_article_id, 'utterance', u::VARCHAR FROM joined_utterances u
UNION ALL
SELECT article_id, 'proposal', concat_ws(' ', proposal_id, initiative_id, method, similarity)
FROM joined_proposals WHERE method <> 'fullest' OR initiative_id <> proposal_id
UNION ALL SELECT first_article_id, 'initiative', i::VARCHAR FROM joined_initiatives i
UNION ALL SELECT split_part(initiative_id, ':', 1), 'link', a::VARCHAR FROM answers a
"""
