"""`onrecord fetch`."""

from pathlib import Path

import click


@click.command()
@click.argument("address")
@click.option(
    "--to",
    "folder",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for releases; what it has of earlier ones is not downloaded again.",
)
@click.option("--version", help="The release among those at ADDRESS; by default the latest.")
def fetch(address: str, folder: Path, version: str | None) -> None:
    """Download a published release, or what is new of it.

    ADDRESS is where `onrecord publish` put it: a folder, https://... or s3://...
    Of a large release only what changed since the releases in the folder is downloaded. Every file is compared with its
    digest; stopped, it goes on where it was.
    """
    from onrecord.release.fetch import fetch as run_fetch

    found = run_fetch(address, folder, version)
    if found.fetched or found.linked:
        click.echo(
            f"fetched {len(found.fetched)} files, {found.bytes / 1e6:.1f} MB; {len(found.linked)} were here already"
        )
    else:
        click.echo("nothing to fetch")
    click.echo(f"release {found.version} in {found.folder}")
