"""The `onrecord` command: a thin shell. Each subcommand calls one function and prints what it did.

Exit codes: 0 done, 1 it failed or found something wrong, 2 the command line makes no sense.
"""

import io
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from onrecord.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
WIDTH = 160  # characters across, for a table that goes to a file
DATASETS = click.option(
    "--datasets",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "datasets",
    show_default="datasets/ of the checkout",
    help="Folder for batches, build and releases.",
)


class Root(click.Path):
    """A local path that is there, or an address for fsspec, which only reading can prove."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from onrecord.readers import is_address, local_path

        return value if is_address(value) else super().convert(local_path(value), param, ctx)


def _choose_kb(context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]) -> None:
    """Read the files at once, so that a wrong line is told before anything else happens."""
    from onrecord import kb

    if files:
        kb.choose(files)
    if kb.chosen():
        from onrecord.annotate.holders import load_holders
        from onrecord.annotate.knowledge import load_countries
        from onrecord.engine import DATA

        load_holders(kb.chosen(), load_countries(DATA))


KB = click.option(
    "--kb",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=_choose_kb,
    expose_value=False,
    help="CSV of office-holders that are to be known, too (country, position, person, qid, start, end); repeatable.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="onrecord", message="%(version)s")
def cli() -> None:
    """Turn news articles into an open dataset of who said, proposed and promised what, and when."""


@cli.command()
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
        click.echo(f"  warning: {_one_line(warning)}")
    state = "new release" if built.is_new else "the latest release has these tables already"
    click.echo(f"release   {built.folder.name}: {state}, in {_shown(built.folder)}")
    click.echo(f"          {time.monotonic() - started:.0f} s")


@cli.command()
@click.argument("file", type=Root(exists=True, path_type=Path))
@KB
@click.option("--json", "as_json", is_flag=True, help="The rows of every table, as one JSON object per article.")
def show(file: Path | str, as_json: bool) -> None:
    """Show one article with its findings marked and listed. Writes nothing. FILE may be an address for fsspec."""
    from rich.console import Console

    from onrecord.document import Seed
    from onrecord.engine import extract, load_models
    from onrecord.readers import read_seeds
    from onrecord.show import PAGE, to_page, to_tables

    console = Console(highlight=False)
    console.width = min(console.width, PAGE) if console.is_terminal else PAGE
    for item in read_seeds(file):
        found, refused = extract(item, load_models()) if isinstance(item, Seed) else (None, (item,))
        if as_json:
            click.echo(json.dumps(to_tables(found, refused), ensure_ascii=False, default=str))
        else:
            console.print(to_page(found, refused, item if isinstance(item, Seed) else None))


@cli.command()
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

    with open_release(_release(datasets, version)) as connection:
        rows = run_query(connection, query)
        if style != "table":
            WRITERS[style](rows, sys.stdout.buffer)
            return
        on_terminal = sys.stdout is not None and sys.stdout.isatty()
        click.echo(to_boxes(rows, os.get_terminal_size().columns if on_terminal else WIDTH))


@cli.command()
@click.argument("release", required=False)
@DATASETS
def check(release: str | None, datasets: Path) -> None:
    """Check a release: checksums, schema, and every expectation. RELEASE is a version or a folder."""
    from onrecord.release import check_release, schema_version_of

    folder = _release(datasets, release)
    wrong, results = check_release(folder)
    failed = [r for r in results if not r.passed]
    for line in (*wrong, *(f"{r.rule.severity}: {r}" for r in failed)):
        click.echo(_one_line(line))
    if wrong or any(r.stops for r in failed):
        raise click.ClickException(f"{_shown(folder)} is damaged or breaks its rules")
    if results:
        click.echo(f"{_shown(folder)}: all files whole, {len(results)} rules run, {len(failed)} warnings")
    else:
        schema = schema_version_of(folder)
        click.echo(f"{_shown(folder)}: all files whole; of schema {schema}, whose rules this onrecord does not have")


def _release(datasets: Path, version: str | None) -> Path:
    from onrecord.release import find_release
    from onrecord.store import SUMS

    if version and (Path(version) / SUMS).is_file():
        return Path(version)
    return find_release(datasets / "releases", version)


def _shown(path: Path) -> str:
    """Relative to where the user stands, if it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point: errors that a user can mend are one line on stderr, without a traceback."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that lacks a character shows its code instead
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        cli.main(arguments, prog_name="onrecord", standalone_mode=False)
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "onrecord"
        sys.exit(_complain(f"{where}: {error.format_message()} (see {where} --help)", 2))
    except click.ClickException as error:
        sys.exit(_complain(f"onrecord: {error.format_message()}", 1))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(_complain("onrecord: stopped; finished batches are kept", 130))
    except (UserError, OSError) as error:
        sys.exit(_complain(f"onrecord: {error}", 1))


def _complain(message: str, code: int) -> int:
    click.echo(message, err=True)
    return code


if __name__ == "__main__":
    main()
