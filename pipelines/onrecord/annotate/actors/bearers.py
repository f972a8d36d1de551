"""Whom of several people with one family name a surname means."""

import re

from onrecord.annotate.actors.cast import Cast
from onrecord.annotate.actors.linking import PROMINENT
from onrecord.knowledge.titles import TITLES, canonical_role, has_left_role
from onrecord.knowledge.word_lists import alternation
from onrecord.knowledge.words import fold, normal

_WORD_BEFORE = re.compile(r"(?P<word>[A-Z]\w+)\.?\s\Z")
_KIN = re.compile(rf"\b(?i:his|her|their|whose) (?:\w+ )?(?:{alternation('kin')}),? (?:[A-Z]\w*\.? )?\Z")
_LONGEST_TITLE = 40  # characters before a name: "his younger brother, Dr. "
_OFTEN = 2  # times as often as others is whoever the article is about


def best_bearer(cast: Cast, bearers: list[str], at: int) -> str:
    """Whom of one family name a surname at an offset means: the head of state, then one with a printed office.

    Else the one named at least twice as often as any other before, else the one named last before, else the first one
    that the article names: a wife or a father who is mentioned once does not take over the surname.

    An article about a relative of a president names that one at least twice as often. One who has left office is no
    longer the first to think of: the article's headline tells whom it is about, else who is named as often.
    A title goes before all that: `Dr. Smith` is the one who is called so; then whom the article has just introduced.
    """
    if len(bearers) > 1:
        called = _called_alike(cast, bearers, at)
        if len(called) == 1:
            return called[0]
        bearers = _without_relatives(cast, bearers)
        introduced = _just_introduced(cast, bearers, at)
        if introduced is not None:
            return introduced
    leaders = [b for b in bearers if any(t in ("Supreme Leader", "President") for t in cast.offices(b))]
    in_power = any(not cast.has_left(b, "President") for b in leaders)
    headed = {b for b in bearers if normal(cast[b].name) in normal(cast.doc.title or "")}
    if len(headed) == 1 and not in_power:
        return headed.pop()
    subject = _named_beyond(cast, bearers, leaders, times=2 if in_power else 1)
    if subject is not None:
        return subject
    leading = leaders or [b for b in bearers if _is_titled(cast, b)]
    return leading[-1] if leading else _named_most(cast, bearers, at)


def _just_introduced(cast: Cast, bearers: list[str], at: int) -> str | None:
    """The bearer named last, if the article has just introduced that one by a role: Kim is the professor then."""
    last = max(bearers, key=lambda each: cast.last_mention(each, at))
    named = cast.last_mention(last, at)
    is_first = 0 <= named == cast.first_mention(last) and not _is_relative(cast.doc.text, named)
    if not is_first or not cast[last].roles or cast.doc.text.count("\n\n", named, at) > 1:
        return None
    return last


def _called_alike(cast: Cast, bearers: list[str], at: int) -> list[str]:
    """The bearers that have the title right before the surname at an offset elsewhere, too."""
    title = _title_before(cast.doc.text, at)
    named = (mention for mention in cast.mentions() if title and mention.actor_id in bearers and mention.form == "name")
    return sorted({m.actor_id for m in named if _title_before(cast.doc.text, m.start) == title})


def _title_before(text: str, at: int) -> str | None:
    before = _WORD_BEFORE.search(text, max(0, at - _LONGEST_TITLE), at)
    word = fold(before["word"]) if before else None
    return word if word in TITLES else None


def _without_relatives(cast: Cast, bearers: list[str]) -> list[str]:
    """The bearers but for those whom the article introduces as somebody's wife or son and names no more than the rest.

    `Paul Hartman and his wife, Susan Hartman`: a bare Hartman is Paul.
    """
    relatives = [b for b in bearers if _is_relative(cast.doc.text, cast.first_mention(b))]
    others = [b for b in bearers if b not in relatives]
    most = max(map(cast.count, others), default=0)
    return [b for b in bearers if b in others or cast.count(b) > _OFTEN * most] if others else bearers


def _is_relative(text: str, start: int) -> bool:
    return _KIN.search(text, max(0, start - _LONGEST_TITLE), start) is not None


def _named_beyond(cast: Cast, bearers: list[str], leaders: list[str], *, times: int) -> str | None:
    """Who is named so many times as often as any president: the relative that the article is about."""
    if not leaders or any("Supreme Leader" in cast.offices(b) for b in leaders):
        return None
    subject = max(bearers, key=lambda b: (cast.count(b), b))
    return subject if cast.count(subject) >= times * max(1, *(cast.count(b) for b in leaders)) else None


def _is_titled(cast: Cast, bearer: str) -> bool:
    """Whether the article prints an office with the name that newspapers name without introduction."""
    return any(canonical_role(role) in PROMINENT for role in cast[bearer].roles if not has_left_role(role))


def _named_most(cast: Cast, bearers: list[str], at: int) -> str:
    """Who was named twice as often as any other before an offset, else last before it, else first in the article."""
    before = sorted((cast.count_before(b, at), cast.last_mention(b, at), b) for b in bearers)
    most, _, bearer = before[-1]
    if not most:
        return min(bearers, key=lambda b: (cast.first_mention(b), b))
    if len(before) > 1 and most < 2 * before[-2][0]:
        return max(before, key=lambda each: each[1])[2]
    return bearer
