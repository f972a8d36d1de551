"""Who reports by the parse: the subject of a cue verb, the owner of a noun of speech, and whom they address."""

from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.noun_phrases import SOURCE_POS, noun_phrase
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.syntax.tree import Step, is_passive
from onrecord.knowledge.bodies import QUANTITY

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
_HANGS_ON = frozenset({"conj", "advcl", "xcomp", "ccomp", "pcomp", "prep", "parataxis", "dep"})
_OBJECTS = frozenset({"dobj", "pobj", "attr", "oprd"})
_BREAKS = frozenset({",", "—", "–", "--"})
STEPS = 8  # from a verb up to the one whose subject it shares


def find_subject(verb: "Token", reading: Reading) -> int | None:
    """Index of the head noun of whoever reports, through shared subjects, participles and relative clauses.

    None for a passive without agent and where the parser gives a quoted word.
    """
    if verb.lemma_ not in cue_words.QUOTED_AS and _is_passive(verb):
        agent = _agent(verb)
        return agent if agent is not None and reading.quoted[agent] < 0 else None
    clause = verb
    for _ in range(STEPS):
        step = _own_subject(clause, reading) or _from_above(clause, verb, reading)
        if step.above is None:
            return None if step.performer is None else int(step.performer.i)
        clause = step.above
    return None


def _own_subject(clause: "Token", reading: Reading) -> Step | None:
    """The subject of the clause itself; of a relative clause with a pronoun for subject, the noun it is about."""
    subjects = [child for child in clause.children if _can_be_source(child, clause, reading)]
    if not subjects:
        return None
    nearest = subjects[-1]
    stands_for_noun = clause.dep_ == "relcl" and nearest.lower_ in cue_words.RELATIVE
    return Step(clause.head if stands_for_noun else nearest)


def _can_be_source(child: "Token", clause: "Token", reading: Reading) -> bool:
    """A subject outside quotation marks that refers to somebody or something."""
    return (
        child.dep_ in _SUBJECT
        and child.pos_ in SOURCE_POS
        and child.lower_ not in cue_words.REFLEXIVE
        and (clause.dep_ == "relcl" or child.lower_ not in ("which", "that"))
        and reading.quoted[child.i] < 0
    )


def _from_above(clause: "Token", verb: "Token", reading: Reading) -> Step:
    """Who reports in a clause without a subject, by what the clause hangs on; `verb` is the cue, where we began."""
    if clause.head.i == clause.i:
        return Step()
    if clause.dep_ == "relcl":
        return Step(clause.head if clause.tag_ == "VBG" or clause != verb else None)
    if clause.dep_ == "acl":
        return _from_noun(clause, reading)
    if clause.dep_ not in _HANGS_ON or (clause.dep_ == "ccomp" and clause == verb and verb.tag_ != "VBG"):
        return Step()
    controller = _controller(clause)
    if controller is not None:
        return Step(controller)
    above = clause.head
    while _is_object(above) and above.head.i != above.i:
        above = above.head
    return Step(above) if above.pos_ in NOUNISH and above.dep_ in _SUBJECT else Step(above=above)


def _from_noun(participle: "Token", reading: Reading) -> Step:
    """Of a clause that modifies a noun: the noun reports, or whoever gives the statement that the noun names."""
    noun = participle.head
    if participle.tag_ == "VBG" and noun.dep_ in _OBJECTS and reading.lower[participle.i - 1] in _BREAKS:
        return Step(above=_out_of_phrase(noun))  # ", claiming …" after an object: the sentence's subject claims
    if noun.lemma_.lower() not in cue_words.SPEECH_NOUN:
        return Step(noun)
    owner = owner_of(noun)
    if owner is not None:
        return Step(reading.tokens[owner])
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    given = noun.dep_ in _OBJECTS and governor.pos_ in ("VERB", "AUX")  # "issued a statement saying …"
    return Step(above=governor) if given else Step(noun)


def _out_of_phrase(noun: "Token") -> "Token":
    """What governs the outermost of the noun phrases around an object: "met the head of the agency" leads to "met"."""
    token = noun
    while token.pos_ in NOUNISH and (token.dep_ in _OBJECTS or token.dep_ == "prep") and token.head.i != token.i:
        token = token.head
        while token.dep_ == "prep" and token.head.i != token.i:
            token = token.head
    return token


def _controller(infinitive: "Token") -> "Token | None":
    """The object that is to do it by a verb of object control: "led the critic to write …"."""
    governor = infinitive.head
    if infinitive.dep_ != "xcomp" or governor.lemma_ not in cue_words.OBJECT_CONTROL:
        return None
    return next((child for child in governor.rights if child.dep_ == "dobj" and child.i < infinitive.i), None)


def _is_object(token: "Token") -> bool:
    return token.pos_ in NOUNISH and token.dep_ in _OBJECTS


def _is_passive(verb: "Token") -> bool:
    """With a passive auxiliary, or a participle without "have"."""
    if is_passive(verb):
        return True
    if verb.tag_ != "VBN" or verb.dep_ == "conj":
        return False
    return not any(
        child.lemma_ == "have" or child.lower_ in ("'s", "’s", "'ve", "’ve", "'d", "’d") for child in verb.children
    )


def _agent(verb: "Token") -> int | None:
    """ "By" whom a passive says that something is done."""
    for child in verb.children:
        if child.dep_ == "agent":
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return int(grandchild.i)
    return None


def owner_of(noun: "Token") -> int | None:
    """Whose statement it is: the president's statement, a statement by the ministry, a tally by Jane Smith."""
    for child in noun.children:
        if child.dep_ == "poss":
            return int(child.i)
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from"):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    return int(grandchild.i)
        if child.dep_ == "acl":
            agent = _agent(child)
            if agent is not None:
                return agent
    return None


def can_speak(reading: Reading, head: int | None) -> bool:
    """Is the source a person, a body, a state or a text, as against a fact that suggests something?"""
    if head is None:
        return False
    token = reading.tokens[head]
    if token.pos_ != "NOUN":
        return token.lower_ not in cue_words.NO_SOURCE
    lemma = token.lemma_.lower()
    if lemma in QUANTITY:  # "thousands of people"
        counted = (noun for of in token.rights if of.lower_ == "of" for noun in of.children if noun.dep_ == "pobj")
        lemma = next((noun.lemma_.lower() for noun in counted), lemma)
    return lemma in cue_words.SPEAKER_NOUN or lemma in cue_words.SPEECH_NOUN or lemma.endswith(cue_words.SPEAKER_ENDING)


def find_addressee(reading: Reading, verb: "Token", lemma: str) -> tuple[int, int] | None:
    """Characters of whoever is told, asked, urged or called on."""
    for child in verb.rights:
        if (
            child.dep_ in ("dobj", "dative", "iobj")
            and child.pos_ in NOUNISH
            and lemma in cue_words.ADDRESSED - {"call"}
        ):
            return noun_phrase(reading, child.i)
        wanted = "on" if lemma == "call" else "to"
        if child.dep_ in ("prep", "dative") and child.lower_ == wanted and (lemma == "call" or lemma in cue_words.SAY):
            for grandchild in child.children:
                if grandchild.dep_ == "pobj" and grandchild.pos_ in NOUNISH:
                    return noun_phrase(reading, grandchild.i)
        infinitive = child.dep_ in ("ccomp", "xcomp") and any(c.lower_ == "to" for c in child.lefts if c.dep_ == "aux")
        if infinitive and lemma in cue_words.ADDRESSED & cue_words.TO_DO:
            for grandchild in child.lefts:
                if grandchild.dep_ == "nsubj" and grandchild.pos_ in NOUNISH:
                    return noun_phrase(reading, grandchild.i)
    return None
