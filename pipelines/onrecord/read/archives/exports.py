"""What the exports of all newspaper archives have in common: labelled fields around a text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from onrecord.parse.given.days import to_day

_EDITION = re.compile(r"(?:.{0,40}\b(?:edition|final)\b.{0,20}|correction appended|all editions)", re.IGNORECASE)
_COPYRIGHT = re.compile(r"\s*(?:copyright\b|©|\(c\))", re.IGNORECASE)
_RESERVED = re.compile(r"\s*all rights reserved\.?\s*", re.IGNORECASE)
_WRAPPED = range(35, 120)  # characters of a line that was broken because it was full


@dataclass(slots=True)
class Export:
    """One article of an export: the fields by the facts that they hold, and the paragraphs of its text."""

    fields: dict[str, str] = field(default_factory=dict)
    paragraphs: list[str] = field(default_factory=list)

    def record(self) -> dict[str, str]:
        """As records hold it; see `field_names`."""
        found = {name: value for name, value in self.fields.items() if value}
        return found | {"text": "\n\n".join(self.paragraphs)} if self.paragraphs else found


def blocks(lines: Iterable[str]) -> list[list[str]]:
    """The lines of each stretch between blank lines, without the white space around them."""
    found: list[list[str]] = [[]]
    for line in lines:
        if bare := line.strip():
            found[-1].append(bare)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def paragraphs(block: Sequence[str]) -> list[str]:
    """A block as paragraphs: one, if its lines were broken where they were full, else one for each line."""
    if len(block) > 1 and all(len(line) in _WRAPPED for line in block[:-1]) and len(block[-1]) <= max(map(len, block)):
        return [" ".join(block)]
    return list(block)


def is_day(text: str) -> bool:
    """Whether a line is a date, such as 'September 27, 2018 Thursday' or 'Sept. 27, 2018, Thursday, Late Edition'."""
    if not re.search(r"\d{4}", text) or len(text) > 80:
        return False
    try:
        to_day(bare_day(text))
    except (ValueError, RecursionError):
        return False
    return True


def bare_day(text: str) -> str:
    """A date without what stands behind its year: the weekday, the hour, the edition."""
    match = re.match(r".*?\b(?:1[6-9]|20)\d\d\b", text)
    return match[0].strip() if match else text


def is_notice(text: str) -> bool:
    """Whether a line tells of rights or editions and nothing of the article."""
    return bool(_COPYRIGHT.match(text) or _RESERVED.fullmatch(text))


def is_edition(text: str) -> bool:
    return _EDITION.fullmatch(text) is not None


def rights_of(lines: Iterable[str]) -> str:
    return " ".join(line for line in lines if _COPYRIGHT.match(line))
