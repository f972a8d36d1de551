"""The heads for proposals: how what they say of a window is decoded, and how sure a find is."""

import math
from dataclasses import replace

import numpy as np
import pytest

from onrecord.annotate.actors import find_actors
from onrecord.annotate.encoder import SEPARATOR, Piece, Read, Window
from onrecord.annotate.proposals.act import to_act
from onrecord.annotate.proposals.confidence import SIGNALS, Judge, judge_of, signals
from onrecord.annotate.proposals.findings import findings_of
from onrecord.annotate.proposals.heads import (
    FROM_START,
    MODALITIES,
    PLOVER,
    PROPOSER,
    SEEKS,
    SENSES,
    SOUGHT,
    START,
    TARGET,
    TYPES,
    WANTED,
    Candidate,
    Pointed,
    find_candidates,
)
from onrecord.annotate.proposals.made import Made
from onrecord.annotate.proposals.parties.proposers import proposers_of
from onrecord.annotate.proposals.parties.ranking import TRAITS, ranker_of
from onrecord.annotate.proposals.parties.targets import in_sight
from onrecord.annotate.proposals.vetoes import in_its_sense
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.annotate.syntax.analysis import analyse
from onrecord.document import Document, Proposal
from onrecord.schema import load_package
from training.judging import Found, Judged, judge, rank_targets, score

SIZE = 16  # dimensions of a vector: one for each place, so that a place can be pointed at exactly


def window_of(words, own=0):
    """Pieces of words, `|` for the end of a paragraph, and a window over all of them that says nothing yet."""
    pieces, at = [], 0
    for word in words.split():
        end = word == "|"
        pieces.append(Piece(SEPARATOR if end else 7, 0, at, at if end else at + len(word)))
        at += len(word) + 1
    length = len(pieces) + 1
    cues = np.zeros((length, 3), dtype=np.float32)
    cues[:, 0] = 5
    sought = np.zeros((length, SOUGHT, SIZE), dtype=np.float32)
    for place in range(length):
        sought[place, :, place] = 1
    read = Read(
        Window(0, own, len(pieces)),
        np.zeros((length, 7), dtype=np.float32),
        np.zeros((3, length, length), dtype=np.float32),
        cues,
        np.zeros((length, SENSES), dtype=np.float32),
        np.zeros((length, SEEKS, SIZE), dtype=np.float32),
        sought,
        np.zeros((length, len(PLOVER)), dtype=np.float32),
    )
    return pieces, read


def point(read, at, seeks, place):
    """Let the piece `at` point at a place, both counted with the start token as 0."""
    read.seeks[at, seeks] = 0
    read.seeks[at, seeks, place] = 40


def cue(read, at, last, content, *, type="urge", wanted="yes", modality="asserted", proposer=0, target=0):
    read.cues[at], read.cues[at + 1 : last + 1] = (0, 5, 0), (0, 0, 5)
    for value, names, first in (
        (type, TYPES, 0),
        (wanted, WANTED, len(TYPES)),
        (modality, MODALITIES, len(TYPES) + len(WANTED)),
    ):
        read.senses[at, first + names.index(value)] = 9
    point(read, at, START, content[0])
    point(read, content[0], FROM_START, content[1])
    point(read, at, PROPOSER, proposer)
    point(read, at, TARGET, target)


TEXT = "France urged Iran strongly to stop now |"


def test_a_cue_gives_its_content_its_senses_and_its_parties():
    pieces, read = window_of(TEXT)
    cue(read, 2, 2, (5, 6), type="demand", wanted="conditional", modality="hypothetical", proposer=1, target=3)
    (found,) = find_candidates(pieces, [read])
    assert TEXT[slice(*found.cue)] == "urged"
    assert TEXT[found.start : found.end] == "to stop"
    assert found.type == "demand"
    assert (WANTED[int(np.argmax(found.wanted))], MODALITIES[int(np.argmax(found.modality))]) == (
        "conditional",
        "hypothetical",
    )
    assert [TEXT[p.start : p.end] for p in (found.proposers[0], found.targets[0])] == ["France", "Iran"]
    assert found.cue_sure > 0.9
    assert sum(found.types) == pytest.approx(1, abs=1e-5)


def test_a_cue_of_several_words_is_one_and_keeps_all_of_them():
    pieces, read = window_of("Iran called firmly for talks |")
    cue(read, 2, 4, (5, 5))
    (found,) = find_candidates(pieces, [read])
    assert found.cue == (5, 22)


def test_two_cues_inside_each_other_are_two_candidates():
    text = "Iran rejected their call for talks |"
    pieces, read = window_of(text)
    cue(read, 2, 2, (3, 6), type="reject", wanted="no")
    cue(read, 4, 5, (6, 6), type="call_for")
    assert [(c.type, text[c.start : c.end]) for c in find_candidates(pieces, [read])] == [
        ("reject", "their call for talks"),
        ("call_for", "talks"),
    ]


def test_who_points_at_the_start_token_points_at_nobody():
    pieces, read = window_of(TEXT)
    cue(read, 2, 2, (5, 6))
    (found,) = find_candidates(pieces, [read])
    assert sum(p.sure for p in found.proposers) < 0.1


def test_a_content_ends_in_the_paragraph_where_it_begins():
    pieces, read = window_of("They want this | That came later |")
    cue(read, 2, 2, (3, 7))
    (found,) = find_candidates(pieces, [read])
    assert "They want this"[found.start : found.end] == "this"


def test_what_a_window_repeats_of_the_one_before_is_not_found_twice():
    pieces, read = window_of(TEXT, own=4)
    cue(read, 2, 2, (5, 6))
    assert find_candidates(pieces, [read]) == ()


def test_a_faint_cue_is_none():
    pieces, read = window_of(TEXT)
    cue(read, 2, 2, (5, 6))
    read.cues[2] = (5, 0, 0)
    assert find_candidates(pieces, [read]) == ()


def test_nothing_to_read_has_no_candidates(encoder):
    assert find_candidates(*encoder.read("", find_stretches(""))) == ()


def test_the_surer_the_heads_the_surer_the_find(encoder):
    pieces, read = window_of(TEXT)
    cue(read, 2, 2, (5, 6))
    (sure,) = find_candidates(pieces, [read])
    read.cues[2] = (1, 1.5, 0)
    (unsure,) = find_candidates(pieces, [read])
    judged = judge_of(encoder.decoding)
    less, more = (judged.of(signals(each, quoted=False, others=0.0)) for each in (unsure, sure))
    assert 0 <= less < more <= 1


def test_no_probability_is_beyond_a_number():
    pieces, read = window_of(TEXT)
    cue(read, 2, 2, (5, 6))
    read.cues[2] = (-1e4, 1e4, -1e4)
    (found,) = find_candidates(pieces, [read])
    assert all(map(math.isfinite, signals(found, quoted=True, others=0.0)))
    assert Judge(dict.fromkeys(SIGNALS, 1e6), 0.5).of([1.0] * len(SIGNALS)) == 1.0


def made(start, end):
    proposal = Proposal(start=start, end=end, type="urge", cue=None, rule="heads", confidence=0.0)
    return Made(proposal, (), ())


def considered(value, start, end):
    return Found(made(start, end), tuple(value if name in ("cue", "constant") else 0.0 for name in SIGNALS), None)


def test_the_judge_learns_what_tells_right_from_wrong():
    text = "right words stand here and wrong ones there"
    articles = [
        Judged(text, (considered(3.0, 0, 11), considered(-3.0, 27, 37)), (("right words", False),), ())
        for _ in range(40)
    ]
    fitted = judge_of({"proposals": judge(articles)})
    assert fitted.weights["cue"] > 0
    assert score(articles, fitted, fitted.least) == (1.0, 1.0, 1.0)


def test_what_is_like_a_doubtful_label_counts_neither_for_nor_against():
    text = "right words stand here and doubtful ones there"
    found = (considered(3.0, 0, 11), considered(3.0, 27, 40))
    gold = (("right words", False), ("doubtful ones", True))
    assert score([Judged(text, found, gold, ())], Judge(dict.fromkeys(SIGNALS, 1.0), 0.5), 0.5) == (1.0, 1.0, 1.0)


def test_the_ranker_learns_who_is_pointed_at():
    def traits(share):
        return tuple({"constant": 1.0, "share": share}.get(name, 0.0) for name in TRAITS)

    targets = (((traits(0.9), True, True), (traits(0.1), False, True)),) * 30 + (((traits(0.1), False, True),),) * 10
    fitted = ranker_of({"targets": rank_targets([Judged("", (), (), targets)])})
    assert fitted.of(traits(0.9)) >= fitted.least > fitted.of(traits(0.1))


def read_act(nlp, knowledge, text, cue, content, *, by=(), to=(), home=None):
    """The act of `cue` in `text` whose content are the words `content`, and what is known of the text.

    It points `by` one word as its proposer, `to` one as its target.
    """
    doc = Document(article_id="a", source_file="a.txt", source_sha256="0" * 64, text=text)
    (syntax,) = analyse([doc], nlp)
    findings = replace(findings_of(text, syntax, find_actors(doc, syntax, knowledge), (), ()), home=home)

    def at(words):
        return text.index(words), text.index(words) + len(words)

    start, end = at(content)
    candidate = Candidate(
        cue=at(cue), cue_sure=1.0, start=start, end=end, start_sure=1.0, end_sure=1.0,
        types=tuple(float(t == "urge") for t in TYPES), wanted=(1.0, 0.0, 0.0), modality=(1.0, 0.0, 0.0),
        plover=tuple(0.0 for _ in PLOVER), proposers=tuple(Pointed(*at(word), 0.9) for word in by),
        targets=tuple(Pointed(*at(word), 0.9) for word in to),
    )  # fmt: skip
    return to_act(candidate, findings), findings


def test_an_actor_that_a_description_names_stands_where_the_cue_points(nlp, knowledge):
    text = "The United States put tariffs on Mexico. Mexico urged the federal government to lift them."
    home = knowledge.states["USA"]
    act, findings = read_act(nlp, knowledge, text, "urged", "to lift them", to=["government"], home=home)
    (ranked,) = [r for r in in_sight(act, findings, set()) if r.part and r.part.actor_id == "state:USA"]
    assert (text.index("government"), text.index("government") + len("government")) in ranked.places


@pytest.mark.parametrize(
    ("text", "cue", "content", "by", "name"),
    [
        ("It is part of an Obama administration effort to ease sentences.", "effort", "to ease sentences",
         "administration", "Obama administration"),
        ("Two environmental groups, Greenpeace and Oxfam, demanded a ban on nets.", "demanded", "a ban on nets",
         "groups", "Greenpeace"),
        ("Troops fought Hezbollah, an armed group that vowed to take the town.", "vowed", "to take the town",
         "group", "Hezbollah"),
    ],
)  # fmt: skip
def test_whose_an_act_is_tells_the_noun_before_it_or_the_name_beside_the_description(
    nlp, knowledge, text, cue, content, by, name
):
    act, findings = read_act(nlp, knowledge, text, cue, content, by=[by])
    assert any(name in part.reference.actor.name for part in proposers_of(act, findings))


@pytest.mark.parametrize(
    ("content", "wanted"), [("raise fares this year", "no"), ("We will not raise fares this year", "yes")]
)
def test_what_will_not_be_done_is_not_wanted_unless_its_words_say_so(nlp, knowledge, content, wanted):
    act, _ = read_act(nlp, knowledge, "“We will not raise fares this year,” she said.", "will not", content)
    assert in_its_sense(replace(act, type="commit")).wanted == wanted


def test_of_confidences_that_are_as_good_the_highest_is_the_least_of_a_row():
    text = "right words stand here"
    sure = [Judged(text, (considered(9.0, 0, 11),), (("right words", False),), ())] * 20
    assert judge(sure)["least"] == 0.6


def test_the_heads_and_the_schema_have_the_same_codes():
    codes = {column.name: set(column.enum) for column in load_package().tables["proposals"].columns}
    assert codes["type"] == set(TYPES)
    assert codes["wanted"] == set(WANTED)
    assert codes["modality"] == {*MODALITIES, "withdrawn"}  # which a rule tells
    assert codes["plover"] == {*PLOVER, "RETREAT"}  # which CONCEDE holds
