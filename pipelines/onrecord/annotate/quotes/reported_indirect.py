"""Indirect speech: reported clauses and objects without quotation marks, by cues that report an act of speech."""

from collections.abc import Sequence

from onrecord.annotate.quotes import cues
from onrecord.annotate.quotes.quoted_neighbours import CUES_IN_SIGHT, WORDS_IN_SIGHT
from onrecord.annotate.quotes.reported import Cue, Cues, can_speak
from onrecord.annotate.quotes.reported_content import has_clause
from onrecord.annotate.quotes.reported_reading import Reading
from onrecord.document import Attribution

NOBODY = ("no ", "none", "nobody", "neither ")
OURSELVES = (" of us", " of you")


def find_indirect(reading: Reading, found: Cues, quoted: Sequence[Attribution]) -> list[Attribution]:
    """Reported clauses and objects without quotation marks; only the outermost of nested ones."""
    out: list[Attribution] = []
    group = max((each.group for each in quoted), default=-1) + 1
    sentence_at = {each.cue: reading.sentence[reading.token_at(each.start)] for each in reversed(quoted) if each.cue}
    spoken = {each.start for each in quoted}
    # A name or a term in marks that nobody says leaves its clause without marks.
    marked = [number >= 0 and reading.stretches[number].start in spoken for number in reading.quoted]
    taken = bytearray(len(reading.tokens))
    reporting = [
        cue for cue in found.all if cue.content is not None and cue.source is not None and _reports(reading, cue)
    ]
    index = Cues(reporting)
    for cue in reporting:
        if cue.content is None or _relays(reading, cue, index) or _is_nested(cue, index):
            continue
        whole = cue.content
        first, last = whole[0], _before_relay(reading, *whole)
        quoted_at = next((k for k in range(first, last) if marked[k]), None)
        if quoted_at is None and sentence_at.get(cue.span) == reading.sentence[cue.at]:
            continue  # what it reports is the quotation; one in a later sentence, after a colon, is more than that
        if quoted_at is not None:
            cut_short = _clause_before(reading, first, quoted_at) if cue.clausal else None
            if cut_short is None:
                continue
            first, last = cut_short
        low, high = reading.sentences[reading.sentence[cue.at]]
        if cue.how == "according_to" and any(
            _overlaps(other, cue) for other in index.between(low, high, CUES_IN_SIGHT)
        ):
            continue
        if taken[cue.at] or any(taken[first:last]) or _stands_for_words(reading, first, last):
            continue
        taken[whole[0] : whole[1]] = b"\x01" * (whole[1] - whole[0])
        start, end = reading.span(first, _past_mark(reading, last))
        out.append(
            Attribution(
                start=start,
                end=end,
                kind="indirect",
                source=cue.source,
                cue=cue.span,
                addressee=cue.addressee,
                group=group,
                how=cue.how,
                confidence=0.8 if cue.clausal else 0.65,
            )
        )
        group += 1
    return out


def _clause_before(reading: Reading, first: int, quoted_at: int) -> tuple[int, int] | None:
    """The coordinated clause that is complete before the one with the quotation: "said that A, and “B” …"."""
    for k in range(quoted_at - 1, first, -1):
        if reading.lower[k] in ("and", "but", ";") and reading.lower[k - 1] in (",", ";"):
            return (first, k - 1) if has_clause(reading, first, k - 1) else None
    return None


def _is_nested(cue: Cue, reporting: Cues) -> bool:
    """ "Envoys voiced support for the plan, officials said": the officials' words hold what the envoys voiced."""
    if cue.content is None:
        return False
    first, last = min(cue.at, cue.content[0]), max(cue.at + 1, cue.content[1])
    return any(
        other.content is not None
        and other.clausal
        and other.lemma not in cues.RELAY
        and other.how == "cue"
        and other.content[0] <= first
        and last <= other.content[1]
        for other in reporting.between(cue.at + 1, cue.at + WORDS_IN_SIGHT)[:CUES_IN_SIGHT]
    )


def _past_mark(reading: Reading, last: int) -> int:
    """The end of a content, moved behind the closing mark of a name in marks that ends it."""
    number = reading.quoted[last - 1]
    while number >= 0 and last < len(reading.quoted) and reading.quoted[last] == number:
        last += 1
    return last


def _before_relay(reading: Reading, first: int, last: int) -> int:
    """Where ", according to the agency" at the end of the content begins: it names who relays the words."""
    for k in range(first + 1, last - 1):
        if reading.lower[k] == "according" and reading.lower[k + 1] == "to" and reading.lower[k - 1] == ",":
            return k - 1 if has_clause(reading, first, k - 1) else last
    return last


def _stands_for_words(reading: Reading, first: int, last: int) -> bool:
    """ "As he says he does", "he said so": a pronoun and an auxiliary report nothing of their own."""
    return last - first <= 2 and all(
        reading.tokens[k].pos_ in ("PRON", "AUX", "ADV", "VERB") for k in range(first, last)
    )


def _overlaps(one: Cue, other: Cue) -> bool:
    if one is other or one.content is None or other.content is None:
        return False
    return one.content[0] < other.content[1] and other.content[0] < one.content[1]


def _reports(reading: Reading, cue: Cue) -> bool:
    """An act of speech by a source: not the author's own words, not denied, not merely possible."""
    if cue.how != "cue":
        return True
    verb = reading.tokens[cue.at]
    if cue.source_head is not None and reading.lower[cue.source_head] in cues.PRONOUN_SELF:
        return False
    named = reading.text[slice(*cue.source)].lower() if cue.source is not None else ""
    if named.startswith(NOBODY) or named.endswith(OURSELVES):
        return False
    for child in verb.children:
        if child.dep_ == "neg" and child.i < verb.i:
            return False
        if child.dep_ == "aux" and child.lower_ in cues.MODAL:
            return False
        if child.dep_ in ("mark", "advmod") and child.lower_ in ("if", "unless", "whether", "whenever"):
            return False
    if (cue.lemma in cues.EVIDENTIAL or not cue.clausal) and not can_speak(reading, cue.source_head):
        return False
    infinitive = verb.tag_ == "VB" and any(child.lower_ == "to" for child in verb.lefts)
    if infinitive and cue.source_head is not None and cue.source_head > cue.at:
        return False  # "to say that this is a treaty was wrong"
    if infinitive and any(child.lower_ == "for" for child in verb.lefts):
        return False  # "it would be wrong for them to demand that …"
    return not infinitive or verb.dep_ == "advcl" or (verb.dep_ == "xcomp" and verb.head.lemma_ in cues.GOES_ON)


def _relays(reading: Reading, cue: Cue, reporting: Cues) -> bool:
    """An outlet or a document that reports what a source of its own says: the source is the speaker."""
    if cue.content is None or cue.source_head is None:
        return False
    if cue.lemma not in cues.RELAY and reading.tokens[cue.source_head].lemma_.lower() not in cues.SPEECH_NOUN:
        return False
    first, last = cue.content
    return any(
        other.clausal and other.source is not None and other.source[0] <= reading.starts[first] + 1
        for other in reporting.between(first + 1, last, CUES_IN_SIGHT)
        if other is not cue
    )
