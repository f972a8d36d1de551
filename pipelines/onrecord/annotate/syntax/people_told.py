"""People whom the tagger takes for something else, though the article itself tells that they are people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.subjects import PAPERS
from onrecord.knowledge.bodies import BODIES
from onrecord.knowledge.given_names import likely_gender
from onrecord.knowledge.titles import ROLE_HEADS
from onrecord.knowledge.word_lists import listed, listed_lower, with_meaning
from onrecord.knowledge.words import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

# Lemmas of verbs whose subject is somebody: says and whatever utters.
SPEAKING = with_meaning("says", "reporting_verb") | with_meaning("utters", "reporting_verb")
_PERSON = "PERSON"
_NO_GIVEN = frozenset({"GPE", "LOC", "DATE"})
_PLACING = frozenset({"in", "at", "near", "inside", "across", "throughout", "outside", "around"})
_TITLES_TOO = listed("given_name_also_title")
_NAMES = ("NNP", "NNPS", "NNS", "NN", "JJ")  # tags that a family name gets: of `Ayres says` that of a plural
_ASKING = frozenset({"will", "may"})  # begin questions, and are given names
_NO_FAMILY = BODIES | ROLE_HEADS | listed_lower("last_word_of_place", "last_word_of_thing", "name_of_body")


def tell_people(syntax: "Doc") -> None:
    """Mark `Nora Testmann` as a person where `Testmann said` or a person Testmann stands, too.

    The first word is a given name, the other stands alone elsewhere and speaks or is taken for a person there. A name
    that goes on behind both is that of something called after somebody. `Will Testmann accept?` names Testmann, and so
    does `a Testmann tweet` where Nora Testmann is named.
    """
    _mark(syntax, [entity[1:] for entity in syntax.ents if _is_asked_about(entity)], shorter=True)
    families = {e[-1].text for e in syntax.ents if e.label_ == _PERSON and len(e) > 1}
    _mark(syntax, [e[:] for e in syntax.ents if len(e) == 1 and e.text in families and _has_written(e[0])])
    alone = speaking_alone(syntax) | _people_alone(syntax)
    ordinary = {token.lower_ for token in syntax if token.is_lower}
    told = [
        syntax[token.i : token.i + 2]
        for token in syntax[:-1]
        if token.text[:1].isupper() and _is_full_name(token, alone, ordinary)
    ]
    _mark(syntax, told)


def _is_asked_about(name: "Span") -> bool:
    """Whether a person's name begins with the verb of a question: will or may, and a verb behind the name."""
    doc = name.doc
    if name.label_ != _PERSON or len(name) < 2 or not name[0].is_sent_start or name[0].lower_ not in _ASKING:
        return False
    return name.end < len(doc) and doc[name.end].tag_ == "VB" and name.sent.text.rstrip("\n \"'”’").endswith("?")


def _has_written(word: "Token") -> bool:
    """Whether what the tagger takes for a body stands before what somebody writes: a *Testmann* tweet."""
    return word.ent_type_ == "ORG" and word.dep_ in ("compound", "nmod", "poss") and word.head.lemma_.lower() in PAPERS


def speaking_alone(syntax: "Doc") -> frozenset[str]:
    """Words with a capital that are by themselves the subject of a verb of saying."""
    return frozenset(t.text for t in syntax if t.dep_ == "nsubj" and t.head.lemma_.lower() in SPEAKING and _is_alone(t))


def _people_alone(syntax: "Doc") -> frozenset[str]:
    """The tagger's people of one word."""
    return frozenset(e.text for e in syntax.ents if e.label_ == _PERSON and len(e) == 1 and _is_alone(e.root))


def _is_alone(token: "Token") -> bool:
    """Whether a word with a capital belongs to no longer run of such words."""
    before = token.nbor(-1) if token.i else None
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    joined = any(beside is not None and beside.text[:1].isupper() for beside in (before, after))
    return token.text[:1].isupper() and token.tag_ in _NAMES and (not joined or before is None or before.is_space)


def _is_full_name(given: "Token", alone: frozenset[str], ordinary: set[str]) -> bool:
    family, before = given.nbor(1), given.nbor(-1) if given.i else None
    is_own = given.ent_type_ in _NO_GIVEN and family.ent_iob_ != "I"  # Georgia, where Biden spoke
    follows = before is not None and (before.lower_ in _PLACING or (_is_plural(family) and _leads(before)))
    return (
        not (is_own or follows)
        and family.text in alone
        and family.lower_ not in ordinary
        and fold(family.text) not in _NO_FAMILY
        and (likely_gender(f"{given.text} x") is not None or fold(given.text) in _TITLES_TOO)
        and not (family.i + 1 < len(family.doc) and _goes_on(family.nbor(1)))
    )


def _is_plural(token: "Token") -> bool:
    """As the tagger sees it: teams and groups of people are, and some family names."""
    return token.tag_ in ("NNS", "NNPS")


def _leads(token: "Token") -> bool:
    """Whether a word before a name makes it that of a group: the Charlotte Rovers, Lake Victoria Ferries."""
    return token.lower_ in ("the", "a", "an") or token.text[:1].isupper()


def _goes_on(token: "Token") -> bool:
    return token.text[:1].isupper() and token.tag_ in ("NNP", "NNPS") and not token.is_sent_start


def _mark(syntax: "Doc", names: Sequence["Span"], *, shorter: bool = False) -> None:
    """Make the names people, in place of what the tagger sees in them; a longer person stays, unless `shorter`."""
    from spacy.tokens import Span

    entities = syntax.ents
    at = {token: number for number, entity in enumerate(entities) for token in range(entity.start, entity.end)}
    marked, gone = [], dict[int, Span | None]()
    for name in names:
        over = sorted({at[token] for token in range(name.start, name.end) if token in at})
        if not shorter and any(entities[n].label_ == _PERSON and entities[n].end - entities[n].start > 1 for n in over):
            continue
        for number in over:
            entity = entities[number]
            rest = entity.start < name.start and number not in gone and not shorter
            gone[number] = Span(syntax, entity.start, name.start, label=entity.label) if rest else None
        marked.append(Span(syntax, name.start, name.end, label=_PERSON))
    if marked:
        kept = [entity for number, entity in enumerate(entities) if number not in gone]
        syntax.ents = (*kept, *(entity for entity in gone.values() if entity is not None), *marked)
