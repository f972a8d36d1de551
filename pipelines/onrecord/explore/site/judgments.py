"""Judgments: what a reader says of rows, one JSON object a line, the form that the pages download, too.

    release     the version that was read
    row_id      a quote_id, proposal_id, mention_id or date_id, or an article_id for the article as a whole
    verdict     right | wrong | unsure
    wrong       what is wrong, a list of: words, speaker, issue, stance, type, date, actor, missing, other
    value       the right value, as text; null if none is given
    reason      why, as text; null if none is given
    who         who judges, as text; null if none is given
    at          when, UTC, as ISO 8601

Who judges a row again adds a line; the last one of each person and row counts.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onrecord.errors import UserError

_VERDICTS = ("right", "wrong", "unsure")
_WRONG = ("words", "speaker", "issue", "stance", "type", "date", "actor", "missing", "other")
_LONGEST = 2000  # characters of a value or reason
_ROW = re.compile(r"[0-9a-f]{16}(?::[A-Za-z0-9:_-]{1,80})?")
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z")


class JudgmentError(UserError):
    """What is no judgment, or one of another release; the message says which part."""

    code = "OR116"


def judgments_file(release: Path) -> Path:
    """Beside the release, which is never changed."""
    return release.parent / f"{release.name}.judgments.jsonl"


def check_judgment(found: Any, version: str) -> Mapping[str, Any]:
    """The judgment with its fields in their order. JudgmentError if it is none, or not of this release."""
    if not isinstance(found, dict):
        raise JudgmentError("a judgment is an object")
    told = {name: found.get(name) for name in ("release", "row_id", "verdict", "wrong", "value", "reason", "who", "at")}
    wrong = told["wrong"] if isinstance(told["wrong"], list) else [None]
    texts = [told[name] for name in ("value", "reason", "who")]
    checks = {
        "release": told["release"] == version,
        "row_id": isinstance(told["row_id"], str) and bool(_ROW.fullmatch(told["row_id"])),
        "verdict": told["verdict"] in _VERDICTS,
        "wrong": all(isinstance(each, str) and each in _WRONG for each in wrong),
        "value, reason or who": all(t is None or (isinstance(t, str) and len(t) <= _LONGEST) for t in texts),
        "at": isinstance(told["at"], str) and bool(_AT.fullmatch(told["at"])),
    }
    if bad := [name for name, holds in checks.items() if not holds]:
        raise JudgmentError(f"no judgment of {version}: {bad[0]}")
    return told


def add_judgment(release: Path, judgment: Mapping[str, Any]) -> None:
    """Write one more line."""
    with judgments_file(release).open("a", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(judgment, ensure_ascii=False) + "\n")


def read_judgments(release: Path) -> list[Mapping[str, Any]]:
    """All lines in their order; one that is damaged is left out."""
    path = judgments_file(release)
    found = []
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                found.append(check_judgment(json.loads(line), json.loads(line)["release"]))
            except (ValueError, TypeError, KeyError, JudgmentError):
                continue
    return found
