"""Which lines of a seed are body, and by which rule each of the others is not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.document import Cut, Given
from onrecord.parse.body import label_body
from onrecord.parse.furniture.comments import start_of_comments, title_in_comments
from onrecord.parse.furniture.highlights import find_highlights
from onrecord.parse.furniture.prompts import START as PROMPTED
from onrecord.parse.furniture.splices import find_splices, to_paragraph
from onrecord.parse.given import names_only
from onrecord.parse.head import read_foot, read_head
from onrecord.parse.head.head_facts import Head
from onrecord.parse.lines import Line, places_of

_TOP = 12  # lines that can hold the byline of authors who are known
_LONG_PARAGRAPH = 250  # characters


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The lines of a seed, each either body or cut by a rule."""

    lines: Sequence[Line]
    head: Head
    rules: Mapping[int, str]  # of the lines that are not body: line index -> why
    kept: Mapping[int, list[tuple[int, int, str]]]  # of the others: line index -> what to take out of it
    paragraphs: tuple[str, ...]  # of the body
    headline_end: int  # see Document.headline_end

    def taken(self) -> list[str]:
        """The lines that are not body, readers' comments excepted."""
        return [self.lines[at].text for at in sorted(self.rules) if self.rules[at] != "comment"]

    def captions(self) -> Iterator[str]:
        """Caption lines, and captions glued to the front of a paragraph, in order."""
        for at, line in enumerate(self.lines):
            if self.rules.get(at) == "caption":
                yield line.text
            yield from (line.text[start:end] for start, end, rule in self.kept.get(at, ()) if rule == "caption")

    def cuts(self, repaired: str) -> Iterator[Cut]:
        """One cut for each run of neighbouring lines that fell to the same rule, and for each splice."""
        run: Cut | None = None
        for at, line in enumerate(self.lines):
            rule = self.rules.get(at)
            if run and run.rule == rule:
                run = Cut(run.start, line.end, run.rule)
                continue
            if run:
                yield run
            run = Cut(line.start, line.end, rule) if rule else None
            if spans := self.kept.get(at):
                places = places_of(line, repaired)
                yield from (Cut(places[start], places[end - 1] + 1, why) for start, end, why in spans)
        if run:
            yield run

    def nothing_but(self) -> str:
        """What the lines of a seed without a body are, the commonest rule first."""
        found = Counter([*self.rules.values(), *(rule for spans in self.kept.values() for _, _, rule in spans)])
        return "nothing but " + ", ".join(f"{rule} ({count})" for rule, count in found.most_common())


def sort_lines(lines: Sequence[Line], given: Given, headline: str | None = None, *, is_record: bool) -> SortedLines:
    """The lines of a seed sorted from the top down: head, comments, foot, and what a page sets into the body.

    `headline` is the one that the file is named after. What a record calls its text stays whole, unless it is a page as
    scraped: its headline is kept, and if nothing else is left, all of it.
    """
    labelled = find_highlights(lines) | _bylines(lines, given.authors)
    head = read_head(lines, given.title, title_in_comments(lines) or headline, labelled)
    end = start_of_comments(lines, head.first_body)
    end = len(lines) if end is None else end
    read_foot(lines, head, end)
    keeps_headline = is_record and not given.title and _is_headline_alone(lines, head)
    if keeps_headline:
        del head.rules[0]
    rules = head.rules | dict.fromkeys(range(end, len(lines)), "comment")
    label_body(lines, head.first_body, end, rules, head.title, given.authors or head.authors)
    _keep_most(lines, end, rules)
    if is_record and len(rules) == len(lines):
        rules, keeps_headline = {}, False  # a record's text is an article's, however short
    kept = {
        at: find_splices(line.text, head.title if at == head.first_body else None)
        for at, line in enumerate(lines)
        if at not in rules
    }
    paragraphs = tuple(text for at, spans in kept.items() if (text := to_paragraph(lines[at].text, spans)))
    is_headed = keeps_headline and paragraphs[:1] == (head.title,)
    return SortedLines(lines, head, rules, kept, paragraphs, len(paragraphs[0]) if is_headed else 0)


def _keep_most(lines: Sequence[Line], end: int, rules: dict[int, str]) -> None:
    """Takes back that a long paragraph is a prompt, where it is most of what the article has to say."""
    kept = sum(len(lines[at].text) for at in range(end) if at not in rules)
    for at in range(end):
        is_prompt = rules.get(at) == "prompt" and PROMPTED.match(lines[at].text) is None
        if is_prompt and len(lines[at].text) >= max(_LONG_PARAGRAPH, kept):
            del rules[at]


def _bylines(lines: Sequence[Line], authors: Sequence[str]) -> dict[int, str]:
    """The rule of each line at the top that names known authors and nobody else.

    What stands there again and again is no byline but the label of who speaks next.
    """
    counts = Counter(line.text.casefold() for line in lines)
    return {
        at: "byline"
        for at, line in enumerate(lines[:_TOP])
        if names_only(line.text, authors) and counts[line.text.casefold()] == 1
    }


def _is_headline_alone(lines: Sequence[Line], head: Head) -> bool:
    """Whether nothing stands above the body but the headline."""
    above = {at: rule for at, rule in head.rules.items() if at < head.first_body}
    return above == {0: "title"} and lines[0].text == head.title
