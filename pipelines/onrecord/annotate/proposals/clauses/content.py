"""Which characters a content spans: its subtree, without what is only attached to it, with what finishes it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from onrecord.annotate.syntax.tree import LONGEST_CONTENT, child, end_of, infinitive_mark, is_finite
from onrecord.knowledge.word_lists import listed_lower, with_meaning
from onrecord.knowledge.words import word_set
from onrecord.timex.lexicon import GROUPS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# A clause or phrase that starts with one of these after a comma is about the content, not of it.
_AFTERTHOUGHTS = frozenset({"while", "after", "as", "although", "though", "amid", "whereas", "but", "because", "since"})
# Prepositional phrases that the parser hangs on the cue although they finish the content: cooperation in ...
_FINISHING = word_set("""in of for with at to against on before from toward towards over until through between""")
# ... unless they say when and where it was said.
_OCCASIONS = listed_lower("weekday") | with_meaning("occasion", "speech_noun")
# Where it was said: a prepositional phrase with one of these is not of the content.
_WRITINGS = with_meaning("writing", "speech_noun")
_PREFIXES = frozenset({"de", "re", "non", "anti", "pre", "co"})
_SPANS = frozenset({*GROUPS["UNITS"], "shortly", "just"})
_CONDITIONS = (("in", "exchange"), ("in", "return"), ("if", None), ("unless", None), ("with", None))
_TRIMMED = " \n\t,;:.—–-"


@dataclass(frozen=True, slots=True)
class Complement:
    """The content of a cue: its head, its last token, its characters, and who should act if the frame says so."""

    head: "Token"
    last: int
    start: int
    end: int
    target: "Token | None" = None


def spanned(
    content: "Token", cue: "Token", *, first: int | None = None, target: "Token | None" = None
) -> Complement | None:
    """The characters of a content: its subtree on its side of the cue, from token `first` on if given."""
    low = content.left_edge.i if first is None else first
    high = content.right_edge.i
    if content.i > cue.i:
        low = max(low, cue.i + 1)
        if low < content.i and content.doc[low].lower_ == "that" and content.doc[low].dep_ == "mark":
            low += 1
    else:
        high = min(high, (cue.left_edge.i if cue.left_edge.i > content.i else cue.i) - 1)
    found = content_of(content, low, high, target)
    return found if found.end > found.start else None


def finished(content: Complement | None, head: "Token") -> Complement | None:
    """A noun phrase with what follows it directly and belongs to it, although the parser hangs it on the cue."""
    if content is None or content.head.pos_ == "PRON":
        return content
    doc, last = head.doc, content.last
    for c in head.children:
        if c.i <= content.head.i:
            continue
        noun = child(c, "pobj", "pcomp")
        gap = c.left_edge.i - last
        follows = gap == 1 or (gap == 2 and doc[last + 1].text == "," and c.lower_ == "with")
        belongs = (
            c.dep_ in ("prep", "dative") and c.lower_ in _FINISHING and noun is not None and not _is_occasion(noun)
        )
        to_act = c.dep_ in ("xcomp", "advcl", "acl") and c.left_edge.tag_ == "TO" and child(c, "nsubj") is None
        if not follows or not (belongs or to_act):
            break
        last = _cut(c, c.left_edge.i, c.right_edge.i)
    return _extended(content, last)


def content_of(head: "Token", first: int, last: int, target: "Token | None" = None) -> Complement:
    """The content that tokens first..last hold, without what is only attached to it."""
    last = _glued(head.doc, _cut(head, first, last))
    return Complement(head, last, *extent(head.doc, first, last), target)


def _glued(doc: "Doc", last: int) -> int:
    """The last token of what a hyphen joins on: to de-escalate the crisis, whose parts the parser takes for words."""
    if last + 2 >= len(doc) or doc[last + 1].text != "-" or doc[last].whitespace_ or doc[last + 1].whitespace_:
        return last
    joined = doc[last + 2]
    belongs = joined.pos_ == "VERB" or (joined.pos_ == "NOUN" and doc[last].lower_ in _PREFIXES)
    return _cut(joined, joined.i, joined.right_edge.i) if belongs else last


def _extended(content: Complement, last: int) -> Complement:
    """The content up to token `last`."""
    if last <= content.last:
        return content
    return replace(content, last=last, end=extent(content.head.doc, content.last, last)[1])


def _is_occasion(noun: "Token") -> bool:
    return noun.ent_type_ in ("DATE", "TIME") or noun.lemma_.lower() in _OCCASIONS


def _cut(content: "Token", first: int, last: int) -> int:
    """The last of tokens first..last before what is only attached to the content, such as `, which ...`."""
    doc = content.doc
    last = min(last, first + LONGEST_CONTENT)
    for i in range(max(first, content.i) + 1, last + 1):
        token, before = doc[i], doc[i - 1]
        aside = before.text in (",", "—", "–", "-", ";", "--") and (
            token.lower_ in ("which", "who", "whose")
            or (token.dep_ in ("mark", "prep") and token.lower_ in _AFTERTHOUGHTS)
            or (token.tag_ == "VBG" and token.dep_ == "advcl")
            or (token.lower_ in ("a", "an") and i < last and doc[i + 1].lower_ in ("move", "step", "decision"))
            or (token.lower_ == "in" and i + 2 <= last and doc[i + 2].lower_ in ("move", "sign", "bid", "response"))
        )
        # promised to stay hours after the vote: when it was promised
        later = token.dep_ in ("npadvmod", "advmod") and i < last and doc[i + 1].lower_ in ("after", "before")
        aside = aside or (later and doc[i + 1].dep_ == "mark" and token.lower_ in _SPANS)
        told = token.dep_ == "prep" and i > first and (noun := child(token, "pobj")) is not None
        aside = aside or (told and noun is not None and noun.lemma_.lower() in _WRITINGS and noun.i <= last)
        own_clause = token.dep_ == "conj" and (
            (token.head == content and child(token, "nsubj", "nsubjpass") is not None)
            or (is_finite(token) and infinitive_mark(token.head) is not None)
        )
        if aside or token.dep_ == "parataxis" or own_clause:
            last = max((i if aside else token.left_edge.i) - 1, content.i)
            break
    while last > first and doc[last].dep_ in ("cc", "punct") and doc[last].text not in ')]"”':
        last -= 1
    return max(last, first)


def extent(doc: "Doc", first: int, last: int) -> tuple[int, int]:
    """Characters of tokens first..last, stripped. Looks at these tokens only: the text of a whole Doc is made anew."""
    base, window = doc[first].idx, doc[first : last + 4].text
    start, end = strip(window, 0, end_of(doc[last]) - base)
    return base + start, base + end


def strip(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and punctuation at its edges, and without a quotation mark that has no partner."""
    for _ in range(3):
        while start < end and text[start] in _TRIMMED:
            start += 1
        while start < end and text[end - 1] in _TRIMMED and not _is_abbreviation(text, start, end):
            end -= 1
        if end - start < 2:
            break
        inner = text[start + 1 : end - 1]
        opening, closing = text[start] in '"“', text[end - 1] in '"”'
        if opening and not closing and not any(mark in inner for mark in '"”'):
            start += 1
        elif closing and not opening and not any(mark in inner for mark in '"“'):
            end -= 1
        else:
            break
    while start < end < len(text) - 1 and text[end] == "-" and text[end + 1].isalnum() and text[end - 1].isalnum():
        end = next((i for i in range(end + 1, min(end + 40, len(text))) if not text[i].isalnum()), end + 1)
    return start, end


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the last point belongs to letters such as U.S."""
    return text[end - 1] == "." and end - start > 3 and text[end - 3] == "."


def conditioned(content: Complement) -> Complement:
    """A condition that the parser hangs elsewhere belongs to the content: relief *in exchange for a step*."""
    doc, last = content.head.doc, content.last
    following = last + 2 if last + 1 < len(doc) and doc[last + 1].text == "," else last + 1
    if following + 1 >= len(doc):
        return content
    token, after = doc[following], doc[following + 1]
    if not any(token.lower_ == word and then in (None, after.lower_) for word, then in _CONDITIONS):
        return content
    anchor = token if token.lower_ in ("in", "with") else token.head
    if anchor.i < following or (token.lower_ == "with" and not _is_absolute(token, content)):
        return content
    return _extended(content, _cut(anchor, following, anchor.right_edge.i))


def _is_absolute(preposition: "Token", content: Complement) -> bool:
    """A comma, with, somebody or something, and a participle: a phased process, *with aid granted at each step*."""
    noun = child(preposition, "pobj")
    clause = noun is not None and any(c.dep_ == "acl" and c.tag_ in ("VBN", "VBG") for c in noun.children)
    return clause and content.end < preposition.idx - 1
