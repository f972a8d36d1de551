"""What a proposal is about in a few base forms, `ease sanction on north korea`: comparable where no issue fits."""

from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import child, infinitive_mark, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 100  # characters
_OBJECTS = ("dobj", "nsubjpass", "attr", "dative", "oprd")
LINKS = frozenset({"of", "to", "on", "for", "against", "with", "from", "in", "into", "over", "at", "by", "about"})
_MODIFIERS = ("compound", "amod", "nmod", "nummod")
_STANDING = frozenset({"remain", "stay", "be", "continue", "come", "go"})  # say little without their subject
_DEEPEST = 3  # clauses inside each other


def action_of(head: "Token", depth: int = 0) -> str | None:
    """The predicate and its object in base forms, lower case; None if the content's head is a bare pronoun.

    A verb with its particle and object (rule out talk), the object of a passive likewise (the ban was lifted: lift
    ban); without an object the first prepositional phrase (negotiate with iran), else the subject (strike end). A
    judgement stands for what it judges (lifting them would be premature: lift them). A noun stands with its modifiers
    and first prepositional phrase (immediate end to strike).
    """
    if head.pos_ in ("VERB", "AUX"):
        words = _of_judged(head, depth) or _of_verb(head, depth)
    elif head.pos_ in ("PRON", "DET", "PUNCT", "SPACE"):
        return None
    else:
        words = _of_noun(head)
    return words[:LONGEST].rstrip() or None


def _of_judged(verb: "Token", depth: int) -> str | None:
    """What `be premature`, `be time`, `need` or `have` is said of: its clause."""
    if verb.lemma_ not in ("be", "have", "need", "ought", "continue", "begin", "start") or depth == _DEEPEST:
        return None
    holders = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr"))]
    for holder in holders:
        clause = child(holder, "csubj", "xcomp", "ccomp", "acl", "advcl")
        conditional = clause is not None and clause.dep_ == "advcl" and infinitive_mark(clause) is None
        if clause is not None and clause.pos_ in ("VERB", "AUX") and not conditional:
            return action_of(clause, depth + 1)
    return None


def _of_verb(verb: "Token", depth: int) -> str:
    words = ["not"] if is_negated(verb) else []
    words.append(base(verb))
    if (particle := child(verb, "prt")) is not None:
        words.append(base(particle))
    noun = child(verb, *_OBJECTS)
    clause = child(verb, "xcomp", "ccomp") if noun is None and depth < _DEEPEST else None
    if noun is not None:
        words.append(_of_noun(noun))
    elif clause is not None and clause.pos_ in ("VERB", "AUX"):
        words.append(action_of(clause, depth + 1) or "")
    else:
        link, subject = linked(verb), child(verb, "nsubj")
        words.append(link or "")
        if subject is not None and subject.pos_ != "PRON" and (link is None or verb.lemma_ in _STANDING):
            words.insert(0, _of_noun(subject))
    return " ".join(filter(None, words))


def _of_noun(noun: "Token") -> str:
    words = [base(c) for c in noun.children if c.dep_ in _MODIFIERS and c.i < noun.i] + [base(noun)]
    return " ".join(filter(None, [*words, linked(noun)]))


def linked(head: "Token") -> str | None:
    """The first prepositional phrase after a word: on north korea."""
    for c in head.children:
        if c.dep_ in ("prep", "dative") and c.i > head.i and c.lower_ in LINKS:
            noun = child(c, "pobj")
            if noun is not None and noun.ent_type_ not in ("DATE", "TIME"):
                kept = [base(m) for m in noun.children if m.dep_ in _MODIFIERS and m.i < noun.i]
                return " ".join([c.lower_, *kept, base(noun)])
            gerund = child(c, "pcomp")
            if gerund is not None:
                done = child(gerund, *_OBJECTS)
                return " ".join([c.lower_, base(gerund), *([base(done)] if done is not None else [])])
    return None


def base(token: "Token") -> str:
    return str(token.lemma_).lower()
