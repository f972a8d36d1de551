"""The words of a source: what kind of mention they are, and how they fit an actor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.actors.references import SECTORS
from onrecord.annotate.actors.references.descriptions import kind_of
from onrecord.annotate.actors.references.offices import own_body, title_words
from onrecord.annotate.actors.references.pronouns import gender_of
from onrecord.annotate.quotes.speakers.issuers import is_speech
from onrecord.annotate.quotes.speakers.salience import NAMED
from onrecord.document import Actor, Attribution, Mention
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.titles import FEMALE, MALE, canonical_role, covers, honorific_gender
from onrecord.knowledge.words import WORD, fold

if TYPE_CHECKING:
    from spacy.tokens import Span

    from onrecord.annotate.actors.cast import Cast

_PERSON = frozenset({"he", "she", "his", "her"})
_TITLE_REACH = 14  # characters before a name or in its beginning where a title can stand
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ"})
_NAMING = frozenset({"name", "shared", "continued", "ahead"})  # kinds of a source that are names


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a source. `at` is where they stand, or where what is said begins if there are none."""

    kind: str  # name | shared | pronoun | other | bare | description | text | continued | ahead | none
    at: int
    tokens: "Span | None"
    gender: str | None  # that the words tell


def wording_of(attribution: Attribution, cast: "Cast") -> Wording:
    span = attribution.source
    tokens = cast.syntax.char_span(*span, alignment_mode="expand") if span is not None else None
    if span is None or tokens is None or not len(tokens):
        return Wording("none", attribution.start, None, None)
    words = {token.lower_ for token in tokens}
    told = "f" if words & FEMALE else "m" if words & MALE else honorific_gender(cast.doc.text, *span)
    if attribution.how == "continuation":
        ahead = "\n\n" in cast.doc.text[attribution.end : span[0]]
        return Wording("ahead" if ahead else "continued", span[0], tokens, told)
    return Wording(_kind_of(tokens, cast), span[0], tokens, told)


def _kind_of(tokens: "Span", cast: "Cast") -> str:
    root, first = tokens.root, tokens[0].lower_
    if root.lower_ in _PERSON:
        return "pronoun"
    if root.pos_ == "PRON" or root.lower_ in ("that", "both"):
        return "other"
    if any(mention.form in NAMED or mention.form == "acronym" for mention in _at_root(tokens, cast)):
        return "shared" if _is_shared(tokens, cast) else "name"
    if is_speech(root):
        return "text"
    if root.pos_ == "PROPN" and first not in ("the", "a", "an"):
        return "name"
    return "bare" if len(tokens) == 2 and first == "the" else "description"


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


def fits_words(actor: Actor, source: Wording, cast: "Cast", *, spoke_last: bool) -> dict[str, float]:
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
    if source.kind in _NAMING:
        return traits | _fits_name(actor, source.tokens, cast, shared=source.kind == "shared")
    if source.kind in ("description", "bare"):
        return traits | _fits_description(actor, source.tokens, cast, spoke_last=spoke_last)
    return traits


def is_another(actor: Actor, source: Wording, cast: "Cast") -> bool:
    """Whether the words of the source rule the actor out, however near.

    *Mr* Keller is not Mary Keller, and the *bank's* spokeswoman is nobody of whom no such body is told.
    """
    if source.tokens is None or actor.type != "person" or actor.link_method == "unnamed":
        return False
    if source.kind == "shared":
        # The given name first: a title that was read as hers tells of the wrong one.
        gender = gender_of_name(actor.name) or gender_of(cast, actor)
        return source.gender is not None and gender not in (None, source.gender)
    if source.kind != "description":
        return False
    known = {word for title in (*actor.roles, *cast.offices(actor.actor_id)) for word in title_words(title)}
    return not own_body(source.tokens.root) <= known


def _fits_name(actor: Actor, tokens: "Span", cast: "Cast", *, shared: bool) -> dict[str, float]:
    names = fold(actor.name).split()
    printed = [fold(token.text) for token in tokens if token.pos_ == "PROPN"]
    is_person = actor.type == "person"
    return {
        "last name": float(bool(printed) and is_person and names[-1:] == printed[-1:]),
        "whole name": float(len(names) > 1 and set(names) <= set(printed)),
        "title fits": float(shared and _has_title(actor, tokens, cast)),
        "other name": float(is_person and bool(printed) and not set(printed) & set(names)),
    }


def _fits_description(actor: Actor, tokens: "Span", cast: "Cast", *, spoke_last: bool) -> dict[str, float]:
    root, head, first = tokens.root, fold(tokens.root.text), tokens[0].lower_
    names = set(fold(actor.name).split())
    titles = [*actor.roles, *cast.offices(actor.actor_id)]
    known = names | {word for title in titles for word in title_words(title)}
    wanted = {fold(t.text) for t in tokens if t.pos_ in _CONTENT and t.i != root.i}
    printed = {fold(t.text) for t in tokens if t.pos_ == "PROPN"} - {head}
    offices = [set(map(fold, WORD.findall(canonical_role(title)))) for title in titles]
    fits = kind_of(root) == actor.type
    return {
        "type fits": float(fits),
        "type fits, spoke last": float(fits and spoke_last),
        "type fits, unnamed": float(fits and actor.link_method == "unnamed"),
        "head in name": float(actor.type != "person" and head in names),
        "sector fits": float(head in SECTORS.get(actor.sector or "", ())),
        "office fits": float(any({head, *wanted} <= office for office in offices)),
        "plural": float(root.tag_ in ("NNS", "NNPS") and actor.type != "group"),
        "role fits": float(any(covers(head, title) for title in titles)),
        "words fit": float(bool(wanted & known)),
        "words missing": float(len(wanted - known)),
        "of another": float(bool(printed - known)),
        "own body": float(actor.type == "person" and not own_body(root) <= known),
        "definite": float(first in ("the", "this", "that")),
        "indefinite": float(first in ("a", "an", "one", "another", "some")),
    }


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
