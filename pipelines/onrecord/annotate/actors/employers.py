"""The body that a person is of, as articles print it beside the name: `Meng Wei, spokeswoman for the Commission`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import takewhile

from onrecord.annotate.actors.cast import Cast
from onrecord.document import Actor, Mention
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed
from onrecord.knowledge.words import WORD, fold

_REACH = 120  # characters between a name and its body
_WORDS = r"[\w’'&-]+(?:[ ,]{1,2}[\w’'&-]+){0,7}"
# `Northgate chief executive | Ann Smith`, `Northgate's chief executive, Ann Smith`.
_BEFORE = re.compile(rf"(?:['’]s)?\s(?P<role>{_WORDS}),?\s")
# `Ann Smith, chief executive of the | Northgate Bank`; `Ann Smith, the | Northgate Bank's chief executive`.
_BEHIND = re.compile(rf",\s(?:the\s|an?\s)?(?P<role>{_WORDS})\s(?:of|for|at|with|from)\s(?:the\s)?")
_APPOSED = re.compile(r",\s(?:the\s|an?\s)?")
_OF_ROLE = frozenset({"ADJ", "NOUN", "PART", "PROPN"})
_LONGEST = 6  # tokens of a role behind its body
_PAST = listed("no_longer_of_body")
_OF_CLAUSES = ("AUX", "CCONJ", "PRON", "VERB")  # a militia beheads a journalist, who is not of it
_BESIDE = listed("beside_body")
_FURTHEST = 3  # words before a body that can say that an office in it is over


def tell_employers(actors: Iterable[Actor], cast: Cast) -> tuple[Actor, ...]:
    """The actors, persons with the organization of the article that their printed role is in, if there is one.

    Of several the one told most often, then first. An office that somebody has left is none.
    """
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in cast.mentions():
        if mention.form == "name" and cast[mention.actor_id].type == "person":
            told[mention.actor_id].update(_bodies_beside(mention, cast))
    first = {actor_id: bodies.most_common(1)[0][0] for actor_id, bodies in told.items() if bodies}
    return tuple(
        replace(actor, organization_actor_id=first[actor.actor_id]) if actor.actor_id in first else actor
        for actor in actors
    )


def _bodies_beside(name: Mention, cast: Cast) -> Iterator[str]:
    for body in cast.mentions_in(max(0, name.start - _REACH), name.end + _REACH):
        if cast[body.actor_id].type == "organization" and _is_of(name, body, cast):
            yield body.actor_id


def _is_of(name: Mention, body: Mention, cast: Cast) -> bool:
    text = cast.doc.text
    start, end = min(name.end, body.end), max(name.start, body.start)
    between = cast.syntax.char_span(start, end, alignment_mode="expand") if start < end else None
    if between is None or any(token.pos_ in _OF_CLAUSES for token in between):
        return False
    if body.end <= name.start:
        match = _BEFORE.fullmatch(text, body.end, name.start)
        if match is None or not {fold(word) for word in WORD.findall(match["role"])[-1:]} & ROLE_HEADS:
            return False  # another name stands between
        return _is_role(match["role"], _words_before(body, cast))
    match = _BEHIND.fullmatch(text, name.end, body.start)
    if match is not None:
        return _is_role(match["role"])
    return _APPOSED.fullmatch(text, name.end, body.start) is not None and _is_role(_role_behind(body, cast))


def _role_behind(body: Mention, cast: Cast) -> str:
    """The words right behind a body up to the first that no role has: `chief economist` of the bank."""
    behind = cast.syntax.char_span(body.end - 1, body.end, alignment_mode="expand")
    following = cast.syntax[behind.end : behind.end + _LONGEST] if behind is not None else ()
    return " ".join(token.text for token in takewhile(lambda token: token.pos_ in _OF_ROLE, following))


def _words_before(body: Mention, cast: Cast) -> list[str]:
    """The word before a body with the adjectives before it, the nearest first: `former senior` of a bank executive."""
    found: list[str] = []
    span = cast.syntax.char_span(body.start, body.end, alignment_mode="expand")
    for at in range(span.start - 1, -1, -1) if span is not None else ():
        token = cast.syntax[at]
        if token.text == "-":
            continue  # ex-Northgate
        found.append(token.text)
        if token.pos_ != "ADJ" or len(found) == _FURTHEST:
            break
    return found


def _is_role(words: str, before: Iterable[str] = ()) -> bool:
    """Whether these words of a phrase hold an office that is not a past one; `before` are those before the body."""
    folded = [fold(word) for word in WORD.findall(words)]
    past = _PAST & {*folded, *map(fold, before)}
    return not past and not _BESIDE & set(folded) and any(word in ROLE_HEADS for word in folded)
