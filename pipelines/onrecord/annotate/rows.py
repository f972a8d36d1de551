"""Annotations to rows: one `*_rows` function per table that is filled article by article.

A row is a dict with exactly the table's columns. What spans several articles (actors' counts, duplicates) is left to
`assemble`; the actors' columns that only it can know are not given here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from onrecord.annotate.actors.confidence import link_confidence
from onrecord.document import Annotations, Date, Document, Proposal, Quote, Rejected
from onrecord.parse.publication.confidence import confidence_of, rule_of

Row = dict[str, Any]


def _article_rows(found: Annotations) -> Iterator[Row]:
    doc = found.doc
    published = doc.published
    yield {
        "article_id": doc.article_id,
        "source_file": doc.source_file,
        "source_sha256": doc.source_sha256,
        "url": doc.url,
        "title": doc.title,
        "outlet": doc.outlet,
        "authors": list(doc.authors),
        "dateline": doc.dateline,
        "section": doc.section,
        "rights": doc.rights,
        "language": doc.language,
        "published": published.day,
        "published_basis": published.basis,
        "published_earliest": published.earliest,
        "published_latest": published.latest,
        "published_edtf": published.edtf,
        "published_evidence": published.evidence,
        "published_rule": rule_of(published),
        "published_confidence": confidence_of(published),
        "repairs": list(doc.repairs),
        "truncated": doc.truncated,
        "text": doc.text,
        "word_count": len(doc.text.split()),
        "duplicate_of": None,
        "supersedes": None,
    }


# Columns that only the whole corpus can fill, or who corrects it, by table.
CORPUS_ONLY: Mapping[str, frozenset[str]] = {
    "actors": frozenset(
        {"is_named", "is_government", "aliases", "article_count", "mention_count", "first_seen", "last_seen"}
    ),
    **dict.fromkeys(("dates", "mentions"), frozenset({"corrected_by"})),
    "quotes": frozenset({"corrected_by", "utterance_id", "utterance_method", "utterance_similarity"}),
    "proposals": frozenset({"corrected_by", "initiative_id", "initiative_method", "initiative_similarity"}),
}


def _actor_rows(found: Annotations) -> Iterator[Row]:
    """Actors as one article knows them, without CORPUS_ONLY; `assemble` joins them over the corpus."""
    for actor in found.actors:
        yield {
            "actor_id": actor.actor_id,
            "name": actor.name,
            "type": actor.type,
            "country": actor.country,
            "sector": actor.sector,
            "wikidata_id": actor.wikidata_id,
            "parent_actor_id": actor.parent_actor_id,
            "organization_actor_id": actor.organization_actor_id,
            "roles": list(actor.roles),
            "gender": actor.gender,
            "party": actor.party,
            "link_method": actor.link_method,
        }


def _mention_rows(found: Annotations) -> Iterator[Row]:
    known_by = {actor.actor_id: actor.link_method for actor in found.actors}
    for mention in found.mentions:
        yield {
            "mention_id": _id(found.doc, "m", mention.start, mention.end),
            "article_id": found.doc.article_id,
            "actor_id": mention.actor_id,
            "start": mention.start,
            "end": mention.end,
            "text": found.doc.text[mention.start : mention.end],
            "form": mention.form,
            "role": mention.role,
            "link_confidence": link_confidence(mention.form, known_by[mention.actor_id]),
        }


def _date_rows(found: Annotations) -> Iterator[Row]:
    for when in found.dates:
        yield {
            "date_id": _date_id(found.doc, when),
            "article_id": found.doc.article_id,
            "start": when.start,
            "end": when.end,
            "text": found.doc.text[when.start : when.end],
            "type": when.type,
            "value": when.value,
            "mod": when.mod,
            "edtf": when.edtf,
            "earliest": when.earliest,
            "latest": when.latest,
            "granularity": when.granularity,
            "anchor": when.anchor,
            "rule": when.rule,
            "confidence": when.confidence,
        }


def quote_rows(found: Annotations) -> Iterator[Row]:
    doc = found.doc
    firsts: dict[int, str] = {}
    for quote in found.quotes:
        quote_id = _quote_id(doc, quote)
        yield {
            "quote_id": quote_id,
            "article_id": doc.article_id,
            "start": quote.start,
            "end": quote.end,
            "text": doc.text[quote.start : quote.end],
            "kind": quote.kind,
            "speaker_actor_id": quote.speaker_actor_id,
            **_span(doc, "speaker", quote.speaker, text="speaker_text"),
            **_span(doc, "cue", quote.cue, text="cue"),
            "addressee_actor_id": quote.addressee_actor_id,
            "group_id": firsts.setdefault(quote.group, quote_id),
            "said_earliest": quote.said_earliest,
            "said_latest": quote.said_latest,
            "attribution": quote.attribution,
            "attitude": quote.attitude,
            "polarity": quote.polarity,
            "within_quote_id": quote.within and _id(doc, "q", *quote.within),
            "confidence": quote.confidence,
        }


def quote_speaker_rows(found: Annotations) -> Iterator[Row]:
    for quote in found.quotes:
        if quote.speaker_actor_id is not None:
            for place, actor_id in enumerate((quote.speaker_actor_id, *quote.joint_speakers), 1):
                yield {"quote_id": _quote_id(found.doc, quote), "actor_id": actor_id, "place": place}


def _proposal_rows(found: Annotations) -> Iterator[Row]:
    doc = found.doc
    for proposal in found.proposals:
        yield {
            "proposal_id": _proposal_id(doc, proposal),
            "article_id": doc.article_id,
            "start": proposal.start,
            "end": proposal.end,
            "text": doc.text[proposal.start : proposal.end],
            "type": proposal.type,
            "plover": proposal.plover,
            "plover_mode": proposal.plover_mode,
            "action": proposal.action,
            "issue_id": proposal.issue_id,
            "stance": proposal.stance,
            "issue_similarity": proposal.issue_similarity,
            "wanted": proposal.wanted,
            "modality": proposal.modality,
            **_span(doc, "cue", proposal.cue, text="cue"),
            "instrument": proposal.instrument,
            "instrument_ref": proposal.instrument_ref,
            "quote_id": proposal.quote and _quote_id(doc, proposal.quote),
            "date_id": proposal.date and _date_id(doc, proposal.date),
            "rule": proposal.rule,
            "confidence": proposal.confidence,
        }


def _proposal_actor_rows(found: Annotations) -> Iterator[Row]:
    for proposal in found.proposals:
        for party in proposal.parties:
            yield {
                "proposal_id": _proposal_id(found.doc, proposal),
                "actor_id": party.actor_id,
                "role": party.role,
                "text": party.text,
            }


def topic_rows(found: Annotations) -> Iterator[Row]:
    """What proposals without an issue are about, for assembly to group."""
    for proposal in found.proposals:
        if proposal.topic is not None:
            yield {
                "article_id": found.doc.article_id,
                "proposal_id": _proposal_id(found.doc, proposal),
                "topic": proposal.topic.key,
                "label": proposal.topic.label,
                "stance": proposal.topic.stance,
            }


def rejection_row(refused: Rejected) -> Row:
    return {
        "source_file": refused.source_file,
        "source_sha256": refused.source_sha256,
        "stage": refused.stage.value,
        "reason": refused.reason.value,
        "detail": refused.detail,
    }


# The tables that an article fills, each with its function. issues come from the codebook, rejections from every step.
ROWS: Mapping[str, Callable[[Annotations], Iterator[Row]]] = {
    "articles": _article_rows,
    "actors": _actor_rows,
    "mentions": _mention_rows,
    "dates": _date_rows,
    "quotes": quote_rows,
    "quote_speakers": quote_speaker_rows,
    "proposals": _proposal_rows,
    "proposal_actors": _proposal_actor_rows,
}


def _id(doc: Document, kind: str, start: int, end: int) -> str:
    """Content-derived: the article's id comes from its text, the offsets from what was found there."""
    return f"{doc.article_id}:{kind}:{start}-{end}"


def _date_id(doc: Document, when: Date) -> str:
    return _id(doc, "d", when.start, when.end)


def _quote_id(doc: Document, quote: Quote) -> str:
    return _id(doc, "q", quote.start, quote.end)


def _proposal_id(doc: Document, proposal: Proposal) -> str:
    return f"{_id(doc, 'p', proposal.start, proposal.end)}:{proposal.type}"


def _span(doc: Document, name: str, span: tuple[int, int] | None, *, text: str) -> Row:
    start, end = span or (None, None)
    return {text: span and doc.text[slice(*span)], f"{name}_start": start, f"{name}_end": end}
