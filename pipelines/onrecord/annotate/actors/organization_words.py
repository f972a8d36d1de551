"""Which names are those of bodies, by their words: `Harbour Commission`, but not `Harbour Agreement`."""

import re
from collections.abc import Sequence
from itertools import pairwise

from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.words import fold, word_set

# With a capital these are descriptions or things: the Syrian government is its state, a White Paper is no body.
NO_NAMES = word_set("body campaign website paper industry lobby government regime junta presidency cabinet military")
# Words by which a name is told to be a body's. Trade and part words, which describe none alone, do so in names only.
BODY_WORDS = (BODIES - NO_NAMES) | word_set(
    """
    command forces corp inc ltd limited holdings airlines airways news times post journal herald tribune weekly
    radio television tv press gazette chronicle observer guard guards conference wing squadron division fleet watch
    brigades battalions studies laboratories systems technologies energy motors industries capital partners insurance
    shipping oil gas petroleum steel electric electronics
    """
)
# Heads of names of something else.
NOT_BODIES = word_set(
    """
    terms policy state reserve embassy treaty act agreement accord deal resolution plan war summit games olympics
    olympic prize cup day week house street square palace airport port university-town zone peninsula sea missile
    rocket article chapter charter protocol convention bill law amendment proposal base barracks jcpoa npt covid
    covid-19 icbm thaad gdp internet constitution
    """
)
# Last words that no person's name has: what ends in one is a body, whatever the tagger takes it for.
ENDINGS = word_set(
    """
    university institute foundation committee council association agency commission group brigade brigades battalion
    squadron hospital corp inc ltd llc ministry department authority movement forces command airlines airways
    coalition alliance organization federation
    """
)
# What may follow the name of a body and make no other body of it: Reuters news agency, Hezbollah movement.
DESCRIPTIONS = word_set(
    """
    news agency newspaper network television tv radio group company corporation corp inc ltd llc co holdings movement
    party union organization army militia forces magazine
    """
)
NEVER = frozenset({"oval", "fake", "electoral college", "force one"})  # the Oval Office, Fake News, Air Force One
# Papers and what their names end in: `the Times` is the one named before, else nobody can tell which.
PAPERS = word_set("times post journal herald tribune gazette chronicle globe observer telegraph register star")
ORDINAL = re.compile(r"\d{1,4}(?:st|nd|rd|th)\Z")  # 3rd Battalion
PREPOSITIONS = word_set("of for to on in at against with from by under")


def is_body(words: Sequence[str]) -> bool:
    """Whether a name that the tagger found holds a word for a body, and its head is none for something else."""
    folded = [fold(word).strip(".,") for word in words]
    if len(folded) < 2 or not (words[0][0].isupper() or ORDINAL.match(words[0])):
        return False
    link = next((at for at, word in enumerate(folded) if at and word in PREPOSITIONS), len(folded))
    pairs = {f"{one} {other}" for one, other in pairwise(folded)}
    if NEVER & {*folded, *pairs} or folded[link - 1] in NOT_BODIES | ROLE_HEADS:  # State of the Union, Bureau Chief
        return False
    if len(words) > 10 or any(re.search(r"\d(?!\d*(?:st|nd|rd|th)\b)|@|/|http", word) for word in words):
        return False
    return any(word in BODY_WORDS for word in folded)


def ends_as_body(name: str) -> bool:
    return fold(name.split()[-1]).strip(".,") in ENDINGS
