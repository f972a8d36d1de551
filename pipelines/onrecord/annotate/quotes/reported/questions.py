"""Questions that are told: "asked whether …", "when pressed on how …", "her question was if …".

The tagger looks for what is claimed and often passes over them; most have no source beside them, since who asked does
not matter to the reporter.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.noun_phrases import noun_phrase
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.content import bare
from onrecord.annotate.quotes.reported.cue_verbs import lemma_of, source_of_verb
from onrecord.annotate.quotes.reported.source import find_addressee
from onrecord.document import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

_WHETHER = frozenset({"whether", "if", "what", "when", "why", "how"})
_FORMS = frozenset({"VBD", "VBN", "VBZ", "VBG"})  # an infinitive is still to be asked
_REACH = 12  # tokens from the cue to the question word: whom somebody asks, by whom, where
_SHORTEST = 3  # words
_CONFIDENCE = 0.5
_BARS = frozenset({".", ";", ":", "?", "!"})


def told_questions(reading: Reading, taken: Sequence[Attribution]) -> Iterator[Attribution]:
    """Questions outside quotation marks that no attribution in `taken` reports, in text order."""
    held = sorted((each.start, each.end) for each in taken)
    for cue in reading.tokens:
        if reading.quoted[cue.i] >= 0 or lemma_of(cue) not in ("ask", "press") or cue.tag_ not in _FORMS:
            continue
        content = _content(reading, cue)
        if content is None or (_is_passive(cue) and cue.dep_ not in ("advcl", "ccomp") and _agent(cue) is None):
            continue
        start, end = reading.span(*content)
        if any(begin < end and start < stop for begin, stop in held):
            continue
        source, addressee = _parties(reading, cue)
        yield Attribution(
            start=start,
            end=end,
            kind="indirect",
            source=source,
            cue=reading.span(cue.i, cue.i + 1),
            addressee=addressee,
            group=0,
            how="cue" if source is not None else "none",
            confidence=_CONFIDENCE,
        )


def _content(reading: Reading, cue: "Token") -> tuple[int, int] | None:
    """Tokens of the clause behind the first question word after `cue`, itself among them."""
    high = reading.sentences[reading.sentence[cue.i]][1]
    first = next((k for k in range(cue.i + 1, min(cue.i + _REACH, high)) if reading.lower[k] in _WHETHER), None)
    if first is None or any(_parts(reading, k) for k in range(cue.i + 1, first)):
        return None
    verb = reading.tokens[first].head
    while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
        verb = verb.head
    if verb.i <= first or verb.i >= high:
        return None
    last = min(verb.right_edge.i + 1, high)
    main = cue.head if cue.dep_ == "advcl" and cue.head.i > verb.i else None
    if main is not None and main.i < last:  # "Asked if …, she said": the parser hung the rest on the question
        last = next((k for k in range(main.i, verb.i, -1) if reading.lower[k] == ","), main.i)
    bounded = next((k for k in range(verb.i, last) if reading.quoted[k] >= 0), last)
    found = bare(reading, first, bounded)
    words = 0 if found is None else sum(reading.is_word(k) for k in range(*found))
    return found if words >= _SHORTEST else None


def _parts(reading: Reading, k: int) -> bool:
    """A word between a cue and its question that ends what can belong together."""
    token = reading.tokens[k]
    return reading.quoted[k] >= 0 or reading.lower[k] in _BARS or (token.pos_ == "VERB" and token.tag_ != "VBG")


def _is_passive(cue: "Token") -> bool:
    """Asked, and not asking: "when asked", "was asked"."""
    active = any(child.dep_ == "nsubj" or child.lemma_ == "have" for child in cue.lefts)
    return cue.tag_ in ("VBN", "VBD") and not active


def _agent(cue: "Token") -> "Token | None":
    return next((word for child in cue.rights if child.dep_ == "agent" for word in child.rights), None)


def _parties(reading: Reading, cue: "Token") -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Who asks, whom: of a passive without "by", nobody knows who."""
    if _is_passive(cue):
        agent = _agent(cue)
        return (noun_phrase(reading, agent.i) if agent is not None else None), None
    addressee = find_addressee(reading, cue, lemma_of(cue))
    return source_of_verb(reading, cue, addressee)[1], addressee
