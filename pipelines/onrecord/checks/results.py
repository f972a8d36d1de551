"""What came of the rules, and the file that tells of it: checks.json."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.checks.expectations import Expectation
from onrecord.schema import load_package
from onrecord.storage import store
from onrecord.storage.parts import digest_of, files_of

REPORT = "checks.json"
SAMPLE = 5  # offending rows that it shows
SHOWN = 120  # characters of a value


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    rule: Expectation
    passed: bool
    count: int  # rows that break the rule; 0 if the rule is about the table as a whole
    sample: tuple[str, ...]  # up to SAMPLE of them, or what was found instead

    @property
    def stops(self) -> bool:
        return not self.passed and self.rule.severity == "critical"

    def __str__(self) -> str:
        rows = f"{self.count} rows break it, such as" if self.count else "the table breaks it:"
        return f"{self.rule.table}.{self.rule.name}: {rows} {'; '.join(self.sample)} ({self.rule.why})"


@store.digested_once()
def write_report(folder: Path, results: Sequence[CheckResult]) -> None:
    """Write checks.json: what was checked, by the digests of the files, and every outcome."""
    store.digest_all(path for name in load_package().tables for path in files_of(folder, name))
    content = {
        "tables": {name: digest_of(folder, name) for name in load_package().tables},
        "passed": not any(r.stops for r in results),
        "checks": [
            {
                "table": r.rule.table,
                "rule": r.rule.name,
                "severity": r.rule.severity,
                "why": r.rule.why,
                "passed": r.passed,
                "count": r.count,
                "sample": list(r.sample),
            }
            for r in results
        ],
    }
    store.write_text(folder / REPORT, json.dumps(content, indent=1, ensure_ascii=False) + "\n")
