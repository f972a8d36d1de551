"""`onrecord export`: discourse networks as files for other programs."""

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.correct import FOLDER
from onrecord.cli.options import DATASETS, find, shown
from onrecord.explore.networks import DAYS, DUPLICATES, NETWORKS, NORMALIZATIONS, UNITS

if TYPE_CHECKING:
    from onrecord.explore.networks.dna_tables import Project
    from onrecord.explore.networks.selection import Selection


def read_day(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    try:
        if value is None or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            return None if value is None else date.fromisoformat(value)
    except ValueError:  # such as 2018-02-30
        pass
    raise click.BadParameter(f"{value!r} is no day: write it as 2018-09-27")


def selecting(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say which positions are exported, and from which release."""
    for option in (
        click.option(
            "--output",
            "-o",
            type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
            help="File to write or replace, or - for standard output.  [default: dna.csv, or the network's name with "
            ".graphml]",
        ),
        click.option("--release", "version", help="Version to read, or a release folder.  [default: the latest]"),
        DATASETS,
        click.option(
            "--min-confidence",
            type=click.FloatRange(0, 1),
            default=0.0,
            help="Leave out proposals that the extractor is less sure of, from 0 to 1.",
        ),
        click.option("--issue", "issues", multiple=True, help="Only this issue_id, with its contrary; repeatable."),
        click.option("--to", "until", metavar="DAY", callback=read_day, help="Last day, such as 2018-12-31."),
        click.option(
            "--from",
            "since",
            metavar="DAY",
            callback=read_day,
            help="First day, such as 2018-09-27. With a window, only what is certain to lie inside counts.",
        ),
    ):
        command = option(command)
    return command


def select(options: Mapping[str, Any]) -> "Selection":
    from onrecord.explore.networks.selection import Selection

    since, until = options["since"], options["until"]
    if since and until and since > until:
        raise click.UsageError(f"--from {since} is after --to {until}: exchange them")
    issues = tuple(dict.fromkeys(options["issues"])) or None
    return Selection(since=since, until=until, min_confidence=options["min_confidence"], issue_ids=issues)


_STANDARD_OUTPUT = Path("-")


def write(path: Path, content: bytes, *lines: str) -> None:
    """Write a file, or to standard output, and say what was written; beside standard output, on stderr."""
    from onrecord.storage import store

    if path == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    else:
        with store.replacing(path) as temporary:
            temporary.write_bytes(content)
    where = () if path == _STANDARD_OUTPUT else (f"written    {shown(path.absolute())}",)
    for line in (*lines, *where):
        click.echo(line, err=path == _STANDARD_OUTPUT)


def told(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count:,} {reason}" for reason, count in counts.items()) or "nothing"


@click.group(short_help="Write discourse networks, corrections and labels for others.")
def export() -> None:
    """Write discourse networks for other programs: who takes which stance on which policy, when; and corrections.

    dna and graphml read the view `positions` of a release: proposals with an issue, by proposer; articles
    that repeat or precede another count once. docs/networks.md says what each measure means.
    """


@export.command()
@click.option(
    "--day",
    type=click.Choice(DAYS),
    default="exact",
    show_default=True,
    help="Day of a statement that is only known to lie between two days: leave it out, or take the first or the last.",
)
@click.option(
    "--undated", metavar="DAY", callback=read_day, help="Day to write where there is none, such as 1900-01-01."
)
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a project file of DNA 3 (.dna) in place of the event list: the articles with their statements marked, "
    "to be corrected in DNA's editor and read back by `onrecord import dna`. No file is replaced.",
)
@click.option("--password", default="onrecord", show_default=True, help="What DNA asks for when it opens --database.")
@selecting
def dna(day: str, undated: date | None, database: Path | None, password: str, **options: Any) -> None:
    """Write the event list of the Discourse Network Analyzer (DNA), as its own CSV export, or a project file.

    The event list is for R and other programs; DNA itself opens project files only, hence --database.

    One statement per proposal and proposer; a person who speaks for a state is one statement of person and
    organization. DNA needs a day and a yes or no: conditional stances and statements without a day are left out and
    counted. Ids are stable across releases.
    """
    from onrecord.explore.networks.dna import read_event_list, read_statements
    from onrecord.explore.networks.dna_project import to_project
    from onrecord.explore.networks.selection import count_positions
    from onrecord.explore.query import open_release

    if database is not None and database.exists():
        raise click.UsageError(f"{database} is there already and may hold corrections: name another file, or delete it")
    selection, output = select(options), options["output"] or Path("dna.csv")
    release, cuts = find(options["datasets"], options["version"]), 0
    with open_release(release) as connection:
        events = read_event_list(connection, selection, day=day, undated=undated)
        _, outside = count_positions(connection, selection)
        if database is not None:
            found = read_statements(connection, selection, day=day, undated=undated)
            project, cuts = to_project(connection, found, password)
    lines = [
        f"statements {events.statements:,} in {events.documents:,} articles of release {release.name}",
        f"left out   {told({**outside, **events.left_out})}",
    ]
    if day == "exact" and {"no single day", "no date"} & events.left_out.keys():
        lines.append("           (--day latest writes those between two days, --undated DAY all others)")
    if database is None:
        write(output, events.content, *lines)
        return
    if cuts:
        lines.append(
            f"cut        {cuts:,} titles and names to the 190 characters that DNA takes; its notes have them whole"
        )
    write_database(database, project, *lines)


def write_database(path: Path, project: "Project", *lines: str) -> None:
    from onrecord.explore.networks.dna_tables import write_project
    from onrecord.storage import store

    with store.replacing(path) as temporary:
        temporary.unlink(missing_ok=True)
        write_project(temporary, project)
    for line in (*lines, f"written    {shown(path.absolute())}"):
        click.echo(line)


@export.command()
@FOLDER
@DATASETS
@click.option("--release", "version", help="Version that is corrected, or a release folder.  [default: the latest]")
@click.option("--row", help="Write a form for reporting this row of the release instead, to be filled in.")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=_STANDARD_OUTPUT,
    help="File to write or replace.  [default: standard output]",
)
def corrections(folder: Path, datasets: Path, version: str | None, row: str | None, output: Path) -> None:
    """Write your corrections for whoever publishes the release: rows, what is wrong and what is right, as YAML, without
    who said so.
    """
    import yaml

    from onrecord.audit.correcting import report_template, row_entry, to_upstream
    from onrecord.audit.correction_files import read_corrections
    from onrecord.explore.query import open_release
    from onrecord.storage.releases import version_of

    release = find(datasets, version)
    if row is not None:
        with open_release(release) as connection:
            text = row_entry(connection, row)["text"]
        write(output, report_template(version_of(release), row, text).encode())
        return
    found, refused = read_corrections([folder])
    content = yaml.safe_dump(to_upstream(found, version_of(release)), sort_keys=False, allow_unicode=True, width=120)
    told_of = f"corrections {len(found):,}" + (f", {len(refused):,} that cannot be read" if refused else "")
    write(output, content.encode(), f"{told_of}, for release {release.name}")


@export.command()
@DATASETS
@click.option("--release", "version", help="Version that was judged, or a release folder.  [default: the latest]")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    default=_STANDARD_OUTPUT,
    help="File to write or replace.  [default: standard output]",
)
def labels(datasets: Path, version: str | None, output: Path) -> None:
    """Write what judges found right and what was corrected as labelled data, one article a line: hashes of
    texts and offsets, no words. `onrecord score --labels` reads it, and training does.
    """
    import json

    from onrecord.audit.judged import judgments_file, read_judgments
    from onrecord.audit.labels import to_labels
    from onrecord.explore.query import open_release

    release = find(datasets, version)
    file = judgments_file(release)
    judgments, _ = read_judgments([file]) if file.is_file() else ((), 0)
    with open_release(release) as connection:
        lines = to_labels(connection, judgments)
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    whole = sum(line["complete"] for line in lines)
    write(output, content.encode(), f"labels     {len(lines):,} articles, {whole:,} of them read as a whole")


@export.command()
@click.option(
    "--network",
    type=click.Choice(NETWORKS),
    required=True,
    help="affiliation: actors and the policies they take a stance on. congruence: actors and how often they take the "
    "same stance; conflict: opposite stances; subtract: congruence less conflict.",
)
@click.option(
    "--unit",
    type=click.Choice(UNITS),
    default="actor",
    show_default=True,
    help="Nodes are the actors themselves, or the states that they are or speak for.",
)
@click.option(
    "--duplicates",
    type=click.Choice(DUPLICATES),
    default="include",
    show_default=True,
    help="Count every statement, one a stance and article, or one a stance.",
)
@click.option(
    "--normalization",
    type=click.Choice(list(NORMALIZATIONS)),
    default="no",
    show_default=True,
    help="Of the weights of a one-mode network, as rDNA defines and names it.",
)
@selecting
def graphml(network: str, unit: str, duplicates: str, normalization: str, **options: Any) -> None:
    """Write a discourse network as GraphML, for Gephi, visone, igraph and networkx.

    Nodes have label, type, mode, country and statements; edges have weight and concepts (what the two agree or
    disagree on), and in the affiliation network support, oppose, conditional and stance.
    """
    from onrecord.explore.networks.graph import read_graph
    from onrecord.explore.networks.graphml import to_graphml
    from onrecord.explore.networks.selection import count_positions
    from onrecord.explore.query import open_release

    if network == "affiliation" and normalization != "no":
        raise click.UsageError("--normalization is for congruence, conflict and subtract")
    selection, output = select(options), options["output"] or Path(f"{network}.graphml")
    release = find(options["datasets"], options["version"])
    with open_release(release) as connection:
        graph = read_graph(
            connection, network, selection, unit=unit, duplicates=duplicates, normalization=normalization
        )
        inside, outside = count_positions(connection, selection)
    description = f"On Record {release.name}: {network} network, {selection}; unit {unit}, duplicates {duplicates}"
    write(
        output,
        to_graphml(graph, f"{description}, normalization {normalization}"),
        f"positions  {inside:,} counted of release {release.name}, {selection}",
        f"left out   {told(outside)}",
        f"network    {graph.number_of_nodes():,} nodes, {graph.number_of_edges():,} edges",
    )
