"""Whether a source stands by what is told of it, and quotations within quotations. All texts are made up."""

import pytest

from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.nesting import nested
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
    ],
)
def test_polarity_is_read_off_cue_source_and_content(found, text, expected):
    assert expected in found(text)


def test_words_in_marks_within_quoted_words_are_a_quotation_of_their_own(found):
    text = "“The mayor told me, ‘The bridge will be closed in the spring,’ and I believed her,” Mr. Dahl said."
    assert ("said", "The bridge will be closed in the spring,", "The mayor") in found(text)


def quote(start, end):
    return Quote(
        start=start,
        end=end,
        kind="direct",
        speaker_actor_id=None,
        speaker=None,
        cue=None,
        group=0,
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
