"""The views that a release offers beside its tables: one file each, schemas/views/<view>.sql.

A file is a head of comment lines, which becomes the view's comment, and one SELECT over the tables and over views whose
names sort before its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from onrecord.schema import SCHEMAS, SchemaError, load_package

VIEWS = SCHEMAS / "views"


@dataclass(frozen=True, slots=True)
class View:
    name: str
    comment: str
    sql: str

    def to_statements(self) -> Iterator[str]:
        """CREATE VIEW and COMMENT ON VIEW, for DuckDB; the tables must be there."""
        yield f'CREATE OR REPLACE VIEW "{self.name}" AS\n{self.sql};'
        comment = self.comment.replace("'", "''")
        yield f"COMMENT ON VIEW \"{self.name}\" IS '{comment}';"


@cache
def load_views(folder: Path = VIEWS) -> tuple[View, ...]:
    """Every view, in the order of their names. SchemaError, naming the file, for one that cannot be used."""
    return tuple(_view(path) for path in sorted(folder.glob("*.sql")))


def _view(path: Path) -> View:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = [line[2:].strip() for line in lines if line.startswith("--")]
    sql = "\n".join(line for line in lines if not line.startswith("--")).strip().rstrip(";")
    if path.stem in load_package().tables:
        raise SchemaError(f"views/{path.name}: there is a table of this name")
    if not head or not sql:
        raise SchemaError(f"views/{path.name}: needs a head of comment lines and a SELECT")
    return View(path.stem, " ".join(head), sql)
