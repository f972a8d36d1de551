"""The views and macros that a release offers beside its tables: one file each, schemas/views/<name>.sql.

A file is a head of comment lines, which becomes the comment, and one SELECT over the tables and over other views. With
a line `MACRO (parameter := default, ...)` before the SELECT it is a table macro, read by `FROM name(argument, ...)`.
Its parameters hide columns of the same names.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from onrecord.schema import SCHEMAS, SchemaError, load_package

_VIEWS = SCHEMAS / "views"
_MACRO = re.compile(r"MACRO\s*\((?P<parameters>[^\n]*)\)(?:\n|\Z)")
_READ = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")


@dataclass(frozen=True, slots=True)
class View:
    name: str
    comment: str
    sql: str
    parameters: str | None = None  # of a macro, as declared: "since := NULL, unit := 'actor'"

    @property
    def reads(self) -> frozenset[str]:
        """The tables, views and macros that it reads itself, and the names of its own subqueries."""
        return frozenset(_READ.findall(self.sql)) - {self.name}

    @property
    def signature(self) -> str:
        """How a query calls it."""
        return self.name if self.parameters is None else f"{self.name}({self.parameters})"

    def to_statements(self) -> Iterator[str]:
        """CREATE and COMMENT, for DuckDB; the tables, and the views it reads, must be there."""
        comment = self.comment.replace("'", "''")
        if self.parameters is None:
            yield f'CREATE OR REPLACE VIEW "{self.name}" AS\n{self.sql};'
            yield f"COMMENT ON VIEW \"{self.name}\" IS '{comment}';"
        else:
            yield f'CREATE OR REPLACE MACRO "{self.name}"({self.parameters}) AS TABLE\n{self.sql};'
            yield f"COMMENT ON MACRO TABLE \"{self.name}\" IS '{comment}';"


@cache
def load_views(folder: Path = _VIEWS) -> tuple[View, ...]:
    """Every view and macro, each after those it reads. SchemaError, naming the file, for one that cannot be used."""
    views = {path.stem: _view(path) for path in sorted(folder.glob("*.sql"))}
    reads = {name: sorted(view.reads & views.keys()) for name, view in views.items()}
    try:
        return tuple(views[name] for name in TopologicalSorter(reads).static_order())
    except CycleError as error:
        raise SchemaError(f"views/: {' reads '.join(error.args[1])}, in a circle") from error


def with_what_they_read(views: Sequence[View], names: Collection[str]) -> set[str]:
    """`names` of tables, views and macros with the names of all that these read in turn."""
    found = set(names)
    for view in reversed(views):  # each stands after those it reads
        if view.name in found:
            found |= view.reads
    return found


def _view(path: Path) -> View:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line[2:].strip() for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
    if path.stem in load_package().tables:
        raise SchemaError(f"views/{path.name}: there is a table of this name")
    macro = _MACRO.match(sql)
    body = sql[macro.end() :] if macro else sql
    if not head or not body:
        raise SchemaError(f"views/{path.name}: needs a head of comment lines and a SELECT")
    return View(path.stem, " ".join(head), body, macro["parameters"] if macro else None)
