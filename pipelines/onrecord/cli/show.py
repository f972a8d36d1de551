"""`onrecord show`."""

import json
from pathlib import Path

import click

from onrecord.cli.options import CODEBOOK, EMBEDDINGS, FIELDS, KB, Root, note_examples


@click.command()
@click.argument("file", type=Root(exists=True, path_type=Path))
@KB
@CODEBOOK
@EMBEDDINGS
@FIELDS
@click.option("--json", "as_json", is_flag=True, help="The rows of every table, as one JSON object per article.")
@click.option("--why", is_flag=True, help="List how each proposal was found, and what was turned down, and why.")
def show(file: Path | str, as_json: bool, why: bool) -> None:
    """Show one article with its findings marked and listed. Writes nothing. FILE may be an address for fsspec."""
    from rich.console import Console

    from onrecord.batches.extract import extract
    from onrecord.batches.models import load_models
    from onrecord.document import Seed
    from onrecord.explore.article import PAGE, to_page, to_tables
    from onrecord.read import read_seeds

    note_examples()
    console = Console(highlight=False)
    console.width = min(console.width, PAGE) if console.is_terminal else PAGE
    for item in read_seeds(file):
        found, refused = extract(item, load_models()) if isinstance(item, Seed) else (None, (item,))
        if as_json:
            click.echo(json.dumps(to_tables(found, refused), ensure_ascii=False, default=str))
        else:
            console.print(to_page(found, refused, item if isinstance(item, Seed) else None, why=why))
