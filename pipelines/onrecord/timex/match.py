"""A rule of the grammar, its compiled pattern and what its reader sees."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.timex.shapes import Shape
from onrecord.timex.tokens import CHAR, Token

_MACROS = {
    "{mod}": r"(?P<mod> (?:EARLY|LATE|MID|EARLIER|LATER) HYPH? (?:IN THE?)? | THE? (?:BEGINNING|MIDDLE|END) OF THE?)?",
    "{quant}": r"(?P<quant> NEARLY|ABOUT|OVER|(?:MORE|LESS) THAN|AT (?:LEAST|MOST)|UP TO|ONLY|ANOTHER)?",
    "{count}": r"(?: (?P<n>DAY|NUM|NUMWORD|YEAR|ART) (?P<fraction>FRACTION)? SINGLE?"
    r" | ART? (?P<few>FEW) OF? | ART? (?P<couple>COUPLE) OF? )",
    "{wd}": r"(?: (?P<dayname>WEEKDAY|WDABBR) COMMA? )?",
    "{clock}": r"(?: (?P<clock>CLOCK|DAY) (?P<ampm>AMPM) | (?P<clock24>CLOCK) | (?P<noon>NOON) ) (?:ZONE|LOCAL TIME)?",
}  # fmt: skip
_MODS = {"EARLIER": "START", "LATER": "END"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a rule reads: TIMEX3 type, meaning and modifier."""

    type: str
    shape: Shape
    mod: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's match: its tokens, its named parts and the text around it."""

    text: str
    tokens: tuple[Token, ...]
    found: re.Match[str]
    start: int
    end: int

    def parts(self, name: str) -> tuple[Token, ...]:
        """The tokens of a named part. Empty if the pattern has no such part or it is absent."""
        if name not in self.found.re.groupindex or self.found.start(name) < 0:
            return ()
        return self.tokens[self.found.start(name) : self.found.end(name)]

    def has(self, name: str) -> bool:
        return bool(self.parts(name))

    def is_part_of_range(self) -> bool:
        """Whether the expression is one end of a range that the rule matches whole."""
        return "span" in self.found.re.groupindex

    def kind(self, name: str) -> str | None:
        tokens = self.parts(name)
        return tokens[0].kind if tokens else None

    def number(self, name: str) -> int:
        meaning = self.parts(name)[0].meaning
        return int(meaning) if isinstance(meaning, (int, float)) else 0

    def word(self, name: str) -> str:
        return str(self.parts(name)[0].meaning)

    def before(self, width: int = 40) -> str:
        """The text before the expression, back to the start of its line."""
        return self.text[max(0, self.start - width) : self.start].rpartition("\n")[2]

    def after(self, width: int = 40) -> str:
        return self.text[self.end : self.end + width].partition("\n")[0]

    def mod(self) -> str | None:
        """The modifier of a date: START, MID or END."""
        for token in self.parts("mod"):
            if token.kind in ("EARLY", "LATE", "MID", "BEGINNING", "MIDDLE", "END"):
                return str(token.meaning)
            if token.kind in _MODS:
                return _MODS[token.kind]
        return None

    def quantifier(self) -> str | None:
        """The modifier of an amount: APPROX, MORE_THAN .."""
        tokens = self.parts("quant")
        meaning = tokens[-1].meaning if tokens and tokens[0].kind == "AT" else tokens[0].meaning if tokens else None
        return None if meaning is None else str(meaning)


@dataclass(frozen=True, slots=True)
class Rule:
    name: str
    pattern: re.Pattern[str]
    read: Callable[[Match], Content | None]


def rule(name: str, pattern: str, read: Callable[[Match], Content | None]) -> Rule:
    """A rule from a pattern in kinds and macros. A part named `span` is the expression; the rest is its context."""
    for macro, body in _MACROS.items():
        pattern = pattern.replace(macro, body)
    kinds = "|".join(sorted(CHAR, key=len, reverse=True))
    return Rule(
        name, re.compile(re.sub(rf"\b(?:{kinds})\b", lambda kind: CHAR[kind[0]], pattern).replace(" ", "")), read
    )
