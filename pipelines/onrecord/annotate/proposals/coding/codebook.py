"""The codebook: policies that proposals are about, and where their words put the proposer."""

import hashlib
import json
import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import yaml

from onrecord.annotate.proposals.coding.examples import Comparison, Example
from onrecord.annotate.proposals.coding.needed import needed
from onrecord.errors import UserError
from onrecord.knowledge.word_lists import with_meaning

if TYPE_CHECKING:
    from onrecord.annotate.proposals.coding.embedder import Embedder

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # that in C, where it is built, is ten times as fast
_ISSUE_ID = re.compile(r"[a-z0-9-]+")
LONGEST_CONTENT = 2000  # characters of a content clause that are searched: bounds the cost on hostile text
_FAVOUR = {"propose", "demand", "call_for", "urge", "offer", "request", "support", "commit", "threaten", "plan"}
_CONDITION = re.compile(
    r"\b(?:(?<!even )if|unless|in exchange for|in return for|provided that|on condition|depend(?:s|ing)? on"
    r"|only (?:after|once|when|through|with)|should be followed by|reciprocal"
    r"|as part of an? (?:[\w-]+ )?(?:deal|agreement|bargain)"
    r"|before (?:the|any) (?:removal|lifting|easing|relaxation)"
    r"|(?<!at )once (?:an?|the|th[eo]se|th[ai][ts]|his|her|its|their|s?he|it|they|we|there))\b"
)
# Words that end what they are about. Those of REVERSED are not among them.
_ENDING = re.compile(
    r"\b(?:end(?:ing|s|ed)?|stop\w*|halt\w*|ceas\w+|freez\w+|paus\w+|suspend\w*|suspension|moratori\w+|cancel\w*|scrap\w*"
    r"|drop(?:s|ped|ping)?|abandon\w*|revers\w+|undo\w*|roll\w* back|rollback|repeal\w*|revok\w+|abolish\w*|abolition"
    r"|eliminat\w+|rid of|cut(?:s|ting)? off|defund\w*|dismantl\w+|overturn\w*|struck down|strik\w+ down|terminat\w+"
    r"|quit\w*|withdraw\w*|ban|bans|banned|banning|bar|bars|barred|barring|outlaw\w*|prohibit\w*|oust\w*"
    r"|get(?:ting)? out of)\b"
)
_ESCAPED = re.compile(r"\\.")  # in a pattern, where a capital is none: \W
_SURROGATE = re.compile(r"[\ud800-\udfff]")  # half a character, which YAML lets through
_CLAUSE = re.compile(r"\s(?:who|which|because|so that|that (?:can|could|may|might|is|are|was|were|do|does|did))\b")
# The content denies what it names (sanctions must not be lifted), or is itself a refusal of it (to vote against).
_DENIED = re.compile(
    r"^(?:to )?(?:not|never)\b|\b(?:should|must|will|would|can|could|shall|do|does|need|be|is|are|important|essential)"
    r"(?:n['’]t| not| never)\b|\b(?:can['’]t|won['’]t|cannot|no longer|let(?:['’]s| us) not)\b"
)
# A denial in a clause about somebody else: people who cannot afford it.
_ASIDE = re.compile(
    r"\b(?:who|which|because|that (?:can|could|is|are|do|does|did))\b[^,]*?\b(?:\w+n['’]t|not|never|cannot)\b"
)
# A denial behind what matched: the wage must not be *raised*.
_BEHIND = re.compile(
    r"[^,;.]{0,12}\b(?:(?:should|must|can|could|will|shall)(?: not| never|n['’]t)|cannot)(?: be)? (?P<verb>[a-z]+)"
)
_CARRIES_OUT = with_meaning("have", "topic_verb") | with_meaning("raise", "topic_verb")
_REVERSED = re.compile(
    r"(?:to |us |is |are |be ){0,2}(?:vot\w+ against|oppos\w+|reject\w*|refus\w+|resist\w*|veto\w*|block\w*|avoid\w*"
    r"|prevent\w*|refrain\w* from|against)\b"
)


class CodebookError(UserError):
    """A codebook file that cannot be used; the message names the entry and what is wrong with it."""

    code = "OR051"


class Code(NamedTuple):
    """What a proposal is coded with: an issue and the stance on its label, or None for both."""

    issue_id: str | None = None
    stance: str | None = None
    similarity: float | None = None  # cosine with the example that told it; None if a pattern did


@dataclass(frozen=True)
class PolicyPattern:
    """A regular expression, compiled when it is first asked for. With capitals it finds the lower-cased words, too."""

    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        has_capitals = any(map(str.isupper, _ESCAPED.sub("", self.pattern)))
        return re.compile(self.pattern, re.IGNORECASE if has_capitals else 0)


@dataclass(frozen=True, slots=True)
class Issue:
    """A policy on which one can take a stance. Patterns search the lower-cased content of a proposal."""

    issue_id: str
    label: str
    definition: str
    opposite_of: str | None  # the issue whose contrary this is
    favour: tuple[PolicyPattern, ...]  # those that would carry the label out
    against: tuple[PolicyPattern, ...]  # those that would do its contrary
    examples: tuple[Example, ...]  # such wordings whole, of both kinds
    needed: frozenset[str]  # strings of which one stands in whatever a pattern matches; none if that is not known


@dataclass(frozen=True, slots=True)
class Codebook:
    """The issues, in order of precedence."""

    issues: tuple[Issue, ...]
    comparison: Comparison | None = None  # with the examples of all issues, if it is asked for

    def rows(self) -> list[dict[str, str | int | None]]:
        """The rows of the issues table."""
        return [
            {
                "issue_id": issue.issue_id,
                "label": issue.label,
                "opposite_of": issue.opposite_of,
                "definition": issue.definition,
                "examples": len(issue.examples) if self.comparison is not None else 0,
            }
            for issue in self.issues
        ]

    def code(self, content: str, act: str) -> Code:
        """What the patterns say of a proposal of type `act` with this content: the first issue that matches.

        Asking, offering, promising and planning support what the content describes; rejecting and opposing oppose it,
        whatever the conditions; a content that is denied (must not be lifted) or that refuses (to vote against it)
        turns the stance. Support that hinges on another party's act is conditional.
        """
        words = content[:LONGEST_CONTENT].lower()
        for issue in self.issues:
            if issue.needed and not any(map(words.__contains__, issue.needed)):
                continue  # asking this takes a third of the time of asking every pattern
            found = _first_match(issue.against, words)
            contrary = found is not None
            if found is None and (found := _first_match(issue.favour, words)) is None:
                continue
            # A pattern can hold the denial or refusal itself: `no longer bound by the moratorium`, `prevent evictions`.
            before = words[: found.start() if contrary else found.end()]
            denied = act in _FAVOUR and (_is_denied(before) or _is_denied_behind(words, found.end()))
            reversal = _REVERSED.match(words)
            refused = reversal is not None and found.start() >= reversal.end()
            return Code(issue.issue_id, stance_of(words, act, contrary ^ denied ^ refused))
        return Code()

    def code_by_example(self, content: str, act: str) -> Code:
        """What the nearest example says, if examples are to be asked and one is alike; the stance as in `code`.

        A denial in both, the content and the example, turns nothing. Where one of them wants an end of something and
        the other does not, nothing is said: to a sentence model `the ban` and `an end to the ban` are alike.
        """
        if self.comparison is None or (found := self.comparison.nearest(content[:LONGEST_CONTENT])) is None:
            return Code()
        words, theirs = content[:LONGEST_CONTENT].lower(), found.example.text.lower()
        if _wants_end(words) != _wants_end(theirs):
            return Code()
        turned = _is_turned(words) ^ _is_turned(theirs)
        stance = stance_of(words, act, found.example.contrary ^ turned)
        return Code(found.example.issue_id, stance, round(found.cosine, 2))


def _is_denied(words: str) -> bool:
    """Whether these words deny what they name, clauses about somebody aside."""
    return _DENIED.search(_ASIDE.sub(lambda aside: " " * len(aside[0]), words)) is not None


def _is_denied_behind(words: str, end: int) -> bool:
    """Whether what is named before `end` is not to be brought about; that it must not end denies nothing."""
    found = _BEHIND.match(words, end)
    return found is not None and any(found["verb"].removesuffix(ending) in _CARRIES_OUT for ending in ("", "d", "ed"))


def _is_turned(words: str) -> bool:
    """Whether a content denies or refuses in its main clause what it names."""
    main = _CLAUSE.split(words, maxsplit=1)[0]
    return (_DENIED.search(main) is not None) ^ (_REVERSED.match(main) is not None)


def _wants_end(words: str) -> bool:
    return _ENDING.search(_CLAUSE.split(words, maxsplit=1)[0]) is not None


def stance_of(words: str, act: str, contrary: bool) -> str:
    """The stance on a label of an act whose content carries it out, or does the `contrary`."""
    stance = "support" if (act in _FAVOUR) ^ contrary else "oppose"
    return "conditional" if stance == "support" and _CONDITION.search(words) else stance


def with_examples(codebook: Codebook, embedder: "Embedder") -> Codebook:
    """The codebook whose examples are asked, too."""
    examples = [example for issue in codebook.issues for example in issue.examples]
    return replace(codebook, comparison=Comparison.of(examples, embedder) if examples else None)


def _first_match(wordings: tuple[PolicyPattern, ...], words: str) -> re.Match[str] | None:
    return next((match for wording in wordings if (match := wording.compiled.search(words)) is not None), None)


_Known: TypeAlias = Mapping[str, frozenset[str]]  # by the digest of an issue's sound patterns, what they need


def load_known(file: pathlib.Path) -> _Known:
    return {digest: frozenset(strings) for digest, strings in json.loads(file.read_text(encoding="utf-8")).items()}


def digest_of(wordings: Sequence[PolicyPattern]) -> str:
    """16 hex digits that tell the patterns of an issue."""
    return hashlib.sha256(json.dumps([wording.pattern for wording in wordings]).encode()).hexdigest()[:16]


def load_codebook(*files: pathlib.Path, known: _Known = MappingProxyType({})) -> Codebook:
    """The codebook of one or more YAML files, whose issues follow each other.

    Patterns that are `known` are neither checked nor compiled before they are asked.

    Raises:
        CodebookError: a file is no codebook, or two do not go together; the message names the entry and what is wrong.
    """
    read = [(file, issue) for file in files for issue in _read_issues(file, known)]
    seen: set[str] = set()
    shown: dict[str, Example] = {}
    bases = {issue.issue_id for _, issue in read if issue.opposite_of is None}
    for file, issue in read:
        where = f"{file}: entry {issue.issue_id}"
        if issue.issue_id in seen:
            raise CodebookError(f"{where}: a second entry with this id")
        seen.add(issue.issue_id)
        if issue.opposite_of is not None and issue.opposite_of not in bases:
            raise CodebookError(f"{where}: opposite_of must be an issue that is itself no opposite")
        for example in issue.examples:
            first = shown.setdefault(" ".join(example.text.lower().split()), example)
            if first is not example:
                raise CodebookError(f"{where}: {example.text!r} is an example of {first.issue_id}, too")
    return Codebook(tuple(issue for _, issue in read))


def _read_issues(file: pathlib.Path, known: _Known) -> Iterator[Issue]:
    """The entries of one file, each checked for itself."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_LOADER)
    except OSError as error:
        raise CodebookError(f"{file}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise CodebookError(f"{file}: not a YAML file: {error}") from error
    entries = content.get("issues") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not entries:
        raise CodebookError(f"{file}: expected a list of entries under 'issues'")
    for number, entry in enumerate(entries, 1):
        yield read_issue(entry, f"{file}: entry {number}", known)


def read_issue(entry: object, where: str, known: _Known = MappingProxyType({})) -> Issue:
    """One entry of the file, checked."""
    if not isinstance(entry, Mapping):
        raise CodebookError(f"{where}: expected a mapping with id, label, definition and for, found {entry!r}")
    name = f"{where} ({entry.get('id')!r})"
    if unknown := set(entry) - {"id", "label", "definition", "opposite_of", "for", "against", "examples"}:
        raise CodebookError(f"{name}: unknown key {', '.join(sorted(map(str, unknown)))}")
    for key in ("id", "label", "definition"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise CodebookError(f"{name}: {key} must be a text")
    if not isinstance(entry.get("opposite_of", ""), str):
        raise CodebookError(f"{name}: opposite_of must be the id of an issue")
    if not _ISSUE_ID.fullmatch(entry["id"]):
        raise CodebookError(f"{name}: id may hold only a-z, 0-9 and -")
    favour, against = (_read_wordings(entry.get(key, []), f"{name}: {key}") for key in ("for", "against"))
    shown = tuple(_read_examples(entry.get("examples", {}), entry["id"], f"{name}: examples"))
    if not favour and not against and not shown:
        raise CodebookError(f"{name}: for needs at least one pattern, or examples at least one text")
    needs = known.get(digest_of((*favour, *against)))
    if needs is None:
        _check_wordings(favour, f"{name}: for")
        _check_wordings(against, f"{name}: against")
        needs = _needed_by_any((*favour, *against))
    return Issue(
        entry["id"],
        entry["label"],
        entry["definition"],
        entry.get("opposite_of"),
        favour,
        against,
        shown,
        needs,
    )


def _needed_by_any(wordings: Sequence[PolicyPattern]) -> frozenset[str]:
    strings = [needed(wording.compiled) for wording in wordings]
    return frozenset[str]().union(*strings) if all(strings) else frozenset()


def _read_examples(listed: object, issue_id: str, where: str) -> Iterator[Example]:
    if not isinstance(listed, Mapping):
        raise CodebookError(f"{where}: expected lists of texts under for and against")
    if unknown := set(listed) - {"for", "against"}:
        raise CodebookError(f"{where}: unknown key {', '.join(sorted(map(str, unknown)))}")
    for side, texts in listed.items():
        if not isinstance(texts, list):
            raise CodebookError(f"{where}: {side}: expected a list of texts")
        for text in texts:
            if not isinstance(text, str) or not text.strip() or _SURROGATE.search(text):
                raise CodebookError(f"{where}: {side}: {text!r} is not a text")
            yield Example(issue_id, side == "against", text)


def _read_wordings(listed: object, where: str) -> tuple[PolicyPattern, ...]:
    if not isinstance(listed, list):
        raise CodebookError(f"{where}: expected a list of patterns")
    for pattern in listed:
        if not isinstance(pattern, str):
            raise CodebookError(f"{where}: {pattern!r} is not a text")
    return tuple(map(PolicyPattern, listed))


def _check_wordings(wordings: Sequence[PolicyPattern], where: str) -> None:
    for wording in wordings:
        try:
            found = wording.compiled.search("")
        except (re.error, RecursionError) as error:
            raise CodebookError(f"{where}: {wording.pattern!r} is not a regular expression: {error}") from error
        if found is not None:
            raise CodebookError(
                f"{where}: {wording.pattern!r} matches no words at all, so it would match every proposal"
            )
