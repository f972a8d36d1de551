"""The lexicon of proposal cues: which words make a clause a proposal, of what type, and where its content stands."""

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import yaml

from onrecord.knowledge.bodies import BODIES, THINGS
from onrecord.knowledge.words import word_set

_HEADS = ("awards", "drafts", "grants")
TYPES = word_set("""propose demand call_for urge offer request reject support oppose commit threaten plan""")


@dataclass(frozen=True, slots=True)
class CueSense:
    """One use of a word as a cue. The keys are explained at the top of data/proposal_cues.yml."""

    type: str
    frames: tuple[str, ...]
    particle: str | None = None
    plover: str | None = None
    negated: str | None = None
    weak: bool = False
    own: bool = False
    other: bool = False
    public: bool = False
    body: bool = False
    adjacent: bool = False
    timed: bool = False
    policy: bool = False
    holder: bool = False
    performed: bool = False
    ongoing: bool = False
    heads: str | None = None
    subjunctive: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    verbs: Mapping[str, tuple[CueSense, ...]]
    nouns: Mapping[str, tuple[CueSense, ...]]
    adjectives: Mapping[str, tuple[CueSense, ...]]
    attributes: Mapping[str, str]  # participle before a noun -> type
    judgements: Mapping[str, str]  # predicate, of one word or more -> type
    reporting: frozenset[str]
    performing: frozenset[str]
    policy_nouns: frozenset[str]
    people: frozenset[str]
    no_content: frozenset[str]
    no_wish: frozenset[str]
    past_acts: frozenset[str]
    yielded: frozenset[str]
    own_acts: frozenset[str]
    ongoing: frozenset[str]
    causes: frozenset[str]
    yielding: frozenset[str]
    approving: frozenset[str]
    cooperative: frozenset[str]
    restrictive: frozenset[str]
    benefits: frozenset[str]
    plover: Mapping[str, str]  # type -> category
    heads: Mapping[str, frozenset[str]]  # lists of nouns that a cue may name


def load_lexicon(path: pathlib.Path) -> Lexicon:
    """The lexicon of a YAML file.

    Raises:
        ValueError: an entry is broken; the message names it.
    """
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))

    def cues(section: str) -> dict[str, tuple[CueSense, ...]]:
        return {
            lemma: tuple(
                _read_cue(entry, f"{path}: {section}: {lemma}")
                for entry in (entries if isinstance(entries, list) else [entries])
            )
            for lemma, entries in content[section].items()
        }

    for section in ("judgements", "attributes"):
        for word, act in content[section].items():
            if act not in TYPES:
                raise ValueError(f"{path}: {section}: {word}: {act!r} is no type of proposal")
    return Lexicon(
        verbs=cues("verbs"),
        nouns=cues("nouns"),
        adjectives=cues("adjectives"),
        attributes=dict(content["attributes"]),
        judgements=dict(content["judgements"]),
        reporting=frozenset(content["reporting"]),
        performing=frozenset(content["performing"]),
        policy_nouns=frozenset(content["policy_nouns"]),
        people=frozenset(content["people"]) | (BODIES - THINGS),
        no_content=frozenset(content["no_content"]),
        no_wish=frozenset(content["no_wish"]),
        past_acts=frozenset(content["past_acts"]),
        yielded=frozenset(content["yielded"]),
        own_acts=frozenset(content["own_acts"]),
        ongoing=frozenset(content["ongoing"]),
        causes=frozenset(content["causes"]),
        yielding=frozenset(content["yielding"]),
        approving=frozenset(content["approving"]),
        cooperative=frozenset(content["cooperative"]),
        restrictive=frozenset(content["restrictive"]),
        benefits=frozenset(content["benefits"]),
        plover=dict(content["plover"]),
        heads={name: frozenset(content[name]) for name in _HEADS},
    )


def _read_cue(entry: Any, where: str) -> CueSense:
    if not isinstance(entry, dict) or not isinstance(entry.get("with"), list):
        raise ValueError(f"{where}: expected a mapping with type and a list under with")
    values = dict(entry)
    frames = values.pop("with")
    if not all(isinstance(frame, str) for frame in frames):
        raise ValueError(f"{where}: a complement is not a text; quote on and no")
    for act in (values.get("type"), values.get("negated", "plan")):
        if act not in TYPES:
            raise ValueError(f"{where}: {act!r} is no type of proposal")
    if unknown := set(values) - {field.name for field in fields(CueSense)}:
        raise ValueError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    if values.get("heads") not in (None, *_HEADS):
        raise ValueError(f"{where}: heads must be one of {', '.join(_HEADS)}")
    return CueSense(frames=tuple(frames), **values)
