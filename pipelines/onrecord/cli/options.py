"""What several commands share: their options, and how they name things to the user."""

from pathlib import Path
from typing import Any

import click

DATASETS = click.option(
    "--datasets",
    type=click.Path(file_okay=False, path_type=Path),
    default=lambda: home() / "datasets",
    show_default="datasets/ of the checkout, else ./datasets",
    help="Folder for batches, build and releases.",
)


def home() -> Path:
    """Where seeds/ and datasets/ are looked for: the checkout, and without one the folder that the user stands in."""
    from onrecord.schema.package import CHECKOUT

    return CHECKOUT or Path()


class Root(click.Path):
    """A local path that is there, or an address for fsspec, which only reading can prove."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from onrecord.storage.locations import is_address, local_path

        return value if is_address(value) else super().convert(local_path(value), param, ctx)


def choose_holders(context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]) -> None:
    """Read the files at once, so that a wrong line is told before anything else happens."""
    from onrecord.batches import supplied

    if files:
        supplied.choose_holders(files)
    if supplied.holders():
        from onrecord.knowledge import load_countries
        from onrecord.knowledge.files import DATA
        from onrecord.knowledge.holders import load_holders

        load_holders(supplied.holders(), load_countries(DATA))


def choose_codebooks(context: click.Context, parameter: click.Parameter, files: tuple[Path, ...]) -> None:
    """Read the files at once, so that a wrong entry is told before anything else happens."""
    from onrecord.annotate.proposals import load_codebook
    from onrecord.batches import supplied

    if files:
        supplied.choose_codebooks(files)
    if supplied.codebooks() != supplied.OUR_CODEBOOKS:
        load_codebook(*supplied.codebooks())


def choose_embeddings(context: click.Context, parameter: click.Parameter, chosen: bool) -> None:
    """Load the model at once, so that a missing one is told before anything else happens."""
    from onrecord.annotate.proposals.coding.embedder import load_embedder
    from onrecord.batches import supplied

    if chosen:
        supplied.choose_embeddings()
    if supplied.embeddings():
        load_embedder()


def choose_engine(context: click.Context, parameter: click.Parameter, engine: str) -> str:
    """Look for PySpark at once, so that a missing one is told before anything else happens."""
    if engine == "spark":
        from onrecord.batches.spark import check_installed

        check_installed()
    return engine


def choose_fields(context: click.Context, parameter: click.Parameter, mapping: str | None) -> None:
    """Check the mapping at once, that of the environment, too."""
    from onrecord.read import field_names

    field_names.choose_fields(mapping or field_names.chosen_fields())


def note_examples() -> None:
    """Say on stderr where the codebook and --embeddings do not go together."""
    from onrecord.annotate.proposals import load_codebook
    from onrecord.batches import supplied

    if supplied.codebooks() == supplied.OUR_CODEBOOKS:  # have patterns and examples
        return
    issues = load_codebook(*supplied.codebooks()).issues
    by_example_only = [issue.issue_id for issue in issues if not issue.favour and not issue.against]
    if supplied.embeddings() and not any(issue.examples for issue in issues):
        click.echo("note: the codebook has no examples, so --embeddings changes nothing", err=True)
    elif by_example_only and not supplied.embeddings():
        told = ", ".join(by_example_only)
        click.echo(f"note: told by examples only, so nothing is coded with them without --embeddings: {told}", err=True)


KB = click.option(
    "--kb",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=choose_holders,
    expose_value=False,
    help="CSV of office-holders that are to be known, too (country, position, person, qid, start, end); repeatable. "
    "[env var: ONRECORD_KB]",
)
CODEBOOK = click.option(
    "--codebook",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    callback=choose_codebooks,
    expose_value=False,
    help="YAML file of the issues that proposals are coded with, in place of ours (docs/codebook.md); repeatable. "
    "[env var: ONRECORD_CODEBOOK]",
)

EMBEDDINGS = click.option(
    "--embeddings",
    is_flag=True,
    callback=choose_embeddings,
    expose_value=False,
    help="Compare what no pattern of the codebook matches with its examples (make embeddings; docs/codebook.md). "
    "[env var: ONRECORD_EMBEDDINGS]",
)

FIELDS = click.option(
    "--fields",
    callback=choose_fields,
    expose_value=False,
    metavar="FACT=FIELD,...",
    help="Which columns or fields hold what, where their names do not say it: text=story_words,published=ran_on "
    "(docs/articles.md). [env var: ONRECORD_FIELDS]",
)


def find(datasets: Path, version: str | None) -> Path:
    """The folder of a release: `version` is one of `datasets`, or a release folder itself; None is the latest."""
    from onrecord.storage.releases import find_release
    from onrecord.storage.store import SUMS

    if version and (Path(version) / SUMS).is_file():
        return Path(version)
    return find_release(datasets / "releases", version)


def shown(path: Path) -> str:
    """Relative to where the user stands, if it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def one_line(text: str) -> str:
    return " ".join(text.split())
