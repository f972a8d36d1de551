"""PLOVER event category of a proposal, for those who compare it with event data (POLECAT)."""

from typing import TYPE_CHECKING

from onrecord.annotate.proposals.cues import Lexicon
from onrecord.annotate.proposals.tree import is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token


def category(type: str, head: "Token", lexicon: Lexicon) -> str | None:
    """Category of PLOVER 2021 for a proposal of `type` whose content has this head; None if it is no event there.

    The table is `plover` in data/proposal_cues.yml. To accept a demand is CONCEDE, to vow not to
    do something REJECT. PLOVER takes what is announced for
    the future as agreement if it is cooperative, as a threat if it is not: a plan to release something is AGREE, one
    to prohibit something is THREATEN.
    """
    lemma = head.lemma_.lower()
    if type in ("commit", "plan") and is_negated(head):
        return "REJECT"  # vowed not to return the land
    if type == "commit" and lemma in lexicon.yielded:
        return "CONCEDE"
    if type == "plan" and lemma in lexicon.cooperative:
        return "AGREE"
    if type in ("plan", "commit") and lemma in lexicon.restrictive:
        return "THREATEN"
    return lexicon.plover.get(type)
