"""Whom the names in, around and beside the words of a source make its speaker."""

from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor
from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.short_names import initials
from onrecord.annotate.quotes.cue_words import SPEECH_NOUN
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.annotate.syntax.spans import phrase_span
from onrecord.document import Actor, Attribution, Mention
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.titles import ROLE_HEADS, country_of_role
from onrecord.knowledge.word_lists import listed_lower
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_IDENTIFIED = frozenset({"called", "identified", "named"})
_SAME = frozenset({"appos", "nmod", "compound"})  # from a name up to what it is the name of
# What names are that speak, by the tagger; it takes unknown firms for places and products.
_KINDS = {"PERSON": "person", **dict.fromkeys(("ORG", "GPE", "LOC", "PRODUCT", "FAC", "WORK_OF_ART"), "organization")}
_OTHER_NAMES = frozenset({"GPE", "LOC", "NORP", "PERSON"})  # what is no short name of a body
_OF_BODY = frozenset({"at", "for", "from", "of", "with"})  # between a person and the body that is spoken for
_FORMS = listed_lower("legal_form_short", "legal_form")
_SHORTEST_NAME = 2  # letters of what can be somebody's name in capitals
_PART = frozenset({"amod", "compound", "nmod"})  # a source that is but the beginning of a phrase: "alt" of "alt-right"


def only_belongs(speaker: Reference, tokens: "Span", cast: "Cast") -> bool:
    """ "Mr. Smith's lawyer", "an aide to Mr. Smith", "a Smith aide": the person whom it names is not speaking."""
    if speaker.actor.type != "person" or tokens.root.pos_ != "NOUN":
        return False
    named = [m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.actor_id == speaker.actor_id]
    return bool(named) and all(_depends(m, tokens, cast) for m in named)


def _depends(mention: Mention, tokens: "Span", cast: "Cast") -> bool:
    """Whether a name inside the phrase is a possessor or the object of a preposition there."""
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= tokens.root.i < span.end:
        return False
    owned = any(child.tag_ == "POS" for child in span.root.children)
    qualifies = span.root.dep_ in _PART and span.end <= tokens.root.i  # "a senior Brandt aide"
    named = span.root  # "a lawyer for the financier Brandt": what stands before the name is the object, too
    while named.dep_ in _SAME and tokens.start <= named.head.i < tokens.end and named.head.i != tokens.root.i:
        named = named.head
    return owned or qualifies or named.dep_ in ("poss", "pobj")


def in_apposition(attribution: Attribution, cast: "Cast") -> Reference | None:
    """ "One senator, Jane Smith,": the person whom the words around the source name as the same one."""
    extent = cast.syntax.char_span(*attribution.extent, alignment_mode="expand") if attribution.extent else None
    if extent is None or attribution.extent == attribution.source:
        return None
    source = cast.syntax.char_span(*attribution.source, alignment_mode="expand") if attribution.source else None
    links = _SAME | {"conj"} if source is not None and source.root.dep_ in _PART else _SAME
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


def identified(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "A nun identified as Sister Ana": whom the participle behind a description names."""
    for participle in tokens.root.rights:
        if participle.dep_ == "acl" and participle.lower_ in _IDENTIFIED:
            named = cast.mentions_in(participle.idx, participle.right_edge.idx + len(participle.right_edge.text))
            people = [m for m in named if m.form in NAMED and cast[m.actor_id].type == "person"]
            return Reference(cast[people[0].actor_id]) if people else None
    return None


def surname(token: "Token", cast: "Cast") -> Reference | None:
    """ "Power said", where the tagger sees a common noun: a capital and the last or first name of one person."""
    start, end = phrase_span(cast.doc.text, token.idx, token.idx + len(token.text))
    name = cast.doc.text[start:end]  # without a mark that the word hangs on
    if not name[:1].isupper() or token.pos_ not in ("NOUN", "ADJ", "VERB", "PROPN", "PUNCT"):
        return None
    people = [actor for actor in cast.people() if actor.link_method != "unnamed"]
    named = [actor.actor_id for actor in people if actor.name.split()[-1] == name] or [
        actor.actor_id for actor in people if actor.name.split()[0] == name
    ]
    if len(named) != 1 or cast.last_mention(named[0], start) < 0:
        return None
    return refer(cast[named[0]], start, end, "surname")


def short_of_body(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "Harbour said", "HRC said": the one body named before whose name begins with this word or these letters."""
    words = [token for token in tokens if token.pos_ != "DET"]
    name = "".join(token.text for token in words)
    spelt = _spelt_out(name, tokens.start_char, cast)
    if spelt is not None:
        return refer(spelt, words[0].idx, words[0].idx + len(name), "acronym")
    if len(words) != 1 or words[0].ent_type_ in _OTHER_NAMES or not words[0].text[:1].isupper():
        return None
    word = words[0]
    bodies = {
        mention.actor_id: cast[mention.actor_id].name
        for mention in cast.mentions_before(word.idx)
        if mention.form == "name" and cast[mention.actor_id].type == "organization"
    }
    meant = [each for each, name in bodies.items() if " " in name and name.split()[0] == word.text]
    return refer(cast[meant[0]], word.idx, word.idx + len(word.text), "name") if len(meant) == 1 else None


def person_behind(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "The Harbour Post's Nora Testmann", "its director Nora Testmann": the person that a source ends with."""
    person = _name_at_end(tokens)
    if person is None or person.start == tokens.start:
        return None
    before = tokens.doc[tokens.start : person.start]
    titled = before[-1].tag_ == "POS" or fold(before[-1].text) in ROLE_HEADS
    printed = before[-1].pos_ == "PROPN" and fold(before.root.text) in ROLE_HEADS  # Attorney General for Ports
    serves = tokens.root.pos_ == "NOUN" and any(token.pos_ == "ADP" for token in before)  # lawyers for President …
    if serves or not (titled or printed):
        return None
    known = cast.mention_at(person.start_char, person.end_char)
    if known is not None:
        return Reference(cast[known.actor_id]) if cast[known.actor_id].type == "person" else None
    actor = named_actor(" ".join(person.text.split()), "person", None)
    return refer(cast.known(actor), person.start_char, person.end_char, "name")


def person_of_body(tokens: "Span", cast: "Cast") -> Reference | None:
    """ "Nora Testmann of Harbour Action": the person that a source begins with, whatever the parse calls its head."""
    person = next(
        (m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.start == tokens.start_char), None
    )
    if person is None or person.form != "name" or cast[person.actor_id].type != "person":
        return None
    after = next((token for token in tokens if token.idx >= person.end), None)
    return Reference(cast[person.actor_id]) if after is not None and after.lower_ in _OF_BODY else None


def _name_at_end(tokens: "Span") -> "Span | None":
    """The last words of a phrase, if they are somebody's full name: by the tagger, or by the given name."""
    person = next((ent for ent in tokens.ents if ent.label_ == "PERSON" and ent.end == tokens.end), None)
    last = tokens[-2:]
    if person is None and all(token.pos_ == "PROPN" and not token.ent_type_ for token in last):
        return last if gender_of_name(last.text) is not None else None
    return person


def _kind_of(tokens: "Span", head: "Token") -> str | None:
    """The type of a name that speaks: a person or body as the tagger has it, else a body for what it takes for a place.

    A single word that it does not mark is a person, an acronym or one with an article before it a body.
    """
    words = [token for token in tokens if token.pos_ != "DET"]
    if len(words) > 1 and gender_of_name(f"{words[0].text} x") is not None and head.i == words[-1].i:
        return "person"
    if head.ent_type_ in _KINDS:
        return _KINDS[head.ent_type_]
    joined = len(words) > 1 and words[-2].ent_type_ == "ORG" and head.i == words[-1].i and not head.ent_type_
    if joined and fold(head.text) not in SPEECH_NOUN:
        return "organization"  # the *Harbour Post* Sentinel, but no Report
    is_one = all(not token.whitespace_ for token in words[:-1])  # the Star-Ledger
    if head.ent_type_ or not is_one:
        return None
    is_acronym = head.text.isupper() and len(head.text) > _SHORTEST_NAME
    return "organization" if is_acronym or len(tokens) > 1 else "person"


def _spelt_out(name: str, at: int, cast: "Cast") -> Actor | None:
    """The one body named before whose words begin with the letters of an acronym, its legal form aside: PG&E."""
    letters = name.replace("&", "").replace(".", "")
    if len(letters) <= _SHORTEST_NAME or not (letters.isalpha() and letters.isupper()):
        return None
    before = {m.actor_id: cast[m.actor_id] for m in cast.mentions_before(at) if m.form == "name"}
    bodies = (actor for actor in before.values() if actor.type == "organization")
    meant = [each for each in bodies if letters in (initials(each.name), initials(_without_form(each.name)))]
    return meant[0] if len(meant) == 1 else None


def _without_form(name: str) -> str:
    words = name.split()
    return " ".join(words[:-1]) if words[-1].rstrip(".").lower() in _FORMS else name


def newly_named(tokens: "Span", head: "Token", cast: "Cast", kind: str | None = None) -> Reference | None:
    """A name that stands nowhere but beside its words: that it speaks is what shows it to be an actor."""
    kind = kind or _kind_of(tokens, head)
    if head.pos_ != "PROPN" or kind is None:
        return None
    first = last = head.i
    while first > tokens.start and head.doc[first - 1].pos_ == "PROPN":
        first -= 1
    while last + 1 < tokens.end and head.doc[last + 1].pos_ == "PROPN":
        last += 1
    while first >= 2 and head.doc[first - 1].text == "-" and not head.doc[first - 2].whitespace_:
        first -= 2  # C-SPAN, the Star-Ledger
    if first == tokens.start and last - first > 1 and fold(head.doc[first].text) in ROLE_HEADS:
        first, kind = first + 1, "person"  # Actress Nora Testmann
    span = head.doc[first : last + 1]
    start, end = phrase_span(cast.doc.text, span.start_char, span.end_char)
    spelt = _spelt_out(cast.doc.text[start:end], start, cast)
    if spelt is not None:
        return refer(spelt, start, end, "acronym")
    owner = head.doc[head.left_edge.i : first].text if kind == "organization" else ""  # Ghana's, the Ghanaian
    name = " ".join(cast.doc.text[start:end].split())
    actor = named_actor(name, kind, country_of_role(owner, cast.knowledge))
    return refer(cast.known(actor), start, end, "name") if name else None
