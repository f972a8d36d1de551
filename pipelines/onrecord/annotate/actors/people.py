"""Named people: where they stand, under which name, with which printed role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Person
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.names import Hit, repeated
from onrecord.knowledge.titles import AMERICAN_STATES, LINKS, ROLE_HEADS, ROLE_MODIFIERS, TITLES
from onrecord.knowledge.word_lists import alternation, listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold, normal, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NOT_NAMES = listed_lower("no_person") | (listed_lower("month", "weekday") - listed_lower("family_name_word"))
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
DETERMINERS = word_set("the his her its their")
HYPHENED = re.compile(r"(?:[-‐‑]\w+)+")
SUFFIX = re.compile(rf",? (?:{alternation('name_suffix')})\b\.?")
# Words with a capital before a name that are no part of it: an inverted verb of saying, a side called by its leader.
SAYING = with_meaning("before_name", "saying_form")
SAID = re.compile(r"[”\"’']\s*\Z")  # what is quoted before `Said Smith`; Said is a given name, too
TO_SAY = re.compile(r"\s?[,:]\s?[“\"‘]")  # Said Smith, “...
SIDES = frozenset({"team", "camp", "camps", "operation", "project"})
# Words in lower case inside a name.
PARTICLES = listed("name_particle")
# Words that can stand before a name at the beginning of a sentence.
BEGINNINGS = word_set(
    """
    without near with from for by since despite unlike like under after before while when where as if but and or yet
    because although though both even only then so still meanwhile perhaps maybe is was did does has had can will
    would could should may who why how what not at on in to of that this these those
    """
) - {"will"}
NICKNAMED = listed("nickname_head")  # Rocket Man
PARTISANS = listed("follower") | {f"{one}s" for one in listed("partisan")}
FIRST_NAMES = listed("given_name_also_title")
SHIPS = listed("ship_prefix")
# What is called after somebody: `the Abraham Lincoln carrier strike group`.
NAMED_AFTER = re.compile(
    r"(?:\s[A-Z]\w+){0,2}?\s(?:(?:aircraft )?carrier|strike group|(?:International )?(?:Airport|Boulevard|Avenue"
    r"|Highway|Hospital|Memorial|School|Center|Library|Building|Day|Award|Medal))\b"
)
SHIP = re.compile(rf"\b(?:{alternation('ship_prefix')})\s$")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in the text; `person` if the knowledge base has it."""

    start: int
    end: int
    name: str
    person: Person | None = None
    role: str | None = None
    role_start: int | None = None  # where the role is printed
    titled: bool = False


def is_namesake(hit: Hit, text: str) -> bool:
    """Whether a known person's name is that of a ship or a house: USS Ronald Reagan, Gerald Ford High School."""
    is_ship = SHIP.search(text, max(0, hit.start - 6), hit.start) is not None
    return isinstance(hit.entry.entity, Person) and (is_ship or NAMED_AFTER.match(text, hit.end) is not None)


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
    families = family_names(syntax, knowledge)
    for span in candidates(syntax):
        name = cleaned(begun_late(span, families), text)
        if name is not None and " " not in name.name and is_acronym(name.name, families):
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


def candidates(syntax: "Doc") -> Iterator[tuple["Token", ...]]:
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


def family_names(syntax: "Doc", knowledge: Knowledge) -> frozenset[str]:
    """Folded last words of the tagger's people with several words, and of those known."""
    last = {fold(entity[-1].text) for entity in syntax.ents if entity.label_ == "PERSON" and len(entity) > 1}
    return frozenset(last | knowledge.surnames.keys())


def begun_late(run: tuple["Token", ...], families: frozenset[str]) -> tuple["Token", ...]:
    """`Without Smith`, `Lobbying Smith`: the name without a word that the sentence's beginning gave its capital."""
    if len(run) < 2 or not run[0].is_sent_start:
        return run
    word = fold(run[0].text)
    verb = len(run) == 2 and len(word) > 6 and word.endswith("ing") and fold(run[1].text) in families
    return run[1:] if verb or word in BEGINNINGS or run[0].tag_.startswith("VB") else run


def is_acronym(name: str, families: frozenset[str]) -> bool:
    """Whether a single word in capitals is short for a body rather than a surname."""
    return name.isupper() and len(name) <= 4 and fold(name) not in families


def is_function(token: "Token") -> bool:
    """`OBAMA LEAVES THE`: a headline's function word ends no name."""
    return fold(token.text) in BEGINNINGS | {"the", "a", "an"} and token.pos_ != "PROPN"


def plain(token: "Token") -> str:
    """A token folded, without the full stop of an abbreviation."""
    return fold(token.text).rstrip(".")


def is_title(token: "Token") -> bool:
    word = plain(token)
    return word in TITLES or (word in ROLE_HEADS and token.text[0].isupper())


def cleaned(tokens: tuple["Token", ...], text: str) -> PersonName | None:
    """The name without titles before it and possessives after it; None if what is left is no name."""
    titled = False
    run = list(tokens)
    while (
        run
        and not (len(run) == 2 and fold(run[0].text) in FIRST_NAMES)
        and (is_title(run[0]) or plain(run[0]) in ROLE_MODIFIERS or run[0].text in ("'s", "’s"))
    ):
        titled = titled or is_title(run[0])
        run = run[1:]
    offices = [at for at, token in enumerate(run[:-2]) if plain(token) in ROLE_HEADS - FIRST_NAMES]
    if offices:  # Harbour News Producer Ola Testmann
        titled, run = True, run[offices[-1] + 1 :]
    run = spoken_before(run, text)
    if run and fold(run[0].text) in SIDES:
        return None
    for at, token in enumerate(run):
        if "\n" in token.text or token.text in (",", "(", "/", "[", ";", ":", "–", "—", "'s", "’s", "’", "|"):
            run = run[:at]
            break
    for at, token in enumerate(run):
        if at and token.text[0].islower() and fold(token.text) not in PARTICLES and not token.is_punct:
            run = run[:at]
            break
    while run and (run[-1].is_punct or not run[-1].text[0].isupper() or (len(run) > 1 and is_function(run[-1]))):
        run = run[:-1]
    if not run or len(run) > 6:
        return None
    start, end = run[0].idx, run[-1].idx + len(run[-1].text)
    hyphened = HYPHENED.match(text, end)
    if hyphened:
        end = hyphened.end()
    name = re.sub(r"['’]s?$", "", text[start:end])
    end = start + len(name)
    words = re.findall(r"[^\W\d_]+", name)
    if words and words[0] in SHIPS:
        return None
    if re.match(r"\s\d", text[end : end + 2]) or SHIP.search(text, max(0, start - 6), start):
        return None  # ships, missiles and products are numbered, ships have prefixes
    if not normal(name) or not words or re.search(r"\d|@|http", name) or not words[0][0].isupper():
        return None
    if any(fold(word) in NOT_NAMES or fold(word) in ROLE_HEADS for word in words):
        return None
    if len(words) > 1 and (
        fold(words[-1]) in NICKNAMED | PARTISANS or (is_region(words[-1]) and not gender_of_name(words[0]))
    ):
        return None
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        name = name.title()
    before = text[max(0, start - 12) : start].rstrip()
    titled = titled or (bool(run[0].i) and is_title(run[0].nbor(-1)) and before.endswith(run[0].nbor(-1).text))
    name = re.sub(r"[\[\]]", "", name)
    return PersonName(start, end, " ".join(name.split()), titled=titled)


FAMILY_NAMES = with_meaning("family_name", "us_state")


def is_region(word: str) -> bool:
    """Whether a word is a state of the US and no family name: `Battleground Texas` is nobody, Joe Montana somebody."""
    return AMERICAN_STATES.fullmatch(word) is not None and word not in FAMILY_NAMES


def spoken_before(run: list["Token"], text: str) -> list["Token"]:
    """`Added Smith`, `Said Smith, “...`: the name without the verb before it, and without titles after the verb."""
    if len(run) < 2:
        return run
    word, last = fold(run[0].text), run[-1]
    said = word == "said" and (
        TO_SAY.match(text, last.idx + len(last.text)) or SAID.search(text, max(0, run[0].idx - 3), run[0].idx)
    )
    if word not in SAYING and not said:
        return run
    run = run[1:]
    while len(run) > 1 and (is_title(run[0]) or {plain(run[0]), fold(run[0].text)} & ROLE_MODIFIERS):
        run = run[1:]
    return run


def with_role(name: PersonName, text: str, syntax: "Doc") -> PersonName:
    """The role printed before (`Foreign Minister Wang Yi`) or after the name (`Wang Yi, the foreign minister, ...`)."""
    span = syntax.char_span(name.start, name.end, alignment_mode="expand")
    if span is None:
        return name
    place = role_before(span[0]) or role_after(span[-1])
    if place is None:
        return name
    printed = syntax.char_span(*place, alignment_mode="expand")
    if printed is not None and any(token.ent_type_ == "PERSON" and token.text[0].isupper() for token in printed):
        return name  # `Mr Lee, Prime Minister Smith, ...`: the role of somebody else
    return replace(name, role=text[slice(*place)], role_start=place[0], titled=True)


def role_before(first: "Token") -> tuple[int, int] | None:
    """The office or trade printed right before a name, or before a comma that precedes it."""
    doc, i = first.doc, first.i - 1
    apposed = i > 0 and doc[i].text == ","
    if apposed:
        i -= 1
    last = start = i
    has_head = False
    while i >= 0 and last - i < 14 and not doc[i + 1].is_sent_start and not (apposed and doc[i].ent_type_ == "PERSON"):
        token, word = doc[i], plain(doc[i])
        if i > 1 and doc[i - 1].text == "-" and fold(doc[i - 2].text) in ("pro", "anti"):
            break  # pro-Beijing leader
        if word in ROLE_HEADS:
            has_head = True
        elif word in LINKS:
            # `Secretary of State Mike Pompeo`: a link continues a role only between its head and what that governs.
            if has_head and token.text not in POSSESSIVES:
                if word == "the":
                    start = i
                break
            if word in ("of", "for", "to", "at") and not any(plain(t) in ROLE_HEADS for t in doc[max(0, i - 4) : i]):
                break
        elif not qualifies(token, has_head and doc[start].text[0].islower()):
            break
        if word not in LINKS or token.text in POSSESSIVES:
            start = i
        i -= 1
    words = list(doc[start : last + 1])
    while words and (
        words[0].text in POSSESSIVES
        or words[0].pos_ in ("ADV", "AUX", "PART", "SCONJ", "CCONJ", "ADP", "VERB", "PUNCT")
    ):
        words = words[1:]
    if (
        not has_head
        or not words
        or words[-1].i != last
        or fold(words[-1].text) in LINKS
        or not any(plain(word) in ROLE_HEADS for word in words)
    ):
        return None
    heads = [k for k, word in enumerate(words) if plain(word) in ROLE_HEADS]
    if heads[-1] != len(words) - 1 and fold(words[heads[-1] + 1].text) not in ("of", "for", "to", "at", "-"):
        return None
    if apposed and fold(words[0].text) not in DETERMINERS and words[0].ent_type_ not in ("NORP", "GPE"):
        return None
    return words[0].idx, words[-1].idx + len(words[-1].text)


def qualifies(token: "Token", lower: bool) -> bool:
    """Whether `token` can be part of a role before its head; beside a head in lower case any noun can."""
    if token.is_space or "\n" in token.text or (token.is_punct and token.text != "-"):
        return False
    if token.text[0].isupper():
        return token.ent_type_ not in ("PERSON", "DATE", "TIME")
    if token.text == "-":  # vice-president, not `JERUSALEM - President`
        return not token.whitespace_
    return fold(token.text) in ROLE_MODIFIERS or (lower and token.pos_ in ("NOUN", "ADJ"))


def role_after(last: "Token") -> tuple[int, int] | None:
    """An apposition after a comma, up to the next comma or the end of its noun phrase."""
    doc, i = last.doc, last.i + 1
    if i + 1 >= len(doc) or doc[i].text != ",":
        return None
    i += 1
    words: list[Token] = []
    for token in doc[i : i + 20]:
        if token.is_sent_start or token.text in (",", ".", ";", ":", "—", "–", '"', "“", "”") or token.is_space:
            break
        if token.tag_ in ("VBD", "VBZ", "MD") and words and fold(words[0].text) == "the":
            return None  # `asked by Mr Lee, the president said`: the subject of a clause
        if token.pos_ in ("VERB", "AUX") or fold(token.text) in ("who", "which", "that", "whose", "said", "and"):
            break
        words.append(token)
    heads = [k for k, word in enumerate(words) if plain(word) in ROLE_HEADS]
    if not heads or heads[0] > 7:
        return None
    return words[0].idx, words[-1].idx + len(words[-1].text)
