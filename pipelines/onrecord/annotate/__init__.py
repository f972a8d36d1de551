"""What is found in a document: dates, actors, quotes with their speakers, proposals.

The order of the extractors is written out in `annotate`, nowhere else. Each is a function of the document and of
earlier findings, so one is replaced by changing its module and its line here.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.actors import find_actors
from onrecord.annotate.attribution import attribute
from onrecord.annotate.dates import find_dates
from onrecord.annotate.knowledge import Knowledge
from onrecord.annotate.proposals import Codebook, find_proposals
from onrecord.annotate.quotes import find_attributions
from onrecord.document import Annotations, Document
from onrecord.parse.dateline import read_dateline

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from onrecord.annotate.encoder import Encoder

LONGEST_PARAGRAPH = 10_000  # characters


def annotate(doc: Document, syntax: "Doc", knowledge: Knowledge, codebook: Codebook, encoder: "Encoder") -> Annotations:
    """All findings in `doc`. `syntax` is its analysis by `analyse`: syntax.text equals doc.text.

    A headline names actors and dates; what it says of quotes and proposals, the article says again.
    """
    body = doc.headline_end
    dates = find_dates(doc)
    cast = find_actors(doc, syntax, knowledge)
    attributions = find_attributions(doc, syntax, encoder)
    quotes = tuple(q for q in attribute(doc, syntax, attributions, cast, dates) if q.start >= body)
    proposals = tuple(p for p in find_proposals(doc, syntax, cast, quotes, dates, codebook) if p.start >= body)
    return Annotations(
        doc=doc, actors=cast.actors(), mentions=cast.mentions(), dates=dates, quotes=quotes, proposals=proposals
    )


def analyse(docs: Iterable[Document], nlp: "Language") -> Iterator["Doc"]:
    """Tokens, tags, dependencies and names of each document, in order; offsets are those of doc.text.

    Each paragraph is analysed by itself, so no sentence or name crosses a blank line; its blank line stays with it as
    a trailing space token. So is a dateline, whose place would else be the subject of the sentence after it. The model
    sees one document at a time: floating-point sums depend on what is in a batch, and the result must not depend on
    which documents arrived together.
    """
    from spacy.tokens import Doc

    for doc in docs:
        yield Doc.from_docs(list(nlp.pipe(paragraphs(doc.text, doc.dateline))), ensure_whitespace=False)


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
