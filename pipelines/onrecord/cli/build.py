"""`onrecord build`."""

import logging
import sys
import time
from pathlib import Path

import click

from onrecord.batches import ENGINES
from onrecord.cli.options import (
    CODEBOOK,
    DATASETS,
    EMBEDDINGS,
    FIELDS,
    KB,
    Root,
    choose_engine,
    home,
    note_examples,
    one_line,
    shown,
)


@click.command(short_help="Make a release of new articles and what was there.")
@click.option(
    "--seeds",
    multiple=True,
    type=Root(exists=True, path_type=Path),
    help="Folder or file of articles (docs/articles.md), or its address for fsspec, such as s3://bucket/news; "
    "repeatable.  [default: seeds/ of the checkout, else ./seeds]",
)
@DATASETS
@KB
@CODEBOOK
@EMBEDDINGS
@FIELDS
@click.option(
    "--corrections",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="ONRECORD_CORRECTIONS",
    show_envvar=True,
    help="Folder of corrections that people made (docs/corrections.md).  [default: corrections/ beside the seeds]",
)
@click.option("--version", help="Name of the release.  [default: the day's date]")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default=ENGINES[0],
    show_default=True,
    envvar="ONRECORD_ENGINE",
    show_envvar=True,
    callback=choose_engine,
    help="What runs the extraction: processes of this machine, or Spark, here or on a cluster (docs/clusters.md).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Processes that extract, with the engine local.",
)
@click.option(
    "--exchange",
    default="",
    envvar="ONRECORD_EXCHANGE",
    show_envvar=True,
    help="With the engine spark: folder or address, such as s3://bucket/prefix, that this machine and all executors "
    "reach under this name.  [default: exchange/ in the datasets folder, which must be shared]",
)
@click.option(
    "--publish",
    "address",
    envvar="ONRECORD_PUBLISH",
    show_envvar=True,
    help="Folder or address, such as s3://bucket/prefix, to publish a new release to, without the articles' bodies.",
)
@click.option("--reread", is_flag=True, help="Read files that have not changed since the last build, too.")
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    help="Write a line on stderr for each step that ends, with its counts and seconds; with --debug for each article.",
)
@click.option("--debug", is_flag=True, help="With --log: a line for each article, too.")
def build(
    seeds: tuple[Path | str, ...],
    datasets: Path,
    corrections: Path | None,
    version: str | None,
    engine: str,
    workers: int,
    exchange: str,
    address: str | None,
    reread: bool,
    log: str | None,
    debug: bool,
) -> None:
    """Extract new articles, assemble and check all tables, and freeze them as a release."""
    from onrecord.release.publish import is_published, publish_latest
    from onrecord.run import logs
    from onrecord.run.build import build as run_build
    from onrecord.storage.layout import Layout
    from onrecord.storage.releases import check_version

    if version is not None:
        check_version(version)
    if log is not None:
        logs.send_to(sys.stderr, as_json=log == "json", level=logging.DEBUG if debug else logging.INFO)
    note_examples()
    started, layout = time.monotonic(), Layout(datasets.absolute())
    built = run_build(
        {
            "seeds": [
                s if isinstance(s, str) else str(s.absolute()) for s in dict.fromkeys(seeds) or (home() / "seeds",)
            ],
            "datasets": str(datasets.absolute()),
            "version": version,
            "engine": engine,
            "workers": workers,
            "exchange": exchange,
            "reread": reread,
            "corrections": str(corrections.absolute()) if corrections else "",
        },
        layout,
    )
    click.echo(
        f"seeds     {built.inputs:,} articles, {built.new:,} new; {built.files_read:,} files read, "
        f"{built.files_unchanged:,} unchanged, {built.refused:,} refused"
    )
    if built.batches:
        click.echo(f"extract   {built.extracted} articles in {built.batches} batches")
    else:
        click.echo("extract   nothing new, nothing extracted")
    click.echo("tables    " + ", ".join(f"{count:,} {name}" for name, count in built.rows.items()))
    if built.reasons:
        click.echo("rejected  " + ", ".join(f"{count:,} {reason}" for reason, count in built.reasons.items()))
    if not built.checks:
        click.echo("checks    nothing has changed since they passed")
    elif built.warnings:
        passed = built.checks - len(built.warnings)
        click.echo(f"checks    {passed} of {built.checks} rules passed, no critical one failed")
    else:
        click.echo(f"checks    all {built.checks} rules passed")
    for warning in built.warnings:
        click.echo(f"  warning: {one_line(warning)}")
    state = "new release" if built.is_new else "the latest release has these tables already"
    click.echo(f"release   {built.folder.name}: {state}, in {shown(built.folder)}")
    if address and not is_published(layout, address):
        published = publish_latest(layout, address)
        click.echo(f"published {len(published.sent)} files in {published.address}; latest is {published.latest}")
    click.echo(f"          {time.monotonic() - started:.0f} s")
