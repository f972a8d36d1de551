"""Positions and what they say about agreement: the views, and the measures of DNA that they compute."""

import itertools
import random

import duckdb
import pytest

from debate import day
from onrecord.schema import SchemaError
from onrecord.schema.views import load_views

POSITION = "SELECT earliest, latest, dated_by FROM positions"


# ---------------------------------------------------------------- macros beside views


def test_a_macro_is_loaded_after_what_it_reads():
    names = [view.name for view in load_views()]
    assert names.index("agreement") < names.index("congruence")
    assert names.index("positions") < names.index("positions_between") < names.index("stances")


def test_views_that_read_each_other_are_refused(tmp_path):
    (tmp_path / "one.sql").write_text("-- One.\nSELECT * FROM two\n")
    (tmp_path / "two.sql").write_text("-- Two.\nMACRO (x := NULL)\nSELECT * FROM one\n")
    with pytest.raises(SchemaError, match="in a circle"):
        load_views(tmp_path)


def test_a_macro_says_how_it_is_called():
    (stances,) = [view for view in load_views() if view.name == "stances"]
    assert stances.signature.startswith(
        "stances(since := NULL, until := NULL, unit := 'actor', duplicates := 'include'"
    )


# ---------------------------------------------------------------- positions


def test_copies_and_older_versions_take_no_position(debate):
    (china,) = debate.states("China")
    debate.article("first")
    debate.article("copy", duplicate_of="first")
    debate.article("newer", supersedes="first")
    for article in ("first", "copy", "newer"):
        debate.propose(china, article=article)
    assert debate.rows("SELECT article_id FROM positions") == [("newer",)]


def test_a_proposal_without_an_issue_takes_no_position(debate):
    (china,) = debate.states("China")
    debate.article()
    debate.propose(china, issue=None, stance=None)
    assert debate.rows(POSITION) == []


@pytest.mark.parametrize(
    "expression, said, expected",
    [
        (("2018-09-20", "2018-09-21"), ("2018-09-25", "2018-09-25"), ("2018-09-20", "2018-09-21", "date")),
        (None, ("2018-09-25", None), ("2018-09-25", "2018-09-27", "quote")),  # said before it was printed
        (None, None, ("2018-09-27", "2018-09-27", "article")),
        ((None, None), None, ("2018-09-27", "2018-09-27", "article")),  # some Tuesday
        (("2018-10-01", "2018-10-31"), None, ("2018-09-27", "2018-09-27", "article")),  # what is wanted by then
        (("2018-09-01", "2018-09-30"), None, ("2018-09-01", "2018-09-27", "date")),  # the rest had not come yet
    ],
)
def test_a_position_is_dated_by_the_closest_that_the_article_gives(debate, expression, said, expected):
    (china,) = debate.states("China")
    debate.article(day=day("2018-09-27"))
    if expression is not None:
        debate.add("dates", date_id="d", earliest=day(expression[0]), latest=day(expression[1]))
    if said is not None:
        debate.add("quotes", quote_id="q", said_earliest=day(said[0]), said_latest=day(said[1]))
    debate.propose(china, date_id=expression and "d", quote_id=said and "q")
    assert debate.rows(POSITION) == [(day(expected[0]), day(expected[1]), expected[2])]


def test_a_position_that_nothing_dates_has_no_day(debate):
    (china,) = debate.states("China")
    debate.article()
    debate.propose(china)
    assert debate.rows(POSITION) == [(None, None, "none")]


@pytest.mark.parametrize(
    "type, country, sector, speaks_for",
    [
        ("state", "NOR", "government", "state:NOR"),
        ("person", "NOR", "government", "state:NOR"),
        ("organization", "NOR", "military", "state:NOR"),
        ("person", None, "government", None),
        ("person", "NOR", None, None),  # an analyst from there
        ("organization", "NOR", "media", None),
    ],
)
def test_only_who_holds_its_office_speaks_for_a_state(debate, type, country, sector, speaks_for):
    debate.article()
    debate.propose(debate.actor("Someone", type, country, sector))
    assert debate.rows("SELECT state_id FROM positions") == [(speaks_for,)]


@pytest.mark.parametrize(
    "earliest, latest, counts",
    [
        ("2018-09-01", "2018-09-30", True),
        ("2018-08-31", "2018-09-30", False),
        ("2018-09-01", "2018-10-01", False),
        ("2018-09-10", None, False),
        (None, "2018-09-10", False),
        (None, None, False),
    ],
)
def test_a_position_counts_in_a_window_that_holds_all_days_it_may_be_of(debate, earliest, latest, counts):
    (china,) = debate.states("China")
    debate.article(published_earliest=day(earliest), published_latest=day(latest))
    debate.propose(china)
    assert len(debate.rows("FROM positions_between('2018-09-01', '2018-09-30')")) == counts
    assert len(debate.rows("FROM positions_between()")) == 1


def test_a_window_may_be_open_on_one_side(debate):
    (china,) = debate.states("China")
    debate.article(published_earliest=day("2018-09-10"))
    debate.propose(china)
    assert len(debate.rows("FROM positions_between(since := '2018-09-01')")) == 1
    assert len(debate.rows("FROM positions_between(until := '2019-09-01')")) == 0


def test_possibilities_unsure_rows_and_other_issues_are_left_out_of_a_network(debate):
    (china,) = debate.states("China")
    debate.article()
    debate.propose(china, modality="hypothetical")
    debate.propose(china, modality="withdrawn")
    debate.propose(china, confidence=0.3)
    debate.propose(china, issue="talks")
    wanted = debate.propose(china)
    query = "SELECT proposal_id FROM positions_between(min_confidence := 0.5, issue_ids := ['ease'])"
    assert debate.rows(query) == [(wanted,)]


@pytest.mark.parametrize(
    "issue, stance, concept, agreement",
    [
        ("ease", "support", "ease", True),
        ("ease", "oppose", "ease", False),
        ("ease", "conditional", "ease", None),
        ("keep", "support", "ease", False),
        ("keep", "oppose", "ease", True),
        ("keep", "conditional", "ease", None),
    ],
)
def test_an_issue_that_is_the_contrary_of_another_is_its_concept_turned(debate, issue, stance, concept, agreement):
    (china,) = debate.states("China")
    debate.article()
    debate.propose(china, issue, stance)
    query = "SELECT issue_id, stance, concept_id, agreement FROM positions"
    assert debate.rows(query) == [(issue, stance, concept, agreement)]


def test_a_concept_is_asked_for_with_its_contraries_or_one_of_these_alone(debate):
    (china,) = debate.states("China")
    debate.article()
    for issue in ("ease", "keep", "talks"):
        debate.propose(china, issue)
    query = "SELECT issue_id FROM positions_between(issue_ids := ?) ORDER BY ALL"
    assert debate.rows(query, ["ease"]) == [("ease",), ("keep",)]
    assert debate.rows(query, ["keep"]) == [("keep",)]


# ---------------------------------------------------------------- agreement


def test_a_state_takes_a_stance_once_however_many_speak_for_it_in_one_proposal(debate):
    (russia,) = debate.states("Russia")
    lavrov = debate.actor("Lavrov", "person", "RUS", "government")
    debate.article()
    debate.propose([russia, lavrov])
    query = "SELECT id, statements FROM stances(unit := '{}')"
    assert debate.rows(query.format("state")) == [("state:RUS", 1)]
    assert debate.rows(query.format("actor")) == [("Lavrov", 1), ("state:RUS", 1)]


def test_an_actor_is_not_tied_to_the_state_that_it_speaks_for(debate):
    russia, china = debate.states("Russia", "China")
    lavrov = debate.actor("Lavrov", "person", "RUS", "government")
    debate.article()
    debate.propose([russia, lavrov])
    debate.propose(china)
    assert debate.rows("SELECT name_1, name_2 FROM congruence()") == [("Lavrov", "China"), ("China", "Russia")]


def test_a_state_that_no_article_names_has_its_code_for_a_name(debate):
    debate.article()
    debate.propose(debate.actor("Minister", "person", "NOR", "government"))
    assert debate.rows("SELECT id, name FROM stances(unit := 'state')") == [("state:NOR", "NOR")]


def test_who_wants_a_policy_and_who_wants_its_contrary_are_in_conflict(debate):
    china, norway = debate.states("China", "Norway")
    debate.article()
    debate.propose(china, "ease")
    debate.propose(norway, "keep")
    assert debate.rows("SELECT weight, concept_ids FROM conflict()") == [(1, ["ease"])]
    assert debate.rows("FROM congruence()") == []


def test_a_conditional_stance_neither_agrees_nor_disagrees(debate):
    russia, china = debate.states("Russia", "China")
    debate.article()
    debate.propose(russia, stance="conditional")
    debate.propose(china)
    assert debate.rows("FROM agreement()") == []
    assert debate.rows("SELECT id, stance FROM stances()") == [("state:CHI", "support"), ("state:RUS", "conditional")]


@pytest.mark.parametrize("arguments", ["unit := 'person'", "duplicates := 'week'", "since := 'yesterday'"])
def test_a_wrong_argument_is_an_error_and_no_empty_network(debate, arguments):
    (china,) = debate.states("China")
    debate.article(day=day("2018-09-27"))
    debate.propose(china)
    with pytest.raises(duckdb.Error):
        debate.rows(f"FROM congruence({arguments})")


def test_a_moving_window_is_one_query(debate):
    china, russia = debate.states("China", "Russia")
    for month in ("02", "03", "05"):
        debate.article(month, day=day(f"2018-{month}-10"))
        debate.propose([china, russia], article=month)
    query = """
        SELECT month(first), weight
        FROM range(DATE '2018-01-01', DATE '2018-06-01', INTERVAL 1 MONTH) months(first),
          congruence(first, first + INTERVAL 2 MONTH - INTERVAL 1 DAY)
        ORDER BY ALL
    """
    assert debate.rows(query) == [(1, 1), (2, 4), (3, 1), (4, 1), (5, 1)]


def by_dna(statements, one, other):
    """(congruence, conflict, average, Jaccard, cosine) of two actors, from an array actor x issue x stance.

    Written from the definitions in DNA's manual (section 2), as loops over cells: no line of it is shared with the SQL.
    """

    def cell(actor, issue, stance):
        return sum(s[:3] == (actor, issue, stance) for s in statements)

    cells = [(i, s) for i in ("ease", "talks", "tests") for s in ("support", "oppose")]
    activity = [sum(cell(actor, *c) for c in cells) for actor in (one, other)]
    congruence = sum(cell(one, *c) * cell(other, *c) for c in cells)
    conflict = sum(cell(one, i, s) * cell(other, i, t) for i, s in cells for t in ("support", "oppose") if s != t)
    only = sum(cell(one, *c) for c in cells if not cell(other, *c))
    only += sum(cell(other, *c) for c in cells if not cell(one, *c))
    return congruence, conflict, sum(activity) / 2, congruence + only, activity[0] * activity[1]


@pytest.mark.parametrize("duplicates", ["include", "document", "acrossrange"])
def test_ties_and_their_normalizations_are_those_of_dna(debate, duplicates):
    chance = random.Random(7)
    actors = debate.states("China", "Russia", "Norway", "Peru", "Iran")
    statements = []
    for article in ("a", "b", "c"):
        debate.article(article)
        for _ in range(14):
            actor, issue = chance.choice(actors), chance.choice(["ease", "talks", "tests"])
            stance = chance.choice(["support", "support", "oppose"])
            debate.propose(actor, issue, stance, article)
            statements.append((actor, issue, stance, article))
    if duplicates == "document":
        statements = list(set(statements))
    elif duplicates == "acrossrange":
        statements = list({s[:3] for s in statements})
    expected = {"congruence": {}, "conflict": {}, "subtract": {}}
    for one, other in itertools.combinations(sorted(actors), 2):
        congruence, conflict, *norms = by_dna(statements, one, other)
        weights = {"congruence": congruence, "conflict": conflict, "subtract": congruence - conflict}
        for network, weight in weights.items():
            if weight:
                expected[network][one, other] = pytest.approx((weight, *(weight / norm for norm in norms)))
    for network, ties in expected.items():
        query = f"SELECT id_1, id_2, weight, average_activity, jaccard, cosine FROM {network}(duplicates := ?)"
        assert {row[:2]: row[2:] for row in debate.rows(query, duplicates)} == ties
    assert len(expected["conflict"]) > 3
