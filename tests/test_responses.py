"""Which proposal answers which, over acts made by hand."""

import duckdb
import pytest

from onrecord.assemble.across.initiatives import _teach
from onrecord.assemble.across.responses import find_answers
from onrecord.assemble.across.same_act import KINDS
from onrecord.assemble.across.utterances import _number
from onrecord.assemble.across.wording import to_words
from onrecord.assemble.kept import Kept

TABLES = """
CREATE TABLE told (
    number BIGINT, proposal_id VARCHAR, article_id VARCHAR, start BIGINT, "end" BIGINT, type VARCHAR, kind VARCHAR,
    issue_id VARCHAR, stance VARCHAR, proposers UBIGINT[], others UBIGINT[], day DATE, length BIGINT,
    words UINTEGER[], numbers VARCHAR[]
);
CREATE VIEW told_proposals AS FROM told;
CREATE VIEW told_acts AS
SELECT * EXCLUDE (words, numbers), true AS counts, day AS latest, NULL AS outlet, NULL AS group_id, NULL AS utterance_id
FROM told;
CREATE VIEW act_reports AS SELECT number, hash(proposal_id) AS digest, day, issue_id, stance FROM told;
CREATE VIEW changed AS SELECT number FROM told;
CREATE TABLE joined_proposals (proposal_id VARCHAR, initiative_id VARCHAR)
"""
DREDGE = "to dredge the old harbour"


@pytest.fixture
def answers(tmp_path):
    """answers(act...) -> the rows of initiative_links. An act is (text, type, proposer, issue, stance); all are of one
    article, the first is the fullest."""
    with duckdb.connect() as connection:
        _teach(connection)
        connection.execute(TABLES)

        def find(*acts):
            for number, (text, type_, proposer, issue, stance) in enumerate(acts, 1):
                place = (number, f"a:{number}", "a", number * 100, number * 100 + 50)
                sides = (issue, stance, [_number(proposer)], [], "2020-01-01", -number)
                words = [_number(word) for word in to_words(text)]
                connection.execute(
                    f"INSERT INTO told VALUES ({', '.join('?' * 14)}, [])",
                    [*place, type_, KINDS[type_], *sides, words],
                )
            find_answers(Kept(connection, None, tmp_path))
            return connection.execute(
                "SELECT initiative_id, responds_to, relation, link_method FROM answers"
            ).fetchall()

        yield find


@pytest.mark.parametrize(
    "wanted, refused, method",
    [
        (("harbour", "support"), ("harbour", "oppose"), "words"),
        (("harbour", "support"), (None, None), "words"),
        ((None, None), ("harbour", "oppose"), "words"),
        ((None, None), (None, None), None),
        (("harbour", "support"), ("fees", "oppose"), None),
        (("harbour", "support"), ("harbour", "support"), None),
    ],
    ids=["one issue", "what is answered has one", "the answer has one", "none", "two issues", "sides do not fit"],
)
def test_like_contents_answer_one_another_where_an_issue_says_so_or_only_one_has_any(answers, wanted, refused, method):
    found = answers((DREDGE, "call_for", "Ann", *wanted), (DREDGE, "reject", "Bob", *refused))
    assert found == ([("a:2", "a:1", "rejects", method)] if method else [])


@pytest.mark.parametrize(
    "refused, found",
    [("any work in the harbour", [("a:2", "a:1", "opposes", "issue")]), ("to paint the school red", [])],
)
def test_on_one_issue_little_in_common_is_enough_but_not_nothing(answers, refused, found):
    asked = (f"{DREDGE} and build a quay", "call_for", "Ann", "harbour", "support")
    assert answers(asked, (refused, "oppose", "Bob", "harbour", "oppose")) == found
