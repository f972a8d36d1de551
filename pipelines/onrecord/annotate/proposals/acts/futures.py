"""What somebody says they will do, and what a state is reported to be about to do."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.act import Act
from onrecord.annotate.proposals.acts.stated import acting_verb, stated, subject_of
from onrecord.annotate.proposals.findings import OWN_BODY, Findings
from onrecord.annotate.syntax.pronouns import is_first_person
from onrecord.annotate.syntax.subjects import phrase
from onrecord.annotate.syntax.tree import child, end_of, is_negated
from onrecord.document import Actor, Quote
from onrecord.knowledge.bodies import STATE
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

WILL = frozenset({"will", "shall", "’ll", "'ll", "wo", "would", "’d", "'d"})
WOULD = frozenset({"would", "’d", "'d"})
BE = word_set("is was are were am 's ’s 're ’re 'm ’m")
MAY = frozenset({"can", "ca", "could", "may", "might"})
# What will be, be seen or be known is a forecast, not a promise.
_STATIVE = word_set(
    """be have see know find get feel seem remain look think believe happen need want like love win face"""
)
# He is working, looking, trying: no plan.
_BUSY = word_set(
    """work make try look talk do monitor say get take think wait watch see tell turn speak walk hop run pray
    use help face live gain hold stay enjoy refer pay represent enter approach near head keep warn call ask urge
    suggest argue imply"""
)
HOSTILE = word_set(
    """strike attack retaliate bomb hit destroy invade punish
    crush annihilate respond blockade boycott fire shoot sink"""
)
_HOSTILE_IF = word_set("""leave withdraw quit suspend stop halt end abandon cancel resume restart cut close freeze expel
    block revoke sever recall kill scrap terminate impose veto""")
_REFUSED = word_set("accept allow tolerate negotiate recognize recognise permit agree support")
# Nouns whose course is an appointment: the talks will go on.
APPOINTED = frozenset({"talk", "negotiation", "dialogue", "decision", "election", "vote", "inquiry", "investigation"})
_CARRIED_ON = frozenset({"remain", "stay", "continue", "resume", "end", "come", "begin", "start", "stop"})
# Travel and meetings are no proposals.
LOGISTICS = word_set("""discuss meet visit travel attend speak announce arrive go come return fly host tour run""")

POSSESSIVES = frozenset({"his", "her", "its", "their", "our", "my"})


def foretold(modal: "Token", verb: "Token", findings: Findings, clause: str = "ROOT") -> Iterator[Act]:
    """What a state or a body of one will do, in the reporter's words: Turkey will allow the refugees to return.

    `clause` is the label of the verb: ROOT, or ccomp in what unnamed officials say.
    """
    subject = child(verb, "nsubj")
    if modal.lower_ != "will" or subject is None or subject.pos_ != "PROPN" or findings.within_marks(verb):
        return
    if verb.dep_ != clause or verb.lemma_ in _STATIVE | _BUSY | LOGISTICS:
        return
    named = (each.actor for each in findings.actors_of(subject))
    if not any(actor.type != "person" and findings.is_public(actor) for actor in named):
        return
    if is_conditional(verb) or any(c.lower_ in ("have", "be", "likely", "probably") for c in verb.children):
        return
    act = "reject" if is_negated(verb) else "plan"
    yield from stated(verb, (modal.idx, end_of(modal)), act, subject, None, weak=True, public=True)


def is_announced(verb: "Token", source: "Token | None", speech: Quote | None, findings: Findings) -> bool:
    """Whether a state's voice says what will become of a policy: the sanctions will be lifted, the talks will go on."""
    subject = child(verb, "nsubj", "nsubjpass")
    if subject is None or subject.lemma_.lower() not in findings.codebook.lexicon.policy_nouns:
        return False
    placed = verb.lemma_ == "be" and any(c.lower_ == "in" for c in verb.children)  # will be in force
    if subject.dep_ == "nsubj" and verb.lemma_ not in _CARRIED_ON and not placed:
        return False
    return any(findings.is_public(speaker) for speaker in _speakers(source, speech, findings))


def own_type(modal: "Token", acting: "Token", negated: bool, only: bool) -> str | None:
    """Type of what somebody says they will do."""
    conditional = is_conditional(acting) or is_conditional(acting_verb(acting))
    if modal.lower_ in MAY:
        if negated and acting.lemma_ in _REFUSED | {"let"}:
            return "reject"
        return "threaten" if conditional and acting.lemma_ in HOSTILE | _HOSTILE_IF | {"act"} else None
    if acting.lemma_ == "have" and acting_verb(acting) != acting:  # would no longer have to comply
        return "threaten" if negated and conditional else None
    first_person = any(c.dep_ == "nsubj" and is_first_person(c) for c in acting.children)
    if (modal.lower_ in BE or acting.tag_ == "VBG") and acting.lemma_ in _BUSY:
        return None
    if acting.lemma_ in _STATIVE or (modal.lower_ in WOULD and first_person):
        return None
    if negated:
        return "threaten" if conditional and acting.lemma_ not in _REFUSED else "reject"
    if only and conditional:
        return "demand"
    if acting.lemma_ in HOSTILE or (conditional and acting.lemma_ in _HOSTILE_IF):
        return "threaten"
    return "commit" if modal.tag_ == "MD" else "plan"


def is_conditional(verb: "Token") -> bool:
    clauses = [c for c in verb.children if c.dep_ == "advcl"]
    return any(m.lower_ in ("if", "unless") for clause in clauses for m in clause.children)


def own_actors(
    verb: "Token", source: "Token | None", speech: Quote | None, findings: Findings
) -> tuple[Reference, ...] | None:
    """Actors besides the speaker for whom it is the speaker's own act; None if it is somebody else's.

    We, it after a state, his country, the state or the government for which a spokesperson speaks.
    """
    subject = subject_of(verb)
    if subject is None or subject.dep_ == "nsubjpass":
        return None
    if is_first_person(subject):
        return () if speech is not None else None
    speakers = _speakers(source, speech, findings)
    if subject.pos_ == "PRON":
        around = findings.speech(verb)
        if around is not None and (around.kind == "direct" or (around.kind == "mixed" and source is None)):
            return None  # whoever is quoted does not call themselves he, she, it or they
        return () if _calls_itself(subject, speakers, has_source=source is not None) else None
    return _own_body(subject, speakers, source, findings)


def _own_body(
    subject: "Token", speakers: list[Actor], source: "Token | None", findings: Findings
) -> tuple[Reference, ...] | None:
    """The actors of a noun for whom the speakers act: their country, the state or government that they speak for."""
    possessor = child(subject, "poss")
    if possessor is not None and possessor.lower_ in POSSESSIVES:
        return () if subject.lemma_.lower() in OWN_BODY else None
    named = findings.actors_of(subject)
    if not named and subject.lemma_.lower() in STATE and any(findings.is_public(s) for s in speakers):
        return () if child(subject, "amod", "compound", "nmod") is None else None  # the minister: the government will
    if not speakers and source is not None:  # a spokesperson for the Israeli prime minister
        speakers = [findings.cast[m.actor_id] for m in findings.mentions_in(*phrase(source))]
    own = {s.actor_id for s in speakers}
    shared = [each for each in named if _speak_for(speakers, each.actor, findings)]
    return tuple(each for each in shared if each.actor_id not in own) if shared else None


def _speak_for(speakers: list[Actor], actor: Actor, findings: Findings) -> bool:
    """Whether one of the speakers is the actor, part of it, its voice, or like it a voice of the same country."""
    voices = {i for s in speakers for i in (s.actor_id, s.parent_actor_id)}
    voices |= {state.actor_id for s in speakers if (state := findings.state_of(s)) is not None}
    countries = {s.country for s in speakers if s.country and findings.is_public(s)}
    return actor.actor_id in voices or (actor.country in countries and findings.is_public(actor))


def _speakers(source: "Token | None", speech: Quote | None, findings: Findings) -> list[Actor]:
    """Whom the subject of an act names, else the speaker of the quote that it stands in."""
    named = findings.actors_of(source) if source is not None else ()
    if not named and speech is not None and speech.speaker_actor_id is not None:
        return [findings.cast[speech.speaker_actor_id]]
    return [each.actor for each in named]


def _calls_itself(pronoun: "Token", speakers: list[Actor], *, has_source: bool) -> bool:
    """Whether a pronoun in what is reported can be its speaker: it of a company, he of a person."""
    word = pronoun.lower_
    if not speakers:
        return has_source and word in ("it", "they", "he", "she")
    if speakers[0].link_method == "unnamed":  # the company, the regulator, a protester
        return word in (("they",) if speakers[0].type == "group" else ("it", "they", "he", "she"))
    is_person = speakers[0].type == "person" and len(speakers) == 1
    return word in (("he", "she") if is_person else ("it", "they"))
