"""Facts that came beside the text, from the values that records and markup hold them in.

Each `to_*` takes what a JSON value can be and raises ValueError for one that does not hold such a fact.
"""

import re
from collections.abc import Sequence
from typing import Any

from onrecord.knowledge.word_lists import alternation
from onrecord.parse.given.author_lists import SURNAME_FIRST, split_names
from onrecord.parse.head.bylines import JOB, NOBODY, ROLE, SPLIT_NAMES, is_person, read_byline, to_outlet, to_person
from onrecord.parse.lines import to_line

_URL = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
# "By Ann Holm", "Posted by Ann Holm", "ByAnn Holm", and a kind of text that stands without "by".
_BY = re.compile(
    rf"^(?:(?:{alternation('rubric')}) )?"
    r"(?:(?:(?:published|text) )?by[ :]+|(?-i:By(?=[A-Z][a-z])))?",
    re.IGNORECASE,
)
# Who took a picture did not write the article, and what a table writes in an empty cell is nobody.
_NO_AUTHOR = re.compile(
    r"\(?(?:image|photo|picture|pic|illustration|graphic|video)(?:s|graph|graphs|graphy)?\b(?: credit)?"
    r"(?::| by\b| via\b).*|"
    r".*\b(?:getty images|shutterstock|istock|alamy|adobe stock)\b.*|nan|none|null|n/a|unknown|anonymous",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d{4,14}(?:[a-z]{2}_)?/(?=https?://)", re.IGNORECASE)
_DOMAIN = re.compile(r"www\.(?P<bare>[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
LONGEST_FACT = 2000  # characters; addresses come near to it
_LONGEST_NAME = 60
_LONGEST_BYLINE = 250
_WITH_JOB = re.compile(rf" {JOB}$", re.I)


def to_text(value: Any) -> str:
    """A text of some lines, or the one in an object or a list of one: {"name": ...}, {"rendered": ...}, ["..."]."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        value = _held(value)
    if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_FACT:
        raise ValueError(value)
    return value.encode("utf-8", "replace").decode("utf-8").strip()


def to_body(value: Any) -> str:
    """A text, its outer white space kept, or a list of paragraphs."""
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        value = "\n\n".join(value)
    if isinstance(value, dict):
        value = _held(value)
    if not isinstance(value, str):
        raise ValueError(value)
    # A lone surrogate is valid in JSON but is no character, and no file can hold it.
    return value.encode("utf-8", "replace").decode("utf-8")


def _held(value: dict[str, Any]) -> Any:
    return next(
        (value[key] for key in ("name", "rendered", "main", "@value", "#text", "$date") if value.get(key)), None
    )


def to_name(value: Any) -> str:
    """The name of an outlet; an address is none, but a bare host is: www.x.example is x.example."""
    name = to_text(value)
    if host := _DOMAIN.fullmatch(name):
        return host["bare"]
    if _URL.match(name):
        raise ValueError(value)
    return name


def to_address(value: Any) -> str:
    """A web address, {"@id": ...} included."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    address = _ARCHIVED.sub("", to_text(value))
    if "/" not in address or re.search(r"\s", address):
        raise ValueError(value)
    return address


def to_section(value: Any) -> str:
    """One section; of several the first, which is the main one."""
    return to_text(value[0] if isinstance(value, list) and value else value)


def to_names(value: Any) -> tuple[str, ...]:
    """Authors as a list of names or objects, or as one string of them (`author_lists`).

    Objects that say that they are organizations are none; addresses are no names.
    """
    if isinstance(value, dict) and isinstance(value.get("original"), str):  # the New York Times' interface
        value = value["original"]
    if isinstance(value, str) and len(value) <= LONGEST_FACT:
        value = split_names(value)
    if isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise ValueError(value)
    names = []
    for item in value:
        if isinstance(item, dict):
            if "Organization" in str(item.get("@type")) or not item.get("name"):
                continue
            item = item["name"]
        names += [to_text(name) for name in (item if isinstance(item, list) else [item]) if name]
    return tuple(name for name in names if not _URL.match(name))


def clean_authors(names: Sequence[str], outlet: str | None) -> tuple[str, ...]:
    """Persons among the names given as authors, without `By`, agencies, desks and jobs, each once."""
    found: dict[str, None] = {}
    for name in names:
        bare = _BY.sub("", to_line(name).strip(" \"'“”‘’*|,;:"))
        if _NO_AUTHOR.fullmatch(bare):
            continue
        if turned := SURNAME_FIRST.fullmatch(bare):
            bare = f"{turned['given']} {turned['surname']}"
        byline = read_byline(f"By {bare}")
        if byline and byline.authors:
            found.update(dict.fromkeys(author for author in byline.authors if not _WITH_JOB.search(author)))
        elif bare and not (
            to_outlet(bare)
            or NOBODY.search(bare)
            or _WITH_JOB.search(bare)
            or (ROLE.search(bare) and not is_person(bare))
            or (outlet and bare.casefold() == outlet.casefold())
            or len(bare) > _LONGEST_NAME
            or re.search(r"[\d@/|_<>{}]|\.(?:com|org|net)\b", bare)
        ):
            found[to_person(bare)] = None  # a name in a form that bylines cannot be trusted to have: one word, House
    return tuple(found)


def names_only(line: str, authors: Sequence[str]) -> bool:
    """Whether a line is a byline of authors that are known from elsewhere, whatever form their names have."""
    if not authors or len(line) > _LONGEST_BYLINE:
        return False
    names = SPLIT_NAMES.split(_BY.sub("", line))
    return {name.casefold().strip() for name in names} <= {author.casefold() for author in authors}
