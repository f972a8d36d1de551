"""Who the source of an attribution is: a name, a description, or a pronoun read in the light of who spoke before.

`Cast.resolve` answers for any phrase. Speakers are a narrower question, and reported speech itself helps with it:
nobody refers to himself by name in what he is reported to say, and who spoke last tends to go on speaking.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.antecedents import fits_pronoun, gender_of, nearness
from onrecord.annotate.cast import REACH, named_actor
from onrecord.annotate.cues import SPEECH_NOUN
from onrecord.annotate.roles import FEMALE
from onrecord.document import Attribution, Mention, Quote

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.cast import Cast

PERSON = frozenset({"he", "she"})
NAMED = frozenset({"name", "surname"})
HONORIFIC = re.compile(r"\b(mr|mrs|ms|miss|sir|lord|lady|dame|madam|baroness|baron)\b\.?\s*\Z", re.IGNORECASE)
FEMININE = frozenset({"mrs", "ms", "miss", "lady", "dame", "madam", "baroness"})
HONORIFIC_REACH = 10  # characters before a name
SPEAKERS_BACK = 20  # quotes back to whoever spoke before
STATEMENT_REACH = 1500  # characters back to the speaker whose statement "the statement" is
SPOKE_LAST = 1.0  # what having spoken adds to the score of an antecedent, on the scale of `nearness`
SPOKEN_OF = 1.0  # what being spoken of takes from it
# Descriptions of a body that are the last body that spoke.
BODIES = frozenset(
    {"group", "organization", "organisation", "party", "company", "firm", "union", "charity", "body", "institute"}
    | {"newspaper", "paper", "outlet", "magazine", "website", "network", "broadcaster", "agency", "campaign"}
)


def find_speaker(
    attribution: Attribution, cast: "Cast", earlier: Sequence[Quote], others: Sequence[Attribution]
) -> str | None:
    """The actor that the source of `attribution` refers to; a description that names nobody becomes an unnamed one.

    `earlier` are the quotes before it, `others` all attributions of the document.
    """
    source = attribution.source
    if source is None:
        return None
    tokens = cast.syntax.char_span(*source, alignment_mode="expand")
    if tokens is None or not len(tokens):
        return _first(cast.resolve(*source))
    root = tokens.root
    if root.lemma_.lower() in SPEECH_NOUN:
        return _issuer(tokens, attribution, cast, earlier)
    if len(tokens) == 1 and root.lower_ in PERSON:
        return _pronoun(root, attribution, cast, earlier, others)
    speaker = _first(cast.resolve(*source))
    if speaker is not None and not _only_belongs(speaker, tokens, cast):
        return speaker
    if any(token.pos_ == "NOUN" for token in tokens) or root.tag_ == "NNPS":
        return _same_body(tokens, attribution, cast, earlier) or cast.unnamed(*source)
    return _newly_named(tokens, cast)


def _first(actors: Sequence[str]) -> str | None:
    return actors[0] if actors else None


def _only_belongs(speaker: str, tokens: "Span", cast: "Cast") -> bool:
    """ "Mr. Smith's lawyer", "an aide to Mr. Smith": the phrase holds the name of a person who is not speaking."""
    if cast[speaker].type != "person" or tokens.root.pos_ != "NOUN":
        return False
    named = [m for m in cast.mentions_in(tokens.start_char, tokens.end_char) if m.actor_id == speaker]
    return bool(named) and all(_depends(m, tokens, cast) for m in named)


def _depends(mention: Mention, tokens: "Span", cast: "Cast") -> bool:
    """Whether a name inside the phrase is a possessor or the object of a preposition there."""
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or span.start <= tokens.root.i < span.end:
        return False
    owned = any(child.tag_ == "POS" for child in span.root.children)
    return owned or span.root.dep_ in ("poss", "pobj")


def _pronoun(
    pronoun: "Token",
    attribution: Attribution,
    cast: "Cast",
    earlier: Sequence[Quote],
    others: Sequence[Attribution],
) -> str | None:
    """The person that best fits "he" or "she": near, a subject, who spoke before, and not named in what is said."""
    at = pronoun.idx
    resolved = _first(cast.resolve(at, at + len(pronoun.text)))
    gender = "f" if pronoun.lower_ in FEMALE else "m"
    first = bisect_left(others, at - REACH, key=lambda each: each.start)
    near = others[first : bisect_left(others, at + REACH, key=lambda each: each.start)]
    own = [(each.start, each.end) for each in near if each.group == attribution.group]
    said = [(each.start, each.end) for each in near if each.group != attribution.group]
    quoted = [(each.start, each.end) for each in near if each.kind != "indirect" and not each.start <= at < each.end]
    spoke = [quote.speaker for quote in earlier[-SPEAKERS_BACK:] if quote.speaker is not None]
    spoken_of = {
        mention.actor_id
        for start, end in own
        for mention in cast.mentions_in(start, end)
        if mention.form in NAMED and cast[mention.actor_id].type == "person"
    }
    before = list(cast.mentions_before(at))
    honorifics = {mention.actor_id: found for mention in before if (found := _honorific(mention, cast)) is not None}
    best: tuple[float, str] | None = None
    for mention in before:
        score = nearness(cast, mention, pronoun)
        if score is None:
            break
        if mention.actor_id in spoken_of or _inside(mention, quoted):
            continue
        known = gender_of(cast, cast[mention.actor_id]) or honorifics.get(mention.actor_id)
        if not fits_pronoun(cast, mention, person=True, gender=gender) or known not in (None, gender):
            continue
        if _inside(mention, spoke):
            score += SPOKE_LAST
        elif _inside(mention, said):
            score -= SPOKEN_OF
        if best is None or score > best[0]:
            best = (score, mention.actor_id)
    if best is None or best[1] == resolved:
        return resolved
    cast.drop(at, at + len(pronoun.text))
    cast.mention(at, at + len(pronoun.text), best[1], "pronoun")
    return best[1]


def _inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)


def _honorific(mention: Mention, cast: "Cast") -> str | None:
    """The gender that "Mr." or "Mrs." at the beginning of a mention or right before it tells."""
    text = cast.doc.text
    title = HONORIFIC.search(text[mention.start : mention.end].split(" ", 1)[0]) or HONORIFIC.search(
        text, max(mention.start - HONORIFIC_REACH, 0), mention.start
    )
    return None if title is None else "f" if title[1].lower() in FEMININE else "m"


def _same_body(tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> str | None:
    """ "The group": the body that spoke last, in this paragraph or the one before."""
    root = tokens.root
    if len(tokens) != 2 or tokens[0].lower_ not in ("the", "this") or root.lower_ not in BODIES:
        return None
    for quote in reversed(earlier):
        if quote.speaker is None or quote.speaker_actor_id is None or quote.speaker[1] > tokens.start_char:
            continue
        if cast.doc.text.count("\n\n", quote.speaker[1], tokens.start_char) > 1:
            return None
        if cast[quote.speaker_actor_id].type == "organization":
            cast.mention(tokens.start_char, tokens.end_char, quote.speaker_actor_id, "role")
            return quote.speaker_actor_id
    return None


def _newly_named(tokens: "Span", cast: "Cast") -> str | None:
    """A name that stands nowhere but beside its words: that it speaks is what shows it to be an actor."""
    root = tokens.root
    kind = {"PERSON": "person", "ORG": "organization"}.get(root.ent_type_)
    if kind is None or root.pos_ != "PROPN":
        return None
    words = [token for token in tokens if token.ent_type_ == root.ent_type_]
    start, end = words[0].idx, words[-1].idx + len(words[-1].text)
    name = " ".join(cast.doc.text[start:end].split())
    name = name.removeprefix("the ").removeprefix("The ")
    actor_id = cast.add(named_actor(name, kind, None))
    cast.mention(start, end, actor_id, "name")
    return actor_id


def _issuer(tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> str | None:
    """Whose statement it is: the owner inside the phrase, else for "the statement" whoever spoke last."""
    owner = tokens[: tokens.root.i - tokens.start]
    if any(token.pos_ in ("NOUN", "PROPN") for token in owner):
        named = cast.mentions_in(owner.start_char, owner.end_char)
        if named:
            return named[-1].actor_id
    if tokens[0].lower_ in ("a", "an", "another", "one", "some") and len(owner) == 1:
        return None
    for quote in reversed(earlier):
        if attribution.start - quote.end > STATEMENT_REACH:
            return None
        if quote.speaker_actor_id is not None and quote.end <= attribution.start:
            return quote.speaker_actor_id
    return None
