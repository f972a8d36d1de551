"""Where a text names people: those the lexicon knows, those the tagger marks, and capitals after a title or role."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.nobody import is_nobody
from onrecord.annotate.actors.organization_words import PAPERS, is_body
from onrecord.annotate.actors.people import BEGINNINGS, FIRST_NAMES, SUFFIX, WORDS, PersonName, cleaned, is_title
from onrecord.annotate.actors.printed_roles import with_role
from onrecord.annotate.syntax.people_told import SPEAKING, speaking_alone
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Person
from onrecord.knowledge.given_names import gender_of_name, likely_gender
from onrecord.knowledge.names import Hit, repeated
from onrecord.knowledge.titles import ROLE_HEADS, ROLE_MODIFIERS
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NO_PERSON = frozenset({"PERSON", "GPE", "NORP", "LOC", "DATE", "LAW", "EVENT"})  # a person is found already
_ROLE_WORDS = ROLE_HEADS | ROLE_MODIFIERS
_NAME = 2  # words of a given and a family name
_LONGEST = 4  # words of a name, or of an office up to its noun


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
    yield from _speaking(syntax)


def _speaking(syntax: "Doc") -> Iterator[tuple["Token", ...]]:
    """Capitals that speak and that the tagger takes for no people: `Zorica Testman` where `Testman said`.

    The last word must speak alone, or the first be a given name and the whole speak, or an office stand behind them.
    What looks like a plural is somebody's name if it *says* something, or if a given name stands before it.
    """
    runs = [run for run in _capitals(syntax) if not {token.ent_type_ for token in run} & _NO_PERSON]
    alone = {run[0].text for run in runs if len(run) == 1 and _speaks(run[0])} | speaking_alone(syntax)
    singular = {
        t.text for t in syntax if t.dep_ == "nsubj" and t.head.tag_ == "VBZ" and t.head.lemma_.lower() in SPEAKING
    }
    for run in runs:
        is_given = gender_of_name(f"{run[0].text} x") is not None
        if run[-1].tag_ == "NNPS" and not (run[-1].text in singular or _is_named(run)):
            continue  # the Charlotte Rovers
        if not 1 < len(run) <= _LONGEST or is_body([token.text for token in run]) or fold(run[-1].text) in PAPERS:
            continue
        if run[-1].text in alone or (is_given and _speaks(run[-1])) or _has_office(run[-1]):
            yield run


def _capitals(syntax: "Doc") -> Iterator[tuple["Token", ...]]:
    """The longest runs of proper nouns in the singular, without titles and trades before them."""
    run: list[Token] = []
    for token in syntax:
        if token.text[:1].isupper() and (token.tag_ == "NNP" or (len(run) == 1 and token.tag_ == "NNPS")):
            run.append(token)
            continue
        while run and (is_title(run[0]) or fold(run[0].text) in _ROLE_WORDS):
            if len(run) == _NAME and fold(run[0].text) in FIRST_NAMES:
                break  # Dean Testmann
            run = run[1:]
        if run:
            yield tuple(run)
        run = []


def _is_named(run: tuple["Token", ...]) -> bool:
    """Whether what looks like a plural can be a family name: a given name stands before it, and no article."""
    first = run[0]
    return likely_gender(f"{first.text} x") is not None and not (
        first.i and first.nbor(-1).lower_ in ("the", "a", "an")
    )


def _speaks(name: "Token") -> bool:
    """Whether a name is the subject of a verb of saying, or labels what somebody says in an interview."""
    if name.dep_ == "nsubj" and name.head.lemma_.lower() in SPEAKING:
        return True
    begins = name.i == 0 or "\n\n" in name.nbor(-1).text
    return begins and name.i + 1 < len(name.doc) and name.nbor(1).text == ":"


def _has_office(name: "Token") -> bool:
    """Whether an office stands behind the name in commas: `Ola Testmann, general secretary of …`."""
    doc, i = name.doc, name.i + 1
    if i >= len(doc) or doc[i].text != ",":
        return False
    for token in doc[i + 1 : i + 1 + _LONGEST]:
        if token.is_punct or token.pos_ in ("VERB", "AUX", "PRON", "ADP"):
            return False
        if token.tag_ == "NN" and fold(token.text) in ROLE_HEADS:
            return True
    return False


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
