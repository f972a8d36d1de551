"""What a proposal is about where no issue of the codebook fits: a predicate and its object, and which way it goes.

Contents that would bring the same thing about, or would bring about its contrary, get one topic: to *pass*, to *keep*
and to *repeal* a law are about the law, a *ban on* something is about what is banned, and *tax cuts* and *higher taxes*
are about raising taxes. Precision counts: where a content is worded so that its topic is not plain, it has none.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.coding.codebook import LONGEST_CONTENT, Code, Codebook, stance_of
from onrecord.annotate.proposals.coding.proposed import ProposedWords
from onrecord.annotate.proposals.coding.topic_nouns import LIGHT, Named, name_of, name_of_plain
from onrecord.annotate.syntax.tree import child, is_negated
from onrecord.document import Topic
from onrecord.knowledge.word_lists import listed, meanings

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = meanings("topic_verb")
_CLAUSES = meanings("topic_clause")
_ACTS = meanings("topic_act")
_AMOUNTS = listed("topic_amount")
_LIGHT_VERBS = listed("topic_light_verb")
_QUANTIFIERS = listed("topic_quantifier")
_SIDES = listed("topic_taking_sides")  # also the nouns that say so
_OBJECTS = ("dobj", "nsubjpass")
_LINKS = ("of", "to", "on", "for", "in", "into", "with", "against", "from", "over", "about")
_ELSEWHERE = ("out", "away", "off", "low", "down", "alone")  # where or how something is kept or left
_PARTICLES = (*_ELSEWHERE, "up", "over", "back", "in", "on")
_DEEPEST = 6  # clauses and nouns of acts inside each other
_REFUSALS = ("reject", "oppose")
CONTRARY = {"support": "oppose", "conditional": "oppose", "oppose": "support"}
_PRONOUNS = ("it", "this", "that", "them")
_SHORT = 4  # tokens of a content with a pronoun, which says nothing else
_GENERAL = ("have", "end", "raise", "lower")  # say which way it goes, not what is done


@dataclass(frozen=True, slots=True)
class Form:
    """A noun or pronoun that stands for a policy, and the stance on it."""

    noun: "Token"
    stance: str


@dataclass(frozen=True, slots=True)
class _Act:
    """A predicate of the lists, its object, and whether the content is for it."""

    predicate: str  # of topic_verb; have if the content is a bare noun
    named: Named
    agrees: bool = True


def topic_of(content: ProposedWords, act: str) -> Topic | None:
    """The topic of a proposal of type `act`.

    None if the words do not tell one. The stance follows from the type and the content as with issues of the codebook.
    """
    root = content.root
    if root is None:
        return None
    found = _of(root, 0)
    told = None if found is None else _labelled(found)
    if told is None:
        return None
    label, is_thing, agrees = told
    stance = _stance(content, root, act, agrees)
    return Topic(key=label.lower(), label=label, is_thing=is_thing, stance=stance)


def form_of(content: ProposedWords, act: str) -> Form | None:
    """The form that a content is about, whose own words name no policy: *to pass the bill*, *repealing it*."""
    span, root = content.span, content.root
    if span is None or root is None:
        return None
    held = child(root, *_OBJECTS) if root.pos_ == "VERB" else None
    if held is not None and held.pos_ == "PRON":
        meaning = _VERBS.get(_with_particle(root))
        if held.lower_ not in _PRONOUNS or len(span) > _SHORT or meaning not in ("have", "end"):
            return None
        agrees = (meaning == "have") ^ is_negated(root)
        return Form(held, _stance(content, root, act, agrees))
    found = _of(root, 0)
    if found is None or found.predicate not in ("have", "end") or not found.named.is_form:
        return None
    agrees = found.agrees is (found.predicate == "have")
    return Form(root.doc[found.named.at], _stance(content, root, act, agrees))


def _with_particle(verb: "Token") -> str:
    """A verb and the particle behind it, be it behind its object: strike it down."""
    behind = (c for c in verb.children if c.i > verb.i and (c.dep_ == "prt" or c.dep_ == "advmod"))
    beside = (c.lower_ for c in behind if c.tag_ == "RP" or c.lower_ in _PARTICLES)
    return " ".join([verb.lemma_.lower(), *beside])


def coded_by_topic(codebook: Codebook, code: Code, topic: Topic | None) -> Code:
    """`code`, or else the issue of the codebook that the topic's label matches: *the deal* can be the Iran deal."""
    if code.issue_id is not None or topic is None or not topic.is_thing:
        return code
    told = codebook.code(topic.label, "support")
    if told.stance == "oppose":
        return Code(told.issue_id, CONTRARY[topic.stance])
    return Code(told.issue_id, told.issue_id and topic.stance)


def _stance(content: ProposedWords, root: "Token", act: str, agrees: bool) -> str:
    """The stance on what a content `agrees` with or not, of an act of this type."""
    stance = stance_of(content.words[:LONGEST_CONTENT].lower(), act, not agrees)
    if act not in _REFUSALS:
        return stance
    # What the refused act hinges on is no condition; a refusal told whole (will not) is one refusal.
    stance = "support" if stance == "conditional" else stance
    return CONTRARY[stance] if is_negated(root) else stance


def _labelled(act: _Act) -> tuple[str, bool, bool] | None:
    """The label of an act, the same for its contrary; whether it is the object alone, and whether the act is for it."""
    named, predicate, agrees = act.named, act.predicate, act.agrees
    key = named.key
    if named.is_empty:
        return None
    if predicate in _GENERAL:
        agrees = agrees is (predicate in ("have", "raise"))
        predicate = "raise" if named.head in _AMOUNTS else "support" if named.is_somebody else "have"
        if predicate == "have" and named.is_bare:
            return None
        if named.is_broad or (named.is_somebody and act.predicate in ("raise", "lower")):
            return None
    shown = " ".join(named.shown) if key == " ".join(named.words) else key
    label = shown if predicate == "have" else f"{predicate} {shown}"
    return label[:1].upper() + label[1:], predicate == "have", agrees


def _of(head: "Token", depth: int) -> _Act | None:
    if depth > _DEEPEST:
        return None
    if head.pos_ in ("VERB", "AUX"):
        return _of_verb(head, depth)
    return _of_noun(head, depth)


def _turned(act: _Act | None, turned: bool) -> _Act | None:
    return _Act(act.predicate, act.named, not act.agrees) if act is not None and turned else act


def _of_verb(verb: "Token", depth: int) -> _Act | None:
    negated = is_negated(verb)
    lemma = verb.lemma_.lower()
    if lemma == "be":
        return _turned(_of_judged(verb, depth), negated)
    noun, clause = child(verb, *_OBJECTS), child(verb, "xcomp", "ccomp")
    told = (c for c in verb.children if (c == clause and c.tag_ == "VB") or c.lower_ in _ELSEWHERE)
    if noun is not None and any(c.i > noun.i for c in told):
        return None  # want the state to do something, keep guns out: who or how is not told by a topic
    if noun is None and clause is not None and lemma in _CLAUSES:
        return _turned(_of(clause, depth + 1), negated ^ (_CLAUSES[lemma] == "against"))
    particle = child(verb, "prt")
    phrase = lemma if particle is None else f"{lemma} {particle.lower_}"
    if noun is None:
        link = next((c for c in verb.children if c.dep_ == "prep" and c.i > verb.i), None)
        noun = None if link is None else child(link, "pobj")
        if link is None or noun is None:
            return None
        phrase = f"{phrase} {link.lower_}"
    meaning = _meaning(phrase, noun)
    return None if meaning is None else _turned(_joined(meaning, phrase, noun, depth), negated)


def _meaning(phrase: str, noun: "Token") -> str | None:
    """What a verb with its particle says is done to its object; None if that is nothing."""
    if phrase == "lift" and noun.lemma_.lower() in _AMOUNTS:
        return "raise"
    return _VERBS.get(phrase) or (phrase if " " not in phrase and phrase not in _LIGHT_VERBS else None)


def _of_judged(verb: "Token", depth: int) -> _Act | None:
    """What is judged: it would be premature *to lift sanctions*."""
    for holder in (verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr"))):
        clause = child(holder, "csubj", "xcomp", "acl", "advcl")
        if clause is not None and clause.pos_ == "VERB" and clause.tag_ in ("VB", "VBG"):
            return _of(clause, depth + 1)
    return None


def _joined(meaning: str, word: str, noun: "Token", depth: int) -> _Act | None:
    """A predicate and its object, where the object may itself name an act: to *reject a ban on* abortion."""
    inner = _of_noun(noun, depth + 1)
    if inner is None or (inner.named.is_somebody and inner.predicate == "have" and _is_of_none(meaning, word)):
        return None
    if meaning in ("have", "raise", "reform"):
        if inner.predicate == "have":
            return _Act(meaning, inner.named, inner.agrees)
        return inner
    if meaning in ("end", "lower"):
        if inner.predicate == "have":
            return _Act(meaning, inner.named, inner.agrees)
        return _Act(inner.predicate, inner.named, not inner.agrees)
    named = name_of(noun)
    return None if named is None else _Act(meaning, named)


def _is_of_none(meaning: str, word: str) -> bool:
    """Whether a word does to people and countries what is no topic: neither their side is taken, nor more told."""
    return meaning in _GENERAL and word not in _SIDES


def _of_noun(noun: "Token", depth: int) -> _Act | None:
    """What a noun phrase is for: the act that it names, the clause that it holds, or the thing itself."""
    if depth > _DEEPEST:
        return None
    negated = any(c.dep_ == "det" and c.lower_ == "no" for c in noun.lefts)
    lemma = noun.lemma_.lower()
    if lemma in _QUANTIFIERS and (of := next((c for c in noun.rights if c.lower_ == "of"), None)) is not None:
        held = child(of, "pobj")
        return None if held is None else _turned(_of_noun(held, depth + 1), negated)
    if lemma in _ACTS and (act := _of_act(noun, _ACTS[lemma], depth)) is not None:
        return _turned(act, negated)
    if lemma in LIGHT and (act := _of_clause(noun, depth)) is not None:
        return _turned(act, negated)
    named = name_of(noun)
    return None if named is None else _Act("have", named, not negated)


def _of_act(noun: "Token", meaning: str, depth: int) -> _Act | None:
    """An act with what it is done to: a ban *on abortion*, *spending* cuts."""
    for link in noun.rights:
        held = child(link, "pobj") if link.dep_ == "prep" and link.lower_ in _LINKS else None
        if held is not None:
            return _joined(meaning, noun.lemma_.lower(), held, depth)
    before = next((c for c in reversed(list(noun.lefts)) if c.dep_ == "compound"), None)
    if before is not None and meaning in ("raise", "lower", "reform", "investigate", "have") and before.pos_ != "PROPN":
        named = name_of_plain(before)
        return None if named is None else _Act(meaning, named)
    return None


def _of_clause(noun: "Token", depth: int) -> _Act | None:
    """A form whose clause says what is wanted: a bill *to ban* it, legislation *that would legalize* it."""
    for clause in noun.rights:
        if clause.dep_ in ("acl", "relcl") and clause.pos_ == "VERB":
            if clause.dep_ == "relcl" and not any(
                c.dep_ == "nsubj" and c.lower_ in ("that", "which") for c in clause.children
            ):
                continue
            if clause.tag_ in ("VB", "VBG", "VBZ", "VBP"):
                return _of(clause, depth + 1)
        if clause.dep_ == "prep" and (gerund := child(clause, "pcomp")) is not None:
            return _of(gerund, depth + 1)
    return None
