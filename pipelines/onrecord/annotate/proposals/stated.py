"""Proposals in what somebody is reported or quoted to say: must, should, need to, let us, will, would be premature."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import word_set
from onrecord.annotate.proposals.content import content_of, doer
from onrecord.annotate.proposals.cued import performed
from onrecord.annotate.proposals.reading import OWN_BODY, Act, Reading, is_first_person
from onrecord.annotate.proposals.source import phrase
from onrecord.annotate.proposals.speech import statement
from onrecord.annotate.proposals.tree import child, end_of, infinitive_mark, is_negated, is_question
from onrecord.document import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

OBLIGE = frozenset({"must"})
ADVISE = frozenset({"should", "ought"})
WILL = frozenset({"will", "shall", "’ll", "'ll", "wo", "would", "’d", "'d"})
WOULD = frozenset({"would", "’d", "'d"})
BE = word_set("is was are were am 's ’s 're ’re 'm ’m")
MAY = frozenset({"can", "ca", "could", "may", "might"})
# Must say, have to wonder: manners of speaking, not demands.
SPEAKING = word_set(
    """say admit wonder remember ask think believe confess understand see forget like love hope guess"""
)
# What will be, be seen or be known is a forecast, not a promise.
STATIVE = word_set(
    """be have see know find get feel seem remain look think believe happen need want like love win face"""
)
# He is working, looking, trying: no plan.
BUSY = word_set(
    """work make try look talk do monitor say get take think wait watch see tell turn speak walk hop run pray
    use help face live gain hold stay enjoy refer pay represent enter approach near head"""
)
HOSTILE = word_set(
    """strike attack retaliate bomb hit destroy invade punish
    crush annihilate respond blockade boycott fire shoot sink"""
)
HOSTILE_IF = word_set("""leave withdraw quit suspend stop end abandon resume restart cut close expel block
    kill scrap terminate impose veto""")
REFUSED = word_set("accept allow tolerate negotiate recognize recognise permit agree support")
ANNOUNCING = frozenset({"will", "shall", "’ll", "'ll", "wo"})
# What may become of a policy, besides what is done to it: the sanctions will remain.
OWN_ACTS = frozenset({"commit", "plan", "threaten", "reject"})
# Nouns whose course is an appointment: the talks will go on.
APPOINTED = frozenset({"talk", "negotiation", "dialogue", "decision", "election", "vote", "inquiry", "investigation"})
CARRIED_ON = frozenset({"remain", "stay", "continue", "resume", "end", "come", "begin", "start", "stop"})
# The clause is an embedded question: where they should be placed, what must be done.
QUESTIONING = frozenset({"WRB", "WP", "WDT"})
LONGEST = 1200  # characters: what is longer is no clause but a lost full stop


def modal_acts(modal: "Token", reading: Reading) -> Iterator[Act]:
    verb = modal_clause(modal)
    if verb is None or is_question(verb):
        return
    source, speech = statement(verb, reading)
    if source is None and speech is None:
        return
    future = modal.lower_ in WILL or modal.lemma_ == "go" or (modal.tag_ != "MD" and modal.pos_ == "AUX")
    also = own_actors(verb, source, speech, reading) if future or modal.lower_ in MAY else None
    act = modal_type(modal, verb, also is not None)
    announcing = modal.lower_ in ANNOUNCING or (modal.lower_ == "would" and source is not None)
    if act is None and announcing and is_announced(verb, source, speech, reading):
        subject = subject_of(verb)
        appointed = subject is not None and subject.lemma_.lower() in APPOINTED
        yield from stated(verb, (modal.idx, end_of(modal)), "plan", source, speech, weak=appointed)
    elif act is not None:
        cue = (modal.idx, end_of(modal))
        subject = child(verb, "nsubj")
        progressive = modal.lower_ in BE
        announced = source is not None and subject is not None and subject.pos_ == "PRON"
        yield from stated(
            verb, cue, act, source, speech, weak=future, public=announced or not progressive, also=also or ()
        )


def is_announced(verb: "Token", source: "Token | None", speech: Quote | None, reading: Reading) -> bool:
    """Whether a state's voice says what will become of a policy: the sanctions will be lifted, the talks will go on."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None or subject.lemma_.lower() not in reading.codebook.lexicon.policy_nouns:
        return False
    placed = verb.lemma_ == "be" and any(c.lower_ == "in" for c in verb.children)  # will be in force
    if subject.dep_ == "nsubj" and verb.lemma_ not in CARRIED_ON and not placed:
        return False
    speakers = reading.actors_of(source) if source is not None else ()
    if not speakers and speech is not None and speech.speaker_actor_id is not None:
        speakers = (speech.speaker_actor_id,)
    return any(reading.is_public(speaker) for speaker in speakers)


def modal_clause(modal: "Token") -> "Token | None":
    """The verb that heads the clause of a modal or of have to, need to, going to, let us; None for other words."""
    if modal.tag_ == "MD":
        if modal.lower_ == "ought" and acting_verb(modal) != modal:
            return modal
        return modal.head if modal.dep_ == "aux" else None
    lemma = modal.lemma_.lower()
    if lemma == "let":
        words = [c for e in modal.children for c in (e, *e.children)]
        return modal if any(c.lower_ in ("us", "’s", "'s") and c.i == modal.i + 1 for c in words) else None
    if modal.dep_ == "aux":
        progressive = modal.head.tag_ == "VBG" and modal.head.lower_ != "going" and modal.lower_ in BE
        return modal.head if progressive else None
    if lemma == "need" and modal.tag_ == "VBN" and child(modal, "nsubjpass") is not None:
        return modal  # a new treaty is needed
    if lemma not in ("have", "need", "go", "get") or (lemma == "need" and modal.tag_ == "VBG"):
        return None
    if lemma == "get" and (modal.lower_ != "got" or not any(c.dep_ in ("aux", "auxpass") for c in modal.children)):
        return None
    acting = acting_verb(modal)
    if any(c.lower_ == "yet" for c in modal.children):
        return None  # has yet to answer
    if acting == modal or acting.i - modal.i > 4 or (lemma == "go" and modal.lower_ != "going"):
        return None
    return modal if lemma == "go" or performed(modal) is not None else None


def acting_verb(modal: "Token") -> "Token":
    """The verb after have to, need to, ought to; the modal itself if there is none."""
    clauses = ("xcomp", "advcl") if modal.lemma_ == "need" else ("xcomp",)
    return next((c for c in modal.children if c.dep_ in clauses and infinitive_mark(c) is not None), modal)


def subject_of(verb: "Token") -> "Token | None":
    """The subject of a verb, or the one it shares with the verb before it: we do not and will not yield."""
    subject = child(verb, "nsubj", "nsubjpass", "expl")
    return subject or (child(verb.head, "nsubj") if verb.dep_ == "conj" else None)


def modal_type(modal: "Token", verb: "Token", own: bool) -> str | None:
    """Type of proposal that a modal makes of its clause, None if it makes none. `own`: it is the source's own act."""
    word, lemma = modal.lower_, modal.lemma_.lower()
    if lemma == "let":
        urged = child(verb, "ccomp", "xcomp")
        return None if urged is None or urged.lemma_ in SPEAKING else "call_for"
    acting = acting_verb(verb) if verb == modal else verb
    subject = subject_of(verb)
    if subject is None and word not in OBLIGE | ADVISE | MAY and lemma != "need":
        return None
    if any(
        c.lower_ == "whether" or (c.tag_ in QUESTIONING and c.lower_ != "why" and c.i < modal.i) for c in verb.children
    ):
        return None
    if acting.lemma_ in SPEAKING or any(c.dep_ == "aux" and c.lower_ in ("have", "'ve", "’ve") for c in verb.children):
        return None
    if subject is not None and modal.i < subject.i and word in ADVISE:
        return None  # should they resume: a condition
    negated = is_negated(verb) or is_negated(acting)
    only = any(c.lower_ == "only" for c in acting.children)
    necessary = acting.lemma_ == "have" and acting_verb(acting) != acting
    if necessary and not negated and (lemma == "go" or word in ANNOUNCING) and subject is not None:
        return "demand"  # they are going to have to choose
    if word in MAY and not own:
        return "demand" if only else None
    if word in MAY | WILL | BE or lemma == "go":
        return own_type(modal, acting, negated, only) if own else None
    if subject is not None and subject.lower_ in ("you", "i"):
        return None
    if word in OBLIGE or lemma in ("have", "get"):
        return (
            None if lemma in ("have", "get") and (negated or any(c.tag_ == "MD" for c in verb.children)) else "demand"
        )
    if word in ADVISE or lemma == "need":
        foregone = lemma == "need" and (negated or any(c.lower_ in WOULD for c in verb.children))
        return None if foregone else "call_for"
    return None


def own_type(modal: "Token", acting: "Token", negated: bool, only: bool) -> str | None:
    """Type of what somebody says they will do."""
    conditional = is_conditional(acting) or is_conditional(acting_verb(acting))
    if modal.lower_ in MAY:
        if negated and acting.lemma_ in REFUSED | {"let"}:
            return "reject"
        return "threaten" if conditional and acting.lemma_ in HOSTILE | HOSTILE_IF | {"act"} else None
    if acting.lemma_ == "have" and acting_verb(acting) != acting:  # would no longer have to comply
        return "threaten" if negated and conditional else None
    first_person = any(c.dep_ == "nsubj" and is_first_person(c) for c in acting.children)
    if (modal.lower_ in BE or acting.tag_ == "VBG") and acting.lemma_ in BUSY:
        return None
    if acting.lemma_ in STATIVE or (modal.lower_ in WOULD and first_person):
        return None
    if negated:
        return "threaten" if conditional and acting.lemma_ not in REFUSED else "reject"
    if only and conditional:
        return "demand"
    if acting.lemma_ in HOSTILE or (conditional and acting.lemma_ in HOSTILE_IF):
        return "threaten"
    return "commit" if modal.tag_ == "MD" else "plan"


def is_conditional(verb: "Token") -> bool:
    clauses = [c for c in verb.children if c.dep_ == "advcl"]
    return any(m.lower_ in ("if", "unless") for clause in clauses for m in clause.children)


def own_actors(verb: "Token", source: "Token | None", speech: Quote | None, reading: Reading) -> tuple[str, ...] | None:
    """Actors besides the speaker for whom it is the speaker's own act; None if it is somebody else's.

    We, it after a state, his country, the state or the government for which a spokesperson speaks.
    """
    subject = subject_of(verb)
    if subject is None or subject.dep_ == "nsubjpass":
        return None
    if is_first_person(subject):
        return () if speech is not None else None
    speakers = reading.actors_of(source) if source is not None else ()
    if not speakers and speech is not None and speech.speaker_actor_id is not None:
        speakers = (speech.speaker_actor_id,)
    known = [reading.cast[s] for s in speakers]
    if subject.pos_ == "PRON":
        around = reading.speech(verb)
        if around is not None and around.kind != "indirect":
            return None  # whoever is quoted does not call themselves he, she, it or they
        if not known:
            return () if source is not None and subject.lower_ in ("it", "they", "he", "she") else None
        person = known[0].type == "person" and len(known) == 1
        fits = subject.lower_ in (("he", "she") if person else ("it", "they"))
        return () if fits else None
    possessor = child(subject, "poss")
    if possessor is not None and possessor.lower_ in ("his", "her", "its", "their", "our", "my"):
        return () if subject.lemma_.lower() in OWN_BODY else None
    named = reading.actors_of(subject)
    if not known and source is not None:  # a spokesperson for the Israeli prime minister
        known = [reading.cast[m.actor_id] for m in reading.mentions_in(*phrase(source))]
        speakers = tuple(a.actor_id for a in known)
    voices = set(speakers) | {state for s in speakers if (state := reading.state_of(s)) is not None}
    countries = {a.country for a in known if a.country and reading.is_public(a.actor_id)}
    shared = [n for n in named if n in voices or (reading.cast[n].country in countries and reading.is_public(n))]
    return tuple(n for n in shared if n not in speakers) if shared else None


def judgement_acts(predicate: "Token", act: str, reading: Reading) -> Iterator[Act]:
    verb = predicate.head.head if predicate.dep_ == "conj" else predicate.head
    if verb.lemma_ not in ("be", "remain", "seem"):
        return
    source, speech = statement(verb, reading)
    if (source is None and speech is None) or is_question(verb):
        return
    if is_negated(verb) or is_negated(predicate):
        if act != "support":
            return
        act = "reject"
    asked = next((c for c in (*predicate.children, *verb.children) if infinitive_mark(c) is not None), None)
    if predicate.lemma_ == "time" and asked is None:
        return
    subject = child(verb, "nsubj")
    judged = subject is not None and subject.lemma_.lower() in reading.codebook.lexicon.policy_nouns
    clause = next((c for c in (*predicate.children, *verb.children) if is_that_clause(c)), None)  # vital that it end
    acted = asked is not None or clause is not None or judged or child(verb, "csubj") is not None
    if act == "call_for" and asked is None and any(c.lower_ in ("for", "to") for c in predicate.children):
        return  # crucial for the economy: what it is good for, not what should be done
    cue = (predicate.idx, end_of(predicate))
    yield from stated(verb, cue, act, source, speech, weak=not acted, agent=child(asked or clause or verb, "nsubj"))


def is_that_clause(verb: "Token") -> bool:
    mark = child(verb, "mark")
    return verb.dep_ in ("ccomp", "acl") and mark is not None and mark.lower_ == "that"


def is_disbelieved(verb: "Token") -> bool:
    """Whether what should be is denied by whoever states it: we do not think they should go."""
    return verb.dep_ == "ccomp" and verb.head.lemma_ in ("think", "believe") and is_negated(verb.head)


def stated(
    verb: "Token",
    cue: tuple[int, int],
    act: str,
    source: "Token | None",
    speech: Quote | None,
    *,
    weak: bool,
    public: bool = False,
    also: tuple[str, ...] = (),
    agent: "Token | None" = None,
) -> Iterator[Act]:
    asks = act in ("demand", "call_for", "urge")
    first, last = verb.left_edge.i, verb.right_edge.i
    mark = child(verb, "mark")
    if mark is not None and mark.lower_ == "that":
        first = mark.i + 1
    if verb.dep_ == "conj":
        if child(verb, "nsubj", "nsubjpass") is not None:
            first = max(first, verb.head.i + 1)
        elif act not in OWN_ACTS or verb.head.lemma_ == "do":
            first = verb.head.left_edge.i
    content = content_of(verb, first, last, (agent or doer(verb)) if asks else None)
    if asks and is_disbelieved(verb):
        act = "oppose"
    if speech is not None and source is None:
        content = replace(content, start=max(content.start, speech.start), end=min(content.end, speech.end))
    if not content.start <= cue[0] < content.end or content.end - content.start > LONGEST:
        return
    yield Act(
        content=content,
        cue=cue,
        type=act,
        source=source,
        speech=speech if source is None else None,
        head=verb,
        weak=weak,
        public=public,
        confidence=0.6,
        spoken=True,
        also=also,
    )
