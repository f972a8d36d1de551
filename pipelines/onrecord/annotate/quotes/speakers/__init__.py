"""Who the source of an attribution is: a name, a description, or a pronoun read in the light of who spoke before.

`references.resolve` answers for any phrase. Speakers are a narrower question: see `salience` for what helps with it.
Like it, what is here answers and records nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.actors.references.pronouns import fits_pronoun
from onrecord.annotate.quotes.cue_words import SPEAKER_ENDING, SPEAKER_NOUN, SPEECH_NOUN
from onrecord.annotate.quotes.speakers.by_name import (
    identified,
    in_apposition,
    newly_named,
    only_belongs,
    person_behind,
    person_of_body,
    short_of_body,
    surname,
)
from onrecord.annotate.quotes.speakers.descriptions import find_described
from onrecord.annotate.quotes.speakers.issuers import find_issuer, is_speech
from onrecord.annotate.quotes.speakers.salience import most_salient
from onrecord.annotate.quotes.speakers.same import SAME_BODY, SPEAKERS_BACK, same_again
from onrecord.document import Attribution, Mention, Quote
from onrecord.knowledge.titles import FEMALE

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_PERSON = frozenset({"he", "she", "his", "her"})
_PLURAL = frozenset({"they", "both", "the two"})
_LAWS = frozenset({"treaty", "bill", "statute", "law", "amendment", "rule", "constitution"})  # nobody's words
_SOME_ONE = frozenset({"a", "an", "another", "one"})
_WORDS_BACK = 80  # tokens back to the plural subject that "they" are


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
    if root.lemma_.lower() in _LAWS:
        return None
    if is_speech(root):
        return find_issuer(tokens, attribution, cast, earlier)
    if cast.doc.text[slice(*source)].lower() in _PERSON:
        return _pronoun(root, source, attribution, cast, earlier, others)
    return (
        _named(tokens, source, cast, earlier)
        or in_apposition(attribution, cast)
        or identified(tokens, cast)
        or _described(tokens, source, attribution, cast, earlier, others)
    )


def _named(tokens: "Span", source: tuple[int, int], cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """Whom the words of a `source` name, unless what they describe only belongs to that one; whom "they" are."""
    speaker = _first(resolve(cast, *source))
    if speaker is None or speaker.actor.type == "organization":
        speaker = person_of_body(tokens, cast) or person_behind(tokens, cast) or speaker
    if speaker is not None:
        return None if only_belongs(speaker, tokens, cast) else speaker
    if tokens.text.lower() == "they":
        return _plural(tokens.root, cast, earlier)
    return (surname(tokens.root, cast) if len(tokens) == 1 else None) or short_of_body(tokens, cast)


def _described(
    tokens: "Span",
    source: tuple[int, int],
    attribution: Attribution,
    cast: "Cast",
    earlier: Sequence[Quote],
    others: Sequence[Attribution],
) -> Reference | None:
    """Whom a source that names nobody known describes: somebody met, else an unnamed actor or a name not yet known."""
    partisan = tokens.root.ent_type_ == "NORP" and tokens[0].lower_ in _SOME_ONE  # one senior Republican
    some = len(tokens) > 1 and (tokens.root.pos_ != "PROPN" or partisan)  # some in the party, the left
    if some or any(token.pos_ == "NOUN" for token in tokens) or tokens.root.tag_ == "NNPS":
        again = _beside(tokens, cast) or same_again(tokens, cast, earlier)
        described = again or find_described(tokens, attribution, cast, earlier, others)
        return described or unnamed(cast, *source)
    named = find_described(tokens, attribution, cast, earlier, others) or newly_named(tokens, tokens.root, cast)
    speaks = len(tokens) > 1 and tokens.root.lower_ in SPEAKER_NOUN  # the Lord Chancellor, Iranian TV
    return named or (unnamed(cast, *source) if speaks else None)


def find_joint(attribution: Attribution, speaker: Reference | None, cast: "Cast") -> tuple[Reference, ...]:
    """Who says it together with `speaker`, in text order: the other actors that the source joins or "they" are."""
    if speaker is None or attribution.source is None:
        return ()
    tokens = cast.syntax.char_span(*attribution.source, alignment_mode="expand")
    if tokens is None or not (tokens.text.lower() in _PLURAL or any(t.dep_ == "conj" for t in tokens)):
        return ()
    named = resolve(cast, *attribution.source)
    if all(each.actor_id != speaker.actor_id for each in named) or is_speech(tokens.root):
        return ()
    others = (each for each in named if each.actor_id != speaker.actor_id)
    return tuple(each for each in others if not only_belongs(each, tokens, cast))


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


def _pronoun(
    pronoun: "Token",
    source: tuple[int, int],
    attribution: Attribution,
    cast: "Cast",
    earlier: Sequence[Quote],
    others: Sequence[Attribution],
) -> Reference | None:
    """The person that best fits "he" or "she" at `source`: words whose tokens may hold a mark beside them."""
    resolved = _first(resolve(cast, *source))
    gender = "f" if cast.doc.text[slice(*source)].lower() in FEMALE else "m"

    def fits(mention: Mention) -> bool:
        return fits_pronoun(cast, mention, person=True, gender=gender)

    best = most_salient(pronoun, attribution, cast, earlier, others, fits)
    if best is None or (resolved is not None and best == resolved.actor_id):
        return resolved
    return replace(refer(cast[best], *source, "pronoun"), overrides=True)


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
    for token in reversed(pronoun.doc[max(pronoun.i - _WORDS_BACK, 0) : pronoun.i]):
        if text.count("\n\n", token.idx, pronoun.idx) > 1:
            return None
        lemma = token.lemma_.lower()
        if token.dep_ == "nsubj" and token.tag_ == "NNS" and (lemma in SPEAKER_NOUN or lemma.endswith(SPEAKER_ENDING)):
            return _first(resolve(cast, token.left_edge.idx, token.idx + len(token.text))) or unnamed(
                cast, token.left_edge.idx, token.idx + len(token.text)
            )
    return None


def _beside(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "The party's newspaper, the Red Dawn": the name in apposition to a description of a body."""
    if tokens.root.lower_ not in SAME_BODY:
        return None
    names = (child for child in tokens.root.rights if child.dep_ == "appos" and child.i < tokens.end)
    return next((newly_named(tokens, name, cast, "organization") for name in names if name.pos_ == "PROPN"), None)
