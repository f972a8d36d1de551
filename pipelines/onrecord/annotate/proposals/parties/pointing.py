"""Which word of the text the pieces are that a cue points at."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.actors.references.pronouns import smallest
from onrecord.annotate.proposals.heads import Pointed
from onrecord.annotate.syntax.subjects import is_thing

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.proposals.findings import Findings

_LEAST = 0.3  # share of the pointing that an actor needs
_JOINT = 0.05  # of one that acts together with who is pointed at more
# What a word is to its noun phrase, whose head stands for it.
_INSIDE = frozenset({"compound", "amod", "det", "nummod", "nmod", "quantmod", "case", "punct", "flat"})
_OWNING = ("compound", "nmod", "amod")  # by which a noun tells whose an act is: the *government* push


def pointed_word(pointed: Sequence[Pointed], findings: "Findings", cue: tuple[int, int] = (0, 0)) -> "Token | None":
    """The head of the phrase at which a cue points most, all mentions of one actor taken together; None if it is faint.

    Of several mentions the one that is pointed at most; of those who act together the first, whose phrase holds all.
    No word of the `cue`, which are characters of the text, acts itself.
    """
    by_word: defaultdict[int, float] = defaultdict(float)
    by_actor: defaultdict[str, float] = defaultdict(float)
    actors: dict[int, str] = {}
    for each in pointed:
        span = findings.syntax.char_span(each.start, each.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        word = phrase_head(span[0], findings, cue)
        mention = smallest(findings.cast, word)
        actors[word.i] = mention.actor_id if mention is not None else str(word.i)
        by_word[word.i] += each.sure
        by_actor[actors[word.i]] += each.sure
    if not by_actor:
        return None
    best = max(by_actor, key=by_actor.__getitem__)
    if by_actor[best] < _LEAST:
        return None
    word = findings.syntax[max((i for i in by_word if actors[i] == best), key=by_word.__getitem__)]
    while word.dep_ == "conj" and (by_word.get(word.head.i, 0.0) >= _JOINT or _is_of_several(word)):
        word = word.head
    return word


def _is_of_several(word: "Token") -> bool:
    """Whether a name is joined to others of its kind behind `of`: the ministers of Canada, Japan and *Norway*."""
    first = word
    while first.dep_ == "conj":
        first = first.head
    return first.dep_ == "pobj" and first.head.lower_ == "of" and "GPE" in (first.ent_type_, word.ent_type_)


def phrase_head(word: "Token", findings: "Findings", cue: tuple[int, int] = (0, 0)) -> "Token":
    """The noun that a word belongs to; Iranian in `Iranian plans` stands for itself, for plans are nobody.

    So does the left in `the left demands`, where the demands are the `cue`.
    """
    while word.dep_ in _INSIDE and word.head != word:
        is_cue = cue[0] <= word.head.idx < cue[1] and not cue[0] <= word.idx < cue[1]
        if (word.text in findings.adjectives and is_thing(word.head)) or (is_cue and word.dep_ in _OWNING):
            return word
        word = word.head
    return word
