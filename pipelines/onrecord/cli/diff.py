"""`onrecord diff`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli.options import DATASETS, find

if TYPE_CHECKING:
    from onrecord.release.diff import ReleaseDiff


@click.command(short_help="Compare two releases, row by row.")
@click.argument("old")
@click.argument("new", required=False)
@DATASETS
@click.option("--format", "style", type=click.Choice(["table", "json"]), default="table", show_default=True)
def diff(old: str, new: str | None, datasets: Path, style: str) -> None:
    """Compare two releases: rows added, removed and changed in each table, by their keys; ids that moved; schema and
    measured quality. OLD and NEW are versions or folders; NEW is by default the latest."""
    from onrecord.release import diff_releases

    found = diff_releases(find(datasets, old), find(datasets, new))
    if style == "json":
        click.echo(json.dumps(found.to_json(), indent=1, ensure_ascii=False))
    else:
        _print(found)


def _print(found: "ReleaseDiff") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False, markup=False)
    if not console.is_terminal:
        console.width = 120
    for name, before, after in (
        ("release", found.old, found.new),
        ("schema", found.old_schema, found.new_schema),
        ("profile", found.old_profile, found.new_profile),
    ):
        click.echo(f"{name:<9} {before} -> {after}" if before != after else f"{name:<9} {after}")
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("table")
    for name in ("before", "after", "added", "removed", "changed"):
        table.add_column(name, justify="right")
    table.add_column("changed columns, in how many rows")
    for t in found.tables:
        counts = (f"{count:,}" for count in (t.before, t.after, t.added, t.removed, t.changed))
        table.add_row(t.table, *counts, ", ".join(f"{column} {count:,}" for column, count in t.columns.items()))
    console.print(table)
    if found.redirected:
        moved = ", ".join(f"{count:,} {reason}" for reason, count in found.redirected.items())
        click.echo(f"actor ids that are no longer used: {moved}")
    for change in found.schema:
        click.echo(f"schema: {change}")
    for score in found.scores:
        values = " -> ".join("not measured" if v is None else f"{v:.1f}" for v in (score.before, score.after))
        click.echo(f"quality: {score.of}, {score.measure}: {values}")
    if found.is_empty:
        click.echo("no row differs")
