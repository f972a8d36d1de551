"""Teams and clubs: in an article about sport, a country that beats another is its team, and a city is a club."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, named_actor
from onrecord.annotate.actors.organizations import Body
from onrecord.annotate.actors.sport import SPORT_WORDS
from onrecord.knowledge.entities import State
from onrecord.knowledge.names import Hit, repeated
from onrecord.knowledge.word_lists import listed_lower
from onrecord.knowledge.words import WORD, fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_SECTOR = "sport"
_PLAYING = listed_lower("sport_verb")
_AGAINST = frozenset({"against", "over", "by", "v", "v.", "vs", "vs.", "versus"})
_NO_TEAM = listed_lower("office_and_body")  # words of a sentence about a state
_PLACED = re.compile(r"\b(?:in|at|from|near|across|outside|to)\s(?:the\s)?\Z")
_SENTENCE = 400  # characters around a name in which its sentence ends


def is_team(hit: Hit, text: str) -> bool:
    """Whether the name of a state stands for its team, in an article about sport."""
    if not isinstance(hit.entry.entity, State) or hit.entry.kind not in ("name", "acronym", "metonym"):
        return False
    start = max(text.rfind(". ", max(0, hit.start - _SENTENCE), hit.start), text.rfind("\n", 0, hit.start), 0)
    end = text.find(". ", hit.end, hit.end + _SENTENCE)
    sentence = text[start : end if end >= 0 else hit.end + _SENTENCE].split("\n\n")[0]
    is_state = any(fold(word) in _NO_TEAM for word in WORD.findall(sentence))
    return not is_state and _PLACED.search(text, max(0, hit.start - 12), hit.start) is None


def find_teams(text: str, syntax: "Doc", hits: Iterable[Hit], taken: Container[int]) -> Iterator[Body]:
    """The national teams that hits name, and what plays under the name of a city or club; `taken` are other names."""
    covered: set[int] = set()
    for hit in hits:
        state = hit.entry.entity
        if isinstance(state, State) and hit.entry.kind != "metonym":
            actor = replace(government_actor(f"{state.name} national team", state.iso3), sector=_SECTOR)
            yield Body(hit.start, hit.end, actor)
            covered.update(range(hit.start, hit.end))
    clubs = {_name(entity) for entity in syntax.ents if entity.label_ in ("ORG", "GPE") and _plays(entity)}
    people = {token.text for entity in syntax.ents if entity.label_ == "PERSON" for token in entity[1:]}
    clubs = {club for club in clubs - people if club[:1].isupper() and len(club) > 2}
    for start, end in repeated(text, clubs, _Either(covered, taken)):
        if _PLACED.search(text, max(0, start - 12), start) is None:
            yield Body(start, end, named_actor(" ".join(text[start:end].split()), "organization", None, _SECTOR))


class _Either:
    """The offsets of two sets."""

    def __init__(self, one: Container[int], other: Container[int]) -> None:
        self._both = one, other

    def __contains__(self, offset: object) -> bool:
        return any(offset in each for each in self._both)


def _name(entity: "Span") -> str:
    return re.sub(r"^(?:the|The)\s+|['’]s?$|\s\d.*$", "", entity.text)


def _plays(entity: "Span") -> bool:
    """Whether a name is that of whoever plays: `Arsenal beat Leeds`, `a win over Leeds`."""
    root: Token = entity.root
    head: Token = root.head
    if root.dep_ == "nsubj" and entity.label_ == "GPE":
        return True
    if root.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") and fold(head.lemma_) in _PLAYING:
        return True
    return root.dep_ == "pobj" and fold(head.text) in _AGAINST and fold(head.head.lemma_) in _PLAYING | SPORT_WORDS
