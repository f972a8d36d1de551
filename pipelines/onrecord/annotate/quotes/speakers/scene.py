"""What of a document stays the same while its attributions are given speakers, one after the other."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.document import Attribution, Mention

if TYPE_CHECKING:
    from onrecord.annotate.actors.cast import Cast


class Scene:
    """The paragraphs, sentences and quoted words of one document, and how its mentions stand in them."""

    def __init__(self, cast: "Cast", attributions: Sequence[Attribution]) -> None:
        self.cast = cast
        self._paragraphs = list(_paragraphs(cast.doc.text))
        self._sentences = [token.idx for token in cast.syntax if token.is_sent_start]
        self._quoted = [(each.start, each.end) for each in attributions if each.kind != "indirect"]
        self._quoted_starts = [start for start, _ in self._quoted]
        self._subjects: dict[tuple[int, int], int] = {}

    def paragraph(self, at: int) -> int:
        """Number of the paragraph of the character at `at`."""
        return bisect_right(self._paragraphs, at)

    def sentence(self, at: int) -> int:
        """Number of the sentence, as the parser sees it."""
        return bisect_right(self._sentences, at)

    def is_first(self, mention: Mention) -> bool:
        """Whether nobody is mentioned before it in its paragraph."""
        number = self.paragraph(mention.start)
        start = self._paragraphs[number - 1] if number else 0
        return next(iter(self.cast.mentions_in(start, mention.end)), mention) == mention

    def is_quoted(self, mention: Mention) -> bool:
        """Whether it stands inside quoted words."""
        before = bisect_right(self._quoted_starts, mention.start) - 1
        return before >= 0 and mention.end <= self._quoted[before][1]

    def subject(self, mention: Mention) -> int:
        """2 for the subject of a main clause, 1 for that of another clause, else 0."""
        key = mention.start, mention.end
        if key not in self._subjects:
            span = self.cast.syntax.char_span(*key, alignment_mode="expand")
            root = span.root if span is not None and len(span) else None
            is_subject = root is not None and root.dep_ in ("nsubj", "nsubjpass")
            self._subjects[key] = 0 if root is None or not is_subject else 2 if root.head.dep_ == "ROOT" else 1
        return self._subjects[key]


def _paragraphs(text: str) -> Iterator[int]:
    """Where each paragraph but the first begins."""
    at = text.find("\n\n")
    while at >= 0:
        yield at + 2
        at = text.find("\n\n", at + 2)
