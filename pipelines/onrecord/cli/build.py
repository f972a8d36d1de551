"""`onrecord build`."""

import time
from pathlib import Path

import click

from onrecord.cli.options import DATASETS, KB, ROOT, Root, one_line, shown


@click.command()
@click.option(
    "--seeds",
    multiple=True,
    type=Root(exists=True, path_type=Path),
    help="Folder or file of articles (.txt, .html, .json, .jsonl, .gz of each), or its address for fsspec, such as "
    "s3://bucket/news; repeatable.  [default: the checkout's seeds/]",
)
@DATASETS
@KB
@click.option("--version", help="Name of the release.  [default: the day's date]")
@click.option(
    "--engine",
    type=click.Choice(["local"]),
    default="local",
    show_default=True,
    expose_value=False,  # there is one so far
    help="What runs the extraction.",
)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes that extract.")
def build(seeds: tuple[Path | str, ...], datasets: Path, version: str | None, workers: int) -> None:
    """Extract new articles, assemble and check all tables, and freeze them as a release."""
    from onrecord.batches import Layout
    from onrecord.build import build as run_build
    from onrecord.release import check_version

    if version is not None:
        check_version(version)
    started = time.monotonic()
    built = run_build(
        {
            "seeds": [s if isinstance(s, str) else str(s.absolute()) for s in seeds or (ROOT / "seeds",)],
            "datasets": str(datasets.absolute()),
            "version": version,
            "workers": workers,
        },
        Layout(datasets.absolute()),
    )
    click.echo(f"seeds     {built.inputs} articles read, {built.new} new, {built.refused} files refused")
    if built.batches:
        click.echo(f"extract   {built.extracted} articles in {built.batches} batches")
    else:
        click.echo("extract   nothing new, nothing extracted")
    click.echo("tables    " + ", ".join(f"{count:,} {name}" for name, count in built.rows.items()))
    if built.reasons:
        click.echo("rejected  " + ", ".join(f"{count:,} {reason}" for reason, count in built.reasons.items()))
    click.echo(
        f"checks    {built.checks - len(built.warnings)} of {built.checks} rules passed, no critical one failed"
        if built.warnings
        else f"checks    all {built.checks} rules passed"
    )
    for warning in built.warnings:
        click.echo(f"  warning: {one_line(warning)}")
    state = "new release" if built.is_new else "the latest release has these tables already"
    click.echo(f"release   {built.folder.name}: {state}, in {shown(built.folder)}")
    click.echo(f"          {time.monotonic() - started:.0f} s")
