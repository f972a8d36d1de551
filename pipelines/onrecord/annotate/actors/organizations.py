"""Organizations that the lexicon does not list: ministries and forces of a state, and the tagger's organizations."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotate.actors.actor import government_actor, named_actor
from onrecord.annotate.actors.organization_words import BODY_WORDS, DESCRIPTIONS, ENDINGS, ends_as_body, is_body
from onrecord.annotate.actors.people import PersonName
from onrecord.document import Actor
from onrecord.knowledge import Knowledge
from onrecord.knowledge.bodies import CIVIC
from onrecord.knowledge.entities import Organization, Person, State
from onrecord.knowledge.given_names import gender_of_name
from onrecord.knowledge.names import Hit, Hits, repeated
from onrecord.knowledge.titles import AMERICAN_STATES, ROLE_HEADS, ROLE_MODIFIERS
from onrecord.knowledge.word_lists import alternation, meanings
from onrecord.knowledge.words import WORD, fold, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

FIELDS = alternation("portfolio")
_MINISTRY = re.compile(
    rf"\b(?:(?P<before>(?:{FIELDS})) Ministry"
    rf"|Ministry (?:of|for) (?:the )?(?P<after>(?:{FIELDS})(?: and [A-Z]\w+)?))\b",
    re.IGNORECASE,
)
_SENTENCE = 600  # characters that a sentence can have
FORCES = re.compile(rf"\b(?:{alternation('body_of_every_state')})\b", re.IGNORECASE)
# Portfolios that a state gives to a department or an office under another name.
_DEPARTMENTS = frozenset((state, portfolio) for portfolio, state in meanings("portfolio_of_department").items())
_TITLED = re.compile(r"(?P<body>.+)\s(?P<role>\w+)")
_JOINING = word_set("of for the and at de & st st.")
_CLAUSAL = frozenset({"VBZ", "VBD", "VBP", "MD"})  # a headline is no name


@dataclass(frozen=True, slots=True)
class Body:
    start: int
    end: int
    actor: Actor
    form: str = "name"


def find_bodies(
    text: str, syntax: "Doc", hits: Hits, knowledge: Knowledge, home: str | None, covered: set[int]
) -> list[Body]:
    """Organizations outside the lexicon and `covered`, without overlaps; `home` is the country of the dateline."""
    taken = covered | {
        offset
        for hit in hits.all
        if hit.entry.kind not in ("adjective", "short")
        for offset in range(hit.start, hit.end)
    }
    listed = frozenset(taken)
    found = [*_ministries(text, hits, knowledge, home, taken), *_forces(text, syntax, hits, taken)]
    taken_here = taken - listed | {o for body in found for o in range(body.start, body.end)}
    short = {(hit.start, hit.end) for hit in hits.all if hit.entry.kind == "short"}
    for entity in syntax.ents:
        if entity.label_ not in ("ORG", "PERSON", "FAC"):
            continue
        start, end = trimmed(entity.start_char, entity.end_char, text, hits)
        if end <= start or (start, end) in short:
            continue
        if is_body(text[start:end].removesuffix(" of").split()):
            end = _with_state(end, text, hits)
        named = _part_of_name(start, end, text, hits)
        if any(offset in taken_here for offset in range(start, end)):
            continue
        within = any(offset in listed for offset in range(start, named.start if named else end))
        if within and (any(token.tag_ in _CLAUSAL for token in entity) or not _is_longer(start, end, text, hits)):
            continue
        if _of_person(text[start:end], knowledge):
            continue
        if not is_body(text[start:end].split()) or (
            entity.label_ != "ORG" and not ends_as_body(text[start:end], person_like=entity.label_ == "PERSON")
        ):
            continue
        name = " ".join(text[start:end].split())
        country = _country_in(hits, start, end) or _country_before(text, start, hits)
        found.append(Body(start, end, named_actor(name, "organization", country)))
        taken_here.update(range(start, end))
    found = _with_one_country([*found, *_owners(found, text, set(listed | taken_here))])
    known = {body.actor.name: body.actor for body in found if body.actor.link_method == "name"}
    again = list(repeated(text, known, listed | taken_here))
    return [*found, *(Body(start, end, known[text[start:end]]) for start, end in again)]


def _owners(bodies: Sequence[Body], text: str, taken: set[int]) -> Iterator[Body]:
    """The body in `Harbour University's Law Centre` whose part another one is."""
    for body in bodies:
        owner = _OWNER.search(text, max(0, body.start - _LONGEST_OWNER), body.start)
        if owner and is_body(owner["name"].split()) and not taken & set(range(*owner.span("name"))):
            yield Body(*owner.span("name"), named_actor(owner["name"], "organization", None))
            taken.update(range(*owner.span("name")))


_OWNER = re.compile(r"(?P<name>[A-Z][\w-]*(?: (?:of |for |and |the )*[A-Z][\w-]*){1,5})['’]s?\s\Z")
_LONGEST_OWNER = 80  # characters


def _country_before(text: str, start: int, hits: Hits) -> str | None:
    """The country of `Ghana's Supreme Court`, `the Ghanaian Electoral Commission`."""
    for hit in hits.ending(start - 4, start - 1):
        if isinstance(hit.entry.entity, Person) and _OWNS.fullmatch(text, hit.end, start):
            return hit.entry.entity.country  # President Ramaphosa's African National Congress
    state, first = state_before(text, start, hits)
    owned = state is not None and (text[first:start].rstrip()[-2:] in ("'s", "’s") or _is_adjective(first, hits))
    return state.iso3 if state is not None and owned else None


_OWNS = re.compile(r"['’]s\s+")


def _is_adjective(start: int, hits: Hits) -> bool:
    return any(hit.entry.kind == "adjective" for hit in hits.between(start, start + 1))


def _with_one_country(bodies: list[Body]) -> list[Body]:
    """The bodies, those of one name as one: what an article once tells of `the Supreme Court` holds wherever it stands.

    A name that it gives to two countries is left as it is.
    """
    told: dict[str, set[str]] = {}
    for body in bodies:
        if body.actor.country is not None and body.actor.link_method == "name":
            told.setdefault(body.actor.name, set()).add(body.actor.country)
    return [
        replace(body, actor=named_actor(body.actor.name, "organization", *told[body.actor.name]))
        if body.actor.country is None and len(told.get(body.actor.name, ())) == 1 and body.actor.sector is None
        else body
        for body in bodies
    ]


def _is_longer(start: int, end: int, text: str, hits: Hits) -> bool:
    """Whether text[start:end] holds names that we know, but is that of another body: `Damascus University`.

    A word for a body must follow the last of them; what only describes it makes no other body.
    """
    inside = [hit for hit in hits.between(start, end) if hit.entry.kind not in ("adjective", "short")]
    if not inside or any(hit.end > end or isinstance(hit.entry.entity, Person) for hit in inside):
        return False
    if any(hit.start < start for hit in hits.ending(start + 1, end)):
        return False
    rest = [fold(word) for word in re.findall(r"[\w-]+", text[inside[-1].end : end])]
    following = WORD.match(text, end + 1)
    if following and fold(following[0]) in ROLE_HEADS and rest[-1:] and rest[-1] in ROLE_MODIFIERS:
        return False  # Pentagon Press Secretary
    return bool(BODY_WORDS & set(rest)) and not set(rest) <= DESCRIPTIONS


def _part_of_name(start: int, end: int, text: str, hits: Hits) -> Hit | None:
    """The state whose name ends the longer name text[start:end]: `Statistical Office of Peru`."""
    for hit in hits.ending(end, end):
        if isinstance(hit.entry.entity, State) and hit.entry.kind == "name" and hit.start > start:
            return hit
    return None


_OF_STATE = re.compile(r"(?:(?<=\sof)|\s+of)\s+(?:the\s+)?")


def _with_state(end: int, text: str, hits: Hits) -> int:
    """Where a name ends that goes on with `of` and a state: the tagger cuts `Statistical Office of Peru` short."""
    link = _OF_STATE.match(text, end)
    for hit in hits.between(link.end(), link.end() + 1) if link else ():
        owns = text[hit.end : hit.end + 1] in ("'", "’")  # Committee of Peru's Congress
        if isinstance(hit.entry.entity, State) and hit.entry.kind == "name" and not owns:
            return hit.end
    return end


def _ministries(text: str, hits: Hits, knowledge: Knowledge, home: str | None, taken: set[int]) -> Iterator[Body]:
    """Ministries with their state: beside it, by an earlier mention, else that of the sentence, place or article."""
    seen: dict[str, State] = {}
    named = {hit.entry.entity.iso3 for hit in hits.all if isinstance(hit.entry.entity, State)}
    only = next(iter(named)) if len(named) == 1 else None
    for match in _MINISTRY.finditer(text):
        if match.start() in taken:
            continue
        portfolio = _usual_portfolio(match["before"] or match["after"])
        state, start = state_before(text, match.start(), hits)
        state = state or _state_after(text, match.end(), hits) or seen.get(portfolio)
        state = state or _only_state(text, match.start(), match.end(), hits, knowledge)
        owner = home or only
        if state is None and owner:
            state = knowledge.states[owner]
        if state is not None and (state.iso3, portfolio) not in _DEPARTMENTS:
            seen[portfolio] = state
        elif state is not None:
            state = None
        if state is not None or match[0][0].isupper():
            yield Body(start, match.end(), _ministry(portfolio, state))
        taken.update(range(start, match.end()))


def _forces(text: str, syntax: "Doc", hits: Hits, taken: set[int]) -> Iterator[Body]:
    """Armed forces, parliaments and the like of a state that is named right before them.

    In lower case they count only where they act, as subject or agent: `the Saudi military said`, not `military bases`.
    """
    for match in FORCES.finditer(text):
        state, start = state_before(text, match.start(), hits)
        if state is None or any(offset in taken for offset in range(match.start(), match.end())):
            continue
        span = syntax.char_span(match.start(), match.end(), alignment_mode="expand")
        acts = span is not None and (span.root.dep_ in ("nsubj", "nsubjpass") or span.root.head.dep_ == "agent")
        if not acts and not match[0][0].isupper():
            continue
        adjective = state.adjectives[0] if state.adjectives and state.iso3 != "USA" else _short_name(state)
        name = f"{adjective} {match[0] if match[0][0].isupper() else match[0].lower()}"
        actor = government_actor(name, state.iso3)
        if "parliament" not in fold(match[0]):
            actor = replace(actor, sector="military")
        yield Body(start, match.end(), actor)
        taken.update(range(start, match.end()))


def _short_name(state: State) -> str:
    return "US" if state.iso3 == "USA" else state.name


def state_before(text: str, start: int, hits: Hits) -> tuple[State | None, int]:
    """The state named right before `start` (`China's`, `Chinese`) and where the whole phrase begins."""
    for hit in hits.ending(start - 4, start - 1):
        if isinstance(hit.entry.entity, State) and re.fullmatch(r"(?:['’]s?)?\s+", text[hit.end : start]):
            return hit.entry.entity, hit.start
    return None, start


def _state_after(text: str, end: int, hits: Hits) -> State | None:
    """`the Foreign Ministry of China`."""
    for hit in hits.between(end, end + 10):
        if isinstance(hit.entry.entity, State) and re.fullmatch(r"\s+of\s+(?:the\s+)?", text[end : hit.start]):
            return hit.entry.entity
    return None


def _only_state(text: str, start: int, end: int, hits: Hits, knowledge: Knowledge) -> State | None:
    """The one country to which everything named in the sentence around the ministry belongs."""
    left = max(
        text.rfind("\n", max(0, start - _SENTENCE), start), text.rfind(". ", max(0, start - _SENTENCE), start), 0
    )
    ends = (text.find("\n", end, end + _SENTENCE), text.find(". ", end, end + _SENTENCE))
    right = min((at for at in ends if at >= 0), default=min(len(text), end + _SENTENCE))
    countries = {
        entity.iso3 if isinstance(entity, State) else entity.country
        for hit in hits.between(left, right)
        if (entity := hit.entry.entity) is not None
    } - {None}
    return knowledge.states.get(countries.pop() or "") if len(countries) == 1 else None


def _usual_portfolio(words: str) -> str:
    return re.sub(r"\s+", " ", fold(words)).replace("foreign affairs", "foreign").replace("defence", "defense")


def _ministry(portfolio: str, state: State | None) -> Actor:
    """`Foreign Ministry of China`: one actor for `China's Ministry of Foreign Affairs` and `the Foreign Ministry`."""
    words = portfolio.title().replace(" And ", " and ")
    if state is None:
        return named_actor(f"{words} Ministry", "organization", None, "government")
    if portfolio == "foreign" or not state.adjectives:
        return government_actor(f"{words} Ministry of {_with_article(state.name)}", state.iso3)
    return government_actor(f"{state.adjectives[0]} Ministry of {words}", state.iso3)


_AFFILIATION = re.compile(
    r"\b(?:at|with|from) (?:the )?"
    r"(?P<name>[A-Z][\w&.-]*(?:['’]s)?(?:,? (?:(?:of|for|and|on|the|in|to|&) )*[A-Z][\w&.-]*(?:['’]s(?= ))?){0,7})"
)
_PLACED = re.compile(r" (?:on|in) (?:the )?[A-Z]")


def affiliations(text: str, syntax: "Doc", people: Sequence[PersonName], taken: set[int]) -> Iterator[Body]:
    """The employer in a printed role: `a specialist in Korea at Sino-NK`."""
    for person in people:
        match = _AFFILIATION.search(person.role or "")
        if match is None or person.role_start is None:
            continue
        name = _without_place(match["name"])
        start = person.role_start + match.start("name")
        start, end = start + _owner_before(name), start + len(name)
        name = text[start:end]
        span = syntax.char_span(start, end, alignment_mode="expand")
        if span is None or any(offset in taken for offset in range(start, end)) or len(name) < 3:
            continue
        if not any(token.ent_type_ in ("GPE", "LOC", "FAC", "DATE") for token in span):
            yield Body(start, end, named_actor(" ".join(name.split()), "organization", None))


def _without_place(name: str) -> str:
    """`Harbour University in Texas`: where a body is does not belong to its name."""
    place = _PLACED.search(name)
    return name[: place.start()] if place and ends_as_body(name[: place.start()], person_like=True) else name


_PLURAL = re.compile(rf"United |.*(?:{alternation('end_of_name_with_article')})$")


def _with_article(name: str) -> str:
    """`the Netherlands`, `the United Kingdom`: names of states that are plurals or descriptions take an article."""
    return f"the {name}" if _PLURAL.match(name) else name


_LEAD = re.compile(
    rf"(?:the\s+)?(?:{alternation('short_state_name')})['’]s\s+"
    r"|(?:the|an?|its|his|her|their|this|that|these|those|some|retired|former)\s+",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?P<owner>.+)['’]s\s+(?P<owned>.+)")
_SAYING = re.compile(r"\s+(?:[Ss]ays?|[Ss]aid)$")


def _owner_before(name: str) -> int:
    """Where a name begins behind its owner: `Harbour University's Law Centre`, `Texas's Farm Bank`, `Li, Farm Group`.

    The number of characters before it.
    """
    owned = _OWNED.fullmatch(name)
    if owned and is_body(owned["owned"].split()):
        owner = owned["owner"]
        return owned.start("owned") if is_body(owner.split()) or AMERICAN_STATES.fullmatch(owner) else 0
    first, comma, rest = name.partition(", ")
    named_by_itself = comma and not any(word.islower() for word in first.split()) and is_body(rest.split())
    return len(first) + 2 if named_by_itself and "," not in rest and " and " not in rest else 0


def _before_person(start: int, end: int, text: str) -> int:
    """Where a body's name ends that the tagger joins with that of its head: `Harbour League Peter Testmann`."""
    words = text[start:end].split()
    if len(words) < 3 or fold(words[-3]) in _JOINING or fold(words[-1]) in BODY_WORDS:
        return end
    return end - len(" ".join(words[-2:])) - 1 if gender_of_name(" ".join(words[-2:])) is not None else end


def trimmed(start: int, end: int, text: str, hits: Hits) -> tuple[int, int]:
    """The tagger's span without articles, a possessor and punctuation: `Seoul's Sejong Institute` without Seoul."""
    end = start + len(re.split(r"\n|[;:|\[\](]", text[start:end], maxsplit=1)[0])
    lead = _LEAD.match(text[start:end])
    if lead:
        start += lead.end()
    start += _owner_before(text[start:end])
    for hit in hits.between(start, start + 1):
        if not isinstance(hit.entry.entity, Person):
            possessive = re.match(r"['’]s?\s+", text[hit.end : end])
            if possessive:
                start = hit.end + possessive.end()
    end = _before_person(start, end, text)
    name = re.sub(r"['’]s?$|(?:\s+(?:of|for|at|in|on|and|the)|[\s,.&“”\"])+$", "", text[start:end])
    name = _SAYING.sub("", name)
    titled = _TITLED.fullmatch(name)  # Harbour Club Executive [Director]
    if titled and fold(titled["body"].split()[-1]) in ENDINGS | CIVIC and fold(titled["role"]) in ROLE_HEADS:
        name = titled["body"]
    return start, start + len(name)


def _of_person(name: str, knowledge: Knowledge) -> bool:
    """`Trump's economic council` is a description, not a name, and `Trump Administration` is one of his."""
    owner = re.match(r"(\w+)['’]s |(?:\w+ )*(\w+) Administration$", name)
    return owner is not None and fold(owner[1] or owner[2]) in knowledge.surnames


def _country_in(hits: Hits, start: int, end: int) -> str | None:
    """The country of a state in the name, else that of a body in it: `Senate Finance Committee`."""
    found = [hit.entry.entity for hit in hits.between(start, end)]
    states = [entity.iso3 for entity in found if isinstance(entity, State)]
    bodies = [entity.country for entity in found if isinstance(entity, Organization) and entity.country]
    return next(iter(states + bodies), None)
