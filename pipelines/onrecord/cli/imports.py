"""`onrecord import`: what was corrected in other programs."""

from dataclasses import asdict
from pathlib import Path

import click

from onrecord.cli.correct import FOLDER
from onrecord.cli.options import DATASETS, find, shown


@click.group("import", short_help="Read corrections made in other programs.")
def read_back() -> None:
    """Read corrections that were made in other programs."""


@read_back.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@DATASETS
@click.option(
    "--release", "version", help="The release that it was written from, or its folder.  [default: the latest]"
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=Path("-"),
    help="YAML file to write or replace.  [default: standard output]",
)
@click.option("--correct", "is_asked", is_flag=True, help="Write them as corrections that builds read, too.")
@FOLDER
def dna(file: Path, datasets: Path, version: str | None, output: Path, is_asked: bool, folder: Path) -> None:
    """List what was changed, removed or added in a project file that `onrecord export dna --database` wrote.

    Each correction names the proposal, its proposer and article, the marked words with their offsets, what was coded,
    what is coded now, and the coder. FILE and the release stay as they are. With --correct they also become
    corrections, in a file that bears the name of FILE, which the next build applies.
    """
    from collections import Counter
    from datetime import UTC, date, datetime

    import yaml

    from onrecord.audit.correction_files import write_corrections
    from onrecord.cli.export import write
    from onrecord.explore.networks.dna import read_statements
    from onrecord.explore.networks.dna_corrections import find_corrections, to_entries
    from onrecord.explore.networks.dna_tables import read_project
    from onrecord.explore.networks.selection import Selection
    from onrecord.explore.query import open_release

    project, release = read_project(file), find(datasets, version)
    with open_release(release) as connection:  # all statements, also those that no day was known of
        found = read_statements(connection, Selection(), day="latest", undated=date(1900, 1, 1))
        changes = list(find_corrections(project, found))
        entries, left = to_entries(connection, changes, f"{datetime.now(UTC):%Y-%m-%d}") if is_asked else ([], 0)
    corrections = [asdict(correction) for correction in changes]
    counts = Counter(correction["action"] for correction in corrections)
    told = ", ".join(f"{count:,} {action}" for action, count in sorted(counts.items())) or "none"
    content = yaml.safe_dump(corrections, sort_keys=False, allow_unicode=True, width=120) if corrections else ""
    write(output, content.encode(), f"corrections {told}; {shown(file.absolute())} against release {release.name}")
    if is_asked:
        path = folder / f"dna-{file.stem}.yml"
        made = write_corrections(path, entries)
        click.echo(f"corrected {made:,} rows; {left:,} changes name what this release does not have", err=True)
        click.echo(f"written   {shown(path.absolute())}; the next build applies it", err=True)
