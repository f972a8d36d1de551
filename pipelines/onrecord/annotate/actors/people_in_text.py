"""Where a text names people: those the lexicon knows, those the tagger marks, and capitals after a title or role."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.people import BEGINNINGS, FIRST_NAMES, SUFFIX, PersonName, cleaned, is_title
from onrecord.annotate.actors.printed_roles import with_role
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Person
from onrecord.knowledge.names import Hit, repeated
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def find_people(
    text: str, syntax: "Doc", hits: Iterable[Hit], blocked: set[int], knowledge: Knowledge
) -> list[PersonName]:
    """Full and partial names of people in text order, none overlapping; `blocked` are offsets other names cover."""
    found: dict[int, PersonName] = {}
    taken = set(blocked)
    for hit in hits:
        if isinstance(hit.entry.entity, Person):
            junior = SUFFIX.match(text, hit.end)
            if junior:  # a son bears the name of somebody known
                found[hit.start] = PersonName(hit.start, junior.end(), text[hit.start : junior.end()])
                taken.update(range(hit.start, junior.end()))
                continue
            found[hit.start] = PersonName(hit.start, hit.end, hit.entry.entity.name, hit.entry.entity)
            taken.update(range(hit.start, hit.end))
    families = _family_names(syntax, knowledge)
    for span in _candidates(syntax):
        name = cleaned(_begun_late(span, families), text)
        if name is not None and " " not in name.name and _is_acronym(name.name, families):
            continue
        if name is None or any(offset in taken for offset in range(name.start, name.end)):
            continue
        if span[-1].tag_ == "NNPS" and fold(name.name.split()[0]) in knowledge.adjectives:
            continue  # Bosnian Serbs
        found[name.start] = name
        taken.update(range(name.start, name.end))
    full = {text[name.start : name.end]: name for name in found.values() if name.person is None and " " in name.name}
    for start, end in repeated(text, full, taken):
        found[start] = replace(full[text[start:end]], start=start, end=end, titled=False)
    return [with_role(found[start], text, syntax) for start in sorted(found)]


def _candidates(syntax: "Doc") -> Iterator[tuple["Token", ...]]:
    """Token runs that may be a person: the tagger's people, then capitals after a title or role."""
    for entity in syntax.ents:
        if entity.label_ == "PERSON":
            yield tuple(entity)
    for token in syntax:
        if not is_title(token) or token.i + 1 >= len(syntax):
            continue
        run: list[Token] = []
        for following in syntax[token.i + 1 : token.i + 6]:
            word = fold(following.text)
            if word in ROLE_HEADS and not (run and word in FIRST_NAMES):
                run = []  # Chief Investment Strategist: the title goes on
                break
            if not following.text[:1].isupper() or following.is_punct:
                break
            run.append(following)
        if run and all(t.pos_ == "PROPN" for t in run) and not any(t.ent_type_ in ("ORG", "GPE", "DATE") for t in run):
            yield tuple(run)


def _family_names(syntax: "Doc", knowledge: Knowledge) -> frozenset[str]:
    """Folded last words of the tagger's people with several words, and of those known."""
    last = {fold(entity[-1].text) for entity in syntax.ents if entity.label_ == "PERSON" and len(entity) > 1}
    return frozenset(last | knowledge.surnames.keys())


def _begun_late(run: tuple["Token", ...], families: frozenset[str]) -> tuple["Token", ...]:
    """`Without Smith`, `Lobbying Smith`: the name without a word that the sentence's beginning gave its capital."""
    if len(run) < 2 or not run[0].is_sent_start:
        return run
    word = fold(run[0].text)
    verb = len(run) == 2 and len(word) > 6 and word.endswith("ing") and fold(run[1].text) in families
    return run[1:] if verb or word in BEGINNINGS or run[0].tag_.startswith("VB") else run


def _is_acronym(name: str, families: frozenset[str]) -> bool:
    """Whether a single word in capitals is short for a body rather than a surname."""
    return name.isupper() and len(name) <= 4 and fold(name) not in families
