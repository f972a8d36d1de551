"""What a form stands for whose words name no policy: the bill, this deal, passing it.

Its article tells elsewhere what is in it: *a bill to ban assault weapons*, *the gun bill*. These wordings are coded as
contents are; where they agree, the form is about their issue, on their side or on the contrary one.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.proposals.coding.codebook import Code, Codebook
from onrecord.annotate.proposals.coding.proposed import ProposedWords
from onrecord.annotate.proposals.coding.topics import CONTRARY, form_of
from onrecord.annotate.syntax.tree import child
from onrecord.knowledge.word_lists import listed, meanings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_KINDS = meanings("topic_form")  # forms, each with the kind of form that it is: a bill is a measure
_WHOSE_FORM = listed("topic_whose")
_THE = frozenset({"the", "this", "that"})
_WHOSE = frozenset({"by", "from", "in"})  # begin what says whose or where a form is, and not what is in it
_LINKS = ("to", "on", "for", "of", "that", "with", "against", "in", "over", "about")
_LONGEST = 14  # tokens of a wording that are coded
_MENTIONS = 25  # of a form in an article that are looked at
_NEAR = 60  # tokens before a pronoun in which its form stands
_AGREED = 0.75  # share of the wordings that tell what is in it which must have this issue, on this side


def code_by_context(codebook: Codebook, content: ProposedWords, act: str) -> Code:
    """The code of a content that is a form, from what its article says of it; none if it does not say one thing."""
    form = form_of(content, act)
    if form is None:
        return Code()
    noun = form.noun if form.noun.pos_ != "PRON" else _meant(form.noun)
    if noun is None or not _is_definite(noun):
        return Code()
    told: Counter[tuple[str | None, bool]] = Counter()
    for alike in _alike(noun):
        code = codebook.code(_told_of(alike), "support")
        if code.issue_id is not None or _is_told(alike):
            told[code.issue_id, code.stance == "oppose"] += 1
    if not told:
        return Code()
    (issue_id, is_contrary), count = told.most_common(1)[0]
    if issue_id is None or count < _AGREED * sum(told.values()):
        return Code()
    return Code(issue_id, CONTRARY[form.stance] if is_contrary else form.stance)


def _is_definite(noun: "Token") -> bool:
    """Whether a form is one that its article knows, told by nothing behind it: *the bill*, not *laws that ...*."""
    if noun.lemma_.lower() not in _KINDS or noun.tag_ == "NNS":
        return False
    is_told = any(c.dep_ in ("acl", "relcl", "prep") and c.lower_ not in _WHOSE for c in noun.rights)
    is_known = any(c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in _THE) for c in noun.lefts)
    return is_known and not is_told


def _meant(pronoun: "Token") -> "Token | None":
    """The nearest form before a pronoun: a law, repealing *it*."""
    before = (pronoun.doc[i] for i in range(pronoun.i - 1, max(pronoun.i - _NEAR, -1), -1))
    return next((t for t in before if t.tag_ in ("NN", "NNP") and t.lemma_.lower() in _KINDS), None)


def _alike(noun: "Token") -> Iterator["Token"]:
    """The forms of this kind in the article, by the same owner if somebody's is asked for."""
    kind, owner = _KINDS[noun.lemma_.lower()], _owner(noun)
    seen = 0
    for token in noun.doc:
        if token.pos_ not in ("NOUN", "PROPN") or _KINDS.get(token.lemma_.lower()) != kind:
            continue
        if owner is not None and _owner(token) not in (owner, None):
            continue  # somebody else's
        seen += 1
        if seen > _MENTIONS:
            return
        yield token


def _owner(noun: "Token") -> str | None:
    held = child(noun, "poss")
    return None if held is None or held.pos_ == "PRON" else held.lemma_.lower()


def _is_told(noun: "Token") -> bool:
    """Whether a form is told from others by what is in it: the *library* bill, a law *that would fund libraries*."""
    before = any(c.dep_ == "compound" and c.pos_ == "NOUN" and c.lower_ not in _WHOSE_FORM for c in noun.lefts)
    return before or any(
        (c.dep_ == "acl" and c.tag_ == "VB")
        or (c.dep_ == "relcl" and any(aux.lower_ in ("would", "will") for aux in c.children))
        for c in noun.rights
    )


def _told_of(noun: "Token") -> str:
    """A form with what tells its content: before it, behind it, or in its clause."""
    first = min((c.left_edge for c in noun.lefts if c.dep_ in ("compound", "amod", "nmod")), default=noun)
    last = noun
    for part in noun.rights:
        is_open = part.dep_ in ("acl", "relcl") and part.tag_ != "VBN"
        if is_open or (part.dep_ == "prep" and part.lower_ in _LINKS):
            last = part.right_edge
            break
    return _text(noun.doc, first.i, last.i)


def _text(doc: "Doc", first: int, last: int) -> str:
    return doc[first : min(last, first + _LONGEST) + 1].text
