"""Judgments: what readers say of rows, one JSON object a line, as the commands and the pages of the explorer write it.

    release     the version that was read
    row_id      a quote_id, proposal_id, mention_id or date_id, or an article_id for the article as a whole
    verdict     right | wrong | unsure
    wrong       what is wrong, a list of WRONG; the pages offer those of WRONG_WITH
    value       the right value, as text; null if none is given. Of an article with `missing`: what was missed, see
                `missed_in`
    reason      why, as text; null if none is given
    who         who judges, as text; null if none is given
    at          when, UTC, as ISO 8601

Who judges a row again adds a line; the last one of each person and row counts.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from onrecord.errors import UserError

_VERDICTS = ("right", "wrong", "unsure")
# What can be wrong with a row of each table, and with an article as a whole.
# none: it is no quote, proposal, date or actor at all; missing: of an article in which something was not found.
WRONG_WITH: Mapping[str, tuple[str, ...]] = {
    "quotes": ("none", "words", "speaker", "type", "date", "other"),
    "proposals": ("none", "words", "actor", "target", "type", "issue", "stance", "date", "other"),
    "dates": ("none", "words", "date", "other"),
    "mentions": ("none", "words", "actor", "other"),
    "articles": ("missing", "words", "date", "other"),
}
WRONG = tuple(dict.fromkeys(word for words in WRONG_WITH.values() for word in words))
# Tables whose rows are judged, by the letter in their ids, and the words for what was missed of them.
TABLES: Mapping[str, str] = {"q": "quotes", "p": "proposals", "d": "dates", "m": "mentions"}
_WORDS = {"quote": "quotes", "proposal": "proposals", "date": "dates", "mention": "mentions", "actor": "mentions"}
_LONGEST = 2000  # characters of a value or reason
_ROW = re.compile(r"[0-9a-f]{16}(?::[A-Za-z0-9:_-]{1,80})?")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")
_EACH = re.compile(r"\n+|;\s*(?=(?:quote|proposal|date|mention|actor)s?\s*:)", re.IGNORECASE)
_KIND = re.compile(r"\s*(quote|proposal|date|mention|actor)s?\s*:\s*", re.IGNORECASE)


class BadJudgmentError(UserError):
    """What is no judgment, or a file of them that cannot be read; the message says which part."""

    code = "OR140"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgment:
    """One line of a file of judgments; fields as above."""

    release: str
    row_id: str
    verdict: str
    wrong: tuple[str, ...] = ()
    value: str | None = None
    reason: str | None = None
    who: str | None = None
    at: str


def judgments_file(release: Path) -> Path:
    """Beside the release, which is never changed."""
    return release.parent / f"{release.name}.judgments.jsonl"


def read_judgment(found: Any) -> Judgment:
    """A judgment from what a line of JSON holds. BadJudgmentError, naming the field, if it is none."""
    if not isinstance(found, dict):
        raise BadJudgmentError("a judgment is an object")
    wrong: list[Any] = found["wrong"] if isinstance(found.get("wrong"), list) else [None]
    texts = [found.get(name) for name in ("value", "reason", "who")]
    checks = {
        "release": isinstance(found.get("release"), str),
        "row_id": isinstance(found.get("row_id"), str) and bool(_ROW.fullmatch(found["row_id"])),
        "verdict": found.get("verdict") in _VERDICTS,
        "wrong": all(isinstance(each, str) and each in WRONG for each in wrong),
        "value, reason or who": all(t is None or (isinstance(t, str) and len(t) <= _LONGEST) for t in texts),
        "at": isinstance(found.get("at"), str) and bool(_AT.fullmatch(found["at"])),
    }
    if bad := [name for name, holds in checks.items() if not holds]:
        raise BadJudgmentError(f"no judgment: {bad[0]}")
    told: dict[str, Any] = {name: found.get(name) for name in ("release", "row_id", "verdict", "value", "reason")}
    return Judgment(wrong=tuple(wrong), who=found.get("who"), at=found["at"], **told)


def to_line(judgment: Judgment) -> str:
    """One line of JSON, its fields in their order."""
    return json.dumps({**asdict(judgment), "wrong": list(judgment.wrong)}, ensure_ascii=False) + "\n"


def add_judgments(path: Path, judgments: Iterable[Judgment]) -> int:
    """Write further lines at the end of a file; returns how many."""
    lines = [to_line(judgment) for judgment in judgments]
    cut_off = path.is_file() and path.stat().st_size > 0 and not path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write("\n" * cut_off + "".join(lines))  # a line that was cut off stays by itself
    return len(lines)


def read_judgments(paths: Sequence[Path]) -> tuple[tuple[Judgment, ...], int]:
    """The judgments that count, the last of each person and row, sorted; and how many lines are none.

    Of several files each is another person's where its lines do not say whose they are. A damaged line costs its
    judgment, no other one. BadJudgmentError for a file that is no text at all.
    """
    found, damaged = [], 0
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise BadJudgmentError(f"{path} cannot be read as judgments ({error})") from error
        for line in filter(str.strip, lines):
            try:
                judgment = read_judgment(json.loads(line))
                unnamed = judgment.who is None and len(paths) > 1
                found.append(replace(judgment, who=path.name) if unnamed else judgment)
            except (ValueError, RecursionError, BadJudgmentError):
                damaged += 1
    last: dict[tuple[str, str], Judgment] = {}
    for judgment in sorted(found, key=lambda j: j.at):  # stable: of equal moments the later line counts
        last[judgment.row_id, judgment.who or ""] = judgment
    return tuple(last[key] for key in sorted(last)), damaged


def table_of(row_id: str) -> str | None:
    """The table of a row's id; None for an article, or for a kind of row that is not judged."""
    parts = row_id.split(":")
    return TABLES.get(parts[1]) if len(parts) > 1 else None


def missed_in(judgment: Judgment) -> tuple[tuple[str, str], ...]:
    """What an article lacks, as (table, words): of a value with one finding a line, such as `proposal: to cut tolls`.

    A semicolon before such a word begins another one, for fields that hold one line; without a word it is a quote.
    """
    if "missing" not in judgment.wrong or judgment.value is None:
        return ()
    found = []
    for each in _EACH.split(judgment.value):
        kind = _KIND.match(each)
        words = each[kind.end() :].strip() if kind else each.strip()
        if words:
            found.append((_WORDS[kind[1].lower()] if kind else "quotes", words))
    return tuple(found)
