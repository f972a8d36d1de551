"""Three layers of checks, one report.

Constraints hold when rows are written (`schema.find_violations`). Here the tables of a build or release go through
Great Expectations: the rules that the schemas imply, those of expectations/<table>.yml, and the SQL rules of
expectations/*.sql, each of which returns the rows that break it. Every rule is an `Expectation`, every outcome a
`CheckResult`.

expectations (conditions: in SQL) -> run (engine: Great Expectations over files; queries: DuckDB, by_month what is about
each article, of which is kept what was found; proofs: what shows in less time that a rule holds) -> results
"""

from onrecord.checks.expectations import Expectation, ExpectationError, load_expectations
from onrecord.checks.results import REPORT, CheckResult, write_report
from onrecord.checks.run import check_build, check_in_sql, check_tables, has_great_expectations
from onrecord.schema.package import EXPECTATIONS

__all__ = [
    "EXPECTATIONS",
    "REPORT",
    "CheckResult",
    "Expectation",
    "ExpectationError",
    "check_build",
    "check_in_sql",
    "check_tables",
    "has_great_expectations",
    "load_expectations",
    "write_report",
]
