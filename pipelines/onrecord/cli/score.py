"""`onrecord score`: a release against labels of one's own."""

from pathlib import Path

import click

from onrecord.cli.options import DATASETS, find


@click.command(short_help="Score a release by labels of your own.")
@click.option(
    "--labels",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of labels, as `onrecord export labels` writes it.",
)
@DATASETS
@click.option("--release", "version", help="Version to score, or a release folder.  [default: the latest]")
def score(file: Path, datasets: Path, version: str | None) -> None:
    """Tell how a release agrees with labels: precision, recall and F1 in articles that were read as a whole, and which
    share of all labels is found.

    Labels go by a hash of the article's text, so they fit any release that holds it.
    """
    from onrecord.audit.labels import read_labels
    from onrecord.audit.labels import score as score_release
    from onrecord.explore.query import open_release

    release = find(datasets, version)
    with open_release(release) as connection:
        found = score_release(connection, read_labels(file))
    gone = f"; {found.unknown:,} more are not in it" if found.unknown else ""
    click.echo(f"release   {release.name}: {found.articles:,} labelled articles{gone}")
    for table, counts in found.labelled.items():
        if counts.labelled:
            click.echo(f"{table:<10}{counts.recall:.1%} of {counts.labelled:,} labels found")
        if (whole := found.whole[table]).labelled or whole.found:
            told = f"precision {whole.precision:.1%}, recall {whole.recall:.1%}, F1 {whole.f1:.1%}"
            click.echo(f"          in articles read as a whole: {told} ({whole.labelled:,} labels)")
    if found.speakers.found:
        click.echo(f"speakers  {found.speakers.precision:.1%} of {found.speakers.found:,} quotes found")
    click.echo(f"wrong     {found.refuted:,} rows that were judged to be nothing are found again")
