"""Whom a description by office or trade refers to: `the secretary of state`, `a Pentagon official`."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.document import Actor
from onrecord.knowledge.titles import (
    COVERS,
    LINKS,
    ROLE_HEADS,
    SINGULAR,
    VAGUE,
    canonical_role,
    country_of_role,
    covers,
    has_left_role,
    same_rank,
    same_role,
    without_country,
)
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import WORD, fold

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast
    from onrecord.annotate.actors.people import PersonName

_QUOTED = re.compile(r"[\"“”‘]|(?<!\w)['’]")
REACH = 6000  # characters: how far ahead a report names the official of its lead
_SEVERAL = listed("office_of_several")
_PLACES = frozenset({"GPE", "LOC", "NORP"})
_SHARED = COVERS["spokesperson"] | {"official", "analyst"}  # what many can be called
_PROTAGONIST = 3  # mentions that make a former holder of a high office the one that the article is about


def role(cast: "Cast", head: "Token", span: "Span") -> tuple[Reference, ...]:
    """`the secretary of state`, `Russia's foreign minister`: a person of the article with that office."""
    if fold(head.text) not in ROLE_HEADS or head.tag_ in ("NNS", "NNPS"):
        return ()
    if re.match(r"(?:one|another|some|no|any|every|each|many)\s", span.text, re.IGNORECASE):
        return ()
    if re.match(r"an?\s", span.text, re.IGNORECASE):
        later = _introduced(cast, head, span)
        return (refer(cast[later], span.start_char, span.end_char, "role"),) if later else ()
    wanted = without_country(span.text, cast.knowledge)
    country = country_of_role(span.text, cast.knowledge)
    if any(fold(token.text) in ("former", "ex", "then") for token in span):
        actor_id = _predecessor(cast, wanted, country)
    else:
        actor_id = _bearer(cast, wanted, country, span.start_char) or described(cast, head, span, country)
    if actor_id is None:
        return ()
    return (refer(cast[actor_id], span.start_char, span.end_char, "role", wanted or None),)


def _bearer(cast: "Cast", wanted: str, country: str | None, before: int) -> str | None:
    """The person of the article with this office: an exact title before a similar one, then the one mentioned last.

    Of two holders of one country's office the later is meant, unless several hold it at a time, as senators do:
    articles speak of those in office. Who took it after the article appeared does not count, and who had left it or
    bears it as a former one only where nobody else of that office is there; of a high office such a one must be whom
    the article is about. Where nobody knows when the article appeared, those whom it calls so itself go first. A head
    of another state needs evidence (`can_be_bare`).
    """
    is_high = canonical_role(wanted) in SINGULAR
    is_of_one = _SEVERAL.isdisjoint(canonical_role(wanted).split())
    ranked: list[tuple[bool, bool, bool, bool, int, str, str]] = []
    for actor in cast.people():
        if country and actor.country != country:
            continue
        printed = [role for role in actor.roles if same_role(wanted, role)]
        titles = [canonical_role(role) for role in printed]
        called = not all(map(has_left_role, printed)) or cast.is_dated
        past = (cast.has_left(actor.actor_id, wanted) and (cast.is_dated or not called)) or (
            bool(printed) and all(map(has_left_role, printed))
        )
        if not cast.not_yet(actor.actor_id, wanted):
            titles += [canonical_role(title) for title in cast.offices(actor.actor_id) if same_role(wanted, title)]
        if not titles or (country is None and not can_be_bare(cast, actor, wanted, before)):
            continue
        exact = [title for title in titles if f" {canonical_role(wanted)} " in f" {title} "]
        at = cast.last_mention(actor.actor_id, before)
        ranked.append((not past, at >= 0, called, bool(exact), at, (exact or titles)[0], actor.actor_id))
    if not ranked:
        return None
    present, _, is_called, *_, title, chosen = max(ranked)
    if not present and is_high and cast.count(chosen) < _PROTAGONIST:
        return None
    for _, _, called, *_, same, actor_id in ranked:
        successor = is_of_one and cast.term_start(actor_id, wanted) > cast.term_start(chosen, wanted)
        if same == title and cast[actor_id].country == cast[chosen].country and successor and called >= is_called:
            chosen = actor_id
    return chosen


def can_be_bare(cast: "Cast", actor: Actor, wanted: str, before: int) -> bool:
    """Whether a bare "the president" before an offset can mean somebody: it is of the country that the article is of.

    Else of whom the article goes on with: who is named more than once or twice, or acts in the paragraph before. An
    American article that says once what was told President Putin does not mean him.
    """
    if canonical_role(wanted) not in SINGULAR or cast.count(actor.actor_id) >= _PROTAGONIST:
        return True
    if actor.country is None or cast.home() in (None, actor.country):
        return True
    for mention in cast.mentions_before(before):
        if cast.doc.text.count("\n\n", mention.end, before) > 1:
            return False
        if mention.actor_id == actor.actor_id:
            span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
            return span is not None and span.root.dep_ in ("nsubj", "nsubjpass")
    return False


def _predecessor(cast: "Cast", wanted: str, country: str | None) -> str | None:
    """`the former president`: the one person of the article who is known to have left that office."""
    title = re.sub(r"^(?:former|ex|then)\W+", "", wanted, flags=re.IGNORECASE)
    left = [
        actor.actor_id
        for actor in cast.people()
        if (not country or actor.country == country)
        and (
            cast.has_left(actor.actor_id, title)
            or any(fold(role).startswith("former ") and same_role(title, role[7:]) for role in actor.roles)
        )
    ]
    return left[0] if len(left) == 1 else None


def described(cast: "Cast", head: "Token", span: "Span", country: str | None) -> str | None:
    """`the official`, `the senior defense official for Asia`: the last person whose role the description covers."""
    word = fold(head.text)
    wanted = content(cast, span) - {word}
    best: tuple[int, str] | None = None
    for actor in cast.people():
        if actor.link_method == "unnamed" or (country and actor.country != country):
            continue
        titles = [title for title in actor.roles if _describes(word, span.text, title)]
        if not titles or (wanted and not any(wanted & set(title_words(title)) for title in titles)):
            continue
        if country is None and not can_be_bare(cast, actor, word, span.start_char):
            continue
        at = cast.last_mention(actor.actor_id, span.start_char)
        if at >= 0 and cast.doc.text.count("\n\n", at, span.start_char) <= 3 and (best is None or at > best[0]):
            best = (at, actor.actor_id)
    return best[1] if best else _introduced(cast, head, span)


def _describes(word: str, phrase: str, title: str) -> bool:
    """Whether somebody of this title can be called by `word`: an `official` can be a deputy, a `minister` is none."""
    if not covers(word, title):
        return False
    return word in COVERS or (not has_left_role(title) and same_rank(phrase, title))


def _introduced(cast: "Cast", head: "Token", span: "Span") -> str | None:
    """`a Pentagon official` in the lead: the person whom the next paragraphs name with such a role.

    Reports withhold the name in the lead. The description must say of what body or field the person is, or the noun be
    one that few share: of judges and admirals only one is named then.
    """
    if cast.doc.text.count("\n\n", 0, span.start_char) > 1:
        return None
    word = fold(head.text)
    wanted = content(cast, span) - {word}
    alike: list[str] = []
    for mention in cast.mentions_in(span.end_char, span.end_char + REACH):
        if mention.form != "name" or cast[mention.actor_id].type != "person":
            continue
        if cast.doc.text.count("\n\n", span.end_char, mention.start) > 2:
            break
        if cast.last_mention(mention.actor_id, span.start_char) >= 0 or not mention.role:
            continue
        if covers(word, mention.role) and wanted & title_words(mention.role):
            return mention.actor_id
        if word not in _SHARED and covers(word, mention.role) and same_rank(span.text, mention.role):
            alike.append(mention.actor_id)
    return alike[0] if len(set(alike)) == 1 else None


def own_body(head: "Token") -> set[str]:
    """Words of the body that an office is said to be of: the president of the *growers' association*.

    A state, a place or a people is none: it says which of several holders is meant.
    """
    owners = [child for child in head.lefts if child.dep_ == "poss"]
    for link in head.rights:
        if link.dep_ == "prep" and link.lower_ in ("of", "for", "at"):
            owners += [child for child in link.children if child.dep_ == "pobj"]
    bodies = (owner for owner in owners if owner.pos_ in ("NOUN", "PROPN") and owner.ent_type_ not in _PLACES)
    words = (t for owner in bodies for t in (*owner.lefts, owner) if t.pos_ in ("NOUN", "PROPN", "ADJ"))
    return {fold(token.text) for token in words} - VAGUE


def content(cast: "Cast", span: "Span") -> set[str]:
    """Words of a description that say of what somebody is an official; names of bodies count by their full name."""
    words = {fold(t.text) for t in span if t.pos_ in ("NOUN", "PROPN", "ADJ") and fold(t.text) not in VAGUE}
    for mention in cast.mentions_in(span.start_char, span.end_char):
        if cast[mention.actor_id].type == "organization":
            words |= title_words(cast[mention.actor_id].name)
    return {word for word in words if word not in VAGUE and word not in cast.knowledge.adjectives}


def title_words(title: str) -> set[str]:
    return {fold(word).replace("defence", "defense") for word in WORD.findall(title)} - VAGUE


def add_roles(cast: "Cast") -> None:
    """Register descriptions by office (`the president`, `Israel's prime minister`) of people in the article."""
    for head in cast.syntax:
        if fold(head.text) not in ROLE_HEADS or head.tag_ in ("NNS", "NNPS") or cast.covers(head.idx):
            continue
        span = _definite_phrase(head)
        if span is None or span.root.i != head.i or "\n" in span.text:
            continue
        if any(cast[m.actor_id].type == "person" for m in cast.mentions_in(span.start_char, span.end_char)):
            continue
        for reference in role(cast, head, span):
            cast.record(reference)


def _definite_phrase(head: "Token") -> "Span | None":
    """The phrase of an office readers are taken to know, with a short `of ...`: the president, Israel's premier."""
    if head.dep_ in ("compound", "appos", "attr", "nmod"):
        return None
    left = [token for token in head.lefts if token.dep_ in ("det", "poss", "amod", "compound", "nmod")]
    if not left:
        return None
    first = left[0].left_edge
    if fold(first.text) != "the" and not any(token.dep_ == "poss" and token.ent_type_ == "GPE" for token in left):
        return None
    right = [token for token in head.rights if token.dep_ == "prep" and fold(token.text) in ("of", "for", "to")]
    last = right[0].right_edge if right and len(list(right[0].subtree)) <= 7 else head
    return head.doc[first.i : last.i + 1]


def add_printed_roles(cast: "Cast", names: Iterable["PersonName"]) -> None:
    """The office printed beside a name refers to its bearer: `Harbour Lines chief executive` before `Ann Smith`.

    A title of one word is part of the name. A phrase that seems cut (`executive director of`, `wing columnist` of
    `right-wing columnist`) or holds a quotation is left out.
    """
    text = cast.doc.text
    for name in names:
        if name.role is None or name.role_start is None or " " not in name.role or _QUOTED.search(name.role):
            continue
        before, after = text[name.role_start - 1 : name.role_start], text[name.role_start + len(name.role) :][:1]
        if "-" in (before, after, name.role[-1]) or fold(name.role.split()[-1]) in LINKS:
            continue
        bearer = cast.mention_at(name.start, name.end)
        if bearer is not None and bearer.role is not None and bearer.start == name.start:
            cast.mention(name.role_start, name.role_start + len(name.role), bearer.actor_id, "role", bearer.role)
