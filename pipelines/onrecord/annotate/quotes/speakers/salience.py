"""The person whom a pronoun or a description in the place of a source goes on with.

Reported speech itself helps: nobody refers to himself by name in what he is reported to say, and who spoke last tends
to go on speaking.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.actors.cast import REACH
from onrecord.annotate.actors.references.pronouns import nearness
from onrecord.annotate.quotes.cue_words import RELAY
from onrecord.annotate.quotes.speakers.same import SPEAKERS_BACK
from onrecord.document import Attribution, Mention, Quote

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.actors.cast import Cast

_COMPARING = frozenset({"like", "unlike", "than", "alongside", "besides"})  # prepositions that set one beside another
_ASKING = frozenset({"ask", "press", "question", "quiz", "interview"})
NAMED = frozenset({"name", "surname"})
_MAIN_SUBJECT = 0.5  # what being the subject of the sentence adds
_SPOKE_LAST = 0.75  # what having spoken adds to the score of an antecedent, on the scale of `nearness`
_SPOKEN_OF = 1.0  # what being spoken of takes from it
_ASIDE = 2.0  # what being named only beside whom a clause is about takes from it
_UNNAMED = 1.0  # what having no name takes from it


def most_salient(
    token: "Token",
    attribution: Attribution,
    cast: "Cast",
    earlier: Sequence[Quote],
    others: Sequence[Attribution],
    fits: Callable[[Mention], bool],
) -> str | None:
    """The actor that fits best: near, a subject, who spoke before, and not named in what is said.

    `token` heads the source of `attribution`; `earlier` are the quotes before it, `others` all attributions of the
    document.
    """
    at = token.idx
    first = bisect_left(others, at - REACH, key=lambda each: each.start)
    near = others[first : bisect_left(others, at + REACH, key=lambda each: each.start)]
    own = [(each.start, each.end) for each in near if each.group == attribution.group]
    said = [(each.start, each.end) for each in near if each.group != attribution.group]
    quoted = [(each.start, each.end) for each in near if each.kind != "indirect" and not each.start <= at < each.end]
    spoke = [quote.speaker for quote in earlier[-SPEAKERS_BACK:] if quote.speaker is not None]
    spoken_of = _spoken_of(own, cast)
    best: tuple[float, str] | None = None
    for mention in cast.mentions_before(at):
        score = nearness(cast, mention, token)
        if score is None:
            break
        if mention.actor_id in spoken_of or _inside(mention, quoted) or not fits(mention):
            continue
        if _is_acted_on(mention, token, cast):
            continue
        score = _weighed(score, mention, token, cast, spoke, said)
        if best is None or score > best[0]:
            best = (score, mention.actor_id)
    return None if best is None else best[1]


def _spoken_of(own: Sequence[tuple[int, int]], cast: "Cast") -> set[str]:
    """Whom the reported words in these spans name: not their speaker."""
    return {
        mention.actor_id
        for start, end in own
        for mention in cast.mentions_in(start, end)
        if mention.form in NAMED and cast[mention.actor_id].type == "person"
    }


def _weighed(
    score: float,
    mention: Mention,
    token: "Token",
    cast: "Cast",
    spoke: Sequence[tuple[int, int]],
    said: Sequence[tuple[int, int]],
) -> float:
    """The nearness of a mention, with what the sentence, having spoken or being spoken of, and the name add to it."""
    if token.dep_ == "nsubj" and _is_main_subject(mention, cast):
        score += _MAIN_SUBJECT
    if _inside(mention, spoke):
        score += _SPOKE_LAST
    elif _inside(mention, said):
        score -= _SPOKEN_OF
    if cast[mention.actor_id].link_method == "unnamed":
        score -= _UNNAMED
    if _is_aside(mention, cast):
        score -= _ASIDE
    return score


def _is_main_subject(mention: Mention, cast: "Cast") -> bool:
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    return span is not None and span.root.dep_ == "nsubj" and span.root.head.dep_ == "ROOT"


def _is_aside(mention: Mention, cast: "Cast") -> bool:
    """Somebody whom a clause only sets beside its subject, who relays it, or who asks for it.

    "Like Wells, Cole demanded …", "along with Wells", "as Wells reported", "pressed by Wells, Cole said".
    """
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None:
        return False
    link = span.root.head
    if span.root.dep_ == "nsubj":
        return link.lemma_ in RELAY and any(child.lower_ == "as" for child in link.lefts)
    if span.root.dep_ != "pobj":
        return False
    along = link.lower_ == "with" and link.i > 0 and link.nbor(-1).lower_ == "along"
    asked = link.lower_ == "by" and link.head.lemma_ in _ASKING
    return along or asked or (link.lower_ in _COMPARING and link.head.pos_ in ("VERB", "AUX"))


def _is_acted_on(mention: Mention, token: "Token", cast: "Cast") -> bool:
    """ "Describing Ms. Wells, she said", "When pressed by Ms. Wells, she said": somebody else than the speaker.

    Whoever does or suffers the act of a participle without a subject is the subject of the main clause.
    """
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is None or not (span.root.dep_ == "dobj" or (span.root.dep_ == "pobj" and span.root.head.lower_ == "by")):
        return False
    acts = (each for each in span.root.ancestors if each.dep_ == "advcl" and each.tag_ in ("VBG", "VBN"))
    return any(act.head == token.head for act in acts)


def _inside(mention: Mention, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= mention.start and mention.end <= end for start, end in spans)
