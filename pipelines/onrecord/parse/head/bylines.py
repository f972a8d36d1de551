"""Bylines: who wrote the article, and the outlet that stands beside the name."""

import re
from dataclasses import dataclass

from onrecord.document import Publication
from onrecord.knowledge.word_lists import alternation, listed, listed_lower, one_of, with_meaning
from onrecord.parse.head.dates import read_date_line

_OUTLETS = frozenset(map(str.casefold, listed("outlet")))
_OUTLET_ENDING = re.compile(
    r"(?:[A-Z0-9][\w.&'’-]* |of |the |and |& ){0,5}"
    rf"(?:{alternation('newspaper_word', 'outlet_word')}|\w+\.(?:com|org|net|co\.uk))"
)
_BY = re.compile(
    rf"(?:(?:(?:{alternation('rubric')})\s+)?"
    r"by\s?:?|authors?\s?:)\s+(?P<rest>\S.*)",
    re.I,
)
JOB = rf"(?:{alternation('newsroom_job')})s?"  # of somebody who works for an outlet
ROLE = re.compile(rf"\b(?:{JOB}|{alternation('byline_role')})\b", re.I)
NOBODY = re.compile(
    r"\b(?:staff|agenc(?:y|ies)|wires?|editorial|board|newsroom|desk|team|admin|reporters?|editors?|correspondents?)\b",
    re.I,
)
WORD = r"(?:[^\W\d_a-z][\w'’.-]*)"
PARTICLE = rf"(?:{alternation('name_particle')})"
_LETTERS = alternation("name_suffix", "degree")  # behind a name
NAME = re.compile(rf"{WORD}(?: (?:{PARTICLE} ){{0,2}}{WORD}){{1,4}}(?:,? (?:{_LETTERS})\.?)?")
SUFFIX = re.compile(rf", (?=(?:{_LETTERS})\b)", re.I)
_NUMERALS = frozenset(suffix for suffix in listed("name_suffix") if suffix.isupper())
# Capitalized words that open or end labels and places, not names.
_NOT_NAME = listed("no_byline_word") | (listed_lower("month", "weekday") - listed_lower("family_name_word"))
_TITLES = alternation("title_short", "title_short_plural", "honorific_short")
_HONORIFIC = re.compile(rf"^(?:(?:by|the)\s+|(?:{_TITLES}|Sir|Dame)\.? )+(?=\S)", re.I)
PLACE = re.compile(r"\s+(?:in|for|of|at|from) .*$", re.I)
_STAFF = re.compile(rf" (?:staff|{JOB})$", re.I)
_ASIDES = re.compile(rf"@\w+|\S+@\S+|[()]|,? (?:{alternation('degree')})\b\.?|\bspecial (?:to|for)\b", re.I)
_OUTLET_AT_END = re.compile(rf"(?P<name>[^|]{{4,50}}?) (?P<outlet>{alternation('outlet')})", re.I)
SPLIT_NAMES = re.compile(r"\s*(?:[;,] (?:and|&) |;|,| and | & | with )\s*", re.I)
_SPLIT_PARTS = re.compile(r"\s+[-–—|•·/]+\s+|\s*[|•·]\s*|\s+/\s*|\s+(?=(?:updated|published|posted)\b)", re.I)
_AUTHOR_NOTE = re.compile(
    r"(?:Editor['’]s [Nn]ote: ?(?P<noted>))?(?P<name>[A-Z][\w'’.-]{0,20}(?: [A-Z][\w'’.-]{0,20}){1,3})"
    r"(?(noted)(?:,| is| was)| is) (?:now |also )?(?:an? |the )?[^.!?]{0,80}?\b"
    rf"(?(noted)(?:{alternation('guest_role', 'newsroom_job')})|"
    rf"(?:author|professor|fellow|{one_of(with_meaning('writes', 'newsroom_job'))}))\b"
)
LONGEST = 250
_LONGEST_NOTE = 420


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says. `authors` are persons in normal case; a byline of an agency or 'staff' has none."""

    authors: tuple[str, ...]
    outlet: str | None
    publication: Publication | None
    is_update: bool = False


def read_byline(line: str) -> Byline | None:
    """The byline that a line is, if it opens with `By` or another byline word, else None."""
    match = _BY.fullmatch(line) if len(line) <= LONGEST else None
    if match is None:
        return None
    byline = _read(match["rest"])
    if byline.authors or byline.outlet or byline.publication or NOBODY.search(match["rest"][:60]):
        return byline
    return None


def read_name_line(line: str) -> Byline | None:
    """The byline that a line without `By` is: names, perhaps with an outlet, a role or a date, and nothing else."""
    if len(line) > 120 or line.endswith(":"):
        return None
    parts = [part for part in _SPLIT_PARTS.split(line) if part]
    pieces = [piece for part in parts for piece in _pieces(part)]
    if not pieces or not is_person(pieces[0]):
        return None
    for piece in pieces[1:]:
        is_role = len(piece) <= 60 and ROLE.search(piece) and not piece.endswith(".")
        if not (is_person(piece) or to_outlet(piece) or is_role or read_date_line(piece)):
            return None
    byline = _read(line)
    return byline if byline.authors else None


def read_author_note(line: str) -> str | None:
    """The author whom a line above the body introduces: "Editor's note: Ann Holm is a writer", "Ann Holm is a writer".

    Only with "is" and a writer's role: "Ann Holm, the mayor, said" is news.
    """
    match = _AUTHOR_NOTE.match(line) if len(line) <= _LONGEST_NOTE else None
    return match["name"] if match and is_person(match["name"]) else None


def _read(rest: str) -> Byline:
    authors: list[str] = []
    outlet, publication, is_update = None, None, False
    for at, part in enumerate(part for part in _SPLIT_PARTS.split(rest) if part):
        dated = read_date_line(part)
        if dated and dated.publication:
            publication, is_update = dated.publication, dated.is_update
            part = dated.others
        for piece in _pieces(part):
            if name := to_outlet(_STAFF.sub("", piece)):
                outlet = outlet or name
            elif at == 0 and not NOBODY.search(piece) and is_person(piece):
                authors.append(to_person(piece))
    return Byline(tuple(dict.fromkeys(authors)), outlet, publication, is_update)


def _pieces(part: str) -> list[str]:
    """The names, outlets and roles that a part of a byline lists, without honorifics, places and addresses."""
    pieces = []
    for piece in SPLIT_NAMES.split(_ASIDES.sub(" ", SUFFIX.sub(" ", part))):
        piece = " ".join(piece.split()).strip(" ,:;*")
        glued = _OUTLET_AT_END.fullmatch(piece)
        if glued and is_person(glued["name"]):
            pieces += [glued["name"], glued["outlet"]]
        elif to_outlet(piece):
            pieces.append(piece)
        elif name := PLACE.sub("", _HONORIFIC.sub("", piece)).strip(" ,"):
            pieces.append(name)
    return pieces


def is_person(text: str) -> bool:
    """Whether a short text has the form of a person's name of two to five words."""
    text = text.strip()
    if not 4 <= len(text) <= 50 or to_outlet(text) or not NAME.fullmatch(text):
        return False
    words = text.casefold().replace(".", "").split()
    full = [word for word in words if len(word) > 1 and not re.fullmatch(PARTICLE, word)]
    return len(full) <= 4 and not any(word in _NOT_NAME for word in full)


def to_person(name: str) -> str:
    """A name in normal case: YUNA PARK -> Yuna Park, QUINT MCFORGEY -> Quint McForgey."""
    if not name.isupper():
        return name
    return " ".join(_cased(word) for word in name.split(" "))


def _cased(word: str) -> str:
    bare = word.replace(".", "")
    if len(bare) == 1 or "." in word or (len(bare) <= 3 and not re.search("[AEIOUY]", bare)) or bare in _NUMERALS:
        return word
    word = "".join(piece.capitalize() for piece in re.split(r"([-'’])", word))
    return re.sub(r"^(Mc|O['’])(\w)", lambda match: match[1] + match[2].upper(), word)


def is_known_outlet(text: str) -> bool:
    """Whether a text is the name of a well-known outlet and nothing else."""
    return text.casefold() in _OUTLETS


def to_outlet(text: str) -> str | None:
    """The outlet that a short text names, as printed, or None."""
    text = text.strip(" .,()")
    if is_known_outlet(text):
        return text
    return text if len(text) <= 60 and _OUTLET_ENDING.fullmatch(text) else None
