"""A document seen as reporter's text and quoted text: which tokens are quoted, and the reporter's sentences.

The parser's own sentences break inside quotations and at their ends; here a quotation belongs to the sentence that
reports it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.quotes.cue_words import SAY, UTTER
from onrecord.annotate.quotes.interviews import find_turns
from onrecord.annotate.quotes.stretches import Stretch, find_stretches, paragraph_spans
from onrecord.knowledge.word_lists import listed_lower

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_DATELINE = re.compile(r"[A-Z][A-Z.,/ ]{2,40}[^\n—–-]{0,40}?(?:\([^()\n]{1,40}\))? ?(?:[—–]|--|(?<=\s)-) ?(?=\S)")
_STOPS = frozenset({".", "?", "!", "…", "...", "?!", "!!", "...."})
TITLES = frozenset(
    f"{word}." for word in listed_lower("title_short", "title_short_plural", "honorific_short", "abbreviation")
)
_MARKS = frozenset("“”„«»\"‘’'`")
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
NOUNISH = frozenset({"NOUN", "PROPN", "PRON"})
PHRASE = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "PART"})


class Reading:
    """Tokens of `syntax` with the quoted stretch (or -1), paragraph and reporter's sentence of each.

    A sentence is a range of token indices, end exclusive.
    """

    def __init__(self, text: str, syntax: "Doc", stretches: tuple[Stretch, ...] | None = None) -> None:
        self.text = text
        self.tokens: list[Token] = list(syntax)
        self.stretches = find_stretches(text) if stretches is None else stretches
        self.starts = [token.idx for token in self.tokens]
        self.lower = [token.lower_ for token in self.tokens]
        self.quoted = self._quoted()
        self.paragraphs = paragraph_spans(text)
        self.turns = find_turns(text, self.paragraphs)
        self.paragraph = self._paragraph()
        self.sentences: list[tuple[int, int]] = list(self._sentences())
        self.sentence = [0] * len(self.tokens)
        for number, (first, last) in enumerate(self.sentences):
            for i in range(first, last):
                self.sentence[i] = number

    def token_at(self, offset: int) -> int:
        """Index of the token that holds the character at `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Token range of a span of characters."""
        return self.token_at(start), self.token_at(max(end - 1, start)) + 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Characters of tokens first..last-1."""
        token = self.tokens[last - 1]
        return self.starts[first], token.idx + len(token.text)

    def is_word(self, i: int) -> bool:
        return any(character.isalnum() for character in self.lower[i])

    def _quoted(self) -> list[int]:
        quoted = [-1] * len(self.tokens)
        for number, stretch in enumerate(self.stretches):
            first, last = self.range_of(stretch.outer_start, stretch.outer_end)
            for i in range(first, last):
                quoted[i] = number
        return quoted

    def _paragraph(self) -> list[int]:
        starts = [start for start, _ in self.paragraphs]
        return [max(bisect_right(starts, offset) - 1, 0) for offset in self.starts]

    def _sentences(self) -> Iterator[tuple[int, int]]:
        begin = 0
        count = len(self.tokens)
        datelines = set(self._datelines())
        ended = False
        for i in range(count):
            ended = ended or i + 1 == count or i in datelines or self._ends(i)
            goes_on = i + 1 < count and self.tokens[i + 1].is_space and self.paragraph[i] == self.paragraph[i + 1]
            if ended and not goes_on:  # white space belongs to the sentence before it
                yield begin, i + 1
                begin, ended = i + 1, False

    def _datelines(self) -> Iterator[int]:
        """Last token of each dateline: "SEOUL (Reuters) - "."""
        for start, end in self.paragraphs:
            match = _DATELINE.match(self.text, start, min(end, start + 100))
            if match is not None:
                yield self.token_at(match.end()) - 1

    def _ends(self, i: int) -> bool:
        """Does a reporter's sentence end after token i?"""
        tokens, following = self.tokens, i + 1
        if self.paragraph[i] != self.paragraph[following]:
            return True
        if tokens[i].is_space:
            return False
        while following < len(tokens) - 1 and tokens[following].is_space:
            following += 1
        if self.quoted[i] < 0:
            return self._ends_outside_marks(i, following)
        return self.quoted[following] != self.quoted[i] and self._ends_with_marks(self.quoted[i], following)

    def _ends_outside_marks(self, i: int, following: int) -> bool:
        """After a full stop, its own token or that of the word before; `following` is the next token with a text."""
        word, after = self.lower[i], self.tokens[following].text
        if word in _STOPS:
            abbreviated = i > 0 and self.lower[i - 1] + word in TITLES
            return not abbreviated and not after[0].islower() and after not in ",;"
        return (
            word.endswith(".")
            and word not in TITLES
            and len(word) > 1
            and bool(self.tokens[following].is_sent_start)
            and (after[0].isupper() or after[0] in _MARKS)
        )

    def _ends_with_marks(self, number: int, following: int) -> bool:
        """With a quoted stretch that ends like a sentence, where token `following`, behind it, begins like one."""
        stretch, after = self.stretches[number], self.tokens[following].text
        if not stretch.closed:
            return True
        last = self.text[stretch.end - 1]
        if last not in ".?!…" and not (last in _MARKS and stretch.end > 1 and self.text[stretch.end - 2] in ".?!…"):
            return False
        if after[0].islower() or not (after[0].isalnum() or after[0] in _MARKS or after[0] in "[("):
            return False
        return last == "." or not self._speaker_follows(following)

    def _speaker_follows(self, i: int) -> bool:
        """“Really?” Ms. Smith asked. The mark ends the question, not the sentence."""
        for k in range(i, min(i + 9, len(self.tokens))):
            token = self.tokens[k]
            if self.quoted[k] >= 0 or self.lower[k] in _STOPS:
                return False
            if token.pos_ in ("VERB", "AUX"):
                goes_on = token.lemma_ == "go" and self.lower[min(k + 1, len(self.lower) - 1)] == "on"
                return goes_on or token.lemma_ in SAY or token.lemma_ in UTTER
        return False
