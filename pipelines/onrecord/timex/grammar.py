"""The grammar of temporal expressions: rules over the kinds of `tokens`, each with its meaning.

A rule is a name, a sequence of kinds (a regular expression in which every kind stands for one token) and a function
that reads the match. Where rules overlap, the expression that starts first wins, then the longest, then the first
rule in `RULES`. Spans follow TIMEX3: article and modifiers belong to the expression, a preposition does not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.timex.match import Match
from onrecord.timex.quoted_titles import is_in_title
from onrecord.timex.rules import RULES
from onrecord.timex.shapes import Shape
from onrecord.timex.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression as read from the words alone. Offsets count code points of the text."""

    start: int
    end: int
    rule: str
    type: str
    shape: Shape
    mod: str | None


def read(text: str) -> tuple[Expression, ...]:
    """The temporal expressions of `text` in order, not overlapping."""
    tokens = tokenize(text)
    expressions: list[Expression] = []
    end = 0
    for expression in sorted(_candidates(text, tokens), key=lambda r: (r.start, -r.end)):  # stable: rule order decides
        if expression.start >= end:
            expressions.append(expression)
            end = expression.end
    return tuple(expressions)


def _candidates(text: str, tokens: Tokens) -> Iterator[Expression]:
    for rule in RULES:
        for found in rule.pattern.finditer(tokens.kinds):
            first, last = found.span("span") if "span" in rule.pattern.groupindex else found.span()
            start, end = tokens.items[first].start, tokens.items[last - 1].end
            if last - first == 1 and text[start] == "[":
                start, end = start + 1, end - 1  # "[Monday]": the bracket is no part of one word alone
            match = Match(text, tokens.items, found, start, end)
            content = rule.read(match)
            if content is not None and not is_in_title(text, match.start, match.end):
                yield Expression(match.start, match.end, rule.name, content.type, content.shape, content.mod)
