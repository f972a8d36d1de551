"""Short names that the article itself introduces: acronyms in brackets, first words of long names."""

import re
from typing import TYPE_CHECKING

from onrecord.annotate.actors.organization_words import PAPERS
from onrecord.knowledge.bodies import BODIES, BUSINESSES, CIVIC, LEARNING, PUBLIC
from onrecord.knowledge.entities import State
from onrecord.knowledge.names import find_names, repeated
from onrecord.knowledge.titles import without_country
from onrecord.knowledge.word_lists import alternation, listed
from onrecord.knowledge.words import WORD, fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.annotate.actors.cast import Cast
    from onrecord.knowledge import Knowledge

# Capitalized in print where they mean the state itself, or one body whatever was named before.
_NO_HEADS = listed("no_short_name")
_BRACKETED = re.compile(r"(?:['’]s)?\s?\((?:the\s+)?(?P<short>[A-Z][A-Za-z-]{1,9})\)")
_FORM = rf"(?:{alternation('legal_form_short', 'legal_form')})\b\.?"
_LEGAL = re.compile(
    r"(?P<stem>[A-Z][\w&.’'-]+(?: [A-Z&][\w&.’'-]*){0,2}),? "
    rf"(?:Group|Holdings?|Motors?|{_FORM})(?: {_FORM})?"
)
_HEAD = re.compile(
    r"\b[Tt]he (?P<head>"
    + "|".join(
        sorted(word.title() for word in (PUBLIC | CIVIC | LEARNING | BUSINESSES | PAPERS) - _NO_HEADS if word.isalpha())
    )
    + r")\b(?! (?:[A-Z]|of\b|for\b))"
)
_SMALL = word_set("of the for and in on to at de la")


def add_short_names(cast: "Cast") -> None:
    """Acronyms that stand in brackets after the name of an organization, or spell its initials, wherever they occur."""
    text = cast.doc.text
    short: dict[str, str] = {}
    defined: set[str] = set()
    for mention in cast.mentions():
        actor = cast[mention.actor_id]
        if actor.type not in ("organization", "group") or mention.form not in ("name", "acronym"):
            continue
        acronym = _bracketed(text, mention.end, cast.knowledge)
        if acronym is not None:
            short.setdefault(acronym, mention.actor_id)
            defined.add(acronym)
        name = text[mention.start : mention.end]
        for letters in (initials(name), initials(without_country(name, cast.knowledge))):
            if len(letters) >= 3:
                short.setdefault(letters, mention.actor_id)
    for acronym, actor_id in _redefined(cast).items():
        for mention in cast.mentions():
            if mention.actor_id == actor_id and text[mention.start : mention.end] == acronym:
                cast.drop(mention.start, mention.end)
    for match in WORD.finditer(text) if short else ():
        meant = short.get(match[0])
        if meant and match[0] in defined:
            cast.drop(*match.span())  # the article's own definition beats the lexicon
        if meant and not cast.covers(match.start()):
            cast.mention(match.start(), match.end(), meant, "acronym")
    companies = _company_words(cast)
    for token in cast.syntax if companies else ():
        if token.text in companies and _is_whole_name(token) and not cast.covers(token.idx):
            cast.mention(token.idx, token.idx + len(token.text), companies[token.text], "name")
    stems = {stem: actor_id for stem, actor_id in _name_stems(cast).items() if stem not in companies}
    for start, end in repeated(text, stems, cast.covered):
        printed = cast.syntax.char_span(start, end)
        if printed is not None and all(token.pos_ == "PROPN" for token in printed):
            cast.mention(start, end, stems[text[start:end]], "name")
    _add_heads(cast)


def _bracketed(text: str, end: int, knowledge: "Knowledge") -> str | None:
    """The acronym in brackets behind a name that ends at `end`; a state there is where a body is: Human Rights (US)."""
    match = _BRACKETED.match(text, end)
    if match is None or not match["short"][:2].isupper():
        return None
    is_state = any(isinstance(hit.entry.entity, State) for hit in find_names(match["short"], knowledge))
    return None if is_state else match["short"]


def _is_whole_name(token: "Token") -> bool:
    """Whether the tagger takes this word alone for the name of a body: of Dollar General, General is none."""
    if token.ent_type_ != "ORG" or token.ent_iob_ != "B":
        return False
    behind = token.nbor() if token.i + 1 < len(token.doc) else None
    return behind is None or behind.ent_iob_ != "I" or behind.tag_ == "POS"


def _name_stems(cast: "Cast") -> dict[str, str]:
    """What stands for a company without what kind of company it is: NPD for NPD Group, Daewoo for Daewoo Motors."""
    found: dict[str, str] = {}
    for mention in cast.mentions():
        actor = cast[mention.actor_id]
        if actor.type != "organization" or actor.link_method != "name" or mention.form != "name":
            continue
        match = _LEGAL.fullmatch(actor.name)
        words = {fold(word) for word in WORD.findall(match["stem"])} if match else set()
        if match and words and not words <= BODIES | cast.knowledge.adjectives.keys() and len(match["stem"]) > 2:
            found.setdefault(match["stem"], mention.actor_id)
    return found


def _add_heads(cast: "Cast") -> None:
    """`the Commission`, `the Department`: the body named before whose name has that word for its head."""
    for match in _HEAD.finditer(cast.doc.text):
        if cast.covers(match.start("head")):
            continue
        head = fold(match["head"])
        for mention in cast.mentions_before(match.start()):
            actor = cast[mention.actor_id]
            if mention.form == "name" and actor.type == "organization" and head == _head_of(actor.name):
                cast.mention(*match.span("head"), mention.actor_id, "name")
                break


def _head_of(name: str) -> str:
    """The folded word that a body is called by: the last, or the last before a preposition."""
    return fold(re.split(r" (?:of|for|on|to|against|in)\b", name, maxsplit=1)[0].split()[-1])


def _redefined(cast: "Cast") -> dict[str, str]:
    """Acronyms of the lexicon that the article gives another meaning: `Congressional Progressive Caucus (CPC)`."""
    text = cast.doc.text
    others: dict[str, str] = {}
    for mention in cast.mentions():
        acronym = text[mention.start : mention.end]
        if mention.form != "acronym" or not text.startswith(")", mention.end) or text[mention.start - 1] != "(":
            continue
        before = text[max(0, mention.start - 90) : mention.start - 1].rstrip()
        named = any(m.actor_id == mention.actor_id for m in cast.mentions_in(mention.start - 90, mention.start))
        if not named and initials(before).endswith(acronym):
            others[acronym] = mention.actor_id
    return others


def _company_words(cast: "Cast") -> dict[str, str]:
    """First words of company names, which stand for them later: Lockheed after Lockheed Martin."""
    found: dict[str, str] = {}
    for mention in cast.mentions():
        actor = cast[mention.actor_id]
        words = actor.name.split()
        if actor.sector == "company" and len(words) > 1 and fold(words[0]) not in cast.knowledge.adjectives:
            found.setdefault(words[0], mention.actor_id)
    return found


def initials(name: str) -> str:
    """`Joint Chiefs of Staff` -> JCS; words in lower case do not count. None of a name with U.S. in it."""
    words = WORD.findall(name)
    if any(len(word) == 1 and word.isupper() for word in words):
        return ""
    return "".join(word[0] for word in words if word[0].isupper() and fold(word) not in _SMALL)
