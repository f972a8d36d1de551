"""`onrecord sql`."""

import os
import sys
from pathlib import Path

import click

from onrecord.cli.options import DATASETS, find

WIDTH = 160  # characters across, for a table that goes to a file


@click.command()
@click.argument("query")
@DATASETS
@click.option("--release", "version", help="Version to read, or a release folder.  [default: the latest]")
@click.option(
    "--format",
    "style",
    type=click.Choice(["table", "csv", "json", "parquet"]),
    default="table",
    show_default=True,
    help="json: one object a line. parquet: bytes, for a file.",
)
def sql(query: str, datasets: Path, version: str | None, style: str) -> None:
    """Run one SQL query on a release. Reads its tables and nothing else."""
    from onrecord.query import WRITERS, open_release, run_query, to_boxes

    with open_release(find(datasets, version)) as connection:
        rows = run_query(connection, query)
        if style != "table":
            WRITERS[style](rows, sys.stdout.buffer)
            return
        on_terminal = sys.stdout is not None and sys.stdout.isatty()
        click.echo(to_boxes(rows, os.get_terminal_size().columns if on_terminal else WIDTH))
