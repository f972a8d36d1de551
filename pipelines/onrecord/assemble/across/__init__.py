"""What several articles tell of one thing: utterances that they report, and initiatives."""

from typing import TYPE_CHECKING

from onrecord.assemble.across.initiatives import find_initiatives
from onrecord.assemble.across.row_queries import FACTS, JOINED_INITIATIVES, JOINED_UTTERANCES
from onrecord.assemble.across.utterances import find_utterances

if TYPE_CHECKING:
    from onrecord.assemble.kept import Kept


def find_across(kept: "Kept") -> None:
    """Make the tables that `row_queries` reads: of `find_utterances` and `find_initiatives`, with what their reports
    say together.

    Needs `kept`, `relations`, `grouped`, what `find_tellers` makes, and current actors in the views of the batches.
    """
    find_utterances(kept)
    find_initiatives(kept)
    for statement in (JOINED_UTTERANCES, JOINED_INITIATIVES, FACTS):
        kept.connection.execute(statement)
