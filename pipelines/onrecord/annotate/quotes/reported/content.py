"""Where reported words begin and end: edges of a range of tokens, and whether it holds a clause."""

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.reading import FINITE, NOUNISH, Reading

_OPENERS = frozenset({"$", "(", "[", "“", '"', "‘", "'", "€", "£", "#", "@"})
_CLOSERS = frozenset({")", "%", "]"})
_LEADS = frozenset({"that", "and", "but", "however"})  # our convention leaves the conjunction out of the content
_LONGEST_INSERTION = 15  # tokens
RELATIVE = frozenset({"who", "whose", "which"})
_LINKS = frozenset({"IN", "CC", "TO"})  # tags
_WITH_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})


def before_medium(reading: Reading, first: int, last: int) -> int:
    """ "… against intervention in a memo": where the preposition with the statement, letter or interview begins."""
    for k in range(first + 1, last - 1):
        if reading.lower[k] in ("in", "during") and any(
            reading.tokens[j].lemma_.lower() in cue_words.SPEECH_NOUN for j in range(k + 1, min(k + 4, last))
        ):
            return k
    return last


def with_tail(reading: Reading, last: int) -> int:
    """An object's ", with …" or ", including …" up to the next comma or the end of the sentence."""
    high = reading.sentences[reading.sentence[last - 1]][1]
    if last + 1 >= high or reading.lower[last] != "," or reading.lower[last + 1] not in ("with", "including"):
        return last
    return next((k for k in range(last + 2, high) if reading.lower[k] == "," or reading.quoted[k] >= 0), high)


def to_whole_clause(reading: Reading, first: int, last: int) -> int:
    """Where content ends that stops at "would not", before an insertion in commas: behind the clause of its verb."""
    high = reading.sentences[reading.sentence[first]][1]
    if reading.tokens[last - 1].dep_ not in ("neg", "aux", "auxpass") or last + 1 >= high or reading.lower[last] != ",":
        return last
    comma = next(
        (k for k in range(last + 1, min(last + _LONGEST_INSERTION, high - 1)) if reading.lower[k] == ","), None
    )
    if comma is None or not reading.tokens[comma + 1].tag_.startswith("VB"):
        return last
    end = min(reading.tokens[comma + 1].right_edge.i + 1, high)
    return last if any(reading.quoted[k] >= 0 for k in range(last, end)) else end


def within_sentence(reading: Reading, first: int, last: int, cue: tuple[int, int] | None) -> tuple[int, int]:
    """The part of a content that stands in one sentence: the first one, but the last one where the `cue` is behind it.

    A full stop ends what is told without marks, unless it may be that of an abbreviation: D., W.Va.
    """
    begins = [k for k in range(first + 1, last) if reading.sentence[k] != reading.sentence[k - 1]]
    begins = [k for k in begins if reading.tokens[k].is_sent_start and reading.tokens[k].text[0].isupper()]
    if not begins:
        return first, last
    return (begins[-1], last) if cue is not None and reading.token_at(cue[0]) >= last else (first, begins[0])


def without_loose_end(reading: Reading, first: int, last: int) -> int:
    """Where content ends without a preposition or conjunction whose object stands behind it, outside.

    A stranded one, which ends its clause, belongs to it: "nobody they can talk to".
    """
    while last - 1 > first and reading.tokens[last - 1].tag_ in _LINKS and _goes_on(reading, last):
        last -= 1
    return last


def _goes_on(reading: Reading, at: int) -> bool:
    """Whether the sentence goes on with a word at a token."""
    same = at < len(reading.tokens) and reading.sentence[at] == reading.sentence[at - 1]
    return same and reading.is_word(at)


def has_clause(reading: Reading, first: int, last: int) -> bool:
    """A finite verb with a subject before it; a noun will do, since parsers lose subjects after datelines."""
    subject = False
    for k in range(first, last):
        token = reading.tokens[k]
        if token.dep_ in _WITH_SUBJECT or (token.pos_ in NOUNISH and token.dep_ != "pobj"):
            subject = True
        elif token.tag_ in FINITE and subject and token.dep_ not in ("relcl", "acl"):
            return True
    return False


def is_cut(reading: Reading, first: int, last: int) -> bool:
    """Whether words without marks are but a piece of a clause, which nobody says: their predicate lies outside.

    An infinitive that has lost its verb ("to | in general terms"), or what stands before a verb and its subject.
    """
    tokens = reading.tokens[first:last]
    if any(token.pos_ in ("VERB", "AUX") for token in tokens):
        return False
    if tokens[0].lower_ == "to":
        return [token.pos_ for token in tokens[1:2]] == ["ADP"]
    return tokens[0].pos_ == "ADP" and any(token.dep_ in _WITH_SUBJECT and token.head.i == last for token in tokens)


def bare(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """The range without edge punctuation and linking words; what opens or closes a pair stays."""
    while last > first and (
        (not reading.is_word(last - 1) and reading.lower[last - 1] not in _CLOSERS)
        or reading.lower[last - 1] in _LEADS
        or _opens_a_clause(reading, last - 1, first)
    ):
        last -= 1
    if reading.lower[first : first + 2] == ["only", "that"]:  # would say only that
        first += 1
    while first < last and (
        (not reading.is_word(first) and reading.lower[first] not in _OPENERS) or reading.lower[first] in _LEADS
    ):
        first += 1
    return (first, last) if first < last else None


def _opens_a_clause(reading: Reading, at: int, first: int) -> bool:
    """A relative pronoun whose clause begins behind the content; "all of which" is a phrase of its own."""
    return reading.lower[at] in RELATIVE and at > first and reading.tokens[at - 1].pos_ != "ADP"
