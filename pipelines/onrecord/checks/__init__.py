"""Three layers of checks, one report.

Constraints hold when rows are written (`schema.find_violations`). Here the tables of a build or release go through
Great Expectations: the rules that the schemas imply, those of expectations/<table>.yml, and the SQL rules of
expectations/*.sql, each of which returns the rows that break it. Every rule is a `Rule`, every outcome a `CheckResult`.

rules -> run (frames: what the others read; queries: those in SQL) -> results
"""

from onrecord.checks.results import REPORT, CheckResult, write_report
from onrecord.checks.rules import EXPECTATIONS, ExpectationError, Rule, load_rules
from onrecord.checks.run import check_tables

__all__ = [
    "EXPECTATIONS",
    "REPORT",
    "CheckResult",
    "ExpectationError",
    "Rule",
    "check_tables",
    "load_rules",
    "write_report",
]
