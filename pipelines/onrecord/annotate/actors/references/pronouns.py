"""What pronouns refer to: the most plausible mention before them, by kind, gender, nearness and subjecthood."""

from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.document import Actor, Mention
from onrecord.knowledge.given_names import likely_gender
from onrecord.knowledge.titles import FEMALE, MALE
from onrecord.knowledge.words import fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.actors.cast import Cast

_PERSON_PRONOUNS = word_set("he she him her his hers himself herself")
_OTHER_PRONOUNS = word_set("it its itself")
_PLURAL_PRONOUNS = word_set("they them their themselves both")
RELATIVE = word_set("who which that whom whose")
PRONOUNS = _PERSON_PRONOUNS | _OTHER_PRONOUNS | _PLURAL_PRONOUNS | RELATIVE


def pronoun(cast: "Cast", token: "Token") -> tuple[Reference, ...]:
    """The most plausible antecedent: by kind, gender, nearness and subjecthood, within three paragraphs."""
    word = fold(token.text)
    if word in RELATIVE:
        head = token.head.head if token.head.dep_ == "relcl" else token.head
        mention = smallest(cast, head)
        return (Reference(cast[mention.actor_id]),) if mention else ()
    if word in _PLURAL_PRONOUNS:
        return _joint(cast, token)
    person = word in _PERSON_PRONOUNS
    gender = "f" if word in FEMALE else "m" if word in MALE else None
    best: tuple[float, str] | None = None
    for mention in cast.mentions_before(token.idx):
        score = nearness(cast, mention, token)
        if score is None:
            break
        if fits_pronoun(cast, mention, person, gender) and (best is None or score > best[0]):
            best = (score, mention.actor_id)
    if best is None and person:
        # `When he took office, Mr Moon said`: a name that follows serves only where none came before.
        end = cast.doc.text.find("\n\n", token.idx)
        following = cast.mentions_in(token.idx, end if end >= 0 else len(cast.doc.text))
        best = next(((0.0, m.actor_id) for m in following if fits_pronoun(cast, m, person, gender)), None)
    if best is None:
        return ()
    return (refer(cast[best[1]], token.idx, token.idx + len(token.text), "pronoun"),)


def fits_pronoun(cast: "Cast", mention: Mention, person: bool, gender: str | None) -> bool:
    actor = cast[mention.actor_id]
    if not person:
        return actor.type in ("state", "organization")
    return actor.type == "person" and (gender is None or _gender_of(cast, actor) in (None, gender))


def nearness(cast: "Cast", mention: Mention, token: "Token") -> float | None:
    """How well a mention serves as antecedent: near, in the same paragraph, and a subject. None if too far."""
    between = cast.doc.text[mention.end : token.idx]
    breaks = between.count("\n\n")
    if breaks > 3:
        return None
    score = -2.0 * breaks - len(between) / 400
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is not None and span.root.dep_ in ("nsubj", "nsubjpass"):
        score += 1.5
    if cast[mention.actor_id].sector == "media":
        score -= 1.5
    return score


def _joint(cast: "Cast", token: "Token") -> tuple[Reference, ...]:
    """`they`, `both`: the last subject before it that joins several actors, else a group or body in its paragraph."""
    for earlier in reversed(cast.syntax[max(0, token.i - 150) : token.i]):
        if earlier.dep_ not in ("nsubj", "nsubjpass"):
            continue
        found: list[str] = []
        for part in (earlier, *earlier.conjuncts):
            mention = smallest(cast, part)
            if mention is not None and mention.actor_id not in found:
                found.append(mention.actor_id)
        if len(found) > 1:
            return tuple(Reference(cast[actor_id]) for actor_id in found)
        if earlier.tag_ in ("NNS", "NNPS"):
            mention = smallest(cast, earlier)
            group = cast[mention.actor_id] if mention else None
            return (Reference(group),) if group is not None and group.type != "person" else ()
    return ()


def _gender_of(cast: "Cast", actor: Actor) -> str | None:
    known = cast.gender(actor.actor_id)
    if known:
        return known
    for role_ in actor.roles:
        words = set(fold(role_).split())
        if words & FEMALE:
            return "f"
        if words & MALE:
            return "m"
    return likely_gender(actor.name) if actor.link_method != "unnamed" else None


def smallest(cast: "Cast", token: "Token") -> Mention | None:
    return cast.mention_at(token.idx, token.idx + len(token.text))
