"""Whom the ranking of the actors in sight takes for the speaker, and when it names nobody."""

from dataclasses import replace

import pytest

from onrecord.annotate.actors import find_actors
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.speakers.choosing import Choosing, chooser_of
from onrecord.document import Attribution, Document


@pytest.fixture
def speak(nlp, knowledge):
    """The cast and the quotes of a text, its attributions given as (content, source, cue), by a `chooser`."""

    def run(text, given, chooser):
        def span(words):
            return (text.index(words), text.index(words) + len(words)) if words else None

        doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
        syntax = nlp(text)
        cast = find_actors(doc, syntax, knowledge)
        bare = Attribution(start=0, end=0, kind="indirect", source=None, cue=None, group=0, how="none", confidence=0.9)
        told = tuple(
            replace(
                bare,
                start=span(content)[0],
                end=span(content)[1],
                source=span(source),
                cue=span(cue),
                group=number,
                how="cue" if source else "none",
            )
            for number, (content, source, cue) in enumerate(given)
        )
        return cast, attribute(doc, syntax, told, cast, (), chooser)

    return run


def test_whoever_has_most_in_favour_is_the_speaker_and_a_quote_is_as_sure_as_that(speak):
    text = "Robert Lund met Carl Dahl. He said prices fell."
    chooser = Choosing({"subject": 2.0, "nobody": -1.0}, 0.5)
    cast, [quote] = speak(text, [("prices fell", "He", "said")], chooser)
    assert cast[quote.speaker_actor_id].name == "Robert Lund"
    assert quote.confidence == pytest.approx(0.84, abs=0.01)  # e² of e² + 1 + 1/e
    assert any(m.form == "pronoun" and m.actor_id == quote.speaker_actor_id for m in cast.mentions())


@pytest.mark.parametrize(
    "chooser",
    [
        pytest.param(Choosing({"nobody": 5.0}, 0.0), id="nobody is likelier than anybody"),
        pytest.param(Choosing({"subject": 0.1}, 0.9), id="the likeliest is not likely enough"),
    ],
)
def test_who_is_not_likely_enough_is_not_named(speak, chooser):
    text = "Robert Lund met Carl Dahl. He said prices fell."
    _, [quote] = speak(text, [("prices fell", "He", "said")], chooser)
    assert quote.speaker_actor_id is None
    assert text[slice(*quote.speaker)] == "He"
    assert quote.confidence == 0.9


def test_a_decoding_without_weights_of_speakers_leaves_them_to_the_rules():
    assert chooser_of({}) is None


@pytest.mark.parametrize(
    ("text", "source", "name"),
    [
        ("Robert Lund and his wife, Susan Lund, left. Mr Lund said prices fell.", "Mr Lund", "Robert Lund"),
        ("Robert Lund and his wife, Susan Lund, left. Mrs Lund said prices fell.", "Mrs Lund", "Susan Lund"),
    ],
)
def test_mr_and_mrs_tell_two_of_one_surname_apart(speak, text, source, name):
    chooser = Choosing({"last name": 1.0, "nobody": -1.0}, 0.3)
    cast, [quote] = speak(text, [("prices fell", source, "said")], chooser)
    assert cast[quote.speaker_actor_id].name == name


def test_a_role_at_a_body_is_nobody_near_of_whom_no_such_body_is_told(speak):
    text = "Robert Lund met his spokeswoman Susan Dahl. The harbour board's spokeswoman said prices fell."
    chooser = Choosing({"person": 1.0, "unnamed": -1.0}, 0.0)
    cast, [quote] = speak(text, [("prices fell", "The harbour board's spokeswoman", "said")], chooser)
    assert quote.speaker_actor_id is None or cast[quote.speaker_actor_id].link_method == "unnamed"
