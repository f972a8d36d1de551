"""People whom the tagger takes for something else, though the article itself tells that they are people."""

from typing import TYPE_CHECKING

from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.given_names import likely_gender
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

SAY = with_meaning("says", "reporting_verb") | with_meaning("utters", "reporting_verb")
_PERSON = "PERSON"
_TITLES_TOO = listed("given_name_also_title")
_NAMES = ("NNP", "NNPS", "NNS", "NN", "JJ")  # tags that a family name gets: of `Ayres says` that of a plural
_NO_FAMILY = BODIES | ROLE_HEADS | listed_lower("last_word_of_place", "last_word_of_thing", "name_of_body")


def tell_people(syntax: "Doc") -> None:
    """Mark `Nora Testmann` as a person where `Testmann said` or a person Testmann stands, too.

    The first word is a given name, the other stands alone elsewhere and speaks or is taken for a person there. A name
    that goes on behind both is that of something called after somebody.
    """
    alone = speaking_alone(syntax) | _people_alone(syntax)
    ordinary = {token.lower_ for token in syntax if token.is_lower}
    told = [
        syntax[token.i : token.i + 2]
        for token in syntax[:-1]
        if token.text[:1].isupper() and _is_full_name(token, alone, ordinary)
    ]
    for name in told:
        _mark(syntax, name)


def speaking_alone(syntax: "Doc") -> frozenset[str]:
    """Words with a capital that are by themselves the subject of a verb of saying."""
    return frozenset(t.text for t in syntax if t.dep_ == "nsubj" and t.head.lemma_.lower() in SAY and _is_alone(t))


def _people_alone(syntax: "Doc") -> frozenset[str]:
    """The tagger's people of one word."""
    return frozenset(e.text for e in syntax.ents if e.label_ == _PERSON and len(e) == 1 and _is_alone(e.root))


def _is_alone(token: "Token") -> bool:
    """Whether a word with a capital belongs to no longer run of such words."""
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    joined = any(beside is not None and beside.text[:1].isupper() for beside in (before, after))
    return token.text[:1].isupper() and token.tag_ in _NAMES and (not joined or before is None or before.is_space)


def _is_full_name(given: "Token", alone: frozenset[str], ordinary: set[str]) -> bool:
    family = given.nbor(1)
    return (
        family.text in alone
        and family.lower_ not in ordinary
        and fold(family.text) not in _NO_FAMILY
        and (likely_gender(f"{given.text} x") is not None or fold(given.text) in _TITLES_TOO)
        and not (family.i + 1 < len(family.doc) and _goes_on(family.nbor(1)))
    )


def _goes_on(token: "Token") -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS") and not token.is_sent_start


def _mark(syntax: "Doc", name: "Span") -> None:
    """Make the name a person, in place of what the tagger sees in it; a longer person is left as it is."""
    over = [entity for entity in syntax.ents if entity.start < name.end and name.start < entity.end]
    if any(entity.label_ == _PERSON and entity.start <= name.start and name.end <= entity.end for entity in over):
        return
    from spacy.tokens import Span

    rest = [Span(syntax, e.start, name.start, label=e.label) for e in over if e.start < name.start]
    kept = [entity for entity in syntax.ents if entity not in over]
    syntax.ents = (*kept, *rest, Span(syntax, name.start, name.end, label=_PERSON))
