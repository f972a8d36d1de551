"""Which actor an act is addressed to: all in sight are weighed by how the cue points at them and where they stand.

So are words that name nobody: *foreign companies*, *they*, *the plan*. If one of them is the most probable, no actor
that is named nearby is the target: it has a name, or is null. A logistic regression, fitted on articles that the heads
were not trained on; its weights lie beside the encoder.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.annotate.proposals.parties.part import Part
from onrecord.annotate.proposals.parties.pointing import phrase_head
from onrecord.annotate.syntax.pronouns import NOBODY
from onrecord.annotate.syntax.subjects import is_thing, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.tokens import Token

    from onrecord.annotate.proposals.act import Act
    from onrecord.annotate.proposals.findings import Findings

TRAITS = (
    "constant", "share", "odds", "first", "left", "content", "sentence", "paragraph", "state", "organization", "person",
    "prominence", "described", "pronoun", "thing", "several", "ask", "own", "against", "for",
)  # fmt: skip
_KINDS = {
    "ask": {"demand", "call_for", "urge", "request"},
    "own": {"commit", "offer", "threaten", "plan"},
    "against": {"reject", "oppose"},
    "for": {"support", "propose"},
}
_PARAGRAPH = 1500  # characters of a paragraph that are looked at
_SMALLEST = 1e-3  # share of the pointing


@dataclass(frozen=True, slots=True)
class Ranked:
    """What may be the target, at `places`: an actor in sight, or words that name none and have no part; its TRAITS."""

    part: Part | None
    places: tuple[tuple[int, int], ...]  # characters of its mentions, and of the words through which it is pointed at
    traits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Ranker:
    """`weights` of TRAITS; an actor that is less probable than `least` is no target."""

    weights: Mapping[str, float]
    least: float

    def of(self, traits: Sequence[float]) -> float:
        total = sum(self.weights[name] * value for name, value in zip(TRAITS, traits, strict=True))
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))


def ranker_of(decoding: Mapping[str, Any]) -> Ranker:
    """The ranker of targets that the encoder's decoding holds."""
    given = decoding["targets"]
    return Ranker(given["weights"], given["least"])


def rank(
    act: "Act",
    findings: "Findings",
    taken: Collection[str],
    named_by: "Callable[[Token, Findings], Iterable[Part]]",
) -> tuple[Ranked, ...]:
    """At whom or what the cue points, and the actors that its content or its sentence names, without those `taken`."""
    shares: defaultdict[str, float] = defaultdict(float)
    through: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)  # actor_id -> words that are pointed at
    words: defaultdict[int, float] = defaultdict(float)  # what names nobody, by the head of its phrase
    seen: dict[str, Part] = {}
    for each in act.targets:
        span = findings.syntax.char_span(each.start, each.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        named = [part for part in named_by(span[0], findings) if part.reference.actor.link_method != "unnamed"]
        for part in named:
            shares[part.actor_id] += each.sure
            through[part.actor_id].append((each.start, each.end))
            seen.setdefault(part.actor_id, part)
        if not named:
            words[phrase_head(span[0], findings).i] += each.sure
    sentence = act.verb.sent
    low, high = sentence.start_char, sentence.end_char
    for mention in findings.mentions_in(min(low, act.start), max(high, act.end)):
        if mention.actor_id not in seen and findings.cast[mention.actor_id].link_method != "unnamed":
            text = findings.text[mention.start : mention.end]
            seen[mention.actor_id] = Part(findings.actor(mention.actor_id), "target", text)
    left = 1 - sum(each.sure for each in act.targets)
    most = max((*shares.values(), *words.values()), default=0.0)
    actors = [
        Ranked(
            part,
            (*_places(part, findings), *through[actor_id]),
            _traits_of_actor(act, part, shares[actor_id], most, left, findings),
        )
        for actor_id, part in seen.items()
        if actor_id not in taken
    ]
    return (*actors, *_described(act, words, most, left, findings, taken, actors))


def _described(
    act: "Act",
    words: Mapping[int, float],
    most: float,
    left: float,
    findings: "Findings",
    taken: Collection[str],
    actors: Sequence[Ranked],
) -> "Iterator[Ranked]":
    """The words that name nobody, as far as they are not part of what names one of the `actors` or of those `taken`."""
    known = [place for each in actors for place in each.places]
    for at, share in words.items():
        word = findings.syntax[at]
        start, end = phrase(word)
        if word.lower_ in NOBODY or any(start < last and first < end for first, last in known):
            continue
        if any(mention.actor_id in taken for mention in findings.mentions_in(start, end)):
            continue
        is_pronoun, is_plural = word.pos_ == "PRON", word.tag_ in ("NNS", "NNPS")
        kind = (1.0, float(is_pronoun), float(is_thing(word)), float(is_plural))
        where = _where(act, [word.idx], findings)
        traits = (*_pointed(share, most, left), *where, 0.0, 0.0, 0.0, 0.0, *kind, *_kinds_of(act))
        yield Ranked(None, ((start, end),), traits)


def _places(part: Part, findings: "Findings") -> tuple[tuple[int, int], ...]:
    own = ((mention.start, mention.end) for mention in part.reference.mentions)
    return (*findings.places.get(part.actor_id, ()), *own)


def _traits_of_actor(
    act: "Act", part: Part, share: float, most: float, left: float, findings: "Findings"
) -> tuple[float, ...]:
    kind = part.reference.actor.type
    kinds = (float(kind == "state"), float(kind == "organization"), float(kind == "person"))
    prominence = findings.counts[part.actor_id] / max(len(findings.mentions), 1)
    where = _where(act, [start for start, _ in findings.places.get(part.actor_id, ())], findings)
    return (*_pointed(share, most, left), *where, *kinds, prominence, 0.0, 0.0, 0.0, 0.0, *_kinds_of(act))


def _pointed(share: float, most: float, left: float) -> tuple[float, ...]:
    """How the cue points: the share, its odds, whether none has more, and what it points at beside all words."""
    bounded = min(max(share, _SMALLEST), 1 - _SMALLEST)
    return 1.0, share, math.log(bounded / (1 - bounded)), float(share > 0 and share == most), left


def _where(act: "Act", places: Sequence[int], findings: "Findings") -> tuple[float, float, float]:
    """Whether one of the places lies in the content, in the sentence, in the paragraph."""
    text, sentence = findings.text, act.verb.sent
    low = max(text.rfind("\n\n", max(act.start - _PARAGRAPH, 0), act.start), act.start - _PARAGRAPH, 0)
    high = text.find("\n\n", act.end, act.end + _PARAGRAPH)

    def is_in(start: int, end: int) -> float:
        return float(any(start <= at < end for at in places))

    return (
        is_in(act.start, act.end),
        is_in(sentence.start_char, sentence.end_char),
        is_in(low, high if high >= 0 else act.end + _PARAGRAPH),
    )


def _kinds_of(act: "Act") -> tuple[float, ...]:
    return tuple(float(act.type in kinds) for kinds in _KINDS.values())
