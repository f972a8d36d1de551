"""What several articles tell of one thing: utterances, initiatives and who answers them."""

import json
import math
from datetime import date

import duckdb
import pyarrow as pa
import pytest

from debate import Debate
from onrecord.assemble.across.groups import register_groups, to_groups
from onrecord.assemble.across.same_act import KINDS, ToldAct, load_weights, same_act, signs
from onrecord.assemble.across.same_words import Wording, same_words
from onrecord.assemble.across.wording import compare, is_clause, to_words
from onrecord.explore.query import open_release
from onrecord.schema import load_package
from scoring_across import LABELS, read_pairs

# ---------------------------------------------------------------- wordings


@pytest.mark.parametrize(
    "one, other",
    [
        ("any negotiations are a two-way street", "Any negotiation is a two-way street,"),
        ("We lifted the bans", "lifting a ban"),
        ("denuclearization", "denuclearisation"),
        ("They don’t agree", "they do not agree"),
        ("the ministry’s policies", "ministries’ policy"),
        ("[T]hey tap[ped] it", "They tapped it"),
        ("The U.N. lifted it", "the United Nations lifted it"),
    ],
)
def test_inflection_spelling_and_grammar_do_not_count(one, other):
    assert to_words(one) == to_words(other)


@pytest.mark.parametrize("one, other", [("We will sign", "We will not sign"), ("5 ships", "6 ships")])
def test_a_negation_and_a_number_count(one, other):
    assert to_words(one) != to_words(other)


def test_words_in_common_are_counted_in_order():
    common = compare(list("abcde"), list("xbadce"))
    assert (common.kept, common.shorter, common.longer) == (3, 5, 6)
    assert compare(list("ab"), list("ab")).pairs == 1
    assert compare([], list("ab")).coverage == 0


@pytest.mark.parametrize(
    "text, told",
    [
        ("he would close the port", True),
        ("to close the port", True),
        ("it wasn't closed", True),
        ("the port", False),
        ("any increase in harbour fees", False),
        ("", False),
    ],
)
def test_a_clause_tells_and_a_noun_only_names(text, told):
    assert is_clause(text) is told


# ---------------------------------------------------------------- the same words


def _wording(text, marked=None):
    """Quoted whole, or with words in marks, or told without any if marked is ""."""
    return Wording(to_words(text), to_words(text if marked is None else marked), is_clause(text))


QUAY = "We will open the old quay by May, come what may, for the fishing fleet needs it"
SAME = {
    "whole": (_wording(QUAY), _wording(QUAY), "exact"),
    "cut": (_wording(QUAY), _wording("We will open the old quay by May"), "cut"),
    "with an insertion": (
        _wording("They [the councillors] must pay every fisherman a decent wage and keep the harbour clean"),
        _wording("they must pay every fisherman a decent daily wage and keep the harbour clean"),
        "changed",
    ),
    "each cut at another end": (
        _wording(
            "The winter was long. Nobody sold fish. We will open the old stone quay in spring for our fishing fleet"
        ),
        _wording(
            "We will open the old stone quay in spring for our fishing fleet. Ships from Norway come, tourists follow"
        ),
        "changed",
    ),
    "in marks within a sentence": (
        _wording(QUAY),
        _wording(
            "the mayor’s plans are good, as “the fishing fleet needs it” more than ever", "the fishing fleet needs it"
        ),
        "cut",
    ),
    "told without marks": (_wording(QUAY), _wording("the council would open the quay by May", ""), None),
    "told in most of the words": (
        _wording(QUAY),
        _wording("she would open the old harbour and the quay for the fleet", ""),
        "indirect",
    ),
    "told in the same words": (_wording(QUAY), _wording("she would open the old quay by May", ""), "indirect"),
}


@pytest.mark.parametrize("ours, theirs, method", SAME.values(), ids=SAME)
def test_the_same_words_are_told_with_how_they_differ(ours, theirs, method):
    found = same_words(ours, theirs, are_dated=True)
    assert (found and found.method) == method
    assert same_words(theirs, ours, are_dated=True) == found


def test_what_only_names_a_thing_is_no_report_of_a_sentence():
    told = _wording("she spoke of the new harbour fees at length", "")
    assert same_words(told, _wording("the new harbour fees", ""), are_dated=True) is None
    assert same_words(told, _wording("she spoke of the new harbour fees", ""), are_dated=True)


def test_three_words_are_enough_only_within_days():
    ours, theirs = _wording("The old quay opens"), _wording("the old quay opens at last, and nobody knows why")
    assert same_words(ours, theirs, are_dated=True)
    assert same_words(ours, theirs, are_dated=False) is None


# ---------------------------------------------------------------- the same act


def _act(text, type_="call_for", issue=None, stance=None, article="a", utterance=None, others=(), day=1):
    group = f"{article}:{utterance}" if utterance else None
    numbers = [word for word in text.split() if word.isdigit()]
    dated = day and date(2020, 1, day)
    return ToldAct(KINDS[type_], to_words(text), numbers, issue, stance, group, utterance, others, article, dated)


HARBOUR = "to dredge the harbour, the river and canals"
ACTS = {
    "like contents": (_act("to close the old harbour"), _act("closing the harbour"), "words"),
    "another type": (_act("to close the old harbour"), _act("closing the old harbour", "demand"), "words"),
    "another kind": (_act("to close the old harbour"), _act("to close the harbour", "reject"), None),
    "another side": (_act("close the old harbour", "urge", "h", "support"),
                     _act("closing the harbour", issue="h", stance="oppose"), None),
    "another number": (_act("to close 3 old harbours"), _act("to close 4 old harbours"), None),
    "one issue and much in common": (
        _act(f"{HARBOUR} and docks this summer", issue="h", stance="support"),
        _act("dredging a harbour, a river, canals and ponds for tourists", issue="h", stance="support"),
        "issue",
    ),
    "little in common, a week apart": (
        _act(HARBOUR), _act("the harbour and river of old sailors", article="b", day=8), None
    ),
    "the same asked of others": (
        _act("to dredge the harbour and river", others=["state:IRL"]),
        _act("dredging a harbour of the north", article="b", others=["x:mayor"]),
        None,
    ),
    "one sentence": (_act("we must dredge the harbour", utterance="u"),
                     _act("dredge the harbour", "plan", article="b", utterance="u"), "utterance"),
    "nothing in common": (_act("to close the harbour"), _act("to raise wages"), None),
}  # fmt: skip


@pytest.mark.parametrize("ours, theirs, method", ACTS.values(), ids=ACTS)
def test_reports_of_one_act_are_told_with_why(ours, theirs, method):
    found = same_act(ours, theirs)
    assert (found and found.method) == method
    assert same_act(theirs, ours) == found


@pytest.mark.parametrize(
    "other, sign, value",
    [
        ({"others": ["b", "c"]}, "same_target", 1),
        ({"others": ["c"]}, "other_targets", 1),
        ({}, "other_targets", 0),
        ({"issue": "h"}, "same_issue", 1),
        ({"article": "b", "day": 4}, "days", math.log(4)),
        ({"article": "b", "day": None}, "days", math.log(15)),
        ({"day": None}, "days", 0),
        ({"article": "b"}, "same_article", 0),
    ],
)
def test_signs_tell_targets_issue_and_days(other, sign, value):
    ours, theirs = _act(HARBOUR, issue="h", others=["b"]), _act(HARBOUR, **other)
    common = compare(ours.words, theirs.words)
    assert signs(ours, theirs, common)[sign] == signs(theirs, ours, common)[sign] == value


def test_every_sign_has_a_weight():
    found = signs(_act(HARBOUR), _act(HARBOUR), compare(to_words(HARBOUR), to_words(HARBOUR)))
    assert found.keys() == load_weights().keys()
    assert KINDS.keys() == {*next(c.enum for c in load_package().tables["proposals"].columns if c.name == "type")}


@pytest.mark.parametrize(
    "pairs, share, groups",
    [
        ([(2, 1), (3, 2), (4, 3)], 0.5, {1: [1, 2, 3], 4: [4]}),
        ([(2, 1), (4, 3), (3, 1)], 0.5, {1: [1, 2], 3: [3, 4]}),
        ([(2, 1), (4, 3), (3, 1)], 0.25, {1: [1, 2, 3, 4]}),
        ([(2, 1), (4, 3), (3, 1), (4, 2)], 0.5, {1: [1, 2, 3, 4]}),
        ([(n, 1) for n in range(2, 9)], 0.25, {1: [*range(1, 9)]}),
        ([(n + 1, n) for n in range(1, 8)], 0.25, {1: [1, 2, 3, 4, 5], 6: [6, 7, 8]}),
    ],
    ids=["of three", "one of four pairs", "is a quarter", "and two are half", "around one report", "a row"],
)
def test_groups_become_one_where_enough_of_the_pairs_between_their_fullest_are_accepted(pairs, share, groups):
    centers = to_groups(pairs, share=share)
    found = {center: sorted(one for one in centers if centers[one] == center) for center in set(centers.values())}
    assert found == groups


def test_a_report_that_takes_no_side_does_not_join_two_that_oppose_one_another():
    pairs = [(2, 1), (3, 1), (4, 1)]
    sides = {2: {"quay": "support"}, 3: {"quay": "oppose"}, 4: {"fees": "oppose"}}
    assert to_groups(pairs, sides, share=0.25) == {1: 1, 2: 1, 3: 3, 4: 1}
    assert to_groups(pairs, {1: {"quay": "support"}, 3: {"quay": "oppose"}}, share=0.25) == {1: 1, 2: 1, 3: 3, 4: 1}


def test_each_report_of_a_group_is_told_with_the_best_pair_by_which_it_belongs_there():
    pairs = [(4, 3), (3, 1), (4, 1), (5, 2), (5, 1)]  # 2 is like 5 alone, which is less full
    units, heads = zip(*pairs, strict=True)
    accepted = pa.table({"unit": units, "head": heads, "similarity": [0.9, 0.8, 0.7, 0.6, 0.5]})
    with duckdb.connect() as connection:
        register_groups(connection, accepted, share=0.1)
        found = connection.execute("SELECT unit, center, similarity, is_fuller FROM members ORDER BY unit").fetchall()
    assert found == [(2, 1, 0.6, True), (3, 1, 0.8, False), (4, 1, 0.9, False), (5, 1, 0.6, False)]


# ---------------------------------------------------------------- the seeds


def _ask(release, query):
    with open_release(release) as connection:
        return connection.execute(query).fetchall()


def test_the_two_way_street_is_one_utterance_of_two_outlets(release):
    assert _ask(
        release,
        "SELECT count(DISTINCT utterance_id), any_value(u.outlet_count), any_value(a.name) FROM quotes "
        "JOIN utterances u USING (utterance_id) JOIN actors a ON a.actor_id = u.speaker_actor_id "
        "WHERE quotes.text ILIKE '%two-way street%'",
    ) == [(1, 2, "Sergei Lavrov")]


def test_what_each_outlet_kept_of_it_is_told(release):
    rows = _ask(release, "SELECT article_id, kept, cut, changed, kind, method FROM coverage ORDER BY cut")
    assert rows == [
        ("8035beedd82f8460", 32, 0, 0, "direct", "fullest"),
        ("3e05528487930e26", 17, 15, 4, "direct", "changed"),
    ]


def test_the_draft_resolution_is_one_initiative_that_the_united_states_oppose(release):
    assert _ask(
        release,
        "SELECT i.article_count, i.proposers, l.relation, r.proposers FROM initiatives i "
        "JOIN initiative_links l ON l.responds_to = i.initiative_id "
        "JOIN initiatives r ON r.initiative_id = l.initiative_id "
        "WHERE i.text LIKE '%lift% a ban%'",
    ) == [(2, ["state:CHN", "state:RUS"], "opposes", ["state:USA"])]
    assert _ask(
        release,
        "SELECT DISTINCT status, by_whom FROM initiative_status WHERE content LIKE '%lift% a ban%' ORDER BY ALL",
    ) == [("opposed", ["United States"]), ("proposed", ["China", "Russia"])]


# ---------------------------------------------------------------- made-up articles

SPEECH = (
    "Harbour minister Orla Brennock spoke in {town} on Tuesday. “We will open the old quay by May, and nobody will "
    "stop us,” Ms. Brennock said. She called on the Irish government to dredge the harbour at once. {more}"
)
RAIN = "Rain fell all day, and the fleet stayed in"
NEWS = {
    "post": (
        "Fjord Post",
        "2019-03-12",
        SPEECH.format(town="Harwick", more="Rain fell all day, and the fleet stayed in."),
    ),
    "courier": (
        "Harbour Courier",
        "2019-03-13",
        "The fishing fleet waits. “We will open the old quay by May,” harbour minister Orla Brennock said. "
        "Boats lay idle along the wall, and their owners counted the weeks. Ms. Brennock called on the Irish "
        "government to dredge the harbour.",
    ),
    "copy": (
        "Daily Echo",
        "2019-03-14",
        SPEECH.format(town="Harwick", more="Rain fell all day, and the fleet stayed in ."),
    ),
    "later": (
        "Gale",
        "2019-09-01",
        "Autumn storms came early. “We will open the old quay by May,” Orla Brennock, the harbour minister, said. "
        "Nobody had expected her in town, and few listened to what she had to say about it.",
    ),
    "earlier": (
        "Morning Tide",
        "2019-03-11",
        "Ships left early. “We will open the old quay by May, and nobody will stop us,” the harbour minister, Orla "
        "Brennock, said at the pier before a crowd of fishermen who had been waiting there since dawn.",
    ),
}


@pytest.fixture(scope="module")
def news(make_once, run_steps):
    """news(name, articles...) -> a release of these articles, after those before it in the same folder."""

    def build(name, *rounds):
        def make(folder):
            for number, articles in enumerate(rounds):
                seeds = folder / "seeds"
                seeds.mkdir(exist_ok=True)
                for article in articles:
                    outlet, day, text = NEWS[article]
                    record = {"title": f"News {article}", "outlet": outlet, "published": day, "text": text}
                    (seeds / f"{article}.json").write_text(json.dumps(record))
                run_steps(folder, seeds, version=f"r{number}", all_rules=True)

        folder = make_once(f"across-{name}", make)
        return [folder / "releases" / f"r{number}" for number in range(len(rounds))]

    return build


QUAYS = (
    "SELECT a.outlet, q.utterance_id, q.utterance_method FROM quotes q JOIN articles a USING (article_id) "
    "WHERE q.text LIKE '%old quay%' ORDER BY a.outlet"
)


def test_copies_count_neither_as_articles_nor_as_outlets_and_months_later_is_another_day(news):
    (release,) = news("counts", ["post", "courier", "copy", "later"])
    found = {outlet: (utterance, method) for outlet, utterance, method in _ask(release, QUAYS)}
    assert found["Fjord Post"][0] == found["Harbour Courier"][0] == found["Daily Echo"][0] != found["Gale"][0]
    counts = "SELECT quote_count, article_count, outlet_count, said_latest FROM utterances WHERE article_count > 1"
    assert _ask(release, counts) == [(3, 2, 2, date(2019, 3, 12))]
    outlets = "SELECT outlet, cut > 0, told, lag FROM coverage ORDER BY told"
    assert _ask(release, outlets) == [
        ("Fjord Post", False, date(2019, 3, 12), 0),
        ("Harbour Courier", True, date(2019, 3, 13), 1),
    ]


def test_an_initiative_is_told_by_two_outlets(news):
    (release,) = news("counts", ["post", "courier", "copy", "later"])
    found = _ask(release, "SELECT article_count, outlet_count FROM initiatives WHERE text LIKE '%dredge%'")
    assert found == [(2, 2)]


def test_an_id_lasts_when_later_articles_come_and_is_redirected_when_an_earlier_one_does(news):
    first, second, third = news("grown", ["post"], ["courier"], ["earlier"])
    ids = [{outlet: utterance for outlet, utterance, _ in _ask(release, QUAYS)} for release in (first, second, third)]
    assert ids[0]["Fjord Post"] == ids[1]["Fjord Post"] == ids[1]["Harbour Courier"]
    assert ids[2]["Fjord Post"] == ids[2]["Morning Tide"] != ids[1]["Fjord Post"]
    redirects = "SELECT old_id, kind, new_id, reason FROM redirects WHERE kind = 'utterance'"
    assert _ask(second, redirects) == []
    assert _ask(third, redirects) == [(ids[1]["Fjord Post"], "utterance", ids[2]["Fjord Post"], "joined")]


def test_the_order_of_arrival_changes_nothing_but_redirects(news):
    grown, whole = (
        news("grown", ["post"], ["courier"], ["earlier"])[-1],
        news("whole", ["earlier", "courier", "post"])[0],
    )
    for table in ("utterances", "initiatives", "initiative_links", "quotes", "proposals"):
        assert (grown / f"{table}.parquet").read_bytes() == (whole / f"{table}.parquet").read_bytes()


# ---------------------------------------------------------------- views over rows made by hand


def test_an_utterance_does_not_tell_twice_what_is_quoted_within_it(tmp_path, run_steps):
    (tmp_path / "seeds").mkdir()
    told = '“We may not have the right to vote, but "Our Harbour, Our Vote" will help ensure that our story is told,”'
    (tmp_path / "seeds" / "vote.txt").write_text(f"The harbour\n\nAnn Lindt is the mayor.\n\n{told} said Lindt.\n")
    built = run_steps(tmp_path / "datasets", tmp_path / "seeds", all_rules=True)
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT q.within_quote_id IS NOT NULL, u.text FROM read_parquet(?) u "
            "JOIN read_parquet(?) q USING (quote_id) ORDER BY ALL",
            [f"{built}/utterances.parquet", f"{built}/quotes.parquet"],
        ).fetchall()
    assert [is_inner for is_inner, _ in rows] == [False, True]
    assert all(text in told for _, text in rows)


def test_which_proposals_were_rejected_and_by_whom_is_one_query():
    debate = Debate()
    debate.states("Ruritania", "Gondor")
    debate.article("a", "2020-01-02")
    ids = ["a:p:0-9:propose", "a:p:20-29:reject"]
    for number, (initiative, actor, kind) in enumerate(zip(ids, ("RUR", "GON"), ("propose", "reject"), strict=True)):
        debate.add(
            "initiatives", initiative_id=initiative, text=f"words {number}", type=kind, proposers=[f"state:{actor}"],
            targets=[], first_article_id="a", first_seen=date(2020, 1, 2),
        )  # fmt: skip
    debate.add(
        "initiative_links",
        initiative_id=ids[1],
        responds_to=ids[0],
        relation="rejects",
        link_method="words",
        similarity=1,
    )
    rejected = "SELECT content, by_whom, day FROM initiative_status WHERE status = 'rejected'"
    assert debate.connection.execute(rejected).fetchall() == [("words 0", ["Gondor"], date(2020, 1, 2))]


@pytest.fixture
def steps(debate):
    """Two initiatives that answer a third: confidence .9, .5 and .7, days 2, 3 and 1 of a month."""
    for name, day, confidence in (("wanted", 1, 0.7), ("refused", 2, 0.9), ("backed", 3, 0.5)):
        first = date(2020, 1, day)
        debate.article(name, first)
        debate.propose([], article=name, initiative_id=name, confidence=confidence)
        debate.propose([], article=name, initiative_id=name, confidence=0.1)  # a less sure report takes nothing away
        debate.add("initiatives", initiative_id=name, text=name, type="propose", proposers=[], first_seen=first)
    for name, relation in (("refused", "rejects"), ("backed", "supports")):
        debate.add("initiative_links", initiative_id=name, responds_to="wanted", relation=relation)
    return debate


def test_a_step_is_as_sure_as_what_reports_it_and_what_it_answers(steps):
    found = steps.rows("SELECT status, confidence FROM initiative_status ORDER BY ALL")
    assert found == [("backed", 0.5), ("proposed", 0.7), ("rejected", 0.7)]


def test_a_step_that_is_given_up_is_as_sure_as_the_proposals_that_say_so(debate):
    debate.article("a", date(2020, 1, 1))
    debate.add("initiatives", initiative_id="i", text="words", type="plan", proposers=[])
    debate.propose([], initiative_id="i", confidence=0.9)
    debate.propose([], initiative_id="i", confidence=0.4, modality="withdrawn")
    found = debate.rows("SELECT status, confidence FROM initiative_status ORDER BY ALL")
    assert found == [("proposed", 0.9), ("withdrawn", 0.4)]


@pytest.mark.parametrize(
    "arguments, statuses",
    [
        ("", ["backed", "proposed", "rejected"]),
        ("min_confidence := 0.7", ["proposed", "rejected"]),
        ("min_confidence := 0.8", []),
        ("'2020-01-02'", ["backed", "rejected"]),
        ("until := DATE '2020-01-02'", ["proposed", "rejected"]),
        ("'2020-01-02', '2020-01-02', 0.5", ["rejected"]),
    ],
)
def test_steps_are_chosen_by_time_and_confidence(steps, arguments, statuses):
    found = steps.rows(f"SELECT status FROM initiative_status_between({arguments}) ORDER BY ALL")
    assert found == [(status,) for status in statuses]


@pytest.fixture
def reports(debate):
    """An utterance that three outlets report, one of them twice: confidence .9, .6 and .9, and .7."""
    debate.add("utterances", utterance_id="u", text="We will open the quay by May", outlet_count=3)
    for number, (outlet, day, confidence, text) in enumerate(
        [
            ("Post", 1, 0.9, "We will open the quay by May"),
            ("Echo", 2, 0.6, "We will open the quay"),
            ("Echo", 3, 0.9, "By May"),
            ("Gale", 4, 0.7, "open"),
        ]
    ):
        article = debate.article(f"a{number}", date(2020, 1, day), outlet=outlet)
        debate.add(
            "quotes", quote_id=f"q{number}", article_id=article, utterance_id="u", kind="direct", text=text,
            utterance_method="cut", confidence=confidence,
        )  # fmt: skip
    return debate


def test_coverage_is_as_sure_as_the_least_sure_quote_of_an_outlet(reports):
    found = reports.rows("SELECT outlet, confidence FROM coverage ORDER BY told")
    assert found == [("Post", 0.9), ("Echo", 0.6), ("Gale", 0.7)]


@pytest.mark.parametrize(
    "arguments, rows",
    [
        ("", [("Post", 0, 0), ("Echo", 0, 1), ("Gale", 6, 3)]),
        ("min_confidence := 0.7", [("Post", 0, 0), ("Echo", 5, 2), ("Gale", 6, 3)]),  # Echo's sure quote has two words
        ("min_confidence := 0.8", [("Post", 0, 0), ("Echo", 5, 2)]),
        ("min_confidence := 0.95", []),
        ("'2020-01-02'", [("Echo", 0, 0), ("Gale", 6, 2)]),  # the first in the window
        ("until := '2020-01-01'", []),  # one outlet alone covers nothing
        ("'2020-01-02', '2020-01-04', 0.7", [("Echo", 5, 0), ("Gale", 6, 1)]),
    ],
)
def test_coverage_is_counted_over_sure_quotes_and_a_window_of_time(reports, arguments, rows):
    found = reports.rows(f"SELECT outlet, cut, lag FROM coverage_between({arguments}) ORDER BY told")
    assert found == rows


# ---------------------------------------------------------------- labels


def test_labels_hold_hashes_and_offsets_and_no_words():
    sides = [side for pair in read_pairs() for side in (pair.a, pair.b)]
    assert len(sides) == 3178
    assert all(side.keys() == {"article", "spans"} and len(side["article"]) == 16 for side in sides)
    assert {pair.verdict for pair in read_pairs()} == {"same", "different", "unsure"}
    assert len((LABELS / "articles.txt").read_text("utf-8").split()) == 574


def test_ids_that_tell_what_they_are_of_are_declared():
    assert load_package().tables["utterances"].article == '"first_article_id"'
    assert load_package().tables["initiative_links"].article == "split_part(\"initiative_id\", ':', 1)"
