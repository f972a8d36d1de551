"""Who said it: the source of each attribution resolved to an actor, and the day on which it was said.

Works from attributions alone, however they were found.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.cues import SPEECH_NOUN
from onrecord.document import Attribution, Date, Document, Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from onrecord.annotate.cast import Cast

ADVERBIAL = frozenset({"pobj", "prep", "npadvmod", "advmod", "pcomp"})  # from a date up to the verb that it dates
STEPS = 6
ADVERBS = 15  # characters of adverbs between a source and its verb
STATEMENT_REACH = 1500  # characters back to the speaker whose statement "the statement" is


def attribute(
    doc: Document, syntax: "Doc", attributions: Sequence[Attribution], cast: "Cast", dates: Sequence[Date]
) -> tuple[Quote, ...]:
    """Quotes in the order of `attributions`. A source that cannot be resolved leaves the speaker null."""
    quotes: list[Quote] = []
    for attribution in attributions:
        speaker = _speaker(syntax, attribution, cast, quotes)
        addressee = _named(attribution.addressee, cast)
        said = _said(doc, syntax, attribution, dates)
        quotes.append(
            Quote(
                start=attribution.start,
                end=attribution.end,
                kind=attribution.kind,
                speaker_actor_id=speaker,
                speaker=attribution.source,
                cue=attribution.cue,
                addressee_actor_id=addressee if addressee != speaker else None,
                group=attribution.group,
                said_earliest=said.earliest if said else None,
                said_latest=said.latest if said else None,
                attribution=attribution.how,
                confidence=attribution.confidence,
            )
        )
    return tuple(quotes)


def _named(span: tuple[int, int] | None, cast: "Cast") -> str | None:
    """The first actor that the phrase names."""
    resolved = cast.resolve(*span) if span is not None else ()
    return resolved[0] if resolved else None


def _speaker(syntax: "Doc", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> str | None:
    """The actor that the source names; a description that names nobody becomes an unnamed source."""
    source = attribution.source
    if source is None:
        return None
    tokens = syntax.char_span(*source, alignment_mode="expand")
    if tokens is not None and tokens.root.lemma_.lower() in SPEECH_NOUN:
        return _issuer(tokens, attribution, cast, earlier)
    speaker = _named(source, cast)
    if speaker is None and tokens is not None and any(token.pos_ == "NOUN" for token in tokens):
        return cast.unnamed(*source)
    return speaker


def _issuer(tokens: "Span", attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> str | None:
    """Whose statement it is: the owner inside the phrase, else for "the statement" whoever spoke last."""
    owner = tokens[: tokens.root.i - tokens.start]
    if any(token.pos_ in ("NOUN", "PROPN") for token in owner):
        named = cast.mentions_in(owner.start_char, owner.end_char)
        if named:
            return named[-1].actor_id
    if tokens[0].lower_ in ("a", "an", "another", "one", "some") and len(owner) == 1:
        return None
    for quote in reversed(earlier):
        if attribution.start - quote.end > STATEMENT_REACH:
            return None
        if quote.speaker_actor_id is not None and quote.end <= attribution.start:
            return quote.speaker_actor_id
    return None


def _said(doc: Document, syntax: "Doc", attribution: Attribution, dates: Sequence[Date]) -> Date | None:
    """The date that hangs on the cue's verb: "said in Geneva on Tuesday", but not "called the 2015 agreement"."""
    if attribution.cue is None:
        return None
    cue = syntax.char_span(*attribution.cue, alignment_mode="expand")
    if cue is None:
        return None
    for date in dates:
        if date.earliest is None or date.latest is None or date.type not in ("DATE", "TIME"):
            continue
        if attribution.start < date.end and date.start < attribution.end:
            continue
        tokens = syntax.char_span(date.start, date.end, alignment_mode="expand")
        if tokens is not None and _hangs_on(tokens.root, {token.i for token in cue}):
            return date
        if _opens(doc.text, date, attribution.source, attribution.cue):
            return date
    return None


def _opens(text: str, date: Date, source: tuple[int, int] | None, cue: tuple[int, int]) -> bool:
    """ "On Tuesday Mr. Smith said": the date stands right before the source, and that right before the cue."""
    if source is None or not date.end <= source[0] < source[1] <= cue[0]:
        return False
    return text[date.end : source[0]].strip() in ("", ",") and cue[0] - source[1] <= ADVERBS


def _hangs_on(token: "Token", verbs: set[int]) -> bool:
    for _ in range(STEPS):
        if token.dep_ not in ADVERBIAL or token.head.i == token.i:
            return False
        token = token.head
        if token.i in verbs:
            return True
    return False
