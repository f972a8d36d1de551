"""Who said it: the source of each attribution resolved to an actor, and the day on which it was said.

Works from attributions alone, however they were found.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.references import resolve
from onrecord.annotate.quotes.speakers import cited, find_joint, find_speaker
from onrecord.annotate.quotes.speakers.confidence import confidence_of
from onrecord.annotate.quotes.speakers.local import antecedent, before_own_cue, passed_on, relayed
from onrecord.annotate.syntax.spans import phrase_span, trimmed
from onrecord.document import Attribution, Date, Document, Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from onrecord.annotate.actors.cast import Cast

_ADVERBIAL = frozenset({"pobj", "prep", "npadvmod", "advmod", "pcomp"})  # from a date up to the verb that it dates
STEPS = 6
_DATE_REACH = 1500  # characters between a cue and the date of its clause
_ADVERBS = 15  # characters of adverbs between a source and its verb


def attribute(
    doc: Document,
    syntax: "Doc",
    attributions: Sequence[Attribution],
    cast: "Cast",
    dates: Sequence[Date],
    *,
    judged: bool = True,
) -> tuple[Quote, ...]:
    """Quotes in the order of `attributions`, one for the same words; what they use of the cast is recorded there.

    A source that cannot be resolved leaves the speaker null. The confidence of a quote with a speaker is that of the
    whole row; with `judged` off it is left as the attribution has it, which is how sure its words are.
    """
    quotes: list[Quote] = []
    taken: set[tuple[int, int]] = set()
    for attribution in attributions:
        attribution = _tidy(attribution, cast, quotes)
        if (attribution.start, attribution.end) in taken:
            continue  # cut before its cue, it tells what another tells already
        taken.add((attribution.start, attribution.end))
        found = _same_words(attribution, quotes, cast) or find_speaker(attribution, cast, quotes, attributions)
        joint = find_joint(attribution, found, cast)
        speaker = _recorded(found, cast)
        joint = tuple(each for each in joint if speaker is not None and cast.record(each))
        addressee = _named(attribution.addressee, cast)
        if addressee is not None and speaker is not None and addressee.actor_id == speaker.actor_id:
            addressee = None
        addressee = _recorded(addressee, cast)
        said = _said(doc, syntax, attribution, dates)
        quotes.append(
            Quote(
                start=attribution.start,
                end=attribution.end,
                kind=attribution.kind,
                speaker_actor_id=speaker.actor_id if speaker else None,
                joint_speakers=tuple(each.actor_id for each in joint),
                speaker=attribution.source,
                cue=attribution.cue,
                addressee_actor_id=addressee.actor_id if addressee else None,
                group=attribution.group,
                said_earliest=said.earliest if said else None,
                said_latest=said.latest if said else None,
                attribution=attribution.how if attribution.source is not None else "none",
                attitude=attribution.attitude,
                polarity=attribution.polarity,
                confidence=attribution.confidence,
            )
        )
    told = tuple(_one_speaker_each(quotes))
    return tuple(
        replace(quote, confidence=confidence_of(quote, cast, before))
        if judged and quote.speaker_actor_id is not None
        else quote
        for quote, before in zip(told, (None, *told), strict=False)
    )


def _same_words(attribution: Attribution, quotes: Sequence[Quote], cast: "Cast") -> Reference | None:
    """Who said the piece before of the same utterance, if the same words name its source."""
    last = quotes[-1] if quotes else None
    if last is None or last.group != attribution.group or last.speaker is None or last.speaker != attribution.source:
        return None
    return Reference(cast[last.speaker_actor_id]) if last.speaker_actor_id is not None else None


def _one_speaker_each(quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The quotes with their groups numbered anew: a cue that was read with two speakers joins two utterances."""
    first = {quote.group: quote.speaker_actor_id for quote in reversed(quotes) if quote.speaker_actor_id is not None}
    groups: dict[tuple[int, str | None], int] = {}
    for quote in quotes:
        speaker = quote.speaker_actor_id or first.get(quote.group)
        yield replace(quote, group=groups.setdefault((quote.group, speaker), len(groups)))


def _recorded(reference: Reference | None, cast: "Cast") -> Reference | None:
    """What a row may name: the reference, once the article has words for its actor."""
    return reference if reference is not None and cast.record(reference) else None


def _tidy(attribution: Attribution, cast: "Cast", earlier: Sequence[Quote]) -> Attribution:
    """With the local mention of whoever may be the speaker for a source, and spans that hold words only."""
    text, source, how, cue = cast.doc.text, attribution.source, attribution.how, attribution.cue
    before = relayed(attribution, cast, earlier)
    if before is not None:
        source, how, cue = before.speaker, "continuation", None
    source = (cited(attribution, cast) if before is None else None) or antecedent(source, cast)
    source = passed_on(source, cast) or source
    start, end = trimmed(text, attribution.start, before_own_cue(attribution, text))
    return replace(
        attribution,
        start=start,
        end=end,
        source=_phrase(text, source),
        extent=attribution.extent if before is None else None,
        cue=_phrase(text, cue),
        addressee=_phrase(text, attribution.addressee),
        how=how,
    )


def _phrase(text: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """The words of a span that may reach too far; None if it has none."""
    start, end = phrase_span(text, *span) if span is not None else (0, 0)
    return (start, end) if start < end else None


def _named(span: tuple[int, int] | None, cast: "Cast") -> Reference | None:
    """Whom the phrase refers to first."""
    resolved = resolve(cast, *span) if span is not None else ()
    return resolved[0] if resolved else None


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
        if abs(date.start - attribution.cue[0]) > _DATE_REACH:
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
    return text[date.end : source[0]].strip() in ("", ",") and cue[0] - source[1] <= _ADVERBS


def _hangs_on(token: "Token", verbs: set[int]) -> bool:
    for _ in range(STEPS):
        if token.dep_ not in _ADVERBIAL or token.head.i == token.i:
            return False
        token = token.head
        if token.i in verbs:
            return True
    return False
