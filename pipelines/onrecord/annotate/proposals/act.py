"""A speech act that is a proposal, before its parties are told."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.proposals.clauses.content import Complement
from onrecord.document import Quote

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Act:
    """A candidate: its words are found, its actors are not yet resolved."""

    content: Complement
    cue: tuple[int, int]
    type: str
    source: "Token | None"  # whoever performs it
    speech: Quote | None  # whose speaker performs it, if no token does
    head: "Token"  # of the cue's clause
    weak: bool = False  # no proposal unless an issue matches
    other: bool = False  # lifts `weak` if another actor should act
    public: bool = False  # lifts `weak` if a state or its voice makes it
    body: bool = False  # ... or a company, court, union or the like
    policy: bool = (
        False  # a noun phrase is no proposal unless an issue matches or the content is headed by a policy noun
    )
    heads: str | None = None  # no proposal unless a noun of this list heads the content: introduced a bill
    contrary: bool = False  # the content is what should not happen: warned against a strike
    plover: str | None = None
    modality: str = "asserted"
    confidence: float = 0.7
    spoken: bool = False  # found by a modal or judgement in what is said, not by a cue
    also: tuple[Reference, ...] = ()  # actors that the speaker speaks for
