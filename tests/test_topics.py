"""What a content is about where no issue of the codebook fits, and on which side its words are."""

import pytest

from onrecord.annotate.proposals.coding.bare_forms import code_by_context
from onrecord.annotate.proposals.coding.codebook import Code
from onrecord.annotate.proposals.coding.proposed import proposed_words
from onrecord.annotate.proposals.coding.topics import coded_by_topic, topic_of
from onrecord.document import Topic


@pytest.fixture(scope="module")
def topic(nlp):
    """The topic of a content, which stands behind other words in its text: (label, stance), None for none."""

    def find(content, act="call_for", before="The union wants this: "):
        found = topic_of(
            proposed_words(before + content, nlp(before + content), len(before), len(before + content)), act
        )
        return found and (found.label, found.stance)

    return find


@pytest.mark.parametrize(
    ("content", "label"),
    [
        ("to build a canal bridge", "Canal bridge"),
        ("to repeal the seat belt law", "Seat belt law"),
        ("a new canal bridge", "Canal bridge"),
        ("the construction of a canal bridge", "Canal bridge"),
        ("to investigate the bank's chairman", "Investigate chairman"),
        ("an investigation into the chairman", "Investigate chairman"),
        ("higher parking fees", "Raise parking fee"),
        ("to reduce parking fees", "Raise parking fee"),
        ("to negotiate with the rebels", "Talk with rebel"),
        ("to publish the audit report", "Release audit report"),
        ("a law that would legalize cannabis", "Cannabis"),
        ("same-sex marriage", "Gay marriage"),
        ("capital punishment", "Capital punishment"),
        ("the death penalty", "Capital punishment"),
        ("to vote for Merkel", "Support Merkel"),
        ("to campaign for Merkel", "Support Merkel"),
        ("to ban late-term abortions", "Late-term abortion"),
        ("to end the long-term blockade", "Blockade"),
        ("to build a high-level canal bridge", "Canal bridge"),
        ("public library book budget cuts", "Raise book budget"),
        ("Angela Merkel's policies", "Merkel policy"),
        ("Angela Merkel's decision", "Merkel policy"),
    ],
)
def test_wordings_of_one_policy_have_one_label(topic, content, label):
    found = topic(content)
    assert found and found[0] == label


@pytest.mark.parametrize(
    ("content", "act", "stance"),
    [
        ("to ban plastic bags", "call_for", "oppose"),
        ("a ban on plastic bags", "call_for", "oppose"),
        ("to lift the ban on plastic bags", "call_for", "support"),
        ("a ban on plastic bags", "reject", "support"),
        ("plastic bags should not be banned", "demand", "support"),
        ("plastic bags", "oppose", "oppose"),
        ("to refuse plastic bags", "plan", "oppose"),
        ("to allow plastic bags", "propose", "support"),
        ("to allow plastic bags if shops pay for them", "offer", "conditional"),
        ("to allow plastic bags if shops pay for them", "reject", "oppose"),
        ("to avoid plastic bags", "urge", "oppose"),
        ("they will not allow plastic bags", "reject", "oppose"),  # one refusal, told whole
        ("to accept no plastic bags", "demand", "oppose"),
        ("to accept no form of plastic bags", "demand", "oppose"),
    ],
)
def test_the_side_follows_from_the_act_and_from_what_its_content_would_do(topic, content, act, stance):
    assert topic(content, act) == ("Plastic bag", stance)


def test_amounts_have_a_side_of_more_and_one_of_less(topic):
    told = {content: topic(content) for content in ("to lift the debt ceiling", "a cut in wages", "more taxes on fuel")}
    assert told == {
        "to lift the debt ceiling": ("Raise debt limit", "support"),
        "a cut in wages": ("Raise wage", "oppose"),
        "more taxes on fuel": ("Raise tax", "support"),
    }


@pytest.mark.parametrize(
    "content",
    [
        "it",
        "action",
        "to do the right thing",
        "to give her a chance",
        "to keep guns out of the hands of children",
        "to require immigrants to leave",
        "to encourage refugees to work",
        "the plan",
        "$5 million",
        "to tell the public that all was well",
        "to criticize Merkel",
        "more balance",  # nouns alone: another one in each article
        "an exemption",
        "",
    ],
)
def test_what_does_not_tell_a_policy_by_itself_has_no_topic(topic, content):
    assert topic(content) is None


def test_the_bill_is_the_one_that_the_article_speaks_of(topic):
    before = "The fisheries bill came to the floor on Monday. Many like the fisheries bill. The union rejected this: "
    assert topic("the bill", "reject", before) == ("Fishery bill", "oppose")
    twofold = "The fisheries bill came after the forest bill. The union rejected this: "
    assert topic("the bill", "reject", twofold) in (None, ("Fishery bill", "oppose"), ("Forest bill", "oppose"))
    assert topic("the bill", "reject") is None


@pytest.mark.parametrize(
    ("label", "is_thing", "stance", "coded"),
    [
        ("Iran deal", True, "oppose", ("preserve-iran-deal", "oppose")),
        ("Government shutdown", True, "oppose", ("government-funding", "support")),
        ("Unravel Iran deal", False, "support", (None, None)),  # which side a predicate is on, nobody knows
        ("Canal bridge", True, "support", (None, None)),
    ],
)
def test_what_stands_for_a_thing_is_coded_as_the_thing(codebook, label, is_thing, stance, coded):
    found = Topic(key=label.lower(), label=label, is_thing=is_thing, stance=stance)
    assert coded_by_topic(codebook, Code(), found)[:2] == coded
    assert coded_by_topic(codebook, Code("aid", "support"), found)[:2] == ("aid", "support")


GUNS = "The Senate took up a bill to ban assault weapons on Monday. "


@pytest.mark.parametrize(
    ("before", "content", "act", "coded"),
    [
        (GUNS, "the bill", "support", ("assault-weapons", "support")),
        (GUNS, "to reject the bill", "urge", ("assault-weapons", "oppose")),
        (GUNS, "the bill", "oppose", ("assault-weapons", "oppose")),
        (GUNS + "Few like the bill. ", "passing it", "support", ("assault-weapons", "support")),
        ("A bill to end sanctuary cities came up. ", "the bill", "support", ("sanctuary-cities", "oppose")),
        (GUNS + "Few like the bill. ", "to strike it down", "urge", ("assault-weapons", "oppose")),
        (GUNS + "Few like the bill. ", "to keep it off", "urge", (None, None)),
        (GUNS + "It passed the library bill and the museum bill. ", "the bill", "support", (None, None)),
        (GUNS + "It passed legislation that would fund libraries. ", "the bill", "support", (None, None)),
        (
            GUNS + "The draft bill is long. The House bill is short. ",
            "the bill",
            "support",
            ("assault-weapons", "support"),
        ),
        (GUNS, "a bill", "propose", (None, None)),  # it may be any
        (GUNS, "the bill on farm animals", "support", (None, None)),  # tells by itself what is in it
        (GUNS, "the deal", "support", (None, None)),  # of another kind
        (GUNS + "A gun rights bill came up, too. ", "the bill", "support", (None, None)),  # one of two
        ("They met on Monday. ", "the bill", "support", (None, None)),
    ],
)
def test_a_form_is_coded_by_what_its_article_calls_it(nlp, codebook, before, content, act, coded):
    text = f"{before}The union wants this: {content}"
    assert (
        code_by_context(codebook, proposed_words(text, nlp(text), len(text) - len(content), len(text)), act)[:2]
        == coded
    )


def test_odd_text_has_no_topic_and_raises_nothing(nlp, codebook):
    for text in (
        "to to to to",
        "—",
        "a a a a of of of",
        "ban " * 300,
        "\u202eto ban it",
        "to end the end of the end of the end",
    ):
        for act in ("reject", "call_for"):
            topic_of(proposed_words(text, nlp(text), 0, len(text)), act)
            code_by_context(codebook, proposed_words(text, nlp(text), 0, len(text)), act)
