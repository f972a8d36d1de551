"""The body or the people that spoke last, under another name: the group, the union, the senators, the pair."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references.described_bodies import is_called
from onrecord.document import Actor, Quote
from onrecord.knowledge.bodies import ANY, BODIES, COMPANY, MEDIA
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import WORD, fold

if TYPE_CHECKING:
    from spacy.tokens import Span

    from onrecord.annotate.actors.cast import Cast

SPEAKERS_BACK = 20  # quotes back to whoever spoke before
# Descriptions that fit the last body that spoke, whatever its name says; a ministry or a bank is some other body.
SAME_BODY = ANY | COMPANY | MEDIA | listed("same_body")


def same_again(tokens: "Span", cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """ "The group", "the senators": the body or the joint speakers that spoke last, at most a paragraph before."""
    root = tokens.root
    if len(tokens) != 2 or tokens[0].lower_ not in ("the", "this", "these"):
        return None
    joint = root.tag_ == "NNS"
    if not joint and root.lower_ not in SAME_BODY:
        return None
    text = cast.doc.text
    for quote in reversed(earlier[-SPEAKERS_BACK:]):
        if quote.speaker is None or quote.speaker_actor_id is None or quote.speaker[1] > tokens.start_char:
            continue
        spoke = cast[quote.speaker_actor_id]
        if joint and spoke.type == "person" and text[slice(*quote.speaker)].lower() == tokens.text.lower():
            return refer(spoke, tokens.start_char, tokens.end_char, "role")  # the researchers, again
        if text.count("\n\n", quote.speaker[1], tokens.start_char) > 1:
            if not joint:
                return None
            continue
        body = spoke.type == "organization" and spoke.link_method != "unnamed" and _can_be(spoke, root.lower_)
        if (spoke.type == "person" and " and " in text[slice(*quote.speaker)]) if joint else body:
            return refer(spoke, tokens.start_char, tokens.end_char, "role")
    return None


def _can_be(spoke: Actor, word: str) -> bool:
    """Whether nothing speaks against calling a body so: no ministry is a company, and no bank a party."""
    own = {fold(each) for each in WORD.findall(spoke.name)}
    return word in own | ANY or is_called(spoke, word, own) or (spoke.sector is None and own.isdisjoint(BODIES))
