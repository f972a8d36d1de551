"""What is proposed, as words and as a part of the analysed text."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True, slots=True)
class ProposedWords:
    """`span` is None if the words hold no token."""

    words: str
    span: "Span | None"

    @property
    def root(self) -> "Token | None":
        return None if self.span is None else self.span.root


def proposed_words(text: str, syntax: "Doc", start: int, end: int) -> ProposedWords:
    """The content text[start:end], in code points; `syntax` is the analysis of the text."""
    span = syntax.char_span(start, end, alignment_mode="expand")
    return ProposedWords(text[start:end], span if span is not None and len(span) else None)
