"""`onrecord sql`."""

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import DATASETS, find

if TYPE_CHECKING:
    import duckdb

WIDTH = 160  # characters across, for a table that goes to a file


@click.command()
@click.argument("query", required=False)
@DATASETS
@click.option("--release", "version", help="Version to read, or a release folder.  [default: the latest]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "line", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="line: one line a value, for long texts. json: one object a line. parquet: bytes, for a file.",
)
def sql(query: str | None, datasets: Path, version: str | None, style: str) -> None:
    """Run one SQL query on a release. Reads its tables and nothing else.

    Without QUERY it converses on a terminal (.help lists its commands), and reads queries from what is piped in.
    """
    from onrecord.explore.console import interruptible
    from onrecord.explore.query import WRITERS, open_for, open_release

    release = find(datasets, version)
    if query is None and style in WRITERS and not sys.stdin.isatty():  # a file of two results would be neither
        query = sys.stdin.read()
    with open_release(release) if query is None else open_for(release, query) as connection:
        if query is not None:
            interruptible(connection, lambda: _show(connection, query, style))
        elif sys.stdin.isatty():
            _converse(connection, style)
        else:
            _run_piped(connection, sys.stdin.read(), style)


def _show(connection: "duckdb.DuckDBPyConnection", query: str, style: str) -> None:
    from onrecord.explore.query import DRAWN, WRITERS, run_query

    rows = run_query(connection, query)
    if style in WRITERS:
        WRITERS[style](rows, sys.stdout.buffer)
        return
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    click.echo(DRAWN[style](rows, os.get_terminal_size().columns if on_terminal else WIDTH))


def _run_piped(connection: "duckdb.DuckDBPyConnection", text: str, style: str) -> None:
    """Queries and dot commands one after the other, up to the first that fails."""
    from onrecord.explore.console import Console, interruptible, read_statements

    console = Console(connection, partial(_show, connection), click.echo, style)
    lines = iter(text.splitlines())
    for statement in read_statements(lambda _: next(lines, None)):
        if not interruptible(connection, partial(console.answer, statement)):
            return


def _converse(connection: "duckdb.DuckDBPyConnection", style: str) -> None:
    from onrecord.errors import UserError
    from onrecord.explore.console import Console, interruptible, read_statements
    from onrecord.explore.terminal import harmless

    console = Console(connection, partial(_show, connection), click.echo, style)
    click.echo("A release, for reading. SQL ends with a semicolon; .help lists the commands.")
    with _history(console.names()):
        while True:
            try:
                for statement in read_statements(_type):
                    try:
                        if not interruptible(connection, partial(console.answer, statement)):
                            return
                    except UserError as error:
                        click.echo(harmless(str(error)), err=True)
                return
            except KeyboardInterrupt:  # what was typed or ran so far is dropped
                click.echo("")


def _type(prompt: str) -> str | None:
    try:
        return input(prompt)
    except EOFError:  # Ctrl-D
        click.echo("")
        return None


@contextlib.contextmanager
def _history(names: Sequence[str]) -> Iterator[None]:
    """Arrow keys, what was typed before, and Tab for the names: as far as this Python has readline."""
    try:
        import readline
    except ImportError:  # on Windows
        yield
        return
    from onrecord.explore.console import HISTORY, history_file

    file = history_file()
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        readline.read_history_file(file)

    def complete(text: str, state: int) -> str | None:
        fitting = [name for name in names if name.startswith(text)]
        return fitting[state] if state < len(fitting) else None

    readline.set_history_length(HISTORY)
    readline.set_completer(complete)
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # a home that cannot be written to
            readline.write_history_file(file)
