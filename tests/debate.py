"""Positions made by hand, in an in-memory database with the tables, views and macros of a release."""

from datetime import date

import duckdb

from onrecord.schema import load_package
from onrecord.schema.views import load_views

ISSUES = {
    "ease": ("Ease sanctions", None),
    "keep": ("Keep sanctions", "ease"),
    "talks": ("Hold talks", None),
    "tests": ("Halt tests", None),
}


class Debate:
    """Tables without their constraints, so that a row holds only what its test is about."""

    def __init__(self):
        self.connection = duckdb.connect()
        for table in load_package().tables.values():
            columns = ", ".join(f'"{c.name}" {c.to_duckdb()}' for c in table.columns)
            self.connection.execute(f'CREATE TABLE "{table.name}" ({columns})')
        for view in load_views():
            for statement in view.to_statements():
                self.connection.execute(statement)
        for issue, (label, opposite_of) in ISSUES.items():
            self.add("issues", issue_id=issue, label=label, opposite_of=opposite_of)
        self.proposals = 0

    def add(self, table, **row):
        columns = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        self.connection.execute(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', list(row.values()))

    def actor(self, name, type="state", country=None, sector=None):
        """A state's id is that of its country; another's is its name."""
        actor_id = f"state:{country}" if type == "state" else name
        self.add("actors", actor_id=actor_id, name=name, type=type, country=country, sector=sector)
        return actor_id

    def states(self, *names):
        return [self.actor(name, country=name[:3].upper(), sector="government") for name in names]

    def article(self, name="a", day=None, **row):
        bounds = {} if day is None else {"published_earliest": day, "published_latest": day, "published": day}
        self.add("articles", article_id=name, **{"authors": [], **bounds, **row})
        return name

    def propose(self, actors, issue="ease", stance="support", article="a", **row):
        """A proposal of one or several actors; returns its id."""
        self.proposals += 1
        proposal = f"p{self.proposals:04}"
        rest = {"type": "call_for", "modality": "asserted", "confidence": 0.8, "text": "to act", **row}
        self.add("proposals", proposal_id=proposal, article_id=article, issue_id=issue, stance=stance, **rest)
        for actor in [actors] if isinstance(actors, str) else actors:
            self.add("proposal_actors", proposal_id=proposal, actor_id=actor, role="proposer")
        return proposal

    def rows(self, query, *arguments):
        return self.connection.execute(query, arguments).fetchall()


def day(text):
    return None if text is None else date.fromisoformat(text)
