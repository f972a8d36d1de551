"""All findings of one document together: an actor without a name is published only if a row uses it."""

import pytest

from conftest import SEEDS
from onrecord.annotate import annotate
from onrecord.annotate.syntax.analysis import analyse
from onrecord.batches.models import load_models
from onrecord.document import Annotations, Document


@pytest.fixture(scope="module")
def found():
    """found(text) -> its Annotations."""
    models = load_models()

    def run(text, **facts):
        doc = Document(article_id="t", source_file="t.txt", source_sha256="0" * 64, text=text, **facts)
        (syntax,) = analyse([doc], models.nlp)
        return annotate(doc, syntax, models.knowledge, models.codebook, models.encoder)

    return run


def used(found: Annotations) -> set[str | None]:
    """Ids of the actors that quotes and proposals name, and of the bodies that these are part of."""
    ids = {i for q in found.quotes for i in (q.speaker_actor_id, q.addressee_actor_id, *q.joint_speakers)}
    ids |= {party.actor_id for proposal in found.proposals for party in proposal.parties}
    return ids | {actor.parent_actor_id for actor in found.actors if actor.actor_id in ids}


@pytest.mark.parametrize("who", ["A local farmer", "Two teachers", "Some voters", "The lawmakers"])
def test_who_is_described_and_neither_quoted_nor_proposes_is_no_actor(who, found):
    quiet = found(f"{who} wanted to know.")
    assert (quiet.quotes, quiet.proposals) == ((), ())
    assert (quiet.actors, quiet.mentions) == ((), ())


def test_what_a_farmer_hopes_is_a_quote_of_his_or_he_is_no_actor(found):
    hoping = found("A local farmer hopes to rest on Sunday.")
    parties = {party.actor_id for proposal in hoping.proposals for party in proposal.parties}
    assert {actor.actor_id for actor in hoping.actors} == parties | {q.speaker_actor_id for q in hoping.quotes}


def test_who_is_described_and_quoted_is_an_actor(found):
    heard = found("A local farmer said the road would stay closed. France was silent.")
    assert {(a.name, a.link_method) for a in heard.actors} == {("local farmer", "unnamed"), ("France", "kb")}
    assert [heard.doc.text[q.start : q.end] for q in heard.quotes] == ["the road would stay closed"]


def test_a_named_actor_is_published_though_no_row_uses_it(found):
    quiet = found("France and Sergei Lavrov were silent.")
    assert (quiet.quotes, quiet.proposals) == ((), ())
    assert {actor.name for actor in quiet.actors} == {"France", "Sergei Lavrov"}


def test_what_only_a_headline_describes_is_no_actor(found):
    title = "A local farmer calls for new bridges"
    heard = found(f"{title}\n\nThe river rose again on Monday.", title=title, headline_end=len(title))
    assert (heard.actors, heard.quotes, heard.proposals) == ((), (), ())


def test_no_actor_without_a_name_is_left_over_in_the_seeds(found):
    all_unnamed = set()
    for path in sorted(SEEDS.glob("*.txt")):
        article = found(path.read_text("utf-8"))
        unnamed = {actor.actor_id for actor in article.actors if actor.link_method == "unnamed"}
        assert unnamed <= used(article), path.name
        all_unnamed |= unnamed
    assert all_unnamed
