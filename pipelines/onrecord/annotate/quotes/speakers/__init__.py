"""Who the source of an attribution is: a name, a description, or a pronoun read in the light of who spoke before.

`references.resolve` answers for any phrase. Speakers are a narrower question: see `salience` for what helps with it.
Like it, what is here answers and records nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor
from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.actors.references.pronouns import fits_pronoun
from onrecord.annotate.quotes.cue_words import SPEAKER_ENDING, SPEAKER_NOUN, SPEECH_NOUN
from onrecord.annotate.quotes.speakers.descriptions import find_described
from onrecord.annotate.quotes.speakers.issuers import SPEAKERS_BACK, find_issuer, is_speech
from onrecord.annotate.quotes.speakers.salience import NAMED, most_salient
from onrecord.document import Attribution, Mention, Quote
from onrecord.knowledge.bodies import ANY, COMPANY, MEDIA
from onrecord.knowledge.titles import FEMALE, country_of_role
from onrecord.knowledge.word_lists import listed

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

PERSON = frozenset({"he", "she", "his", "her"})
PLURAL = frozenset({"they", "both", "the two"})
LAWS = frozenset({"treaty", "bill", "statute", "law", "amendment", "rule", "constitution"})  # nobody's words
SAME = frozenset({"appos", "nmod", "compound"})  # from a name up to what it is the name of
PART = frozenset({"amod", "compound", "nmod"})  # a source that is but the beginning of a phrase: "alt" of "alt-right"
WORDS_BACK = 80  # tokens back to the plural subject that "they" are
# Descriptions that fit the last body that spoke, whatever its name says; a ministry or a bank is some other body.
SAME_BODY = ANY | COMPANY | MEDIA | listed("same_body")


def find_speaker(
    attribution: Attribution, cast: "Cast", earlier: Sequence[Quote], others: Sequence[Attribution]
) -> Reference | None:
    """Whom the source of `attribution` refers to; what a description that names nobody refers to is an unnamed actor.

    `earlier` are the quotes before it, `others` all attributions of the document.
    """
    source = attribution.source
    if source is None:
        return None
    tokens = cast.syntax.char_span(*source, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return _first(resolve(cast, *source))
    root = tokens.root
    if root.lemma_.lower() in LAWS:
        return None
    if is_speech(root):
        return find_issuer(tokens, attribution, cast, earlier)
    if len(tokens) == 1 and root.lower_ in PERSON:
        return _pronoun(root, attribution, cast, earlier, others)
    speaker = _first(resolve(cast, *source))
    if speaker is None and len(tokens) == 1:
        speaker = _plural(root, cast, earlier) if root.lower_ == "they" else _surname(root, cast)
        if speaker is not None:
            return speaker
    if speaker is not None and not _only_belongs(speaker, tokens, cast):
        return speaker
    named = _in_apposition(attribution, cast)
    if named is not None:
        return named
    if any(token.pos_ == "NOUN" for token in tokens) or root.tag_ == "NNPS":
        again = _beside(tokens, cast) or _same_again(tokens, cast, earlier)
        return again or find_described(tokens, attribution, cast, earlier, others) or unnamed(cast, *source)
    return find_described(tokens, attribution, cast, earlier, others) or _newly_named(tokens, root, cast)


def find_joint(attribution: Attribution, speaker: Reference | None, cast: "Cast") -> tuple[Reference, ...]:
    """Who says it together with `speaker`, in text order: the other actors that the source joins or "they" are."""
    if speaker is None or attribution.source is None:
        return ()
    tokens = cast.syntax.char_span(*attribution.source, alignment_mode="expand")
    if tokens is None or not (tokens.text.lower() in PLURAL or any(t.dep_ == "conj" for t in tokens)):
        return ()
    named = resolve(cast, *attribution.source)
    if all(each.actor_id != speaker.actor_id for each in named) or is_speech(tokens.root):
        return ()
    others = (each for each in named if each.actor_id != speaker.actor_id)
    return tuple(each for each in others if not _only_belongs(each, tokens, cast))


def cited(attribution: Attribution, cast: "Cast") -> tuple[int, int] | None:
    """Whom a medium cites for what it reports: "the agency said, citing two officials". It only relays them."""
    if attribution.cue is None or attribution.source is None:
        return None
    cue = cast.syntax.char_span(*attribution.cue, alignment_mode="expand")
    named = resolve(cast, *attribution.source)
    if cue is None or not named or named[0].actor.sector != "media":
        return None
    for citing in cue.root.children:
        if citing.lower_ in ("citing", "quoting"):
            for whom in citing.rights:
                if whom.dep_ == "dobj" and whom.lemma_.lower() not in SPEECH_NOUN:
                    return whom.left_edge.idx, whom.idx + len(whom.text)
    return None


def _first(found: Sequence[Reference]) -> Reference | None:
    return found[0] if found else None


def _only_belongs(speaker: Reference, tokens: "Span", cast: "Cast") -> bool:
    """ "Mr. Smith's lawyer", "an aide to Mr. Smith": the phrase holds the name of a person who is not speaking."""
    if speaker.actor.type != "person" or tokens.root.pos_ != "NOUN":
        return False
    named = [m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.actor_id == speaker.actor_id]
    return bool(named) and all(_depends(m, tokens, cast) for m in named)


def _in_apposition(attribution: Attribution, cast: "Cast") -> Reference | None:
    """ "One senator, Jane Smith,": the person whom the words around the source name as the same one."""
    extent = cast.syntax.char_span(*attribution.extent, alignment_mode="expand") if attribution.extent else None
    if extent is None or attribution.extent == attribution.source:
        return None
    source = cast.syntax.char_span(*attribution.source, alignment_mode="expand") if attribution.source else None
    links = SAME | {"conj"} if source is not None and source.root.dep_ in PART else SAME
    for mention in cast.mentions_in(extent.start_char, extent.end_char):
        actor = cast[mention.actor_id]
        if actor.type != "person" or actor.link_method == "unnamed" or mention.form not in NAMED:
            continue
        span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            continue
        token = span.root
        while token.i != extent.root.i and token.dep_ in links and extent.start <= token.head.i < extent.end:
            token = token.head
        if token.i == extent.root.i:
            return Reference(actor)
    return None


def _depends(mention: Mention, tokens: "Span", cast: "Cast") -> bool:
    """Whether a name inside the phrase is a possessor or the object of a preposition there."""
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= tokens.root.i < span.end:
        return False
    owned = any(child.tag_ == "POS" for child in span.root.children)
    return owned or span.root.dep_ in ("poss", "pobj")


def _pronoun(
    pronoun: "Token",
    attribution: Attribution,
    cast: "Cast",
    earlier: Sequence[Quote],
    others: Sequence[Attribution],
) -> Reference | None:
    """The person that best fits "he" or "she"."""
    at = pronoun.idx
    resolved = _first(resolve(cast, at, at + len(pronoun.text)))
    gender = "f" if pronoun.lower_ in FEMALE else "m"

    def fits(mention: Mention) -> bool:
        return fits_pronoun(cast, mention, person=True, gender=gender)

    best = most_salient(pronoun, attribution, cast, earlier, others, fits)
    if best is None or (resolved is not None and best == resolved.actor_id):
        return resolved
    return replace(refer(cast[best], at, at + len(pronoun.text), "pronoun"), overrides=True)


def _surname(token: "Token", cast: "Cast") -> Reference | None:
    """ "Power said", where the tagger sees a common noun: a capital and the last name of one person of the article."""
    if not token.text[:1].isupper() or token.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN"):
        return None
    named = [
        actor.actor_id
        for actor in cast.people()
        if actor.name.split()[-1] == token.text and actor.link_method != "unnamed"
    ]
    if len(named) != 1 or cast.last_mention(named[0], token.idx) < 0:
        return None
    return refer(cast[named[0]], token.idx, token.idx + len(token.text), "surname")


def _plural(pronoun: "Token", cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """ "They" that names no actors: the group that spoke last, else the plural subject before, at most a paragraph."""
    text = cast.doc.text
    for quote in reversed(earlier[-SPEAKERS_BACK:]):
        if quote.speaker is None or quote.speaker_actor_id is None:
            continue
        if text.count("\n\n", quote.speaker[1], pronoun.idx) > 1:
            break
        if cast[quote.speaker_actor_id].type == "group":
            return Reference(cast[quote.speaker_actor_id])
    for token in reversed(pronoun.doc[max(pronoun.i - WORDS_BACK, 0) : pronoun.i]):
        if text.count("\n\n", token.idx, pronoun.idx) > 1:
            return None
        lemma = token.lemma_.lower()
        if token.dep_ == "nsubj" and token.tag_ == "NNS" and (lemma in SPEAKER_NOUN or lemma.endswith(SPEAKER_ENDING)):
            return _first(resolve(cast, token.left_edge.idx, token.idx + len(token.text))) or unnamed(
                cast, token.left_edge.idx, token.idx + len(token.text)
            )
    return None


def _same_again(tokens: "Span", cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
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
        if text.count("\n\n", quote.speaker[1], tokens.start_char) > 1:
            return None
        spoke = cast[quote.speaker_actor_id]
        body = spoke.type == "organization" and spoke.link_method != "unnamed"  # a ministry is no company
        if (spoke.type == "person" and " and " in text[slice(*quote.speaker)]) if joint else body:
            return refer(spoke, tokens.start_char, tokens.end_char, "role")
    return None


def _beside(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "The party's newspaper, the Red Dawn": the name in apposition to a description of a body."""
    if tokens.root.lower_ not in SAME_BODY:
        return None
    names = (child for child in tokens.root.rights if child.dep_ == "appos" and child.i < tokens.end)
    return next((_newly_named(tokens, name, cast, "organization") for name in names if name.pos_ == "PROPN"), None)


def _newly_named(tokens: "Span", head: "Token", cast: "Cast", kind: str | None = None) -> Reference | None:
    """A name that stands nowhere but beside its words: that it speaks is what shows it to be an actor."""
    if head.pos_ != "PROPN":
        return None
    kind = kind or {"PERSON": "person", "ORG": "organization"}.get(head.ent_type_)
    if kind is None and head.ent_type_ == "" and len(tokens) == 1:
        kind = "person"
    if kind is None:
        return None
    first = last = head.i
    while first > tokens.start and head.doc[first - 1].pos_ == "PROPN":
        first -= 1
    while last + 1 < tokens.end and head.doc[last + 1].pos_ == "PROPN":
        last += 1
    span = head.doc[first : last + 1]
    owner = head.doc[head.left_edge.i : first].text if kind == "organization" else ""  # Ghana's, the Ghanaian
    actor = named_actor(" ".join(span.text.split()), kind, country_of_role(owner, cast.knowledge))
    return refer(cast.known(actor), span.start_char, span.end_char, "name")
