"""What an actor is to a proposal, before it is known whether the proposal is kept."""

from dataclasses import dataclass

from onrecord.annotate.actors.reference import Reference
from onrecord.document import Party


@dataclass(frozen=True, slots=True)
class Part:
    """An actor in its role; `text` are the words that say so, if any do."""

    reference: Reference
    role: str  # proposer | target | affected
    text: str | None

    @property
    def actor_id(self) -> str:
        return self.reference.actor_id

    def to_party(self) -> Party:
        return Party(actor_id=self.actor_id, role=self.role, text=self.text)
