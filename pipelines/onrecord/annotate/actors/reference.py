"""What is found when a phrase is asked for its actors, before anything is recorded."""

from dataclasses import dataclass

from onrecord.document import Actor, Mention


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor that a phrase refers to, and what a row that uses the phrase records of it: `Cast.record` does.

    `mentions` are those that the article does not have yet, of whatever length; none where a name was read already.
    """

    actor: Actor
    mentions: tuple[Mention, ...] = ()
    described: tuple[str, str] | None = None  # kind and head noun, by which a later description finds an unnamed one
    overrides: bool = False  # its mentions are read in a wider light than what was recorded of the same words

    @property
    def actor_id(self) -> str:
        return self.actor.actor_id


def refer(actor: Actor, start: int, end: int, form: str, role: str | None = None) -> Reference:
    """A reference by the words at start..end, characters of the document, end exclusive."""
    return Reference(actor, (Mention(start=start, end=end, actor_id=actor.actor_id, form=form, role=role),))
