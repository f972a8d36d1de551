"""`onrecord audit`: how right a release is, by judging a sample of it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from onrecord.cli.options import DATASETS, find, shown

if TYPE_CHECKING:
    from onrecord.audit.judged import Judgment

_TABLES = ("quotes", "proposals", "dates", "mentions")
_KEYS = "[r]ight, [w]rong, [u]nsure, [s]kip, [q]uit"


def _releasing(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which release is judged, and where judgments are."""
    for option in (
        click.option(
            "--judgments",
            "files",
            multiple=True,
            type=click.Path(dir_okay=False, path_type=Path),
            help="File of judgments; repeatable to read several judges'.  [default: beside the release, "
            "VERSION.judgments.jsonl]",
        ),
        click.option("--release", "version", help="Version to judge, or a release folder.  [default: the latest]"),
        DATASETS,
    ):
        command = option(command)
    return command


@click.group(invoke_without_command=True, short_help="Judge a sample of a release, and see how right it is.")
@_releasing
@click.option("--n", "size", type=click.IntRange(0), default=100, show_default=True, help="Rows of each table.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed draws the same sample.")
@click.option(
    "--apart-from",
    multiple=True,
    type=int,
    metavar="SEED",
    help="Leave out what this seed draws with the same --n, for a second sample; repeatable.",
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice(_TABLES),
    default=("quotes", "proposals"),
    show_default=True,
    help="Tables to draw from; repeatable.",
)
@click.option("--articles", type=click.IntRange(0), default=0, help="Whole articles to read for what was missed.")
@click.option("--who", envvar="ONRECORD_WHO", show_envvar=True, help="Your name, or what you go by, in judgments.")
@click.option(
    "--csv",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the sample as a sheet to fill in, for `onrecord audit read`, in place of asking here.",
)
@click.pass_context
def audit(
    context: click.Context,
    datasets: Path,
    version: str | None,
    files: tuple[Path, ...],
    size: int,
    seed: int,
    apart_from: tuple[int, ...],
    tables: tuple[str, ...],
    articles: int,
    who: str | None,
    sheet: Path | None,
) -> None:
    """Judge a random sample of a release: rows of each table, spread over kinds, confidence and outlets, and whole
    articles for what was missed.

    Judgments are kept as you go, so you can stop and go on: what you have judged is not asked again. Then `onrecord
    audit report` tells how right the release is.
    """
    if command := context.invoked_subcommand:
        if any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in context.params):
            raise click.UsageError(f"write options behind the command: onrecord audit {command} --release ...")
        return
    from onrecord.audit.items import read_article, read_items
    from onrecord.audit.judged import judgments_file, read_judgments
    from onrecord.audit.sampling import draw_articles, draw_rows
    from onrecord.audit.sheets import to_sheet
    from onrecord.explore.query import open_release
    from onrecord.storage import store
    from onrecord.storage.releases import version_of

    if len(files) > 1:
        raise click.UsageError("--judgments names one file to write to; only `onrecord audit report` reads several")
    release = find(datasets, version)
    path = files[0] if files else judgments_file(release)
    before = read_judgments([path])[0] if path.is_file() else ()
    judged = {judgment.row_id for judgment in before if judgment.who == who}
    with open_release(release) as connection:
        rows = [
            item
            for table in tables
            for item in read_items(
                connection, table, draw_rows(connection, table, size, seed, apart_from), widely=sheet is not None
            )
        ]
        drawn = draw_articles(connection, articles, seed, apart_from)
        whole = [read_article(connection, each, tables) for each in drawn]
    if sheet is not None:
        store.write_text(sheet, to_sheet(rows, whole))
        click.echo(f"sample    {len(rows):,} rows, {len(whole):,} articles of release {release.name}, seed {seed}")
        click.echo(f"written   {shown(sheet.absolute())}; fill it in, then: onrecord audit read FILE")
        return
    waiting = [item for item in rows if item.row_id not in judged]
    to_read = [article for article in whole if article.article_id not in judged]
    click.echo(
        f"sample    {len(rows):,} rows, {len(whole):,} articles; {len(waiting) + len(to_read):,} to judge. {_KEYS}"
    )
    kept = _ask(waiting, to_read, version_of(release), who, path)
    click.echo(f"\njudged    {kept:,} now, in {shown(path.absolute())}; onrecord audit report adds them up")


def _ask(waiting: list, to_read: list, release: str, who: str | None, path: Path) -> int:  # type: ignore[type-arg]
    """Ask for a verdict on each, writing each at once; returns how many were given."""
    from onrecord.audit.judged import add_judgments

    kept = 0
    try:
        for judgment in _answers(waiting, to_read, release, who):
            kept += add_judgments(path, [judgment])
    except (click.Abort, EOFError):  # Ctrl-D, or what was piped in is at its end
        pass
    return kept


def _answers(waiting: list, to_read: list, release: str, who: str | None) -> "Iterator[Judgment]":  # type: ignore[type-arg]
    from onrecord.audit.items import article_to_screen, to_screen

    asked = [(item.row_id, to_screen(item), False) for item in waiting]
    asked += [(article.article_id, article_to_screen(article), True) for article in to_read]
    for number, (row_id, told, is_article) in enumerate(asked, 1):
        click.echo(f"\n{number}/{len(asked)}  {told}")
        answer = click.prompt("  " + _KEYS, type=click.Choice(list("rwusq")), show_choices=False)
        if answer == "q":
            return
        if answer != "s":
            yield _judgment(row_id, answer, is_article, release, who)


def _judgment(row_id: str, answer: str, is_article: bool, release: str, who: str | None) -> "Judgment":
    from onrecord.audit.judged import WRONG, Judgment

    wrong: tuple[str, ...] = ()
    value = reason = None
    if answer == "w":
        offered = [each for each in WRONG if (each == "missing") <= is_article]
        given = click.prompt(f"  what ({', '.join(offered)})", default="missing" if is_article else "other")
        wrong = tuple(each for each in given.replace(",", " ").split() if each in offered) or ("other",)
        hint = "missed, as quote: words; proposal: words" if "missing" in wrong else "right would be"
        value = click.prompt(f"  {hint}", default="", show_default=False) or None
        reason = click.prompt("  why", default="", show_default=False) or None
    return Judgment(
        release=release,
        row_id=row_id,
        verdict={"r": "right", "w": "wrong", "u": "unsure"}[answer],
        wrong=wrong,
        value=value,
        reason=reason,
        who=who,
        at=now(),
    )


def now() -> str:
    """The moment as judgments have it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@audit.command("read")
@click.argument("sheet", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_releasing
@click.option("--who", envvar="ONRECORD_WHO", show_envvar=True, help="Whose judgments they are.")
def read_back(sheet: Path, datasets: Path, version: str | None, files: tuple[Path, ...], who: str | None) -> None:
    """Take over the verdicts of a sheet that `onrecord audit --csv` wrote and somebody filled in."""
    from onrecord.audit.judged import add_judgments, judgments_file
    from onrecord.audit.sheets import read_sheet
    from onrecord.storage.releases import version_of

    if len(files) > 1:
        raise click.UsageError("--judgments names one file to write to; only `onrecord audit report` reads several")
    release = find(datasets, version)
    path = files[0] if files else judgments_file(release)
    found = list(read_sheet(sheet, release=version_of(release), who=who, at=now()))
    click.echo(
        f"judged    {add_judgments(path, found):,} rows of {shown(sheet.absolute())}, in {shown(path.absolute())}"
    )


@audit.command("report")
@_releasing
@click.option(
    "--precision",
    "wanted",
    type=click.FloatRange(0, 1),
    default=0.9,
    show_default=True,
    help="Precision that the suggested threshold of confidence is to reach.",
)
@click.option(
    "--second",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of judgments on a second sample, on which the suggested threshold is tried; repeatable.",
)
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--no-save", is_flag=True, help="Do not keep the figures for the next release's card.")
def add_up(
    datasets: Path,
    version: str | None,
    files: tuple[Path, ...],
    wanted: float,
    second: tuple[Path, ...],
    as_json: bool,
    no_save: bool,
) -> None:
    """Tell how right a release is by what was judged: precision by kind with 95 % intervals, recall in the articles
    that were read, whether confidence says what it should, and how far judges agree.

    The figures are kept beside the release; the card of the next one prints them as audited by its users.
    """
    from onrecord.audit.in_words import to_text
    from onrecord.audit.judged import judgments_file, read_judgments
    from onrecord.audit.summary import report, to_json
    from onrecord.explore.query import open_release
    from onrecord.storage import store
    from onrecord.storage.releases import audited_file, version_of

    release = find(datasets, version)
    judgments, damaged = read_judgments(files or (judgments_file(release),))
    others, damaged_too = read_judgments(second)
    with open_release(release) as connection:
        told = report(
            connection,
            version_of(release),
            judgments,
            damaged=damaged + damaged_too,
            wanted=wanted,
            second=others,
        )
    content = json.dumps(to_json(told), indent=1, ensure_ascii=False) + "\n"
    click.echo(content.rstrip("\n") if as_json else to_text(told))
    if not no_save and told.tables:
        store.write_text(audited_file(release), content)
        click.echo(f"\nkept      {shown(audited_file(release))}, for the next release's card", err=as_json)
