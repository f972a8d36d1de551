"""How a source stands to what is reported of it: quotes.attitude.

The four attitudes are those of the literature on attribution (Prasad et al. 2007; Pareti 2015: assertion, belief, fact,
eventuality), but for one thing: calls, demands, offers and promises are acts of speech, too, so here they are
assertions and not eventualities. The words of the cue decide, looked up in this order: speech, belief, knowledge. A cue
with none of them tells of something that the source wants, decides, backs or does. So does a verb of judging or of a
topic with a mere noun phrase, which says what it was about and not what was said: "defended the deal".
"""

from collections.abc import Sequence

from onrecord.annotate.quotes import cue_words
from onrecord.annotate.quotes.reading import NOUNISH, Reading
from onrecord.annotate.quotes.reported.cue_verbs import lemma_of
from onrecord.annotate.quotes.reported.link import VERBAL
from onrecord.annotate.quotes.reported.source import can_speak
from onrecord.document import Attribution
from onrecord.knowledge.word_lists import with_meaning

_HOPE = with_meaning("hope", "attitude_word")
# Acts of speech and writing. More than the cues of `cues`, from which the rules read reported clauses.
_SPEECH = (cue_words.EVERY | with_meaning("speech", "attitude_word")) - with_meaning("no_speech", "attitude_word")
SPEECH_NOUN = (cue_words.SPEECH_NOUN | with_meaning("attitude", "speech_noun")) - with_meaning(
    "no_attitude", "speech_noun"
)
# What takes whom or what it judges or is about as its object. The others take what is said: claimed, promised, denied.
_ABOUT = _SPEECH - (cue_words.SAY | cue_words.TO_DO | cue_words.OBJECT)
_PREDICATE = frozenset({"as"})
_LIKENING = {"compare": frozenset({"to", "with"}), "liken": frozenset({"to"})}
_BELIEF = _HOPE | with_meaning("belief", "attitude_word")
_KNOWLEDGE = with_meaning("knowledge", "attitude_word")
_PHRASES = (("lay", "out"), ("push", "back"), ("double", "down"), ("make", "case"), ("make", "clear"), ("be", "clear"))
# Of facts, that they are evidence; of a source that can speak, that it says so.
_EVIDENCE = with_meaning("evidence", "attitude_word")
# What follows these was not said: refused to comment, stopped short of calling, plans to announce.
_UNSAID = _HOPE | with_meaning("unsaid", "attitude_word")


def attitude_of(reading: Reading, reported: Attribution) -> str:
    """assertion | belief | knowledge | eventuality. Words in quotation marks were said, whatever the cue."""
    if reported.kind != "indirect" or reported.cue is None or reported.how in ("according_to", "colon"):
        return "assertion"
    first, last = reading.range_of(*reported.cue)
    lemmas = [lemma_of(reading.tokens[k]) for k in range(first, last)]
    if lemmas[0] == "to" and len(lemmas) > 1:
        return "eventuality"  # what for: "they met to discuss …"
    said = _word_of_speech(reading, reported, first, lemmas)
    if said is not None and _is_about(reading, reported, said, lemmas):
        return "eventuality"
    if said is not None:
        return "knowledge" if said in _EVIDENCE and not _speaks(reading, reported) else "assertion"
    either = {*lemmas, *reading.lower[first:last]}  # convinced: a verb's form to the parser
    if not _BELIEF.isdisjoint(either):
        return "belief"
    return "eventuality" if _KNOWLEDGE.isdisjoint(either) else "knowledge"


def _word_of_speech(reading: Reading, reported: Attribution, first: int, lemmas: Sequence[str]) -> str | None:
    """The word of the cue, whose tokens begin at `first`, that tells that something was said; None: nothing was."""
    for k, lemma in enumerate(lemmas):
        more = k + 1 < len(lemmas)
        if more and lemma in cue_words.GOES_ON:
            continue  # "continued to push for …", as against "he continued: …"
        if lemmas[k + 1 : k + 2] == ["to"] and lemma in cue_words.WITHHOLDS:
            continue  # "declined to say …": that it was not said is its polarity
        if more and lemma in _UNSAID:
            return None
        if lemma in _SPEECH or (lemma in SPEECH_NOUN and reading.tokens[first + k].pos_ in NOUNISH):
            return lemma
        if any(lemma == one and other in lemmas[k + 1 : k + 4] for one, other in _PHRASES):
            return lemma
        if lemma == "agree" and reading.lower[reading.token_at(reported.start)] != "to":
            return lemma  # "agreed that …"; who agrees to do something decides
    return None


def _is_about(reading: Reading, reported: Attribution, said: str, lemmas: Sequence[str]) -> bool:
    """What is reported is but what or whom somebody spoke of or judged: no verb, and no predicate ("as a mistake")."""
    if said not in _ABOUT:
        return False
    tokens = reading.tokens[slice(*reading.range_of(reported.start, reported.end))]
    links = _PREDICATE | _LIKENING.get(said, frozenset()) | cue_words.PREPOSITION.get(said, frozenset())
    linked = not links.isdisjoint(lemmas) or any(token.lower_ in links for token in tokens)
    return not linked and not any(token.pos_ in VERBAL or token.dep_ == "oprd" for token in tokens)


def _speaks(reading: Reading, reported: Attribution) -> bool:
    """The source is somebody or a text, not a fact: "the figures suggest …"."""
    if reported.source is None:
        return False
    first, last = reading.range_of(*reported.source)
    head = next((k for k in range(first, last) if not first <= reading.tokens[k].head.i < last), first)
    return can_speak(reading, head)
