"""Reporting cues in the reporter's own text: the source and the addressee of each."""

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.noun_phrases import noun_phrase, phrase_after, phrase_before
from onrecord.annotate.quotes.reading import FINITE, Reading
from onrecord.annotate.quotes.reported.source import STEPS, find_addressee, find_subject, owner_of
from onrecord.knowledge.bodies import QUANTITY

if TYPE_CHECKING:
    from spacy.tokens import Token

APPOSITION = frozenset({",", "-", "–", "—", "--"})  # marks that close one
LONGEST_APPOSITION = 20  # tokens


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting cue. `span`, `source` and `addressee` are characters."""

    at: int  # token of the cue's verb or noun
    lemma: str
    span: tuple[int, int]
    source: tuple[int, int] | None
    source_head: int | None
    addressee: tuple[int, int] | None
    how: str  # cue | according_to


class Cues:
    """Cues in text order, with quick access to those in a range of tokens."""

    def __init__(self, found: list[Cue]) -> None:
        self.all = found
        self._at = [cue.at for cue in found]

    def between(self, low: int, high: int, limit: int | None = None) -> list[Cue]:
        """Cues at tokens low..high-1; with a limit only the last so many."""
        first, last = bisect_left(self._at, low), bisect_left(self._at, high)
        return self.all[first if limit is None else max(first, last - limit) : last]


def find_cues(reading: Reading) -> Cues:
    """Cues outside quotation marks, in text order."""
    found: list[Cue] = []
    for i, token in enumerate(reading.tokens):
        if reading.quoted[i] >= 0:
            continue
        cue = None
        if reading.lower[i] == "according" and i + 1 < len(reading.tokens) and reading.lower[i + 1] == "to":
            cue = _according_to(reading, i)
        elif is_verb(token) and lemma_of(token) in cue_words.EVERY:
            cue = _verb_cue(reading, token)
        elif reading.lower[i] == "clear":
            cue = _made_clear(reading, token)
        if cue is not None:
            found.append(cue)
    return Cues(found)


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


def _verb_cue(reading: Reading, verb: "Token") -> Cue:
    lemma = lemma_of(verb)
    addressee = find_addressee(reading, verb, lemma)
    head, source = source_of(reading, verb, addressee)
    return Cue(verb.i, lemma, reading.span(verb.i, verb.i + 1), source, head, addressee, "cue")


def source_of(
    reading: Reading, verb: "Token", addressee: tuple[int, int] | None
) -> tuple[int | None, tuple[int, int] | None]:
    """Head token and characters of the source of `verb`: its subject, else the noun phrase next to it."""
    quoted = _quoted_as_saying(verb)
    if quoted is not None:
        return quoted, noun_phrase(reading, quoted)
    if _has_lost_its_subject(reading, verb):
        near = phrase_before(reading, verb.i)
        if near is not None:
            return near
    head = find_subject(verb, reading)
    near = phrase_before(reading, verb.i)
    if near is not None and head is not None and _stands_before(reading, near, head, verb.i):
        head = near[0]
    own = any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)
    absolute = own and (verb.head.lower_ == "with" or any(child.lower_ == "with" for child in verb.lefts))
    if (
        ((verb.tag_ == "VBG" and not absolute) or (verb.dep_ == "conj" and not own))
        and head is not None
        and not can_speak(reading, head)
    ):
        head = _speaking_subject(reading, verb) or head
    if head is not None and reading.lower[head] not in cue_words.NO_SOURCE:
        source = noun_phrase(reading, head)
        if source is not None and source != addressee:
            return head, source
    if verb.tag_ == "VBN" and verb.dep_ == "acl":
        if near is None and reading.lower[verb.i - 1] == ",":
            return _before_apposition(reading, verb.i - 1, relative=True) or (None, None)
        return near if near is not None and _is_finite_after_all(reading, verb, near[0]) else (None, None)
    if any(child.dep_ == "auxpass" or (child.dep_ == "mark" and child.lower_ == "with") for child in verb.children):
        return None, None  # passive, if only in sense: "with the ferries ordered to stay in port"
    if near is None and reading.lower[verb.i - 1] in APPOSITION:
        near = _before_apposition(reading, verb.i - 1)
    if near is not None:
        return near
    before = verb.i - 1
    inverted = before >= 0 and verb.tag_ != "VBG" and (reading.quoted[before] >= 0 or reading.lower[before] == ",")
    near = (
        phrase_after(reading, verb.i + 1)
        if inverted and addressee is None and verb.i + 1 < len(reading.tokens)
        else None
    )
    return near if near is not None and reading.lower[near[0]] not in cue_words.NO_SOURCE else (None, None)


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


def _has_lost_its_subject(reading: Reading, verb: "Token") -> bool:
    """A finite verb right after a noun that the parser hung elsewhere: "…, the agency reported on Saturday"."""
    if verb.tag_ not in ("VBD", "VBP", "VBZ") or verb.dep_ == "conj":
        return False
    return not any(child.dep_ in ("nsubj", "nsubjpass", "auxpass") for child in verb.children)


def _is_finite_after_all(reading: Reading, verb: "Token", head: int) -> bool:
    """ "Several outlets reported the service had …", where the parser reads "outlets that were reported"."""
    noun = reading.tokens[head]
    speaks = noun.pos_ in ("PROPN", "PRON") or noun.lemma_.lower() in cue_words.SPEAKER_NOUN
    return speaks and head == verb.head.i and lemma_of(verb) in cue_words.TAKES_THAT


def _before_apposition(reading: Reading, comma: int, *, relative: bool = False) -> tuple[int, tuple[int, int]] | None:
    """ "Her adviser, Jane Smith, said": the noun phrase before the apposition, or before a `relative` clause only."""
    sentence = reading.sentence[comma]
    for k in range(comma - 1, max(comma - LONGEST_APPOSITION, 0), -1):
        if reading.sentence[k] != sentence or reading.quoted[k] >= 0:
            return None
        if reading.lower[k] == reading.lower[comma]:
            return phrase_before(reading, k) if not relative or reading.lower[k + 1] in cue_words.RELATIVE else None
    return None


def _stands_before(reading: Reading, near: tuple[int, tuple[int, int]], head: int, at: int) -> bool:
    """A noun phrase between a quotation or a comma and the verb, while the parser's subject is further away."""
    first = reading.token_at(near[1][0])
    if first <= head or reading.tokens[at].tag_ == "VBN" or first == 0:
        return False
    before = first - 1
    if reading.tokens[at].tag_ == "VBG":
        return reading.lower[before] in ("with", "despite", "after", "without")
    return reading.sentence[before] != reading.sentence[at] or reading.quoted[before] >= 0


def _according_to(reading: Reading, at: int) -> Cue | None:
    tokens = reading.tokens
    head = next((child.i for child in tokens[at + 1].children if child.dep_ == "pobj"), None)
    source = noun_phrase(reading, head) if head is not None and head > at else None
    if source is None:
        near = phrase_after(reading, at + 2) if at + 2 < len(tokens) else None
        if near is None:
            return None
        head, source = near
    speaks = can_speak(reading, head) and head is not None and tokens[head].lemma_.lower() not in cue_words.SPEECH_NOUN
    if head is not None and tokens[head].pos_ == "NOUN" and not speaks:
        owner = owner_of(tokens[head])
        owned = noun_phrase(reading, owner) if owner is not None else None
        if owned is not None and owner is not None:
            head, source = owner, owned
    return Cue(at, "according", reading.span(at, at + 2), source, head, None, "according_to")


def _made_clear(reading: Reading, clear: "Token") -> Cue | None:
    """ "He made (it) clear that …", "officials have been clear that …"."""
    verb = clear.head
    if verb.lemma_ not in ("make", "be") or verb.i > clear.i:
        return None
    clause = next((c for c in (*clear.rights, *verb.rights) if c.dep_ in ("ccomp", "advcl") and c.i > clear.i), None)
    head = find_subject(verb, reading)
    if clause is None or head is None or reading.lower[head] == "it":
        return None
    source = noun_phrase(reading, head)
    return Cue(clear.i, "clear", reading.span(verb.i, clear.i + 1), source, head, None, "cue")
