"""Whether what the tagger reads as told without marks is on record: said by somebody, denied, asked, or imagined."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.cue_words import DENIES, EVIDENTIAL, MODAL, PRONOUN_SELF, SAY, WITHHOLDS
from onrecord.annotate.quotes.reading import Reading
from onrecord.annotate.quotes.reported.content import has_clause
from onrecord.annotate.quotes.reported.cue_verbs import lemma_of
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.link import VERBAL
from onrecord.annotate.quotes.reported.source import can_speak
from onrecord.annotate.quotes.reported.telling import Telling
from onrecord.annotate.quotes.reported.told_by import cues_in, extent_of, how_of, source_of_told
from onrecord.annotate.quotes.tagger import Tagged
from onrecord.annotate.syntax.tree import is_passive
from onrecord.knowledge.word_lists import with_meaning

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHORTEST = 3  # words of what is told without marks
_NOT = frozenset({"not", "n't", "n’t", "never"})
_CONDITIONAL = frozenset({"if", "unless", "whether", "whenever"})
_AFTER_ALL = frozenset({"resist", "only", "fail"})  # "could not resist saying", "would say only"
# What one does with another's question: nothing is asked by who does so.
_TAKES_QUESTION = frozenset({"sidestep", "respond", "answer", "refer", "raise", "explore", "deflect", "dodge", "field"})
_NOBODY = ("no ", "none", "nobody")
_OURSELVES = (" of us", " of you")
_ATTITUDE = 0.45  # confidence from which content counts whose cue is no word of speech: backs, fears, plans to
_NEEDS_CLAUSE = with_meaning("clause", "reporting_verb")
_UNSAID = 0.35  # confidence from which a clause counts that somebody did not say or might say
_ACTORS = frozenset({"GPE", "NORP", "ORG", "PERSON"})  # whose names are no content
_UNTOLD = 0.5  # confidence below which a phrase without a verb is not what somebody said, told or argued


def is_on_record(reading: Reading, found: Cues, telling: Telling) -> bool:
    """Without marks, what is told needs a source beside it and more than a word or two.

    The author's own words and what nobody said are not on record; what somebody did not say, might say or will say is
    as a clause, with its polarity.
    """
    told = telling.told
    by = source_of_told(reading, found, told)
    if by is None or told.cue is None:
        return False
    denials = _denials(reading, told.cue)
    if any(map(is_passive, denials)) or (telling.unquoted < _SHORTEST and not _is_of_denial(reading, telling, denials)):
        return False
    if told.source is None and not has_clause(reading, telling.first, telling.last):
        return False
    how = how_of(reading.text, told)
    if how == "continuation" or _is_of_nobody(reading.text[slice(*(extent_of(told) or by))].lower()):
        return False
    cues = cues_in(reading, found, told)
    if not cues and told.confidence < _ATTITUDE and how == "cue":
        return False
    if _is_phrase_told_to_somebody(reading, telling, cues) or _is_name(reading, telling):
        return False
    if any(_is_of_a_fact(reading, cue) for cue in cues):
        return False
    first, last = reading.range_of(told.cue.start, told.cue.end)
    if _is_question_of_others(reading, first, last):
        return False
    return not _is_unsaid(reading, first, last) or _is_clause_of_speech(reading, telling, cues)


def _is_of_nobody(source: str) -> bool:
    """The author's own words, or words that nobody said."""
    return source in PRONOUN_SELF or source.startswith(_NOBODY) or source.endswith(_OURSELVES)


def _is_unsaid(reading: Reading, first: int, last: int) -> bool:
    """The cue in tokens first..last-1 is denied, only possible or a condition: did not say, may say, if they say."""
    after_all = not _AFTER_ALL.isdisjoint(reading.lower[first : last + 1])  # "would say | only that"
    if not after_all and any(word in _NOT or word in MODAL for word in reading.lower[first:last]):
        return True
    verbs = (token for token in reading.tokens[first:last] if token.pos_ == "VERB")
    return any(child.lower_ in _CONDITIONAL and child.dep_ in ("mark", "advmod") for v in verbs for child in v.lefts)


def _is_question_of_others(reading: Reading, first: int, last: int) -> bool:
    """ "Sidestepped questions about", "declined | to answer questions on": who does so asks nothing."""
    if lemma_of(reading.tokens[last - 1]) in WITHHOLDS and reading.lower[last : last + 1] == ["to"]:
        return lemma_of(reading.tokens[last + 1]) in _TAKES_QUESTION | {"comment"}
    asked = any(
        reading.tokens[k].pos_ == "NOUN" and lemma_of(reading.tokens[k]) == "question" for k in range(first, last)
    )
    verbs = (lemma_of(token) for token in reading.tokens[first:last] if token.pos_ == "VERB")
    return asked and not _TAKES_QUESTION.isdisjoint(verbs)


def _is_clause_of_speech(reading: Reading, telling: Telling, cues: Sequence[Cue]) -> bool:
    """What somebody did not say or might say is on record as a clause, as its polarity; other deeds undone are not."""
    spoken = any(cue.lemma in SAY for cue in cues)
    return spoken and telling.told.confidence >= _UNSAID and has_clause(reading, telling.first, telling.last)


def _is_phrase_told_to_somebody(reading: Reading, telling: Telling, cues: Sequence[Cue]) -> bool:
    """Content without a verb, and little sure, of verbs that take a clause: "the officials told | the crowd"."""
    if not cues or telling.told.confidence >= _UNTOLD or not all(cue.lemma in _NEEDS_CLAUSE for cue in cues):
        return False
    return not any(reading.tokens[k].pos_ in VERBAL for k in range(telling.first, telling.last))


def _is_name(reading: Reading, telling: Telling) -> bool:
    """A name with what hangs on it, and little sure: "disagreed with | Norway over fish" tells with whom, not what."""
    tokens = reading.tokens[telling.first : telling.last]
    if telling.told.confidence >= _UNTOLD or any(token.pos_ in VERBAL for token in tokens):
        return False
    inside = {token.i for token in tokens}
    heads = [token for token in tokens if token.head.i not in inside or token.head.i == token.i]
    return bool(heads) and heads[0].ent_type_ in _ACTORS and all(head.pos_ == "ADP" for head in heads[1:])


def _is_of_a_fact(reading: Reading, cue: Cue) -> bool:
    """Evidence and no speech: "the figures suggest …"."""
    return cue.lemma in EVIDENTIAL and cue.source_head is not None and not can_speak(reading, cue.source_head)


def _denials(reading: Reading, cue: Tagged) -> list["Token"]:
    """The verbs of a cue that deny; in the passive they withhold: "were denied asylum"."""
    tokens = reading.tokens[slice(*reading.range_of(cue.start, cue.end))]
    return [token for token in tokens if token.pos_ == "VERB" and lemma_of(token) in DENIES]


def _is_of_denial(reading: Reading, telling: Telling, denials: Sequence["Token"]) -> bool:
    """ "Denied involvement": what a single noun tells is denied; but "which he denies"."""
    return bool(denials) and reading.tokens[telling.last - 1].pos_ != "PRON"
