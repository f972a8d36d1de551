"""What is found in a document: dates, actors, quotes with their speakers, proposals.

The order of the extractors is written out in `annotate`, nowhere else. Each is a function of the document and of
earlier findings, so one is replaced by changing its module and its line here.
"""

from typing import TYPE_CHECKING

from onrecord.annotate.actors import find_actors
from onrecord.annotate.actors.employers import tell_employers
from onrecord.annotate.actors.genders import tell_genders
from onrecord.annotate.dates import find_dates
from onrecord.annotate.proposals import Codebook, find_proposals
from onrecord.annotate.proposals.confidence import judge_of
from onrecord.annotate.proposals.heads import find_candidates
from onrecord.annotate.proposals.parties.ranking import ranker_of
from onrecord.annotate.quotes import find_attributions
from onrecord.annotate.quotes.nesting import nested
from onrecord.annotate.quotes.speakers.attribution import attribute
from onrecord.annotate.quotes.stretches import find_stretches
from onrecord.document import Annotations, Document
from onrecord.knowledge import Knowledge

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.annotate.encoder import Encoder


def annotate(doc: Document, syntax: "Doc", knowledge: Knowledge, codebook: Codebook, encoder: "Encoder") -> Annotations:
    """All findings in `doc`. `syntax` is its analysis by `analyse`: syntax.text equals doc.text.

    A headline names actors and dates; what it says of quotes and proposals, the article says again.
    """
    dates = find_dates(doc)
    cast = find_actors(doc, syntax, knowledge)
    seen = encoder.read(doc.text, find_stretches(doc.text))
    attributions = tuple(a for a in find_attributions(doc, syntax, encoder, seen) if a.start >= doc.headline_end)
    quotes = nested(attribute(doc, syntax, attributions, cast, dates))
    candidates, judge, ranker = find_candidates(*seen), judge_of(encoder.decoding), ranker_of(encoder.decoding)
    proposals, turned_down = find_proposals(doc, syntax, cast, quotes, dates, codebook, candidates, judge, ranker)
    return Annotations(
        doc=doc,
        actors=tell_employers(tell_genders(cast), cast),
        mentions=cast.mentions(),
        dates=dates,
        quotes=quotes,
        proposals=proposals,
        turned_down=turned_down,
    )
