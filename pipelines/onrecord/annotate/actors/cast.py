"""The actors of one document and what refers to them.

A `Cast` is filled by `find_actors` and lives for one call of `annotate`. `references` tell who a phrase refers to and
leave it as it is; it grows by the references of accepted quotes and proposals only (`record`).
"""

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import organization_actor, state_actor
from onrecord.annotate.actors.reference import Reference
from onrecord.annotate.actors.sport import is_about_sport
from onrecord.annotate.syntax.spans import phrase_span
from onrecord.document import Actor, Document, Mention
from onrecord.knowledge import Knowledge
from onrecord.knowledge.entities import Office
from onrecord.knowledge.titles import same_role
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc


REACH = 6000  # characters: how far back an antecedent is looked for
_DESCRIBED = 20  # unnamed actors of one head noun that a later description is compared with
LONGEST = 400  # characters that a mention can have


class Cast:
    """Actors and mentions of one document. Spans are offsets into `doc.text`, end exclusive."""

    def __init__(self, doc: Document, syntax: "Doc", knowledge: Knowledge) -> None:
        self.doc = doc
        self.syntax = syntax
        self.knowledge = knowledge
        self._actors: dict[str, Actor] = {}
        self._mentions: dict[tuple[int, int], Mention] = {}
        self._spans: list[tuple[int, int]] = []  # the keys of _mentions, sorted
        self._starts: defaultdict[str, list[int]] = defaultdict(list)  # where each actor is mentioned, sorted
        self._sorted: tuple[Mention, ...] | None = None  # answer of mentions() until the next change
        self._home: tuple[tuple[Mention, ...], str | None] = ((), None)  # answer of home() for these mentions
        self._covered: set[int] = set()  # offsets inside a mention
        self._people = knowledge.people_by_id
        self._described: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._used: set[str] = set()  # actors that rows name
        self.is_about_sport = is_about_sport(doc.text)
        self._genders: dict[str, str] = {}  # by the honorifics of the article

    def __getitem__(self, actor_id: str) -> Actor:
        return self._actors[actor_id]

    def known(self, actor: Actor) -> Actor:
        """The actor as this article has it; `actor` itself if it does not."""
        return self._actors.get(actor.actor_id, actor)

    def __contains__(self, actor_id: object) -> bool:
        return actor_id in self._actors

    def actors(self) -> tuple[Actor, ...]:
        """Actors that are mentioned, and the bodies they are part of, by id."""
        needed = {mention.actor_id for mention in self._mentions.values()}
        for actor_id in tuple(needed):
            parent = self._actors[actor_id].parent_actor_id
            while parent is not None and parent not in needed:
                needed.add(parent)
                parent = self._actors[parent].parent_actor_id
        return tuple(self._actors[actor_id] for actor_id in sorted(needed))

    def mentions(self) -> tuple[Mention, ...]:
        """In text order, one per span."""
        if self._sorted is None:
            self._sorted = tuple(self._mentions[span] for span in self._spans)
        return self._sorted

    def mentions_in(self, start: int, end: int) -> tuple[Mention, ...]:
        """Mentions that lie inside the span."""
        first, last = bisect_left(self._spans, (start, 0)), bisect_left(self._spans, (end, 0))
        return tuple(self._mentions[span] for span in self._spans[first:last] if span[1] <= end)

    def mentions_before(self, offset: int, reach: int = REACH) -> Iterator[Mention]:
        """Mentions that start before `offset`, the nearest first, as far back as an antecedent can be."""
        for at in range(bisect_left(self._spans, (offset, 0)) - 1, -1, -1):
            if self._spans[at][0] < offset - reach:
                return
            yield self._mentions[self._spans[at]]

    def mention_at(self, start: int, end: int) -> Mention | None:
        """The mention that covers the syntactic head of the span."""
        span = self.syntax.char_span(start, end, alignment_mode="expand")
        if span is None or not len(span):
            return None
        at = span.root.idx
        covering = [mention for mention in self.mentions_before(at + 1, LONGEST) if at < mention.end]
        return min(covering, key=lambda mention: mention.end - mention.start, default=None)

    def add(self, actor: Actor) -> str:
        """Make `actor` known, keep what is known already, and give its id."""
        known = self._actors.get(actor.actor_id)
        if known is None:
            self._actors[actor.actor_id] = actor
            self._add_parent(actor.parent_actor_id)
        elif actor.roles:
            self._actors[actor.actor_id] = replace(known, roles=tuple(sorted({*known.roles, *actor.roles})))
        return actor.actor_id

    def _add_parent(self, actor_id: str | None) -> None:
        if actor_id is not None and actor_id.startswith("state:"):
            self.add(state_actor(self.knowledge.states[actor_id.removeprefix("state:")]))
        elif actor_id is not None and actor_id not in self._actors:
            self.add(organization_actor(self.knowledge.organizations[actor_id.removeprefix("org:")]))

    def mention(self, start: int, end: int, actor_id: str, form: str, role: str | None = None) -> None:
        """Register text[start:end] as referring to `actor_id`; the first to claim a span keeps it."""
        start, end = phrase_span(self.doc.text, start, end)
        if 0 <= start < end <= len(self.doc.text):
            if (start, end) not in self._mentions:
                self._mentions[start, end] = Mention(start=start, end=end, actor_id=actor_id, form=form, role=role)
                insort(self._spans, (start, end))
                insort(self._starts[actor_id], start)
                self._covered.update(range(start, end))
                self._sorted = None
            if role:
                self._add_role(actor_id, role)

    def drop(self, start: int, end: int) -> None:
        """Forget the mention at exactly this span."""
        gone = self._mentions.pop((start, end), None)
        if gone is None:
            return
        self._spans.remove((start, end))
        self._starts[gone.actor_id].remove(start)
        self._sorted = None
        self._covered.difference_update(range(start, end))
        for mention in self.mentions_before(end, LONGEST):
            self._covered.update(range(mention.start, mention.end))

    def _add_role(self, actor_id: str, role: str) -> None:
        """Keep a role once: `President` stands for `president`, too."""
        actor = self._actors[actor_id]
        kept = {fold(known): known for known in (role, *actor.roles)}
        kept[fold(role)] = min(role, kept[fold(role)])
        self._actors[actor_id] = replace(actor, roles=tuple(sorted(kept.values())))

    def at(self, start: int, end: int) -> Mention | None:
        """The mention of exactly this span."""
        return self._mentions.get((start, end))

    def record(self, reference: Reference) -> bool:
        """Keep what a row uses: the actor, its mentions and, of an unnamed one, how it was described.

        False if no words are left for the actor, since somebody else claimed them first: then the row names nobody.
        """
        if reference.actor_id not in self._actors:
            self.add(reference.actor)
        for mention in reference.mentions:
            if reference.overrides:
                self._give_up(*phrase_span(self.doc.text, mention.start, mention.end))
            self.mention(mention.start, mention.end, mention.actor_id, mention.form, mention.role)
        if not self._starts.get(reference.actor_id):
            return False
        self._used.add(reference.actor_id)
        if reference.described is not None and reference.actor_id not in self.described(*reference.described):
            self._described[reference.described].append(reference.actor_id)
        return True

    def _give_up(self, start: int, end: int) -> None:
        """Forget the mention of this span, unless it is the last of somebody whom a row names."""
        mention = self._mentions.get((start, end))
        if mention is not None and not (mention.actor_id in self._used and len(self._starts[mention.actor_id]) == 1):
            self.drop(start, end)

    def described(self, kind: str, head: str) -> list[str]:
        """The last unnamed actors with this kind and head noun of their description, in order of recording."""
        return self._described.get((kind, head), [])[-_DESCRIBED:]

    def covers(self, offset: int) -> bool:
        """Whether a mention covers the character at `offset`."""
        return offset in self._covered

    @property
    def covered(self) -> Container[int]:
        """The offsets that mentions cover."""
        return self._covered

    def offices(self, actor_id: str) -> tuple[str, ...]:
        """Titles of the offices that the knowledge base gives a linked person."""
        person = self._people.get(actor_id)
        return tuple(office.title for office in person.offices) if person else ()

    @property
    def is_dated(self) -> bool:
        """Whether anything tells when the article appeared."""
        published = self.doc.published
        return any((published.day, published.earliest, published.latest))

    def term_start(self, actor_id: str, role: str) -> date:
        """First day of the latest term, begun before the article, of a linked person in `role`; else the first day."""
        day = self.doc.published.latest or self.doc.published.day or date.max
        return max((term.start for term in self._terms(actor_id, role) if term.start <= day), default=date.min)

    def not_yet(self, actor_id: str, role: str) -> bool:
        """Whether a linked person took `role` only after the article appeared."""
        day = self.doc.published.latest or self.doc.published.day
        terms = self._terms(actor_id, role)
        return day is not None and bool(terms) and all(office.start > day for office in terms)

    def _terms(self, actor_id: str, role: str) -> list[Office]:
        person = self._people.get(actor_id)
        return [office for office in person.offices if same_role(role, office.title)] if person else []

    def has_left(self, actor_id: str, role: str) -> bool:
        """Whether a linked person held `role` until before the article appeared; until today if it has no date."""
        terms = self._terms(actor_id, role)
        day = self.doc.published.earliest or self.doc.published.day or date.max
        return bool(terms) and all(office.end is not None and office.end < day for office in terms)

    def holds(self, actor_id: str, role: str) -> bool:
        """Whether a linked person held `role` when the article appeared; today, if it has no date."""
        last = self.doc.published.latest or self.doc.published.day or date.max
        first = self.doc.published.earliest or self.doc.published.day or date.max
        return any(
            office.start <= last and (office.end is None or office.end >= first)
            for office in self._terms(actor_id, role)
        )

    def only_country(self) -> str | None:
        """The country of all actors of the article that have one; None if there are several or none."""
        found = {actor.country for actor in self._actors.values() if actor.country}
        return found.pop() if len(found) == 1 else None

    def home(self) -> str | None:
        """The country that most mentions of the article are of; None if none of them is of any."""
        mentions = self.mentions()
        if self._home[0] is not mentions:
            countries = Counter(country for m in mentions if (country := self._actors[m.actor_id].country) is not None)
            self._home = (mentions, countries.most_common(1)[0][0] if countries else None)
        return self._home[1]

    def count(self, actor_id: str) -> int:
        """How often the actor is mentioned."""
        return len(self._starts[actor_id])

    def count_before(self, actor_id: str, before: int) -> int:
        """How often the actor is mentioned before an offset."""
        return bisect_left(self._starts[actor_id], before)

    def first_mention(self, actor_id: str) -> int:
        """Where the first mention of the actor starts; behind the text if there is none."""
        return next(iter(self._starts[actor_id]), len(self.doc.text))

    def last_mention(self, actor_id: str, before: int) -> int:
        """Where the last mention of the actor before an offset starts, else -1."""
        starts = self._starts[actor_id]
        at = bisect_left(starts, before)
        return starts[at - 1] if at else -1

    def gender(self, actor_id: str) -> str | None:
        """m or f, as the knowledge base or else an honorific in the article tells."""
        person = self._people.get(actor_id)
        return (person.gender if person else None) or self._genders.get(actor_id)

    def note_gender(self, actor_id: str, gender: str) -> None:
        self._genders.setdefault(actor_id, gender)

    def people(self) -> Iterable[Actor]:
        return (actor for actor in self._actors.values() if actor.type == "person")
