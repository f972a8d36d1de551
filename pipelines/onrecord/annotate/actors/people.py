"""A person's name as it is printed: what of a run of tokens is the name of somebody, without titles around it."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.spans import phrase_span
from onrecord.knowledge.entities import Person
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.names import Hit
from onrecord.knowledge.titles import AMERICAN_STATES, ROLE_HEADS, ROLE_MODIFIERS, TITLES
from onrecord.knowledge.word_lists import alternation, listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_NAMES = listed_lower("no_person") | (listed_lower("month", "weekday") - listed_lower("family_name_word"))
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
DETERMINERS = word_set("the his her its their")
_HYPHENED = re.compile(r"(?:[-‐‑]\w+)+")
_FIRST_OF_TWO = re.compile(r"(?<![\w-])[A-Z]\w+[-‐‑]\Z")
_LONGEST_FIRST = 30  # characters of the first of two family names
SUFFIX = re.compile(rf",? (?:{alternation('name_suffix')})\b\.?")
# Words with a capital before a name that are no part of it: an inverted verb of saying, a side called by its leader.
_SAYING = with_meaning("before_name", "saying_form")
SAID = re.compile(r"[”\"’']\s*\Z")  # what is quoted before `Said Smith`; Said is a given name, too
_TO_SAY = re.compile(r"\s?[,:]\s?[“\"‘]")  # Said Smith, “...
_SIDES = frozenset({"team", "camp", "camps", "operation", "project"})
# Words in lower case inside a name.
_PARTICLES = listed("name_particle")
# Words that can stand before a name at the beginning of a sentence.
BEGINNINGS = word_set(
    """
    without near with from for by since despite unlike like under after before while when where as if but and or yet
    because although though both even only then so still meanwhile perhaps maybe
    among amid between against besides is was did does has had can will
    would could should may who why how what not at on in to of that this these those
    """
) - {"will"}
_NICKNAMED = listed("nickname_head")  # Rocket Man
_PARTISANS = listed("follower") | {f"{one}s" for one in listed("partisan")}
FIRST_NAMES = listed("given_name_also_title")
_SHIPS = listed("ship_prefix")
# What is called after somebody: `the Abraham Lincoln carrier strike group`.
_NAMED_AFTER = re.compile(
    r"(?:\s[A-Z]\w+){0,2}?\s(?:(?:aircraft )?carrier|strike group|(?:International )?(?:Airport|Boulevard|Avenue"
    r"|Highway|Hospital|Memorial|School|Center|Library|Building|Day|Award|Medal))\b"
)
_SHIP = re.compile(rf"\b(?:{alternation('ship_prefix')})\s$")
_OFFICES = ROLE_HEADS - FIRST_NAMES  # what is no given name, too
_LONGEST_NAME = 6  # tokens
_ACRONYM = 3  # letters at least: MC and J. are no bodies
_TITLE_REACH = 12  # characters before a name
_BREAKS = frozenset({",", "(", "/", "[", ";", ":", "–", "—", "'s", "’s", "’", "|"})  # no name goes on behind them
_POSSESSIVE_END = re.compile(r"['’]s?$")
WORDS = re.compile(r"[^\W\d_]+")
_NO_NAME = re.compile(r"\d|@|http")
_NUMBERED = re.compile(r"\s\d")
_BRACKETS = re.compile(r"[\[\]]")


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
    is_ship = _SHIP.search(text, max(0, hit.start - 6), hit.start) is not None
    return isinstance(hit.entry.entity, Person) and (is_ship or _NAMED_AFTER.match(text, hit.end) is not None)


def _is_function(token: "Token") -> bool:
    """`OBAMA LEAVES THE`: a headline's function word ends no name."""
    return fold(token.text) in BEGINNINGS | {"the", "a", "an"} and token.pos_ != "PROPN"


def plain(token: "Token") -> str:
    """A token folded, without the full stop of an abbreviation."""
    return fold(token.text).rstrip(".")


def is_title(token: "Token") -> bool:
    word = plain(token)
    plural = token.tag_ == "NNPS" and word.removesuffix("s") in ROLE_HEADS  # Officers Smith and Jones
    return word in TITLES or plural or (word in ROLE_HEADS and token.text[0].isupper())


def cleaned(tokens: tuple["Token", ...], text: str) -> PersonName | None:
    """The name without titles before it and possessives after it; None if what is left is no name."""
    run, titled = _behind_titles(tokens)
    run = _behind_acronym(_spoken_before(run, text))
    if run and fold(run[0].text) in _SIDES:
        return None
    run = _up_to_break(run)
    if not run or len(run) > _LONGEST_NAME:
        return None
    start, end = run[0].idx, run[-1].idx + len(run[-1].text)
    hyphened = _HYPHENED.match(text, end)
    start, end = phrase_span(text, _compound_start(text, start, end), hyphened.end() if hyphened else end)
    name = _POSSESSIVE_END.sub("", text[start:end])
    end = start + len(name)
    words = WORDS.findall(name)
    titled = titled or _follows_title(run[0], text)
    if not _is_written_as_name(name, words) or _is_ship(words[0], text, start, end):
        return None
    if not _can_be_called(words, titled=titled):
        return None
    return PersonName(start, end, _spelt(name, words), titled=titled)


def _compound_start(text: str, start: int, end: int) -> int:
    """Where a name of two begins of which the tagger saw the second: Ocasio-Cortez, if the article tells it to be one.

    It does where a given name or a title stands before both: the Corker-Hoeven amendment is of two people.
    """
    first = _FIRST_OF_TWO.search(text, max(0, start - _LONGEST_FIRST), start)
    if first is None:
        return start
    before = re.finditer(rf"\b([A-Z]\w+)\.? {re.escape(text[first.start() : end])}\b", text)
    return first.start() if any(fold(word[1]) not in BEGINNINGS | DETERMINERS for word in before) else start


def _behind_titles(tokens: tuple["Token", ...]) -> tuple[tuple["Token", ...], bool]:
    """The tokens behind the titles, and whether there was one: `Harbour News Producer Ola Testmann`."""
    begin = 0
    while begin < len(tokens) and _is_before_name(tokens[begin:]):
        begin += 1
    run = tokens[begin:]
    offices = [at for at, token in enumerate(run[:-2]) if plain(token) in _OFFICES]
    if offices:
        return run[offices[-1] + 1 :], True
    return run, any(is_title(token) for token in tokens[:begin])


def _behind_acronym(run: tuple["Token", ...]) -> tuple["Token", ...]:
    """`AFL-CIO Richard Smith`: the name without the body in capitals before it."""
    rest = run
    while len(rest) > 1 and ((rest[0].text.isupper() and len(rest[0].text) >= _ACRONYM) or rest[0].text == "-"):
        rest = rest[1:]
    return rest if len(rest) > 1 and gender_of_name(f"{rest[0].text} x") is not None else run


def _is_before_name(run: tuple["Token", ...]) -> bool:
    """Whether the first token is a title or belongs to one, and no first name: Dean Smith."""
    first = run[0]
    if len(run) == 2 and fold(first.text) in FIRST_NAMES:
        return False
    return is_title(first) or plain(first) in ROLE_MODIFIERS or first.text in ("'s", "’s")


def _up_to_break(run: tuple["Token", ...]) -> tuple["Token", ...]:
    """The tokens before the first that no name goes on with, without those at the end that end none."""
    end = next((at for at, token in enumerate(run) if _is_break(token) or (at and _is_ordinary(token))), len(run))
    while end and (_is_small_or_mark(run[end - 1]) or (end > 1 and _is_function(run[end - 1]))):
        end -= 1
    return run[:end]


def _is_break(token: "Token") -> bool:
    return token.text in _BREAKS or "\n" in token.text


def _is_ordinary(token: "Token") -> bool:
    """Whether a word in lower case is none that stands inside names."""
    return token.text[0].islower() and fold(token.text) not in _PARTICLES and not token.is_punct


def _is_small_or_mark(token: "Token") -> bool:
    return token.is_punct or not token.text[0].isupper()


def _is_written_as_name(name: str, words: list[str]) -> bool:
    """Whether there are words, the first with a capital, and no digits or addresses."""
    return bool(words) and words[0][0].isupper() and _NO_NAME.search(name) is None


def _is_ship(first_word: str, text: str, start: int, end: int) -> bool:
    """Ships, missiles and products are numbered, ships have prefixes."""
    is_numbered = _NUMBERED.match(text, end) is not None
    return first_word in _SHIPS or is_numbered or _SHIP.search(text, max(0, start - 6), start) is not None


def _can_be_called(words: list[str], *, titled: bool) -> bool:
    """Whether somebody can have a name of these words: no day, no office, no `Rocket Man`, no `Battleground Texas`.

    Some offices are family names, too: `Senator Angus King` and `Peter King` are, `Saudi King` is none.
    """
    is_family = len(words) > 1 and fold(words[-1]) in FIRST_NAMES
    is_named = is_family and (titled or gender_of_name(f"{words[0]} x") is not None)
    if any(fold(word) in _NOT_NAMES or fold(word) in ROLE_HEADS for word in (words[:-1] if is_named else words)):
        return False
    if len(words) == 1:
        return True
    last = fold(words[-1])
    is_place = _is_region(words[-1]) and not gender_of_name(words[0])
    return last not in _NICKNAMED and last not in _PARTISANS and not is_place


def _spelt(name: str, words: list[str]) -> str:
    """The name as in running text: ANN SMITH of a headline as Ann Smith, without brackets and double spaces."""
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        name = name.title()
    return " ".join(_BRACKETS.sub("", name).split())


def _follows_title(first: "Token", text: str) -> bool:
    """Whether a title stands right before a name."""
    if not first.i or not is_title(first.nbor(-1)):
        return False
    return text[max(0, first.idx - _TITLE_REACH) : first.idx].rstrip().endswith(first.nbor(-1).text)


_FAMILY_NAMES = with_meaning("family_name", "us_state")


def _is_region(word: str) -> bool:
    """Whether a word is a state of the US and no family name: `Battleground Texas` is nobody, Joe Montana somebody."""
    return AMERICAN_STATES.fullmatch(word) is not None and word not in _FAMILY_NAMES


def _spoken_before(run: tuple["Token", ...], text: str) -> tuple["Token", ...]:
    """`Added Smith`, `Said Smith, “...`: the name without the verb before it, and without titles after the verb."""
    if len(run) < 2:
        return run
    word, last = fold(run[0].text), run[-1]
    said = word == "said" and (
        _TO_SAY.match(text, last.idx + len(last.text)) or SAID.search(text, max(0, run[0].idx - 3), run[0].idx)
    )
    if word not in _SAYING and not said:
        return run
    run = run[1:]
    while len(run) > 1 and (is_title(run[0]) or {plain(run[0]), fold(run[0].text)} & ROLE_MODIFIERS):
        run = run[1:]
    return run
