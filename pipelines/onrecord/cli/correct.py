"""`onrecord correct`: what is right, written into a file that builds read."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.options import DATASETS, find, home, shown

if TYPE_CHECKING:
    import duckdb

FOLDER = click.option(
    "--corrections",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: home() / "corrections",
    envvar="ONRECORD_CORRECTIONS",
    show_envvar=True,
    show_default="corrections/ beside seeds/",
    help="Folder of corrections that builds read.",
)


@click.command(short_help="Correct a row, for this and every later build.")
@click.argument("row", required=False)
@click.option("--speaker", help="Of a quote: who says it, an actor_id or a name; - for nobody.")
@click.option("--proposer", multiple=True, help="Of a proposal: who wants it; repeatable.")
@click.option("--target", multiple=True, help="Of a proposal: to whom it is addressed; repeatable.")
@click.option(
    "--set", "values", multiple=True, metavar="COLUMN=VALUE", help="Any other column; repeatable. - for null."
)
@click.option("--remove", is_flag=True, help="The row is no quote, proposal, date or mention at all.")
@click.option(
    "--add", "place", nargs=3, metavar="TABLE START END", help="ROW is an article_id, of which a row was missed."
)
@click.option("--into", help="ROW is an actor_id: the actor that it is, too, by id or name.")
@click.option("--in-article", "articles", multiple=True, help="With --into: only in this article_id; repeatable.")
@click.option(
    "--from-judgments",
    is_flag=True,
    help="Correct what judgments find wrong, as far as they say how.",
)
@click.option(
    "--judgments",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --from-judgments: a file of them; repeatable.  [default: beside the release, VERSION.judgments.jsonl]",
)
@click.option("--reason", help="Why: what the article says.")
@click.option("--who", envvar="ONRECORD_WHO", show_envvar=True, help="Your name, or what you go by.")
@FOLDER
@click.option("--release", "version", help="Version that ROW is of, or a release folder.  [default: the latest]")
@DATASETS
def correct(row: str | None, folder: Path, datasets: Path, version: str | None, who: str | None, **told: Any) -> None:
    """Write a correction of ROW into the folder that `onrecord build` reads, as data: which row, what is wrong, what is
    right, who says so and when. The next build applies it; docs/corrections.md tells the form.

    No release is changed, and no article.
    """
    from onrecord.audit.correcting import from_judgments
    from onrecord.audit.correction_files import add_correction
    from onrecord.audit.judged import judgments_file, read_judgments
    from onrecord.explore.query import open_release

    release = find(datasets, version)
    if told["from_judgments"] == (row is not None):
        raise click.UsageError("name a row, or take --from-judgments")
    left = 0
    with open_release(release) as connection:
        if told["from_judgments"]:
            judgments, _ = read_judgments(told["files"] or [judgments_file(release)])
            entries, left = from_judgments(connection, judgments)
        else:
            signed = {"reason": told["reason"], "who": who, "when": f"{datetime.now(UTC):%Y-%m-%d}"}
            entry = _entry(connection, str(row), told)
            entries = ({**entry, **{name: value for name, value in signed.items() if value}},)
    file = folder / f"{_name(who)}.yml"
    try:
        made = [add_correction(file, entry) for entry in entries]
    except (KeyError, TypeError, ValueError) as error:
        raise click.UsageError(f"no correction: {error}") from error
    for each in made:
        click.echo(f"corrected {each.row}: {each.action}, {each.correction_id}")
    if left:
        click.echo(f"left out  {left:,} judgments that do not say what is right")
    if made:
        click.echo(f"written   {shown(file.absolute())}; the next build applies it")


def _name(who: str | None) -> str:
    """A name for a file, whatever somebody is called."""
    return "".join(c if c.isalnum() else "-" for c in who or "").strip("-")[:60] or "corrections"


def _entry(connection: "duckdb.DuckDBPyConnection", row: str, told: Mapping[str, Any]) -> dict[str, Any]:
    from onrecord.audit.correcting import find_actor, row_entry, values_now

    if told["into"]:
        gone, kept = find_actor(connection, row), find_actor(connection, told["into"])
        if told["articles"]:
            return {"action": "split", "actor": gone, "articles": list(told["articles"]), "into": kept}
        return {"action": "merge", "from": gone, "into": kept}
    article = row.split(":")[0]
    values: dict[str, Any] = dict(_pair(each) for each in told["values"])
    if told["speaker"]:
        values["speaker_actor_id"] = (
            None if told["speaker"] == "-" else find_actor(connection, told["speaker"], article)
        )
    for role in ("proposer", "target"):
        if told[role]:
            values[role] = [find_actor(connection, each, article) for each in told[role] if each != "-"]
    if told["place"]:
        table, start, end = told["place"]
        if not start.isdecimal() or not end.isdecimal():
            raise click.UsageError("--add TABLE START END: offsets are numbers")
        entry = {"action": "add", "table": table, "article": row, "start": int(start), "end": int(end)}
        return entry | ({"set": values} if values else {})
    entry = row_entry(connection, row)
    if told["remove"]:
        return entry | {"action": "remove"}
    if not values:
        raise click.UsageError("say what is right: --speaker, --set COLUMN=VALUE, --remove ...")
    return entry | {"set": values, "was": values_now(connection, row, values)}


def _pair(given: str) -> tuple[str, Any]:
    name, equals, value = given.partition("=")
    if not equals:
        raise click.UsageError(f"--set {given!r}: write COLUMN=VALUE")
    number = value.isdecimal() and name in ("start", "end", "speaker_start", "speaker_end", "cue_start", "cue_end")
    return name.strip(), None if value == "-" else int(value) if number else value
