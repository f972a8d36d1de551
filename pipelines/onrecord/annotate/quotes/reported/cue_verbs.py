"""Verbs that report: which words are one, by which lemma, and who the source of each is."""

from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.noun_phrases import Phrase, noun_phrase, phrase_after, phrase_before
from onrecord.annotate.quotes.reading import FINITE, Reading
from onrecord.annotate.quotes.reported.source import STEPS, can_speak, find_subject

if TYPE_CHECKING:
    from spacy.tokens import Token

_APPOSITION = frozenset({",", "-", "–", "—", "--"})  # marks that close one
_LONGEST_APPOSITION = 20  # tokens


def is_verb(token: "Token") -> bool:
    """Tagged as a verb, or a form of say or tell, which the tagger misses next to quotation marks."""
    if token.dep_ == "amod":
        return False
    if token.tag_ == "VBZ" and token.dep_ == "conj" and token.head.tag_ == "VBD":
        return False  # a plural noun: "after the launch – and reports that …"
    if token.lower_ == "reporting" and token.dep_ == "pcomp":
        return False  # "responded to reporting that …"
    return token.tag_.startswith("VB") or token.lower_ in cue_words.SAID


def lemma_of(token: "Token") -> str:
    """The tagger's lemma; for the commonest forms the right one even where they are tagged as names."""
    return cue_words.SAID.get(token.lower_, token.lemma_.lower())


def source_of_verb(
    reading: Reading, verb: "Token", addressee: tuple[int, int] | None
) -> tuple[int | None, tuple[int, int] | None]:
    """Head token and characters of the source of `verb`: its subject, else the noun phrase next to it."""
    quoted = _quoted_as_saying(verb)
    if quoted is not None:
        return quoted, noun_phrase(reading, quoted)
    before = phrase_before(reading, verb.i)
    if before is not None and _has_lost_its_subject(verb):
        return before
    head = _subject(reading, verb, before)
    if head is not None and reading.lower[head] not in cue_words.NO_SOURCE:
        source = noun_phrase(reading, head)
        if source is not None and source != addressee:
            return head, source
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        return _before_participle(reading, verb, before) or (None, None)
    if _is_done_to_something(verb):
        return None, None
    if before is None and reading.lower[verb.i - 1] in _APPOSITION:
        before = _before_apposition(reading, verb.i - 1)
    return before or _inverted_subject(reading, verb, addressee) or (None, None)


def _quoted_as_saying(verb: "Token") -> int | None:
    """ "The agency quoted Ms. Ri as saying", "Ms. Ri was quoted as saying", "the Post quotes Ms. Ri": who is quoted."""
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else verb
    if quoting.lemma_ not in cue_words.QUOTED_AS:
        return None
    reports = any(
        child.lower_ == "as" and any(c.dep_ == "pcomp" and c.tag_ == "VBG" for c in child.children)
        for child in quoting.rights
    )
    wanted = "nsubjpass" if any(child.dep_ == "auxpass" for child in quoting.lefts) else "dobj"
    quoted = next((child for child in quoting.children if child.dep_ == wanted), None)
    named = quoting.lemma_ == "quote" and quoted is not None and quoted.ent_type_ == "PERSON"
    return int(quoted.i) if quoted is not None and (reports or named) else None


def _has_lost_its_subject(verb: "Token") -> bool:
    """A finite verb right after a noun that the parser hung elsewhere: "…, the agency reported on Saturday"."""
    if verb.tag_ not in ("VBD", "VBP", "VBZ") or verb.dep_ == "conj":
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass", "auxpass") for child in verb.children)


def _subject(reading: Reading, verb: "Token", before: Phrase | None) -> int | None:
    """The subject by the parse, unless the noun phrase `before` the verb or the subject of a clause above is likelier.

    None where the parse gives none, whatever stands before the verb.
    """
    head = find_subject(verb, reading)
    if head is None:
        return None
    if before is not None and _stands_before(reading, before, head, verb.i):
        head = before[0]
    if _takes_subject_from_above(verb) and not can_speak(reading, head):
        return _speaking_subject(reading, verb) or head
    return head


def _stands_before(reading: Reading, near: Phrase, head: int, at: int) -> bool:
    """A noun phrase between a quotation or a comma and the verb, while the parser's subject is further away."""
    first = reading.token_at(near[1][0])
    if first <= head or reading.tokens[at].tag_ == "VBN" or first == 0:
        return False
    before = first - 1
    if reading.tokens[at].tag_ == "VBG":
        return reading.lower[before] in ("with", "despite", "after", "without")
    return reading.sentence[before] != reading.sentence[at] or reading.quoted[before] >= 0


def _takes_subject_from_above(verb: "Token") -> bool:
    """A participle or a coordinated verb: its subject is that of a clause above, of which there may be several."""
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    if verb.tag_ != "VBG":
        return verb.dep_ == "conj" and not own
    led_by_with = verb.head.lower_ == "with" or any(child.lower_ == "with" for child in verb.lefts)
    return not (own and led_by_with)  # "with officials saying …" has a subject


def _speaking_subject(reading: Reading, participle: "Token") -> int | None:
    """ "Signed an order for the sanctions citing …": things cite nothing; the subject of a finite verb above may."""
    token = participle
    for _ in range(STEPS):
        if token.head.i == token.i:
            return None
        token = token.head
        subject = next((child.i for child in token.children if child.dep_ == "nsubj"), None)
        finite = token.tag_ in FINITE or any(child.dep_ == "aux" and child.tag_ in FINITE for child in token.children)
        if finite and subject is not None and reading.quoted[subject] < 0:
            return int(subject) if can_speak(reading, subject) else None
    return None


def _before_participle(reading: Reading, participle: "Token", before: Phrase | None) -> Phrase | None:
    """The source of what looks like a participle that modifies a noun, where it may be a finite verb."""
    if before is None and reading.lower[participle.i - 1] == ",":
        return _before_apposition(reading, participle.i - 1, relative=True)
    return before if before is not None and _is_finite_after_all(reading, participle, before[0]) else None


def _is_finite_after_all(reading: Reading, verb: "Token", head: int) -> bool:
    """ "Several outlets reported the service had …", where the parser reads "outlets that were reported"."""
    noun = reading.tokens[head]
    speaks = noun.pos_ in ("PROPN", "PRON") or noun.lemma_.lower() in cue_words.SPEAKER_NOUN
    return speaks and head == verb.head.i and lemma_of(verb) in cue_words.TAKES_THAT


def _is_done_to_something(verb: "Token") -> bool:
    """A passive, if only in sense: "with the ferries ordered to stay in port"."""
    return any(child.dep_ == "auxpass" or (child.dep_ == "mark" and child.lower_ == "with") for child in verb.children)


def _before_apposition(reading: Reading, comma: int, *, relative: bool = False) -> Phrase | None:
    """ "Her adviser, Jane Smith, said": the noun phrase before the apposition, or before a `relative` clause only."""
    sentence = reading.sentence[comma]
    for k in range(comma - 1, max(comma - _LONGEST_APPOSITION, 0), -1):
        if reading.sentence[k] != sentence or reading.quoted[k] >= 0:
            return None
        if reading.lower[k] == reading.lower[comma]:
            return phrase_before(reading, k) if not relative or reading.lower[k + 1] in cue_words.RELATIVE else None
    return None


def _inverted_subject(reading: Reading, verb: "Token", addressee: tuple[int, int] | None) -> Phrase | None:
    """The noun phrase after a verb that follows a quotation or a comma: "“…,” said Ms. Ri"."""
    before, after = verb.i - 1, verb.i + 1
    if before < 0 or verb.tag_ == "VBG" or (reading.quoted[before] < 0 and reading.lower[before] != ","):
        return None
    if addressee is not None or after >= len(reading.tokens):
        return None
    phrase = phrase_after(reading, after)
    return phrase if phrase is not None and reading.lower[phrase[0]] not in cue_words.NO_SOURCE else None
