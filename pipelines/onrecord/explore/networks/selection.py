"""Which positions of a release an export is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from onrecord.errors import UserError


class NetworkError(UserError):
    """A selection that makes no sense in this release; the message says what does."""

    code = "OR112"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The arguments of the macros in schemas/views. None: no bound, every issue."""

    since: date | None = None
    until: date | None = None
    min_confidence: float = 0.0
    issue_ids: tuple[str, ...] | None = None

    @property
    def arguments(self) -> dict[str, Any]:
        return {
            "since": self.since,
            "until": self.until,
            "min_confidence": self.min_confidence,
            "issue_ids": None if self.issue_ids is None else list(self.issue_ids),
        }

    def __str__(self) -> str:
        said = [f"from {self.since}"] if self.since else []
        said += [f"to {self.until}"] if self.until else []
        said += [f"confidence of at least {self.min_confidence:g}"] if self.min_confidence else []
        said += [f"on {', '.join(self.issue_ids)}"] if self.issue_ids is not None else []
        return ", ".join(said) or "all positions"


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, arguments: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """The rows of a query, by column. NetworkError, in DuckDB's words, if the release lacks what the query reads."""
    try:
        found = connection.execute(query, arguments)
    except duckdb.Error as error:
        raise NetworkError(f"this release cannot be read as a network: {error}") from error
    names = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(names, row, strict=True))


def check_selection(connection: duckdb.DuckDBPyConnection, selection: Selection) -> None:
    """NetworkError, saying what to do, if the release has no positions, or not the issues that are asked for."""
    if not list(rows(connection, "SELECT 1 FROM duckdb_views() WHERE view_name = 'positions'")):
        raise NetworkError("this release is of an earlier schema and has no positions: build a new one")
    known = [row["issue_id"] for row in rows(connection, "SELECT issue_id FROM issues ORDER BY ALL")]
    if unknown := [issue for issue in selection.issue_ids or () if issue not in known]:
        raise NetworkError(f"no issue {unknown[0]!r} in the codebook of this release; there are: {', '.join(known)}")


def count_positions(connection: duckdb.DuckDBPyConnection, selection: Selection) -> tuple[int, dict[str, int]]:
    """How many positions the selection holds, and how many it does not, by the reason why."""
    inside = _count(connection, "positions_between($since, $until, $min_confidence, $issue_ids)", selection)
    anytime = _count(connection, "positions_between(NULL, NULL, $min_confidence, $issue_ids)", selection)
    of_issue = "($issue_ids IS NULL OR list_contains($issue_ids, issue_id) OR list_contains($issue_ids, concept_id))"
    left_out = {"not certain to lie in the window": anytime - inside}
    for modality in ("hypothetical", "withdrawn"):
        left_out[modality] = _count(connection, f"positions WHERE modality = '{modality}' AND {of_issue}", selection)
    return inside, {reason: count for reason, count in left_out.items() if count}


def _count(connection: duckdb.DuckDBPyConnection, source: str, selection: Selection) -> int:
    asked = {name: value for name, value in selection.arguments.items() if f"${name}" in source}
    (row,) = rows(connection, f"SELECT count(*) AS rows FROM {source}", asked)
    return int(row["rows"])
