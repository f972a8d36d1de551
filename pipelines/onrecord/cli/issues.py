"""`onrecord issues`: what the codebook does not know."""

from pathlib import Path

import click

from onrecord.cli.options import DATASETS, find, shown


@click.group()
def issues() -> None:
    """Discovered issues: what no codebook has."""


@issues.command()
@click.argument("issue_ids", metavar="ISSUE_ID...", nargs=-1, required=True)
@DATASETS
@click.option("--release", "version", help="Version to read, or a release folder.  [default: the latest]")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write or replace.  [default: what it would hold is printed]",
)
def draft(issue_ids: tuple[str, ...], datasets: Path, version: str | None, output: Path | None) -> None:
    """Draft an entry of a codebook for each ISSUE_ID that was discovered, to be edited and given to --codebook.

    It has patterns made of the issue's wordings, examples of both sides, and its proposals as comments.
    docs/codebook.md says how entries are written, and how discovered issues are listed.
    """
    from onrecord.explore.drafts import draft_codebook
    from onrecord.explore.query import open_release
    from onrecord.storage import store

    with open_release(find(datasets, version)) as connection:
        drafted = draft_codebook(connection, issue_ids)
    if output is None:
        click.echo(drafted, nl=False)
        return
    with store.replacing(output) as temporary:
        temporary.write_text(drafted, encoding="utf-8")
    click.echo(f"drafted {len(set(issue_ids))} entries in {shown(output.absolute())}: edit, then build --codebook")
