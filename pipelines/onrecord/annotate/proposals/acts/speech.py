"""Who states a clause: the subject of a reporting verb, or the speaker of the quote around it."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals.findings import Findings
from onrecord.annotate.syntax.pronouns import NOBODY, is_first_person
from onrecord.annotate.syntax.subjects import source_of, source_of_noun
from onrecord.annotate.syntax.tree import child, climb
from onrecord.document import Quote
from onrecord.knowledge.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# Nouns that report: Washington's position is that ...
_POSITIONS = word_set("""position stance view message line argument belief policy opinion point goal aim priority""")


def statement(verb: "Token", findings: Findings) -> "tuple[Token | None, Quote | None]":
    """Who states the clause of `verb`: the subject of a reporting verb, or the speaker of the quote around it."""
    reporting = findings.codebook.lexicon.reporting
    speech = findings.speech(verb)
    token = verb
    for governor in climb(verb):
        told = child(governor, "nsubj")
        if token.dep_ == "ccomp" and governor.lemma_ in ("see", "know") and told is not None and told.lower_ == "you":
            pass  # you will see that they must go
        elif token.dep_ in ("ccomp", "parataxis"):
            subject: Token | None = None
            if governor.lemma_.lower() in reporting:
                subject = source_of(governor)
            elif governor.lemma_ == "be" and (noun := child(governor, "nsubj")) is not None:
                if noun.lemma_ not in _POSITIONS:
                    return None, _quoted_apart(speech, governor)
                subject = source_of_noun(noun)
            elif governor.lemma_ != "be" or child(governor, "csubj") is None:
                return None, _quoted_apart(speech, governor)
            if subject is not None and not is_first_person(subject) and subject.lower_ not in NOBODY:
                return subject, speech
        elif token.dep_ == "conj" and governor.lemma_.lower() in reporting and child(token, "nsubj") is None:
            # The parser hung a second clause on the verb that reports both: he said they may join but *must* wait.
            if token.tag_ == "VB" and child(governor, "ccomp") is not None and child(token, "aux") is not None:
                return source_of(governor), speech
        elif token.dep_ != "conj" and not any(c.lower_ == "why" for c in token.children):
            return None, _quoted_apart(speech, governor)
        token = governor
    return None, speech


def _quoted_apart(speech: Quote | None, governor: "Token") -> Quote | None:
    """The quotation around a clause whose governor stands outside its marks: whoever is quoted states it."""
    if speech is None or speech.kind != "direct" or speech.start <= governor.idx < speech.end:
        return None
    return speech
