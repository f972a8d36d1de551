"""The noun phrase that a topic is about, in a form that its wordings share: health care bill, Iran deal, tax."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import child
from onrecord.knowledge.word_lists import listed, listed_lower, meanings

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT = listed("topic_light_noun")
_BROAD = listed("topic_broad_noun")
_EMPTY = listed("topic_empty_noun")
_FORMS = listed("topic_form")
_WHOSE = listed("topic_whose")
_OWNED = listed("topic_owned")
_WHOLE = listed("topic_whole_noun")
_VAGUE = listed("topic_vague_adjective")
_SAME = meanings("topic_same")
_LINKS = frozenset({"of", "on", "for", "with", "to", "in", "against", "about", "over", "between", "from", "into"})
_OF = frozenset({"of"})
_NOUNS = ("NOUN", "PROPN")
_NO_TOPIC = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})
_NAMED = frozenset({"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "LAW", "EVENT", "PRODUCT", "WORK_OF_ART"})
_SOMEBODY = frozenset({"PERSON", "ORG", "GPE", "NORP", "LOC"})  # people, bodies and places: not had or ended
_MOST = 3  # words before the head
_REACH = 1500  # tokens before a bare noun in which it is looked for with a word beside it
_TITLES = listed_lower("honorific", "title_short", "before_month_name")

_Word = tuple[str, str]  # as it is compared, as it is shown


@dataclass(frozen=True, slots=True)
class Named:
    """A noun phrase: its words as they are compared and as they are shown, and how much they tell."""

    words: tuple[str, ...]
    shown: tuple[str, ...]
    head: str  # lower-case base form of its noun
    is_name: bool = False
    is_somebody: bool = False  # or a body or country: one can be on their side
    at: int = -1  # token of its noun

    @property
    def key(self) -> str:
        plain = " ".join(self.words)
        if plain in _SAME:
            return _SAME[plain]
        return " ".join(_SAME.get(word, word) for word in self.words)

    @property
    def is_broad(self) -> bool:
        return self.key in _BROAD or (len(self.words) == 1 and self.head in _BROAD and not self.is_name)

    @property
    def is_form(self) -> bool:
        """Whether it is a form, with no more than whose or which it is: the bill, the current Senate bill."""
        return self.head in _FORMS and _WHOSE.issuperset(self.words[:-1])

    @property
    def is_empty(self) -> bool:
        """Whether nobody can tell from these words what is wanted."""
        return self.key in _EMPTY or (len(self.words) == 1 and self.head in _EMPTY | LIGHT)

    @property
    def is_bare(self) -> bool:
        """Whether it is a noun alone that does not tell a policy by itself: access, balance."""
        return len(self.words) == 1 and not self.is_name and self.head not in _WHOLE


def name_of(noun: "Token") -> Named | None:
    """The noun with what tells it from others of its kind; None for pronouns, numbers and amounts of money.

    A name stands as it is. A noun keeps its compounds, its names and the adjectives that say of what kind it is; a form
    that any policy can have (deal, bill) also takes what follows it: deal with Iran is Iran deal. Where it has nothing
    of that, `the bill` is the bill that the article speaks of before.
    """
    if noun.pos_ not in _NOUNS or not noun.lower_[:1].isalpha():
        return None
    if (name := _proper(noun)) is not None:
        return name
    if noun.ent_type_ in _NO_TOPIC:
        return None
    if (owned := _owned(noun)) is not None:
        return owned
    before = _kinds(noun)
    if not before:
        is_light = noun.lemma_.lower() in LIGHT
        before = _complement(noun, _LINKS if is_light else _OF)
        if not before and is_light and not any(c.dep_ in ("prep", "acl", "relcl") for c in noun.rights):
            before = _before(noun)
    words = (*(word for word, _ in before), noun.lemma_.lower())
    return Named(words, (*(text for _, text in before), _shown(noun)), words[-1], at=noun.i)


def _owned(noun: "Token") -> Named | None:
    """What somebody by name does and wants in office: Obama's decision, the Obama administration's policies."""
    if noun.lemma_.lower() not in _OWNED or any(c.dep_ in ("acl", "relcl", "prep") for c in noun.rights):
        return None
    told = [c for c in noun.lefts if c.dep_ not in ("det", "case", "punct")]
    if len(told) != 1 or told[0].dep_ not in ("poss", "compound", "nmod"):
        return None
    owner = told[0]
    if owner.lower_ == "administration":
        owner = child(owner, "compound", "poss") or owner
    if owner.ent_type_ != "PERSON" or owner.pos_ != "PROPN":
        return None
    return Named((owner.lower_, "policy"), (owner.text, "policy"), "policy", at=noun.i)


def _proper(noun: "Token") -> Named | None:
    """A name whole, a person by the family name; None for what is no name."""
    if noun.pos_ != "PROPN" or noun.ent_type_ not in _NAMED:
        return None
    if noun.ent_type_ == "PERSON":
        return Named((noun.lower_,), (noun.text,), noun.lower_, is_name=True, is_somebody=True, at=noun.i)
    held = [noun]
    for token in reversed(list(noun.lefts)):
        if token.dep_ not in ("compound", "amod", "nmod") or token.ent_type_ != noun.ent_type_:
            break
        held.insert(0, token)
    words = tuple(token.lower_ for token in held)
    shown = tuple(token.text for token in held)
    return Named(words, shown, words[-1], is_name=True, is_somebody=noun.ent_type_ in _SOMEBODY, at=noun.i)


def _kinds(noun: "Token", depth: int = 0) -> tuple[_Word, ...]:
    """What stands before a noun and tells of what kind it is, in text order; people only where nothing else does."""
    found: list[tuple[_Word, bool]] = []
    for token in noun.lefts:
        if token.ent_type_ in _NO_TOPIC or not token.lower_[:1].isalpha() or token.lower_.rstrip(".") in _TITLES:
            continue
        if token.nbor().text == "-":
            continue  # told with the word that it is joined to
        word = _hyphenated(token) or (token.lemma_.lower(), _shown(token))
        if word[0] in _VAGUE:
            continue
        if token.dep_ in ("compound", "nmod") and token.pos_ in (*_NOUNS, "ADJ"):
            if depth < 2:
                found += [(kind, False) for kind in _kinds(token, depth + 1)]
            found.append((word, token.ent_type_ == "PERSON"))
        elif token.dep_ == "amod" and token.tag_ in ("JJ", "NN", "NNP", "VBN"):
            found.append((word, False))
    things = [word for word, is_person in found if not is_person]
    return tuple(things or [word for word, _ in found])[-_MOST:]


def _hyphenated(token: "Token") -> _Word | None:
    """The whole of same-sex, in-person, high-level."""
    if token.i < 2 or token.nbor(-1).text != "-":
        return None
    whole = f"{token.nbor(-2).lower_}-{token.lower_}"
    return whole, whole


def _complement(noun: "Token", links: frozenset[str]) -> tuple[_Word, ...]:
    """The noun behind a form, as if it stood before it."""
    for link in noun.rights:
        if link.dep_ == "prep" and link.lower_ in links:
            held = child(link, "pobj")
            if held is not None and (name := name_of_plain(held)) is not None and not name.is_empty:
                return tuple(zip(name.words, name.shown, strict=True))[-_MOST:]
    return ()


def name_of_plain(noun: "Token") -> Named | None:
    """As `name_of`, without looking behind the noun or before it in the article."""
    if noun.pos_ not in _NOUNS or not noun.lower_[:1].isalpha():
        return None
    if (name := _proper(noun)) is not None:
        return name
    if noun.ent_type_ in _NO_TOPIC:
        return None
    before = _kinds(noun)
    words = (*(word for word, _ in before), noun.lemma_.lower())
    return Named(words, (*(text for _, text in before), _shown(noun)), words[-1], at=noun.i)


def _before(noun: "Token") -> tuple[_Word, ...]:
    """What most often stands before this noun in the text up to here, if it is most of all: the bill."""
    article = next((c for c in noun.lefts if c.dep_ == "det"), None)
    if article is None or article.lower_ not in ("the", "this", "that"):
        return ()
    counted: dict[tuple[_Word, ...], int] = {}
    for i in range(max(noun.i - _REACH, 0), noun.i):
        token = noun.doc[i]
        is_same = token.lemma_.lower() == noun.lemma_.lower() and token.pos_ in _NOUNS
        if is_same and (kinds := _kinds(token) or _complement(token, _LINKS)):
            counted[kinds] = counted.get(kinds, 0) + 1
    if not counted:
        return ()
    best = max(counted, key=lambda kinds: counted[kinds])  # the first one, where two are as often there
    return best if 2 * counted[best] > sum(counted.values()) else ()


def _shown(token: "Token") -> str:
    return token.text if token.pos_ == "PROPN" else token.lemma_.lower()
