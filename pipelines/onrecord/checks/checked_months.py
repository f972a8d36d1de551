"""What was found in each month of a large build, for the next build, most of whose months are the same.

    datasets/build/checked.json     numbers by a digest of all that they follow from, and a digest of the file itself

What a query counts in a month follows from the query, from the bytes of the month's files of the tables that it reads,
and from the program. With the same three it is not asked for again. Digests are taken of the files as they lie there
when they are checked: what others say of them is not asked. Nothing is known of a file that is missing, damaged or was
written by another program, and then all is asked for.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.storage import store
from onrecord.storage.parts import Month, part_of

CHECKED = "checked.json"


@dataclass(frozen=True, slots=True)
class CheckedMonths:
    """Numbers that queries found in the months of a build: in the one before, and in this one."""

    build: Path
    program: str  # what tells it from others that may count otherwise
    before: Mapping[str, list[int]]
    now: dict[str, list[int]] = field(default_factory=dict)
    run: set[Month] = field(default_factory=set)  # in which something was asked for
    _digests: dict[tuple[str, Month], str] = field(default_factory=dict)  # of the files

    def find(self, query: str, tables: Collection[str], month: Month) -> list[int] | None:
        """What the query found in the files of these tables as they are; None if that is to be asked for."""
        key = self._key(query, tables, month)
        if key in self.before:
            self.now[key] = self.before[key]
        elif key not in self.now:
            self.run.add(month)
        return self.now.get(key)

    def keep(self, query: str, tables: Collection[str], month: Month, numbers: list[int]) -> None:
        self.now[self._key(query, tables, month)] = numbers

    def write(self) -> None:
        """Put in place of what was kept before what holds of this build; no file if that is nothing."""
        path = self.build / CHECKED
        if self.now:
            text = json.dumps({"program": self.program, "found": self.now}, indent=0, sort_keys=True)
            store.write_text(path, f"{store.sha256_of_text(text)}\n{text}")
        else:
            path.unlink(missing_ok=True)

    def _key(self, query: str, tables: Collection[str], month: Month) -> str:
        files = [self._digest(table, month) for table in sorted(tables)]
        return store.sha256_of_text("\n".join([self.program, *files, query]))

    def _digest(self, table: str, month: Month) -> str:
        if (table, month) not in self._digests:
            self._digests[table, month] = store.sha256_of(part_of(self.build, table, month))
        return self._digests[table, month]


def read_checked(build: Path, program: str) -> CheckedMonths:
    """What the same program found before, if all of it is there."""
    try:
        digest, text = (build / CHECKED).read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError):
        return CheckedMonths(build, program, {})
    content = json.loads(text) if digest == store.sha256_of_text(text) else {}
    return CheckedMonths(build, program, content["found"] if content.get("program") == program else {})
