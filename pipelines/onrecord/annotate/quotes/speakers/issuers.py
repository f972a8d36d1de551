"""Whose statement, letter, poll or description it is: a text or an act of speaking that is named as a source."""

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.quotes.cue_words import RELATIVE, SPEAKER_NOUN, SPEECH_NOUN
from onrecord.annotate.quotes.speakers.by_name import newly_named
from onrecord.annotate.quotes.speakers.same import SPEAKERS_BACK, same_again
from onrecord.document import Attribution, Quote
from onrecord.knowledge.bodies import COLLECTIVES, MEDIA, STATE
from onrecord.knowledge.word_lists import listed_lower, with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_ACT_ENDING = ("tion", "sion", "ment", "ness", "ance", "ence", "sis")
_STATEMENT_REACH = 1500  # characters back to the speaker whose statement "the statement" is
_DOCUMENT_BACK = 400  # tokens back to where a document is first spoken of
_OFFICES = STATE | {"embassy", "army", "military", "palace"}  # a statement of theirs is their state's
_MESSAGES = with_meaning("message", "speech_noun")
_SPOKEN = with_meaning("spoken", "speech_noun")
_INQUIRIES = with_meaning("inquiry", "speech_noun")  # a survey is a poll, and both make a report
_ALIKE = (_MESSAGES, _INQUIRIES)  # nouns by which one document is called in turn
# Texts that report what somebody says, without being acts of speech.
_TEXTS = with_meaning("text", "speech_noun")
_PRESS = MEDIA | listed_lower("outlet_word")  # US media reports are not the state's
_MADE = frozenset({"circulate", "give", "issue", "make", "post", "publish", "read", "release", "send", "sign", "write"})
# What media do with a text of others.
PASSED_ON = frozenset({"cite", "leak", "obtain", "publish", "quote", "report", "review", "see"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their"})


def is_speech(noun: "Token") -> bool:
    """A text or an act of speaking: "the statement", "the president's description". A name such as the Post is not."""
    lemma = noun.lemma_.lower()
    if noun.pos_ == "PROPN":
        return False
    act = noun.tag_ == "NN" and lemma.endswith(_ACT_ENDING) and lemma not in SPEAKER_NOUN | COLLECTIVES
    return act or lemma in SPEECH_NOUN or lemma in _TEXTS


def _sender(document: "Token", cast: "Cast") -> Reference | None:
    """ "A letter from the ministry", "a memo that Ms. Ortega wrote": whom the words after it name, else nobody."""
    for sender in _senders(document):
        named = next(iter(resolve(cast, sender.left_edge.idx, sender.idx + len(sender.text))), None)
        is_medium = named is not None and named.actor.sector == "media"
        if is_medium and sender.head.head.pos_ == "VERB" and sender.head.head.lemma_ in PASSED_ON:
            continue  # the memo, first published by the Post
        if sender.head.lower_ == "in" and not is_medium:
            continue  # a report in the senate
        if named is not None and named.actor.type == "state" and document.lemma_ == "report":
            continue  # reports from Libya say
        if named is None and (sender.tag_ == "NNPS" or sender.lemma_.lower() in SPEAKER_NOUN):
            return unnamed(cast, sender.left_edge.idx, sender.idx + len(sender.text))
        phrase = sender.doc[sender.left_edge.i : sender.i + 1]
        is_body = sender.head.lower_ == "by" or (phrase[0].lower_ == "the" and sender.ent_type_ in ("ORG", ""))
        return named or (newly_named(phrase, sender, cast) if is_body else None)  # a letter from Texas
    return None


def _senders(document: "Token") -> Iterator["Token"]:
    if document.dep_ == "dobj" and document.head.lemma_ in _MADE:  # the senators issued a report
        yield from (noun for noun in document.head.lefts if noun.dep_ == "nsubj" and noun.lower_ not in RELATIVE)
    # A column in the Times by Ms. Ortega is hers.
    for child in sorted(document.rights, key=lambda each: each.lower_ == "in"):
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "in"):
            yield from (noun for noun in child.children if noun.dep_ == "pobj")
        elif child.dep_ in ("relcl", "acl"):
            yield from (noun for noun in child.children if noun.dep_ == "nsubj" and noun.lower_ not in RELATIVE)
            yield from _senders(child)  # "a letter sent on Monday by Ms. Ortega"


def _of_kind(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "A ministry statement": the body of that kind which the article spoke of last, or the state it belongs to."""
    found = next(iter(resolve(cast, tokens.start_char, tokens.end_char)), None)
    if found is None:
        return None
    kinds = {token.lower_ for token in tokens if token.dep_ == "compound"}
    if cast.mentions_in(tokens.start_char, tokens.end_char):
        return found
    own = _OFFICES if found.actor.type == "state" else frozenset(found.actor.name.lower().split())
    return None if kinds.isdisjoint(own) else found


def find_issuer(tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """Whose statement it is: the owner inside the phrase, or behind it, else that of the same noun before."""
    issuer = _owner_before(tokens, cast, earlier) or _sender(tokens.root, cast)
    if issuer is None and tokens[0].lower_ in _DEFINITE:
        issuer = _issuer_before(tokens, attribution, cast, earlier)
    elif issuer is None:
        issuer = _of_kind(tokens, cast)
    of_press = any(token.lower_ in _PRESS for token in tokens if token.i < tokens.root.i)
    return None if of_press and issuer is not None and issuer.actor.type == "state" else issuer


def _owner_before(tokens: "Span", cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """Whom the words before the noun name: the president's statement, a Northgate study, the group's letter."""
    owner = tokens[: tokens.root.i - tokens.start]
    if not any(token.pos_ in ("NOUN", "PROPN") for token in owner):
        return None
    named = cast.mentions_in(owner.start_char, owner.end_char)
    if named:
        return Reference(cast[named[-1].actor_id])
    return _printed_before(tokens, cast) or _owned(tokens.root, cast, earlier)


def _issuer_before(
    tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]
) -> Reference | None:
    """Whose "the statement" is: of whoever issued the one that the article spoke of last, else who spoke last."""
    root = tokens.root
    spoken = [quote for quote in earlier[-SPEAKERS_BACK:] if quote.speaker_actor_id is not None]
    near = [quote for quote in spoken if 0 <= attribution.start - quote.end <= _STATEMENT_REACH]
    kind = root.lemma_.lower()
    before = root.doc[max(root.i - _DOCUMENT_BACK, 0) : tokens.start]
    same = _alike(before, {kind}, _modifiers(root)) or _alike(before, _synonyms(kind), _modifiers(root))
    for token in same:
        named = cast.mentions_in(token.left_edge.idx, token.idx)
        sender = Reference(cast[named[-1].actor_id]) if named else _sender(token, cast)
        beside = (_speaker(q, cast) for q in reversed(near) if q.speaker and _is_by(token, q.speaker))
        issuer = sender or next(beside, None)
        if issuer is not None or token.left_edge.lower_ not in _DEFINITE:
            return issuer  # one that is introduced here is none of those before
    return _speaker(near[-1], cast) if near and kind in _SPOKEN else None


def _synonyms(kind: str) -> Collection[str]:
    """The nouns by which a document of this kind is called, too."""
    return next((kinds for kinds in _ALIKE if kind in kinds), ())


def _alike(before: "Span", kinds: Collection[str], added: set[str]) -> list["Token"]:
    """The documents of these kinds in a stretch, the last first; the Democratic memo is not the Republican one."""
    nouns = (token for token in reversed(before) if token.pos_ in ("NOUN", "PROPN"))
    return [noun for noun in nouns if noun.lemma_.lower() in kinds and added <= _modifiers(noun)]


def _printed_before(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "A new Northgate study": the body whose name, which nothing else tells to be one, stands before the noun.

    One word must be a body to the tagger: there are HIV studies, too.
    """
    last = tokens.root.i - 1
    if last < tokens.start or tokens.doc[last].pos_ != "PROPN":
        return None
    name = tokens.doc[last]
    is_long = last > tokens.start and name.nbor(-1).pos_ == "PROPN" and not name.ent_type_ and not name.is_upper
    return newly_named(tokens, name, cast, "organization") if is_long or name.ent_type_ == "ORG" else None


def _owned(document: "Token", cast: "Cast", earlier: Sequence[Quote]) -> Reference | None:
    """ "The group's letter": whoever "the group" is."""
    owner = next((child for child in document.lefts if child.dep_ == "poss" and child.pos_ == "NOUN"), None)
    if owner is None:
        return None
    tokens = owner.doc[owner.left_edge.i : owner.i + 1]
    return next(iter(resolve(cast, tokens.start_char, tokens.end_char)), None) or same_again(tokens, cast, earlier)


def _speaker(quote: Quote, cast: "Cast") -> Reference | None:
    return Reference(cast[quote.speaker_actor_id]) if quote.speaker_actor_id is not None else None


def _modifiers(noun: "Token") -> set[str]:
    return {child.lower_ for child in noun.lefts if child.dep_ in ("amod", "compound", "nmod")}


def _is_by(document: "Token", speaker: tuple[int, int]) -> bool:
    """ "He said in a statement", "the memo says", "she issued the memo": no memo that somebody only speaks of."""
    if not document.sent.start_char <= speaker[0] < speaker[1] <= document.sent.end_char:
        return False
    if speaker[0] <= document.idx < speaker[1]:
        return True
    holder = document.head
    if document.dep_ == "pobj":
        return holder.lower_ in ("in", "via", "through", "by")
    subjects = [child for child in holder.lefts if child.dep_ == "nsubj"]
    made = document.dep_ == "dobj" and holder.lemma_ in _MADE
    return made and any(speaker[0] <= subject.idx < speaker[1] for subject in subjects)
