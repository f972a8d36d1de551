"""Who may have said it: the actors in sight of an attribution, each with what speaks for it and against it.

What is looked at follows the literature on quote attribution (Elson and McKeown 2010; O'Keefe et al. 2012; Muzny et
al. 2017): where an actor was named last and as what, who spoke before, whether the words of the source fit, and whom
the reported words are about. The answer of the rules is one trait among them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references import SECTORS
from onrecord.annotate.actors.references.descriptions import kind_of
from onrecord.annotate.actors.references.offices import own_body, title_words
from onrecord.annotate.actors.references.pronouns import gender_of
from onrecord.annotate.quotes.cue_words import RELATIVE
from onrecord.annotate.quotes.speakers.issuers import SPEAKERS_BACK, is_speech
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.annotate.quotes.speakers.scene import Scene
from onrecord.document import Actor, Attribution, Mention, Quote
from onrecord.knowledge.titles import FEMALE, MALE, canonical_role, covers, honorific_gender
from onrecord.knowledge.words import WORD, fold

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_BACK, _AHEAD = 4000, 300  # characters before and behind a source in which actors are in sight
_MOST = 14  # actors in sight before it, the nearest
_PERSON = frozenset({"he", "she", "his", "her"})
_SURE, _UNSURE = 0.8, 0.5  # confidences of an attribution
_TITLE_REACH = 14  # characters before a name or in its beginning where a title can stand
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})


@dataclass(frozen=True, slots=True)
class Sighted:
    """An actor in sight, or nobody (`reference` None), and its traits by name; a trait that is not there is 0."""

    reference: Reference | None
    traits: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Source:
    """The words of a source. `at` is where they stand, or where what is said begins if there are none."""

    kind: str  # name | shared | pronoun | other | bare | description | text | continued | ahead | none
    at: int
    tokens: "Span | None"
    gender: str | None  # that the words tell


def source_of(attribution: Attribution, cast: "Cast") -> Source:
    span = attribution.source
    tokens = cast.syntax.char_span(*span, alignment_mode="expand") if span is not None else None
    if span is None or tokens is None or not len(tokens):
        return Source("none", attribution.start, None, None)
    root = tokens.root
    words = {token.lower_ for token in tokens}
    told = "f" if words & FEMALE else "m" if words & MALE else honorific_gender(cast.doc.text, *span)
    if attribution.how == "continuation":
        kind = "ahead" if "\n\n" in cast.doc.text[attribution.end : span[0]] else "continued"
    elif root.lower_ in _PERSON:
        kind = "pronoun"
    elif root.pos_ == "PRON" or root.lower_ in ("that", "both"):
        kind = "other"
    elif any(mention.form in NAMED or mention.form == "acronym" for mention in _at_root(tokens, cast)):
        kind = "shared" if _is_shared(tokens, cast) else "name"
    elif is_speech(root):
        kind = "text"
    elif root.pos_ == "PROPN" and tokens[0].lower_ not in ("the", "a", "an"):
        kind = "name"
    else:
        kind = "bare" if len(tokens) == 2 and tokens[0].lower_ == "the" else "description"
    return Source(kind, span[0], tokens, told)


def _at_root(tokens: "Span", cast: "Cast") -> Iterator[Mention]:
    at = tokens.root.idx
    return (m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.start <= at < m.end)


def _is_shared(tokens: "Span", cast: "Cast") -> bool:
    """A surname alone, or with a title, that two persons of the article have."""
    last = fold(tokens.root.text)
    bearers = [
        actor for actor in cast.people() if fold(actor.name).split()[-1:] == [last] and cast.count(actor.actor_id)
    ]
    printed = {fold(token.text) for token in tokens}
    return len(bearers) > 1 and not any(len(n := fold(b.name).split()) > 1 and set(n) <= printed for b in bearers)


def in_sight(
    attribution: Attribution, rule: Reference | None, scene: Scene, earlier: Sequence[Quote]
) -> tuple[Sighted, ...]:
    """Nobody first, then the actors that may have said it.

    `rule` is whom the rules take, `earlier` are the quotes before.
    """
    cast = scene.cast
    source = source_of(attribution, cast)
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
    elsewhere = subject is not None and source.tokens is not None and subject not in source.tokens
    nobody = {
        "nobody": 1.0,
        "no rule": float(rule is None),
        "unsure": max(_SURE - attribution.confidence, 0.0),
        "very unsure": float(attribution.confidence < _UNSURE),
        "subject of cue elsewhere": float(elsewhere),
        attribution.kind: 1.0,
    }
    found = [Sighted(None, _of_kind(source.kind, nobody))]
    for actor_id, reference in references.items():
        traits = {
            **_by_rule(reference, rule),
            **_by_place(last.get(actor_id), following.get(actor_id), attribution, source, scene),
            **_by_turn(actor_id, turns),
            **_by_words(reference.actor, source, cast, spoke_last=actor_id == turns.speaker),
            "spoken of": float(actor_id in own),
            "subject of cue": float(performer is not None and performer.actor_id == actor_id),
            "prominence": math.log1p(cast.count(actor_id)),
        }
        found.append(Sighted(reference, _of_kind(source.kind, traits)))
    return tuple(found)


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


def _refer(actor: Actor, attribution: Attribution, source: Source, cast: "Cast") -> Reference:
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
    last: Mention | None, following: Mention | None, attribution: Attribution, source: Source, scene: Scene
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


def _by_words(actor: Actor, source: Source, cast: "Cast", *, spoke_last: bool) -> dict[str, float]:
    """How the words of the source fit what is known of the actor."""
    traits = {
        actor.type: 1.0,
        "media": float(actor.sector == "media"),
        "unnamed": float(actor.link_method == "unnamed"),
        "government": float(actor.sector == "government"),
    }
    if source.tokens is None:
        return traits
    if source.gender is not None and actor.type == "person":
        gender = gender_of(cast, actor)
        traits["gender fits"] = float(gender == source.gender)
        traits["gender clashes"] = float(gender not in (None, source.gender))
    if source.kind in ("pronoun", "other"):
        word = source.tokens.root.lower_
        return traits | {f"{word} {actor.type}": 1.0} if word in ("it", "they", "who") else traits
    names = fold(actor.name).split()
    printed = [fold(token.text) for token in source.tokens if token.pos_ == "PROPN"]
    if source.kind in ("name", "shared", "continued", "ahead"):
        traits["last name"] = float(bool(printed) and actor.type == "person" and names[-1] == printed[-1])
        traits["whole name"] = float(len(names) > 1 and set(names) <= set(printed))
        traits["title fits"] = float(source.kind == "shared" and _has_title(actor, source.tokens, cast))
        traits["other name"] = float(actor.type == "person" and bool(printed) and not set(printed) & set(names))
    if source.kind not in ("description", "bare"):
        return traits
    head = fold(source.tokens.root.text)
    titles = [*actor.roles, *cast.offices(actor.actor_id)]
    known = {word for title in titles for word in title_words(title)} | set(names)
    wanted = {fold(t.text) for t in source.tokens if t.pos_ in _CONTENT and t.i != source.tokens.root.i}
    kind = kind_of(source.tokens.root)
    fits = kind == actor.type
    traits["type fits"] = float(fits)
    traits["type fits, spoke last"] = float(fits and spoke_last)
    traits["type fits, unnamed"] = float(fits and actor.link_method == "unnamed")
    traits["head in name"] = float(actor.type != "person" and head in names)
    traits["sector fits"] = float(head in SECTORS.get(actor.sector or "", ()))
    traits["office fits"] = float(
        any({head, *wanted} <= {fold(w) for w in WORD.findall(canonical_role(t))} for t in titles)
    )
    traits["plural"] = float(source.tokens.root.tag_ in ("NNS", "NNPS") and actor.type != "group")
    traits["role fits"] = float(any(covers(head, title) for title in titles))
    traits["words fit"] = float(bool(wanted & known))
    traits["words missing"] = float(len(wanted - known))
    traits["of another"] = float(bool({p for p in printed if p != head} - known))
    traits["own body"] = float(actor.type == "person" and not own_body(source.tokens.root) <= known)
    traits["definite"] = float(source.tokens[0].lower_ in ("the", "this", "that"))
    traits["indefinite"] = float(source.tokens[0].lower_ in ("a", "an", "one", "another", "some"))
    return traits


def _has_title(actor: Actor, tokens: "Span", cast: "Cast") -> bool:
    """Whether a title in the source, such as Dr., is printed before the name of the actor, too."""
    printed = {fold(token.text).rstrip(".") for token in tokens if token.text[:1].isupper()} - set(
        fold(actor.name).split()
    )
    text = cast.doc.text
    for mention in cast.mentions() if printed else ():
        if mention.actor_id == actor.actor_id and mention.form == "name":
            around = text[max(mention.start - _TITLE_REACH, 0) : mention.start + _TITLE_REACH]
            if printed & {fold(word) for word in WORD.findall(around)}:
                return True
    return False
