"""Sources resolved to actors, and the day of speaking. Attributions are built by hand: who found them is no matter."""

from datetime import date
from pathlib import Path

import pytest

import onrecord
from onrecord.annotate.actors import find_actors
from onrecord.annotate.attribution import attribute
from onrecord.annotate.knowledge import load_knowledge
from onrecord.document import Attribution, Date, Document


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(Path(onrecord.__file__).parent / "data")


@pytest.fixture
def resolve(nlp, knowledge):
    """The cast and the quotes of a text, its attributions given as (content, source, cue, addressee)."""

    def run(text, attributions, dates=()):
        def span(words):
            return (text.index(words), text.index(words) + len(words)) if words else None

        doc = Document(article_id="0" * 16, source_file="made-up", source_sha256="0" * 64, text=text)
        syntax = nlp(text)
        cast = find_actors(doc, syntax, knowledge)
        given = tuple(
            Attribution(
                start=span(content)[0],
                end=span(content)[1],
                kind="direct",
                source=span(source),
                cue=span(cue),
                addressee=span(addressee),
                group=number,
                how="cue" if source else "none",
                confidence=0.9,
            )
            for number, (content, source, cue, addressee) in enumerate(attributions)
        )
        days = tuple(
            Date(start=span(w)[0], end=span(w)[1], type="DATE", value=str(day), rule="test", earliest=day, latest=day)
            for w, day in dates
        )
        return cast, attribute(doc, syntax, given, cast, days)

    return run


def test_a_named_source_becomes_its_actor(resolve):
    cast, [quote] = resolve("“We will stay,” Sergei Lavrov said.", [("We will stay,", "Sergei Lavrov", "said", None)])
    assert cast[quote.speaker_actor_id].name == "Sergei Lavrov"


def test_the_first_of_joint_sources_is_the_speaker(resolve):
    text = "Russia and China argued the time had come."
    cast, [quote] = resolve(text, [("the time had come", "Russia and China", "argued", None)])
    assert cast[quote.speaker_actor_id].country == "RUS"


def test_a_described_source_becomes_an_unnamed_actor(resolve):
    text = "The ship was seized, a customs official said."
    cast, [quote] = resolve(text, [("The ship was seized", "a customs official", "said", None)])
    assert "customs official" in cast[quote.speaker_actor_id].name


def test_a_pronoun_without_antecedent_stays_unresolved(resolve):
    _, [quote] = resolve("“It was late,” he said.", [("It was late,", "he", "said", None)])
    assert quote.speaker_actor_id is None
    assert quote.speaker is not None


def test_no_source_gives_no_speaker(resolve):
    _, [quote] = resolve("“It was late.”", [("It was late.", None, None, None)])
    assert (quote.speaker_actor_id, quote.attribution) == (None, "none")


def test_the_addressee_is_resolved(resolve):
    text = "Sergei Lavrov urged China to wait."
    cast, [quote] = resolve(text, [("to wait", "Sergei Lavrov", "urged", "China")])
    assert cast[quote.addressee_actor_id].country == "CHN"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We will stay,” Sergei Lavrov said in Geneva on Tuesday.", date(2020, 3, 3)),
        ("On Tuesday Sergei Lavrov said: “We will stay.”", date(2020, 3, 3)),
        ("“We will stay,” Sergei Lavrov said. They meet on Tuesday.", None),
        ("“We will stay until Tuesday,” Sergei Lavrov said.", None),
    ],
)
def test_the_day_of_speaking_is_the_date_in_the_clause_of_the_cue(resolve, text, said):
    content = text[text.index("“") + 1 : text.index("”")]
    _, [quote] = resolve(text, [(content, "Sergei Lavrov", "said", None)], [("Tuesday", date(2020, 3, 3))])
    assert (quote.said_earliest, quote.said_latest) == (said, said)
