"""What each quoted stretch is attributed to: a cue in its sentence, else a name beside it or the speaker before it.

Cues right beside the marks come first, then cues whose reported clause holds the stretch, then the nearest one.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cues
from onrecord.annotate.quotes.quoted import Stretch
from onrecord.annotate.quotes.quoted_names import (
    Link,
    colon_line,
    credit,
    is_capitalised,
    link_to,
)
from onrecord.annotate.quotes.quoted_neighbours import CUES_IN_SIGHT, WORDS_IN_SIGHT, continued, last_report
from onrecord.annotate.quotes.reported import Cue, Cues, can_speak, is_verb, source_of
from onrecord.annotate.quotes.reported_reading import FINITE, Reading
from onrecord.annotate.quotes.reported_source import find_subject, noun_phrase, owner_of, phrase_after

if TYPE_CHECKING:
    from spacy.tokens import Token

SCARE_WORDS = 3  # quoted stretches of fewer words need a cue
LONGEST_GAP = 40  # tokens between the closing mark and the verb: a source with its appositions
LINKING = frozenset({"and", "but", "while", "as", "when", "although", "though", "because", "after", "or"})


def link(
    reading: Reading,
    stretch: Stretch,
    found: Cues,
    previous: tuple[Stretch, Link] | None,
) -> Link | None:
    """The link of a stretch that is no name, or None if nobody is quoted: scare quotes.

    `found` are the document's cues, `previous` is the attributed stretch before.
    """
    first, last = reading.range_of(stretch.outer_start, stretch.outer_end)
    found_link = _best(reading, stretch, first, last, found, previous)
    if found_link is not None and found_link.source is None and _word_count(reading, first, last) < SCARE_WORDS:
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
    if previous is not None and _interrupted(reading, first, *previous):
        return previous[1]
    if stands_alone(reading, first, last):
        linked = continued(reading, stretch, first, found, previous)
        if linked is not None:
            return linked
    return _without_cue(reading, stretch, first, last, found)


def _interrupted(reading: Reading, first: int, earlier: Stretch, linked: Link) -> bool:
    """“…,” the paper reports, “…”: the cue of the stretch before stands between the two, in one sentence."""
    at = linked.at
    if at is None or not earlier.outer_end <= reading.starts[at] < reading.starts[first]:
        return False
    return reading.sentence[at] == reading.sentence[first]


def stands_alone(reading: Reading, first: int, last: int) -> bool:
    """The stretch is the whole of its reporter's sentence."""
    low, high = reading.sentences[reading.sentence[first]]
    return not any(reading.is_word(k) and not first <= k < last and reading.quoted[k] < 0 for k in range(low, high))


def _in_sentence(reading: Reading, first: int, last: int, found: Cues) -> Link | None:
    low, high = reading.sentences[reading.sentence[first]]
    before = found.between(low, first, limit=CUES_IN_SIGHT)
    after = found.between(last, min(high, last + WORDS_IN_SIGHT))
    opens = not any(reading.is_word(k) and reading.quoted[k] < 0 for k in range(low, first))
    ends = _ends_with_comma(reading, last)
    if (
        after
        and (opens or (ends and not _close_before(reading, before, first)))
        and _only_source_between(reading, last, after[0])
    ):
        return _postposed(reading, last, after[0])
    if opens and ends:
        unknown = _unknown_verb(reading, last, high)
        if unknown is not None:
            return unknown
    if opens:
        credited = credit(reading, last, high)
        if credited is not None:
            return credited
    covering = [
        cue
        for cue in before
        if cue.source is not None and cue.content is not None and cue.content[0] <= first <= cue.content[1]
    ]
    inner = _nearest(reading, before) if before else None
    if (
        inner is not None
        and inner.source is not None
        and first - inner.at <= (2 if inner.lemma in cues.GOES_ON else 4)
        and inner.lemma in cues.SAY | cues.UTTER | cues.JUDGE
        and not _is_subordinate(reading.tokens[inner.at])
        and can_speak(reading, inner.source_head)
    ):
        return link_to(inner, 0.9)
    if covering:
        return link_to(covering[-1], 0.9)
    adjacent = _adjacent(reading, low, first, before)
    if adjacent is not None:
        return adjacent
    relayed = inner is not None and inner.source is None and any(cue.how == "according_to" for cue in after)
    if inner is not None and not relayed and not _is_subordinate(reading.tokens[inner.at]):
        return link_to(inner, 0.9 if first - inner.at <= 12 else 0.75)
    colon = colon_line(reading, low, first)
    if colon is not None:
        return colon
    for cue in after:
        if cue.content is not None and cue.content[0] <= first and last <= cue.content[1] + 2:
            return link_to(cue, 0.85)
    spoken = [cue for cue in after if cue.lemma in cues.SAY | cues.UTTER or cue.how == "according_to"]
    if spoken and (opens or spoken[0].content is not None or spoken[0].how == "according_to"):
        return link_to(spoken[0], 0.7)
    return link_to(inner, 0.6) if inner is not None else None


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
    return near.lemma not in cues.GOES_ON and not _is_subordinate(reading.tokens[near.at])


def _ends_with_comma(reading: Reading, last: int) -> bool:
    before = [word for word in reading.lower[max(last - 3, 0) : last] if word not in ("”", '"', "’", "'", "''")]
    inside = before[-1] if before else ""
    return inside.endswith((",", "?", "!")) or reading.lower[last : last + 1] == [","]


def _only_source_between(reading: Reading, last: int, cue: Cue) -> bool:
    """Nothing stands between the closing mark and the cue but the source, its appositions and adverbs."""
    if cue.at - last > LONGEST_GAP:
        return False
    if reading.tokens[cue.at].tag_ == "VBG":
        return False
    for k in range(last, cue.at):
        token = reading.tokens[k]
        if reading.quoted[k] >= 0 or (reading.lower[k] in LINKING and not any(map(reading.is_word, range(last, k)))):
            return False
        if token.tag_ in FINITE and token.pos_ == "VERB" and token.dep_ not in ("relcl", "acl"):
            return False
    return True


def _postposed(reading: Reading, last: int, cue: Cue) -> Link:
    """“…,” said X / “…,” X, the director of Y, said: the words after the mark decide, the parse only confirms."""
    words = [k for k in range(last, cue.at) if reading.is_word(k) and reading.tokens[k].pos_ not in ("ADV", "AUX")]
    start = reading.starts
    if cue.lemma in cues.QUOTED_AS and cue.source is not None and cue.source[0] > start[cue.at]:
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


def _unknown_verb(reading: Reading, last: int, high: int) -> Link | None:
    """“…,” Ms. Smith thundered / “…!” beamed Mr. Smith: any verb will do where only a speaker stands beside it."""
    first = next((k for k in range(last, high) if reading.is_word(k)), None)
    if first is None or reading.quoted[first] >= 0:
        return None
    token = reading.tokens[first]
    if token.tag_ in ("VBD", "VBZ") and token.pos_ == "VERB":
        near = phrase_after(reading, first + 1) if first + 1 < high else None
        return Link(near[1], reading.span(first, first + 1), "cue", 0.8, None, first) if near is not None else None
    near = phrase_after(reading, first)
    if near is None:
        return None
    verb = reading.range_of(*near[1])[1]
    while verb < high and reading.tokens[verb].pos_ == "ADV":
        verb += 1
    if verb < high and reading.tokens[verb].tag_ in ("VBD", "VBZ") and reading.tokens[verb].pos_ == "VERB":
        return Link(near[1], reading.span(verb, verb + 1), "cue", 0.8, None, verb)
    end = near[0]
    if (
        end > first and reading.tokens[end].tag_ == "NNS" and reading.lower[end].rstrip("s") in cues.EVERY
    ):  # "Smith answers"
        return Link(reading.span(first, end), reading.span(end, end + 1), "cue", 0.7, None, end)
    return None


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
    if token.pos_ == "NOUN" and token.lemma_.lower() in cues.SPEECH_NOUN and skipped:
        owner = owner_of(token)
        source = noun_phrase(reading, owner) if owner is not None else None
        if source is not None:
            return Link(source, reading.span(at, at + 1), "cue", 0.8, None, at)
        return None
    punctuated = any(reading.lower[k] in (",", ":") for k in range(at + 1, first))
    if token.pos_ == "VERB" and token.tag_ != "VB" and punctuated:
        _, source = source_of(reading, token, None)
        if source is not None:
            return Link(source, reading.span(at, at + 1), "cue", 0.7, None, at)
    return None


def _without_cue(reading: Reading, stretch: Stretch, first: int, last: int, found: Cues) -> Link | None:
    """Long stretches are attributions even without a known cue; short ones are scare quotes, names or titles."""
    words = [k for k in range(first, last) if reading.is_word(k)]
    if len(words) < SCARE_WORDS or stretch.single or is_capitalised(reading, words):
        return None
    low = max(reading.sentences[reading.sentence[first]][0], first - WORDS_IN_SIGHT)
    for k in range(first - 1, low - 1, -1):
        token = reading.tokens[k]
        if token.lemma_ == "mean" and first - k <= 2:
            return None  # a translation: the name means “…”
        if token.pos_ == "VERB" and reading.quoted[k] < 0 and is_verb(token):
            head = find_subject(token, reading)
            source = noun_phrase(reading, head) if head is not None and can_speak(reading, head) else None
            if source is not None:
                return Link(source, reading.span(k, k + 1), "cue", 0.4)
    cue = last_report(reading, found, stretch.paragraph, low)
    if cue is not None:
        return Link(cue.source, None, "continuation", 0.35)
    return Link(None, None, "none", 0.3)
