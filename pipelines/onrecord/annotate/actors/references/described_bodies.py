"""Which body `the council`, `the chipmaker` or `the union` goes on with: by the words of its name, else its sector."""

from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference, refer
from onrecord.annotate.actors.references.pronouns import nearness
from onrecord.document import Actor, Mention
from onrecord.knowledge.bodies import ANY, BODIES, BUSINESSES, CIVIC, COMPANY, MAKERS, MEDIA, SINGERS
from onrecord.knowledge.word_lists import listed, meanings
from onrecord.knowledge.words import WORD, fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

    from onrecord.annotate.actors.cast import Cast

_COUNTRIES = word_set("nation country kingdom regime")
_MONARCHIES = listed("monarchy")
_TRADES = listed("trade_before_body")
_DEFINITE = frozenset({"the", "this", "that"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "poss"})
# What bodies of a sector are called, whatever their names say: the bank is not just any company.
_SECTORS = {
    "media": MEDIA | {"agency", "service"},
    "company": COMPANY | MAKERS | {"giant", "startup"},
    "igo": ANY - {"group"} | {"agency", "bloc"},
    "militant": ANY - {"body"} | {"militants"},
    **{sector: frozenset(words.split("|")) for sector, words in meanings("description_of_sector").items()},
}
_OF_AGENCIES = listed("word_of_agency")
# What one of no known sector can be called, and the words that its name may hold then.
_ANY_KIND = (
    (COMPANY, BUSINESSES),
    (ANY, ANY | CIVIC),
    (SINGERS, SINGERS),
    (frozenset({"party"}), frozenset({"party"})),
)
_PAPERS = frozenset({"newspaper", "paper", "daily", "tabloid", "magazine"})
_WIRES = listed("dateline_agency")  # agencies and broadcasters print no paper
_SERVICE = frozenset({"advocacy", "aid", "campaign", "civil", "humanitarian", "lobby", "rights"})  # of no militants
_SPOKEN_OF_ONCE = 1  # a body that is named once and does nothing is not gone on with by its sector alone
_BY_NAME = 3.0  # what a word of its name adds to the nearness of a body


def body(cast: "Cast", head: "Token", span: "Span") -> tuple[Reference, ...]:
    """The last body or state of the article of the kind that `head` names, the source or party in `span`.

    A body whose name holds the noun goes before one whose sector fits it.
    """
    if fold(span[0].text) not in _DEFINITE or head.tag_ in ("NNS", "NNPS"):
        return ()
    word, added = fold(head.text), _added(cast, head, span)
    serves = not _SERVICE.isdisjoint(token.lower_ for token in span)
    best: tuple[float, Actor] | None = None
    for mention in cast.mentions_before(span.start_char):
        score = nearness(cast, mention, head)
        if score is None:
            break
        if serves and cast[mention.actor_id].sector == "militant":
            continue
        fit = _fit(cast, mention, word, added)
        if fit is not None and (best is None or score + fit > best[0]):
            best = (score + fit, cast[mention.actor_id])
    return (refer(best[1], span.start_char, span.end_char, "role"),) if best else ()


def _added(cast: "Cast", head: "Token", span: "Span") -> set[str]:
    """What the phrase says beside its noun: only words of its own name or trade tell which student paper is meant."""
    left = [t for t in head.lefts if t.i >= span.start and t.dep_ != "det"]
    added = {fold(t.text) for t in left if t.text[0].isupper() or (t.dep_ == "compound" and t.pos_ == "NOUN")}
    return added - _TRADES - cast.knowledge.adjectives.keys()


def _fit(cast: "Cast", mention: Mention, word: str, added: set[str]) -> float | None:
    """How well the actor of a mention is called by `word`; None if it is not."""
    actor = cast[mention.actor_id]
    if actor.link_method == "unnamed":
        return None  # whether a description goes on with another is for `unnamed` to tell
    if actor.type == "state":
        fits = word in _COUNTRIES and not added and (word != "kingdom" or actor.country in _MONARCHIES)
        return 0.0 if fits else None
    if actor.type != "organization":
        return None
    own = {fold(each) for each in WORD.findall(f"{actor.name} {cast.doc.text[mention.start : mention.end]}")}
    if not added <= own:
        return None
    if word in own:
        return _BY_NAME
    return 0.0 if is_called(actor, word, own) and _is_at_hand(cast, mention) else None


def is_called(actor: Actor, word: str, own: set[str]) -> bool:
    """Whether a body can be described by `word`, which is none of the words `own` of its name.

    One of unknown sector can, unless its name says what other kind of body it is: no association is a company.
    """
    if actor.sector == "government" and _OF_AGENCIES.isdisjoint(actor.name.split()):
        return False  # a parliament, a city, somebody's administration
    if actor.sector == "media" and word in _PAPERS and actor.name.removeprefix("The ") in _WIRES:
        return False
    if actor.sector is not None:
        return word in _SECTORS.get(actor.sector, ())
    return any(word in words and own.isdisjoint(BODIES - holding) for words, holding in _ANY_KIND)


def _is_at_hand(cast: "Cast", mention: Mention) -> bool:
    """Whether the article goes on with a body: it acts, something is so according to it, or it is named again."""
    span = cast.syntax.char_span(mention.start, mention.end, alignment_mode="expand")
    acts = span is not None and (span.root.dep_ in _SUBJECTS or span.root.head.head.lower_ == "according")
    return acts or cast.count(mention.actor_id) > _SPOKEN_OF_ONCE
