"""How often what each rule says was right, on articles whose answers are known: the table rule_shares.csv.

Rows of `articles` tell how often the bounds of publication held, in 2,331 news articles of 2012-2020 whose day was
hidden; elsewhere are 600 more that nobody opened. `given` are days in the metadata of 44 pages of news sites. Rows of
`dates` tell how often the value was right in 203 news articles of 1989-2000 (TimeBank and AQUAINT, corrected);
elsewhere are 53 more. Rows of `mentions` tell how often the actor was the right one in 169 news articles whose sources,
proposers and targets readers named, by how the article knows the actor and by the form of the mention; elsewhere are 51
that nobody opened (tests/benchmarks/links.py). Confidence is set on the first part of each and checked on the second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.knowledge import rows
from onrecord.knowledge.files import DATA


@dataclass(frozen=True, slots=True)
class Share:
    """right of `of` where the rule's confidence was set, right_elsewhere of `of_elsewhere` in other articles."""

    rule: str
    right: int
    of: int
    right_elsewhere: int
    of_elsewhere: int

    def towards(self, usual: float, weight: int) -> float:
        """The share as if `weight` more cases had been seen of which the share `usual` was right: few prove little."""
        return round((self.right + weight * usual) / (self.of + weight), 2)


@cache
def rule_shares(table: str) -> Mapping[str, Share]:
    """The shares of the rules that fill a table, by rule, the most frequent first."""
    found = (row for row in rows(DATA / "rule_shares.csv") if row["table"] == table)
    columns = ("right", "of", "right_elsewhere", "of_elsewhere")
    return {row["rule"]: Share(row["rule"], *(int(row[column]) for column in columns)) for row in found}
