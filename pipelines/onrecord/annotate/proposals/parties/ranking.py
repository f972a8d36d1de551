"""Which actor an act is addressed to: every actor in sight is weighed by how the cue points at it and where it stands.

A logistic regression, fitted on articles that the heads were not trained on; its weights lie beside the encoder. Of
those that are only described it would name more wrong ones than right ones: a target has a name, or is null.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.annotate.proposals.parties.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from spacy.tokens import Token

    from onrecord.annotate.proposals.act import Act
    from onrecord.annotate.proposals.findings import Findings

TRAITS = (
    "constant", "share", "odds", "first", "left", "content", "sentence", "paragraph", "state", "organization", "person",
    "prominence", "ask", "own", "against", "for",
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
    """An actor in sight as a target, and its TRAITS."""

    part: Part
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
    """The actors at which the cue points, and those that its content or its sentence names, without those `taken`."""
    shares: defaultdict[str, float] = defaultdict(float)
    seen: dict[str, Part] = {}
    for each in act.targets:
        span = findings.syntax.char_span(each.start, each.end, alignment_mode="expand")
        for part in named_by(span[0], findings) if span is not None and len(span) else ():
            if part.reference.actor.link_method != "unnamed":
                shares[part.actor_id] += each.sure
                seen.setdefault(part.actor_id, part)
    sentence = act.verb.sent
    low, high = sentence.start_char, sentence.end_char
    for mention in findings.mentions_in(min(low, act.start), max(high, act.end)):
        if mention.actor_id not in seen and findings.cast[mention.actor_id].link_method != "unnamed":
            words = findings.text[mention.start : mention.end]
            seen[mention.actor_id] = Part(findings.actor(mention.actor_id), "target", words)
    left = 1 - sum(each.sure for each in act.targets)
    most = max(shares.values(), default=0.0)
    return tuple(
        Ranked(part, _traits(act, part, shares[actor_id], most, left, findings))
        for actor_id, part in seen.items()
        if actor_id not in taken
    )


def _traits(act: "Act", part: Part, share: float, most: float, left: float, findings: "Findings") -> tuple[float, ...]:
    text, sentence = findings.text, act.verb.sent
    low = max(text.rfind("\n\n", max(act.start - _PARAGRAPH, 0), act.start), act.start - _PARAGRAPH, 0)
    high = text.find("\n\n", act.end, act.end + _PARAGRAPH)

    def is_in(start: int, end: int) -> float:
        return float(any(start <= at < end for at in places))

    places = findings.places.get(part.actor_id, ())
    bounded = min(max(share, _SMALLEST), 1 - _SMALLEST)
    kind = part.reference.actor.type
    return (
        1.0,
        share,
        math.log(bounded / (1 - bounded)),
        float(share > 0 and share == most),
        left,
        is_in(act.start, act.end),
        is_in(sentence.start_char, sentence.end_char),
        is_in(low, high if high >= 0 else act.end + _PARAGRAPH),
        float(kind == "state"),
        float(kind == "organization"),
        float(kind == "person"),
        findings.counts[part.actor_id] / max(len(findings.mentions), 1),
        *(float(act.type in kinds) for kinds in _KINDS.values()),
    )
