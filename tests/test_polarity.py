"""Whether a source stands by what is told of it, and quotations within quotations. All texts are made up."""

import pytest

from onrecord.annotate import quotes
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.interviews import find_turns
from onrecord.annotate.quotes.nesting import nested
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.stretches import paragraph_spans
from onrecord.annotate.syntax.analysis import analyse
from onrecord.document import Document, Quote


@pytest.fixture
def found(nlp, encoder):
    """Attributions of a text as (polarity, content, source)."""

    def find(text):
        doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
        return [
            (each.polarity, text[each.start : each.end], text[slice(*each.source)] if each.source else None)
            for each in find_attributions(doc, next(analyse([doc], nlp)), encoder)
        ]

    return find


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ms. Ortega denied that the ferry was late.", ("denied", "the ferry was late", "Ms. Ortega")),
        ("Ms. Ortega has repeatedly denied any wrongdoing.", ("denied", "any wrongdoing", "Ms. Ortega")),
        (
            "Ms. Ortega has repeatedly refused to say that taxes would rise.",
            ("denied", "taxes would rise", "Ms. Ortega"),
        ),
        ("Norway denies seeking a new port.", ("denied", "seeking a new port", "Norway")),
        (
            "Mr. Dahl rejected the notion that the bridge was too old.",
            ("denied", "the notion that the bridge was too old", "Mr. Dahl"),
        ),
        ("Mr. Dahl did not say that the bridge was late.", ("denied", "the bridge was late", "Mr. Dahl")),
        (
            "The mayor declined to say whether the bridge would open.",
            ("denied", "whether the bridge would open", "The mayor"),
        ),
        (
            "A reporter asked Ms. Ortega whether she would resign.",
            ("asked", "whether she would resign", "A reporter"),
        ),
        ("Asked whether he would resign, Mr. Weber said no.", ("asked", "whether he would resign", None)),
        ("“Who will pay for the bridge?” Ms. Ortega asked.", ("asked", "Who will pay for the bridge?", "Ms. Ortega")),
        (
            "“The bridge is late. Who will pay for it?” Ms. Ortega said on Monday.",
            ("said", "The bridge is late. Who will pay for it?", "Ms. Ortega"),
        ),
        (
            "Critics might say that the bridge is too small for the town.",
            ("hypothetical", "the bridge is too small for the town", "Critics"),
        ),
        ("Mr. Dahl would say only that the bridge was safe.", ("said", "the bridge was safe", "Mr. Dahl")),
        (
            "Ms. Ortega would later tell the court that the ferry had been late.",
            ("said", "the ferry had been late", "Ms. Ortega"),
        ),
        ("Mr. Dahl asked the council to close the bridge.", ("said", "to close the bridge", "Mr. Dahl")),
        ("The company did not deny that it had sold the data.", ("said", "it had sold the data", "The company")),
        ("The company never denied that it had sold the data.", ("said", "it had sold the data", "The company")),
        ("The company refused to deny that it had sold the data.", ("said", "it had sold the data", "The company")),
        ("The minister neither confirmed nor denied that he was ill.", ("denied", "he was ill", "The minister")),
        ("Her mother would always say that the mill was old.", ("said", "the mill was old", "Her mother")),
    ],
)
def test_polarity_is_read_off_cue_source_and_content(found, text, expected):
    assert expected in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor spoke on Monday. When pressed, how about a toll on the bridge.",
        "When asked, how about a toll on the bridge?",
        "The mayor was tired. When pressed, why the long face?",
    ],
)
def test_a_question_without_a_verb_comes_to_an_end(found, text):
    assert "said" not in {polarity for polarity, _, _ in found(text)}


def test_words_in_marks_within_quoted_words_are_a_quotation_of_their_own(found):
    text = "“The mayor told me, ‘The bridge will be closed in the spring,’ and I believed her,” Mr. Dahl said."
    assert ("said", "The bridge will be closed in the spring,", "The mayor") in found(text)


def test_words_within_quoted_words_are_read_once_for_all(found, monkeypatch):
    made = []
    monkeypatch.setattr(quotes, "Reading", lambda *given: made.append(given) or Reading(*given))
    rows = found(
        "“The mayor told me, ‘The bridge will be closed in the spring,’ and I believed her,” Mr. Dahl said. "
        "“The crew told me, ‘The ferry will sail in May,’ and I believed it,” Ms. Hale said."
    )
    assert [source for _, _, source in rows] == ["Mr. Dahl", "The mayor", "Ms. Hale", "The crew"]
    assert len(made) == 2


def quote(start, end, group=0):
    return Quote(
        start=start,
        end=end,
        kind="direct",
        speaker_actor_id=None,
        speaker=None,
        cue=None,
        group=group,
        attribution="none",
        confidence=0.5,
    )


def test_a_quotation_is_within_the_shortest_that_holds_it():
    spans = [(0, 90), (10, 60), (20, 30), (55, 70), (95, 99)]
    assert [each.within for each in nested([quote(*span) for span in spans])] == [
        None,
        (0, 90),
        (10, 60),
        (0, 90),
        None,
    ]


def test_what_lies_within_a_piece_of_its_utterance_is_no_piece_of_it():
    quotes = [quote(0, 90), quote(0, 40), quote(10, 30, 1), quote(15, 25), quote(95, 99)]
    assert [each.group for each in nested(quotes)] == [0, 2, 1, 3, 0]


INTERVIEW = (
    "Ana Ortega has run the ferries since May. She spoke to the Harbour Post.\n\n"
    "Post: Will the ferries sail in winter?\n\n"
    "Ortega: They will. We have bought two new ships.\n\n"
    "I asked the crews myself, and they agreed.\n\n"
    "Post: And who pays?\n\n"
    "Ortega: The town does.\n\n"
    "The first ship is due in June."
)
ANSWERS = [
    "They will. We have bought two new ships.",
    "I asked the crews myself, and they agreed.",
    "The town does.",
]


@pytest.mark.parametrize(
    "text",
    [INTERVIEW, INTERVIEW.replace("Post:", "Q:").replace("\n\nOrtega:", "\n\nA:")],
)
def test_answers_are_quotes_of_who_answers_and_questions_are_none(found, text):
    rows = found(text)
    assert [content for _, content, _ in rows] == ANSWERS
    assert {source for _, _, source in rows} == {"Ana Ortega"}


@pytest.mark.parametrize("headline", ["", "Ferries: the captain speaks\n\n"])
def test_one_question_and_its_answer_are_an_interview_where_letters_say_so(headline):
    text = f"{headline}Q: Will you sail?\n\nA: No, I will stay."
    turns = find_turns(text, paragraph_spans(text))
    assert [(text[turn.start : turn.end], turn.is_answer) for turn in turns.values()] == [
        ("Will you sail?", False),
        ("No, I will stay.", True),
    ]


def test_members_of_a_committee_ask_and_speak(found):
    text = (
        "The committee met on Monday.\n\nSEN. HALE: Did the ship leave the port?\n\nCAPTAIN BERG: It did, Senator.\n\n"
        "SEN. HALE: Did you see the crew?\n\nCAPTAIN BERG: I did not see the crew.\n\n"
        "SEN. HALE: This committee has heard enough."
    )
    assert [content for _, content, _ in found(text)] == [
        "It did, Senator.",
        "I did not see the crew.",
        "This committee has heard enough.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Address: 5 Harbour Road.\n\nPhone: 555 0100.\n\nPrice: free.\n\nDo you sail?",
        "Is the port safe?\n\nNote: the ferry leaves at noon.\n\nSource: the harbour office.",
    ],
)
def test_labels_of_lists_are_no_turns(text):
    assert find_turns(text, paragraph_spans(text)) == {}


def test_a_forgotten_mark_ends_where_the_next_words_say_whose_it_is(found):
    text = "“We will build the bridge, Mayor Ana Ortega told the council. It meets in May.\n\n“Good,” Mr. Dahl said."
    assert found(text)[0] == ("said", "We will build the bridge,", "Mayor Ana Ortega")


@pytest.mark.xfail(strict=True, reason="the tagger cuts it")
def test_a_clause_that_an_insertion_cuts_keeps_its_negation(found):
    text = "The harbour office announced on Tuesday that the council would not, as promised in May, close the bridge."
    assert [content for _, content, _ in found(text)] == ["the council would not, as promised in May, close the bridge"]


@pytest.mark.parametrize(
    "text",
    [
        "The memo, which the paper has seen, is titled, “Bringing the ferries home in good time.”",
        "The council kept to its “harbour first” policy on Monday.",
        "The captain, known as “the Shark,” left the town.",
    ],
)
def test_titles_nicknames_and_words_that_belong_to_a_noun_are_no_quotes(found, text):
    assert found(text) == []
