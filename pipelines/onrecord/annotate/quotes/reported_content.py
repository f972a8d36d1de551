"""What is reported without quotation marks: the clause or object that a cue verb takes, as a range of tokens."""

from typing import TYPE_CHECKING

from onrecord.annotate.quotes import cues
from onrecord.annotate.quotes.reported_reading import FINITE, NOUNISH, Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

Range = tuple[int, int]
OPENERS = frozenset({"$", "(", "[", "“", '"', "‘", "'", "€", "£", "#", "@"})
CLOSERS = frozenset({")", "%", "]"})
LONGEST_CONTENT = 400  # tokens: no reported sentence is longer
LONGEST_TAIL = 8  # tokens of a subject's prepositional phrases
SHORTEST_OBJECT = 3  # tokens: "rejected the idea" says nothing
LEADS = frozenset({"that", "and", "but", "however"})  # our convention leaves the conjunction out of the content
DASHES = frozenset({"—", "–", "-", "--"})
SUBORDINATING = frozenset(
    {
        "though",
        "although",
        "while",
        "when",
        "as",
        "if",
        "because",
        "after",
        "before",
        "since",
        "until",
        "once",
        "whereas",
        "unless",
        "whenever",
    }
)
BESIDE = frozenset({",", "again", "later", "earlier", "also", "here"})
WITH_SUBJECT = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
# The accused is part of what is said.
WITH_TARGET = frozenset({"accuse", "blame", "press", "warn", "describe", "denounce", "dismiss", "characterize"})


def find_content(
    reading: Reading, verb: "Token", lemma: str, source_head: int | None, addressee: tuple[int, int] | None
) -> tuple[Range | None, bool, int]:
    """The content's tokens, whether it is a clause, and the token after the cue's last word."""
    if lemma in cues.SAY and source_head is not None and source_head > verb.i:
        inverted = _before(reading, verb, source_head)  # "The talks would go on, said the envoy, who …"
        if inverted is not None:
            return inverted, True, verb.i + 1
    clause = _clause(reading, verb, lemma, addressee)
    if clause is not None:
        return clause, True, verb.i + 1
    with_preposition = _after_preposition(reading, verb, lemma)
    if with_preposition is not None:
        return with_preposition[0], False, with_preposition[1]
    if lemma in cues.SAY and lemma not in cues.QUOTE_ONLY:
        parenthetic = (_beside_as(reading, verb) if lemma in cues.TAKES_THAT else None) or _before(
            reading, verb, source_head
        )
        if parenthetic is not None:
            return parenthetic, True, verb.i + 1
        rest = _around(reading, verb, source_head) or _by_position(reading, verb, lemma, addressee)
        if rest is not None:
            return rest, True, verb.i + 1
    if lemma in cues.EXPRESS:
        stance = _stance(reading, verb)
        if stance is not None:
            return stance[0], False, stance[1]
    if lemma in cues.OBJECT:
        for child in verb.rights:
            if child.dep_ == "dobj" and child.pos_ == "NOUN":
                last = _before_medium(reading, child.i, _with_tail(reading, int(child.right_edge.i) + 1))
                found = cut(reading, child.left_edge.i, last, verb.i)
                if found is not None and found[1] - found[0] >= SHORTEST_OBJECT:
                    return found, False, verb.i + 1
    return None, False, verb.i + 1


def _clause(reading: Reading, verb: "Token", lemma: str, addressee: tuple[int, int] | None) -> Range | None:
    """The clause that the verb takes: "said (that) …", "offered to …", "urged X to …", "called for X to …"."""
    speaks = lemma in cues.SAY and lemma not in cues.QUOTE_ONLY
    for child in verb.rights:
        if child.dep_ not in ("ccomp", "xcomp", "advcl"):
            continue
        last = min(int(child.right_edge.i) + 1, verb.i + LONGEST_CONTENT)
        to = next((c for c in child.lefts if c.dep_ == "aux" and c.lower_ == "to"), None)
        if to is not None:
            if lemma in cues.TO_DO and (child.dep_ != "advcl" or lemma in cues.ADDRESSED):
                mark = next((c for c in child.lefts if c.lower_ == "for" and c.i < to.i), None)
                first = mark.i + 1 if mark is not None else to.i - (reading.lower[to.i - 1] == "not")
                last = _before_medium(reading, to.i, _stop(reading, to.i, last, wanted=True))
                return cut(reading, first, last, verb.i)
        elif child.tag_ == "VBG" and child.dep_ in ("xcomp", "ccomp") and lemma in cues.DOING:
            return cut(reading, int(child.left_edge.i), _stop(reading, child.i, last, wanted=True), verb.i)
        elif child.dep_ == "ccomp" and speaks and not _is_aside(reading, verb.i, child.i):
            first = max(int(child.left_edge.i), verb.i + 1)
            finite = child.tag_ in FINITE or any(c.tag_ in FINITE for c in child.lefts if c.dep_ in ("aux", "auxpass"))
            if child.tag_ == "VBN" and not finite and not any(c.dep_ in WITH_SUBJECT for c in child.lefts):
                return None  # a participle: "told the court of claims lodged against him"
            if finite and not any(c.dep_ in WITH_SUBJECT for c in child.lefts):
                subject = next((c for c in verb.rights if c.dep_ == "dobj" and _reaches(reading, c, first)), None)
                if subject is not None:
                    first = int(subject.left_edge.i)
                elif verb.dep_ == "relcl":
                    return None  # a gap: "the missiles it alleged were used"
            first = _left_edge(reading, verb, first, int(child.i), addressee)
            return cut(reading, first, _stop(reading, child.i, last, wanted=False), verb.i)
    return None


def _is_aside(reading: Reading, verb: int, clause: int) -> bool:
    """ "He adds a minister (she is a farmer)": the clause in brackets is not reported."""
    opened = [k for k in range(max(verb + 1, clause - 30), clause) if reading.lower[k] in ("(", ")")]
    return bool(opened) and reading.lower[opened[-1]] == "("


def _reaches(reading: Reading, noun: "Token", verb: int) -> bool:
    """Nothing but the noun's own prepositional phrases, wherever the parser hung them, stands before the verb."""
    between = range(int(noun.right_edge.i) + 1, verb)
    return len(between) <= LONGEST_TAIL and all(
        reading.tokens[k].pos_ in NOUNISH or reading.tokens[k].pos_ in ("ADP", "DET", "ADJ", "NUM") for k in between
    )


def _by_position(reading: Reading, verb: "Token", lemma: str, addressee: tuple[int, int] | None) -> Range | None:
    """The rest of the sentence after "said that" or "said" and a clause, where the parser saw no complement."""
    high = min(reading.sentences[reading.sentence[verb.i]][1], verb.i + LONGEST_CONTENT)
    first = _left_edge(reading, verb, verb.i + 1, min(verb.i + 20, high - 1), addressee)
    told = -1 if addressee is None else addressee[1]
    takes_object = any(child.dep_ == "dobj" and child.idx + len(child.text) != told for child in verb.rights)
    if first >= high or verb.dep_ == "relcl" or takes_object:
        return None
    introduced = reading.lower[first - 1] == "that"
    if introduced and lemma not in cues.TAKES_THAT and reading.tokens[first - 1].head.head.i > verb.i:
        return None  # the clause of a noun: "responded to reports that …"
    if not introduced and lemma not in cues.TAKES_THAT:
        return None
    if not introduced and reading.lower[verb.i + 1] == "," and not any(c.dep_ in WITH_SUBJECT for c in verb.lefts):
        return None  # a participle: "the flights already announced, the strikes …"
    subjects = (reading.tokens[k] for k in range(first, min(first + 10, high)))
    subject = next((token for token in subjects if token.dep_ in WITH_SUBJECT), None)
    if not introduced and (subject is None or subject.tag_ in ("WP", "WDT") or subject.head.i < subject.i):
        return None
    last = _stop(reading, first, high, wanted=False)
    found = cut(reading, first, last, verb.i)
    return found if found is not None and has_clause(reading, *found) else None


def _stop(reading: Reading, root: int, last: int, *, wanted: bool) -> int:
    """Where reported words end before `last` because the reporter goes on.

    "… be eased and called for talks": a coordinated cue without a subject of its own is the reporter's, and so is any
    verb without one after a comma. "…, adding that …": so is a participle that reports, and "…, widely seen as …".
    "…, after Mr. Smith said …": so is a clause with its own cue. After `wanted` actions ("proposed to ease sanctions,
    increasing …") any participle after a comma is the reporter's.
    """
    for k in range(root + 1, min(last, len(reading.tokens) - 1)):
        token = reading.tokens[k]
        lemma = token.lemma_.lower()
        if not token.tag_.startswith("V") or reading.quoted[k] >= 0:
            continue
        if token.tag_ == "VBN" and lemma in cues.GLOSS and token.dep_ in ("advcl", "acl"):
            comma = k - 1 if reading.lower[k - 1] == "," else k - 2
            if comma > root and reading.lower[comma] == ",":
                return comma
        elif token.tag_ == "VBG":
            comma = k - 1 if reading.lower[k - 1] == "," else k - 2
            if comma > root and reading.lower[comma] == "," and (lemma in cues.SAY or (wanted and comma == k - 1)):
                return comma
        elif token.tag_ in FINITE | {"VBN"}:
            if token.dep_ == "conj" and not any(c.dep_ in WITH_SUBJECT for c in token.lefts):
                cc = next((j for j in range(k - 1, max(k - 5, root), -1) if reading.lower[j] in ("and", "but")), None)
                if cc is None or any(reading.tokens[j].pos_ in NOUNISH for j in range(cc, k)):
                    continue
                if lemma in cues.EVERY or (reading.lower[cc - 1] == "," and token.head.i == root):
                    return cc
            elif lemma in cues.SAY and token.dep_ == "advcl" and any(c.dep_ in WITH_SUBJECT for c in token.lefts):
                edge = int(token.left_edge.i)
                if edge - 1 > root and reading.lower[edge - 1] == ",":
                    return edge - 1
    return last


def _left_edge(reading: Reading, verb: "Token", first: int, root: int, addressee: tuple[int, int] | None) -> int:
    """Where the reported clause begins between the verb and its own verb `root`.

    The time and place of speaking that the parser gave to the clause are taken off ("said on Tuesday sanctions …"),
    and a subject that it left behind is taken in.
    """
    low = verb.i + 1
    if addressee is not None and reading.starts[low] <= addressee[0]:
        low = max(low, reading.range_of(*addressee)[1])
    tokens = reading.tokens
    for k in range(low, min(root, low + 20)):
        if reading.lower[k] == "that" and tokens[k].tag_ == "IN":
            return k + 1
    at = low
    while at < root:
        token = tokens[at]
        dated = token.tag_ == "IN" and at + 1 < root and tokens[at + 1].ent_type_ in ("DATE", "TIME")
        if dated or token.ent_type_ in ("DATE", "TIME") or reading.lower[at] in BESIDE:
            at += 1
        else:
            break
    if at < root and tokens[at].tag_ == "POS":
        return low  # "said Wednesday's votes were …"
    if at > low and at < root and tokens[at].dep_ not in ("aux", "auxpass", "neg"):
        return at
    if first > at and all(
        tokens[k].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART") for k in range(at, first)
    ):
        return at
    return first


def _after_preposition(reading: Reading, verb: "Token", lemma: str) -> tuple[Range | None, int] | None:
    """ "called for …", "accused X of …", "warned against …"."""
    candidates = list(verb.rights)
    if lemma == "accuse":  # "accused him and his aides of …", where the parser gives "of" to them
        candidates += [
            c for noun in verb.rights if noun.dep_ == "dobj" for each in (noun, *noun.conjuncts) for c in each.rights
        ]
    for child in candidates:
        if child.dep_ not in ("prep", "prt", "dative") or child.lower_ not in cues.PREPOSITION.get(lemma, ()):
            continue
        first, last = child.i + 1, int(child.right_edge.i) + 1
        if first >= last:
            following = next((c for c in verb.rights if c.i > child.i and c.dep_ in ("dobj", "ccomp", "xcomp")), None)
            if following is None:
                continue
            last = int(following.right_edge.i) + 1
        cue_end = child.i + 1
        last = _before_medium(reading, first, last)
        if lemma in WITH_TARGET:
            target = next((c for c in verb.rights if c.dep_ in ("dobj", "dative") and c.i < child.i), None)
            if target is None and child.lower_ == "on":
                continue  # "the attack, which some have blamed on the rebels": what is blamed stands elsewhere
            if target is not None:
                first, cue_end = int(target.left_edge.i), verb.i + 1
        return cut(reading, first, last, verb.i), cue_end
    return None


def _before_medium(reading: Reading, first: int, last: int) -> int:
    """ "… against intervention in a memo": where the preposition with the statement, letter or interview begins."""
    for k in range(first + 1, last - 1):
        if reading.lower[k] in ("in", "during") and any(
            reading.tokens[j].lemma_.lower() in cues.SPEECH_NOUN for j in range(k + 1, min(k + 4, last))
        ):
            return k
    return last


def _with_tail(reading: Reading, last: int) -> int:
    """An object's ", with …" or ", including …" up to the next comma or the end of the sentence."""
    high = reading.sentences[reading.sentence[last - 1]][1]
    if last + 1 >= high or reading.lower[last] != "," or reading.lower[last + 1] not in ("with", "including"):
        return last
    return next((k for k in range(last + 2, high) if reading.lower[k] == "," or reading.quoted[k] >= 0), high)


def _stance(reading: Reading, verb: "Token") -> tuple[Range | None, int] | None:
    """ "expressed willingness to ease …", "voiced support for …": what follows the noun is the content."""
    noun = next((child for child in verb.rights if child.dep_ == "dobj"), None)
    if noun is None or noun.lemma_.lower() not in cues.STANCE_NOUN:
        return None
    high = reading.sentences[reading.sentence[verb.i]][1]
    if noun.i + 2 < high and reading.lower[noun.i + 1] == "that":
        found = cut(reading, noun.i + 2, _stop(reading, noun.i + 2, high, wanted=False), verb.i)
        if found is not None and has_clause(reading, *found):
            return found, noun.i + 1
    for child in noun.rights:
        first = int(child.left_edge.i)
        if child.dep_ == "prep":
            first = child.i + 1
        elif child.dep_ not in ("acl", "relcl", "ccomp"):
            continue
        last = _before_medium(reading, first, int(child.right_edge.i) + 1)
        return cut(reading, first, last, verb.i), noun.i + 1
    return None


def _before(reading: Reading, verb: "Token", source_head: int | None) -> Range | None:
    """The clause before ", the official said on Monday." up to its comma."""
    if source_head is None:
        return None
    edge = verb.i
    if source_head < verb.i:
        edge = min(edge, int(reading.tokens[source_head].left_edge.i))
    comma = edge - 1
    first = reading.sentences[reading.sentence[verb.i]][0]
    if comma <= first or not (reading.lower[comma] == "," or reading.lower[comma] in DASHES):
        return None
    if any(child.dep_ == "dobj" and child.i > verb.i for child in verb.children) and verb.lemma_ not in cues.ADDRESSED:
        return None
    colon = next((k for k in range(comma - 1, first, -1) if reading.lower[k] == ":" and reading.quoted[k] < 0), None)
    found = cut(reading, first if colon is None else colon + 1, comma, verb.i)
    if found is None or not has_clause(reading, *found):
        return None
    opening = reading.tokens[found[0]]
    if opening.tag_ in ("VBN", "VBG") and opening.head.i == verb.i:
        return None  # "Asked whether he would resign, he said no"
    opens = {reading.lower[found[0]]} | ({"after", "before", "since"} & set(reading.lower[found[0] : found[0] + 4]))
    subordinate = bool(opens & SUBORDINATING) and "," not in reading.lower[found[0] : found[1]]
    return None if subordinate else found


def _around(reading: Reading, verb: "Token", source_head: int | None) -> Range | None:
    """ "The plan, the minister said, has no future": the longer part, with the verb, stands for the clause."""
    high = reading.sentences[reading.sentence[verb.i]][1]
    if source_head is None or source_head > verb.i or verb.i + 2 >= high or reading.lower[verb.i + 1] != ",":
        return None
    opening = int(reading.tokens[source_head].left_edge.i) - 1
    if opening < 0 or reading.lower[opening] != "," or reading.quoted[opening] >= 0:
        return None
    rest = range(verb.i + 2, high)
    if reading.tokens[rest[0]].tag_ == "VBG" or not any(reading.tokens[k].tag_ in FINITE for k in rest):
        return None
    return cut(reading, rest[0], _stop(reading, rest[0], high, wanted=False), verb.i)


def _beside_as(reading: Reading, verb: "Token") -> Range | None:
    """ "As the agency reported, the ship …": the clause beside "as" and its comma."""
    first, last = reading.sentences[reading.sentence[verb.i]]
    mark = next((c for c in verb.lefts if c.lower_ == "as" and c.dep_ in ("mark", "advmod", "prep")), None)
    if mark is None:
        return None
    if not any(reading.is_word(k) for k in range(first, mark.i)):
        comma = next((k for k in range(verb.i + 1, last) if reading.lower[k] == "," and reading.quoted[k] < 0), None)
        found = cut(reading, comma + 1, last, verb.i) if comma is not None else None
    else:
        found = cut(reading, first, mark.i, verb.i) if reading.lower[mark.i - 1] == "," else None
    return found if found is not None and has_clause(reading, *found) else None


def has_clause(reading: Reading, first: int, last: int) -> bool:
    """A finite verb with a subject before it; a noun will do, since parsers lose subjects after datelines."""
    subject = False
    for k in range(first, last):
        token = reading.tokens[k]
        if token.dep_ in WITH_SUBJECT or (token.pos_ in NOUNISH and token.dep_ != "pobj"):
            subject = True
        elif token.tag_ in FINITE and subject and token.dep_ not in ("relcl", "acl"):
            return True
    return False


def cut(reading: Reading, first: int, last: int, verb: int) -> Range | None:
    """The range within the sentence of the cue, without edge punctuation, linking words and a leading "that"."""
    low, high = reading.sentences[reading.sentence[verb]]
    first, last = max(first, low), min(last, high)
    return None if first <= verb < last else bare(reading, first, last)


def bare(reading: Reading, first: int, last: int) -> Range | None:
    """The range without edge punctuation and linking words; what opens or closes a pair stays."""
    while last > first and (
        (not reading.is_word(last - 1) and reading.lower[last - 1] not in CLOSERS) or reading.lower[last - 1] in LEADS
    ):
        last -= 1
    while first < last and (
        (not reading.is_word(first) and reading.lower[first] not in OPENERS) or reading.lower[first] in LEADS
    ):
        first += 1
    return (first, last) if first < last else None
