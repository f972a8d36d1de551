"""What several articles tell of one thing: utterances that they report, and initiatives."""

from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.assemble.across.initiatives import find_initiatives
from onrecord.assemble.across.kept import keeping
from onrecord.assemble.across.row_queries import FACTS, JOINED_INITIATIVES, JOINED_UTTERANCES
from onrecord.assemble.across.tellers import find_tellers
from onrecord.assemble.across.utterances import find_utterances

if TYPE_CHECKING:
    import duckdb


def find_across(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    """Make the tables that `row_queries` reads: of `find_tellers`, `find_utterances` and `find_initiatives`, with what
    their reports say together. What was compared is kept in `folder` for the next build.

    Needs `kept`, `relations`, `grouped`, `corrected_articles`, and current actors in the views of the batches.
    """
    with keeping(connection, folder) as kept:
        find_tellers(kept)
        find_utterances(kept)
        find_initiatives(kept)
    for statement in (JOINED_UTTERANCES, JOINED_INITIATIVES, FACTS):
        connection.execute(statement)
