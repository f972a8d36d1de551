"""A discovered issue as an entry of a codebook, for whoever edits it: patterns, examples, and what it was made from.

The patterns are made of the label and of the predicates that its proposals have, so they find more than these, and
some of it wrongly: a draft is a beginning. How many of its own proposals it codes as they are is told above it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import yaml

from onrecord.annotate.proposals.coding.codebook import load_codebook, read_issue
from onrecord.errors import UserError

_SHOWN = 12  # proposals that stand above an entry
_EXAMPLES = 5  # of each side
_LONGEST = 100  # characters of an example; a longer one says other things, too
_EDGE = r"\b"
_GAP = rf"{_EDGE}.{{0,40}}{_EDGE}"
_AGAINST = ("reject", "oppose")  # types of acts whose proposer does not want the content
_PROPOSALS = """
SELECT p.type, p.stance, p.text, p.action FROM proposals p WHERE p.issue_id = $issue_id ORDER BY p.proposal_id
"""
_ISSUE = "SELECT issue_id, label FROM issues WHERE issue_id = $issue_id AND origin = 'discovered'"
_LARGEST = """
SELECT issue_id FROM issues JOIN proposals USING (issue_id) WHERE origin = 'discovered'
GROUP BY issue_id ORDER BY count(*) DESC, issue_id LIMIT 5
"""
_PREDICATES = ("support", "raise", "reform")  # of labels: an object follows, which says enough for a pattern


class DraftError(UserError):
    """No such discovered issue in the release; the message names some that are there."""

    code = "OR113"


@dataclass(frozen=True, slots=True)
class _Member:
    type: str
    stance: str
    text: str
    action: str | None

    @property
    def is_contrary(self) -> bool:
        """Whether the words themselves go against the label, and not only the act."""
        return (self.stance == "oppose") != (self.type in _AGAINST)


def draft_codebook(connection: duckdb.DuckDBPyConnection, issue_ids: Sequence[str]) -> str:
    """YAML text of a codebook with an entry for each discovered issue, given an opened release. DraftError without."""
    return "issues:\n" + "".join(_draft(connection, issue_id) for issue_id in dict.fromkeys(issue_ids))


def _draft(connection: duckdb.DuckDBPyConnection, issue_id: str) -> str:
    try:
        found = connection.execute(_ISSUE, {"issue_id": issue_id}).fetchall()
        largest = [row[0] for row in connection.execute(_LARGEST).fetchall()]
    except duckdb.Error as error:
        raise DraftError(
            "this release is of an earlier schema and has no discovered issues: build a new one"
        ) from error
    if not found:
        told = f"; the largest are {', '.join(largest)}" if largest else "; there are none"
        raise DraftError(f"no discovered issue {issue_id!r} in this release{told}")
    ((_, label),) = found
    members = [_Member(*row) for row in connection.execute(_PROPOSALS, {"issue_id": issue_id}).fetchall()]
    entry = _entry(label, members)
    written = yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=4096)
    lines = [*_told(entry, members), *written.splitlines()]
    return "".join(f"  {line}\n" for line in lines)


def _entry(label: str, members: Sequence[_Member]) -> dict[str, Any]:
    """The entry as the file has it."""
    words = label.lower().split()
    thing = words[1:] if words[0] in _PREDICATES and len(words) > 1 else words
    named = _EDGE + _GAP.join(_stem(word) for word in thing) + _EDGE
    entry: dict[str, Any] = {
        "id": re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-") or "issue",
        "label": label,
        "definition": "TODO: what falls under this, and what its contrary is.",
    }
    contrary = Counter(m.action.split()[0] for m in members if m.is_contrary and m.action)
    predicates = [_stem(word) for word, _ in contrary.most_common() if word not in (*thing, "not")]
    if predicates:
        entry["against"] = [rf"\b(?:{'|'.join(dict.fromkeys(predicates))}){_GAP}{named.removeprefix(_EDGE)}"]
    entry["for"] = [named]
    examples = {
        side: list(dict.fromkeys(m.text for m in members if m.is_contrary is turned and len(m.text) <= _LONGEST))
        for side, turned in (("for", False), ("against", True))
    }
    theirs = {text for text in examples["for"] if text in examples["against"]}
    kept = {side: [text for text in texts if text not in theirs][:_EXAMPLES] for side, texts in examples.items()}
    if any(kept.values()):
        entry["examples"] = {side: texts for side, texts in kept.items() if texts}
    return entry


def _stem(word: str) -> str:
    """A pattern for the forms of a word: reduce, reduces, reducing; policy, policies."""
    return re.escape(word[:-1] if len(word) > 3 and word[-1] in "ey" else word) + r"\w*"


def _told(entry: Mapping[str, Any], members: Sequence[_Member]) -> Iterator[str]:
    """Comments above an entry: what it was made from, and how far it gets."""
    codebook = replace(load_codebook(), issues=(read_issue(entry, "draft"),))
    codes = [codebook.code(m.text, m.type) for m in members]
    found = sum(code.issue_id is not None for code in codes)
    right = sum(code.stance == m.stance for code, m in zip(codes, members, strict=True))
    yield f"# Drafted from {len(members)} proposals; these patterns find {found} of them, {right} on the side below."
    for m in members[:_SHOWN]:
        yield f"#   {m.stance}, {m.type}: {''.join(c if c.isprintable() else ' ' for c in m.text)[:160]}"
    if len(members) > _SHOWN:
        yield f"#   and {len(members) - _SHOWN} more"
