"""Tokens, tags, dependencies and names of a document."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.people_told import tell_people
from onrecord.document import Document
from onrecord.parse.head.dateline import read_dateline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

LONGEST_PARAGRAPH = 10_000  # characters


def analyse(docs: Iterable[Document], nlp: "Language") -> Iterator["Doc"]:
    """Tokens, tags, dependencies and names of each document, in order; offsets are those of doc.text.

    Each paragraph is analysed by itself, so no sentence or name crosses a blank line; its blank line stays with it as
    a trailing space token. So is a dateline, whose place would else be the subject of the sentence after it. The model
    sees one document at a time: floating-point sums depend on what is in a batch, and the result must not depend on
    which documents arrived together.
    """
    from spacy.tokens import Doc

    for doc in docs:
        parts = list(nlp.pipe(paragraphs(doc.text, doc.dateline)))
        whole = Doc.from_docs(parts, ensure_whitespace=False) if parts else nlp.make_doc("")
        tell_people(whole)
        yield whole


def paragraphs(text: str, dateline: str | None = None) -> Iterator[str]:
    """The paragraphs of a body, each with the blank line after it, so that joined they are the body again.

    The one that begins with the place of the `dateline` is cut behind that.

    One of more than LONGEST_PARAGRAPH characters is cut at white space: it is no paragraph that anybody wrote, and
    what follows walks through sentences in quadratic time.
    """
    start = 0
    while start < len(text):
        at = text.find("\n\n", start)
        end = len(text) if at < 0 else at + 2
        if end - start > LONGEST_PARAGRAPH:
            longest = start + LONGEST_PARAGRAPH
            end = text.rfind(" ", start + 1, longest) + 1 or longest
        if dateline and text.startswith(dateline, start):
            opening = read_dateline(text[start:end])
            end = start + opening.end if opening is not None and opening.place == dateline else end
            dateline = None
        yield text[start:end]
        start = end
