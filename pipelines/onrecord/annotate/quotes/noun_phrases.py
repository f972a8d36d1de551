"""Noun phrases as sources need them: around a head that the parse gives, or next to a verb where it fails."""

from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.reading import NOUNISH, PHRASE, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

SOURCE_POS = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "X"})
_LEFT_MODIFIERS = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "case", "advmod"}
)
_RIGHT_MODIFIERS = frozenset({"nummod", "compound", "case", "flat"})
_TAIL_PREPOSITIONS = frozenset({"of", "for", "in", "at", "from", "on", "with", "to"})
_NAME_PREPOSITIONS = frozenset({"of", "for"})  # Ministry of Defense, Center for Strategic Studies
NAMES = frozenset({"PROPN", "NUM"})
_LONGEST_SOURCE = 20  # tokens

Phrase = tuple[int, tuple[int, int]]  # head token and characters


def noun_phrase(reading: Reading, head: int) -> tuple[int, int] | None:
    """Characters of the noun phrase of `head`: modifiers, titles, "of" and "for" tails, coordinated heads.

    Relative clauses and appositions after a comma stay out, unless the head is a description and a name follows.
    """
    token = reading.tokens[head]
    if token.pos_ not in SOURCE_POS:
        return None
    first = _beginning(reading, _left_edge(reading, token), head)
    last = _end(reading, head, _right_edge(reading, token))
    if reading.paragraph[first] != reading.paragraph[last - 1]:
        return None
    return reading.span(first, last)


def _beginning(reading: Reading, first: int, head: int) -> int:
    """The first token from `first` to the head that belongs to the phrase: not a dateline, mark or verb before it."""
    while first < head and (
        not reading.is_word(first)
        or reading.quoted[first] >= 0
        or reading.sentence[first] != reading.sentence[head]  # a dateline
        or reading.lower[first] in cue_words.INVERTED
    ):
        first += 1
    return first


def _end(reading: Reading, head: int, last: int) -> int:
    """Where the phrase ends, at the latest at `last`: before a bracket left open, without marks and a genitive's s."""
    last = min(last, head + _LONGEST_SOURCE, len(reading.tokens))
    if "(" in reading.lower[head:last] and ")" not in reading.lower[head:last]:
        last = reading.lower.index("(", head)
    while last > head + 1 and (not reading.is_word(last - 1) or reading.tokens[last - 1].tag_ == "POS"):
        last -= 1
    return last


def _right_edge(reading: Reading, token: "Token") -> int:
    """Behind the last token of what follows the head and belongs to it."""
    last = int(token.i) + 1
    while last < len(reading.tokens) and reading.tokens[last].ent_iob_ == "I" and reading.tokens[last].pos_ in NAMES:
        last += 1
    for child in token.rights:
        if child.i > last + _LONGEST_SOURCE or child.dep_ == "relcl":
            break
        longer = _extended(reading, token, child, last)
        if longer is None:
            break
        last = longer
    return last


def _extended(reading: Reading, head: "Token", child: "Token", last: int) -> int | None:
    """Where the phrase, so far up to `last`, ends with `child` of its head; None: there it is over."""
    right_after = child.i == last
    if child.dep_ == "prep" and right_after:
        return child.right_edge.i + 1 if _is_tail(reading, head, child) else last
    if child.dep_ in _RIGHT_MODIFIERS and right_after:
        return int(child.right_edge.i + 1)
    if child.dep_ == "appos" and _is_same_one(head, child, last):
        return int(child.i + 1)
    if child.dep_ == "conj" and _joins(reading, last, child.left_edge.i):
        joined = noun_phrase(reading, child.i)
        return last if joined is None else max(last, reading.range_of(*joined)[1])
    return last if child.dep_ in ("cc", "punct") else None


def _is_same_one(head: "Token", apposition: "Token", last: int) -> bool:
    """An apposition right after the head, or a name behind a description and a comma: "a senator, Jane Smith"."""
    start = apposition.left_edge.i
    return start == last or (head.pos_ == "NOUN" and apposition.pos_ == "PROPN" and start == last + 1)


def _left_edge(reading: Reading, token: "Token") -> int:
    """The first token of the head's modifiers and of a name or determiner that the parser left outside."""
    first = int(token.i)
    for child in token.lefts:
        if child.dep_ in _LEFT_MODIFIERS:
            first = min(first, child.left_edge.i)
    tokens = reading.tokens
    while first > 0 and reading.sentence[first - 1] == reading.sentence[token.i] and reading.quoted[first - 1] < 0:
        before = tokens[first - 1]
        name_goes_on = token.pos_ == "PROPN" and before.lower_ in _NAME_PREPOSITIONS and first > 1
        if name_goes_on and tokens[first - 2].pos_ == "PROPN" and tokens[first - 2].head.i >= first - 2:
            first -= 2
        elif name_goes_on and tokens[first - 2].pos_ == "PROPN":
            first = min(first - 2, _left_edge(reading, tokens[first - 2]))
        elif _belongs_before(before, tokens[first], first):
            first -= 1
        else:
            break
    return first


def _belongs_before(before: "Token", first_token: "Token", first: int) -> bool:
    """A name or a determiner that the parser left outside the phrase that begins at token `first`."""
    if before.pos_ == "PROPN":
        return first_token.pos_ in ("PROPN", "NOUN") and before.ent_type_ not in ("DATE", "TIME")
    return bool(before.pos_ == "DET" and before.head.i >= first and before.lower_ not in ("both", "that"))


def _is_tail(reading: Reading, head: "Token", preposition: "Token") -> bool:
    """Does the phrase with this preposition belong to the name or description?"""
    first, last = preposition.i, preposition.right_edge.i
    if head.pos_ == "PROPN":
        determined = reading.tokens[min(first + 1, last)].pos_ == "DET"
        after = reading.tokens[min(first + 1 + determined, last)]
        place = preposition.lower_ == "in" and head.ent_type_ != "PERSON" and any(c.dep_ == "det" for c in head.lefts)
        if not (preposition.lower_ in _NAME_PREPOSITIONS or place) or not after.text[0].isupper():
            return False
    elif head.pos_ not in ("NOUN", "NUM", "DET", "ADJ", "PRON") or preposition.lower_ not in _TAIL_PREPOSITIONS:
        return False
    return last - first <= 8 and all(
        reading.quoted[k] < 0 and reading.tokens[k].pos_ != "VERB" and reading.lower[k] != ","
        for k in range(first, last + 1)
    )


def _joins(reading: Reading, last: int, start: int) -> bool:
    return 0 <= start - last <= 3 and all(
        reading.lower[k] in (",", "and", "or", "&", "both") for k in range(last, start)
    )


def phrase_after(reading: Reading, at: int) -> Phrase | None:
    """Head and characters of the noun phrase that begins at token `at` or after adverbs there."""
    first = at
    sentence = reading.sentence[at] if at < len(reading.tokens) else -1
    while (
        first < len(reading.tokens)
        and reading.tokens[first].pos_ == "ADV"
        and not _is_name(reading.tokens[first])
        and reading.sentence[first] == sentence
    ):
        first += 1
    last = first
    while (
        last < len(reading.tokens)
        and last - first < _LONGEST_SOURCE
        and reading.sentence[last] == sentence
        and reading.quoted[last] < 0
        and (_in_phrase(reading.tokens[last]) or (last > first and reading.lower[last] in _NAME_PREPOSITIONS))
    ):
        last += 1
    return _phrase(reading, first, last)


def _is_name(token: "Token") -> bool:
    """A capitalised word inside a sentence that the tagger takes for something else: "said Skelly"."""
    return bool(
        token.text[0].isupper() and token.pos_ in ("X", "ADV", "ADJ", "INTJ", "VERB") and not token.is_sent_start
    )


def _in_phrase(token: "Token") -> bool:
    return token.pos_ in PHRASE or _is_name(token)


def phrase_before(reading: Reading, at: int) -> Phrase | None:
    """Head and characters of the noun phrase that ends before token `at`, auxiliaries and adverbs left out."""
    sentence = reading.sentence[at]
    last = at
    while (
        last > 0
        and reading.tokens[last - 1].pos_ in ("ADV", "AUX")
        and not _is_name(reading.tokens[last - 1])
        and reading.sentence[last - 1] == sentence
    ):
        last -= 1
    first = last
    while (
        first > 0
        and last - first < _LONGEST_SOURCE
        and reading.sentence[first - 1] == sentence
        and reading.quoted[first - 1] < 0
        and (_in_phrase(reading.tokens[first - 1]) or reading.lower[first - 1] in _NAME_PREPOSITIONS)
    ):
        first -= 1
    found = _phrase(reading, first, last)
    if found is None:
        return None
    after = range(found[0] + 1, last)
    dated = all(
        reading.tokens[k].ent_type_ in ("DATE", "TIME") or reading.lower[k] in cue_words.REFLEXIVE for k in after
    )
    return found if dated else None


def _phrase(reading: Reading, first: int, last: int) -> Phrase | None:
    while first < last and reading.lower[first] in _NAME_PREPOSITIONS:
        first += 1
    heads = [
        k
        for k in range(first, last)
        if (reading.tokens[k].pos_ in NOUNISH or _is_name(reading.tokens[k]))
        and reading.tokens[k].ent_type_ not in ("DATE", "TIME")
        and reading.lower[k] not in cue_words.REFLEXIVE
    ]
    if not heads or reading.tokens[first].ent_type_ in ("DATE", "TIME"):
        return None
    return heads[-1], reading.span(first, heads[-1] + 1)
