"""What each quoted stretch is attributed to: a cue in its sentence, else a name beside it or the speaker before it.

Cues right beside the marks come first, then cues whose reported clause holds the stretch, then the nearest one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.marked.names import colon_line, credit, is_capitalised
from onrecord.annotate.quotes.marked.neighbours import CUES_IN_SIGHT, WORDS_IN_SIGHT, continued
from onrecord.annotate.quotes.noun_phrases import noun_phrase, phrase_after
from onrecord.annotate.quotes.reading import FINITE, Reading
from onrecord.annotate.quotes.reported.cue_verbs import source_of_verb
from onrecord.annotate.quotes.reported.cues import Cue, Cues
from onrecord.annotate.quotes.reported.link import Link, link_to
from onrecord.annotate.quotes.reported.source import can_speak, owner_of
from onrecord.annotate.quotes.stretches import Stretch

if TYPE_CHECKING:
    from spacy.tokens import Token

_SCARE_WORDS = 3  # quoted stretches of fewer words need a cue
_LONGEST_GAP = 40  # tokens between the closing mark and the verb: a source with its appositions
_SPEAKING = cue_words.SAY | cue_words.UTTER
_SPEAKING_OR_JUDGING = _SPEAKING | cue_words.JUDGE
_LINKING = frozenset({"and", "but", "while", "as", "when", "although", "though", "because", "after", "or"})


def link(reading: Reading, stretch: Stretch, found: Cues, previous: tuple[Stretch, Link] | None) -> Link | None:
    """The link of a stretch that is no name, or None if nobody is quoted: scare quotes.

    `found` are the document's cues, `previous` is the attributed stretch before.
    """
    first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
    found_link = _best(reading, stretch, first, last, found, previous)
    if found_link is not None and found_link.source is None and _word_count(reading, first, last) < _SCARE_WORDS:
        return None
    return found_link


def _word_count(reading: Reading, first: int, last: int) -> int:
    return sum(reading.is_word(k) for k in range(first, last))


def _best(
    reading: Reading, stretch: Stretch, first: int, last: int, found: Cues, previous: tuple[Stretch, Link] | None
) -> Link | None:
    linked = _in_sentence(reading, first, last, found)
    if linked is not None:
        return linked
    if not stands_alone(reading, first, last):
        return None  # a scare quote, a name, a title
    words = [k for k in range(first, last) if reading.is_word(k)]
    nobody = len(words) < _SCARE_WORDS or stretch.single or is_capitalised(reading, words)
    return continued(reading, stretch, first, found, previous) or (None if nobody else Link(None, None, "none", 0.3))


def stands_alone(reading: Reading, first: int, last: int) -> bool:
    """The stretch is the whole of its reporter's sentence."""
    low, high = reading.sentences[reading.sentence[first]]
    return not any(reading.is_word(k) and not first <= k < last and reading.quoted[k] < 0 for k in range(low, high))


def _in_sentence(reading: Reading, first: int, last: int, found: Cues) -> Link | None:
    """The link that the reporter's sentence around the stretch gives: the first evidence in this order."""
    low, high = reading.sentences[reading.sentence[first]]
    before = found.between(low, first, limit=CUES_IN_SIGHT)
    after = found.between(last, min(high, last + WORDS_IN_SIGHT))
    nearest = _nearest(reading, before) if before else None
    opens = not any(reading.is_word(k) and reading.quoted[k] < 0 for k in range(low, first))
    return (
        _said_right_after(reading, first, last, before, after, opens=opens)
        or (credit(reading, last, high) if opens else None)
        or _said_right_before(reading, first, nearest)
        or _adjacent(reading, low, first, before)
        or _said_before(reading, first, nearest, after)
        or colon_line(reading, low, first)
        or _said_later(after, opens=opens)
        or (link_to(nearest, 0.6) if nearest is not None else None)
    )


def _said_right_after(
    reading: Reading, first: int, last: int, before: Sequence[Cue], after: Sequence[Cue], *, opens: bool
) -> Link | None:
    """“…,” said X: the stretch opens its sentence or ends with a comma, and only the source is before the next cue."""
    if not after or not (opens or (_ends_with_comma(reading, last) and not _close_before(reading, before, first))):
        return None
    return _postposed(reading, last, after[0]) if _only_source_between(reading, last, after[0]) else None


def _said_right_before(reading: Reading, first: int, nearest: Cue | None) -> Link | None:
    """X said: “…”: a verb of saying or judging a few tokens before, of a source that can speak."""
    if nearest is None or nearest.source is None or nearest.lemma not in _SPEAKING_OR_JUDGING:
        return None
    if first - nearest.at > (2 if nearest.lemma in cue_words.GOES_ON else 4):
        return None
    own = not _is_subordinate(reading.tokens[nearest.at]) and can_speak(reading, nearest.source_head)
    return link_to(nearest, 0.9) if own else None


def _said_before(reading: Reading, first: int, nearest: Cue | None, after: Sequence[Cue]) -> Link | None:
    """X said that the talks “…”: the nearest cue before, unless it has no source and "according to X" follows."""
    if nearest is None or _is_subordinate(reading.tokens[nearest.at]):
        return None
    if nearest.source is None and any(cue.how == "according_to" for cue in after):
        return None
    return link_to(nearest, 0.9 if first - nearest.at <= 12 else 0.75)


def _said_later(after: Sequence[Cue], *, opens: bool) -> Link | None:
    """“…” was what X said; the talks “…”, according to X: the first verb of saying after a stretch that `opens`."""
    spoken = next((cue for cue in after if cue.lemma in _SPEAKING or cue.how == "according_to"), None)
    if spoken is None or not (opens or spoken.how == "according_to"):
        return None
    return link_to(spoken, 0.7)


def _nearest(reading: Reading, before: Sequence[Cue]) -> Cue:
    """The nearest cue with a source that is a verb of its own, not a participle inside a noun phrase."""
    strong = [cue for cue in before if cue.source is not None and not _is_subordinate(reading.tokens[cue.at])]
    return strong[-1] if strong else before[-1]


def _is_subordinate(verb: "Token") -> bool:
    """A participle inside a noun phrase, or an infinitive: what somebody else wants to be said."""
    if verb.tag_ == "VBN":
        return bool(verb.dep_ == "acl")
    return bool(verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts))


def _close_before(reading: Reading, before: Sequence[Cue], first: int) -> bool:
    near = before[-1] if before else None
    if near is None or first - near.at > 6 or near.source is None or not can_speak(reading, near.source_head):
        return False
    return near.lemma not in cue_words.GOES_ON and not _is_subordinate(reading.tokens[near.at])


def _ends_with_comma(reading: Reading, last: int) -> bool:
    before = [word for word in reading.lower[max(last - 3, 0) : last] if word not in ("”", '"', "’", "'", "''")]
    inside = before[-1] if before else ""
    return inside.endswith((",", "?", "!")) or reading.lower[last : last + 1] == [","]


def _only_source_between(reading: Reading, last: int, cue: Cue) -> bool:
    """Nothing stands between the closing mark and the cue but the source, its appositions and adverbs."""
    if cue.at - last > _LONGEST_GAP:
        return False
    if reading.tokens[cue.at].tag_ == "VBG":
        return False
    for k in range(last, cue.at):
        token = reading.tokens[k]
        if reading.quoted[k] >= 0 or (reading.lower[k] in _LINKING and not any(map(reading.is_word, range(last, k)))):
            return False
        if token.tag_ in FINITE and token.pos_ == "VERB" and token.dep_ not in ("relcl", "acl"):
            return False
    return True


def _postposed(reading: Reading, last: int, cue: Cue) -> Link:
    """“…,” said X / “…,” X, the director of Y, said: the words after the mark decide, the parse only confirms."""
    words = [k for k in range(last, cue.at) if reading.is_word(k) and reading.tokens[k].pos_ not in ("ADV", "AUX")]
    start = reading.starts
    if cue.lemma in cue_words.QUOTED_AS and cue.source is not None and cue.source[0] > start[cue.at]:
        return link_to(cue, 0.9)  # the agency quoted Ms. Ri as saying
    if words:
        inside = cue.source is not None and start[last] <= cue.source[0] < start[cue.at]
        near = None if inside else phrase_after(reading, words[0])
    else:
        inside = cue.source is not None and start[cue.at] < cue.source[0]
        near = phrase_after(reading, cue.at + 1) if not inside and cue.at + 1 < len(reading.tokens) else None
    if near is not None:
        addressee = cue.addressee if cue.addressee != near[1] else None
        cue = replace(cue, source=near[1], source_head=near[0], addressee=addressee)
    return link_to(cue, 0.95)


def _adjacent(reading: Reading, low: int, first: int, before: Sequence[Cue]) -> Link | None:
    """A verb that is in no lexicon, or a noun of speech, right before the mark: shot back, “…”; her remark that “…”."""
    at = first - 1
    skipped = 0
    while (
        at > low
        and skipped < 4
        and (
            not reading.is_word(at)
            or reading.tokens[at].pos_ in ("ADV", "ADP")
            or reading.lower[at] in ("that", "back", "out")
        )
    ):
        at -= 1
        skipped += 1
    token = reading.tokens[at]
    if at < low or reading.quoted[at] >= 0 or any(cue.at == at for cue in before):
        return None
    if token.pos_ == "NOUN" and token.lemma_.lower() in cue_words.SPEECH_NOUN and skipped:
        owner = owner_of(token)
        source = noun_phrase(reading, owner) if owner is not None else None
        if source is not None:
            return Link(source, reading.span(at, at + 1), "cue", 0.8, None, at)
        return None
    punctuated = any(reading.lower[k] in (",", ":") for k in range(at + 1, first))
    if token.pos_ == "VERB" and token.tag_ != "VB" and punctuated:
        _, source = source_of_verb(reading, token, None)
        if source is not None:
            return Link(source, reading.span(at, at + 1), "cue", 0.7, None, at)
    return None
