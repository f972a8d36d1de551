"""How many sentences have all their days right, of a hundred that nobody who writes rules has read.

    scoring_days.py        totals by kind: deadlines, reports of what is past, names that look like days

Somebody else wrote and labelled them (`gold/days/unread.jsonl`), as of news of 2005 to 2025. Misses are not printed:
once read, the sentences would say nothing of the next ones.
"""

import json
import pathlib
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from onrecord.annotate.dates import find_dates
from onrecord.document import Date, Document, Publication

UNREAD = pathlib.Path(__file__).parent / "gold" / "days" / "unread.jsonl"


def score() -> dict[str, tuple[int, int]]:
    """Of each kind how many sentences are right, and how many there are."""
    right, of = Counter[str](), Counter[str]()
    for line in UNREAD.read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        of[sentence["kind"]] += 1
        right[sentence["kind"]] += _is_right(sentence)
    return {kind: (right[kind], count) for kind, count in of.items()}


def _is_right(sentence: Mapping[str, Any]) -> bool:
    """Whether each labelled day is found with its value, and nothing that is none but as a mere reference to now."""
    published = Publication(day=date.fromisoformat(sentence["published"]))
    doc = Document(article_id="a", source_file="a", source_sha256="0" * 64, text=sentence["text"], published=published)
    found = find_dates(doc)
    spans = [(each["start"], each["start"] + len(each["text"])) for each in sentence["dates"]]
    values = [{one.value for one in found if _meets(one, *span)} for span in spans]
    if not all(_has(each["value"], told) for each, told in zip(sentence["dates"], values, strict=True)):
        return False
    for words in sentence["not_dates"]:
        start = sentence["text"].index(words)
        over = [one for one in found if _meets(one, start, start + len(words)) and not one.value.endswith("_REF")]
        if any(not any(_meets(one, *span) for span in spans) for one in over):
            return False
    return True


def _meets(one: Date, start: int, end: int) -> bool:
    return one.start < end and start < one.end


def _has(value: str, told: set[str]) -> bool:
    """Whether a value is among those told; a part of a day that is told beside it does no harm."""
    return any(one == value or one.startswith(f"{value}T") for one in told)


if __name__ == "__main__":
    for kind, (right, count) in score().items():
        print(f"{kind:9} {right} of {count}")
