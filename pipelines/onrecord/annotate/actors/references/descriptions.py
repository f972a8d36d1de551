"""Sources that an article describes but does not name."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import named_actor
from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.syntax.people_told import SPEAKING
from onrecord.annotate.syntax.spans import phrase_span
from onrecord.document import Actor
from onrecord.knowledge.bodies import BODIES, COLLECTIVES, SHARES, SOME, TWO_WORDS
from onrecord.knowledge.titles import COVERS, NATIONAL, ROLE_HEADS, VAGUE, country_of_role
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold, local_id, normal, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_QUALIFIES = frozenset({"acl", "relcl", "amod"})  # what hangs on a noun behind it and tells who it is
_WHO = word_set(
    "of for with at in from near outside behind against between like including on across under around to as"
)
# On which they speak, or how.
_OCCASIONS = listed("speech_noun") | word_set("telephone twitter facebook past future rally event court")
_DANGLING = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "PRON", "SCONJ"})  # what a cut phrase ends with
_LONGEST_NAME = 12  # tokens
_FAR = 1500  # tokens: how far back a description was introduced
_ARTICLE = re.compile(
    r"(?:an?|the|one|another|some|this|that|these|those|his|her|its|their)\s+(?!(?:at|for|from|in|of|on|who|with)\b)",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s", re.IGNORECASE)
_OFFICER = re.compile(rf"(?i:{NATIONAL.pattern}) [A-Z]")  # somebody whose name the tagger missed
_DOMESTIC = frozenset({"party", "opposition", "parliament", "rebel", "guerrilla", "insurgent", "junta"})
# Peoples and creeds of many countries; leaders of any other, in an article of one country, are of that one.
_TRANSNATIONAL = listed("transnational")
_OF_PEOPLE = frozenset({"amod", "compound", "nmod"})
_LEADING = listed("leading_people")
_PLURAL = frozenset({"NNS", "NNPS"})
_ONE = frozenset({"one", "each", "neither", "either", "another"})  # of the banks
_COUNTED = SHARES | SOME
_COUNTING = frozenset({"group", "team"})  # of researchers


def unnamed(cast: "Cast", start: int, end: int) -> Reference:
    """The source that text[start:end] describes without naming it.

    The same description again is the same actor, within this article only.
    """
    start, end = phrase_span(cast.doc.text, start, end)
    claimed = cast.at(start, end)  # these very words refer to somebody already
    return Reference(cast[claimed.actor_id]) if claimed else _describe(cast, start, end)


def _describe(cast: "Cast", start: int, end: int) -> Reference:
    span = cast.syntax.char_span(start, end, alignment_mode="expand") or None  # an empty one serves no better
    text = " ".join(cast.doc.text[start:end].split())
    if span is None:
        name = _without_article(text, None)
        return refer(_nameless(cast, name, "person", _country(cast, name, None), start, end), start, end, "role")
    if _is_named(span):
        return _heard(cast, start, end)
    root = span.root
    plural = root.tag_ in _PLURAL
    kind, head = kind_of(root), fold(root.lemma_ if plural else root.text)
    name = _without_article(text, span)
    whole, country = name + _behind(span), _country(cast, name, span)
    if _DEFINITE.match(text) and head:
        added = set(normal(whole).split()) - {head, fold(root.text)} - VAGUE
        for actor_id in _described(cast, kind, head):
            if _agrees(cast[actor_id], added, country):
                return refer(cast[actor_id], start, end, "role")
        earlier = first_description(root) if not plural and normal(name) == head else None
        if earlier is not None:
            first = unnamed(cast, *earlier)
            again = refer(first.actor, start, end, "role")
            return replace(first, mentions=(*first.mentions, *again.mentions))
    actor = _nameless(cast, whole, kind, country, start, end)
    return replace(refer(actor, start, end, "role"), described=(kind, head))


def _behind(span: "Span") -> str:
    """What stands behind a description and belongs to it, from the blank on: people *familiar with the matter*.

    Names hold it, so that nobody is called just "people"; mentions do not. It ends where the sentence is broken by a
    mark or goes on to say something.
    """
    end = span.end
    for child in span.root.rights:
        if child.i < span.end:
            continue
        last = child.right_edge.i + 1
        inside = span.doc[end:last]
        if child.left_edge.i != end or not _tells_who(child) or last - span.start > _LONGEST_NAME:
            break
        if any(_breaks(token) for token in inside):
            break
        end = last
    while end > span.end and span.doc[end - 1].pos_ in _DANGLING:
        end -= 1
    tail = span.doc[span.end : end]
    return f" {' '.join(tail.text.split())}" if len(tail) else ""


def _tells_who(behind: "Token") -> bool:
    """Whether what hangs on a noun tells who it is: no occasion on which they speak, no day."""
    if behind.dep_ != "prep":
        return behind.dep_ in _QUALIFIES
    of_what = [child for child in behind.children if child.dep_ == "pobj"]
    return behind.lower_ in _WHO and not any(
        noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in _OCCASIONS for noun in of_what
    )


def _breaks(token: "Token") -> bool:
    """Whether a phrase ends before this token: at a mark, but for a hyphen, and where it goes on to say something."""
    return (
        (token.is_punct and token.tag_ != "HYPH")
        or token.is_space
        or (token.pos_ == "VERB" and token.lemma_.lower() in SPEAKING)
    )


def _without_article(text: str, span: "Span | None") -> str:
    """The words of a description, without an article or the capital of a sentence's first word."""
    name = _ARTICLE.sub("", text, count=1) if _ARTICLE.match(text) else text
    if name == text and span is not None and is_common(span[0]):
        name = name[:1].lower() + name[1:]
    return name or "source"


def _country(cast: "Cast", name: str, span: "Span | None") -> str | None:
    """Whose somebody is: as the words say, else, of parties, officers and leaders, of the article's one country."""
    country = country_of_role(name, cast.knowledge) or (_country_around(cast, span.root) if span is not None else None)
    if country is not None:
        return country
    domestic = span is not None and (fold(span.root.lemma_) in _DOMESTIC or _leads_a_people(span))
    return cast.only_country() if domestic or _OFFICER.match(name) else None


def _nameless(cast: "Cast", name: str, kind: str, country: str | None, start: int, end: int) -> Actor:
    return cast.known(
        Actor(
            actor_id=local_id(kind, normal(name), country or "", cast.doc.article_id),
            name=name,
            type=kind,
            country=country,
            parent_actor_id=_parent_of(cast, start, end),
            link_method="unnamed",
        )
    )


def _described(cast: "Cast", kind: str, head: str) -> Iterator[str]:
    """Those described before by the same noun, the last first, then by one that it covers: the lawmaker, a senator."""
    for noun in (head, *sorted(COVERS.get(head, frozenset()) - {head})):
        yield from reversed(cast.described(kind, noun))


def _heard(cast: "Cast", start: int, end: int) -> Reference:
    """A named source that no other rule took for an actor: it speaks, so it is one."""
    article = _ARTICLE.match(cast.doc.text, start, end)
    start = article.end() if article else start
    claimed = cast.at(start, end)
    if claimed:
        return Reference(cast[claimed.actor_id])  # the name is somebody's already
    name = " ".join(cast.doc.text[start:end].split())
    title, _, bearer = name.partition(" ")
    if fold(title) in ROLE_HEADS and " " in bearer:  # Actress Nora Testmann
        return refer(cast.known(named_actor(bearer, "person", None)), end - len(bearer), end, "name")
    return refer(
        cast.known(named_actor(name, "organization", country_of_role(name, cast.knowledge))), start, end, "name"
    )


def _is_named(span: "Span") -> bool:
    """Whether the whole phrase is one name that the tagger takes for an organization's: no law or product is heard."""
    words = span[1:] if _ARTICLE.match(span.text) and len(span) > 1 else span
    return (
        all(token.ent_type_ == "ORG" for token in words)
        and all(token.text[0].isupper() or token.tag_ in ("IN", "CC", "DT") for token in words)
        and words[0].text[0].isupper()
        and words.root.lower_ not in ROLE_HEADS
        and "\n" not in words.text
    )


def kind_of(noun: "Token") -> str:
    """The type of actor that a description headed by `noun` stands for, as schemas/actors.yml tells them apart.

    One body is an organization. Several bodies are no one organization but a group, as several people are; so are
    people who are counted (a group of *students*, a majority) or named as one (the family).
    """
    of = next((child for child in noun.rights if child.lower_ == "of"), None)
    counted = next((child for child in of.children if child.dep_ == "pobj"), None) if of is not None else None
    word = fold(noun.lemma_)
    if word in _COUNTED or noun.lower_ in _COUNTED or (noun.tag_ == "CD" and noun.lower_ not in _ONE):
        return "group"
    if noun.lower_ in _ONE and counted is not None:
        return "organization" if fold(counted.lemma_) in BODIES else "person"
    if noun.lower_ in BODIES:  # also where the tagger sees a plural: police
        return "group" if word in _COUNTING and counted is not None and counted.tag_ in _PLURAL else "organization"
    if noun.tag_ in _PLURAL or word in COLLECTIVES:
        return "group"
    before = noun.nbor(-1).lower_ if noun.i > 0 else ""
    return "organization" if f"{before} {noun.lower_}" in TWO_WORDS else "person"


def _country_around(cast: "Cast", noun: "Token") -> str | None:
    """The state whose somebody is, or in, of or from which: *Ghana's* high court, opposition groups *in Zimbabwe*."""
    if (owner := country_of_role(before(noun), cast.knowledge)) is not None:
        return owner
    for link in noun.children:
        if link.dep_ != "prep" or link.lower_ not in ("in", "of", "from", "for"):
            continue
        for place in link.children:
            states = [m for m in cast.mentions_in(place.idx, place.idx + len(place)) if place.dep_ == "pobj"]
            if states and cast[states[0].actor_id].type == "state":
                return cast[states[0].actor_id].country
            if place.dep_ == "pobj" and (country := country_of_role(before(place), cast.knowledge)) is not None:
                return country  # for the Israeli prime minister
    return None


def before(noun: "Token") -> str:
    """A noun with what stands before it in its phrase."""
    return str(noun.doc[noun.left_edge.i : noun.i + 1].text)


def _agrees(known: Actor, added: set[str], country: str | None) -> bool:
    """Whether a later description fits a known one: all that it says beside its noun was `added` there, too.

    `The Chinese official` after a White House official is somebody else.
    """
    return country in (None, known.country) and added <= set(normal(known.name).split())


def _leads_a_people(span: "Span") -> bool:
    """Yoruba leaders, a group of Catholic bishops, a Republican senator: a people or party of the country at hand."""
    return any(
        noun.lemma_.lower() in _LEADING
        and any(
            of.ent_type_ in ("NORP", "GPE") and of.lower_ not in _TRANSNATIONAL
            for of in noun.lefts
            if of.dep_ in _OF_PEOPLE
        )
        for noun in span
    )


def is_common(token: "Token") -> bool:
    """Whether a capital is due to the beginning of the sentence only."""
    return bool(token.is_sent_start) and token.pos_ in ("NOUN", "ADJ", "DET", "NUM") and token.ent_type_ == ""


def _parent_of(cast: "Cast", start: int, end: int) -> str | None:
    """The body that the description names: the Foreign Ministry of `a Foreign Ministry spokesman`."""
    bodies = [m.actor_id for m in cast.mentions_in(start, end) if cast[m.actor_id].type == "organization"]
    return bodies[0] if len(bodies) == 1 else None


def first_description(noun: "Token") -> tuple[int, int] | None:
    """The phrase that introduced `the spokesman`: the last earlier one with this head and an indefinite article.

    `noun` is the head of the description. At most FAR tokens are looked at, so a long text costs no more per call.
    """
    head = fold(noun.text)
    for token in reversed(noun.doc[max(0, noun.i - _FAR) : noun.i]):
        if fold(token.text) != head:
            continue
        left = token.left_edge
        if fold(left.text) in ("a", "an", "one", "another"):
            right = [child.right_edge for child in token.rights if child.dep_ == "prep"]
            last = right[0] if right and right[0].i - token.i <= 8 else token
            return left.idx, last.idx + len(last.text)
    return None
