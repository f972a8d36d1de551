"""Who should act, receives what is offered, or made what is answered; and on whom a proposal falls."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references.descriptions import unnamed
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.clauses.content import Complement
from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.proposals.parties.part import Part
from onrecord.annotate.proposals.parties.sanctions import (
    FALLS_ON,
    SECURITY_COUNCIL,
    UNITED_NATIONS,
    imposer_of,
    sanction_tokens,
)
from onrecord.annotate.syntax.pronouns import NOBODY, is_first_person
from onrecord.annotate.syntax.subjects import phrase, source_of_noun
from onrecord.annotate.syntax.tree import child, climb
from onrecord.document import Actor, Mention
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Asks have an addressee; a position answers somebody.
ASKS = frozenset({"propose", "demand", "call_for", "urge", "request"})
_ANSWERS = frozenset({"reject", "oppose", "support", "commit"})
_ENABLING = word_set(
    """allow let permit help assist aid train arm compensate meet host mediate invite support protect
    forgive endorse back"""
)
_GIVEN = frozenset({"to", "with", "for"})
_ABOUT = frozenset({"of", "to", "in", "on"})  # an end *to* strikes, the withdrawal *of* troops
ENDING = word_set("end halt stop cease suspend freeze curb limit lift withdraw remove dismantle cancel")
_APART = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})  # heads of clauses in a content
_DEEPEST = 5  # steps down the tree from a content to somebody who is a party to it


def targets_of(act: Act, kind: str, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """Who should act, receives what is offered, promised or threatened, or made the rejected demand.

    With a minister or spokesperson goes the state; the sanctions of the United Nations are its Security Council's.
    """
    found: dict[str, Part] = {}
    sanctions = bool(sanction_tokens(act.content, findings))
    for target in _targeted(act, kind, findings, taken):
        if target.actor_id == UNITED_NATIONS and sanctions and SECURITY_COUNCIL in findings.cast:
            target = Part(findings.actor(SECURITY_COUNCIL), "target", target.text)
        found.setdefault(target.actor_id, target)
        if (state := findings.state_of(target.reference.actor)) is not None and state.actor_id not in taken:
            found.setdefault(state.actor_id, Part(state, "target", None))
    return tuple(found.values())


def _targeted(act: Act, kind: str, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """Those whom the words tell, before it is asked for which state they speak."""
    if (token := _asked_token(act, kind, findings)) is not None:
        found = tuple(part for part in _asked(token, findings) if part.actor_id not in taken)
        people = token.lemma_.lower() in findings.codebook.lexicon.people
        if found or (kind in ASKS and (token.pos_ in ("PROPN", "PRON") or (people and token == act.content.target))):
            return found
    if kind in ASKS and (found := _otherwise_asked(act, findings, taken)):
        return found
    if kind in ASKS | {"oppose"} and (imposer := imposer_of(act.content, findings, taken)) is not None:
        return (Part(imposer, "target", None),)
    if kind in ("offer", "commit", "plan"):
        return _receiving(act, kind, findings, taken)
    return _hit(act, kind, findings, taken)


def _asked_token(act: Act, kind: str, findings: Findings) -> "Token | None":
    """The word for whoever should act or made what is answered; None if there is none that can be an actor."""
    content, token = act.content, act.content.target
    judged = child(content.head, "nsubj") if act.spoken and act.weak is False else None
    if token is not None and token.dep_ == "nsubjpass" and token.head == content.head:
        token = None  # the prisoners be freed: not by the prisoners
    if token is None and kind in _ANSWERS and (noun := judged or content.head).pos_ == "NOUN":
        token = source_of_noun(noun) or (_holder_of(noun, findings) if kind == "support" else None)
    if token is None and kind in ASKS:
        token = _doer_of(content.head, findings)
    if token is None or is_first_person(token) or token.lower_ in NOBODY | {"it"}:
        return None
    return token


def _asked(token: "Token", findings: Findings) -> tuple[Part, ...]:
    """Whom a word for somebody names or, if it is one for people, describes."""
    start, end = phrase(token)
    people = token.tag_ == "NNPS" and token.ent_type_ == "NORP"  # urged Americans to leave: not their state
    named: tuple[Reference, ...] = ()
    if not people:
        named = findings.states_joined(token) or findings.actors_of(token) or findings.actors_before(token)
    possessed = any(c.dep_ == "poss" and c.pos_ == "PRON" for c in token.children)
    if not named and not possessed and token.lemma_.lower() in findings.codebook.lexicon.people:
        named = tuple(findings.actor(mention.actor_id) for mention in findings.mentions_in(start, end))[:1]
        named = named or (unnamed(findings.cast, start, end),)
    elif not named and token.tag_ == "NNPS":
        named = (unnamed(findings.cast, start, end),)
    return tuple(Part(each, "target", findings.text[start:end]) for each in named)


def _otherwise_asked(act: Act, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """Of whom something is demanded, or to whom the ask is said."""
    asked = _asked_from(act)
    if asked is not None and (named := [each for each in _named_by(asked, findings) if each.actor_id not in taken]):
        return tuple(Part(each, "target", findings.text[slice(*phrase(asked))]) for each in named)
    addressee = _addressee_of(act, findings)
    return (Part(addressee, "target", None),) if addressee is not None and addressee.actor_id not in taken else ()


def _receiving(act: Act, kind: str, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """Who receives what is offered or promised, or on whose act an offer hinges."""
    recipients = _recipients_of(act, kind, findings) or (_sent_to(act, findings) if kind == "offer" else ())
    other = _condition_of(act.content) if kind == "offer" and not recipients else None
    parts = _spoken_of(other, findings) if other is not None else recipients
    return tuple(part for part in parts if part.actor_id not in taken)


def _hit(act: Act, kind: str, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """The first whom a content mentions as a party to it, else on whose act it hinges, else whom a threat answers."""
    text, content = findings.text, act.content
    chosen = [m for m in findings.mentions_in(content.start, content.end) if m.actor_id not in taken]
    if kind not in ("threaten", "oppose", "reject", "demand"):  # the body whose sanctions or resolutions they are
        chosen = [m for m in chosen if findings.cast[m.actor_id].type == "organization"]
    chosen = [m for m in chosen if _is_party(m, content, findings, kind)]
    if kind in ("threaten", "reject") and not chosen and (answered := _condition_of(content)) is not None:
        return tuple(part for part in _spoken_of(answered, findings) if part.actor_id not in taken)
    if kind == "threaten" and not chosen:
        chosen = _threatened_before(act, findings, taken)
    return tuple(Part(findings.actor(m.actor_id), "target", text[m.start : m.end]) for m in chosen[:1])


def _asked_from(act: Act) -> "Token | None":
    """Of whom one demands something: demanded autonomy *from the authorities*."""
    holders = [act.head, act.content.head]
    links = [c for h in holders for c in h.children if c.dep_ == "prep" and c.lower_ == "from" and c.i > act.head.i]
    return next((noun for link in links if (noun := child(link, "pobj")) is not None), None)


def _condition_of(content: Complement) -> "Token | None":
    """Whose act a threat, an offer or a refusal hinges on: a boycott unless *the federation* gives in."""
    for c in content.head.children:
        if c.dep_ == "advcl" and any(m.lower_ in ("if", "unless") for m in c.children):
            return child(c, "nsubj")
    return None


def _spoken_of(noun: "Token", findings: Findings) -> tuple[Part, ...]:
    """The actors that a noun names or, if it is one for people, describes."""
    named = findings.actors_of(noun)
    if not named and noun.lemma_.lower() in findings.codebook.lexicon.people:
        named = (unnamed(findings.cast, *phrase(noun)),)
    return tuple(Part(each, "target", findings.text[slice(*phrase(noun))]) for each in named)


def _is_party(mention: Mention, content: Complement, findings: Findings, kind: str) -> bool:
    """Whether a mention in a content is near enough to its head to be meant, not in a clause within it.

    On whom a policy falls, as sanctions *on Iran*, is another matter (`affected_of`). Threats fall on whom they mention
    anywhere, but not on those who will carry them out.
    """
    span = findings.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    path = [span.root, *climb(span.root)]
    depth = next((i for i, token in enumerate(path) if token == content.head), None)
    if kind == "threaten":
        return depth is None or depth == 0 or path[depth - 1].dep_ != "nsubj"
    if depth is None:  # the parser hangs it elsewhere
        return span.start > 0 and span[0].nbor(-1).lower_ in ("from", "by")
    doer = depth == 2 and path[0].dep_ == "nsubj" and path[1].dep_ in _APART - {"advcl"}  # a ban that *France* imposed
    if depth > _DEEPEST or (not doer and any(token.dep_ in _APART for token in path[:depth])):
        return False
    return not any(token.lower_ in FALLS_ON for token in path[:depth]) or content.head.pos_ in ("VERB", "AUX")


def _doer_of(head: "Token", findings: Findings) -> "Token | None":
    """Who does what a noun phrase asks for: *Israeli* withdrawal, an end to *US* air strikes, an approach that would
    include an *American* commitment.

    Only of nouns whose possessor acts (own_acts, ongoing): who wants Iran's destruction asks nothing of Iran.
    """
    lexicon = findings.codebook.lexicon
    if head.pos_ in ("VERB", "AUX"):
        patient = child(head, "nsubjpass")
        nouns = [patient] if patient is not None and head.lemma_ in ENDING else []  # that US strikes be ended
    else:
        inner = [p for c in head.children if c.dep_ == "prep" and c.lower_ in _ABOUT and (p := child(c, "pobj"))]
        clauses = [o for c in head.children if c.dep_ == "relcl" and (o := child(c, "dobj")) is not None]
        nouns = [head, *inner, *clauses]
    for noun in nouns:
        lemma = noun.lemma_.lower()
        if (lemma in lexicon.own_acts and (noun == head or noun.dep_ == "dobj")) or (
            lemma in lexicon.ongoing and noun != head
        ):
            owner = source_of_noun(noun)
            if owner is not None and findings.actors_of(owner):
                return owner
    return None


def _holder_of(noun: "Token", findings: Findings) -> "Token | None":
    """Whose cause one supports: the rights *of refugees*, the independence *of Kosovo*."""
    if noun.lemma_.lower() not in findings.codebook.lexicon.causes:
        return None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return child(of, "pobj") if of is not None else None


def _recipients_of(act: Act, kind: str, findings: Findings) -> tuple[Part, ...]:
    """To whom one offers or promises something: to talk *with* them, to send help *to* them; or allows something.

    People who are only described count where something is allowed to them, unless it is a promise.
    """
    head = act.content.head
    holders = [head, *(c for c in head.children if c.dep_ in ("dobj", "dative"))]
    if not act.spoken:
        holders.append(act.head)
    links = [c for h in holders for c in h.children if c.dep_ in ("prep", "dative") and c.lower_ in _GIVEN]
    nouns = [noun for link in links if (noun := child(link, "pobj")) is not None]
    nouns += [c for c in head.children if c.dep_ == "dative" and c.pos_ in ("NOUN", "PROPN")]
    done = child(head, "ccomp")  # to allow the refugees to return
    helped = child(head, "dobj") or (child(done, "nsubj") if done is not None else None)
    if head.lemma_ not in _ENABLING or helped is None or helped.i < head.i:
        helped = None
    else:
        nouns.append(helped)
    named = [(n, each) for noun in nouns for n in (noun, *noun.conjuncts) for each in _named_by(n, findings)]
    if not named and helped is not None and kind != "commit":
        return _spoken_of(helped, findings)
    return tuple(Part(each, "target", findings.text[slice(*phrase(noun))]) for noun, each in named)


def _sent_to(act: Act, findings: Findings) -> tuple[Part, ...]:
    """To whom one writes what offers something: sent *the king* a letter offering help, wrote *to them* and offered."""
    verb = next((g for g in climb(act.head) if g.lemma_ in ("send", "write", "hand", "deliver", "address")), None)
    links = [c for c in verb.children if c.dep_ == "dative" or c.lower_ == "to"] if verb is not None else []
    nouns = [child(c, "pobj") if c.pos_ == "ADP" else c for c in links]
    return tuple(
        Part(each, "target", findings.text[slice(*phrase(noun))])
        for noun in nouns
        if noun is not None
        for each in _named_by(noun, findings)
    )


def _named_by(noun: "Token", findings: Findings) -> tuple[Reference, ...]:
    """The actors that a noun names; the state of `Serbian authorities`; else where it is: a force *in Liberia*."""
    if (named := findings.actors_of(noun)) or noun.pos_ == "PRON":
        return named
    if (state := findings.state_in(noun)) is not None:
        return (state,)
    places = [p for c in noun.children if c.dep_ == "prep" and c.lower_ == "in" and (p := child(c, "pobj")) is not None]
    return tuple(each for place in places for each in findings.actors_of(place) if each.actor.type == "state")


def _threatened_before(act: Act, findings: Findings, taken: Mapping[str, Actor]) -> list[Mention]:
    """A threat that names nobody answers the state, or its voice, that its sentence names last before it."""
    first = next((t for t in (act.head, *climb(act.head)) if t.dep_ == "ROOT"), act.head).left_edge
    before = [m for m in findings.mentions_in(first.idx, act.cue[0]) if m.actor_id not in taken]
    own = {actor.country for actor in taken.values()}
    return [
        m
        for m in reversed(before)
        if findings.is_public(actor := findings.cast[m.actor_id]) and actor.country not in own
    ]


def _addressee_of(act: Act, findings: Findings) -> Reference | None:
    """To whom the ask is said: told the Security Council that. Whoever only writes it down is asked for nothing."""
    speech = act.speech or findings.speech(act.head)
    if speech is None or speech.addressee_actor_id is None:
        return None
    addressee = findings.cast[speech.addressee_actor_id]
    body = addressee.type == "organization" and addressee.sector not in (None, "media")
    return Reference(addressee) if body or findings.is_public(addressee) else None


def affected_of(start: int, end: int, findings: Findings, taken: Mapping[str, Actor]) -> tuple[Part, ...]:
    """The actors in the content on which it falls: sanctions *on*, a strike *against*."""
    text, found = findings.text, dict[str, Part]()
    for mention in findings.mentions_in(start, end):
        before = text[max(start, mention.start - 20) : mention.start].lower().split()
        if before and before[-1] == "the":
            before.pop()
        if before and before[-1] in FALLS_ON and mention.actor_id not in taken:
            words = text[mention.start : mention.end]
            found.setdefault(mention.actor_id, Part(findings.actor(mention.actor_id), "affected", words))
    return tuple(found.values())
