"""Where a text names people: those the lexicon knows, those the tagger marks, and capitals after a title or role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.nobody import is_nobody
from onrecord.annotate.actors.people import BEGINNINGS, FIRST_NAMES, SUFFIX, WORDS, PersonName, cleaned, is_title
from onrecord.annotate.actors.printed_roles import with_role
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Person
from onrecord.knowledge.names import Hit, repeated
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed
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
    ordinary = frozenset(token.text for token in syntax if token.text.islower())
    for span in _candidates(syntax):
        if _is_credited(span, text):
            continue
        name = cleaned(_begun_late(span, families), text)
        if name is not None and " " not in name.name and _is_acronym(name.name, families):
            continue
        if name is None or any(offset in taken for offset in range(name.start, name.end)):
            continue
        if is_nobody(WORDS.findall(name.name), ordinary, families):
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
        is_trade = fold(token.text) in ROLE_HEADS and not is_title(token)  # governor Lars Eide
        if not (is_trade or is_title(token)) or token.i + 1 >= len(syntax):
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
        if (
            len(run) > is_trade
            and all(t.pos_ == "PROPN" for t in run)
            and not any(t.ent_type_ in ("ORG", "GPE", "DATE") for t in run)
        ):
            yield tuple(run)


def _family_names(syntax: "Doc", knowledge: Knowledge) -> frozenset[str]:
    """Folded last words of the tagger's people with several words, and of those known."""
    last = {fold(entity[-1].text) for entity in syntax.ents if entity.label_ == "PERSON" and len(entity) > 1}
    return frozenset(last | knowledge.surnames.keys())


# What stands before the name of whoever took a picture: `AP Photo/Ola Testmann`, `Photo by Ola Testmann`.
_CREDIT = re.compile(r"(?:\b(?:[Pp]hoto(?:graph)?|[Ii]mage|[Pp]icture)s?:? by|\b(?:Photo|PHOTO|Images?|Pool)\s?/)\s?\Z")
# What stands behind it: `Ola Testmann/AP`, `Ola Testmann/Getty Images`.
_CREDITED = re.compile(
    r"\s?/\s?(?:AP|AFP|EPA|Reuters|REUTERS|Getty|Associated Press|Bloomberg|[A-Z]\w+ (?:Images|Photo))\b"
)
_CREDIT_REACH = 20  # characters before a name


def _is_credited(span: tuple["Token", ...], text: str) -> bool:
    """Whether a name is that of a picture's maker, who is no actor of the article."""
    start, end = span[0].idx, span[-1].idx + len(span[-1].text)
    before = _CREDIT.search(text, max(0, start - _CREDIT_REACH), start)
    return before is not None or _CREDITED.match(text, end) is not None or "/" in text[start:end]


_HEADLINE_VERBS = listed("headline_verb")


def _begun_late(run: tuple["Token", ...], families: frozenset[str]) -> tuple["Token", ...]:
    """`Without Smith`, `Lobbying Smith`: the name without a word that the sentence's beginning gave its capital.

    So are the verb of a headline (`Attacks Smith`), and an article: `the Smith`.
    """
    while len(run) > 1 and (run[0].is_punct or run[0].lower_ in ("the", "a", "an")):
        run = run[1:]
    if len(run) == 2 and run[0].lower_ in _HEADLINE_VERBS and fold(run[1].text) in families:
        return run[1:]
    if len(run) < 2 or not run[0].is_sent_start:
        return run
    word = fold(run[0].text)
    verb = len(run) == 2 and len(word) > 6 and word.endswith("ing") and fold(run[1].text) in families
    return run[1:] if verb or word in BEGINNINGS or run[0].tag_.startswith("VB") else run


def _is_acronym(name: str, families: frozenset[str]) -> bool:
    """Whether a single word in capitals is short for a body rather than a surname."""
    return name.isupper() and len(name) <= 4 and fold(name) not in families
