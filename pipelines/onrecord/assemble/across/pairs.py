"""What two reports of a pair have in common, told in Python: each report is read once for many of its pairs."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import pyarrow as pa

from onrecord.storage.database import fitting

if TYPE_CHECKING:
    import duckdb

_OF_PAIR = 16_000  # bytes of memory for each pair whose reports are read at a time
_COLUMNS = pa.schema(
    [("unit", pa.int64()), ("head", pa.int64()), ("similarity", pa.float64()), ("method", pa.string())]
)
_T = TypeVar("_T")


class Found(Protocol):
    """How like the two reports of a pair are, and how it is known that they tell one thing."""

    @property
    def similarity(self) -> float: ...
    @property
    def method(self) -> str: ...


def find_pairs(
    connection: "duckdb.DuckDBPyConnection",
    possible: str,
    told: str,
    report: Callable[..., _T],
    decide: Callable[..., Found | None],
) -> None:
    """Make the view `found_pairs` (unit, head, similarity, method) of the pairs that are accepted.

    Args:
        possible: the query for unit, head and what else `decide` takes of each pair.
        told: the query for unit and what `report` takes of each report.
        decide: given the report of the unit, that of the head and what else there is, says whether they are one.
    """
    connection.execute(f"CREATE OR REPLACE TEMP TABLE possible AS {possible}")
    ((count,),) = connection.execute("SELECT count(*) FROM possible").fetchall()
    slices = count // fitting(connection, _OF_PAIR) + 1
    found = []
    for number in range(slices):
        pairs = f"SELECT * FROM possible WHERE unit % {slices} = {number}"
        units = f"SELECT unit FROM ({pairs}) UNION SELECT head FROM ({pairs})"
        rows = connection.sql(f"FROM ({told}) SEMI JOIN ({units}) USING (unit)").to_arrow_table().to_pylist()
        reports = {row.pop("unit"): report(**row) for row in rows}
        found.append(_accepted(connection.execute(pairs).fetchall(), reports, decide))
    connection.register("found_pairs", pa.concat_tables(found))
    connection.execute("DROP TABLE possible")


def _accepted(
    pairs: Iterable[tuple[Any, ...]], reports: Mapping[int, _T], decide: Callable[..., Found | None]
) -> pa.Table:
    columns: dict[str, list[Any]] = {name: [] for name in _COLUMNS.names}
    for unit, head, *more in pairs:
        if common := decide(reports[unit], reports[head], *more):
            for column, value in zip(columns.values(), (unit, head, common.similarity, common.method), strict=True):
                column.append(value)
    return pa.table(columns, _COLUMNS)
