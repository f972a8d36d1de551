"""Who may have said it: the actors in sight of an attribution, each with what speaks for it and against it.

What is looked at follows the literature on quote attribution (Elson and McKeown 2010; O'Keefe et al. 2012; Muzny et
al. 2017): where an actor was named last and as what, who spoke before, whether the words of the source fit, and whom
the reported words are about. The answer of the rules is one trait among them.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.quotes.cue_words import RELATIVE
from onrecord.annotate.quotes.speakers.issuers import SPEAKERS_BACK
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.annotate.quotes.speakers.scene import Scene
from onrecord.annotate.quotes.speakers.wording import Wording, fits_words, is_another, wording_of
from onrecord.document import Actor, Attribution, Mention, Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.actors.cast import Cast

_BACK, _AHEAD = 4000, 300  # characters before and behind a source in which actors are in sight
_MOST = 14  # actors in sight before it, the nearest
_SURE, _UNSURE = 0.8, 0.5  # confidences of an attribution


@dataclass(frozen=True, slots=True)
class Sighted:
    """An actor in sight, or nobody (`reference` None), and its traits by name; a trait that is not there is 0."""

    reference: Reference | None
    traits: Mapping[str, float]


def in_sight(
    attribution: Attribution, rule: Reference | None, scene: Scene, earlier: Sequence[Quote]
) -> tuple[Sighted, ...]:
    """Nobody first, then the actors that may have said it.

    `rule` is whom the rules take, `earlier` are the quotes before.
    """
    cast = scene.cast
    source = wording_of(attribution, cast)
    last: dict[str, Mention] = {}
    for mention in cast.mentions_before(source.at, _BACK):
        if mention.actor_id not in last:
            if len(last) == _MOST:
                break
            last[mention.actor_id] = mention
    following: dict[str, Mention] = {}
    for mention in cast.mentions_in(source.at, source.at + _AHEAD):
        following.setdefault(mention.actor_id, mention)
    turns = _turns(earlier, attribution, source.at, scene)
    own = {m.actor_id for m in cast.mentions_in(attribution.start, attribution.end) if m.form in NAMED}
    references: dict[str, Reference] = {}
    if rule is not None:
        references[rule.actor_id] = rule
    for actor_id in (*last, *following):
        references.setdefault(actor_id, _refer(cast[actor_id], attribution, source, cast))
    subject = _subject_of_cue(attribution, cast)
    performer = cast.mention_at(subject.idx, subject.idx + len(subject)) if subject is not None else None
    nobody = _of_nobody(attribution, rule, source, subject)
    found = [Sighted(None, _of_kind(source.kind, nobody))]
    for actor_id, reference in references.items():
        if is_another(reference.actor, source, cast):
            continue
        traits = {
            **_by_rule(reference, rule),
            **_by_place(last.get(actor_id), following.get(actor_id), attribution, source, scene),
            **_by_turn(actor_id, turns),
            **fits_words(reference.actor, source, cast, spoke_last=actor_id == turns.speaker),
            "spoken of": float(actor_id in own),
            "subject of cue": float(performer is not None and performer.actor_id == actor_id),
            "prominence": math.log1p(cast.count(actor_id)),
        }
        found.append(Sighted(reference, _of_kind(source.kind, traits)))
    return tuple(found)


def _of_nobody(
    attribution: Attribution, rule: Reference | None, source: Wording, subject: "Token | None"
) -> dict[str, float]:
    elsewhere = subject is not None and source.tokens is not None and subject not in source.tokens
    return {
        "nobody": 1.0,
        "no rule": float(rule is None),
        "unsure": max(_SURE - attribution.confidence, 0.0),
        "very unsure": float(attribution.confidence < _UNSURE),
        "subject of cue elsewhere": float(elsewhere),
        attribution.kind: 1.0,
    }


def _subject_of_cue(attribution: Attribution, cast: "Cast") -> "Token | None":
    """The subject that the parse gives the verb of the cue, be it the source or not."""
    cue = cast.syntax.char_span(*attribution.cue, alignment_mode="expand") if attribution.cue is not None else None
    if cue is None or not len(cue):
        return None
    return next((child for child in cue.root.children if child.dep_ == "nsubj" and child.lower_ not in RELATIVE), None)


def _of_kind(kind: str, traits: Mapping[str, float]) -> dict[str, float]:
    """Each trait for itself and for the kind of source, for a pronoun is read otherwise than a name."""
    there = {name: value for name, value in traits.items() if value}
    return there | {f"{kind}: {name}": value for name, value in there.items()}


def _refer(actor: Actor, attribution: Attribution, source: Wording, cast: "Cast") -> Reference:
    """A reference by the words of the source, if they are a pronoun or a description that nobody has yet."""
    if source.tokens is None or source.kind not in ("pronoun", "other", "description"):
        return Reference(actor)
    form = "role" if source.kind == "description" else "pronoun"
    made = refer(actor, source.tokens.start_char, source.tokens.end_char, form)
    return Reference(actor, made.mentions, overrides=True)


def _by_rule(reference: Reference, rule: Reference | None) -> dict[str, float]:
    if rule is None or rule.actor_id != reference.actor_id:
        return {"other than rule": float(rule is not None)}
    return {"rule": 1.0, "rule, unnamed": float(reference.actor.link_method == "unnamed")}


def _by_place(
    last: Mention | None, following: Mention | None, attribution: Attribution, source: Wording, scene: Scene
) -> dict[str, float]:
    """Where it was named last before the source, and whether it is named in it or right behind it."""
    traits: dict[str, float] = {}
    end = source.tokens.end_char if source.tokens is not None else source.at
    if following is not None:
        high = attribution.extent[1] if attribution.extent is not None else end
        traits["inside"] = float(following.end <= end)
        traits["at head"] = float(
            source.tokens is not None and following.start <= source.tokens.root.idx < following.end <= end
        )
        traits["in apposition"] = float(end < following.end <= high)
        traits["follows"] = float(following.start >= end and scene.paragraph(following.start) == scene.paragraph(end))
        traits["follows, subject"] = traits["follows"] * float(scene.subject(following) > 0)
    if last is None:
        return traits | {"new": 1.0}
    apart = scene.paragraph(source.at) - scene.paragraph(last.start)
    traits[f"paragraphs {min(apart, 3)}"] = 1.0
    traits["far"] = math.log1p((source.at - last.end if source.at > last.end else 0) / 50)
    rank = scene.subject(last)
    traits["subject"] = float(rank > 0)
    traits["main subject"] = float(rank == 2)
    traits["subject, near"] = float(rank > 0 and apart <= 1)
    traits["quoted"] = float(scene.is_quoted(last))
    traits["by pronoun"] = float(last.form == "pronoun")
    traits["by role"] = float(last.form == "role")
    traits["first in paragraph"] = float(scene.is_first(last))
    traits["in sentence"] = float(scene.sentence(last.start) == scene.sentence(max(source.at, 0)))
    return traits


@dataclass(frozen=True, slots=True)
class _Turns:
    speaker: str | None  # who spoke last
    gap: int  # paragraphs since then
    before: str | None  # who spoke before whoever spoke last
    spoken: frozenset[str]
    group: str | None  # who said another piece of the same utterance


def _turns(earlier: Sequence[Quote], attribution: Attribution, at: int, scene: Scene) -> _Turns:
    said = [quote for quote in earlier[-SPEAKERS_BACK:] if quote.speaker_actor_id is not None]
    last = said[-1] if said else None
    before = next(
        (q.speaker_actor_id for q in reversed(said) if last and q.speaker_actor_id != last.speaker_actor_id), None
    )
    same = next((q.speaker_actor_id for q in reversed(said) if q.group == attribution.group), None)
    gap = max(scene.paragraph(at) - scene.paragraph(last.end), 0) if last is not None else 0
    return _Turns(
        last.speaker_actor_id if last is not None else None,
        gap,
        before,
        frozenset(q.speaker_actor_id for q in said if q.speaker_actor_id),
        same,
    )


def _by_turn(actor_id: str, turns: _Turns) -> dict[str, float]:
    spoke_last = turns.speaker == actor_id
    return {
        "spoke last": float(spoke_last),
        f"spoke last, {min(turns.gap, 3)}": float(spoke_last),
        "spoke before that": float(turns.before == actor_id),
        "spoke": float(actor_id in turns.spoken),
        "same utterance": float(turns.group == actor_id),
        "other utterance": float(turns.group not in (None, actor_id)),
    }
