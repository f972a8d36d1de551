"""The conversation of `onrecord sql` without a query: statements over several lines, a few commands, a history."""

import os
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import duckdb

from onrecord.explore.query import QueryError, split_queries

_HELP = """\
.tables           the tables, views and macros, and what they hold
.schema TABLE     the columns of one, and what they mean
.mode line        one line a value, for long texts; .mode table goes back
.help             this
.quit             leave; so does Ctrl-D
Anything else is SQL and ends with a semicolon, on one line or several. Ctrl-C drops what is typed or running."""
_PROMPT, _MORE = "onrecord> ", "      ...> "
HISTORY = 2000  # lines that are kept
# Whole strings, quoted names and comments: a semicolon in them ends nothing.
_CLOSED = re.compile(r"'[^']*'|\"[^\"]*\"|\$(\w*)\$.*?\$\1\$|--[^\n]*(?:\n|$)|/\*.*?\*/", re.S)
_OPEN = re.compile(r"['\"]|/\*|\$\w*\$")

_Result = TypeVar("_Result")


class ConsoleError(QueryError):
    """A dot command that cannot be done."""

    code = "OR111"


def is_whole(text: str) -> bool:
    """True if `text` ends with a semicolon that is in no string, quoted name or comment."""
    bare = _CLOSED.sub(" ", text)
    return bare.rstrip().endswith(";") and not _OPEN.search(bare)


def read_statements(read: Callable[[str], str | None]) -> Iterator[str]:
    """Dot commands and runs of SQL lines up to a closing semicolon; what is left at the end counts as one.

    `read` takes a prompt and gives a line, or None at the end.
    """
    held = ""
    while (line := read(_MORE if held else _PROMPT)) is not None:
        if not held and line.lstrip().startswith("."):
            yield line.strip()
            continue
        held += line + "\n"
        if not _CLOSED.sub(" ", held).strip(" \t\n;"):  # nothing to run
            held = ""
        elif is_whole(held):
            yield held
            held = ""
    if held:
        yield held


@dataclass(slots=True)
class Console:
    """One conversation with a release. `show` runs a query and prints its rows in a style, `say` prints a line."""

    connection: duckdb.DuckDBPyConnection
    show: Callable[[str, str], None]
    say: Callable[[str], None]
    style: str  # of what is shown; .mode changes it

    def answer(self, statement: str) -> bool:
        """Do one dot command or all queries of `statement`. False if it was .quit; QueryError for what fails."""
        if not statement.startswith("."):
            for query in split_queries(self.connection, statement):
                self.show(query, self.style)
            return True
        command, *arguments = statement.rstrip("; ").split()
        match command, arguments:
            case ".quit" | ".exit", []:
                return False
            case ".help", []:
                self.say(_HELP)
            case ".tables", []:
                self.show(
                    "SELECT view_name AS name, comment FROM duckdb_views() WHERE NOT internal "
                    "UNION ALL SELECT concat(function_name, '(', list_aggregate(parameters, 'string_agg', ', '), ')'), "
                    "comment FROM duckdb_functions() WHERE NOT internal ORDER BY ALL",
                    "table",
                )
            case ".schema", [str(name)]:
                if name not in self.names():
                    raise ConsoleError(f"no table {name}; .tables lists them")
                quoted = name.replace("'", "''")
                self.show(
                    "SELECT column_name AS name, data_type AS type, comment FROM duckdb_columns() "
                    f"WHERE NOT internal AND table_name = '{quoted}' ORDER BY column_index",
                    "table",
                )
            case ".mode", [("line" | "table") as style]:
                self.style = style
            case _:
                raise ConsoleError(f"no command {statement}; .help lists them")
        return True

    def names(self) -> Sequence[str]:
        """Tables, views and columns, for completion."""
        found = self.connection.sql(
            "SELECT view_name FROM duckdb_views() WHERE NOT internal "
            "UNION SELECT column_name FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
        )
        return [name for (name,) in found.fetchall()]


def interruptible(connection: duckdb.DuckDBPyConnection, work: Callable[[], _Result]) -> _Result:
    """`work()`, in a thread: a query that runs in the main one would not see Ctrl-C before its end."""
    with ThreadPoolExecutor(1) as worker:
        running = worker.submit(work)
        try:
            return running.result()
        except KeyboardInterrupt:
            while not running.done():  # it may not have begun yet
                connection.interrupt()
                wait([running], timeout=0.1)
            raise


def history_file() -> Path:
    """Where the XDG base directory specification puts what a program remembers."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "onrecord" / "history"
